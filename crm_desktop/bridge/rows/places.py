"""Parts of an address that stand in the cell of another part: "4050-001 PORTO", "Recife/PE"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from crm_desktop.bridge.values.postal import BRAZILIAN_STATES
from crm_desktop.bridge.values.text import strip_marks

# Hyphened ones are Portuguese or Brazilian, and surely postcodes.
_IN_STREETS = re.compile(r"(\d{4}-\d{3}|\d{5}-\d{3})[\s,]+([^\W\d][^\d,;]*)")
# In a column of postcodes, others are, too.
_POSTCODE_PLACE = re.compile(
    r"((?:[A-Z]{1,2}-)?\d{4,6}|\d{4}-\d{3}|\d{5}-\d{3})[\s,/-]+([^\W\d][^\d,;]*)"
)
_PLACE_POSTCODE = re.compile(
    r"([^\W\d][^\d,;]*?)[\s,/-]+((?:[A-Z]{1,2}-)?\d{4,6}|\d{4}-\d{3}|\d{5}-\d{3})"
)
_FIRST_HALF, _LAST_HALF = re.compile(r"\d{4}"), re.compile(r"\d{1,3}(?:\.0)?")
_CITY_STATE = re.compile(r"([^\W\d][^/\d]*?)\s*(?:[/,]|\s[-–]|-(?=[A-Z]{2}$))\s*([A-Z]{2})")
_CITY_PROVINCE = re.compile(r"([^\W\d][^/\d()]*?)\s*\(([A-Z]{2})\)")

_LONGEST_POSTCODE = 9  # 01310-100

Split = tuple[str, str]


class Parts(NamedTuple):
    """The parts of addresses, a column each, equally long."""

    street: Sequence[str]
    postcode: Sequence[str]
    city: Sequence[str]
    region: Sequence[str]
    country: Sequence[str]


def settled(parts: Parts) -> Parts:
    """Put the parts of addresses into their places; no word is dropped.

    A cell is taken apart only where the other place is free, or says the same.
    """
    street, postcode, city, region, country = parts
    # Long columns are sieved by what is quick to see; hardly a text is left to look at.
    longer = {t for t in postcode if len(t) > _LONGEST_POSTCODE or not t[-1:].isdigit()}
    if found := _split(longer, postcode_and_city):
        postcode, city = _moved(postcode, city, found)
    if found := _split({t for t in street if t[:4].isdigit()}, postcode_in_street):
        street, postcode, city = _out_of_streets(street, postcode, city, found)
    if found := _split(set(city), city_and_region):
        city, region = _moved(city, region, found)
    return Parts(street, postcode, city, region, country)


def postcode_and_city(text: str) -> Split | None:
    """The parts of "4050-001 PORTO" and "Faro, 8000-418"."""
    if match := _POSTCODE_PLACE.fullmatch(text):
        return match.group(1), match.group(2)
    match = _PLACE_POSTCODE.fullmatch(text)
    return (match.group(2), match.group(1)) if match else None


def postcode_in_street(text: str) -> Split | None:
    """The parts of "4050-001 PORTO", where a street would stand: nothing else looks so."""
    match = _IN_STREETS.fullmatch(text)
    return (match.group(1), match.group(2)) if match else None


def joined_postcode(first: str, last: str) -> str:
    """A Portuguese postcode whose halves stand in two columns: 1250 and 96 are 1250-096."""
    if _FIRST_HALF.fullmatch(first) and _LAST_HALF.fullmatch(last):
        return f"{first}-{last.partition('.')[0]:0>3}"
    return ", ".join(filter(None, (first, last)))


def city_and_region(text: str) -> Split | None:
    """The parts of "Recife/PE" and "Fiesole (FI)"."""
    if match := _CITY_STATE.fullmatch(text):
        city, state = match.groups()
        return (city, state) if state in BRAZILIAN_STATES else None
    match = _CITY_PROVINCE.fullmatch(text)
    return (match.group(1), match.group(2)) if match else None


def _split(texts: set[str], split: Callable[[str], Split | None]) -> dict[str, Split]:
    """Those of a column's different texts that can be taken apart."""
    return {text: found for text in texts if text and (found := split(text))}


def _moved(
    whole: Sequence[str], other: Sequence[str], found: dict[str, Split]
) -> tuple[list[str], list[str]]:
    kept, filled = list(whole), list(other)
    for i, text in enumerate(whole):
        if (parts := found.get(text)) and (not filled[i] or _same(filled[i], parts[1])):
            kept[i] = parts[0]
            filled[i] = filled[i] or parts[1]
    return kept, filled


def _out_of_streets(
    streets: Sequence[str],
    postcodes: Sequence[str],
    cities: Sequence[str],
    found: dict[str, Split],
) -> tuple[list[str], list[str], list[str]]:
    street, postcode, city = list(streets), list(postcodes), list(cities)
    for i, text in enumerate(streets):
        if (parts := found.get(text)) and not postcode[i] and not city[i]:
            street[i], (postcode[i], city[i]) = "", parts
    return street, postcode, city


def _same(one: str, other: str) -> bool:
    return strip_marks(one).casefold() == strip_marks(other).casefold()
