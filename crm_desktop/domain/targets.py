"""Targets: what is to be reached in a month, a quarter or a year, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.money import rounded_ratio, shared_out
from crm_desktop.domain.periods import shifted

TargetId = NewType("TargetId", int)


class Measure(StrEnum):
    """What is counted."""

    REVENUE = "revenue"
    ORDERS = "orders"
    NEW_CUSTOMERS = "new_customers"
    VISITS = "visits"
    CALLS = "calls"


class Span(StrEnum):
    """For how long a target holds."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached.

    Attributes:
        owner: by whom; "" for the whole firm.
        first: the first day of the month, quarter or year.
        amount: how many; of revenue, minor units of `currency`.
        id: None before it is stored.
    """

    measure: Measure
    span: Span
    first: date
    amount: int
    owner: str = ""
    currency: str = ""
    id: TargetId | None = None


class Period(NamedTuple):
    """A month, a quarter or a year."""

    span: Span
    first: date

    @property
    def after(self) -> date:
        """The first day that is not of it any more."""
        return shifted(self.first, MONTHS[self.span], "month")

    def moved(self, by: int) -> Period:
        """The one that comes so many later; below zero earlier."""
        return Period(self.span, shifted(self.first, by * MONTHS[self.span], "month"))

    def within(self, span: Span) -> Period:
        """The longer one that it is a part of."""
        return period_of(span, self.first)

    def parts(self, span: Span) -> list[Period]:
        """The shorter ones that it is made of."""
        count = MONTHS[self.span] // MONTHS[span]
        return [Period(span, shifted(self.first, n * MONTHS[span], "month")) for n in range(count)]


def period_of(span: Span, day: date) -> Period:
    """The month, quarter or year that a day is in."""
    month = {Span.MONTH: day.month, Span.QUARTER: (day.month - 1) // 3 * 3 + 1, Span.YEAR: 1}[span]
    return Period(span, date(day.year, month, 1))


Set = Mapping[Period, int]


def wanted(period: Period, targets: Set) -> int | None:
    """What is to be reached in a period; None where nobody said.

    What was said of the period itself counts; else its share of the quarter or the year that it is
    in, where all months weigh the same and the shares come to the whole exactly; else what was
    said of its parts, together.
    """
    if period in targets:
        return targets[period]
    for span in (Span.QUARTER, Span.YEAR):
        longer = period.within(span)
        if MONTHS[span] <= MONTHS[period.span] or longer not in targets:
            continue
        parts = longer.parts(period.span)
        shares = shared_out(targets[longer], [1] * len(parts))
        return shares[parts.index(period)]
    for span in (Span.QUARTER, Span.MONTH):
        if MONTHS[span] < MONTHS[period.span]:
            said = [targets[part] for part in period.parts(span) if part in targets]
            if said:
                return sum(said)
    return None


class Pace(StrEnum):
    """How it goes, beside the days that are over."""

    EARLY = "early"
    """Too few days are over to tell."""
    BEHIND = "behind"
    ON_TRACK = "on_track"
    AHEAD = "ahead"


# So much of the period has to be over, and so far from the plan it has to be, in percent.
_TELLS_FROM, _BEHIND_FROM, _AHEAD_FROM = 10, 90, 110


class Progress(NamedTuple):
    """How far a measure has come in a period.

    Attributes:
        done: how many, or minor units.
        target: what is to be reached; None for no target.
        own: whether that was said of this very period.
        expected: what would be even with the days that are over.
        pace: how it goes.
        elsewhere: how many orders are of other currencies, and so are not in it.
    """

    measure: Measure
    done: int
    target: int | None = None
    own: bool = False
    expected: int = 0
    pace: Pace = Pace.EARLY
    currency: str = ""
    elsewhere: int = 0


def progress(
    measure: Measure,
    done: int,
    period: Period,
    targets: Set,
    today: date,
    *,
    currency: str = "",
    elsewhere: int = 0,
) -> Progress:
    """How far a measure has come on a day.

    Args:
        measure: which.
        done: what was reached.
        period: in which.
        targets: of one measure and one owner.
        today: by the owner's clock; what is over of the period is counted by days.
        currency: of revenue.
        elsewhere: orders of other currencies.
    """
    target = wanted(period, targets)
    days = (period.after - period.first).days
    over = min(max((today - period.first).days + 1, 0), days)
    expected = 0 if target is None else rounded_ratio(target * over, days)
    pace = Pace.EARLY
    if target and over * 100 >= days * _TELLS_FROM:
        pace = Pace.ON_TRACK
        if done * 100 < expected * _BEHIND_FROM:
            pace = Pace.BEHIND
        elif done * 100 >= expected * _AHEAD_FROM:
            pace = Pace.AHEAD
    return Progress(measure, done, target, period in targets, expected, pace, currency, elsewhere)


def last_day(period: Period) -> date:
    """The last day of a period."""
    return period.after - timedelta(days=1)


def raised(amount: int, percent: int) -> int:
    """An amount and so many percent more, rounded."""
    return rounded_ratio(amount * (100 + percent), 100)
