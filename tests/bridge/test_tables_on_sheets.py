"""Where a sheet's tables are, and which rows are no customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import import_file

from crm_desktop.domain.imports import BandKind, SheetKind
from crm_desktop.services.workspace import Workspace

Rows = Sequence[Sequence[Any]]
Write = Callable[..., Path]
A, B, C, D = "912345678", "913456789", "914567890", "915678901"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write sheets of rows; `merge` merges areas of the first one, given as A1:B2."""

    def make(*sheets: tuple[str, Rows], merge: Sequence[str] = ()) -> Path:
        path = tmp_path / "clientes.xlsx"
        book = xlsxwriter.Workbook(str(path))
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(r, c, dt.datetime(*value.timetuple()[:3]), day)
                    elif value is not None:
                        sheet.write(r, c, value)
        for area in merge:
            book.worksheets()[0].merge_range(area, "")
        book.close()
        return path

    return make


def test_tables_below_each_other(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Contactos",
            [
                ["Particulares"],
                ["Nome", "Telefone", "Cidade"],
                ["Ana Silva", A, "Porto"],
                ["Rui Costa", B, "Faro"],
                [],
                ["Empresas"],
                ["Empresa", "E-mail", "Telefone"],
                ["Mar Alto, Lda", "geral@maralto.example", C],
            ],
        )
    )
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa", "Mar Alto, Lda"]
    assert found.by_name["Mar Alto, Lda"]["kind"] == "organisation"
    assert found.phones("Mar Alto, Lda") == ["+351" + C]
    assert [(s.header_row, s.rows) for s in found.sheets] == [(2, 2), (7, 1)]


def test_each_of_several_tables_is_read_in_full(workspace: Workspace, write: Write) -> None:
    people = [[f"Ana Silva{n}", f"91234500{n}"] for n in range(8)]
    beside = [[*row, "", f"Rui Costa{n}", f"91345600{n}"] for n, row in enumerate(people)]
    path = write(("Folha1", [["Nome", "Telefone", "", "Nome", "Telefone"], *beside]))
    with workspace.imports.preview(path) as session:
        assert [sheet.warnings for sheet in session.preview.sheets] == [(), ()]


def test_tables_beside_each_other(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Nome", "Telefone", "", "Nome", "Telefone"],
                ["Ana Silva", A, "", "Inês Melo", C],
                ["Rui Costa", B, "", "", ""],
            ],
        )
    )
    found = import_file(workspace, path)
    assert sorted(found.names) == ["Ana Silva", "Inês Melo", "Rui Costa"]
    assert found.phones("Inês Melo") == ["+351" + C]
    assert [list(s.columns[0].column) for s in found.sheets] == [["A"], ["D"]]


def test_blank_rows_and_a_repeated_header_part_nothing(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Nome", "Telefone", "Cidade"],
                ["Ana Silva", A, "Porto"],
                [],
                ["Rui Costa", B, "Faro"],
                [],
                ["Nome", "Telefone", "Cidade"],
                ["Inês Melo", C, "Beja"],
            ],
        )
    )
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa", "Inês Melo"]
    assert len(found.sheets) == 1
    assert found.left_out() == [6]


def test_header_of_two_rows_under_merged_cells(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Nome", "Telefone", "", "Morada", "", ""],
                ["", "Casa", "Emprego", "Rua", "Código postal", "Localidade"],
                ["Ana Silva", "211234567", "223456789", "Rua A, 5", "4000-001", "Porto"],
            ],
        ),
    )
    found = import_file(workspace, path)
    (customer,) = found.customers
    assert [(p["number"], p["label"]) for p in customer["phones"]] == [
        ("+351211234567", "home"),
        ("+351223456789", "work"),
    ]
    address = customer["addresses"][0]
    assert (address["street"], address["postcode"], address["city"]) == (
        "Rua A, 5",
        "4000-001",
        "Porto",
    )


