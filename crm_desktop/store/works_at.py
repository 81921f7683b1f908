"""Persons and the organisations they work at, told from the name in a person's file.

A person works at the one organisation that bears, but for case, width and accents, the name
that stands in his file; where two bear it, nobody can know which is meant. Nobody is invented:
a name that no customer bears stays a name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from crm_desktop.domain.customers import CustomerId, CustomerKind
from crm_desktop.domain.relations import Relation, RelationKind
from crm_desktop.store import relations
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.triggers import inserting
from crm_desktop.store.search.fold import fold, fold_many
from crm_desktop.store.search.keys import sort_key_of

_ORGANISATIONS = "kind = 'organisation' AND deleted_at IS NULL"
_KIND = RelationKind.WORKS_AT.value


class Affiliation(NamedTuple):
    """What decides where somebody works: his kind, his name, and that of his organisation."""

    kind: str
    name: str
    organisation: str


def of(connection: Connection, number: CustomerId) -> Affiliation:
    """As it stands."""
    row = connection.execute(
        "SELECT kind, name, organisation FROM customer WHERE id = ?", (number,)
    ).fetchone()
    return Affiliation(*row)


# --- many at once --------------------------------------------------------------------------------


def relate(connection: Connection, *, since: CustomerId, changed: Iterable[CustomerId]) -> int:
    """Relate those who are new or changed with the organisations, new ones with those of old.

    Needs the lists' summaries to be true.

    Args:
        connection: the writer's, inside a step.
        since: whoever has this number or a higher one is new.
        changed: of the others, those whose file may have another organisation now.

    Returns:
        How many relations were made.
    """
    run = connection.execute
    if run(f"SELECT 1 FROM customer WHERE {_ORGANISATIONS} LIMIT 1").fetchone() is None:
        return 0
    names = run("SELECT DISTINCT organisation_key FROM customer_summary").fetchall()
    known = _known_once(connection, {name for (name,) in names if name})
    if not known:
        return 0
    run("CREATE TEMP TABLE works_at_name (key TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID")
    run("CREATE TEMP TABLE works_at_changed (id INTEGER PRIMARY KEY)")
    # In their order, each goes behind the last: a tree that only grows at its end is cheap.
    flat = [value for pair in sorted(known.items()) for value in pair]
    insert_many(connection, "temp.works_at_name", "key, id", flat)
    insert_many(connection, "temp.works_at_changed", "id", sorted(set(changed)))
    with inserting(connection, "relation"):
        made = run(
            """INSERT INTO relation (customer_id, other_id, kind)
               SELECT s.customer_id, n.id, ?2
               FROM customer_summary s CROSS JOIN temp.works_at_name n ON n.key = s.organisation_key
               CROSS JOIN customer c ON c.id = s.customer_id
               WHERE c.kind = 'person'
                 AND (s.customer_id >= ?1 OR n.id >= ?1
                      OR s.customer_id IN (SELECT id FROM temp.works_at_changed))
                 AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.customer_id = s.customer_id
                                 AND r.other_id = n.id AND r.kind = ?2)
               ORDER BY s.customer_id""",
            (since, _KIND),
        )
    run("DROP TABLE temp.works_at_name")
    run("DROP TABLE temp.works_at_changed")
    return max(int(made.rowcount), 0)


def _known_once(connection: Connection, wanted: Collection[str]) -> dict[str, int]:
    """The organisations of these folded names, without those that share one."""
    if not wanted:
        return {}
    rows = connection.execute(f"SELECT id, name FROM customer WHERE {_ORGANISATIONS}").fetchall()
    keys = fold_many([name for _number, name in rows])
    known: dict[str, int] = {}
    shared = set()
    for key, (number, _name) in zip(keys, rows, strict=True):
        if key in wanted:
            if key in known:
                shared.add(key)
            known[key] = number
    return {key: number for key, number in known.items() if key not in shared}


def count(
    connection: Connection,
    *,
    people: Mapping[CustomerId, str],
    organisations: Mapping[CustomerId, str],
) -> int:
    """How many relations `relate` would make, were they written.

    Args:
        connection: may be for reading only.
        people: those who would be new or changed, with the names of their organisations.
        organisations: those that would be new, with their own names.
    """
    keys = dict(zip(people, fold_many(list(people.values())), strict=True))
    named = dict(zip(organisations, fold_many(list(organisations.values())), strict=True))
    run = connection.execute
    stored = run(f"SELECT id, name FROM customer WHERE {_ORGANISATIONS}").fetchall()
    bearers: dict[str, list[int]] = {}
    for number, key in (
        *zip((n for n, _name in stored), fold_many([name for _n, name in stored]), strict=True),
        *named.items(),
    ):
        bearers.setdefault(key, []).append(number)
    once = {key: found[0] for key, found in bearers.items() if len(found) == 1}
    pairs = {
        (number, once[key]) for number, key in keys.items() if once.get(key, 0) not in (0, number)
    }
    made = sum(1 for pair in pairs if run(_RELATED, (*pair, _KIND)).fetchone() is None)
    for key in {key for key in named.values() if key in once}:
        others = run(
            "SELECT s.customer_id FROM customer_summary s JOIN customer c ON c.id = s.customer_id"
            " WHERE s.organisation_key = ? AND c.kind = 'person'",
            (key,),
        ).fetchall()
        made += sum(1 for (number,) in others if number not in keys)
    return made


_RELATED = "SELECT 1 FROM relation WHERE customer_id = ? AND other_id = ? AND kind = ?"


# --- one customer, edited ------------------------------------------------------------------------


def follow(connection: Connection, number: CustomerId, before: Affiliation | None) -> None:
    """Bring a customer's relations in line with what was changed of him, inside its step.

    An organisation that is renamed keeps its people.

    Args:
        connection: the writer's.
        number: whose.
        before: what it was; None of a new customer.
    """
    now = of(connection, number)
    if before == now:
        return
    if before is not None and before.kind != now.kind:
        _part(connection, number, before.kind)
    if now.kind == CustomerKind.ORGANISATION:
        key = fold(now.name)
        renamed = before is None or before.kind != now.kind or fold(before.name) != key
        if renamed and key and _bearer(connection, key, number) == number:
            for person in _named(connection, key):
                relations.add(connection, person, Relation(_KIND, number))
        return
    if before is not None and before.kind == now.kind and before.organisation != now.organisation:
        leave(connection, number, before.organisation)
    key = fold(now.organisation)
    bearer = _bearer(connection, key, number) if key else None
    if bearer is not None and bearer != number:
        relations.add(connection, number, Relation(_KIND, bearer))


def leave(connection: Connection, number: CustomerId, organisation: str) -> None:
    """End what followed from a name that stands in a person's file no more.

    Where the organisation was renamed since, it is the only one he works at.
    """
    if not organisation:
        return
    present = connection.execute(
        "SELECT r.other_id, c.name FROM relation r JOIN customer c ON c.id = r.other_id"
        " WHERE r.customer_id = ? AND r.kind = ?",
        (number, _KIND),
    ).fetchall()
    key = fold(organisation)
    meant = [other for other, name in present if fold(name) == key]
    if not meant and len(present) == 1:
        meant = [present[0][0]]
    relations.remove(connection, number, _KIND, meant)


def _part(connection: Connection, number: CustomerId, kind: str) -> None:
    """What was a person works nowhere, at what was an organisation nobody works."""
    end = "other_id" if kind == CustomerKind.ORGANISATION else "customer_id"
    connection.execute(f"DELETE FROM relation WHERE {end} = ? AND kind = ?", (number, _KIND))


def _bearer(connection: Connection, key: str, fresh: CustomerId) -> CustomerId | None:
    """The one organisation whose name folds to this.

    `fresh` was changed in this step, so that the summary does not know his name yet.
    """
    candidates = connection.execute(
        # By id, whatever else seems good: there may be a hundred thousand organisations.
        f"""SELECT id, name FROM customer NOT INDEXED WHERE {_ORGANISATIONS} AND id IN (
              SELECT customer_id FROM customer_summary WHERE sort_key = ? UNION SELECT ?)""",
        (sort_key_of(key), fresh),
    )
    found = [CustomerId(number) for number, name in candidates if fold(name) == key]
    return found[0] if len(found) == 1 else None


def _named(connection: Connection, key: str) -> list[CustomerId]:
    """The persons in whose files this name stands."""
    rows = connection.execute(
        "SELECT s.customer_id FROM customer_summary s JOIN customer c ON c.id = s.customer_id"
        " WHERE s.organisation_key = ? AND c.kind = 'person' ORDER BY s.customer_id",
        (key,),
    )
    return [CustomerId(row[0]) for row in rows]
