"""Comments, links, errors, hidden rows, formats: what a sheet says beside its values comes in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import writers_traits
import xlsxwriter
from archives import import_file
from openpyxl.comments import Comment

from crm_desktop.domain.customers import CustomerId, CustomerListQuery, InteractionKind
from crm_desktop.services.workspace import Workspace

A, B = "912345678", "913456789"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clientes.xlsx"


def test_comments_become_notes(workspace: Workspace, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Nome", "Telefone", "Notas"], ["Ana Silva", A, "janela"], ["Rui Costa", B, ""]):
        sheet.append(row)
    sheet["B2"].comment = Comment("ligar só de manhã", "Marta")
    book.save(path)
    found = import_file(workspace, path)
    assert found.by_name["Ana Silva"]["notes"] == "janela\nMarta: ligar só de manhã"
    again = import_file(workspace, path)
    assert again.by_name["Ana Silva"]["notes"] == "janela\nMarta: ligar só de manhã"


def test_links_fill_email_and_link(workspace: Workspace, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nome", "Telefone", "Página"])
    sheet.write_url(1, 0, "mailto:Ana@example.org?subject=x", string="Ana Silva")
    sheet.write(1, 1, A)
    sheet.write_url(1, 2, "https://ana.example/", string="página")
    book.close()
    (ana,) = import_file(workspace, path).customers
    assert ana["name"] == "Ana Silva"
    assert [e["address"] for e in ana["emails"]] == ["ana@example.org"]
    assert ana["custom"] == {"Página": "página", "Link": "https://ana.example/"}


def test_the_words_of_a_link_to_an_address_are_no_address(workspace: Workspace, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nome", "Telefone", "E-mail"])
    for row, (name, number) in enumerate((("Ana Silva", A), ("Rui Costa", B)), start=1):
        sheet.write_row(row, 0, [name, number, "rui@example.org"])
    sheet.write_url(1, 2, "mailto:ana@example.org", string="escrever")
    book.close()
    found = import_file(workspace, path)
    assert found.by_name["Ana Silva"]["emails"] == [{"address": "ana@example.org", "label": ""}]
    assert [e["address"] for e in found.by_name["Rui Costa"]["emails"]] == ["rui@example.org"]
    assert found.sheets[0].problems == ()


def test_errors_and_formulas_without_results_are_told(workspace: Workspace, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Nome", "Telefone", "Cidade"], ["Ana Silva", A, "Porto"], ["Rui", B, "=NOW()"]):
        sheet.append(row)
    sheet["C2"] = "#N/A"
    sheet["C2"].data_type = "e"
    book.save(path)
    with workspace.imports.preview(path) as session:
        (preview,) = session.preview.sheets
    assert any("error" in sentence for sentence in preview.warnings)
    found = import_file(workspace, path)
    problems = [(p.row, p.column, p.value) for p in found.sheets[0].problems]
    assert problems == [(2, "C", "#N/A"), (3, "C", "")]


def test_hidden_rows_and_columns_come_in_and_are_told(workspace: Workspace, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for r, row in enumerate((["Nome", "Telefone"], ["Ana Silva", A], ["Rui Costa", B])):
        sheet.write_row(r, 0, row)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    book.close()
    with workspace.imports.preview(path) as session:
        (preview,) = session.preview.sheets
    assert (preview.beside.hidden_rows, preview.beside.hidden_columns) == (1, (1,))
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa"]
    assert found.phones("Rui Costa") == ["+351" + B]


def test_number_formats_say_more_than_numbers(workspace: Workspace, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    code = book.add_format({"num_format": "00000"})
    sheet.write_row(0, 0, ["Nome", "Telefone", "Código"])
    sheet.write_row(1, 0, ["Ana Silva", A])
    sheet.write_number(1, 2, 42, code)
    book.close()
    (ana,) = import_file(workspace, path).customers
    assert ana["custom"] == {"Código": "00042"}


def test_struck_rows_are_flagged(workspace: Workspace, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    struck = book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, ["Nome", "Telefone"])
    sheet.write_row(1, 0, ["Ana Silva", A])
    sheet.write_row(2, 0, ["Rui Costa", B], struck)
    book.close()
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa"]
    assert [p.row for p in found.sheets[0].problems] == [3]


def test_merged_header_and_headings(workspace: Workspace, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range("A1:A2", "Nome")
    sheet.merge_range("B1:C1", "Telefone")
    sheet.write_row("B2", ["Casa", "Emprego"])
    sheet.merge_range("A3:C3", "Amigos da casa")
    sheet.write_row(3, 0, ["Ana Silva", "211234567", "223456789"])
    sheet.merge_range("A5:C5", "Outros")
    sheet.write_row(5, 0, ["Rui Costa", "211234568", "223456780"])
    book.close()
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa"]
    labels = [p["label"] for p in found.by_name["Rui Costa"]["phones"]]
    assert labels == ["home", "work"]
    assert found.by_name["Rui Costa"]["tags"] == ["Outros"]


def test_dated_comments_stand_on_the_timeline(workspace: Workspace, tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>{more}'
            "</table:table-cell>"
        )

    comment = (
        "<office:annotation><dc:creator>Marta</dc:creator><dc:date>2019-05-06T10:30:00</dc:date>"
        "<text:p>ligar só de manhã</text:p></office:annotation>"
    )
    rows = (cell("Nome") + cell("Telefone"), cell("Ana Silva", comment) + cell(A))
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    path = tmp_path / "clientes.ods"
    writers_traits.write_ods(path, f'<table:table table:name="Folha1">{body}</table:table>')
    import_file(workspace, path)
    (number,) = workspace.customers.ids(CustomerListQuery())
    (entry,) = workspace.customers.timeline(CustomerId(number), limit=5)
    assert (entry.kind, entry.text) == (InteractionKind.NOTE, "Marta: ligar só de manhã")
    assert entry.at.astimezone().replace(tzinfo=None) == datetime(2019, 5, 6, 10, 30)
    import_file(workspace, path)
    assert len(workspace.customers.timeline(CustomerId(number), limit=5)) == 1
