"""The rows of leads, and the customers whom they may be."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.leads import Lead, LeadId, LeadStatus
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import LEADS
from crm_desktop.store.search.fold import fold

_NEWEST = "ORDER BY t.received_at DESC, t.id DESC"


def search(connection: Connection, status: LeadStatus | None, text: str, limit: int) -> list[Lead]:
    """Leads by what was decided of them, and by words that all are somewhere in them."""
    condition = "1" if status is None else "t.status = :status"
    words = fold(text).split()
    parameters = {"status": "" if status is None else status.value}
    found = LEADS.where(connection, f"{condition} {_NEWEST}", parameters)
    hits = [one for one in found if not words or _has(one, words)]
    return hits[:limit]


def _has(one: Lead, words: Sequence[str]) -> bool:
    said = (one.name, one.organisation, one.email, one.phone, one.city, one.message, one.details)
    folded = fold(" ".join(said))
    return all(word in folded for word in words)


def waiting(connection: Connection) -> int:
    """How many nobody has judged yet."""
    row = connection.execute("SELECT count(*) FROM lead WHERE status = 'new'").fetchone()
    return int(row[0])


def is_known(connection: Connection, lead: Lead) -> bool:
    """Whether the same came in before, whatever became of it."""
    row = connection.execute(
        "SELECT 1 FROM lead WHERE name = ? AND organisation = ? AND email = ? AND phone = ?"
        " AND message = ? AND details = ?",
        (lead.name, lead.organisation, lead.email, lead.phone, lead.message, lead.details),
    ).fetchone()
    return row is not None


def add_new(connection: Connection, lead: Lead) -> LeadId | None:
    """Store a lead, unless the same came in before."""
    return None if is_known(connection, lead) else LeadId(LEADS.insert(connection, lead))


def reached_by(connection: Connection, values: Sequence[str]) -> list[tuple[CustomerId, str]]:
    """Who can be reached by one of some phone numbers and addresses, with their names."""
    rows = connection.execute(
        """SELECT DISTINCT c.id, c.name FROM contact_point p
           JOIN customer c ON c.id = p.customer_id AND c.deleted_at IS NULL
           WHERE p.value IN (SELECT value FROM json_each(?)) ORDER BY c.id""",
        (json.dumps([value for value in values if value]),),
    )
    return [(CustomerId(number), name) for number, name in rows]
