"""Accounts of messengers that are the phone's number, written out or said to be the same."""

from __future__ import annotations

import pytest
from archives import PEOPLE, Bring, Imported

from crm_desktop.bridge.values.phonewords import is_same_as_phone

NUMBERS = ["912345670", "912345671", "912345672", "912345673"]


def points(found: Imported, name: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Phones and accounts of a customer, with their labels."""
    customer = found.by_name[name]
    phones = [(phone["number"] or phone["raw"], phone["label"]) for phone in customer["phones"]]
    return phones, [(im["account"], im["label"]) for im in customer["ims"]]


@pytest.mark.parametrize(
    "text",
    [
        *("同手机", "同手機", "手机同号", "同电话", "与手机号相同", "即手机号", "手机号"),
        *("o mesmo", "O mesmo nº", "mesmo número", "igual ao telemóvel", "idem", "=", "= tlm"),
        *("el mismo", "mismo que el móvil", "same", "Same as mobile", "same number", "as mobile"),
        *("gleich wie Handy", "même numéro", "stesso numero"),
    ],
)  # fmt: skip
def test_words_for_the_same(text: str) -> None:
    assert is_same_as_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "同上",
        "as above",
        "ana_silva",
        "zhuoba_88",
        "同学",
        "No",
        "mobile",
        "Same Silva",
        "n/a",
    ],
)
def test_words_for_something_else(text: str) -> None:
    assert not is_same_as_phone(text)


def test_the_same_as_the_mobile_phone(bring: Bring) -> None:
    rows = [
        [PEOPLE[0], "010-65001234", "13800138000", "同手机"],
        [PEOPLE[1], None, "13800138001", "rui_costa"],
        [PEOPLE[2], "010-65001235", None, "同电话"],
        [PEOPLE[3], None, None, "同手机"],
    ]
    found = bring([["姓名", "电话", "手机", "微信"], *rows], country="CN")
    assert points(found, "Ana Silva")[1] == [("13800138000", "WeChat")]
    assert points(found, "Rui Costa")[1] == [("rui_costa", "WeChat")]
    assert points(found, "Eva Lima")[1] == [("010-65001235", "WeChat")]
    assert points(found, "Ivo Reis")[1] == [("同手机", "WeChat")]


@pytest.mark.parametrize("said", ["o mesmo", "idem", "=", None])
def test_whatsapp_under_the_phones_number(bring: Bring, said: str | None) -> None:
    rows = [[name, n, said or n] for name, n in zip(PEOPLE, NUMBERS, strict=True)]
    found = bring([["Nome", "Telemóvel", "WhatsApp"], *rows], country="PT")
    assert points(found, "Rui Costa") == (
        [("+351912345671", "mobile")],
        [("+351912345671", "WhatsApp")],
    )
    assert found.sheets[0].problem_count == 0


def test_whatsapp_before_the_phone(bring: Bring) -> None:
    rows = [[name, n, f"{n} / 213456789"] for name, n in zip(PEOPLE, NUMBERS, strict=True)]
    found = bring([["Nome", "WhatsApp", "Telefone"], *rows], country="PT")
    assert points(found, "Rui Costa") == (
        [("+351912345671", ""), ("+351213456789", "")],
        [("+351912345671", "WhatsApp")],
    )


def test_whatsapp_alone_is_a_phone(bring: Bring) -> None:
    rows = [[name, n] for name, n in zip(PEOPLE, NUMBERS, strict=True)]
    found = bring([["Nome", "WhatsApp"], *rows], country="PT")
    assert points(found, "Rui Costa") == ([("+351912345671", "whatsapp")], [])
