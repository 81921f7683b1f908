"""Workbooks in the XML of Excel 2003."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from opened import Read, opened
from writers_markup import text_row, xml_sheet, xml_workbook

from crm_desktop.domain.errors import UserError


def test_types(tmp_path: Path) -> None:
    styles = (
        '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
        '<Style ss:ID="n"><NumberFormat ss:Format="#,##0.00"/></Style>'
        '<Style ss:ID="e"><NumberFormat ss:Format="dd/mm/yyyy;@"/></Style>'
    )
    rows = """<Row><Cell><Data ss:Type="Number">912345678</Data></Cell>
    <Cell><Data ss:Type="String">00351</Data></Cell>
    <Cell ss:StyleID="d"><Data ss:Type="DateTime">1980-02-01T00:00:00.000</Data></Cell>
    <Cell><Data ss:Type="DateTime">1980-02-01T10:30:00.000</Data></Cell>
    <Cell><Data ss:Type="DateTime">1899-12-31T10:30:00.000</Data></Cell>
    <Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Boolean">0</Data></Cell>
    <Cell><Data ss:Type="Error">#N/A</Data></Cell>
    <Cell ss:StyleID="e"><Data ss:Type="Number">38353</Data></Cell>
    <Cell ss:StyleID="n"><Data ss:Type="Number">1234.5</Data></Cell></Row>
    <Row ss:StyleID="d"><Cell><Data ss:Type="Number">38353</Data></Cell>
    <Cell ss:Formula="=1+1"><Data ss:Type="Number">1.5E+3</Data></Cell></Row>"""
    assert opened(tmp_path / "a.xls", xml_workbook(xml_sheet("A", rows), styles=styles)).rows == [
        [
            *(912345678.0, "00351", dt.date(1980, 2, 1), dt.datetime(1980, 2, 1, 10, 30)),
            *(dt.time(10, 30), True, False, "", dt.date(2005, 1, 1), 1234.5),
        ],
        [dt.date(2005, 1, 1), dt.date(1904, 2, 8)],
    ]


def test_gaps_merged_areas_and_repeated_rows(tmp_path: Path) -> None:
    rows = """<Column ss:Index="3" ss:Width="5"/>
    <Row ss:Index="2"><Cell ss:Index="2"><Data ss:Type="String">b2</Data></Cell>
    <Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">c2:d3</Data></Cell>
    <Cell><Data ss:Type="String">e2</Data></Cell></Row>
    <Row><Cell><Data ss:Type="String">a3</Data></Cell>
    <Cell ss:Index="5"><Data ss:Type="String">e3</Data></Cell></Row>
    <Row ss:Span="2" ss:AutoFitHeight="0"/>
    <Row><Cell ss:MergeDown="1"><Data ss:Type="String">a7:a8</Data></Cell>
    <Cell><Data ss:Type="String">b7</Data></Cell></Row>
    <Row><Cell><Data ss:Type="String">b8</Data></Cell></Row>
    <Row><Cell><Data ss:Type="String">a9</Data></Cell></Row>"""
    assert opened(tmp_path / "a.xml", xml_workbook(xml_sheet("A", rows))).rows == [
        [],
        ["", "b2", "c2:d3", "", "e2"],
        ["a3", "", "", "", "e3"],
        [],
        [],
        [],
        ["a7:a8", "b7"],
        ["", "b8"],
        ["a9"],
    ]


def test_texts(tmp_path: Path) -> None:
    rows = """<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>An</B>
