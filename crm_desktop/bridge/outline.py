"""The shape of a sheet: how full each row is, and the rows that may be more than data."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from crm_desktop.bridge.books import Row, Sheet
from crm_desktop.bridge.text import Value, is_blank

HEAD_ROWS = 60
# Of a sheet with more suspicious rows than this, the rest is data.
_MOST_KEPT = 20_000
_AFTER_GAP = 4


@dataclass(slots=True)
class Outline:
    """A sheet after one pass. Rows are numbered from 1; `left` is the first column's place.

    Attributes:
        counts: filled cells by row; row 1 is at index 0.
        rows: the first rows, those after a blank row, thinly filled ones and their neighbours.
        width: cells of the longest row.
    """

    left: int
    width: int = 0
    counts: array[int] = field(default_factory=lambda: array("H"))
    rows: dict[int, Row] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The last row that holds anything; 0 for an empty sheet."""
        number = len(self.counts)
        while number and not self.counts[number - 1]:
            number -= 1
        return number

    def count(self, number: int) -> int:
        """Filled cells of a row; 0 outside of the sheet."""
        return self.counts[number - 1] if 0 < number <= len(self.counts) else 0

    def cells(self, number: int) -> list[tuple[int, Value]]:
        """Filled cells of a kept row: 0-based column of the sheet, and value."""
        row = self.rows.get(number, ())
        return [(self.left + j, v) for j, v in enumerate(row) if not is_blank(v)]

    def blocks(self) -> list[tuple[int, int]]:
        """First and last rows of the runs between blank rows."""
        found: list[tuple[int, int]] = []
        start = 0
        for number, count in enumerate(self.counts, start=1):
            if count and not start:
                start = number
            elif not count and start:
                found.append((start, number - 1))
                start = 0
        if start:
            found.append((start, len(self.counts)))
        return found


def outline(sheet: Sheet) -> Outline:
    """Go through a sheet once."""
    made = Outline(sheet.left)
    counts, kept = made.counts, made.rows
    previous: Row = ()
    after_gap = thin = 0
    for number, row in enumerate(sheet.rows(), start=1):
        size = len(row)
        made.width = max(made.width, size)
        count = size - row.count("") if size else 0
        if count and (count <= 4 or None in row):
            # White space and None are rare: only thin rows are looked at closely.
            count = sum(1 for v in row if not is_blank(v))
        counts.append(min(count, 0xFFFF))
        if not count:
            after_gap = _AFTER_GAP
        elif number <= HEAD_ROWS or len(kept) < _MOST_KEPT:
            is_thin = count <= 2 or count * 4 <= size
            if number <= HEAD_ROWS or after_gap or thin or is_thin:
                if is_thin and previous and number > 1:
                    kept.setdefault(number - 1, previous)
                kept[number] = row
            thin = 1 if is_thin else 0
            after_gap = max(0, after_gap - 1)
        previous = row
    return made
