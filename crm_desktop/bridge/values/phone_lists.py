"""Numbers of one cell that lean on the one before: "089 576346 / 576347", "213 456 789 / 90"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from crm_desktop.bridge.values.e164 import area_of

if TYPE_CHECKING:
    from crm_desktop.bridge.values.phones import Phone

Read = Callable[[str], str | None]

# A bare number, words around it or not: nothing that says where it is rung.
_BARE = re.compile(r"(?<![\d+(])[1-9]\d*(?:[ .\-]\d+)*(?!\d)")
_DIGITS = re.compile(r"\d")
_LONGEST_ENDING = 6  # digits; more are a number of its own
_SHORTEST = 5  # digits that a number without its area code has
_LONGER = 2  # digits by which it may be longer than the one before: a mobile phone's, an extension


def completed(phones: list[Phone], read: Read) -> list[Phone]:
    """Give numbers the digits that only the one before them has.

    Args:
        phones: of one cell, in their order.
        read: E.164 of a text that is one number, None for none.
    """
    done = phones[:1]
    for phone in phones[1:]:
        done.append(_with_area(phone, done, read) or _with_ending(phone, done[-1], read) or phone)
    return done


def _with_area(
    phone: Phone, before: list[Phone], read: Callable[[str], str | None]
) -> Phone | None:
    """The number with the area code of the nearest one that is written with its own."""
    bare = _BARE.findall(phone.raw)
    figures = "".join(_DIGITS.findall(bare[0])) if len(bare) == 1 else ""
    if len(figures) < _SHORTEST or len(figures) != len(_DIGITS.findall(phone.raw)):
        return None
    for other in reversed(before):
        if not other.value or not (area := area_of(other.value)):
            continue
        own = len(other.value) - len(area)
        if len(_DIGITS.findall(other.raw)) <= len(figures) or len(figures) > own + _LONGER:
            return None  # it has no area code itself, or this one has its own
        value = read(area + figures)
        return phone._replace(value=value, damaged=False) if value else None
    return None


def _with_ending(phone: Phone, before: Phone, read: Read) -> Phone | None:
    """90 of "213 456 789/90" with the digits before it."""
    if phone.value or not before.value or not phone.raw.isdigit():
        return None
    count = len(phone.raw)
    if count > _LONGEST_ENDING:
        return None
    digits = "".join(_DIGITS.findall(before.raw))
    value = read(before.value[:-count] + phone.raw) if count < len(digits) else None
    whole = digits[:-count] + phone.raw
    return phone._replace(raw=whole, value=value, damaged=False) if value else None
