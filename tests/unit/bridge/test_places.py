"""Parts of addresses that stand in each other's cells."""

from __future__ import annotations

import re

import pytest

from crm_desktop.bridge.rows.places import Parts, joined_once, joined_postcode, settled
from crm_desktop.bridge.values.compound import PARTS, split
from crm_desktop.domain.fields import Compound

_WORDS = re.compile(r"\w+")


def address(**said: str) -> Parts:
    return Parts(*([said.get(part, "")] for part in Parts._fields))


def words(texts: list[str]) -> list[str]:
    return sorted(word for text in texts for word in _WORDS.findall(text))


@pytest.mark.parametrize(
    ("stood", "expected"),
    [
        ({"postcode": "4050-001 PORTO"}, {"postcode": "4050-001", "city": "PORTO"}),
        ({"postcode": "Faro, 8000-418"}, {"postcode": "8000-418", "city": "Faro"}),
        (
            {"postcode": "Palo Alto, CA 94301"},
            {"postcode": "94301", "city": "Palo Alto", "region": "CA"},
        ),
        (
            {"postcode": "4050-001 PORTO", "city": "Porto"},
            {"postcode": "4050-001", "city": "Porto"},
        ),
        ({"street": "4050-001 PORTO"}, {"postcode": "4050-001", "city": "PORTO"}),
        ({"city": "Recife/PE"}, {"city": "Recife", "region": "PE"}),
        (
            {"postcode": "50030-230 Recife/PE"},
            {"postcode": "50030-230", "city": "Recife", "region": "PE"},
        ),
    ],
)
def test_parts_come_to_their_places(stood: dict[str, str], expected: dict[str, str]) -> None:
    assert settled(address(**stood)) == address(**expected)


@pytest.mark.parametrize(
    "stood",
    [
        {"postcode": "4050-001 PORTO", "city": "Braga"},
        {"street": "4050-001 PORTO", "postcode": "1000-001"},
        {"city": "Recife/PE", "region": "Pernambuco"},
        {"street": "1250 Main"},
        {"postcode": "SW1A 1AA"},
        {"postcode": "1000 Lisboa, Rua X 5"},
    ],
)
def test_what_has_no_place_stays(stood: dict[str, str]) -> None:
    assert settled(address(**stood)) == address(**stood)


@pytest.mark.parametrize(
    "text",
    [
        *("4050-001 PORTO", "4050-001 Porto, Portugal", "10115 Berlin, Germany", "1010 Wien"),
        *("Palo Alto, CA 94301", "Palo Alto, CA", "110 00 Praha 1", "1012 AB Amsterdam"),
        *("1000 Lisboa, Rua X 5", "100000北京", "4050-001", "Recife/PE", "50030-230 Recife/PE"),
    ],
)
def test_a_postcode_with_its_city_loses_no_word(text: str) -> None:
    compound = Compound.POSTCODE_CITY
    parts = split(text, compound)
    said = [getattr(parts, name) for name in PARTS[compound]] if parts else [text]
    if "北京" in text:
        assert said[:2] == ["100000", "北京"]
    else:
        assert words(said) == words([text])


def test_a_postcode_alone_is_no_city() -> None:
    parts = split("4050-001", Compound.POSTCODE_CITY)
    assert parts is not None
    assert (parts.postcode, parts.city) == ("4050-001", "")


def test_columns_that_say_one_thing() -> None:
    assert joined_postcode(["1250", "96"]) == "1250-096"
    assert joined_postcode(["1250-096", "", "1250-096"]) == "1250-096"
    assert joined_once(["台北", "台北市"]) == "台北市"
    assert joined_once(["Porto", "Braga"]) == "Porto, Braga"
