"""Columns that fit no field: of which kind the field is that they make, and what it holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from archives import Imported, import_file

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import FieldKind
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.imports.report import as_document
from crm_desktop.services.workspace import Workspace

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write sheets of customers with one more column, from its values."""
    import sheet_files

    def write(header: str, *columns: Sequence[Any], name: str = "clientes.xlsx") -> Path:
        sheets: dict[str, list[list[Any]]] = {}
        first = 0
        for n, values in enumerate(columns, start=1):
            rows: list[list[Any]] = [["Nome", "Telefone", header]]
            for i, value in enumerate(values, start=first):
                rows.append([f"Ana Silva {chr(65 + i)}", f"91234567{i}", value])
            sheets[f"Folha{n}"] = rows
            first += len(values)
        path = tmp_path / name
        sheet_files.write_xlsx(path, sheets)
        return path

    return write


def values(found: Imported, field: str) -> list[str | None]:
    return [customer["custom"].get(field) for customer in found.customers]


def kinds(workspace: Workspace) -> dict[str, FieldKind]:
    return dict(workspace.customers.get(CustomerId(1)).custom_kinds)


@pytest.mark.parametrize(
    ("header", "cells", "kind", "expected"),
    [
        (
            "Inscrito em",
            ["05/03/2019", "17-4-2020", "1.12.2021", None],
            FieldKind.DATE,
            ["2019-03-05", "2020-04-17", "2021-12-01", None],
        ),
        (
            "Inscrito em",
            [dt.date(2019, 3, 5), dt.date(2020, 4, 17), None],
            FieldKind.DATE,
            ["2019-03-05", "2020-04-17", None],
        ),
        (
            "Compras",
            ["1.234,50", "12,5", "-3", "2.000,00"],
            FieldKind.NUMBER,
            ["1234.50", "12.5", "-3", "2000.00"],
        ),
        ("Pontos", [1234.5, 12, 0.0000001], FieldKind.NUMBER, ["1234.5", "12", "0.0000001"]),
        # A number that the sheet holds as one is not read again: 1.234 stays 1.234.
        ("Pontos", [1.234, "2,5", "3,75"], FieldKind.NUMBER, ["1.234", "2.5", "3.75"]),
        (
            "Saldo",
            ["12,50 €", "1.000,00 €", "7 €"],
            FieldKind.MONEY,
            ["12.50 EUR", "1000.00 EUR", "7 EUR"],
        ),
        ("Newsletter", ["Sim", "não", "SIM", "Não"], FieldKind.YES_NO, ["yes", "no", "yes", "no"]),
        ("VIP", [True, False, True], FieldKind.YES_NO, ["yes", "no", "yes"]),
        (
            "Site",
            ["www.a.pt", "https://B.pt/x", "c.pt"],
            FieldKind.LINK,
            ["https://www.a.pt", "https://b.pt/x", "https://c.pt"],
        ),
        (
            "Nível",
            ["Ouro", "ouro", "Prata", "Ouro", "prata ", "Prata", "Ouro", "Ouro", "Prata"],
            FieldKind.CHOICE,
            ["Ouro", "Ouro", "Prata", "Ouro", "Prata", "Prata", "Ouro", "Ouro", "Prata"],
        ),
    ],
)
def test_a_column_makes_a_field_of_its_kind(
    workspace: Workspace,
    make: Make,
    header: str,
    cells: list[Any],
    kind: FieldKind,
    expected: list[str | None],
) -> None:
    found = import_file(workspace, make(header, cells))
    assert values(found, header) == expected
    assert kinds(workspace) == {header: kind}
    assert found.sheets[0].problem_count == 0
    (column,) = (
        c for c in as_document(found.result)["files"][0]["sheets"][0]["columns"] if c["kind"]
    )
    assert (column["header"], column["kind"]) == (header, kind.value)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("NIF cliente", ["263190758", "213885720", "502757191"]),
        ("Código", ["00042", "00043", "00107"]),
        ("Detalhe", ["Sim", "talvez", "Não", "depois"]),
        ("Detalhe", ["12", "a combinar", "13,5", "ver ficha"]),
        ("Ano", ["2019", "2020", "2021"]),
    ],
)
def test_what_is_not_surely_of_a_kind_stays_as_it_stood(
    workspace: Workspace, make: Make, header: str, cells: list[str]
) -> None:
    found = import_file(workspace, make(header, cells))
    assert values(found, header) == cells
    assert kinds(workspace) == {}
    assert found.sheets[0].problem_count == 0


def test_dates_that_nothing_decides_stay_as_they_stood(tmp_path: Path) -> None:
    """Neither a country nor the headers' language is known."""
    import sheet_files

    path = tmp_path / "x.xlsx"
    cells = ["3/4/1998", "5/6/1999", "7/8/2000"]
    rows = [["Qqq", "Xyzzy"], *([f"q{n}@example.org", v] for n, v in enumerate(cells))]
    sheet_files.write_xlsx(path, {"S": rows})
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as workspace:
        found = import_file(workspace, path)
        assert values(found, "Xyzzy") == cells


