"""The rows of payments, of what is due when, and of reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import OrderId, reference
from crm_desktop.domain.payments import (
    Movement,
    OrderAccount,
    Overdue,
    Payment,
    PaymentDue,
    Reminder,
    Statement,
    StatementEntry,
    balance,
    late,
    planned,
)
from crm_desktop.store import orders
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import ORDERS, PAYMENT_DUES, PAYMENTS, REMINDERS


def of_order(connection: Connection, order: OrderId) -> list[Payment]:
    """What changed hands for an order, the earliest day first."""
    return PAYMENTS.where(connection, "t.order_id = ? ORDER BY t.paid_on, t.id", (order,))


def dues(connection: Connection, order: OrderId) -> list[PaymentDue]:
    """What is due when, in the order in which payments fill it; the rest stands last."""
    return PAYMENT_DUES.where(
        connection,
        "t.order_id = ? ORDER BY t.amount IS NULL, t.due_on IS NULL, t.due_on, t.position, t.id",
        (order,),
    )


def reminders(connection: Connection, order: OrderId) -> list[Reminder]:
    """The letters that went out about an order, the first one first."""
    return REMINDERS.where(connection, "t.order_id = ? ORDER BY t.id", (order,))


def account(connection: Connection, order: OrderId) -> OrderAccount | None:
    """The money of an order by what is agreed; None where there is no such order."""
    current = orders.whole(connection, order)
    if current is None:
        return None
    comes_to = current.totals.total
    changed_hands = of_order(connection, order)
    stands = balance(comes_to, changed_hands)
    plan = planned(comes_to, dues(connection, order), stands.received)
    return OrderAccount(stands, plan, changed_hands, reminders(connection, order))


def append_due(connection: Connection, due: PaymentDue) -> int:
    """Store a part of a plan behind those that are there."""
    (place,) = connection.execute(
        "SELECT coalesce(max(position) + 1, 0) FROM payment_due WHERE order_id = ?",
        (due.order_id,),
    ).fetchone()
    return PAYMENT_DUES.insert(connection, due, position=place)


def overdue(connection: Connection, today: date) -> list[Overdue]:
    """All orders of which something is late, the longest first."""
    found = []
    for listed in orders.owing(connection, today):
        number = listed.order.id
        assert number is not None
        plan = planned(listed.total.amount, dues(connection, number), listed.received)
        owed = late(plan, today)
        if owed is not None:
            sent = reminders(connection, number)
            amount, since = owed
            found.append(
                Overdue(
                    listed,
                    Money(amount, listed.order.currency),
                    since,
                    sent[-1] if sent else None,
                )
            )
    return sorted(found, key=lambda one: (one.since, one.order.order.id or 0))


def statements(connection: Connection, customer: CustomerId) -> list[Statement]:
    """A customer's orders, their changes and payments by day: a statement for each currency."""
    found: dict[str, list[tuple[date, int, Movement, str, str, int]]] = {}
    for order in ORDERS.of(connection, customer):
        if order.id is None:
            continue
        moved = found.setdefault(order.currency, [])
        before = 0
        for version in orders.versions(connection, order.id):
            if version.agreed_at is None or version.id is None:
                continue
            total = version.total
            what = Movement.ORDER if version.version == 1 else Movement.CHANGE
            said = reference(order.number, version.version)
            day = version.agreed_at.astimezone().date()
            if total != before or what is Movement.ORDER:
                moved.append((day, 0, what, said, order.title, total - before))
            before = total
        for payment in of_order(connection, order.id):
            if payment.signed:
                what = Movement.REFUND if payment.signed < 0 else Movement.PAYMENT
                said = payment.number or order.number
                moved.append((payment.paid_on, 1, what, said, order.title, -payment.signed))
    return [
        Statement(currency, _running(sorted(moved, key=lambda one: one[:2])))
        for currency, moved in sorted(found.items())
        if moved
    ]


def _running(moved: Sequence[tuple[date, int, Movement, str, str, int]]) -> list[StatementEntry]:
    owes = 0
    made = []
    for day, _rank, what, said, title, amount in moved:
        owes += amount
        made.append(StatementEntry(day, what, said, title, amount, owes))
    return made
