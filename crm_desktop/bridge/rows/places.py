"""Parts of an address that stand in the cell of another part: "4050-001 PORTO", "Recife/PE"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from crm_desktop.bridge.values.postal import BRAZILIAN_STATES, Postal, split_place, split_region
from crm_desktop.bridge.values.text import has_cjk, strip_marks, tidy_line

# Hyphened ones are Portuguese or Brazilian, and surely postcodes.
_SURELY = re.compile(r"\d{4,5}-\d{3}\b")
_FIRST_HALF, _LAST_HALF = re.compile(r"\d{4}"), re.compile(r"\d{1,3}(?:\.0)?")
_CITY_STATE = re.compile(r"([^\W\d][^/\d]*?)\s*(?:[/,]|\s[-–]|-(?=[A-Z]{2}$))\s*([A-Z]{2})")
_CITY_PROVINCE = re.compile(r"([^\W\d][^/\d()]*?)\s*\(([A-Z]{2})\)")

# A break of lines with no mark at it.
_BREAK = re.compile(r"(?<![,;.:\-/\s])\s*(?:\r\n|\r|\n)\s*(?=[^\s,;])")
_LONGEST_POSTCODE = 9  # 01310-100


class Parts(NamedTuple):
    """The parts of addresses, a column each, equally long."""

    street: Sequence[str]
    postcode: Sequence[str]
    city: Sequence[str]
    region: Sequence[str]
    country: Sequence[str]


def settled(parts: Parts, *, regions_too: bool = False, regions_of_codes: bool = False) -> Parts:
    """Put the parts of addresses into their places; no word is dropped.

    A cell is taken apart only where the other places are free, or say the same.

    Args:
        parts: as they stand in the sheet.
        regions_too: the cities' header says that a region stands behind each, after a slash.
        regions_of_codes: the postcodes' header says that a region stands beside each.
    """
    if regions_of_codes:
        parts = _taken_apart(parts, "postcode", _found(set(parts.postcode), split_region))
    # Long columns are sieved by what is quick to see; hardly a text is left to look at.
    more = {t for t in parts.postcode if len(t) > _LONGEST_POSTCODE or _holds_a_word(t)}
    parts = _taken_apart(parts, "postcode", _found(more, postcode_and_city))
    sure = {t for t in parts.street if t[:4].isdigit() and _SURELY.match(t)}
    parts = _taken_apart(parts, "street", _found(sure, postcode_and_city))
    if regions_too:
        parts = _taken_apart(parts, "city", _found(set(parts.city), city_before_region))
    return _taken_apart(parts, "city", _found(set(parts.city), city_and_region))


def postcode_and_city(text: str) -> Postal | None:
    """The parts of "4050-001 PORTO" and "Faro, 8000-418"."""
    found = split_place(text)
    return found if found and found.postcode and found.city else None


def _holds_a_word(text: str) -> bool:
    """Whether a short text may be "1010 Wien"; LS1 4AB is a postcode alone."""
    return text[-1:].isalpha() and text[0].isdigit()


def city_before_region(text: str) -> Postal | None:
    """The parts of "Lobito / Benguela", below a header that says that there are two."""
    city, _slash, region = (part.strip() for part in text.partition("/"))
    return Postal("", city=city, region=region) if city and region and "/" not in region else None


def city_and_region(text: str) -> Postal | None:
    """The parts of "Recife/PE" and "Fiesole (FI)"."""
    if match := _CITY_STATE.fullmatch(text):
        city, state = match.groups()
        return Postal("", city=city, region=state) if state in BRAZILIAN_STATES else None
    match = _CITY_PROVINCE.fullmatch(text)
    return Postal("", city=match.group(1), region=match.group(2)) if match else None


def joined_postcode(texts: Sequence[str]) -> str:
    """A Portuguese postcode whose halves stand in two columns: 1250 and 96 are 1250-096."""
    return reduce(_with_last_half, texts)


def _with_last_half(first: str, last: str) -> str:
    if _FIRST_HALF.fullmatch(first) and _LAST_HALF.fullmatch(last):
        return f"{first}-{last.partition('.')[0]:0>3}"
    return joined_once((first, last))


def joined_lines(texts: Sequence[str]) -> str:
    """The lines of a street, each once."""
    return ", ".join(dict.fromkeys(filter(None, texts)))


def on_one_line(text: str) -> str:
    """A street that stands on several lines, with a comma for each break that has no mark."""
    return tidy_line(text if has_cjk(text) else _BREAK.sub(", ", text.strip()))


def joined_once(texts: Sequence[str]) -> str:
    """Several columns' words for one place: 台北 above the group, 台北市 in the address."""
    said = list(dict.fromkeys(filter(None, texts)))
    return ", ".join(t for t in said if not any(t != other and t in other for other in said))


def _found(texts: set[str], split: Callable[[str], Postal | None]) -> dict[str, Postal]:
    """Those of a column's different texts that can be taken apart."""
    return {text: found for text in texts if text and (found := split(text))}


def _taken_apart(parts: Parts, source: str, found: Mapping[str, Postal]) -> Parts:
    if not found:
        return parts
    columns = [list(column) for column in parts]
    at = Parts._fields.index(source)
    others = [(place, columns[place]) for place in range(len(columns)) if place != at]
    texts = columns[at]
    for i, text in enumerate(texts):
        own = found.get(text)
        if own is None:
            continue
        rest = [(column, said) for place, column in others if (said := own[place])]
        if all(not column[i] or _same(column[i], said) for column, said in rest):
            texts[i] = own[at]
            for column, said in rest:
                column[i] = column[i] or said
    return Parts(*columns)


def _same(one: str, other: str) -> bool:
    return strip_marks(one).casefold() == strip_marks(other).casefold()
