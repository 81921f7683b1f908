"""What a tenth, an eleventh and a twelfth lot of unseen books have taught."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Bring, Rows, import_file
from opened import Look

from crm_desktop.bridge.sheets.headings import without_ordinals
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.services.workspace import Workspace

PHONES = ("07400 210 118", "07400 210 119", "07400 210 120", "07400 210 121")


def write(path: Path, sheets: dict[str, Rows]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


# Sums, counts, titles.


@pytest.mark.parametrize("word", ["Total", "TOTAL", "Totais", "合计"])
def test_sums_below_the_months_of_a_year_are_nobody(bring: Bring, word: str) -> None:
    months = ["Jan", "Fev", "Mar", "Abr", "Mai", "Jun"]
    rows = [
        ["Firma", *months, "Total"],
        ["Mar Alto, Lda", *[120] * 6, 720],
        ["Sol Posto, SA", *[90] * 6, 540],
        [word, *[210] * 6, 1260],
    ]
    assert bring(rows, country="PT").names == ["Mar Alto, Lda", "Sol Posto, SA"]


def test_a_line_that_counts_the_rows_above_is_nobody(bring: Bring) -> None:
    people = ("Ann Lowe", "Bob Hart", "Cy Moss")
    rows = [
        ["Name", "Phone", "Town"],
        *([n, p, "Bath"] for n, p in zip(people, PHONES, strict=False)),
    ]
    assert bring([*rows, ["3 residential"]], country="GB").names == list(people)
    assert bring([*rows, ["3 homes", 2450]], country="GB").names == list(people)
    # Another figure counts something else, or is a name.
    assert "4 residential" in bring([*rows, ["4 residential"]], country="GB").names


def test_a_long_title_of_a_table_of_the_same_header(bring: Bring) -> None:
    header = ["Fração", "Condómino", "Telemóvel"]
    houses = (
        "Edifício Atlântico - Av. dos Banhos, 120, Póvoa de Varzim",
        "Edifício Sol Poente - Rua Gomes de Amorim, 88, Póvoa de Varzim",
        "Edifício Garrett - Praça do Almada, 31, Póvoa de Varzim",
    )
    rows: list[list[Any]] = [["Quotas de 2025"], []]
    for at, house in enumerate(houses):
        people = [(f"Ana Silva{'abc'[at]}", at), (f"Rui Costa{'abc'[at]}", at + 5)]
        rows += [[house], header, *(["A", n, f"91234560{k}"] for n, k in people), []]
    found = bring(rows, country="PT").by_name
    assert [found[f"Rui Costa{c}"]["tags"] for c in "abc"] == [[house] for house in houses]


# Headings.


@pytest.mark.parametrize(
    ("text", "said"),
    [("【常州市】", "常州市"), ("-- VIP --", "VIP"), ("*Norte*", "Norte"), ("[A]", "A")],
)
def test_headings_without_what_stands_around_them(text: str, said: str) -> None:
    assert without_ordinals([text]) == {text: said}


def test_towns_above_addresses_without_one(bring: Bring) -> None:
    rows: list[list[Any]] = [["Name", "Address", "Postcode", "Mobile"]]
    towns = {"HARROGATE": "HG1 4LA", "KNARESBOROUGH": "HG5 8BH", "RIPON": "HG4 1AA"}
    for at, (town, code) in enumerate(towns.items()):
        rows += [[town]]
        for k in (0, 1):
            name = f"{'Ann Bob Cy Di Ed Flo'.split()[2 * at + k]} Lowe"
            rows.append([name, f"{at + k + 1} Mill Road", code, f"07400 2101{at}{k}"])
    found = bring(rows, country="GB")
    assert [c["addresses"][0]["city"] for c in found.customers] == [
        town for town in towns for _two in range(2)
    ]


def test_a_town_of_its_own_ranks_above_the_heading(look: Look) -> None:
    rows = [
        ["姓名", "地址", "手机"],
        ["【无锡市】"],
        ["缪建华", "江阴市澄江街道通江路71号", "13921230409"],
        ["华文娟", "长江南路35号", "13812030407"],
        ["【苏州市】"],
        ["徐一鸣", "昆山市玉山镇前进中路108号", "15951230412"],
    ]
    found = look(rows, country="CN")
    assert [(a.city, a.region) for d in found.drafts for a in d.addresses] == [
        ("江阴市", "无锡市"), ("无锡市", ""), ("昆山市", "苏州市"),
    ]  # fmt: skip


# Who it is.


@pytest.mark.parametrize("head", ["Matrícula", "Registration number", "车牌号", "VIN", "Microchip"])
def test_the_same_car_and_name_in_another_year_is_the_same_customer(
    workspace: Workspace, tmp_path: Path, head: str
) -> None:
    cars = ("AB-12-CD", "ZX-98-YW", "QQ-55-PP")
    years = {
        "2024": [["Nome", "Telemóvel", head], ["Ana Silva", "912345678", cars[0]],
                 ["Rui Costa", "913456789", cars[1]], ["Eva Lima", "914567890", cars[2]]],
        "2022": [["Nome", "Telemóvel", head], ["Ana Silva", "967000111", cars[0]],
                 ["Ana Silva", "967000222", cars[1]]],
    }  # fmt: skip
    workspace.settings.set_home_country("PT")
    found = import_file(workspace, write(tmp_path / "a.xlsx", years))
    # One of the same name with another one's car is somebody else.
    assert sorted(found.names) == ["Ana Silva", "Ana Silva", "Eva Lima", "Rui Costa"]
    phones = sorted(tuple(p["raw"] for p in c["phones"]) for c in found.customers)
    assert ("912345678", "967000111") in phones


def test_a_day_that_lies_ahead_is_no_event(workspace: Workspace, tmp_path: Path) -> None:
    header = ["车主", "联系电话", "保险到期"]
    years = {
        f"{year}年": [header, ["张建国", "13505350001", f"{year + 1}-03-01"],
                     ["孙丽娜", "13505350002", f"{year + 1}-06-10"]]
        for year in (2024, 2023)
    }  # fmt: skip
    workspace.settings.set_home_country("CN")
    found = import_file(workspace, write(tmp_path / "a.xlsx", years)).by_name["张建国"]
    assert found["custom"]["保险到期"] == "2025-03-01"
    assert "2023年 · 保险到期: 2024-03-01" in found["notes"]
    assert all(entry["kind"] != "note" for entry in found.get("interactions", ()))


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("The Compasses Inn", True),
        ("The Old Mill", True),
        ("The Larches", False),
        ("The Mill", False),
    ],
)
def test_no_person_is_called_the(name: str, firm: bool) -> None:
    assert is_organisation_name(name) is firm


RIDERS = ("Aoife Brennan", "Cormac Tuohy", "Zofia Nowak", "Oisin McEvoy")
PARENTS = ("Niamh Brennan", "Declan Tuohy", "Ewa Nowak", "Fergal McEvoy")


@pytest.mark.parametrize("head", ["Rider", "Wobbler"])
def test_whole_names_left_of_the_guardians_are_the_customers(bring: Bring, head: str) -> None:
    rows = zip(RIDERS, PARENTS, PHONES, strict=True)
    found = bring([[head, "Parent/Guardian", "Mobile"], *map(list, rows)], country="GB")
    assert found.names == list(RIDERS)
    assert found.by_name[RIDERS[0]]["custom"]["Parent/Guardian"] == PARENTS[0]


def card(name: str, parent: str, at: int) -> list[list[Any]]:
    return [
        ["", "CURRAGH VIEW RIDING SCHOOL"],
        [],
        ["Wobbler", name, None, "Card no", f"CV-0{at}"],
        ["Date of birth", "14/02/2010", None, "Parent/Guardian", parent],
        ["Mobile", PHONES[at], None, "Email", f"rider{at}@example.com"],
        ["Town", "Newbridge", None, "Eircode", "W12 X301"],
        ["Level", "Novice", None, "Horse", "Biscuit"],
    ]


def test_a_card_whose_telling_labels_are_blank(workspace: Workspace, tmp_path: Path) -> None:
    grown_up = card(RIDERS[3], "", 3)
    blank = [[cell if j in (0, 3) else "" for j, cell in enumerate(row)] for row in card("", "", 0)]
    blank[0] = ["", "CURRAGH VIEW RIDING SCHOOL"]
    sheets = {n.split()[0]: card(n, PARENTS[at], at) for at, n in enumerate(RIDERS[:3])}
    path = write(tmp_path / "a.xlsx", {**sheets, "Oisin": grown_up, "Blank": blank})
    workspace.settings.set_home_country("IE")
    found = import_file(workspace, path)
    assert found.names == list(RIDERS)
    assert found.by_name[RIDERS[3]]["custom"]["Horse"] == "Biscuit"


def test_addresses_below_qq_are_addresses(look: Look) -> None:
    rows = [
        ["姓名", "手机", "QQ/邮箱"],
        ["屠国强", "13961120401", "tuguoqiang@example.cn"],
        ["贝晓燕", "13961120402", "2837465"],
        ["储大伟", "13961120403", "kj@example.cn"],
        ["恽建新", "13961120404", "x9@example.cn"],
    ]
    found = look(rows, country="CN")
    kinds = [[p.kind for p in d.contact_points if p.kind != "phone"] for d in found.drafts]
    assert kinds[0] == ["email"]
    assert kinds[2] == ["email"]


# A twelfth lot.


def test_kinds_of_members_are_no_names(bring: Bring) -> None:
    rows = [
        ["病历号", "主人姓名", "联系电话", "宠物名", "会员"],
        ["A12", "计春燕", "13806210201", "团团", "金卡"],
        ["A19", "陆建明", "13806210202", "大黄", ""],
        ["A33", "浦晓琳", "13806210203", "布丁", "银卡"],
        ["A41", "金阿大", "13806210204", "阿福", ""],
        ["A57", "须文华", "13806210206", "球球", "银卡"],
        ["A60", "钮一凡", "13806210207", "妞妞", "金卡"],
    ]
    found = bring(rows, country="CN")
    assert found.names == [row[1] for row in rows[1:]]
    assert found.by_name["计春燕"]["custom"]["会员"] == "金卡"


def test_yes_and_no_below_account_are_no_firms(bring: Bring) -> None:
    rows = [
        ["Customer", "Phone", "Account"],
        *([n, p, a] for n, p, a in zip(RIDERS, PHONES, "NYNY", strict=True)),
    ]
    found = bring(rows, country="GB")
    assert found.names == list(RIDERS)
    assert [c["organisation"] for c in found.customers] == [""] * 4
    assert {c["custom"]["Account"] for c in found.customers} == {"yes", "no"}


@pytest.mark.parametrize("head", ["Comprador / telemóvel", "Nome / telefone"])
def test_a_titled_table_with_mostly_own_heads(bring: Bring, head: str) -> None:
    rows: list[list[Any]] = [
        ["PROPRIETÁRIOS"],
        ["Ref.", "Proprietário", "NIF", "Telemóvel", "E-mail"],
        ["CV1", "Amadeu Pestana", "188330011", "917311601", "amadeu@example.com"],
        ["CV4", "Birgit Andersen", "290110025", "917311602", "birgit@example.com"],
        [],
        ["COMPRADORES"],
        [head, "E-mail", "Procura", "Zona", "Orçamento até", "Como chegou", "Notas"],
        ["Gonçalo Brito - 919311701", "g@example.com", "T2", "Centro", 220000, "Montra", "Faro"],
        ["Sandro Gago - 962311704", "", "Armazém", "Zona industrial", 120000, "Feira", ""],
    ]
    found = bring(rows, country="PT")
    assert found.names == ["Amadeu Pestana", "Birgit Andersen", "Gonçalo Brito", "Sandro Gago"]
    assert found.by_name["Sandro Gago"]["custom"]["Orçamento até"] == "120000"
    assert found.phones("Gonçalo Brito") == ["+351919311701"]


def test_contacts_with_their_addresses_beside_customers_of_both_kinds(bring: Bring) -> None:
    rows = [
        ["Nº", "Cliente", "NIF", "Telefone geral", "Contacto", "Função"],
        ["1", "Cortiças Montargil, Lda", "503448010", "242901801",
         "Vera Falcato <v.falcato@example.pt>", "Exportação"],
        ["", "", "", "", "Bruno Tomé, bruno@example.pt", "Contabilidade"],
        ["2", "Vinhos da Talha, S.A.", "504558021", "266742802",
         "Margarida Pulido <m@example.pt>", "Marketing"],
        ["3", "Henrique Bagorro", "199228043", "927511804", "hbagorro@example.com", ""],
        ["4", "Zulmira Ganhão", "", "266701809", "", ""],
    ]  # fmt: skip
    found = bring(rows, country="PT")
    kinds = {name: customer["kind"] for name, customer in found.by_name.items()}
    assert kinds == {
        "Cortiças Montargil, Lda": "organisation",
        "Vera Falcato": "person",
        "Bruno Tomé": "person",
        "Vinhos da Talha, S.A.": "organisation",
        "Margarida Pulido": "person",
        "Henrique Bagorro": "person",
        "Zulmira Ganhão": "person",
    }
    emails = {n: [e["address"] for e in c["emails"]] for n, c in found.by_name.items()}
    assert emails["Bruno Tomé"] == ["bruno@example.pt"]
    assert emails["Henrique Bagorro"] == ["hbagorro@example.com"]
    assert emails["Cortiças Montargil, Lda"] == []


def test_comments_on_cards_are_notes_of_their_customers(
    workspace: Workspace, tmp_path: Path
) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for at, name in enumerate(RIDERS[:3]):
            sheet = book.add_worksheet(name.split()[0])
            for number, row in enumerate(card(name, PARENTS[at], at)):
                sheet.write_row(number, 0, row)
            if at != 1:
                sheet.write_comment("B5", f"Ask for {PARENTS[at]}")
    workspace.settings.set_home_country("IE")
    found = import_file(workspace, tmp_path / "a.xlsx").customers
    told = [PARENTS[at] in c["notes"] for at, c in enumerate(found)]
    assert told == [True, False, True]


def test_commissions_of_strangers_are_kept_as_sales(workspace: Workspace, tmp_path: Path) -> None:
    sheets = {
        "Clientes": [["Nome", "Telemóvel"], ["Ana Silva", "912345678"], ["Rui Costa", "913456789"]],
        "Comissões 2025": [
            ["Data escritura", "Imóvel", "Vendedor", "Comprador", "Valor", "Comissão 5%"],
            ["2025-03-28", "CV093", "Fausto Romeira", "Carla Bispo", 174000, 8700],
            ["2025-07-31", "CV099", "Ana Silva", "Hans Vogel", 240000, 12000],
        ],
    }  # fmt: skip
    workspace.settings.set_home_country("PT")
    found = import_file(workspace, write(tmp_path / "a.xlsx", sheets))
    assert found.names == ["Ana Silva", "Rui Costa"]


# A thirteenth lot.


def test_units_and_weekdays_are_nobody(workspace: Workspace, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "会员": [["姓名", "手机"], ["庾嘉慧", "13606510601"], ["妫雨薇", "13067710607"]],
        "进货价": [["花材", "单位", "进价"], ["玫瑰", "扎", 22], ["绣球", "枝", 9]],
        "本周食谱": [["星期", "早点"], ["周一", "豆浆 花卷"], ["周二", "牛奶 蛋糕"]],
    }
    workspace.settings.set_home_country("CN")
    found = import_file(workspace, write(tmp_path / "a.xlsx", sheets))
    assert found.names == ["庾嘉慧", "妫雨薇"]


def test_a_sheet_of_firms_whose_contacts_are_listed_elsewhere_is_no_sale(
    workspace: Workspace, tmp_path: Path
) -> None:
    sheets: dict[str, Rows] = {
        "会员": [["姓名", "手机"], ["庾嘉慧", "13606510601"], ["妫雨薇", "13067710607"]],
        "月结单位": [
            ["单位全称", "税号", "座机", "联系人", "联系人手机"],
            ["杭州云栖酒店管理有限公司", "91330106MA2A1B3C5D", "0571-87990611", "庾嘉慧",
             "13606510601"],
            ["杭州拾光摄影有限公司", "91330105MA2D6E7F86", "0571-88080612", "妫雨薇",
             "13067710607"],
        ],
    }  # fmt: skip
    workspace.settings.set_home_country("CN")
    found = import_file(workspace, write(tmp_path / "a.xlsx", sheets))
    assert len(found.names) == 4
    assert found.result.relations == 2
    assert found.phones("杭州云栖酒店管理有限公司") == ["+8657187990611"]


def test_private_customers_among_firms_with_contacts(bring: Bring) -> None:
    rows = [
        ["Ref.", "Cliente", "Pessoa de contacto", "Telefone", "Telemóvel", "E-mail", "Localidade"],
        ["014", "Domingos Fradinho", "", "243551101", "", "", "Santarém"],
        ["022", "Eduarda Vilhena", "", "", "917601102", "eduarda@example.com", "Santarém"],
        ["031", "Sylvie Marchetti", "", "", "+33612601104", "s@example.fr", "Rio Maior"],
        ["E03", "Predial Lezíria, Lda", "Hélder Frazão", "243330111", "967601111",
         "geral@example.pt", "Santarém"],
        ["E08", "Restaurante O Campino", "Isaura Peralta", "243330113", "934601113", "",
         "Santarém"],
    ]  # fmt: skip
    found = bring(rows, country="PT")
    kinds = {name: c["kind"][0] for name, c in found.by_name.items()}
    assert kinds == {
        **dict.fromkeys(("Domingos Fradinho", "Eduarda Vilhena", "Sylvie Marchetti"), "p"),
        **dict.fromkeys(("Hélder Frazão", "Isaura Peralta"), "p"),
        **dict.fromkeys(("Predial Lezíria, Lda", "Restaurante O Campino"), "o"),
    }
    assert found.phones("Predial Lezíria, Lda") == ["+351243330111"]
    assert found.phones("Hélder Frazão") == ["+351967601111"]
    assert found.phones("Eduarda Vilhena") == ["+351917601102"]


def test_a_firm_with_a_contact_is_one_whatever_its_name(bring: Bring) -> None:
    rows = [
        ["Client", "Main line", "Street", "Contact", "Direct / cell", "Birthday"],
        ["Cascade Millwork Inc.", "(541) 388-2401", "2 Mill St", "Loretta Yancey", "541-480-2411",
         "4/18"],
        ["Crook County Food Bank", "(541) 447-2404", "8 Elm St", "Marguerite Doyle",
         "541-447-2409", "5/12"],
        ["High Lakes Brewing Co.", "541-617-2403", "6 Oak St", "Shelby Kowalczyk", "541-280-2431",
         "7/30"],
    ]  # fmt: skip
    found = bring(rows, country="US")
    firms = [c["name"] for c in found.customers if c["kind"] == "organisation"]
    assert sorted(firms) == sorted(row[0] for row in rows[1:])


def test_a_blank_card_that_is_the_first_of_the_book(workspace: Workspace, tmp_path: Path) -> None:
    def student(name: str, at: int) -> list[list[Any]]:
        filled = bool(name)
        return [
            ["BANKSIA TUTORING"],
            [],
            ["Student", name, None, "Year level", "Year 5" if filled else ""],
            ["Date of birth", "7/7/2014" if filled else "", None, "School", name and "Bell Park"],
            ["Mobile", name and f"0412 620 40{at}", None, "Lesson time", name and "Thu 4:00"],
            ["Email", name and f"s{at}@example.com", None, "Rate per hour", 60 if filled else ""],
        ]

    sheets = {"BLANK CARD": student("", 0)}
    sheets |= {n.split()[0]: student(n, at) for at, n in enumerate(RIDERS)}
    workspace.settings.set_home_country("AU")
    assert import_file(workspace, write(tmp_path / "a.xlsx", sheets)).names == list(RIDERS)
