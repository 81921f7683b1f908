"""Days to come and heads of tasks, as people say them."""

from __future__ import annotations

from datetime import date, datetime, time

from crm_desktop.domain.tasks import Due, Priority, Task, When
from crm_desktop.i18n import _, pgettext
from crm_desktop.services.repeating import repeat_words
from crm_desktop.ui import format as say


def head_text(head: When) -> str:
    """The word of a head that tasks stand under."""
    return {
        When.OVERDUE: pgettext("tasks", "Overdue"),
        When.TODAY: pgettext("tasks", "Today"),
        When.WEEK: pgettext("tasks", "This week"),
        When.LATER: pgettext("tasks", "Later"),
        When.SOMEDAY: pgettext("tasks", "Someday"),
    }[head]


def priority_text(priority: Priority) -> str:
    """How much a task presses, in a word."""
    return {
        Priority.LOW: pgettext("priority", "Low"),
        Priority.NORMAL: pgettext("priority", "Normal"),
        Priority.HIGH: pgettext("priority", "High"),
    }[priority]


def day_text(day: date, today: date) -> str:
    """A day near or far: "Tomorrow", "Fri 27 Nov", "3 Mar 2027"."""
    days = (day - today).days
    near = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}
    if days in near:
        return near[days]
    written = say.short_date(None if day.year == today.year else day.year, day.month, day.day)
    if not 1 < days < 7:
        return written
    from PySide6.QtCore import QLocale

    weekday = say.locale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    return f"{weekday} {written}"


def due_text(day: date | None, at: time | None, today: date) -> str:
    """When something is due; "" for some day."""
    if day is None:
        return ""
    said = day_text(day, today)
    return said if at is None else _("{day}, {time}").format(day=said, time=f"{at:%H:%M}")


def typed_due(day: date | None, at: time | None) -> str:
    """The same as a field has it, to be typed over: `2026-11-24 15:00`."""
    if day is None:
        return ""
    return day.isoformat() if at is None else f"{day.isoformat()} {at:%H:%M}"


def due_of(task: Task, now: datetime) -> str:
    """When a task is due."""
    return due_text(task.due_on, task.due_time, now.date())


def understood(due: Due | None, now: datetime) -> str:
    """What words of time were taken for, with the day of the week; "" for nothing."""
    if due is None:
        return ""
    from PySide6.QtCore import QLocale

    weekday = say.locale().dayName(due.day.isoweekday(), QLocale.FormatType.LongFormat)
    written = say.full_date(due.day.year, due.day.month, due.day.day)
    parts = (weekday, written, f"{due.time:%H:%M}" if due.time else "")
    return ", ".join(part for part in parts if part)


def detail_of(task: Task, customer: str) -> str:
    """The line below a task's title: for whom, who does it, how often."""
    repeat = repeat_words(task.repeat) if task.repeat else ""
    return " · ".join(part for part in (customer, task.owner, repeat) if part)
