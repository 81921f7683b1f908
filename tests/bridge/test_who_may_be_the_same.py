"""Rows that may be somebody who is there already: each is a customer of its own, and is listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from archives import import_file
from sheet_files import write_xlsx

from crm_desktop.services.workspace import Workspace

HEADER = ["Nome", "Empresa", "Telemóvel", "Localidade", "Data de nascimento"]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "clientes.xlsx"


def perhaps(workspace: Workspace, path: Path, rows: Sequence[Sequence[str]]) -> list[int]:
    """The rows that are said to resemble somebody."""
    write_xlsx(path, {"Clientes": [HEADER, *rows]})
    made = import_file(workspace, path)
    found = [p for s in made.sheets for p in s.problems if p.problem.startswith("Perhaps")]
    assert all(p.value for p in found)
    return [problem.row for problem in found]


def test_nearly_the_same_name_in_one_city(workspace: Workspace, sheet: Path) -> None:
    rows = [
        ["Mariana Sousa", "", "912 345 678", "Lisboa", ""],
        ["Mariana Souza", "", "963 111 222", "LISBOA", ""],
        ["Mariana Souza", "", "963 111 333", "Porto", ""],
        ["Rui Sousa", "", "963 111 444", "Lisboa", ""],
    ]
    assert perhaps(workspace, sheet, rows) == [3]
    assert workspace.customers.search("mariana", limit=9)


def test_the_same_name_in_one_firm(workspace: Workspace, sheet: Path) -> None:
    rows = [
        ["Ana Silva", "Alfa Lda", "912 345 678", "", ""],
        ["Ana Maria Silva", "Alfa Lda", "963 111 222", "", ""],
        ["Ana Silva", "Beta Lda", "963 111 333", "", ""],
    ]
    assert perhaps(workspace, sheet, rows) == [3]


def test_another_birthday_says_that_they_are_two(workspace: Workspace, sheet: Path) -> None:
    rows = [
        ["Mariana Sousa", "", "912 345 678", "Lisboa", "1980-05-31"],
        ["Mariana Souza", "", "963 111 222", "Lisboa", "1975-01-02"],
    ]
    assert perhaps(workspace, sheet, rows) == []


def test_somebody_of_the_archive(workspace: Workspace, sheet: Path) -> None:
    assert perhaps(workspace, sheet, [["王秀英", "", "912 345 678", "上海", ""]]) == []
    write_xlsx(sheet, {"S": [HEADER, ["王秀英", "", "963 111 222", "上海", ""]]})
    with workspace.imports.preview(sheet) as session:
        (checked,) = session.check(session.plans()).files[0].sheets
        (done,) = session.run(session.plans()).files[0].sheets
    for result in (checked, done):
        assert result.created == 1
        (problem,) = [p for p in result.problems if p.problem.startswith("Perhaps")]
        assert (problem.row, problem.value) == (2, "王秀英")
        assert "王秀英" in problem.problem