@pytest.mark.parametrize(
    ("headings", "field", "key"),
    [(("Lisboa", "Évora"), "city", None), (("2018", "2019"), "tags", None), (("A", "M"), "", None)],
)
def test_headings_of_groups(
    workspace: Workspace, write: Write, headings: tuple[str, str], field: str, key: None
) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Nome", "Telefone", "Notas"],
                [headings[0]],
                ["Ana Silva", A, "x"],
                ["Abel Reis", B, "y"],
                [headings[1]],
                ["Maria Melo", C, "z"],
            ],
        )
    )
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Abel Reis", "Maria Melo"]
    assert found.left_out() == [2, 5]
    maria = found.by_name["Maria Melo"]
    if field == "city":
        assert maria["addresses"][0]["city"] == headings[1]
    elif field == "tags":
        assert maria["tags"] == [headings[1]]
    else:
        assert (maria["tags"], maria["addresses"]) == ([], [])


def test_names_alone_in_their_rows_are_customers(workspace: Workspace, write: Write) -> None:
    rows = [
        ["Nome", "Telefone", "Notas"],
        ["Ana Silva", A, "x"],
        ["Rui Costa"],
        ["Inês Melo", C, ""],
    ]
    assert import_file(workspace, write(("Folha1", rows))).names == [
        "Ana Silva",
        "Rui Costa",
        "Inês Melo",
    ]


def test_notes_below_and_totals_are_no_customers(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Nome", "Telefone", "Compras"],
                ["Ana Silva", A, 10],
                ["Rui Costa", B, 20],
                ["Total", "", 30],
                [],
                ["Nota: lista revista em 2019"],
            ],
        )
    )
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa"]
    assert found.left_out() == [4, 6]


def test_rows_without_a_name_continue_the_one_above(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Nome", "Telefone", "E-mail"],
                ["Ana Silva", A, "ana@example.org"],
                ["", B, ""],
                ["", "", "ana@casa.example"],
                ["Rui Costa", C, "rui@example.org"],
                ["Inês Melo", D, "ines@example.org"],
                ["Eva Paz", "916789012", "eva@example.org"],
            ],
        )
    )
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa", "Inês Melo", "Eva Paz"]
    assert found.phones("Ana Silva") == ["+351" + A, "+351" + B]
    assert [e["address"] for e in found.by_name["Ana Silva"]["emails"]] == [
        "ana@example.org",
        "ana@casa.example",
    ]
    assert (found.sheets[0].created, found.sheets[0].continued) == (4, 2)


CARD = [
    ["FICHA DE CLIENTE"],
    [],
    ["Nome:", "Ana Silva", "", "NIF:", "123456789"],
    ["Telefone:", A],
    ["E-mail:", "ana@example.org"],
    ["Morada:", "Rua A, 5"],
    ["Localidade:", "Porto"],
]


def test_cards_of_one_template_become_a_list(workspace: Workspace, write: Write) -> None:
    other = [list(row) for row in CARD]
    other[2][1], other[2][4] = "Rui Costa", "987654321"
    other[3][1], other[4][1] = B, "rui@example.org"
    found = import_file(workspace, write(("Ana", CARD), ("Rui", other)))
    assert sorted(found.names) == ["Ana Silva", "Rui Costa"]
    ana = found.by_name["Ana Silva"]
    assert found.phones("Ana Silva") == ["+351" + A]
    assert ana["emails"][0]["address"] == "ana@example.org"
    assert ana["addresses"][0]["city"] == "Porto"
    assert ana["custom"]["NIF"] == "123456789"
    assert [s.kind for s in found.sheets] == [SheetKind.CARDS]


def test_list_on_its_side(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Nome", "Ana Silva", "Rui Costa", "Inês Melo"],
                ["Telefone", A, B, C],
                ["E-mail", "ana@example.org", "rui@example.org", ""],
                ["Cidade", "Porto", "Faro", "Beja"],
            ],
        )
    )
    found = import_file(workspace, path)
    assert found.names == ["Ana Silva", "Rui Costa", "Inês Melo"]
    assert found.phones("Inês Melo") == ["+351" + C]
    assert found.by_name["Rui Costa"]["addresses"][0]["city"] == "Faro"


