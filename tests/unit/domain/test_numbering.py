"""Numbers by a pattern never come again within their scope, nor in another one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.numbering import PatternError, check, scope, written

DAY = date(2026, 5, 4)
GOOD = [
    "Q-{year}-{n:04}",
    "{n}",
    "FT {yy}/{n}",
    "{year}{month}-{n:03}",
    "收据{year}年{n:05}号",
    "{n:06}",
]


@pytest.mark.parametrize(
    ("pattern", "count", "text", "within"),
    [
        ("Q-{year}-{n:04}", 7, "Q-2026-0007", "2026"),
        ("Q-{year}-{n:04}", 12345, "Q-2026-12345", "2026"),
        ("FT {yy}/{n}", 7, "FT 26/7", "2026"),
        ("{year}{month}-{n:03}", 7, "202605-007", "2026-05"),
        ("{n:06}", 7, "000007", ""),
        ("收据{year}年{n:05}号", 7, "收据2026年00007号", "2026"),
    ],
)
def test_written(pattern: str, count: int, text: str, within: str) -> None:
    check(pattern)
    assert written(pattern, count, DAY) == text
    assert scope(pattern, DAY) == within


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("", "counter"), ("Q-{year}", "counter"), ("{n}-{n}", "counter"), ("{n}{n:04}", "counter"),
        ("{day}-{n}", "field"), ("{n:4}", "field"), ("{n:00}", "field"), ("{}{n}", "field"),
        ("Q-{n", "braces"), ("{n}}", "braces"), ("x" * 61 + "{n}", "long"),
        ("{month}-{n}", "month"), ("Q1{n}", "counter"), ("{n}0", "counter"),
        ("{yy}{n}", "counter"), ("{n:04}{yy}", "counter"), ("{n:04}7", "counter"),
    ],
)  # fmt: skip
def test_what_is_no_pattern(pattern: str, wrong: str) -> None:
    with pytest.raises(PatternError) as raised:
        check(pattern)
    assert raised.value.wrong == wrong


@given(
    st.sampled_from(GOOD),
    st.tuples(st.integers(1, 99_999), st.dates(date(2000, 1, 1), date(2099, 12, 31))),
    st.tuples(st.integers(1, 99_999), st.dates(date(2000, 1, 1), date(2099, 12, 31))),
)
def test_no_number_comes_twice(
    pattern: str, one: tuple[int, date], other: tuple[int, date]
) -> None:
    check(pattern)
    same = (one[0], scope(pattern, one[1])) == (other[0], scope(pattern, other[1]))
    assert (written(pattern, *one) == written(pattern, *other)) == same


@pytest.mark.parametrize("count", [0, -1, 10**9])
def test_what_is_no_count(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        written("{n}", count, DAY)
