"""The timeline: calls, visits, messages, e-mails, notes."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.domain.customers import CustomerId, Interaction, InteractionId, InteractionKind
from crm_desktop.store.engine import Connection
from crm_desktop.store.times import now, parse, write


def add(
    connection: Connection,
    owner: CustomerId,
    kind: InteractionKind,
    text: str,
    at: datetime | None = None,
) -> InteractionId:
    """Write an entry into the timeline; without a time, at this moment."""
    cursor = connection.execute(
        "INSERT INTO interaction (customer_id, kind, at, text) VALUES (?, ?, ?, ?)",
        (owner, kind.value, now() if at is None else write(at), text),
    )
    return InteractionId(cursor.lastrowid)


def page(
    connection: Connection,
    owner: CustomerId,
    *,
    before: tuple[datetime, InteractionId] | None,
    limit: int | None,
) -> list[Interaction]:
    """Entries of a customer's timeline, newest first, older than `before`; all without limit."""
    moment, number = (write(before[0]), int(before[1])) if before else ("9999", 0)
    rows = connection.execute(
        "SELECT id, kind, at, text, pinned FROM interaction"
        " WHERE customer_id = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?",
        (owner, moment, number, -1 if limit is None else limit),
    )
    return [
        Interaction(
            InteractionId(r[0]), owner, InteractionKind(r[1]), parse(r[2]), r[3], bool(r[4])
        )
        for r in rows
    ]
