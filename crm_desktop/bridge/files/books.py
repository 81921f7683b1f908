"""One face for all the readers: a book has sheets, a sheet gives its rows as lists of values.

Rows come from the sheet's first row on, blank ones included, so that row numbers are the
sheet's own; columns start at `Sheet.left`.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from traceback import walk_tb
from typing import Any, Protocol

from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.bridge.values.text import Value
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

Row = Sequence[Value]
_KEEP_CELLS = 3_000_000


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


def open_book(source: Source, limits: Limits, *, sparse: bool = False) -> Book:
    """Open a file with the reader that suits it.

    Args:
        source: the file, already looked over.
        limits: caps; sheets vaster than `dense_cells` and thinly filled are read sparsely.
        sparse: read OOXML with our own streaming reader whatever it looks like.

    Raises:
        UserError: the content cannot be read.
    """
    from crm_desktop.bridge.files.delimited import CsvBook
    from crm_desktop.bridge.files.sparse import SparseBook

    if source.format is Format.CSV:
        return CsvBook(source)
    if source.format is Format.XLS:
        return XlsBook(source)
    if source.format in (Format.HTML, Format.MHTML, Format.XML, Format.VCARD):
        return _open_text(source, limits)
    if source.format is Format.XLSB and (own := _own_reader(source, sparse=sparse)):
        return own
    if source.format in (Format.XLSX, Format.XLSM):
        hollow = any(extent.is_hollow(limits.dense_cells) for extent in source.extents)
        if sparse or hollow:
            return SparseBook(source)
    try:
        book = CalamineBook(source)
    except UserError:
        if source.format not in (Format.XLSX, Format.XLSM):
            raise
        return SparseBook(source)
    return book


def _own_reader(source: Source, *, sparse: bool) -> Book | None:
    """Our reader of binary workbooks, where calamine would give a part or nothing."""
    from crm_desktop.bridge.files.xlsb import XlsbBook

    try:
        book = XlsbBook(source)
    except UserError:
        return None  # calamine may make more of it
    return book if sparse or book.is_needed() else None


def _open_text(source: Source, limits: Limits) -> Book:
    """The formats that are markup or cards, each with a reader of our own."""
    from crm_desktop.bridge.files.mhtml import html_book, mhtml_book
    from crm_desktop.bridge.files.spreadsheetml import spreadsheetml_book
    from crm_desktop.bridge.files.vcard import vcard_book

    if source.format is Format.HTML:
        return html_book(source, limits)
    if source.format is Format.MHTML:
        return mhtml_book(source)
    if source.format is Format.XML:
        return spreadsheetml_book(source)
    return vcard_book(source)


class CalamineBook:
    """xlsx, xlsm, xlsb and ods through python-calamine, given bytes: it trusts names otherwise."""

    def __init__(self, source: Source) -> None:
        import python_calamine as calamine

        self._source = source
        try:
            self._book = calamine.load_workbook(io.BytesIO(source.data))
        except calamine.PasswordError as error:
            raise UserError(
                _("“{name}” is protected by a password; enter it to go on.").format(
                    name=source.name
                ),
                field="password",
            ) from error
        except (calamine.CalamineError, ValueError, OSError) as error:
            raise damaged(source.name) from error
        tables = [
            sheet
            for sheet in self._book.sheets_metadata
            if sheet.typ is calamine.SheetTypeEnum.WorkSheet
        ]
        self.names = [sheet.name for sheet in tables]
        self.hidden = [s.visible is not calamine.SheetVisibleEnum.Visible for s in tables]
        self._cache: dict[int, _CalamineSheet] = {}

    def sheet(self, index: int) -> _CalamineSheet:
        """Load a sheet; sheets stay loaded while they are small enough together."""
        import python_calamine as calamine

        if index in self._cache:
            return self._cache[index]
        if sum(sheet.cells for sheet in self._cache.values()) > _KEEP_CELLS:
            self._cache.clear()
        try:
            sheet = _CalamineSheet(self._book.get_sheet_by_name(self.names[index]))
        except (calamine.CalamineError, ValueError, OSError) as error:
            raise damaged(self._source.name) from error
        self._cache[index] = sheet
        return sheet


class _CalamineSheet:
    """A loaded sheet; python-calamine gives values lazily, row by row."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self.left: int = sheet.start[1] if sheet.start else 0
        self.height: int | None = sheet.total_height
        self.cells: int = sheet.height * sheet.width

    def rows(self) -> Iterator[Row]:
        rows: Iterator[Row] = self._sheet.iter_rows()
        return rows


