"""Days and times as people say them of what is to come: "tomorrow 15h", 下周三, "sexta que vem".

Pure: each text is read against a given moment. English, Portuguese and Chinese, mixed as they
come; what is not read here is asked of a library (`due`).
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta

from crm_desktop.bridge.values.dates import DMY, read_date
from crm_desktop.bridge.values.numerals import with_figures
from crm_desktop.bridge.values.text import narrow, strip_marks
from crm_desktop.domain.tasks import Due

_WORDS = {
    **dict.fromkeys("a an one um uma".split(), 1),
    **dict.fromkeys("two dois duas".split(), 2),
    **dict.fromkeys("three tres".split(), 3),
    **dict.fromkeys("four quatro".split(), 4),
    **dict.fromkeys("five cinco".split(), 5),
    **dict.fromkeys("six seis".split(), 6),
    **dict.fromkeys("seven sete".split(), 7),
    **dict.fromkeys("eight oito".split(), 8),
    **dict.fromkeys("nine nove".split(), 9),
    **dict.fromkeys("ten dez".split(), 10),
    **dict.fromkeys("quinze fifteen".split(), 15),
}
# Each unit's length as (months, days, minutes).
_UNITS = {
    **dict.fromkeys("minute minutes min mins minuto minutos 分钟 分鐘".split(), (0, 0, 1)),
    **dict.fromkeys("hour hours hr hrs hora horas 小时 小時 个小时 個小時".split(), (0, 0, 60)),
    **dict.fromkeys("day days dia dias 天 日".split(), (0, 1, 0)),
    **dict.fromkeys(
        "week weeks semana semanas 周 週 星期 礼拜 禮拜 个星期 個星期 个礼拜 個禮拜".split(),
        (0, 7, 0),
    ),
    "fortnight": (0, 14, 0),
    **dict.fromkeys("month months mes meses 月 个月 個月".split(), (1, 0, 0)),
    **dict.fromkeys("year years ano anos 年".split(), (12, 0, 0)),
}
_MOST_YEARS = 20
# Monday first. Short ones are read where somebody fills in a day, never in a sentence.
_WEEKDAYS = (
    "monday segunda-feira segunda",
    "tuesday terca-feira terca",
    "wednesday quarta-feira quarta",
    "thursday quinta-feira quinta",
    "friday sexta-feira sexta",
    "saturday sabado",
    "sunday domingo",
)
_SHORT_WEEKDAYS = ("mon seg", "tue tues ter", "wed qua", "thu thur thurs qui", "fri sex", "sat sab")
_WEEKDAY = {
    word: number
    for number, words in enumerate((*_WEEKDAYS, *_SHORT_WEEKDAYS))
    for word in words.split()
}
_WEEKDAY = {word: number % 7 for word, number in _WEEKDAY.items()} | {"sun": 6, "dom": 6}
_HAN_WEEKDAY = re.compile(r"(?:周|週|星期|礼拜|禮拜)[一二三四五六日天末]")
SHORT = frozenset(" ".join(_SHORT_WEEKDAYS).split()) | {"sun", "dom"}

_NAMED_DAYS = {
    **dict.fromkeys(("today", "hoje", "今天", "今日"), 0),
    **dict.fromkeys(("tomorrow", "tmrw", "amanha", "明天", "明日"), 1),
    **dict.fromkeys(
        ("day after tomorrow", "the day after tomorrow", "depois de amanha", "后天", "後天"), 2
    ),
    **dict.fromkeys(("大后天", "大後天"), 3),
}
# Words of one word that mean a day wherever they stand in a sentence.
CLEAR = frozenset(("today", "hoje", "tomorrow", "tmrw", "amanha"))

_N = r"\d{1,3}|" + "|".join(_WORDS)
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_AFTER = re.compile(
    rf"(?:in|within|em|daqui a|dentro de|de hoje a) (?P<n>{_N}) ?(?P<unit>{_UNIT})"
    rf"|(?P<n2>{_N}) ?(?P<unit2>{_UNIT}) (?:from now|from today|a partir de hoje)"
    rf"|(?P<n3>\d{{1,3}}|半) ?(?P<unit3>{_UNIT})(?:之?[后後]|以[后後])"
)


def is_weekday(text: str) -> bool:
    """Whether a text is the name of a day of the week, whole or cut short: Segunda, Wed., 周三."""
    word = strip_marks(text.strip().rstrip(".")).casefold()
    return word in _WEEKDAY or word in SHORT or _HAN_WEEKDAY.fullmatch(word) is not None


_DAY_NAME = "(?P<day>" + "|".join(sorted(_WEEKDAY, key=len, reverse=True)) + ")"
_WEEKDAY_SAID = re.compile(
    rf"(?:(?:this|next|coming|this coming|proxima?|esta|este|nesta|neste) )?{_DAY_NAME}"
    r"(?: que vem| proxim[ao])?"
)
_CJK_WEEKDAY = re.compile(
    r"(?P<next>下下|下|这|這|本)?个?個?(?:周|週|星期|礼拜|禮拜)(?P<day>[一二三四五六日天1-7])"
)
_CJK_DAY_OF_MONTH = re.compile(r"(?:(?P<next>下|本|这|這)个?個?月)?(?P<day>\d{1,2})[日号號]")
_CJK_MONTH_DAY = re.compile(
    r"(?:(?P<year>明年|后年|後年|今年|\d{4}年))?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号號]?"
)
_DAY_OF_MONTH = re.compile(
    r"(?:dia|the) (?P<day>\d{1,2})(?:st|nd|rd|th|º)?|(?P<nth>\d{1,2})(?:st|nd|rd|th)"
)
_TWO_FIGURES = re.compile(r"(?P<first>\d{1,2})[/.\-](?P<second>\d{1,2})")
_NEXT_WEEK = frozenset(
    ("next week", "proxima semana", "semana que vem", "para a semana", "下周", "下週", "下星期",
     "下个星期", "下個星期", "下礼拜", "下个礼拜", "下禮拜")
)  # fmt: skip
_NEXT_MONTH = frozenset(("next month", "proximo mes", "mes que vem", "下个月", "下個月", "下月"))
_NEXT_YEAR = frozenset(("next year", "proximo ano", "ano que vem", "明年"))
_END_OF_MONTH = frozenset(
    ("end of month", "end of the month", "fim do mes", "final do mes", "fim deste mes", "月底",
     "本月底", "这个月底")
)  # fmt: skip
_END_OF_YEAR = frozenset(("end of year", "end of the year", "fim do ano", "final do ano", "年底"))
_END_OF_WEEK = frozenset(("end of week", "end of the week", "fim da semana", "final da semana"))
_WEEKEND = frozenset(("weekend", "the weekend", "this weekend", "fim de semana", "周末", "週末"))

_LEADING = re.compile(
    r"^(?:(?:on|by|until|till|before|due|due on|for|ate|antes de|na|no|para|em|a|ao|à|@) )+"
)
_BEFORE = re.compile(r"[之以]?前$")
_PARTS_OF_DAY = {
    **dict.fromkeys(
        ("morning", "in the morning", "de manha", "pela manha", "早上", "上午", "早"), 9
    ),
    **dict.fromkeys(("noon", "at noon", "meio-dia", "ao meio-dia", "meio dia", "中午"), 12),
    **dict.fromkeys(("afternoon", "in the afternoon", "a tarde", "de tarde", "下午"), 15),
    **dict.fromkeys(("evening", "in the evening"), 19),
    **dict.fromkeys(("at night", "night", "a noite", "de noite", "晚上", "晚"), 20),
}
# One word for a day and a part of it.
_NIGHTS = {
    "tonight": "today",
    "esta noite": "hoje a noite",
    "今晚": "今天晚上",
    "今早": "今天早上",
    "明晚": "明天晚上",
    "明早": "明天早上",
}
_NIGHT = re.compile("|".join(_NIGHTS))
_EARLY = ("am", "morning", "manha", "早上", "上午", "凌晨", "清晨", "早")
_LATE = ("pm", "afternoon", "evening", "tarde", "noite", "下午", "晚上", "傍晚", "晚")
_CLOCK = re.compile(
    r"(?:at |as |pelas |@ ?)?(?:"
    r"(?P<h>\d{1,2})(?:[:h](?P<m>\d{2})?|[.](?P<m2>\d{2}))(?P<shift> ?[ap]\.?m\.?)?h?"
    r"|(?P<h2>\d{1,2})(?P<shift2> ?[ap]\.?m\.?)"
    r"|(?P<h3>\d{1,2}) (?:horas|hours|o'clock|h))"
    r"(?P<part> (?:in the |da |de )?(?:morning|afternoon|evening|manha|tarde|noite))?"
)
_AT_FIGURE = re.compile(
    r"(?:at|as|pelas|@) ?(?P<h>\d{1,2})(?P<part> (?:da |de )?(?:manha|tarde|noite))?"
)
_CJK_CLOCK = re.compile(
    r"(?P<part>早上|上午|凌晨|清晨|中午|下午|傍晚|晚上|早|晚)?"
    r"(?P<h>\d{1,2})(?:[:：](?P<m>\d{2})|[点點时時](?P<half>半|一刻|三刻|(?P<m2>\d{1,2})分?)?(?:钟|鐘|整)?)"
)
_LONGEST = 60


def read(text: str, now: datetime, order: str) -> Due | None:
    """Read a whole text as a day, a time, or both.

    Args:
        text: as typed, in any of the three languages.
        now: by the owner's clock, without a time zone.
        order: how dates in figures are meant: `dates.DMY`, `MDY` or `YMD`.

    Returns:
        None where the text is anything else. A time alone is of today, or of tomorrow where
        it has passed.
    """
    bare = folded(text)
    if not bare or len(bare) > _LONGEST:
        return None
    if (found := _interval(bare, now)) is not None:
        return found
    bare = _BEFORE.sub("", _LEADING.sub("", bare, count=1))
    if (moment := _time(bare)) is not None:
        return Due(now.date() + timedelta(days=moment <= now.time()), moment)
    if (found := _day_and_time(bare, now, order)) is not None:
        return found
    day = _day(bare, now, order)
    return None if day is None else Due(day)


def folded(text: str) -> str:
    """A text as the words above are written: narrow, without marks, small letters."""
    bare = strip_marks(narrow(text)).casefold().replace("’", "'")
    if bare.strip() == "tonight":
        return "today at night"
    bare = " ".join(bare.replace(",", " ").replace("，", " ").split()).strip(" .;:。；：")
    return _NIGHT.sub(lambda match: _NIGHTS[match.group()], bare)


def _day_and_time(text: str, now: datetime, order: str) -> Due | None:
    """A day before or after a time: at each place where the two may meet, one tries."""
    for cut in range(1, len(text)):
        if text[cut] == " " or _meets(text[cut - 1], text[cut]):
            first, second = text[:cut].strip(), text[cut:].strip()
            for day_text, time_text in ((first, second), (second, first)):
                moment = _time(time_text)
                if moment is None:
                    continue
                day = _day_at(day_text, now, order, moment)
                if day is not None:
                    return Due(day, moment)
    return None


def _day_at(text: str, now: datetime, order: str, moment: time) -> date | None:
    """The day that a text means beside a time: so many days from now, or one that is named."""
    if (found := _interval(text, now)) is not None:
        return found.day if found.time is None else None
    return _day(_LEADING.sub("", text, count=1), now, order, at=moment)


def _meets(before: str, after: str) -> bool:
    """Whether a word may end between two characters that no blank parts."""
    return not before.isascii() or not after.isascii()


# Times.


def _time(text: str) -> time | None:
    if (hour := _PARTS_OF_DAY.get(text)) is not None:
        return time(hour)
    if match := _CLOCK.fullmatch(text):
        hour = int(match["h"] or match["h2"] or match["h3"])
        minute = int(match["m"] or match["m2"] or 0)
        part = match["shift"] or match["shift2"] or match["part"] or ""
        return _made_time(hour, minute, part, vague=match["h3"] is not None)
    if match := _AT_FIGURE.fullmatch(text):
        return _made_time(int(match["h"]), 0, match["part"] or "", vague=True)
    if text.isascii():
        return None
    if match := _CJK_CLOCK.fullmatch(_figures(text)):
        half = match["half"] or ""
        minute = {"半": 30, "一刻": 15, "三刻": 45}.get(half) or int(match["m"] or match["m2"] or 0)
        vague = match["m"] is None
        return _made_time(int(match["h"]), minute, match["part"] or "", vague=vague)
    return None


def _figures(text: str) -> str:
    """Chinese numerals as figures, but those that belong to a word (一刻)."""
    kept = text.replace("一刻", "\0").replace("三刻", "\1")
    return with_figures(kept).replace("\0", "一刻").replace("\1", "三刻")


def _made_time(hour: int, minute: int, part: str, *, vague: bool = False) -> time | None:
    """A time of day; `vague` is "at 3", which nobody in a firm means at night."""
    part = part.strip().replace(".", "")
    late = (
        part[:1] == "p"
        or part.endswith(("afternoon", "evening", "tarde", "noite"))
        or part in _LATE
    )
    early = (part[:1] == "a" and len(part) < 3) or part.endswith("manha") or part in _EARLY
    if late and hour < 12:
        hour += 12
    elif early and hour == 12:
        hour = 0
    elif (part == "中午" and hour < 3) or (vague and not part and 1 <= hour <= 6):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _interval(text: str, now: datetime) -> Due | None:
    """So long from now: by days where the unit is a day or more, else to the minute."""
    match = _AFTER.fullmatch(text if text.isascii() else _figures(text))
    if match is None:
        return None
    said = match["n"] or match["n2"] or match["n3"]
    months, days, minutes = _UNITS[match["unit"] or match["unit2"] or match["unit3"]]
    if said == "半":
        if months == 12:
            return Due(_months_on(now.date(), 6))
        if minutes != 60:
            return None
        said, minutes = "1", 30
    count = _WORDS.get(said) or int(said)
    if minutes:
        moment = now + timedelta(minutes=minutes * count)
        return Due(moment.date(), moment.time().replace(second=0, microsecond=0))
    if months * count > 12 * _MOST_YEARS:
        return None
    return Due(_months_on(now.date(), months * count) + timedelta(days=days * count))


# Days.


def _day(text: str, now: datetime, order: str, *, at: time | None = None) -> date | None:
    """The day that a text means; `at` is the time that goes with it."""
    today = now.date()
    if (days := _NAMED_DAYS.get(text)) is not None:
        return today + timedelta(days=days)
    if match := _WEEKDAY_SAID.fullmatch(text):
        return _coming(today, _WEEKDAY[match["day"]], now, at)
    if (found := _named_end(text, today)) is not None:
        return found
    if not text.isascii():
        found = _cjk_day(text, now, at)
        if found is not None:
            return found
    if match := _DAY_OF_MONTH.fullmatch(text):
        return _this_or_next_month(today, int(match["day"] or match["nth"]))
    if match := _TWO_FIGURES.fullmatch(text):
        first, second = int(match["first"]), int(match["second"])
        month, day = (first, second) if order != DMY else (second, first)
        return _next_time(today, month, day) or _next_time(today, day, month)
    return _dated(text, today, order)


def _named_end(text: str, today: date) -> date | None:
    if text in _NEXT_WEEK:
        return today + timedelta(days=7 - today.weekday())
    if text in _NEXT_MONTH:
        return _months_on(today, 1)
    if text in _NEXT_YEAR:
        return _months_on(today, 12)
    if text in _END_OF_MONTH:
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if text in _END_OF_YEAR:
        return today.replace(month=12, day=31)
    if text in _END_OF_WEEK:
        return today + timedelta(days=(4 - today.weekday()) % 7)
    if text in _WEEKEND:
        return today + timedelta(days=(5 - today.weekday()) % 7)
    return None


def _cjk_day(text: str, now: datetime, at: time | None) -> date | None:
    today = now.date()
    if match := _CJK_WEEKDAY.fullmatch(text):
        number = "一二三四五六日".find(match["day"].replace("天", "日"))
        number = int(match["day"]) - 1 if number < 0 else number
        said = match["next"]
        if said is None:
            return _coming(today, number, now, at)
        weeks = {"下": 1, "下下": 2}.get(said, 0)
        return today + timedelta(days=7 * weeks + number - today.weekday())
    figures = _figures(text)
    if match := _CJK_MONTH_DAY.fullmatch(figures):
        month, day, said = int(match["month"]), int(match["day"]), match["year"]
        if said is None:
            return _next_time(today, month, day)
        ahead = {"今年": 0, "明年": 1}.get(said, 2)
        year = int(said[:4]) if said[:4].isdecimal() else today.year + ahead
        return _exact(year, month, day)
    if match := _CJK_DAY_OF_MONTH.fullmatch(figures):
        if match["next"] is None:
            return _this_or_next_month(today, int(match["day"]))
        first = _months_on(today.replace(day=1), int(match["next"] == "下"))
        return _exact(first.year, first.month, int(match["day"]))
    return None


def _dated(text: str, today: date, order: str) -> date | None:
    """A date as sheets have them, with its year or without."""
    if text.isdecimal() and len(text) != 8:  # a number is no day, whatever spreadsheets think
        return None
    if (whole := read_date(text, order)) is not None:
        return date.fromisoformat(whole)
    said = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b|\bdia\b|\bthe\b", " ", text)
    yearless = read_date(" ".join(said.split()), order, birthday=True)
    if yearless is None or not yearless.startswith("--"):
        return None
    return _next_time(today, int(yearless[2:4]), int(yearless[5:]))


def _coming(today: date, weekday: int, now: datetime, at: time | None) -> date:
    """The next such day of the week; today only for a time that is still to come."""
    days = (weekday - today.weekday()) % 7
    if days == 0 and (at is None or at <= now.time()):
        days = 7
    return today + timedelta(days=days)


def _this_or_next_month(today: date, day: int) -> date | None:
    for months in range(3):
        first = _months_on(today.replace(day=1), months)
        found = _exact(first.year, first.month, day)
        if found is not None and found >= today:
            return found
    return None


def _next_time(today: date, month: int, day: int) -> date | None:
    """The next such day of a year; 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        found = _exact(year, month, day)
        if found is not None and found >= today:
            return found
    return None


def _exact(year: int, month: int, day: int) -> date | None:
    """A day of the calendar, None for 31 February."""
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return date(year, month, day) if exists else None


def _months_on(day: date, months: int) -> date:
    """The same day some months on, or the last one of a shorter month."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
