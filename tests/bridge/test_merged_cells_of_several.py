"""Merged cells that say the same of several: stages, tags, and the phone of a couple."""

from __future__ import annotations

from opened import Look, points

COUPLE = [
    ["Name", "Home phone", "Mobile", "Status", "Tags"],
    ["Gordon Abernethy", "", "07400 210 118", "", ""],
    ["Pauline Abernethy", None, "07400 210 119", None, None],
    ["Tamsin Boyle", "01584 496 540", "", "Prospect", "Club"],
]
HOME = [("B2:B3", "01584 496 011"), ("D2:D3", "Active"), ("E2:E3", "Choir")]
FIRM = [
    ["Company", "Contact person", "Phone", "Status", "Tags"],
    ["", "Suresh Kumar", "", "", ""],
    [None, "Geetha Rao", None, None, None],
    ["Deccan Foods Ltd", "Farah Khan", "080 4123 4568", "Inactive", "Export"],
]
OFFICE = [
    ("A2:A3", "Lakshmi Textiles Ltd"),
    ("C2:C3", "080 4123 4567"),
    ("D2:D3", "Active"),
    ("E2:E3", "Retail"),
]


def test_a_couple_has_one_home_phone(look: Look) -> None:
    found = look(COUPLE, merge=HOME, country="GB")
    assert [[value for _kind, value, _label in points(d)] for d in found.drafts] == [
        ["+441584496011", "+447400210118"],
        ["+441584496011", "+447400210119"],
        ["+441584496540"],
    ]
    assert [d.stage for d in found.drafts] == ["customer", "customer", "prospect"]
    assert [d.tags for d in found.drafts] == [("Choir",), ("Choir",), ("Club",)]


def test_a_number_that_stands_twice_in_a_row_is_one(look: Look) -> None:
    rows = [[*row] for row in COUPLE]
    rows[2][2] = "01584 496011"
    found = look(rows, merge=HOME, country="GB")
    assert [value for _kind, value, _label in points(found.drafts[1])] == ["+441584496011"]


def test_a_firms_phone_is_its_own(look: Look) -> None:
    found = look(FIRM, merge=OFFICE, country="IN")
    assert [(d.name, d.organisation, d.stage, d.tags) for d in found.drafts] == [
        ("Suresh Kumar", "Lakshmi Textiles Ltd", "customer", ("Retail",)),
        ("Geetha Rao", "Lakshmi Textiles Ltd", "customer", ("Retail",)),
        ("Farah Khan", "Deccan Foods Ltd", "former", ("Export",)),
        ("Lakshmi Textiles Ltd", "", "customer", ("Retail",)),
        ("Deccan Foods Ltd", "", "former", ("Export",)),
    ]
    assert [len(points(d)) for d in found.drafts] == [0, 0, 0, 1, 1]
