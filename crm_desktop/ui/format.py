"""Times and sizes as people say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from crm_desktop.i18n import _, language, ngettext

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale


# Qt's own long form has the day of the week, which nobody wants of a birthday.
# Without and with the year.
_SHORT = {
    "en": ("d MMM", "d MMM yyyy"),
    "pt": ("d MMM", "d MMM yyyy"),
    "zh_CN": ("M月d日", "yyyy年M月d日"),
}
_LONG = {
    "en": ("d MMMM", "d MMMM yyyy"),
    "pt": ("d 'de' MMMM", "d 'de' MMMM 'de' yyyy"),
    "zh_CN": ("M月d日", "yyyy年M月d日"),
}


def locale() -> QLocale:
    """Qt's locale for the program's language.

    Imported here: its enumerations of all languages and countries cost the start 30 ms.
    """
    from PySide6.QtCore import QLocale

    return QLocale(language())


def number(value: int) -> str:
    """A whole number with the language's separators."""
    text = f"{value:,}"
    return text.replace(",", ".") if language() == "pt" else text


def local(when: datetime) -> datetime:
    """A time in the computer's own zone; without a zone it is taken as UTC."""
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when.astimezone()


def parse(text: str) -> datetime | None:
    """An ISO time as the archive stores it, None where it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def ago(when: datetime, today: date | None = None) -> str:
    """How long ago, in days, weeks, months, years.

    Args:
        when: the time.
        today: the day it is counted from, today by default.
    """
    days = ((today or datetime.now().astimezone().date()) - local(when).date()).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if days < 7:
        return ngettext("{n} day ago", "{n} days ago", days).format(n=days)
    if days < 31:
        return ngettext("{n} week ago", "{n} weeks ago", days // 7).format(n=days // 7)
    if days < 365:
        months = max(1, days // 30)
        return ngettext("{n} month ago", "{n} months ago", months).format(n=months)
    return ngettext("{n} year ago", "{n} years ago", days // 365).format(n=days // 365)


def clock(when: datetime) -> str:
    """The time of day."""
    return f"{local(when):%H:%M}"


def day(when: datetime) -> str:
    """A day, with its year where that is another one."""
    moment = local(when)
    days = (datetime.now().astimezone().date() - moment.date()).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    known = moment.year != datetime.now().astimezone().year
    from PySide6.QtCore import QDate

    date_ = QDate(moment.year, moment.month, moment.day)
    return locale().toString(date_, _SHORT[language()][known])


def month(year: int, month_: int) -> str:
    """A month with its year."""
    from PySide6.QtCore import QDate

    wanted = "yyyy年M月" if language() == "zh_CN" else "MMMM yyyy"
    return locale().toString(QDate(year, month_, 1), wanted)


def short_date(year: int | None, month: int, day_: int) -> str:
    """The same as `full_date` with the month's short name."""
    from PySide6.QtCore import QDate

    date_ = QDate(year or 2000, month, day_)
    return locale().toString(date_, _SHORT[language()][year is not None])


def full_date(year: int | None, month: int, day_: int) -> str:
    """A date such as a birthday, whose year may be unknown; "" where there is no such day."""
    from PySide6.QtCore import QDate

    date_ = QDate(year or 2000, month, day_)
    return locale().toString(date_, _LONG[language()][year is not None])


_CALLING_CODES_OF_TWO = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
    "64 65 66 81 82 84 86 90 91 92 93 94 95 98".split()
)


_written: Callable[[str], str] | None = None


def write_phones_by(writing: Callable[[str], str] | None) -> None:
    """Say how `phone` writes from now on: as people at home do; None groups by length."""
    global _written
    _written = writing


def phones_by() -> object:
    """What stands for the present way of writing numbers: another one, other texts."""
    return _written


def phone(stored: str) -> str:
    """An E.164 number as lists show it: `912 345 678` at home, `+44 20 7946 0958` abroad.

    Until it is known how people at home write, it is grouped by its length. Anything that is
    not E.164 stays as it is.
    """
    return in_groups(stored) if _written is None else _written(stored)


def in_groups(stored: str) -> str:
    """An E.164 number in groups by its length alone, such as `+351 912 345 678`."""
    digits = stored[1:]
    if (
        stored[:1] != "+"
        or not 7 <= len(digits) <= 15
        or not (digits.isascii() and digits.isdigit())
    ):
        return stored
    if digits[0] in "17":
        code = digits[:1]
    else:
        code = digits[:2] if digits[:2] in _CALLING_CODES_OF_TWO else digits[:3]
    rest = digits[len(code) :]
    if len(rest) == 11:
        groups = [rest[:3], rest[3:7], rest[7:]]
    elif len(rest) == 8:
        groups = [rest[:4], rest[4:]]
    else:
        # By threes; the last group has four digits rather than leave one alone.
        ends = [*range(3, len(rest) - 1, 3), len(rest)]
        groups = [rest[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return " ".join((f"+{code}", *groups))


def moment(when: datetime) -> str:
    """Day and time."""
    return _("{day}, {time}").format(day=day(when), time=clock(when))


def size(count: int) -> str:
    """A file's size."""
    from PySide6.QtCore import QLocale

    digits = 0 if count < 1_000_000 else 1
    return locale().formattedDataSize(count, digits, QLocale.DataSizeFormat.DataSizeSIFormat)
