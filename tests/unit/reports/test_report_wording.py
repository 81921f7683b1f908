from __future__ import annotations

import datetime as dt

import pytest

from crm_desktop.domain.customers import Address, ContactKind, InteractionKind, Stage
from crm_desktop.reports import wording


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (
            Address("Rua do Sol 3", "2750-001", "Cascais", "Lisboa", "PT"),
            ["Rua do Sol 3", "2750-001 Cascais", "Lisboa", "Portugal"],
        ),
        (
            Address("1 Main St", "62704", "Springfield", "IL", "US"),
            ["1 Main St", "Springfield, IL 62704", "United States"],
        ),
        (
            Address("10 Downing St", "SW1A 2AA", "London", "", "GB"),
            ["10 Downing St", "London", "SW1A 2AA", "United Kingdom"],
        ),
        (
            Address("世纪大道100号", "200120", "上海市", "上海市", "CN"),
            ["China", "200120", "上海市世纪大道100号"],
        ),
        (
            Address("Av. Paulista 1", "01310-100", "São Paulo", "SP", "BR"),
            ["Av. Paulista 1", "São Paulo - SP", "01310-100", "Brazil"],
        ),
        (Address(city="Porto"), ["Porto"]),
        (Address(country="Atlantis"), ["Atlantis"]),
        (Address(country="XX"), ["XX"]),
    ],
)
def test_addresses_are_written_their_countrys_way(address: Address, lines: list[str]) -> None:
    assert wording.address_lines(address, "en") == lines


@pytest.mark.parametrize(
    ("birthday", "text"),
    [
        ("1974-03-09", "9 March 1974"),
        ("--02-29", "29 February"),
        ("1974-13-40", "1974-13-40"),
        ("in spring", "in spring"),
    ],
)
def test_birthdays(birthday: str, text: str) -> None:
    assert wording.birthday_text(birthday, "en") == text


def test_phones_are_international_or_as_typed() -> None:
    assert wording.phone_text("+442079460018", "020 7946 0018") == "+44 20 7946 0018"
    assert wording.phone_text(None, "ext. 12") == "ext. 12"
    assert wording.phone_text("12", "twelve") == "twelve"


def test_moments_follow_the_languages_order() -> None:
    at = dt.datetime(2026, 11, 5, 9, 5, tzinfo=dt.UTC)
    assert wording.moment_text(at, at, "en") == "5 Nov 2026, 09:05"
    assert wording.moment_text(at, at, "zh_CN") == "2026年11月5日 09:05"
    assert wording.moment_text(at.replace(tzinfo=None), at, "en") == "5 Nov 2026, 09:05"


def test_every_word_of_the_domain_has_one_on_paper() -> None:
    assert all(wording.stage_text(stage) for stage in Stage)
    assert all(wording.interaction_text(kind) for kind in InteractionKind)
    assert all(wording._CONTACTS[kind.value] for kind in ContactKind)
    assert wording.label_text("Mobile ", "?") == "Mobile"
    assert wording.label_text("escritório", "?") == "escritório"
    assert wording.label_text("", "Phone") == "Phone"
