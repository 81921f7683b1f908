"""Days of birth as their cells have them, of the sun's calendar and of the moon's."""

from __future__ import annotations

import re

from crm_desktop.bridge.values.date_columns import date_problem
from crm_desktop.bridge.values.dates import is_no_date, read_date, read_when
from crm_desktop.bridge.values.daywords import is_lunar, month_of, without_solar_mark
from crm_desktop.bridge.values.lunar import read_lunar_birthday
from crm_desktop.bridge.values.text import narrow, tidy_line
from crm_desktop.domain.birthdays import parse
from crm_desktop.i18n import _

Read = tuple[str, str]
_BARE_DAY = re.compile(r"0?([1-9]|[12]\d|3[01])\s*(?:日|号|號|일|st|nd|rd|th|er|[.ºª])?")
_LONGEST_SERIAL = 5  # figures: a day number that has lost its format


def read_birthday(text: str, order: str) -> Read:
    """Read a cell of days of birth.

    Args:
        text: the cell.
        order: how dates in figures are meant, "" for day, month, year.

    Returns:
        ISO text, "" for what means "none"; and what is wrong with it, "" for nothing.
    """
    tidy = tidy_line(text)
    if not tidy or is_no_date(narrow(tidy)):
        return "", ""
    order = order or "DMY"
    read = read_date(tidy, order, birthday=True)
    if read is None:
        when = read_when(tidy, order, birthday=True)
        says_lunar = when is not None and when.part == "lunar"
        if (says_lunar or tidy[:1] == "L") and (lunar := read_lunar_birthday(tidy)):
            return lunar.text, ""
        solar = without_solar_mark(tidy)
        if solar != tidy and (read := read_date(solar, order, birthday=True)):
            return read, ""
        return "", date_problem(when) or _("This is not a possible date.")
    return read, ""


def read_lunar_column(text: str, order: str) -> Read:
    """Read a cell below a header that says that its days are lunar; as `read_birthday` does.

    A cell that names the sun's calendar is solar, as is a day number that has lost its format.
    """
    tidy = tidy_line(text)
    solar = without_solar_mark(tidy) != tidy
    number = tidy.isdecimal() and len(tidy) <= _LONGEST_SERIAL
    if solar or number or is_lunar(tidy):
        return read_birthday(text, order)
    read, problem = read_birthday(text, order)
    if not read:
        lunar = read_lunar_birthday(tidy) if problem else None
        return (lunar.text, "") if lunar else (read, problem)
    lunar = parse(f"L{read}")
    return (lunar.text if lunar else read), ""  # no lunar month has 31 days


def bare_day(text: str) -> int:
    """The day of a month whose name stands elsewhere: "6", "6日", "29."; 0 for what is none."""
    match = _BARE_DAY.fullmatch(narrow(tidy_line(text)))
    return int(match.group(1)) if match else 0


def below_month(text: str, heading: str) -> str:
    """A bare day below the heading of its month as a birthday; the text itself if it is none."""
    day = bare_day(text)
    month = month_of(heading) if day else 0
    found = parse(f"--{month:02d}-{day:02d}") if month else None
    return found.text if found else text
