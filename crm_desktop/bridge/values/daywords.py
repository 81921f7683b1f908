"""The words of dates: months, weekdays and eras in ten languages, and lunar days."""

from __future__ import annotations

import re
from typing import NamedTuple

from crm_desktop.bridge.values.numerals import chinese_number
from crm_desktop.bridge.values.text import narrow, strip_marks

# English, Portuguese, Spanish, French, German, Italian, Russian; folded by `strip_marks`.
_NAMES = (
    "jan january janeiro enero ene janvier janv januar jaenner janner gennaio gen "
    "январь января янв",
    "feb february fevereiro fev febrero fevrier fevr februar febbraio февраль февраля фев февр",
    "mar march marco marzo mars marz maerz mrz март марта мар",
    "apr april abril abr avril avr aprile апрель апреля апр",
    "may maio mai mayo maggio mag май мая",
    "jun june junho junio juin juni giugno giu июнь июня июн",
    "jul july julho julio juillet juil juli luglio lug июль июля июл",
    "aug august agosto ago aout август августа авг",
    "sep sept september setembro set septiembre septembre settembre сентябрь сентября сен сент",
    "oct october outubro out octubre octobre oktober okt ottobre ott октябрь октября окт",
    "nov november novembro noviembre novembre ноябрь ноября ноя нояб",
    "dec december dezembro dez diciembre dic decembre dezember dicembre декабрь декабря дек",
)
MONTHS: dict[str, int] = {
    strip_marks(name): number
    for number, names in enumerate(_NAMES, start=1)
    for name in names.split()
}
_WEEKDAY_WORDS = (
    "monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri saturday sat "
    "sunday sun segunda-feira segunda terca-feira terca ter quarta-feira quarta qua quinta-feira "
    "quinta qui sexta-feira sexta sabado domingo seg sex sab dom lunes martes miercoles jueves "
    "viernes lun mie jue vie lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag "
    "mittwoch donnerstag freitag samstag sonnabend sonntag lunedi martedi "
    "mercoledi giovedi venerdi "
    "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс"
)
WEEKDAY = re.compile(
    rf"(?:{'|'.join(sorted(map(strip_marks, _WEEKDAY_WORDS.split()), key=len, reverse=True))})"
    r"\.?(?:\s*,\s*|\s+)(?=.*\d)"
)
WEEKDAY_CJK = re.compile(
    r"\s*[(\[]?\s*(?:(?:星期|周|週|禮拜|礼拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일"
    r"|(?<=[(\[])[一二三四五六日月火水木金土월화수목금토일](?=[)\]]))\s*[)\]]?"
)
# The year before the first one of each era.
ERAS = {
    **dict.fromkeys(("民国", "民國", "中華民國", "中华民国", "民"), 1911),
    **{"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867},
    **{"R": 2018, "H": 1988, "S": 1925, "T": 1911, "M": 1867},
}
ERA = re.compile(r"(中[華华]民[国國]|民[国國]|民(?=\s*\d)|令和|平成|昭和|大正|明治)\s*")
ERA_LETTER = re.compile(
    r"([RHSTM])\.?\s*(?=\d{1,2}[./\-年]\d{1,2}[./\-月]\d{1,2}日?$)", re.IGNORECASE
)

# "Janeiro", "março de 2023", "Mar/23", "2023-03", 2024年3月, 三月份; without a day.
_MONTH_NAMED = re.compile(
    r"(?:mes de |month of )?([^\W\d_]{3,})\.?(?:(?: ?[-/,.] ?| (?:de |of |del )?)'?(?:\d{4}|\d\d))?"
)
_MONTH_FIGURES = re.compile(
    r"(?:(?:19|20)\d\d\s*年(?:度)?\s*)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?|"
    r"(?:1[0-2]|0?[1-9])[/.-](?:19|20)\d\d|(?:19|20)\d\d[/.-](?:1[0-2]|0?[1-9])(?:-01)?"
)
_LUNAR_MARK = re.compile(
    r"农历|農曆|农曆|阴历|陰曆|旧历|舊曆|旧暦|음력|\blunar\b|\blunares?\b", re.IGNORECASE
)
# Headers say it of a whole column, "生日（农）" among them; cells of the other calendar say that.
_LUNAR_HEADER = re.compile(
    r"[农農阴陰](?:[历曆暦]|生|[)）\]])|[旧舊][历曆暦]|음력|\blunar(?:es)?\b|\blunari?\b|\blunaires?\b|"
    r"\bmond(?:kalender|geburtstag)|\bлунн",
    re.IGNORECASE,
)
_SOLAR_MARK = re.compile(
    r"(?:[阳陽公西国國新][历曆暦]|양력|\b(?:solar|solare|solaire|gregorian\w*|gr[eé]gor\w*)\b)"
    r"(?:的|生日)?",
    re.IGNORECASE,
)
_LUNAR = re.compile(
    r"(?:(\d{4}|[〇零○一二三四五六七八九]{4}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])\s*年)?\s*"
    r"([闰閏]?)\s*(正|腊|臘|冬|[一二三四五六七八九十]{1,2}|\d{1,2})\s*月\s*"
    r"(初[一二三四五六七八九十]|廿[一二三四五六七八九]?|三十|二?十[一二三四五六七八九]?|\d{1,2})\s*[日号]?"
)
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12}


