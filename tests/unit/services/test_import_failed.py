"""Rows to put right: out as a workbook, and in again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlsxwriter

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.imports import SKIP
from crm_desktop.services.workspace import Workspace

GROUPS = [
    ["Agência Mar Aberto"],
    ["Nome", "Telefone", "E-mail", "Notas", "Lugar"],
    ["Lisboa"],
    ["Ana Silva", "912345678", "ana@example.org", "x", "janela"],
    ["Rui Costa", "913456789", "ver cartão", "y", "coxia"],
    ["Porto"],
    ["", "", "", "só uma nota", "janela"],
    ["Inês Melo", "914567890", "ines@example.org", "z", "coxia"],
    ["Total", "", "", "", "3"],
]


def _book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name in ("2018: a/b", "2018: a\\b"):
            sheet = book.add_worksheet(name.replace(":", "").replace("/", "-").replace("\\", " -"))
            for number, row in enumerate(GROUPS):
                sheet.write_row(number, 0, row)
    return path


def _single(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clientes")
        for number, row in enumerate(GROUPS):
            sheet.write_row(number, 0, row)
    return path


def test_rows_come_in_once_they_are_put_right(workspace: Workspace, tmp_path: Path) -> None:
    result = workspace.imports.import_files([_single(tmp_path / "clientes.xlsx")])
    target = tmp_path / "por corrigir.xlsx"
    assert workspace.imports.save_failed(result, target) == 2
    book = openpyxl.load_workbook(target)
    sheet = book["Clientes"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:5] == ["Nome", "Telefone", "E-mail", "Notas", "Lugar"]
    assert rows[0][5:] == ["City", "CRM Desktop · Reason"]
    # Headings and totals are no rows to put right.
    assert [row[0] for row in rows[1:]] == ["Rui Costa", None]
    assert "ver cartão" in rows[1][6]
    assert rows[1][5] == "Lisboa"
    assert rows[2][6] == "The row has no name, organisation, phone or e-mail."

    sheet["C2"] = "rui@example.org"
    sheet["A3"] = "Tó Reis"
    book.save(target)
    with workspace.imports.preview(target) as session:
        (preview,) = session.preview.sheets
        assert preview.plan.columns[-1].field == SKIP
        again = session.run(session.plans()).files[0].sheets[0]
    assert (again.created, again.updated, again.left_out, again.problem_count) == (1, 1, (), 0)
    people = workspace.customers
    rui = people.get(people.search("Rui")[0].id)
    assert "rui@example.org" in [p.value for p in rui.contact_points]
    new = people.get(people.search("Tó Reis")[0].id)
    assert new.notes == "só uma nota"
    assert new.addresses[0].city == "Porto"
    assert "CRM Desktop · Reason" not in new.custom


def test_every_sheet_keeps_a_name_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    result = workspace.imports.import_files([_book(tmp_path / "anos.xlsx")])
    target = tmp_path / "x.xlsx"
    workspace.imports.save_failed(result, target)
    assert len(openpyxl.load_workbook(target).sheetnames) == 2
    assert workspace.customers.count(CustomerListQuery()) == 3


def test_a_dry_run_keeps_no_rows(workspace: Workspace, tmp_path: Path) -> None:
    path = _single(tmp_path / "clientes.xlsx")
    result = workspace.imports.import_files([path], dry_run=True)
    assert workspace.imports.failed(result) == []
