"""Open tasks under their heads, a page at a time; those of customers in the trash are left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.tasks import Due, ListedTask, Task, TaskQuery, When
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import TASKS

_JOIN = "LEFT JOIN customer c ON c.id = t.customer_id"
_LIVE = "(t.customer_id IS NULL OR c.deleted_at IS NULL)"
# The head of an open task, as `domain.tasks.when` says it: ?1 is today, ?2 the time, ?3 in a week.
_HEAD = f"""CASE
  WHEN t.due_on IS NULL THEN {When.SOMEDAY:d}
  WHEN t.due_on < ?1 OR (t.due_on = ?1 AND t.due_time < ?2) THEN {When.OVERDUE:d}
  WHEN t.due_on = ?1 THEN {When.TODAY:d}
  WHEN t.due_on < ?3 THEN {When.WEEK:d}
  ELSE {When.LATER:d} END"""
_OPEN = f"t.done_at IS NULL AND {_LIVE} AND (?4 = '' OR t.owner = ?4)"
# By day, what presses first, by time, those without one last.
_PLACE = "(coalesce(t.due_on, ''), -t.priority, coalesce(t.due_time, '~'), t.id)"
_WEEK = timedelta(days=7)


def page(connection: Connection, query: TaskQuery, now: datetime) -> list[ListedTask]:
    """Open tasks under one head, in their order, after `query.after`."""
    condition = f"{_OPEN} AND {_HEAD} = ?5"
    parameters: list[object] = [*_when(now), query.owner, int(query.head)]
    if (last := query.after) is not None:
        condition += f" AND {_PLACE} > (?6, ?7, ?8, ?9)"
        parameters += [
            last.due_on.isoformat() if last.due_on else "",
            -int(last.priority),
            last.due_time.isoformat("minutes") if last.due_time else "~",
            last.id,
        ]
    order = _PLACE.strip("()")
    found = TASKS.where(
        connection,
        f"{condition} ORDER BY {order} LIMIT {int(query.limit)}",
        parameters,
        join=_JOIN,
    )
    return _with_names(connection, found)


def counts(connection: Connection, owner: str, now: datetime) -> dict[When, int]:
    """How many open tasks stand under each head."""
    rows = connection.execute(
        f"SELECT {_HEAD} AS head, count(*) FROM task t {_JOIN} WHERE {_OPEN} GROUP BY head",
        (*_when(now), owner),
    )
    found = {When(head): int(number) for head, number in rows}
    return {head: found.get(head, 0) for head in When}


def of(
    connection: Connection, customer: CustomerId, *, done: bool, limit: int | None = None
) -> list[Task]:
    """A customer's tasks: the open ones as they are due, or those done, the last done first."""
    order = "t.done_at DESC, t.id DESC" if done else f"t.due_on IS NULL, {_PLACE.strip('()')}"
    state = "NOT NULL" if done else "NULL"
    return TASKS.where(
        connection,
        f"t.customer_id = ? AND t.done_at IS {state} ORDER BY {order} LIMIT ?",
        (customer, -1 if limit is None else limit),
    )


def owners(connection: Connection) -> list[str]:
    """Who has open tasks, open cases, opportunities or customers, by name."""
    rows = connection.execute(
        "SELECT owner FROM task WHERE done_at IS NULL AND owner <> ''"
        " UNION SELECT owner FROM service_case WHERE status <> 'resolved' AND owner <> ''"
        " UNION SELECT owner FROM opportunity WHERE owner <> ''"
        " UNION SELECT owner FROM customer WHERE owner <> '' ORDER BY 1"
    )
    return [row[0] for row in rows]


def falling_due(connection: Connection, after: datetime, until: datetime) -> list[ListedTask]:
    """Open tasks with a time later than `after`, and not later than `until`."""
    found = TASKS.where(
        connection,
        f"t.done_at IS NULL AND {_LIVE} AND t.due_time IS NOT NULL AND t.due_on BETWEEN ?1 AND ?3"
        " AND (t.due_on, t.due_time) > (?1, ?2) AND (t.due_on, t.due_time) <= (?3, ?4)"
        " ORDER BY t.due_on, t.due_time, t.id",
        (*_minute(after), *_minute(until)),
        join=_JOIN,
    )
    return _with_names(connection, found)


def next_due(connection: Connection, after: datetime) -> Due | None:
    """When the next open task with a time falls due."""
    row = connection.execute(
        f"SELECT t.due_on, t.due_time FROM task t {_JOIN} WHERE t.done_at IS NULL AND {_LIVE}"
        " AND t.due_time IS NOT NULL AND t.due_on >= ?1 AND (t.due_on, t.due_time) > (?1, ?2)"
        " ORDER BY t.due_on, t.due_time LIMIT 1",
        _minute(after),
    ).fetchone()
    return None if row is None else Due(date.fromisoformat(row[0]), time.fromisoformat(row[1]))


def next_one(connection: Connection, done: Task, due: Due, repeat: str) -> list[int]:
    """Numbers of open tasks that are the next occurrence of a repeating one."""
    rows = connection.execute(
        "SELECT id FROM task WHERE done_at IS NULL AND id > ?1 AND title = ?2 AND repeat = ?3"
        " AND customer_id IS ?4 AND owner = ?5 AND due_on = ?6",
        (done.id, done.title, repeat, done.customer_id, done.owner, due.day.isoformat()),
    )
    return [int(row[0]) for row in rows]


def _with_names(connection: Connection, found: Sequence[Task]) -> list[ListedTask]:
    numbers = {task.customer_id for task in found} - {None}
    marks = ", ".join("?" * len(numbers))
    names = dict(
        connection.execute(f"SELECT id, name FROM customer WHERE id IN ({marks})", tuple(numbers))
        .fetchall()
    )  # fmt: skip
    return [ListedTask(task, names.get(task.customer_id, "")) for task in found]


def _when(now: datetime) -> tuple[str, str, str]:
    today = now.date()
    return (*_minute(now), (today + _WEEK).isoformat())


def _minute(moment: datetime) -> tuple[str, str]:
    return moment.date().isoformat(), moment.time().isoformat("minutes")
