"""Dates as people write them, to ISO.

Whether 3/4/98 is in March or April is decided per column (`find_order`, and over all values
`date_columns.DateColumn`), never per cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.bridge.values.daywords import (
    ERA,
    ERA_LETTER,
    ERAS,
    MONTHS,
    WEEKDAY,
    WEEKDAY_CJK,
    is_lunar,
)
from crm_desktop.bridge.values.numerals import with_figures
from crm_desktop.bridge.values.serials import serial_date
from crm_desktop.bridge.values.text import narrow, strip_marks

DMY, MDY, YMD = "DMY", "MDY", "YMD"
ROC = "ROC"  # the year first, and counted from 1911: 民国
EARLIEST, LATEST = 1900, 2100
_MONTH_FIRST = frozenset(("US", "PH", "FM", "MH", "PW", "GU", "PR"))
_YEAR_FIRST = frozenset(("CN", "TW", "HK", "MO", "JP", "KR", "KP", "HU", "LT", "MN"))
_LONGEST = 60

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SHIFT = r"[ap]\.?\s?m\.?"
_TIME = re.compile(
    rf"(?:(?<=\d)T|[\s,]+|(?<=[日일號号])\s*)(?:às\s+|as\s+|at\s+|um\s+|à\s+|(上午|下午|晚上|午前|午後|오전|오후)\s*)?"
    rf"(\d{{1,2}})(?:[:：h时時]|시\s*)(\d{{2}})?(?:[:分]|분)?(?:(\d{{2}})(?:[.,]\d+)?秒?)?\s*({_SHIFT})?"
    r"\s*(?:Z|UTC|GMT|Uhr|h|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_THREE = re.compile(r"(\d{1,4})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*'?(\d{1,4})\s*(?:\.|г\.?)?")
_TWO = re.compile(r"(\d{1,4})\s*[./\-]\s*(\d{1,4})\.?")
_CJK = re.compile(r"(?:(\d{1,4})\s*年)?\s*(?:(\d{1,2})\s*月)?\s*(?:(\d{1,2})\s*[日号號]?)?")
_KOREAN = str.maketrans({"년": "年", "월": "月", "일": "日"})
_DAY_NAME = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.?[oae](?=\s)|\.?[º°]|\.)?[\s./\-]*(?:de\s+|of\s+)?([^\W\d_]{3,})\.?"
    r"[\s,./\-]*(?:de\s+|del\s+|do\s+)?'?(\d{4}|\d{2})?(?:\s*г\.?|\s*года)?"
)
_NAME_DAY = re.compile(
    r"([^\W\d_]{3,})\.?[\s./\-]*(\d{1,2})(?:st|nd|rd|th)?(?:[\s,./\-]+'?(\d{4}|\d{2}))?"
)
_NAME_YEAR = re.compile(r"([^\W\d_]{3,})\.?[\s,./\-]*(?:de\s+|del\s+|of\s+)?'?(\d{4})(?:\s*г\.?)?")
_YEAR_NAME = re.compile(r"(\d{4})[\s,./\-]+([^\W\d_]{3,})\.?(?:[\s./\-]+(\d{1,2}))?")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_CLOCK = re.compile(r"\d\s?[:h时時시]", re.IGNORECASE)
_COMPACT = re.compile(r"(?:19|20)\d{6}|\d{4}(?:19|20)\d{2}")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_YEAR = re.compile(r"(\d{4})\s*(?:г\.?|года)?")
_NO_YEAR = re.compile(r"--(\d{2})-(\d{2})")
_NOTHING = re.compile(r"[0/.\-\s]*")
_NONE = re.compile(
    r"[0/.\-\s_—–年月日?？]*|1899-12-3[01](?: 00:00(?::00)?)?|1900-01-00|"
    r"0001-01-01(?: 00:00(?::00)?)?|n\.?/?a\.?|n/d|s/d|null|none|nil|无|無|不详|不詳|未知",
    re.IGNORECASE,
)


class When(NamedTuple):
    """A date as somebody wrote it.

    Attributes:
        text: ISO, as much as there is of it: `1998-03-05`, `--03-05`, `1998-03`, `1998`; for
            a lunar day the text itself.
        part: what there is: "day", "month_day", "month", "year" or "lunar".
        time: `HH:MM:SS`, "" for none and for midnight.
        doubtful: the year lies outside 1900–2100, or the day is lunar.
    """

    text: str
    part: str = "day"
    time: str = ""
    doubtful: bool = False


def default_order(country: str, language: str = "") -> str:
    """The order that a country, or else a language, writes day, month and year in figures."""
    if country in _YEAR_FIRST or language[:2] in ("zh", "ja", "ko"):
        return YMD
    return MDY if country in _MONTH_FIRST else DMY


def known_order(country: str, language: str = "") -> str:
    """`default_order`, but "" where neither tells: English is written in both orders."""
    return default_order(country, language) if country or language[:2] not in ("", "en") else ""


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
        match = three_figures(text)
        if match is None:
            continue
        first, second, third = match
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


def three_figures(text: str) -> tuple[str, str, str] | None:
    """The three figures of a date such as 3/4/98, a time after it left off; None for others."""
    match = _THREE.fullmatch(text)
    if match is None:
        if ":" not in text or (time := _TIME.search(text)) is None:
            return None
        match = _THREE.fullmatch(text[: time.start()])
        if match is None:
            return None
    return match.group(1), match.group(2), match.group(3)


def read_date(text: str, order: str = DMY, *, birthday: bool = False) -> str | None:
    """Read a whole date; `YYYY-MM-DD`, or `--MM-DD` for a birthday without its year.

    Args:
        text: the cell's text.
        order: how dates in figures are meant: "DMY", "MDY", "YMD" or "ROC".
        birthday: years of two figures lie in the past, and the year may be missing.

    Returns:
        None where the text is no date, or one that the calendar does not have.
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return text if _plausible(int(year), int(month), int(day), birthday) else None
    when = read_when(text, order, birthday=birthday)
    if when is None:
        return None
    if when.part == "day":
        year, month, day = when.text.split("-")
        return when.text if _plausible(int(year), int(month), int(day), birthday) else None
    return when.text if birthday and when.part == "month_day" else None


