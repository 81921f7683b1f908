"""Further rows of one customer that speak of something else: a second pet, an earlier stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from archives import Imported, import_file

from crm_desktop.services.workspace import Workspace

Rows = Sequence[Sequence[str]]
A, B = "912345678", "913456789"


def book(path: Path, **sheets: Rows) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


@pytest.fixture
def workspace(tmp_path: Path):
    data = tmp_path / "data"
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=data) as opened:
        opened.settings.set_home_country("PT")
        yield opened


def entries(found: Imported, name: str) -> list[tuple[str, str]]:
    listed = found.by_name[name].get("interactions", [])
    days = (datetime.fromisoformat(entry["at"]).astimezone().date() for entry in listed)
    return [(str(day), entry["text"]) for day, entry in zip(days, listed, strict=True)]


PETS = [
    ["Dono", "Telemóvel", "Animal", "Raça", "Última vacina"],
    ["Ana Silva", A, "Zeus", "", "2023-03-01"],
    ["Ana Silva", A, "Hera", "Podengo", "2024-05-02"],
    ["Rui Costa", B, "Tico", "Gato", ""],
]


def test_a_second_pet_is_kept_whole_in_the_notes(workspace: Workspace, tmp_path: Path) -> None:
    found = import_file(workspace, book(tmp_path / "vet.xlsx", Lista=PETS))

    ana = found.by_name["Ana Silva"]
    assert ana["custom"] == {"Animal": "Zeus", "Última vacina": "2023-03-01"}
    line = "Animal: Hera · Raça: Podengo · Última vacina: 2024-05-02"
    assert ana["notes"] == line
    assert found.by_name["Rui Costa"]["notes"] == ""
    (sheet,) = found.sheets
    assert [(p.row, p.value) for p in sheet.problems] == [(3, line)]


def test_an_earlier_stay_is_an_entry_of_its_day(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Gast", "Telefon", "Anreise", "Wohnung"],
        ["Ana Silva", A, "2024-07-01", "Meerblick"],
        ["Rui Costa", B, "2024-08-01", "Garten"],
        ["Ana Silva", A, "2023-07-08", "Garten"],
    ]
    found = import_file(workspace, book(tmp_path / "g.xlsx", Lista=rows))

    assert found.by_name["Ana Silva"]["custom"] == {"Anreise": "2024-07-01", "Wohnung": "Meerblick"}
    assert found.by_name["Ana Silva"]["notes"] == ""
    assert entries(found, "Ana Silva") == [("2023-07-08", "Anreise: 2023-07-08\nWohnung: Garten")]


def test_it_is_found_and_undone(workspace: Workspace, tmp_path: Path) -> None:
    import_file(workspace, book(tmp_path / "vet.xlsx", Lista=PETS))
    find = workspace.customers.search

    assert [row.name for row in find("podengo")] == ["Ana Silva"]
    workspace.history.undo()
    assert find("podengo") == []
    workspace.history.redo()
    assert [row.name for row in find("podengo")] == ["Ana Silva"]


def test_a_dry_run_says_the_same(workspace: Workspace, tmp_path: Path) -> None:
    path = book(tmp_path / "vet.xlsx", Lista=PETS)
    looked = workspace.imports.import_files([path], dry_run=True)
    done = workspace.imports.import_files([path])

    assert looked.files[0].sheets[0].problems == done.files[0].sheets[0].problems


def test_another_years_sheet_fills_blanks_too(workspace: Workspace, tmp_path: Path) -> None:
    head = ["Cliente", "Telemóvel", "Plano", "Sala"]
    found = import_file(
        workspace,
        book(
            tmp_path / "anos.xlsx",
            **{
                "2023": [head, ["Ana Silva", A, "Básico", "B2"], ["Rui Costa", B, "Plus", ""]],
                "2024": [head, ["Ana Silva", A, "Plus", ""], ["Rui Costa", B, "Plus", "C1"]],
            },
        ),
    )

    assert found.by_name["Ana Silva"]["custom"] == {"Plano": "Plus", "Sala": "B2"}
    assert found.by_name["Ana Silva"]["notes"] == "2023 · Plano: Básico"


def test_rows_that_only_count_on_say_nothing_else(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Nº", "Nome", "Telemóvel"], ["1", "Ana Silva", A], ["2", "Ana Silva", A]]
    found = import_file(workspace, book(tmp_path / "a.xlsx", Lista=rows))

    assert found.by_name["Ana Silva"]["notes"] == ""
    assert found.sheets[0].problems == ()


def test_of_another_sheets_row_only_what_clashes_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = ["Nome", "Telemóvel", "Sócio nº", "Modalidade", "Mensalidade"]
    older = [head, ["Ana Silva", A, "S-310", "Yoga", "27"], ["Rui Costa", B, "S-311", "Yoga", "30"]]
    newer = [head, ["Ana Silva", A, "S-310", "Yoga", "29"], ["Rui Costa", B, "S-311", "Yoga", "30"]]
    path = book(tmp_path / "s.xlsx", **{"2024": older, "2025": newer})
    found = import_file(workspace, path)

    assert found.by_name["Ana Silva"]["notes"] == "2024 · Mensalidade: 27"
    assert found.by_name["Rui Costa"]["notes"] == ""
    said = [(p.value, p.problem) for sheet in found.sheets for p in sheet.problems]
    assert said == [
        ("Mensalidade: 27", "An earlier row says otherwise; this one is kept as a note.")
    ]


def test_the_report_says_where_a_row_went(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Gast", "Telefon", "Anreise"], ["Ana Silva", A, "2024-07-01"]]
    found = import_file(
        workspace, book(tmp_path / "g.xlsx", L=[*rows, ["Ana Silva", A, "2023-07-08"]])
    )

    assert [(p.value, p.problem) for p in found.sheets[0].problems] == [
        (
            "Anreise: 2023-07-08",
            "An earlier row says otherwise; this one is an entry of the timeline.",
        )
    ]
