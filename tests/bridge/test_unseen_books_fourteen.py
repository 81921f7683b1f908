"""What an eighteenth round of unseen books taught, of the kinds of the shipped samples."""

from __future__ import annotations

import pytest
from archives import Bring

from crm_desktop.bridge.matching.own_ids import id_key, id_kind, is_state_issued


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
