"""The first rows of a file, before anything of it was looked through."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from crm_desktop.bridge.files.formats import Source, load
from crm_desktop.bridge.files.peek import COLUMNS, ROWS, peek
from crm_desktop.bridge.files.peek import shown as peeking
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS, Limits
from crm_desktop.bridge.sheets.pipeline import Workbook
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import SheetPeek

HEADS = ["Nome", "Telefone", "Nascimento", "Notas"]


def glance(path: Path, limits: Limits = DEFAULT_LIMITS) -> SheetPeek | None:
    """What is seen of a file early on its way in."""
    found: list[SheetPeek | None] = []

    def early(source: Source) -> None:
        assert not source.sha256
        found.append(peek(source, limits))

    load(path, None, limits, early)
    return found[0] if found else None


def people(count: int) -> Iterator[list[object]]:
    for n in range(count):
        yield [f"João {n}", f"91{n:07d}", 30_000 + n, "Prefere telefone " * (n % 5)]


@pytest.fixture
def long_book(tmp_path: Path) -> Path:
    path = tmp_path / "clientes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden = book.add_worksheet("Velhos")
        hidden.write(0, 0, "nada")
        sheet = book.add_worksheet("Clientes")
        sheet.activate()
        sheet.set_first_sheet()
        hidden.hide()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(1, 0, HEADS)
        for number, row in enumerate(people(3000), start=2):
            sheet.write_row(number, 0, row)
            sheet.write_number(number, 2, row[2], day)
        book.add_worksheet("2019").write(0, 0, "Ana")
    return path


def test_a_workbook_begins_as_its_preview_does(long_book: Path) -> None:
    seen = glance(long_book)
    assert seen is not None
    assert (seen.file, seen.format) == ("clientes.xlsx", "xlsx")
    assert seen.names == ("Clientes", "2019")
    assert seen.names[seen.sheet] == "Clientes"
    assert seen.rows == 3002
    assert len(seen.cells) == ROWS
    source = load(long_book, None, DEFAULT_LIMITS)
    preview = Workbook(source, "PT", DEFAULT_LIMITS, sparse=False).inspect(lambda _d, _a: None)
    shown = next(s for s in preview.sheets if s.name == "Clientes")
    assert shown.first_row == 1

    def bare(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
        return [
            list(row)[: max((i + 1 for i, v in enumerate(row) if v), default=0)] for row in rows
        ]

    assert bare(seen.cells) == bare(shown.cells)


def test_a_wide_sheet_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(80):
            sheet.write_row(row, 0, [f"r{row}c{column}" for column in range(200)])
    seen = glance(path)
    assert seen is not None
    assert {len(row) for row in seen.cells} == {COLUMNS}


def test_only_what_is_shown_is_unpacked(long_book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Numbers of texts behind the first megabytes are shown by a sign, never looked up.
    path = long_book.with_name("far.xlsx")
    strings = "".join(f"<si><t>text {n:06d} {'x' * 60}</t></si>" for n in range(120_000))

    def rewrite(name: str, data: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return f'<sst xmlns="http://x">{strings}</sst>'.encode()
        if name == "xl/worksheets/sheet2.xml":
            return data.replace(b'<c r="B3" t="s"><v>6</v>', b'<c r="B3" t="s"><v>119999</v>')
        return data

    changed(long_book, path, rewrite)
    read = 0
    real = peeking.part_chunks

    def counted(*args: object) -> Iterator[bytes]:
        nonlocal read
        for chunk in real(*args):  # type: ignore[arg-type]
            read += len(chunk)
            yield chunk

    monkeypatch.setattr(peeking, "part_chunks", counted)
    seen = glance(path)
    assert seen is not None
    assert seen.cells[2][0].startswith("text 000005")
    assert seen.cells[2][1] == "…"
    assert read < 6 * 1024 * 1024


def changed(old: Path, new: Path, rewrite: object) -> None:
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            target.writestr(info.filename, rewrite(info.filename, source.read(info)))  # type: ignore[operator]


def test_a_doctype_is_not_unpacked_into_sight(long_book: Path) -> None:
    path = long_book.with_name("doctype.xlsx")

    def rewrite(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return data
        return re.sub(rb"(<worksheet)", rb'<!DOCTYPE x [<!ENTITY a "b">]>\1', data)

    changed(long_book, path, rewrite)
    found: list[SheetPeek | None] = []
    with pytest.raises(UserError, match="DOCTYPE"):
        load(path, None, DEFAULT_LIMITS, lambda source: found.append(peek(source, DEFAULT_LIMITS)))
    assert found == [None]


def test_declared_sizes_are_respected(long_book: Path) -> None:
    found: list[SheetPeek | None] = []
    tight = DEFAULT_LIMITS._replace(part_size=10_000)
    with pytest.raises(UserError, match="unpack"):
        load(long_book, None, tight, lambda source: found.append(peek(source, tight)))
    assert found == [None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_table(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "clientes.csv"
    name = "王秀英" if encoding == "gb18030" else "João da Conceição"
    lines = [delimiter.join(("Nome", "Telefone", "Cidade", "Notas"))]
    lines += [delimiter.join((f"{name} {n}", f"91{n:07d}", "Lisboa", "-")) for n in range(20_000)]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    seen = glance(path)
    assert seen is not None
    assert (seen.names, seen.format, seen.rows) == (("",), "csv", None)
    assert seen.cells[0] == ("Nome", "Telefone", "Cidade", "Notas")
    assert seen.cells[ROWS - 1] == (f"{name} {ROWS - 2}", f"91{ROWS - 2:07d}", "Lisboa", "-")


def test_a_line_that_the_glance_cuts_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "long lines.csv"
    path.write_text("".join(f"Ana {n},{'x' * 9000}\n" for n in range(20)), encoding="utf-8")
    seen = glance(path)
    assert seen is not None
    assert [row[0] for row in seen.cells] == [f"Ana {n}" for n in range(7)]


def test_small_files_have_none(tmp_path: Path) -> None:
    small = tmp_path / "small.csv"
    small.write_text("Nome,Telefone\nAna,912345678\n", encoding="utf-8")
    assert glance(small) is None