def read_when(
    text: str, order: str = DMY, *, birthday: bool = False, epoch_1904: bool = False
) -> When | None:
    """Read a date, whole or in part, with its time.

    Args:
        text: the cell's text.
        order: how dates in figures are meant: "DMY", "MDY", "YMD" or "ROC".
        birthday: years of two figures lie in the past.
        epoch_1904: spreadsheet's day numbers count from 1904.

    Returns:
        None where the text is no date, or one that the calendar does not have.
    """
    return _read_when(narrow(text).strip(), order, birthday, epoch_1904)


def is_no_date(text: str) -> bool:
    """Whether a text is what programs put where there is no date: `0/0/00`, `-`, `00-00-0000`."""
    return bool(_NOTHING.fullmatch(text))


def says_no_date(text: str) -> bool:
    """Whether a text is `is_no_date` or a word for it: `n/a`, `无`, `?`, Excel's day 0."""
    return bool(_NONE.fullmatch(text))


@lru_cache(maxsize=20_000)
def _read_when(text: str, order: str, birthday: bool, epoch_1904: bool) -> When | None:
    if len(text) > _LONGEST or not text:
        return None
    ascii_only = text.isascii()
    if not ascii_only and is_lunar(text):
        return When(text, "lunar", doubtful=True)
    if ascii_only and not any(c.isdigit() for c in text):
        return None
    if not ascii_only:
        text = WEEKDAY_CJK.sub("", text.translate(_KOREAN)).strip()
        if "月" in text or "年" in text:
            text = with_figures(text.removeprefix("公元").removeprefix("西元"))
    found = _read_day(text, order, birthday)
    if found is None and _CLOCK.search(text) and (match := _TIME.search(text)):
        time = _time(match)
        found = _read_day(text[: match.start()], order, birthday)
        if time is None or found is None or found.part != "day":
            return None
        return found._replace(time="" if time == "00:00:00" else time)
    return found or _from_serial(text, birthday, epoch_1904)


