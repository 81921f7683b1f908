"""Columns that hold several things in a cell, taken apart into a column for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_desktop.bridge.rows.batch import Memo
from crm_desktop.bridge.values.compound import PARTS, split
from crm_desktop.domain.imports import ColumnMapping


class Apart:
    """Takes the cells of one column apart."""

    def __init__(self, column: ColumnMapping, countries: tuple[str, ...]) -> None:
        """Prepare.

        Args:
            column: has a `compound`.
            countries: ISO codes that phone numbers are read in, the likeliest first.
        """
        assert column.compound is not None
        compound = column.compound
        self._parts = PARTS[compound]
        self._memo = Memo(lambda text: split(text, compound, countries) if text else None)
        self.columns = (column, *(_fed(column, part) for part in self._parts))

    def split(self, texts: Sequence[str]) -> list[list[str]]:
        """As many columns as `columns`: what stays whole, then each part; "" for what is not."""
        memo = self._memo
        found = [memo[t] for t in texts]
        whole = [t if f is None else "" for t, f in zip(texts, found, strict=True)]
        return [
            whole,
            *([getattr(f, p) if f is not None else "" for f in found] for p in self._parts),
        ]


def _fed(column: ColumnMapping, part: str) -> ColumnMapping:
    """What a part feeds: its own field; a firm's name stays a firm's."""
    if part == "name" and column.field == "organisation":
        return column
    label = column.label if column.field == part or column.field == "street" else ""
    return replace(column, field=part, label=label)
