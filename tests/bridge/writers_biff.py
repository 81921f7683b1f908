"""A writer of old workbooks as bare streams, with all the records that hold a cell's value.

Shared texts go over several records, cut in the middle of a letter's row; numbers are stored in 64
or in 30 bits, alone or in a run; formulas have their results behind them.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[Any]]
_EPOCH = dt.date(1899, 12, 30)
_MOST = 512  # bytes of a record of shared texts; Excel has 8224


class Formula(str):
    """A text that a formula results in."""


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def biff8(
    sheets: Mapping[str, Rows],
    *,
    hidden: Sequence[str] = (),
    encrypted: bool = False,
    measured: bool = True,
) -> bytes:
    """A workbook of any length; pictures stand among what all sheets share."""
    strings: list[str] = []
    bodies = [_sheet(rows, strings, measured=measured) for rows in sheets.values()]
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    if encrypted:
        head += record(0x2F, struct.pack("<HHH", 0, 0x1234, 0x5678))
    head += record(0x42, struct.pack("<H", 1200))
    head += record(0x22, struct.pack("<H", 0))
    for number_format in (0, 14):
        xf = struct.pack("<HHHBBBBIIH", 0, number_format, 0, 0, 0, 0, 0, 0, 0, 0)
        head += record(0xE0, xf)
    tail = record(0xEB, bytes(800)) + record(0x3C, bytes(300)) + _shared(strings) + record(0x0A)
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    at = len(head) + len(tail) + sum(len(record(0x85, bytes(6) + name)) for name in names)
    bounds = b""
    for title, name, body in zip(sheets, names, bodies, strict=True):
        bounds += record(0x85, struct.pack("<IBB", at, int(title in hidden), 0) + name)
        at += len(body)
    return head + bounds + tail + b"".join(bodies)


def write_biff8(path: Path, sheets: Mapping[str, Rows], **how: Any) -> None:
    path.write_bytes(biff8(sheets, **how))


def write_biff2(path: Path, rows: Rows) -> None:
    """The stream of Excel 2 that many a program wrote by hand."""
    out = record(0x0009, struct.pack("<HH", 2, 0x10))
    out += record(0x0000, struct.pack("<HHHH", 0, len(rows), 0, max(map(len, rows))))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            place = struct.pack("<HH3s", r, c, b"")
            if isinstance(value, str):
                text = value.encode("cp1252")
                out += record(0x0004, place + bytes([len(text)]) + text)
            elif value is not None:
                out += record(0x0003, place + struct.pack("<d", value))
    path.write_bytes(out + record(0x0A))


def _shared(strings: Sequence[str]) -> bytes:
    """The table of shared texts, cut into many records."""
    parts = [struct.pack("<II", len(strings), len(strings))]
    for text in strings:
        wide = not text.isascii()
        if len(parts[-1]) + 3 > _MOST:
            parts.append(b"")
        packed = text.encode("utf-16-le" if wide else "latin-1")
        parts[-1] += struct.pack("<HB", len(packed) // (2 if wide else 1), int(wide))
        while packed:
            room = (_MOST - len(parts[-1])) // 2 * 2
            if room <= 0:
                parts.append(bytes([int(wide)]))  # which says anew how wide its letters are
                continue
            parts[-1] += packed[:room]
            packed = packed[room:]
    return record(0xFC, parts[0]) + b"".join(record(0x3C, part) for part in parts[1:])


def _sheet(rows: Rows, strings: list[str], *, measured: bool) -> bytes:
    out = bytearray(record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)))
    if measured:
        width = max(map(len, rows), default=0)
        out += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    places: dict[str, int] = {text: n for n, text in enumerate(strings)}
    for r, row in enumerate(rows):
        c = 0
        while c < len(row):
            run = c
            while run < len(row) and type(row[run]) is int and abs(row[run]) < 1 << 28:
                run += 1
            if run - c > 1:
                cells = b"".join(struct.pack("<Hi", 0, v << 2 | 2) for v in row[c:run])
                out += record(0xBD, struct.pack("<HH", r, c) + cells + struct.pack("<H", run - 1))
                c = run
                continue
            out += _cell(r, c, row[c], strings, places)
            c += 1
    return bytes(out + record(0x0A))


def _cell(row: int, column: int, value: Any, strings: list[str], places: dict[str, int]) -> bytes:
    place = struct.pack("<HHH", row, column, int(isinstance(value, dt.date)))
    if value is None:
        return record(0x0201, place)
    if isinstance(value, bool):
        return record(0x0205, place + bytes([value, 0]))
    if isinstance(value, dt.date):
        return record(0x027E, place + struct.pack("<i", (value - _EPOCH).days << 2 | 2))
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= 1 << 29):
        return record(0x0203, place + struct.pack("<d", value))
    if isinstance(value, int):
        return record(0x027E, place + struct.pack("<i", value << 2 | 2))
    if isinstance(value, Formula):
        result = b"\0\0\0\0\0\0\xff\xff"
        formula = record(0x0006, place + result + struct.pack("<HIH", 0, 0, 0))
        packed = value.encode("utf-16-le")
        return formula + record(0x0207, struct.pack("<HB", len(packed) // 2, 1) + packed)
    if value not in places:
        places[value] = len(strings)
        strings.append(value)
    return record(0x00FD, place + struct.pack("<I", places[value]))
