"""What an import leaves behind: its files, sheets and every raw row, as evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    Origin,
    Source,
)
from crm_desktop.domain.imports import BatchId, ColumnMapping
from crm_desktop.store import custom_fields, merging
from crm_desktop.store.engine import Connection
from crm_desktop.store.times import now, parse

_ROWS_AT_ONCE = 500


def imported_before(connection: Connection, sha256: str) -> str | None:
    """When a file of this content was imported by a step that still stands; UTC ISO text."""
    row = connection.execute(
        """SELECT b.at FROM import_file f JOIN import_batch b ON b.id = f.batch_id
           JOIN step s ON s.id = b.step_id
           WHERE f.sha256 = ? AND s.undone = 0 ORDER BY b.id DESC LIMIT 1""",
        (sha256,),
    ).fetchone()
    return None if row is None else str(row[0])


def named_before(connection: Connection, name: str) -> str | None:
    """When a file of this name was imported by a step that still stands; UTC ISO text."""
    row = connection.execute(
        """SELECT b.at FROM import_file f JOIN import_batch b ON b.id = f.batch_id
           JOIN step s ON s.id = b.step_id
           WHERE f.name = ? AND f.sha256 <> '' AND s.undone = 0 ORDER BY b.id DESC LIMIT 1""",
        (name,),
    ).fetchone()
    return None if row is None else str(row[0])


class KnownRow(NamedTuple):
    """A row that an earlier import took in.

    Attributes:
        at: when, UTC ISO text.
        customer: whose it is; None once he is gone.
    """

    at: str
    customer: CustomerId | None


def rows_before(
    connection: Connection, *, name: str, sha256: str
) -> dict[str, dict[int, KnownRow]]:
    """Rows that came in with a file of this name or content, by their sheet's name.

    Rows are told by the hash of what stood in them: a row that only moved is the same one.
    Those that were left out are not among them, nor those of imports that were undone.
    """
    found: dict[str, dict[int, KnownRow]] = {}
    for sheet, cells, at, customer in connection.execute(
        """SELECT s.name, r.cells, b.at, c.id FROM import_file f
           JOIN import_batch b ON b.id = f.batch_id JOIN step t ON t.id = b.step_id
           JOIN import_sheet s ON s.file_id = f.id JOIN import_row r ON r.sheet_id = s.id
           LEFT JOIN customer c ON c.id = r.customer_id AND c.deleted_at IS NULL
           WHERE (f.name = ? OR f.sha256 = ?) AND f.sha256 <> '' AND t.undone = 0
             AND r.outcome <> 'left_out' ORDER BY b.id""",
        (name, sha256),
    ):
        found.setdefault(sheet, {}).setdefault(hash(cells), KnownRow(at, customer))
    return found


def start_batch(connection: Connection, step: StepId) -> BatchId:
    """Open a batch under a step."""
    cursor = connection.execute(
        "INSERT INTO import_batch (step_id, at) VALUES (?, ?)", (step, now())
    )
    return BatchId(cursor.lastrowid)


def start_file(
    connection: Connection, batch: BatchId, *, name: str, kind: str, sha256: str, size: int
) -> int:
    """Note a file of a batch; returns its number."""
    cursor = connection.execute(
        "INSERT INTO import_file (batch_id, name, format, sha256, size) VALUES (?, ?, ?, ?, ?)",
        (batch, name, kind, sha256, size),
    )
    return int(cursor.lastrowid)


def start_sheet(
    connection: Connection,
    file: int,
    *,
    name: str,
    header_row: int = 0,
    columns: Sequence[ColumnMapping] = (),
) -> int:
    """Note a sheet of a file and how its columns were read; returns its number."""
    cursor = connection.execute(
        "INSERT INTO import_sheet (file_id, name, header_row, columns) VALUES (?, ?, ?, ?)",
        (
            file,
            name,
            header_row,
            json.dumps(
                [{"column": c.column, "header": c.header, "field": c.field} for c in columns],
                ensure_ascii=False,
            ),
        ),
    )
    return int(cursor.lastrowid)


def origins(connection: Connection, customer: CustomerId) -> Iterator[Origin]:
    """The cells that a customer was made of, the latest import first; undone ones are left out."""
    rows = connection.execute(
        """SELECT f.name, s.name, s.columns, r.row, r.outcome, r.cells, b.at
           FROM import_row r JOIN import_sheet s ON s.id = r.sheet_id
           JOIN import_file f ON f.id = s.file_id JOIN import_batch b ON b.id = f.batch_id
           JOIN step t ON t.id = b.step_id
           WHERE r.customer_id IN (SELECT value FROM json_each(?)) AND t.undone = 0
           ORDER BY b.id DESC, s.id, r.row""",
        (json.dumps(merging.absorbed(connection, customer)),),
    )
    for file, sheet, columns, row, outcome, cells, at in rows:
        values = json.loads(cells)
        for column in json.loads(columns):
            letter = column["column"]
            if letter in values:
                yield Origin(
                    field=column["field"],
                    file=file,
                    sheet=sheet,
                    row=row,
                    column=letter,
                    header=column["header"],
                    text=str(values[letter]),
                    at=parse(at),
                    outcome=outcome,
                )


class RawColumn(NamedTuple):
    """A column as it was read: its letter, its head, what it fed."""

    column: str
    header: str
    field: str


class RawSheet(NamedTuple):
    """What is kept of a sheet of an import."""

    id: int
    name: str
    columns: tuple[RawColumn, ...]


class RawRow(NamedTuple):
    """A row as it stood in its file, by the letters of its columns."""

    row: int
    cells: dict[str, str]


def sheets_of(connection: Connection, batch: BatchId) -> list[RawSheet]:
    """The sheets of an import in their order; those that an own export names are not its own."""
    rows = connection.execute(
        """SELECT s.id, s.name, s.columns FROM import_sheet s
           JOIN import_file f ON f.id = s.file_id
           WHERE f.batch_id = ? AND f.sha256 <> '' ORDER BY f.id, s.id""",
        (batch,),
    )
    return [
        RawSheet(
            number,
            name,
            tuple(RawColumn(c["column"], c["header"], c["field"]) for c in json.loads(columns)),
        )
        for number, name, columns in rows
    ]


def raw_rows(connection: Connection, sheet: int, numbers: Sequence[int]) -> Iterator[RawRow]:
    """Rows of a sheet by their ascending numbers; those that are not there are passed over."""
    for start in range(0, len(numbers), _ROWS_AT_ONCE):
        chunk = numbers[start : start + _ROWS_AT_ONCE]
        marks = ",".join("?" * len(chunk))
        parts = connection.execute(
            f"SELECT row, cells FROM import_row WHERE sheet_id = ? AND row IN ({marks})"
            " ORDER BY row, part",
            (sheet, *chunk),
        )
        for row, own in groupby(parts, key=itemgetter(0)):
            found = {k: v for _row, cells in own for k, v in json.loads(cells).items()}
            yield RawRow(row, {letter: str(text) for letter, text in found.items()})


def has_customers(connection: Connection) -> bool:
    """Whether the archive holds any customer, the trash included."""
    return connection.execute("SELECT 1 FROM customer LIMIT 1").fetchone() is not None


def match_keys(
    connection: Connection, is_own_id: Callable[[str], object]
) -> Iterator[tuple[CustomerId, CustomerDraft]]:
    """What matching needs of every customer: names, birthday, contacts, cities, own numbers.

    The customers come by ascending id, and so does what belongs to them: the queries are
    walked side by side, so that only one customer is in memory at a time.

    Args:
        connection: for reading.
        is_own_id: whether a custom field, by its name, holds a number that is one customer's.
    """
    points = _Beside(
        connection.execute(
            "SELECT customer_id, kind, raw, value FROM contact_point"
            " WHERE value IS NOT NULL AND kind IN ('phone', 'email') ORDER BY customer_id"
        )
    )
    fields = [n for n, name in custom_fields.names(connection) if is_own_id(name)]
    marks = ",".join("?" * len(fields))
    numbers = _Beside(
        connection.execute(
            "SELECT v.customer_id, f.name, v.value FROM custom_value v"
            f" JOIN custom_field f ON f.id = v.field_id WHERE v.field_id IN ({marks})"
            " ORDER BY v.customer_id",
            fields,
        )
    )
    cities = _Beside(
        connection.execute(
            "SELECT customer_id, city FROM address WHERE city <> '' ORDER BY customer_id, position"
        )
    )
    for number, kind, name, organisation, birthday in connection.execute(
        "SELECT id, kind, name, organisation, birthday FROM customer"
        " WHERE deleted_at IS NULL ORDER BY id"
    ):
        yield (
            CustomerId(number),
            CustomerDraft(
                name,
                kind,
                organisation=organisation,
                birthday=birthday,
                contact_points=tuple(ContactPoint(*point) for point in points.of(number)),
                addresses=tuple(Address(city=city) for (city,) in cities.of(number)),
                custom=tuple((field, value) for field, value in numbers.of(number)),
            ),
        )


class _Beside:
    """Rows that begin with a customer's number, walked beside the customers."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._waiting = next(rows, None)

    def of(self, number: int) -> Iterator[tuple[Any, ...]]:
        """The rows of one customer, without his number; customers must be asked in order."""
        while self._waiting is not None and self._waiting[0] <= number:
            if self._waiting[0] == number:
                yield self._waiting[1:]
            self._waiting = next(self._rows, None)


