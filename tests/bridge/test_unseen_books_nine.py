"""What a ninth lot of unseen books has taught: addresses of Brazil, contacts, measures, legends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Bring, import_file
from opened import Look

from crm_desktop.bridge.values.postal import Postal, split_address
from crm_desktop.services.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Rua Laguna, 312 - apto 201 - Trindade - Florianópolis/SC - CEP 88036-100",
            Postal("Rua Laguna, 312 - apto 201 - Trindade", "88036-100", "Florianópolis", "SC"),
        ),
        ("Estrada Geral, s/n - Blumenau/SC", Postal("Estrada Geral, s/n", "", "Blumenau", "SC")),
        (
            "Rua XV de Novembro, 45 - Centro - Ji-Paraná - RO",
            Postal("Rua XV de Novembro, 45 - Centro", "", "Ji-Paraná", "RO"),
        ),
        (
            "Rua A, 10, 88036-100, Florianópolis, SC",
            Postal("Rua A, 10", "88036-100", "Florianópolis", "SC"),
        ),
        (
            "Av. Paulista, 1000 - CEP 01310-100 - São Paulo - SP, Brasil",
            Postal("Av. Paulista, 1000", "01310-100", "São Paulo", "SP", "Brasil"),
        ),
        (
            "Rua B, 7 - Centro - Recife/PE, CEP: 50.030-230",
            Postal("Rua B, 7 - Centro", "50030-230", "Recife", "PE"),
        ),
    ],
)
def test_addresses_that_end_in_a_state_of_brazil(text: str, parts: Postal) -> None:
    assert split_address(text) == parts


@pytest.mark.parametrize(
    "text", ["Rua da Paz, 33, Bairro Alto, Lisboa, PT", "Avenida Brasil, 500 sala 2 PR"]
)
def test_what_ends_in_other_letters_is_left_whole(text: str) -> None:
    assert split_address(text) is None


FIRMS = [
    ["Serralharia Couto, Lda", "506332179", "Abel Couto", "256372118"],
    ["", "", "Vera Couto (escritório)", "912774035"],
    ["Móveis Arouca, SA", "501449809", "Salvador Arouca", "256944201"],
    ["", "", "Sr. Damião (armazém)", "256944203"],
]


def test_contacts_below_their_firm_whatever_is_said_behind_their_names(bring: Bring) -> None:
    imported = bring([["Firma", "NIPC", "Contacto", "Telefone"], *FIRMS], country="PT")
    found = {c["name"]: c["organisation"] for c in imported.customers}
    assert len(found) == len(FIRMS) + 2
    assert [firm for firm in found.values() if firm == FIRMS[0][0]] == [FIRMS[0][0]] * 2
    assert [firm for firm in found.values() if firm == FIRMS[2][0]] == [FIRMS[2][0]] * 2


def test_contacts_that_are_numbers_stay_phones(look: Look) -> None:
    rows = [["Ana Silva", "912345678"], ["Rui Costa", "913456789"], ["Eva Lima", "914567890"]]
    found = look([["Nome", "Contacto"], *rows])
    assert found.names == [row[0] for row in rows]
    assert [d.contact_points[0].value for d in found.drafts] == [f"+351{row[1]}" for row in rows]


def test_what_is_said_below_the_sums_is_nobody(bring: Bring) -> None:
    rows = [
        ["Nº", "Nome", "Contacto", "Sinal"],
        [1, "Amélia Pires", "914220718", 30],
        [2, "Leonor Pires", "914220719", 30],
        [3, "Albino Cerqueira", "232871330", 60],
        [],
        [None, "TOTAL", None, 120],
        [None, "Lugares: 50   Vendidos: 3"],
    ]
    assert bring(rows, country="PT").names == ["Amélia Pires", "Leonor Pires", "Albino Cerqueira"]


def measures(name: str, phone: str, at: int) -> list[list[Any]]:
    """A tailor's card: two pairs in some rows, three in others, orders below."""
    return [
        ["锦云坊 量体定制单"],
        ["姓名", name, None, "电话", phone],
        ["地址", f"上海市静安区愚园路{at}号"],
        ["生日", "1972年4月19日", None, "首次到店", "2018.5.6"],
        [],
        ["胸围", 88 + at, "腰围", 70, "臀围", 92],
        ["肩宽", 38, "袖长", 56, "裙长", 118],
        [],
        ["日期", "款式", "面料", "价格", "状态"],
        ["2018.5.6", "无袖旗袍", "香云纱", 2600, "已取"],
        [],
        ["备注", "肩斜，左肩垫一层"],
    ]


