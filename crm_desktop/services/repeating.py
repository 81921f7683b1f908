"""When a repeating task is due again, by its RFC 5545 rule."""

from __future__ import annotations

import re
from datetime import datetime, time
from itertools import islice

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.repeats import Every, every_of
from crm_desktop.domain.tasks import Due, Task
from crm_desktop.i18n import _

_COUNT = re.compile(r"(^|;)COUNT=(\d+)", re.IGNORECASE)
# Rules that come round within a day are no tasks; those that never go on would not end.
_FREQUENCY = re.compile(r"(?:^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)", re.IGNORECASE)
_FINER = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=|(?:INTERVAL|COUNT)=(?:-|0+(?:;|$))", re.IGNORECASE)
_LONGEST = 200
# Occurrences that were missed are stepped over; a daily task of ten years has fewer.
_MOST_PASSED = 4_000


def checked_rule(rule: str) -> str:
    """A rule fit to be kept, "" for none.

    Raises:
        UserError: it is none, or finer than days.
    """
    bare = "".join(rule.split()).removeprefix("RRULE:")
    if not bare:
        return ""
    problem = UserError(
        _("“{rule}” is no rule to repeat by. Write it like FREQ=WEEKLY;INTERVAL=2.").format(
            rule=shortened(rule)
        ),
        field="repeat",
    )
    if len(bare) > _LONGEST or not _FREQUENCY.search(bare) or _FINER.search(bare):
        raise problem
    from dateutil.rrule import rrulestr

    try:
        rrulestr(_without_zone(bare), dtstart=datetime(2026, 1, 1))
    except ValueError as error:
        raise problem from error
    return bare.upper()


def next_occurrence(task: Task, now: datetime) -> tuple[Due, str] | None:
    """When a repeating task is due after the occurrence that it stands for.

    The first one after its day that does not lie before today: what was missed for weeks comes
    once, not once a week.

    Args:
        task: with a day and a rule.
        now: by the owner's clock.

    Returns:
        The next day, and the rule that it goes on by; None where the rule has come to its end.
    """
    from dateutil.rrule import rrulestr

    start = datetime.combine(task.due_on or now.date(), task.due_time or time())
    today = datetime.combine(now.date(), time())
    rule = rrulestr(_without_zone(task.repeat), dtstart=start)
    coming = (moment for moment in islice(rule, _MOST_PASSED) if moment > start)
    for passed, moment in enumerate(coming, start=1):
        if moment >= today:
            return Due(moment.date(), task.due_time), _counted_down(task.repeat, passed)
    return None


def _counted_down(rule: str, passed: int) -> str:
    """The same rule for a later first day: what it counts is counted from there."""
    return _COUNT.sub(lambda found: f"{found[1]}COUNT={int(found[2]) - passed}", rule)


_UNTIL_ZONE = re.compile(r"(UNTIL=\d{8}(?:T\d{6})?)Z", re.IGNORECASE)


def _without_zone(rule: str) -> str:
    """The same by the owner's clock, as its days are; others' calendars write UTC."""
    return _UNTIL_ZONE.sub(r"\1", rule)


def repeat_words(rule: str) -> str:
    """A rule as people say it; one of somebody's own as it stands."""
    every = every_of(rule)
    words = {
        Every.NEVER: _("Does not repeat"),
        Every.DAY: _("Every day"),
        Every.WORKDAY: _("Every working day"),
        Every.WEEK: _("Every week"),
        Every.TWO_WEEKS: _("Every two weeks"),
        Every.MONTH: _("Every month"),
        Every.QUARTER: _("Every three months"),
        Every.YEAR: _("Every year"),
    }
    return rule if every is None else words[every]
