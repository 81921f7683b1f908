"""The glance at a file agrees with the reading of it, and takes whatever bytes come along."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheet_files import write_ods, write_xlsx
from writers_biff import Formula, biff8, write_biff2
from writers_markup import Letter, mhtml, text_row, xml_sheet, xml_workbook
from writers_xlsb import write_xlsb

from crm_desktop.bridge.files.books import open_book
from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.peek import COLUMNS, ROWS, peek
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.values.text import cell_text, tidy_line

Rows = Sequence[Sequence[Any]]
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
TEXTS = st.text(LETTERS, min_size=1, max_size=8).filter(lambda text: text.strip() == text)
VALUES = (
    st.none()
    | TEXTS
    | st.booleans()
    | st.integers(-(1 << 31), 1 << 31)
    | st.floats(-1e9, 1e9, width=32).map(float)
    | st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1))
)
TABLES = st.lists(st.lists(VALUES, max_size=6), min_size=1, max_size=8)


def seen_of(kind: Format, data: bytes) -> tuple[tuple[str, ...], ...] | None:
    found = peek(Source(Path("a"), kind, data, "", 1 << 20), DEFAULT_LIMITS)
    return None if found is None else found.cells


def read_of(kind: Format, data: bytes) -> list[list[str]]:
    book = open_book(Source(Path("a"), kind, data, "", len(data)), DEFAULT_LIMITS)
    sheet = book.sheet(0)
    blanks = [""] * sheet.left
    return bare(
        [*blanks, *(tidy_line(cell_text(v)) for v in row)] for row in islice(sheet.rows(), ROWS)
    )


def bare(rows: Any) -> list[list[str]]:
    found = []
    for row in rows:
        line = list(row)
        while line and not line[-1]:
            line.pop()
        found.append(line)
    while found and not found[-1]:
        found.pop()
    return found


def written(write: Callable[[Path], object]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        write(path)
        return path.read_bytes()


def numbered(rows: Rows) -> dict[int, Sequence[Any]]:
    return dict(enumerate(rows))


def xlsb(rows: Rows, **how: Any) -> bytes:
    return written(lambda path: write_xlsb(path, {"A": numbered(rows)}, **how))


WRITERS: dict[str, tuple[Format, Callable[[Rows], bytes]]] = {
    "xls": (Format.XLS, lambda rows: biff8({"A": rows})),
    "xlsx": (Format.XLSX, lambda rows: written(lambda path: write_xlsx(path, {"A": rows}))),
    "ods": (Format.ODS, lambda rows: written(lambda path: write_ods(path, {"A": rows}))),
    "xlsb": (Format.XLSB, lambda rows: xlsb(rows, short=False)),
    "xlsb short": (Format.XLSB, lambda rows: xlsb(rows, short=True)),
    "xlsb days": (Format.XLSB, lambda rows: xlsb(rows, short=False, whole_days=True)),
}


@pytest.mark.parametrize("writer", WRITERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=TABLES, times=st.sampled_from([1, 20]))
def test_the_glance_agrees_with_the_reading(writer: str, rows: Rows, times: int) -> None:
    kind, write = WRITERS[writer]
    data = write([*rows, ["x"]] * times)
    seen = seen_of(kind, data)
    assert seen is not None
    assert bare(seen) == read_of(kind, data)


TABLE: Rows = [
    ["Nome", "Nascimento", "Saldo", "Sócio"],
    *(
        [f"João {n}", dt.date(1980, 1, 1), n / 4, n % 2 == 0, n, n + 1, Formula("王 " * (n % 3))]
        for n in range(70)
    ),
]
PLAIN: Rows = [[str(v) for v in row] for row in TABLE]
HTML = "".join("<tr>" + "".join(f"<td>{v}" for v in row) + "</tr>" for row in PLAIN)
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:João {}\r\nTEL;TYPE=CELL:91{}\r\nEND:VCARD\r\n"
XML = xml_workbook(xml_sheet("A", "".join(text_row(*row) for row in PLAIN)))
STREAMS: dict[str, tuple[Format, bytes]] = {
    "biff8": (Format.XLS, biff8({"A": [["x"]], "B": TABLE}, hidden=["A"])),
    "biff2": (
        Format.XLS,
        written(lambda path: write_biff2(path, [[f"João {n}", n / 4] for n in range(80)])),
    ),
    "html": (Format.HTML, f"<table>{HTML}</table>".encode()),
    "mhtml": (Format.MHTML, mhtml([Letter("file:///a.htm", f"<table>{HTML}</table>")])),
    "xml": (Format.XML, XML.encode()),
    "vcard": (Format.VCARD, "".join(CARD.format(n, n) for n in range(80)).encode()),
}
PACKED: dict[str, tuple[Format, bytes, str]] = {
    "ods": (*WRITERS["ods"][:1], WRITERS["ods"][1](PLAIN), "content.xml"),
    "xlsx": (Format.XLSX, WRITERS["xlsx"][1](PLAIN), "xl/worksheets/sheet1.xml"),
    "xlsb": (Format.XLSB, xlsb(TABLE, short=True), "xl/worksheets/sheet1.bin"),
    "xlsb book": (Format.XLSB, xlsb(TABLE, short=False), "xl/workbook.bin"),
    "xlsb texts": (Format.XLSB, xlsb(TABLE, short=False), "xl/sharedStrings.bin"),
    "xlsb styles": (Format.XLSB, xlsb(TABLE, short=False), "xl/styles.bin"),
}
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)),
    min_size=1,
    max_size=5,
)


def changed(data: bytes, changes: Sequence[tuple[float, bytes]], end: float) -> bytes:
    """Other bytes in some places, cut off somewhere."""
    made = bytearray(data)
    for place, other in changes:
        at = int(place * len(made))
        made[at : at + len(other)] = other
    return bytes(made[: max(1, round(end * len(made)))])


def is_in_order(seen: tuple[tuple[str, ...], ...] | None) -> bool:
    if seen is None:
        return True
    return 0 < len(seen) <= ROWS and all(len(row) <= COLUMNS for row in seen)


@pytest.mark.parametrize("name", STREAMS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES, end=st.just(1.0) | st.floats(0, 1))
def test_any_bytes_are_seen_or_not(
    name: str, changes: Sequence[tuple[float, bytes]], end: float
) -> None:
    kind, data = STREAMS[name]
    assert is_in_order(seen_of(kind, changed(data, changes, end)))


@pytest.mark.parametrize("name", PACKED)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES, end=st.just(1.0) | st.floats(0, 1))
def test_any_part_is_seen_or_not(
    name: str, changes: Sequence[tuple[float, bytes]], end: float
) -> None:
    kind, data, part = PACKED[name]
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as archive:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = changed(content, changes, end)
            archive.writestr(info.filename, content)
    assert is_in_order(seen_of(kind, made.getvalue()))


@pytest.mark.parametrize("name", PACKED)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES, end=st.just(1.0) | st.floats(0, 1))
def test_any_package_is_seen_or_not(
    name: str, changes: Sequence[tuple[float, bytes]], end: float
) -> None:
    kind, data, _part = PACKED[name]
    assert is_in_order(seen_of(kind, changed(data, changes, end)))


@pytest.mark.parametrize("name", [*STREAMS, *PACKED])
def test_what_is_left_alone_is_seen(name: str) -> None:
    kind, data = (STREAMS.get(name) or PACKED[name])[:2]
    assert seen_of(kind, data)
