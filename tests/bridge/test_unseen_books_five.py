"""What a fifth lot of unseen books has taught: names in two writings, accounts, signs, totals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from archives import Bring
from opened import Read

from crm_desktop.bridge.files.charsets import find_charset
from crm_desktop.bridge.sheets.detect import is_total
from crm_desktop.bridge.values.kinds import value_kind
from crm_desktop.domain.fields import FieldKind

FIRMS = [
    [f"ABBE{n:02}", f"Abbey {'ABCDEFGH'[n]} Ltd", f"01472 4166{n:02}", f"£{100 + n * 7}.50"]
    for n in range(8)
]


@pytest.mark.parametrize(
    ("header", "country", "names"),
    [
        (["Name (English)", "中文姓名"], "HK", ["卓詠欣", "謝浩然", "DHILLON Harpreet Kaur"]),
        (["English Name", "Chinese Name"], "HK", ["卓詠欣", "謝浩然", "DHILLON Harpreet Kaur"]),
        (
            ["English Name", "Chinese Name"],
            "GB",
            ["CHEUK Wing Yan", "TSE Ho Yin", "DHILLON Harpreet Kaur"],
        ),
    ],
)
def test_a_name_in_another_writing_names_whoever_has_no_other(
    bring: Bring, header: list[str], country: str, names: list[str]
) -> None:
    rows: list[list[Any]] = [
        ["CHEUK Wing Yan", "卓詠欣", "+852 9410 1101"],
        ["TSE Ho Yin", "謝浩然", "+852 6410 1105"],
        ["DHILLON Harpreet Kaur", None, "+852 5610 1114"],
    ]
    imported = bring([[*header, "Mobile"], *rows], country=country)
    assert imported.names == names
    other = header[1] if country == "GB" else header[0]
    said = [customer["custom"].get(other) for customer in imported.customers]
    assert said == [row[1 if country == "GB" else 0] for row in rows]


@pytest.mark.parametrize("header", ["A/C", "Acc no", "Account", "Konto", "Account code"])
def test_codes_of_accounts_name_nobody(bring: Bring, header: str) -> None:
    imported = bring([[header, "Name", "Telephone", "Balance"], *FIRMS], country="GB")
    assert imported.names == [row[1] for row in FIRMS]
    assert [c["custom"][header] for c in imported.customers] == [row[0] for row in FIRMS]


@pytest.mark.parametrize("text", ["£100.50", "Paid £ 50", "25°", "1½ hours", "Café £12", "€ 40"])
def test_signs_in_plain_english_are_western(text: str) -> None:
    data = f"Code,Name,Balance\nX1,Ash Shop,{text}\nX2,Bee Shop,{text}\n".encode("cp1252")
    assert find_charset(data) == "cp1252"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Łódź, Wałęsa, Kraków, Gdańsk", "cp1250"), ("Иван Петров, Москва", "cp1251")],
)
def test_other_code_pages_are_still_told(text: str, encoding: str) -> None:
    data = f"Name,City\n{text}\n".encode(encoding)
    assert data.decode(find_charset(data)) == f"Name,City\n{text}\n"


def test_header_of_another_printed_page_leaves_the_kinds_of_columns(tmp_path: Path) -> None:
    header = ["A/C", "Name", "Telephone", "Balance", "Opened"]
    rows = [[*row, f"{n + 3:02}/0{n + 1}/2015"] for n, row in enumerate(FIRMS)]
    path = tmp_path / "p.csv"
    lines = [header, *rows[:5], header, *rows[5:]]
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    kinds = {c.header: c.kind for c in Read(path, "GB").preview.sheets[0].plan.columns}
    assert kinds["Balance"] is FieldKind.MONEY
    assert kinds["Opened"] is FieldKind.DATE


@pytest.mark.parametrize(
    ("cells", "adds_up"),
    [
        (["合计", "4人", "16520"], True),
        (["合计", "共4人", "16520"], True),
        (["Total", "3 clients", "150"], True),
        (["Total Energia", "912345678", "150"], False),
        (["Total", "Ana Silva", "150"], False),
    ],
)
def test_a_total_with_its_count_beside_it(cells: list[str], adds_up: bool) -> None:
    assert is_total(cells, {1}) is adds_up


@pytest.mark.parametrize("header", ["学费", "Fee", "押金"])
def test_fees_of_four_figures_are_numbers(header: str) -> None:
    assert value_kind([3980, 3980, 4280, 4680, 3580], header) is FieldKind.NUMBER
    assert value_kind([3980, 3980, 4280, 4680, 3580], "Lote") is FieldKind.TEXT


@pytest.mark.parametrize(
    ("header", "label"),
    [("Emerg. phone", "emergency"), ("家属电话", "family"), ("家属手机", "family")],
)
def test_numbers_of_others_say_so(bring: Bring, header: str, label: str) -> None:
    rows = [
        ["Ann Lowe", "07700 900101", "07700 900102"],
        ["Bo Chan", "07700 900103", "07700 900104"],
    ]
    imported = bring([["Name", "Mobile", header], *rows], country="GB")
    labels = [[phone["label"] for phone in c["phones"]] for c in imported.customers]
    assert labels == [["mobile", label], ["mobile", label]]
