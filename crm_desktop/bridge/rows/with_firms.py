"""Rows of a firm and its contact person, parted into one of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from crm_desktop.bridge.sheets.firm_cells import OF_BOTH
from crm_desktop.domain.imports import GROUP_COLUMN, SheetPlan

T = TypeVar("T")


class WithFirms:
    """Parts the columns of a batch: the persons' rows stay, those of their firms go behind.

    Each has its own cells; the firm's name, and what is said of the whole row by what stands
    above or beside it, both have.
    """

    def __init__(
        self, plan: SheetPlan, positions: Sequence[int], firm_columns: frozenset[int]
    ) -> None:
        """Begin.

        Args:
            plan: how the sheet is read.
            positions: 0-based column of the sheet for each value of a row.
            firm_columns: places in the sheet of what is the firm's, its name among it.
        """
        shared = {c.index for c in plan.columns if c.field in OF_BOTH}
        both = {p for p in positions if p >= GROUP_COLUMN or p in shared}
        self._firms = [p in firm_columns or p in both for p in positions]
        self._persons = [p not in firm_columns or p in both for p in positions]

    def parted(self, columns: Sequence[Sequence[T]], rows: Sequence[int]) -> list[Sequence[T]]:
        """The columns with rows of firms added at their end.

        Args:
            columns: texts, or what they were made of; "" is a blank.
            rows: the places of the rows that tell of both.
        """
        blank: T = ""  # type: ignore[assignment]
        found: list[Sequence[T]] = []
        for column, is_firms, is_persons in zip(columns, self._firms, self._persons, strict=True):
            own = list(column)
            own += [column[i] if is_firms else blank for i in rows]
            if not is_persons:
                for i in rows:
                    own[i] = blank
            found.append(own)
        return found