def test_measures_side_by_side_are_no_customers(bring: Bring) -> None:
    people = [("沈曼丽", "13816520047"), ("裘婉如", "13564209931"), ("闵若兰", "13701844256")]
    cards = [measures(name, phone, at) for at, (name, phone) in enumerate(people)]
    imported = bring(*cards, country="CN")
    assert imported.names == [name for name, _phone in people]
    first = imported.customers[0]
    assert [p["number"] for p in first["phones"]] == ["+8613816520047"]
    said = {label: first["custom"][label] for label in ("胸围", "腰围", "臀围", "裙长")}
    assert said == {"胸围": "88", "腰围": "70", "臀围": "92", "裙长": "118"}
    assert "无袖旗袍" in first["notes"]
    assert "左肩垫一层" in first["notes"]


def test_a_landline_behind_a_mobile_is_no_ending_of_it(look: Look) -> None:
    found = look([["姓名", "电话"], ["陆建明", "13967185540/86431172"]], country="CN")
    values = [point.value for point in found.drafts[0].contact_points]
    assert values[0] == "+8613967185540"
    assert "+8613986431172" not in values
    near = look([["Nome", "Telefone"], ["Ana Silva", "213456789/90"]])
    assert [p.value for p in near.drafts[0].contact_points] == ["+351213456789", "+351213456790"]


def test_upper_heads_in_colours_of_their_own_stay_heads(tmp_path: Path) -> None:
    """Also where all below a head has its colour."""
    path = tmp_path / "clientes.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Clientes")
        blue, green = (book.add_format({"bg_color": c}) for c in ("#CCE5FF", "#D5F5D5"))
        sheet.write(0, 1, "Telefone", blue)
        sheet.write(0, 3, "Morada", green)
        sheet.write_row(1, 0, ["Nome", "Casa", "Trabalho", "Rua", "Localidade"])
        for at in range(4):
            sheet.write(at + 2, 0, ("Ana Silva", "Rui Costa", "Eva Lima", "Ivo Reis")[at])
            sheet.write(at + 2, 1, f"21345670{at}", blue)
            sheet.write(at + 2, 2, f"22345670{at}", blue)
            sheet.write(at + 2, 3, f"Rua A, {at + 1}", green)
            sheet.write(at + 2, 4, "Porto", green)
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "data") as workspace:
        workspace.settings.set_home_country("PT")
        imported = import_file(workspace, path)
    assert [[p["label"] for p in c["phones"]] for c in imported.customers] == [["home", "work"]] * 4


def test_a_legend_right_above_the_header_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "会员.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("会员")
        fills = {
            "VIP": book.add_format({"bg_color": "#FFFF00"}),
            "欠款": book.add_format({"bg_color": "#FF9999"}),
        }
        sheet.write(0, 0, "兰姿美容会所会员登记")
        sheet.write(1, 0, "VIP", fills["VIP"])
        sheet.write(1, 2, "欠款", fills["欠款"])
        people = [
            ("卡号", "姓名", "手机", None),
            ("1001", "冯雅琴", "13777842210", "VIP"),
            ("1002", "褚红霞", "13685761198", None),
            ("1003", "华莉莉", "13685761199", "欠款"),
            ("1004", "岳晓彤", "13685761190", None),
        ]
        for at, (*cells, colour) in enumerate(people, start=2):
            for column, text in enumerate(cells):
                sheet.write(at, column, text, fills[colour] if colour else None)
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "data") as workspace:
        workspace.settings.set_home_country("CN")
        imported = import_file(workspace, path)
    assert {c["name"]: c["tags"] for c in imported.customers} == {
        "冯雅琴": ["VIP"],
        "褚红霞": [],
        "华莉莉": ["欠款"],
        "岳晓彤": [],
    }
