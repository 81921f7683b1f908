"""Steps: what the user did, one by one, and which of them can be taken back."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from crm_desktop.domain.changes import Step, StepId, StepKind
from crm_desktop.domain.customers import CustomerId
from crm_desktop.store.engine import Connection
from crm_desktop.store.schema import OWNER, PART_OF
from crm_desktop.store.times import now, parse

_COLUMNS = "id, name, at, kind, target_id, undone, rows"
_LIST = f"SELECT {_COLUMNS} FROM step"
# Of a step whose rows were all erased since, nothing can be taken back.
_SAYS_SOMETHING = """s.last_entry < s.first_entry OR EXISTS (SELECT 1 FROM journal j
  WHERE j.id BETWEEN s.first_entry AND s.last_entry AND j.action <> 'X')"""


@dataclass(slots=True)
class OpenStep:
    """The step that is being written.

    Attributes:
        tables: which tables it touched, once it is finished.
        entries: how many journal entries it made, once it is finished.
    """

    id: StepId
    first_entry: int
    entries: int = 0
    tables: frozenset[str] = frozenset()


@contextmanager
def step(
    connection: Connection,
    name: str,
    *,
    kind: StepKind = StepKind.DO,
    of: StepId | None = None,
    keep_empty: bool = False,
) -> Iterator[OpenStep]:
    """Journal all that is written inside under one name.

    Must run inside a transaction. A step of the user that changed nothing leaves no trace,
    unless `keep_empty` says that something else refers to it.
    """
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM journal").fetchone()[0]
    cursor = connection.execute(
        "INSERT INTO step (name, at, kind, target_id, first_entry) VALUES (?, ?, ?, ?, ?)",
        (name, now(), kind.value, of, first),
    )
    opened = OpenStep(StepId(cursor.lastrowid), first)
    connection.execute("UPDATE journal_state SET step_id = ?", (opened.id,))
    yield opened
    connection.execute("UPDATE journal_state SET step_id = NULL")
    last = connection.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0]
    opened.entries = last - first + 1
    if opened.entries == 0 and kind is StepKind.DO and not keep_empty:
        connection.execute("DELETE FROM step WHERE id = ?", (opened.id,))
        return
    connection.execute(
        "UPDATE step SET last_entry = ?1, rows = (SELECT coalesce(sum("
        "coalesce(last_row_id, row_id) - row_id + 1), 0) FROM journal WHERE id BETWEEN ?2 AND ?1)"
        " WHERE id = ?3",
        (last, first, opened.id),
    )
    opened.tables = frozenset(
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT table_name FROM journal WHERE id >= ? AND id <= ?", (first, last)
        )
    )


class Written(NamedTuple):
    """One row that a step wrote, by itself.

    Attributes:
        action: I, U or D.
        before: what stood in the columns that changed.
    """

    table: str
    row: int
    action: str
    before: Mapping[str, Any]


def written_since(
    connection: Connection, entry: int, tables: Collection[str]
) -> tuple[list[Written], int]:
    """What was written to some tables from an entry of the journal on, and the entry after it.

    Rows that a load wrote in ranges are not told.
    """
    rows = connection.execute(
        "SELECT id, table_name, row_id, action, before, last_row_id FROM journal WHERE id >= ?"
        " ORDER BY id",
        (entry,),
    ).fetchall()
    found = [
        Written(table, row, action, json.loads(before) if before else {})
        for _number, table, row, action, before, last in rows
        if last is None and table in tables
    ]
    return found, rows[-1][0] + 1 if rows else entry


def owner_of(connection: Connection, written: Written, column: str) -> int | None:
    """What a row that was written hangs on, or hung on, by the column that says so."""
    if column in written.before and written.action == "D":
        return int(written.before[column])
    row = connection.execute(
        f'SELECT {column} FROM "{written.table}" WHERE id = ?', (written.row,)
    ).fetchone()
    return None if row is None or row[0] is None else int(row[0])


def current(connection: Connection) -> StepId:
    """The step that is being written."""
    return StepId(connection.execute("SELECT step_id FROM journal_state").fetchone()[0])


def owners(connection: Connection, opened: OpenStep) -> list[CustomerId]:
    """The customers whose rows a step touched; those that are gone included.

    Who was only related with somebody is not among them: nothing of his own changed.
    """
    found: set[CustomerId] = set()
    last = opened.first_entry + opened.entries - 1
    for table in (opened.tables & OWNER.keys()) - {"relation"}:
        if table == "customer":
            query = """SELECT DISTINCT row_id FROM journal
              WHERE id BETWEEN ? AND ? AND table_name = 'customer'"""
        else:
            column = OWNER[table]
            query = f"""SELECT DISTINCT coalesce(t.{column}, j.before ->> '{column}')
              FROM journal j LEFT JOIN "{table}" t ON t.id = j.row_id
              WHERE j.id BETWEEN ? AND ? AND j.table_name = '{table}'"""
        rows = connection.execute(query, (opened.first_entry, last))
        found.update(CustomerId(row[0]) for row in rows if row[0] is not None)
    for table in opened.tables & PART_OF.keys():
        # Where what it belongs to is gone too, that has told of its owner.
        whole, column = PART_OF[table]
        rows = connection.execute(
            f"""SELECT DISTINCT w.{OWNER[whole]} FROM journal j
              LEFT JOIN "{table}" t ON t.id = j.row_id
              JOIN "{whole}" w ON w.id = coalesce(t.{column}, j.before ->> '{column}')
              WHERE j.id BETWEEN ? AND ? AND j.table_name = '{table}'""",
            (opened.first_entry, last),
        )
        found.update(CustomerId(row[0]) for row in rows)
    return sorted(found)


def related(connection: Connection, opened: OpenStep) -> set[CustomerId]:
    """The customers at both ends of the relations that a step touched."""
    if "relation" not in opened.tables:
        return set()
    last = opened.first_entry + opened.entries - 1
    rows = connection.execute(
        """SELECT coalesce(r.customer_id, j.before ->> 'customer_id'),
             coalesce(r.other_id, j.before ->> 'other_id')
           FROM journal j LEFT JOIN relation r ON r.id = j.row_id
           WHERE j.id BETWEEN ? AND ? AND j.table_name = 'relation'""",
        (opened.first_entry, last),
    )
    return {CustomerId(number) for row in rows for number in row if number is not None}


def _step(row: tuple[object, ...]) -> Step:
    number, name, at, kind, of, undone, rows = row
    return Step(
        id=StepId(int(str(number))),
        name=str(name),
        at=parse(str(at)),
        kind=StepKind(str(kind)),
        of=None if of is None else StepId(int(str(of))),
        undone=bool(undone),
        rows=int(str(rows)),
    )


def get(connection: Connection, number: StepId) -> Step | None:
    """One step, or None."""
    row = connection.execute(f"{_LIST} WHERE id = ?", (number,)).fetchone()
    return None if row is None else _step(row)


def newest(connection: Connection, *, before: StepId | None, limit: int) -> list[Step]:
    """Steps, newest first, older than `before`."""
    rows = connection.execute(
        f"{_LIST} WHERE id < ? ORDER BY id DESC LIMIT ?", (before or 2**62, limit)
    )
    return [_step(row) for row in rows]


def undoable(connection: Connection) -> Step | None:
    """The step that Ctrl+Z takes back: the newest that stands."""
    row = connection.execute(
        f"{_LIST} s WHERE kind = 'do' AND undone = 0 AND ({_SAYS_SOMETHING})"
        " ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return None if row is None else _step(row)


def says_something(connection: Connection, number: StepId) -> bool:
    """Whether anything of a step is left that could be taken back."""
    row = connection.execute(
        f"SELECT 1 FROM step s WHERE id = ? AND ({_SAYS_SOMETHING})", (number,)
    ).fetchone()
    return row is not None


def redoable(connection: Connection) -> Step | None:
    """The step that Ctrl+Shift+Z does again; None once something new was done since."""
    row = connection.execute(
        """SELECT target_id FROM step u WHERE kind = 'undo'
             AND id > (SELECT coalesce(max(id), 0) FROM step WHERE kind = 'do')
             AND (SELECT undone FROM step t WHERE t.id = u.target_id) = 1
             AND id = (SELECT max(id) FROM step v
                       WHERE v.kind = 'undo' AND v.target_id = u.target_id)
           ORDER BY id DESC LIMIT 1"""
    ).fetchone()
    return None if row is None else get(connection, StepId(row[0]))


def latest_application(
    connection: Connection, number: StepId, *, undo: bool
) -> tuple[int, int] | None:
    """The journal entries to turn round: first and last id.

    Args:
        connection: for reading.
        number: a step of the user's.
        undo: True for the entries that did it last (itself or its last redo), False for
            those that undid it last.
    """
    condition = (
        "id = :id OR (kind = 'redo' AND target_id = :id)"
        if undo
        else "kind = 'undo' AND target_id = :id"
    )
    row = connection.execute(
        f"SELECT first_entry, last_entry FROM step WHERE {condition} ORDER BY id DESC LIMIT 1",
        {"id": number},
    ).fetchone()
    return None if row is None else (int(row[0]), int(row[1]))


def mark(connection: Connection, number: StepId, *, undone: bool) -> None:
    """Remember whether a step stands or is taken back."""
    connection.execute("UPDATE step SET undone = ? WHERE id = ?", (int(undone), number))
