"""What a sixteenth round of unseen books taught: squeezed cells, tables in cards, legends."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Bring, import_file

from crm_desktop.bridge.values.duewords import is_weekday
from crm_desktop.bridge.values.squeezed import take_apart
from crm_desktop.services.imports.matching import newest_first
from crm_desktop.services.workspace import Workspace

RED, GREEN = "#FF9999", "#C6EFCE"


def write(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write sheets; a cell of a pair is a value and a fill."""
    book = xlsxwriter.Workbook(str(path))
    formats = {c: book.add_format({"bg_color": c}) for c in (RED, GREEN)}
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write(i, j, value[0], formats[value[1]])
                elif isinstance(value, date):
                    sheet.write_datetime(i, j, value, day)
                elif value is not None:
                    sheet.write(i, j, value)
    book.close()
    return path


# --- all by which somebody is reached in one cell ------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reached", "street", "rest"),
    [
        ("13857811101 微信同号 杭州市拱墅区和睦路12号6幢302",
         "13857811101 微信同号", "拱墅区和睦路12号6幢302", ""),
        ("电话13905881102,微信 baojx_1966,温州市鹿城区信河街33号",
         "微信: baojx_1966; 13905881102", "鹿城区信河街33号", ""),
        ("地址:宁波市海曙区中山西路255号;电话:138 5748 1108;微信:leixf_nb",
         "微信: leixf_nb; 138 5748 1108", "海曙区中山西路255号", ""),
        ("手机13587621109(老婆手机15088901159)温州市龙湾区永强大道1288号",
         "13587621109; 老婆手机 15088901159", "龙湾区永强大道1288号", ""),
        ("没有微信,0578-2131112 丽水市莲都区丽阳街560号,下午三点后打",
         "0578-2131112", "莲都区丽阳街560号", "下午三点后打"),
        ("wx:yemengjie0808(没电话)", "微信: yemengjie0808", "", ""),
        ("云和县城西路18号 15925701106", "15925701106", "城西路18号", ""),
        ("杭州市拱墅区和睦路12号13857811101", "13857811101", "拱墅区和睦路12号", ""),
        ("北京市海淀区手机城2号楼 座机 010-62781234", "座机 010-62781234", "海淀区手机城2号楼", ""),
        ("912 345 678, Rua das Flores 12, 4000-123 Porto", "912 345 678", "Rua das Flores 12", ""),
    ],
)  # fmt: skip
def test_a_cell_with_numbers_accounts_and_an_address(
    text: str, reached: str, street: str, rest: str
) -> None:
    found = take_apart(text, ("PT",) if text[-1].isascii() and "Rua" in text else ("CN",))
    assert found is not None
    assert (found.reached, found.rest) == (reached, rest)
    assert (found.address.street if found.address else "") == street


def test_who_is_not_reached_by_a_cell() -> None:
    assert take_apart("杭州市拱墅区和睦路12号", ("CN",)) is None
    assert take_apart("A-12345-678901 não é telefone", ("PT",)) is None


def test_a_squeezed_column(bring: Bring) -> None:
    rows = [
        ["姓名", "电话/微信/地址", "爱买"],
        ["陶金花", "13857811101 微信同号 杭州市拱墅区和睦路12号6幢302", "冬蜜"],
        ["鲍建新", "电话13905881102,微信 baojx_1966,温州市鹿城区信河街33号", "百花蜜"],
        ["蓝海根", "15925701106 / 0578-5121106 云和县城西路18号", "冬蜜"],
        ["柳阿姨", "没有微信,0578-2131112 丽水市莲都区丽阳街560号,下午三点后打", "蜂蜜"],
    ]
    found = bring(rows, country="CN")
    assert found.phones("蓝海根") == ["+8615925701106", "+865785121106"]
    assert found.by_name["鲍建新"]["ims"][0]["account"] == "baojx_1966"
    assert [c["addresses"][0]["city"] for c in found.customers] == [
        "杭州市", "温州市", "云和县", "丽水市",
    ]  # fmt: skip
    assert "下午三点后打" in found.by_name["柳阿姨"]["notes"]


# --- cards ---------------------------------------------------------------------------------------


def card(name: str, dogs: list[str], phone: str, number: str) -> list[list[Any]]:
    return [
        ["Owner", name, None, "Card no.", number],
        ["Address", "14 Church Lane", None, "Tel", phone],
        [None, "Wrangle  PE22 9AB", None, "Mobile", None],
        ["Email", f"{number}@example.com".lower(), None, "Vet", "Fenwold Vets"],
        ["Dog", "Breed", "Born", "Jabs due", "Feeding"],
        *([dog, "Collie", date(2018, 4, 2), date(2026, 3, 1), "dry"] for dog in dogs),
        ["Notes", f"Snores in {number}"],
        [],
    ]


def test_cards_with_a_table_and_addresses_of_two_lines(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        *card("Janice Thorold", ["Biscuit", "Marble"], "01205 870901", "K004"),
        *card("Kasia Wrobel", ["Pyza"], "01205 870902", "K019"),
        *card("Alan Stickney", ["Ruth"], "01205 870903", "K034"),
    ]
    workspace.settings.set_home_country("GB")
    found = import_file(workspace, write(tmp_path / "a.xlsx", {"Cards": rows}))
    assert found.names == ["Janice Thorold", "Kasia Wrobel", "Alan Stickney"]
    janice = found.by_name["Janice Thorold"]
    assert janice["custom"] == {"Card no.": "K004", "Vet": "Fenwold Vets"}
    [address] = janice["addresses"]
    assert (address["street"], address["city"], address["postcode"]) == (
        "14 Church Lane", "Wrangle", "PE22 9AB",
    )  # fmt: skip
    for said in ("Biscuit", "Marble", "Snores in K004"):
        assert said in janice["notes"]
    assert found.phones("Kasia Wrobel") == ["+441205870902"]


