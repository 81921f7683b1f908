"""Tables of web pages: saved pages, and what many programs call an Excel export.

One sheet for each table that holds data. Merged cells have their value in the first place and
blanks in the others, as in a workbook. Source: HTML Living Standard 4.9 (tables).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from crm_desktop.bridge.files.charsets import find_charset
from crm_desktop.bridge.files.grid import MAX_COLUMNS, Grid
from crm_desktop.bridge.files.officehtml import (
    PLAIN,
    SHEET_HIDDEN,
    Kind,
    SheetLink,
    attributes,
    cell_kind,
    css_formats,
    is_date_code,
    office_sheets,
)
from crm_desktop.bridge.files.tokens import Tokens, unescape
from crm_desktop.bridge.values.serials import serial_date
from crm_desktop.bridge.values.text import Value
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_STEP = 1 << 18
_HEAD = 1 << 16
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLOCKS = frozenset("p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 pre blockquote address hr".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption"))
_TABLE_PARTS = frozenset(("table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption"))
_VOID = frozenset("br img input hr col meta link wbr area base embed source track".split())
_SMALL = 8  # rows of a table that may stand within a cell


class Table(NamedTuple):
    """A table of a page that holds data."""

    name: str
    grid: Grid


class Page(NamedTuple):
    """What a page holds.

    Attributes:
        tables: in the order of their beginnings.
        sheets: what the Excel workbook behind the page says of its sheets.
        frames: addresses of the pages that it is made of.
        hidden: whether Excel says that this one sheet is hidden.
    """

    tables: list[Table]
    sheets: list[SheetLink]
    frames: list[str]
    hidden: bool


def read_page(data: bytes, name: str, *, charset: str = "", css: str = "") -> Page:
    """Read all tables of a page.

    Args:
        data: the page.
        name: the file's, for messages.
        charset: what the letter around the page says of its encoding.
        css: style sheets that the page links to.

    Raises:
        UserError: it declares entities, or has a table wider than any spreadsheet.
    """
    reader = _PageReader(name, css)
    for chunk in decoded(data, find_charset(data, charset or declared_charset(data))):
        reader.feed(chunk)
    return reader.finish()


def declared_charset(data: bytes) -> str:
    """What a page or an XML file says of its encoding."""
    head = data[:_HEAD]
    match = _XML.match(head.lstrip()) or _META.search(head)
    return match.group(1).decode("ascii", "replace") if match else ""


def decoded(data: bytes, encoding: str) -> Iterator[str]:
    """A text piece by piece; what cannot be read becomes U+FFFD, zeros go."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for start in range(0, len(data), _STEP):
        text = decoder.decode(data[start : start + _STEP], start + _STEP >= len(data))
        yield text.replace("\0", "") if "\0" in text else text


class _OpenTable:
    """A table whose end has not come yet."""

    def __init__(self, order: int, name: str) -> None:
        self.order = order
        self.name = name
        self.grid = Grid()
        self.number = -1
        self.row: list[Value] | None = None
        self.cell: list[str] | None = None
        self.kind = PLAIN
        self.column = 0
        self.spans: dict[int, tuple[int, int]] = {}  # column → (last row, column after)
        self.inner = 0
        self.wide_rows = 0

    @property
    def looks_like_data(self) -> bool:
        """Whether rows of several cells came already: what is nested now belongs to a cell."""
        return self.grid.widest >= 3 or self.wide_rows >= 2


