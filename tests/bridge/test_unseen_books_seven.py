"""What a seventh lot of unseen books has taught: long sheets of cards, rows that go on, counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from archives import Bring

from crm_desktop.bridge.sheets.detect import is_total
from crm_desktop.bridge.traits.money import currencies
from crm_desktop.bridge.values.organisations import is_organisation_name, is_person_number
from crm_desktop.bridge.values.phonewords import phone_label


def card(name: str, number: int, visits: int) -> list[list[Any]]:
    """A dietician's card: labels beside values, and a table of visits below."""
    return [
        ["FICHA DE CLIENTE"],
        ["Nome:", name, "Ficha nº:", number],
        ["Data nascimento:", dt.date(1960 + number, 4, 12), "Profissão:", "Professora"],
        ["Telemóvel:", f"96884414{number}", "Telefone:", None],
        ["E-mail:", f"ficha{number}@mail.example", "Localidade:", "Amadora"],
        ["Morada:", f"Rua do Alecrim, {number}", "Cód. Postal:", "2700-145"],
        ["Objectivo:", "Perder 10 kg", "Medicação:", None],
        ["Data", "Peso (kg)", "Observações"],
        *(
            [dt.date(2021, 2, 3 + visit), f"{78 - visit},5", "Cumpriu, sem fome"]
            for visit in range(visits)
        ),
        [],
        [],
    ]


def test_cards_below_each_other_far_down_a_sheet(bring: Bring) -> None:
    names = ["Rosalina Espinheira", "Valter Cordeiro", "Zulmira Patrício", "Ulisses Frade"]
    names += ["Branca Loureiro", "Lídia Barroso", "Otília Sarmento", "Quintino Reis"]
    rows = [row for n, name in enumerate(names) for row in card(name, n, n % 4 + 1)]
    imported = bring(rows, country="PT")
    assert imported.names == names
    assert [c["addresses"][0]["city"] for c in imported.customers] == ["Amadora"] * 8


def test_an_index_of_cards_names_nobody_twice(bring: Bring) -> None:
    people = [("XJ001", "罗美娟"), ("XJ002", "董凯"), ("XJ003", "尹小琴"), ("XJ008", "龚鹏")]
    index = [["客户总目录"], ["编号", "客户", "区域"], *([c, n, "成都"] for c, n in people)]
    cards = [
        [
            ["客户资料卡", None, None, None],
            ["编号：", code, "登记日期：", dt.date(2018, 5, 18)],
            ["客户姓名：", name, "性别：", "男"],
            ["联系电话：", f"1389723240{place}", "微信：", None],
            ["城市：", "成都", "预算：", "20万"],
        ]
        for place, (code, name) in enumerate(people)
    ]
    imported = bring(index, *cards, country="CN")
    assert sorted(imported.names) == sorted(name for _code, name in people)


def test_the_same_code_of_another_list_is_another_customer(bring: Bring) -> None:
    one = [
        ["Ref", "Name", "Phone"],
        ["AB01", "Ana Costa", "912345678"],
        ["AB02", "Rui", "912345679"],
    ]
    two = [
        ["Ref", "Name", "Phone"],
        ["AB01", "Ana", "913345678"],
        ["AB02", "Eva Reis", "913345679"],
    ]
    assert len(bring(one, two, country="PT").names) == 4


def test_two_of_one_name_and_code_with_tax_numbers_of_their_own_are_two(bring: Bring) -> None:
    header = ["Ref", "Nome", "NIF", "Telefone"]
    one = [header, ["AB01", "Ana Costa", "234567890", "912345678"]]
    two = [header, ["AB01", "Ana Costa", "245678908", "913345678"]]
    assert imported_names(bring, one, two) == ["Ana Costa", "Ana Costa"]


def imported_names(bring: Bring, *sheets: list[list[Any]]) -> list[str]:
    more = [["AB02", "Rui Melo", None, "914345678"], ["AB03", "Eva Reis", None, "915345678"]]
    names: list[str] = bring(*([*sheet, *more] for sheet in sheets), country="PT").names
    return [name for name in names if name not in ("Rui Melo", "Eva Reis")]


