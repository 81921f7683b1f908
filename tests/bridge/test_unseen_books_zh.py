"""Chinese and English books that nobody had seen when the rules were written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from archives import Imported

from crm_desktop.services.workspace import Workspace

HEADER = ["Student", "Parent", "Phone"]
MATEO = ["Mateo Vila", "Rosa Vila", "303-555-0151"]
HANNAH = ["Hannah Schwarz", "Beth Schwarz", "303-555-0153"]
KEN = ["Ken Mori", "Aya Mori", "303-555-0157"]


def take(workspace: Workspace, path: Path, rows: Sequence[Sequence[str]]) -> Imported:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Roster")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return Imported(workspace, workspace.imports.import_files([path]))


@pytest.mark.parametrize(
    "groups", [("Teacher: Ms. Lee", "Teacher: Mr. Roy"), ("老师：李老师", "老师：罗老师")]
)
def test_rows_of_one_label_head_those_below(
    workspace: Workspace, tmp_path: Path, groups: tuple[str, str]
) -> None:
    rows = [HEADER, [groups[0]], MATEO, [groups[1]], HANNAH]
    imported = take(workspace, tmp_path / "r.xlsx", rows)
    assert sorted(imported.names) == ["Hannah Schwarz", "Mateo Vila"]
    assert imported.by_name["Mateo Vila"]["tags"] == [groups[0]]
    assert imported.by_name["Hannah Schwarz"]["tags"] == [groups[1]]


def test_remarks_below_customers_head_nobody(workspace: Workspace, tmp_path: Path) -> None:
    rows = [HEADER, MATEO, ["Allergies: nuts"], HANNAH, ["Allergies: eggs"], KEN]
    imported = take(workspace, tmp_path / "r.xlsx", rows)
    assert imported.by_name["Mateo Vila"]["tags"] == []
    assert imported.by_name["Hannah Schwarz"]["tags"] == []