class _PageReader(Tokens):
    """Puts the cells of a page's tables together."""

    def __init__(self, name: str, css: str) -> None:
        super().__init__(name)
        self._formats = css_formats(css)
        self._office: list[str] = []
        self._epoch_1904 = False
        self._stack: list[_OpenTable] = []
        self._table: _OpenTable | None = None
        self._done: list[tuple[int, str, Grid, int]] = []
        self._count = 0
        self._heading: list[str] | None = None
        self._heading_at = 0
        self._title = ""
        self._hidden_tag = ""
        self._hidden_depth = 0
        self._option: list[str] | None = None
        self._frames: list[str] = []

    def finish(self) -> Page:
        """The page is over; tables that were never closed end here."""
        self.close()
        while self._table is not None:
            self._end_table()
        sheets = office_sheets("".join(self._office))
        hidden = len(sheets) < 2 and any(SHEET_HIDDEN.search(text) for text in self._office)
        return Page(_with_data(self._done), sheets, self._frames, hidden)

    # --- elements --------------------------------------------------------------------------------

    def on_open(self, name: str, attrs: str) -> None:
        """An element begins."""
        table = self._table
        if name in ("td", "th"):
            if table is not None:
                self._end_cell(table)
                table.cell = []
                table.kind = cell_kind(attrs) if attrs else PLAIN
        elif name == "tr":
            if table is not None:
                self._start_row(table)
        elif name == "br" or name in _BLOCKS:
            self._break()
            if name in _HEADINGS:
                self._open_heading()
        elif name == "table":
            self._start_table()
        elif name in ("thead", "tbody", "tfoot"):
            if table is not None:
                self._end_row(table)
        elif name == "caption":
            self._heading = []
        elif name in ("input", "option", "select"):
            self._control(name, attrs)
        elif name in ("frame", "iframe"):
            source = attributes(attrs).get("src", "")
            if source:
                self._frames.append(source)
        if table is not None and table.cell is not None and name not in _TABLE_PARTS:
            self._watch_hidden(name, attrs)

    def on_close(self, name: str) -> None:
        """An element ends."""
        table = self._table
        if self._hidden_tag and name == self._hidden_tag:
            self._hidden_depth -= 1
            if not self._hidden_depth:
                self._hidden_tag = ""
        if name in ("td", "th"):
            if table is not None:
                self._end_cell(table)
        elif name == "tr":
            if table is not None:
                self._end_row(table)
        elif name == "table":
            if table is not None:
                self._end_table()
        elif name in _HEADINGS and self._heading is not None:
            title = cell_text(self._heading)[:100].replace("\n", " ")
            self._heading = None
            if name == "caption" and table is not None:
                table.name = title or table.name
            else:
                self._title = title
        elif name in _BLOCKS:
            if name in _HEADINGS and table is not None and table.cell is not None:
                self._title = cell_text(table.cell[self._heading_at :])[:100].replace("\n", " ")
            self._break()
        elif name == "option" and self._option is not None:
            self._option = None

    def on_text(self, text: str) -> None:
        """Text of the page; only that of cells and headings matters."""
        table = self._table
        if self._heading is not None:
            target: list[str] | None = self._heading
        else:
            target = table.cell if table is not None else None
        if target is None or self._hidden_tag or self._option is not None or not text:
            return
        if "&" in text:
            text = unescape(text)
        if "\n" in text or "\r" in text:
            text = text.replace("\n", " ").replace("\r", " ")
        target.append(text)

    def _open_heading(self) -> None:
        """A heading names the table behind it; one within a cell is the cell's text as well."""
        table = self._table
        if table is None:
            self._heading = []
        elif table.cell is not None:
            self._heading_at = len(table.cell)

    def _break(self) -> None:
        table = self._table
        if table is not None and table.cell and not self._hidden_tag:
            table.cell.append("\n")

    def _control(self, name: str, attrs: str) -> None:
        """Of a form's controls a table shows what is entered or chosen."""
        given = attributes(attrs)
        if name == "option":
            self._option = None if "selected" in given else []
        elif name == "select":
            self._option = None
        elif given.get("type", "text").lower() in ("text", "email", "tel", "number", "date"):
            self.on_text(given.get("value", ""))

    def _watch_hidden(self, name: str, attrs: str) -> None:
        """Sorting keys and the like stand in cells as text that nobody sees."""
        if self._hidden_tag:
            self._hidden_depth += name == self._hidden_tag
        elif attrs and "none" in attrs and name not in _VOID and _HIDDEN.search(attrs):
            self._hidden_tag, self._hidden_depth = name, 1

    # --- tables ----------------------------------------------------------------------------------

    def _start_table(self) -> None:
        name, self._title, self._heading = self._title, "", None
        self._hidden_tag = ""
        self._count += 1
        table = _OpenTable(self._count, name)
        if self._table is not None:
            self._stack.append(self._table)
        self._table = table

    def _start_row(self, table: _OpenTable) -> None:
        self._end_row(table)
        table.number += 1
        table.row = []
        table.column = 0

    def _end_cell(self, table: _OpenTable) -> None:
        parts, table.cell = table.cell, None
        self._title = self._hidden_tag = ""
        self._option = None
        if parts is None:
            return
        if table.row is None:
            self._start_row(table)
        row, kind = table.row, table.kind
        if row is None:
            return
        column = table.column
        if table.spans:
            while (span := table.spans.get(column)) is not None:
                if span[0] < table.number:
                    del table.spans[column]
                    break
                column = span[1]
        if column + kind.colspan > MAX_COLUMNS:
            raise UserError(
                _("“{name}” has a table of more than {limit} columns; no spreadsheet has.").format(
                    name=self._name, limit=f"{MAX_COLUMNS:,}"
                )
            )
        text = parts[0] if len(parts) == 1 else ""
        value: Value
        if not parts:
            value = ""
        elif text and text.isprintable() and "  " not in text and "\xa0" not in text:
            value = text.strip()
        else:
            value = cell_text(parts)
        if kind is not PLAIN:
            value = self._value(str(value), kind)
        while len(row) < column:
            row.append("")
        row.append(value)
        if kind.rowspan > 1:
            table.spans[column] = (table.number + kind.rowspan - 1, column + kind.colspan)
        table.column = column + kind.colspan

    def _end_row(self, table: _OpenTable) -> None:
        self._end_cell(table)
        row, table.row = table.row, None
        if row is None:
            return
        before = table.grid.cells
        table.grid.put(table.number, row)
        table.wide_rows += table.grid.cells - before >= 2

    def _end_table(self) -> None:
        table = self._table
        if table is None:
            return
        self._end_row(table)
        outer = self._table = self._stack.pop() if self._stack else None
        grid = table.grid
        if outer is not None and outer.cell is not None:
            large = grid.filled >= 2 and table.wide_rows >= 2
            if not large or (outer.looks_like_data and grid.filled <= _SMALL):
                self._flatten(table, outer.cell)
                return
            outer.inner += 1
        if grid.filled:
            self._done.append((table.order, table.name, grid, table.inner))

    @staticmethod
    def _flatten(table: _OpenTable, cell: list[str]) -> None:
        """A small table within a cell is that cell's text: a line for each row."""
        for row in table.grid.rows():
            line = " ".join(str(v) for v in row if v != "")
            if line:
                cell.extend(("\n", line.replace("\n", " "), "\n"))

    def _value(self, text: str, kind: Kind) -> Value:
        """A cell's value by what Excel or LibreOffice said of it."""
        code = kind.format
        if not code and kind.classes:
            code = next((f for c in kind.classes.split() if (f := self._formats.get(c))), "")
        if not kind.typed or kind.typed == "str" or code == "@":
            return text
        if kind.typed == "err":
            return ""
        if kind.typed == "bool":
            return (kind.number or text).strip().upper() in ("TRUE", "1")
        try:
            number = float(kind.number or text)
        except ValueError:
            return text
        if is_date_code(code):
            return serial_date(number, epoch_1904=self._epoch_1904)
        # Shown with zeros before it, a number is a code: 01234.
        if text[:1] == "0" and text.isdigit() and len(text) > 1 and int(text[:20]) == number:
            return text
        return number if abs(number) < 1e300 else text

    def on_style(self, css: str) -> None:
        """Classes that format numbers."""
        self._formats.update(css_formats(css))

    def on_comment(self, text: str) -> None:
        """Office hides what it knows of a workbook in comments."""
        if "<x:" in text:
            self._office.append(text)
            self._epoch_1904 = self._epoch_1904 or "<x:Date1904/>" in text


def _with_data(done: list[tuple[int, str, Grid, int]]) -> list[Table]:
    """The tables worth a sheet; where none is, all that hold anything."""
    done.sort(key=lambda t: t[0])
    data = []
    for _order, name, grid, inner in done:
        wide = sum(1 for row in grid.rows() if sum(1 for v in row if v != "") >= 2)
        if inner:  # made for the layout, unless it has rows of its own
            is_data = wide >= 3
        else:
            is_data = (grid.filled >= 2 and wide >= 2) or (grid.filled >= 3 and grid.widest == 1)
        if is_data:
            data.append(Table(name, grid))
    return data or [Table(name, grid) for _order, name, grid, _inner in done]


def cell_text(parts: list[str]) -> str:
    """Put a cell's text together: single blanks, no empty lines."""
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))
