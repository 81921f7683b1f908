"""The headings above groups of rows: their ordinals, what they say without, what they feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crm_desktop.bridge.sheets.cities import is_place
from crm_desktop.bridge.sheets.outline import Outline
from crm_desktop.bridge.sheets.profile import is_person_name, looks_like_organisation
from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.values.daywords import is_month
from crm_desktop.bridge.values.names import TITLES
from crm_desktop.bridge.values.numerals import chinese_number
from crm_desktop.bridge.values.text import cell_text, tidy_line
from crm_desktop.domain.imports import (
    CUSTOM_PREFIX,
    GROUP_COLUMN,
    SKIP,
    Band,
    BandKind,
    ColumnMapping,
)
from crm_desktop.i18n import _

_FIGURES = r"\d{1,2}"
_CHINESE = "[一二三四五六七八九十壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_NUMBER = rf"{_FIGURES}|{_CHINESE}|[{_STEMS}]|[A-Za-z]"
# 一、 （二） 1. 2) A) ③; behind a point no figure stands ("3.5 t"), behind "A." a blank ("A.B.").
_ORDINAL = re.compile(
    rf"(?:[(（【]\s*({_NUMBER})\s*[)）】]|({_NUMBER})[、．)）]|({_FIGURES}|{_CHINESE})\.(?!\d)|"
    rf"([A-Za-z])\.(?=\s)|([{_CIRCLED}]))\s*(?=\S)"
)
_ENCLOSED = re.compile(
    r"[【\[〔《〈「『*=~—–\-·•#]+\s*([^【】\[\]]*?\w)\s*[】\]〕》〉」』*=~—–\-·•#]+"
)
_INITIAL = re.compile(r"[A-Za-z]\.")
_HAN = re.compile("[\u3400-\u9fff/／]+")
_BEFORE_NAMES = TITLES | {"família", "familia", "family", "familie", "famille", "dom", "tia", "tio"}
_HAS_FIGURE = re.compile(r"\d")
_LONGER = 4  # characters: more than most names of persons have


class Ordinal(NamedTuple):
    """What a text begins with, and goes on with: 2 and 出租房源 of 二、出租房源."""

    number: int
    rest: str


def read_ordinal(text: str) -> Ordinal | None:
    """Read the ordinal that a text begins with; None where there is none."""
    found = _ORDINAL.match(text)
    if found is None:
        return None
    return Ordinal(_number(next(filter(None, found.groups()))), text[found.end() :])


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text in _STEMS:
        return _STEMS.index(text) + 1
    if text.isascii():
        return ord(text.lower()) - ord("a") + 1
    return int(chinese_number(text) or 0)


def without_ordinals(texts: Iterable[str]) -> dict[str, str]:
    """What each heading says, by its text; ordinals stay where nothing else tells two apart."""
    bare = {text: _bare(text) for text in texts}
    said = {t: (found.rest if (found := read_ordinal(b)) else b) for t, b in bare.items()}
    return said if len(set(said.values())) == len(said) else {text: text for text in said}


def _bare(text: str) -> str:
    """A heading without the brackets or lines around it: 【常州市】, -- VIP --, *Norte*."""
    found = _ENCLOSED.fullmatch(text)
    return found.group(1).strip() if found else text


def numbered(texts: Sequence[str]) -> list[str]:
    """Those of several texts that begin with ordinals which count up from the first; else none.

    "A. Silva" begins with a name's initial.
    """
    found = [text for text in texts if read_ordinal(text) and not _INITIAL.match(text)]
    numbers = [ordinal.number for text in found if (ordinal := read_ordinal(text))]
    return found if numbers == list(range(1, len(found) + 1)) else []


def names_nobody(texts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether texts that stand where names do are none of anybody's.

    They all begin with a word that no name begins with (Zona Norte, Zona Sul), or are of more
    characters than names of persons, which the others are (在售房源).
    """
    if len(texts) < 2 or any(map(looks_like_organisation, texts)):
        return False
    words = {text.split()[0].casefold() for text in texts}
    if all(" " in text for text in texts) and len(words) == 1:
        (word,) = words
        if not word.isalpha() or word in _BEFORE_NAMES:
            return False
        return not any(name.casefold().startswith(word) for name in names)
    persons = sum(1 for name in names if _HAN.fullmatch(name) and len(name) < _LONGER)
    return persons * 5 >= len(names) * 3 and all(
        len(text) >= _LONGER and _HAN.fullmatch(text) and not is_person_name(text[:3])
        for text in texts
    )


def said_by(scan: ScannedSheet, groups: Sequence[int]) -> dict[str, str]:
    """What the headings in some rows say, by their texts."""
    rows = (scan.outline.cells(number) for number in groups)
    return without_ordinals(tidy_line(cell_text(cells[0][1])) for cells in rows if cells)


def said_in(shape: Outline, bands: Iterable[Band], kind: BandKind) -> list[str]:
    """The texts in the rows of one kind, those of titles for one."""
    rows = (n for band in bands if band.kind is kind for n in range(band.first, band.last + 1))
    return [tidy_line(cell_text(value)) for n in rows for _column, value in shape.cells(n)]


def group_mapping(
    scan: ScannedSheet, groups: Sequence[int], mapped: Sequence[ColumnMapping]
) -> ColumnMapping:
    """What the headings above groups of rows feed."""
    texts = list(said_by(scan, groups).values())
    if all(len(text) == 1 for text in texts):
        field = SKIP  # letters of an address book
    elif sum(1 for text in texts if is_month(text)) * 5 >= len(texts) * 3:
        field = SKIP  # when they came or paid, not what they are; the row as it stood has it
    elif _are_places(texts, mapped):
        taken = any(m.field == "city" for m in mapped)
        field = CUSTOM_PREFIX + _("Heading") if taken else "city"
    else:
        field = "tags"
    # The town of the address that the row itself has.
    label = next((m.label for m in mapped if m.field == "street"), "") if field == "city" else ""
    return ColumnMapping(GROUP_COLUMN, "group", " / ".join(texts[:3]), field, 0.7, label)


def _are_places(texts: Sequence[str], mapped: Sequence[ColumnMapping]) -> bool:
    """Whether headings are towns: mostly such as everybody knows.

    Where addresses have no town of their own, one of them is enough: the others are villages.
    """
    known = sum(1 for text in texts if is_place(text))
    if known * 5 >= len(texts) * 3:
        return True
    fields = {m.field for m in mapped}
    wanting = "street" in fields and "city" not in fields
    return bool(known) and wanting and not any(map(_HAS_FIGURE.search, texts))
