"""What a tenth and an eleventh lot of unseen books have taught."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Bring, Rows, import_file
from opened import Look

from crm_desktop.bridge.sheets.headings import without_ordinals
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.services.workspace import Workspace

PHONES = ("07400 210 118", "07400 210 119", "07400 210 120", "07400 210 121")


def write(path: Path, sheets: dict[str, Rows]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


# Sums, counts, titles.


@pytest.mark.parametrize("word", ["Total", "TOTAL", "Totais", "合计"])
def test_sums_below_the_months_of_a_year_are_nobody(bring: Bring, word: str) -> None:
    months = ["Jan", "Fev", "Mar", "Abr", "Mai", "Jun"]
    rows = [
        ["Firma", *months, "Total"],
        ["Mar Alto, Lda", *[120] * 6, 720],
        ["Sol Posto, SA", *[90] * 6, 540],
        [word, *[210] * 6, 1260],
    ]
    assert bring(rows, country="PT").names == ["Mar Alto, Lda", "Sol Posto, SA"]


def test_a_line_that_counts_the_rows_above_is_nobody(bring: Bring) -> None:
    people = ("Ann Lowe", "Bob Hart", "Cy Moss")
    rows = [
        ["Name", "Phone", "Town"],
        *([n, p, "Bath"] for n, p in zip(people, PHONES, strict=False)),
    ]
    assert bring([*rows, ["3 residential"]], country="GB").names == list(people)
    # Another figure counts something else, or is a name.
    assert "4 residential" in bring([*rows, ["4 residential"]], country="GB").names


def test_a_long_title_of_a_table_of_the_same_header(bring: Bring) -> None:
    header = ["Fração", "Condómino", "Telemóvel"]
    houses = (
        "Edifício Atlântico - Av. dos Banhos, 120, Póvoa de Varzim",
        "Edifício Sol Poente - Rua Gomes de Amorim, 88, Póvoa de Varzim",
        "Edifício Garrett - Praça do Almada, 31, Póvoa de Varzim",
    )
    rows: list[list[Any]] = [["Quotas de 2025"], []]
    for at, house in enumerate(houses):
        people = [(f"Ana Silva{'abc'[at]}", at), (f"Rui Costa{'abc'[at]}", at + 5)]
        rows += [[house], header, *(["A", n, f"91234560{k}"] for n, k in people), []]
    found = bring(rows, country="PT").by_name
    assert [found[f"Rui Costa{c}"]["tags"] for c in "abc"] == [[house] for house in houses]


# Headings.


@pytest.mark.parametrize(
    ("text", "said"),
    [("【常州市】", "常州市"), ("-- VIP --", "VIP"), ("*Norte*", "Norte"), ("[A]", "A")],
)
def test_headings_without_what_stands_around_them(text: str, said: str) -> None:
    assert without_ordinals([text]) == {text: said}


def test_towns_above_addresses_without_one(bring: Bring) -> None:
    rows: list[list[Any]] = [["Name", "Address", "Postcode", "Mobile"]]
    towns = {"HARROGATE": "HG1 4LA", "KNARESBOROUGH": "HG5 8BH", "RIPON": "HG4 1AA"}
    for at, (town, code) in enumerate(towns.items()):
        rows += [[town]]
        for k in (0, 1):
            name = f"{'Ann Bob Cy Di Ed Flo'.split()[2 * at + k]} Lowe"
            rows.append([name, f"{at + k + 1} Mill Road", code, f"07400 2101{at}{k}"])
    found = bring(rows, country="GB")
    assert [c["addresses"][0]["city"] for c in found.customers] == [
        town for town in towns for _two in range(2)
    ]


def test_a_town_of_its_own_ranks_above_the_heading(look: Look) -> None:
    rows = [
        ["姓名", "地址", "手机"],
        ["【无锡市】"],
        ["缪建华", "江阴市澄江街道通江路71号", "13921230409"],
        ["华文娟", "长江南路35号", "13812030407"],
        ["【苏州市】"],
        ["徐一鸣", "昆山市玉山镇前进中路108号", "15951230412"],
    ]
    found = look(rows, country="CN")
    assert [(a.city, a.region) for d in found.drafts for a in d.addresses] == [
        ("江阴市", "无锡市"), ("无锡市", ""), ("昆山市", "苏州市"),
    ]  # fmt: skip


# Who it is.


@pytest.mark.parametrize("head", ["Matrícula", "Registration number", "车牌号", "VIN", "Microchip"])
def test_the_same_car_and_name_in_another_year_is_the_same_customer(
    workspace: Workspace, tmp_path: Path, head: str
) -> None:
    cars = ("AB-12-CD", "ZX-98-YW", "QQ-55-PP")
    years = {
        "2024": [["Nome", "Telemóvel", head], ["Ana Silva", "912345678", cars[0]],
                 ["Rui Costa", "913456789", cars[1]], ["Eva Lima", "914567890", cars[2]]],
        "2022": [["Nome", "Telemóvel", head], ["Ana Silva", "967000111", cars[0]],
                 ["Ana Silva", "967000222", cars[1]]],
    }  # fmt: skip
    workspace.settings.set_home_country("PT")
    found = import_file(workspace, write(tmp_path / "a.xlsx", years))
    # One of the same name with another one's car is somebody else.
    assert sorted(found.names) == ["Ana Silva", "Ana Silva", "Eva Lima", "Rui Costa"]
    phones = sorted(tuple(p["raw"] for p in c["phones"]) for c in found.customers)
    assert ("912345678", "967000111") in phones


def test_a_day_that_lies_ahead_is_no_event(workspace: Workspace, tmp_path: Path) -> None:
    header = ["车主", "联系电话", "保险到期"]
    years = {
        f"{year}年": [header, ["张建国", "13505350001", f"{year + 1}-03-01"],
                     ["孙丽娜", "13505350002", f"{year + 1}-06-10"]]
        for year in (2024, 2023)
    }  # fmt: skip
    workspace.settings.set_home_country("CN")
    found = import_file(workspace, write(tmp_path / "a.xlsx", years)).by_name["张建国"]
    assert found["custom"]["保险到期"] == "2025-03-01"
    assert "2023年 · 保险到期: 2024-03-01" in found["notes"]
    assert all(entry["kind"] != "note" for entry in found.get("interactions", ()))


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("The Compasses Inn", True),
        ("The Old Mill", True),
        ("The Larches", False),
        ("The Mill", False),
    ],
)
def test_no_person_is_called_the(name: str, firm: bool) -> None:
    assert is_organisation_name(name) is firm


RIDERS = ("Aoife Brennan", "Cormac Tuohy", "Zofia Nowak", "Oisin McEvoy")
PARENTS = ("Niamh Brennan", "Declan Tuohy", "Ewa Nowak", "Fergal McEvoy")


@pytest.mark.parametrize("head", ["Rider", "Wobbler"])
def test_whole_names_left_of_the_guardians_are_the_customers(bring: Bring, head: str) -> None:
    rows = zip(RIDERS, PARENTS, PHONES, strict=True)
    found = bring([[head, "Parent/Guardian", "Mobile"], *map(list, rows)], country="GB")
    assert found.names == list(RIDERS)
    assert found.by_name[RIDERS[0]]["custom"]["Parent/Guardian"] == PARENTS[0]


def card(name: str, parent: str, at: int) -> list[list[Any]]:
    return [
        ["", "CURRAGH VIEW RIDING SCHOOL"],
        [],
        ["Wobbler", name, None, "Card no", f"CV-0{at}"],
        ["Date of birth", "14/02/2010", None, "Parent/Guardian", parent],
        ["Mobile", PHONES[at], None, "Email", f"rider{at}@example.com"],
        ["Town", "Newbridge", None, "Eircode", "W12 X301"],
        ["Level", "Novice", None, "Horse", "Biscuit"],
    ]


def test_a_card_whose_telling_labels_are_blank(workspace: Workspace, tmp_path: Path) -> None:
    grown_up = card(RIDERS[3], "", 3)
    blank = [[cell if j in (0, 3) else "" for j, cell in enumerate(row)] for row in card("", "", 0)]
    blank[0] = ["", "CURRAGH VIEW RIDING SCHOOL"]
    sheets = {n.split()[0]: card(n, PARENTS[at], at) for at, n in enumerate(RIDERS[:3])}
    path = write(tmp_path / "a.xlsx", {**sheets, "Oisin": grown_up, "Blank": blank})
    workspace.settings.set_home_country("IE")
    found = import_file(workspace, path)
    assert found.names == list(RIDERS)
    assert found.by_name[RIDERS[3]]["custom"]["Horse"] == "Biscuit"


def test_addresses_below_qq_are_addresses(look: Look) -> None:
    rows = [
        ["姓名", "手机", "QQ/邮箱"],
        ["屠国强", "13961120401", "tuguoqiang@example.cn"],
        ["贝晓燕", "13961120402", "2837465"],
        ["储大伟", "13961120403", "kj@example.cn"],
        ["恽建新", "13961120404", "x9@example.cn"],
    ]
    found = look(rows, country="CN")
    kinds = [[p.kind for p in d.contact_points if p.kind != "phone"] for d in found.drafts]
    assert kinds[0] == ["email"]
    assert kinds[2] == ["email"]
