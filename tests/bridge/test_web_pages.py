"""Tables of web pages, as Excel, LibreOffice, browsers and programs on servers write them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from opened import Opened, Read, opened

from crm_desktop.domain.errors import UserError

PAGE = (
    "<html><body><table border=1><tr><th>Nome<th>Telefone<th>Cidade"
    "<tr><td>João Ávila<td>912345678<td>Évora</table></body></html>"
)
ROWS = [["Nome", "Telefone", "Cidade"], ["João Ávila", "912345678", "Évora"]]


@pytest.mark.parametrize("name", ["clientes.xls", "clientes.html", "clientes.csv", "clientes"])
def test_the_name_does_not_matter_and_end_tags_may_lack(tmp_path: Path, name: str) -> None:
    found = opened(tmp_path / name, PAGE)
    assert (found.format, found.names, found.rows) == ("html", [""], ROWS)


@pytest.mark.parametrize(
    "start",
    [
        "<table>",
        "\ufeff<!DOCTYPE html>\n<html><table>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><table>',
        "\r\n  <style>td{color:red}</style><table>",
        "<!-- report 7 --><center><b>Lista</b></center><table>",
        "<div><table>",
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>',
        "<meta charset=utf-8><table>",
    ],
)
def test_beginnings_of_pages(tmp_path: Path, start: str) -> None:
    body = "<tr><td>Nome</td><td>Email</td></tr><tr><td>Ana</td><td>a@x.pt</td></tr></table>"
    assert opened(tmp_path / "a.xls", start + body).rows == [["Nome", "Email"], ["Ana", "a@x.pt"]]


@pytest.mark.parametrize(
    ("encoding", "declared", "name"),
    [
        ("utf-8", "", "João 王秀英"),
        ("utf-8", "iso-8859-1", "João Ávila Conceição"),  # a header that lies
        ("utf-8-sig", "gb2312", "王秀英"),
        ("utf-16", "", "王秀英"),
        ("utf-16-le", "utf-16", "João"),
        ("gb18030", "gb2312", "王秀英镕"),
        ("big5", "big5", "陳雅婷"),
        ("cp932", "Shift_JIS", "山田太郎"),
        ("cp949", "ks_c_5601-1987", "김민수"),
        ("cp1252", "windows-1252", "João"),
        ("cp1251", "windows-1251", "Анна"),
        ("cp1252", "iso-8859-1", "“João” – €5"),
        ("cp1252", "", "João Conceição"),
        ("gb18030", "", "王秀英，北京市朝阳区建国路"),
    ],
)
def test_charsets(tmp_path: Path, encoding: str, declared: str, name: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    text = (
        f"<html><head>{meta if declared else ''}</head><table><tr><td>Name</td><td>Phone</td></tr>"
        f"<tr><td>{name}</td><td>912345678</td></tr></table>"
    )
    assert opened(tmp_path / "a.html", text, encoding=encoding).rows[1][0] == name


def test_merged_cells_have_their_value_once(tmp_path: Path) -> None:
    text = """<table>
    <tr><td colspan=2>Nome</td><td rowspan="2">Tel</td><td>X</td></tr>
    <tr><td>próprio</td><td>apelido</td><td>Y</td></tr>
    <tr><td rowspan=2 colspan=2>Ana Silva</td><td>1</td><td>2</td></tr>
    <tr><td>3</td><td>4</td></tr>
    <tr><td rowspan=0>b</td><td>c</td></tr>
    <tr><td>d</td></tr>
    </table>"""
    assert opened(tmp_path / "a.xls", text).rows == [
        ["Nome", "", "Tel", "X"],
        ["próprio", "apelido", "", "Y"],
        ["Ana Silva", "", "1", "2"],
        ["", "", "3", "4"],
        ["b", "c"],
        ["", "d"],
    ]


def test_texts_of_cells(tmp_path: Path) -> None:
    text = (
        "<table><tr><td>Rua A<br>2.º Dto<br/><br>Lisboa</td><td>&nbsp;</td><td>A&amp;B&lt;C&#233;"
        "&euro;&notanentity;</td><td> a\n   b\t c </td></tr>"
        "<tr><td><p>um</p><p>dois</p></td><td><b>An</b>a <i>Silva</i></td><td>5 < 6 > 4</td>"
        "<td><span style='display: none'>0001</span>visível<script>x('<td>')</script></td></tr>"
        "<tr style='display:none'><td>oculta<td title='a > b <i>' data-x=\"</td>\">z<td>"
        "<input type=hidden value=segredo><input value='912'><select><option>a<option selected>b"
        "</select><td><!-- <td>nada</td> -->fim<![if !x]>!<![endif]></tr></table>"
    )
    assert opened(tmp_path / "a.xls", text).rows == [
        ["Rua A\n2.º Dto\nLisboa", "", "A&B<Cé€¬anentity;", "a b c"],
        ["um\ndois", "Ana Silva", "5 < 6 > 4", "visível"],
        ["oculta", "z", "912b", "fim!"],
    ]


def test_types_that_excel_gives(tmp_path: Path) -> None:
    text = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--
    td {mso-number-format:General;}
    .xl24 {mso-style-parent:style0; mso-number-format:"\\@";}
    .xl25, .xl99 {mso-number-format:"Short Date";}
    .xl26 {mso-number-format:"dd\\/mm\\/yyyy\\;\\@";}
    .xl27 {mso-number-format:"\\#\\,\\#\\#0\\.00";}
    --></style></head><table>
    <tr><td class=xl24 x:num="912345678">0912345678</td><td class=xl25 align=right x:num="38353">
    1/1/2005</td><td class=xl26 x:num="29252">x</td><td class=xl27 x:num="1234567.5">1,234,567.50
    </td></tr>
    <tr><td x:num>12.5</td><td x:num="351912345678">3.51912E+11</td><td x:bool="TRUE">VERDADEIRO
    </td><td x:err="#N/A">#N/A</td></tr>
    <tr><td x:str="123">123</td><td style='mso-number-format:"Short Date"' x:num="38353.5">x</td>
    <td x:num="1234">01234</td><td>00351</td></tr></table>"""
    assert opened(tmp_path / "a.xls", text).rows == [
        ["0912345678", dt.date(2005, 1, 1), dt.date(1980, 2, 1), 1234567.5],
        [12.5, 351912345678.0, True],
        ["123", dt.datetime(2005, 1, 1, 12), "01234", "00351"],
    ]