# --- legends -------------------------------------------------------------------------------------


def people(*fills: str | None) -> list[list[Any]]:
    names = ["Ana Silva", "Rui Costa", "Eva Reis", "Zoe Pinto", "Gil Melo", "Ivo Lima"]
    rows: list[list[Any]] = [["Name", "Phone", "City"]]
    for i, (name, fill) in enumerate(zip(names, fills, strict=False)):
        row = [name, f"91234567{i}", "Porto"]
        rows.append([(v, fill) for v in row] if fill else row)
    return rows


def tags(found: Any) -> dict[str, list[str]]:
    return {c["name"]: c["tags"] for c in found.customers if c["tags"]}


def test_a_legend_in_the_last_rows_of_the_table(workspace: Workspace, tmp_path: Path) -> None:
    rows = [*people(None, RED, None, None, RED, None), [("red", RED), ("owes us", RED)]]
    found = import_file(workspace, write(tmp_path / "a.xlsx", {"People": rows}))
    assert len(found.customers) == 6
    assert tags(found) == {"Rui Costa": ["owes us"], "Gil Melo": ["owes us"]}


def test_a_legend_on_a_sheet_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    legend = [["Colours used"], [("", GREEN), "Installed"], [("", RED), "Problem"]]
    sheets = {"People": people(None, RED, None, GREEN, None, None), "Legend": legend}
    found = import_file(workspace, write(tmp_path / "a.xlsx", sheets))
    assert len(found.customers) == 6
    assert tags(found) == {"Rui Costa": ["Problem"], "Zoe Pinto": ["Installed"]}


def test_a_key_of_letters_below_that_of_colours(workspace: Workspace, tmp_path: Path) -> None:
    key = [[None, "KEY"], [("", GREEN), "Prepaid"], ["D", "driveway / lot"], ["W", "walks"]]
    rows = [*people(GREEN, None, None, None, None, None), [], *key]
    found = import_file(workspace, write(tmp_path / "a.xlsx", {"People": rows}))
    assert len(found.customers) == 6
    assert tags(found) == {"Ana Silva": ["Prepaid"]}


# --- tables --------------------------------------------------------------------------------------


def test_whoever_has_a_job_beside_a_firm_is_its_contact(bring: Bring) -> None:
    rows = [
        ["单位", "地址", "电话", "带头的", "职务", "手机"],
        ["息县金穗种植专业合作社", "信阳市息县路口乡", "0376-5951211", "黎光明", "理事长",
         "13903761211"],
        ["淮滨县绿禾家庭农场", "信阳市淮滨县台头乡", "", "范守业", "场长", "13526621212"],
    ]  # fmt: skip
    found = bring(rows, country="CN")
    assert found.phones("黎光明") == ["+8613903761211"]
    assert found.result.relations == 2
    assert len(found.customers) == 4


def test_a_plan_of_the_week_has_no_customers(workspace: Workspace, tmp_path: Path) -> None:
    plan = [["Semana 20 a 24"], ["Hora", "Segunda", "Quarta"], ["08:00", "Ana", None],
            ["09:00", None, "Rui B."], ["10:30", "Eva", "Zoe"]]  # fmt: skip
    path = write(tmp_path / "a.xlsx", {"Agenda": plan, "Clientes": people(*[None] * 6)})
    assert len(import_file(workspace, path).customers) == 6


@pytest.mark.parametrize("word", ["Segunda", "terça-feira", "Wed.", "周三", "星期日", "sáb"])
def test_days_of_the_week(word: str) -> None:
    assert is_weekday(word)


def test_seasons_are_years() -> None:
    names = ["22-23", "Inverno 24/25", "2023-24", "Tabela"]
    assert newest_first(names, str) == ["Inverno 24/25", "2023-24", "22-23", "Tabela"]
    # Days and houses are none.
    assert newest_first(["12-10", "3-4-22", "1-2"], str) == ["12-10", "3-4-22", "1-2"]


def test_idem_below_a_town_beside_a_street(bring: Bring) -> None:
    rows = [["Nome", "Telefone", "Morada", "Localidade"],
            ["Ana Silva", "239477501", "Rua da Eirinha, 12", "Lorvão"],
            ["Rui Costa", "917602502", "Largo do Mosteiro, 5", "idem"]]  # fmt: skip
    assert bring(rows, country="PT").by_name["Rui Costa"]["addresses"][0]["city"] == "Lorvão"


def test_a_day_written_out_beside_a_typed_one(workspace: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Razão social", "CNPJ", "Data instalação"],
            ["Cerealista Ouro Ltda", "21.334.811/0001-07", date(2023, 8, 30)],
            ["Mercado Vizinho Ltda", "32.445.812/0001-37", None],
            ["Igreja Batista Alvorada", "43.556.813/0001-75", "12/12/2024"]]  # fmt: skip
    found = import_file(workspace, write(tmp_path / "a.xlsx", {"Empresas": rows}))
    assert found.by_name["Igreja Batista Alvorada"]["custom"]["Data instalação"] == "2024-12-12"
