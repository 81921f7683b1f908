"""Dates as people write them, to ISO.

Whether 3/4/98 is in March or April is decided per column (`date_order`), never per cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from crm_desktop.bridge.books import serial_date
from crm_desktop.bridge.text import narrow, strip_marks

DMY, MDY, YMD = "DMY", "MDY", "YMD"
_MONTH_FIRST = frozenset(("US", "PH", "FM", "MH", "PW", "GU", "PR"))
_YEAR_FIRST = frozenset(("CN", "TW", "HK", "MO", "JP", "KR", "KP", "HU", "LT", "MN"))

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[ap]\.?m\.?)?)?"
_THREE = re.compile(
    rf"(\d{{1,4}})\s*[./\-\s]\s*(\d{{1,2}})\s*[./\-\s]\s*(\d{{1,4}})\.?{_TIME}", re.I
)
_TWO = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{1,2})\.?")
_CJK = re.compile(rf"(\d{{2,4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号號]?{_TIME}")
_CJK_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?")
_DAY_NAME = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|º|°|\.)?[\s./\-]*(?:de\s+|"
    rf"of\s+)?([a-z]{{3,}})\.?[\s,./\-]*(?:de\s+|del\s+)?"
    rf"'?(\d{{4}}|\d{{2}})?{_TIME}",
    re.I,
)
_NAME_DAY = re.compile(
    rf"([a-z]{{3,}})\.?[\s./\-]*(\d{{1,2}})(?:st|nd|rd|th)?(?:[\s,./\-]+'?(\d{{4}}|"
    rf"\d{{2}}))?{_TIME}",
    re.I,
)
_COMPACT = re.compile(r"(19|20)\d{6}")
_SERIAL = re.compile(r"\d{3,5}(?:\.\d+)?")
_NO_YEAR = re.compile(r"--(\d{2})-(\d{2})")
_NOTHING = re.compile(r"[0/.\-\s]*")

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "jan january janeiro enero ene janvier janv januar jaenner gennaio gen",
        "feb february fevereiro fev febrero fevrier fevr februar febbraio",
        "mar march marco marzo mars marz maerz mrz",
        "apr april abril abr avril avr aprile",
        "may maio mai mayo maggio mag",
        "jun june junho junio juin juni giugno giu",
        "jul july julho julio juillet juil juli luglio lug",
        "aug august agosto ago aout",
        "sep sept september setembro set septiembre septembre settembre",
        "oct october outubro out octubre octobre oktober okt ottobre ott",
        "nov november novembro noviembre novembre",
        "dec december dezembro dez diciembre dic decembre dezember dicembre",
    ),
    start=1,
):
    for _name in _names.split():
        _MONTHS[_name] = _number


def default_order(country: str, language: str = "") -> str:
    """The order that a country, or else a language, writes day, month and year in figures."""
    if country in _YEAR_FIRST or language[:2] in ("zh", "ja", "ko"):
        return YMD
    return MDY if country in _MONTH_FIRST else DMY


def find_order(texts: Iterable[str], expected: str) -> str:
    """Decide a column's order from its values: a part above 12 is no month.

    Args:
        texts: the column's cells.
        expected: the order that the country or the language suggests.

    Returns:
        "DMY", "MDY" or "YMD"; "" where no value settles it.
    """
    day_first = month_first = year_first = 0
    for text in texts:
        match = _THREE.fullmatch(text)
        if match is None:
            continue
        first, second, third = match.groups()
        if len(first) > 2:
            continue
        if int(first) > 31 and len(third) <= 2:
            year_first += 1
        elif len(third) == 4 or int(third) > 31 or expected != YMD:
            if int(first) > 12 >= int(second):
                day_first += 1
            elif int(second) > 12 >= int(first):
                month_first += 1
    best = max(day_first, month_first, year_first)
    if best == 0:
        return ""
    if best == year_first:
        return YMD
    return DMY if best == day_first else MDY


def read_date(text: str, order: str = DMY, *, birthday: bool = False) -> str | None:
    """Read a date; `YYYY-MM-DD`, or `--MM-DD` for a birthday without its year.

    Args:
        text: the cell's text.
        order: how dates in figures are meant: "DMY", "MDY" or "YMD".
        birthday: years of two figures lie in the past, and the year may be missing.

    Returns:
        None where the text is no date, or one that the calendar does not have.
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return text if _exists(int(year), int(month), int(day), birthday) else None
    return _read_other(narrow(text).strip(), order, birthday)