def test_types_that_libreoffice_gives(tmp_path: Path) -> None:
    text = """<table><tr><td sdval="38353" sdnum="1033;0;DD/MM/YYYY">01/01/2005</td>
    <td sdval="12.5" sdnum="1033;">12,5</td><td sdnum="1033;0;@">007</td></tr>
    <tr><td>a<td>b<td>c</table>"""
    assert opened(tmp_path / "a.html", text).rows[0] == [dt.date(2005, 1, 1), 12.5, "007"]


def test_a_sheet_for_each_table_that_holds_data(tmp_path: Path) -> None:
    text = """<body><table width=100%><tr><td>logo</td><td>menu</td></tr><tr><td colspan=2>
    <h2>Particulares</h2>
    <table><tr><th>Nome<th>Tel<tr><td>Ana<td>1<tr><td>Rui<td>2</table>
    <table><caption>Empresas</caption><tr><td>Firma<td>Tel<tr><td>Mar Lda<td>3</table>
    <table><tr><td>© 2020</td></tr></table>
    </td></tr></table>
    <table><tr><td>E-mail<tr><td>a@x.pt<tr><td>b@x.pt</table></body>"""
    found = opened(tmp_path / "a.html", text)
    assert found.names == ["Particulares", "Empresas", "Table 3"]
    assert found.sheets == [
        [["Nome", "Tel"], ["Ana", "1"], ["Rui", "2"]],
        [["Firma", "Tel"], ["Mar Lda", "3"]],
        [["E-mail"], ["a@x.pt"], ["b@x.pt"]],
    ]


def test_a_small_table_within_a_cell_is_its_text(tmp_path: Path) -> None:
    inner = "<table><tr><td>casa<td>21<tr><td>trabalho<td>22</table>"
    rows = "".join(f"<tr><td>Ana {n}<td>{inner}<td>Lisboa</tr>" for n in range(3))
    found = opened(tmp_path / "a.html", f"<table><tr><th>Nome<th>Tel<th>Cidade</tr>{rows}</table>")
    assert found.rows[1:] == [[f"Ana {n}", "casa 21\ntrabalho 22", "Lisboa"] for n in range(3)]