class XlsBook:
    """Excel 2 to 2003 through xlrd.

    Formatting is read along, for `traits_xls`: on 65,535 rows of 15 columns that takes 2.2 s in
    place of 2.1 and 38 MB in place of 25, while opening the file again would take all of it
    once more. Where the formatting is damaged, the values are read without.

    Attributes:
        with_formatting: whether the formatting could be read.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._name = source.name
        self.with_formatting = True
        try:
            self._open()
        except UserError as error:
            if error.field:
                raise
            self.with_formatting = False
            self._open()
        self.names = list(self._book.sheet_names())
        visibility = getattr(self._book, "_sheet_visibility", [0] * len(self.names))
        self.hidden = [bool(v) for v in visibility]

    def sheet(self, index: int) -> _XlsSheet:
        """Load a sheet."""
        return _XlsSheet(self.raw_sheet(index), self._book.datemode)

    @property
    def raw(self) -> Any:
        """The book as xlrd has it."""
        return self._book

    def raw_sheet(self, index: int) -> Any:
        """A sheet as xlrd has it."""
        try:
            with _failures_of_xlrd(self._name):
                return self._book.sheet_by_index(index)
        except UserError:
            if not self.with_formatting:
                raise
        self.with_formatting = False
        self._open()
        with _failures_of_xlrd(self._name):
            return self._book.sheet_by_index(index)

    def _open(self) -> None:
        import xlrd

        with _failures_of_xlrd(self._name):
            self._book = xlrd.open_workbook(
                file_contents=self._source.data,
                logfile=io.StringIO(),
                on_demand=True,
                ragged_rows=True,
                formatting_info=self.with_formatting,
            )


@contextmanager
def _failures_of_xlrd(name: str) -> Iterator[None]:
    """Turn xlrd's failures into our words; a bug of ours stays what it is.

    On files that are not sound xlrd raises CompDocError, XLRDError and FormulaError, and as
    often IndexError, KeyError, struct.error, AssertionError, ZeroDivisionError, RecursionError
    and UnicodeDecodeError, found by flipping bytes. Bugs of ours have these names too, so not
    the name tells but the way: whether the failure came through xlrd. The codecs' frames lie
    below xlrd's, so its frames need not be the innermost.

    Raises:
        UserError: xlrd cannot read the file.
    """
    import xlrd

    try:
        yield
    except MemoryError:  # a file may be too vast and sound
        raise
    except Exception as error:
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error).lower():
            raise UserError(
                _("“{name}” is protected by a password; enter it to go on.").format(name=name),
                field="password",
            ) from error
        if not _came_through(error, "xlrd"):
            raise
        raise damaged(name) from error


def _came_through(error: BaseException, package: str) -> bool:
    # Modules by their names: in the bundle their files have no folders.
    modules = (frame.f_globals.get("__name__", "") for frame, _line in walk_tb(error.__traceback__))
    return any(module.partition(".")[0] == package for module in modules)


class _XlsSheet:
    left = 0

    def __init__(self, sheet: Any, datemode: int) -> None:
        self._sheet = sheet
        self._datemode = datemode
        self.height: int | None = _filled_height(sheet)

    def rows(self) -> Iterator[Row]:
        sheet = self._sheet
        for index in range(self.height or 0):
            types = sheet.row_types(index)
            values = sheet.row_values(index)
            if all(t in (0, 1, 2, 6) for t in types):  # empty, text, number, blank
                yield values
            else:
                yield [self._value(t, v) for t, v in zip(types, values, strict=True)]

    def _value(self, kind: int, value: Any) -> Value:
        if kind == 3:
            return serial_date(value, epoch_1904=bool(self._datemode))
        if kind == 4:
            return bool(value)
        if kind == 5:
            return ""
        return value  # type: ignore[no-any-return]


def _filled_height(sheet: Any) -> int:
    """How many rows there are without those at the end that are formatted only."""
    height: int = sheet.nrows
    while height and {0, 6}.issuperset(sheet.row_types(height - 1)):  # empty, blank
        height -= 1
    return height


def serial_date(value: float, *, epoch_1904: bool = False) -> Value:
    """Turn a spreadsheet's day number into a date, a time below 1, a number where it is none.

    The 1900 system believes in a 29 February 1900, so numbers up to 60 are one day off.
    """
    if not 0 <= value < 2_958_466:
        return value
    days = int(value)
    seconds = round((value - days) * 86_400)
    if days == 0 and not epoch_1904:
        return (dt.datetime.min + dt.timedelta(seconds=seconds)).time() if seconds else 0.0
    if epoch_1904:
        origin = dt.datetime(1904, 1, 1)
    else:
        origin = dt.datetime(1899, 12, 31) if days < 60 else dt.datetime(1899, 12, 30)
    moment = origin + dt.timedelta(days=days, seconds=seconds)
    return moment if seconds else moment.date()
