"""Our own reader of binary workbooks, for those that calamine reads by half.

The record of a cell may leave out its column where the cell stands right of the one before
(BrtShortRk and its like). calamine passes over such records: of every row only the first cell
is left, and nobody is told. Of a number in 30 bits that is an integer it passes over the format:
1 January 2020 becomes 43831. Source: [MS-XLSB] 2.1.4 (records), 2.4 (BrtRowHdr, BrtCellRk,
BrtShortRk and so on), 2.5 (RkNumber, XLWideString).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from xml.parsers import expat

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.sparse import BUILT_IN_DATES, SharedStrings, is_date_format
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.bridge.values.serials import serial_date
from crm_desktop.bridge.values.text import Value

_LOOKED_AT = 50_000  # records; two cells side by side come long before
_MAX_ROW = 1_048_576
_MAX_COLUMN = 16_384
_ROW, _BUNDLE_SHEET, _WORKBOOK, _STRING, _FORMAT, _XF = 0, 156, 153, 19, 44, 47
_CELL_XFS, _CELL_XFS_END, _DIMENSION, _DATA, _DATA_END = 617, 618, 148, 145, 146
_SHORT = range(12, 19)
_RK = 2
_RICH = 62
_CELLS = frozenset((*range(1, 19), _RICH))
_BROKEN = (struct.error, IndexError, KeyError, ValueError, UnicodeError, zipfile.BadZipFile)


def records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes, int, int]]:
    """The records of a part.

    Args:
        chunks: the part, cut anywhere.

    Gives:
        Number, the bytes that it stands in, where in them its content begins, and its size.

    Raises:
        IndexError: the last one breaks off.
    """
    rest = b""
    for chunk in chunks:
        data = rest + chunk if rest else chunk
        start, end = 0, len(data)
        with suppress(IndexError):  # the chunk ends within a record's head
            while start < end:
                position = start
                kind = data[position]
                position += 1
                if kind & 0x80:
                    kind = (kind & 0x7F) | (data[position] & 0x7F) << 7
                    position += 1
                size = shift = 0
                while True:
                    byte = data[position]
                    position += 1
                    size |= (byte & 0x7F) << shift
                    shift += 7
                    if byte < 0x80 or shift > 21:
                        break
                if position + size > end:
                    break
                yield kind, data, position, size
                start = position + size
        rest = data[start:]
    if rest:
        raise IndexError("a record goes beyond its part")


class XlsbBook:
    """A binary workbook, read record by record."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        self._members = {i.filename.replace("\\", "/").lower(): i for i in self._zip.infolist()}
        self.names: list[str] = []
        self.hidden: list[bool] = []
        self.epoch_1904 = False
        self._parts: list[str] = []
        self._strings = SharedStrings(self._each_string())
        self._dates: frozenset[int] | None = None
        try:
            self._read_workbook()
        except _BROKEN as error:
            raise damaged(self._name) from error

    def is_needed(self) -> bool:
        """Whether any sheet holds what calamine gets wrong.

        Cells without their column it loses; dates stored as integers it takes for numbers; at a
        sheet that does not say how far it reaches it fails.
        """
        for part in self._parts:
            measured = False
            try:
                for count, (kind, data, at, _size) in enumerate(records(self._part(part))):
                    measured = measured or kind == _DIMENSION
                    if kind in _SHORT or (kind == _DATA and not measured):
                        return True
                    if kind == _RK and data[at + 8] & 3 == 2 and self._is_date(data, at + 4):
                        return True
                    if count > _LOOKED_AT:
                        break
            except _BROKEN:
                continue  # whoever reads it will say so
        return False

    def _is_date(self, data: bytes, at: int) -> bool:
        if self._dates is None:
            self._dates = self._read_styles()
        return int.from_bytes(data[at : at + 3], "little") in self._dates

    def sheet(self, index: int) -> XlsbSheet:
        """Make a sheet's rows available."""
        try:
            if self._dates is None:
                self._dates = self._read_styles()
            part = self._part(self._parts[index])
        except _BROKEN as error:
            raise damaged(self._name) from error
        return XlsbSheet(self._name, part, self._strings, self._dates, epoch_1904=self.epoch_1904)

    def _part(self, name: str) -> Iterable[bytes]:
        return self._chunks(self._members[name.lower()])

    def _chunks(self, info: zipfile.ZipInfo) -> Iterable[bytes]:
        """Unpack a part."""
        return (self._zip.read(info),)

    def _read_workbook(self) -> None:
        targets = self._targets()
        for kind, data, at, _size in records(self._part("xl/workbook.bin")):
            if kind == _WORKBOOK:
                self.epoch_1904 = bool(data[at] & 1)
            elif kind == _BUNDLE_SHEET:
                state = struct.unpack_from("<I", data, at)[0]
                relation, after = _wide(data, at + 8)
                name, _after = _wide(data, after)
                if part := targets.get(relation):
                    self.names.append(name)
                    self.hidden.append(state != 0)
                    self._parts.append(part)

    def _targets(self) -> dict[str, str]:
        """Part of each worksheet by its relation."""
        found: dict[str, str] = {}

        def start(tag: str, attrs: dict[str, str]) -> None:
            if tag.endswith("Relationship") and attrs.get("Type", "").endswith("/worksheet"):
                target = attrs.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                found[attrs.get("Id", "")] = posixpath.normpath(path)

        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        try:
            for chunk in self._part("xl/_rels/workbook.bin.rels"):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged(self._name) from error
        return found

    def _each_string(self) -> Iterator[str]:
        if "xl/sharedstrings.bin" in self._members:
            for kind, data, at, _size in records(self._part("xl/sharedStrings.bin")):
                if kind == _STRING:
                    yield _wide(data, at + 1)[0]

    def _read_styles(self) -> frozenset[int]:
        """Cell formats that show dates or times."""
        if "xl/styles.bin" not in self._members:
            return frozenset()
        own: dict[int, bool] = {}
        dates: set[int] = set()
        count = -1
        for kind, data, at, _size in records(self._part("xl/styles.bin")):
            if kind == _FORMAT:
                own[struct.unpack_from("<H", data, at)[0]] = is_date_format(_wide(data, at + 2)[0])
            elif kind == _CELL_XFS:
                count = 0
            elif kind == _CELL_XFS_END:
                break
            elif kind == _XF and count >= 0:
                number = struct.unpack_from("<H", data, at + 2)[0]
                if own.get(number, number in BUILT_IN_DATES):
                    dates.add(count)
                count += 1
        return frozenset(dates)


