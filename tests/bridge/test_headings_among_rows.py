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
