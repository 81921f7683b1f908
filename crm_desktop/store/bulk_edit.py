"""The same change to many customers: a statement for a thousand of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from crm_desktop.domain.customers import CustomerId
from crm_desktop.store import customers
from crm_desktop.store.engine import Connection
from crm_desktop.store.times import now

_CHOSEN = "(SELECT value FROM json_each(?))"


def set_column(
    connection: Connection, numbers: Sequence[CustomerId], column: str, value: str | int | None
) -> int:
    """Set a column of customers; returns how many had another value.

    Raises:
        ValueError: no such editable column.
    """
    if column not in customers.EDITABLE:
        raise ValueError(column)
    chosen = json.dumps(list(numbers))
    if column == "stage":
        connection.execute(
            "INSERT INTO stage_change (customer_id, at, before, stage)"
            f" SELECT id, ?, stage, ? FROM customer WHERE id IN {_CHOSEN} AND stage <> ?",
            (now(), value, chosen, value),
        )
    return _count(
        connection,
        f'UPDATE customer SET "{column}" = ? WHERE id IN {_CHOSEN} AND "{column}" IS NOT ?',
        (value, chosen, value),
    )


def add_tag(connection: Connection, numbers: Sequence[CustomerId], tag: str) -> int:
    """Give customers a tag, behind those they have; returns how many lacked it."""
    number = customers.tag_id(connection, tag)
    return _count(
        connection,
        "INSERT INTO customer_tag (customer_id, tag_id, position)"
        " SELECT c.id, ?, (SELECT coalesce(max(t.position) + 1, 0) FROM customer_tag t"
        f" WHERE t.customer_id = c.id) FROM customer c WHERE c.id IN {_CHOSEN} AND NOT EXISTS"
        " (SELECT 1 FROM customer_tag t WHERE t.customer_id = c.id AND t.tag_id = ?)",
        (number, json.dumps(list(numbers)), number),
    )


def remove_tag(connection: Connection, numbers: Sequence[CustomerId], tag: str) -> int:
    """Take a tag from customers; returns how many had it."""
    return _count(
        connection,
        "DELETE FROM customer_tag WHERE tag_id = (SELECT id FROM tag WHERE name = ?)"
        f" AND customer_id IN {_CHOSEN}",
        (tag, json.dumps(list(numbers))),
    )


def set_custom(
    connection: Connection, numbers: Sequence[CustomerId], field: int, value: str
) -> int:
    """Set an own field of customers, "" takes it away; returns how many had something else."""
    chosen = json.dumps(list(numbers))
    if value == "":
        return _count(
            connection,
            f"DELETE FROM custom_value WHERE field_id = ? AND customer_id IN {_CHOSEN}",
            (field, chosen),
        )
    changed = _count(
        connection,
        "UPDATE custom_value SET value = ? WHERE field_id = ? AND value <> ?"
        f" AND customer_id IN {_CHOSEN}",
        (value, field, value, chosen),
    )
    return changed + _count(
        connection,
        "INSERT INTO custom_value (customer_id, field_id, value) SELECT c.id, ?, ?"
        f" FROM customer c WHERE c.id IN {_CHOSEN} AND NOT EXISTS (SELECT 1 FROM custom_value v"
        " WHERE v.customer_id = c.id AND v.field_id = ?)",
        (field, value, chosen, field),
    )


def _count(connection: Connection, sql: str, parameters: Sequence[object]) -> int:
    return int(max(connection.execute(sql, parameters).rowcount, 0))
