"""What stood in a customer's file before: his rows, turned back entry by entry.

Of his rows those count that are his now and those that were: deleted since, or given to
somebody else. What was erased for good is not told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from crm_desktop.domain.changes import Step, StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.schema import OWNER

Row = dict[str, Any]
# What a customer is; beside it stands what was done for him, which has a history of its own.
RECORD = ("customer", "contact_point", "address", "customer_tag", "custom_value")
NOW = 2**62


class _Entry(NamedTuple):
    """One entry of the journal about one row."""

    id: int
    step: StepId
    action: str
    before: str | None


class Past:
    """The rows of one customer at any time."""

    def __init__(
        self, connection: Connection, customer: CustomerId, tables: Sequence[str] = RECORD
    ) -> None:
        """Read the journal; as long as his file has changes, whatever the archive holds.

        Args:
            connection: for reading.
            customer: whose, the trash included.
            tables: those to look at.
        """
        self._connection = connection
        self._customer = customer
        # By table and row: how it is now, and the entries about it, the newest first.
        self._rows: dict[str, dict[int, tuple[Row | None, list[_Entry]]]] = {
            table: {
                row: (self._present(table, row), self._entries(table, row))
                for row in self._row_ids(table)
            }
            for table in tables
        }

    def moments(self) -> list[tuple[Step, int]]:
        """The steps that changed any of the rows, the newest first, each with its last entry."""
        last: dict[StepId, int] = {}
        for rows in self._rows.values():
            for _row, entries in rows.values():
                for entry in entries:
                    last[entry.step] = max(entry.id, last.get(entry.step, 0))
        found = ((steps.get(self._connection, step), last[step]) for step in last)
        listed = [(step, entry) for step, entry in found if step is not None]
        return sorted(listed, key=lambda one: one[0].id, reverse=True)

    def rows(self, table: str, entry: int) -> list[Row]:
        """The customer's rows of a table as they stood once an entry of the journal was written.

        Returns:
            The rows by ascending id, a value for each column.
        """
        found = []
        for _number, (present, entries) in sorted(self._rows[table].items()):
            row = _turned_back(present, entries, entry)
            if row is not None and row[OWNER[table]] == self._customer:
                found.append(row)
        return found

    def exists(self, table: str, row_id: int) -> bool:
        """Whether there is a row now, whosever it is."""
        return self._rows[table][row_id][0] is not None

    def was_others(self, table: str, row_id: int) -> bool:
        """Whether a row belonged to somebody else before it was his."""
        owner = OWNER[table]
        _present, entries = self._rows[table][row_id]
        return any(
            entry.action == "U" and owner in json.loads(entry.before or "{}") for entry in entries
        )

    def came_by(self, table: str, row_id: int) -> StepId | None:
        """The step that a row came by; None where that is not known any more."""
        _present, entries = self._rows[table][row_id]
        return next((entry.step for entry in entries if entry.action == "I"), None)

    def _row_ids(self, table: str) -> set[int]:
        owner, run = OWNER[table], self._connection.execute
        if table == "customer":
            return {self._customer}
        found = {
            row[0] for row in run(f'SELECT id FROM "{table}" WHERE {owner} = ?', (self._customer,))
        }
        was_his = run(
            f"""SELECT row_id FROM journal INDEXED BY journal_row
                WHERE table_name = ? AND action <> 'I' AND before ->> '{owner}' = ?""",
            (table, self._customer),
        )
        return found | {row[0] for row in was_his}

    def _present(self, table: str, row_id: int) -> Row | None:
        cursor = self._connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,))
        row = cursor.fetchone()
        if row is None:
            return None
        return dict(zip((c[0] for c in cursor.description), row, strict=True))

    def _entries(self, table: str, row_id: int) -> list[_Entry]:
        rows = self._connection.execute(
            """SELECT id, step_id, action, before FROM journal
               WHERE table_name = ?1 AND row_id = ?2 AND action <> 'I'
               UNION ALL SELECT id, step_id, action, NULL FROM journal
               WHERE table_name = ?1 AND row_id = ?2 AND action = 'I' AND last_row_id IS NULL
               UNION ALL SELECT id, step_id, action, NULL FROM journal
               WHERE table_name = ?1 AND row_id <= ?2 AND last_row_id >= ?2
                 AND last_row_id IS NOT NULL
               ORDER BY 1 DESC""",
            (table, row_id),
        )
        return [_Entry(*row) for row in rows]


def _turned_back(present: Row | None, entries: Sequence[_Entry], entry: int) -> Row | None:
    """A row as it stood once an entry was written; None where there was none."""
    row = present
    for one in entries:
        if one.id <= entry:
            break
        if one.action == "D" and one.before is not None:
            row = json.loads(one.before)
        elif one.action == "U" and row is not None and one.before is not None:
            row = row | json.loads(one.before)
        else:  # it came by this entry, or what it was is erased
            row = None
    return row
