"""Numbers of quotations, orders and receipts by the owner's pattern: `Q-{year}-{n:04}`.

A pattern is text with fields in braces. Numbers count up from 1 within their scope: the year or
the month that the pattern names, else for ever. Which numbers were given out is the archive's to
know; here is only how one is written.
"""

from __future__ import annotations

import re
from datetime import date

_FIELD = re.compile(r"\{([^{}]*)\}")
_COUNTER = re.compile(r"n(?::0([1-9]))?")
_LONGEST = 60
# Enough for a pattern without a width, too.
_MOST = 10**9


class PatternError(ValueError):
    """A text that is no pattern.

    Attributes:
        wrong: what is wrong with it: `counter` (no {n}, or two), `field` (one that nobody knows),
            `braces`, `long`, `month` (a month without its year, so that numbers would come again).
    """

    def __init__(self, wrong: str, what: str = "") -> None:
        super().__init__(f"{wrong} {what}".strip())
        self.wrong = wrong
        self.what = what


def check(pattern: str) -> None:
    """See whether a pattern can give numbers that never come again.

    Raises:
        PatternError: it cannot.
    """
    if len(pattern) > _LONGEST:
        raise PatternError("long")
    if set("{}") & set(_FIELD.sub("", pattern)):
        raise PatternError("braces")
    fields = _FIELD.findall(pattern)
    counters = [field for field in fields if _COUNTER.fullmatch(field)]
    others = {field for field in fields if not _COUNTER.fullmatch(field)}
    if unknown := others - {"year", "yy", "month"}:
        raise PatternError("field", "{" + min(unknown) + "}")
    if len(counters) != 1:
        raise PatternError("counter")
    if "month" in others and not others & {"year", "yy"}:
        raise PatternError("month")
    if _runs_together(pattern):
        raise PatternError("counter")


def _runs_together(pattern: str) -> bool:
    """Whether figures stand right beside the counter, so that two numbers may read the same."""
    if "{n}" not in pattern:  # figures that are filled up to a width stand in their place
        before, after = re.split(r"\{n:0[1-9]\}", pattern)
        return after[:1].isdigit() or after.startswith(("{year", "{yy", "{month"))
    before, after = pattern.split("{n}")
    beside = (before[-1:].isdigit(), after[:1].isdigit())
    fields = (before.endswith(("{year}", "{yy}", "{month}")), after.startswith("{"))
    return any(beside) or any(fields)


def scope(pattern: str, day: date) -> str:
    """Within what a pattern's numbers count up: `2026`, `2026-05`, or "" for ever."""
    if "{month}" in pattern:
        return f"{day:%Y-%m}"
    return f"{day:%Y}" if "{year}" in pattern or "{yy}" in pattern else ""


def written(pattern: str, count: int, day: date) -> str:
    """A number.

    Args:
        pattern: a checked one.
        count: of its scope, the first one 1.
        day: on which it is given out.
    """
    if not 1 <= count < _MOST:
        raise ValueError(count)

    def fill(match: re.Match[str]) -> str:
        field = match.group(1)
        if counter := _COUNTER.fullmatch(field):
            return f"{count:0{counter.group(1) or 1}}"
        return {"year": f"{day:%Y}", "yy": f"{day:%y}", "month": f"{day:%m}"}[field]

    return _FIELD.sub(fill, pattern)
