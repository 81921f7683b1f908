"""Tables of visits at the ends of forms: with gaps, of two columns, and without a row yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import Bring

Rows = list[list[Any]]
DAY = dt.date(2022, 2, 4)
PEOPLE = (("Ana Reis", "912345671"), ("Rui Costa", "912345672"))


def form(name: str, phone: str, *table: list[Any]) -> Rows:
    return [["Nome:", name], ["Telemóvel:", phone], ["Localidade:", "Porto"], [], *table]


def patient(name: str, phone: str, *visits: list[Any]) -> Rows:
    return [
        ["Patient record card"],
        [],
        ["Name:", name, "D.O.B.:", "11/03/1987"],
        ["Mobile:", phone, "Email:", f"{phone[-3:]}@mail.example"],
        ["GP:", "Dr Clancy", "Allergies:", "None"],
        [],
        ["Date", "Treatment", "Fee", "Paid"],
        *visits,
    ]


VISIT = ["4/9/2023", "Initial assessment", 60.0, "Y"]


@pytest.mark.parametrize("visits", [[[VISIT], []], [[], [VISIT]], [[], []]])
def test_a_table_without_a_row_makes_no_fields(bring: Bring, visits: list[Rows]) -> None:
    cards = [
        patient(name, phone, *rows) for (name, phone), rows in zip(PEOPLE, visits, strict=True)
    ]
    imported = bring(*cards, country="PT")
    assert imported.names == ["Ana Reis", "Rui Costa"]
    for customer, rows in zip(imported.customers, visits, strict=True):
        assert customer["custom"] == {"GP": "Dr Clancy", "Allergies": "None"}
        assert ("Initial assessment" in customer["notes"]) is bool(rows)
        assert "Treatment" not in customer["notes"] or rows


def test_a_table_without_a_row_is_known_by_the_other_forms_of_a_sheet(bring: Bring) -> None:
    heads = ["日期", "項目", "備註"]
    first = [["姓名", "陳美玲"], ["手機", "0912334556"], ["地址", "和平東路9號"], heads]
    second = [
        ["姓名", "黃志偉"],
        ["手機", "0928771043"],
        ["地址", "台北市大安區和平東路7號"],
        heads,
    ]
    rows = [*first, [DAY, "剪髮", "靠窗"], [], *second]
    imported = bring(rows, country="TW")
    assert imported.names == ["陳美玲", "黃志偉"]
    assert [customer["custom"] for customer in imported.customers] == [{}, {}]
    assert "剪髮" in imported.by_name["陳美玲"]["notes"]


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["Data", "Tratamento", None, None, "Evolução"], [DAY, "Massagem", None, None, "igual"]),
        (["Data", "Tratamento", None, "Evolução"], [DAY, "Massagem", None, "igual"]),
        (["Data", "Tratamento"], [DAY, "Massagem"]),
        (["Data", None, "Tratamento"], [DAY, None, "Massagem"]),
        (["Data", "Tratamento"], ["04/02/2022", "Massagem"]),
    ],
)
def test_gaps_that_the_rows_share_part_no_table(
    bring: Bring, heads: list[Any], row: list[Any]
) -> None:
    cards = [form(name, phone, heads, row, row) for name, phone in PEOPLE]
    imported = bring(*cards, country="PT")
    assert imported.names == ["Ana Reis", "Rui Costa"]
    for customer in imported.customers:
        assert customer["custom"] == {}
        assert "Massagem" in customer["notes"]
        assert customer["notes"].startswith("Data · Tratamento")


def test_pairs_side_by_side_are_no_table(bring: Bring) -> None:
    def card(name: str, phone: str) -> Rows:
        return [*form(name, phone)[:3], ["Profissão", "Médica", "Fumador", "Não"]]

    imported = bring(*(card(*one) for one in PEOPLE), country="PT")
    assert [c["custom"]["Profissão"] for c in imported.customers] == ["Médica"] * 2
