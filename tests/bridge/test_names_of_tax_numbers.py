"""One tax number under several names is one field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from archives import Bring, import_file

from crm_desktop.services.workspace import Workspace

NUMBER = "243000928"
ANA = ["Ana Reis", "912345671", NUMBER]


def table(header: str) -> list[list[Any]]:
    return [["Nome", "Telemóvel", header], ANA, ["Rui Costa", "912345672", "241186048"]]


def test_in_two_sheets_of_a_workbook(bring: Bring) -> None:
    imported = bring(table("NIF"), table("Contribuinte"), country="PT")
    assert [c["custom"] for c in imported.customers] == [{"NIF": NUMBER}, {"NIF": "241186048"}]
    assert imported.fields(1)["C"] == "custom:NIF"


def test_in_an_archive_that_has_it(workspace: Workspace, tmp_path: Path) -> None:
    for n, header in enumerate(("Contribuinte", "N.º Contribuinte", "NIF")):
        book = openpyxl.Workbook()
        for row in table(header):
            book.active.append(row)
        path = tmp_path / f"{n}.xlsx"
        book.save(path)
        found = import_file(workspace, path)
    assert found.by_name["Ana Reis"]["custom"] == {"Contribuinte": NUMBER}


def test_other_numbers_stay_apart(bring: Bring) -> None:
    rows = [["Nome", "Telemóvel", "NIF", "Contribuinte"], [*ANA, "502011475"]]
    imported = bring(rows, [["Nome", "Telemóvel", "CPF"], ANA], country="PT")
    own = imported.customers[0]["custom"]
    assert own == {"NIF": NUMBER, "Contribuinte": "502011475", "CPF": NUMBER}
