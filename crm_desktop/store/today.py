"""What is due and whom to think of, a few lines of each; customers in the trash are left out.

What is due stands in indexes. Birthdays, first entries and silences do not: those queries look at
all customers (an index of the expression `_KEY` would spare the first of them that).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import CustomerId, Stage
from crm_desktop.domain.documents import DocumentId, Warnings
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.tasks import Task
from crm_desktop.domain.today import (
    COUNTED,
    EXPIRED_SINCE,
    QUIET_AT_LEAST,
    QUIET_RHYTHMS,
    RHYTHM_FROM,
    DueTask,
    Expiring,
    LatePayment,
    Quiet,
    Topic,
)
from crm_desktop.store import payments
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import CASES, PROMISES, TASKS
from crm_desktop.store.times import parse

_LIVE = "JOIN customer c ON c.id = t.customer_id AND c.deleted_at IS NULL"
_WRITTEN_TO = "c.deleted_at IS NULL AND c.deceased = 0 AND c.do_not_contact = 0"
_OWNED = "(:owner = '' OR c.owner = :owner)"
# Month and day as `domain.birthdays` keeps them: 08-15, L08-15, L10-15+.
_KEY = (
    "iif(substr(c.birthday, 1, 1) = 'L', 'L', '')"
    " || substr(c.birthday, iif(substr(c.birthday, -1) = '+', -6, -5))"
)


class Scope(NamedTuple):
    """Whose lines, and how many.

    Attributes:
        owner: "" for everybody's.
        aside: keys of lines that were put aside, without their topic.
    """

    owner: str = ""
    limit: int = 8
    aside: Sequence[str] = ()


# What is due.

_TASKS = {
    Topic.OVERDUE: (
        "t.interaction_id IS NULL AND t.due_on <= :today"
        " AND (t.due_on < :today OR t.due_time < :time)"
    ),
    Topic.DUE: (
        "t.interaction_id IS NULL AND t.due_on = :today"
        " AND (t.due_time IS NULL OR t.due_time >= :time)"
    ),
    Topic.FOLLOW_UPS: "t.interaction_id IS NOT NULL AND t.due_on <= :today",
}


def tasks(
    connection: Connection, topic: Topic, day: date, time: str, scope: Scope
) -> tuple[list[DueTask], int]:
    """Open tasks that are due; `time` is HH:MM.

    Returns:
        The first ones, and how many there are.
    """
    condition = (
        f"t.done_at IS NULL AND {_TASKS[topic]} AND (:owner = '' OR t.owner = :owner)"
        " AND (t.customer_id IS NULL OR c.deleted_at IS NULL)"
    )
    join = "LEFT JOIN customer c ON c.id = t.customer_id"
    values = {"today": day.isoformat(), "time": time, "owner": scope.owner}
    found: list[Task] = TASKS.where(
        connection,
        f"{condition} ORDER BY t.due_on, -t.priority, coalesce(t.due_time, '~'), t.id"
        f" LIMIT {int(scope.limit)}",
        values,
        join=join,
    )
    total = _count(connection, f"FROM task t {join} WHERE {condition}", values)
    abouts = _texts(connection, [t.interaction_id for t in found if t.interaction_id is not None])
    return [DueTask(t, abouts.get(t.interaction_id or 0, "")) for t in found], total


def _texts(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(f"SELECT id, text FROM interaction WHERE id IN ({marks})", numbers)
    return {number: text.strip().partition("\n")[0] for number, text in rows}


def promises(connection: Connection, until: date, scope: Scope) -> tuple[list[Promise], int]:
    """Open promises that are due until a day, then those without one."""
    found: list[Promise] = []
    total = 0
    for dated, order in (("t.due_on <= :until", "t.due_on, t.id"), ("t.due_on IS NULL", "t.id")):
        condition = f"t.kept_at IS NULL AND {dated} AND {_OWNED}"
        values = {"until": until.isoformat(), "owner": scope.owner}
        left = scope.limit - len(found)
        found += PROMISES.where(
            connection, f"{condition} ORDER BY {order} LIMIT {int(left)}", values, join=_LIVE
        )
        total += _count(connection, f"FROM promise t {_LIVE} WHERE {condition}", values)
    return found, total


def cases(connection: Connection, scope: Scope) -> tuple[list[Case], int]:
    """Open cases: the worst, then what was promised soonest."""
    condition = (
        "t.status <> 'resolved' AND (:owner = '' OR t.owner = :owner OR t.owner = ''"
        " AND c.owner = :owner)"
        " AND t.id NOT IN (SELECT value FROM json_each(:aside))"
    )
    values = {"owner": scope.owner, "aside": _numbers(scope.aside)}
    found = CASES.where(
        connection,
        f"{condition} ORDER BY t.severity DESC, t.promised_on IS NULL, t.promised_on, t.id"
        f" LIMIT {int(scope.limit)}",
        values,
        join=_LIVE,
    )
    return found, _count(connection, f"FROM service_case t {_LIVE} WHERE {condition}", values)


def late_payments(connection: Connection, day: date, scope: Scope) -> tuple[list[LatePayment], int]:
    """Orders of which something should have been paid before a day, the longest first.

    Of an owner's are those of the customers whom he looks after.
    """
    aside = {int(key) for key in scope.aside if key.isdecimal()}
    found = []
    for one in payments.overdue(connection, day):
        order = one.order.order
        if order.id is None or order.id in aside:
            continue
        if scope.owner and _owner_of(connection, order.customer_id) != scope.owner:
            continue
        found.append(
            LatePayment(
                order.id, order.customer_id, order.number, order.title, one.amount, one.since
            )
        )
    return found[: scope.limit], len(found)


def _owner_of(connection: Connection, customer: CustomerId) -> str:
    row = connection.execute("SELECT owner FROM customer WHERE id = ?", (customer,)).fetchone()
    return str(row[0])


def _count(connection: Connection, rest: str, values: Mapping[str, object]) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {rest} LIMIT {COUNTED})", dict(values)
    ).fetchone()
    return int(row[0])


def _numbers(aside: Iterable[str]) -> str:
    return json.dumps([int(key) for key in aside])


# What is coming.


class Birth(NamedTuple):
    """A customer's birthday as he has it, and the day on which it is kept."""

    customer: CustomerId
    birthday: str
    day: date


