"""What the books of firms whom nobody asked before taught: Portugal, Angola, Brazil, Germany."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Imported, import_file

from crm_desktop.domain.imports import SheetKind
from crm_desktop.services.workspace import Workspace

Bring = Callable[..., Imported]


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Import one sheet of rows; `formats` gives columns a number format."""

    def make(rows: Sequence[Sequence[Any]], formats: dict[int, str] | None = None) -> Imported:
        path = tmp_path / "clientes.xlsx"
        book = xlsxwriter.Workbook(str(path))
        shown = {c: book.add_format({"num_format": f}) for c, f in (formats or {}).items()}
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write(r, c, value, shown.get(c))
        book.close()
        data = tmp_path / "data"
        with Workspace.open(tmp_path / "a.crm", create=True, data_dir=data) as workspace:
            return import_file(workspace, path)

    return make


PHONES = ("912345678", "913456789", "914567890", "915678901")
NAMES = ("Ana Silva", "Rui Costa", "Eva Lima", "Ivo Reis")


def test_a_city_and_its_province_in_one_column_find_their_places(bring: Bring) -> None:
    places = ("Viana / Luanda", "Lobito / Benguela", "Lubango/Huíla", "Cacuaco")
    rows = zip(NAMES, PHONES, places, strict=True)
    found = bring([["Nome", "Telemóvel", "Município / Província"], *rows])
    said = [(a["city"], a["region"]) for c in found.customers for a in c["addresses"]]
    assert said == [
        ("Viana", "Luanda"),
        ("Lobito", "Benguela"),
        ("Lubango", "Huíla"),
        ("Cacuaco", ""),
    ]


def test_two_cities_below_a_plain_header_stay_together(bring: Bring) -> None:
    rows = zip(NAMES, PHONES, ("Lisboa / Porto", "Faro", "Braga", "Beja"), strict=True)
    found = bring([["Nome", "Telemóvel", "Cidade"], *rows])
    (address,) = found.by_name["Ana Silva"]["addresses"]
    assert (address["city"], address["region"]) == ("Lisboa / Porto", "")


def test_what_is_said_by_the_word_for_the_customer_is_his(bring: Bring) -> None:
    days = ("3/4", "25/12", "17/9", "30/1")
    rows = zip(NAMES, PHONES, days, strict=True)
    found = bring([["Tutor(a)", "Celular", "Aniversário do tutor"], *rows])
    assert [c["birthday"] for c in found.customers] == ["--04-03", "--12-25", "--09-17", "--01-30"]


def test_a_birthday_of_somebody_else_is_not_his(bring: Bring) -> None:
    rows = zip(NAMES, PHONES, ("3/4", "25/12", "17/9", "30/1"), strict=True)
    found = bring([["Aluno", "Telemóvel", "Aniversário do tutor"], *rows])
    assert [c["birthday"] for c in found.customers] == [None] * 4


def test_round_sums_that_are_shown_with_a_currency_are_money(bring: Bring) -> None:
    rows = zip(NAMES, PHONES, (4700, 5100, 4600, 3200), strict=True)
    found = bring([["Nome", "Telemóvel", "Orçamento"], *rows], {2: '#,##0 "€"'})
    assert found.by_name["Ana Silva"]["custom"] == {"Orçamento": "4700 EUR"}


@pytest.mark.parametrize("header", ["Firma / Name", "Nome / Empresa"])
def test_firms_and_persons_in_one_column_are_the_customers(bring: Bring, header: str) -> None:
    rows = [
        ["Bäckerei Sonne GmbH", "Ana Silva", PHONES[0]],
        ["Rui Costa", None, PHONES[1]],
        ["Eva Lima", None, PHONES[2]],
        ["Ivo Reis", None, PHONES[3]],
    ]
    found = bring([[header, "Ansprechpartner", "Telefon"], *rows])
    assert found.names == ["Bäckerei Sonne GmbH", "Rui Costa", "Eva Lima", "Ivo Reis"]
    firm = found.by_name["Bäckerei Sonne GmbH"]
    assert firm["kind"] == "organisation"
    assert firm["custom"] == {"Ansprechpartner": "Ana Silva"}


def test_titles_above_a_list_and_the_payments_beside_it_keep_them_apart(bring: Bring) -> None:
    paid = [[f"0{n + 1}/01/2024", NAMES[-n % 4], f"R{n}", 25.5] for n in range(6)]
    rows: list[list[Any]] = [
        ["Ginásio", *[None] * 3, "Pagamentos de Janeiro"],
        [],
        ["Nome", "Telemóvel", None, None, "Data", "Sócio", "Recibo", "Valor"],
    ]
    for n, payment in enumerate(paid):
        member = [NAMES[n], PHONES[n]] if n < len(NAMES) else [None, None]
        rows.append([*member, None, None, *payment])
    found = bring(rows)
    assert found.names == list(NAMES)
    assert all(not c["custom"] for c in found.customers)
    assert [s.kind for s in found.sheets] == [SheetKind.LIST, SheetKind.LEDGER]