def _read_day(text: str, order: str, birthday: bool) -> When | None:
    """A date without its time."""
    if match := _THREE.fullmatch(text):
        return _from_figures(match.group(1), match.group(2), match.group(3), order, birthday)
    if not text.isascii():
        if match := ERA.match(text):
            return _of_era(ERAS[match.group(1)], text[match.end() :])
        if (match := _CJK.fullmatch(text)) and (match.group(1) or match.group(2)):
            return _from_cjk(match, order, birthday)
    elif order == YMD and (match := ERA_LETTER.match(text)):
        return _of_era(ERAS[match.group(1).upper()], text[match.end() :])
    if _COMPACT.fullmatch(text):
        found = _make(text[:4], text[4:6], text[6:], birthday) if text[:2] in ("19", "20") else None
        if found is None and text[4:6] in ("19", "20"):
            found = _from_figures(text[:2], text[2:4], text[4:], order, birthday)
        return found
    if (match := _YEAR.fullmatch(text)) and EARLIEST <= int(match.group(1)) <= LATEST:
        return When(match.group(1), "year")
    if match := _NO_YEAR.fullmatch(text):
        return _without_year(int(match.group(1)), int(match.group(2)))
    if match := _TWO.fullmatch(text):
        return _from_two(match.group(1), match.group(2), order)
    return _from_names(text, birthday)


def _from_names(text: str, birthday: bool) -> When | None:
    """A date whose month is a word."""
    plain = strip_marks(text).lower()
    if not any(word in MONTHS for word in _WORDS.findall(plain)):
        return None
    if match := WEEKDAY.match(plain):
        plain = plain[match.end() :]
    if (match := _DAY_NAME.fullmatch(plain)) and (month := MONTHS.get(match.group(2))):
        return _named(match.group(3), month, match.group(1), birthday)
    if (match := _NAME_YEAR.fullmatch(plain)) and (month := MONTHS.get(match.group(1))):
        return _year_month(int(match.group(2)), month)
    if (match := _NAME_DAY.fullmatch(plain)) and (month := MONTHS.get(match.group(1))):
        if match.group(3) is None and int(match.group(2)) > 31:
            return _year_month(_whole_year(int(match.group(2)), birthday), month)
        return _named(match.group(3), month, match.group(2), birthday)
    if (match := _YEAR_NAME.fullmatch(plain)) and (month := MONTHS.get(match.group(2))):
        if match.group(3) is None:
            return _year_month(int(match.group(1)), month)
        return _make(match.group(1), month, match.group(3), birthday)
    return None


def _named(year: str | None, month: int, day: str, birthday: bool) -> When | None:
    if year is None:
        return _without_year(month, int(day))
    return _make(year, month, day, birthday)


def _from_cjk(match: re.Match[str], order: str, birthday: bool) -> When | None:
    year, month, day = match.groups()
    if year is None:
        return _without_year(int(month), int(day)) if month and day else None
    if len(year) == 3 or (order == ROC and len(year) < 3):
        year = str(int(year) + ERAS["民国"])
    if month and day:
        return _make(year, month, day, birthday)
    if day or len(year) < 2:
        return None
    number = int(year) if len(year) == 4 else _whole_year(int(year), birthday)
    if month:
        return _year_month(number, int(month))
    return When(f"{number:04d}", "year", doubtful=not EARLIEST <= number <= LATEST)


def _of_era(before: int, rest: str) -> When | None:
    """What follows an era's name: year, month and day, or less."""
    figures = re.findall(r"\d+|元", rest)
    if not 1 <= len(figures) <= 3 or re.search(r"[^\d元年月日号號./\-\s]", rest):
        return None
    year = before + (1 if figures[0] == "元" else int(figures[0]))
    if len(figures) == 1:
        return When(str(year), "year") if EARLIEST <= year <= LATEST else None
    if len(figures) == 2:
        return _year_month(year, int(figures[1]))
    return _make(str(year), figures[1], figures[2], birthday=False)


