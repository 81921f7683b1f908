"""Rows on their way through the cleaners, column by column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.bridge.values.text import Value
from crm_desktop.domain.imports import ColumnMapping

MEMORY = 20_000


class Memo(dict[str, Any]):
    """Remembers what a function made of each text; forgets all when it grows too large."""

    def __init__(self, function: Callable[[str], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> Any:
        if len(self) >= MEMORY:
            self.clear()
        result = self[text] = self._function(text)
        return result


class Batch:
    """One batch on its way: texts by column, and what went wrong in it.

    `values` are the cells that the texts were made of. Columns that were made of others stand
    behind those of the sheet.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        columns: list[Sequence[str]],
        values: Sequence[Sequence[Value]],
    ) -> None:
        self.numbers = numbers
        self.columns = columns
        self.values = values
        self.size = len(numbers)
        # From this place on stand the firms of contact persons.
        self.firms_from = self.size
        self.problems: dict[int, list[tuple[int, str, str, str]]] = {}
        self.extras: dict[int, list[tuple[str, str]]] = {}

    def row(self, i: int) -> list[str]:
        """All texts of one row of the sheet."""
        return [column[i] for column in self.columns[: len(self.values)]]

    def is_date(self, j: int, i: int) -> bool:
        """Whether a cell is one that the spreadsheet itself knows as a date."""
        return j < len(self.values) and isinstance(self.values[j][i], dt.date)

    def report(self, i: int, column: ColumnMapping, text: str, problem: str) -> None:
        """Note a cell that could not be taken as it stood."""
        entry = (self.numbers[i], column.column, text, problem)
        self.problems.setdefault(i, []).append(entry)
