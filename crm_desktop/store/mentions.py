"""Customers who stand in fields of other customers: `customer:17` (`domain/fields.reference`).

Whoever is named so is found by his present name, and leads there; so the index of those who
name him follows him, a merge makes them name the one who stays, and erasing takes the words out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import CustomFieldId, FieldKind, reference, referred
from crm_desktop.store import custom_fields
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.steps import OpenStep
from crm_desktop.store.search.fold import fold, fold_many
from crm_desktop.store.search.keys import sort_key_of

_ENDLESS = 2**62
_FIELDS = "SELECT id FROM custom_field WHERE kind = 'customer'"
# What a value x of such a field reads: the name, as long as there is one.
NAMED = (
    "coalesce((SELECT r.name FROM customer r WHERE x.value GLOB 'customer:[0-9]*'"
    " AND r.id = CAST(substr(x.value, 10) AS INTEGER)), x.value)"
)
# By all fields of customers SQLite would look through every value there is.
_NAMING = f"""FROM custom_value INDEXED BY custom_value_mention WHERE field_id IN ({_FIELDS})
  AND substr(value, 1, 9) = 'customer:'
  AND value IN (SELECT 'customer:' || value FROM json_each(?))"""


def naming(connection: Connection, numbers: Iterable[int]) -> list[CustomerId]:
    """Those who name some customers in their fields."""
    if connection.execute(f"{_FIELDS} LIMIT 1").fetchone() is None:
        return []
    rows = connection.execute(f"SELECT DISTINCT customer_id {_NAMING}", (_listed(numbers),))
    return [CustomerId(row[0]) for row in rows]


def also_indexed(
    connection: Connection, opened: OpenStep, owners: Sequence[CustomerId]
) -> set[CustomerId]:
    """Those whom a step did not touch, and who are found otherwise since.

    Because of a field's fate, or of the name of somebody who stands in theirs.

    Args:
        connection: the writer's, at the end of the step.
        opened: the step.
        owners: whom it touched.
    """
    found: set[CustomerId] = set()
    last = opened.first_entry + opened.entries - 1
    if "customer" in opened.tables:
        rows = connection.execute(
            """SELECT DISTINCT row_id FROM journal WHERE id BETWEEN ? AND ?
               AND table_name = 'customer'
               AND (action <> 'U' OR json_type(before, '$.name') IS NOT NULL)""",
            (opened.first_entry, last),
        ).fetchall()
        found.update(naming(connection, (row[0] for row in rows)))
    if "custom_field" in opened.tables:
        rows = connection.execute(
            """SELECT customer_id FROM custom_value WHERE field_id IN (
                 SELECT row_id FROM journal WHERE id BETWEEN ? AND ?
                 AND table_name = 'custom_field' AND action = 'U'
                 AND (json_type(before, '$.deleted_at') IS NOT NULL
                      OR json_type(before, '$.kind') IS NOT NULL))""",
            (opened.first_entry, last),
        )
        found.update(CustomerId(row[0]) for row in rows)
    return found.difference(owners)


def repoint(connection: Connection, kept: CustomerId, other: CustomerId) -> None:
    """Have those who name a customer name another one, for whom he went."""
    connection.execute(
        f"UPDATE custom_value SET value = ? WHERE id IN (SELECT id {_NAMING})",
        (reference(kept), _listed((other,))),
    )


def forget(connection: Connection, numbers: Sequence[CustomerId]) -> None:
    """Take customers who are erased out of the fields of others."""
    connection.execute(f"DELETE {_NAMING}", (_listed(numbers),))


def resolve(
    connection: Connection, fields: Iterable[CustomFieldId], *, since: int, without: Sequence[range]
) -> set[CustomerId]:
    """Bring names that an import wrote to the customers who bear them.

    A name is somebody where just one customer bears it; else it stays as it is, marked.

    Args:
        connection: the writer's, inside a step, with the lists' summaries true.
        fields: that hold customers.
        since: number of the last value that was there before the import.
        without: numbers of later values that are not looked at.

    Returns:
        Whose values name somebody: they are found by his name.
    """
    changed: set[CustomerId] = set()
    for field in fields:
        rows = [
            row
            for row in _values(connection, field, range(since + 1, _ENDLESS))
            if not any(row[0] in span for span in without)
        ]
        known = bearers(connection, {value for _id, _owner, value in rows})
        for number, owner, value in rows:
            if value in known:
                _rewrite(connection, number, reference(known[value]))
            changed.add(owner)
    return changed


def renumber(
    connection: Connection,
    fields: Iterable[CustomFieldId],
    numbers: Mapping[int, CustomerId],
    span: range,
) -> set[CustomerId]:
    """Have values that an own export brought name the customers whom it meant.

    Args:
        connection: the writer's, inside a step.
        fields: that hold customers.
        numbers: of customers here by those in the file; whoever is not in the file is not here.
        span: numbers of the values.

    Returns:
        Whose values name somebody.
    """
    changed: set[CustomerId] = set()
    for field in fields:
        for number, owner, value in _values(connection, field, span):
            told = referred(value)
            if told is not None and numbers.get(told) != told:
                here = numbers.get(told)
                # Whoever else has that number here is not meant.
                _rewrite(connection, number, f"#{told}" if here is None else reference(here))
            changed.add(owner)
    return changed


def _values(
    connection: Connection, field: CustomFieldId, span: range
) -> list[tuple[int, CustomerId, str]]:
    rows = connection.execute(
        "SELECT id, customer_id, value FROM custom_value WHERE field_id = ? AND id >= ? AND id < ?",
        (field, span.start, span.stop),
    )
    return [(number, CustomerId(owner), value) for number, owner, value in rows]


def _rewrite(connection: Connection, number: int, value: str) -> None:
    connection.execute("UPDATE custom_value SET value = ? WHERE id = ?", (value, number))


def bearers(connection: Connection, names: Iterable[str]) -> dict[str, CustomerId]:
    """The customers who alone bear a name, by that name; case, width and accents apart."""
    listed = list(names)
    found: dict[str, CustomerId] = {}
    for name, key in zip(listed, fold_many(listed), strict=True):
        candidates = connection.execute(
            "SELECT c.id, c.name FROM customer_summary s JOIN customer c ON c.id = s.customer_id"
            " WHERE s.sort_key = ? AND c.deleted_at IS NULL",
            (sort_key_of(key),),
        ).fetchall()
        same = [number for number, other in candidates if fold(other) == key]
        if len(same) == 1:
            found[name] = CustomerId(same[0])
    return found


def customer_fields(connection: Connection) -> list[CustomFieldId]:
    """The fields that hold customers, the trash included."""
    return [f.id for f in custom_fields.everything(connection) if f.kind is FieldKind.CUSTOMER]


def _listed(numbers: Iterable[int]) -> str:
    return json.dumps(list(numbers))
