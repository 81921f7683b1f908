"""What a sheet says beside its values: hidden rows, merged cells, links, notes, colours.

Readers of values hide all this. Each format has a scan of its own (`traits_ooxml`,
`traits_xls`, `traits_ods`) that fills one `Traits` a sheet; csv has none.

Rows are the sheet's own numbers, 1-based; columns are 0-based; a cell is (row, column).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from crm_desktop.domain.imports import Area as Area  # readers of traits make them

Cell = tuple[int, int]


class Comment(NamedTuple):
    """A comment on a cell; `at` is ISO text, both "" where the file does not tell."""

    text: str
    author: str = ""
    at: str = ""


class Image(NamedTuple):
    """A picture anchored in a cell.

    Attributes:
        part: its name in the package.
        media_type: by the package's account.
        name: what a person called it, "" for nothing.
    """

    cell: Cell
    part: str
    media_type: str
    name: str = ""


class DefinedTable(NamedTuple):
    """A table that the file itself declares."""

    name: str
    area: Area
    header_rows: int
    totals_rows: int


@dataclass(slots=True)
class Traits:
    """All that a sheet says beside its values.

    Attributes:
        merged: merged areas of more than one cell.
        links: address by cell (`https:`, `mailto:` …), for links out of the workbook.
        errors: error text (`#N/A`) by cell; readers of values leave these blank.
        unevaluated: cells with a formula and no stored value.
        sums: cells whose formula adds others up (SUM, SUBTOTAL, AGGREGATE).
        struck: cells whose whole text is struck through.
        fills: colour (`#RRGGBB`) by cell, of cells that hold something, begin a row that does, or
            stand right before one that does; white and none are left out.
        number_formats: the format code by cell, where it says more than the value: digits to
            be padded with zeros or grouped (`00000`, `000 000 000`, `+351 000…`), East-Asian
            dates, elapsed times, text shown with words around it. General, plain numbers,
            money, percents and ordinary dates are left out.
        currencies: ISO code by column, of those whose number format shows one.
        money: the same by cell, as far as the sheet's beginning goes in its usual writing.
        epoch_1904: whether serial dates count from 1904.
        cells: how many cells hold a value, by the file's own account; None where not counted.
        unread: what of all this could not be read, one sentence each, for the user.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    tables: list[DefinedTable] = field(default_factory=list)
    links: dict[Cell, str] = field(default_factory=dict)
    comments: dict[Cell, Comment] = field(default_factory=dict)
    images: list[Image] = field(default_factory=list)
    errors: dict[Cell, str] = field(default_factory=dict)
    unevaluated: set[Cell] = field(default_factory=set)
    sums: set[Cell] = field(default_factory=set)
    struck: set[Cell] = field(default_factory=set)
    fills: dict[Cell, str] = field(default_factory=dict)
    number_formats: dict[Cell, str] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)
    money: dict[Cell, str] = field(default_factory=dict)
    epoch_1904: bool = False
    cells: int | None = None
    unread: list[str] = field(default_factory=list)
