"""Forms on sheets of their own: what the other sheets say tells which cells are labels."""

from __future__ import annotations

import datetime as dt
from typing import Any

from archives import Bring

Rows = list[list[Any]]


def card(name: str, number: int, wechat: str | None, born: str | None, chest: int) -> Rows:
    return [
        ["量体单"],
        ["客户姓名", name, "客户编号", f"JY-{number:03}"],
        ["手机", f"1391551{number:04}", "微信号", wechat],
        ["生日", born, "首次到店", dt.date(2023, 3, number)],
        ["地址", f"昆山市前进路{number}号"],
        ["身高", 163, "体重", 54],
        ["胸围", chest, "腰围", chest - 20],
        ["臀围", chest + 5, "肩宽", chest - 50],
        ["领围", chest - 60, "袖长", chest - 40],
        ["体型特征", "圆背"],
        ["备注", "加急"],
        [],
        ["下单日期", "款式", "面料", "金额"],
        [dt.date(2023, 3, number), "长袖长款", "丝绒", 3600],
    ]


def test_a_form_with_blanks_is_read_as_its_sisters_are(bring: Bring) -> None:
    imported = bring(
        card("姬慕云", 1, "muyun_ji", "1985-04-03", 86),
        card("柴敏仪", 2, "chai_my", "1979-11-20", 94),
        card("强亚琴", 3, None, None, 99),
        country="CN",
    )
    assert sorted(imported.names) == sorted(["姬慕云", "柴敏仪", "强亚琴"])
    blank = imported.by_name["强亚琴"]
    assert blank["birthday"] is None
    assert blank["ims"] == []
    assert blank["custom"]["首次到店"] == "2023-03-03"
    for customer in imported.customers:
        own = customer["custom"]
        chest = int(own["胸围"])
        assert [own["腰围"], own["肩宽"], own["袖长"]] == [
            str(chest - 20),
            str(chest - 50),
            str(chest - 40),
        ]


def test_a_list_beside_forms_stays_a_list(bring: Bring) -> None:
    people = [
        ["客户姓名", "手机", "微信号"],
        ["路遥", "13915510009", "luyao"],
        ["甄惠兰", "13915510010", "zhen"],
    ]
    imported = bring(
        card("姬慕云", 1, "muyun_ji", "1985-04-03", 86),
        card("柴敏仪", 2, "chai_my", "1979-11-20", 94),
        people,
        country="CN",
    )
    assert sorted(imported.names) == sorted(["姬慕云", "柴敏仪", "路遥", "甄惠兰"])