class Lunar(NamedTuple):
    """A day of the Chinese calendar; `year` as it stands, "" for none."""

    year: str
    month: int
    day: int
    leap: bool


def is_month(text: str) -> bool:
    """Whether a text is a month and nothing else, of some year or of any."""
    bare = strip_marks(narrow(text)).casefold().strip(" .:-–")
    if (named := _MONTH_NAMED.fullmatch(bare)) and named.group(1) in MONTHS:
        return True
    return _MONTH_FIGURES.fullmatch(bare) is not None


def month_of(text: str) -> int:
    """Which month of a year a text names: "JANEIRO", "Mar/23", 三月份, 03/2023; 0 for none."""
    if not is_month(text):
        return 0
    bare = strip_marks(narrow(text)).casefold().strip(" .:-–")
    if (named := _MONTH_NAMED.fullmatch(bare)) and (month := MONTHS.get(named.group(1))):
        return month
    before = re.split(r"\s*月|[/.-](?:19|20)\d\d", bare)[0]
    return _figure(re.split(r"年(?:度)?\s*|(?:19|20)\d\d[/.-]", before)[-1].removesuffix("-01"))


def is_lunar(text: str) -> bool:
    """Whether a text says that it is a day of the Chinese calendar, or can be nothing else."""
    if text.isascii():
        return "lunar" in text.lower() and _LUNAR_MARK.search(text) is not None
    if _LUNAR_MARK.search(text):
        return True
    return (
        any(word in text for word in ("正月", "腊月", "臘月", "冬月", "月初", "月廿", "闰", "閏"))
        and text[-1] not in "日号號"
        and read_lunar(text) is not None
    )


def heads_lunar_days(header: str) -> bool:
    """Whether a header says that all its days are those of the Chinese calendar."""
    return bool(_LUNAR_HEADER.search(header)) and not _SOLAR_MARK.search(header)


def without_solar_mark(text: str) -> str:
    """A day without the word that says that it is the sun's: 阳历8月15日."""
    return _SOLAR_MARK.sub("", text).strip(" :：,，()（）[]")


def read_lunar(text: str) -> Lunar | None:
    """The day that a text such as 农历正月初五 names."""
    bare = _LUNAR_MARK.sub("", text).strip(" :：()（）")
    match = _LUNAR.fullmatch(bare)
    if match is None:
        return None
    year, leap, month, day = match.groups()
    number = _LUNAR_MONTHS.get(month) or _figure(month)
    date = _figure(day.removeprefix("初"))
    if not 1 <= number <= 12 or not 1 <= date <= 30:
        return None
    return Lunar(year or "", number, date, bool(leap))


def _figure(text: str) -> int:
    return int(text) if text.isdecimal() else int(chinese_number(text) or 0)
