"""Taking a step back, however long ago it was, without losing what was edited since.

The journal's entries of the step are turned round: inserted rows go, deleted rows come back,
changed columns get their former value. A value is only touched where it still is what the
step left there; everything else stays, and is listed as a conflict. A customer that a step
made stays whole as soon as anything of his was edited since.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import NamedTuple

from crm_desktop.domain.changes import Conflict
from crm_desktop.domain.customers import CustomerId
from crm_desktop.store.engine import Connection, sqlite
from crm_desktop.store.journal import triggers
from crm_desktop.store.journal.building import HANGING, follows_from_name
from crm_desktop.store.schema import JOURNALLED, OWNER, PART_OF


class _Use(NamedTuple):
    """Who uses rows that are shared: a table, its column, and what of the shared row is in it."""

    table: str
    column: str
    of: str = "id"


# Rows of these are shared by customers; they go only when nobody uses them any more.
_SHARED = {
    "tag": _Use("customer_tag", "tag_id"),
    "custom_field": _Use("custom_value", "field_id"),
    "relation_kind": _Use("relation", "kind", "name"),
    "category": _Use("product", "category_id"),
    "pipeline": _Use("pipeline_stage", "pipeline_id"),
    "pipeline_stage": _Use("opportunity", "stage_id"),
}
# What a row can do without: it comes back though that is gone.
_LOOSE = {
    ("task", "interaction_id"): "interaction",
    ("product", "category_id"): "category",
    ("task", "opportunity_id"): "opportunity",
    ("opportunity_move", "stage_id"): "pipeline_stage",
    ("quotation", "opportunity_id"): "opportunity",
    ("quotation_line", "product_id"): "product",
    ("sales_order", "opportunity_id"): "opportunity",
    ("sales_order", "quotation_id"): "quotation",
    ("order_line", "product_id"): "product",
}


@dataclass(slots=True)
class _Reversal:
    connection: Connection
    first: int
    last: int
    applied: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    def run(self) -> None:
        self._collect_inserted()
        self._move_back()
        self._protect_edited()
        for table in reversed(JOURNALLED):
            self._remove_inserted(table)
        for table in JOURNALLED:
            self._bring_back_deleted(table)
        self._turn_updates_round()
        self.connection.execute("DROP TABLE temp.revert_inserted")
        self.connection.execute("DROP TABLE temp.revert_kept")
        self.connection.execute("DROP TABLE temp.revert_kept_row")

    def _collect_inserted(self) -> None:
        run = self.connection.execute
        run("DROP TABLE IF EXISTS temp.revert_inserted")
        run("DROP TABLE IF EXISTS temp.revert_kept")
        run("DROP TABLE IF EXISTS temp.revert_kept_row")
        run(
            "CREATE TEMP TABLE revert_inserted "
            "(table_name TEXT, row_id INTEGER, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
        )
        run("CREATE TEMP TABLE revert_kept (customer_id INTEGER PRIMARY KEY)")
        # Of what is no customer's: an article, a field, a task of the firm's own.
        run(
            "CREATE TEMP TABLE revert_kept_row "
            "(table_name TEXT, row_id INTEGER, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
        )
        run(
            "INSERT OR IGNORE INTO temp.revert_inserted SELECT table_name, row_id FROM journal "
            "WHERE id BETWEEN ? AND ? AND action = 'I' AND last_row_id IS NULL",
            (self.first, self.last),
        )
        run(
            "INSERT OR IGNORE INTO temp.revert_inserted"
            " WITH RECURSIVE covered (table_name, row_id, last) AS ("
            "  SELECT table_name, row_id, last_row_id FROM journal"
            "  WHERE id BETWEEN ? AND ? AND action = 'I' AND last_row_id IS NOT NULL"
            "  UNION ALL SELECT table_name, row_id + 1, last FROM covered WHERE row_id < last)"
            " SELECT table_name, row_id FROM covered",
            (self.first, self.last),
        )

    def _move_back(self) -> None:
        """Give rows back that the step moved to customers it made, before these go.

        So it is where two were made of one again: what hangs on the new one had been the other's.
        """
        moved = self.connection.execute(
            """SELECT j.table_name, j.row_id, c.key, c.value,
                 json_extract(j.before, '$.' || c.key)
               FROM journal j, json_each(j.after) c
               JOIN temp.revert_inserted i ON i.table_name = 'customer' AND i.row_id = c.value
               WHERE j.id BETWEEN ? AND ? AND j.action = 'U'
                 AND c.key IN ('customer_id', 'other_id')""",
            (self.first, self.last),
        ).fetchall()
        for table, row_id, column, owner, before in moved:
            self.connection.execute(
                f'UPDATE "{table}" SET {column} = ? WHERE id = ? AND {column} = ?',
                (before, row_id, owner),
            )

    def _protect_edited(self) -> None:
        """Find what the step made and somebody edited since, and whose it is."""
        later = self.connection.execute(
            """SELECT j.table_name, j.row_id, j.action, j.before FROM journal j
               JOIN temp.revert_inserted i USING (table_name, row_id)
               WHERE j.id > ? AND j.action IN ('U', 'D') ORDER BY j.id""",
            (self.last,),
        ).fetchall()
        as_inserted: dict[tuple[str, int], dict[str, object]] = {}
        for table, row_id, _action, before in later:
            known = as_inserted.setdefault((table, row_id), {})
            for name, value in json.loads(before).items():
                known.setdefault(name, value)
        for (table, row_id), recorded in as_inserted.items():
            self._compare_inserted(table, row_id, recorded)
        for table in OWNER:
            if table not in ("customer", "relation"):
                self._protect_owners_of_additions(table)
        for table in PART_OF:
            self._protect_owners_of_parts(table)
        for hanging, (table, column) in HANGING.items():
            self._protect_rows_with_additions(table, hanging, column)
        self._protect_related()

    def _compare_inserted(self, table: str, row_id: int, recorded: dict[str, object]) -> None:
        present = self._row(table, row_id)
        if table == "relation" and present is None:
            # A relation ends with what it follows from, and that is looked at by itself.
            return
        owner = self._owner(table, present or recorded)
        if present is None:
            # Taken out by hand since. If its customer is gone too, there is nothing to keep.
            if owner is not None and self._row("customer", owner) is not None:
                self._keep(owner, table, "", "", _text(recorded))
            return
        for name, value in recorded.items():
            if name == "updated_at" or present[name] == value:
                continue
            if owner is None:
                self._keep_row(table, row_id)
                self._conflict(None, table, name, present[name], value)
            else:
                self._keep(owner, table, name, present[name], value)

    def _protect_owners_of_additions(self, table: str) -> None:
        added = self.connection.execute(
            f"""SELECT t.{OWNER[table]}, t.id FROM "{table}" t
                JOIN temp.revert_inserted c
                  ON c.table_name = 'customer' AND c.row_id = t.{OWNER[table]}
                WHERE NOT EXISTS (SELECT 1 FROM temp.revert_inserted i
                                  WHERE i.table_name = '{table}' AND i.row_id = t.id)"""
        ).fetchall()
        for owner, row_id in added:
            self._keep(owner, table, "", _text(self._row(table, row_id) or {}), "")

    def _protect_owners_of_parts(self, table: str) -> None:
        """Keep what somebody added a part to since, and with it all that its owner got."""
        whole, column = PART_OF[table]
        added = self.connection.execute(
            f"""SELECT w.{OWNER[whole]}, t.id FROM "{table}" t
                JOIN "{whole}" w ON w.id = t.{column}
                JOIN temp.revert_inserted c ON c.table_name = '{whole}' AND c.row_id = w.id
                WHERE NOT EXISTS (SELECT 1 FROM temp.revert_inserted i
                                  WHERE i.table_name = '{table}' AND i.row_id = t.id)"""
        ).fetchall()
        for owner, row_id in added:
            self._keep(owner, table, "", _text(self._row(table, row_id) or {}), "")

    def _protect_rows_with_additions(self, table: str, hanging: str, column: str) -> None:
        """Keep what is no customer's, and something was hung on since."""
        added = self.connection.execute(
            f"""SELECT t.{column}, t.id FROM "{hanging}" t
                JOIN temp.revert_inserted c ON c.table_name = '{table}' AND c.row_id = t.{column}
                WHERE NOT EXISTS (SELECT 1 FROM temp.revert_inserted i
                                  WHERE i.table_name = '{hanging}' AND i.row_id = t.id)"""
        ).fetchall()
        for row_id, number in added:
            self._keep_row(table, row_id)
            owner = self._owner(hanging, self._row(hanging, number) or {})
            self._conflict(owner, hanging, "", _text(self._row(table, row_id) or {}), "")

    def _protect_related(self) -> None:
        """Keep whom somebody related by hand since.

        That a person works at the organisation whose name stands in his file follows from
        that name, whoever noted it; such a relation goes and holds nobody back.
        """
        added = self.connection.execute(
            """SELECT r.kind, c.id, c.organisation, c.name, o.id, o.name
               FROM relation r JOIN customer c ON c.id = r.customer_id
               JOIN customer o ON o.id = r.other_id
               WHERE (r.customer_id IN (SELECT row_id FROM temp.revert_inserted
                                        WHERE table_name = 'customer')
                   OR r.other_id IN (SELECT row_id FROM temp.revert_inserted
                                     WHERE table_name = 'customer'))
                 AND NOT EXISTS (SELECT 1 FROM temp.revert_inserted i
                                 WHERE i.table_name = 'relation' AND i.row_id = r.id)"""
        ).fetchall()
        for kind, owner, works_at, name, other, other_name in added:
            if follows_from_name(kind, works_at, other_name):
                continue
            for number, shown in ((owner, other_name), (other, name)):
                if self._was_inserted("customer", number):
                    self._keep(number, "relation", "", shown, "")

    def _was_inserted(self, table: str, row_id: int) -> bool:
        return (
            self.connection.execute(
                "SELECT 1 FROM temp.revert_inserted WHERE table_name = ? AND row_id = ?",
                (table, row_id),
            ).fetchone()
            is not None
        )

    def _keep(self, owner: int, table: str, name: str, kept: object, recorded: object) -> None:
        self.connection.execute(
            "INSERT OR IGNORE INTO temp.revert_kept (customer_id) VALUES (?)", (owner,)
        )
        self._conflict(owner, table, name, kept, recorded)

    def _keep_row(self, table: str, row_id: int) -> None:
        """Keep what is no customer's, and what it hangs on."""
        if table in HANGING and (row := self._row(table, row_id)) is not None:
            whole, column = HANGING[table]
            self._keep_row(whole, int(str(row[column])))
        self.connection.execute(
            "INSERT OR IGNORE INTO temp.revert_kept_row VALUES (?, ?)", (table, row_id)
        )

    def _conflict(
        self, owner: int | None, table: str, name: str, kept: object, recorded: object
    ) -> None:
        customer = None if owner is None else self._row("customer", owner)
        self.conflicts.append(
            Conflict(
                customer=None if owner is None else CustomerId(owner),
                customer_name="" if customer is None else str(customer["name"]),
                table=table,
                field=name,
                kept="" if kept is None else str(kept),
                recorded="" if recorded is None else str(recorded),
            )
        )

    def _remove_inserted(self, table: str) -> None:
        parameters: tuple[str, ...] = ()
        condition = f"""id IN (SELECT row_id FROM temp.revert_inserted
                               WHERE table_name = '{table}')
            AND id NOT IN (SELECT row_id FROM temp.revert_kept_row
                           WHERE table_name = '{table}')"""
        if _is_owned(table):
            kept = "(SELECT customer_id FROM temp.revert_kept)"
            condition += f" AND coalesce({_owner_of(table)}, 0) NOT IN {kept}"
        if table in _SHARED:
            condition += f' AND "{table}".id NOT IN (SELECT value FROM json_each(?))'
            parameters = (json.dumps(sorted(self._used(table))),)
        cursor = self.connection.execute(f'DELETE FROM "{table}" WHERE {condition}', parameters)
        self.applied += max(cursor.rowcount, 0)

    def _used(self, table: str) -> set[int]:
        """Shared rows of the step's that others use, or will use once a later step is undone."""
        user, column, of = _SHARED[table]
        made = dict(
            self.connection.execute(
                f"""SELECT s.{of}, s.id FROM "{table}" s JOIN temp.revert_inserted i
                    ON i.table_name = '{table}' AND i.row_id = s.id"""
            ).fetchall()
        )
        if not made:
            return set()
        names = json.dumps(list(made))
        rows = self.connection.execute(
            f"""SELECT {column} FROM "{user}" WHERE {column} IN (SELECT value FROM json_each(?1))
                UNION SELECT j.before ->> '{column}' FROM journal j JOIN step s ON s.id = j.step_id
                JOIN step d ON d.id = coalesce(s.target_id, s.id)
                WHERE j.id > ?2 AND j.table_name = '{user}' AND j.action IN ('U', 'D')
                  AND s.kind <> 'undo' AND d.undone = 0
                  AND j.before ->> '{column}' IN (SELECT value FROM json_each(?1))""",
            (names, self.last),
        )
        return {made[row[0]] for row in rows}

    def _bring_back_deleted(self, table: str) -> None:
        defaults = triggers.defaults(self.connection, table)
        listed = ", ".join(f'"{n}"' for n in defaults)
        values = ", ".join(_value_of(table, n, default) for n, default in defaults.items())
        where = f"""FROM journal j WHERE j.id BETWEEN ? AND ? AND j.action = 'D'
            AND j.table_name = '{table}'
            AND NOT EXISTS (SELECT 1 FROM temp.revert_inserted i
                            WHERE i.table_name = j.table_name AND i.row_id = j.row_id)"""
        self.connection.execute("SAVEPOINT bring_back")
        try:
            cursor = self.connection.execute(
                f'INSERT INTO "{table}" ({listed}) SELECT {values} {where}',
                (self.first, self.last),
            )
            self.applied += max(cursor.rowcount, 0)
        except sqlite.IntegrityError:
            # Something stands in the place of a row: bring the others back one by one.
            self.connection.execute("ROLLBACK TO bring_back")
            entries = self.connection.execute(
                f"SELECT j.id, j.before {where}", (self.first, self.last)
            ).fetchall()
            for entry, before in entries:
                self._bring_back_one(table, listed, values, entry, json.loads(before))
        self.connection.execute("RELEASE bring_back")

    def _bring_back_one(
        self, table: str, listed: str, values: str, entry: int, before: dict[str, object]
    ) -> None:
        try:
            self.connection.execute(
                f'INSERT INTO "{table}" ({listed}) SELECT {values} FROM journal j WHERE j.id = ?',
                (entry,),
            )
            self.applied += 1
        except sqlite.IntegrityError:
            # Stands already, or its other end is gone; or what it is a part of, which is told.
            if table == "relation" or table in PART_OF or self._stands(table, before):
                return
            self._conflict(self._owner(table, before), table, "", "", _text(before))

    def _stands(self, table: str, before: dict[str, object]) -> bool:
        """Whether a deleted row was brought back already, by something else, as it was."""
        present = self._row(table, int(str(before["id"])))
        return present is not None and all(
            present.get(name) == value for name, value in before.items() if name != "updated_at"
        )

    def _turn_updates_round(self) -> None:
        entries = self.connection.execute(
            """SELECT table_name, row_id, before, after FROM journal j
               WHERE id BETWEEN ? AND ? AND action = 'U'
                 AND NOT EXISTS (SELECT 1 FROM temp.revert_inserted i
                                 WHERE i.table_name = j.table_name AND i.row_id = j.row_id)
               ORDER BY id DESC""",
            (self.first, self.last),
        ).fetchall()
        for table, row_id, before, after in entries:
            self._turn_update_round(table, row_id, json.loads(before), json.loads(after))

    def _turn_update_round(
        self, table: str, row_id: int, before: dict[str, object], after: dict[str, object]
    ) -> None:
        present = self._row(table, row_id)
        if present is None:
            self._conflict(None, table, "", "", _text(after))
            return
        restore = {}
        owner = self._owner(table, present)
        for name, value in before.items():
            if present[name] == after[name]:
                restore[name] = value
            elif present[name] != value:
                self._conflict(owner, table, name, present[name], after[name])
        if restore:
            assignments = ", ".join(f'"{n}" = ?' for n in restore)
            try:
                self.connection.execute(
                    f'UPDATE "{table}" SET {assignments} WHERE id = ?', (*restore.values(), row_id)
                )
                self.applied += 1
            except sqlite.IntegrityError:  # something else has its former name since
                for name in restore:
                    self._conflict(owner, table, name, present[name], after[name])

    def _owner(self, table: str, row: dict[str, object]) -> int | None:
        """The customer that a row hangs on; None where it hangs on nobody, or he is not known."""
        if table in PART_OF:
            table, column = PART_OF[table]
            row = self._row(table, int(str(row[column]))) or {}
        owner = row.get(OWNER.get(table, ""))
        return None if owner is None else int(str(owner))

    def _row(self, table: str, row_id: int) -> dict[str, object] | None:
        cursor = self.connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
        row = cursor.fetchone()
        if row is None:
            return None
        return dict(zip((c[0] for c in cursor.description), row, strict=True))


