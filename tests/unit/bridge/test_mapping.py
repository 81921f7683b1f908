"""Columns find their fields, by header and by what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reading import read

from crm_desktop.bridge.sheets.synonyms import find_language, header_key, meanings
from crm_desktop.domain.imports import ColumnMapping, SheetPlan

Make = Callable[..., Path]
DAY = dt.date(1980, 2, 1)

CASES: dict[str, tuple[str, list[list[Any]], list[str]]] = {
    "portuguese": (
        "PT",
        [
            [
                *("Nome do Cliente", "Nº Telemóvel", "Tel. (casa)", "Endereço de e-mail"),
                *("Morada completa", "Cód. Postal", "Localidade", "Data Nasc.", "Nº contribuinte"),
                *("Obs.", "Última viagem"),
            ],
            [
                *("Ana Silva", "912345678", "213456789", "a@example.org", "Rua A, 5"),
                *("1000-001", "Lisboa", DAY, 215432189, "vip", DAY),
            ],
        ],
        [
            *("name", "phone/mobile", "phone/home", "email", "street", "postcode", "city"),
            *("birthday", "custom:Nº contribuinte", "notes", "custom:Última viagem"),
        ],
    ),
    "who pays how is no country": (
        "GB",
        [["Customer", "Phone", "Pays"], ["Ann Lee", "020 7946 0123", "Net 15"]],
        ["name", "phone", "custom:Pays"],
    ),
    "the same word in French": (
        "FR",
        [["Nom", "Téléphone", "Pays"], ["Luc Roy", "01 42 68 53 00", "Belgique"]],
        ["name", "phone", "country"],
    ),
    "initials, and an Irish firm's address": (
        "IE",
        [
            ["Initials", "Surname", "Registered office", "Eircode"],
            ["D.K.", "Aldersley", "1 High Street", "V95 X2K1"],
        ],
        ["given_name", "family_name", "street/work", "postcode/work"],
    ),
    "pet names under a word that nobody knows": (
        "CN",
        [
            ["订单号", "主角", "电话", "套系"],
            ["23-01", "安安", "13800138001", "周岁照"],
            ["23-02", "乐乐", "13800138002", "百天照"],
            ["23-03", "豆豆", "13800138003", "周岁照"],
        ],
        ["custom:订单号", "name", "phone", "custom:套系"],
    ),
    "given and family name": (
        "PT",
        [["Nome", "Apelido", "Celular"], ["Ana", "Silva", "912345678"]],
        ["given_name", "family_name", "phone/mobile"],
    ),
    "whole name beside the surname": (
        "PT",
        [["Nome", "Apelido"], ["Ana Silva", "Silva"], ["Rui Costa", "Costa"]],
        ["name", "family_name"],
    ),
    "german surname first": (
        "DE",
        [["Name", "Vorname", "Straße", "PLZ", "Ort"], ["Müller", "Hans", "Weg 5", "10115", "Bonn"]],
        ["family_name", "given_name", "street", "postcode", "city"],
    ),
    "chinese": (
        "CN",
        [
            ["序号", "姓名", "手机（必填）", "微信", "联系地址", "出生日期", "身份证", "备注"],
            [1, "王秀英", "13800138000", "w", "中山路5", "1985年3月4日", "3101011985", "无"],
        ],
        [
            *("custom:序号", "name", "phone/mobile", "im/WeChat", "street", "birthday"),
            *("custom:身份证", "notes"),
        ],
    ),
    "traditional chinese": (
        "TW",
        [["姓名", "行動電話", "電子郵件", "郵遞區號"], ["陳雅婷", "0912345678", "a@b.tw", "100"]],
        ["name", "phone/mobile", "email", "postcode"],
    ),
    "firm and contact person": (
        "CN",
        [["客户名称", "联系人", "电话"], ["上海海风有限公司", "王伟", "021-55550500"]],
        ["organisation", "name", "phone"],
    ),
    "contact told by its values": (
        "PT",
        [["Cliente", "Contacto", "Contacto 2"], ["Ana", "912345678", "a@example.org"]],
        ["name", "phone", "email"],
    ),
    "two lines of one address": (
        "GB",
        [
            ["Customer", "Tel 1", "Fax", "Address 1", "Address 2", "Town", "County", "Post Code"],
            ["Ann Lee", "02079460123", "02079460124", "5 High St", "Flat 2", "Ely", "Y", "E1 4AB"],
        ],
        ["name", "phone", "phone/fax", "street", "street", "city", "region", "postcode"],
    ),
    "home and work address": (
        "GB",
        [
            ["Full Name", "Home Address", "Home City", "Work Address", "Work City"],
            ["Ann Lee", "5 High St", "York", "9 Mill Rd", "Leeds"],
        ],
        ["name", "street/home", "city/home", "street/work", "city/work"],
    ),
    "estado is a stage or a state": (
        "PT",
        [["Nome", "Estado", "Tipo"], ["Ana", "Cliente", "Particular"], ["X", "Inativo", "Empresa"]],
        ["name", "stage", "kind"],
    ),
    "emergency contacts are nobody's phone": (
        "GB",
        [["Name", "Emergency contact", "Emergency phone"], ["Ann Lee", "Bob", "02079460125"]],
        ["name", "custom:Emergency contact", "custom:Emergency phone"],
    ),
    "no header": (
        "PT",
        [["Ana Silva", "912345678", "a@example.org"], ["Rui Costa", "913456789", "b@example.org"],
         ["Eva Melo", "914567890", "c@example.org"]],
        ["name", "phone", "email"],
    ),
    "empty header over values": (
        "PT",
        [["Nome", "", "Email"], ["Ana", "janela", "a@example.org"]],
        ["name", "custom:B", "email"],
    ),
    "unknown header over e-mails": (
        "PT",
        [["Nome", "Onde escrever"], ["Ana", "a@example.org"]],
        ["name", "email"],
    ),
    "same header twice": (
        "PT",
        [["Nome", "Nome", "Lugar", "Lugar"], ["Ana", "Ana B", "janela", "corredor"]],
        ["name", "custom:Nome", "custom:Lugar", "custom:Lugar (D)"],
    ),
    "bilingual": (
        "CN",
        [["姓名 Name", "电话/Phone", "公司 (Company)"], ["王伟", "13800138000", "海风公司"]],
        ["name", "phone", "organisation"],
    ),
    "address book export": (
        "US",
        [
            ["First Name", "Last Name", "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Value",
             "Address 1 - Street", "Address 1 - City"],
            ["Ann", "Lee", "Home", "a@example.org", "+1 202-555-0123", "5 High St", "York"],
        ],
        [
            *("given_name", "family_name", "custom:E-mail 1 - Label", "email", "phone"),
            *("street", "city"),
        ],
    ),
    "spanish": (
        "ES",
        [["Nombre", "Apellidos", "Móvil", "Correo electrónico", "C.P.", "Población", "DNI"],
         ["Ana", "García", "612345678", "a@example.org", "28001", "Madrid", "12345678Z"]],
        ["given_name", "family_name", "phone/mobile", "email", "postcode", "city", "custom:DNI"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_columns(make_xlsx: Make, case: str) -> None:
    country, rows, expected = CASES[case]
    columns = read(make_xlsx(rows), country).preview.sheets[0].plan.columns
    assert [f"{c.field}/{c.label}" if c.label else c.field for c in columns] == expected
    assert all(0 < c.confidence <= 1 for c in columns)


def test_header_in_row_five_below_titles(make_xlsx: Make) -> None:
    path = make_xlsx(
        [
            ["Agência Mar Aberto"],
            ["Lista de clientes de 2015", None, "impressa em", dt.date(2015, 3, 1)],
            [],
            [None, "confidencial"],
            ["Nome", "Telefone", "Localidade"],
            ["Ana Silva", "912345678", "Faro"],
        ]
    )
    sheet = read(path).preview.sheets[0]
    assert sheet.plan.header_row == 5
    assert sheet.rows == 1


def test_strange_headers_are_headers_all_the_same(make_xlsx: Make) -> None:
    rows = [["Nome", "Abc", "Def", "Ghi"], ["Ana", "x", "y", "z"], ["Rui", "u", "v", "w"]]
    assert read(make_xlsx(rows)).preview.sheets[0].plan.header_row == 1


def test_sheets_without_customers_are_empty(make_xlsx: Make) -> None:
    path = make_xlsx(
        [["Nome", "Telefone"], ["Ana", "912345678"]],
        [],
        [["Esta folha explica a lista."], ["Cada cliente novo entra no fim da folha."]],
        [["Produto", "Preço"], ["Roma", 100], ["Viena", 200]],
        [["Nome", "Telefone"]],
    )
    assert [s.empty for s in read(path).preview.sheets] == [False, True, True, True, True]


def test_value_far_below_in_a_column_without_header_is_not_lost(make_xlsx: Make) -> None:
    rows: list[list[Any]] = [["Nome", "Email"]]
    rows += [[f"Ana {n}", f"a{n}@example.org"] for n in range(5000)]
    rows[4321] = [*rows[4321], "perdido"]
    found = read(make_xlsx(rows))
    assert found.fields() == ["name", "email", "custom:C"]
    assert found.drafts[4320].custom == (("C", "perdido"),)


def test_date_order_is_settled_by_any_value_of_the_column(make_xlsx: Make) -> None:
    rows: list[list[Any]] = [["Nome", "Nascimento"]]
    rows += [[f"Ana {n}", f"{1 + n % 12}/{1 + n % 9}/1980"] for n in range(9000)]
    rows[8001][1] = "2/25/1980"
    found = read(make_xlsx(rows))
    assert found.preview.sheets[0].plan.columns[1].date_order == "MDY"


def test_the_users_own_mapping_is_obeyed(make_xlsx: Make) -> None:
    from crm_desktop.bridge.process.reader import Reader

    path = make_xlsx([["Nome", "Telefone", "Nota"], ["Ana", "912345678", "x"]])
    with Reader(path, "PT") as reader:
        plan = reader.inspect().sheets[0].plan
        columns = tuple(
            ColumnMapping(c.index, c.column, c.header, field, 1.0)
            for c, field in zip(plan.columns, ("organisation", "custom:Tel", "skip"), strict=True)
        )
        rows = [r for b in reader.rows(SheetPlan(0, 1, columns)) for r in b]
    draft = rows[0].draft
    assert draft is not None
    assert (draft.kind, draft.name, draft.notes) == ("organisation", "Ana", "")
    assert draft.custom == (("Tel", "912345678"),)


def test_language_of_headers() -> None:
    assert find_language(["姓名", "手机", "Email"]) == "zh"
    assert find_language(["Nome", "Morada", "Email"]) == "pt"
    assert find_language(["First name", "Phone"]) == "en"
    assert find_language(["x", "y"]) == ""


def test_keys_fold_width_case_accents_and_script() -> None:
    assert header_key("Ｅ-Mail：") == header_key("e-mail") == "email"
    assert header_key("電話號碼") == header_key("电话号码")
    assert header_key("Nº Telemóvel") == "notelemovel"
    assert meanings("") == ()
    assert meanings("xyzzy") == ()
