"""The first rows of a file, read before anything of it was looked through.

A hundred thousand rows take seconds to be understood; their beginning can be seen at once. Only
what lies before it is unpacked, by the rules of `zipguard`, and never more than a few megabytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from crm_desktop.bridge.files.books import Row
from crm_desktop.bridge.files.delimited import first_rows
from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.sparse import SharedStrings, SparseBook
from crm_desktop.bridge.files.zipguard import check_declared, open_zip, part_chunks
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.bridge.values.text import cell_text, tidy_line
from crm_desktop.domain.imports import SheetPeek

ROWS, COLUMNS = 60, 40
_LONGEST = 200
# Smaller files are understood as soon as their beginning could be shown.
_SMALL = 16 * 1024
_MOST_BYTES = 4 * 1024 * 1024
_STEP = 1 << 14
_UNREAD = "…"


def peek(source: Source, limits: Limits) -> SheetPeek | None:
    """Read the first rows of a file's first sheet, where that is much sooner done than the rest.

    Args:
        source: as it is given early by `formats.load`.
        limits: caps on sizes.

    Returns:
        None for a small file, one of a kind whose beginning cannot be had alone, or one that is
        out of order: whoever looks it through says what is wrong.
    """
    if source.size < _SMALL:
        return None
    try:
        if source.format is Format.CSV:
            return _peek_text(source)
        if source.format in (Format.XLSX, Format.XLSM):
            return _peek_workbook(source, limits)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (foreign content fails in many ways, and later in clear words)
        return None
    return None


def _peek_text(source: Source) -> SheetPeek | None:
    cells = _shown(first_rows(source))
    return SheetPeek(source.name, source.format.value, ("",), 0, cells) if cells else None


def _peek_workbook(source: Source, limits: Limits) -> SheetPeek | None:
    with open_zip(source.data, source.name) as archive:
        check_declared(archive, source.name, limits)
    book = _Beginning(source, limits)
    seen = [index for index, hidden in enumerate(book.hidden) if not hidden]
    if not seen:
        return None
    sheet = book.sheet(seen[0])
    cells = _shown(sheet.rows())
    names = tuple(book.names[index] for index in seen)
    return SheetPeek(source.name, source.format.value, names, 0, cells, sheet.declared)


def _shown(rows: Iterator[Row]) -> tuple[tuple[str, ...], ...]:
    """The first rows as the preview shows them; without blank ones at their end."""
    found: list[tuple[str, ...]] = []
    with suppress(_TooFarError):  # what came before it is as good
        found.extend(
            tuple(tidy_line(cell_text(v))[:_LONGEST] for v in row[:COLUMNS])
            for row in islice(rows, ROWS)
        )
    while found and not any(found[-1]):
        found.pop()
    return tuple(found)


class _TooFarError(Exception):
    """More would have to be unpacked than a glance is worth."""


class _Beginning(SparseBook):
    """A workbook of which every part is read to a few megabytes at most."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        super().__init__(source)
        self._strings = _NearStrings(self._each_string())

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        source, left = self._source, _MOST_BYTES
        for chunk in part_chunks(source.data, info, source.name, self._limits):
            # The chunks are large, and a row or two may be all that is wanted of one.
            for start in range(0, len(chunk), _STEP):
                if left <= 0:
                    raise _TooFarError
                left -= _STEP
                yield chunk[start : start + _STEP]


class _NearStrings(SharedStrings):
    """Texts that stand in the first megabytes; a sign in place of those that stand behind."""

    _ended = False

    def at(self, index: int) -> str:
        """The text of a number, or the sign."""
        if not self._ended:
            try:
                return super().at(index)
            except _TooFarError:
                self._ended = True
        return self._known[index] if index < len(self._known) else _UNREAD
