"""A customer's timeline: reading it, logging what happened, changing it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId, InteractionId, InteractionKind
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.tasks import Task, TaskId
from crm_desktop.domain.timeline import TimelinePage, TimelineQuery
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.tasks import TaskService
from crm_desktop.store import customers, timeline
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import TASKS

T = TypeVar("T")
_ARROWS = ("->", "→", "=>", "⇒")


class Logged(NamedTuple):
    """What was written down: the entry, the task that follows it up, the step."""

    entry: InteractionId
    task: TaskId | None
    step: StepId


class TimelineService:
    """The timelines of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, tasks: TaskService) -> None:
        self._archive = archive
        self._tasks = tasks

    def page(self, query: TimelineQuery) -> TimelinePage:
        """A part of a timeline, the newest first; the first one with what is pinned."""
        with self._archive.reading() as c:
            return timeline.read(c, query)

    def log(
        self,
        customer: CustomerId,
        kind: InteractionKind,
        text: str,
        *,
        follow_up: str = "",
        at: datetime | None = None,
    ) -> Logged:
        """Write an entry, and the task that follows it up, in one step.

        Args:
            customer: whose.
            kind: what happened.
            text: a line or more; what stands behind an arrow in it ("-> call back in 2 weeks")
                is the follow-up.
            follow_up: what is to be done next, with its day in words; "" for nothing.
            at: when it happened; None for now.

        Raises:
            UserError: there is nothing to write.
        """
        said, behind = split_follow_up(text)
        clean = _words(said)
        following = self._follow_up(customer, follow_up.strip() or behind, clean)

        def act(c: Connection) -> Logged:
            entry = timeline.add(c, customer, kind, clean, at)
            task = None
            if following is not None:
                task = TaskId(TASKS.insert(c, replace(following, interaction_id=entry)))
            return Logged(entry, task, steps.current(c))

        return self._write(customer, act)

    def _follow_up(self, customer: CustomerId, line: str, about: str) -> Task | None:
        """The task of a follow-up; a mere "in 2 weeks" is about what happened."""
        if not line:
            return None
        title, due = self._tasks.read_line(line)
        if due is None and (due := self._tasks.read_whole(line)) is not None:
            title = _("Follow up: {text}").format(text=_first_words(about))
        day, time = due or (None, None)
        return self._tasks.clean(Task(title, customer, due_on=day, due_time=time))

    def edit(self, number: InteractionId, text: str) -> StepId:
        """Change an entry's words.

        Raises:
            UserError: there are none, or the entry is gone.
        """
        clean = _words(text)
        return self._change(number, lambda c: timeline.change(c, number, text=clean))

    def set_kind(self, number: InteractionId, kind: InteractionKind) -> StepId:
        """Say that an entry was of another kind."""
        return self._change(number, lambda c: timeline.change(c, number, kind=kind))

    def pin(self, number: InteractionId, *, pinned: bool) -> StepId:
        """Have an entry stand on top, or no longer."""
        return self._change(number, lambda c: timeline.change(c, number, pinned=pinned))

    def delete(self, number: InteractionId) -> StepId:
        """Take an entry away; tasks that follow it up stay."""
        return self._change(number, lambda c: timeline.delete(c, number))

    def _change(self, number: InteractionId, act: Callable[[Connection], None]) -> StepId:
        with self._archive.reading() as c:
            customer = timeline.owner(c, number)
        if customer is None:
            raise UserError(_("This entry is gone."))

        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._write(customer, run)

    def _write(self, customer: CustomerId, act: Callable[[Connection], T]) -> T:
        with self._archive.reading() as c:
            name = customers.names(c, [customer]).get(customer)
        if name is None:
            raise UserError(_("There is no customer {number}.").format(number=customer))
        return self._archive.write(_("Timeline of {name}").format(name=name), act)


def split_follow_up(text: str) -> tuple[str, str]:
    """What happened, and what is to be done next: apart where an arrow stands; "" for nothing."""
    for arrow in _ARROWS:
        before, found, after = text.rpartition(arrow)
        if found and after.strip() and "\n" not in after.strip():
            return before.strip(), after.strip()
    return text.strip(), ""


def _words(text: str) -> str:
    clean = inputs.long_text(text, "text")
    if inputs.is_blank(clean):
        raise UserError(_("Write a word about it first."), field="text")
    return clean


def _first_words(text: str) -> str:
    return shortened(inputs.tidy(text.partition("\n")[0]))
