"""The rows of orders, their versions and lines, of travellers and the documents they need."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.lines import totals
from crm_desktop.domain.money import Money
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.orders import (
    ListedOrder,
    Order,
    OrderId,
    OrderLine,
    OrderLineId,
    OrderQuery,
    OrderStatus,
    OrderVersion,
    OrderVersionId,
    PaperState,
    Requirement,
    Traveller,
    TravellerPaper,
    VersionStatus,
    WholeOrder,
)
from crm_desktop.domain.periods import shifted
from crm_desktop.domain.processes import NeedKind
from crm_desktop.domain.quotations import QuotationId
from crm_desktop.store import papers
from crm_desktop.store.engine import Connection
from crm_desktop.store.papers import LIVE, NEWEST
from crm_desktop.store.records import (
    ORDER_LINES,
    ORDER_STEPS,
    ORDER_VERSIONS,
    ORDERS,
    REQUIREMENTS,
    TRAVELLERS,
)
from crm_desktop.store.search.fold import fold


def whole(
    connection: Connection, number: OrderId, *, draft: bool = False, version: int | None = None
) -> WholeOrder | None:
    """An order with one of its versions.

    Args:
        connection: any.
        number: which.
        draft: the version that is being drafted, rather than the one that is agreed.
        version: one by its number.

    Returns:
        Without a draft what is agreed, and the draft where nothing is agreed yet; None where
        there is no such order or version.
    """
    order = ORDERS.get(connection, number)
    if order is None:
        return None
    listed = versions(connection, number)
    agreed = next((one for one in listed if one.status is VersionStatus.AGREED), None)
    if version is not None:
        found = next((one for one in listed if one.version == version), None)
    elif draft or agreed is None:
        found = next((one for one in listed if one.status is VersionStatus.DRAFT), None)
    else:
        found = agreed
    if found is None or found.id is None:
        return None
    before = None
    if agreed is not None and found.status is VersionStatus.DRAFT:
        before = agreed.total
    its = lines(connection, found.id)
    (name,) = connection.execute(
        "SELECT name FROM customer WHERE id = ?", (order.customer_id,)
    ).fetchone()
    return WholeOrder(order, found, its, totals(found.sheet(order.currency), its), name, before)


def versions(connection: Connection, number: OrderId) -> list[OrderVersion]:
    """All versions of an order, the first one first."""
    return ORDER_VERSIONS.where(connection, "t.order_id = ? ORDER BY t.id", (number,))


def lines(connection: Connection, version: OrderVersionId) -> list[OrderLine]:
    """A version's lines in their order."""
    return ORDER_LINES.where(connection, "t.version_id = ? ORDER BY t.position, t.id", (version,))


def of_customer(connection: Connection, customer: CustomerId) -> list[ListedOrder]:
    """A customer's orders, the newest first."""
    return listed(connection, ORDERS.where(connection, f"t.customer_id = ? {NEWEST}", (customer,)))


def of_opportunity(connection: Connection, opportunity: OpportunityId) -> list[ListedOrder]:
    """The orders of an opportunity, the newest first."""
    return listed(
        connection, ORDERS.where(connection, f"t.opportunity_id = ? {NEWEST}", (opportunity,))
    )


def of_quotation(connection: Connection, quotation: QuotationId) -> Order | None:
    """The order that a quotation became, unless it was cancelled."""
    found = ORDERS.where(
        connection,
        f"t.quotation_id = ? AND t.status <> ? {NEWEST}",
        (quotation, OrderStatus.CANCELLED.value),
    )
    return next(iter(found), None)


def with_traveller(connection: Connection, customer: CustomerId) -> list[ListedOrder]:
    """The orders by which somebody travels, the newest first."""
    return listed(
        connection,
        ORDERS.where(
            connection,
            f"p.customer_id = ? {NEWEST}",
            (customer,),
            join="JOIN order_traveller p ON p.order_id = t.id",
        ),
    )


def search(connection: Connection, query: OrderQuery) -> list[ListedOrder]:
    """Orders of all who are not in the trash, the newest first."""
    found = papers.search(connection, ORDERS, query.text, query.statuses, query.limit)
    return listed(connection, found)


