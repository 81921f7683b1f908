"""Tables that tell of customers whom another table of the workbook lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import PEOPLE, Bring

from crm_desktop.domain.imports import SheetKind

CUSTOMERS = [["Nome", "Telefone"], *([name, f"91234567{i}"] for i, name in enumerate(PEOPLE))]
SOLD = ["Segurado", "Seguradora", "Apólice", "Início", "Valor"]


def sold(names: tuple[str, ...], header: list[str] = SOLD) -> list[list[Any]]:
    days = [dt.date(2024, 1 + i, 5) for i in range(len(names))]
    return [header, *([n, "HDI", f"A{d:%m}7", d, 100.5] for n, d in zip(names, days, strict=True))]


@pytest.mark.parametrize("names", [PEOPLE, ("Ana Silva", "Ana Silva", "Rui Costa", "Eva Lima")])
def test_they_are_kept_whatever_is_sold(bring: Bring, names: tuple[str, ...]) -> None:
    found = bring(CUSTOMERS, sold(names), country="PT")

    assert found.sheets[1].kind is SheetKind.LEDGER
    assert found.names == list(PEOPLE)
    assert not any(c["custom"] or c["tags"] or c["notes"] for c in found.customers)


def test_they_are_kept_beside_a_list_of_names_with_phones_in_one_cell(bring: Bring) -> None:
    listed = [["Cliente (nome e telefone)", "Cidade"]]
    listed += [[f"{name} (11) 98765-432{i}", "Itu"] for i, name in enumerate(PEOPLE)]
    found = bring(listed, sold(PEOPLE), country="BR")
    assert found.sheets[1].kind is SheetKind.LEDGER
    assert found.names == list(PEOPLE)


def test_others_customers_are_a_list(bring: Bring) -> None:
    others = ("Tomás Reis", "Olga Pires", "Hugo Dias", "Lia Matos")
    found = bring(CUSTOMERS, sold(others), country="PT")
    assert found.sheets[1].kind is SheetKind.LIST
    assert found.names == [*PEOPLE, *others]


def test_an_earlier_years_list_is_one(bring: Bring) -> None:
    """What both say of the customers is no sale."""
    header = ["Nome", "Telefone", "Inscrição", "Valor"]
    day = dt.date(2024, 5, 6)
    this = [header, *([n, f"91234567{i}", day, 30.5] for i, n in enumerate(PEOPLE))]
    last = [["Nome", "Inscrição", "Valor"], *([n, day, 29.5] for n in PEOPLE)]
    found = bring(this, last, country="PT")
    assert [s.kind for s in found.sheets] == [SheetKind.LIST] * 2
