"""Erasing for good: customers, fields and products, what the journal knows of them, their evidence.

Entries of the journal stay where they are, as steps name them by ranges, but say nothing any
more; so does the row of a sheet that a customer was made of. Copies of the archive made before
still hold him, and go with their age.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from crm_desktop.domain.catalogue import ProductId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import CustomFieldId
from crm_desktop.store import mentions, merging
from crm_desktop.store.engine import Connection
from crm_desktop.store.schema import OWNER, PART_OF

ERASED = "X"
"""What stands as the action of a journal entry that says nothing any more."""


def trashed(connection: Connection) -> list[CustomerId]:
    """Everybody in the trash."""
    rows = connection.execute("SELECT id FROM customer WHERE deleted_at IS NOT NULL")
    return [CustomerId(row[0]) for row in rows]


def erase(connection: Connection, numbers: Sequence[CustomerId]) -> int:
    """Erase customers who lie in the trash, inside a step.

    Returns:
        How many there were.
    """
    whole = {one for number in numbers for one in merging.absorbed(connection, number)}
    chosen = json.dumps(sorted(whole))
    connection.execute("DROP TABLE IF EXISTS temp.erased")
    connection.execute(
        "CREATE TEMP TABLE erased (table_name TEXT, row_id INTEGER,"
        " PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
    )
    _collect(connection, chosen)
    _forget_names(connection, chosen)
    mentions.forget(connection, sorted(whole))
    connection.execute(
        "DELETE FROM merge WHERE kept_id IN (SELECT value FROM json_each(?1))", (chosen,)
    )
    cursor = connection.execute(
        "DELETE FROM customer WHERE deleted_at IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (chosen,),
    )
    contents = _contents(connection)
    connection.execute(
        f"UPDATE journal SET action = '{ERASED}', before = NULL, after = NULL"
        " WHERE (action <> 'I' OR last_row_id IS NULL) AND (table_name, row_id) IN"
        " (SELECT table_name, row_id FROM temp.erased)"
    )
    connection.execute(
        "UPDATE import_row SET cells = '{}', reason = '', customer_id = NULL"
        " WHERE customer_id IN (SELECT value FROM json_each(?))",
        (chosen,),
    )
    # Others may have the same content, and what somebody took out comes back by Undo.
    connection.executemany(
        "DELETE FROM blob WHERE sha256 = ?1"
        " AND NOT EXISTS (SELECT 1 FROM document_version v WHERE v.sha256 = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.table_name = 'document_version'"
        " AND j.action = 'D' AND j.before ->> 'sha256' = ?1)",
        contents,
    )
    connection.execute("DROP TABLE temp.erased")
    return int(cursor.rowcount)


def erase_fields(connection: Connection, numbers: Sequence[CustomFieldId]) -> int:
    """Erase custom fields that lie in the trash, with all their values, inside a step.

    Returns:
        How many there were.
    """
    chosen = json.dumps(list(numbers))
    listed = "(SELECT value FROM json_each(?1))"
    rows = connection.execute(
        f"SELECT id FROM custom_field WHERE deleted_at IS NOT NULL AND id IN {listed}", (chosen,)
    )
    chosen = json.dumps([row[0] for row in rows])
    connection.execute(f"DELETE FROM custom_value WHERE field_id IN {listed}", (chosen,))
    cursor = connection.execute(f"DELETE FROM custom_field WHERE id IN {listed}", (chosen,))
    # Each value that any of them ever had left the table by some entry that names its field.
    connection.execute(
        f"UPDATE journal SET action = '{ERASED}', before = NULL, after = NULL"
        " WHERE (action <> 'I' OR last_row_id IS NULL) AND ("
        f"table_name = 'custom_field' AND row_id IN {listed} OR table_name = 'custom_value'"
        " AND row_id IN (SELECT d.row_id FROM journal d WHERE d.table_name = 'custom_value'"
        f" AND d.action = 'D' AND d.before ->> 'field_id' IN {listed}))",
        (chosen,),
    )
    return int(cursor.rowcount)


def erase_products(connection: Connection, numbers: Sequence[ProductId]) -> int:
    """Erase products that lie in the trash, with their prices and suppliers, inside a step.

    Returns:
        How many there were.
    """
    listed = "(SELECT value FROM json_each(?1))"
    rows = connection.execute(
        f"SELECT id FROM product WHERE deleted_at IS NOT NULL AND id IN {listed}",
        (json.dumps(list(numbers)),),
    )
    chosen = json.dumps([row[0] for row in rows])
    for table in ("product_price", "product_supplier"):
        connection.execute(f"DELETE FROM {table} WHERE product_id IN {listed}", (chosen,))
    cursor = connection.execute(f"DELETE FROM product WHERE id IN {listed}", (chosen,))
    # Each price and supplier that any of them ever had left by an entry that names its product.
    theirs = f"""(table_name = 'product' AND row_id IN {listed}
      OR table_name IN ('product_price', 'product_supplier') AND (table_name, row_id) IN (
        SELECT d.table_name, d.row_id FROM journal d
        WHERE d.table_name IN ('product_price', 'product_supplier') AND d.action = 'D'
          AND d.before ->> 'product_id' IN {listed}))"""
    names = connection.execute(
        f"""SELECT DISTINCT before ->> 'name' FROM journal WHERE table_name = 'product'
            AND action <> 'I' AND row_id IN {listed} AND before ->> 'name' <> ''""",
        (chosen,),
    ).fetchall()
    for (name,) in names:
        connection.execute(
            "UPDATE step SET name = replace(name, ?2, '…') WHERE instr(name, ?2)"
            f" AND id IN (SELECT step_id FROM journal WHERE {theirs})",
            (chosen, name),
        )
    connection.execute(
        f"UPDATE journal SET action = '{ERASED}', before = NULL, after = NULL"
        f" WHERE (action <> 'I' OR last_row_id IS NULL) AND {theirs}",
        (chosen,),
    )
    return int(cursor.rowcount)


def _collect(connection: Connection, chosen: str) -> None:
    """Note every row that hangs on them, or ever did."""
    for table, column in OWNER.items():
        connection.execute(
            f"INSERT OR IGNORE INTO temp.erased SELECT '{table}', id FROM {table}"
            f" WHERE {column} IN (SELECT value FROM json_each(?))",
            (chosen,),
        )
        if table != "customer":  # rows that are gone by now
            connection.execute(
                f"INSERT OR IGNORE INTO temp.erased SELECT table_name, row_id FROM journal"
                f" WHERE table_name = '{table}' AND action = 'D'"
                f" AND before ->> '{column}' IN (SELECT value FROM json_each(?))",
                (chosen,),
            )
    connection.execute(
        "INSERT OR IGNORE INTO temp.erased SELECT 'customer', value FROM json_each(?)", (chosen,)
    )
    for table, (whole, column) in PART_OF.items():
        connection.execute(
            f"INSERT OR IGNORE INTO temp.erased SELECT '{table}', t.id FROM {table} t"
            f" JOIN temp.erased e ON e.table_name = '{whole}' AND e.row_id = t.{column}"
        )
        connection.execute(
            "INSERT OR IGNORE INTO temp.erased SELECT j.table_name, j.row_id FROM journal j"
            f" JOIN temp.erased e ON e.table_name = '{whole}'"
            f" AND e.row_id = j.before ->> '{column}'"
            f" WHERE j.table_name = '{table}' AND j.action = 'D'"
        )


def _contents(connection: Connection) -> list[tuple[str]]:
    """Hashes of the contents that their documents had, as the deletion has just noted them."""
    rows = connection.execute(
        "SELECT DISTINCT j.before ->> 'sha256' FROM journal j"
        " JOIN temp.erased e USING (table_name, row_id)"
        " WHERE j.table_name = 'document_version' AND j.action = 'D'"
    )
    return rows.fetchall()  # type: ignore[no-any-return]


def _forget_names(connection: Connection, chosen: str) -> None:
    """Take their names, the former ones too, out of what steps are called."""
    names = {
        row[0]
        for row in connection.execute(
            "SELECT name FROM customer WHERE id IN (SELECT value FROM json_each(?1)) UNION"
            " SELECT before ->> 'name' FROM journal WHERE table_name = 'customer'"
            " AND action <> 'I' AND row_id IN (SELECT value FROM json_each(?1))",
            (chosen,),
        )
        if row[0]
    }
    for name in names:
        connection.execute(
            "UPDATE step SET name = replace(name, ?1, '…') WHERE instr(name, ?1) AND id IN ("
            "SELECT j.step_id FROM journal j JOIN temp.erased e USING (table_name, row_id)"
            " UNION SELECT j.step_id FROM journal j"
            " WHERE j.table_name = 'customer' AND j.action = 'I'"
            " AND EXISTS (SELECT 1 FROM json_each(?2) c"
            "  WHERE c.value BETWEEN j.row_id AND coalesce(j.last_row_id, j.row_id)))",
            (name, chosen),
        )
