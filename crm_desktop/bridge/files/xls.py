"""Excel 2 to 2003 through xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb
from typing import Any

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.bridge.values.serials import serial_date
from crm_desktop.bridge.values.text import Value
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _


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
