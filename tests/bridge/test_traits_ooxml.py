"""What xlsx sheets say beside their values."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment as Note
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from PIL import Image as Picture
from writers_traits import (
    MAIN,
    prefixed,
    raw_xlsx,
    relations,
    rewrite,
    strict,
    traits_of,
    without,
    worksheet,
)

from crm_desktop.bridge.traits.model import Area, Comment, DefinedTable, Image, Traits

YELLOW = "#FFFF00"


def png() -> io.BytesIO:
    buffer = io.BytesIO()
    Picture.new("RGB", (4, 4), "red").save(buffer, "PNG")
    buffer.seek(0)
    return buffer


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A workbook that says everything once, by xlsxwriter."""
    path = tmp_path / "full.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Clientes")
    struck = book.add_format({"font_strikeout": True})
    yellow = book.add_format({"bg_color": "#FFFF00"})
    white = book.add_format({"bg_color": "#FFFFFF"})
    phone = book.add_format({"num_format": "000 000 000"})
    money = book.add_format({"num_format": '#,##0.00 "€"'})
    for column, word in enumerate(("Nome", "Tel", "Total", "Notas")):
        sheet.write(0, column, word)
    sheet.write(1, 0, "Ana", yellow)
    sheet.write(1, 1, 912345678, phone)
    sheet.write(1, 2, 5, money)
    sheet.write(2, 0, "Rui", struck)
    sheet.write(2, 1, "x", white)
    sheet.write_blank(3, 0, None, yellow)
    sheet.write(3, 1, "só")
    sheet.write_blank(4, 1, None, yellow)
    sheet.write_formula("C6", "=SUM(C2:C5)", None, 5)
    sheet.write_formula("C7", "=NA()", None, "#N/A")
    sheet.write_formula("D6", "=C2*2", None, 10)
    sheet.write_formula("D7", '=HYPERLINK("https://b.example","b")', None, "b")
    sheet.write_formula("D8", "=DSUM(A1:B2,1,C1:C2)", None, 3)
    sheet.write_url("D2", "https://a.example/x?y=1&z=2", string="a")
    sheet.write_url("D3", "internal:Clientes!A1", string="in")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(4, 5, None, None, {"hidden": True})
    sheet.merge_range("A10:C11", "junto")
    sheet.write_comment("B2", "Ligar à tarde", {"author": "Maria"})
    sheet.insert_image("D9", "logo.png", {"image_data": png()})
    sheet.add_table("A20:B23", {"name": "Vendas", "total_row": True})
    book.close()
    return path


def expected_full() -> Traits:
    return Traits(
        hidden_rows={3},
        hidden_columns={4, 5},
        merged=[Area(10, 0, 11, 2)],
        tables=[DefinedTable("Vendas", Area(20, 0, 23, 1), 1, 1)],
        links={(2, 3): "https://a.example/x?y=1&z=2", (7, 3): "https://b.example"},
        comments={(2, 1): Comment("Ligar à tarde", "Maria")},
        images=[Image((9, 3), "xl/media/image1.png", "image/png", "logo")],
        errors={(7, 2): "#N/A"},
        sums={(6, 2)},
        struck={(3, 0)},
        fills={(2, 0): YELLOW, (4, 0): YELLOW},
        money={(2, 2): "EUR"},
        number_formats={(2, 1): "000 000 000"},
        cells=20,
    )


def test_everything_of_a_workbook(full: Path) -> None:
    assert traits_of(full) == expected_full()


def test_the_sparse_reader_gives_the_same_sheets(full: Path) -> None:
    assert traits_of(full, sparse=True) == expected_full()


def test_a_strict_workbook_says_the_same(full: Path, tmp_path: Path) -> None:
    assert traits_of(strict(full, tmp_path / "strict.xlsx")) == expected_full()


def test_a_prefixed_workbook_says_the_same(full: Path, tmp_path: Path) -> None:
    found = traits_of(prefixed(full, tmp_path / "prefixed.xlsx"))
    assert plain(found) == plain(expected_full())


