"""Birthdays as the archive keeps them, of the sun's calendar and of the moon's.

`1984-08-15`; `--08-15` where the year is unknown; `L1984-08-15` and `L--08-15` of the Chinese
calendar, with a `+` behind a day of a leap month. Texts sort and compare as they are.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_STORED = re.compile(r"(L?)(?:(\d{4})-|--)(\d\d)-(\d\d)(\+?)")
_LONGEST_MONTH = 30


class Birthday(NamedTuple):
    """A day of birth.

    Attributes:
        year: None where it is unknown.
        lunar: whether year, month and day are those of the Chinese calendar.
        leap: whether the month is a leap month, of the Chinese calendar alone.
    """

    year: int | None
    month: int
    day: int
    lunar: bool = False
    leap: bool = False

    @property
    def text(self) -> str:
        """As the archive keeps it."""
        year = "--" if self.year is None else f"{self.year:04}-"
        mark, leap = "L" if self.lunar else "", "+" if self.leap else ""
        return f"{mark}{year}{self.month:02}-{self.day:02}{leap}"


def parse(text: str) -> Birthday | None:
    """Read what the archive keeps; None where it is no birthday, or no such day can be."""
    match = _STORED.fullmatch(text)
    if match is None:
        return None
    mark, year, month, day, leap = match.groups()
    found = Birthday(int(year) if year else None, int(month), int(day), bool(mark), bool(leap))
    return found if _is_possible(found) else None


def is_lunar(text: str) -> bool:
    """Whether a birthday that the archive keeps is of the Chinese calendar."""
    return text.startswith("L")


def has_year(text: str) -> bool:
    """Whether a birthday that the archive keeps names its year."""
    return not text.removeprefix("L").startswith("-")


def agree(one: str, other: str) -> bool:
    """Whether two birthdays agree as far as both are known; never those of two calendars."""
    if one == other:
        return True
    if is_lunar(one) != is_lunar(other):
        return False
    one, other = one.removeprefix("L").rstrip("+"), other.removeprefix("L").rstrip("+")
    return one == other if has_year(one) and has_year(other) else one[-5:] == other[-5:]


def differ(one: str, other: str) -> bool:
    """Whether two birthdays cannot be the same; of two calendars nobody can tell."""
    return is_lunar(one) == is_lunar(other) and not agree(one, other)


def _is_possible(found: Birthday) -> bool:
    if found.lunar:
        return 1 <= found.month <= 12 and 1 <= found.day <= _LONGEST_MONTH
    if found.leap:
        return False
    try:
        # A day of February that is there every four years is a birthday.
        date(2000 if found.year is None else found.year, found.month, found.day)
    except ValueError:
        return False
    return True


def chinese_words(lunar: Birthday) -> str:
    """A lunar day as the Chinese write it: 1984年闰十月十五."""
    year = "" if lunar.year is None else f"{lunar.year}年"
    leap = "闰" if lunar.leap else ""
    return f"{year}{leap}{_MONTHS[lunar.month - 1]}月{_day_words(lunar.day)}"


_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_ONES = "一二三四五六七八九十"


def _day_words(day: int) -> str:
    if day <= 10:
        return f"初{_ONES[day - 1]}"
    if day < 20:
        return f"十{_ONES[day - 11]}"
    if day == 20:
        return "二十"
    return "三十" if day == 30 else f"廿{_ONES[day - 21]}"
