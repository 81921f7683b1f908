"""Forms that nobody has filled in yet, below, beside or apart from those of customers."""

from __future__ import annotations

from typing import Any

import pytest
from archives import Bring

Rows = list[list[Any]]
PEOPLE = (("Ana Reis", "912345671", "Porto"), ("Rui Costa", "912345672", "Faro"))
ALL = "Ana Reis", "Rui Costa"
EMPTY = "The form is empty."


def small(name: str | None, phone: str | None, city: str | None) -> Rows:
    return [["Nome:", name], ["Telemóvel:", phone], ["Localidade:", city]]


def wide(name: str | None, phone: str | None, city: str | None) -> Rows:
    return [
        ["FICHA"],
        [],
        ["Nome:", name, None, "NIF:", "243000928" if name else None],
        ["Telemóvel:", phone, None, "E-mail:", "a@example.pt" if name else None],
        ["Localidade:", city, None, "Fumador", "não" if name else None],
    ]


def inline(name: str | None, phone: str | None, city: str | None) -> Rows:
    pairs = (("Nome", name), ("Telemóvel", phone), ("Localidade", city))
    return [[f"{label}: {said or ''}"] for label, said in pairs]


def below(*forms: Rows) -> Rows:
    return [row for form in forms for row in [*form, []]]


@pytest.mark.parametrize("where", [0, 1, 2])
@pytest.mark.parametrize("make", [small, wide, inline])
def test_a_blank_form_among_others_below_each_other_makes_nobody(
    bring: Bring, make: Any, where: int
) -> None:
    forms = [make(*one) for one in PEOPLE]
    forms.insert(where, make(None, None, None))
    imported = bring(below(*forms), country="PT")
    assert tuple(imported.names) == ALL
    assert imported.phones("Rui Costa") == ["+351912345672"]
    assert imported.by_name["Rui Costa"]["addresses"][0]["city"] == "Faro"
    # One above the first filled one is of the sheet's head.
    assert [row.reason for row in imported.sheets[0].left_out] in ([EMPTY], [])


def test_a_form_with_a_name_alone_breaks_no_others_apart(bring: Bring) -> None:
    forms = [small(*one) for one in PEOPLE]
    imported = bring(below(*forms, small("Eva Sá", None, None)), country="PT")
    assert tuple(imported.names) == (*ALL, "Eva Sá")


def test_a_blank_form_beside_others_makes_nobody(bring: Bring) -> None:
    left, right = (small(*one) for one in PEOPLE)
    blank = small(None, None, None)
    rows = [[*a, None, *b] for a, b in zip(left, right, strict=True)]
    rows += [[], *([*small("Eva Sá", "912345673", "Braga")[i], None, *blank[i]] for i in range(3))]
    imported = bring(rows, country="PT")
    assert sorted(imported.names) == sorted([*ALL, "Eva Sá"])


@pytest.mark.parametrize("make", [small, wide, inline])
@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("many", [1, 2])
def test_a_template_on_a_sheet_of_its_own_makes_nobody(
    bring: Bring, make: Any, last: bool, many: int
) -> None:
    blank: Rows = make(None, None, None)
    cards = [make(*one) for one in PEOPLE[:many]]
    imported = bring(*([*cards, blank] if last else [blank, *cards]), country="PT")
    assert tuple(imported.names) == ALL[:many]
    [sheet] = imported.sheets
    assert [row.reason for row in sheet.left_out] == [EMPTY]
    assert "Fumador:" not in imported.customers[0]["custom"]


@pytest.mark.parametrize("line", ["____________", "__/__/____", "…………", "........"])
def test_lines_to_write_on_are_no_values(bring: Bring, line: str) -> None:
    cards = [small(*one) for one in PEOPLE]
    imported = bring(small(line, line, line), *cards, country="PT")
    assert tuple(imported.names) == ALL
    assert [row.reason for row in imported.sheets[0].left_out] == [EMPTY]


def test_a_template_keeps_what_it_says_of_everybody(bring: Bring) -> None:
    def card(name: str | None, phone: str | None) -> Rows:
        return [*small(name, phone, "Porto"), ["Versão 3"]]

    cards = [card(name, phone) for name, phone, _city in PEOPLE]
    assert tuple(bring(card(None, None), *cards, country="PT").names) == ALL


def test_a_template_alone_makes_nobody(bring: Bring) -> None:
    imported = bring(wide(None, None, None), country="PT")
    assert imported.names == []


def test_a_copy_of_a_card_stays_a_card(bring: Bring) -> None:
    cards = [wide(*one) for one in PEOPLE]
    second = wide(PEOPLE[0][0], None, None)
    imported = bring(*cards, second, country="PT")
    assert tuple(imported.names) == ALL
    assert imported.sheets[0].merged == 1
