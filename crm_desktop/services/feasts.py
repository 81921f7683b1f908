"""Which days of a year are whose: birthdays of both calendars, anniversaries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from crm_desktop.domain import birthdays
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.today import DAYS_AHEAD, Feast, FeastKind
from crm_desktop.store.search.fold import fold
from crm_desktop.store.today import Birth, Dated

_LEAP_DAY = "02-29"
# Fields of the owner's own whose days come again every year, by a word of their names.
_YEARLY = (
    *("anniversary", "birthday", "wedding", "since", "name day", "born", "founded"),
    *("aniversario", "casamento", "bodas", "nascimento", "desde", "fundacao"),
    *(
        "纪念",
        "紀念",
        "生日",
        "结婚",
        "結婚",
        "婚期",
        "成立",
        "建厂",
        "周年",
        "週年",
        "诞辰",
        "起始",
    ),
)
_DATE = re.compile(r"(?:(\d{4})|-)-(\d\d)-(\d\d)")


def solar_keys(today: date, days: int = DAYS_AHEAD) -> dict[str, date]:
    """Month and day of today and so many days after it, with the day each is kept on.

    Who is born on 29 February is congratulated on the 28th in other years.
    """
    kept: dict[str, date] = {}
    for ahead in range(days + 1):
        day = today + timedelta(days=ahead)
        kept[f"{day:%m-%d}"] = day
        if (day.month, day.day) == (2, 28) and not _is_leap(day.year):
            kept[_LEAP_DAY] = day
    return kept


@lru_cache(maxsize=4)
def lunar_keys(today: date, days: int = DAYS_AHEAD) -> Mapping[str, date]:
    """The same of the Chinese calendar, with an L before each: on this year's solar days.

    A day of a leap month is kept in the month itself where there is no such one, the thirtieth
    of a short month on its last day.
    """
    from crm_desktop.bridge.values.lunar import solar_days

    last = today + timedelta(days=days)
    kept = {}
    for month in range(1, 13):
        for day in range(1, 31):
            for leap in (False, True):
                lunar = Birthday(None, month, day, True, leap)
                for year in {today.year, last.year}:
                    for found in solar_days(lunar, year):
                        if today <= found <= last:
                            kept[lunar.text.replace("--", "")] = found
    return kept


def birthday(found: Birth) -> Feast:
    """A birthday with the age that is reached."""
    born = birthdays.parse(found.birthday)
    years = None
    if born is not None and born.year is not None:
        if born.lunar:
            from crm_desktop.bridge.values.lunar import lunar_year

            years = lunar_year(found.day) - born.year
        else:
            years = found.day.year - born.year
    lunar = born is not None and born.lunar
    return Feast(found.customer, FeastKind.BIRTHDAY, found.day, years, lunar=lunar)


def anniversary(found: Dated, field: str = "") -> Feast:
    """An anniversary with its years, where the year is known; `field` names what has the day."""
    match = _DATE.match(found.text)
    year = match[1] if match else None
    years = found.day.year - int(year) if year else None
    kind = FeastKind.FIELD if field else FeastKind.SINCE
    return Feast(found.customer, kind, found.day, years, field)


def yearly(fields: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Those fields, number and name, whose days come again every year."""
    for number, name in fields:
        folded = fold(name)
        if any(word in folded for word in _YEARLY):
            yield number, name


def in_order(found: list[Feast]) -> list[Feast]:
    """By day; birthdays before others."""
    kinds = list(FeastKind)
    return sorted(found, key=lambda one: (one.day, kinds.index(one.kind)))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
