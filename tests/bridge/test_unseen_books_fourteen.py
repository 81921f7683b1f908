"""What an eighteenth round of unseen books taught, of the kinds of the shipped samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import Bring, Rows, import_file

from crm_desktop.bridge.matching.own_ids import id_key, id_kind, is_state_issued
from crm_desktop.services.workspace import Workspace


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("身份证", "证件号码", "320582197412301394"),
        ("身分證字號", "證件號", "A123456789"),
        ("CPF", "Documento", "529.982.247-25"),
        ("Cartão de cidadão", "N.º do documento", "12345678 9 ZZ4"),
        ("National ID", "ID number", "7501015009087"),
    ],
)
def test_one_number_under_two_heads(one: str, other: str, number: str) -> None:
    assert id_key(id_kind(one), number) == id_key(id_kind(other), number) != ""


def test_a_paper_that_is_no_card_tells_nobody_apart() -> None:
    assert not is_state_issued(id_kind("证件号码"), id_key(id_kind("证件号码"), "E12345678"))
    assert is_state_issued(id_kind("证件号码"), id_key(id_kind("证件号码"), "320582197412301394"))
    assert id_kind("Documento em falta") == id_kind("Document type") == ""


def test_who_moved_and_has_another_phone_is_known_by_his_card(bring: Bring) -> None:
    old = [
        ["姓名", "身份证号", "电话", "证书"],
        ["梁亮", "320582197412301394", "13901938776", "初级"],
        ["方静", "411525200010170803", "13765481952", "中级"],
    ]
    new = [
        ["会员", "证件号码", "手机号", "证书"],
        ["方静", "411525200010170803", "13825116284", "高级"],
        ["梁亮", "320582198007022131", "13738390799", "初级"],
    ]
    names = bring(old, new, country="CN").names
    assert sorted(names) == ["方静", "梁亮", "梁亮"]


def test_passengers_by_their_documents_in_portuguese(bring: Bring) -> None:
    old = [
        ["Hóspede", "CPF", "Celular"],
        ["Rui Costa", "529.982.247-25", "31984029308"],
        ["Eva Lima", "111.444.777-35", "31994697470"],
    ]
    new = [
        ["Hóspede", "Documento", "Celular"],
        ["Rui Costa", "52998224725", "31976123035"],
        ["Ivo Reis", "12.345.678", "31915173156"],
    ]
    assert sorted(bring(old, new, country="BR").names) == ["Eva Lima", "Ivo Reis", "Rui Costa"]


def test_owners_stand_with_a_comma_and_as_contacts_of_their_firms(bring: Bring) -> None:
    rows = [
        ["Policyholder no.", "Client", "Contact", "Mobile", "Other phone", "E-mail", "Address"],
        ["P1", "Whitlock, Jane", None, "07911 123451", None, "jane@example.com", "1 Mill Lane"],
        ["P2", "Moss, Peter", None, "07911 123452", None, "peter@example.com", "2 Mill Lane"],
        ["P3", "Okafor, Ben", None, "07911 123453", None, "ben@example.com", "3 Mill Lane"],
        ["P4", "Hale, Ruth", None, "07911 123454", None, "ruth@example.com", "4 Mill Lane"],
        [
            "P5",
            "Moss Bakery Ltd",
            "Peter Moss",
            None,
            "020 7946 0101",
            "info@moss.example",
            "5 High St",
        ],
        [
            "P6",
            "Hale Dairy Ltd",
            "Ruth Hale",
            None,
            "020 7946 0102",
            "info@hale.example",
            "6 High St",
        ],
    ]
    found = bring(rows, country="GB")
    persons = {"Jane Whitlock", "Peter Moss", "Ben Okafor", "Ruth Hale"}
    assert set(found.names) == {*persons, "Moss Bakery Ltd", "Hale Dairy Ltd"}
    assert len(found.names) == 6
    assert found.phones("Peter Moss") == ["+447911123452"]
    assert found.by_name["Peter Moss"]["family_name"] == "Moss"


def test_the_same_in_portuguese(bring: Bring) -> None:
    rows = [
        ["N.º", "Cliente", "Contacto", "Telemóvel", "Telefone", "E-mail", "Morada"],
        ["1", "Antunes, Carla", None, "912345671", None, "carla@example.com", "Rua da Luz 1"],
        ["2", "Simões, Hugo", None, "912345672", None, "hugo@example.com", "Rua da Luz 2"],
        ["3", "Vaz, Teresa", None, "912345673", None, "teresa@example.com", "Rua da Luz 3"],
        [
            "4",
            "Simões & Filhos, Lda",
            "Hugo Simões",
            None,
            "212345671",
            "geral@sf.example",
            "Rua A 4",
        ],
        ["5", "Padaria Vaz, Lda", "Teresa Vaz", None, "212345672", "geral@pv.example", "Rua A 5"],
    ]
    found = bring(rows, country="PT")
    persons = ["Carla Antunes", "Hugo Simões", "Teresa Vaz"]
    assert sorted(found.names) == sorted([*persons, "Padaria Vaz, Lda", "Simões & Filhos, Lda"])


def test_second_contacts_work_there_too(bring: Bring) -> None:
    rows = [
        ["Club", "ABN", "Contact", "Mobile", "2nd contact", "Mobile 2", "Office tel"],
        [
            "Manly Rowing Club",
            "51824753556",
            "Jo Park",
            "0412345671",
            "Ian Webb",
            "0412345672",
            "0293744001",
        ],
        ["Coogee Surf Club", "53004085616", "Amy Tran", "0412345673", None, None, "0293744002"],
        [
            "Bondi Tennis Club",
            "33102417032",
            "Lou Grant",
            "0412345674",
            "Kim Hart",
            None,
            "0293744003",
        ],
        ["Avalon Golf Club", "53004085617", None, None, None, None, "0293744004"],
    ]
    found = bring(rows, country="AU")
    assert len(found.names) == len(set(found.names)) == 4 + 5
    assert found.phones("Ian Webb") == ["+61412345672"]
    assert found.phones("Jo Park") == ["+61412345671"]
    kim, club = found.by_name["Kim Hart"], found.by_name["Bondi Tennis Club"]
    assert (kim["phones"], kim["organisation"]) == ([], "Bondi Tennis Club")
    assert [r["customer"] for r in kim["relations"]] == [club["id"]]
    assert all("2nd contact" not in c.get("custom", {}) for c in found.customers)
    assert (found.sheets[0].created, found.sheets[0].firms) == (4, 3)


def test_second_contacts_in_chinese_without_a_word_of_the_firms(bring: Bring) -> None:
    rows = [
        ["单位名称", "联系人", "职务", "手机", "备用联系人", "职务", "手机", "备注"],
        [
            "昆山嘉禾精密模具有限公司",
            "范若曦",
            "采购",
            "13881932947",
            "欧阳雪",
            "文员",
            "13881932948",
            "月结",
        ],
        ["锦程物流有限公司", "周红霞", "经理", "13746884777", "赵磊", "司机", "13746884778", None],
        ["昆山百顺家政服务部", "袁雨桐", "店长", "13869363602", None, None, None, "现结"],
    ]
    found = bring(rows, country="CN")
    assert found.phones("欧阳雪") == ["+8613881932948"]
    assert found.phones("范若曦") == ["+8613881932947"]
    assert found.by_name["赵磊"]["organisation"] == "锦程物流有限公司"
    assert "司机" in found.by_name["赵磊"]["custom"].values()


def test_second_contacts_in_portuguese_by_their_figures(bring: Bring) -> None:
    rows = [
        ["Condomínio", "NIPC", "Contacto", "2.º contacto", "Telemóvel", "Telemóvel 2", "Morada"],
        ["Atlântico, Lda", "501964843", "Rui Sá", "Ana Reis", "912345671", "912345672", "Rua A 1"],
        ["Torre do Sol, Lda", "502757191", "Eva Pio", None, "912345673", None, "Rua B 2"],
    ]
    found = bring(rows, country="PT")
    assert found.phones("Ana Reis") == ["+351912345672"]
    assert found.phones("Rui Sá") == ["+351912345671"]


def test_a_second_contact_comes_in_once(bring: Bring) -> None:
    head = ["Company", "VAT no.", "Contact", "Cell", "Second contact", "Cell 2", "Address"]
    row = ["Nut & Bolt Ltd", "GB123456789", "Al Roe", "07911123451", "Di Lee", "07911123452"]
    found = bring([head, [*row, "1 Mill Rd"]], [head, [*row, "1 Mill Rd"]], country="GB")
    assert sorted(found.names) == ["Al Roe", "Di Lee", "Nut & Bolt Ltd"]


def test_only_the_new_second_contact_comes_in_with_a_later_file(tmp_path: Path) -> None:
    head = ["Firma", "NIF", "Contacto", "Telemóvel", "Outro contacto", "Telemóvel 2", "Morada"]
    row = ["Alfa, Lda", "501964843", "Rui Sá", "912345671", "Ana Reis", "912345672", "Rua A 1"]
    path = tmp_path / "firmas.csv"
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path / "d") as workspace:
        workspace.settings.set_home_country("PT")
        path.write_text("\n".join(map(";".join, (head, row))), encoding="utf-8")
        assert len(import_file(workspace, path).names) == 3
        row[4] = "Eva Pio"
        path.write_text("\n".join(map(";".join, (head, row))), encoding="utf-8")
        again = import_file(workspace, path)
    assert sorted(again.names) == ["Alfa, Lda", "Ana Reis", "Eva Pio", "Rui Sá"]


@pytest.mark.parametrize(
    ("country", "header", "words"),
    [
        ("BR", ["Razão social", "CNPJ", "Contato", "Setor", "Telefone"], ("RH", "Compras")),
        ("CN", ["单位名称", "税号", "联系人", "科室", "座机"], ("设备科", "药剂科")),
        ("ES", ["Empresa", "CIF", "Contacto", "Área", "Teléfono"], ("Compras", "Ventas")),
    ],
)
def test_where_a_contact_sits_is_his(
    bring: Bring, country: str, header: list[str], words: tuple[str, str]
) -> None:
    rows = [
        header,
        ["Alfa Ltda", "72359546000144", "Ana Silva", words[0], "+553132755171"],
        ["Beta Ltda", "82085857000116", "Rui Costa", words[1], "+553134569594"],
    ]
    found = bring(rows, country=country)
    assert found.by_name["Ana Silva"]["custom"] == {header[3]: words[0]}
    assert header[3] not in found.by_name["Alfa Ltda"]["custom"]


@pytest.mark.parametrize(
    ("country", "header", "place"),
    [
        ("AU", ["Name", "Mobile", "Address", "Suburb", "City", "Code"], ("Glebe", "Sydney", 2037)),
        (
            "ES",
            ["Nombre", "Móvil", "Dirección", "Barrio", "Ciudad", "Código"],
            ("Sol", "Ávila", "28013"),
        ),
    ],
)
def test_a_suburb_beside_its_city_and_a_bare_code(
    bring: Bring, country: str, header: list[str], place: tuple[str, str, object]
) -> None:
    people = [[name, None, "1 Oak Street", *place] for name in ("Al Roe", "Di Lee")]
    rows: Rows = [header, *people]
    found = bring(rows, country=country).by_name["Di Lee"]
    address = found["addresses"][0]
    assert (address["city"], address["postcode"]) == (place[1], str(place[2]))
    assert found["custom"] == {header[3]: place[0]}


def test_vets_below_their_merged_hospital(bring: Bring) -> None:
    rows = [
        ["所属医院", "姓名", "岗位", "手机", "备注"],
        ["爱宠动物医院", "林旭东", "主治医师", "18671916419", None],
        [None, "叶浩然", "助理", "18907256346", "周一休息"],
        ["瑞派宠物医院", "范亮", "院长", "17762596474", None],
        ["康宁动物诊所", "丁嘉欣", "医师", "17799145201", None],
    ]
    clinics = [
        ["医院名称", "前台电话", "地址"],
        ["爱宠动物医院", "028-61093346", "人民南路四段389号"],
        ["瑞派宠物医院", "028-86742765", "武侯祠大街66号"],
        ["康宁动物诊所", "028-85351379", "科华北路386号"],
    ]
    found = bring(rows, clinics, merge=[("A2:A3", "爱宠动物医院")], country="CN")
    firm = found.by_name["爱宠动物医院"]
    for name in ("林旭东", "叶浩然"):
        person = found.by_name[name]
        assert person["organisation"] == "爱宠动物医院"
        assert [r["customer"] for r in person["relations"]] == [firm["id"]]
    assert len(found.names) == 4 + 3


@pytest.mark.parametrize(
    ("country", "header", "firm"),
    [
        ("PT", ["Nome", "Farmácia", "Cargo", "Telemóvel"], "Farmácia Central de Évora"),
        ("GB", ["Name", "Dental practice", "Role", "Mobile"], "Riverside Dental Practice"),
        ("PT", ["Nome", "Clínica onde trabalha", "E-mail", "Obs."], "Clínica Veterinária do Tejo"),
        ("CN", ["姓名", "现所在酒店名称", "手机", "备注"], "成都锦江大酒店"),
    ],
)
def test_where_persons_work(bring: Bring, country: str, header: list[str], firm: str) -> None:
    people = [[name, firm, None, None] for name in ("Ana Reis", "Rui Sá", "Eva Pio")]
    rows: Rows = [header, *people]
    found = bring(rows, country=country)
    assert {c["organisation"] for c in found.customers} == {firm}


@pytest.mark.parametrize("header", ["Clínica", "Hospital", "所属门店", "Garage"])
def test_where_somebody_was_sent_is_not_where_he_works(bring: Bring, header: str) -> None:
    rows: Rows = [
        ["Name", "Mobile", header],
        ["Ana Reis", "912345671", "Hospital da Luz"],
        ["Rui Sá", "912345672", "Clínica do Tejo"],
        ["Eva Pio", "912345673", None],
    ]
    found = bring(rows, country="PT").by_name["Ana Reis"]
    assert found["custom"] == {header: "Hospital da Luz"}
