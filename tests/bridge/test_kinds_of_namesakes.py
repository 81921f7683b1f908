"""One name of a person by default, and of an organisation that something says is one."""

from __future__ import annotations

import pytest
from archives import Bring

FIRM = "Edifício Ipê Amarelo"  # nothing but its number says what it is
BY_NUMBER = [
    ["Nome", "CPF / CNPJ", "Telefone"],
    ["Zenaide Toledo", "458.546.626-63", "34993013221"],
    [FIRM, "64.690.636/0001-95", "3433985023"],
    ["Cátia Sales", "605.922.807-05", "34992963988"],
]
BARE = [["Nome", "Brinde"], ["Zenaide Toledo", "Caneta"], [FIRM, "Agenda"], ["Cátia Sales", "Boné"]]


@pytest.mark.parametrize("sheets", [(BY_NUMBER, BARE), (BARE, BY_NUMBER)])
def test_the_surer_kind_counts(bring: Bring, sheets: tuple[list[list[str]], ...]) -> None:
    found = bring(*sheets, country="BR")

    assert found.names == ["Zenaide Toledo", FIRM, "Cátia Sales"]
    assert [c["kind"] for c in found.customers] == ["person", "organisation", "person"]
    assert found.by_name[FIRM]["custom"] == {
        "CPF / CNPJ": "64.690.636/0001-95",
        "Brinde": "Agenda",
    }


def test_somebody_with_a_birthday_is_no_organisation(bring: Bring) -> None:
    persons = [["Nome", "Data de nascimento"], [FIRM, "1980-02-03"], ["Ana Silva", "1975-04-05"]]
    found = bring(BY_NUMBER, persons, country="BR")

    assert found.names.count(FIRM) == 2
    assert sorted(c["kind"] for c in found.customers if c["name"] == FIRM) == [
        "organisation",
        "person",
    ]
