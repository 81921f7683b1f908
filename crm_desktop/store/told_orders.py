"""Orders with their money, out of an archive and into another."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.orders import OrderId, ToldOrderLine, ToldTraveller, ToldVersion
from crm_desktop.domain.payments import ToldOrder
from crm_desktop.domain.quotations import QuotationId
from crm_desktop.store import numbers, orders
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import (
    ORDER_LINES,
    ORDER_STEPS,
    ORDER_VERSIONS,
    ORDERS,
    PAYMENT_DUES,
    PAYMENTS,
    REMINDERS,
    REQUIREMENTS,
    TRAVELLERS,
    RecordTable,
)


@dataclass(slots=True)
class Waiting:
    """What was written and waits for others of its file.

    Attributes:
        products: lines by their table and number, with the places of their products.
        travellers: the orders, with the customers' numbers in the file, and notes.
        numbered: rows by their table and number, with the number of the order that they are of.
    """

    products: list[tuple[RecordTable[Any], int, int]] = field(default_factory=list)
    travellers: list[tuple[OrderId, ToldTraveller]] = field(default_factory=list)
    numbered: list[tuple[RecordTable[Any], int, str]] = field(default_factory=list)

    def add(self, other: Waiting) -> None:
        """Wait for that, too."""
        self.products += other.products
        self.travellers += other.travellers
        self.numbered += other.numbered

    def clear(self) -> None:
        """All is there."""
        self.products.clear()
        self.travellers.clear()
        self.numbered.clear()


def told(
    connection: Connection,
    customer: CustomerId,
    inside: Container[int],
    *,
    opportunities: Mapping[OpportunityId | None, int],
    quotations: Mapping[QuotationId | None, int],
    products: Mapping[int, int],
) -> list[ToldOrder]:
    """A customer's orders in the order in which they came.

    Args:
        connection: any.
        customer: whose.
        inside: the numbers of those who may be named.
        opportunities: places of his by their numbers.
        quotations: places of his by their numbers.
        products: places of all by their numbers.
    """
    found = []
    for order in ORDERS.of(connection, customer):
        if order.id is None:
            continue
        its = (order.id,)
        found.append(
            ToldOrder(
                order,
                [
                    ToldVersion(
                        version,
                        [
                            ToldOrderLine(line, products.get(line.product_id or 0))
                            for line in orders.lines(connection, version.id)
                        ],
                    )
                    for version in orders.versions(connection, order.id)
                    if version.id is not None
                ],
                REQUIREMENTS.where(connection, "t.order_id = ? ORDER BY t.id", its),
                PAYMENT_DUES.where(connection, "t.order_id = ? ORDER BY t.position, t.id", its),
                PAYMENTS.where(connection, "t.order_id = ? ORDER BY t.id", its),
                REMINDERS.where(connection, "t.order_id = ? ORDER BY t.id", its),
                [
                    ToldTraveller(one.customer_id, one.notes)
                    for one, _name in orders.travellers(connection, order.id)
                    if one.customer_id in inside
                ],
                opportunities.get(order.opportunity_id),
                quotations.get(order.quotation_id),
                ORDER_STEPS.where(connection, "t.order_id = ? ORDER BY t.position, t.id", its),
            )
        )
    return found


def take_in(
    connection: Connection,
    customer: CustomerId,
    listed: Sequence[ToldOrder],
    opportunities: Mapping[int, OpportunityId],
    quotations: Mapping[int, QuotationId],
) -> tuple[Waiting, dict[int, OrderId]]:
    """Give a customer orders that he does not have yet.

    One with a number is known by it, whatever became of it since; a draft by all that it says.
    Numbers on paper from elsewhere are never given out here.

    Args:
        connection: the writer's, inside a step.
        customer: whose.
        listed: with places in place of numbers.
        opportunities: his by their places.
        quotations: his by their places.

    Returns:
        What waits for others of its file, and the orders' numbers by their places.
    """
    waiting, numbers_of = Waiting(), dict[int, OrderId]()
    if not listed:
        return waiting, numbers_of
    here = told(connection, customer, (), opportunities={}, quotations={}, products={})
    known = [(_said(one), one.order.id) for one in here]
    for at, one in enumerate(listed):
        said = _said(one)
        if (there := next((row for row in known if row[0] == said), None)) is not None:
            known.remove(there)
            if there[1] is not None:
                numbers_of[at] = there[1]
            continue
        sold = None if one.opportunity is None else opportunities.get(one.opportunity)
        came_of = None if one.quotation is None else quotations.get(one.quotation)
        number = OrderId(
            ORDERS.insert(
                connection,
                one.order,
                customer_id=customer,
                opportunity_id=sold,
                quotation_id=came_of,
            )
        )
        numbers_of[at] = number
        _take_in_parts(connection, number, one, waiting)
    return waiting, numbers_of


def _take_in_parts(
    connection: Connection, number: OrderId, one: ToldOrder, waiting: Waiting
) -> None:
    for version, lines in one.versions:
        made = ORDER_VERSIONS.insert(connection, version, order_id=number)
        for place, (line, product) in enumerate(lines):
            row = ORDER_LINES.insert(
                connection,
                line,
                order_id=number,
                version_id=made,
                position=place,
                product_id=None,
            )
            if product is not None:
                waiting.products.append((ORDER_LINES, row, product))
        if one.order.number and version.agreed_at is not None:
            numbers.note(
                connection, Series.ORDER, one.order.number, version.version, version.agreed_at
            )
    for requirement in one.requirements:
        REQUIREMENTS.insert(connection, requirement, order_id=number)
    for place, step in enumerate(one.steps):
        ORDER_STEPS.insert(connection, step, order_id=number, position=place)
    for place, due in enumerate(one.dues):
        PAYMENT_DUES.insert(connection, due, order_id=number, position=place)
    for payment in one.payments:
        PAYMENTS.insert(connection, payment, order_id=number)
        if payment.number and payment.receipted_at is not None:
            numbers.note(connection, Series.RECEIPT, payment.number, 1, payment.receipted_at)
    for reminder in one.reminders:
        REMINDERS.insert(connection, reminder, order_id=number)
    waiting.travellers += ((number, traveller) for traveller in one.travellers)


def link_numbered(
    connection: Connection, listed: Sequence[tuple[RecordTable[Any], int, str]]
) -> None:
    """Have rows hang on the orders of some numbers; one that is not there is passed over."""
    for table, row, order in listed:
        found = ORDERS.where(connection, "t.number = ? ORDER BY t.id LIMIT 1", (order,))
        for one in found:
            table.update(connection, [row], {"order_id": one.id})


def add_traveller(connection: Connection, order: OrderId, customer: CustomerId, notes: str) -> None:
    """Have a customer travel, unless he does already."""
    connection.execute(
        f"INSERT OR IGNORE INTO {TRAVELLERS.table} (order_id, customer_id, notes) VALUES (?, ?, ?)",
        (order, customer, notes),
    )


def _said(one: ToldOrder) -> object:
    if one.order.number:
        return one.order.number
    versions = [
        (
            ORDER_VERSIONS.bare(version),
            [ORDER_LINES.bare(replace(line, position=0)) for line, _product in lines],
        )
        for version, lines in one.versions
    ]
    return (
        ORDERS.bare(one.order),
        versions,
        [PAYMENTS.bare(payment) for payment in one.payments],
    )
