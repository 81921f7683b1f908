"""Rows of a firm and its contact person: two customers, each with the cells that are his."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Bring, Imported, import_file
from opened import Look

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.services.workspace import Workspace

ALTO, SOL = "Mar Alto, Lda", "Sol Posto, SA"


def at_work(found: Imported) -> dict[str, list[str]]:
    """Where the persons work, by name."""
    names = {c["id"]: c["name"] for c in found.customers}
    return {
        c["name"]: [names[r["customer"]] for r in c["relations"]]
        for c in found.customers
        if "relations" in c
    }


def own(customer: dict[str, Any]) -> tuple[list[str], list[str], dict[str, str]]:
    """Phones as typed, e-mails and own fields."""
    return (
        [p["raw"] for p in customer["phones"]],
        [e["address"] for e in customer["emails"]],
        customer["custom"],
    )


LISTED = [
    ["Empresa", "NIPC", "Telefone geral", "Pessoa de contacto", "Cargo", "Telemóvel", "E-mail"],
    [ALTO, "503246972", "213456789", "Ana Silva", "Gerente", "912345678", "ana@example.com"],
    ["", "", "", "Rui Costa", "Compras", "913456789", "rui@example.com"],
    [SOL, "504123980", "223456789", "Eva Lima", "", "914567890", ""],
]


def test_each_has_his_own_cells(bring: Bring) -> None:
    found = bring(LISTED, country="PT")
    assert sorted(found.names) == sorted([ALTO, SOL, "Ana Silva", "Rui Costa", "Eva Lima"])
    assert own(found.by_name[ALTO]) == (["213456789"], [], {"NIPC": "503246972"})
    assert own(found.by_name["Ana Silva"]) == (
        ["912345678"], ["ana@example.com"], {"Cargo": "Gerente"},
    )  # fmt: skip
    assert [found.by_name[n]["kind"] for n in (ALTO, "Ana Silva")] == ["organisation", "person"]
    assert at_work(found) == {"Ana Silva": [ALTO], "Rui Costa": [ALTO], "Eva Lima": [SOL]}


def test_the_rows_are_counted_once(bring: Bring) -> None:
    found = bring(LISTED, country="PT")
    [sheet] = found.sheets
    assert (sheet.rows, sheet.created, sheet.firms) == (3, 3, 2)
    assert found.result.organisations == 2
    assert found.result.relations == 3


def test_each_says_from_which_cells_he_came(bring: Bring) -> None:
    found = bring(LISTED, country="PT")
    said = dict(zip(found.names, found.origins, strict=True))
    assert said[ALTO] == [ALTO, "503246972", "213456789"]
    assert said["Ana Silva"] == [ALTO, "Ana Silva", "Gerente", "912345678", "ana@example.com"]


def listed(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(LISTED):
            sheet.write_row(number, 0, row)
    return path


def test_undone_neither_is_there(workspace: Workspace, tmp_path: Path) -> None:
    workspace.settings.set_home_country("PT")
    assert len(import_file(workspace, listed(tmp_path / "a.xlsx")).names) == 5
    assert workspace.history.undo().conflicts == ()
    assert list(workspace.customers.ids(CustomerListQuery())) == []
    workspace.history.redo()
    assert len(workspace.customers.ids(CustomerListQuery())) == 5


def test_the_same_file_again_brings_nobody(workspace: Workspace, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.xlsx")
    workspace.settings.set_home_country("PT")
    first = import_file(workspace, path)
    again = import_file(workspace, path)
    assert again.names == first.names
    assert again.result.organisations == 0
    assert [own(c) for c in again.customers] == [own(c) for c in first.customers]


def test_firms_that_stand_in_each_row_are_one(bring: Bring) -> None:
    rows = [[*row] for row in LISTED]
    rows[2][:3] = rows[1][:3]
    found = bring(rows, country="PT")
    assert found.names.count(ALTO) == 1
    assert own(found.by_name[ALTO]) == (["213456789"], [], {"NIPC": "503246972"})
    assert at_work(found)["Rui Costa"] == [ALTO]


def test_merged_cells_are_the_firms(look: Look) -> None:
    rows: list[list[Any]] = [
        ["公司名称", "统一编号", "公司电话", "地址", "联系人", "手机"],
        ["", "", "", "", "林小明", "0912345678"],
        [None, None, None, None, "陳美玲", "0922345678"],
        ["永盛實業有限公司", "12345675", "02-27001234", "台北市信義路1號", "王大同", "0932345678"],
    ]
    merge = [
        ("A2:A3", "大發股份有限公司"),
        ("B2:B3", "22099131"),
        ("C2:C3", "02-23456789"),
        ("D2:D3", "台北市中山路2號"),
    ]
    found = look(rows, merge=merge, country="TW")
    drafts = {draft.name: draft for draft in found.drafts}
    firm = drafts["大發股份有限公司"]
    assert dict(firm.custom) == {"统一编号": "22099131"}
    assert [p.value for p in firm.contact_points] == ["+886223456789"]
    assert len(firm.addresses) == 1
    for name, number in (("林小明", "+886912345678"), ("陳美玲", "+886922345678")):
        assert drafts[name].organisation == firm.name
        assert [p.value for p in drafts[name].contact_points] == [number]
        assert (drafts[name].custom, drafts[name].addresses) == ((), ())


def test_what_firms_alone_have_too_is_theirs(bring: Bring) -> None:
    rows = [
        ["Company name", "Contact person", "Telephone", "E-mail", "City", "VAT number", "Notes"],
        ["Harbour Ltd", "", "020 7946 0500", "info@harbour.example", "Bath", "GB1", "Pays late"],
        ["Pennine Ltd", "Mary Merriman", "020 7946 0501", "info@pen.example", "York", "GB2", "Ok"],
        ["Oakley Ltd", "", "020 7946 0502", "info@oak.example", "Hull", "GB3", ""],
    ]
    found = bring(rows, country="GB")
    firm, person = found.by_name["Pennine Ltd"], found.by_name["Mary Merriman"]
    assert own(firm) == (["020 7946 0501"], ["info@pen.example"], {"VAT number": "GB2"})
    assert firm["notes"] == "Ok"
    assert own(person) == ([], [], {})
    assert at_work(found) == {"Mary Merriman": ["Pennine Ltd"]}


@pytest.mark.parametrize(
    ("phones", "whose"),
    [
        (("912345678", "913456789"), "person"),
        (("213456789", "223456789"), "firm"),
    ],
)
def test_a_number_behind_the_person_tells_itself(
    bring: Bring, phones: tuple[str, str], whose: str
) -> None:
    rows = [
        ["Empresa", "NIPC", "Contacto", "Telefone"],
        [ALTO, "503246972", "Ana Silva", phones[0]],
        [SOL, "504123980", "Eva Lima", phones[1]],
    ]
    found = bring(rows, country="PT")
    has = {"firm": ALTO, "person": "Ana Silva"}
    assert {k: own(found.by_name[name])[0] for k, name in has.items()} == {
        k: [phones[0]] if k == whose else [] for k in has
    }


@pytest.mark.parametrize(
    "header",
    [
        ["Company", "Contact person", "Phone", "E-mail"],
        ["Company", "Contact person", "Phone", "City"],
        ["Company", "Name", "Phone", "City"],
        ["Name", "Company", "Phone", "City"],
    ],
)
def test_firms_that_are_but_a_name_make_no_customer(bring: Bring, header: list[str]) -> None:
    said = {
        "Company": ("Harbour Ltd", "Pennine Ltd"),
        "Contact person": ("Mary Merriman", "Rose Tench"),
        "Name": ("Mary Merriman", "Rose Tench"),
        "Phone": ("07400 210 118", "07400 210 119"),
        "E-mail": ("mary@example.com", "rose@example.com"),
        "City": ("York", "Hull"),
    }
    rows = [[said[head][i] for head in header] for i in (0, 1)]
    assert sorted(bring([header, *rows], country="GB").names) == ["Mary Merriman", "Rose Tench"]


def test_stages_and_tags_are_of_both(bring: Bring) -> None:
    rows = [
        ["Empresa", "NIPC", "Contacto", "Estado", "Etiquetas"],
        [ALTO, "503246972", "Ana Silva", "Ativo", "VIP"],
        [SOL, "504123980", "Eva Lima", "Antigo", "Norte"],
    ]
    found = bring(rows, country="PT").by_name
    assert [(found[n]["stage"], found[n]["tags"]) for n in (ALTO, "Ana Silva")] == [
        ("customer", ["VIP"])
    ] * 2


def test_comments_go_with_their_cells(workspace: Workspace, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(LISTED):
            sheet.write_row(number, 0, row)
        sheet.write_comment("B2", "New number since May")
        sheet.write_comment("D2", "Speaks French")
        sheet.write_comment("D3", "On leave")
    workspace.settings.set_home_country("PT")
    found = import_file(workspace, tmp_path / "a.xlsx").by_name
    notes = {name: found[name]["notes"] for name in (ALTO, "Ana Silva", "Rui Costa")}
    assert "May" in notes[ALTO]
    assert "French" not in notes[ALTO]
    assert "French" in notes["Ana Silva"]
    assert "May" not in notes["Ana Silva"]
    assert "leave" in notes["Rui Costa"]


@pytest.mark.parametrize("role", ["Manager", "Head chef"])
def test_whoever_has_a_phone_by_his_own_word_works_there(bring: Bring, role: str) -> None:
    rows = [
        ["Yard", "GST no.", "Office phone", "Address", role, f"{role} mobile", f"{role} email"],
        ["Pohangina Centre Ltd", "101-223-301", "06 329 3011", "880 East Road", "Lorna Hatherley",
         "027 481 3011", "lorna@example.nz"],
        ["Ruahine Trekking Ltd", "102-334-302", "06 328 3012", "2 Flat Road", "Callum Rennie",
         "027 481 3006", ""],
        ["Oroua Downs Stud Ltd", "103-445-303", "06 324 3013", "211 Taylor Road", "Desmond Fall",
         "021 048 1301", "des@example.nz"],
    ]  # fmt: skip
    found = bring(rows, country="NZ")
    assert own(found.by_name["Lorna Hatherley"])[:2] == (["027 481 3011"], ["lorna@example.nz"])
    assert own(found.by_name["Pohangina Centre Ltd"])[0] == ["06 329 3011"]
    assert at_work(found)["Callum Rennie"] == ["Ruahine Trekking Ltd"]


def test_registered_names_with_more_than_a_name(bring: Bring) -> None:
    rows = [
        ["Razão Social", "CNPJ", "Telefone da empresa", "Contato", "Cargo", "Celular"],
        ["Tecsal Sistemas Ltda", "24.556.701/0001-70", "(84) 3344-1711", "Lidiane Rocha",
         "Analista", "84 99877-1708"],
        ["Posto Reis Magos Ltda ME", "18.778.703/0001-00", "84 3202 1713", "Gutemberg Lira",
         "Gerente", "84 99999-1713"],
    ]  # fmt: skip
    found = bring(rows, country="BR")
    assert at_work(found) == {
        "Lidiane Rocha": ["Tecsal Sistemas Ltda"],
        "Gutemberg Lira": ["Posto Reis Magos Ltda ME"],
    }
    assert own(found.by_name["Gutemberg Lira"])[2] == {"Cargo": "Gerente"}


def test_what_cannot_be_read_of_a_firm_is_told(bring: Bring) -> None:
    rows = [[*row] for row in LISTED]
    rows[1][2] = "12-34"
    found = bring(rows, country="PT")
    [sheet] = found.sheets
    assert [(p.row, p.column, p.value) for p in sheet.problems] == [(2, "C", "12-34")]
    assert own(found.by_name[ALTO])[0] == ["12-34"]


THREADS = "xl/threadedComments/threadedComment1.xml"


def with_thread(path: Path, cell: str, text: str) -> None:
    """Date a workbook's comment, as Excel does: by a thread beside it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    link = (
        b'<Relationship Id="rId99" Target="../threadedComments/threadedComment1.xml" Type="'
        b'http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", link + b"</Relationships>")
    parts[THREADS] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        f'threadedcomments"><threadedComment ref="{cell}" dT="2024-05-01T10:20:30.45" '
        f'personId="{{A}}" id="{{1}}"><text>{text}</text></threadedComment></ThreadedComments>'
    ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_dated_comments_at_a_firms_cells_are_entries_of_the_firm(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(LISTED):
            sheet.write_row(number, 0, row)
        sheet.write_comment("B2", "[Threaded comment]")
    with_thread(path, "B2", "Rang in May")
    workspace.settings.set_home_country("PT")
    found = import_file(workspace, path).by_name
    entries = {name: str(found[name].get("interactions")) for name in (ALTO, "Ana Silva")}
    assert "Rang in May" in entries[ALTO]
    assert "Rang in May" not in entries["Ana Silva"]
