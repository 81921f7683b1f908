"""Lists whose titles say that they are of birthdays: the days in them have no years."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import PEOPLE, Bring

from crm_desktop.bridge.sheets.birthday_lists import tells_of_birthdays
from crm_desktop.bridge.values.birthdays import bare_day, below_month
from crm_desktop.bridge.values.daywords import month_of

DAYS = ["6/1", "19/1", "29/2", "1/12"]


def listed(title: str, header: str, days: list[Any]) -> list[list[Any]]:
    phones = range(912345670, 912345674)
    rows = [list(row) for row in zip(days, PEOPLE, phones, strict=True)]
    return [[title], [header, "Nome", "Telemóvel"], *rows]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Salão Madalena - Aniversários das clientes", "Dia"),
        ("Aniversariantes", "Data"),
        ("Birthdays", "Day"),
        ("Geburtstagsliste", "Tag"),
        ("Anniversaires des clients", "Jour"),
        ("Cumpleaños 2023", "Fecha"),
        ("Compleanni", "Giorno"),
    ],
)
def test_days_of_a_list_of_birthdays(bring: Bring, title: str, header: str) -> None:
    imported = bring(listed(title, header, DAYS), country="PT")
    found = {c["name"]: c["birthday"] for c in imported.customers}
    assert list(found.values()) == ["--01-06", "--01-19", "--02-29", "--12-01"]


def test_days_below_their_months(bring: Bring) -> None:
    rows: list[list[Any]] = [["Aniversários"], ["Dia", "Nome", "Telemóvel"], ["JANEIRO"]]
    rows += [[6, "Ana Silva", 912345671], [29, "Rui Costa", 912345672], ["FEVEREIRO"]]
    imported = bring([*rows, ["14", "Eva Lima", 912345673], ["30", "Ivo Reis", 912345674]])
    assert [c["birthday"] for c in imported.customers] == ["--01-06", "--01-29", "--02-14", None]
    assert imported.by_name["Ivo Reis"]["custom"] == {"Dia": "30"}  # February has none


def test_chinese_days(bring: Bring) -> None:
    rows = [["会员生日表"], ["日期", "姓名", "手机"], ["1月6日", "陆鸣一", 13898995102]]
    imported = bring([*rows, ["12月29日", "贾二春", 13898995103]], country="CN")
    assert [c["birthday"] for c in imported.customers] == ["--01-06", "--12-29"]


@pytest.mark.parametrize(
    ("title", "header", "days"),
    [
        ("Clientes do salão", "Dia", DAYS),
        ("Bolos de aniversário - encomendas", "Dia", DAYS),
        ("Birthday parties", "Date", DAYS),
        ("Aniversários", "Última visita", DAYS),
        ("Aniversários", "Dia", ["segunda", "terça", "6/1", "sábado"]),
        ("Aniversários", "Dia", [6, 19, 29, 1]),  # of which month nobody says
        ("Aniversários", "Data", [dt.date(2023, 1, day) for day in (6, 7, 8, 9)]),
    ],
)
def test_other_days(bring: Bring, title: str, header: str, days: list[Any]) -> None:
    imported = bring(listed(title, header, days), country="PT")
    assert not any(c["birthday"] for c in imported.customers)
    assert imported.fields()["A"] == f"custom:{header}"


def test_a_column_of_birthdays_leaves_the_days_alone(bring: Bring) -> None:
    rows = [["Aniversários"], ["Dia", "Nome", "Nascimento"], ["6/1", "Ana Silva", "1990-05-03"]]
    imported = bring([*rows, ["7/1", "Rui Costa", "1991-06-04"]], country="PT")
    assert [c["birthday"] for c in imported.customers] == ["1990-05-03", "1991-06-04"]


@pytest.mark.parametrize("title", ["誕生日リスト", "생일 명단", "Дни рождения", "B-days", "寿星"])
def test_titles_of_birthdays(title: str) -> None:
    assert tells_of_birthdays(title)


@pytest.mark.parametrize(
    "title",
    [
        *("Wedding anniversaries", "Aniversário de casamento", "生日宴预订", "Geburtstagsfeiern"),
        *("Birthday cakes", "会员生日礼品", "Aniversário da empresa", "Clientes", ""),
    ],
)
def test_titles_of_something_else(title: str) -> None:
    assert not tells_of_birthdays(title)


def test_months_and_days_apart() -> None:
    assert [month_of(t) for t in ("JANEIRO", "三月份", "2024年12月", "03/2023", "Ana")] == [
        *(1, 3, 12, 3, 0)
    ]
    assert [bare_day(t) for t in ("6", "06", "31日", "1st", "32", "0", "6/1")] == [
        *(6, 6, 31, 1, 0, 0, 0)
    ]
    assert below_month("29", "Fevereiro") == "--02-29"
    assert below_month("29", "Zona Norte") == "29"
