"""A writer of binary workbooks, record by record; cells with their column or without it."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EPOCH = dt.date(1899, 12, 30)


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    length = b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + content


def wide(text: str) -> bytes:
    packed = text.encode("utf-16-le")
    return struct.pack("<I", len(packed) // 2) + packed


def rk(number: int | float) -> bytes:
    """A number in 30 bits, as integers and hundredths are stored."""
    if isinstance(number, int):
        return struct.pack("<i", number << 2 | 2)
    return struct.pack("<i", round(number * 100) << 2 | 3)


def cell(
    value: Any, column: int, strings: dict[str, int], *, short: bool, whole_days: bool = False
) -> bytes:
    """A cell's record; `short` leaves its column out, `whole_days` has dates as integers."""
    style = 1 if isinstance(value, dt.date) else 0
    head = struct.pack("<I", style) if short else struct.pack("<II", column, style)
    if value is None:
        kind, body = 1, b""
    elif isinstance(value, bool):
        kind, body = 4, bytes([value])
    elif isinstance(value, dt.date) and whole_days:
        kind, body = 2, rk((value - _EPOCH).days)
    elif isinstance(value, dt.date):
        kind, body = 5, struct.pack("<d", (value - _EPOCH).days)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) >= 1 << 29):
        kind, body = 5, struct.pack("<d", value)
    elif isinstance(value, int):
        kind, body = 2, rk(value)
    elif value == "#N/A":
        kind, body = 3, b"\x2a"
    elif len(value) % 2:
        kind, body = 7, struct.pack("<I", strings.setdefault(value, len(strings)))
    else:
        kind, body = 6, wide(value)
    return record(kind + 11 if short else kind, head + body)


def sheet(
    rows: Mapping[int, Sequence[Any]],
    strings: dict[str, int],
    *,
    short: bool,
    measured: bool,
    whole_days: bool,
) -> bytes:
    out = bytearray(record(129))
    if measured:
        out += record(148, struct.pack("<IIII", 0, max(rows), 0, max(map(len, rows.values())) - 1))
    out += record(145)
    for number, row in rows.items():
        out += record(0, struct.pack("<I", number) + bytes(13))
        for column, value in enumerate(row):
            out += cell(value, column, strings, short=short and column > 0, whole_days=whole_days)
    return bytes(out + record(146) + record(130))


def write_xlsb(
    path: Path,
    sheets: Mapping[str, Mapping[int, Sequence[Any]]],
    *,
    short: bool,
    measured: bool = True,
    whole_days: bool = False,
    hidden: Sequence[str] = (),
) -> None:
    """Write rows by their 0-based numbers."""
    strings: dict[str, int] = {}
    parts: dict[str, bytes] = {}
    relations = types = ""
    book = record(131) + record(153, bytes(12)) + record(143)
    for n, (name, rows) in enumerate(sheets.items(), start=1):
        parts[f"xl/worksheets/sheet{n}.bin"] = sheet(
            rows, strings, short=short, measured=measured, whole_days=whole_days
        )
        book += record(
            156, struct.pack("<II", int(name in hidden), n) + wide(f"rId{n}") + wide(name)
        )
        relations += (
            f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" '
            f'Target="worksheets/sheet{n}.bin"/>'
        )
        types += (
            f'<Override PartName="/xl/worksheets/sheet{n}.bin" '
            'ContentType="application/vnd.ms-excel.worksheet"/>'
        )
    relations += (
        f'<Relationship Id="s" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.bin"/>'
    )
    relations += f'<Relationship Id="t" Type="{_RELATIONS}/styles" Target="styles.bin"/>'
    parts["xl/workbook.bin"] = book + record(144) + record(132)
    parts["xl/sharedStrings.bin"] = (
        record(159, struct.pack("<II", len(strings), len(strings)))
        + b"".join(record(19, b"\0" + wide(text)) for text in strings)
        + record(160)
    )
    xf = struct.pack("<HHHHHBBHH", 0, 0, 0, 0, 0, 0, 0, 0, 0)
    parts["xl/styles.bin"] = (
        record(278)
        + record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 164) + wide("dd/mm/yyyy"))
        + record(616)
        + record(617, struct.pack("<I", 2))
        + record(47, xf)
        + record(47, xf[:2] + struct.pack("<H", 164) + xf[4:])
        + record(618)
        + record(279)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="bin" '
            f'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
            f'Id="r" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        )
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">{relations}'
            "</Relationships>",
        )
        for name, data in parts.items():
            archive.writestr(name, data)
