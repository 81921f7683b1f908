"""Headings of groups among rows that continue others, and above the header itself."""

from __future__ import annotations

import pytest
from archives import PEOPLE, Bring

HEADER = ["Cliente", "Telefone", "Morada"]
CUSTOMERS = [[name, f"91234567{i}", f"Rua {i + 1}"] for i, name in enumerate(PEOPLE)]
TOWNS = ["CASCAIS", "SINTRA"]
TOWN_OF = {name: TOWNS[i // 2] for i, name in enumerate(PEOPLE)}


@pytest.mark.parametrize(
    "further",
    [
        [None, "214 274 829 (casa)"],
        [None, "casa 214 274 829"],
        [None, None, "Portão das traseiras"],
    ],
)
def test_a_row_that_continues_another_takes_no_heading_away(
    bring: Bring, further: list[str | None]
) -> None:
    rows = [[TOWNS[0]], CUSTOMERS[0], further, CUSTOMERS[1], [TOWNS[1]], *CUSTOMERS[2:]]
    found = bring([HEADER, *rows], country="PT")

    assert found.names == list(PEOPLE)
    assert found.left_out() == [2, 6]
    assert {n: c["addresses"][0]["city"] for n, c in found.by_name.items()} == TOWN_OF


def test_headings_right_of_the_names_are_headings(bring: Bring) -> None:
    """Where none stands at the names, they stand where they stand."""
    rows = [[None, None, TOWNS[0]], *CUSTOMERS[:2], [None, None, TOWNS[1]], *CUSTOMERS[2:]]
    found = bring([HEADER, *rows], country="PT")
    assert found.names == list(PEOPLE)
    assert found.left_out() == [2, 5]


@pytest.mark.parametrize("above", [[], [["CLÍNICA MOVIMENTO"], []]])
@pytest.mark.parametrize("plans", [("UNIMED", "PARTICULAR"), ("Plano A", "Sem plano")])
def test_the_first_groups_heading_stands_above_the_header(
    bring: Bring, above: list[list[str]], plans: tuple[str, str]
) -> None:
    first, second = plans
    rows = [[first], HEADER, *CUSTOMERS[:2], [], [second], HEADER, *CUSTOMERS[2:]]
    found = bring([*above, *rows], country="PT")
    assert {n: c["tags"] for n, c in found.by_name.items()} == {
        name: [plans[i // 2]] for i, name in enumerate(PEOPLE)
    }


@pytest.mark.parametrize("title", ["Clientes", "Lista de clientes de 2024"])
def test_a_title_above_the_header_is_no_heading(bring: Bring, title: str) -> None:
    rows = [[title], HEADER, *CUSTOMERS[:2], [], ["ANTIGOS"], HEADER, *CUSTOMERS[2:]]
    found = bring(rows, country="PT")
    assert [c["tags"] for c in found.customers] == [[], [], ["ANTIGOS"], ["ANTIGOS"]]
