"""What is seen of a file at once is what it begins with once all of it was read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from opened import Opened, Read
from sheet_files import write_ods, write_xls, write_xlsx
from writers_biff import Formula, biff8, record, write_biff2, write_biff8
from writers_markup import Letter, mhtml, text_row, workbook_frame, xml_sheet, xml_workbook
from writers_xlsb import write_xlsb

from crm_desktop.bridge.files.calamine import CalamineBook
from crm_desktop.bridge.files.formats import Format, Source, load
from crm_desktop.bridge.files.peek import COLUMNS, ROWS, peek
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.values.text import cell_text, tidy_line
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import SheetPeek

HEADS = ["Nome", "Telemóvel", "Nascimento", "Saldo", "Sócio", "Pontos", "Notas"]
NOTE = "Prefere que lhe telefonem à tarde; 王秀英 conhece a filha. "


def people(count: int) -> list[list[Any]]:
    rows: list[list[Any]] = [["Lista de clientes"], [], list(HEADS)]
    for n in range(count):
        born = dt.date(1960, 1, 1) + dt.timedelta(days=n) if n % 3 else None
        note = NOTE * (n % 4) if n % 2 else f"nota {n}"
        rows.append([f"João {n}", 910_000_000 + n, born, n / 8, n % 2 == 0, n % 100, note])
    return rows


def texts(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """Rows without the blanks at their ends, and without blank ones at the end."""
    found = []
    for row in rows:
        line = list(map(str, row))
        while line and not line[-1]:
            line.pop()
        found.append(line)
    while found and not found[-1]:
        found.pop()
    return found


def glance(path: Path) -> SheetPeek | None:
    found: list[SheetPeek | None] = []
    load(path, None, DEFAULT_LIMITS, lambda source: found.append(peek(source, DEFAULT_LIMITS)))
    (seen,) = found
    return seen


def begins_as_it_is_read(path: Path) -> SheetPeek:
    """What is seen of a file, if it is the same as what is read later."""
    seen = glance(path)
    assert seen is not None
    book = Opened(path)
    first = book.hidden.index(False)
    assert seen.format == book.format
    assert seen.names[seen.sheet] == book.names[first]
    read = [
        [tidy_line(cell_text(value))[:200] for value in row[:COLUMNS]]
        for row in book.sheets[first][:ROWS]
    ]
    assert texts(seen.cells) == texts(read)
    assert any(map(any, seen.cells))
    return seen


def numbered(rows: Sequence[Sequence[Any]]) -> dict[int, Sequence[Any]]:
    return {n: row for n, row in enumerate(rows) if row}


@pytest.mark.parametrize("count", [30, 3000])
def test_old_workbooks(tmp_path: Path, count: int) -> None:
    path = tmp_path / "clientes.xls"
    rows = people(count)
    for n, row in enumerate(rows[3:]):
        row.append(Formula(f"cálculo {n}"))
    sheets = {"Velhos": [["nada"]], "Clientes": rows, "2019": people(400)}
    write_biff8(path, sheets, hidden=["Velhos"])
    seen = begins_as_it_is_read(path)
    assert seen.names == ("Clientes", "2019")
    assert seen.rows == len(rows)
    assert texts(seen.cells)[2] == HEADS
    assert seen.cells[4][2] == "1960-01-02"
    assert texts(seen.cells)[4][-1] == "cálculo 1"
    assert len(seen.cells) == min(ROWS, len(rows))


def test_an_old_workbook_in_its_container(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    rows = [[f"João {n}", dt.date(1980, 5, 1), n / 4] for n in range(800)]
    write_xls(path, {"Clientes": rows, "Outros": [["x"]]})
    assert begins_as_it_is_read(path).names == ("Clientes", "Outros")


def test_a_workbook_of_excel_2(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    write_biff2(path, [["Nome", "Saldo"], *([f"João {n}", n / 4] for n in range(2000))])
    seen = begins_as_it_is_read(path)
    assert seen.rows == 2001
    assert seen.cells[ROWS - 1] == (f"João {ROWS - 2}", "14.5")


def test_texts_far_behind_are_shown_by_a_sign(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    last = [[f"texto {n}"] for n in range(30_000)]
    first = [["Nome", "Notas"], ["Ana", "texto 29999"], ["Rui", "texto 5"]]
    # The shared texts of the sheet that is read last come first.
    write_biff8(path, {"Antes": last, "Clientes": first}, hidden=["Antes"])
    seen = glance(path)
    assert seen is not None
    assert texts(seen.cells) == [["…", "…"], ["…", "…"], ["…", "texto 5"]]


def test_an_encrypted_workbook_is_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    write_biff8(path, {"Clientes": people(500)}, encrypted=True)
    assert glance(path) is None


def test_nothing_behind_the_first_rows_of_an_old_workbook_matters(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    whole = biff8({"Clientes": people(3000)})
    path.write_bytes(whole[: len(whole) // 2] + b"\xff" * 20_000)
    broken = glance(path)
    path.write_bytes(whole)
    assert broken == glance(path)


def test_charts_on_a_sheet_are_passed_over() -> None:
    chart = (
        record(0x0809, bytes((0, 6, 0x20, 0)) + bytes(12))
        + record(0x0203, bytes(14))
        + record(0x0A)
    )
    rows = [["Nome", "Notas"], *([f"Ana {n}", NOTE] for n in range(100))]
    plain = biff8({"Clientes": rows})
    sheet = plain.index(record(0x0200)[:2] + b"\x0e\x00")
    data = plain[:sheet] + chart + plain[sheet:]
    source = Source(Path("a.xls"), Format.XLS, data, "", 1 << 20)
    seen = peek(source, DEFAULT_LIMITS)
    assert seen is not None
    assert seen.cells[:2] == (("Nome", "Notas"), ("Ana 0", tidy_line(NOTE)))


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("whole_days", [False, True])
def test_binary_workbooks(tmp_path: Path, short: bool, whole_days: bool) -> None:
    path = tmp_path / "clientes.xlsb"
    rows = people(2500)
    sheets = {"Velhos": {0: ["x"]}, "Clientes": numbered(rows), "2019": {0: ["y"]}}
    write_xlsb(path, sheets, short=short, whole_days=whole_days, hidden=["Velhos"])
    seen = begins_as_it_is_read(path)
    assert seen.names == ("Clientes", "2019")
    assert seen.rows == len(rows)


def test_open_document(tmp_path: Path) -> None:
    path = tmp_path / "clientes.ods"
    write_ods(path, {"Clientes": people(5000), "2019": people(3)})
    seen = begins_as_it_is_read(path)
    # The other's name stands behind all rows of this one.
    assert seen.names == ("Clientes",)


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def write_document(path: Path, tables: str, *, styles: str = "", head: str = "") -> None:
    """An OpenDocument sheet that is large enough to be glanced at."""
    spaces = "".join(
        f' xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content{spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    small = path.with_name("small.ods")
    write_ods(small, {"x": [["x"]]})
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(path, "w") as archive:
        for info in old.infolist():
            archive.writestr(info, content if info.filename == "content.xml" else old.read(info))
        archive.writestr("Thumbnails/thumbnail.png", bytes(20_000))


def said(text: str, attrs: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{attrs}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def line(*cells: str, attrs: str = "") -> str:
    return f"<table:table-row{attrs}>{''.join(cells)}</table:table-row>"


def test_what_an_open_document_repeats_and_hides(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    note = (
        "<office:annotation><text:p>nota</text:p></office:annotation>"
        "<text:p>João <text:span>A.</text:span> &amp; filhos</text:p><text:p>Porto</text:p>"
    )
    rows = [
        line(blank, said("Nome"), said("Cidade", ' table:number-columns-repeated="3"')),
        line(blank, attrs=' table:number-rows-repeated="4"'),
        "<table:table-row-group><table:table-header-rows>",
        line(
            blank,
            f'<table:table-cell office:value-type="string">{note}</table:table-cell>',
            '<table:covered-table-cell table:number-columns-repeated="60"/>',
            said("fora"),
        ),
        "</table:table-header-rows></table:table-row-group>",
        line(blank, said("Ana"), attrs=' table:number-rows-repeated="20"'),
        *(line(blank, said(f"Rui {n}")) for n in range(100)),
    ]
    styles = (
        '<style:style style:name="ta1" style:family="table"><style:table-properties '
        'table:display="false"/></style:style>'
    )
    old = line(said("x"))
    hidden = f'<table:table table:name="Velha" table:style-name="ta1">{old}</table:table>'
    shapes = "<table:shapes><text:p>forma</text:p></table:shapes><table:table-column/>"
    table = f'<table:table table:name="Clientes &amp; Cª">{shapes}{"".join(rows)}</table:table>'
    write_document(path, hidden + table, styles=styles)
    seen = begins_as_it_is_read(path)
    assert seen.names == ("Clientes & Cª",)
    assert texts(seen.cells)[0] == ["", "", "Nome", "Cidade", "Cidade", "Cidade"]
    assert seen.cells[5][2] == "João A. & filhos Porto"
    assert [row[2] for row in seen.cells[25:27]] == ["Ana", "Rui 0"]


def test_a_document_without_end_is_seen_as_far_as_it_matters(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    everywhere = line(
        said("x", ' table:number-columns-repeated="16384"'),
        attrs=' table:number-rows-repeated="1048576"',
    )
    write_document(path, f'<table:table table:name="A">{everywhere * 100}</table:table>')
    with path.open("rb") as file:
        source = Source(path, Format.ODS, file.read(), "", 1 << 20)
    seen = peek(source, DEFAULT_LIMITS)
    assert seen is not None
    assert seen.cells == (("x",) * COLUMNS,) * ROWS


def test_only_its_beginning_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ods"
    rows = "".join(line(said(f"Ana {n}"), said("y" * 400)) for n in range(20_000))
    write_document(path, f'<table:table table:name="A">{rows}</table:table>')
    given: list[int] = []
    real = CalamineBook.__init__

    def counted(self: CalamineBook, source: Source) -> None:
        given.append(len(source.data))
        real(self, source)

    monkeypatch.setattr(CalamineBook, "__init__", counted)
    seen = glance(path)
    assert seen is not None
    assert len(seen.cells) == ROWS
    assert given[0] < 100_000


def test_a_row_too_long_to_be_seen_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    rows = line(said("Ana")) + line(said("Rui"), *[said("z" * 1000)] * 5000)
    write_document(path, f'<table:table table:name="A">{rows}</table:table>')
    seen = glance(path)
    assert seen is not None
    assert texts(seen.cells) == [["Ana"]]


def test_a_document_with_a_doctype_is_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    table = f'<table:table table:name="A">{line(said("&a;")) * 100}</table:table>'
    write_document(path, table, head='<!DOCTYPE x [<!ENTITY a "b">]>')
    found: list[SheetPeek | None] = []
    with pytest.raises(UserError, match="DOCTYPE"):
        load(path, None, DEFAULT_LIMITS, lambda source: found.append(peek(source, DEFAULT_LIMITS)))
    assert found == [None]


# --- markup and cards ----------------------------------------------------------------------------


def html(rows: Sequence[Sequence[Any]], end: str = "</tr>") -> str:
    body = "".join(f"<tr>{''.join(f'<td>{v}</td>' for v in row)}{end}\n" for row in rows)
    return f"<table>{body}</table>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["</tr>", "</TR>", ""])
def test_web_pages(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "clientes.xls"
    rows = [["Nome", "Cidade"], *([f"王秀英 {n}", "上海"] for n in range(5000))]
    path.write_text(f"<html><body>{html(rows, end)}</body></html>", encoding=encoding)
    assert begins_as_it_is_read(path).format == "html"


def test_a_short_table_before_a_long_one(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    short = [["Nome", "Cidade"], ["Ana", "Porto"], ["Rui", "Faro"]]
    long = [[f"João {n}", "Lisboa"] for n in range(20_000)]
    path.write_text(f"<h1>Hoje</h1>{html(short)}<h1>Todos</h1>{html(long)}", encoding="utf-8")
    seen = begins_as_it_is_read(path)
    assert len(seen.cells) == 3


def test_a_table_far_down_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    rows = [["Nome", "Cidade"], *([f"João {n}", "Lisboa"] for n in range(9000))]
    style = f"<style>{'.x { color: red }' * 5000}</style>"
    path.write_text(f"<html>{style}{html(rows)}</html>", encoding="utf-8")
    assert len(begins_as_it_is_read(path).cells) == ROWS


def test_a_page_without_a_table_is_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><p>{'x' * 2_000_000}</p></html>", encoding="utf-8")
    assert glance(path) is None


@pytest.mark.parametrize("packing", ["quoted-printable", "base64"])
def test_saved_letters(tmp_path: Path, packing: str) -> None:
    path = tmp_path / "clientes.mht"
    days = [[f"João {n}", f"<span>{n}</span>"] for n in range(20_000)]
    rows = [["Nome", "Dia"], *days]
    page = html(rows).replace("<td><span>", '<td class="d" x:num="36526"><span>')
    css = '.d { mso-number-format:"dd\\/mm\\/yyyy"; }'
    parts = [
        Letter("file:///Livro.htm", workbook_frame("Clientes", "2019")),
        Letter("file:///Livro_files/sheet001.htm", f"<html>{page}</html>", packing=packing),
        Letter("file:///Livro_files/sheet002.htm", html([["a", "b"]] * 3)),
        Letter("file:///Livro_files/stylesheet.css", css, "text/css"),
    ]
    path.write_bytes(mhtml(parts))
    seen = begins_as_it_is_read(path)
    assert seen.names[0] == "Clientes"
    assert seen.cells[1] == ("João 0", "2000-01-01")


def test_workbooks_in_xml(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    rows = [text_row("Nome", "Cidade"), *(text_row(f"王 {n}", "上海") for n in range(20_000))]
    style = '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    sheet = xml_sheet("Clientes", "".join(rows))
    path.write_text(xml_workbook(sheet, xml_sheet("B", ""), styles=style), encoding="utf-8")
    assert begins_as_it_is_read(path).names == ("Clientes",)


def test_a_workbook_in_xml_that_hides_a_sheet_is_not_seen(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    hidden = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    sheets = [
        xml_sheet("Velha", text_row("x") * 9000, hidden),
        xml_sheet("Clientes", text_row("y") * 9),
    ]
    path.write_text(xml_workbook(*sheets), encoding="utf-8")
    assert glance(path) is None


def test_address_cards(tmp_path: Path) -> None:
    path = tmp_path / "contactos.vcf"
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:João {n}\r\nTEL;TYPE=CELL:91{n:07d}\r\nEND:VCARD\r\n"
        for n in range(3000)
    ]
    path.write_text("".join(cards), encoding="utf-8")
    seen = begins_as_it_is_read(path)
    assert texts(seen.cells)[:2] == [["Full name", "Mobile phone"], ["João 0", "910000000"]]


def test_what_is_seen_is_what_the_preview_shows(tmp_path: Path) -> None:
    rows = people(1400)[2:]
    writers: dict[str, Callable[[Path], None]] = {
        "a.xls": lambda path: write_biff8(path, {"Clientes": rows}),
        "a.ods": lambda path: write_ods(path, {"Clientes": rows}),
        "a.xlsb": lambda path: write_xlsb(path, {"Clientes": numbered(rows)}, short=True),
        "a.xlsx": lambda path: write_xlsx(path, {"Clientes": rows}),
        "a.html": lambda path: path.write_text(html(rows), encoding="utf-8") and None,
    }
    for name, write in writers.items():
        path = tmp_path / name
        write(path)
        seen = glance(path)
        assert seen is not None, name
        assert texts(seen.cells) == texts(Read(path).preview.sheets[0].cells[:ROWS]), name


def test_the_spare_bytes_of_a_stream_are_no_records() -> None:
    data = biff8({"A": [["Ana"]] * 9}, measured=False)
    assert data.endswith(record(0x0A))
    padded = io.BytesIO(data)
    padded.seek(-4, io.SEEK_END)
    padded.write(bytes(400))
    source = Source(Path("a.xls"), Format.XLS, padded.getvalue(), "", 1 << 20)
    seen = peek(source, DEFAULT_LIMITS)
    assert seen is not None
    assert texts(seen.cells) == [["Ana"]] * 9
