"""The rows of targets, and what was reached: counted from what happened, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from crm_desktop.domain.targets import Measure, Period, Target
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import TARGETS
from crm_desktop.store.times import write


class Reached(NamedTuple):
    """What one owner reached.

    Attributes:
        amount: how many, or minor units.
        elsewhere: orders of other currencies, which are not in it.
    """

    amount: int = 0
    elsewhere: int = 0


NOTHING = Reached()

# Whose an order is: whoever follows up its opportunity, else whoever looks after its customer.
_SELLER = "coalesce(nullif(p.owner, ''), c.owner)"
_ORDERS = """JOIN customer c ON c.id = o.customer_id AND c.deleted_at IS NULL
  LEFT JOIN opportunity p ON p.id = o.opportunity_id"""
# What an agreed version adds to the one before it, on the day on which it was agreed.
_REVENUE = f"""
  SELECT {_SELLER}, sum(iif(o.currency = :currency, v.total - coalesce((SELECT b.total
      FROM order_version b WHERE b.order_id = v.order_id AND b.agreed_at IS NOT NULL
      AND b.version < v.version ORDER BY b.version DESC LIMIT 1), 0), 0)),
    count(DISTINCT iif(o.currency = :currency, NULL, o.id))
  FROM order_version v JOIN sales_order o ON o.id = v.order_id {_ORDERS}
  WHERE v.agreed_at >= :first AND v.agreed_at < :after GROUP BY 1"""
_COUNTS = {
    Measure.ORDERS: f"""SELECT {_SELLER}, count(*), 0 FROM sales_order o {_ORDERS}
      WHERE o.confirmed_at >= :first AND o.confirmed_at < :after AND o.status <> 'cancelled'
      GROUP BY 1""",
    Measure.NEW_CUSTOMERS: """SELECT owner, count(*), 0 FROM customer WHERE deleted_at IS NULL
      AND stage = 'customer' AND id IN (
        SELECT customer_id FROM stage_change WHERE stage = 'customer'
          AND at >= :first AND at < :after
        UNION SELECT id FROM customer WHERE created_at >= :first AND created_at < :after
          AND stage = 'customer' AND NOT EXISTS
            (SELECT 1 FROM stage_change s WHERE s.customer_id = customer.id))
      GROUP BY 1""",
    Measure.VISITS: """SELECT c.owner, count(*), 0 FROM interaction i
      JOIN customer c ON c.id = i.customer_id AND c.deleted_at IS NULL
      WHERE i.kind = 'visit' AND i.at >= :first AND i.at < :after GROUP BY 1""",
    Measure.CALLS: """SELECT c.owner, count(*), 0 FROM interaction i
      JOIN customer c ON c.id = i.customer_id AND c.deleted_at IS NULL
      WHERE i.kind = 'call' AND i.at >= :first AND i.at < :after GROUP BY 1""",
}


def every(connection: Connection) -> list[Target]:
    """All targets, in the order in which they were set."""
    return TARGETS.all(connection)


def put(connection: Connection, target: Target) -> None:
    """Set a target in place of what was said before."""
    drop(connection, target)
    TARGETS.insert(connection, target)


def drop(connection: Connection, target: Target) -> None:
    """Have there be no target of that owner, measure and period."""
    found = TARGETS.where(
        connection,
        "t.owner = ? AND t.measure = ? AND t.span = ? AND t.first = ?",
        (target.owner, target.measure.value, target.span.value, target.first.isoformat()),
    )
    TARGETS.delete(connection, [one.id for one in found if one.id is not None])


def reached(
    connection: Connection, measure: Measure, period: Period, currency: str
) -> dict[str, Reached]:
    """What was reached in a period, by owner; "" stands for what is nobody's.

    Args:
        connection: any.
        measure: which.
        period: by the owner's clock.
        currency: that revenue is counted in; orders of others are only counted.
    """
    values = {
        "first": _midnight(period.first),
        "after": _midnight(period.after),
        "currency": currency,
    }
    sql = _REVENUE if measure is Measure.REVENUE else _COUNTS[measure]
    return {
        owner: Reached(int(amount or 0), int(elsewhere))
        for owner, amount, elsewhere in connection.execute(sql, values)
    }


def _midnight(day: date) -> str:
    return write(datetime.combine(day, time()).astimezone())


def handed_over(connection: Connection, giver: str, taker: str, from_day: str) -> None:
    """Have the targets of periods that are not over be another's, unless he has his own."""
    connection.execute(
        "UPDATE OR IGNORE target SET owner = ? WHERE owner = ? AND first >= ?",
        (taker, giver, from_day),
    )


def take_in(connection: Connection, listed: Iterable[Target]) -> None:
    """Write targets of another archive, where there is none here."""
    known = {(one.owner, one.measure, one.span, one.first) for one in every(connection)}
    for one in listed:
        if (one.owner, one.measure, one.span, one.first) not in known:
            TARGETS.insert(connection, replace(one, id=None))
