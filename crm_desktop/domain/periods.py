"""Days that follow from today: "in the last 30 days", "next month", "older than two years"."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

UNITS = ("day", "week", "month", "quarter", "year")
# Further than this nobody looks, and dates end somewhere.
_MOST = 100_000


class Period(NamedTuple):
    """Days from `first` up to, but without, `after`; None where it is open at that end."""

    first: date | None
    after: date | None


def is_day(text: str) -> bool:
    """Whether a text is a day, as the archive writes it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_span(values: Sequence[str]) -> bool:
    """Whether words say how long: a number and a unit."""
    return (
        len(values) == 2
        and values[0].isascii()
        and values[0].isdigit()
        and 0 <= int(values[0]) <= _MOST
        and values[1] in UNITS
    )


def last(today: date, count: int, unit: str) -> Period:
    """The last so many days, weeks …, today among them."""
    return Period(shifted(today, -count, unit), today + timedelta(days=1))


def next_(today: date, count: int, unit: str) -> Period:
    """From today on for so many days, weeks or longer units."""
    return Period(today, _later(shifted(today, count, unit)))


def older(today: date, count: int, unit: str) -> Period:
    """Longer ago than so many days, weeks or longer units."""
    return Period(None, shifted(today, -count, unit))


def whole(today: date, unit: str, ahead: int) -> Period:
    """This day, week, month … as a whole, the one before it (-1) or after it (1)."""
    if unit == "day":
        first = today
    elif unit == "week":
        first = today - timedelta(days=today.weekday())
    elif unit == "month":
        first = today.replace(day=1)
    elif unit == "quarter":
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    else:
        first = today.replace(month=1, day=1)
    return Period(shifted(first, ahead, unit), shifted(first, ahead + 1, unit))


def on(day: date) -> Period:
    """One day."""
    return Period(day, _later(day))


def between(first: date, last_day: date) -> Period:
    """From a day to a day, both among them."""
    return Period(first, _later(last_day))


def days_of_years(period: Period) -> list[str]:
    """The days of a period as `MM-DD`, each once; a period of a year or more has them all.

    Who was born on a 29th of February has his birthday a day earlier in other years.
    """
    assert period.first is not None
    assert period.after is not None
    found: dict[str, None] = {}
    for offset in range(min((period.after - period.first).days, 366)):
        day = period.first + timedelta(days=offset)
        found[f"{day:%m-%d}"] = None
        if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
            found["02-29"] = None
    return list(found)


def _later(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def shifted(day: date, count: int, unit: str) -> date:
    """A day so many units on; beyond the calendar its first or last one."""
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        month += 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return date.min if count < 0 else date.max


def working_day_after(day: date, count: int = 1) -> date:
    """The day so many days after another, Saturdays and Sundays not counted.

    Args:
        day: any.
        count: zero or above; 0 is the day itself.
    """
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


_SATURDAY = 5
