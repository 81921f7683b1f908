"""Lunar days against days that everybody knows."""

from __future__ import annotations

from datetime import date

import pytest

from crm_desktop.bridge.values.lunar import (
    read_lunar_birthday,
    solar_day,
    solar_days,
)
from crm_desktop.domain.birthdays import Birthday, chinese_words, parse

NEW_YEARS = {
    1984: (2, 2), 1990: (1, 27), 2000: (2, 5), 2008: (2, 7), 2020: (1, 25), 2021: (2, 12),
    2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2033: (1, 31), 2050: (1, 23),
}  # fmt: skip
MID_AUTUMNS = {1978: (9, 17), 2006: (10, 6), 2017: (10, 4), 2024: (9, 17), 2025: (10, 6)}


def test_new_years_and_feasts() -> None:
    for year, day in NEW_YEARS.items():
        assert solar_day(Birthday(year, 1, 1, True)) == date(year, *day)
    for year, day in MID_AUTUMNS.items():
        assert solar_day(Birthday(year, 8, 15, True)) == date(year, *day)


@pytest.mark.parametrize(
    ("lunar", "solar"),
    [
        # New moons minutes after midnight in Beijing: where tables differ.
        ("L1933-06-01", date(1933, 7, 23)),
        ("L1954-11-01", date(1954, 11, 25)),
        ("L1978-08-01", date(1978, 9, 3)),
        # Leap months: of 2020 the fourth, of 2023 the second, of 2025 the sixth.
        ("L2020-04-01", date(2020, 4, 23)),
        ("L2020-04-01+", date(2020, 5, 23)),
        ("L2023-02-01+", date(2023, 3, 22)),
        ("L2025-06-01+", date(2025, 7, 25)),
        ("L1976-08-08+", date(1976, 10, 1)),
        ("L2022-04-01+", None),
        ("L1850-01-01", None),
        ("L2004-01-30", None),
    ],
)
def test_days_of_known_years(lunar: str, solar: date | None) -> None:
    known = parse(lunar)
    assert known is not None
    assert solar_day(known) == solar


def test_a_birthday_in_another_year() -> None:
    assert solar_days(Birthday(1984, 8, 15, True), 2026) == [date(2026, 9, 25)]
    # The last days of a lunar year fall into the next one of the sun, or twice into one.
    assert solar_days(Birthday(None, 12, 8, True), 2022) == [date(2022, 1, 10), date(2022, 12, 30)]
    assert solar_days(Birthday(None, 12, 8, True), 2023) == []
    # Of a short month the last day; without that leap month the month itself.
    assert solar_days(Birthday(None, 12, 30, True), 2025) == [date(2025, 1, 28)]
    assert solar_days(Birthday(None, 12, 30, True), 2026) == [date(2026, 2, 16)]
    assert solar_days(Birthday(2020, 4, 1, True, leap=True), 2021) == [date(2021, 5, 12)]
    assert solar_days(Birthday(None, 4, 1, True, leap=True), 2020) == [date(2020, 5, 23)]


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("农历八月十五", "L--08-15"),
        ("農曆1984年八月十五", "L1984-08-15"),
        ("一九八四年八月十五", "L1984-08-15"),
        ("农历1984年闰十月初一", "L1984-10-01+"),
        ("lunar 1984-08-15", "L1984-08-15"),
        ("Lunar 8/15", "L--08-15"),
        ("lunar --08-15", "L--08-15"),
        ("L1984-08-15", "L1984-08-15"),
        ("l--08-15", "L--08-15"),
        ("农历 1984-8-15", "L1984-08-15"),
        ("农历甲子年八月十五", None),
        ("lunar 1984-13-40", None),
        ("lunar", None),
        ("1984-08-15", None),
    ],
)
def test_as_people_write_them(text: str, stored: str | None) -> None:
    found = read_lunar_birthday(text)
    assert (found.text if found else None) == stored


def test_chinese_words_come_back() -> None:
    for day in range(1, 31):
        for month in range(1, 13):
            known = Birthday(1984, month, day, True)
            assert read_lunar_birthday(f"农历{chinese_words(known)}") == known