def owing(connection: Connection, day: date) -> list[ListedOrder]:
    """Those that are not paid and of which something was due before a day.

    Of customers in the trash there are none.
    """
    found = ORDERS.where(
        connection,
        f"""t.id IN (SELECT order_id FROM payment_due WHERE due_on < ?)
            AND v.total > (SELECT coalesce(sum(iif(p.kind = 'refund', -p.counted, p.counted)), 0)
              FROM payment p WHERE p.order_id = t.id AND p.voided_at IS NULL) {NEWEST}""",
        (day.isoformat(),),
        join=f"{LIVE} JOIN order_version v ON v.order_id = t.id AND v.status = 'agreed'",
    )
    return listed(connection, found)


def listed(connection: Connection, found: Sequence[Order]) -> list[ListedOrder]:
    """Orders as lists show them."""
    wanted = json.dumps([one.id for one in found])
    shown: dict[OrderId | None, OrderVersion] = {}
    changing = set()
    for version in ORDER_VERSIONS.where(
        connection,
        "t.order_id IN (SELECT value FROM json_each(?)) AND t.status <> 'replaced' ORDER BY t.id",
        (wanted,),
    ):
        draft = version.status is VersionStatus.DRAFT
        if draft:
            changing.add(version.order_id)
        if not draft or version.order_id not in shown:
            shown[version.order_id] = version
    held: dict[OrderVersionId | None, list[OrderLine]] = {}
    for line in ORDER_LINES.where(
        connection,
        "t.version_id IN (SELECT value FROM json_each(?))",
        (json.dumps([one.id for one in shown.values() if one.status is VersionStatus.DRAFT]),),
    ):
        held.setdefault(line.version_id, []).append(line)
    names = dict(
        connection.execute(
            "SELECT id, name FROM customer WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([one.customer_id for one in found]),),
        ).fetchall()
    )
    money = received(connection, [one.id for one in found if one.id is not None])
    made = []
    for one in found:
        its = shown[one.id]
        comes_to = its.total
        if its.status is VersionStatus.DRAFT:
            comes_to = totals(its.sheet(one.currency), held.get(its.id, ())).total
        made.append(
            ListedOrder(
                one,
                Money(comes_to, one.currency),
                its.starts_on,
                its.ends_on,
                one.id in changing and its.status is VersionStatus.AGREED,
                money.get(one.id, 0) if one.id is not None else 0,
                names.get(one.customer_id, ""),
            )
        )
    return made


def received(connection: Connection, numbers: Sequence[OrderId]) -> dict[OrderId, int]:
    """What came in for orders less what went back, in their minor units."""
    rows = connection.execute(
        """SELECT order_id, sum(iif(kind = 'refund', -counted, counted)) FROM payment
           WHERE voided_at IS NULL AND order_id IN (SELECT value FROM json_each(?))
           GROUP BY order_id""",
        (json.dumps(list(numbers)),),
    )
    return {OrderId(number): int(amount) for number, amount in rows}


def newest(connection: Connection, language: str = "") -> OrderVersion | None:
    """The version that was begun last, of one language; None where there is none."""
    found = ORDER_VERSIONS.where(
        connection,
        f"(?1 = '' OR o.language = ?1) {NEWEST} LIMIT 1",
        (language,),
        join="JOIN sales_order o ON o.id = t.order_id AND o.status <> 'cancelled'",
    )
    return next(iter(found), None)


# Writing


def insert(
    connection: Connection, order: Order, version: OrderVersion, its: Iterable[OrderLine]
) -> OrderId:
    """Store an order with its first version."""
    number = OrderId(ORDERS.insert(connection, order))
    insert_version(connection, number, version, its)
    return number


