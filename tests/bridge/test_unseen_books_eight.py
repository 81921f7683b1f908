"""What an eighth lot of unseen books has taught: lunar columns, marks for the cell above."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import Bring

from crm_desktop.bridge.sheets.numbers_named import is_numbers_own_name, number_named
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.birthdays import read_birthday, read_lunar_column
from crm_desktop.bridge.values.daywords import heads_lunar_days
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.phones import read_phones


def test_a_lunar_column_is_lunar_but_for_dates_of_the_spreadsheet(bring: Bring) -> None:
    days: list[Any] = ["1968年八月十五", "1968.8.15", "五月初八"]
    days += [dt.date(1968, 10, 6), "阳历8月15日"]
    names = ["陆鸣", "贾二春", "丁三喜", "马四海", "牛五常"]
    rows = [
        [name, 13898995102 + n, day] for n, (name, day) in enumerate(zip(names, days, strict=True))
    ]
    imported = bring([["收件人", "电话", "农历生日"], *rows], country="CN")
    assert [c["birthday"] for c in imported.customers] == [
        *("L1968-08-15", "L1968-08-15", "L--05-08"),
        *("1968-10-06", "--08-15"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1968年8月15日", "L1968-08-15"),
        ("一九六八年八月十五", "L1968-08-15"),
        ("1968/08/15", "L1968-08-15"),
        ("68.8.15", "L1968-08-15"),
        ("19680815", "L1968-08-15"),
        ("8.15", "L--08-15"),
        ("二月三十", "L--02-30"),
        ("闰四月初三", "L--04-03+"),
        ("公历1968.8.15", "1968-08-15"),
        ("8月15日（阳历）", "--08-15"),
        ("1968.8.31", "1968-08-31"),  # no lunar month has so many days
        ("25065", "1968-08-15"),  # a date that has lost its format
        ("不详", ""),
    ],
)
def test_days_below_a_lunar_header(text: str, expected: str) -> None:
    assert read_lunar_column(text, "YMD")[0] == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        *((h, True) for h in ("农历生日", "生日（农）", "農曆生日", "阴历", "음력 생일", "旧暦")),
        *((h, True) for h in ("Lunar birthday", "Aniversário lunar", "Geburtstag (Mondkalender)")),
        *((h, False) for h in ("生日", "公历生日", "农历/阳历生日", "农户生日", "Birthday")),
    ],
)
def test_headers_of_lunar_days(header: str, expected: bool) -> None:
    assert heads_lunar_days(header) is expected


def test_elsewhere_a_whole_date_stays_the_suns() -> None:
    assert read_birthday("1968年八月十五", "YMD") == ("1968-08-15", "")
    assert read_birthday("阳历1968年8月15日", "YMD") == ("1968-08-15", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01756 725324 ext 214 (w)", [("+441756725324", "w", "214")]),
        (
            "01729 735969 (h), 07997 816414 (m), 01756 725324 ext 214 (w)",
            [
                ("+441729735969", "h", ""),
                ("+447997816414", "m", ""),
                ("+441756725324", "w", "214"),
            ],
        ),
        (
            "01756 725324 ext 214 (w), 01729 376396 (h)",
            [("+441756725324", "w", "214"), ("+441729376396", "h", "")],
        ),
        (
            "01756 725324 x214 / 01729 376396",
            [("+441756725324", "", "214"), ("+441729376396", "", "")],
        ),
        ("work: 01756 725324 ext 214 Jo", [("+441756725324", "work Jo", "214")]),
    ],
)
def test_words_behind_an_extension_are_said_of_its_number(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = read_phones(text, ("GB",))
    assert [(phone.value, phone.label, phone.extension) for phone in found] == expected


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("01729 376396 (h) 07955 608175 (m)", ["01729 376396 (h)", "07955 608175 (m)"]),
        ("(h) 01729 376396 (m) 07955 608175", ["(h) 01729 376396", "(m) 07955 608175"]),
        ("(01729) 376396 07955 608175", ["(01729) 376396", "07955 608175"]),
        ("(01729 376396) (07955 608175)", ["(01729 376396)", "07955 608175"]),
    ],
)
def test_a_number_keeps_its_brackets_in_pairs(text: str, raws: list[str]) -> None:
    assert [phone.raw for phone in read_phones(text, ("GB",))] == raws


@pytest.mark.parametrize(
    "header",
    [
        *("办理国家", "簽證國家", "目的国", "出生国家", "渡航国", "Страна назначения", "户籍国家"),
        *("Visa country", "Country of destination", "País de destino", "País do visto"),
        *("Pays de destination", "Paese di destinazione", "País de nacimiento", "Land (Visum)"),
        *("Issuing country", "Country of birth", "Export country", "Visa / Country"),
    ],
)
def test_countries_of_something_else_than_an_address(header: str) -> None:
    assert [m.field for m in meanings(header)] == ["custom"]


@pytest.mark.parametrize(
    "header",
    [
        *(
            "国家",
            "國家",
            "所在国家",
            "居住国家",
            "收貨國家",
            "客户国家",
            "国家/地区",
            "居住国",
            "국가",
        ),
        *("居住国", "국가", "Pays"),
        *("Country", "Country of residence", "Billing country", "Customer country", "Country 2"),
        *("Delivery country", "Country (address)", "País", "País do cliente", "País de residencia"),
        *("Pays de livraison", "Land", "Paese di residenza", "Страна", "Страна проживания"),
    ],
)
def test_countries_of_addresses(header: str) -> None:
    assert meanings(header)[0].field == "country"


def test_the_country_of_a_visa_is_a_field_of_its_own(bring: Bring) -> None:
    rows = [
        ["姓名", "手机", "办理国家"],
        ["薄一鸣", 13898995102, "加拿大"],
        ["邬思思", 13898995103, "英国"],
    ]
    imported = bring(rows, country="CN")
    assert [c["custom"] for c in imported.customers] == [
        {"办理国家": "加拿大"},
        {"办理国家": "英国"},
    ]
    assert not any(c["addresses"] for c in imported.customers)


@pytest.mark.parametrize(
    "headers",
    [
        ("护照号码", "护照号", "護照號碼", "护照", "Passport no.", "N.º do passaporte", "여권번호"),
        ("Reisepassnummer", "Reisepass-Nr.", "パスポート番号", "Номер паспорта", "Passport"),
        ("身份证号", "身份证号码", "身份证"),
        ("车牌", "车牌号", "车牌号码"),
        ("Policy no", "Policy number", "Policy Nr."),
        ("合同号", "合同编号", "合同号码"),
        ("Número de sócio", "N.º sócio", "Sócio n.º"),
        ("NIF", "Contribuinte"),
    ],
)
def test_headers_of_one_number(headers: tuple[str, ...]) -> None:
    assert len({number_named(header) for header in headers}) == 1
    assert number_named(headers[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("护照号", "护照有效期"),
        ("护照号", "身份证号"),
        ("Passport no", "Passport expiry"),
        ("CPF n.º", "CNPJ n.º"),
        ("No show", "Show number"),
        ("编号", "编码"),
        ("房号", "房间号"),
        ("Policy no", "Invoice no"),
    ],
)
def test_headers_of_two_numbers(one: str, other: str) -> None:
    assert number_named(one) != number_named(other)


@pytest.mark.parametrize("header", ["No.", "N.º", "号码", "Number", "Nome", "Size", ""])
def test_headers_of_no_number(header: str) -> None:
    assert not number_named(header)


def test_a_bare_name_may_say_whether_there_is_one() -> None:
    assert is_numbers_own_name("Passport")
    assert not is_numbers_own_name("Passport no.")


def test_a_passport_is_one_field_on_two_sheets(bring: Bring) -> None:
    one = [["姓名", "手机", "护照号码"], ["薄一鸣", 13898995102, "E83637964"]]
    two = [["姓名", "手机", "护照号"], ["邬思思", 13898995103, "E45781230"]]
    more = [["姓名", "手机", "护照"], ["解伟明", 13898995104, "有"], ["尚文君", 13898995105, "无"]]
    more += [["费正华", 13898995106, "有"], ["宣伟平", 13898995107, "无"]] * 3
    imported = bring(one, two, more, country="CN")
    assert imported.fields(1)["C"] == "custom:护照号码"
    assert imported.fields(2)["C"] == "custom:护照"  # whether there is one


def test_addresses_in_the_country_beside_their_codes(bring: Bring) -> None:
    rows = [["Name", "Mobile", "Address", "Eircode"]]
    rows += [["Cormac Gallagher", "0861234561", "Ballymoyle, Ballyhaunis, Co. Mayo", "F35 X6Y2"]]
    rows += [["Ciarán Brady", "0861234562", "12 Moy Heights, Ballina, Co. Mayo", "F26 P4D1"]]
    rows += [["Anders Petersen", "0861234563", "Seaview, Enniscrone, County Sligo", "F26 K8W0"]]
    rows += [["Tadhg Mac Giolla", "0861234564", "Quay Mills, Westport, Mayo", None]]
    imported = bring(rows, country="IE")
    parts = ("street", "city", "region", "postcode")
    found = [tuple(c["addresses"][0][p] for p in parts) for c in imported.customers]
    assert found == [
        ("Ballymoyle", "Ballyhaunis", "Co. Mayo", "F35 X6Y2"),
        ("12 Moy Heights", "Ballina", "Co. Mayo", "F26 P4D1"),
        ("Seaview", "Enniscrone", "County Sligo", "F26 K8W0"),
        ("Quay Mills", "Westport", "Mayo", ""),
    ]


def test_lists_with_commas_are_no_addresses(bring: Bring) -> None:
    rows = [["Name", "Mobile", "Address"]]
    rows += [["Cormac Gallagher", "0861234561", "The Mall, beside the church, Sligo"]]
    rows += [["Ciarán Brady", "0861234562", "Main Street, over the bank, Westport"]]
    rows += [["Anders Petersen", "0861234563", "Old Quarry, the last house, left"]]
    imported = bring(rows, country="IE")
    assert [c["addresses"][0]["street"] for c in imported.customers] == [r[2] for r in rows[1:]]


@pytest.mark.parametrize(
    "name",
    [
        *("Café Central de Vale de Mó", "Snack-Bar Central", "Rancho Folclórico de Vale"),
        *("Banda Filarmónica de Fafe", "Adega Cooperativa de Borba", "Floristería Rosa"),
        *("Épicerie du Coin", "Konditorei Müller", "Blumen Risse", "Osteria del Sole"),
        *("Old Mill Tavern", "Кафе Весна", "戚记面馆", "山田歯科", "田中製作所", "서울미용실"),
    ],
)
def test_firms_by_their_trades(name: str) -> None:
    assert is_organisation_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Café", "Ana Adega", "Adega López", "Tasca Giuseppe", "Banda Joyce", "Bar Refaeli"),
        *("Bodega Ruiz María", "Anna Stables", "Tom Gallery", "Rosa Blumen", "이치과", "김상회"),
    ],
)
def test_persons_who_are_called_like_a_trade(name: str) -> None:
    assert not is_organisation_name(name)


def test_a_cafe_among_members(bring: Bring) -> None:
    rows = [["Nº Sócio", "Nome", "Telem.", "Obs"], [1, "Ana Silva", 912345671, None]]
    rows += [[2, "Café Central de Vale de Mó", 912345672, "sócio colectivo"]]
    imported = bring([*rows, [3, "Rui Costa", 912345673, None]], country="PT")
    assert [c["kind"] for c in imported.customers] == ["person", "organisation", "person"]
