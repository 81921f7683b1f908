"""Numbers as a spreadsheet's number format shows them: telephone numbers and codes.

Source: ECMA-376 part 1, 18.8.31. Formats of dates, money and sums are none of this module's:
such a number is written plainly.
"""

from __future__ import annotations

import math
import operator
import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[([^\]]*)\]|(.)', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_PLACES = "0#?"
_LITERALS = " -+/():$!^&'~{}<>=\u00a0\u2013\u202f"
_MOST_DIGITS = 15


class _Section(NamedTuple):
    """One section of a format: its condition, and placeholders and literals in order."""

    condition: tuple[str, float] | None
    tokens: tuple[tuple[bool, str], ...]


def with_format(value: float, code: str) -> str:
    """Write a number as its format shows it: 912345678 with `000 000 000` is "912 345 678".

    Args:
        value: the cell's number.
        code: the format's code.

    Returns:
        The plain number where the format is General, has decimals, thousands marks, percents,
        dates or anything else that makes no telephone number or code.
    """
    plain = _plain(value)
    if not math.isfinite(value) or value != int(value) or abs(value) >= 10**_MOST_DIGITS:
        return plain
    section = _choose(_sections(code), value)
    if section is None:
        return plain
    digits = str(abs(int(value)))
    places = [i for i, (is_place, _c) in enumerate(section.tokens) if is_place]
    if len(digits) < len(places):
        digits = digits.rjust(len(places))
    parts: list[str] = []
    # The first placeholder takes all the digits that have no placeholder of their own.
    extra = len(digits) - len(places)
    taken = 0
    for index, (is_place, character) in enumerate(section.tokens):
        if not is_place:
            parts.append(character)
            continue
        size = 1 + extra if index == places[0] else 1
        shown = digits[taken : taken + size]
        taken += size
        if shown == " ":
            shown = "0" if character == "0" else " " if character == "?" else ""
        parts.append(shown)
    sign = "-" if value < 0 and section.condition is None else ""
    return f"{sign}{''.join(parts).strip()}"


def _plain(value: float) -> str:
    return str(int(value)) if math.isfinite(value) and value == int(value) else f"{value:.15g}"


def _choose(sections: tuple[_Section | None, ...], value: float) -> _Section | None:
    """The section that a number is shown by; None for one that shows no phone number."""
    if any(s is not None and s.condition for s in sections):
        for section in sections:
            if section is None:
                continue
            if section.condition is None or _COMPARE[section.condition[0]](
                value, section.condition[1]
            ):
                return section
        return None
    if value < 0 and len(sections) > 1:
        return None
    return sections[0]


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section | None, ...]:
    found: list[_Section | None] = []
    start = 0
    quoted = False
    for index, character in enumerate(code):
        if character == '"' and (index == 0 or code[index - 1] != "\\"):
            quoted = not quoted
        elif character == ";" and not quoted and (index == 0 or code[index - 1] != "\\"):
            found.append(_section(code[start:index]))
            start = index + 1
    found.append(_section(code[start:]))
    return tuple(found)


def _section(code: str) -> _Section | None:
    """Take a section apart; None where it holds what no phone number or code has."""
    condition = None
    tokens: list[tuple[bool, str]] = []
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracket, character = match.groups()
        if quoted is not None or escaped is not None:
            tokens.extend((False, c) for c in quoted or escaped or "")
        elif bracket is not None:
            if test := _CONDITION.fullmatch(bracket):
                condition = (test.group(1), float(test.group(2)))
            elif bracket.startswith("$") and not bracket.startswith("$-"):
                return None
        elif character is None:
            continue
        elif character in _PLACES:
            tokens.append((True, character))
        elif character in _LITERALS or character.isdigit() or ord(character) > 0x2E7F:
            tokens.append((False, character))
        else:
            return None
    if not any(is_place for is_place, _c in tokens):
        return None
    return _Section(condition, tuple(tokens))
