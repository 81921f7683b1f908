"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.bridge.values.dates import (
    DMY,
    MDY,
    YMD,
    default_order,
    find_order,
    is_no_date,
    read_date,
)
from crm_desktop.bridge.values.serials import serial_date


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("1980-05-12", DMY, "1980-05-12"),
        ("12/05/1980", DMY, "1980-05-12"),
        ("05/12/1980", MDY, "1980-05-12"),
        ("25/12/1980", MDY, "1980-12-25"),
        ("12.5.80", DMY, "1980-05-12"),
        ("80/5/12", YMD, "1980-05-12"),
        ("1980/5/12", DMY, "1980-05-12"),
        ("1980年5月12日", DMY, "1980-05-12"),
        ("2024年1月5号", DMY, "2024-01-05"),
        ("5-Mar-98", DMY, "1998-03-05"),
        ("5 de março de 1998", DMY, "1998-03-05"),
        ("March 5, 1998", DMY, "1998-03-05"),
        ("5th Mar 1998", DMY, "1998-03-05"),
        ("19800512", DMY, "1980-05-12"),
        ("29353", DMY, "1980-05-12"),
        ("1980-05-12 00:00:00", DMY, "1980-05-12"),
        ("１９８０年５月１２日", DMY, "1980-05-12"),
        ("31/02/1980", DMY, None),
        ("30/02", DMY, None),
        ("depois da Páscoa", DMY, None),
        ("13/13/1980", DMY, None),
    ],
)
def test_dates(text: str, order: str, expected: str | None) -> None:
    assert read_date(text, order) == expected
    assert read_date(text, order, birthday=True) == expected


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("14/07", DMY, "--07-14"),
        ("07/14", MDY, "--07-14"),
        ("5月12日", YMD, "--05-12"),
        ("--05-12", DMY, "--05-12"),
        ("12 May", DMY, "--05-12"),
        ("12/05/2999", DMY, None),
        ("1/1/30", DMY, "1930-01-01"),
    ],
)
def test_birthdays(text: str, order: str, expected: str | None) -> None:
    assert read_date(text, order, birthday=True) == expected


@pytest.mark.parametrize("text", ["0/0/00", "00-00-0000", "-", "0", "//"])
def test_what_stands_for_no_date(text: str) -> None:
    assert is_no_date(text)


def test_order_is_decided_by_the_whole_column() -> None:
    assert find_order(["1/2/1980", "3/4/1990"], DMY) == ""
    assert find_order(["1/2/1980", "13/4/1990"], MDY) == DMY
    assert find_order(["1/2/1980", "4/13/1990"], DMY) == MDY
    assert find_order(["80/2/1", "95/4/13"], YMD) == YMD
    assert default_order("US") == MDY
    assert default_order("PT", "pt") == DMY
    assert default_order("PT", "zh_CN") == YMD


@given(st.dates(dt.date(1900, 3, 1), dt.date(2026, 1, 1)))
def test_every_writing_of_a_day_is_that_day(day: dt.date) -> None:
    iso = day.isoformat()
    assert read_date(f"{day.day}/{day.month}/{day.year}", DMY) == iso
    assert read_date(f"{day.month}-{day.day}-{day.year}", MDY) == iso or day.day <= 12
    assert read_date(f"{day.year}年{day.month}月{day.day}日") == iso
    assert serial_date(float((day - dt.date(1899, 12, 30)).days)) == day