<Font html:Color="#FF0000">a</Font></ss:Data>
    <Comment ss:Author="x"><ss:Data>nota</ss:Data></Comment><NamedCell ss:Name="Print_Area"/></Cell>
    <Cell><Data ss:Type="String">Rua A&#10;Lisboa &amp; &lt;b&gt; &#x738B;</Data></Cell>
    <Cell><Data ss:Type="String"><![CDATA[a <b> & c]]></Data></Cell><Cell/>
    <Cell><Data ss:Type="String"></Data></Cell>
    <Cell><Data ss:Type="String">fim</Data></Cell></Row>"""
    assert opened(tmp_path / "a.xml", xml_workbook(xml_sheet("A", rows))).rows == [
        ["An\na", "Rua A\nLisboa & <b> 王", "a <b> & c", "", "", "fim"]
    ]


def test_sheets_and_which_are_hidden(tmp_path: Path) -> None:
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{}</WorksheetOptions>'
    )
    found = opened(
        tmp_path / "a.xls",
        xml_workbook(
            xml_sheet("Ativos &amp; Cª", text_row("Nome", "Tel"), options.format("<Selected/>")),
            xml_sheet("B", text_row("x"), options.format("<Visible>SheetHidden</Visible>")),
            '<Worksheet ss:Name="C"/>',
        ),
    )
    assert (found.format, found.names) == ("xml", ["Ativos & Cª", "B", "C"])
    assert (found.hidden, found.sheets[2]) == ([False, True, False], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb2312", "windows-1252", "big5"])
def test_encodings_that_expat_knows_or_not(tmp_path: Path, encoding: str) -> None:
    name = {"gb2312": "王秀英", "big5": "陳雅婷"}.get(encoding, "João")
    text = xml_workbook(xml_sheet("A", text_row("Nome") + text_row(name)), encoding=encoding)
    assert opened(tmp_path / "a.xls", text, encoding=encoding).rows == [["Nome"], [name]]


@pytest.mark.parametrize("prefix", ["\ufeff", "\r\n  "])
def test_marks_and_blanks_before_the_declaration(tmp_path: Path, prefix: str) -> None:
    text = xml_workbook(xml_sheet("A", text_row("a")), prefix=prefix)
    assert opened(tmp_path / "a.xls", text).rows == [["a"]]


def test_other_prefixes_and_none(tmp_path: Path) -> None:
    text = (
        '<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet '
        'ss:Name="A"><ss:Table><ss:Row ss:Index="2"><ss:Cell ss:Index="2"><ss:Data '
        'ss:Type="String">x</ss:Data></ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>'
    )
    assert opened(tmp_path / "a.xls", text).rows == [[], ["", "x"]]
    bare = text.replace("ss:", "").replace(":ss=", "=")
    assert opened(tmp_path / "b.xls", bare).rows == [[], ["", "x"]]


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    text = xml_workbook(xml_sheet("A", text_row("&a;")))
    lol = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY b SYSTEM "file:///etc/passwd">]><Workbook'
    with pytest.raises(UserError, match="DOCTYPE"):
        opened(tmp_path / "a.xls", text.replace("<Workbook", lol, 1))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_cut_off_workbooks_say_so(tmp_path: Path, share: float) -> None:
    text = xml_workbook(xml_sheet("A", text_row("Nome", "Tel") * 500))
    with pytest.raises(UserError, match="damaged or was cut off"):
        opened(tmp_path / "a.xls", text[: int(len(text) * share)])


def test_a_workbook_without_sheets_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="without a sheet"):
        opened(tmp_path / "a.xls", xml_workbook())


def test_far_corners_cost_nothing(tmp_path: Path) -> None:
    cell = '<Cell ss:Index="16384"><Data ss:Type="String">x</Data></Cell>'
    far = f'<Row ss:Index="1048576">{cell}</Row>'
    rows = opened(tmp_path / "a.xls", xml_workbook(xml_sheet("A", text_row("a") + far))).rows
    assert (len(rows), len(rows[-1]), rows[-1][-1]) == (1_048_576, 16_384, "x")
    beyond = '<Row ss:Index="4000000000"><Cell><Data ss:Type="String">x</Data></Cell></Row>'
    with pytest.raises(UserError, match="damaged"):
        opened(tmp_path / "b.xls", xml_workbook(xml_sheet("A", beyond)))
    wide = '<Row><Cell ss:Index="999999999"><Data ss:Type="String">x</Data></Cell></Row>'
    with pytest.raises(UserError, match="16,384 columns"):
        opened(tmp_path / "c.xls", xml_workbook(xml_sheet("A", wide)))


def test_customers_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "clientes.xls"
    rows = text_row("Nome", "Telemóvel") + text_row("Ana Silva", "912345678")
    path.write_text(xml_workbook(xml_sheet("Clientes", rows)), encoding="utf-8")
    found = Read(path)
    assert [d.name for d in found.drafts] == ["Ana Silva"]
    assert found.preview.sheets[0].name == "Clientes"