@lru_cache(maxsize=20_000)
def _read_other(text: str, order: str, birthday: bool) -> str | None:
    if match := _THREE.fullmatch(text):
        return _from_figures(match.group(1), match.group(2), match.group(3), order, birthday)
    if match := _CJK.fullmatch(text):
        return _make(match.group(1), int(match.group(2)), int(match.group(3)), birthday)
    if _COMPACT.fullmatch(text):
        return _make(text[:4], int(text[4:6]), int(text[6:]), birthday)
    plain = strip_marks(text).lower()
    if match := _DAY_NAME.fullmatch(plain):
        day, name, year = match.groups()
        if month := _MONTHS.get(name):
            return _named(year, month, int(day), birthday)
    if match := _NAME_DAY.fullmatch(plain):
        name, day, year = match.groups()
        if month := _MONTHS.get(name):
            return _named(year, month, int(day), birthday)
    if birthday and (match := _NO_YEAR.fullmatch(text) or _CJK_DAY.fullmatch(text)):
        return _without_year(int(match.group(1)), int(match.group(2)))
    if birthday and (match := _TWO.fullmatch(text)):
        first, second = int(match.group(1)), int(match.group(2))
        day, month = (first, second) if order == DMY else (second, first)
        return _without_year(month, day) or _without_year(day, month)
    if _SERIAL.fullmatch(text) and (not birthday or float(text) > 366):
        moment = serial_date(float(text))
        if isinstance(moment, dt.date):
            return _make(str(moment.year), moment.month, moment.day, birthday)
    return None


def is_no_date(text: str) -> bool:
    """Whether a text is what programs put where there is no date: `0/0/00`, `-`, `00-00-0000`."""
    return bool(_NOTHING.fullmatch(text))


def _named(year: str | None, month: int, day: int, birthday: bool) -> str | None:
    if year is None:
        return _without_year(month, day) if birthday else None
    return _make(year, month, day, birthday)


def _from_figures(first: str, second: str, third: str, order: str, birthday: bool) -> str | None:
    if len(first) > 2:
        return _make(first, int(second), int(third), birthday) if len(third) <= 2 else None
    a, b = int(first), int(second)
    if order == YMD and len(third) <= 2:
        found = _make(first, b, int(third), birthday)
        return found or _make(third, b, a, birthday)
    day, month = (b, a) if order == MDY else (a, b)
    return _make(third, month, day, birthday) or _make(third, day, month, birthday)


def _make(year: str, month: int, day: int, birthday: bool) -> str | None:
    number = int(year)
    if len(year) <= 2:
        this = dt.date.today().year % 100
        late = this if birthday else this + 20
        number += 2000 if number <= late else 1900
    elif len(year) == 3:
        return None
    if not _exists(number, month, day, birthday):
        return None
    return f"{number:04d}-{month:02d}-{day:02d}"


def _without_year(month: int, day: int) -> str | None:
    return f"--{month:02d}-{day:02d}" if _exists(2000, month, day, False) else None


def _exists(year: int, month: int, day: int, birthday: bool) -> bool:
    """Whether the calendar has the day, and a birthday lies between 1880 and today."""
    if not 1 <= month <= 12 or not 1 <= day <= 31 or not 1880 <= year <= 2100:
        return False
    if day > 28:
        try:
            dt.date(year, month, day)
        except ValueError:
            return False
    return not birthday or year < _this_year() or dt.date(year, month, day) <= dt.date.today()


@lru_cache(maxsize=1)
def _this_year() -> int:
    return dt.date.today().year