def _from_figures(first: str, second: str, third: str, order: str, birthday: bool) -> When | None:
    if len(first) > 2 or (order == ROC and len(third) <= 2):
        year = str(int(first) + ERAS["民国"]) if len(first) < 4 else first
        return _make(year, second, third, birthday) if len(third) <= 2 else None
    if len(third) == 3:
        return None
    if order == YMD and len(third) <= 2:
        return _make(first, second, third, birthday) or _make(third, second, first, birthday)
    day, month = (second, first) if order == MDY else (first, second)
    return _make(third, month, day, birthday) or _make(third, day, month, birthday)


def _from_two(first: str, second: str, order: str) -> When | None:
    """Month and day, or month and year: 14/07, 03/1998, 3/98."""
    if len(first) == 4 and len(second) <= 2:
        return _year_month(int(first), int(second))
    if len(second) == 4 and len(first) <= 2:
        return _year_month(int(second), int(first))
    if len(first) > 2 or len(second) > 2:
        return None
    a, b = int(first), int(second)
    if b > 31:
        return _year_month(_whole_year(b, birthday=False), a)
    day, month = (a, b) if order == DMY else (b, a)
    return _without_year(month, day) or _without_year(day, month)


def _from_serial(text: str, birthday: bool, epoch_1904: bool) -> When | None:
    """A spreadsheet's day number that lost its format."""
    if not _SERIAL.fullmatch(text):
        return None
    moment = serial_date(float(text), epoch_1904=epoch_1904)
    if not isinstance(moment, dt.date):
        return None
    found = _make(str(moment.year), moment.month, moment.day, birthday)
    if found is not None and isinstance(moment, dt.datetime):
        return found._replace(time=f"{moment:%H:%M:%S}")
    return found


def _make(year: str, month: int | str, day: int | str, birthday: bool) -> When | None:
    if len(year) == 3:
        return None
    number, months, days = int(year), int(month), int(day)
    if len(year) <= 2:
        number = _whole_year(number, birthday)
        if birthday and number >= _this_year() and not _plausible(number, months, days, birthday):
            number -= 100
    if not 1000 <= number <= 2999 or not _exists(number, months, days):
        return None
    return When(f"{number:04d}-{months:02d}-{days:02d}", doubtful=not EARLIEST <= number <= LATEST)


def _whole_year(year: int, birthday: bool) -> int:
    """Two figures to a year: a birthday's lies in the past, others at most twenty years ahead."""
    late = _this_year() % 100 + (0 if birthday else 20)
    return year + (2000 if year <= late else 1900)


def _without_year(month: int, day: int) -> When | None:
    return When(f"--{month:02d}-{day:02d}", "month_day") if _exists(2000, month, day) else None


def _year_month(year: int, month: int) -> When | None:
    if not 1 <= month <= 12 or not EARLIEST <= year <= LATEST:
        return None
    return When(f"{year:04d}-{month:02d}", "month")


def _time(match: re.Match[str]) -> str | None:
    """The time of day that a text ends with; None where the clock has none such."""
    shift, hour, minute, second, half = match.groups()
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    late = (half or "").lower().startswith("p") or shift in ("下午", "晚上", "午後", "오후")
    if late and hours < 12:
        hours += 12
    elif half and not late and hours == 12:
        hours = 0
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"


def _exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return False
    if day > 28:
        try:
            dt.date(year, month, day)
        except ValueError:
            return False
    return True


def _plausible(year: int, month: int, day: int, birthday: bool) -> bool:
    """Whether the calendar has the day, and a birthday lies between 1880 and today."""
    if not 1880 <= year <= LATEST or not _exists(year, month, day):
        return False
    return not birthday or year < _this_year() or dt.date(year, month, day) <= dt.date.today()


@lru_cache(maxsize=1)
def _this_year() -> int:
    return dt.date.today().year
