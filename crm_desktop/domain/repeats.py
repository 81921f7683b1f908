"""How often a task comes again: the rules that a list offers, in the words of RFC 5545."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Every(StrEnum):
    """What a list offers; any other rule is kept as it stands."""

    NEVER = ""
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_PLAIN = {
    Every.NEVER: "",
    Every.DAY: "FREQ=DAILY",
    Every.WORKDAY: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    Every.WEEK: "FREQ=WEEKLY",
    Every.TWO_WEEKS: "FREQ=WEEKLY;INTERVAL=2",
    Every.MONTH: "FREQ=MONTHLY",
    Every.QUARTER: "FREQ=MONTHLY;INTERVAL=3",
    Every.YEAR: "FREQ=YEARLY",
}
_SHORTEST_MONTH = 28


def rule_of(every: Every, due_on: date) -> str:
    """The rule for a task that is first due on a day.

    A month that lacks the day has its last one instead: RFC 5545 alone would leave February out
    of "the 31st of each month".
    """
    rule = _PLAIN[every]
    if due_on.day <= _SHORTEST_MONTH:
        return rule
    days = ",".join(str(day) for day in range(_SHORTEST_MONTH, due_on.day + 1))
    if every in (Every.MONTH, Every.QUARTER):
        return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"
    if every is Every.YEAR and due_on.month == 2:
        return f"{rule};BYMONTH=2;BYMONTHDAY={days};BYSETPOS=-1"
    return rule


def every_of(rule: str) -> Every | None:
    """What a rule is in the list, None for one of somebody's own."""
    bare = ";".join(
        part
        for part in rule.split(";")
        if not part.startswith(("BYMONTHDAY=28", "BYSETPOS=-1", "BYMONTH=2"))
    )
    return next((every for every, plain in _PLAIN.items() if plain == bare), None)
