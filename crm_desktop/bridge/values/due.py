"""When something is due, from what somebody typed into a field or a line.

Our own words come first (`duewords`): of "amanhã 15h", "sexta-feira às 10h" or 下周三 the library
makes something else or nothing. What they do not know, such as "in one month and three days" or
"two weeks", is asked of dateparser, whose answer has to make sense.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from crm_desktop.bridge.values import duewords
from crm_desktop.domain.tasks import Due

# The program's languages in the library's names.
_LANGUAGES = {"en": ["en"], "pt": ["pt", "en"], "zh_CN": ["zh", "en"]}
_LONGEST = 60
# A time of day that our own words did not take is none; the library would count hours from now.
_CLOCK = re.compile(r"\d\s*[:：点點时時]|\d+\s?h\b")
_FARTHEST = timedelta(days=20 * 366)


def read_due(text: str, now: datetime, order: str, language: str) -> Due | None:
    """Read a whole text as a day, a time, or both.

    Args:
        text: as typed.
        now: by the owner's clock, without a time zone.
        order: how dates in figures are meant: `dates.DMY`, `MDY` or `YMD`.
        language: the program's.

    Returns:
        None where it is none.
    """
    found = duewords.read(text, now, order)
    if found is not None or len(text) > _LONGEST:
        return found
    if not any(c.isalpha() for c in text) or _CLOCK.search(text):
        return None
    return _by_library(text, now, order, language)


def _by_library(text: str, now: datetime, order: str, language: str) -> Due | None:
    # Late: it takes half a second to import.
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": now,
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": order,
        "RETURN_TIME_AS_PERIOD": True,
        "REQUIRE_PARTS": ["day"],
    }
    parser = DateDataParser(languages=_LANGUAGES.get(language, ["en"]), settings=settings)
    found = parser.get_date_data(duewords.folded(text))
    moment = found.date_obj
    if moment is None or not now.date() <= moment.date() <= (now + _FARTHEST).date():
        return None
    timed = found.period == "time"
    return Due(moment.date(), moment.time().replace(second=0, microsecond=0) if timed else None)