def test_a_wrong_dimension_and_none_change_nothing(full: Path, tmp_path: Path) -> None:
    for number, dimension in enumerate((b'<dimension ref="A1"/>', b"")):
        target = rewrite(
            full,
            tmp_path / f"{number}.xlsx",
            lambda _name, data, d=dimension: data.replace(b'<dimension ref="A1:D23"/>', d),
        )
        assert traits_of(target) == expected_full()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: re.sub(rb'<c r="(\w+)"', rb"<c r='\1'", data),
        lambda data: data.replace(b"<sheetData>", b"<sheetData><!-- <c r='A1' t='e'> -->"),
        lambda data: data.replace(b'<c r="', b'<c\n r="'),
        lambda data: data.replace(b"</c><c", b"</c>\n<c").replace(b"><v>", b">\n<v>"),
        lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda data: re.sub(rb'<c r="(\w+)" s="(\d+)"', rb'<c s="\2" r="\1"', data),
    ],
    ids=["quotes", "comment", "newline", "blanks", "utf-16", "order"],
)
def test_unusual_xml_says_the_same(full: Path, tmp_path: Path, change) -> None:
    part = "xl/worksheets/sheet1.xml"
    odd = rewrite(full, tmp_path / "odd.xlsx", lambda n, d: change(d) if n == part else d)
    assert plain(traits_of(odd, sparse=True)) == plain(expected_full())


def plain(traits: Traits) -> Traits:
    """Without what is told from the usual writing alone."""
    traits.money = {}
    return traits


STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
    '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor indexed="13"/></patternFill></fill></fills>'
    '<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="164" fontId="0" fillId="0"/>'
    '<xf numFmtId="31" fontId="1" fillId="1"/><xf numFmtId="14" fontId="2" fillId="2"/>'
    '<xf numFmtId="46" fontId="0" fillId="3"/></cellXfs>'
)


def test_cells_without_references_are_counted(tmp_path: Path) -> None:
    rows = (
        '<row><c><v>1</v></c><c s="1"><v>2</v></c></row>'
        '<row hidden="1"><c t="e"><v>#REF!</v></c><c r="D2" s="4"><v>1</v></c>'
        "<c><f>A1</f></c></row>"
        '<row r="7"><c s="2"><v>3</v></c></row>'
    )
    traits = traits_of(raw_xlsx(tmp_path / "a.xlsx", worksheet(rows), styles=STYLES), sparse=True)
    assert traits == Traits(
        hidden_rows={2},
        errors={(2, 0): "#REF!"},
        unevaluated={(2, 4)},
        struck={(7, 0)},
        fills={(2, 3): YELLOW},
        number_formats={(1, 1): "00000", (2, 3): "[h]:mm:ss", (7, 0): 'yyyy"年"m"月"d"日"'},
        cells=5,
    )


def test_colours_of_the_theme_and_the_palette(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" s="3"><v>1</v></c></row>'
        '<row r="2"><c r="A2" s="4"><v>1</v></c></row><row r="3"><c r="A3"><v>1</v></c></row>'
    )
    traits = traits_of(raw_xlsx(tmp_path / "a.xlsx", worksheet(rows), styles=STYLES))
    assert traits.fills == {(1, 0): "#A2B8E2", (2, 0): YELLOW}


def test_formulas_with_and_without_their_value(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1"><f>A1&amp;"x"</f><v/></c><c r="D1"><f>A1</f><v></v></c>'
        '<c r="E1" t="str"><f>IF(A1,"","")</f><v></v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A2:C2" si="3">SUM(A3:A9)</f><v>1</v></c>'
        '<c r="B2"><f t="shared" si="3"/><v>2</v></c><c r="C2"><f t="shared" si="3"/></c>'
        '<c r="D2"><f t="shared" si="4"/><v>1</v></c></row>'
        '<row r="3"><c r="A3"><f>_xlfn.AGGREGATE(9,5,B1:B3)</f><v>1</v></c>'
        '<c r="B3"><f>10+subtotal(9,B1:B2)</f><v>1</v></c>'
        '<c r="C3"><f>SUMIF(A1:A2,1)</f><v>1</v></c>'
        '<c r="D3" t="array"><f>SUMPRODUCT(A1:A2)</f><v>1</v></c></row>'
    )
    traits = traits_of(raw_xlsx(tmp_path / "a.xlsx", worksheet(rows)))
    assert traits.unevaluated == {(1, 0), (1, 2), (1, 3), (2, 2)}
    assert traits.sums == {(2, 0), (2, 1), (2, 2), (3, 0), (3, 1)}
    assert traits.cells == 8


