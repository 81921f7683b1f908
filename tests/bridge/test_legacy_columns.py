"""Columns as small firms head and fill them: what each means, and what its cells hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from archives import Imported, import_file
from sheet_files import write_csv, write_xlsx

from crm_desktop.services.workspace import Workspace

Rows = Sequence[Sequence[Any]]
CN = ("13800138001", "13900139002", "13700137003")
GB = ("07400 900101", "07400 900102", "07400 900103")


def came_in(workspace: Workspace, path: Path, rows: Rows, country: str = "PT") -> Imported:
    workspace.settings.set_home_country(country)
    write_xlsx(path / "book.xlsx", {"Sheet1": rows})
    return import_file(workspace, path / "book.xlsx")


# --- headers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field", "label"),
    [
        ("Tel (H)", "phone", "home"),
        ("Tel (O)", "phone", "work"),
        ("Ph (BH)", "phone", "work"),
        ("Ph (AH)", "phone", "home"),
        ("Work Ph", "phone", "work"),
        ("Home", "phone", "home"),
        ("Direct line", "phone", "work"),
        ("总机", "phone", "work"),
    ],
)
def test_phones(workspace: Workspace, tmp_path: Path, header: str, field: str, label: str) -> None:
    rows = [["Name", header], ["Ann Lowe", GB[0]], ["Bo Chan", GB[1]], ["Cy Dunn", GB[2]]]
    found = came_in(workspace, tmp_path, rows, "GB")
    assert found.fields()["B"] == field
    assert found.by_name["Ann Lowe"]["phones"][0]["label"] == label


@pytest.mark.parametrize("header", ["车主", "車主", "学生姓名", "Registered keeper", "Pupil"])
def test_who_a_trade_calls_its_customers(workspace: Workspace, tmp_path: Path, header: str) -> None:
    rows = [["No.", header, "Tel"], [1, "阿强", CN[0]], [2, "小美", CN[1]], [3, "豆豆", CN[2]]]
    assert came_in(workspace, tmp_path, rows, "CN").names == ["阿强", "小美", "豆豆"]


def test_lines_of_an_address_are_one(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Name", "House name/no", "Street", "Addr line 2", "Suburb", "ST", "P/code"],
        ["Ann Lowe", "12", "Mill Lane", "Near the pub", "Dubbo", "NSW", 2830],
    ]
    (address,) = came_in(workspace, tmp_path, rows, "AU").by_name["Ann Lowe"]["addresses"]
    assert address["street"] == "12, Mill Lane, Near the pub"
    assert (address["city"], address["region"], address["postcode"]) == ("Dubbo", "NSW", "2830")


def test_who_is_below_a_head_of_others_is_no_customer(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Student", "", "Emergency contact", ""],
        ["Family name", "Given names", "Name", "Phone"],
        ["Yamamoto", "Haruka", "Mrs Bell", GB[0]],
        ["Kowalczyk", "Agnieszka", "Maria", GB[1]],
    ]
    found = came_in(workspace, tmp_path, rows, "GB")
    assert found.names == ["Haruka Yamamoto", "Agnieszka Kowalczyk"]
    assert found.customers[0]["custom"]["Emergency contact Name"] == "Mrs Bell"


@pytest.mark.parametrize(
    ("whole", "field"),
    [("Ana Reis", "name"), ("Ana", "name"), ("Mrs Bell", "custom:Name")],
)
def test_a_whole_name_beside_its_parts(
    workspace: Workspace, tmp_path: Path, whole: str, field: str
) -> None:
    rows = [["Name", "First name", "Surname", "Tel"], [whole, "Ana", "Reis", GB[0]]]
    found = came_in(workspace, tmp_path, rows, "GB")
    assert found.fields()["A"] == field
    assert found.customers[0]["family_name"] == "Reis"


def test_firms_and_persons_in_one_column(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["单位/联系人", "电话"],
        ["重庆两江酒店有限公司", CN[0]],
        ["冉启明", CN[1]],
        ["晏子", CN[2]],
    ]
    found = came_in(workspace, tmp_path, rows, "CN")
    assert [c["kind"] for c in found.customers] == ["organisation", "person", "person"]


def test_without_headers_rare_names_are_names(workspace: Workspace, tmp_path: Path) -> None:
    streets = ("昆明盘龙区北京路5号", "昆明五华区东风西路8号", "玉溪红塔区聂耳路9号")
    rows = [[n, p, s] for n, p, s in zip(("黑妹", "紫薇", "蓝心"), CN, streets, strict=True)]
    found = came_in(workspace, tmp_path, rows, "CN")
    assert found.names == ["黑妹", "紫薇", "蓝心"]
    assert [c["addresses"][0]["street"] for c in found.customers] == list(streets)


# --- places ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "country", "parts"),
    [
        ("Church St, Bakewell, Derbyshire DE45 1FD", "GB", ("Bakewell", "Derbyshire", "DE45 1FD")),
        ("9 Reef Rd, Jan Juc VIC 3228", "AU", ("Jan Juc", "VIC", "3228")),
        ("5 King St, Toronto, ON M5V 2T6", "CA", ("Toronto", "ON", "M5V 2T6")),
        ("洪洞县大槐树镇1号", "CN", ("洪洞县", "", "")),
    ],
)  # fmt: skip
def test_whole_addresses(
    workspace: Workspace, tmp_path: Path, address: str, country: str, parts: tuple[str, str, str]
) -> None:
    rows = [["Name", "Address"], ["Ann Lowe", address], ["Bo Chan", address]]
    (found,) = came_in(workspace, tmp_path, rows, country).by_name["Ann Lowe"]["addresses"]
    assert (found["city"], found["region"], found["postcode"]) == parts


def test_a_postcode_of_its_own_leaves_the_city_in_the_address(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [["姓名", "家庭住址", "邮编"], ["王秀英", "北京市朝阳区建国路88号", "100022"]]
    rows += [["李建国", "河北省廊坊市广阳区新华路100号 065000", 65000]]
    found = came_in(workspace, tmp_path, rows, "CN").by_name
    (address,) = found["王秀英"]["addresses"]
    assert (address["city"], address["street"]) == ("北京市", "朝阳区建国路88号")
    (address,) = found["李建国"]["addresses"]
    assert (address["region"], address["postcode"]) == ("河北省", "065000")


def test_the_town_of_a_heading_joins_the_address(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["姓名", "家庭住址"],
        ["基隆"],
        ["潘瑋柏", "仁愛區仁一路5號"],
        ["宜蘭"],
        ["林依晨", "公正路9號"],
    ]
    (address,) = came_in(workspace, tmp_path, rows, "TW").by_name["潘瑋柏"]["addresses"]
    assert (address["city"], address["street"]) == ("基隆", "仁愛區仁一路5號")


def test_the_same_town_twice_is_said_once(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["姓名", "住址"],
        ["台北"],
        ["江美琪", "台北市中山北路六段70號"],
        ["溫嵐", "台北市光明路1號"],
    ]
    (address,) = came_in(workspace, tmp_path, [*rows], "TW").by_name["江美琪"]["addresses"]
    assert address["city"] == "台北市"


@pytest.mark.parametrize(
    ("header", "cells", "parts"),
    [
        ("City, State ZIP", ("Reno, NV 89501", "Palo Alto, CA 94301"), ("Reno", "NV", "89501")),
        ("Código Postal", ("4000-123 Porto", "8000-001 Faro"), ("Porto", "", "4000-123")),
        ("PLZ/Ort", ("10115 Berlin", "80331 München"), ("Berlin", "", "10115")),
        ("Town/Postcode", ("Leeds LS1 4DY", "York YO1 7HH"), ("Leeds", "", "LS1 4DY")),
    ],
)  # fmt: skip
def test_a_place_with_its_postcode(
    workspace: Workspace,
    tmp_path: Path,
    header: str,
    cells: tuple[str, str],
    parts: tuple[str, str, str],
) -> None:
    rows = [["Name", header], *zip(("Ann Lowe", "Bo Chan"), cells, strict=True)]
    found = came_in(workspace, tmp_path, rows)
    (address,) = found.by_name["Ann Lowe"]["addresses"]
    assert (address["city"], address["region"], address["postcode"]) == parts


@pytest.mark.parametrize(
    ("country", "number", "postcode"),
    [("US", 2134, "02134"), ("CN", 65000, "065000"), ("AU", 2830, "2830"), ("US", 94301, "94301")],
)
def test_postcodes_get_back_their_zeros(
    workspace: Workspace, tmp_path: Path, country: str, number: int, postcode: str
) -> None:
    rows = [["Name", "Street", "ZIP"], ["Ann Lowe", "1 Elm St", number]]
    found = came_in(workspace, tmp_path, rows, country)
    assert found.customers[0]["addresses"][0]["postcode"] == postcode


def test_where_countries_are_named_postcodes_stay(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Name", "ZIP", "Country"], ["Ann Lowe", 2830, "Australia"]]
    found = came_in(workspace, tmp_path, rows, "US")
    assert found.customers[0]["addresses"][0]["postcode"] == "2830"


# --- cells -----------------------------------------------------------------------------------


def test_messengers_in_cells_of_phones(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["客户", "联系方式"],
        ["祝英台", f"手机：{CN[0]} 微信：zyt_99"],
        ["银心", "QQ:4455667"],
        ["马文才", f"微信：{CN[1]}"],
        ["四九", CN[2]],
    ]
    found = came_in(workspace, tmp_path, rows, "CN")
    (account,) = found.by_name["祝英台"]["ims"]
    assert (account["account"], account["label"]) == ("zyt_99", "WeChat")
    assert found.phones("祝英台") == ["+86" + CN[0]]
    assert found.by_name["银心"]["ims"][0]["label"] == "QQ"
    assert found.phones("银心") == []
    assert found.phones("马文才") == ["+86" + CN[1]]
    assert found.sheets[0].problem_count == 0


def test_an_apostrophe_parts_no_label(workspace: Workspace, tmp_path: Path) -> None:
    rows = [["Name", "Phone"], ["Ruth Ellis", f"{GB[0]} (Ana's sister)"], ["Bo Chan", GB[1]]]
    found = came_in(workspace, tmp_path, rows, "GB")
    assert found.by_name["Ruth Ellis"]["phones"][0]["label"] == "Ana's sister"


def test_names_with_remarks_beside_their_phones(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["姓名/电话"],
        [f"王秀英 {CN[0]}"],
        [f"曲阜，{CN[1]}"],
        [f"宋丹丹(妈妈){CN[2]}"],
    ]
    found = came_in(workspace, tmp_path, rows, "CN")
    assert found.names == ["王秀英", "曲阜", "宋丹丹(妈妈)"]
    assert found.phones("曲阜") == ["+86" + CN[1]]


@pytest.mark.parametrize(
    ("header", "cells", "day"),
    [
        ("生日", ("74/03/12", "民68/9/9", "81/1/5"), "1985-03-12"),
        ("生日", ("74.3.12", "中華民國68年9月9日", "81.1.5"), "1985-03-12"),
        ("出生(民國)", ("74/03/12", "68/9/9", "81/1/5"), "1985-03-12"),
        ("生日", ("74/03/12", "68/9/9", "81/1/5"), "1974-03-12"),
    ],
)
def test_one_year_of_the_republic_tells_of_its_column(
    workspace: Workspace, tmp_path: Path, header: str, cells: tuple[str, ...], day: str
) -> None:
    rows = [["姓名", header], *zip(("陳怡君", "林志明", "黃淑芬"), cells, strict=True)]
    assert came_in(workspace, tmp_path, rows, "CN").by_name["陳怡君"]["birthday"] == day


@pytest.mark.parametrize(
    ("country", "header", "cells", "day"),
    [
        ("TW", "加入日期", ("105/6/1", "106/2/14", "98/1/3"), "2016-06-01"),
        ("CN", "上次到店", ("24.3.1", "24.2.15", "23.12.12"), "2024-03-01"),
    ],
)
def test_short_years_in_fields_of_their_own(
    workspace: Workspace,
    tmp_path: Path,
    country: str,
    header: str,
    cells: tuple[str, ...],
    day: str,
) -> None:
    rows = [["姓名", header], *zip(("陳怡君", "林志明", "黃淑芬"), cells, strict=True)]
    found = came_in(workspace, tmp_path, rows, country)
    assert found.by_name["陳怡君"]["custom"][header] == day


def test_versions_are_no_days(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Name", "Program"],
        ["Ann Lowe", "10.2.1"],
        ["Bo Chan", "10.3.4"],
        ["Cy Dunn", "11.1.1"],
    ]
    assert came_in(workspace, tmp_path, rows).by_name["Ann Lowe"]["custom"]["Program"] == "10.2.1"


def test_pounds_in_a_windows_text(workspace: Workspace, tmp_path: Path) -> None:
    # The letters of a DOS code page read well, too: "CafÚ" and "ú1,500.00".
    rows = [["Company", "Contact", "Address 3", "Credit Limit"]]
    rows += [["Café Noir Ltd", "Zoë Blanchard", "Cornwall", "£1,500.00"]]
    write_csv(tmp_path / "trade.csv", rows, encoding="cp1252")
    found = import_file(workspace, tmp_path / "trade.csv").by_name
    assert found["Zoë Blanchard"]["organisation"] == "Café Noir Ltd"
    assert found["Zoë Blanchard"]["custom"]["Credit Limit"] == "£1,500.00"


def test_one_sign_of_the_currency_in_the_header(workspace: Workspace, tmp_path: Path) -> None:
    amounts = ("120,000", "￥86,500.00", "45000")
    rows = [["姓名", "合同金额(元)"], *zip(("黄海波", "方国平", "邵峰"), amounts, strict=True)]
    found = came_in(workspace, tmp_path, rows, "CN").by_name
    assert found["黄海波"]["custom"]["合同金额(元)"] == "120000"
