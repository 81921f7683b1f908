"""What the user says of a row goes before what the program took it for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from archives import Imported
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.cli import commands
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import SAYABLE, Band, BandKind, SheetPlan
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

ROWS = [
    ["Nome", "Telefone", "Compras"],  # 1
    ["Lisboa"],  # 2: a heading
    ["Ana Silva", "912345678", 10],
    ["Total Energia", "", 10],  # 4: a firm, and what the program takes for a total
    ["Clientes antigos", "214445566", 5],  # 5: a heading, and what it takes for a customer
    ["Rui Costa", "913456789", 20],
    ["", "914567890", 7],  # 7: not his second phone
]


def write(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("VIP")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "g.xlsx", ROWS)


def take(workspace: Workspace, path: Path, rows: dict[str, str]) -> Imported:
    mapping = {"sheets": {"VIP": {"rows": rows}}}
    options = ImportOptions(mapping=mapping)
    return Imported(workspace, workspace.imports.import_files([path], options=options))


def test_as_the_program_takes_them(workspace: Workspace, path: Path) -> None:
    found = take(workspace, path, {})
    assert found.left_out() == [2, 4]
    assert found.sheets[0].continued == 1
    assert found.names == ["Ana Silva", "Clientes antigos", "Rui Costa"]


def test_as_the_user_says(workspace: Workspace, path: Path) -> None:
    said = {"4": "customer", "5": "group", "7": "customer"}
    found = take(workspace, path, said)
    assert found.left_out() == [2, 5]
    assert found.names == ["Ana Silva", "Total Energia", "Rui Costa", "+351914567890"]
    assert found.sheets[0].continued == 0
    assert found.by_name["Total Energia"]["custom"]["Compras"] == "10"
    assert found.by_name["Ana Silva"]["addresses"][0]["city"] == "Lisboa"
    assert found.phones("Rui Costa") == ["+351913456789"]


def test_a_heading_where_there_was_none(workspace: Workspace, path: Path) -> None:
    said = {"2": "note", "5": "group", "6": "total"}
    found = take(workspace, path, said)
    assert found.left_out() == [2, 4, 5, 6]
    assert "Rui Costa" not in found.names


def test_the_first_heading_makes_a_tag(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "one.xlsx", [ROWS[0], *ROWS[4:6]])
    found = take(workspace, path, {"2": "group"})
    assert found.names == ["Rui Costa"]
    assert found.by_name["Rui Costa"]["tags"] == ["Clientes antigos"]


def test_the_command_says_what_it_does_not_know(workspace: Workspace, path: Path) -> None:
    with pytest.raises(UserError, match="customer, group, total, note"):
        take(workspace, path, {"4": "friend"})
    with pytest.raises(UserError, match="rows"):
        take(workspace, path, {"D4": "customer"})


def test_the_command_line(path: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "m.json"
    mapping.write_text(json.dumps({"sheets": {"VIP": {"rows": {"4": "customer"}}}}))
    arguments = ["import", str(tmp_path / "a.crm"), str(path), "--mapping", str(mapping), "--json"]
    run = CliRunner().invoke(commands, arguments)
    assert run.exit_code == 0, run.output
    [sheet] = json.loads(run.output)["files"][0]["sheets"]
    assert [row["row"] for row in sheet["left_out"]] == [2]


@given(
    bands=st.lists(
        st.tuples(st.sampled_from(list(BandKind)), st.integers(1, 3), st.integers(0, 3)),
        max_size=6,
    ),
    said=st.dictionaries(st.integers(1, 30), st.sampled_from(SAYABLE), max_size=6),
)
def test_bands_with_the_users_word(
    bands: list[tuple[BandKind, int, int]], said: dict[int, BandKind | None]
) -> None:
    """Row by row it is what was said, or else what was found."""
    found, row = [], 1
    for kind, gap, more in bands:
        found.append(Band(kind, row + gap, row + gap + more))
        row = found[-1].last
    plan = SheetPlan(0, 1, ())
    for number, kind in said.items():
        plan = plan.with_role(number, kind)

    def by_row(shown: tuple[Band, ...]) -> dict[int, BandKind]:
        pairs = [(n, b.kind) for b in shown for n in range(b.first, b.last + 1)]
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    wanted: dict[int, BandKind | None] = {**by_row(tuple(found)), **said}
    assert by_row(plan.bands(found)) == {n: kind for n, kind in wanted.items() if kind is not None}
