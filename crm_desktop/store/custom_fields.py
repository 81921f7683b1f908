"""Fields of the owner's own, and their values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import (
    BETWEEN,
    WITH_WORDS,
    CustomField,
    CustomFieldId,
    Entity,
    FieldKind,
    Place,
    RemovedField,
    arranged,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import written
from crm_desktop.store.times import parse

_COLUMNS = "name, kind, heading, choices, hidden, deleted_at, entity, id"
_LIVE = "deleted_at IS NULL"
# More words make no choice; values beyond them are marked.
MOST_WORDS = 200


def fields(connection: Connection, entity: Entity = Entity.CUSTOMER) -> list[CustomField]:
    """The fields of an entity in the order in which they are shown, without the trash."""
    return arranged(_read(connection, f"entity = ? AND {_LIVE}", (entity,)))


def everything(connection: Connection) -> list[CustomField]:
    """All fields of all entities, the trash included, in the order of their places."""
    return _read(connection, "1")


def get(connection: Connection, number: CustomFieldId) -> CustomField | None:
    """One field, or None."""
    return next(iter(_read(connection, "id = ?", (number,))), None)


def find(connection: Connection, name: str, entity: Entity = Entity.CUSTOMER) -> CustomField | None:
    """The field of a name, the trash included, or None."""
    return next(iter(_read(connection, "entity = ? AND name = ?", (entity, name))), None)


def removed(connection: Connection) -> list[RemovedField]:
    """The fields in the trash with the number of their values, the last removed first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, (SELECT count(*) FROM custom_value v WHERE v.field_id = f.id)"
        " FROM custom_field f WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"
    )
    return [RemovedField(_field(row[:-1]), row[-1]) for row in rows]


def counts(connection: Connection) -> dict[CustomFieldId, int]:
    """How many values each field has, those without any left out."""
    return dict(connection.execute("SELECT field_id, count(*) FROM custom_value GROUP BY field_id"))


def names(connection: Connection) -> list[tuple[int, str]]:
    """The customers' custom fields, id and name, in their order."""
    return [(field.id, field.name) for field in fields(connection)]


def kinds(connection: Connection) -> dict[str, FieldKind]:
    """What each custom field of customers holds, by its name."""
    return {field.name: field.kind for field in fields(connection)}


def by_number(connection: Connection) -> dict[int, tuple[str, FieldKind]]:
    """Name and kind of each custom field of customers that is not in the trash, in their order."""
    rows = connection.execute(
        "SELECT id, name, kind FROM custom_field WHERE entity = 'customer'"
        " AND deleted_at IS NULL ORDER BY position, id"
    )
    return {number: (name, FieldKind(kind)) for number, name, kind in rows}


def field_id(
    connection: Connection, name: str, *, kind: FieldKind = FieldKind.TEXT
) -> CustomFieldId:
    """Number of a custom field of customers, made at the end where it is new.

    Args:
        connection: the writer's.
        name: the field's.
        kind: of a new one; one that exists keeps its own.
    """
    known = find(connection, name)
    if known is not None and known.deleted_at is None:
        return known.id
    return add(connection, CustomField(name, kind))


def add(connection: Connection, field: CustomField) -> CustomFieldId:
    """Store a field at the end; one of its name in the trash gets another name.

    Raises:
        ValueError: there is one of that name that is not in the trash.
    """
    known = find(connection, field.name, field.entity)
    if known is not None:
        if known.deleted_at is None:
            raise ValueError(field.name)
        update(connection, known.id, name=free_name(connection, field.name, field.entity))
    cursor = connection.execute(
        "INSERT INTO custom_field (name, kind, heading, choices, hidden, deleted_at, entity,"
        " position) SELECT ?, ?, ?, ?, ?, ?, ?, coalesce(max(position) + 1, 0) FROM custom_field",
        [_stored(name, getattr(field, name)) for name in _COLUMNS.split(", ")[:-1]],
    )
    return CustomFieldId(cursor.lastrowid)


def free_name(connection: Connection, name: str, entity: Entity) -> str:
    """A name like this one that no field bears: "Size (2)"."""
    number = 2
    while find(connection, f"{name} ({number})", entity) is not None:
        number += 1
    return f"{name} ({number})"


def update(connection: Connection, number: CustomFieldId, **facts: object) -> None:
    """Set some facts of a field; only what differs is written.

    Raises:
        ValueError: there is no such fact.
    """
    if unknown := facts.keys() - set(_COLUMNS.split(", ")[:-2]) - {"position"}:
        raise ValueError(sorted(unknown))
    for name, value in facts.items():
        connection.execute(
            f"UPDATE custom_field SET {name} = ?1 WHERE id = ?2 AND {name} IS NOT ?1",
            (_stored(name, value), number),
        )


def arrange(connection: Connection, places: Sequence[Place]) -> None:
    """Put fields in order, each under its heading; the others stand behind them."""
    for position, (number, heading) in enumerate(places):
        update(connection, number, position=position, heading=heading)


def rename_group(connection: Connection, entity: Entity, name: str, new: str) -> None:
    """Give a heading another word; a group that has it already takes the fields in."""
    connection.execute(
        f"UPDATE custom_field SET heading = ? WHERE entity = ? AND heading = ? AND {_LIVE}",
        (new, entity.value, name),
    )


# Values.


def set_value(
    connection: Connection,
    owner: CustomerId,
    name: str,
    value: str,
    *,
    kind: FieldKind = FieldKind.TEXT,
) -> None:
    """Set the value of a custom field; "" takes it away; `kind` is that of a new field."""
    if value == "":
        connection.execute(
            "DELETE FROM custom_value WHERE customer_id = ? AND field_id IN"
            f" (SELECT id FROM custom_field WHERE entity = 'customer' AND name = ? AND {_LIVE})",
            (owner, name),
        )
        return
    put_value(connection, owner, field_id(connection, name, kind=kind), value)