def insert_version(
    connection: Connection, order: OrderId, version: OrderVersion, its: Iterable[OrderLine]
) -> OrderVersionId:
    """Store a version; a line without a key gets the next one of its order."""
    made = OrderVersionId(ORDER_VERSIONS.insert(connection, version, order_id=order))
    next_key = _next_key(connection, order)
    for place, line in enumerate(its):
        key = line.key
        if not key:
            key, next_key = next_key, next_key + 1
        else:
            next_key = max(next_key, key + 1)
        ORDER_LINES.insert(
            connection, line, order_id=order, version_id=made, position=place, key=key
        )
    return made


def append(
    connection: Connection, order: OrderId, version: OrderVersionId, line: OrderLine
) -> OrderLineId:
    """Store a line behind those that are there."""
    (place,) = connection.execute(
        "SELECT coalesce(max(position) + 1, 0) FROM order_line WHERE version_id = ?", (version,)
    ).fetchone()
    made = ORDER_LINES.insert(
        connection,
        line,
        order_id=order,
        version_id=version,
        position=place,
        key=_next_key(connection, order),
    )
    return OrderLineId(made)


def _next_key(connection: Connection, order: OrderId) -> int:
    (last,) = connection.execute(
        "SELECT coalesce(max(key), 0) FROM order_line WHERE order_id = ?", (order,)
    ).fetchone()
    return int(last) + 1


# Travellers


def travellers(connection: Connection, order: OrderId) -> list[tuple[Traveller, str]]:
    """Who travels, with their names, in the order in which they came."""
    found = TRAVELLERS.where(connection, "t.order_id = ? ORDER BY t.id", (order,))
    names = dict(
        connection.execute(
            "SELECT id, name FROM customer WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([one.customer_id for one in found]),),
        ).fetchall()
    )
    return [(one, names[one.customer_id]) for one in found]


def requirements(connection: Connection, order: OrderId) -> list[Requirement]:
    """What each traveller has to hand in, what is due first.

    What a step of the order's process needs is among it, without a number of its own.
    """
    found = REQUIREMENTS.where(connection, "t.order_id = ?", (order,))
    known = {fold(one.kind) for one in found}
    for step in ORDER_STEPS.where(connection, "t.order_id = ? ORDER BY t.position", (order,)):
        for need in step.needed:
            if need.kind is NeedKind.DOCUMENT and fold(need.what) not in known:
                known.add(fold(need.what))
                found.append(Requirement(need.what, order, step.due_on, need.months))
    return sorted(found, key=lambda one: (one.due_on or date.max, one.id or 0))


def traveller_papers(connection: Connection, order: OrderId, today: date) -> list[TravellerPaper]:
    """Each traveller with each document that he has to hand in."""
    current = whole(connection, order)
    end = None if current is None else current.version.ends_on or current.version.starts_on
    needed = requirements(connection, order)
    made = []
    for traveller, name in travellers(connection, order):
        for one in needed:
            state = paper_state(connection, traveller.customer_id, one.kind, end, one.months)
            late = state is PaperState.MISSING and one.due_on is not None and one.due_on < today
            made.append(TravellerPaper(traveller, name, one, state, late))
    return made


def paper_state(
    connection: Connection, customer: CustomerId, kind: str, end: date | None, months: int
) -> PaperState:
    """How a customer stands with a kind of document.

    Args:
        connection: any.
        customer: whose.
        kind: of document; capital letters and accents do not count.
        end: until when, and
        months: for how many beyond it, the document has to be valid; None for no day.
    """
    has = connection.execute(
        "SELECT kind, expires_on FROM document WHERE customer_id = ?", (customer,)
    ).fetchall()
    lasts = [expires for found, expires in has if fold(found) == fold(kind)]
    return _state(lasts, end, months)


def _state(lasts: Sequence[str | None], end: date | None, months: int) -> PaperState:
    if not lasts:
        return PaperState.MISSING
    if end is None or None in lasts:
        return PaperState.HERE
    needed = shifted(end, months, "month").isoformat()
    return PaperState.HERE if any((one or "") >= needed for one in lasts) else PaperState.EXPIRES


def copied(its: Iterable[OrderLine]) -> list[OrderLine]:
    """Lines for the next version: the same keys, rows of their own."""
    return [replace(line, id=None, version_id=None) for line in its]
