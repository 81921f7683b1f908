"""The first rows of old workbooks: one is cut off behind them and read as any other.

To read 65,535 rows takes xlrd seconds. A workbook whose first sheet ends after its first rows,
whose other sheets are merely named, and whose shared texts end with the last one that is shown,
takes it no time. Sources: [MS-XLS] 2.1.4 (records), 2.4.28 (BoundSheet8), 2.4.149 (LabelSst),
2.4.265 (SST); the OpenOffice.org documentation of Excel's formats for BIFF2 to BIFF7.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from struct import pack, unpack_from
from typing import NamedTuple

from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.ole import OLE
from crm_desktop.bridge.files.peek.shown import COLUMNS, ROWS, UNREAD, show_book
from crm_desktop.bridge.files.xls import XlsBook
from crm_desktop.domain.imports import SheetPeek

_MOST_STRINGS = 20_000
_MOST_BYTES = 2 * 1024 * 1024  # of a sheet's records
_MAX_ROW = 65_536

_EOF, _CONTINUE, _FILEPASS, _BOUNDSHEET, _SST = 0x0A, 0x3C, 0x2F, 0x85, 0xFC
_BOFS = (0x0009, 0x0209, 0x0409, 0x0809)
_BOF4, _BOF8 = 0x0409, 0x0809
_GLOBALS, _GLOBALS4 = 0x0005, 0x0100
_DIMENSIONS = (0x0000, 0x0200)
_LABEL, _LABELSST = 0x0204, 0x00FD
_FORMULAS = (0x0006, 0x0206, 0x0406)
_STRINGS = (0x0007, 0x0207)
# Of the globals, what says how a value is shown: code page, dates' epoch, fonts, formats, styles.
_TELLING = frozenset((0x22, 0x31, 0x231, 0x42, 0x8C, 0x92, 0x1E, 0x41E, 0xE0, 0x293))
# MulRk, RString, LabelSst, Number, Label, BoolErr, Rk, Formula.
_CELLS = frozenset((0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E, *_FORMULAS))
_OLD_CELLS = _CELLS | {0x02, 0x03, 0x04, 0x05}  # BIFF2: Integer, Number, Label, BoolErr


def peek_xls(source: Source) -> SheetPeek | None:
    """The first rows of the first sheet in sight; None where the workbook is encrypted."""
    stream = _stream(source)
    kind, _size, version, substream = unpack_from("<4H", stream)
    if kind == _BOF8 and substream == _GLOBALS:
        cut = _cut_workbook(stream, is_biff8=version == 0x0600)
    elif kind in _BOFS and (kind, substream) != (_BOF4, _GLOBALS4):
        cut = _cut_single(stream)
    else:
        cut = None
    if cut is None:
        return None
    return show_book(source, XlsBook(replace(source, data=cut.data)), cut.declared)


class _Cut(NamedTuple):
    """A stream without its rows from the 61st on, and how many it said that it has."""

    data: bytes
    declared: int | None


class _Record(NamedTuple):
    kind: int
    at: int
    body: bytes

    @property
    def whole(self) -> bytes:
        return pack("<HH", self.kind, len(self.body)) + self.body


def _stream(source: Source) -> bytes:
    """The records of a workbook, out of the container that they may stand in."""
    if not source.data.startswith(OLE):
        return source.data
    from xlrd.compdoc import CompDoc

    container = CompDoc(source.data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        data, start, size = container.locate_named_stream(name)
        if data:
            return bytes(data[start : start + size])
    return b""


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    end = len(stream)
    while 0 <= at <= end - 4:
        kind, size = unpack_from("<HH", stream, at)
        yield _Record(kind, at, stream[at + 4 : at + 4 + size])
        at += 4 + size


def _cut_single(stream: bytes) -> _Cut | None:
    """Before BIFF5 a file is one sheet, and its formats stand before the cells."""
    declared = None
    for record in _records(stream, 0):
        if record.kind == _FILEPASS:
            return None
        if record.kind in _DIMENSIONS and len(record.body) >= 4:
            declared = unpack_from("<H", record.body, 2)[0]
        is_cell = record.kind in _OLD_CELLS
        far = is_cell and unpack_from("<H", record.body)[0] >= ROWS
        if far or record.kind == _EOF or record.at > _MOST_BYTES:
            return _Cut(stream[: record.at] + _Record(_EOF, 0, b"").whole, declared)
    return None


def _cut_workbook(stream: bytes, *, is_biff8: bool) -> _Cut | None:
    globals_ = _read_globals(stream)
    if globals_ is None or (shown := globals_.first_in_sight()) is None:
        return None
    sheet = _read_sheet(stream, globals_.sheets[shown].position, is_biff8=is_biff8)
    strings = globals_.strings_up_to(sheet.strings_needed)
    before = b"".join((*globals_.telling, *strings))
    end = _Record(_EOF, 0, b"").whole
    names_size = sum(len(s.record.whole) for s in globals_.sheets)
    start = len(before) + names_size + len(end)
    names = (
        replace(s, position=start if n == shown else 0).whole for n, s in enumerate(globals_.sheets)
    )
    return _Cut(b"".join((before, *names, end, *sheet.records, end)), sheet.declared)


@dataclass(slots=True)
class _Bound:
    """Where a sheet begins, what it is called, and whether it is shown."""

    position: int
    record: _Record

    @property
    def in_sight(self) -> bool:
        hidden, kind = self.record.body[4:6]
        return not hidden and not kind

    @property
    def whole(self) -> bytes:
        return self.record._replace(body=pack("<I", self.position) + self.record.body[4:]).whole


@dataclass(slots=True)
class _Globals:
    """What a workbook says of all its sheets.

    Attributes:
        telling: whole records, that of the beginning first.
        sheets: in their order.
        strings: bodies of the record of shared texts, and of those that continue it.
    """

    telling: list[bytes] = field(default_factory=list)
    sheets: list[_Bound] = field(default_factory=list)
    strings: list[bytes] = field(default_factory=list)

    def first_in_sight(self) -> int | None:
        return next((n for n, sheet in enumerate(self.sheets) if sheet.in_sight), None)

    def strings_up_to(self, count: int) -> Iterator[bytes]:
        """The record of shared texts and its continuations, made to end after some of them."""
        if not self.strings or not count:
            return
        first, *further = self.strings
        (there,) = unpack_from("<I", first, 4)
        head = first[:4] + pack("<I", min(count, there)) + first[8:]
        yield _Record(_SST, 0, head).whole
        yield from (_Record(_CONTINUE, 0, body).whole for body in further)


def _read_globals(stream: bytes) -> _Globals | None:
    """None where the workbook is encrypted, or breaks off."""
    found = _Globals()
    continued = False
    for record in _records(stream, 0):
        kind = record.kind
        if kind == _FILEPASS:
            return None
        if kind == _EOF:
            return found
        if kind in _TELLING or not record.at:
            found.telling.append(record.whole)
        elif kind == _BOUNDSHEET:
            found.sheets.append(_Bound(unpack_from("<I", record.body)[0], record))
        elif kind == _SST or (kind == _CONTINUE and continued):
            found.strings.append(record.body)
        continued = kind == _SST or (kind == _CONTINUE and continued)
    return None


@dataclass(slots=True)
class _Sheet:
    """The first rows of a sheet.

    Attributes:
        records: whole, that of the beginning first.
        strings_needed: how many of the workbook's shared texts.
    """

    records: list[bytes] = field(default_factory=list)
    strings_needed: int = 0
    declared: int | None = None


def _read_sheet(stream: bytes, at: int, *, is_biff8: bool) -> _Sheet:
    sheet = _Sheet()
    depth = 0
    formula = text = False  # whether the texts of a formula that is kept may follow
    for record in _records(stream, at):
        kind, body = record.kind, record.body
        if kind in _BOFS:
            depth += 1
            if depth == 1:
                sheet.records.append(record.whole)
            continue
        if not depth or record.at - at > _MOST_BYTES:
            break
        if kind == _EOF:
            depth -= 1
            if not depth:
                break
        elif depth > 1:  # a chart that stands on the sheet
            continue
        elif kind in _CELLS:
            row, column = unpack_from("<HH", body)
            if row >= ROWS:
                break
            formula = column < COLUMNS and kind in _FORMULAS
            if column < COLUMNS:
                sheet.records.append(_near(record, sheet))
        elif (kind in _STRINGS and formula) or (kind == _CONTINUE and text):
            sheet.records.append(record.whole)
        elif kind == _DIMENSIONS[1] and len(body) >= 8:
            last = unpack_from("<I", body, 4) if is_biff8 else unpack_from("<H", body, 2)
            sheet.declared = min(last[0], _MAX_ROW)
        text = formula and (kind in _STRINGS or (kind == _CONTINUE and text))
    return sheet


def _near(record: _Record, sheet: _Sheet) -> bytes:
    """A cell; of one whose shared text stands too far behind, with a sign in place of it."""
    if record.kind == _LABELSST:
        (index,) = unpack_from("<I", record.body, 6)
        if index >= _MOST_STRINGS:
            text = pack("<HB", len(UNREAD), 1) + UNREAD.encode("utf-16-le")
            return _Record(_LABEL, 0, record.body[:6] + text).whole
        sheet.strings_needed = max(sheet.strings_needed, index + 1)
    return record.whole
