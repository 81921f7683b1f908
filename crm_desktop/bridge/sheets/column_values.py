"""Which values a column holds over all rows of its table, and which of them are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from crm_desktop.bridge.files.book import Book
from crm_desktop.bridge.rows.mending import read_tags
from crm_desktop.bridge.rows.row_traits import RowTraits
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.scan import Report, ScannedSheet, data_rows
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.clusters import find_clusters, has_spellings
from crm_desktop.bridge.values.text import Value, cell_text, tidy_line
from crm_desktop.domain.imports import (
    CUSTOM_PREFIX,
    FACTS,
    BandKind,
    ColumnMapping,
    ColumnValues,
)

# These hold few different values by their nature; others where they turn out to.
_LISTS = frozenset(("city", "region", "country", "tags"))
_MAY_BE_LISTS = frozenset(("organisation", "stage", "kind", *FACTS))
_MOST_DIFFERENT = 400
_REPEATED = 2
_TALK = 1000


def column_values(
    part: Part, book: Book, column: ColumnMapping, header_row: int, report: Report
) -> ColumnValues:
    """Count a column's values in all rows that may be customers.

    Args:
        part: the table.
        book: its file.
        column: one of the sheet's own columns.
        header_row: the table's last header row.
        report: told how far it is.
    """
    scan = part.scan
    j = column.index - scan.left
    beside = RowTraits(Traits() if part.is_cards else part.traits, scan.left)
    passed_over = {
        number
        for band in part.bands()
        if band.kind in (BandKind.GROUP, BandKind.TOTAL, BandKind.NOTE)
        for number in range(band.first, band.last + 1)
    }
    cells: Counter[str] = Counter()
    for done, (number, row) in enumerate(data_rows(part.sheet(book), header_row, part.top)):
        if number not in passed_over and 0 <= j < len(row):
            cells[cell_text(beside.shown(number, row)[j])] += 1
        if done % _TALK == 0:
            report(done, scan.rows)
    counts: Counter[str] = Counter()
    for text, number in cells.items():
        for value in _values(text, column):
            counts[value] += number
    return ColumnValues(counts.total(), len(counts), find_clusters(counts))


def spellings(scan: ScannedSheet, columns: Iterable[ColumnMapping]) -> tuple[int, ...]:
    """Positions of columns whose sample writes some value in several ways."""
    return tuple(
        column.index
        for column in columns
        if 0 <= column.index - scan.left < scan.width
        and _may_be_list(column)
        and _has_spellings(scan.column(column.index - scan.left), column)
    )


def _may_be_list(column: ColumnMapping) -> bool:
    field = column.field
    return field in _LISTS or field in _MAY_BE_LISTS or field.startswith(CUSTOM_PREFIX)


def _has_spellings(cells: Sequence[Value], column: ColumnMapping) -> bool:
    texts = {cell for cell in cells if type(cell) is str and cell}
    if not 1 < len(texts) <= _MOST_DIFFERENT:
        return False
    if column.field not in _LISTS:
        filled = sum(1 for cell in cells if cell != "" and cell is not None)
        if len(texts) * _REPEATED > filled:
            return False
    return has_spellings(value for text in texts for value in _values(text, column))


def _values(text: str, column: ColumnMapping) -> tuple[str, ...]:
    if column.field == "tags":
        return read_tags(text)
    tidy = tidy_line(text)
    return (tidy,) if tidy else ()