def birthdays(
    connection: Connection, days: Mapping[str, date], scope: Scope
) -> tuple[list[Birth], int]:
    """Whose birthday falls on some days, the next one first, the best customers before others.

    Args:
        connection: any.
        days: by month and day as the archive keeps them, with an L before lunar ones.
        scope: whose; greetings go to nobody who is dead or does not want them.
    """
    rows = connection.execute(
        "WITH feast (key, day) AS MATERIALIZED (SELECT key, value FROM json_each(:days))"
        " SELECT c.id, c.birthday, f.day, count(*) OVER () FROM customer c"
        f" JOIN feast f ON f.key = {_KEY}"
        f" WHERE c.birthday IS NOT NULL AND {_WRITTEN_TO} AND {_OWNED}"
        " AND c.id NOT IN (SELECT value FROM json_each(:aside))"
        " ORDER BY f.day, c.rating DESC, c.id LIMIT :limit",
        {
            "days": json.dumps({key: day.isoformat() for key, day in days.items()}),
            "owner": scope.owner,
            "aside": _numbers(scope.aside),
            "limit": scope.limit,
        },
    ).fetchall()
    total = rows[0][3] if rows else 0
    return [Birth(CustomerId(n), text, date.fromisoformat(day)) for n, text, day, _n in rows], total


class Dated(NamedTuple):
    """A day of a customer's own, as the archive keeps it, and the day on which it is kept."""

    customer: CustomerId
    text: str
    day: date


def with_us(
    connection: Connection, days: Mapping[str, date], years: Iterable[int], scope: Scope
) -> tuple[list[Dated], int]:
    """Customers who have been with the firm for so many years on one of some days.

    The oldest sign of them counts: the first entry of the timeline, or the day on which they
    became a customer.
    """
    # From those at the stage; each takes one look into each of two indexes.
    rows = connection.execute(
        "WITH feast (key, day) AS MATERIALIZED (SELECT key, value FROM json_each(:days)),"
        " signs (id, rating, at) AS (SELECT c.id, c.rating, min("
        "  coalesce((SELECT first_at FROM customer_contact WHERE customer_id = c.id), '9'),"
        "  coalesce((SELECT min(at) FROM stage_change WHERE customer_id = c.id"
        "   AND stage = :stage), '9'))"
        " FROM customer_summary s JOIN customer c ON c.id = s.customer_id"
        f" WHERE s.stage = :stage AND {_WRITTEN_TO} AND {_OWNED}"
        " AND c.id NOT IN (SELECT value FROM json_each(:aside)))"
        " SELECT s.id, substr(s.at, 1, 10), f.day, count(*) OVER () FROM signs s"
        " JOIN feast f ON f.key = substr(s.at, 6, 5)"
        " WHERE substr(f.day, 1, 4) - substr(s.at, 1, 4) IN (SELECT value FROM json_each(:years))"
        " ORDER BY f.day, s.rating DESC, s.id LIMIT :limit",
        {
            "days": json.dumps({key: day.isoformat() for key, day in days.items()}),
            "stage": Stage.CUSTOMER.value,
            "years": json.dumps(sorted(years)),
            "owner": scope.owner,
            "aside": _numbers(scope.aside),
            "limit": scope.limit,
        },
    ).fetchall()
    return _dated(rows)


def date_fields(connection: Connection) -> list[tuple[int, str]]:
    """Fields of the owner's own that hold days, number and name."""
    rows = connection.execute(
        "SELECT id, name FROM custom_field WHERE entity = 'customer' AND kind = 'date'"
        " AND deleted_at IS NULL AND hidden = 0 ORDER BY position, id"
    )
    return [(int(number), str(name)) for number, name in rows]


