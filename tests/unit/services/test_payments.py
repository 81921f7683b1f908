"""Payments: what came in and went back, what is due, what is late, and their receipts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.payments import Movement, PaymentKind, Tone
from crm_desktop.services.workspace import Workspace

TODAY = date.today()
YEAR = TODAY.year


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as opened:
        opened.settings.set_home_country("PT")
        yield opened


@pytest.fixture
def trip(w: Workspace) -> OrderId:
    """An order of 1,000 € that is agreed."""
    made = w.orders.create("Azores", w.customers.create(CustomerDraft("Ana Silva")))
    w.orders.add_free_line(made, "Journey", "1000", tax_rate="0")
    w.orders.agree(made)
    return made


def plan(w: Workspace, order: OrderId) -> list[tuple[str, int, int]]:
    return [(one.due.kind.value, one.amount, one.paid) for one in w.payments.account(order).plan]


def test_without_a_plan_all_is_one_part(w: Workspace, trip: OrderId) -> None:
    assert plan(w, trip) == [("balance", 1000_00, 0)]


def test_payments_fill_the_plan_in_its_order(w: Workspace, trip: OrderId) -> None:
    w.payments.add_due(trip, PaymentKind.BALANCE, "", (TODAY + timedelta(days=60)).isoformat())
    w.payments.add_due(trip, PaymentKind.INSTALMENT, "300", (TODAY + timedelta(30)).isoformat())
    w.payments.add_due(trip, PaymentKind.DEPOSIT, "20 %", (TODAY + timedelta(days=3)).isoformat())
    assert plan(w, trip) == [
        ("deposit", 200_00, 0),
        ("instalment", 300_00, 0),
        ("balance", 500_00, 0),
    ]
    w.payments.note(trip, PaymentKind.DEPOSIT, "200", method="cash")
    w.payments.note(trip, PaymentKind.INSTALMENT, "350,50")
    assert [paid for _kind, _amount, paid in plan(w, trip)] == [200_00, 300_00, 50_50]
    assert w.payments.account(trip).balance.open == 449_50
    with pytest.raises(UserError, match="a part for the rest already"):
        w.payments.add_due(trip, PaymentKind.BALANCE)
    with pytest.raises(UserError, match="more than the order comes to"):
        w.payments.add_due(trip, PaymentKind.INSTALMENT, "500,01")
    with pytest.raises(UserError, match="above zero"):
        w.payments.add_due(trip, PaymentKind.INSTALMENT, "0")
    with pytest.raises(UserError, match="no part of the price"):
        w.payments.add_due(trip, PaymentKind.REFUND, "5")


def test_a_plan_follows_the_price(w: Workspace, trip: OrderId) -> None:
    first = w.payments.add_due(trip, PaymentKind.DEPOSIT, "400", TODAY.isoformat())
    w.payments.add_due(trip, PaymentKind.INSTALMENT, "500", (TODAY + timedelta(9)).isoformat())
    w.orders.cancel(trip, fee="450")
    assert plan(w, trip) == [("deposit", 400_00, 0), ("instalment", 50_00, 0)]
    w.history.undo()
    w.payments.update_due(first, "amount", "100")
    assert plan(w, trip)[2] == ("balance", 400_00, 0)
    w.payments.remove_due(first)
    assert plan(w, trip) == [("instalment", 500_00, 0), ("balance", 500_00, 0)]


@pytest.mark.parametrize("amount", ["0", "", "-5", "abc", "0,001", "5 %"])
def test_what_is_no_amount_is_refused_at_its_field(
    w: Workspace, trip: OrderId, amount: str
) -> None:
    with pytest.raises(UserError) as refused:
        w.payments.note(trip, PaymentKind.DEPOSIT, amount)
    assert refused.value.field == "amount"
    assert w.payments.account(trip).payments == []


def test_no_more_goes_back_than_came_in(w: Workspace, trip: OrderId) -> None:
    with pytest.raises(UserError, match="No more can go back"):
        w.payments.note(trip, PaymentKind.REFUND, "1")
    paid = w.payments.note(trip, PaymentKind.DEPOSIT, "200")
    back = w.payments.note(trip, PaymentKind.REFUND, "150")
    with pytest.raises(UserError, match="No more can go back than came in, €200"):
        w.payments.note(trip, PaymentKind.REFUND, "50,01")
    for refused in (
        lambda: w.payments.update(paid, "amount", "149,99"),
        lambda: w.payments.remove(paid),
        lambda: w.payments.void(paid, "wrong customer"),
        lambda: w.payments.update(paid, "kind", "refund"),
    ):
        with pytest.raises(UserError, match="No more can go back"):
            refused()
    stands = w.payments.account(trip).balance
    assert (stands.paid, stands.refunded, stands.open) == (200_00, 150_00, 950_00)
    w.payments.remove(back)
    w.payments.remove(paid)
    assert w.payments.account(trip).balance.received == 0


def test_another_currency_needs_a_rate_that_is_kept(w: Workspace, trip: OrderId) -> None:
    for rate in ("", "0", "-1", "abc"):
        with pytest.raises(UserError) as refused:
            w.payments.note(trip, PaymentKind.DEPOSIT, "10000 JPY", rate=rate)
        assert refused.value.field == "rate"
    with pytest.raises(UserError, match="no decimal places"):
        w.payments.note(trip, PaymentKind.DEPOSIT, "0.5 JPY", rate="0,0061")
    with pytest.raises(UserError, match="comes to nothing"):
        w.payments.note(trip, PaymentKind.DEPOSIT, "1 JPY", rate="0,0001")
    with pytest.raises(UserError, match="there is no rate"):
        w.payments.note(trip, PaymentKind.DEPOSIT, "10", rate="2")
    made = w.payments.note(trip, PaymentKind.DEPOSIT, "10000 JPY", rate="0,00613")
    payment = w.payments.get(made)
    assert (payment.amount, payment.currency, payment.counted) == (10_000, "JPY", 61_30)
    w.payments.update(made, "rate", "0.006")
    assert w.payments.account(trip).balance.paid == 60_00
    w.payments.update(made, "amount", "75,10 EUR")
    payment = w.payments.get(made)
    assert (payment.currency, payment.rate, payment.counted) == ("EUR", 1, 75_10)


def test_what_has_a_receipt_stays(w: Workspace, trip: OrderId) -> None:
    made = w.payments.note(trip, PaymentKind.DEPOSIT, "200")
    assert w.payments.receipt(made) == f"R-{YEAR}-0001"
    assert w.payments.receipt(made) == f"R-{YEAR}-0001"
    for refused in (
        lambda: w.payments.update(made, "amount", "100"),
        lambda: w.payments.update(made, "notes", "x"),
        lambda: w.payments.remove(made),
    ):
        with pytest.raises(UserError, match="is out and stays"):
            refused()
    with pytest.raises(UserError, match="Say why"):
        w.payments.void(made, " ")
    w.payments.void(made, "typed twice")
    assert w.payments.account(trip).balance.paid == 0
    assert w.payments.get(made).number == f"R-{YEAR}-0001"
    assert w.numbers.gaps(Series.RECEIPT) == []
    with pytest.raises(UserError, match="was voided"):
        w.payments.void(made, "again")


def test_a_receipt_that_was_taken_back_leaves_its_number(w: Workspace, trip: OrderId) -> None:
    made = w.payments.note(trip, PaymentKind.DEPOSIT, "200")
    w.payments.receipt(made)
    w.history.undo()
    assert w.payments.get(made).number == ""
    assert w.payments.receipt(made) == f"R-{YEAR}-0002"
    assert [gap.number for gap in w.numbers.gaps(Series.RECEIPT)] == [f"R-{YEAR}-0001"]


def test_what_is_late_and_how_the_next_letter_speaks(w: Workspace, trip: OrderId) -> None:
    with pytest.raises(UserError, match="Nothing of this order is late"):
        w.payments.remind(trip, Tone.FRIENDLY)
    since = TODAY - timedelta(days=10)
    w.payments.add_due(trip, PaymentKind.DEPOSIT, "300", since.isoformat())
    w.payments.add_due(trip, PaymentKind.BALANCE, "", TODAY.isoformat())
    w.payments.note(trip, PaymentKind.DEPOSIT, "120")
    [late] = w.payments.overdue()
    assert (late.amount.amount, late.since, late.next_tone) == (180_00, since, Tone.FRIENDLY)
    for tone, following in ((Tone.FRIENDLY, Tone.FIRM), (Tone.FIRM, Tone.FINAL)):
        w.payments.remind(trip, tone)
        [late] = w.payments.overdue()
        assert late.next_tone is following
    assert w.payments.overdue(TODAY + timedelta(days=1))[0].amount.amount == 880_00
    w.payments.note(trip, PaymentKind.BALANCE, "180")
    assert w.payments.overdue() == []


def test_a_statement_runs_through_all_that_changed(w: Workspace, trip: OrderId) -> None:
    customer = w.orders.get(trip).order.customer_id
    w.payments.note(trip, PaymentKind.DEPOSIT, "600")
    w.orders.cancel(trip, fee="100")
    w.payments.note(trip, PaymentKind.REFUND, "500")
    [statement] = w.payments.statements(customer)
    assert [(e.what, e.amount, e.owes) for e in statement.entries] == [
        (Movement.ORDER, 1000_00, 1000_00),
        (Movement.CHANGE, -900_00, 100_00),
        (Movement.PAYMENT, -600_00, -500_00),
        (Movement.REFUND, 500_00, 0),
    ]
    assert statement.owes.amount == 0


def test_a_draft_that_was_paid_for_is_not_deleted(w: Workspace) -> None:
    made = w.orders.create("Azores", w.customers.create(CustomerDraft("Ana")))
    w.payments.note(made, PaymentKind.DEPOSIT, "50")
    with pytest.raises(UserError, match="Money came in"):
        w.orders.remove(made)