def test_a_line_below_the_address_or_the_phone_goes_on_with_it(bring: Bring) -> None:
    header = ["Cliente", "Contacto", "Morada", "Último trabalho", "Pago?"]
    rows: list[list[Any]] = [
        ["Abílio Moutinho", "913 825 334", "Rua do Cruzeiro, 14", "Portão", "não"],
        [None, None, "4750-123 Barcelos"],
        [
            "Delfina Cerqueira",
            "937 886 976",
            "Rua Padre Américo, 7, 4750-300 Barcelos",
            "Guarda",
            "sim",
        ],
        ["Evaristo Pimenta", "924 126 063", "Rua Nova, 2, 4710-571 Braga", "Grades", "não"],
        [None, "913 873 927 (mulher)"],
        ["Guilherme Arantes", "923 701 028", "Rua da Estação, 55", "Churrasqueira", "sim"],
        [None, None, "Viana do Castelo"],
        ["Hilário Vaz Teles", "913 273 438", "Rua do Souto, 210, 4700-329 Braga", "Porta", "sim"],
        ["Isaura Monterroso", "925 148 451", None, "Fechadura", "não"],
    ]
    imported = bring([["Serralharia"], header, *rows], country="PT")
    assert imported.names == [row[0] for row in rows if row[0]]
    by_name = {c["name"]: c for c in imported.customers}
    assert not any(c["tags"] for c in imported.customers)
    (home,) = by_name["Abílio Moutinho"]["addresses"]
    assert (home["street"], home["postcode"], home["city"]) == (
        "Rua do Cruzeiro, 14",
        "4750-123",
        "Barcelos",
    )
    (home,) = by_name["Guilherme Arantes"]["addresses"]
    assert (home["street"], home["city"]) == ("Rua da Estação, 55", "Viana do Castelo")
    phones = [p["number"] for p in by_name["Evaristo Pimenta"]["phones"]]
    assert phones == ["+351924126063", "+351913873927"]


def test_a_count_below_the_names_is_nobody(bring: Bring) -> None:
    rows = [["公司名称", "联系人", "手机"], ["苏州百味餐饮管理有限公司", "孙德胜", "18873608287"]]
    rows += [["昆山永固五金厂", "顾阿根", "18867102372"], ["以上共2家"]]
    assert "以上共2家" not in bring(rows, country="CN").names


def test_a_persons_tax_number_beside_those_of_firms(bring: Bring) -> None:
    rows = [["Razão Social / Nome", "CNPJ / CPF", "Telefone"]]
    rows += [
        [f"{name} Ltda", f"11.222.333/0001-{end}", f"(11) 98765-432{n}"]
        for n, (name, end) in enumerate([("Padaria Sol", "81"), ("Mercado Lua", "81")])
    ]
    rows += [["Adriana Mascarenhas", "529.982.247-25", "(11) 98765-4330"]]
    rows += [["Casa Aurora", "529.982.247-26", "(11) 98765-4331"]]
    imported = bring(rows, country="BR")
    kinds = {c["name"]: c["kind"] for c in imported.customers}
    assert kinds["Adriana Mascarenhas"] == "person"
    assert kinds["Padaria Sol Ltda"] == "organisation"


@pytest.mark.parametrize(
    ("number", "header", "expected"),
    [
        ("529.982.247-25", "cnpj cpf", True),
        ("529.982.247-26", "cnpj cpf", False),
        ("111.111.111-11", "cpf", False),
        ("1234567.2", "cpf", False),
        ("123456789", "nif", True),
        ("PT123456789", "nif", False),
        ("123456788", "nif", False),
        ("501442600", "nif", False),
        ("123456789", "phone", False),
    ],
)
def test_numbers_that_only_persons_have(number: str, header: str, expected: bool) -> None:
    assert is_person_number(number, header) is expected


@pytest.mark.parametrize(
    "name",
    ["Bigelow Marine Laboratory", "Galway School of Music", "Royal Academy of Dance"],
)
def test_institutions_by_their_words(name: str) -> None:
    assert is_organisation_name(name)


@pytest.mark.parametrize("name", ["Maria of the Hill", "João Laboratório", "Ana School", "Of Mice"])
def test_persons_keep_their_names(name: str) -> None:
    assert is_organisation_name(name) is name.endswith("School")


@pytest.mark.parametrize(
    "text", ["以上共7家", "（以上共7家）", "以上共7家公司", "本表共 12 位", "以上合计：35人"]
)
def test_counts_of_all_above(text: str) -> None:
    assert is_total([text])


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        ("ddddddd---", {0: "USD"}),  # the sums below show none
        ("ddddd-----", {}),
        ("dddddddeee", {}),  # another currency is another matter
        ("dddddddd-e", {0: "USD"}),
        ("----------", {}),
    ],
)
def test_sums_without_a_currency_leave_it_to_the_column(
    styles: str, expected: dict[int, str]
) -> None:
    shown = {"d": "USD", "e": "EUR"}
    assert currencies([(0, style) for style in styles], shown) == expected


def test_a_letter_names_the_telephone() -> None:
    assert [phone_label(word) for word in "hcw"] == ["home", "mobile", "work"]
