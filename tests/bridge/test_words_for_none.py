"""Words for "none" where a way of reaching somebody may stand."""

from __future__ import annotations

import pytest
from archives import Bring

from crm_desktop.bridge.values.nothing import says_none


def test_words_for_none_make_no_contact(bring: Bring) -> None:
    rows = [
        ["段丽华", "13888021157", "没有微信", "无"],
        ["何世昌", "无", "heshi_km", "没有"],
        ["和文静", "19988210035", "/", "-"],
        ["Eva Frost", "no phone", "none", "n/a"],
        ["Ana Reis", "13888021158", "=", "ana@mail.example"],
    ]
    imported = bring([["姓名", "手机", "微信", "邮箱"], *rows], country="CN")
    found = {
        c["name"]: [
            *(x["number"] or x["raw"] for x in c["phones"]),
            *(x["account"] for x in c["ims"]),
            *(x["address"] for x in c["emails"]),
        ]
        for c in imported.customers
    }
    assert found == {
        "段丽华": ["+8613888021157"],
        "何世昌": ["heshi_km"],
        "和文静": ["+8619988210035"],
        "Eva Frost": [],
        "Ana Reis": ["+8613888021158", "13888021158", "ana@mail.example"],
    }
    assert imported.sheets[0].problems == ()


def test_a_column_of_nothing_else_makes_no_field(bring: Bring) -> None:
    rows = [["Ana Reis", "912345671", "无", "n/a"], ["Rui Costa", "912345672", "没有", "-"]]
    imported = bring([["Nome", "Telemóvel", "邮箱", "WhatsApp"], *rows], country="PT")
    assert [(c["custom"], c["emails"]) for c in imported.customers] == [({}, [])] * 2


@pytest.mark.parametrize("text", ["não tem", "sem email", "kein Handy", "sin correo", "暂无", "?"])
def test_words_that_say_none(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize("text", ["=", "same", "nolan", "ana_none", "没有烦恼", "123", "no4"])
def test_accounts_that_only_look_so(text: str) -> None:
    assert not says_none(text)
