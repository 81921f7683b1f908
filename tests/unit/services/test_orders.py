"""Orders: begun, made of quotations, agreed, changed, taken back, cancelled, done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.orders import OrderId, OrderStatus, PaperState, VersionStatus
from crm_desktop.domain.quotations import QuotationStatus
from crm_desktop.services.workspace import Workspace

TODAY = date.today()
YEAR = TODAY.year
PDF = b"%PDF-1.4 passport"


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as opened:
        opened.settings.set_home_country("PT")
        yield opened


@pytest.fixture
def ana(w: Workspace) -> CustomerId:
    return w.customers.create(CustomerDraft("Ana Silva"))


@pytest.fixture
def trip(w: Workspace, ana: CustomerId) -> OrderId:
    """Two nights of 100 € and a flight of 300 €, 23 % on top: 615 €."""
    made = w.orders.create("Azores", ana)
    w.orders.add_free_line(made, "Night", "100", quantity="2", tax_rate="23")
    w.orders.add_free_line(made, "Flight", "300")
    return made


def test_an_order_gets_its_number_when_it_is_agreed(w: Workspace, trip: OrderId) -> None:
    whole = w.orders.get(trip)
    assert whole.order.status is OrderStatus.DRAFT
    assert (whole.reference, whole.total.amount, whole.difference) == ("", 615_00, None)

    assert w.orders.agree(trip) == f"O-{YEAR}-0001"

    whole = w.orders.get(trip)
    assert whole.order.status is OrderStatus.OPEN
    assert whole.version.status is VersionStatus.AGREED
    with pytest.raises(UserError, match="Begin a change"):
        w.orders.add_free_line(trip, "Car", "50")
    with pytest.raises(UserError, match="is agreed"):
        w.orders.update(trip, "title", "Madeira")
    with pytest.raises(UserError, match="cannot be deleted"):
        w.orders.remove(trip)


def test_an_order_without_lines_is_not_agreed(w: Workspace, ana: CustomerId) -> None:
    made = w.orders.create("Azores", ana)
    w.orders.add_text(made, "as talked over")
    with pytest.raises(UserError, match="Nothing in it counts"):
        w.orders.agree(made)


def test_a_quotation_becomes_an_order_in_one_step(w: Workspace, ana: CustomerId) -> None:
    q = w.quotations.create("Azores", ana)
    w.quotations.add_free_line(q, "Hotel", "500", tax_rate="6")
    car = w.quotations.add_free_line(q, "Car", "240", kind=LineKind.OPTION)
    w.quotations.add_free_line(q, "Diving", "90", kind=LineKind.OPTION)
    w.quotations.add_text(q, "All prices per person")
    with pytest.raises(UserError, match="Issue it first"):
        w.orders.from_quotation(q)
    w.quotations.issue(q)

    made = w.orders.from_quotation(q, chosen=[car])

    whole = w.orders.get(made)
    assert [line.description for line in whole.lines] == ["Hotel", "Car", "All prices per person"]
    assert whole.total == w.quotations.get(q).total
    assert whole.order.number == f"O-{YEAR}-0001"
    assert w.quotations.get(q).quotation.status is QuotationStatus.ACCEPTED
    with pytest.raises(UserError, match="became order O-"):
        w.orders.from_quotation(q)

    w.history.undo()
    assert w.quotations.get(q).quotation.status is QuotationStatus.ISSUED
    with pytest.raises(UserError, match="not there any more"):
        w.orders.get(made)
    again = w.orders.from_quotation(q)
    assert w.orders.get(again).order.number == f"O-{YEAR}-0002"
    assert [gap.number for gap in w.numbers.gaps(Series.ORDER)] == [f"O-{YEAR}-0001"]


def test_what_is_changed_is_agreed_anew_with_its_difference(w: Workspace, trip: OrderId) -> None:
    w.orders.agree(trip)
    w.orders.change(trip)
    assert w.orders.change(trip) is None
    with pytest.raises(UserError, match="Nothing was changed"):
        w.orders.agree(trip)
    w.orders.add_free_line(trip, "Car", "100")
    draft = w.orders.draft(trip)
    assert draft is not None
    assert draft.difference is not None
    assert draft.difference.amount == 123_00
    # What is agreed still is what it was.
    assert w.orders.get(trip).total.amount == 615_00

    assert w.orders.agree(trip, "two more days") == f"O-{YEAR}-0001/2"

    assert w.orders.get(trip).total.amount == 738_00
    assert w.orders.version(trip, 1).total.amount == 615_00
    assert [v.status.value for v in w.orders.versions(trip)] == ["replaced", "agreed"]
    assert w.orders.versions(trip)[1].reason == "two more days"
    first, second = w.orders.version(trip, 1), w.orders.version(trip, 2)
    assert [line.key for line in first.lines] == [line.key for line in second.lines[:2]]


def test_a_version_on_paper_never_comes_twice(w: Workspace, trip: OrderId) -> None:
    w.orders.agree(trip)
    w.orders.change(trip)
    w.orders.add_free_line(trip, "Car", "100")
    assert w.orders.agree(trip).endswith("/2")
    w.history.undo()
    assert w.orders.agree(trip).endswith("/3")
    assert [gap.number for gap in w.numbers.gaps(Series.ORDER)] == [f"O-{YEAR}-0001/2"]


def test_a_change_is_dropped(w: Workspace, trip: OrderId) -> None:
    with pytest.raises(UserError, match="delete the order"):
        w.orders.discard(trip)
    w.orders.agree(trip)
    w.orders.change(trip)
    w.orders.add_free_line(trip, "Car", "100")
    w.orders.discard(trip)
    assert w.orders.draft(trip) is None
    assert w.orders.get(trip).total.amount == 615_00
    w.history.undo()
    assert w.orders.draft(trip) is not None


def test_a_line_that_was_agreed_is_not_edited(w: Workspace, trip: OrderId) -> None:
    w.orders.agree(trip)
    agreed = w.orders.get(trip).lines[0]
    assert agreed.id is not None
    w.orders.change(trip)
    with pytest.raises(UserError, match="agreed and stays"):
        w.orders.update_line(agreed.id, "price", "1")
    assert w.orders.get(trip).total.amount == 615_00


@pytest.mark.parametrize("parts", [["3"], ["1", "2"], ["1", "1", "1"], ["0,5", "2,5"]])
def test_goods_taken_back_in_parts_come_to_what_they_came_to(
    w: Workspace, ana: CustomerId, parts: list[str]
) -> None:
    made = w.orders.create("Chairs", ana)
    chair = w.orders.add_free_line(made, "Chair", "33,33", quantity="3", tax_rate="23")
    w.orders.add_free_line(made, "Table", "100")
    w.orders.update_line(chair, "discount", "10 % + 0,05")
    w.orders.agree(made)
    for part in parts:
        line = w.orders.get(made).lines[0]
        assert line.id is not None
        w.orders.take_back(made, {line.id: part}, "broken")
    whole = w.orders.get(made)
    assert whole.totals.subtotal == 100_00
    assert whole.totals.total == 123_00
    assert whole.version.version == 1 + len(parts)
    line = whole.lines[0]
    assert line.id is not None
    with pytest.raises(UserError, match="More came back"):
        w.orders.take_back(made, {line.id: "0,001"})


def test_what_cancelling_costs_was_agreed(w: Workspace, trip: OrderId) -> None:
    with pytest.raises(UserError, match="is no fee"):
        w.orders.update(trip, "fees", "soon")
    w.orders.update(trip, "fees", "30: 10 %; 14 days: 50%; 0: 100")
    w.orders.update(trip, "starts_on", (TODAY + timedelta(days=20)).isoformat())
    with pytest.raises(UserError, match="end before it starts"):
        w.orders.update(trip, "ends_on", TODAY.isoformat())
    with pytest.raises(UserError, match="Confirm the order first"):
        w.orders.cancel(trip)
    w.orders.agree(trip)

    assert w.orders.cancellation(trip).fee == 61_50
    for days, percent in ((31, 0), (30, 10), (15, 10), (14, 50), (0, 100), (-3, 100)):
        start = TODAY + timedelta(days=20)
        found = w.orders.cancellation(trip, start - timedelta(days=days))
        assert found.percent == percent * 1000, days

    w.orders.cancel(trip, "broke a leg")

    whole = w.orders.get(trip)
    assert whole.order.status is OrderStatus.CANCELLED
    assert whole.order.reason == "broke a leg"
    assert whole.total.amount == 61_50
    assert [(one.rate, one.net + one.tax) for one in whole.totals.taxes] == [(23_000, 61_50)]
    for refused in (w.orders.change, w.orders.cancel, w.orders.finish):
        with pytest.raises(UserError, match="stays as it is"):
            refused(trip)
    w.history.undo()
    assert w.orders.get(trip).total.amount == 615_00


def test_a_fee_is_shared_out_among_the_rates_of_tax(w: Workspace, ana: CustomerId) -> None:
    made = w.orders.create("Trip", ana)
    w.orders.add_free_line(made, "Hotel", "99,99", tax_rate="6")
    w.orders.add_free_line(made, "Guide", "33,33", tax_rate="23")
    w.orders.add_free_line(made, "Visa", "80", tax_rate="0")
    w.orders.agree(made)
    w.orders.cancel(made, fee="50,01")
    whole = w.orders.get(made)
    assert whole.total.amount == 50_01
    assert [one.rate for one in whole.totals.taxes] == [0, 6_000, 23_000]
    assert sum(one.net + one.tax for one in whole.totals.taxes) == 50_01


def test_a_fee_above_the_price_is_refused(w: Workspace, trip: OrderId) -> None:
    w.orders.agree(trip)
    with pytest.raises(UserError, match="more than the order comes to"):
        w.orders.cancel(trip, fee="615,01")
    w.orders.cancel(trip, fee="0")
    assert w.orders.get(trip).total.amount == 0


def test_an_order_is_done_and_opened_again(w: Workspace, trip: OrderId) -> None:
    w.orders.agree(trip)
    w.orders.change(trip)
    with pytest.raises(UserError, match="change is being drafted"):
        w.orders.finish(trip)
    w.orders.discard(trip)
    w.orders.finish(trip)
    with pytest.raises(UserError, match="is done"):
        w.orders.change(trip)
    w.orders.reopen(trip)
    assert w.orders.get(trip).order.status is OrderStatus.OPEN


def test_travellers_and_their_documents(w: Workspace, trip: OrderId, ana: CustomerId) -> None:
    rui = w.customers.create(CustomerDraft("Rui Costa"))
    eva = w.customers.create(CustomerDraft("Eva Reis"))
    for who in (ana, rui, eva):
        assert w.travellers.add(trip, who) is not None
    assert w.travellers.add(trip, ana) is None
    end = TODAY + timedelta(days=40)
    w.orders.update(trip, "ends_on", end.isoformat())
    w.travellers.require(trip, "Passport", (TODAY - timedelta(days=1)).isoformat(), "6")
    with pytest.raises(UserError, match="required already"):
        w.travellers.require(trip, "passport")
    with pytest.raises(UserError, match="no number of months"):
        w.travellers.require(trip, "Visa", months="six")
    for who, last in ((ana, end + timedelta(days=400)), (rui, end + timedelta(days=30))):
        number = w.documents.add(who, PDF, file_name="p.pdf", name="Passport")
        w.documents.set_facts(number, kind="Passport", expires_on=last.isoformat())

    states = [(paper.name, paper.state, paper.late) for paper in w.travellers.papers(trip)]

    assert states == [
        ("Ana Silva", PaperState.HERE, False),
        ("Rui Costa", PaperState.EXPIRES, False),
        ("Eva Reis", PaperState.MISSING, True),
    ]
    assert [one.order.id for one in w.travellers.journeys(rui)] == [trip]


def test_who_travels_moves_with_a_merge(w: Workspace, trip: OrderId) -> None:
    rui = w.customers.create(CustomerDraft("Rui Costa"))
    other = w.customers.create(CustomerDraft("Rui A. Costa"))
    w.travellers.add(trip, other)
    theirs = w.orders.create("Berlin", other)
    w.duplicates.merge(rui, other)
    assert [name for _one, name in w.travellers.of(trip)] == ["Rui Costa"]
    assert w.orders.get(theirs).order.customer_id == rui


def test_orders_are_found(w: Workspace, trip: OrderId) -> None:
    w.orders.agree(trip)
    from crm_desktop.domain.orders import OrderQuery

    assert [one.total.amount for one in w.orders.list()] == [615_00]
    assert len(w.orders.list(OrderQuery("silva azo"))) == 1
    assert not w.orders.list(OrderQuery("madeira"))
    assert not w.orders.list(OrderQuery(statuses=frozenset({OrderStatus.DONE})))


def test_a_quantity_keeps_its_decimals(w: Workspace, trip: OrderId) -> None:
    line = w.orders.get(trip).lines[0]
    assert line.id is not None
    w.orders.update_line(line.id, "quantity", "1,125")
    assert w.orders.get(trip).lines[0].quantity == Decimal("1.125")
