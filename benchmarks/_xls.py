"""A large old workbook: BIFF8 in an OLE container, written as [MS-XLS] and [MS-CFB] say.

Sectors of 4,096 bytes, so that the first list of sectors reaches for any such workbook.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

_SECTOR = 4096
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def write_xls(path: Path, rows: Iterable[Sequence[str | float]]) -> None:
    """Write one sheet called Clientes; texts and numbers, at most 65,536 rows."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    begin += _record(0x42, struct.pack("<H", 1200))
    begin += _record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    name = struct.pack("<BB", 8, 1) + "Clientes".encode("utf-16-le")
    start = len(begin) + 4 + 6 + len(name) + 4
    book = [begin, _record(0x85, struct.pack("<IBB", start, 0, 0) + name), _record(0x0A, b"")]
    book.append(_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = struct.pack("<HHHHB", r, c, 0, len(value), 1) + value.encode("utf-16-le")
                book.append(_record(0x0204, text))
            else:
                book.append(_record(0x0203, struct.pack("<HHHd", r, c, 0, value)))
    book.append(_record(0x0A, b""))
    path.write_bytes(_compound(b"".join(book)))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    stream += b"\0" * (-len(stream) % _SECTOR)
    sectors, a_fat = len(stream) // _SECTOR, _SECTOR // 4
    fats = -(-(sectors + 1) // (a_fat - 1))
    chain = [_FAT] * fats + [_END, *range(fats + 2, fats + 1 + sectors), _END]
    chain += [_FREE] * (fats * a_fat - len(chain))
    header = struct.pack(
        "<8s16s6H10I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 4, 0xFFFE, 12, 6, 0),
        *(0, 1, fats, fats, 0, _SECTOR, _END, 0, _END, 0),
    )
    header += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    root = _entry("Root Entry", 5, _END, 0, child=1)
    directory = root + _entry("Workbook", 2, fats + 1, len(stream))
    return (
        header.ljust(_SECTOR, b"\0")
        + struct.pack(f"<{len(chain)}I", *chain)
        + directory.ljust(_SECTOR, b"\0")
        + stream
    )


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    places = (_FREE, _FREE, child)
    return struct.pack(
        "<64sHBBIII16sIQQIQ", text, len(text), kind, 1, *places, b"", 0, 0, 0, start, size
    )
