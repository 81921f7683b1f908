"""Who has a telephone number, or one that ends so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from crm_desktop.domain import calls
from crm_desktop.domain.customers import (
    ContactPoint,
    CustomerId,
    Interaction,
    InteractionId,
    InteractionKind,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.keys import match_expression
from crm_desktop.store.times import parse

# More customers than this that have some digits anywhere: reading all numbers is shorter.
_MOST_HITS = 3_000
_POINT = "p.customer_id, p.kind, p.raw, p.value, p.label, p.id, p.do_not_use"
# A number that was kept as typed is looked at digit by digit.
_MAY_HAVE = "p.kind = 'phone' AND (instr(p.value, :wanted) OR p.value IS NULL)"


class Line(NamedTuple):
    """A telephone number and whose it is."""

    customer: CustomerId
    point: ContactPoint


def with_digits(connection: Connection, wanted: str) -> Iterable[Line]:
    """The numbers of customers that have some digits in a row anywhere.

    Args:
        connection: any.
        wanted: four digits at least.
    """
    hits = connection.execute(
        "SELECT rowid FROM search_gram WHERE search_gram MATCH ? LIMIT ?",
        (match_expression((wanted,)), _MOST_HITS),
    ).fetchall()
    if len(hits) < _MOST_HITS:
        source = "json_each(:hits) h CROSS JOIN contact_point p ON p.customer_id = h.value"
    else:
        source = "contact_point p JOIN customer c ON c.id = p.customer_id AND c.deleted_at IS NULL"
    rows = connection.execute(
        f"SELECT {_POINT} FROM {source} WHERE {_MAY_HAVE}",
        {"hits": json.dumps([row[0] for row in hits]), "wanted": wanted},
    )
    return _with(rows, wanted)


def in_trash(connection: Connection, wanted: str) -> Iterable[Line]:
    """The same of those who lie in the trash."""
    rows = connection.execute(
        f"""SELECT {_POINT} FROM customer c CROSS JOIN contact_point p ON p.customer_id = c.id
            WHERE c.deleted_at IS NOT NULL AND {_MAY_HAVE}""",
        {"wanted": wanted},
    )
    return _with(rows, wanted)


def _with(rows: Iterable[tuple[Any, ...]], wanted: str) -> Iterable[Line]:
    for customer, kind, raw, value, label, number, do_not_use in rows:
        point = ContactPoint(kind, raw, value, label, number, bool(do_not_use))
        if wanted in calls.digits(value or raw):
            yield Line(CustomerId(customer), point)


def last_contact(connection: Connection, customer: CustomerId) -> Interaction | None:
    """When somebody last spoke with a customer or wrote to him; notes are no contact."""
    row = connection.execute(
        """SELECT id, kind, at, text, pinned FROM interaction
           WHERE customer_id = ? AND kind <> 'note' ORDER BY at DESC, id DESC LIMIT 1""",
        (customer,),
    ).fetchone()
    if row is None:
        return None
    number, kind, at, text, pinned = row
    return Interaction(
        InteractionId(number), customer, InteractionKind(kind), parse(at), text, bool(pinned)
    )
