"""Looks a zipped spreadsheet over before a native reader gets its bytes.

Sizes are checked twice: what the directory declares, and what really comes out while
unpacking in small steps (a directory can lie). The same pass finds how far a sheet's cells
reach, because python-calamine allocates the whole rectangle, and refuses a DOCTYPE, which no
spreadsheet program writes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from crm_desktop.bridge.process.limits import Limits
from crm_desktop.bridge.values.text import column_index
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_STEP = 1 << 19
_STEP_IN = 1 << 15
_OVERLAP = 64
_PROLOG = 1 << 20
_LOCAL_HEADER = 30
_FAR_COLUMN = re.compile(rb' r="([A-Z]{3})\d')
_LAST_REF = re.compile(rb' r="([A-Z]{0,3})(\d{1,7})"')
_MIDDLE_COLUMN = re.compile(rb' r="([A-Z]{2})\d')
_SHEET_PART = re.compile(r"xl/(?:work)?sheets?/[^/]+\.xml$", re.IGNORECASE)


class Extent(NamedTuple):
    """How far a sheet reaches, and how many cells it really has."""

    rows: int
    columns: int
    cells: int

    def is_hollow(self, dense_cells: int) -> bool:
        """Whether the rectangle is vast and nearly empty."""
        area = self.rows * self.columns
        return area > dense_cells and self.cells * 4 < area


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip in memory.

    Raises:
        UserError: the zip is cut off or damaged.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(name) from error


def damaged(name: str) -> UserError:
    """The sentence for a file whose content breaks off."""
    return UserError(_("“{name}” is damaged or was cut off while it was copied.").format(name=name))


def not_ours(name: str, what: str) -> UserError:
    """The sentence for a file that is something else."""
    return UserError(_("“{name}” is {what}, not a spreadsheet.").format(name=name, what=what))


def check_zip(archive: zipfile.ZipFile, data: bytes, name: str, limits: Limits) -> list[Extent]:
    """Check every part that a reader would unpack.

    Returns:
        The extent of each sheet part of an OOXML workbook (none for other formats).

    Raises:
        UserError: a part is too large, damaged, or holds a DOCTYPE.
    """
    check_declared(archive, name, limits)
    extents = []
    budget = limits.total_size
    for info in archive.infolist():
        if not info.filename.lower().endswith((".xml", ".rels", ".bin")):
            continue
        if "/media/" in info.filename or "vbaproject" in info.filename.lower():
            continue
        size, extent = _check_part(data, info, name, limits, budget)
        budget -= size
        if extent is not None:
            extents.append(extent)
    return extents


def check_declared(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Check what the directory says of its parts; nothing is unpacked.

    Raises:
        UserError: a part, or all of them together, would be too large, or one is encrypted.
    """
    total = 0
    for info in archive.infolist():
        total += info.file_size
        if (
            info.file_size > limits.part_size
            or total > limits.total_size
            or (
                info.file_size > limits.ratio_from
                and info.file_size > limits.ratio * max(1, info.compress_size)
            )
        ):
            raise _bomb(name)
        if info.flag_bits & 1:
            raise UserError(_("“{name}” is an encrypted zip; it cannot be read.").format(name=name))


def _bomb(name: str) -> UserError:
    return UserError(
        _(
            "“{name}” would unpack to far more than a spreadsheet can hold; it was not opened."
        ).format(name=name)
    )


def _check_part(
    data: bytes, info: zipfile.ZipInfo, name: str, limits: Limits, budget: int
) -> tuple[int, Extent | None]:
    """Unpack one part step by step, looking only."""
    packed = _packed_bytes(data, info, name)
    is_xml = not info.filename.lower().endswith(".bin")
    scan = _ExtentScan() if is_xml and _SHEET_PART.search(info.filename) else None
    prolog = _Prolog(name) if is_xml else None
    size = 0
    cap = min(limits.part_size, budget)
    for chunk in _unpack(packed, info.compress_type, name):
        size += len(chunk)
        if size > cap or (size > limits.ratio_from and size > limits.ratio * len(packed)):
            raise _bomb(name)
        if prolog is not None and prolog.feed(chunk):
            prolog = None
        if scan is not None:
            scan.feed(chunk)
    return size, scan.extent() if scan else None


