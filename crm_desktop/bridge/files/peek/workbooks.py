"""The first rows of workbooks in parts: xlsx, xlsm and xlsb."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial

from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.peek.shown import (
    UNREAD,
    TooFarError,
    first_seen,
    near_chunks,
    show_cells,
    shown,
)
from crm_desktop.bridge.files.sparse import SharedStrings, SparseBook
from crm_desktop.bridge.files.xlsb import XlsbBook
from crm_desktop.bridge.files.zipguard import check_declared, open_zip
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.domain.imports import SheetPeek


def peek_workbook(source: Source, limits: Limits) -> SheetPeek | None:
    """The first rows of the first sheet in sight."""
    with open_zip(source.data, source.name) as archive:
        check_declared(archive, source.name, limits)
    near = _NearXlsb if source.format is Format.XLSB else _NearXlsx
    book = near(source, limits)
    index = first_seen(book)
    if index is None:
        return None
    sheet = book.sheet(index)
    cells = shown(sheet.rows())
    return show_cells(source, book, cells, sheet.declared)


class _NearXlsx(SparseBook):
    """A workbook of which every part is read to a few megabytes at most."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._near = partial(near_chunks, source, limits=limits)
        super().__init__(source)
        self._strings = _NearStrings(self._each_string())

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        return self._near(info)


class _NearXlsb(XlsbBook):
    """The same of a binary one."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._near = partial(near_chunks, source, limits=limits)
        super().__init__(source)
        self._strings = _NearStrings(self._each_string())

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        return self._near(info)


class _NearStrings(SharedStrings):
    """Texts that stand in the first megabytes; a sign in place of those that stand behind."""

    _ended = False

    def at(self, index: int) -> str:
        """The text of a number, or the sign."""
        if not self._ended:
            try:
                return super().at(index)
            except TooFarError:
                self._ended = True
        return self._known[index] if index < len(self._known) else UNREAD
