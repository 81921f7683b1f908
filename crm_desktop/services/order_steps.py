"""The steps of orders: ticked, noted, and begun by a process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.orders import Order, OrderId, OrderStatus
from crm_desktop.domain.processes import (
    OrderStep,
    OrderStepId,
    ProcessId,
    StandingStep,
    WholeProcess,
)
from crm_desktop.i18n import _
from crm_desktop.services.processes import ProcessService, step_change, step_name
from crm_desktop.store import processes as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import ORDER_STEPS, ORDERS


class OrderStepService:
    """The steps of the orders of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, processes: ProcessService) -> None:
        self._archive = archive
        self._processes = processes

    def of(self, order: OrderId, today: date | None = None) -> Sequence[StandingStep]:
        """How the steps of an order stand, in their order."""
        with self._archive.reading() as c:
            return rows.stands(c, order, today or date.today())

    def run_by(self, order: OrderId, process: ProcessId | None) -> StepId:
        """Have an order run by a process.

        What is done already stays done where the process has a step of that name. None takes the
        steps away.

        Raises:
            UserError: the order was cancelled, or is not there any more.
        """
        found = self._order(order)
        whole = None if process is None else self._processes.get(process)
        now = datetime.now(UTC)

        def act(c: Connection) -> None:
            if whole is None:
                listed = rows.order_steps(c, order)
                ORDER_STEPS.delete(c, [one.id for one in listed if one.id is not None])
                ORDERS.update(c, [order], {"process": ""})
            else:
                _take_over(c, order, whole)
                rows.keep_up(c, order, now)

        return self._step(found, act)

    def add(self, order: OrderId, name: str) -> StepId:
        """Give an order a step of its own, behind the others.

        Raises:
            UserError: it has no name, or another step of the order has it.
        """
        found = self._order(order)
        with self._archive.reading() as c:
            there = rows.order_steps(c, order)
        made = OrderStep(step_name(name, there), order_id=order, position=len(there))
        return self._step(found, lambda c: ORDER_STEPS.insert(c, made))

    def tick(self, number: OrderStepId, *, done: bool) -> StepId | None:
        """Note that a step is done, or is not; what it brings about follows in the same step.

        Raises:
            UserError: the order is a draft or was cancelled.
        """
        step, order = self._found(number)
        if (step.done_at is not None) == done:
            return None
        if order.status is OrderStatus.DRAFT:
            raise UserError(_("Confirm the order first."))
        now = datetime.now(UTC)
        changes = {"done_at": now if done else None, "by_itself": False}

        def act(c: Connection) -> None:
            ORDER_STEPS.update(c, [number], changes)

        words = _("{step}: done") if done else _("{step}: not done")
        return self._step(order, act, words.format(step=shortened(step.name)))

    def update(self, number: OrderStepId, field: str, value: str) -> StepId | None:
        """Change a field of a step of one order.

        Args:
            number: which.
            field: name, details, owner, note, due_from, due_days.
            value: as typed.

        Raises:
            UserError: the value makes no sense there.
        """
        step, order = self._found(number)
        assert order.id is not None
        with self._archive.reading() as c:
            others = [one for one in rows.order_steps(c, order.id) if one.id != number]
        changes = step_change(field, value, others)
        if replace(step, **changes) == step:  # type: ignore[arg-type]
            return None
        return self._step(order, lambda c: ORDER_STEPS.update(c, [number], changes))

    def remove(self, number: OrderStepId) -> StepId:
        """Take a step of one order away."""
        _step, order = self._found(number)
        return self._step(order, lambda c: ORDER_STEPS.delete(c, [number]))

    # Parts

    def _order(self, number: OrderId | None) -> Order:
        with self._archive.reading() as c:
            found = None if number is None else ORDERS.get(c, number)
        if found is None:
            raise UserError(_("This order is not there any more."))
        if found.status is OrderStatus.CANCELLED:
            words = _("{number} was cancelled and stays as it is.")
            raise UserError(words.format(number=found.number))
        return found

    def _found(self, number: OrderStepId) -> tuple[OrderStep, Order]:
        with self._archive.reading() as c:
            step = ORDER_STEPS.get(c, number)
        if step is None:
            raise UserError(_("This step is not there any more."))
        return step, self._order(step.order_id)

    def _step(self, order: Order, act: Callable[[Connection], object], name: str = "") -> StepId:
        what = order.number or shortened(order.title)

        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name or _("Steps of order {order}").format(order=what), run)


def _take_over(c: Connection, order: OrderId, whole: WholeProcess) -> None:
    """Give an order the steps of a process; what was done of them stays done."""
    was = {one.name: one for one in rows.order_steps(c, order)}
    rows.run_by(c, order, whole)
    for one in rows.order_steps(c, order):
        before = was.get(one.name)
        if before is not None and one.id is not None:
            kept = {
                "done_at": before.done_at,
                "by_itself": before.by_itself,
                "note": before.note,
                "owner": before.owner or one.owner,
            }
            ORDER_STEPS.update(c, [one.id], kept)