def part_chunks(data: bytes, info: zipfile.ZipInfo, name: str, limits: Limits) -> Iterator[bytes]:
    """Unpack one part step by step, half a megabyte each; half as dear as zipfile's reader.

    Raises:
        UserError: the part is damaged, or larger than it may be.
    """
    size = 0
    for chunk in _unpack(_packed_bytes(data, info, name), info.compress_type, name):
        size += len(chunk)
        if size > limits.part_size:
            raise _bomb(name)
        yield chunk


def _packed_bytes(data: bytes, info: zipfile.ZipInfo, name: str) -> memoryview:
    """The compressed bytes of a part, located as every reader locates them."""
    header = data[info.header_offset : info.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise damaged(name)
    start = (
        info.header_offset
        + _LOCAL_HEADER
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )
    view = memoryview(data)[start : start + info.compress_size]
    if len(view) < info.compress_size:
        raise damaged(name)
    return view


def _unpack(packed: memoryview, method: int, name: str) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _STEP):
            yield bytes(packed[start : start + _STEP])
        return
    if method != zipfile.ZIP_DEFLATED:
        raise UserError(
            _("“{name}” is packed in a way that spreadsheet programs do not use.").format(name=name)
        )
    inflate = zlib.decompressobj(-15)
    pending: bytes | memoryview = b""
    position = 0
    while not inflate.eof:
        if not pending:
            pending = packed[position : position + _STEP_IN]
            position += _STEP_IN
        try:
            chunk = inflate.decompress(pending, _STEP)
        except zlib.error as error:
            raise damaged(name) from error
        if not chunk and not pending and not inflate.eof:
            raise damaged(name)
        pending = inflate.unconsumed_tail
        if chunk:
            yield chunk


class _Prolog:
    """Reads a part's XML up to its root element and refuses a DOCTYPE there."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._root
        self._done = False
        self._fed = 0

    def feed(self, chunk: bytes) -> bool:
        """Take the next bytes; True when the root element was reached."""
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk[:4096], False)
            if not self._done:
                self._parser.Parse(chunk[4096:], False)
        except expat.ExpatError:
            return True  # the reader itself will say that this is no XML
        if not self._done and self._fed > _PROLOG:
            raise _bomb(self._name)
        return self._done

    def _doctype(self, *_args: object) -> None:
        raise UserError(
            _("“{name}” carries a DOCTYPE, which no spreadsheet needs; it was not opened.").format(
                name=self._name
            )
        )

    def _root(self, *_args: object) -> None:
        self._done = True


class _ExtentScan:
    """Finds the farthest cell of a sheet's XML without parsing it.

    A guess for speed: a sheet that fools it makes the reading process run into its memory cap,
    and is then read by the sparse reader.
    """

    def __init__(self) -> None:
        self._tail = b""
        self._rows = 0
        self._columns = 1
        self._cells = 0
        self._steps = 0

    def feed(self, chunk: bytes) -> None:
        text = self._tail + chunk
        # Counting all of a large sheet costs as much as unpacking it: every eighth step will do.
        if self._steps < 8:
            self._cells += chunk.count(b"<c ") or chunk.count(b":c ")
        elif self._steps % 8 == 0:
            self._cells += 8 * (chunk.count(b"<c ") or chunk.count(b":c "))
        self._steps += 1
        for match in _FAR_COLUMN.finditer(text):
            self._columns = max(self._columns, column_index(match.group(1).decode()) + 1)
        for match in _MIDDLE_COLUMN.finditer(text, 0, 1 << 14):
            self._columns = max(self._columns, column_index(match.group(1).decode()) + 1)
        for match in _LAST_REF.finditer(text, max(0, len(text) - 4096)):
            self._rows = max(self._rows, int(match.group(2)))
        self._tail = text[-_OVERLAP:]

    def extent(self) -> Extent:
        return Extent(self._rows, self._columns, self._cells)