@pytest.mark.parametrize("date", ["Data", "Booking date"])
def test_sales_are_kept_and_make_no_customers(
    workspace: Workspace, write: Write, date: str
) -> None:
    sales: list[list[Any]] = [[date, "Cliente", "Destino", "Fatura", "Valor"]]
    for i in range(12):
        name = ("Ana Silva", "Rui Costa", "Inês Melo")[i % 3]
        sales.append([dt.date(2019, 1 + i % 12, 5), name, "Roma", f"FT 2019/{i}", 100.5 + i])
    people = [["Nome", "Telefone"], ["Ana Silva", A], ["Rui Costa", B]]
    found = import_file(workspace, write(("Clientes", people), ("Vendas 2019", sales)))
    assert found.names == ["Ana Silva", "Rui Costa"]
    assert [s.kind for s in found.sheets] == [SheetKind.LIST, SheetKind.LEDGER]
    assert len(found.sheets[1].left_out) == 12


def test_names_of_sheets_become_tags(workspace: Workspace, write: Write) -> None:
    header = ["Nome", "Telefone"]
    path = write(
        ("2018", [header, ["Ana Silva", A], ["Rui Costa", B]]),
        ("2019", [header, ["Ana Silva", A], ["Inês Melo", C]]),
    )
    found = import_file(workspace, path)
    assert found.by_name["Ana Silva"]["tags"] == ["2019", "2018"]
    assert found.by_name["Inês Melo"]["tags"] == ["2019"]


def test_of_yearly_sheets_the_newest_value_is_kept(workspace: Workspace, write: Write) -> None:
    header = ["Nome", "Telefone", "Morada", "Localidade", "Lugar"]
    path = write(
        ("2018", [header, ["Ana Silva", A, "Rua Velha, 1", "Porto", "coxia"]]),
        ("2019", [header, ["Ana Silva", A, "Rua Nova, 2", "Porto", "janela"]]),
    )
    found = import_file(workspace, path)
    (ana,) = found.customers
    assert ana["custom"]["Lugar"] == "janela"
    assert [a["street"] for a in ana["addresses"]] == ["Rua Nova, 2", "Rua Velha, 1"]
    assert ana["notes"] == "2018 · Lugar: coxia"
    assert [(p.row, p.value) for s in found.sheets for p in s.problems] == [(2, "Lugar: coxia")]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_years_are_ranked_among_themselves(workspace: Workspace, write: Write, at: int) -> None:
    sheets = [
        ("2018", [["Nome", "Telefone", "Lugar"], ["Ana Silva", A, "coxia"]]),
        ("2019", [["Nome", "Telefone", "Lugar"], ["Ana Silva", A, "janela"]]),
    ]
    sheets.insert(at, ("Antigos", [["Nome", "Telefone"], ["Rui Costa", B]]))
    found = import_file(workspace, write(*sheets))

    assert found.by_name["Ana Silva"]["custom"] == {"Lugar": "janela"}
    assert sorted(found.names) == ["Ana Silva", "Rui Costa"]


def test_preview_draws_the_bands(workspace: Workspace, write: Write) -> None:
    path = write(
        (
            "Folha1",
            [
                ["Agência Mar Aberto"],
                ["Nome", "Telefone", "Compras"],
                ["Lisboa"],
                ["Ana Silva", A, 10],
                ["Porto"],
                ["Rui Costa", B, 20],
                ["Total", "", 30],
            ],
        )
    )
    with workspace.imports.preview(path) as session:
        (sheet,) = session.preview.sheets
    assert [(b.kind, b.first) for b in sheet.bands] == [
        (BandKind.TITLE, 1),
        (BandKind.HEADER, 2),
        (BandKind.GROUP, 3),
        (BandKind.GROUP, 5),
        (BandKind.TOTAL, 7),
    ]
