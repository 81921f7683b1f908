"""What xls sheets say beside their values."""

from __future__ import annotations

import struct
from pathlib import Path

from writers_traits import cell_style, record, text16, traits_of, write_biff8

from crm_desktop.bridge.files.books import open_book
from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.traits.model import Area, Comment, Traits

# Styles 1 to 5, after the default: plain, struck, yellow (palette 13), padded, elapsed.
STYLES = (
    cell_style()
    + cell_style(font_index=5)
    + cell_style(fill=13)
    + cell_style(number=164)
    + cell_style(number=46)
)
FORMATS = record(0x41E, struct.pack("<H", 164) + text16("00000"))
PLAIN, STRUCK, YELLOW, PADDED, ELAPSED = range(1, 6)


def label(row: int, column: int, text: str, style: int = PLAIN) -> bytes:
    return record(0x204, struct.pack("<HHH", row, column, style) + text16(text))


def number(row: int, column: int, value: float, style: int = PLAIN) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def blank(row: int, column: int, style: int) -> bytes:
    return record(0x201, struct.pack("<HHH", row, column, style))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x205, struct.pack("<HHHBB", row, column, PLAIN, code, 1))


def formula(row: int, column: int, tokens: bytes, value: float = 1.0) -> bytes:
    head = struct.pack("<HHHdHIH", row, column, PLAIN, value, 0, 0, len(tokens))
    return record(0x06, head + tokens)


def hidden_row(row: int) -> bytes:
    return record(0x208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x120))


def hidden_columns(first: int, last: int) -> bytes:
    return record(0x7D, struct.pack("<HHHHHH", first, last, 2048, 0, 1, 0))


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0xE5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def link(row: int, column: int, address: str) -> bytes:
    head = struct.pack("<HHHH", row, row, column, column)
    head += bytes.fromhex("D0C9EA79F9BACE118C8200AA004BA90B") + struct.pack("<II", 2, 3)
    head += bytes.fromhex("E0C9EA79F9BACE118C8200AA004BA90B")
    encoded = (address + "\0").encode("utf-16-le")
    return record(0x1B8, head + struct.pack("<I", len(encoded)) + encoded)


def note(row: int, column: int, text: str, author: str) -> bytes:
    common = struct.pack("<HHHHH", 0x15, 18, 0x19, 1, 0x4011) + bytes(12)
    obj = record(0x5D, common + struct.pack("<HH", 0, 0))
    txo = record(0x1B6, struct.pack("<HHHHHHHI", 0x212, 0, 0, 0, 0, len(text), 16, 0))
    txo += record(0x3C, b"\x01" + text.encode("utf-16-le"))
    txo += record(0x3C, struct.pack("<HHIHHI", 0, 0, 0, len(text), 0, 0))
    end = record(0x1C, struct.pack("<HHHH", row, column, 0, 1) + text16(author) + b"\0")
    return obj + txo + end


SUM = b"\x25\x00\x00\x05\x00\x00\xc0\x00\xc0" + b"\x19\x10\x00\x00"
SUBTOTAL = b"\x1e\x09\x00" + b"\x25\x00\x00\x05\x00\x00\xc0\x00\xc0" + b"\x42\x02\x58\x01"
TWICE = b"\x44\x00\x00\x00\xc0\x1e\x02\x00\x05"


def test_everything_of_an_old_workbook(tmp_path: Path) -> None:
    sheet = hidden_columns(3, 4) + hidden_row(2)
    sheet += b"".join(label(0, c, word) for c, word in enumerate("ABC"))
    sheet += label(1, 0, "Ana", STRUCK) + number(1, 1, 123, PADDED) + number(1, 2, 1.5, ELAPSED)
    sheet += label(2, 0, "Rui", YELLOW) + error(2, 1, 0x2A) + error(2, 2, 0x07)
    sheet += blank(3, 0, YELLOW) + label(3, 1, "x") + blank(3, 2, YELLOW)
    sheet += formula(4, 0, SUM) + formula(4, 1, SUBTOTAL) + formula(4, 2, TWICE)
    sheet += label(5, 0, "m") + merged(5, 6, 0, 2)
    sheet += label(7, 0, "y", YELLOW) + number(8, 0, 1) + blank(300, 0, YELLOW)
    sheet += link(1, 0, "https://a.example/") + note(1, 1, "Rui:\nvip", "Rui")
    path = write_biff8(tmp_path / "a.xls", sheet, styles=STYLES, formats=FORMATS, flag=1)
    assert traits_of(path) == Traits(
        hidden_rows={3},
        hidden_columns={3, 4},
        merged=[Area(6, 0, 7, 2)],
        links={(2, 0): "https://a.example/"},
        comments={(2, 1): Comment("vip", "Rui")},
        errors={(3, 1): "#N/A", (3, 2): "#DIV/0!"},
        sums={(5, 0), (5, 1)},
        struck={(2, 0)},
        fills={(3, 0): "#FFFF00", (4, 0): "#FFFF00", (8, 0): "#FFFF00"},
        number_formats={(2, 1): "00000", (2, 2): "[h]:mm:ss"},
        epoch_1904=True,
    )


def test_formatted_blank_rows_do_not_make_a_sheet_longer(tmp_path: Path) -> None:
    sheet = label(0, 0, "A") + label(1, 0, "x") + blank(5000, 3, YELLOW)
    path = write_biff8(tmp_path / "a.xls", sheet, styles=STYLES)
    source = load(path, None, DEFAULT_LIMITS)
    opened = open_book(source, DEFAULT_LIMITS).sheet(0)
    assert opened.height == 2
    assert [list(row) for row in opened.rows()] == [["A"], ["x"]]


def test_damaged_formatting_leaves_the_values(tmp_path: Path) -> None:
    # xlrd looks at merged cells for the formatting alone; these break off.
    sheet = label(0, 0, "A") + label(1, 0, "x") + error(2, 0, 0x2A) + record(0xE5, b"\x05")
    path = write_biff8(tmp_path / "a.xls", sheet, styles=STYLES)
    source = load(path, None, DEFAULT_LIMITS)
    assert [list(row) for row in open_book(source, DEFAULT_LIMITS).sheet(0).rows()][:2] == [
        ["A"],
        ["x"],
    ]
    assert traits_of(path) == Traits(
        errors={(3, 0): "#N/A"},
        unread=["What is hidden or merged, colours, links and notes could not be read."],
    )


def test_excel_2_has_values_and_no_formatting(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    attributes = b"\0\0\0"
    cell = struct.pack("<HH", 0, 0) + attributes + b"\x03Ana"
    path.write_bytes(
        record(0x09, struct.pack("<HH", 2, 0x10))
        + record(0x04, cell)
        + record(0x03, struct.pack("<HH", 1, 0) + attributes + struct.pack("<d", 5))
        + record(0x0A)
    )
    assert traits_of(path) == Traits(
        unread=["What is hidden or merged, colours, links and notes could not be read."]
    )
