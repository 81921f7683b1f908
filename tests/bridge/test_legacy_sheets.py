"""Sheets as ten years leave them: forms, headings, totals and tables without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from archives import Imported, import_file
from sheet_files import write_csv, write_xlsx

from crm_desktop.domain.imports import SheetKind
from crm_desktop.services.workspace import Workspace

Rows = Sequence[Sequence[Any]]
A, B, C, D = "912345678", "913456789", "914567890", "915678901"


def came_in(workspace: Workspace, path: Path, rows: Rows, name: str = "Sheet1") -> Imported:
    write_xlsx(path / "book.xlsx", {name: rows})
    return import_file(workspace, path / "book.xlsx")


# --- forms -----------------------------------------------------------------------------------


def test_forms_of_two_pairs_a_row_below_each_other(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Hair by Bev - client cards"]]
    for name, phone, colour in (("Ana Silva", A, "7.1"), ("Rui Costa", B, ""), ("Eva Reis", C, "")):
        rows += [
            [],
            ["Name:", name, "", "Tel:", phone],
            ["Birthday:", "3 Aug", "", "Colour:", colour],
        ]
        rows += [
            ["Address:", "Rua Sol 5, 8000-001 Faro", "", "Stylist:", "Bev"],
            ["Notes:", "Tea"],
        ]
    found = came_in(workspace, tmp_path, rows)
    assert found.sheets[0].kind is SheetKind.CARDS
    assert found.names == ["Ana Silva", "Rui Costa", "Eva Reis"]
    assert found.phones("Rui Costa") == ["+351" + B]
    assert found.by_name["Ana Silva"]["custom"] == {"Colour": "7.1"}
    assert found.by_name["Ana Silva"]["owner"] == "Bev"


def test_a_row_shorter_than_the_others_is_no_failure(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["客户卡片"]]
    for name, phone in (("韩雪梅", A), ("谭咏", B), ("翁虹", C)):
        rows += [
            [],
            ["姓名", name, "性别", "女"],
            ["手机", phone, "生日", "1982/2/14"],
            ["备注", "急"],
        ]
    write_csv(tmp_path / "cards.csv", rows)
    found = import_file(workspace, tmp_path / "cards.csv")
    assert [c["birthday"] for c in found.customers] == ["1982-02-14"] * 3


def test_a_label_that_nobody_knows_is_a_field(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["TYNE TRAVEL", "", "CLIENT RECORD"],
        ["Name", "Ana Silva"],
        ["Phone", A],
        ["City", "Porto"],
        ["Medical / dietary", "Nut allergy"],
        ["Wants a quiet room at the back."],
    ]
    person = came_in(workspace, tmp_path, rows).by_name["Ana Silva"]
    assert person["custom"] == {"Medical / dietary": "Nut allergy"}
    assert person["notes"] == "Wants a quiet room at the back."


def test_a_value_in_words_of_a_label_stays(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["姓名", "王秀英"], ["电话", A], ["生日", "1982/2/14"], ["备注", "朋友介绍"]]
    assert came_in(workspace, tmp_path, rows).by_name["王秀英"]["notes"] == "朋友介绍"


def test_a_label_with_no_value_takes_none_of_the_next(workspace: Workspace, tmp_path: Path) -> None:
    form = [["姓名", "王秀英", "性别", "女"], ["手机", A, "生日", "1982/2/14"]]
    rows = [*form, ["备注", "", "办卡日期", "老店"]]
    other = [
        ["姓名", "李建国", "性别", "男"],
        ["手机", B, "生日", ""],
        ["备注", "急", "办卡日期", "新店"],
    ]
    found = came_in(workspace, tmp_path, [*rows, [], *other]).by_name
    assert found["王秀英"]["custom"]["办卡日期"] == "老店"
    assert not found["王秀英"]["notes"]
    assert found["李建国"]["notes"] == "急"


def test_unknown_labels_of_all_forms_are_labels(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = []
    for name, phone, group in (("方文山", A, "三年二班"), ("周子瑜", B, "二年一班")):
        rows += [["學生姓名", name, "小組", group], ["家長姓名", "林太太", "聯絡電話", phone]]
        rows += [["出生日期", "2012/3/4", "入學方式", "抽籤"], []]
    found = came_in(workspace, tmp_path, rows).by_name
    assert found["方文山"]["custom"] == {
        "小組": "三年二班",
        "家長姓名": "林太太",
        "入學方式": "抽籤",
    }


# --- rows that are no customers --------------------------------------------------------------


@pytest.mark.parametrize(
    "total",
    [
        "Customers in all: 2",
        "Customers in all",
        "2 names in total",
        "Total clients",
        "Number of clients: 2",
        "Total de clientes: 2",
        "Nº de clientes: 2",
        "合计 2 人",
        "共2位",
        "总人数：2",
        "總人數",
        "Page 1 of 1",
        "第 1 页",
    ],
)
def test_a_count_of_customers_is_none(workspace: Workspace, tmp_path: Path, total: str) -> None:
    rows = [["Name", "Phone", "City"], ["Ana Silva", A, "Porto"], ["Rui Costa", B, "Faro"], [total]]
    found = came_in(workspace, tmp_path, rows)
    assert found.names == ["Ana Silva", "Rui Costa"]
    assert found.left_out() == [4]


@pytest.mark.parametrize("name", ["Total Fitness", "共好工作室", "人人乐", "3 Companies Ltd"])
def test_a_name_that_begins_like_a_total_stays(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    rows = [["Name", "Phone", "City"], ["Ana Silva", A, "Porto"], [name, "", "Faro"]]
    assert name in came_in(workspace, tmp_path, rows).names


def test_a_row_of_marks_is_nobody(workspace: Workspace, tmp_path: Path) -> None:
    found = came_in(workspace, tmp_path, [["Name", "Phone"], ["Ana Silva", A], ["???", ""]])
    assert found.names == ["Ana Silva"]
    assert found.left_out() == [3]


def test_headings_and_totals_say_nothing_of_a_column(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Client book"], ["Name", "Phone"]]
    for letter, names in (("A", "Abel, Ana"), ("B", "Brito, Rui"), ("C", "Cruz, Eva")):
        rows += [[letter], [names, A[:-1] + str(len(rows))]]
    found = came_in(workspace, tmp_path, [*rows, ["Total clients", 3]])
    people = [(c["given_name"], c["family_name"]) for c in found.customers]
    assert people == [("Ana", "Abel"), ("Rui", "Brito"), ("Eva", "Cruz")]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Gold", "Silver"), ("金卡", "银卡"), ("零售", "批发"), ("Fortnightly", "Monthly")],
)
def test_words_that_head_groups_are_tags(
    workspace: Workspace, tmp_path: Path, first: str, second: str
) -> None:
    rows = [["Customer", "Tel"], [first], ["Nia Powell", A], ["Owen Rees", B], []]
    rows += [[second], ["Rhys Bevan", C]]
    found = came_in(workspace, tmp_path, rows)
    assert [(c["name"], c["tags"]) for c in found.customers] == [
        ("Nia Powell", [first]),
        ("Owen Rees", [first]),
        ("Rhys Bevan", [second]),
    ]


def test_first_names_without_a_phone_are_customers(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Customer", "Tel"], ["Nia Powell", A], ["Megan"], ["Owen Rees", B], ["Alun"]]
    assert came_in(workspace, tmp_path, rows).names == ["Nia Powell", "Megan", "Owen Rees", "Alun"]


# --- tables without a gap --------------------------------------------------------------------


def test_touching_tables(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Name", "Phone", "City"],
        ["Ann Lowe", A, "Porto"],
        ["Bo Chan", B, "Faro"],
        ["Business customers"],
        ["Company", "Contact", "Phone", "Email"],
        ["Rainier Coffee Inc", "Flo Diaz", C, "flo@rainier.example"],
    ]
    found = came_in(workspace, tmp_path, rows)
    assert found.names == ["Ann Lowe", "Bo Chan", "Flo Diaz"]
    assert found.by_name["Flo Diaz"]["organisation"] == "Rainier Coffee Inc"
    assert [sheet.header_row for sheet in found.sheets] == [1, 5]


def test_a_touching_table_far_below(workspace: Workspace, tmp_path: Path) -> None:
    people = [[f"Ana Silva {n}", f"91234{n:04d}", "Porto"] for n in range(100, 190)]
    rows = [["Nome", "Telefone", "Cidade"], *people, ["Empresa", "Contacto", "Telefone"]]
    found = came_in(workspace, tmp_path, [*rows, ["Mar Alto, Lda", "Rui Costa", A]])
    assert len(found.names) == 91
    assert found.by_name["Rui Costa"]["organisation"] == "Mar Alto, Lda"


def test_customers_whose_words_are_headers_part_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        ["Name", "Kind", "Stage", "Phone"],
        ["Ana Silva", "Person", "Customer", A],
        ["Client", "Company", "Customer", "none"],
        ["Rui Costa", "Person", "Lead", B],
    ]
    assert len(came_in(workspace, tmp_path, rows).sheets) == 1


def test_a_second_header_in_another_language_parts_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [["姓名", "电话", "地址"], ["Name", "Phone", "Address"], ["陈大文", A, "Rua do Sol, 5"]]
    found = came_in(workspace, tmp_path, rows)
    assert len(found.sheets) == 1
    assert "陈大文" in found.names


def test_titles_with_a_colon_head_no_table(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Phone list: Ann", "", "", "Phone list: Bo"],
        ["Name", "Phone", "", "Name", "Phone"],
        ["Ana Silva", A, "", "Eva Reis", B],
    ]
    assert sorted(came_in(workspace, tmp_path, rows).names) == ["Ana Silva", "Eva Reis"]


# --- names of sheets -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "tags"),
    [
        (("Customers 2022", "Customers 2023"), ["2023", "2022"]),
        (("2022年客户", "2023年客户名单"), ["2023年", "2022年"]),
        (("Clientes 2022", "Clientes 2023"), ["2023", "2022"]),
        (("VIP 2022", "VIP 2023"), ["VIP 2023", "VIP 2022"]),
        (("By town", "By name"), []),
    ],
)
def test_years_in_names_of_sheets_are_tags(
    workspace: Workspace, tmp_path: Path, names: tuple[str, str], tags: list[str]
) -> None:
    rows = [["Name", "Phone"], ["Ana Silva", A]]
    write_xlsx(tmp_path / "book.xlsx", dict.fromkeys(names, rows))
    (ana,) = import_file(workspace, tmp_path / "book.xlsx").customers
    assert ana["tags"] == tags