def test_a_colour_all_over_the_sheet_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    yellow = book.add_format({"bg_color": "#FFFF00"})
    red = book.add_format({"bg_color": "#FF0000"})
    for row in range(9000):
        for column in range(8):
            sheet.write(row, column, row, red if row % 100 == 0 and column == 2 else yellow)
    book.close()
    traits = traits_of(path)
    assert traits.fills == {(row + 1, 2): "#FF0000" for row in range(0, 9000, 100)}


def test_a_colour_that_fills_the_beginning_alone_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    yellow = book.add_format({"bg_color": "#FFFF00"})
    for row in range(12000):
        for column in range(8):
            sheet.write(row, column, row, yellow if row < 3000 else None)
    book.close()
    assert traits_of(path).fills == {(r + 1, c): YELLOW for r in range(3000) for c in range(8)}


def test_a_few_yellow_rows_of_a_short_list_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in range(1, 7):
        for column in (1, 2):
            cell = book.active.cell(row, column, f"{row}{column}")
            if row in (2, 4, 5):
                cell.fill = PatternFill("solid", fgColor="FFFF00")
    book.save(path)
    assert set(traits_of(path).fills) == {(r, c) for r in (2, 4, 5) for c in (0, 1)}


def test_openpyxl_writes_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet.append(["Nome", "Data", "Total"])
    sheet.append(["Ana", dt.date(2020, 1, 2), "=SUM(C3:C4)"])
    sheet["A2"].font = Font(strike=True)
    sheet["A2"].comment = Note("Maria:\nvip", "Maria")
    sheet["B2"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["A2"].hyperlink = "mailto:ana@example.org"
    sheet.append(["Rui", "", ""])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("B3:C3")
    sheet.add_table(Table(displayName="T", ref="A1:C3"))
    book.save(path)
    assert traits_of(path) == Traits(
        hidden_rows={3},
        hidden_columns={1},
        merged=[Area(3, 1, 3, 2)],
        tables=[DefinedTable("T", Area(1, 0, 3, 2), 1, 0)],
        links={(2, 0): "mailto:ana@example.org"},
        comments={(2, 0): Comment("vip", "Maria")},
        unevaluated={(2, 2)},
        sums={(2, 2)},
        struck={(2, 0)},
        number_formats={(2, 1): 'yyyy"年"m"月"d"日"'},
        epoch_1904=True,
        cells=6,
    )


def threaded(tmp_path: Path, thread: str) -> Path:
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    person = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "person", "persons/person.xml")
    )
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    return raw_xlsx(
        tmp_path / "threads.xlsx",
        worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'),
        parts={
            "xl/_rels/workbook.xml.rels": person,
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("rId1", "comments", "../comments1.xml"),
                ("rId2", "threadedComment", "../threadedComments/threadedComment1.xml"),
            ).replace(f"{kind}x", kind),
            "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author>'
            "<author>Rui</author></authors><commentList>"
            '<comment ref="A1" authorId="0"><text><t>[Threaded comment] …</t></text></comment>'
            '<comment ref="B5" authorId="1"><text><r><t>Rui:</t></r><r><t>\nfala alemão</t></r>'
            "</text></comment></commentList></comments>",
            "xl/threadedComments/threadedComment1.xml": thread.format(space=space),
            "xl/persons/person.xml": f'<personList xmlns="{space}">'
            '<person displayName="Ana Dias" id="{{A}}"/><person displayName="Li" id="{{B}}"/>'
            "</personList>".replace("{{", "{").replace("}}", "}"),
        },
    )


THREAD = (
    '<ThreadedComments xmlns="{space}"><threadedComment ref="A1" dT="2024-05-01T10:20:30.45" '
    'personId="{{A}}" id="{{1}}"><text>Ligar?</text></threadedComment>'
    '<threadedComment ref="A1" dT="2024-05-02T10:20:30.45" personId="{{B}}" id="{{2}}" '
    'parentId="{{1}}"><text>Feito</text></threadedComment></ThreadedComments>'
)


