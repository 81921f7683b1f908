"""What the day asks for, and putting a line of it aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId, InteractionKind
from crm_desktop.domain.documents import crossed
from crm_desktop.domain.tasks import Task
from crm_desktop.domain.today import (
    COMING,
    EXPIRED_SINCE,
    LATE_PAUSE,
    PRESSING,
    PROMISES_AHEAD,
    QUIET_PAUSE,
    ROUND_YEARS,
    STEPS_AHEAD,
    DueStep,
    DueTask,
    Expiring,
    Feast,
    LatePayment,
    Section,
    Subject,
    TodayLine,
    Topic,
    key_of,
)
from crm_desktop.i18n import _
from crm_desktop.services import feasts, inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.tasks import TaskService
from crm_desktop.store import lists, processes, settings, timeline, today
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import TASKS
from crm_desktop.store.today import Scope

Limits = Mapping[Topic, int]
NO_LIMITS: Limits = {}
FIRST = 6
_ASIDE = "today.aside."


class TodayService:
    """The day's list of one archive.

    What is put aside stands in the archive's settings, a row each, so that Undo brings it back
    and another computer knows of it.
    """

    def __init__(self, archive: Archive, settings_: SettingsService, tasks: TaskService) -> None:
        """Prepare; it is the tasks' clock that tells which day it is."""
        self._archive = archive
        self._settings = settings_
        self._tasks = tasks

    def clock(self) -> datetime:
        """The time by the owner's clock, without a zone."""
        return self._tasks.clock()

    # Reading

    def pressing(self, *, owner: str = "", limits: Limits = NO_LIMITS) -> list[Section]:
        """What is due and open; indexes answer it at once, however large the archive is."""
        return self.sections(PRESSING, owner=owner, limits=limits)

    def coming(self, *, owner: str = "", limits: Limits = NO_LIMITS) -> list[Section]:
        """Whom to think of; takes a look at all customers."""
        return self.sections(COMING, owner=owner, limits=limits)

    def sections(
        self, topics: Sequence[Topic], *, owner: str = "", limits: Limits = NO_LIMITS
    ) -> list[Section]:
        """The first lines under some heads; those without any are left out.

        Args:
            topics: the heads.
            owner: whose lines, "" for everybody's.
            limits: at most so many lines of a head, a few of the others.
        """
        now = self.clock()
        with self._archive.reading() as c:
            aside = _aside(c, now.date())
            found = [
                self._read(c, topic, now, _scope(aside, topic, owner, limits.get(topic, FIRST)))
                for topic in topics
            ]
            numbers = {_customer_of(s) for subjects, _total in found for s in subjects}
            rows = {row.id: row for row in lists.rows(c, [n for n in numbers if n is not None])}
        made = []
        for topic, (subjects, total) in zip(topics, found, strict=True):
            lines = []
            for subject in subjects:
                number = _customer_of(subject)
                customer = None if number is None else rows.get(number)
                lines.append(TodayLine(topic, subject, key_of(topic, subject), customer))
            if lines:
                made.append(Section(topic, lines, max(total, len(lines))))
        return made

    def is_new(self) -> bool:
        """Whether the archive has neither customers nor tasks, done or not."""
        with self._archive.reading() as c:
            return today.is_empty(c)

    def newly_expiring(self, after: date) -> list[Expiring]:
        """Documents that came to one of their thresholds after a day, until today."""
        day, warnings = self.clock().date(), self._settings.warnings()
        with self._archive.reading() as c:
            found, _total = today.expiring(c, warnings, day, Scope(limit=_MOST_TOLD))
        return [
            one
            for one in found
            if crossed(one.last_day, (*warnings.of(one.kind), -1), after, day) is not None
        ]

    def _read(
        self, c: Connection, topic: Topic, now: datetime, scope: Scope
    ) -> tuple[Sequence[Subject], int]:
        day = now.date()
        if topic in (Topic.OVERDUE, Topic.DUE, Topic.FOLLOW_UPS):
            return today.tasks(c, topic, day, f"{now:%H:%M}", scope)
        if topic is Topic.PROMISES:
            return today.promises(c, day + timedelta(days=PROMISES_AHEAD), scope)
        if topic is Topic.CASES:
            return today.cases(c, scope)
        if topic is Topic.STEPS:
            aside = [int(key) for key in scope.aside]
            return processes.coming(
                c,
                day + timedelta(days=STEPS_AHEAD),
                owner=scope.owner,
                aside=aside,
                limit=scope.limit,
            )
        if topic is Topic.PAYMENTS:
            return today.late_payments(c, day, scope)
        if topic is Topic.FEASTS:
            return _feasts(c, day, scope)
        if topic is Topic.DOCUMENTS:
            return today.expiring(c, self._settings.warnings(), day, scope)
        return today.quiet(c, day, self._settings.quiet_months(), scope)

    # Changing

    def put_aside(self, line: TodayLine, *, days: int) -> StepId:
        """Leave a line out of the day's list for some days.

        Args:
            line: one with a key.
            days: from today on; 0 until there is something new to say of it.
        """
        day = self.clock().date()
        until = day + timedelta(days=days) if days else self._over(line.subject, day)
        # Nobody's name: the step touches no row of a customer's, so that his erasing would miss it.
        name = _("Put a line of Today aside")
        return self._write(name, lambda c: _put_aside(c, line.key, until, day))

    def greet(self, line: TodayLine, text: str, kind: InteractionKind) -> StepId:
        """Note in which way somebody was greeted; he is left out until the feast comes again."""
        subject, day = line.subject, self.clock().date()
        if not isinstance(subject, Feast):
            raise TypeError(line.topic)
        until = self._over(subject, day)

        def act(c: Connection) -> None:
            timeline.add(c, subject.customer_id, kind, inputs.long_text(text, "text"))
            _put_aside(c, line.key, until, day)

        return self._write(_("Greet {name}").format(name=_name(line)), act)

    def ask_for_new(self, line: TodayLine, title: str, *, days: int = 7) -> StepId:
        """Make a task of an expiring document, and leave the document out meanwhile."""
        subject, day = line.subject, self.clock().date()
        if not isinstance(subject, Expiring):
            raise TypeError(line.topic)
        task = Task(
            inputs.line(title, "title"),
            subject.customer_id,
            due_on=day + timedelta(days=days),
            created_at=datetime.now().astimezone(),
        )

        def act(c: Connection) -> None:
            TASKS.insert(c, task)
            _put_aside(c, line.key, day + timedelta(days=30), day)

        return self._write(_("New task “{task}”").format(task=task.title), act)

    def _over(self, subject: Subject, day: date) -> date:
        """From which day on there is something new to say of a line."""
        if isinstance(subject, Feast):
            return subject.day + timedelta(days=1)
        if isinstance(subject, Expiring):
            days = (*self._settings.warnings().of(subject.kind), -1)
            coming = [subject.last_day - timedelta(days=n) for n in days]
            later = [one for one in coming if one > day]
            return min(later, default=day + timedelta(days=EXPIRED_SINCE + 1))
        if isinstance(subject, LatePayment | DueStep):
            return day + timedelta(days=LATE_PAUSE)
        return day + timedelta(days=QUIET_PAUSE)

    def _write(self, name: str, act: Callable[[Connection], None]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


_MOST_TOLD = 1000


def _feasts(c: Connection, day: date, scope: Scope) -> tuple[list[Feast], int]:
    """Birthdays and anniversaries, each kind by itself, then all by their days."""
    solar = feasts.solar_keys(day)
    keys = {**solar, **feasts.lunar_keys(day)}
    born, total = today.birthdays(c, keys, _of_kind(scope, "birthday."))
    found = [feasts.birthday(one) for one in born]
    known, more = today.with_us(c, solar, ROUND_YEARS, _of_kind(scope, "since."))
    found += [feasts.anniversary(one) for one in known]
    total += more
    for number, name in feasts.yearly(today.date_fields(c)):
        own, more = today.of_field(c, number, solar, _of_kind(scope, f"field.{name}"))
        found += [feasts.anniversary(one, name) for one in own]
        total += more
    return feasts.in_order(found)[: scope.limit], total


def _of_kind(scope: Scope, kind: str) -> Scope:
    """What was put aside of one kind of feast: the customers' numbers behind its name."""
    numbers = [
        number
        for key in scope.aside
        for head, _dot, number in [key.rpartition(".")]
        if head == kind and number.isdecimal()
    ]
    return scope._replace(aside=numbers)


def _scope(aside: dict[str, date], topic: Topic, owner: str, limit: int) -> Scope:
    prefix = f"{topic}."
    keys = [key.removeprefix(prefix) for key in aside if key.startswith(prefix)]
    return Scope(owner, limit, keys)


def _aside(c: Connection, day: date) -> dict[str, date]:
    """What is put aside on a day, and until when."""
    kept = settings.beginning(c, _ASIDE)
    until = {key: date.fromisoformat(text) for key, text in kept.items()}
    return {key: last for key, last in until.items() if last > day}


def _put_aside(c: Connection, key: str, until: date, day: date) -> None:
    for old, text in settings.beginning(c, _ASIDE).items():
        if date.fromisoformat(text) <= day:
            settings.delete(c, f"{_ASIDE}{old}")
    settings.put_anew(c, f"{_ASIDE}{key}", until.isoformat())


def _customer_of(subject: Subject) -> CustomerId | None:
    return subject.task.customer_id if isinstance(subject, DueTask) else subject.customer_id


def _name(line: TodayLine) -> str:
    return line.customer.name if line.customer is not None else ""
