"""Only the certain is matched; merging replaces nothing."""

from __future__ import annotations

import time

import pytest

from crm_desktop.bridge.matching.match import MatchIndex, identity, name_key, names_agree
from crm_desktop.bridge.matching.merge import apply_merge, draft_of, merge_draft
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    Customer,
    CustomerDraft,
    CustomerId,
    CustomerKind,
)


def person(
    name: str,
    phone: str | None = None,
    email: str | None = None,
    *,
    organisation: str = "",
    birthday: str | None = None,
    kind: str = "person",
    custom: tuple[tuple[str, str], ...] = (),
) -> CustomerDraft:
    points = []
    if phone:
        points.append(ContactPoint("phone", phone, phone))
    if email:
        points.append(ContactPoint("email", email, email))
    return CustomerDraft(
        name,
        kind,
        organisation=organisation,
        birthday=birthday,
        contact_points=tuple(points),
        custom=custom,
    )


A, B = "+351912345678", "+351913456789"

SAME = {
    "phone and name": (person("Ana Silva", A), person("ANA SILVA", A)),
    "accents": (person("João Gonçalves", A), person("Joao Goncalves", A)),
    "middle name": (person("Ana Silva", A), person("Ana Maria Silva", A)),
    "first name only": (person("Ana Silva", A), person("Ana", A)),
    "typing error": (person("Cristina Melo", A), person("Christina Melo", A)),
    "title": (person("Dr. Rui Costa", A), person("Rui Costa", A)),
    "surname first": (person("Silva Ana", A), person("Ana Silva", A)),
    "e-mail": (person("Ana Silva", None, "a@b.pt"), person("Ana Silva", A, "a@b.pt")),
    "chinese title": (person("王伟", A), person("王伟先生", A)),
    "bare name": (person("Ana Silva", A), person("Ana Silva")),
    "phone here, e-mail there": (person("Ana Silva", A), person("Ana Silva", None, "a@b.pt")),
    "same firm": (
        person("Ana", A, organisation="Mar, Lda"),
        person("Ana", None, "a@b.pt", organisation="MAR LDA"),
    ),
    "birthday": (
        person("Ana Silva", A, birthday="1980-05-12"),
        person("Ana Silva", B, birthday="1980-05-12"),
    ),
    "birthday and typing error": (
        person("Cristina Melo", A, birthday="1980-05-12"),
        person("Christina Melo", B, birthday="1980-05-12"),
    ),
    "tax number": (
        person("Ana Silva", A, custom=(("NIF", "123 456 780"),)),
        person("Ana M. Silva", B, custom=(("N.º contribuinte", "123456780"),)),
    ),
    "pinyin": (person("王秀英", A), person("Xiuying Wang", A)),
    "organisation": (
        person("Mar Alto, Lda", A, kind="organisation"),
        person("Mar Alto Lda", kind="organisation"),
    ),
}

DIFFERENT = {
    "family phone": (person("Ana Silva", A), person("Rui Silva", A)),
    "husband and wife": (person("Paulo Costa", A), person("Paula Costa", A)),
    "father and daughter": (person("Daniel Reis", A), person("Daniela Reis", A)),
    "switchboard": (
        person("Ana Silva", A, organisation="Mar, Lda"),
        person("Rui Costa", A, organisation="Mar, Lda"),
    ),
    "chinese names": (person("王伟", A), person("王芳", A)),
    "firm and its man": (
        person("Mar, Lda", A, kind="organisation"),
        person("Ana Silva", A, organisation="Mar, Lda"),
    ),
    "namesakes with other phones": (person("Ana Silva", A), person("Ana Silva", B)),
    "namesakes with other birthdays": (
        person("Ana Silva", birthday="1980-05-12"),
        person("Ana Silva", birthday="1990-05-12"),
    ),
    "father and son": (
        person("Rui Costa", A, birthday="1950-01-01"),
        person("Rui Costa", A, birthday="1980-01-01"),
    ),
    "namesakes of other firms": (
        person("Ana Silva", organisation="Mar"),
        person("Ana Silva", organisation="Terra"),
    ),
    "common short names": (person("王伟", A), person("王伟")),
    "nobody's tax number": (
        person("Ana Silva", A, custom=(("NIF", "999999990"),)),
        person("Ana Silva", B, custom=(("NIF", "999999990"),)),
    ),
    "namesakes with other tax numbers": (
        person("Ana Silva", birthday="1980-05-12", custom=(("NIF", "123456780"),)),
        person("Ana Silva", birthday="1980-05-12", custom=(("NIF", "223456780"),)),
    ),
    "a couple's tax number": (
        person("Ana Silva", A, custom=(("NIF", "123456780"),)),
        person("Rui Costa", B, custom=(("NIF", "123456780"),)),
    ),
    "born on one day": (
        person("Ana Silva", A, birthday="1980-05-12"),
        person("Abel Reis", B, birthday="1980-05-12"),
    ),
    "another's pinyin": (person("王秀英", A), person("Li Wei", A)),
    "first names": (person("Ana", A), person("Ana")),
}