class XlsbSheet:
    """One worksheet part, read anew on each pass.

    Attributes:
        declared: how many rows the sheet says that it has, once its beginning was read.
    """

    left = 0
    height: int | None = None
    declared: int | None = None

    def __init__(
        self,
        name: str,
        part: Iterable[bytes],
        strings: SharedStrings,
        dates: frozenset[int],
        *,
        epoch_1904: bool,
    ) -> None:
        self._name = name
        self._part = part
        self._strings = strings
        self._dates = dates
        self._epoch_1904 = epoch_1904

    def rows(self) -> Iterator[Row]:
        """Rows as short lists: they end at their last filled cell."""
        done = 0
        number = -1
        row: list[Value] = []
        column = -1
        try:
            for kind, data, at, size in records(self._part):
                if kind in _CELLS:
                    if kind in _SHORT:
                        column, value_at, kind = column + 1, at + 4, kind - 11
                        style = at
                    else:
                        column = int.from_bytes(data[at : at + 4], "little")
                        value_at, style = at + 8, at + 4
                    if kind == 1 or column >= _MAX_COLUMN:
                        continue
                    value = self._value(kind, data, value_at, style)
                    if len(row) < column:
                        row.extend([""] * (column - len(row)))
                    if column == len(row):
                        row.append(value)
                    else:
                        row[column] = value
                elif kind == _ROW and size >= 4:
                    if number >= 0:
                        yield row
                        done = number + 1
                    wanted = min(int.from_bytes(data[at : at + 4], "little"), _MAX_ROW)
                    for _gap in range(done, wanted):
                        yield []
                    number, row, column = max(done, wanted), [], -1
                elif kind == _DIMENSION and size >= 8:
                    last = int.from_bytes(data[at + 4 : at + 8], "little")
                    self.declared = min(last + 1, _MAX_ROW)
                elif kind == _DATA_END:
                    break
            if number >= 0:
                yield row
        except _BROKEN as error:
            raise damaged(self._name) from error

    def _value(self, kind: int, data: bytes, at: int, style: int) -> Value:
        if kind == 7:
            return self._strings.at(int.from_bytes(data[at : at + 4], "little"))
        if kind in (6, 8):
            return _wide(data, at)[0]
        if kind == _RICH:
            return _wide(data, at + 1)[0]
        if kind in (4, 10):
            return data[at] != 0
        if kind in (3, 11):
            return ""
        number = _rk(data, at) if kind == _RK else float(struct.unpack_from("<d", data, at)[0])
        if self._dates and int.from_bytes(data[style : style + 3], "little") in self._dates:
            return serial_date(number, epoch_1904=self._epoch_1904)
        return number


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    count = struct.unpack_from("<I", data, at)[0]
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(data):
        raise IndexError("a text goes beyond its part")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _rk(data: bytes, at: int) -> float:
    """A number in 30 bits: an integer or the upper half of a float, perhaps times 100."""
    raw = struct.unpack_from("<i", data, at)[0]
    if raw & 2:
        number = float(raw >> 2)
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", raw & ~3))[0]
    return number / 100 if raw & 1 else number
