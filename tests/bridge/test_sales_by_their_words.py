"""Sales whose days and amounts have the words of one trade, and lists that only look alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import PEOPLE
from opened import Look

from crm_desktop.domain.imports import SheetKind

CHINESE = ("段丽华", "何世昌", "和文静", "李昌荣")


def rows(header: list[str], *columns: tuple[Any, ...]) -> list[list[Any]]:
    return [header, *(list(row) for row in zip(*columns, strict=True))]


def days(count: int = 4) -> tuple[dt.date, ...]:
    return tuple(dt.date(2024, 1 + i, 5) for i in range(count))


AMOUNTS = (2180.0, 640.5, 15400.0, 212.0)
REFERENCES = ("LT-2301", "LT-2302", "LT-2303", "LT-2304")


@pytest.mark.parametrize(
    "amount",
    ["Gross", "Fee", "Cost", "Deposit", "Balance", "Commission", "Fare", "Turnover", "Amount"],
)
def test_sales_by_english_words(look: Look, amount: str) -> None:
    header = ["Date", "Booking ref", "Client", amount]
    found = look(rows(header, days(), REFERENCES, PEOPLE, AMOUNTS), country="GB")
    assert found.kinds == [SheetKind.LEDGER]


@pytest.mark.parametrize("day", ["日期", "日　期", "出团日期", "就診日期", "上课日期"])
@pytest.mark.parametrize("amount", ["团款", "费用", "定金", "尾款", "學費"])
def test_sales_by_chinese_words(look: Look, day: str, amount: str) -> None:
    found = look(
        rows([day, "项目", "客户", amount], days(), REFERENCES, CHINESE, AMOUNTS), country="CN"
    )
    assert found.kinds == [SheetKind.LEDGER]


@pytest.mark.parametrize(
    "header",
    [
        ["Joined date", "Service", "Client", "Fee"],
        ["Registration date", "Product", "Customer", "Balance"],
        ["Data de inscrição", "Serviço", "Cliente", "Mensalidade"],
        ["注册日期", "项目", "客户", "余额"],
        ["入会日期", "产品", "姓名", "会费"],
    ],
)
def test_since_when_somebody_is_a_customer_is_no_sale(look: Look, header: list[str]) -> None:
    people = CHINESE if header[0].endswith("日期") else PEOPLE
    found = look(rows(header, days(), REFERENCES, people, AMOUNTS), country="GB")
    assert found.kinds == [SheetKind.LIST]
    assert sorted(found.names) == sorted(people)


@pytest.mark.parametrize(
    ("header", "people"),
    [
        (["Birth date", "Service", "Client", "Fee"], PEOPLE),
        (["出生日期", "项目", "学员", "学费"], CHINESE),
    ],
)
def test_birthdays_are_no_days_of_sales(
    look: Look, header: list[str], people: tuple[str, ...]
) -> None:
    found = look(rows(header, days(), REFERENCES, people, AMOUNTS), country="CN")
    assert found.kinds == [SheetKind.LIST]


def test_a_list_with_phones_and_a_balance_is_one(look: Look) -> None:
    phones = tuple(f"07400 21011{i}" for i in range(4))
    header = ["Name", "Mobile", "Last invoice date", "Service", "Balance"]
    found = look(rows(header, PEOPLE, phones, days(), REFERENCES, AMOUNTS), country="GB")
    assert found.kinds == [SheetKind.LIST]


LISTED = rows(
    ["First name", "Surname", "Mobile"],
    ("Anna", "Carl", "Eve", "Gil"),
    ("Bell", "Dunn", "Frost", "Hart"),
    ("07400 210111", "07400 210112", "07400 210113", "07400 210114"),
)
BOUGHT = ["Start", "Course", "Client", "Gross"]
COURSES = ("Knitting", "Pottery", "Drawing", "Guitar")


def test_surnames_of_listed_customers_are_sales(look: Look) -> None:
    sold = rows(BOUGHT, days(), COURSES, ("Bell", "Dunn", "Hart", "Bell"), AMOUNTS)
    found = look(LISTED, sold, country="GB")
    assert found.kinds == [SheetKind.LIST, SheetKind.LEDGER]


def test_surnames_are_known_from_whole_names(look: Look) -> None:
    whole = [["Name", "Mobile"], *([f"{a} {b}", c] for a, b, c in LISTED[1:])]
    sold = rows(BOUGHT, days(), COURSES, ("Bell", "Dunn", "Frost", "Hart"), AMOUNTS)
    found = look(whole, sold, country="GB")
    assert found.kinds[1] is SheetKind.LEDGER


def test_a_surname_of_two_tells_of_neither(look: Look) -> None:
    """Four pupils called like the customers' families may be anybody."""
    both = [*LISTED, *([f"{a}ia", b, f"07400 31011{i}"] for i, (a, b, _c) in enumerate(LISTED[1:]))]
    sold = rows(BOUGHT, days(), COURSES, ("Bell", "Dunn", "Frost", "Hart"), AMOUNTS)
    found = look(both, sold, country="GB")
    assert found.kinds[1] is SheetKind.LIST


def test_a_sheet_called_sales_holds_them(look: Look) -> None:
    sold = rows(["Date", "Client", "Fee"], days(), PEOPLE, AMOUNTS)
    assert look(**{"Sales 2023": sold}).kinds == [SheetKind.LEDGER]
    assert look(**{"Members": sold}).kinds == [SheetKind.LIST]
    assert look(**{"出团记录": sold}, country="CN").kinds == [SheetKind.LEDGER]


def test_a_sheet_called_sales_may_have_customers_of_its_own(look: Look) -> None:
    listed = [["Name", "Mobile"], ["Ana Silva", "912345671"], ["Rui Costa", "912345672"]]
    sold = rows(["Início", "Curso", "Cliente", "Valor"], days(), COURSES, PEOPLE, AMOUNTS)
    assert look(Clientes=listed, Vendas=sold).kinds[1] is SheetKind.LEDGER
    assert look(Clientes=listed, Alunos=sold).kinds[1] is SheetKind.LIST
