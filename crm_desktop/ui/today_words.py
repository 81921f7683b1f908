"""The day's lines in words: what they are about, when, and what a key does with them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.domain.cases import Case, Severity
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.tasks import TaskAction
from crm_desktop.domain.today import (
    DueStep,
    DueTask,
    Expiring,
    Feast,
    FeastKind,
    LatePayment,
    Quiet,
    TodayLine,
    Topic,
)
from crm_desktop.i18n import _, language, ngettext, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui import dues
from crm_desktop.ui import format as say


class Act(StrEnum):
    """What can be done with a line."""

    DONE = "done"
    TOMORROW = "tomorrow"
    WEEK = "week"
    CALL = "call"
    GREET = "greet"
    TASK = "task"
    WRITE = "write"
    OPEN = "open"


KEYS = {
    Act.DONE: "Space",
    Act.TOMORROW: "P",
    Act.WEEK: "W",
    Act.CALL: "L",
    Act.GREET: "G",
    Act.TASK: "T",
    Act.WRITE: "E",
    Act.OPEN: "Enter",
}


def acts_of(line: TodayLine) -> tuple[Act, ...]:
    """What can be done with a line, what is done most often first."""
    if line.topic is Topic.FEASTS:
        return (Act.GREET, Act.CALL, Act.OPEN, Act.DONE, Act.TOMORROW)
    if line.topic is Topic.DOCUMENTS:
        return (Act.TASK, Act.CALL, Act.OPEN, Act.DONE, Act.TOMORROW, Act.WEEK)
    if line.topic in (Topic.PAYMENTS, Topic.STEPS):
        return (Act.OPEN, Act.CALL, Act.DONE, Act.TOMORROW, Act.WEEK)
    if line.topic is Topic.QUIET:
        return (Act.CALL, Act.OPEN, Act.DONE, Act.TOMORROW, Act.WEEK)
    if isinstance(line.subject, DueTask) and line.subject.task.action is not TaskAction.NOTHING:
        return (Act.WRITE, Act.DONE, Act.TOMORROW, Act.OPEN, Act.WEEK)
    with_customer = (Act.CALL,) if line.customer is not None else ()
    return (Act.DONE, Act.TOMORROW, *with_customer, Act.OPEN, Act.WEEK)


def act_text(act: Act, topic: Topic) -> str:
    """What an act is called where it stands."""
    return _act_text(act, topic, language())


@lru_cache(maxsize=256)
def _act_text(act: Act, topic: Topic, _language: str) -> str:
    # Asked for each row of each frame.
    if act is Act.DONE:
        return {
            Topic.PROMISES: pgettext("today", "Kept"),
            Topic.CASES: pgettext("today", "Resolved"),
            Topic.FEASTS: pgettext("today", "Done already"),
            Topic.DOCUMENTS: pgettext("today", "Seen"),
            Topic.QUIET: pgettext("today", "Not now"),
            Topic.PAYMENTS: pgettext("today", "Not now"),
            Topic.STEPS: pgettext("today", "Not now"),
        }.get(topic, pgettext("today", "Done"))
    return {
        Act.TOMORROW: pgettext("today", "Tomorrow"),
        Act.WEEK: pgettext("today", "In a week"),
        Act.CALL: pgettext("today", "Log call"),
        Act.GREET: pgettext("today", "Greet"),
        Act.TASK: pgettext("today", "Make a task"),
        Act.WRITE: pgettext("today", "Write"),
        Act.OPEN: pgettext("today", "Open"),
    }[act]


def key_text(act: Act) -> str:
    """The key as it stands on a keyboard."""
    return {"Space": pgettext("key", "Space"), "Enter": "↵"}.get(KEYS[act], KEYS[act])


def head_text(topic: Topic) -> str:
    """The word of a head."""
    return {
        Topic.OVERDUE: pgettext("tasks", "Overdue"),
        Topic.DUE: pgettext("today", "Due today"),
        Topic.FOLLOW_UPS: pgettext("today", "Follow-ups"),
        Topic.PROMISES: pgettext("today", "Promises"),
        Topic.CASES: pgettext("today", "Open cases"),
        Topic.STEPS: pgettext("today", "Next steps of orders"),
        Topic.PAYMENTS: pgettext("today", "Payments overdue"),
        Topic.FEASTS: pgettext("today", "Birthdays and anniversaries"),
        Topic.DOCUMENTS: pgettext("today", "Documents that expire"),
        Topic.QUIET: pgettext("today", "Gone quiet"),
    }[topic]


class Words(NamedTuple):
    """A line in words.

    Attributes:
        tone: of `when`: `red`, `amber` or "".
    """

    title: str
    detail: str
    when: str = ""
    tone: str = ""

    def spoken(self) -> str:
        """All of it for a screen reader."""
        return ", ".join(part for part in (self.title, self.when, self.detail) if part)


def words_of(line: TodayLine, today: date) -> Words:
    """A line in words.

    Args:
        line: any.
        today: by the owner's clock.
    """
    name = line.customer.name if line.customer is not None else ""
    subject = line.subject
    if isinstance(subject, DueTask):
        return _task(subject, name, today)
    if isinstance(subject, Promise):
        side = _("We owe") if subject.side is Side.WE else _("They owe")
        return Words(subject.text, _joined(name, side), *_due(subject.due_on, today))
    if isinstance(subject, Case):
        bad = _("Urgent") if subject.severity is Severity.HIGH else ""
        promised = _("promised: {what}").format(what=subject.promised) if subject.promised else ""
        detail = _joined(name, bad, promised, subject.owner)
        return Words(subject.subject, detail, *_due(subject.promised_on, today))
    if isinstance(subject, Feast):
        tone = "amber" if subject.day == today else ""
        return Words(name, _feast(subject), dues.day_text(subject.day, today), tone)
    if isinstance(subject, Expiring):
        return _document(subject, name, today)
    if isinstance(subject, LatePayment):
        amount = amounts.money_shown(subject.amount)
        detail = _joined(amount, subject.title, subject.number)
        return Words(name, detail, dues.day_text(subject.since, today), "red")
    if isinstance(subject, DueStep):
        progress = _("{done} of {n}").format(done=subject.done, n=subject.of)
        detail = _joined(name, subject.title, subject.number, progress, subject.step.owner)
        return Words(subject.step.name, detail, *_due(subject.step.due_on, today))
    return _quiet(subject, line, name, today)


def _task(subject: DueTask, name: str, today: date) -> Words:
    task = subject.task
    about = _("after: {text}").format(text=subject.about) if subject.about else ""
    late = task.due_on is not None and task.due_on < today
    detail = _joined(dues.detail_of(task, name), about)
    return Words(
        task.title, detail, dues.due_text(task.due_on, task.due_time, today), "red" if late else ""
    )


def _due(day: date | None, today: date) -> tuple[str, str]:
    if day is None:
        return "", ""
    tone = "red" if day < today else "amber" if day == today else ""
    return dues.day_text(day, today), tone


def _feast(feast: Feast) -> str:
    years = feast.years or 0
    if feast.kind is FeastKind.BIRTHDAY:
        words = _("Birthday")
        if years > 0:
            words = ngettext("Turns {n}", "Turns {n}", years).format(n=years)
        return _("{birthday} · lunar calendar").format(birthday=words) if feast.lunar else words
    if feast.kind is FeastKind.SINCE:
        return ngettext("With you for {n} year", "With you for {n} years", years).format(n=years)
    if years <= 0:
        return feast.field
    counted = ngettext("{n} year", "{n} years", years).format(n=years)
    return f"{feast.field} · {counted}"


def _document(subject: Expiring, name: str, today: date) -> Words:
    days = (subject.last_day - today).days
    if days < 0:
        words = ngettext("Expired {n} day ago", "Expired {n} days ago", -days).format(n=-days)
    elif days == 0:
        words = _("Expires today")
    else:
        words = ngettext("Expires in {n} day", "Expires in {n} days", days).format(n=days)
    last = say.full_date(subject.last_day.year, subject.last_day.month, subject.last_day.day)
    what = subject.kind or subject.name
    detail = _joined(what, subject.number, _("until {day}").format(day=last))
    return Words(name, detail, words, "red" if days <= 7 else "amber")


def _quiet(subject: Quiet, line: TodayLine, name: str, today: date) -> Words:
    stars = "★" * subject.rating
    entries = ngettext("{n} entry", "{n} entries", subject.entries)
    said = _("Last heard of {when}").format(when=_decapitalised(say.ago(subject.last_at, today)))
    organisation = line.customer.organisation if line.customer is not None else ""
    detail = _joined(said, entries.format(n=say.number(subject.entries)), organisation)
    return Words(_joined(name, stars), detail)


def _decapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def ask_for_new(line: TodayLine) -> str:
    """The title of the task that an expiring document makes."""
    subject = line.subject
    if not isinstance(subject, Expiring):
        raise TypeError(line.topic)
    what = subject.kind or subject.name
    return _("Ask for the new document: {document}").format(document=what)
