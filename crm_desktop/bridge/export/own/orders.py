"""Orders with their money, as objects of our exchange file.

An order says by their places to which opportunity it belongs and of which quotation it came, and
each of its lines, of which product it is; a traveller is named by his number in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.bridge.export.own.lines import check_discount, check_line, place_in
from crm_desktop.bridge.export.own.processes import read_order_step
from crm_desktop.bridge.export.own.records import read_record, record_json
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.lines import totals
from crm_desktop.domain.money import MOST
from crm_desktop.domain.orders import (
    Order,
    OrderLine,
    OrderStatus,
    OrderVersion,
    Requirement,
    ToldOrderLine,
    ToldTraveller,
    ToldVersion,
    VersionStatus,
    read_fees,
)
from crm_desktop.domain.payments import (
    Payment,
    PaymentDue,
    PaymentKind,
    Reminder,
    ToldOrder,
    balance,
)


def order_json(told: ToldOrder) -> dict[str, Any]:
    """The object that stands for an order."""
    written = record_json(told.order)
    for name in ("opportunity", "quotation"):
        if (place := getattr(told, name)) is not None:
            written[name] = place
    written["versions"] = [
        record_json(version)
        | {
            "lines": [
                record_json(line) | ({} if product is None else {"product": product})
                for line, product in lines
            ]
        }
        for version, lines in told.versions
    ]
    for name in ("requirements", "steps", "dues", "payments", "reminders"):
        if listed := getattr(told, name):
            written[name] = list(map(record_json, listed))
    if told.travellers:
        written["travellers"] = [
            {"customer": one.customer} | ({"notes": one.notes} if one.notes else {})
            for one in told.travellers
        ]
    return written


def read_order(
    found: dict[str, Any], owner: CustomerId, *, opportunities: int, quotations: int
) -> ToldOrder:
    """The order that an object stands for.

    Args:
        found: the object.
        owner: whose it is.
        opportunities: how many he has.
        quotations: how many he has.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it stands for none.
    """
    told = ToldOrder(
        read_record(Order, found, customer_id=owner),
        [_version(one) for one in found["versions"]],
        [read_record(Requirement, one) for one in found.get("requirements") or ()],
        [read_record(PaymentDue, one) for one in found.get("dues") or ()],
        [read_record(Payment, one) for one in found.get("payments") or ()],
        [read_record(Reminder, one) for one in found.get("reminders") or ()],
        [
            ToldTraveller(int(one["customer"]), str(one.get("notes") or ""))
            for one in found.get("travellers") or ()
        ],
        place_in(found, "opportunity"),
        place_in(found, "quotation"),
        [read_order_step(one) for one in found.get("steps") or ()],
    )
    if not (told.opportunity or 0) < max(opportunities, 1):
        raise ValueError("not a place")
    if not (told.quotation or 0) < max(quotations, 1):
        raise ValueError("not a place")
    _check(told)
    return told


def _version(found: dict[str, Any]) -> ToldVersion:
    lines = [
        ToldOrderLine(read_record(OrderLine, one), place_in(one, "product"))
        for one in found.get("lines") or ()
    ]
    return ToldVersion(read_record(OrderVersion, found), lines)


def _check(told: ToldOrder) -> None:
    order = told.order
    if not (order.title.strip() and order.created_at and order.updated_at):
        raise ValueError("not an order")
    if (order.status is OrderStatus.DRAFT) == bool(order.number):
        raise ValueError("not a number")
    by_status = [version.status for version, _lines in told.versions]
    if by_status.count(VersionStatus.AGREED) != bool(order.number):
        raise ValueError("not a version")
    if by_status.count(VersionStatus.DRAFT) > 1 or not by_status:
        raise ValueError("not a version")
    for version, lines in told.versions:
        _check_version(order, version, [line for line, _product in lines])
    for requirement in told.requirements:
        if not requirement.kind.strip() or requirement.months < 0:
            raise ValueError("not a requirement")
    _check_money(told)


def _check_version(order: Order, version: OrderVersion, lines: Sequence[OrderLine]) -> None:
    if version.version < 1 or not version.created_at or not version.updated_at:
        raise ValueError("not a version")
    if (version.status is VersionStatus.DRAFT) == bool(version.agreed_at):
        raise ValueError("not a version")
    keys = {line.key for line in lines}
    if len(keys) != len(lines) or min(keys, default=1) < 1:
        raise ValueError("not a key")
    read_fees(version.fees)
    check_discount(version.discount)
    for line in lines:
        check_line(line)
    sheet = version.sheet(order.currency)
    total = totals(sheet, lines).total if version.rounding >= 1 else -1
    said = 0 if version.status is VersionStatus.DRAFT else total
    if not 0 <= total <= MOST or version.total != said:
        raise ValueError("not a total")


def _check_money(told: ToldOrder) -> None:
    for due in told.dues:
        if due.kind is PaymentKind.REFUND or not 0 < (due.amount or 1) <= MOST:
            raise ValueError("not a part of the price")
    for payment in told.payments:
        given = payment.money.amount, payment.counted
        if not all(0 < amount <= MOST for amount in given) or not payment.created_at:
            raise ValueError("not a payment")
        if not payment.rate.is_finite() or payment.rate <= 0:
            raise ValueError("not a rate")
        if payment.currency == told.order.currency and payment.amount != payment.counted:
            raise ValueError("not a rate")
    stands = balance(0, told.payments)
    if stands.refunded and stands.received < 0:
        raise ValueError("not a refund")
    if any(not 0 < one.amount <= MOST for one in told.reminders):
        raise ValueError("not a reminder")
