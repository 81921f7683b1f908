"""What is to be done: adding, changing, ticking off, putting off, and the lists of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.tasks import (
    Due,
    ListedTask,
    Priority,
    Task,
    TaskId,
    TaskQuery,
    When,
)
from crm_desktop.i18n import _, language
from crm_desktop.services import inputs
from crm_desktop.services.repeating import checked_rule, next_occurrence
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import tasks
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import TASKS


class TaskPage(NamedTuple):
    """The first open tasks under each head, and how many there are of each."""

    heads: dict[When, list[ListedTask]]
    counts: dict[When, int]


class TypedTask(NamedTuple):
    """A line as it is understood: what is to be done, and when."""

    title: str
    due: Due | None


class TaskService:
    """The tasks of one archive. Each change is one step that can be undone."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """Prepare.

        Args:
            archive: the open one.
            settings: of the archive; its country says how 3/4 is meant.
            clock: the time by the owner's clock, without a zone; None for this computer's.
        """
        self._archive = archive
        self._settings = settings
        self.clock = clock or _this_computers

    # Reading

    def get(self, number: TaskId) -> Task:
        """One task.

        Raises:
            UserError: there is none of that number.
        """
        with self._archive.reading() as c:
            return _got(TASKS.get(c, number))

    def page(self, query: TaskQuery) -> list[ListedTask]:
        """Open tasks under one head, after those of the page before."""
        with self._archive.reading() as c:
            return tasks.page(c, query, self._now())

    def first_pages(self, *, owner: str = "", limit: int = 100) -> TaskPage:
        """The first open tasks under each head, with how many there are."""
        now = self._now()
        with self._archive.reading() as c:
            return TaskPage(
                {head: tasks.page(c, TaskQuery(head, owner, limit=limit), now) for head in When},
                tasks.counts(c, owner, now),
            )

    def counts(self, *, owner: str = "") -> dict[When, int]:
        """How many open tasks stand under each head."""
        with self._archive.reading() as c:
            return tasks.counts(c, owner, self._now())

    def of(
        self, customer: CustomerId, *, done: bool = False, limit: int | None = None
    ) -> list[Task]:
        """A customer's open tasks as they are due, or those that are done, newest first."""
        with self._archive.reading() as c:
            return tasks.of(c, customer, done=done, limit=limit)

    def owners(self) -> list[str]:
        """The names of those who have tasks or customers."""
        with self._archive.reading() as c:
            return tasks.owners(c)

    def falling_due(self, after: datetime, until: datetime) -> list[ListedTask]:
        """Open tasks whose time comes after one moment and not after another, to the minute."""
        with self._archive.reading() as c:
            return tasks.falling_due(c, after, until)

    def next_due(self, after: datetime) -> datetime | None:
        """When the next task with a time falls due."""
        with self._archive.reading() as c:
            found = tasks.next_due(c, after)
        if found is None or found.time is None:
            return None
        return datetime.combine(found.day, found.time)

    # Words of time

    def read_due(self, text: str) -> Due | None:
        """A day and a time as typed, None for an empty field.

        Raises:
            UserError: it is neither.
        """
        kept = inputs.tidy(text)
        if not kept:
            return None
        found = self.read_whole(kept)
        if found is None:
            raise UserError(
                _(
                    "“{text}” is no day. Write it like: tomorrow 15h, in 2 weeks, 2030-05-31."
                ).format(text=shortened(kept)),
                field="due",
            )
        return found

    def read_whole(self, text: str) -> Due | None:
        """What a text means as a day and a time and nothing else; None where it is none."""
        from crm_desktop.bridge.values.due import read_due

        return read_due(text, self.clock(), self._order(), language())

    def read_line(self, line: str) -> TypedTask:
        """A line as `add` understands it."""
        from crm_desktop.bridge.values.duelines import split

        return TypedTask(*split(inputs.tidy(line), self.clock(), self._order()))

    def _order(self) -> str:
        from crm_desktop.bridge.values.dates import default_order

        return default_order(self._settings.home_country(), language())

    # Changing

    def add(
        self, line: str, *, customer_id: CustomerId | None = None, owner: str = ""
    ) -> tuple[TaskId, StepId]:
        """Take in a task from a line; words of time in it say when it is due.

        Raises:
            UserError: there is no word in it.
        """
        title, due = self.read_line(line)
        task = Task(title, customer_id, owner=owner)
        if due is not None:
            task = replace(task, due_on=due.day, due_time=due.time)
        return self.create(task)

    def create(self, task: Task) -> tuple[TaskId, StepId]:
        """Take in a task.

        Returns:
            Its number, and the step, for Undo.

        Raises:
            UserError: it has no title, or its rule is none.
        """
        clean = self.clean(task)

        def act(c: Connection) -> tuple[TaskId, StepId]:
            return TaskId(TASKS.insert(c, clean)), steps.current(c)

        return self._archive.write(_("New task “{task}”").format(task=shortened(clean.title)), act)

    def change(self, task: Task) -> StepId:
        """Change all that is said of a task; whether it is done stays as it is.

        Raises:
            UserError: it has no title, its rule is none, or it is gone.
        """
        number = _number(task)
        clean = self.clean(task)
        if self.get(number).customer_id != clean.customer_id:
            clean = replace(clean, opportunity_id=None)
        changes = {
            name: getattr(clean, name)
            for name in (
                "title",
                "customer_id",
                "opportunity_id",
                "notes",
                "owner",
                "due_on",
                "due_time",
                "repeat",
                "priority",
            )
        }
        return self._write(
            _("Change task “{task}”").format(task=shortened(clean.title)),
            lambda c: TASKS.update(c, [number], changes),
        )

    def tick(self, numbers: Sequence[TaskId]) -> StepId:
        """Tick tasks off; one that repeats makes its next occurrence."""
        done = datetime.now(UTC)
        now = self.clock()

        def act(c: Connection) -> None:
            for task in self._these(c, numbers):
                if task.done_at is not None:
                    continue
                TASKS.update(c, [_number(task)], {"done_at": done})
                if task.repeat and (following := next_occurrence(task, now)) is not None:
                    due, repeat = following
                    TASKS.insert(
                        c,
                        replace(
                            task,
                            due_on=due.day,
                            due_time=due.time,
                            repeat=repeat,
                            created_at=done,
                            interaction_id=None,
                        ),
                    )

        return self._write(self._named(numbers, _("Done: {task}"), _("{n} tasks done")), act)

    def untick(self, numbers: Sequence[TaskId]) -> StepId:
        """Open tasks again; the next occurrence that ticking made goes, where it is untouched."""

        def act(c: Connection) -> None:
            for task in self._these(c, numbers):
                if task.done_at is None:
                    continue
                TASKS.update(c, [_number(task)], {"done_at": None})
                if task.repeat:
                    self._drop_next(c, task, task.done_at)

        return self._write(
            self._named(numbers, _("Not done: {task}"), _("{n} tasks opened again")), act
        )

    def _drop_next(self, c: Connection, task: Task, done_at: datetime) -> None:
        ticked = done_at.astimezone().replace(tzinfo=None)
        following = next_occurrence(task, ticked)
        if following is not None:
            TASKS.delete(c, tasks.next_one(c, task, *following)[:1])

    def postpone(self, numbers: Sequence[TaskId], *, days: int) -> StepId:
        """Put tasks off by some days: from their own day, or from today where that has passed."""
        today = self.clock().date()

        def act(c: Connection) -> None:
            for task in self._these(c, numbers):
                start = max(task.due_on or today, today)
                TASKS.update(c, [_number(task)], {"due_on": start + timedelta(days=days)})

        return self._write(self._named(numbers, _("Put off: {task}"), _("{n} tasks put off")), act)

    def postpone_to(self, numbers: Sequence[TaskId], due: Due) -> StepId:
        """Put tasks off to a day; they keep their time unless another one is said."""

        def act(c: Connection) -> None:
            for task in self._these(c, numbers):
                at = due.time or task.due_time
                TASKS.update(c, [_number(task)], {"due_on": due.day, "due_time": at})

        return self._write(self._named(numbers, _("Put off: {task}"), _("{n} tasks put off")), act)

    def delete(self, numbers: Sequence[TaskId]) -> StepId:
        """Take tasks away."""
        return self._write(
            self._named(numbers, _("Delete task “{task}”"), _("Delete {n} tasks")),
            lambda c: TASKS.delete(c, numbers),
        )

    # Helpers

    def _now(self) -> datetime:
        # Tasks are due to the minute.
        return self.clock().replace(second=0, microsecond=0)

    def clean(self, task: Task) -> Task:
        """A task fit to be kept.

        Raises:
            UserError: it has no title, or its rule is none.
        """
        title = inputs.title(task.title, "title", _("Say what is to be done."))
        repeat = checked_rule(task.repeat)
        due_on = task.due_on
        if due_on is None and (repeat or task.due_time is not None):
            due_on = self.clock().date()
        return replace(
            task,
            title=title,
            notes=inputs.long_text(task.notes, "notes"),
            owner=inputs.line(task.owner, "owner"),
            due_on=due_on,
            repeat=repeat,
            priority=Priority(task.priority),
            created_at=task.created_at or datetime.now(UTC),
        )

    def _these(self, c: Connection, numbers: Sequence[TaskId]) -> list[Task]:
        return [_got(TASKS.get(c, number)) for number in numbers]

    def _named(self, numbers: Sequence[TaskId], one: str, several: str) -> str:
        if len(numbers) == 1:
            return one.format(task=shortened(self.get(numbers[0]).title))
        return several.format(n=len(numbers))

    def _write(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def _this_computers() -> datetime:
    return datetime.now().astimezone().replace(tzinfo=None)


def _got(task: Task | None) -> Task:
    if task is None:
        raise UserError(_("This task is gone."))
    return task


def _number(task: Task) -> TaskId:
    if task.id is None:
        raise ValueError("the task is not stored yet")
    return task.id