def test_the_name_of_a_sheet_saved_by_excel(tmp_path: Path) -> None:
    office = (
        "<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet>"
        "<x:Name>Clientes &amp; Co</x:Name></x:ExcelWorksheet></x:ExcelWorksheets>"
        "</x:ExcelWorkbook></xml><![endif]-->"
    )
    found = opened(tmp_path / "a.xls", f"<html><head>{office}</head>{PAGE[12:]}")
    assert (found.names, found.rows) == (["Clientes & Co"], ROWS)


def test_a_workbook_saved_with_a_folder_beside_it(tmp_path: Path) -> None:
    sheet = (
        "<x:ExcelWorksheet><x:Name>{name}</x:Name><x:WorksheetSource HRef='Livro_files/{file}'/>"
        "</x:ExcelWorksheet>"
    )
    frame = (
        "<html><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
        + sheet.format(name="Ativos", file="sheet001.htm")
        + sheet.format(name="Antigos", file="sheet002.htm")
        + "</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head><frameset>"
        "<frame src='Livro_files/sheet001.htm'><frame src='Livro_files/tabstrip.htm'></frameset>"
    )
    path = tmp_path / "Livro.htm"
    path.write_text(frame)
    with pytest.raises(UserError, match="only the frame of a saved workbook"):
        Opened(path)
    folder = tmp_path / "Livro_files"
    folder.mkdir()
    (folder / "stylesheet.css").write_text('.xl9 {mso-number-format:"Short Date"}')
    (folder / "sheet001.htm").write_text(
        "<table><tr><td>Nome<td>Desde<tr><td>Ana<td class=xl9 x:num=38353>x</table>"
    )
    hidden = "<!--[if gte mso 9]><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible><![endif]-->"
    (folder / "sheet002.htm").write_text(hidden + "<table><tr><td>Nome<tr><td>Rui</table>")
    found = Opened(path)
    assert (found.names, found.hidden) == (["Ativos", "Antigos"], [False, True])
    assert found.sheets == [
        [["Nome", "Desde"], ["Ana", dt.date(2005, 1, 1)]],
        [["Nome"], ["Rui"]],
    ]


def test_no_page_reads_files_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret.htm").write_text(PAGE)
    inner = tmp_path / "in"
    inner.mkdir()
    for address in ("../secret.htm", str(tmp_path / "secret.htm"), "file:///etc/passwd", "a\0b"):
        with pytest.raises(UserError, match="frame"):
            opened(inner / "a.htm", f"<html><frameset><frame src='{address}'></frameset></html>")


def test_pages_without_a_table_say_so(tmp_path: Path) -> None:
    for text in ("<html><body><p>Olá</p></body></html>", "<table></table>", "<html>"):
        with pytest.raises(UserError, match="web page without a table"):
            opened(tmp_path / "a.xls", text)


def test_text_tables_that_begin_with_a_bracket_are_none(tmp_path: Path) -> None:
    found = opened(tmp_path / "a.csv", "<Nome>,<Telefone>\nAna,912345678\n")
    assert (found.format, found.rows[0]) == ("csv", ["<Nome>", "<Telefone>"])
    cell = 'Nome,Nota\nAna,"<table><tr><td>x</td></tr></table>"\n'
    assert opened(tmp_path / "b.csv", cell).format == "csv"


def test_other_xml_says_what_it_is(tmp_path: Path) -> None:
    for text, said in (
        ("<?xml version='1.0'?><invoices/>", "an XML file, but not one that Excel wrote"),
        ('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word document"),
        (
            '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:'
            'xmlns:office:1.0"/>',
            "flat OpenDocument",
        ),
    ):
        with pytest.raises(UserError, match=said):
            opened(tmp_path / "a.xml", text)


def test_customers_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    path.write_text(PAGE, encoding="utf-8")
    found = Read(path)
    assert found.columns == {"Nome": "name", "Telefone": "phone", "Cidade": "city"}
    assert [(d.name, d.addresses[0].city) for d in found.drafts] == [("João Ávila", "Évora")]
