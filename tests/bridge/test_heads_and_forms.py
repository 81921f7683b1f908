"""Heads that are figures, heads in two full rows, addresses under one head, a trade's own cards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import Bring

from crm_desktop.bridge.sheets.detect import series_in
from crm_desktop.bridge.sheets.forms import read_form

PEOPLE = (
    ("Gordon Metcalfe", "3 Beck View", "Hellifield", "BD23 4HE", "01729 850114"),
    ("Tosin Adeyemi", "Laurel Bank", "Skipton", "BD23 4PL", "01756 793402"),
    ("Ada Pickles", "14 Station Rd", "Settle", "BD24 9DN", "01729 822360"),
    ("Callum Boyd", "9 Duke St", "Settle", "BD24 9LQ", "01729 823991"),
)


@pytest.mark.parametrize(
    ("cells", "heads"),
    [
        (["Client", 2019, 2020, 2021], {1, 2, 3}),
        (["Client", 2021.0, 2020.0], {1, 2}),
        (["Nome", 1, 2, 3, "Obs"], {1, 2, 3}),
        (["Nome", *(dt.date(2023, month, 1) for month in (11, 12))], set()),
        (["Nome", dt.date(2023, 11, 1), dt.date(2023, 12, 1), dt.date(2024, 1, 1)], {1, 2, 3}),
        (["Ford", "Fiesta", 2018, 61000], set()),
        (["Ana", 912345678, 912345679, 912345680], set()),
        (["Ana", 2, 3], set()),
        ([2019], set()),
    ],
)
def test_figures_that_head_columns(cells: list[Any], heads: set[int]) -> None:
    assert series_in(cells) == heads


def test_a_column_a_year_with_figures_for_heads(bring: Bring) -> None:
    days = [dt.date(2019, 4, 3), dt.date(2020, 2, 18), None, dt.date(2022, 5, 11)]
    rows = [
        ["TUNINGS - round list"],
        ["Blank = not this year"],
        [],
        ["Client", "Address", None, None, "Phone", 2019, 2020, 2021, 2022, "Remarks"],
        *(
            [n, street, town, code, tel, *days, "ring first"]
            for n, street, town, code, tel in PEOPLE
        ),
        ["4 clients"],
    ]
    imported = bring(rows, country="GB")
    assert imported.names == [one[0] for one in PEOPLE]
    (first, *_others) = imported.customers
    assert {year: first["custom"].get(year) for year in ("2019", "2020", "2021", "2022")} == {
        "2019": "2019-04-03",
        "2020": "2020-02-18",
        "2021": None,
        "2022": "2022-05-11",
    }


def test_a_row_of_years_is_no_header(bring: Bring) -> None:
    """The year a car was built in and bought in stand beside its owner."""
    rows = [
        ["Nome", "Telefone", "Matrícula", "Ano", "Comprado em"],
        ["Rosa Vidal", "912300401", "11-AA-22", 2018, 2019],
        ["Hugo Prata", "912300402", "33-BB-44", 2009, 2010],
        ["Lia Serra", "912300403", "55-CC-66", 2016, 2017],
    ]
    assert bring(rows).names == ["Rosa Vidal", "Hugo Prata", "Lia Serra"]


@pytest.mark.parametrize("merged", [True, False])
def test_an_address_of_four_columns_under_one_head(bring: Bring, merged: bool) -> None:
    rows = [
        ["Client", "Address", None, None, None, "Phone"],
        *(
            [name, street, "Long Lane" if at % 2 else None, town, code, tel]
            for at, (name, street, town, code, tel) in enumerate(PEOPLE)
        ),
    ]
    imported = bring(rows, country="GB", merge=[("B1:E1", "Address")] if merged else ())
    found = [one["addresses"] for one in imported.customers]
    assert [[(a["city"], a["postcode"]) for a in many] for many in found] == [
        [(town, code)] for _name, _street, town, code, _tel in PEOPLE
    ]
    assert [many[0]["street"].split("\n")[0].split(",")[0] for many in found] == [
        one[1] for one in PEOPLE
    ]


def test_a_county_between_town_and_postcode(bring: Bring) -> None:
    rows = [
        ["Client", "Address", None, None, None, "Phone"],
        *([n, street, town, "North Yorkshire", code, t] for n, street, town, code, t in PEOPLE),
    ]
    found = [one["addresses"][0] for one in bring(rows, country="GB").customers]
    assert [(a["city"], a["region"]) for a in found] == [
        (one[2], "North Yorkshire") for one in PEOPLE
    ]


def test_what_stands_behind_a_nameless_postcode_is_no_line_of_the_address(bring: Bring) -> None:
    rows = [
        ["Client", "Address", None, None, None, "Phone"],
        *([n, street, town, code, "dog!", tel] for n, street, town, code, tel in PEOPLE),
    ]
    for one, (_name, street, town, code, _tel) in zip(
        bring(rows, country="GB").customers, PEOPLE, strict=True
    ):
        (address,) = one["addresses"]
        assert (address["street"], address["city"], address["postcode"]) == (street, town, code)
        assert "dog!" in one["custom"].values()


def test_nameless_amounts_behind_an_address_are_no_postcodes(bring: Bring) -> None:
    rows = [
        ["Nome", "Morada", None, "Telefone"],
        ["Rosa Vidal", "Rua da Paz, 3", 1250, "912300401"],
        ["Hugo Prata", "Rua do Sol, 14", 4800, "912300402"],
        ["Lia Serra", "Largo da Sé, 2", 990, "912300403"],
        ["Rui Lobo", "Rua Nova, 8", 1500, "912300404"],
    ]
    found = bring(rows, country="PT").customers
    assert [one["addresses"][0]["postcode"] for one in found] == [""] * 4


def test_two_rows_of_heads_that_are_both_full(bring: Bring) -> None:
    rows = [
        ["GELO DO PORTO - CLIENTES POR ROTA"],
        [],
        ["Razão social", "CNPJ", "Endereço", None, None, "Contatos", None, None, "Preço", "Obs."],
        [None, None, "Rua", "Cidade", "CEP", "Nome", "Função", "Telefone", None, None],
        *(
            [
                *(firm, "11.222.333/0001-81", "Rua A, 1", "Santos", "11010-000"),
                *(person, "Gerente", f"(13) 99700-110{at}", 4.5, "paga à vista"),
            ]
            for at, (firm, person) in enumerate(
                [
                    ("Bar do Zeca Ltda", "Zeca Prado"),
                    ("Peixaria Mar Ltda", "Ilda Melo"),
                    ("Hotel Sol Ltda", "Davi Rosa"),
                ]
            )
        ),
    ]
    single = [(f"{column}3:{column}4", rows[2]["ABCDEFGHIJ".index(column)]) for column in "ABIJ"]
    merge = [("C3:E3", "Endereço"), ("F3:H3", "Contatos"), *single]
    imported = bring(rows, country="BR", merge=merge)
    assert len(imported.customers) == 6
    zeca, bar = imported.by_name["Zeca Prado"], imported.by_name["Bar do Zeca Ltda"]
    assert zeca["organisation"] == "Bar do Zeca Ltda"
    assert bar["custom"]["CNPJ"] == "11.222.333/0001-81"
    assert bar["addresses"][0]["city"] == "Santos"
    assert imported.phones("Zeca Prado") == ["+5513997001100"]
    assert "paga à vista" in zeca["notes"] + bar["notes"]


def own_card(name: str, at: int) -> list[list[Any]]:
    """A decorator's card: four known labels, and eight of the trade's own."""
    return [
        ["和美家装 客户档案卡"],
        [],
        ["业主姓名", name, "性别", "男"],
        ["联系电话", f"1593771843{at}", "微信号", f"hf_lu8{at}"],
        ["楼盘", "翠湖天地", "房号", f"{at}栋1单元802"],
        ["户型", "三室两厅", "面积(㎡)", 110 + at],
        ["开工日期", dt.date(2018, 3, 12), "竣工日期", dt.date(2018, 8, 30)],
        ["合同金额", 128000, "已付", 60000],
        ["风格", "现代简约"],
        ["备注", "老人房装扶手"],
        [],
        ["跟进日期", "内容", "经手人"],
        [dt.date(2018, 2, 3), "上门量房", "小齐"],
    ]


def test_cards_with_mostly_the_trades_own_labels(bring: Bring) -> None:
    names = ["卢海峰", "秦大勇", "孟凡琳"]
    imported = bring(*(own_card(name, at) for at, name in enumerate(names)), country="CN")
    assert imported.names == names
    said = imported.customers[0]["custom"]
    assert (said["楼盘"], said["房号"], said["风格"]) == ("翠湖天地", "0栋1单元802", "现代简约")
    assert "上门量房" in imported.customers[0]["notes"]


def test_a_letter_with_a_few_labels_is_no_card() -> None:
    rows: list[list[Any]] = [
        ["Nome:", "Rosa Vidal"],
        ["Telefone:", "912300401"],
        ["Prezada cliente,", None, "segue o resumo"],
        ["da nossa conversa", None, "de ontem à tarde"],
        ["sobre a viagem", None, "a Paris"],
        ["que vai custar", None, "mil euros"],
        ["E-mail:", "rosa@mail.example"],
    ]
    assert read_form(rows) is None


@pytest.mark.parametrize("head", ["法定代表人", "法人"])
def test_who_signs_for_a_registered_firm_is_not_the_customer(bring: Bring, head: str) -> None:
    rows = [
        ["企业名称", "统一社会信用代码", head, "联系电话", "月费(元)"],
        ["桐乡市小满服饰有限公司", "91330483MA28A1B2C3", "濮小满", "13570301101", 300],
        ["海宁百合皮具有限公司", "91330481MA28A1B2D4", "俞百合", "13570301102", 450],
        ["嘉兴市远帆物流有限公司", "91330402MA28A1B2E5", "宣伟", "13570301103", 600],
    ]
    imported = bring(rows, country="CN")
    assert imported.names == [row[0] for row in rows[1:]]
    assert [one["kind"] for one in imported.customers] == ["organisation"] * 3
    assert imported.customers[0]["custom"][head] == "濮小满"
