"""How steps of orders stand: what is missing, what is late, what is done by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crm_desktop.domain.orders import PaperState
from crm_desktop.domain.periods import working_day_after
from crm_desktop.domain.processes import (
    DueFrom,
    Effect,
    EffectKind,
    NeedKind,
    OrderFacts,
    OrderStep,
    OrderStepId,
    Paid,
    StepNeed,
    Who,
    due_on,
    due_within,
    kept_up,
    missing,
    read_effects,
    read_needs,
    standing,
    written_effects,
    written_needs,
)

DAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
PASSPORT = StepNeed(NeedKind.DOCUMENT, "Passport", 6)


def test_what_a_step_keeps_comes_back() -> None:
    needs = (PASSPORT, StepNeed(NeedKind.PAYMENT, Paid.FULL), StepNeed(NeedKind.PERSON, Who.OWNER))
    assert read_needs(written_needs(needs)) == needs
    effects = (
        Effect(EffectKind.TASK, "订酒店", days=2, working=True),
        Effect(EffectKind.MAIL, "A", "b\nc"),
    )
    assert read_effects(written_effects(effects)) == effects
    assert (written_needs(()), read_needs(""), read_effects("")) == ("", (), ())


@pytest.mark.parametrize(
    "text",
    ['[["wish", "x", 0]]', '[["payment", "soon", 0]]', '[["document", " ", 0]]', "[[1]]",
     '[["document", "Visa", -1]]'],
)  # fmt: skip
def test_what_is_no_need_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_needs(text)


def test_days_are_counted_from_the_orders_own() -> None:
    facts = OrderFacts(DAY, date(2026, 6, 1), date(2026, 6, 9))
    for counted_from, days, wanted in (
        (DueFrom.NOTHING, 3, None),
        (DueFrom.CONFIRMED, 7, date(2026, 5, 11)),
        (DueFrom.START, -45, date(2026, 4, 17)),
        (DueFrom.END, 5, date(2026, 6, 14)),
        (DueFrom.PREVIOUS, 1, None),
    ):
        assert due_on(OrderStep("a", due_from=counted_from, due_days=days), facts, None) == wanted
    after = OrderStep("b", due_from=DueFrom.PREVIOUS, due_days=1)
    assert due_on(after, facts, DAY) == date(2026, 5, 5)
    assert due_on(OrderStep("c", due_from=DueFrom.END), OrderFacts(starts_on=DAY), None) == DAY


def test_what_is_missing_says_whose() -> None:
    step = OrderStep("Papers", needs=written_needs([PASSPORT]))
    papers = {
        ("Passport", 6): [
            ("Ana", PaperState.HERE), ("Rui", PaperState.MISSING), ("Eva", PaperState.EXPIRES),
        ]
    }  # fmt: skip
    found = missing(step, OrderFacts(papers=papers))
    assert [(one.whom, one.state) for one in found] == [
        (["Rui"], PaperState.MISSING),
        (["Eva"], PaperState.EXPIRES),
    ]
    person = OrderStep("Work", needs=written_needs([StepNeed(NeedKind.PERSON, Who.OWNER)]))
    assert missing(person, OrderFacts())
    assert not missing(OrderStep("Work", owner="Rui", needs=person.needs), OrderFacts())


def test_nothing_to_be_paid_is_not_paid() -> None:
    step = OrderStep("Paid", needs=written_needs([StepNeed(NeedKind.PAYMENT, Paid.FULL)]))
    assert missing(step, OrderFacts(open=0, has_price=False))
    assert not missing(step, OrderFacts(open=0, has_price=True))
    assert not missing(step, OrderFacts(open=-5, has_price=True))


def test_steps_with_needs_are_done_by_themselves_and_open_again() -> None:
    needs = written_needs([StepNeed(NeedKind.PAYMENT, Paid.DEPOSIT)])
    first = OrderStep("Deposit", needs=needs, id=OrderStepId(1))
    second = OrderStep("Book", due_from=DueFrom.PREVIOUS, due_days=2, id=OrderStepId(2))
    paid, unpaid = OrderFacts(has_price=True), OrderFacts(deposit_open=5, has_price=True)

    assert kept_up([first, second], unpaid, NOW) == {}
    assert kept_up([first, second], paid, NOW) == {
        1: {"done_at": NOW, "by_itself": True},
        2: {"due_on": date(2026, 5, 6)},
    }
    done = OrderStep("Deposit", needs=needs, done_at=NOW, by_itself=True, id=OrderStepId(1))
    assert kept_up([done], unpaid, NOW) == {1: {"done_at": None, "by_itself": False}}
    ticked = OrderStep("Deposit", needs=needs, done_at=NOW, id=OrderStepId(1))
    assert kept_up([ticked], unpaid, NOW) == {}


def test_the_first_that_is_not_done_is_next() -> None:
    steps = [OrderStep("a", done_at=NOW), OrderStep("b", due_on=date(2026, 5, 3)), OrderStep("c")]
    found = standing(steps, OrderFacts(), DAY)
    assert [one.done for one in found] == [True, False, False]
    assert [one.is_next for one in found] == [False, True, False]
    assert [one.late for one in found] == [False, True, False]


@pytest.mark.parametrize(
    ("day", "count", "following"),
    [("2026-05-04", 1, "2026-05-05"), ("2026-05-08", 1, "2026-05-11"),
     ("2026-05-09", 1, "2026-05-11"), ("2026-05-08", 6, "2026-05-18"),
     ("2026-05-09", 0, "2026-05-09")],
)  # fmt: skip
def test_working_days(day: str, count: int, following: str) -> None:
    assert working_day_after(date.fromisoformat(day), count).isoformat() == following
    effect = Effect(EffectKind.TASK, "x", days=count, working=True)
    assert due_within(effect, date.fromisoformat(day)).isoformat() == following
