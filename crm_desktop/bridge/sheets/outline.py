"""The shape of a sheet: how full each row is, and the rows that may be more than data."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from crm_desktop.bridge.files.book import Row, Sheet
from crm_desktop.bridge.sheets.synonyms import head_words
from crm_desktop.bridge.values.text import Value, is_blank

HEAD_ROWS = 60
# Of a sheet with more suspicious rows than this, the rest is data.
_MOST_KEPT = 20_000
_AFTER_GAP = 4


@dataclass(slots=True)
class Outline:
    """A sheet after one pass. Rows have the sheet's own numbers, columns are 0-based.

    Attributes:
        left: place of the first column.
        top: number of the first row.
        counts: filled cells by row, from `top` on.
        rows: the first rows, those after a blank row, thinly filled ones and
            those that begin as headers do, and their neighbours.
        width: cells of the longest row.
    """

    left: int
    top: int = 1
    width: int = 0
    counts: array[int] = field(default_factory=lambda: array("H"))
    rows: dict[int, Row] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The last row that holds anything; 0 for an empty sheet."""
        size = len(self.counts)
        while size and not self.counts[size - 1]:
            size -= 1
        return size + self.top - 1 if size else 0

    def count(self, number: int) -> int:
        """Filled cells of a row; 0 outside of the sheet."""
        at = number - self.top
        return self.counts[at] if 0 <= at < len(self.counts) else 0

    def cells(self, number: int) -> list[tuple[int, Value]]:
        """Filled cells of a kept row: 0-based column of the sheet, and value."""
        row = self.rows.get(number, ())
        return [(self.left + j, v) for j, v in enumerate(row) if not is_blank(v)]

    def blocks(self) -> list[tuple[int, int]]:
        """First and last rows of the runs between blank rows."""
        found: list[tuple[int, int]] = []
        start = 0
        for number, count in enumerate(self.counts, start=self.top):
            if count and not start:
                start = number
            elif not count and start:
                found.append((start, number - 1))
                start = 0
        if start:
            found.append((start, self.top + len(self.counts) - 1))
        return found


class Recorder:
    """A sheet whose outline is drawn while its rows go by."""

    def __init__(self, sheet: Sheet, top: int = 1) -> None:
        """Prepare.

        Args:
            sheet: what is read.
            top: number of its first row.
        """
        self._sheet = sheet
        self.outline = Outline(sheet.left, top)

    def rows(self) -> Iterator[Row]:
        """The sheet's rows."""
        made = self.outline
        counts, kept, top = made.counts, made.rows, made.top
        heads = head_words()
        previous: Row = ()
        after_gap = 0
        was_thin = False
        for number, row in enumerate(self._sheet.rows(), start=top):
            size = len(row)
            if size > made.width:
                made.width = size
            count = size - row.count("")
            if 0 < count <= 4:
                # Blanks other than "" are rare: only thin rows are looked at closely.
                count = sum(1 for v in row if not is_blank(v))
            counts.append(count if count < 0xFFFF else 0xFFFF)
            if not count:
                after_gap = _AFTER_GAP
            elif number < top + HEAD_ROWS:
                kept[number] = row
            else:
                first = row[0]
                # A known word in the first cell may begin the header of another table.
                is_head = type(first) is str and first.strip().casefold() in heads
                is_thin = count <= 2 or count * 4 <= size or is_head
                if (is_thin or was_thin or after_gap) and len(kept) < _MOST_KEPT:
                    if previous:
                        kept.setdefault(number - 1, previous)
                    kept[number] = row
                was_thin = is_thin
                if after_gap:
                    after_gap -= 1
            previous = row
            yield row
