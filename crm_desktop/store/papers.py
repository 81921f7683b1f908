"""What quotations and orders are found by: words in their number, title and customer's name."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TypeVar

from crm_desktop.store.engine import Connection
from crm_desktop.store.records import RecordTable
from crm_desktop.store.search.fold import fold

NEWEST = "ORDER BY t.created_at DESC, t.id DESC"
# A customer in the trash takes what is going on with him out of sight.
LIVE = "JOIN customer c ON c.id = t.customer_id AND c.deleted_at IS NULL"

R = TypeVar("R")


def search(
    connection: Connection,
    table: RecordTable[R],  # type: ignore[type-var]
    text: str,
    statuses: Collection[str],
    limit: int,
) -> list[R]:
    """Papers of all who are not in the trash, the newest first.

    Args:
        connection: any.
        table: of papers with number, title, status and a customer.
        text: words that all are in one of these.
        statuses: those with one of these; empty for any.
        limit: how many at most.
    """
    condition, values = "1", []
    if statuses:
        condition = "t.status IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(sorted(statuses)))
    words = fold(text).split()
    if not words:
        return table.where(connection, f"{condition} {NEWEST} LIMIT ?", (*values, limit), join=LIVE)
    rows = connection.execute(
        f"SELECT t.id, t.number, t.title, c.name FROM {table.table} t {LIVE}"
        f" WHERE {condition} {NEWEST}",
        values,
    )
    hits = []
    for number, *said in rows:
        folded = fold(" ".join(said))
        if all(word in folded for word in words):
            hits.append(number)
            if len(hits) == limit:
                break
    chosen = f"t.id IN (SELECT value FROM json_each(?)) {NEWEST}"
    return table.where(connection, chosen, (json.dumps(hits),))
