"""One face for all the readers: a book has sheets, a sheet gives its rows as lists of values.

Rows come from the sheet's first row on, blank ones included, so that row numbers are the
sheet's own; columns start at `Sheet.left`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from crm_desktop.bridge.values.text import Value

Row = Sequence[Value]


class Sheet(Protocol):
    """A sheet, ready to be read any number of times."""

    @property
    def left(self) -> int:
        """0-based column that the first value of each row stands in."""

    @property
    def height(self) -> int | None:
        """How many rows there are, None where only reading tells."""

    def rows(self) -> Iterator[Row]:
        """All rows from the sheet's first one; rows may differ in length."""


class Book(Protocol):
    """An opened file: names of its sheets, which are hidden, and the sheets themselves."""

    names: list[str]
    hidden: list[bool]

    def sheet(self, index: int) -> Sheet:
        """Load a sheet."""