def of_field(
    connection: Connection, field: int, days: Mapping[str, date], scope: Scope
) -> tuple[list[Dated], int]:
    """Customers whose day in a field of the owner's own falls on one of some days."""
    rows = connection.execute(
        "WITH feast (key, day) AS MATERIALIZED (SELECT key, value FROM json_each(:days))"
        " SELECT c.id, v.value, f.day, count(*) OVER () FROM custom_value v"
        " JOIN feast f"
        "  ON f.key = iif(substr(v.value, 1, 2) = '--', substr(v.value, 3, 5),"
        "   substr(v.value, 6, 5))"
        " JOIN customer c ON c.id = v.customer_id"
        f" WHERE v.field_id = :field AND {_WRITTEN_TO} AND {_OWNED}"
        " AND c.id NOT IN (SELECT value FROM json_each(:aside))"
        " ORDER BY f.day, c.rating DESC, c.id LIMIT :limit",
        {
            "days": json.dumps({key: day.isoformat() for key, day in days.items()}),
            "field": field,
            "owner": scope.owner,
            "aside": _numbers(scope.aside),
            "limit": scope.limit,
        },
    ).fetchall()
    return _dated(rows)


def _dated(rows: Sequence[tuple[int, str, str, int]]) -> tuple[list[Dated], int]:
    total = rows[0][3] if rows else 0
    return [Dated(CustomerId(n), text, date.fromisoformat(day)) for n, text, day, _n in rows], total


def expiring(
    connection: Connection, warnings: Warnings, today: date, scope: Scope
) -> tuple[list[Expiring], int]:
    """Documents whose last day is near enough to be warned of, or passed lately."""
    rows = connection.execute(
        "SELECT t.id, t.customer_id, t.name, t.kind, t.number, t.expires_on, count(*) OVER ()"
        f" FROM document t {_LIVE}"
        " WHERE t.expires_on BETWEEN :past AND :longest AND c.deceased = 0"
        " AND t.expires_on <= date(:today, '+' || coalesce("
        "  (SELECT value FROM json_each(:kinds) WHERE key = t.kind), :usual) || ' days')"
        f" AND {_OWNED} AND t.id NOT IN (SELECT value FROM json_each(:aside))"
        " ORDER BY t.expires_on, t.id LIMIT :limit",
        {
            "past": (today - timedelta(days=EXPIRED_SINCE)).isoformat(),
            "longest": (today + timedelta(days=warnings.longest)).isoformat(),
            "today": today.isoformat(),
            # A kind that is never warned of is not in the list even when it has expired.
            "kinds": json.dumps(
                {k: max(days, default=-9999) for k, days in warnings.kinds.items()}
            ),
            "usual": max(warnings.usual, default=-9999),
            "owner": scope.owner,
            "aside": _numbers(scope.aside),
            "limit": scope.limit,
        },
    ).fetchall()
    total = rows[0][6] if rows else 0
    return [
        Expiring(DocumentId(n), CustomerId(who), name, kind, number, date.fromisoformat(last))
        for n, who, name, kind, number, last, _total in rows
    ], total


def quiet(
    connection: Connection, today: date, months: int, scope: Scope
) -> tuple[list[Quiet], int]:
    """Customers nobody has heard of for long, those with most stars and entries first.

    Args:
        connection: any.
        today: by the owner's clock.
        months: after so many everybody is quiet; one who used to be heard of often, after a
            few of his usual gaps.
        scope: whose.
    """
    least = min(QUIET_AT_LEAST, months * 30)
    rows = connection.execute(
        "SELECT c.id, c.rating, e.contacts, e.last_at, count(*) OVER () FROM customer_contact e"
        " JOIN customer c ON c.id = e.customer_id"
        f" WHERE e.last_at < :earliest AND c.stage = :stage AND {_WRITTEN_TO} AND {_OWNED}"
        " AND julianday(:today) - julianday(e.last_at) > min(:most, CASE"
        "  WHEN e.contacts >= :rhythm THEN max(:least,"
        "   :times * (julianday(e.last_at) - julianday(e.first_at)) / (e.contacts - 1))"
        "  ELSE :most END)"
        " AND c.id NOT IN (SELECT value FROM json_each(:aside))"
        " ORDER BY c.rating DESC, e.contacts DESC, c.id LIMIT :limit",
        {
            "earliest": (today - timedelta(days=least - 1)).isoformat(),
            "today": today.isoformat(),
            "stage": Stage.CUSTOMER.value,
            "most": months * 30.44,
            "rhythm": RHYTHM_FROM,
            "least": least,
            "times": QUIET_RHYTHMS,
            "owner": scope.owner,
            "aside": _numbers(scope.aside),
            "limit": scope.limit,
        },
    ).fetchall()
    total = rows[0][4] if rows else 0
    return [
        Quiet(CustomerId(n), rating, count, parse(at)) for n, rating, count, at, _n in rows
    ], total


def is_empty(connection: Connection) -> bool:
    """Whether there is neither a customer nor a task."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM customer) OR EXISTS (SELECT 1 FROM task)"
    ).fetchone()
    return not row[0]
