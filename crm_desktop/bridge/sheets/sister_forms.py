"""What forms on a book's other sheets tell of one: cells that are the same on all are labels."""

from __future__ import annotations

from collections.abc import Sequence
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
        labels: row, column and text of each that all sheets have.
    """

    shared: Shared
    labels: frozenset[tuple[int, int, str]]

    def is_on(self, rows: Sequence[Row]) -> bool:
        """Whether a sheet has most of the labels at the very cells."""
        return len(self.labels & _texts(rows, self.shared.columns)) >= _SHARED * len(self.labels)

    def read(self, rows: Sequence[Row]) -> Card | None:
        """Read a sheet as this form; None where it is none."""
        return read_form(rows, self.shared)


def find_form(sheets: Sequence[Sequence[Row]]) -> Form | None:
    """The form that sheets of one card each have in common; None where they tell nothing."""
    if len(sheets) < _FEWEST:
        return None
    shared = shared_by(sheets)
    forms = [rows[: table_top(rows, shared.heads)] for rows in sheets]
    labels = frozenset.intersection(*(_texts(form, shared.columns) for form in forms))
    return Form(shared, labels) if len(labels) >= _FEWEST else None


def _texts(rows: Sequence[Row], columns: Sequence[int]) -> frozenset[tuple[int, int, str]]:
    return frozenset(
        (i, j, tidy_line(value))
        for i, row in enumerate(rows)
        for j in columns
        if j < len(row) and isinstance(value := row[j], str) and not is_blank(value)
    )
