"""What an opportunity is worth, how long it has stood, and what a stage wants of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.money import Money, rounded
from crm_desktop.domain.opportunities import (
    Need,
    Opportunity,
    PipelineStage,
    PipelineStageId,
    days_in_stage,
    is_stuck,
    missing,
    sums,
    weighted,
)

TRIP = Opportunity(
    "Azores", CustomerId(1), PipelineStageId(1), entered_at=datetime(2026, 5, 4, 12, tzinfo=UTC)
)
AMOUNTS = st.lists(st.integers(0, 10**9), max_size=6)


def worth(amount: int, currency: str = "EUR") -> Opportunity:
    return replace(TRIP, amount=amount, currency=currency)


def test_what_is_open_counts_by_its_probability() -> None:
    assert weighted(Money(100_01, "EUR"), 50) == Money(50_01, "EUR")  # half a cent goes up
    assert weighted(Money(100, "JPY"), 0) == Money(0, "JPY")


def test_currencies_are_summed_apart() -> None:
    listed = [worth(5, "EUR"), TRIP, worth(900, "JPY"), worth(7, "EUR")]
    assert sums(listed) == (Money(900, "JPY"), Money(12, "EUR"))
    assert sums([TRIP]) == ()


@given(st.integers(0, 10**18), st.integers(0, 100))
def test_a_share_is_rounded_as_all_money_is(amount: int, percent: int) -> None:
    exact = Fraction(amount * percent, 100)
    assert weighted(Money(amount, "EUR"), percent).amount == rounded(exact)


@given(AMOUNTS, st.integers(0, 100))
def test_a_weighted_sum_is_that_of_what_is_shown(amounts: list[int], percent: int) -> None:
    found = sums([worth(one) for one in amounts], probability=percent)
    shown = sum(weighted(Money(one, "EUR"), percent).amount for one in amounts)
    assert sum(one.amount for one in found) == shown


def test_days_in_a_stage() -> None:
    assert days_in_stage(TRIP, date(2026, 5, 4)) == 0
    assert days_in_stage(TRIP, date(2026, 5, 11)) == 7
    assert days_in_stage(TRIP, date(2026, 5, 1)) == 0  # a clock that was set back
    week = PipelineStage("Talking", most_days=7)
    assert not is_stuck(TRIP, week, date(2026, 5, 11))
    assert is_stuck(TRIP, week, date(2026, 5, 12))
    assert not is_stuck(TRIP, PipelineStage("Talking"), date(2030, 1, 1))


def test_what_a_stage_wants() -> None:
    stage = PipelineStage("Offer", needs="amount closes_on owner next_step")
    assert missing(stage, TRIP, has_next_step=False) == tuple(Need)
    whole = replace(worth(0), closes_on=date(2030, 1, 1), owner="Eva")
    assert missing(stage, whole, has_next_step=True) == ()  # nothing is an amount, too
