"""What a sheet's legend says of its colours: “amarelo = VIP”, 黄色：重点客户, a swatch and a text.

A legend stands above the table, below it, or beside it. Works on the outline and the fills alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.outline import Outline
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.traits.model import Cell, Traits
from crm_desktop.bridge.values.text import cell_text, tidy_line

_LONGEST = 60
_MOST = 24
_MOST_ROWS = 40
_LONGEST_LETTER = 3
_TITLE_SPAN = 2
_HEADING = re.compile(
    r"(?:legend\w*|leyenda|légende|cor(?:es)?\b|colou?rs?|colou?r key|key|couleurs?|farben?|"
    r"colores|colori|цвета?|легенда|图例|圖例|颜色|顏色|凡例|색상|범례).{0,20}",
    re.IGNORECASE,
)
_COLOUR = (
    r"(?:(?:light|dark|pale|em|cor|in|en|hell|dunkel)[ -]?)?"
    r"(?:yellow|red|green|blue|orange|pink|purple|violet|gr[ae]y|brown|black|cyan|turquoise|"
    r"amarel[oa]s?|vermelh[oa]s?|verdes?|azu(?:l|is)|laranjas?|(?:cor[- ]de[- ])?rosas?|rox[oa]s?|"
    r"lilás|cinz(?:as?|entos?)|castanh[oa]s?|marrom|pret[oa]s?|"
    r"amarill[oa]s?|roj[oa]s?|naranjas?|morad[oa]s?|gris(?:es)?|marrón|negr[oa]s?|"
    r"jaunes?|rouges?|verte?s?|bleue?s?|roses?|violette?s?|grise?s?|bruns?|noire?s?|"
    r"gelb|rot|grün|blau|rosa|lila|violett|grau|braun|schwarz|"
    r"giall[oa]|ross[oa]|azzurr[oa]|blu|arancione|viola|grigi[oa]|marrone|ner[oa]|"
    r"[标標]?[浅深淡亮大]?[黄黃红紅绿綠緑蓝藍橙紫粉灰青棕黑赤](?:色|红|紅|蓝)?(?:底色?|行)?|"
    r"ピンク|オレンジ|노란?색?|노랑|빨간?색?|빨강|초록색?|파란?색?|파랑|주황색?|분홍색?|보라색?|회색|"
    r"ж[её]лт\w+|красн\w+|зел[её]н\w+|син\w+|голуб\w+|оранжев\w+|розов\w+|фиолетов\w+|сер\w+)"
    r"(?:[ -](?:claro|escuro|clara|escura|oscuro|clair|foncé|chiaro|scuro))?"
)
_MEANS = r"(?:\s*(?:[=:：＝→>–—-]+|means|significa|bedeutet|代表|表示|是)\s*)"
_ONLY_COLOUR = re.compile(_COLOUR, re.IGNORECASE)
_SAID = re.compile(rf"{_COLOUR}{_MEANS}(.+)", re.IGNORECASE)
_SAID_AFTER = re.compile(rf"(.+?){_MEANS}{_COLOUR}", re.IGNORECASE)
_SIGN = re.compile(r"^[\s=:：＝→>–—•*-]+")


class _Entry:
    """A colour's meaning, and the cells that say it; `plain` where they need not be a legend."""

    def __init__(self, colour: str, name: str, cells: tuple[Cell, ...], *, plain: bool) -> None:
        self.colour = colour
        self.name = name
        self.cells = cells
        self.plain = plain


@dataclass(slots=True)
class Legend:
    """What was found.

    Attributes:
        names: a text by colour.
        columns: 0-based positions in the sheet of columns that hold nothing else.
        rows: numbers of rows that hold nothing else, below the header.
    """

    names: dict[str, str] = field(default_factory=dict)
    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


def meaning(text: str) -> tuple[str, bool]:
    """What a legend's text says of its colour, "" for nothing; and whether it names the colour."""
    if _ONLY_COLOUR.fullmatch(text):
        return "", True
    if said := _SAID.fullmatch(text) or _SAID_AFTER.fullmatch(text):
        return said.group(1).strip(), True
    return _SIGN.sub("", text).rstrip(" =:："), False


