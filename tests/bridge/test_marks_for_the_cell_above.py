"""Cells that say that they hold what the one above does: 同上, 〃, idem, ditto, s.o."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import Bring

from crm_desktop.bridge.values.ditto import Ditto, ditto


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (t, Ditto.ABOVE)
            for t in ("同上", "（同上）", "〃", "々", "—〃—", "″", '"', "''", "-//-")
        ),
        *((t, Ditto.ABOVE) for t in ("“ ”", "same as above", "s.o.", "siehe oben", "wie oben")),
        *((t, Ditto.ABOVE) for t in ("igual acima", "idem ao anterior", "上に同じ", "상동")),
        *((t, Ditto.ABOVE) for t in ("come sopra", "igual que arriba", "comme ci-dessus")),
        *((t, Ditto.SAME) for t in ("idem", "Ídem", "ditto", "Ditto.")),
        *((t, Ditto.PERHAPS) for t in ("Dito", "do.", "id.", "то же", "detto")),
        *((t, Ditto.NONE) for t in ("", "-", "—", "...", "=", "ID", "Do.", "DO", "S.O.", "Dto.")),
        *(
            (t, Ditto.NONE)
            for t in ("同意", "上海", "idem, Rua X", '1"', "Ana", "the same", "+351")
        ),
    ],
)
def test_marks(text: str, expected: Ditto) -> None:
    assert ditto(text) is expected


def test_the_value_above_and_the_mark_as_evidence(bring: Bring) -> None:
    rows: list[list[Any]] = [["Nome", "Telefone", "Nascimento", "Grupo", "Estado"]]
    rows += [["Ana Silva", "912345678", dt.date(1990, 5, 2), "Norte", "pago"]]
    rows += [["Rui Costa", "idem", '"', "〃", "-//-"]]
    rows += [["Eva Lima", "〃", "1991-01-03", "Sul", "dito"]]
    imported = bring([*rows, ["Ivo Reis", "913345678", None, '"', None]], country="PT")
    assert imported.names == ["Ana Silva", "Rui Costa", "Eva Lima", "Ivo Reis"]
    assert [imported.phones(name) for name in imported.names] == [
        *[["+351912345678"]] * 3,
        ["+351913345678"],
    ]
    assert [c["birthday"] for c in imported.customers[:2]] == ["1990-05-02"] * 2
    assert [c["custom"].get("Estado", "") for c in imported.customers] == ["pago"] * 3 + [""]
    assert "idem" in imported.origins[1]


def test_headings_lie_between(bring: Bring) -> None:
    rows = [["姓名", "电话", "备注"], ["【A团】法意瑞10日"], ["汪志远", "13898995102", "素食"]]
    rows += [["汪小鱼", "同上", "随父"], ["【B团】日本6日"], ["侯雅琴", "13898995103", None]]
    rows += [["葛天佑", "同上", None], ["季红梅", "13898995104", None]]
    imported = bring(rows, country="CN")
    assert imported.phones("汪小鱼") == ["+8613898995102"]
    assert imported.phones("葛天佑") == ["+8613898995103"]


def test_nothing_above_is_no_telephone(bring: Bring) -> None:
    rows = [["Nome", "Telefone"], ["Ana Silva", None], ["Rui Costa", "idem"]]
    imported = bring([*rows, ["Eva Lima", "912345678"], ["Ivo Reis", "913345678"]], country="PT")
    assert imported.phones("Rui Costa") == []
    assert imported.by_name["Rui Costa"]["custom"] == {"Telefone": "idem"}


def test_a_name_as_above_goes_on_with_the_customer(bring: Bring) -> None:
    rows = [["Nome", "Telefone", "Morada"], ["Ana Silva", "912345678", "Rua Nova, 2"]]
    rows += [["〃", "213456789", "〃"], ["Rui Costa", "913345678", "Rua Velha, 5"]]
    rows += [["Dito", "914345678", "Rua do Sol, 1"]]
    imported = bring(rows, country="PT")
    assert imported.names == ["Ana Silva", "Rui Costa", "Dito"]
    assert imported.phones("Ana Silva") == ["+351912345678", "+351213456789"]
    assert len(imported.by_name["Ana Silva"]["addresses"]) == 1


def test_a_family_name_as_above_is_a_relatives(bring: Bring) -> None:
    rows = [["First name", "Surname", "Phone"], ["Cormac", "Gallagher", "0861234567"]]
    rows += [["Fionn", '"', "0871234567"], ["Barry", "Brady", "0851234567"]]
    assert bring(rows, country="IE").names == ["Cormac Gallagher", "Fionn Gallagher", "Barry Brady"]


def test_a_street_as_above_is_in_the_same_town(bring: Bring) -> None:
    rows = [["Nome", "Telefone", "Morada", "Código postal", "Localidade"]]
    rows += [["Ana Silva", "912345678", "Rua Nova, 2", "4750-123", "Barcelos"]]
    rows += [["Rui Costa", "913345678", "idem", None, None]]
    rows += [["Eva Lima", "914345678", '"', None, "Braga"]]
    imported = bring(rows, country="PT")
    (home,) = imported.by_name["Rui Costa"]["addresses"]
    assert (home["street"], home["postcode"], home["city"]) == (
        "Rua Nova, 2",
        "4750-123",
        "Barcelos",
    )
    (home,) = imported.by_name["Eva Lima"]["addresses"]
    assert (home["street"], home["postcode"], home["city"]) == ("Rua Nova, 2", "", "Braga")


def test_idem_in_a_second_column_may_mean_the_first(bring: Bring) -> None:
    rows = [["Nome", "Telemóvel", "WhatsApp", "Telefone casa"]]
    rows += [["Ana Silva", "912345678", "913345679", "213456789"]]
    rows += [["Rui Costa", "913345678", "idem", "idem"]]
    imported = bring([*rows, ["Eva Lima", "914345678", None, None]], country="PT")
    assert set(imported.phones("Rui Costa")) == {"+351913345678"}


def test_an_account_beside_a_phone_of_its_own_is_not_the_one_above(bring: Bring) -> None:
    rows = [["姓名", "手机", "微信"], ["汪志远", "13898995102", "wang_zy"]]
    rows += [["侯雅琴", "13898995103", "同上"], ["汪小鱼", "同上", "同上"]]
    imported = bring([*rows, ["季红梅", "13898995104", "jihm72"]], country="CN")
    accounts = {c["name"]: [im["account"] for im in c["ims"]] for c in imported.customers}
    assert accounts["侯雅琴"] == []
    assert imported.by_name["侯雅琴"]["custom"] == {"微信": "同上"}
    assert imported.phones("汪小鱼") == ["+8613898995103"]


def test_words_that_mean_something_else_stay(bring: Bring) -> None:
    rows = [["Nome", "Telemóvel", "Porta", "Dia de visita", "Resposta"]]
    rows += [["Ana Silva", "912345671", "Esq.", "seg.", "sim"]]
    rows += [["Rui Costa", "912345672", "Dto.", "Do.", "-"]]
    rows += [["Dito Reis", "912345673", "dto.", "DO", "the same"]]
    imported = bring(rows, country="PT")
    assert imported.names == ["Ana Silva", "Rui Costa", "Dito Reis"]
    assert [c["custom"]["Dia de visita"] for c in imported.customers] == ["seg.", "Do.", "DO"]
    assert imported.by_name["Dito Reis"]["custom"]["Resposta"] == "the same"
    assert "Esq." not in str(imported.customers[1:])


def test_a_number_of_ones_own_is_nobody_elses(bring: Bring) -> None:
    rows = [["姓名", "电话", "护照号"], ["汪志远", "13898995102", "E83637964"]]
    rows += [["汪小鱼", "同上", "同上"], ["侯雅琴", "13898995103", "E83637965"]]
    imported = bring(rows, country="CN")
    assert imported.names == ["汪志远", "汪小鱼", "侯雅琴"]
    assert imported.by_name["汪小鱼"]["custom"] == {"护照号": "同上"}


def test_marks_reach_over_batches(bring: Bring) -> None:
    rows: list[list[Any]] = [["Nome", "Telefone", "Grupo"]]
    rows += [[f"Ana Silva {n}", 912000000 + n, "Norte" if n == 0 else "〃"] for n in range(2100)]
    imported = bring(rows, country="PT")
    assert {tuple(c["tags"]) for c in imported.customers} == {("Norte",)}
