"""What a seventeenth round of unseen books taught, of the kinds of the shipped samples."""

from __future__ import annotations

import pytest
from archives import Bring

from crm_desktop.bridge.sheets.synonyms import meanings


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Guest last name", "family_name"),
        ("Guest first name", "given_name"),
        ("Patient surname", "family_name"),
        ("客户称呼", "name"),
        ("学员姓名", "name"),
        ("Rua e n.º", "street"),
        ("Works for", "organisation"),
        ("Employer / account", "organisation"),
        ("Trabalha em", "organisation"),
        ("Empresa conveniada", "organisation"),
        ("Nascido a", "birthday"),
        ("Marcas", "tags"),
        ("Apelido do hóspede", "family_name"),
        ("Patient DOB", "birthday"),
        ("Dt. Nascto", "birthday"),
        ("Etiquetas do contacto", "tags"),
        ("Client stage", "stage"),
        ("Fase do funil", "stage"),
        ("会员状态", "stage"),
        ("Pessoa a contactar na firma", "contact_person"),
        ("公司聯絡人", "contact_person"),
        ("Telegram handle", "im"),
        ("客户微信号", "im"),
        ("Nr. telem.", "phone"),
        ("Sigla do estado", "region"),
        ("街道门牌号", "street"),
        ("Firm name", "organisation"),
        # What only has a word of a field in it.
        ("Phone model", "custom"),
        ("手机型号", "custom"),
        ("Operadora do celular", "custom"),
        ("E-mail enviado", "custom"),
        ("City tax", "custom"),
        ("Nota fiscal nº", "custom"),
        ("生日礼品已送", "custom"),
        ("Street parking?", "custom"),
        # Somebody else's, and what is no name.
        ("Mother's first name", "custom"),
        ("Spouse last name", "custom"),
        ("Last visit", "custom"),
        ("销售姓名", "custom"),
    ],
)
def test_headers(header: str, field: str) -> None:
    assert meanings(header)[0].field == field


def test_guests_by_their_parts_with_their_employers(bring: Bring) -> None:
    rows = [
        ["Guest last name", "Guest first name", "Cell", "Employer / account", "Last visit"],
        ["Fontaine", "Harold", "5032657542", "Hop Yard Brewing Co.", "2020-01-07"],
        ["Zielinski", "Rhonda", "971.231.1030", None, "2021-02-08"],
        ["Zielinski", "Kendra", "(503) 626-0501", "Hop Yard Brewing Co.", "2022-03-09"],
    ]
    found = bring(rows, country="US")
    harold = found.by_name["Harold Fontaine"]
    assert harold["organisation"] == "Hop Yard Brewing Co."
    assert harold["custom"] == {"Last visit": "2020-01-07"}
    assert len(found.customers) == 3


def test_the_same_few_words_are_a_field_and_notes_are_notes(bring: Bring) -> None:
    words = ["跟进中", "老主顾", "很久没来"]
    notes = ["喜欢靠海的酒店", "不吃辣；带两个孩子"]
    rows = [["姓名", "手机", "跟进情况", "备注"]]
    rows += [
        [f"王{c}", f"139012345{i:02}", words[i % 3], notes[i % 2]]
        for i, c in enumerate("艳丽静敏杰磊洋勇军强明超霞平刚玲桂芬兰凤洁梅琳素云")
    ]
    found = bring(rows, country="CN")
    first = found.by_name["王艳"]
    assert (first["custom"], first["notes"]) == ({"跟进情况": "跟进中"}, "喜欢靠海的酒店")
