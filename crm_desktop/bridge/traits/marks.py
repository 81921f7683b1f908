"""What a pass over a sheet's cells collects, whichever way it goes over them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm_desktop.bridge.traits.model import Area, Cell, Traits
from crm_desktop.bridge.traits.styles import Look

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_FEW_ROWS = 10
_WIDE_LINK = 1000

_SUM = re.compile(r"(?:^|[^A-Za-z0-9_.]|_xlfn\.)(?:SUM|SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)
_HYPERLINK = re.compile(r'\s*(?:_xlfn\.)?HYPERLINK\(\s*"([A-Za-z][A-Za-z0-9+.\-]*:[^"]+)"', re.I)


class Marks:
    """Fills a sheet's `Traits` cell by cell.

    Attributes:
        traits: what was found so far.
        cells: how many cells hold a value.
        rows: how many rows have cells.
        wide: colours that are known to cover too much to mean anything.
        pictures: of cells that show a picture in place of a value, its number.
    """

    def __init__(self) -> None:
        self.traits = Traits()
        self.cells = 0
        self.rows = 0
        self.wide: set[str] = set()
        self.pictures: dict[Cell, int] = {}
        self._adding: set[str] = set()

    def formula(self, cell: Cell, text: str, shared: str | None, *, stored: bool) -> None:
        """Note a formula.

        Args:
            cell: where it stands.
            text: the formula without `=`; "" where it is another cell's, shared.
            shared: the group of a shared formula; whoever begins the group has the text.
            stored: whether its last result is kept beside it.
        """
        if not stored:
            self.traits.unevaluated.add(cell)
        if not text:
            if shared in self._adding:
                self.traits.sums.add(cell)
            return
        if is_sum(text):
            self.traits.sums.add(cell)
            if shared is not None:
                self._adding.add(shared)
        elif link := _HYPERLINK.match(text):
            self.traits.links[cell] = link.group(1)

    @property
    def shares_sums(self) -> bool:
        """Whether a group of shared formulas that add up was seen."""
        return bool(self._adding)

    def styled(self, cell: Cell, look: Look, *, holds: bool, begins: bool) -> None:
        """Note a cell whose style says something.

        Args:
            cell: where it stands.
            look: its style.
            holds: whether there is anything in it.
            begins: whether it is the first of a row that holds something, or stands right before
                a cell that does.
        """
        if holds:
            if look.struck:
                self.traits.struck.add(cell)
            if look.code:
                self.traits.number_formats[cell] = look.code
        if look.fill and (holds or begins):
            self.traits.fills[cell] = look.fill

    def finish(self) -> Traits:
        """The sheet's traits, without fills that cover too much to mean anything."""
        self.traits.cells = self.cells
        drop_wide_fills(self.traits.fills, self.rows, self.wide)
        return self.traits


def is_sum(formula: str) -> bool:
    """Whether a formula adds other cells up."""
    return bool(_SUM.search(formula))


def drop_wide_fills(fills: dict[Cell, str], rows: int, known: Iterable[str] = ()) -> None:
    """Take out the colours that cover every row, or more than a third of many.

    In a short list a third is soon reached: three yellow rows of eight are told apart.
    """
    covered: dict[str, set[int]] = {}
    for (row, _column), colour in fills.items():
        covered.setdefault(colour, set()).add(row)
    wide = {
        colour
        for colour, which in covered.items()
        if len(which) > max(rows / 3, _FEW_ROWS) or len(which) >= max(rows, 2)
    }
    wide.update(known)
    if wide:
        for cell in [cell for cell, colour in fills.items() if colour in wide]:
            del fills[cell]


def column_number(letters: str) -> int:
    """The 0-based position of a column's letters, of either case."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_of(ref: str) -> Cell | None:
    """A reference such as `B7` as a cell."""
    match = _REF.fullmatch(ref)
    return (int(match.group(2)), column_number(match.group(1))) if match else None


def area_of(ref: str) -> Area | None:
    """A reference such as `A1:C4` as an area; one cell is an area too."""
    first, _colon, last = ref.partition(":")
    start, end = cell_of(first), cell_of(last or first)
    if start is None or end is None:
        return None
    top, bottom = sorted((start[0], end[0]))
    left, right = sorted((start[1], end[1]))
    return Area(top, left, bottom, right)


def cells_of(area: Area) -> list[Cell]:
    """The cells of a small area; of a large one the first alone."""
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > _WIDE_LINK:
        return [(area.top, area.left)]
    return [
        (row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