def _value_of(table: str, column: str, default: str | None) -> str:
    """A column of a deleted row; the row may be older than the column."""
    value = f"j.before ->> '{column}'"
    if (table, column) in _LOOSE:
        return f'(SELECT r.id FROM "{_LOOSE[table, column]}" r WHERE r.id = {value})'
    return value if default is None else f"coalesce({value}, {default})"


def _is_owned(table: str) -> bool:
    return table in OWNER or table in PART_OF


def _owner_of(table: str) -> str:
    """The customer that a row of a table hangs on, as an expression."""
    if table not in PART_OF:
        return OWNER[table]
    whole, column = PART_OF[table]
    return f'(SELECT w.{OWNER[whole]} FROM "{whole}" w WHERE w.id = "{table}".{column})'


def _text(row: dict[str, object]) -> str:
    """A row's own words, for a list of conflicts."""
    shown = ("name", "raw", "value", "text", "street", "city", "file_name")
    return ", ".join(str(row[n]) for n in shown if row.get(n))


def revert(connection: Connection, entries: tuple[int, int]) -> tuple[int, list[Conflict]]:
    """Turn journal entries round; must run inside a step.

    Args:
        connection: the writer's.
        entries: first and last id of the entries.

    Returns:
        How many rows were changed, and what was left alone because it was edited since.
    """
    reversal = _Reversal(connection, *entries)
    reversal.run()
    return reversal.applied, reversal.conflicts
