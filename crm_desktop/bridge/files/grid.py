"""Sheets held in memory: what the readers of markup and address cards gather.

A row is kept as a list, or by column where it is long and nearly empty: a single cell in a far
corner costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.values.text import Value

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_SHORT = 64


class Grid:
    """One sheet; rows come in order, and those never put are blank."""

    left = 0

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._rows: list[list[Value] | dict[int, Value]] = []
        self.cells = 0
        self.widest = 0

    @property
    def height(self) -> int | None:
        """The number of the last row that holds anything."""
        return self._numbers[-1] + 1 if self._numbers else 0

    @property
    def filled(self) -> int:
        """How many rows hold anything."""
        return len(self._numbers)

    def put(self, number: int, row: list[Value]) -> None:
        """Add a row.

        Args:
            number: 0-based, above those put before.
            row: its values; blanks at its end are dropped, a row of blanks is not kept.
        """
        while row and row[-1] == "":
            row.pop()
        if not row:
            return
        count = len(row) - row.count("")
        self.cells += count
        self.widest = max(self.widest, count)
        self._numbers.append(number)
        if len(row) > _SHORT and count * 4 < len(row):
            self._rows.append({j: v for j, v in enumerate(row) if v != ""})
        else:
            self._rows.append(row)

    def put_cells(self, number: int, cells: dict[int, Value]) -> None:
        """Add a row that is given by its columns."""
        cells = {j: v for j, v in cells.items() if v != ""}
        if not cells:
            return
        last = max(cells)
        if last < _SHORT or len(cells) * 4 > last:
            self.put(number, _as_list(cells))
            return
        self.cells += len(cells)
        self.widest = max(self.widest, len(cells))
        self._numbers.append(number)
        self._rows.append(cells)

    def rows(self) -> Iterator[Row]:
        """All rows from the first one on, blank ones included."""
        at = 0
        for number, row in zip(self._numbers, self._rows, strict=True):
            while at < number:
                yield []
                at += 1
            yield row if type(row) is list else _as_list(row)  # type: ignore[arg-type]
            at += 1


def _as_list(cells: dict[int, Value]) -> list[Value]:
    row: list[Value] = [""] * (max(cells) + 1)
    for column, value in cells.items():
        row[column] = value
    return row


class GridBook:
    """A book whose sheets lie in memory."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.hidden: list[bool] = []
        self._grids: list[Grid] = []

    def add(self, name: str, grid: Grid, *, hidden: bool = False) -> None:
        """Add a sheet; a name that is taken gets a number."""
        wanted, n = name, 1
        while name in self.names and name:
            n += 1
            name = f"{wanted} ({n})"
        self.names.append(name)
        self.hidden.append(hidden)
        self._grids.append(grid)

    def sheet(self, index: int) -> Grid:
        """One sheet."""
        return self._grids[index]
