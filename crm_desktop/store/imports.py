"""What an import leaves behind: its customers in bulk, and every raw row as evidence.

Ids are given out here and not by SQLite, so that a batch of customers and all that hangs on
them goes in by one `executemany` a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import Address, ContactPoint, CustomerDraft, CustomerId, Stage
from crm_desktop.domain.imports import BatchId, ColumnMapping
from crm_desktop.store import customers
from crm_desktop.store.engine import Connection
from crm_desktop.store.search import index
from crm_desktop.store.search.keys import INDEX_VERSION
from crm_desktop.store.times import now

_TABLES = ("customer", "contact_point", "address", "customer_tag", "custom_value")
_BATCH = 2_000


def imported_before(connection: Connection, sha256: str) -> str | None:
    """When a file of this content was imported by a step that still stands; UTC ISO text."""
    row = connection.execute(
        """SELECT b.at FROM import_file f JOIN import_batch b ON b.id = f.batch_id
           JOIN step s ON s.id = b.step_id
           WHERE f.sha256 = ? AND s.undone = 0 ORDER BY b.id DESC LIMIT 1""",
        (sha256,),
    ).fetchone()
    return None if row is None else str(row[0])


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


def match_keys(
    connection: Connection,
) -> Iterator[tuple[int, str, str, str, str | None, tuple[str, ...], tuple[str, ...]]]:
    """What matching needs to know of every customer.

    Yields:
        id, kind, name, organisation, birthday, E.164 phones, lower-case e-mails.
    """
    points: dict[int, tuple[list[str], list[str]]] = {}
    for owner, kind, value in connection.execute(
        "SELECT customer_id, kind, value FROM contact_point"
        " WHERE value IS NOT NULL AND kind IN ('phone', 'email')"
    ):
        points.setdefault(owner, ([], []))[kind == "email"].append(value)
    nothing: tuple[list[str], list[str]] = ([], [])
    for number, kind, name, organisation, birthday in connection.execute(
        "SELECT id, kind, name, organisation, birthday FROM customer"
        " WHERE deleted_at IS NULL ORDER BY id"
    ):
        phones, emails = points.get(number, nothing)
        yield number, kind, name, organisation, birthday, tuple(phones), tuple(emails)


@dataclass(slots=True)
class BulkWriter:
    """Writes an import's customers and raw rows in batches, and indexes them at the end.

    Customers created here are indexed in one pass by `finish`; whoever existed before and was
    changed is indexed anew then.
    """

    connection: Connection
    created: int = 0
    _next: dict[str, int] = field(default_factory=dict)
    _tags: dict[str, int] = field(default_factory=dict)
    _fields: dict[str, int] = field(default_factory=dict)
    _entries: list[index.Entry] = field(default_factory=list)
    _names: list[tuple[str, int]] = field(default_factory=list)
    _customers: list[tuple[object, ...]] = field(default_factory=list)
    _points: list[tuple[object, ...]] = field(default_factory=list)
    _addresses: list[tuple[object, ...]] = field(default_factory=list)
    _customer_tags: list[tuple[object, ...]] = field(default_factory=list)
    _values: list[tuple[object, ...]] = field(default_factory=list)
    _raw: list[tuple[object, ...]] = field(default_factory=list)
    _changed: set[CustomerId] = field(default_factory=set)
    _now: str = field(default_factory=now)

    def __post_init__(self) -> None:
        for table in _TABLES:
            row = self.connection.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
            ).fetchone()
            self._next[table] = 1 if row is None else int(row[0]) + 1

    def create(self, draft: CustomerDraft, *, number: CustomerId | None = None) -> CustomerId:
        """Take a new customer in; written with its batch."""
        if number is None:
            number = CustomerId(self._next["customer"])
        self._next["customer"] = max(self._next["customer"], number + 1)
        name, kind, given, family, organisation, stage, birthday, notes, *_rest = draft
        stage = stage or Stage.POTENTIAL.value
        moment = self._now
        self._customers.append(
            (
                number,
                kind,
                name,
                given,
                family,
                organisation,
                stage,
                birthday,
                notes,
                moment,
                moment,
            )
        )
        if draft.contact_points:
            self._add_points(number, draft.contact_points)
        if draft.addresses:
            self._add_addresses(number, draft.addresses)
        for position, tag in enumerate(draft.tags):
            tag_id = self._tags.get(tag) or self._tag(tag)
            self._customer_tags.append((self._take("customer_tag"), number, tag_id, position))
        for field_name, value in draft.custom:
            field_id = self._fields.get(field_name) or self._field(field_name)
            self._values.append((self._take("custom_value"), number, field_id, value))
        self._entries.append(
            index.entry(
                number,
                name=name,
                organisation=organisation,
                stage=stage,
                notes=notes,
                updated_at=moment,
                points=[(p[0], p[1], p[2]) for p in draft.contact_points],
                cities=[a[2] for a in draft.addresses if a[2]],
                custom=[value for _name, value in draft.custom],
            )
        )
        self.created += 1
        if len(self._customers) >= _BATCH:
            self.flush()
        return number

    def change(self, number: CustomerId) -> None:
        """Note that a customer is about to be changed through the repositories."""
        self.flush()
        self._changed.add(number)

    def raw_row(
        self,
        sheet: int,
        row: int,
        outcome: str,
        *,
        reason: str = "",
        customer: CustomerId | None = None,
        cells: str = "{}",
    ) -> None:
        """Keep a row as it stood in the file."""
        self._raw.append((sheet, row, outcome, reason, customer, cells))
        if len(self._raw) >= _BATCH * 2:
            self.flush()

    def _take(self, table: str) -> int:
        number = self._next[table]
        self._next[table] = number + 1
        return number

    def _tag(self, name: str) -> int:
        self._tags[name] = customers.tag_id(self.connection, name)
        return self._tags[name]

    def _field(self, name: str) -> int:
        self._fields[name] = customers.custom_field_id(self.connection, name)
        return self._fields[name]

    def _add_points(self, owner: int, points: Iterable[ContactPoint]) -> None:
        number = self._next["contact_point"]
        for position, (kind, raw, value, label, _id) in enumerate(points):
            self._points.append((number, owner, kind, raw, value, label, position))
            number += 1
        self._next["contact_point"] = number

    def _add_addresses(self, owner: int, addresses: Iterable[Address]) -> None:
        for position, address in enumerate(addresses):
            self._addresses.append((self._take("address"), owner, *address[:6], position))

    def flush(self) -> None:
        """Write what is waiting."""
        many = self.connection.executemany
        many(
            "INSERT INTO customer (id, kind, name, given_name, family_name, organisation, stage,"
            " birthday, notes, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._customers,
        )
        many("INSERT INTO contact_point VALUES (?, ?, ?, ?, ?, ?, ?)", self._points)
        many("INSERT INTO address VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._addresses)
        many(
            "INSERT INTO customer_tag (id, customer_id, tag_id, position) VALUES (?, ?, ?, ?)",
            self._customer_tags,
        )
        many(
            "INSERT INTO custom_value (id, customer_id, field_id, value) VALUES (?, ?, ?, ?)",
            self._values,
        )
        many(
            "INSERT INTO import_row (sheet_id, row, outcome, reason, customer_id, cells)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            self._raw,
        )
        index.add_summaries(self.connection, self._entries)
        index.add_grams(self.connection, self._entries)
        self._names.extend((name, e.customer_id) for e in self._entries for name in e.doc.names)
        for waiting in (
            self._customers,
            self._points,
            self._addresses,
            self._customer_tags,
            self._values,
            self._raw,
            self._entries,
        ):
            waiting.clear()

    def finish(self) -> None:
        """Write the rest, put the names into their b-tree in order, index who was changed."""
        self.flush()
        self._names.sort()
        index.add_names(self.connection, self._names)
        self._names.clear()
        self.connection.execute("UPDATE search_state SET index_version = ?", (INDEX_VERSION,))
        changed = sorted(self._changed)
        customers.touch(self.connection, changed)
        index.refresh(self.connection, changed)