def test_threads_carry_author_and_time(tmp_path: Path) -> None:
    assert traits_of(threaded(tmp_path, THREAD)).comments == {
        (1, 0): Comment("Ligar?\nLi: Feito", "Ana Dias", "2024-05-01T10:20:30"),
        (5, 1): Comment("fala alemão", "Rui"),
    }


def test_broken_parts_cost_themselves_alone(full: Path, tmp_path: Path) -> None:
    broken = {
        "xl/comments1.xml": ("comments", "The notes on cells could not be read."),
        "xl/styles.xml": (
            "fills struck number_formats money",
            "Colours, struck text and number formats could not be read.",
        ),
        "xl/tables/table1.xml": ("tables", "The tables that the file declares could not be read."),
        "xl/drawings/drawing1.xml": ("images", "The pictures of this sheet could not be read."),
    }
    for number, (part, (names, sentence)) in enumerate(broken.items()):
        target = without(full, tmp_path / f"{number}.xlsx", part, b"<a><b></a>")
        expected = expected_full()
        for name in names.split():
            setattr(expected, name, type(getattr(expected, name))())
        expected.unread = [sentence]
        assert traits_of(target, sparse=True) == expected, part


def test_a_picture_in_a_cell_is_no_error(tmp_path: Path) -> None:
    parts = {
        "xl/metadata.xml": f'<metadata xmlns="{MAIN}"><futureMetadata name="XLRICHVALUE"><bk>'
        '<extLst><ext><x:rvb xmlns:x="r" i="0"/></ext></extLst></bk></futureMetadata>'
        '<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>',
        "xl/richData/rdrichvalue.xml": '<rvData xmlns="r"><rv s="0"><v>0</v><v>5</v></rv></rvData>',
        "xl/richData/richValueRel.xml": '<richValueRels xmlns="r" xmlns:q="q"><rel q:id="rId1"/>'
        "</richValueRels>",
        "xl/richData/_rels/richValueRel.xml.rels": relations(
            ("rId1", "image", "../media/image1.png")
        ),
        "xl/media/image1.png": png().getvalue(),
    }
    rows = (
        '<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c>'
        '<c r="B1" t="e"><v>#VALUE!</v></c></row>'
    )
    traits = traits_of(raw_xlsx(tmp_path / "a.xlsx", worksheet(rows), parts=parts))
    assert traits.images == [Image((1, 0), "xl/media/image1.png", "image/png")]
    assert traits.errors == {(1, 1): "#VALUE!"}


def test_links_without_target_and_ranges(tmp_path: Path) -> None:
    after = (
        '<hyperlinks><hyperlink ref="A1:A2" r:id="rId1"/><hyperlink ref="B1" r:id="rId2" '
        'location="top"/><hyperlink ref="C1" r:id="gone"/><hyperlink ref="D1" location="S!A1"/>'
        "</hyperlinks>"
    )
    rels = relations(("rId1", "hyperlink", "mailto:a@b.c"), ("rId2", "hyperlink", "https://x.y/"))
    path = raw_xlsx(
        tmp_path / "a.xlsx",
        worksheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=after),
        parts={"xl/worksheets/_rels/sheet1.xml.rels": rels},
    )
    assert traits_of(path).links == {
        (1, 0): "mailto:a@b.c",
        (2, 0): "mailto:a@b.c",
        (1, 1): "https://x.y/#top",
    }


def test_each_sheet_has_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for number in range(3):
        sheet = book.add_worksheet(f"Folha {number} & Cª")
        sheet.write(number, 0, "x")
        sheet.set_row(number, None, None, {"hidden": True})
    book.close()
    assert [traits_of(path, n).hidden_rows for n in range(3)] == [{1}, {2}, {3}]


def test_csv_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    assert traits_of(path) == Traits()


def test_hidden_rows_without_cells_at_the_end(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"/><row r="9" hidden="true"/>'
    )
    path = raw_xlsx(tmp_path / "a.xlsx", worksheet(rows, after='<rowBreaks count="0"/>'))
    assert traits_of(path).hidden_rows == {2, 9}
    with zipfile.ZipFile(path) as archive:
        assert b"rowBreaks" in archive.read("xl/worksheets/sheet1.xml")
