"""Tables of others beside a list of customers: suppliers, partners, guides."""

from __future__ import annotations

from typing import Any

import pytest
from archives import PEOPLE
from opened import Look, points

LIST = [["Nome", "Telemóvel"], *([name, f"91234567{i}"] for i, name in enumerate(PEOPLE))]
FIRMS = [["Papelaria Sol, Lda", "213456789"], ["Limpezas Norte, Lda", "213456788"]]
PERSONS = [["Marta Luz", "213456789"], ["Zita Norte", "213456788"]]


def beside(header: list[str], rows: list[list[str]]) -> list[list[Any]]:
    found = [header, *rows, *([[]] * len(LIST))]
    return [[*row, None, *other] for row, other in zip(LIST, found, strict=False)]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Fornecedor", FIRMS),
        ("Proveedores", FIRMS),
        ("Lieferant", FIRMS),
        ("供应商", FIRMS),
        ("Parceiro", FIRMS),
        ("Monitor", PERSONS),
        ("Guia", PERSONS),
    ],
)
def test_they_are_a_table_of_their_own(look: Look, head: str, rows: list[list[str]]) -> None:
    found = look(beside([head, "Telefone"], rows))
    assert found.names == [*PEOPLE, *(row[0] for row in rows)]
    assert [len(points(d)) for d in found.drafts] == [1] * 6


def test_a_title_parts_them_where_both_end_in_one_row(look: Look) -> None:
    rows = [*PERSONS, ["Hugo Sol", "213456787"], ["Olga Pires", "213456786"]]
    table = beside(["Monitor", "Telefone"], rows)
    titled = look([["CLIENTES", None, None, "MONITORES"], *table])
    assert titled.names == [*PEOPLE, *(row[0] for row in rows)]
    assert look(table).names == list(PEOPLE)


@pytest.mark.parametrize("head", ["Contacto de emergência", "Mãe", "Encarregado de emergência"])
def test_whom_to_call_in_an_emergency_stays_beside_the_customer(look: Look, head: str) -> None:
    found = look(beside([head, "Telefone"], PERSONS))
    assert found.names == list(PEOPLE)
    assert [len(points(d)) for d in found.drafts] == [2, 2, 1, 1]


def test_suppliers_of_articles_are_no_customers(look: Look) -> None:
    stock = [["Artigo", "Preço", "Fornecedor"], ["Azeite", 32.5, "Papelaria Sol, Lda"]]
    assert look(LIST, stock).names == list(PEOPLE)


def test_a_customers_supplier_is_a_field_of_his(look: Look) -> None:
    rows = [[*row, name] for row, name in zip(LIST, ["Fornecedor", *"ABCD"], strict=True)]
    found = look(rows)
    assert found.names == list(PEOPLE)
    first = found.drafts[0]
    assert (first.organisation, first.custom) == ("", (("Fornecedor", "A"),))