def of_sheet(name: str, shape: Outline, traits: Traits) -> dict[str, str]:
    """What a sheet that is nothing but a legend says of colours; {} for any other sheet.

    Args:
        name: of the sheet.
        shape: its outline.
        traits: its traits.
    """
    if not traits.fills or shape.last > _MOST_ROWS:
        return {}
    finder = LegendFinder(shape, traits, (0, 0), ())
    entries, titles = finder.only_entries()
    names = {entry.colour: entry.name for entry in entries}
    headed = any(_HEADING.fullmatch(text) for text in (name.strip(), *titles))
    return names if headed and 1 < len(names) == len(entries) else {}


class LegendFinder:
    """Finds the legend of one table.

    Args:
        shape: of the sheet, or of the table's part of it.
        traits: of the whole sheet.
        header: first and last row of the table's header; 0 for none.
        headers: its texts, one a column from `shape.left` on.
    """

    def __init__(
        self,
        shape: Outline,
        traits: Traits,
        header: tuple[int, int],
        headers: Sequence[str],
    ) -> None:
        self._shape = shape
        self._traits = traits
        self._first, self._last = header
        self._headers = headers
        self._texts: dict[int, dict[int, str]] = {}
        self._fills: dict[int, list[int]] = {}
        left, right = shape.left, shape.left + max(shape.width, len(headers)) - 1
        for number, column in sorted(cell for cell in traits.fills if cell[0] in shape.rows):
            if left <= column <= right:
                self._fills.setdefault(number, []).append(column)

    def find(self, sample: Callable[[int], Sequence[str]]) -> Legend:
        """Look for it.

        Args:
            sample: gives the texts of a column, by its position, from all over the table.
        """
        legend = Legend()
        self._look_beside(legend, sample)
        self._look_above(legend)
        self._look_below(legend)
        return legend

    def only_entries(self) -> tuple[list[_Entry], list[str]]:
        """The entries of rows that hold nothing else, and the titles; none where more stands."""
        entries: list[_Entry] = []
        titles: list[str] = []
        for number in sorted(self._shape.rows):
            texts = self._row(number)
            if found := self._row_of_entries(number, texts):
                entries += found
            elif len(texts) == 1:
                titles += texts.values()
            elif texts:
                return [], []
        return entries, titles

    # --- the three places ------------------------------------------------------------------------

    def _look_beside(self, legend: Legend, sample: Callable[[int], Sequence[str]]) -> None:
        by_column: dict[int, list[_Entry]] = {}
        for number, columns in self._fills.items():
            if number >= self._first:
                for column in columns:
                    if self._is_aside(column) and (entry := self._entry((number, column))):
                        by_column.setdefault(column, []).append(entry)
        for entries in by_column.values():
            colours = [entry.colour for entry in entries]
            told = {j for entry in entries for _n, j in entry.cells}
            said = {cell for entry in entries for cell in entry.cells}
            outside = self._colours_outside(told)
            if (
                len(set(colours)) == len(colours) <= _MOST
                and outside.intersection(colours)
                and all(self._holds_only(j, said, sample(j)) for j in told)
            ):
                legend.names.update((e.colour, e.name) for e in entries)
                legend.columns |= told
        if legend.columns:
            legend.rows |= {
                number
                for number in self._shape.rows
                if number > self._last
                and (texts := self._row(number))
                and legend.columns.issuperset(texts)
            }

    def _look_above(self, legend: Legend) -> None:
        rows = [n for n in sorted(self._shape.rows) if n < self._first and self._row(n)]
        entries = [
            entry
            for number in rows
            for column in self._fills.get(number, ())
            if (entry := self._entry((number, column)))
        ]
        headed = any(_HEADING.fullmatch(t) for n in rows for t in self._row(n).values())
        titles = {a.top for a in self._traits.merged if a.right - a.left >= _TITLE_SPAN}
        sure = headed or len(entries) > 1
        for entry in entries:
            number = entry.cells[0][0]
            alone = len(self._row(number)) == 1 and number == rows[0]
            if not entry.plain or sure or not (alone or number in titles):
                legend.names.setdefault(entry.colour, entry.name)

    def _look_below(self, legend: Legend) -> None:
        kept = sorted(self._shape.rows)
        blocks = [(f, t) for f, t in self._shape.blocks() if t > max(self._last, 1)]
        for start, end in blocks:
            found: list[tuple[int, list[_Entry]]] = []
            heads: list[int] = []
            first = bisect_left(kept, max(start, self._last + 1))
            for number in kept[first : bisect_right(kept, end)]:
                texts = self._row(number)
                if len(texts) == 1 and _HEADING.fullmatch(next(iter(texts.values()))):
                    heads.append(number)
                elif entries := self._row_of_entries(number, texts):
                    found.append((number, entries))
            apart = start > self._last + 1 and (start, end) != blocks[0]
            if not (heads or (apart and self._is_wide())):
                # Where the table stands as well, only what names its colour: 红色 | 欠两年以上.
                found = [(n, es) for n, es in found if not any(e.plain for e in es)]
            entries = [entry for _n, es in found for entry in es]
            colours = [entry.colour for entry in entries]
            if not entries or len(set(colours)) < len(colours) or len(colours) > _MOST:
                continue
            legend.names.update((e.colour, e.name) for e in entries if e.colour not in legend.names)
            legend.rows |= {*(number for number, _es in found), *heads}
            if heads:
                legend.rows |= self._letters(max(legend.rows), end)

    def _letters(self, last: int, end: int) -> set[int]:
        """Rows below a legend that explain the table's letters: "D | driveway"; else none."""
        rows = [(n, list(self._row(n).values())) for n in range(last + 1, end + 1)]
        fits = all(
            len(texts) == 2 and len(texts[0]) <= _LONGEST_LETTER and not detect.is_data(texts[1])
            for _n, texts in rows
        )
        return {number for number, _texts in rows} if fits else set()

    def _row_of_entries(self, number: int, texts: dict[int, str]) -> list[_Entry]:
        """The entries of a row that holds nothing else; [] for any other row."""
        found: list[_Entry] = []
        told: set[int] = set()
        for column in self._fills.get(number, ()):
            if column not in told and (entry := self._entry((number, column))):
                found.append(entry)
                told.update(j for _n, j in entry.cells)
        return found if texts and told.issuperset(texts) else []

    # --- cells -----------------------------------------------------------------------------------

    def _entry(self, cell: Cell) -> _Entry | None:
        number, column = cell
        colour, texts = self._traits.fills[cell], self._row(number)
        own = texts.get(column, "")
        name, tells = meaning(own) if own else ("", True)
        cells: tuple[Cell, ...] = (cell,)
        if not name:
            beside = next(
                (
                    j
                    for j in (column + 1, column + 2, column - 1)
                    if j in texts and self._traits.fills.get((number, j), colour) == colour
                ),
                None,
            )
            if beside is None:
                return None
            name, _tells = meaning(texts[beside])
            cells = (cell, (number, beside))
        if not name or len(name) > _LONGEST or not re.search(r"[^\W\d_]", name):
            return None
        if detect.is_contact(name):
            return None
        return _Entry(colour, name, cells, plain=not tells)

    def _row(self, number: int) -> dict[int, str]:
        """A row's texts by position."""
        texts = self._texts.get(number)
        if texts is None:
            texts = {j: tidy_line(cell_text(v)) for j, v in self._shape.cells(number)}
            self._texts[number] = texts
        return texts

    def _is_aside(self, column: int) -> bool:
        """Whether a column has no head of its own, as a table's would."""
        at = column - self._shape.left
        head = self._headers[at] if 0 <= at < len(self._headers) else ""
        before = self._headers[at - 1] if at > 0 else "."
        apart = not before and not self._holds_any(column - 1)
        if not self._last:
            return apart
        if not head or _HEADING.fullmatch(head) or meaning(head)[1]:
            return True
        return apart and not meanings(head)

    def _holds_any(self, column: int) -> bool:
        return any(column in self._row(n) for n in self._shape.rows if n >= self._first)

    def _holds_only(self, column: int, said: set[Cell], sample: Iterable[str]) -> bool:
        """Whether a column holds a legend's cells, at most with a heading above them."""
        top = min(number for number, _j in said)
        others = [
            (number, text)
            for number in self._shape.rows
            if number >= self._first
            and (number, column) not in said
            and (text := self._row(number).get(column))
        ]
        known = {self._row(number).get(column) for number, j in said if j == column}
        known |= {text for _n, text in others}
        return (
            len(others) <= 1
            and all(number < top for number, _text in others)
            and all(text in known for text in sample)
        )

    def _colours_outside(self, columns: set[int]) -> set[str]:
        """Colours of rows below the header, but for some columns."""
        return {
            colour
            for (number, j), colour in self._traits.fills.items()
            if number > self._last and j not in columns
        }

    def _is_wide(self) -> bool:
        """Whether a row of the table has more cells than one that tells of a colour."""
        return sum(1 for head in self._headers if head) > 1 or self._shape.width > 2
