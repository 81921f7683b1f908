"""Books as small firms keep them for ten years, in Portugal, Brazil and elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import PEOPLE, Bring, Imported, Rows, import_file

from crm_desktop.domain.imports import SheetKind
from crm_desktop.services.workspace import Workspace

A, B, C, D = "912345678", "913456789", "914567890", "915678901"


def address(found: Imported, name: str) -> tuple[str, str, str, str]:
    (one,) = found.by_name[name]["addresses"]
    return one["street"], one["postcode"], one["city"], one["region"]


# --- who is the customer -------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Razão Social", "Designação Social", "Razón social"])
def test_firms_by_their_registers_names_are_the_customers(bring: Bring, header: str) -> None:
    found = bring(
        [
            [header, "Contacto", "Telefone"],
            ["Mar Alto, Lda", "Ana Silva", A],
            ["Café Central", "Rui Costa", B],
            ["Boa Vista, SA", "Eva Lima", C],
        ]
    )
    assert found.names == ["Mar Alto, Lda", "Café Central", "Boa Vista, SA"]
    assert {c["kind"] for c in found.customers} == {"organisation"}
    assert found.by_name["Café Central"]["custom"] == {"Contacto": "Rui Costa"}


def test_people_of_one_firm_stay_its_people(bring: Bring) -> None:
    found = bring(
        [
            ["Razão Social", "Contacto", "Telefone"],
            ["Mar Alto, Lda", "Ana Silva", A],
            ["Mar Alto, Lda", "Rui Costa", B],
            ["Boa Vista, SA", "Eva Lima", C],
        ]
    )
    assert found.names == ["Ana Silva", "Rui Costa", "Eva Lima"]


def test_insurers_are_no_employers(bring: Bring) -> None:
    firms = ["Fidelidade", "Tranquilidade", "Fidelidade", "Fidelidade", "Tranquilidade"]
    names = [*PEOPLE, "Zé Dias"]
    rows = [[n, f, f"91234567{i}"] for i, (n, f) in enumerate(zip(names, firms, strict=True))]
    found = bring([["Tomador", "Companhia", "Telemóvel"], *rows])
    assert found.names == names
    assert not any(c["organisation"] for c in found.customers)


def test_a_second_name_under_a_head_of_its_own_is_somebody_elses(bring: Bring) -> None:
    found = bring(
        [
            ["Aluno", None, "Encarregado", None],
            ["Nome", "Apelido", "Nome", "Telemóvel"],
            ["Ana", "Silva", "Rita Silva", A],
            ["Rui", "Costa", "Vasco Costa", B],
        ],
        merge=[("A1:B1", "Aluno"), ("C1:D1", "Encarregado")],
    )
    assert found.names == ["Ana Silva", "Rui Costa"]
    assert found.by_name["Ana Silva"]["custom"] == {"Encarregado Nome": "Rita Silva"}


# --- addresses -----------------------------------------------------------------------------------


def test_house_numbers_of_their_own(bring: Bring) -> None:
    found = bring(
        [
            ["Nome", "Endereço", "Nº", "Complemento", "CEP", "Cidade", "UF"],
            ["Ana Silva", "Rua das Flores", "120", "Sala 3", "01310-100", "São Paulo", "SP"],
            ["Rui Costa", "Avenida Brasil", "s/n", None, "20040-020", "Rio de Janeiro", "RJ"],
            ["Eva Lima", "Rua Alta", "7", None, "41020-010", "Salvador", "BA"],
        ]
    )
    assert address(found, "Ana Silva")[0] == "Rua das Flores, 120, Sala 3"
    assert address(found, "Rui Costa")[0] == "Avenida Brasil, s/n"


def test_a_number_before_streets_is_the_customers(bring: Bring) -> None:
    rows = [[n, f"{i + 17}", f"Rua Alta, {i}"] for i, n in enumerate(PEOPLE)]
    found = bring([["Nome", "Nº", "Morada"], *rows])
    assert found.by_name["Ana Silva"]["custom"] == {"Nº": "17"}


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Cód. Postal", "4050-001 PORTO", ("4050-001", "PORTO", "")),
        ("CP / Localidade", "4050-001 Porto", ("4050-001", "Porto", "")),
        ("Localidade e código postal", "Porto, 4050-001", ("4050-001", "Porto", "")),
        ("PLZ Ort", "10115 Berlin", ("10115", "Berlin", "")),
        ("Cidade/UF", "Recife/PE", ("", "Recife", "PE")),
        ("Cidade", "Recife - PE", ("", "Recife", "PE")),
        ("Cidade", "Vila Real/Lobrigos", ("", "Vila Real/Lobrigos", "")),
        ("Città", "Fiesole (FI)", ("", "Fiesole", "FI")),
    ],
)
def test_parts_of_an_address_in_one_cell(
    bring: Bring, header: str, cell: str, expected: tuple[str, str, str]
) -> None:
    rows = [[name, f"Rua Alta, {i}", cell] for i, name in enumerate(PEOPLE)]
    found = bring([["Nome", "Morada", header], *rows])
    assert address(found, "Ana Silva") == ("Rua Alta, 0", *expected)


def test_a_postal_town_beside_another_town_is_not_dropped(bring: Bring) -> None:
    rows = [[name, "4450-001 MATOSINHOS", "Leça da Palmeira"] for name in PEOPLE]
    found = bring([["Nome", "Cód. Postal", "Localidade"], *rows])
    assert address(found, "Ana Silva")[1:3] == ("4450-001 MATOSINHOS", "Leça da Palmeira")


def test_postcodes_in_two_columns(bring: Bring) -> None:
    found = bring(
        [
            ["Nome", "Rua", "CP4", "CP3", "Localidade"],
            ["Ana Silva", "Rua Alta, 1", 4050, 96, "Porto"],
            ["Rui Costa", "Rua Alta, 2", "1250", "001", "Lisboa"],
            ["Eva Lima", "Rua Alta, 3", "1250", None, "Lisboa"],
        ]
    )
    assert [address(found, n)[1] for n in found.names] == ["4050-096", "1250-001", "1250"]


def test_parish_municipality_and_town(bring: Bring) -> None:
    rows = [[name, "Arroios", "Lisboa", "Lisboa"] for name in PEOPLE]
    found = bring([["Nome", "Freguesia", "Concelho", "Localidade"], *rows])
    assert found.fields() == {
        "A": "name",
        "B": "custom:Freguesia",
        "C": "custom:Concelho",
        "D": "city",
    }
    found = import_again(bring, [["Nome", "Freguesia", "Concelho"], *(r[:3] for r in rows)])
    assert found.fields() == {"A": "name", "B": "custom:Freguesia", "C": "city"}


def import_again(bring: Bring, rows: Rows) -> Imported:
    """Another book, of people whom the archive does not know."""
    return bring([rows[0], *([f"{row[0]} Dias", *row[1:]] for row in rows[1:])])


@pytest.mark.parametrize(
    ("headers", "cell", "field"),
    [
        (("Cidade", "Estado", "CEP"), "SP", "region"),
        (("Ciudad", "Estado", "CP"), "Jalisco", "region"),
        (("Origem", "Estado", "Gestor"), "Em curso", "custom:Estado"),
        (("Localidade", "Estado", "Gestor"), "Fechado", "custom:Estado"),
        (("Cidade", "Est.", "Plano"), "SP", "region"),
    ],
)
def test_a_state_or_what_it_has_come_to(
    bring: Bring, headers: tuple[str, ...], cell: str, field: str
) -> None:
    rows = [[name, "Campinas", cell, "13010"] for name in PEOPLE]
    assert bring([["Nome", *headers], *rows]).fields()["C"] == field


def test_sheets_without_a_header(bring: Bring) -> None:
    cities = ["Porto", "Faro", "Braga", "Póvoa de Varzim"]
    codes = ["4050-001", "8000-002", "4700-003", "4490-004"]
    found = bring(
        [
            [n, f"Rua Alta, {i}", codes[i], cities[i], f"91234567{i}", f"p{i}@sapo.pt"]
            for i, n in enumerate(PEOPLE)
        ]
    )
    assert address(found, "Rui Costa") == ("Rua Alta, 1", "8000-002", "Faro", "")
    assert found.phones("Rui Costa") == ["+351912345671"]


# --- phones --------------------------------------------------------------------------------------


def test_area_codes_in_a_column_of_their_own(bring: Bring) -> None:
    found = bring(
        [
            ["Cliente", "DDD", "Telefone", "DDD 2", "Celular"],
            ["Ana Silva", 11, "3456-7890", "011", "98765-4321"],
            ["Rui Costa", 71, "3456-7891", None, "(71) 98765-4322"],
            ["Eva Lima", 31, None, 31, "+55 31 98765-4323"],
        ]
    )
    assert found.phones("Ana Silva") == ["+551134567890", "+5511987654321"]
    assert found.phones("Rui Costa") == ["+557134567891", "+5571987654322"]
    assert found.phones("Eva Lima") == ["+5531987654323"]
    assert not any(c["custom"] for c in found.customers)


def test_two_numbers_a_cell_tell_the_country(bring: Bring) -> None:
    rows = [[n, f"(71) 3133-653{i} / (71) 97506-567{i}"] for i, n in enumerate(PEOPLE)]
    found = bring([["NOME DO CLIENTE", "FONES"], *rows])
    assert found.phones("Ana Silva") == ["+557131336530", "+5571975065670"]


def test_any_carrier_is_no_label(bring: Bring) -> None:
    found = bring([["Nome", "Celular"], *([n, "0xx11 98765-4321"] for n in PEOPLE[:1])])
    (phone,) = found.customers[0]["phones"]
    assert (phone["number"], phone["label"]) == ("+5511987654321", "mobile")


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Fone Res.", "home"),
        ("Fone Com.", "work"),
        ("Telf. Fixo", "home"),
        ("Tel. priv.", "home"),
        ("Tel. gesch.", "work"),
        ("Tel. Büro", "work"),
        ("N.º Tlm", "mobile"),
    ],
)
def test_shortened_headers_of_phones(bring: Bring, header: str, label: str) -> None:
    rows = [[n, f"91234567{i}"] for i, n in enumerate(PEOPLE)]
    found = bring([["Nome", header], *rows], country="PT")
    assert found.customers[0]["phones"][0]["label"] == label


def test_a_phone_and_an_address_with_the_words_for_both(bring: Bring) -> None:
    rows = [[n, f"Tlm: 912 345 67{i} Email: p{i}@x.pt"] for i, n in enumerate(PEOPLE)]
    found = bring([["Nome do cliente", "Contactos"], *rows])
    assert found.phones("Rui Costa") == ["+351912345671"]
    assert found.by_name["Rui Costa"]["emails"][0]["address"] == "p1@x.pt"


# --- rows ----------------------------------------------------------------------------------------


def test_an_own_field_merged_over_a_family(bring: Bring) -> None:
    found = bring(
        [
            ["Agregado", "Nome", "Telemóvel"],
            [None, "Ana Silva", A],
            [None, "Rui Silva", B],
            ["Costa", "Eva Costa", C],
        ],
        merge=[("A2:A3", "Silva")],
    )
    assert [c["custom"]["Agregado"] for c in found.customers] == ["Silva", "Silva", "Costa"]


def test_address_books_of_two_lines_each(bring: Bring) -> None:
    found = bring(
        [
            ["Nome", "Morada", "Telefone"],
            ["Ana Silva", "Rua Alta, 1", A],
            [None, "4050-001 Porto", "222345678"],
            ["Rui Costa", "Rua Alta, 2", B],
            [None, "8000-002 Faro", "289345678"],
            ["Eva Lima", "Rua Alta, 3", C],
            [None, "4700-003 Braga", "253345678"],
            ["Ivo Reis", "Rua Alta, 4", D],
            [None, "4700-004 Braga", None],
        ]
    )
    assert found.names == list(PEOPLE)
    assert address(found, "Rui Costa") == ("Rua Alta, 2", "8000-002", "Faro", "")
    assert found.phones("Rui Costa") == ["+351" + B, "+351289345678"]


def test_phones_without_names_are_customers_all_the_same(bring: Bring) -> None:
    found = bring([["Nome", "Telefone"], [None, A], ["Ana Silva", B], [None, C], [None, D]])
    assert len(found.customers) == 4


def test_titles_of_tables_of_one_header(bring: Bring) -> None:
    header = ["Nome", "Telefone"]
    rows = [["Clientes ativos"], header, ["Ana Silva", A], ["Rui Costa", B], []]
    found = bring([*rows, ["Antigos"], header, ["Eva Lima", C], ["Ivo Reis", D]])
    assert found.names == list(PEOPLE)
    assert [c["tags"] for c in found.customers] == [["Clientes ativos"]] * 2 + [["Antigos"]] * 2


def test_titles_of_printed_pages(bring: Bring) -> None:
    header = ["Nome", "Localidade", "Telefone"]
    pages = [[["Clientes", None, f"Pág. {n}"], ["Emitido em 03-02-2020"], header] for n in (1, 2)]
    people = [[n, "Porto", f"91234567{i}"] for i, n in enumerate(PEOPLE)]
    found = bring([*pages[0], *people[:2], [], *pages[1], *people[2:]])
    assert found.names == list(PEOPLE)
    assert not any(c["tags"] for c in found.customers)


@pytest.mark.parametrize(
    "last",
    [
        [None, None, None, 60.5],
        [None, None, "Итого:", 60.5],
        [None, None, "Totale", 60.5],
        ["Nº de clientes:", 3],
        ["Total: 3"],
    ],
)
def test_sums_below_a_list(bring: Bring, last: Sequence[Any]) -> None:
    found = bring(
        [
            ["Nome", "Telefone", "Última visita", "Saldo"],
            ["Ana Silva", A, "05/03/2019", 10],
            ["Rui Costa", B, "17/04/2019", 20.5],
            ["Eva Lima", C, "18/04/2019", 30],
            last,
        ]
    )
    assert found.names == list(PEOPLE[:3])
    assert found.left_out() == [5]
    assert found.sheets[0].problem_count == 0


def test_a_lonely_figure_that_is_no_sum_continues_the_row_above(bring: Bring) -> None:
    found = bring(
        [
            ["Nome", "Telefone", "Saldo"],
            ["Ana Silva", A, 10],
            ["Rui Costa", B, None],
            [None, None, 7],
        ]
    )
    assert found.by_name["Rui Costa"]["custom"] == {"Saldo": "7"}
    assert found.left_out() == []


# --- forms ---------------------------------------------------------------------------------------


def form(name: str, phone: str, *, gap: bool = False) -> list[list[Any]]:
    between = [None] if gap else []
    return [
        ["Nome", name, *between, "NIF", "263190758"],
        ["Telefone", phone, *between, "Ramo", "Comércio"],
        ["Morada", "Rua Alta, 1", *between, "Localidade", "Porto"],
    ]


def test_forms_with_a_gap_between_their_halves(bring: Bring) -> None:
    forms = [form(n, f"91234567{i}", gap=True) for i, n in enumerate(PEOPLE)]
    found = bring([["Fichas"], *(row for one in forms for row in (*one, []))])
    assert found.names == list(PEOPLE)
    assert found.sheets[0].kind is SheetKind.CARDS
    assert found.by_name["Eva Lima"]["custom"] == {"NIF": "263190758", "Ramo": "Comércio"}


@pytest.mark.parametrize("people", [4, 3])
def test_forms_beside_each_other(bring: Bring, people: int) -> None:
    rows: list[list[Any]] = []
    for first in (0, 2):
        pair = [(n, f"91234567{first + i}") for i, n in enumerate(PEOPLE[first:people][:2])]
        for label, place in (("Nome:", 0), ("Telemóvel:", 1)):
            rows.append([cell for one in pair for cell in (label, one[place], None)])
        rows += [[cell for _one in pair for cell in ("Cidade:", "Porto", None)], []]
    found = bring(rows, country="PT")
    assert sorted(found.names) == sorted(PEOPLE[:people])
    assert found.phones("Eva Lima") == ["+351912345672"]


def test_labels_of_the_forms_own(bring: Bring) -> None:
    sheets = [
        [
            ["Ficha do aluno"],
            ["Nome completo", name],
            ["Telefone", f"91234567{i}"],
            ["Curso", "Inglês - intermediário"],
            ["Como soube de nós?", "Google"],
            ["Cidade", "Porto"],
            ["Gosta de falar."],
        ]
        for i, name in enumerate(PEOPLE)
    ]
    found = bring(*sheets)
    assert found.by_name["Ana Silva"]["custom"] == {"Curso": "Inglês - intermediário"}
    assert found.by_name["Ana Silva"]["source"] == "Google"
    assert found.by_name["Ana Silva"]["notes"] == "Gosta de falar."


def test_visits_within_a_form_are_notes(bring: Bring) -> None:
    sheets = [
        [
            ["Paciente", name, "Seguro", "ADSE"],
            ["Telemóvel", f"91234567{i}", "Idade", 40],
            ["Morada", "Rua Alta, 1"],
            [],
            ["Data", "Tratamento", "Dente", "Valor"],
            [44931, "Consulta", "24", 35],
        ]
        for i, name in enumerate(PEOPLE)
    ]
    found = bring(*sheets)
    assert found.names == list(PEOPLE)
    assert "Tratamento" in found.by_name["Ana Silva"]["notes"]
    assert "Data" not in found.by_name["Ana Silva"]["custom"]


# --- values --------------------------------------------------------------------------------------


def test_codes_in_groups_are_no_numbers(bring: Bring) -> None:
    codes = ["256.455.945.200", "571.229.376.738", "123.456.789.012", "222.333.444.555"]
    rows = [[n, A[:-1] + str(i), codes[i % 4]] for i, n in enumerate([*PEOPLE, "Zé Dias"])]
    found = bring([["Nome", "Telefone", "Registo"], *rows])
    assert found.by_name["Ana Silva"]["custom"] == {"Registo": codes[0]}


def test_the_first_of_a_month(bring: Bring) -> None:
    birthdays = ["1.º jan", "1º de março", "12/03", "5-mar"]
    rows = [[n, d] for n, d in zip(PEOPLE, birthdays, strict=True)]
    found = bring([["Nome", "Aniversário"], *rows])
    days = [found.by_name[n]["birthday"] for n in PEOPLE]
    assert days == ["--01-01", "--03-01", "--03-12", "--03-05"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('#,##0.00 "€"', ["12.5 EUR", "1000 EUR", "7.25 EUR"]),
        ("#,##0.00\\ [$€-816]", ["12.5 EUR", "1000 EUR", "7.25 EUR"]),
        ('"R$" #,##0.00', ["12.5 BRL", "1000 BRL", "7.25 BRL"]),
        ("[$£-809]#,##0", ["12.5 GBP", "1000 GBP", "7.25 GBP"]),
        ("#,##0.00", ["12.5", "1000", "7.25"]),
        ("[Red]0.00", ["12.5", "1000", "7.25"]),
    ],
)
def test_money_that_only_the_number_format_shows(
    workspace: Workspace, tmp_path: Path, code: str, expected: list[str]
) -> None:
    path = tmp_path / "clientes.xlsx"
    book = xlsxwriter.Workbook(str(path))
    shown, sheet = book.add_format({"num_format": code}), book.add_worksheet()
    sheet.write_row(0, 0, ["Nome", "Telefone", "Saldo"])
    for i, (name, value) in enumerate(zip(PEOPLE, (12.5, 1000, 7.25), strict=False)):
        sheet.write_row(i + 1, 0, [name, f"91234567{i}"])
        sheet.write_number(i + 1, 2, value, shown)
    book.close()
    found = import_file(workspace, path)
    assert [c["custom"]["Saldo"] for c in found.customers] == expected


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Localid.", "Porto", "city"),
        ("Aniv.", "5/mar", "birthday"),
        ("End.", "Rua Alta, 5", "street"),
        ("Desc.", "Porto", "custom:Desc."),  # a description, or a discount
        ("Qwe.", "Porto", "custom:Qwe."),
    ],
)
def test_headers_cut_short(bring: Bring, header: str, cell: str, field: str) -> None:
    rows = [[n, f"91234567{i}", cell] for i, n in enumerate(PEOPLE)]
    assert bring([["Nome", "Telefone", header], *rows]).fields()["C"] == field


def test_names_before_firms_under_a_header_that_nobody_knows(bring: Bring) -> None:
    firms = ["Mar Alto, Lda", "Sol Posto, Lda", "Boa Vista, SA", "Três Rios, SA"]
    rows = [[n, f, "Rua Alta, 1"] for n, f in zip(PEOPLE, firms, strict=True)]
    found = bring([["Xyzzy", "Empresa", "Morada"], *rows])
    assert found.names == list(PEOPLE)
    assert found.by_name["Ana Silva"]["organisation"] == "Mar Alto, Lda"


def test_an_area_of_work_is_no_region(bring: Bring) -> None:
    rows = [[n, f"Rua Alta, {i}, Centro, Curitiba - PR, 80010-49{i}", "Cível"]
            for i, n in enumerate(PEOPLE)]  # fmt: skip
    found = bring([["Cliente", "Endereço completo", "Área"], *rows])
    assert address(found, "Rui Costa") == ("Rua Alta, 1, Centro", "80010-491", "Curitiba", "PR")
    assert found.by_name["Rui Costa"]["custom"] == {"Área": "Cível"}
