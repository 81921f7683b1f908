"""What forms on a book's other sheets tell of one: cells that are the same on all are labels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets.form_tables import Shared, shared_by, table_top
from crm_desktop.bridge.sheets.forms import Card, read_form
from crm_desktop.bridge.values.text import is_blank, tidy_line

_FEWEST = 2
_SHARED = 0.6


class Form(NamedTuple):
    """A form as the sheets that follow it have it.

    Attributes:
        shared: where its labels stand, and what tables it has.
        labels: row, column and text of each that all sheets have where labels stand.
        printed: those that all sheets have anywhere.
    """

    shared: Shared
    labels: frozenset[tuple[int, int, str]]
    printed: frozenset[tuple[int, int, str]]

    def is_on(self, rows: Sequence[Row]) -> bool:
        """Whether a sheet has most of the labels at the very cells."""
        return len(self.labels & _texts(rows, self.shared.columns)) >= _SHARED * len(self.labels)

    def read(self, rows: Sequence[Row]) -> Card | None:
        """Read a sheet as this form; None where it is none."""
        return read_form(rows, self.shared)

    def is_blank(self, rows: Sequence[Row]) -> bool:
        """Whether nobody has filled a sheet in: it has nothing but what is printed on all."""
        filled = sum(1 for row in rows for value in row if not is_blank(value))
        return filled == len(_texts(rows) & self.printed)

    def read_thin(self, rows: Sequence[Row]) -> Card | None:
        """Read a sheet that has its labels, but few that tell of it; None for a blank one."""
        own = _texts(rows) - self.printed
        return read_form(rows, self.shared, fewest=0) if len(own) * 3 >= len(self.labels) else None


def find_form(sheets: Sequence[Sequence[Row]]) -> Form | None:
    """The form that sheets of one card each have in common; None where they tell nothing."""
    if len(sheets) < _FEWEST:
        return None
    shared = shared_by(sheets)
    forms = [rows[: table_top(rows, shared.heads)] for rows in sheets]
    labels = frozenset.intersection(*(_texts(form, shared.columns) for form in forms))
    printed = frozenset.intersection(*map(_texts, sheets))
    return Form(shared, labels, printed) if len(labels) >= _FEWEST else None


def _texts(
    rows: Sequence[Row], columns: Collection[int] | None = None
) -> frozenset[tuple[int, int, str]]:
    """Row, column and text of the cells, of all columns or of some; figures are no texts."""
    return frozenset(
        (i, j, tidy_line(value))
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
        if isinstance(value, str) and not is_blank(value) and (columns is None or j in columns)
    )
