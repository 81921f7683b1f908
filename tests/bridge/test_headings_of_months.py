"""Months as headings between the rows of a list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import PEOPLE, Bring, Imported

from crm_desktop.bridge.values.daywords import is_month

HEADER = ["Nome", "Telefone", "Localidade"]


def listed(bring: Bring, first: Any, second: Any) -> Imported:
    rows = [[name, f"91234567{i}", "Porto"] for i, name in enumerate(PEOPLE)]
    return bring([HEADER, [first], *rows[:2], [second], *rows[2:]])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Janeiro", "Fevereiro"),
        ("MARÇO DE 2023", "ABRIL DE 2023"),
        ("March 2023", "April 2023"),
        ("Mar/23", "Apr/23"),
        ("2024年3月", "2024年4月"),
        ("三月份", "四月份"),
        ("03/2023", "04/2023"),
        (dt.date(2023, 3, 1), dt.date(2023, 4, 1)),
    ],
)
def test_months_head_rows_and_are_no_tags(bring: Bring, first: Any, second: Any) -> None:
    found = listed(bring, first, second)
    assert found.names == list(PEOPLE)
    assert not any(customer["tags"] for customer in found.customers)
    assert found.left_out() == [2, 5]
    assert not any(customer["custom"] for customer in found.customers)
    # Nothing is lost: it stands with the row that it headed.
    assert [str(first) in texts for texts in found.origins] == [True, True, False, False]
    assert [str(second) in texts for texts in found.origins] == [False, False, True, True]


def test_who_comes_in_two_months_is_no_question(bring: Bring) -> None:
    first, second = ([name, f"91234567{i}", "Porto"] for i, name in enumerate(PEOPLE[:2]))
    found = bring([HEADER, ["Janeiro"], first, second, ["Fevereiro"], first])
    assert found.names == list(PEOPLE[:2])
    assert found.sheets[0].problem_count == 0


def test_a_single_june_is_a_customer(bring: Bring) -> None:
    found = bring(
        [HEADER, ["Ana Silva", "912345678", "Porto"], ["June"], [*PEOPLE[1:2], "91", "P"]]
    )
    assert "June" in found.names


@pytest.mark.parametrize("text", ["12 de março", "Ana", "Maio Silva", "3月5日", "2023", "13/2023"])
def test_no_months(text: str) -> None:
    assert not is_month(text)