def put_value(connection: Connection, owner: CustomerId, number: CustomFieldId, value: str) -> None:
    """Set the value of a field by its number, in the trash or not."""
    connection.execute(
        "INSERT INTO custom_value (customer_id, field_id, value) VALUES (?, ?, ?)"
        " ON CONFLICT (customer_id, field_id) DO UPDATE SET value = excluded.value",
        (owner, number, value),
    )


def removed_values(connection: Connection, owner: CustomerId) -> list[tuple[str, str]]:
    """What a customer has in fields that lie in the trash: their names and his values."""
    return list(
        connection.execute(
            "SELECT f.name, v.value FROM custom_value v JOIN custom_field f ON f.id = v.field_id"
            " WHERE v.customer_id = ? AND f.deleted_at IS NOT NULL ORDER BY f.position, f.id",
            (owner,),
        )
    )


def put_removed(
    connection: Connection,
    owner: CustomerId,
    values: Mapping[str, str],
    renamed: Mapping[str, str],
) -> None:
    """Give a customer values of fields in the trash; those that he has there stay.

    Args:
        connection: the writer's.
        owner: whose.
        values: by the fields' names.
        renamed: what some of these are called here.
    """
    for name, value in values.items():
        connection.execute(
            "INSERT OR IGNORE INTO custom_value (customer_id, field_id, value)"
            " SELECT ?, id, ? FROM custom_field"
            " WHERE entity = 'customer' AND name = ? AND deleted_at IS NOT NULL",
            (owner, value, renamed.get(name, name)),
        )


def last_value(connection: Connection) -> int:
    """The number of the newest value."""
    row = connection.execute("SELECT coalesce(max(id), 0) FROM custom_value").fetchone()
    return int(row[0])


def values(connection: Connection, number: CustomFieldId) -> dict[str, int]:
    """The different values of a field, each with how often it stands, the most frequent first."""
    return dict(
        connection.execute(
            "SELECT value, count(*) FROM custom_value WHERE field_id = ?"
            " GROUP BY value ORDER BY count(*) DESC, min(id)",
            (number,),
        )
    )


def replace_values(connection: Connection, number: CustomFieldId, new: Mapping[str, str]) -> None:
    """Write values of a field otherwise, all of one text alike."""
    connection.execute("DROP TABLE IF EXISTS temp.value_map")
    connection.execute(
        "CREATE TEMP TABLE value_map (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO temp.value_map VALUES (?, ?)",
        [(old, value) for old, value in new.items() if old != value],
    )
    connection.execute(
        "UPDATE custom_value SET value ="
        " (SELECT new FROM temp.value_map WHERE old = custom_value.value)"
        " WHERE field_id = ? AND value IN (SELECT old FROM temp.value_map)",
        (number,),
    )
    connection.execute("DROP TABLE temp.value_map")


def grow(connection: Connection, numbers: Iterable[CustomFieldId]) -> None:
    """Give choices the words that their values have, and money the currency of most of them."""
    for number in numbers:
        field = get(connection, number)
        if field is None or field.kind not in (*WITH_WORDS, FieldKind.MONEY):
            continue  # to read 100,000 dates takes a seventh of a second
        if field.kind is FieldKind.MONEY and field.choices:
            continue
        found = values(connection, number)
        if field.kind in WITH_WORDS:
            several = field.kind is FieldKind.CHOICES
            said = (value.split(BETWEEN) if several else [value] for value in found)
            words = dict.fromkeys((*field.choices, *(word for part in said for word in part)))
            if len(words) > len(field.choices):
                most = max(MOST_WORDS, len(field.choices))
                update(connection, number, choices=tuple(words)[:most])
        else:
            codes = (value.rpartition(" ")[2] for value in found if " " in value)
            if code := next((c for c in codes if len(c) == 3 and c.isalpha() and c.isupper()), ""):
                update(connection, number, choices=(code,))


def take_in(connection: Connection, listed: Sequence[CustomField]) -> dict[str, str]:
    """Make the fields of another archive that this one does not have, in their order.

    A field that both have stays as it is here, but takes further words of a choice in.

    Returns:
        Other names of such fields in the trash whose name is a present field's here.
    """
    renamed: dict[str, str] = {}
    for field in listed:
        known = find(connection, field.name, field.entity)
        if known is None:
            add(connection, field)
        elif known.deleted_at is None and field.deleted_at is None:
            words = dict.fromkeys((*known.choices, *field.choices))
            if known.kind is field.kind and known.kind in WITH_WORDS:
                update(connection, known.id, choices=tuple(words))
        elif field.deleted_at is None:
            add(connection, field)
        elif known.deleted_at is None:
            other = free_name(connection, field.name, field.entity)
            renamed[field.name] = other
            add(connection, replace(field, name=other))
    return renamed


def _read(
    connection: Connection, condition: str, parameters: Sequence[object] = ()
) -> list[CustomField]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM custom_field WHERE {condition} ORDER BY position, id",
        tuple(parameters),
    )
    return [_field(row) for row in rows]


def _field(row: Sequence[Any]) -> CustomField:
    name, kind, heading, choices, hidden, deleted_at, entity, number = row
    return CustomField(
        name=name,
        kind=FieldKind(kind),
        heading=heading,
        choices=tuple(json.loads(choices)) if choices else (),
        hidden=bool(hidden),
        deleted_at=None if deleted_at is None else parse(deleted_at),
        entity=Entity(entity),
        id=CustomFieldId(number),
    )


def _stored(name: str, value: object) -> object:
    if name == "choices":
        return json.dumps(list(value), ensure_ascii=False) if value else ""  # type: ignore[call-overload]
    return written(value)