def test_what_is_no_number_among_numbers_is_kept_and_listed(
    workspace: Workspace, make: Make
) -> None:
    cells = [f"{n},5" for n in range(9)] * 3
    path = make("Compras", cells[:9], cells[:9])
    rows: list[list[Any]] = [["Nome", "E-mail", "Compras"]]
    rows += [[f"Rui Costa {n}", f"rui{n}@example.org", v] for n, v in enumerate(cells)]
    rows.append(["Rui Costa", "rui@example.org", "a combinar"])
    import sheet_files

    sheet_files.write_xlsx(path, {"Folha1": rows})
    found = import_file(workspace, path)
    assert found.by_name["Rui Costa"]["custom"] == {"Compras": "a combinar"}
    assert kinds(workspace) == {"Compras": FieldKind.NUMBER}
    assert [(p.row, p.column, p.value, p.problem) for p in found.sheets[0].problems] == [
        (29, "C", "a combinar", "This is not a number.")
    ]


def test_the_row_as_it_stood_is_kept(workspace: Workspace, make: Make) -> None:
    import_file(workspace, make("Compras", ["1.234,50", "12,5", "-3"]))
    cells = [o.text for o in workspace.customers.origins(CustomerId(1)) if o.header == "Compras"]
    assert cells == ["1.234,50"]


def test_a_field_that_exists_keeps_its_kind_and_its_writing(
    workspace: Workspace, make: Make
) -> None:
    cells = ["1.234,50", "12,5", "-3"]
    import_file(workspace, make("Compras", ["1.234,50", "ver ficha", "x"]))
    assert kinds(workspace) == {}
    found = import_file(workspace, make("Compras", cells, name="outro.xlsx"))
    assert kinds(workspace) == {}
    assert [c.kind for c in found.sheets[0].columns] == [FieldKind.TEXT] * 3
    # The first row says what it said before; that of the others is kept.
    assert values(found, "Compras") == ["1.234,50", "ver ficha", "x"]
    assert [p.value for p in found.sheets[0].problems] == ["12,5", "-3"]


def test_sheets_of_different_kinds_make_a_field_of_text(workspace: Workspace, make: Make) -> None:
    found = import_file(workspace, make("Compras", ["1,5", "2,5", "3,5"], ["Sim", "Não", "Sim"]))
    assert values(found, "Compras") == ["1,5", "2,5", "3,5", "Sim", "Não", "Sim"]
    assert kinds(workspace) == {}


def test_a_sheet_that_shows_too_little_does_not_decide(workspace: Workspace, make: Make) -> None:
    found = import_file(workspace, make("Compras", ["1,5", None], ["1,5", "2,5", "3,5"]))
    assert values(found, "Compras") == ["1,5", None, "1.5", "2.5", "3.5"]
    assert kinds(workspace) == {"Compras": FieldKind.NUMBER}


def test_undo_takes_the_field_with_its_kind(workspace: Workspace, make: Make) -> None:
    import_file(workspace, make("Compras", ["1,5", "2,5", "3,5"]))
    workspace.history.undo()
    found = import_file(workspace, make("Compras", ["Sim", "Não", "Sim"], name="b.xlsx"))
    assert values(found, "Compras") == ["yes", "no", "yes"]
    assert workspace.customers.get(found.customers[0]["id"]).custom_kinds == {
        "Compras": FieldKind.YES_NO
    }


def test_a_dry_run_says_the_same(workspace: Workspace, make: Make) -> None:
    path = make("Compras", ["1,5", "2,5", "a"])
    options = ImportOptions(mapping={"columns": {"Compras": "custom:Valor"}})
    looked = workspace.imports.import_files([path], options=options, dry_run=True)
    done = workspace.imports.import_files([path], options=options)
    assert looked.files == done.files


def test_own_exports_carry_the_kinds(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    import_file(workspace, make("Newsletter", ["Sim", "Não", "Sim"]))
    target = tmp_path / "out.json"
    workspace.exports.export(target)
    assert json.loads(target.read_text("utf-8"))["customers"][0]["custom_kinds"] == {
        "Newsletter": "yes_no"
    }
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        found = import_file(other, target)
        assert values(found, "Newsletter") == ["yes", "no", "yes"]
        assert kinds(other) == {"Newsletter": FieldKind.YES_NO}


def test_tables_come_back_the_same(workspace: Workspace, make: Make, tmp_path: Path) -> None:
    import_file(workspace, make("Inscrito em", ["05/03/2019", "17/4/2020", "1/12/2021"]))
    for name in ("out.xlsx", "out.csv"):
        workspace.exports.export(tmp_path / name)
        with Workspace.open(tmp_path / f"{name}.crm", create=True, data_dir=tmp_path) as other:
            found = import_file(other, tmp_path / name)
            assert values(found, "Inscrito em") == ["2019-03-05", "2020-04-17", "2021-12-01"]
            assert kinds(other) == {"Inscrito em": FieldKind.DATE}
