"""Workbooks in the XML of Excel 2002 and 2003, which other programs write under the name .xls.

Source: "XML Spreadsheet Reference" (Microsoft, 2001): `ss:Index`, `ss:MergeAcross`,
`ss:MergeDown`, `ss:Span`, the types of `ss:Data`.
"""

from __future__ import annotations

import datetime as dt
import re
from xml.parsers import expat

from crm_desktop.bridge.files.charsets import find_charset
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.grid import MAX_COLUMNS, MAX_ROWS, Grid, GridBook
from crm_desktop.bridge.files.markup import declared_charset, decoded
from crm_desktop.bridge.files.officehtml import is_date_code
from crm_desktop.bridge.files.tokens import doctype
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.bridge.values.serials import serial_date
from crm_desktop.bridge.values.text import Value
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?)?Z?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EPOCHS = (dt.date(1899, 12, 31), dt.date(1899, 12, 30), dt.date(1904, 1, 1))


def spreadsheetml_book(source: Source) -> GridBook:
    """Read a workbook.

    Raises:
        UserError: it is cut off, no proper XML, or carries a DOCTYPE.
    """
    reader = _fed(source)
    try:
        reader.parser.Parse("", True)
    except expat.ExpatError as error:
        raise damaged(source.name) from error
    if not reader.book.names:
        raise UserError(_("“{name}” is a workbook without a sheet.").format(name=source.name))
    return reader.book


def spreadsheetml_beginning(source: Source) -> GridBook:
    """Read a workbook that breaks off, up to its last whole row."""
    reader = _fed(source)
    reader.end_sheet()
    return reader.book


def _fed(source: Source) -> _Reader:
    reader = _Reader(source.name)
    data = source.data
    first = True
    try:
        for text in decoded(data, find_charset(data, declared_charset(data))):
            if first:
                text = text.lstrip("\ufeff \t\r\n")
                first = False
            reader.parser.Parse(_NOT_XML.sub("", text), False)
    except expat.ExpatError as error:
        raise damaged(source.name) from error
    return reader


class _Reader:
    """Takes the parser's events; holds the row under way, and the sheets read so far."""

    def __init__(self, name: str) -> None:
        self.book = GridBook()
        self._name = name
        parser = self.parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = self._doctype
        self._dates: set[str] = set()
        self._style = ""
        self._epoch_1904 = False
        self._sheet: Grid | None = None
        self._sheet_name = ""
        self._hidden = False
        self._row = -1
        self._row_style = ""
        self._span = 0
        self._column = 0
        self._cells: dict[int, Value] = {}
        self._covered: dict[int, tuple[int, int]] = {}  # column → (last row, column after)
        self._place = 0
        self._kind = ""
        self._date_style = False
        self._text: list[str] | None = None
        self._comment = False
        self._flag = ""

    def _doctype(self, *_args: object) -> None:
        raise doctype(self._name)

    def _say(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _open(self, tag: str, attrs: dict[str, str]) -> None:
        tag = tag[tag.rfind(":") + 1 :]
        if tag == "Cell":
            self._start_cell(_local(attrs))
        elif tag == "Data":
            if not self._comment:
                self._kind = _local(attrs).get("Type", "String")
                self._text = []
        elif tag == "Row":
            self._start_row(_local(attrs))
        elif tag == "Comment":
            self._comment = True
        elif tag == "Worksheet":
            self._sheet = Grid()
            self._sheet_name = _local(attrs).get("Name", "")
            self._hidden = False
            self._row, self._span = -1, 0
            self._covered = {}
        elif tag == "Style":
            self._style = _local(attrs).get("ID", "")
        elif tag == "NumberFormat":
            if is_date_code(_local(attrs).get("Format", "")):
                self._dates.add(self._style)
        elif tag in ("Visible", "Date1904"):
            self._flag = tag
            self._text = []

    def _close(self, tag: str) -> None:
        tag = tag[tag.rfind(":") + 1 :]
        if tag == "Data":
            if not self._comment and self._text is not None:
                text, self._text = "".join(self._text), None
                if text:
                    value = self._value(text)
                    if self._place in self._cells and value == "":
                        return
                    self._cells[self._place] = value
        elif tag == "Row":
            if self._sheet is not None:
                self._sheet.put_cells(self._row, self._cells)
        elif tag == "Comment":
            self._comment = False
        elif tag == "Worksheet":
            self.end_sheet()
        elif tag == self._flag:
            said, self._text = "".join(self._text or ()).strip(), None
            self._flag = ""
            if tag == "Date1904":
                self._epoch_1904 = said not in ("0", "False")
            elif self._sheet is not None:
                self._hidden = said in ("SheetHidden", "SheetVeryHidden")

    def end_sheet(self) -> None:
        """The sheet under way is over."""
        if self._sheet is not None:
            self.book.add(self._sheet_name, self._sheet, hidden=self._hidden)
        self._sheet = None

    def _start_row(self, attrs: dict[str, str]) -> None:
        following = self._row + self._span + 1
        self._row = max(following, _number(attrs.get("Index"), following + 1) - 1)
        if self._row >= MAX_ROWS:
            raise damaged(self._name)
        self._span = max(0, _number(attrs.get("Span"), 0))
        self._row_style = attrs.get("StyleID", "")
        self._column = 0
        self._cells = {}

    def _start_cell(self, attrs: dict[str, str]) -> None:
        column = self._column
        if "Index" in attrs:
            column = max(0, _number(attrs["Index"], column + 1) - 1)
        else:
            # Careless writers leave out the index behind a merged area, not its place.
            while (covered := self._covered.get(column)) is not None:
                if covered[0] < self._row:
                    del self._covered[column]
                    break
                column = covered[1]
        if column >= MAX_COLUMNS:
            raise UserError(
                _("“{name}” has a table of more than {limit} columns; no spreadsheet has.").format(
                    name=self._name, limit=f"{MAX_COLUMNS:,}"
                )
            )
        across = min(max(0, _number(attrs.get("MergeAcross"), 0)), MAX_COLUMNS)
        down = max(0, _number(attrs.get("MergeDown"), 0))
        self._place = column
        self._column = min(column + across + 1, MAX_COLUMNS)
        if down:
            self._covered[column] = (self._row + down, self._column)
        self._date_style = attrs.get("StyleID", self._row_style) in self._dates

    def _value(self, text: str) -> Value:
        kind = self._kind
        if kind == "Number":
            try:
                number = float(text)
            except ValueError:
                return text
            if self._date_style:
                return serial_date(number, epoch_1904=self._epoch_1904)
            return number
        if kind == "DateTime":
            return _moment(text.strip())
        if kind == "Boolean":
            return text.strip() not in ("0", "false", "False")
        if kind == "Error":
            return ""
        return text


def _local(attrs: dict[str, str]) -> dict[str, str]:
    """Attributes without their prefix."""
    return {key[key.rfind(":") + 1 :]: value for key, value in attrs.items()} if attrs else attrs


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    text = text.strip()[:10]
    return int(text) if text.isdecimal() else default


def _moment(text: str) -> Value:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return text
    year, month, day, hour, minute, second = (int(g or 0) for g in match.groups())
    try:
        date = dt.date(year, month, day)
        time = dt.time(hour, minute, second)
    except ValueError:
        return text
    if date in _EPOCHS and match.group(4):
        return time
    return dt.datetime.combine(date, time) if time != dt.time() else date
