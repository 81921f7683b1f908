"""Tables that name their customers by the numbers of another table of the file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import PEOPLE, Bring, Imported

from crm_desktop.domain.imports import SheetKind

DAY = dt.date(2024, 4, 2)


def people(header: str) -> list[list[Any]]:
    rows = [[1001 + i, name, f"91234567{i}"] for i, name in enumerate(PEOPLE)]
    return [[header, "Nome", "Telefone"], *rows]


def repairs(header: str, *numbers: Any) -> list[list[Any]]:
    rows = [[f"R{i}", number, DAY, "Motor", 60 + i] for i, number in enumerate(numbers)]
    return [["Folha", header, "Data", "Avaria", "Custo"], *rows]


def kept(found: Imported) -> bool:
    """Whether the second table's rows came in as they stand, and made nobody."""
    assert found.names == list(PEOPLE)
    kinds = [sheet.kind for sheet in found.sheets]
    if kinds == [SheetKind.LIST]:
        return False
    assert kinds == [SheetKind.LIST, SheetKind.LEDGER]
    assert [left.reason for left in found.sheets[1].left_out] == [
        "The row tells of a sale; it is kept as it stands."
    ] * found.sheets[1].rows
    return True


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("客户编号", "客户编号"),
        ("客戶編號", "客户编号"),
        ("Nº cliente", "Nº cliente"),
        ("N.º de Cliente", "Cod. cliente"),
        ("Cliente nº", "Nº cliente"),
        ("Customer no.", "Customer number"),
        ("A/C No.", "A/C No."),
        ("Nº de processo", "Nº de processo"),
        ("Nº cliente", "Cliente"),
    ],
)
def test_rows_of_customers_numbers_are_kept(bring: Bring, header: str, other: str) -> None:
    found = bring(people(header), repairs(other, 1001, 1002, 1002, "1004"))
    assert kept(found)
    assert found.sheets[1].rows == 4


def test_a_total_below_them_is_one(bring: Bring) -> None:
    rows = [*repairs("Nº cliente", 1001, 1002, 1003), ["Total", None, None, None, 183]]
    found = bring(people("Nº cliente"), rows)
    assert found.sheets[1].kind is SheetKind.LEDGER


def test_beside_their_list(bring: Bring) -> None:
    left, right = people("Nº cliente"), repairs("Nº cliente", 1001, 1002, 1002, 1003, 1001)
    rows = [
        [*(left[i] if i < len(left) else [None] * 3), None, *right[i]] for i in range(len(right))
    ]
    assert kept(bring(rows))


@pytest.mark.parametrize(
    ("header", "other", "numbers"),
    [
        ("Nº cliente", "Nº cliente", (7, 8, 9, 10)),  # of another firm
        ("Nº", "Nº", (1001, 1002, 1003)),  # the lines are counted
        ("Nº cliente", "Quantidade", (1001, 1002)),
    ],
)
def test_other_figures_stay_figures(
    bring: Bring, header: str, other: str, numbers: tuple[int, ...]
) -> None:
    assert not kept(bring(people(header), repairs(other, *numbers)))


def test_numbers_without_a_list_stay_figures(bring: Bring) -> None:
    other = [["Nome", "Telefone"], *([name, f"91234567{i}"] for i, name in enumerate(PEOPLE))]
    assert not kept(bring(other, repairs("Nº cliente", 1001, 1002)))
