"""Whose things are whose. What can be handed over is one list: `_OWNED`."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from crm_desktop.domain.handovers import Given, What
from crm_desktop.store import targets
from crm_desktop.store.engine import Connection


class _Owned(NamedTuple):
    """A table with an owner.

    Attributes:
        open: which of its rows still are somebody's; what is done stays his who did it.
        listed: title, customer, detail, phone, day, in the trash; in the list's order.
    """

    table: str
    open: str
    listed: str


_OPEN_STAGE = "stage_id IN (SELECT id FROM pipeline_stage WHERE outcome = 'open')"
_OWNED = {
    What.CUSTOMERS: _Owned(
        "customer",
        "1",
        "SELECT t.name, '', coalesce(s.city, ''), coalesce(s.phone, ''), NULL,"
        " t.deleted_at IS NOT NULL FROM customer t"
        " LEFT JOIN customer_summary s ON s.customer_id = t.id"
        " WHERE t.owner = :owner ORDER BY t.deleted_at IS NOT NULL, s.sort_key, t.id",
    ),
    What.TASKS: _Owned(
        "task",
        "done_at IS NULL",
        "SELECT t.title, coalesce(c.name, ''), '', '', t.due_on, 0 FROM task t"
        " LEFT JOIN customer c ON c.id = t.customer_id"
        " WHERE t.done_at IS NULL AND t.owner = :owner ORDER BY t.due_on IS NULL, t.due_on, t.id",
    ),
    What.CASES: _Owned(
        "service_case",
        "status <> 'resolved'",
        "SELECT t.subject, c.name, '', '', t.promised_on, 0 FROM service_case t"
        " JOIN customer c ON c.id = t.customer_id"
        " WHERE t.status <> 'resolved' AND t.owner = :owner"
        " ORDER BY t.severity DESC, t.promised_on IS NULL, t.promised_on, t.id",
    ),
    What.OPPORTUNITIES: _Owned(
        "opportunity",
        _OPEN_STAGE,
        "SELECT t.title, c.name, '', '', t.closes_on, 0 FROM opportunity t"
        " JOIN customer c ON c.id = t.customer_id"
        f" WHERE {_OPEN_STAGE} AND t.owner = :owner"
        " ORDER BY t.closes_on IS NULL, t.closes_on, t.id",
    ),
}


def counts(connection: Connection, owner: str) -> dict[What, int]:
    """How much of each somebody looks after."""
    return {
        what: int(
            connection.execute(
                f"SELECT count(*) FROM {owned.table} WHERE owner = ? AND {owned.open}", (owner,)
            ).fetchone()[0]
        )
        for what, owned in _OWNED.items()
    }


def owners(connection: Connection) -> list[str]:
    """Everybody who looks after anything, by name."""
    parts = (
        f"SELECT owner FROM {owned.table} WHERE owner <> '' AND {owned.open}"
        for owned in _OWNED.values()
    )
    return [row[0] for row in connection.execute(f"{' UNION '.join(parts)} ORDER BY 1")]


def give(connection: Connection, giver: str, taker: str) -> list[Given]:
    """Put another name in the place of one; returns all that had it, as it is listed."""
    given = []
    targets.handed_over(connection, giver, taker, date.today().replace(day=1).isoformat())
    for what, owned in _OWNED.items():
        rows = connection.execute(owned.listed, {"owner": giver}).fetchall()
        for title, customer, detail, phone, day, in_trash in rows:
            due = date.fromisoformat(day) if day else None
            given.append(Given(what, title, customer, detail, phone, due, bool(in_trash)))
        connection.execute(
            f"UPDATE {owned.table} SET owner = ? WHERE owner = ? AND {owned.open}", (taker, giver)
        )
    return given
