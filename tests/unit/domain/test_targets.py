"""Targets: shared out, added up, and compared with the days that are over."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.targets import Measure, Pace, Period, Span, period_of, progress, wanted

MAY = Period(Span.MONTH, date(2026, 5, 1))
SPRING = Period(Span.QUARTER, date(2026, 4, 1))
YEAR = Period(Span.YEAR, date(2026, 1, 1))


def test_days_have_their_periods() -> None:
    assert period_of(Span.MONTH, date(2026, 5, 31)) == MAY
    assert period_of(Span.QUARTER, date(2026, 6, 30)) == SPRING
    assert period_of(Span.YEAR, date(2026, 12, 31)) == YEAR
    assert MAY.moved(-5).first == date(2025, 12, 1)
    assert (SPRING.after, YEAR.moved(1).first) == (date(2026, 7, 1), date(2027, 1, 1))


def test_what_is_said_of_the_period_itself_counts() -> None:
    assert wanted(MAY, {}) is None
    assert wanted(MAY, {MAY: 5, SPRING: 30, YEAR: 99}) == 5
    assert wanted(MAY, {SPRING: 30, YEAR: 99}) == 10
    assert wanted(MAY, {YEAR: 120}) == 10
    assert wanted(SPRING, {YEAR: 100}) == 25
    assert wanted(SPRING, {MAY: 5, MAY.moved(1): 6}) == 11
    assert wanted(YEAR, {SPRING: 30, SPRING.moved(1): 4, MAY: 1}) == 34


@given(st.integers(0, 10**12))
def test_shares_come_to_the_whole(amount: int) -> None:
    targets = {YEAR: amount}
    assert sum(wanted(one, targets) or 0 for one in YEAR.parts(Span.MONTH)) == amount
    assert sum(wanted(one, targets) or 0 for one in YEAR.parts(Span.QUARTER)) == amount


@pytest.mark.parametrize(
    ("day", "done", "pace"),
    [
        (date(2026, 5, 2), 0, Pace.EARLY),
        (date(2026, 5, 10), 0, Pace.BEHIND),
        (date(2026, 5, 10), 30, Pace.ON_TRACK),
        (date(2026, 5, 10), 40, Pace.AHEAD),
        (date(2026, 7, 1), 92, Pace.ON_TRACK),
        (date(2026, 7, 1), 80, Pace.BEHIND),
        (date(2026, 4, 1), 0, Pace.EARLY),
    ],
)
def test_the_days_that_are_over_are_the_measure(day: date, done: int, pace: Pace) -> None:
    found = progress(Measure.VISITS, done, MAY, {MAY: 93}, day)
    assert (found.pace, found.target, found.own) == (pace, 93, True)


def test_without_a_target_nothing_is_said() -> None:
    found = progress(Measure.CALLS, 7, MAY, {}, date(2026, 5, 20))
    assert (found.target, found.pace, found.done) == (None, Pace.EARLY, 7)
