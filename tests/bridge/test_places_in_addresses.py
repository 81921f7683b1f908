"""Addresses with Eircodes, counties last, six figures behind the town, and lines of a street."""

from __future__ import annotations

from typing import Any

import pytest
from archives import Bring

from crm_desktop.bridge.values.postal import split_address


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "5 Abbey Street, Ennis, Co. Clare, V95 X2T8",
            ("5 Abbey Street", "V95 X2T8", "Ennis", "Co. Clare"),
        ),
        ("Kilnamona, Ennis, Co. Clare V95 PK61", ("Kilnamona", "V95 PK61", "Ennis", "Co. Clare")),
        ("12 Shop Street, Galway, H91 AB12", ("12 Shop Street", "H91 AB12", "Galway", "")),
        ("4 Kiln Close, Ludlow, Shropshire", ("4 Kiln Close", "", "Ludlow", "Shropshire")),
        ("Kilnamona, Ennis, Co. Clare", ("Kilnamona", "", "Ennis", "Co. Clare")),
        ("14, Avenue Road, Bengaluru - 560002", ("14, Avenue Road", "560002", "Bengaluru", "")),
        ("Plot 22, Peenya, Bengaluru 560058", ("Plot 22, Peenya", "560058", "Bengaluru", "")),
        ("12 MG Road, Pune, Maharashtra 411001", ("12 MG Road", "411001", "Pune", "Maharashtra")),
        (
            "10 Anson Road #26-04, Singapore 079903",
            ("10 Anson Road #26-04", "079903", "Singapore", ""),
        ),
        (
            "Blk 118 Pasir Ris St 11 #07-420 Singapore 510118",
            ("Blk 118 Pasir Ris St 11 #07-420", "510118", "Singapore", ""),
        ),
    ],
)
def test_whole_addresses(text: str, parts: tuple[str, ...]) -> None:
    found = split_address(text)
    assert found is not None
    assert found[:4] == parts


@pytest.mark.parametrize("text", ["Unit 4, A12 ROAD", "1 Main St, Kent", "1 Mill Lane, Leeds"])
def test_what_is_not_sure_stays_whole(text: str) -> None:
    assert split_address(text) is None


@pytest.mark.parametrize(
    ("country", "header", "rows"),
    [
        ("IE", "Eircode", [("5 Abbey Street, Ennis, Co. Clare", "V95 X2T8")] * 2),
        ("GB", "Postcode", [("4 Kiln Close, Ludlow, Shropshire", "SY8 1QT")] * 2),
    ],
)
def test_a_postcode_beside_an_address_that_ends_in_a_county(
    bring: Bring, country: str, header: str, rows: list[tuple[str, str]]
) -> None:
    phones = {"IE": ["087 312 4410", "086 220 7781"], "GB": ["07400 210 118", "07400 310 552"]}
    people = zip(("Aoife Ryan", "Declan Hogan"), phones[country], rows, strict=True)
    table: list[list[Any]] = [[name, phone, *row] for name, phone, row in people]
    imported = bring([["Name", "Mobile", "Address", header], *table], country=country)
    for customer in imported.customers:
        [address] = customer["addresses"]
        street, city, region = rows[0][0].split(", ")
        assert (address["street"], address["city"], address["region"]) == (street, city, region)
        assert address["postcode"] == rows[0][1]


def test_lines_of_a_street_are_parted_by_commas(bring: Bring) -> None:
    rows = [
        ["Anna Bell", "07400 210 118", "Orchard House\nClee Road", "Ludlow"],
        ["Carl Dunn", "07400 310 552", "Flat 2,\r\n7 Broad St", "Ludlow"],
        ["段丽华", "07400 310 553", "和平东路\n118号", "Ludlow"],
    ]
    imported = bring([["Name", "Mobile", "Street", "Town"], *rows], country="GB")
    assert [c["addresses"][0]["street"] for c in imported.customers] == [
        "Orchard House, Clee Road",
        "Flat 2, 7 Broad St",
        "和平东路 118号",
    ]
