"""The triggers that write the journal, made from the schema as it stands.

They live in the file, so that no program can change a row without leaving its before-image.
A write outside a step fails: `journal.step_id` may not be null. An insert has no before-image;
an import's inserts, hundreds of thousands with ids in a row, are written down as ranges
(`inserting`), which saves a tenth of its time and of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from crm_desktop.store.engine import Connection
from crm_desktop.store.schema import JOURNALLED, NOT_JOURNALLED_COLUMNS

_GIVEN_OUT: Mapping[str, Sequence[int]] = {}


def defaults(connection: Connection, table: str) -> dict[str, str | None]:
    """A table's columns in order, each with what stands in it where nothing is said, as SQL.

    None for those that have to be said, or may be NULL.
    """
    rows = connection.execute(f'PRAGMA table_info("{table}")')
    return {name: default for _n, name, _type, _not_null, default, _key in rows}


def install(connection: Connection) -> None:
    """Make the triggers anew; to be run after every migration."""
    old = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND substr(name, 1, 8) = 'journal_'"
    ).fetchall()
    for (name,) in old:
        connection.execute(f'DROP TRIGGER "{name}"')
    for table in JOURNALLED:
        for statement in _statements(table, list(defaults(connection, table))):
            connection.execute(statement)


@contextmanager
def inserting(
    connection: Connection,
    *tables: str,
    ids: Mapping[str, Sequence[int]] = _GIVEN_OUT,
) -> Iterator[None]:
    """Journal the rows that are inserted inside by ranges of their ids.

    One window for all the tables of a load: each statement costs its thread a turn at Python's
    lock, ten of them a fifth of the writer's time.

    Args:
        connection: the writer's, inside a step.
        tables: those that are inserted into, and no others.
        ids: of all rows that are inserted into one of them, in ascending order, where the
            archive does not give them out itself, which it does without gaps.
    """
    before = _last_ids(connection)
    connection.execute("UPDATE journal_state SET by_ranges = 1")
    yield
    connection.execute("UPDATE journal_state SET by_ranges = 0")
    after = _last_ids(connection)
    connection.executemany(
        "INSERT INTO journal (step_id, table_name, row_id, last_row_id, action)"
        " VALUES ((SELECT step_id FROM journal_state), ?, ?, ?, 'I')",
        [
            (table, first, last)
            for table in tables
            for first, last in _ranges(
                ids[table]
                if table in ids
                else range(before.get(table, 0) + 1, after.get(table, 0) + 1)
            )
        ],
    )


def _last_ids(connection: Connection) -> dict[str, int]:
    """The highest ids that the archive ever gave out, by table."""
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def last_id(connection: Connection, table: str) -> int:
    """The highest id that the archive ever gave out in a table; 0 before the first."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 0 if row is None else int(row[0])


def _ranges(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    if ids and ids[-1] - ids[0] == len(ids) - 1:
        yield ids[0], ids[-1]
        return
    start = 0
    for i in range(1, len(ids) + 1):
        if i == len(ids) or ids[i] != ids[i - 1] + 1:
            yield ids[start], ids[i - 1]
            start = i


def _statements(table: str, names: list[str]) -> list[str]:
    watched = [n for n in names if n not in NOT_JOURNALLED_COLUMNS]
    changed = " OR ".join(f'old."{n}" IS NOT new."{n}"' for n in watched)
    pairs = " UNION ALL ".join(
        f'SELECT \'{n}\' AS name, old."{n}" AS was, new."{n}" AS is_now' for n in watched
    )
    image = ", ".join(f"'{n}', old.\"{n}\"" for n in names)
    step = "(SELECT step_id FROM journal_state)"
    return [
        f"""CREATE TRIGGER "journal_{table}_insert" AFTER INSERT ON "{table}"
          WHEN NOT (SELECT by_ranges FROM journal_state) BEGIN
          INSERT INTO journal (step_id, table_name, row_id, action)
          VALUES ({step}, '{table}', new.id, 'I'); END""",
        f"""CREATE TRIGGER "journal_{table}_update" AFTER UPDATE ON "{table}"
          WHEN {changed} BEGIN
          INSERT INTO journal (step_id, table_name, row_id, action, before, after)
          SELECT {step}, '{table}', new.id, 'U',
            json_group_object(name, was), json_group_object(name, is_now)
          FROM ({pairs}) WHERE was IS NOT is_now; END""",
        f"""CREATE TRIGGER "journal_{table}_delete" AFTER DELETE ON "{table}" BEGIN
          INSERT INTO journal (step_id, table_name, row_id, action, before)
          VALUES ({step}, '{table}', old.id, 'D', json_object({image})); END""",
    ]
