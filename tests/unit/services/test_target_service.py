"""Targets: set, compared with what was reached, taken over, handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind, PersonalFacts
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.targets import Measure, Progress, Span, period_of
from crm_desktop.services.workspace import Workspace

TODAY = date.today()
MONTH = period_of(Span.MONTH, TODAY)
YEAR = period_of(Span.YEAR, TODAY)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as opened:
        opened.settings.set_home_country("PT")
        yield opened


@pytest.fixture
def ana(w: Workspace) -> CustomerId:
    return w.customers.create(CustomerDraft("Ana", facts=PersonalFacts(owner="Eva")))


def of(w: Workspace, owner: str, measure: Measure) -> Progress:
    [found] = [one for one in w.targets.progress(MONTH) if one.owner == owner]
    return found.measures[list(Measure).index(measure)]


def order(w: Workspace, whom: CustomerId, price: str, currency: str = "") -> object:
    made = w.orders.create("Azores", whom)
    if currency:
        w.orders.update(made, "currency", currency)
    w.orders.add_free_line(made, "Journey", price)
    w.orders.agree(made)
    return made


def test_revenue_is_what_was_agreed_and_its_changes(w: Workspace, ana: CustomerId) -> None:
    first = order(w, ana, "300")
    order(w, ana, "900", "USD")
    bob = w.customers.create(CustomerDraft("Bob"))
    order(w, bob, "100")
    firm, eva = of(w, "", Measure.REVENUE), of(w, "Eva", Measure.REVENUE)
    assert (firm.done, firm.currency, firm.elsewhere) == (400_00, "EUR", 1)
    assert eva.done == 300_00
    assert of(w, "", Measure.ORDERS).done == 3

    w.orders.change(first)  # type: ignore[arg-type]
    [line] = w.orders.draft(first).lines  # type: ignore[arg-type, union-attr]
    assert line.id is not None
    w.orders.update_line(line.id, "price", "250")
    assert of(w, "Eva", Measure.REVENUE).done == 300_00
    w.orders.agree(first)  # type: ignore[arg-type]
    assert of(w, "Eva", Measure.REVENUE).done == 250_00
    w.orders.cancel(first, fee="20")  # type: ignore[arg-type]
    assert of(w, "Eva", Measure.REVENUE).done == 20_00
    assert of(w, "Eva", Measure.ORDERS).done == 1
    w.customers.delete([ana])
    assert of(w, "", Measure.REVENUE).done == 100_00


def test_who_follows_up_the_opportunity_sold_it(w: Workspace, ana: CustomerId) -> None:
    sold = w.opportunities.create("Azores", ana, owner="Rui")
    made = w.orders.create("", ana, opportunity=sold)
    w.orders.add_free_line(made, "Journey", "300")
    w.orders.agree(made)
    assert of(w, "Rui", Measure.REVENUE).done == 300_00
    assert of(w, "Eva", Measure.REVENUE).done == 0


def test_visits_calls_and_new_customers(w: Workspace, ana: CustomerId) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=80)
    for kind in (InteractionKind.VISIT, InteractionKind.CALL, InteractionKind.CALL):
        w.customers.log_interaction(ana, kind, "Spoke")
    w.customers.log_interaction(ana, InteractionKind.CALL, "Spoke", at=long_ago)
    assert of(w, "Eva", Measure.VISITS).done == 1
    assert of(w, "Eva", Measure.CALLS).done == 2
    assert of(w, "Eva", Measure.NEW_CUSTOMERS).done == 0
    w.customers.update(ana, "stage", "customer")
    w.customers.create(CustomerDraft("Bob", stage="customer"))
    assert of(w, "Eva", Measure.NEW_CUSTOMERS).done == 1
    assert of(w, "", Measure.NEW_CUSTOMERS).done == 2


def test_targets_are_set_shared_and_taken_back(w: Workspace, ana: CustomerId) -> None:
    assert w.targets.at_a_glance() is None
    w.targets.set("", Measure.REVENUE, YEAR, "120 000")
    assert of(w, "", Measure.REVENUE).target == 10_000_00
    assert not of(w, "", Measure.REVENUE).own
    w.targets.set("", Measure.REVENUE, MONTH, "5000,50")
    assert of(w, "", Measure.REVENUE).target == 5_000_50
    assert w.targets.set("", Measure.REVENUE, MONTH, "5000.50 EUR") is None
    w.targets.set("Eva", Measure.VISITS, MONTH, "6")
    assert of(w, "Eva", Measure.VISITS).target == 6
    glance = w.targets.at_a_glance()
    assert glance is not None
    assert [one.measure for one in glance.measures] == [Measure.REVENUE]
    w.targets.set("", Measure.REVENUE, MONTH, "")
    assert of(w, "", Measure.REVENUE).target == 10_000_00
    w.history.undo()
    assert of(w, "", Measure.REVENUE).target == 5_000_50
    for measure, text, words in (
        (Measure.VISITS, "many", "whole number"), (Measure.VISITS, "9999999", "whole number"),
        (Measure.REVENUE, "a lot", "no amount"), (Measure.REVENUE, "50 USD", "EUR"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words):
            w.targets.set("", measure, MONTH, text)


def test_last_years_plan_is_taken_over(w: Workspace) -> None:
    before = period_of(Span.MONTH, date(TODAY.year - 1, TODAY.month, 1))
    with pytest.raises(UserError, match="no targets"):
        w.targets.copy(MONTH, "")
    w.targets.set("", Measure.REVENUE, before, "1000")
    w.targets.set("Eva", Measure.VISITS, before, "10")
    w.targets.set("Eva", Measure.VISITS, MONTH, "3")
    with pytest.raises(UserError, match="whole number"):
        w.targets.copy(MONTH, "much")
    w.targets.copy(MONTH, "+5 %")
    assert of(w, "", Measure.REVENUE).target == 1_050_00
    assert of(w, "Eva", Measure.VISITS).target == 3
    w.history.undo()
    assert of(w, "", Measure.REVENUE).target is None


def test_targets_go_with_what_is_handed_over(w: Workspace, ana: CustomerId) -> None:
    assert ana
    w.targets.set("Eva", Measure.VISITS, MONTH, "6")
    w.handovers.hand_over("Eva", "Rui")
    assert of(w, "Rui", Measure.VISITS).target == 6
    w.history.undo()
    assert of(w, "Eva", Measure.VISITS).target == 6
