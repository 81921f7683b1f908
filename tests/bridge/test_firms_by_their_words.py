"""Organisations known by their own words, initials that are none, and whom to ask for there."""

from __future__ import annotations

import pytest
from archives import PEOPLE
from opened import Look

from crm_desktop.bridge.values.organisations import is_organisation_name

FIRMS = [
    *("University of Leeds", "Hart & Sons", "Hart and Sons", "Ludlow Town Council", "Rotary Club"),
    *("Hillside School", "Lincoln High School", "St. Mark's Lutheran Church", "Christ Church"),
    *("Grace Community Church", "Abbey Street Medical Centre", "Fergus Family Practice"),
    *("Sunrise Care Home", "Sri Ganesh Medicals", "Lakshmi Textiles", "Rose Café"),
    *("Escola Secundária de Faro", "Clube Desportivo Luz", "Paróquia de São Brás"),
    "Hospital da Luz",
    *("Igreja Matriz de Loulé", "Câmara Municipal de Faro", "Junta de Freguesia de Sé"),
    *("Silva & Filhos", "Silva e Filhos", "FARMACIA CENTRAL", "Jardim de Infância Sol"),
    *("Colegio San José", "Hermanos Gil y Hijos", "École Jean Moulin", "Mairie de Lyon"),
    *("Centre Hospitalier Nord", "Grundschule am Park", "Turnverein Halle", "Gemeinde Lech"),
    *("Huber & Söhne", "Istituto Comprensivo Verdi", "Chiesa di San Marco", "Школа № 5"),
    *("云南民族中学", "幸福小学", "县医院", "盘龙区教育局", "顺达商行", "湘味餐饮店", "宏大酒店"),
    "恒信驾校",
    *("敬業聯合會計師事務所", "秀朗幼兒園", "岳麓区环卫所", "老地方麵館", "서울약국"),
    *("Mar Alto S. A.", "Mar Alto S A", "Mar Alto, S. L.", "TSV Halle e. V.", "Vestas A/S"),
]  # fmt: skip
NOBODYS = [
    *("Geetha S.", "Maria S.", "Nina S", "Tomás A", "Chris A.", "Andrea G.", "Anna K", "Ravi K G"),
    *("Charlotte Church", "Anne Marie Church", "Grace Church", "Maria Igreja", "Chiesa Federico"),
    *("Ana Silva e filhos", "Ana & Rui Silva", "Shirley Temple", "Council", "Clara Escola"),
    *("王中学", "张大学", "刘学会", "欧阳建国", "小学", "Ana Bank", "Rosa Parish"),
]


@pytest.mark.parametrize("name", FIRMS)
def test_institutions(name: str) -> None:
    assert is_organisation_name(name)


@pytest.mark.parametrize("name", NOBODYS)
def test_people(name: str) -> None:
    assert not is_organisation_name(name)


PHONES = ("912345671", "912345672", "912345673", "912345674")


@pytest.mark.parametrize("asked", ["Contact Person", "Contact", "Attn"])
def test_those_to_ask_for_make_firms_of_the_others(look: Look, asked: str) -> None:
    firms = ("Lakshmi Textiles", "Coorg Coffee Works", "Zebra Crossing", "Hill Farm")
    found = look([["Customer", asked, "Phone"], *zip(firms, PEOPLE, PHONES, strict=True)])
    assert found.names == list(PEOPLE)
    assert [d.organisation for d in found.drafts] == list(firms)


def test_those_to_ask_for_at_chinese_firms(look: Look) -> None:
    rows = [("湘味楼", "彭辉"), ("岳麓区环卫所", "王芳"), ("恒信驾校", "易强")]
    found = look([["客户", "联系人"], *rows], country="CN")
    assert [(d.organisation, d.name) for d in found.drafts] == rows


@pytest.mark.parametrize("asked", ["Contact Person", "Parent", "Emergency contact"])
def test_persons_stay_the_customers(look: Look, asked: str) -> None:
    others = ("Rosa Silva", "Zita Costa", "Olga Lima", "Hugo Reis")
    found = look([["Customer", asked, "Phone"], *zip(PEOPLE, others, PHONES, strict=True)])
    assert found.names == list(PEOPLE)


def test_persons_among_firms_keep_all_customers_as_they_are(look: Look) -> None:
    """Who has nobody to ask for answers himself."""
    rows = [
        ["客户名称", "联系人", "手机"],
        ["谷雨生", "", "13570301101"],
        ["广州市百灵纸业有限公司", "老冯", "13570301102"],
        ["谭国威", "谭国威", "13570301103"],
    ]
    found = look(rows, country="CN")
    assert found.names == [row[0] for row in rows[1:]]


@pytest.mark.parametrize("head", ["法人代表", "法人", "法定代表人"])
def test_who_is_asked_for_ranks_above_who_signs(look: Look, head: str) -> None:
    rows = [
        ["厦门通达货运代理有限公司", "郑启航", "蔡小姐", "18650140923"],
        ["厦门鹭岛茶业有限公司", "林文彬", "林先生", "13806051127"],
    ]
    found = look([["客户名称", head, "联系人", "手机"], *rows], country="CN")
    assert found.names == ["蔡小姐", "林先生", *(row[0] for row in rows)]
    assert [dict(d.custom) for d in found.drafts] == [{}, {}, {head: "郑启航"}, {head: "林文彬"}]
    alone = look(
        [["客户名称", head, "手机"], *([row[0], row[1], row[3]] for row in rows)], country="CN"
    )
    assert alone.names == ["郑启航", "林文彬"]