def found(pair: tuple[CustomerDraft, CustomerDraft]) -> int | None:
    index = MatchIndex()
    index.add(7, identity(pair[0]))
    return index.find(identity(pair[1]))


@pytest.mark.parametrize("case", SAME)
def test_same(case: str) -> None:
    assert found(SAME[case]) == 7
    assert found((SAME[case][1], SAME[case][0])) == 7


@pytest.mark.parametrize("case", DIFFERENT)
def test_different(case: str) -> None:
    assert found(DIFFERENT[case]) is None
    assert found((DIFFERENT[case][1], DIFFERENT[case][0])) is None


def test_number_zero_is_a_customer_too() -> None:
    index = MatchIndex()
    index.add(0, identity(person("Ana Silva", A)))
    assert index.find(identity(person("Ana Silva", A))) == 0
    assert len(index) == 1


def test_family_at_one_phone_is_told_apart() -> None:
    index = MatchIndex()
    for number, name in enumerate(("Ana Silva", "Rui Silva", "Eva Silva")):
        assert index.find(identity(person(name, A))) is None
        index.add(number, identity(person(name, A)))
    assert index.find(identity(person("RUI SILVA", A))) == 1


def test_customers_of_the_archive_match_as_drafts_do() -> None:
    customer = Customer(
        CustomerId(5),
        CustomerKind.PERSON,
        "Ana Silva",
        contact_points=(ContactPoint("phone", A, A),),
    )
    index = MatchIndex()
    index.add(5, identity(draft_of(customer)))
    assert index.find(identity(person("Ana Silva", A))) == 5


def test_many_namesakes_cost_nothing() -> None:
    index = MatchIndex()
    start = time.process_time()
    for number in range(5000):
        draft = person("Ana Silva", f"+3519{number:08d}")
        assert index.find(identity(draft)) is None
        index.add(number, identity(draft))
    assert time.process_time() - start < 2


def test_name_keys() -> None:
    assert name_key("  João  D'Ávila ") == name_key("JOAO D AVILA".replace("D A", "D'A"))
    assert name_key("Dr.ª") == name_key("Dr.ª")
    assert not names_agree("", "ana")


def test_merge_fills_blanks_and_reports_what_differs() -> None:
    kept = CustomerDraft(
        "Ana Silva",
        birthday="--05-12",
        notes="um",
        contact_points=(ContactPoint("phone", "912", A),),
        addresses=(Address("Rua A", "1000-001", "Lisboa"),),
        tags=("VIP",),
        custom=(("NIF", "1"), ("Lugar", "")),
    )
    offered = CustomerDraft(
        "Ana Maria Silva",
        organisation="Mar",
        birthday="1980-05-12",
        stage="customer",
        notes="dois",
        contact_points=(ContactPoint("phone", "+351 912", A), ContactPoint("email", "x", None)),
        addresses=(Address(city="lisboa"), Address("Rua B")),
        tags=("vip", "neve"),
        custom=(("NIF", "2"), ("Lugar", "janela")),
    )
    merge = merge_draft(kept, offered)
    assert merge.changes
    assert merge.fields == {
        "organisation": "Mar",
        "birthday": "1980-05-12",
        "stage": "customer",
        "notes": "um\ndois",
    }
    assert merge.contact_points == [ContactPoint("email", "x", None)]
    assert merge.addresses == [Address("Rua B")]
    assert merge.tags == ["neve"]
    assert merge.custom == {"Lugar": "janela"}
    assert merge.differing == [("name", "Ana Silva", "Ana Maria Silva"), ("custom:NIF", "1", "2")]
    after = apply_merge(kept, merge)
    assert dict(after.custom) == {"NIF": "1", "Lugar": "janela"}
    again = merge_draft(after, offered)
    assert not again.changes
