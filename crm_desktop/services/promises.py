"""What we owe customers and what they owe us, until somebody ticks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.promises import Promise, PromiseId, Side
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.tasks import TaskService
from crm_desktop.store import customers, promises
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import PROMISES

T = TypeVar("T")


class PromiseService:
    """The promises of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService, tasks: TaskService) -> None:
        """Prepare; it is the tasks' clock that tells which day it is."""
        self._archive = archive
        self._settings = settings
        self._tasks = tasks

    def open_of(self, customer_id: CustomerId) -> list[Promise]:
        """What nobody has ticked yet: what is due first, then in the order of their coming."""
        with self._archive.reading() as c:
            return promises.open_of(c, customer_id)

    def add(self, customer_id: CustomerId, side: Side, text: str, *, due: str = "") -> PromiseId:
        """Note a promise.

        Args:
            customer_id: whose.
            side: who promised.
            text: what.
            due: a day as typed, "" for none.

        Raises:
            UserError: nothing is said, or there is no such day.
        """
        promise = Promise(
            customer_id, side, _text(text), self._day(due), created_at=datetime.now(UTC)
        )
        return PromiseId(self._write(customer_id, lambda c: PROMISES.insert(c, promise)))

    def update(self, promise_id: PromiseId, field: str, value: str) -> None:
        """Change the text, the day (`due_on`) or the side of a promise.

        Raises:
            UserError: the value makes no sense, with words that help.
        """
        promise = self._get(promise_id)
        new: object
        if field == "text":
            new = _text(value)
        elif field == "due_on":
            new = self._day(value)
        elif field == "side":
            new = inputs.one_of(Side, value, field)
        else:
            raise ValueError(field)
        self._write(promise.customer_id, lambda c: PROMISES.update(c, [promise_id], {field: new}))

    def keep(self, promise_id: PromiseId) -> StepId:
        """Tick a promise: it was kept. Returns the step, for Undo."""
        now = datetime.now(UTC)
        return self._settle(
            promise_id, lambda c: PROMISES.update(c, [promise_id], {"kept_at": now})
        )

    def postpone(self, promise_id: PromiseId, *, days: int) -> StepId:
        """Put a promise off: from its own day, or from today where that has passed."""
        due = max(self._get(promise_id).due_on or date.min, self._tasks.clock().date()) + timedelta(
            days=days
        )
        return self._settle(promise_id, lambda c: PROMISES.update(c, [promise_id], {"due_on": due}))

    def remove(self, promise_id: PromiseId) -> StepId:
        """Take a promise away; returns the step, for Undo."""
        return self._settle(promise_id, lambda c: PROMISES.delete(c, [promise_id]))

    def _settle(self, promise_id: PromiseId, change: Callable[[Connection], None]) -> StepId:
        def act(c: Connection) -> StepId:
            change(c)
            return steps.current(c)

        return self._write(self._get(promise_id).customer_id, act)

    def _day(self, text: str) -> date | None:
        found = inputs.day(text, self._settings.home_country(), "due_on")
        return None if found is None else date.fromisoformat(found)

    def _get(self, promise_id: PromiseId) -> Promise:
        with self._archive.reading() as c:
            promise = PROMISES.get(c, promise_id)
        if promise is None:
            raise UserError(_("This promise is not there any more."))
        return promise

    def _write(self, customer_id: CustomerId, act: Callable[[Connection], T]) -> T:
        with self._archive.reading() as c:
            name = customers.names(c, [customer_id]).get(customer_id)
        if name is None:
            raise UserError(_("There is no customer {number}.").format(number=customer_id))
        return self._archive.write(_("Promise of {name}").format(name=name), act)


def _text(text: str) -> str:
    return inputs.title(text, "text", _("Say in a few words what was promised."))