class SourceWriter:
    """Writes where customers of an own export had come from, as rows of the files named there."""

    def __init__(self, connection: Connection, batch: BatchId) -> None:
        self._connection = connection
        self._batch = batch
        self._sheets: dict[tuple[str, str, int], int] = {}
        self._files: dict[tuple[str, int], int] = {}
        self._taken: dict[Source, int] = {}

    def add(self, source: Source, customer: CustomerId) -> None:
        """Note one source of one customer.

        Two files of one name may both have had a row of one number: then the second becomes
        a file of its own again.
        """
        occurrence = self._taken.get(source, 0)
        self._taken[source] = occurrence + 1
        sheet = self._sheets.get((source.file, source.sheet, occurrence))
        if sheet is None:
            sheet = start_sheet(
                self._connection, self._file(source.file, occurrence), name=source.sheet
            )
            self._sheets[source.file, source.sheet, occurrence] = sheet
        self._connection.execute(
            "INSERT INTO import_row (sheet_id, row, outcome, customer_id)"
            " VALUES (?, ?, 'created', ?)",
            (sheet, source.row, customer),
        )

    def _file(self, name: str, occurrence: int) -> int:
        file = self._files.get((name, occurrence))
        if file is None:
            file = start_file(self._connection, self._batch, name=name, kind="", sha256="", size=0)
            self._files[name, occurrence] = file
        return file
