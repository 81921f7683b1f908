"""Cells become clean text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.bridge.values.emails import is_email, read_emails
from crm_desktop.bridge.values.formulas import guard_formula, unguard_formula
from crm_desktop.bridge.values.text import (
    Value,
    cell_text,
    column_index,
    column_letter,
    column_texts,
    is_tidy,
    plain_value,
    tidy_line,
    tidy_text,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (912345678.0, "912345678"),
        (1.38e10, "13800000000"),
        (0.1 + 0.2, "0.3"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (None, ""),
        (dt.date(1980, 5, 12), "1980-05-12"),
        (dt.datetime(1980, 5, 12), "1980-05-12"),
        (dt.datetime(1980, 5, 12, 14, 30), "1980-05-12 14:30:00"),
        (dt.time(6, 0), "06:00:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_cells(value: Value, expected: str) -> None:
    assert cell_text(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Ana\u00a0 Silva ", "Ana Silva"),
        ("A\u200bna\ufeff", "Ana"),
        ("Joa\u0303o", "João"),
        ("Ana\r\nSilva", "Ana Silva"),
        ("Ana\x00\x07", "Ana"),
        ("a_x000D_\nb", "a b"),
        ("王\u3000秀英", "王 秀英"),
    ],
)
def test_lines(text: str, expected: str) -> None:
    assert tidy_line(text) == expected


def test_breaks_stay_in_texts() -> None:
    assert tidy_text(" a \r\n  b\u00a0 c\n\n") == "a\nb c"


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_columns_that_need_no_cleaning_are_recognised(texts: list[str]) -> None:
    if is_tidy(texts):
        assert [tidy_line(t) for t in texts] == texts


values = st.one_of(
    st.text(max_size=5),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.none(),
)


@given(st.lists(values, min_size=1, max_size=6))
def test_whole_columns_are_written_as_single_cells_are(column: list[Value]) -> None:
    texts, plain = column_texts(column)
    assert list(texts) == [cell_text(v) for v in column]
    assert list(plain) == [plain_value(v) for v in column]


@given(st.integers(0, 16_383))
def test_letters(index: int) -> None:
    assert column_index(column_letter(index)) == index


def test_known_letters() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702, 16_383)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana@Example.org", ["ana@example.org"]),
        (" mailto:ana@example.org", ["ana@example.org"]),
        ("ana@example.org; rui@example.com", ["ana@example.org", "rui@example.com"]),
        ("ana@example.org / rui@example.com", ["ana@example.org", "rui@example.com"]),
        ("Ana Silva <ana@example.org>", ["ana@example.org"]),
        ("ana＠example.org", ["ana@example.org"]),
        ("ana @example.org", ["ana@example.org"]),
        ("ana@example", [None]),
        ("não tem", [None]),
        ("joão@exemplo.pt", ["joão@exemplo.pt"]),
    ],
)
def test_emails(text: str, expected: list[str | None]) -> None:
    assert [address for _raw, address in read_emails(text)] == expected


def test_one_address() -> None:
    assert is_email("ana.b-c@sub.example.org")
    assert not is_email("ana@@example.org")
    assert not is_email("ana example.org")


@given(st.text(max_size=8) | st.from_regex(r"'*[=+\-@][a-z0-9(]*", fullmatch=True))
def test_formulas_are_disarmed_and_come_back(text: str) -> None:
    guarded = guard_formula(text)
    assert unguard_formula(guarded) == text
    if guarded[:1] in ("=", "@", "\t", "\r"):
        raise AssertionError(guarded)


def test_plain_numbers_need_no_guard() -> None:
    assert guard_formula("+351 912 345 678") == "+351 912 345 678"
    assert guard_formula("=1+1") == "'=1+1"
    assert guard_formula("+cmd|x") == "'+cmd|x"
