"""An organisation and the persons working there become related records."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Imported, import_file

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.services.workspace import Workspace

A, B, C, D = "912345678", "913456789", "914567890", "915678901"
Rows = Sequence[Sequence[Any]]


def _write(path: Path, *sheets: tuple[str, Rows], merge: Sequence[str] = ()) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "":
                    sheet.write(r, c, value)
    for area in merge:
        first = int(area[1:].partition(":")[0]) - 1
        column = ord(area[0]) - ord("A")
        book.worksheets()[0].merge_range(area, sheets[0][1][first][column])
    book.close()
    return path


FIRMS = (
    "Empresas",
    [
        ["Empresa", "Telefone", "Cidade"],
        ["Mar Alto, Lda", "213456789", "Lisboa"],
        ["Évora Tours, Lda", "266123456", "Évora"],
        ["Gémeos, Lda", "213111222", "Porto"],
        ["GEMEOS, LDA", "213333444", "Faro"],
    ],
)
PEOPLE = (
    "Contactos",
    [
        ["Nome", "Empresa", "Telemóvel"],
        ["Ana Silva", "Mar Alto, Lda", A],
        ["Rui Costa", "EVORA  TOURS, LDA", B],
        ["Inês Melo", "Gémeos, Lda", C],
        ["Eva Paz", "Ninguém, SA", D],
    ],
)


def _at_work(found: Imported) -> dict[str, list[str]]:
    names = {customer["id"]: customer["name"] for customer in found.customers}
    return {
        customer["name"]: [names[r["customer"]] for r in customer["relations"]]
        for customer in found.customers
        if "relations" in customer
    }


@pytest.mark.parametrize("order", [(FIRMS, PEOPLE), (PEOPLE, FIRMS)])
def test_persons_work_at_the_organisation_that_their_row_names(
    workspace: Workspace, tmp_path: Path, order: Sequence[tuple[str, Rows]]
) -> None:
    found = import_file(workspace, _write(tmp_path / "a.xlsx", *order))
    # Two firms bear the name in Inês Melo's row, none that in Eva Paz's; nobody is invented.
    assert _at_work(found) == {"Ana Silva": ["Mar Alto, Lda"], "Rui Costa": ["Évora Tours, Lda"]}
    assert found.result.relations == 2
    assert sorted(found.names) == [
        "Ana Silva",
        "Eva Paz",
        "GEMEOS, LDA",
        "Gémeos, Lda",
        "Inês Melo",
        "Mar Alto, Lda",
        "Rui Costa",
        "Évora Tours, Lda",
    ]
    ana = found.by_name["Ana Silva"]
    firm = found.by_name["Mar Alto, Lda"]["id"]
    assert ana["relations"] == [{"kind": "works_at", "customer": firm, "label": ""}]
    assert "relations" not in found.by_name["Eva Paz"]


@pytest.mark.parametrize("first", [FIRMS, PEOPLE])
def test_one_file_after_the_other_and_back(
    workspace: Workspace, tmp_path: Path, first: tuple[str, Rows]
) -> None:
    second = PEOPLE if first is FIRMS else FIRMS
    import_file(workspace, _write(tmp_path / "a.xlsx", first))
    path = _write(tmp_path / "b.xlsx", second)
    found = import_file(workspace, path)
    expected = {"Ana Silva": ["Mar Alto, Lda"], "Rui Costa": ["Évora Tours, Lda"]}
    assert (_at_work(found), found.result.relations) == (expected, 2)
    again = import_file(workspace, path)
    assert (_at_work(again), again.result.relations) == (expected, 0)
    workspace.history.undo()
    undone = workspace.history.undo()
    assert undone.conflicts == ()
    with workspace._archive.reading() as c:
        assert c.execute("SELECT count(*) FROM relation").fetchone() == (0,)
    workspace.history.redo()
    workspace.history.redo()
    numbers = {row.name: row.id for row in workspace.customers.search("Silva")}
    (firm,) = workspace.customers.related(numbers["Ana Silva"]).forward
    assert firm.name == "Mar Alto, Lda"


def test_nothing_is_related_twice_nor_where_there_is_no_organisation(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = import_file(workspace, _write(tmp_path / "a.xlsx", PEOPLE))
    assert (_at_work(found), found.result.relations) == ({}, 0)


def test_merged_cells_give_further_persons_their_firm(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Empresa", "Nome", "Telemóvel"],
        ["Mar Alto, Lda", "Ana Silva", A],
        ["", "Rui Costa", B],
        ["", "Inês Melo", C],
        ["", "Eva Paz", D],
    ]
    found = import_file(workspace, _write(tmp_path / "a.xlsx", ("Folha1", rows), merge=["A2:A4"]))
    assert {c["name"]: c["organisation"] for c in found.customers} == {
        "Ana Silva": "Mar Alto, Lda",
        "Rui Costa": "Mar Alto, Lda",
        "Inês Melo": "Mar Alto, Lda",
        "Eva Paz": "",
    }


@pytest.mark.parametrize(
    ("head", "expected"), [("Pessoa de contacto", "Mar Alto, Lda"), ("Nome", "")]
)
def test_contact_persons_below_a_firm_are_its_own(
    workspace: Workspace, tmp_path: Path, head: str, expected: str
) -> None:
    rows = [
        ["Empresa", head, "Telefone"],
        ["Mar Alto, Lda", "", "213456789"],
        ["", "Ana Silva", A],
        ["", "Rui Costa", B],
        ["Sol, SA", "Inês Melo", C],
        ["Lua, SA", "Eva Paz", D],
    ]
    found = import_file(workspace, _write(tmp_path / "a.xlsx", ("Folha1", rows)))
    assert found.names == ["Mar Alto, Lda", "Ana Silva", "Rui Costa", "Inês Melo", "Eva Paz"]
    assert [found.by_name[n]["organisation"] for n in ("Ana Silva", "Rui Costa")] == [expected] * 2
    assert _at_work(found) == (
        {n: ["Mar Alto, Lda"] for n in ("Ana Silva", "Rui Costa")} if expected else {}
    )


def test_own_export_into_another_archive_means_the_same_people(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_file(workspace, _write(tmp_path / "a.xlsx", FIRMS, PEOPLE))
    workspace.exports.export(tmp_path / "a.json")
    document = json.loads((tmp_path / "a.json").read_text("utf-8"))
    told = {c["name"]: c["relations"] for c in document["customers"] if "relations" in c}
    assert sorted(told) == ["Ana Silva", "Rui Costa"]
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path / "b") as other:
        other.settings.set_home_country("PT")
        for n in range(3):
            other.customers.create(CustomerDraft(name=f"Antigo {n}"))
        found = import_file(other, tmp_path / "a.json")
        assert _at_work(found) == {
            "Ana Silva": ["Mar Alto, Lda"],
            "Rui Costa": ["Évora Tours, Lda"],
        }
        assert found.result.relations == 2
        assert import_file(other, tmp_path / "a.json").result.relations == 0
        assert other.backups.check().messages == ()


def test_a_town_that_is_merged_over_a_family_is_everybodys(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        ["Telefone", "Nome", "Localidade"],
        [A, "Rui Tavares", "Évora"],
        [B, "Clara Tavares", ""],
        [C, "Miguel Tavares", ""],
        [D, "Ana Melo", ""],
    ]
    made = import_file(workspace, _write(tmp_path / "f.xlsx", ("Folha1", rows), merge=["C2:C4"]))
    towns = {c["name"]: [a["city"] for a in c["addresses"]] for c in made.customers}
    assert towns == {
        "Rui Tavares": ["Évora"],
        "Clara Tavares": ["Évora"],
        "Miguel Tavares": ["Évora"],
        "Ana Melo": [],
    }
