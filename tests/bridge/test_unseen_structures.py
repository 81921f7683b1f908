"""What unseen books have taught of headings, sums, headers of two rows and small cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Imported

from crm_desktop.domain.imports import SheetKind
from crm_desktop.services.workspace import Workspace

Rows = Sequence[Sequence[Any]]
Take = Callable[..., Imported]
HEADER = ["姓名", "电话", "楼盘"]
ROWS = [
    ["洪秀珍", "13800130001", "翡翠花园"],
    ["昂军", "13800130002", "金地国际"],
    ["郜敏", "13800130003", "望湖城"],
    ["查丽君", "13800130004", "绿城桂园"],
]


@pytest.fixture
def take(workspace: Workspace, tmp_path: Path) -> Take:
    """Import a workbook of sheets given as rows; `merge` merges areas of the first one."""

    def make(*sheets: Rows, merge: Sequence[tuple[int, int, int, int]] = ()) -> Imported:
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for rows in sheets:
                sheet = book.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
            for area in merge:
                book.worksheets()[0].merge_range(*area, "")
                top, left = area[:2]
                book.worksheets()[0].write(top, left, sheets[0][top][left])
        return Imported(workspace, workspace.imports.import_files([path]))

    return make


def in_groups(first: str, second: str) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """A list of two groups of two customers, and the areas of its headings."""
    rows = [HEADER, [first, "", ""], *ROWS[:2], [second, "", ""], *ROWS[2:]]
    return rows, [(1, 0, 1, 2), (4, 0, 4, 2)]


@pytest.mark.parametrize(
    ("headings", "tags"),
    [
        (("VIP / Gold", "Silver"), ("VIP / Gold", "Silver")),
        (("ROUTE A - MON/WED/FRI", "ROUTE B"), ("ROUTE A - MON/WED/FRI", "ROUTE B")),
        (("一、在售房源", "二、已撤/已成交"), ("在售房源", "已撤/已成交")),
        (("（一）在售房源", "（二）出租房源"), ("在售房源", "出租房源")),
        (("1. Clientes activos", "2. Clientes antigos"), ("Clientes activos", "Clientes antigos")),
        (("A) Shops", "B) Homes"), ("Shops", "Homes")),
        # What only its number tells from another keeps it.
        (("1. Klasse", "2. Klasse"), ("1. Klasse", "2. Klasse")),
        (("3.5 t trucks", "7.5 t trucks"), ("3.5 t trucks", "7.5 t trucks")),
    ],
)
def test_a_heading_is_one_tag(take: Take, headings: tuple[str, str], tags: tuple[str, str]) -> None:
    rows, merge = in_groups(*headings)
    imported = take(rows, merge=merge)
    found = {name: customer["tags"] for name, customer in imported.by_name.items()}
    assert found == {
        "洪秀珍": [tags[0]],
        "昂军": [tags[0]],
        "郜敏": [tags[1]],
        "查丽君": [tags[1]],
    }


def test_towns_that_are_numbered_are_towns(take: Take) -> None:
    rows, merge = in_groups("1. Lisboa", "2. Porto")
    imported = take(rows, merge=merge)
    assert imported.by_name["郜敏"]["addresses"][0]["city"] == "Porto"


STOPS = [
    ["Customer", "Phone", "City", "Since", "Weekly $", "Terms"],
    ["Fern Market", "541-555-0161", "Veneta", "6/1/2021", 190, "COD"],
    ["Owl Cafe", "541-555-0162", "Eugene", "1/15/2023", 120, "Card"],
    ["Bijou Inn", "541-555-0163", "Eugene", "11/21/2021", 75, "Net 15"],
    ["Pho Lan", "541-555-0164", "Elmira", "11/2/2021", 85, "COD"],
]


@pytest.mark.parametrize("label", ["Route total", "Total for route A", "A 线小计", "Sub-total A"])
def test_sums_of_some_rows_are_no_customers(take: Take, label: str) -> None:
    first, second = ["", "", "", label, 310, ""], ["", "", "", label, 160, ""]
    imported = take([*STOPS[:3], first, *STOPS[3:], second])
    assert imported.left_out() == [4, 7]
    customs = {name: customer["custom"] for name, customer in imported.by_name.items()}
    assert customs["Owl Cafe"] == {"Since": "2023-01-15", "Weekly $": "120", "Terms": "Card"}
    assert customs["Bijou Inn"]["Since"] == "2021-11-21"


def test_sums_of_some_rows_of_text(workspace: Workspace, tmp_path: Path) -> None:
    rows = [*STOPS[:3], ["", "", "", "Route total", "$310.00", ""], *STOPS[3:]]
    path = tmp_path / "stops.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    imported = Imported(workspace, workspace.imports.import_files([path]))
    assert imported.left_out() == [4]


def test_sums_where_names_stand(take: Take) -> None:
    """A firm may be called so: the figures tell."""
    sums = ["Route A total", "", "", "", 310, ""]
    firm = ["Posto Total", "", "", "", 98, ""]
    imported = take([*STOPS[:3], sums, STOPS[3], firm, STOPS[4]])
    assert imported.left_out() == [4]
    assert "Posto Total" in imported.names


def test_rows_that_continue_a_customer_are_no_sums(take: Take) -> None:
    more = ["", "541-555-0199", "Old Total", "", "", ""]
    service = ["", "", "", "Limpeza total", 45, ""]
    imported = take([*STOPS[:3], more, STOPS[3], service, STOPS[4]])
    assert imported.left_out() == []
    assert imported.sheets[0].continued == 2


@pytest.mark.parametrize(
    ("headings", "tags"),
    [
        (("一、在售房源", "二、出租房源"), ("在售房源", "出租房源")),
        (("在售房源", "出租房源"), ("在售房源", "出租房源")),
        (("ROUTE A - MON/WED", "ROUTE B - TUE"), ("ROUTE A - MON/WED", "ROUTE B - TUE")),
        (("Zona Norte", "Zona Sul"), ("Zona Norte", "Zona Sul")),
        (("1. Activos", "2. Antigos"), ("Activos", "Antigos")),
    ],
)
def test_texts_alone_above_customers_with_phones_are_headings(
    take: Take, headings: tuple[str, str], tags: tuple[str, str]
) -> None:
    imported = take([HEADER, [headings[0]], *ROWS[:2], [headings[1]], *ROWS[2:]])
    assert imported.left_out() == [2, 5]
    assert [imported.by_name[row[0]]["tags"] for row in ROWS] == [[tags[0]]] * 2 + [[tags[1]]] * 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("樊梨花", "应德明"),
        ("Ana Silva", "Rui Costa"),
        ("A. Silva", "M. Costa"),
        ("Dona Ana", "Dona Maria"),
        ("Família Silva", "Família Costa"),
        ("Padaria Central", "Talho Moderno"),
        ("绿城物业公司", "金地商贸公司"),
    ],
)
def test_customers_without_a_phone_head_nobody(take: Take, first: str, second: str) -> None:
    imported = take([HEADER, [first], *ROWS[:2], [second], *ROWS[2:]])
    assert {first, second} <= set(imported.names)


def test_customers_that_are_numbered_head_nobody(take: Take) -> None:
    rows = [[f"{n}. {row[0]}", *row[1:]] for n, row in enumerate(ROWS, 2)]
    imported = take([HEADER, ["1. Ana Silva"], *rows])
    assert "1. Ana Silva" in imported.names


def test_others_without_a_phone_leave_it_open_what_is_a_heading(take: Take) -> None:
    rows = [[row[0], "", row[2]] for row in ROWS]
    imported = take([HEADER, ["Zona Norte"], *rows[:2], ["Zona Sul"], *rows[2:]])
    assert {"Zona Norte", "Zona Sul"} <= set(imported.names)


VISITS = [
    ["患者信息", "", "", "首诊", "", "", "预约复诊", ""],
    ["病历号", "姓名", "手机", "日期", "医生", "项目", "日期", "费用"],
    ["0001023", "景晓雯", "13800130011", "2023-01-09", "贺", "洗牙", "2023-07-09", 280],
    ["0001024", "尉迟敏", "13800130012", "2023-01-12", "贺", "补牙", "", ""],
    ["0001025", "宿建平", "13800130013", "2023-02-01", "莫", "拔牙", "2023-02-15", 680],
]


def test_the_upper_of_two_heads_tells_those_apart_that_come_again(take: Take) -> None:
    imported = take(VISITS, merge=[(0, 0, 0, 2), (0, 3, 0, 5), (0, 6, 0, 7)])
    assert imported.by_name["景晓雯"]["custom"] == {
        "病历号": "0001023",
        "首诊 日期": "2023-01-09",
        "医生": "贺",
        "项目": "洗牙",
        "预约复诊 日期": "2023-07-09",
        "费用": "280",
    }
    assert imported.phones("景晓雯") == ["+8613800130011"]


def test_upper_heads_that_give_the_lower_ones_their_meaning_stay(take: Take) -> None:
    rows = [
        ["Cliente", "", "Nascimento", "Compra", "", "Visitas", ""],
        ["Nome", "Telefone", "Data", "Data", "Valor", "1", "2"],
        ["Ana Silva", "912345678", "1980-01-09", "2024-01-19", "Norte", "manhã", "tarde"],
        ["Rui Costa", "913456789", "1981-02-09", "2024-02-19", "Sul", "tarde", "manhã"],
    ]
    imported = take(rows, merge=[(0, 0, 0, 1), (0, 3, 0, 4), (0, 5, 0, 6)])
    ana = imported.by_name["Ana Silva"]
    assert ana["birthday"] == "1980-01-09"
    assert ana["custom"] == {
        "Compra Data": "2024-01-19",
        "Valor": "Norte",
        "Visitas 1": "manhã",
        "Visitas 2": "tarde",
    }


TABLE = ["上课日期", "课程", "教练", "剩余次数"]
LESSONS = [["2024-01-08", "理疗", "Lily", 19], ["2024-01-15", "强化", "Lily", 18]]


def card(name: str, phone: str, lessons: Rows) -> list[list[Any]]:
    return [
        ["会员档案"],
        ["姓名", name, "性别", "女"],
        ["联系电话", phone, "职业", "会计"],
        ["卡种", "年卡", "有效期至", "2025-02-28"],
        [],
        TABLE,
        *map(list, lessons),
    ]


def test_a_card_with_one_row_in_its_table_is_as_the_others(take: Take) -> None:
    imported = take(
        card("宣静怡", "13800130021", LESSONS),
        card("桑榆", "13800130022", [["2024-03-01", "流瑜伽", "Mia", "-"]]),
        card("仲凯", "13800130023", LESSONS),
    )
    mulberry = imported.by_name["桑榆"]
    assert mulberry["notes"] == "上课日期 · 课程 · 教练 · 剩余次数\n2024-03-01 · 流瑜伽 · Mia · -"
    assert mulberry["custom"] == imported.by_name["仲凯"]["custom"]


def small(name: str, phone: str, table: Rows) -> list[list[Any]]:
    return [
        ["会员档案"],
        ["姓名", name, "联系电话", phone],
        ["卡种", "年卡", "有效期至", "2025-02-28"],
        [],
        *map(list, table),
    ]


@pytest.mark.parametrize("lessons", [[TABLE, *LESSONS], []])
def test_small_forms_on_several_sheets_are_cards(take: Take, lessons: Rows) -> None:
    imported = take(small("宣静怡", "13800130021", lessons), small("桑榆", "13800130022", lessons))
    assert imported.names == ["宣静怡", "桑榆"]
    assert [sheet.kind for sheet in imported.sheets] == [SheetKind.CARDS]
    assert [phone["raw"] for phone in imported.by_name["桑榆"]["phones"]] == ["13800130022"]
    assert imported.by_name["桑榆"]["custom"] == {"卡种": "年卡", "有效期至": "2025-02-28"}
    assert ("2024-01-08 · 理疗 · Lily · 19" in imported.by_name["桑榆"]["notes"]) == bool(lessons)


def test_a_card_that_says_little_joins_the_others(take: Take) -> None:
    full = card("宣静怡", "13800130021", LESSONS)
    imported = take(full, [*small("桑榆", "13800130022", [])[:2]], card("仲凯", "13800130023", []))
    assert sorted(imported.names) == ["仲凯", "宣静怡", "桑榆"]
    assert len(imported.sheets) == 1


def test_a_firm_above_its_lists_is_no_card(take: Take) -> None:
    head = ["Empresa", "Oficina Norte", "Telefone", "221234567"]
    rows = [["Ana Silva", "912345678"], ["Rui Costa", "913456789"]]
    years = [[head, [], ["Cliente", "Telemóvel"], row] for row in rows]
    assert sorted(take(*years).names) == ["Ana Silva", "Rui Costa"]


def test_a_list_of_one_customer_on_each_sheet_is_a_list(take: Take) -> None:
    imported = take(*([HEADER, row] for row in ROWS))
    assert sorted(imported.names) == sorted(row[0] for row in ROWS)
    assert {sheet.kind for sheet in imported.sheets} == {SheetKind.LIST}
