"""Cells of phone numbers as people and spreadsheets leave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read

from crm_desktop.bridge.values.formatted import with_format
from crm_desktop.bridge.values.phones import Phone, is_damaged_by_excel, read_phones
from crm_desktop.bridge.values.phonewords import phone_label, take_extensions

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("912345678.0", "PT", "+351912345678"),
        ("912345678,00", "PT", "+351912345678"),
        ("9.12345678E+08", "PT", "+351912345678"),
        ("1.3800138000E+10", "CN", "+8613800138000"),
        ("'912345678", "PT", "+351912345678"),
        ("=+351912345678", "PT", "+351912345678"),
        ("+ 351 912 345 678", "PT", "+351912345678"),
        ("(+351) 912 345 678", "PT", "+351912345678"),
        ("tel:+351912345678", "PT", "+351912345678"),
        ("+351 210 000 000", "PT", "+351210000000"),
        ("0351912345678", "PT", "+351912345678"),
        # the zeros that a number cell loses
        ("2079460123", "GB", "+442079460123"),
        ("2155550500", "CN", "+862155550500"),
        ("612345678", "FR", "+33612345678"),
        ("698765432", "IT", "+390698765432"),
        ("447911123456", "PT", "+447911123456"),
        ("13102345678", "PT", None),
        ("51987654321", "PT", None),
    ],
)
def test_what_spreadsheets_do_to_numbers(text: str, country: str, expected: str | None) -> None:
    assert [phone.value for phone in read_phones(text, (country,))] == [expected]


@pytest.mark.parametrize(
    "text",
    ["1.38E+10", "1,38E+10", "9.12e+08", "13800000000", "138001380000000000", "351912000000"],
)
def test_damaged_numbers_have_no_value(text: str) -> None:
    assert is_damaged_by_excel(text)
    assert read_phones(text, ("CN", "PT")) == [Phone(text, None, "", damaged=True)]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        (
            "0571/251205 - cell. 335 4660732",
            "IT",
            [("0571/251205", "+390571251205", ""), ("cell. 335 4660732", "+393354660732", "cell")],
        ),
        (
            "335/4660735 - 0571/251209",
            "IT",
            [("335/4660735", "+393354660735", ""), ("0571/251209", "+390571251209", "")],
        ),
        (
            "0571/251207 335/4660733",
            "IT",
            [("0571/251207", "+390571251207", ""), ("335/4660733", "+393354660733", "")],
        ),
        (
            "276/639101 - tlm 912 345 678",
            "PT",
            [("276/639101", "+351276639101", ""), ("tlm 912 345 678", "+351912345678", "tlm")],
        ),
        ("04621/80339", "DE", [("04621/80339", "+49462180339", "")]),
        ("04621/803391", "DE", [("04621/803391", "+494621803391", "")]),
        (
            "0461/803391 - mobil 0171 2345678",
            "DE",
            [("0461/803391", "+49461803391", ""), ("mobil 0171 2345678", "+491712345678", "mobil")],
        ),
        (
            "(43) 98404-7871 falar c/ Beto",
            "BR",
            [("(43) 98404-7871 falar c/ Beto", "+5543984047871", "falar c/ Beto")],
        ),
        (
            "43 99595-6643 c/ esposa / 43 3325-1100",
            "BR",
            [
                ("43 99595-6643 c/ esposa", "+5543995956643", "c/ esposa"),
                ("43 3325-1100", "+554333251100", ""),
            ],
        ),
        (
            "213 456 789/90",
            "PT",
            [("213 456 789", "+351213456789", ""), ("213456790", "+351213456790", "")],
        ),
        ("011 4567 - 8901", "AR", [("011 4567 - 8901", "+541145678901", "")]),
    ],
)
def test_slashes_and_dashes_between_and_within_numbers(
    text: str, country: str, expected: list[tuple[str, str, str]]
) -> None:
    read = [(phone.raw, phone.value, phone.label) for phone in read_phones(text, (country,))]
    assert read == expected


def test_damage_beside_words_keeps_the_label() -> None:
    (phone,) = read_phones("1.38E+10（传真）", ("CN",))
    assert phone == Phone("1.38E+10(传真)", None, "传真", damaged=True)
    assert not is_damaged_by_excel("800000000")
    assert not is_damaged_by_excel("13800138000")
    assert not is_damaged_by_excel("+351210000000")


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("213456789 ext. 12", "PT", [("+351213456789", "", "12")]),
        ("213456789, ext 12", "PT", [("+351213456789", "", "12")]),
        ("213456789 ramal 203", "PT", [("+351213456789", "", "203")]),
        ("213456789 x12", "PT", [("+351213456789", "", "12")]),
        ("021-55550500转803", "CN", [("+862155550500", "", "803")]),
        ("0755-86013388-803", "CN", [("+8675586013388", "", "803")]),
        ("办公 010-62345678 分机 12", "CN", [("+861062345678", "办公", "12")]),
        (
            "213456789 ext 12; 912345678",
            "PT",
            [("+351213456789", "", "12"), ("+351912345678", "", "")],
        ),
        ("020 7946 0123 (ext. 4)", "GB", [("+442079460123", "", "4")]),
        ("+1 202 555 0123 x 55", "PT", [("+12025550123", "", "55")]),
    ],
)
def test_extensions(text: str, country: str, expected: list[tuple[str, str, str]]) -> None:
    found = read_phones(text, (country,))
    assert [(p.value, p.label, p.extension) for p in found] == expected
    assert len(found) > 1 or found[0].raw == text


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("912345678 913456789", "PT", ["+351912345678", "+351913456789"]),
        ("912 345 678 913 456 789", "PT", ["+351912345678", "+351913456789"]),
        ("912345678-913456789", "PT", ["+351912345678", "+351913456789"]),
        ("912345678 + 913456789", "PT", ["+351912345678", "+351913456789"]),
        ("912345678 e 913456789", "PT", ["+351912345678", "+351913456789"]),
        ("213456789/90", "PT", ["+351213456789", "+351213456790"]),
        ("21 345 67 89/90/91", "PT", ["+351213456789", "+351213456790", "+351213456791"]),
        ("021-55550500/55550501", "CN", ["+862155550500", "+862155550501"]),
        ("13800138000 13900139000", "CN", ["+8613800138000", "+8613900139000"]),
        ("13800138000，021-55550500", "CN", ["+8613800138000", "+862155550500"]),
        ("912345678 9", "PT", [None]),
    ],
)
def test_several_in_a_cell(text: str, country: str, expected: list[str | None]) -> None:
    assert [phone.value for phone in read_phones(text, (country,))] == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("912345678 (Ana)", "PT", ["Ana"]),
        ("Tel. da Ana: 912345678", "PT", ["Ana"]),
        ("Tel.: 213456789", "PT", [""]),
        ("电话：13800138000", "CN", [""]),
        ("T: 213456789 F: 213456780 M: 912345678", "PT", ["", "fax", "mobile"]),
        ("casa 213456789 tlm 912345678", "PT", ["home", "mobile"]),
        ("213456789 (casa), 912345678 (tlm)", "PT", ["home", "mobile"]),
        ("213456789 casa 912345678 tlm", "PT", ["home", "mobile"]),
        ("办：021-55550500 宅：021-55550501", "CN", ["work", "home"]),
        ("传真 021-55550500", "CN", ["fax"]),
        ("Büro 030 901820", "DE", ["work"]),
        ("domicile 01 42 68 53 00", "FR", ["home"]),
        ("oficina: 912 345 678", "ES", ["work"]),
        ("213456789 - loja", "PT", ["work"]),
        ("912345678 (Ana e Rui)", "PT", ["Ana e Rui"]),
    ],
)
def test_labels(text: str, country: str, expected: list[str]) -> None:
    assert [phone_label(p.label) for p in read_phones(text, (country,))] == expected


def test_a_cell_in_the_archive(make_xlsx: Make) -> None:
    rows: list[list[Any]] = [
        ["Ana", "213456789 ext. 12", ""],
        ["Rui", "912345678 rui@example.org", ""],
        ["Eva", "", "eva@example.org / 913456789"],
        ["Zé", 13800000000.0, ""],
        ["Li", "telefone: li@example.org", ""],
    ]
    found = read(make_xlsx([["Nome", "Telefone", "Email"], *rows]), "PT")
    points = [[(p.kind, p.raw, p.value, p.label) for p in d.contact_points] for d in found.drafts]
    assert points == [
        [("phone", "213456789 ext. 12", "+351213456789", "ext. 12")],
        [
            ("phone", "912345678", "+351912345678", ""),
            ("email", "rui@example.org", "rui@example.org", ""),
        ],
        [
            ("phone", "913456789", "+351913456789", ""),
            ("email", "eva@example.org", "eva@example.org", ""),
        ],
        [("phone", "13800000000", None, "")],
        [("email", "telefone: li@example.org", "li@example.org", "")],
    ]
    problems = [(p.row, p.problem) for row in found.all_rows for p in row.problems]
    assert len(problems) == 1
    assert problems[0][0] == 5
    assert "damaged by Excel" in problems[0][1]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (912345678.0, "000 000 000", "912 345 678"),
        (1234, "00000", "01234"),
        (912345678, "+351 000 000 000", "+351 912 345 678"),
        (912345678, r"\+351\ 000\ 000\ 000", "+351 912 345 678"),
        (1133334444, "(00) 0000-0000", "(11) 3333-4444"),
        (5551234, "[<=9999999]###-####;(###) ###-####", "555-1234"),
        (2025551234, "[<=9999999]###-####;(###) ###-####", "(202) 555-1234"),
        (13800138000, "000-0000-0000", "138-0013-8000"),
        (351912345678, "00 000", "351912345 678"),
        (1001001, "0000-000", "1001-001"),
        (12, '"Nº "000', "Nº 012"),
        (12, "[$-416]0000", "0012"),
        (912345678, "#,##0", "912345678"),
        (45000, "yyyy-mm-dd", "45000"),
        (12, "0%", "12"),
        (1.5, "000", "1.5"),
        (12, "General", "12"),
        (12, "@", "12"),
        (12, "", "12"),
        (float("inf"), "000", "inf"),
    ],
)
def test_number_formats(value: float, code: str, shown: str) -> None:
    assert with_format(value, code) == shown


@given(st.integers(0, 10**15 - 1), st.text(alphabet='0#? -()+;[]"\\_*E%,.;yd0', max_size=20))
def test_a_format_never_loses_a_digit(value: int, code: str) -> None:
    written = with_format(float(value), code)
    digits = iter(c for c in written if c.isdigit())
    assert all(d in digits for d in str(value))


@given(st.text(alphabet="0123456789 +-/.;(),xetn转#'E", max_size=40))
def test_no_digit_is_lost(text: str) -> None:
    found = read_phones(text, ("PT", "CN"))
    assert bool(found) == bool(text.strip())
    kept = Counter("".join(phone.raw + phone.extension for phone in found))
    assert all(kept[c] >= n for c, n in Counter(text).items() if c.isdigit())


def test_extensions_have_their_place() -> None:
    assert take_extensions("213 x1, 912 ext. 22") == ("213, 912", [(3, "1"), (8, "22")])
    assert take_extensions("ext. 12") == ("ext. 12", [])
