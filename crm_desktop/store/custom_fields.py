"""Fields of the owner's own, and their values."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import FieldKind
from crm_desktop.store.engine import Connection


def names(connection: Connection) -> list[tuple[int, str]]:
    """The customers' custom fields, id and name, in their order."""
    rows = connection.execute(
        "SELECT id, name FROM custom_field WHERE entity = 'customer' ORDER BY position, id"
    )
    return [(row[0], row[1]) for row in rows]


def kinds(connection: Connection) -> dict[str, FieldKind]:
    """What each custom field of customers holds, by its name."""
    rows = connection.execute("SELECT name, kind FROM custom_field WHERE entity = 'customer'")
    return {name: FieldKind(kind) for name, kind in rows}


def by_number(connection: Connection) -> dict[int, tuple[str, FieldKind]]:
    """Name and kind of each custom field of customers that is not in the trash, in their order."""
    rows = connection.execute(
        "SELECT id, name, kind FROM custom_field WHERE entity = 'customer'"
        " AND deleted_at IS NULL ORDER BY position, id"
    )
    return {number: (name, FieldKind(kind)) for number, name, kind in rows}


def field_id(connection: Connection, name: str, *, kind: FieldKind = FieldKind.TEXT) -> int:
    """Number of a custom field of customers, made at the end where it is new.

    Args:
        connection: the writer's.
        name: the field's.
        kind: of a new one; one that exists keeps its own.
    """
    row = connection.execute(
        "SELECT id FROM custom_field WHERE entity = 'customer' AND name = ?", (name,)
    ).fetchone()
    if row is not None:
        return int(row[0])
    cursor = connection.execute(
        "INSERT INTO custom_field (entity, name, kind, position)"
        " SELECT 'customer', ?, ?, coalesce(max(position) + 1, 0) FROM custom_field",
        (name, kind.value),
    )
    return int(cursor.lastrowid)


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
            " (SELECT id FROM custom_field WHERE entity = 'customer' AND name = ?)",
            (owner, name),
        )
        return
    number = field_id(connection, name, kind=kind)
    connection.execute(
        "INSERT INTO custom_value (customer_id, field_id, value) VALUES (?, ?, ?)"
        " ON CONFLICT (customer_id, field_id) DO UPDATE SET value = excluded.value",
        (owner, number, value),
    )
