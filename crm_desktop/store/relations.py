"""Relations between customers: one row each, told from the side of `customer_id`.

Both ends stay where they are while either lies in the trash: then nobody is shown the
relation, and who comes back has it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.relations import OwnRelationKind, Related, RelatedCustomer, Relation
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.triggers import inserting

_SHOWN = "o.customer_id, c.name, r.kind, r.label, o.phone, o.email, coalesce(k.reverse, '')"
_OWN = "LEFT JOIN relation_kind k ON k.name = r.kind"


def add(connection: Connection, owner: CustomerId, relation: Relation) -> None:
    """Relate two customers; nothing happens where they are related so."""
    kind, other, label = relation
    connection.execute(
        "INSERT INTO relation (customer_id, other_id, kind, label) SELECT ?1, ?2, ?3, ?4"
        " WHERE NOT EXISTS (SELECT 1 FROM relation"
        " WHERE customer_id = ?1 AND other_id = ?2 AND kind = ?3)",
        (owner, other, kind, label),
    )


def add_many(
    connection: Connection, relations: Iterable[tuple[CustomerId, CustomerId, str, str]]
) -> int:
    """Relate many customers at once: who, with whom, kind, label.

    Returns:
        How many relations there were not before.
    """
    wanted = {row[:3]: row for row in relations}
    connection.execute(
        "CREATE TEMP TABLE relation_wanted (customer_id INTEGER, other_id INTEGER, kind, label)"
    )
    flat = [value for row in wanted.values() for value in row]
    insert_many(connection, "temp.relation_wanted", "customer_id, other_id, kind, label", flat)
    with inserting(connection, "relation"):
        made = connection.execute(
            "INSERT INTO relation (customer_id, other_id, kind, label)"
            " SELECT w.customer_id, w.other_id, w.kind, w.label FROM temp.relation_wanted w"
            " WHERE NOT EXISTS (SELECT 1 FROM relation r WHERE r.customer_id = w.customer_id"
            " AND r.other_id = w.other_id AND r.kind = w.kind) ORDER BY w.rowid"
        )
    connection.execute("DROP TABLE temp.relation_wanted")
    return max(int(made.rowcount), 0)


def missing(connection: Connection, wanted: Iterable[tuple[CustomerId, CustomerId, str]]) -> int:
    """How many of some relations (who, with whom, kind) there are not."""
    query = "SELECT 1 FROM relation WHERE customer_id = ? AND other_id = ? AND kind = ?"
    return sum(1 for one in wanted if connection.execute(query, one).fetchone() is None)


def remove(
    connection: Connection, owner: CustomerId, kind: str, others: Sequence[CustomerId]
) -> None:
    """End relations of one kind."""
    connection.executemany(
        "DELETE FROM relation WHERE customer_id = ? AND other_id = ? AND kind = ?",
        [(owner, other, kind) for other in others],
    )


def of(connection: Connection, owner: CustomerId) -> list[Relation]:
    """What a customer is to others, in the order in which it was noted; the trash included."""
    rows = connection.execute(
        "SELECT kind, other_id, label FROM relation WHERE customer_id = ? ORDER BY id", (owner,)
    )
    return [Relation(*row) for row in rows]


def related(connection: Connection, number: CustomerId, *, limit: int) -> Related:
    """Whom a customer is related with, at most `limit` each way; the trash left out."""
    # Who lies in the trash has no summary.
    forward = connection.execute(
        f"SELECT {_SHOWN} FROM relation r JOIN customer_summary o ON o.customer_id = r.other_id"
        f" JOIN customer c ON c.id = r.other_id {_OWN}"
        " WHERE r.customer_id = ? ORDER BY r.id LIMIT ?",
        (number, limit),
    ).fetchall()
    backward = connection.execute(
        f"SELECT {_SHOWN} FROM relation r JOIN customer_summary o ON o.customer_id = r.customer_id"
        f" JOIN customer c ON c.id = r.customer_id {_OWN}"
        # His family before those who merely work there.
        " WHERE r.other_id = ? ORDER BY r.kind NOT IN ('spouse_of', 'parent_of'), o.sort_key,"
        " o.customer_id LIMIT ?",
        (number, limit),
    ).fetchall()
    more = 0
    if len(backward) == limit:
        (count,) = connection.execute(
            "SELECT count(*) FROM relation r"
            " JOIN customer_summary o ON o.customer_id = r.customer_id WHERE r.other_id = ?",
            (number,),
        ).fetchone()
        more = count - limit
    return Related(
        tuple(RelatedCustomer(*row) for row in forward),
        tuple(RelatedCustomer(*row) for row in backward),
        more,
    )


def own_kinds(connection: Connection) -> list[OwnRelationKind]:
    """The owner's own kinds, by name; also those that only relations name."""
    rows = connection.execute(
        "SELECT name, reverse FROM relation_kind UNION ALL"
        " SELECT DISTINCT kind, '' FROM relation WHERE kind NOT IN (SELECT name FROM relation_kind)"
        " ORDER BY 1"
    )
    return [OwnRelationKind(*row) for row in rows]


def told_kinds(connection: Connection) -> list[OwnRelationKind]:
    """The owner's own kinds that somebody told, in the order in which they came."""
    rows = connection.execute("SELECT name, reverse FROM relation_kind ORDER BY id")
    return [OwnRelationKind(*row) for row in rows]


def take_in_kinds(connection: Connection, kinds: Iterable[OwnRelationKind]) -> None:
    """Make the own kinds of another archive that this one does not have."""
    connection.executemany(
        "INSERT OR IGNORE INTO relation_kind (name, reverse) VALUES (?, ?)", list(kinds)
    )


def save_own_kind(connection: Connection, kind: OwnRelationKind) -> None:
    """Keep an own kind; one of that name takes the new word for the other side."""
    connection.execute(
        "INSERT INTO relation_kind (name, reverse) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET reverse = excluded.reverse"
        " WHERE excluded.reverse <> '' AND reverse <> excluded.reverse",
        kind,
    )
