"""Names that stand in two columns, once in each writing: English name, Chinese name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets.neighbours import Choice, Column
from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.sheets.synonyms import find_language, header_words, meanings
from crm_desktop.bridge.values.text import is_blank
from crm_desktop.domain.imports import GROUP_COLUMN, SheetPlan

_CHINESE_COUNTRIES = frozenset(("CN", "TW", "HK", "MO"))
_NAMED = re.compile(r"\bnames?\b|\bnom(?:e|bre)?\b|姓名|名字|名$")
_CHINESE = re.compile(r"\bchin(?:ese|es|eses|ois)\b|中文")
_LATIN = re.compile(
    r"\b(?:english|latin|ingles|anglais|pinyin|romanised|romanized)\b|英文|拼音|外文"
)


def is_in_a_writing(header: str) -> bool:
    """Whether a header says in which writing the name below it is."""
    words = header_words(header)
    return bool(_NAMED.search(words) and (_CHINESE.search(words) or _LATIN.search(words)))


def settle_other_names(
    chosen: dict[int, Choice], columns: Mapping[int, Column], country: str
) -> None:
    """Where names stand only in columns of a writing each, one of them names the customers.

    The Chinese one does in Chinese sheets, and where Chinese is the country's writing.
    """
    if any(c.field in ("name", "given_name", "family_name") for c in chosen.values()):
        return
    found = [i for i, c in columns.items() if is_in_a_writing(c.header) and c.profile.filled]
    if not found:
        return
    language = find_language([c.header for c in columns.values()])
    wanted = _CHINESE if country in _CHINESE_COUNTRIES or language == "zh" else _LATIN
    best = max(found, key=lambda i: bool(wanted.search(header_words(columns[i].header))))
    chosen[best] = Choice(0.9, "name", "")


class OtherNames:
    """Names the customer of a row whose own cell for that is blank, by his name in another writing.

    Attributes:
        places: of such columns in a row of the sheet.
    """

    def __init__(self, scan: ScannedSheet, plan: SheetPlan) -> None:
        columns = [c for c in plan.columns if c.index < GROUP_COLUMN]
        names = [c for c in columns if c.field == "name"]
        parts = any(c.field in ("given_name", "family_name") for c in columns)
        self.places: list[int] = []
        self._at = self._place = -1
        if len(names) != 1 or parts or names[0].index - scan.left not in scan.used:
            return
        self._at = names[0].index - scan.left
        self._place = scan.used.index(self._at)
        told = is_in_a_writing(names[0].header)
        self.places = [
            c.index - scan.left
            for c in columns
            if c.custom
            and c.index - scan.left in scan.used
            and (is_in_a_writing(c.header) or (told and _is_name(c.header)))
        ]

    def named(self, row: Row, picked: Row) -> Row:
        """A row with a name.

        Args:
            row: as it stands in the sheet.
            picked: its used columns.
        """
        if self._at < len(row) and not is_blank(row[self._at]):
            return picked
        other = next((row[j] for j in self.places if j < len(row) and not is_blank(row[j])), None)
        if other is None:
            return picked
        return [*picked[: self._place], other, *picked[self._place + 1 :]]


def _is_name(header: str) -> bool:
    return any(m.field == "name" for m in meanings(header)[:1])
