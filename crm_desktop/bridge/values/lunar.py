"""Days of the Chinese calendar on the sun's, and how people write them.

`cnlunar` holds how long each lunar month from 1901 to 2099 was or will be. Its converter goes
the other way round, so that only its tables are taken. (`lunardate`, the other one, is licensed
so that it cannot be shipped with us, and begins three months of the last century a day late.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crm_desktop.bridge.values.daywords import read_lunar
from crm_desktop.domain.birthdays import Birthday, parse

FIRST_YEAR, LAST_YEAR = 1901, 2099
_IN_FIGURES = re.compile(
    r"(?:lunar|lunares?|l)?\s*(?:(\d{4})[-/.]|--)?(\d{1,2})[-/.](\d{1,2})(\+?)\s*(?:lunar)?",
    re.IGNORECASE,
)
_MARK = re.compile(r"农历|農曆|农曆|阴历|陰曆|旧历|舊曆", re.IGNORECASE)
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def read_lunar_birthday(text: str) -> Birthday | None:
    """Read 农历八月十五, `lunar 1984-08-15`, `L--08-15`; None where it is no such day.

    Args:
        text: one that says that it is lunar.
    """
    if stored := parse(text):
        return stored if stored.lunar else None
    if found := read_lunar(text):
        if not found.year:
            return Birthday(None, found.month, found.day, True, found.leap)
        year = found.year.translate(_FIGURES)
        # 甲子 comes again every sixty years: it is no year.
        return (
            Birthday(int(year), found.month, found.day, True, found.leap)
            if year.isdecimal()
            else None
        )
    match = _IN_FIGURES.fullmatch(_MARK.sub("", text).strip(" :：()（）"))
    if match is None:
        return None
    figures, month, day, leap = match.groups()
    typed = Birthday(int(figures) if figures else None, int(month), int(day), True, bool(leap))
    return parse(typed.text)


def solar_day(lunar: Birthday) -> date | None:
    """The day on which a lunar day of a known year fell; None where there was none."""
    if lunar.year is None:
        return None
    for month, leap, first, length in _months(lunar.year):
        if (month, leap) == (lunar.month, lunar.leap) and lunar.day <= length:
            return first + timedelta(days=lunar.day - 1)
    return None


def solar_days(lunar: Birthday, year: int) -> list[date]:
    """On which days of a solar year a lunar birthday is kept: one, seldom none or two.

    In a year without that leap month the month itself counts, in a short month its last day.
    """
    return [
        day
        for lunar_year in (year - 1, year)
        if (day := _kept_in(lunar, lunar_year)) is not None and day.year == year
    ]


def lunar_year(day: date) -> int:
    """In which year of the Chinese calendar a day lies; the years are those of `_months`."""
    first = next(_months(day.year), None)
    return day.year if first is None or day >= first[2] else day.year - 1


def _kept_in(lunar: Birthday, year: int) -> date | None:
    best: date | None = None
    for month, leap, first, length in _months(year):
        if month == lunar.month and (not leap or lunar.leap):
            best = first + timedelta(days=min(lunar.day, length) - 1)
    return best


def _months(year: int) -> Iterator[tuple[int, bool, date, int]]:
    """Number, whether it is a leap month, first day and length of the months of a lunar year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return
    from cnlunar.config import (
        LEAPMONTH_NUM_BIT,
        MONTH_DAY_BIT,
        START_YEAR,
        lunarMonthData,
        lunarNewYearList,
    )

    new_year, lengths = lunarNewYearList[year - START_YEAR], lunarMonthData[year - START_YEAR]
    first = date(year, (new_year >> 5) & 0x3, new_year & 0x1F)
    leap_month = (lengths >> LEAPMONTH_NUM_BIT) & 0xF
    for month in range(1, 13):
        for leap in (False, True) if month == leap_month else (False,):
            length = 30 if (lengths >> (MONTH_DAY_BIT if leap else month - 1)) & 1 else 29
            yield month, leap, first, length
            first += timedelta(days=length)
