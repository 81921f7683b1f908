"""What an import leaves behind: its customers in bulk, and every raw row as evidence.

Ids are given out here and not by SQLite, so that a batch of customers and all that hangs on
them goes in by one `executemany` a table.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    Source,
    Stage,
)
from crm_desktop.domain.imports import BatchId, ColumnMapping
from crm_desktop.store import customers
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.triggers import inserting
from crm_desktop.store.search import index
from crm_desktop.store.search.keys import INDEX_VERSION, SearchDoc, draft_doc
from crm_desktop.store.times import now, write

_TABLES = ("customer", "contact_point", "address", "customer_tag", "custom_value")
# FTS5 writes what it has gathered at every statement of many rows: the fewer batches, the
# fewer pieces it has to join later.
_BATCH = 3_000


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


def has_customers(connection: Connection) -> bool:
    """Whether the archive holds any customer, the trash included."""
    return connection.execute("SELECT 1 FROM customer LIMIT 1").fetchone() is not None


def match_keys(connection: Connection) -> Iterator[tuple[CustomerId, CustomerDraft]]:
    """What matching needs to know of every customer: names, birthday, phones and e-mails.

    The customers come by ascending id, and so do their contact points: the two queries are
    walked side by side, so that only one customer is in memory at a time.
    """
    points = connection.execute(
        "SELECT customer_id, kind, raw, value FROM contact_point"
        " WHERE value IS NOT NULL AND kind IN ('phone', 'email') ORDER BY customer_id"
    )
    waiting = points.fetchone()
    for number, kind, name, organisation, birthday in connection.execute(
        "SELECT id, kind, name, organisation, birthday FROM customer"
        " WHERE deleted_at IS NULL ORDER BY id"
    ):
        own = []
        while waiting is not None and waiting[0] <= number:
            if waiting[0] == number:
                own.append(ContactPoint(waiting[1], waiting[2], waiting[3]))
            waiting = points.fetchone()
        yield (
            CustomerId(number),
            CustomerDraft(
                name,
                kind,
                organisation=organisation,
                birthday=birthday,
                contact_points=tuple(own),
            ),
        )


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


@dataclass(slots=True)
class BulkWriter:
    """Writes an import's customers and raw rows in batches, and indexes them at the end.

    Customers created here are indexed in one pass by `finish`; whoever existed before and was
    changed is indexed anew then.
    """

    connection: Connection
    created: int = 0
    _next: dict[str, int] = field(default_factory=dict)
    _numbers_known: bool = False
    _tags: dict[str, int] = field(default_factory=dict)
    _fields: dict[str, int] = field(default_factory=dict)
    _entries: list[index.Entry] = field(default_factory=list)
    _customers: list[tuple[object, ...]] = field(default_factory=list)
    _points: list[tuple[object, ...]] = field(default_factory=list)
    _addresses: list[tuple[object, ...]] = field(default_factory=list)
    _customer_tags: list[tuple[object, ...]] = field(default_factory=list)
    _values: list[tuple[object, ...]] = field(default_factory=list)
    _interactions: list[tuple[object, ...]] = field(default_factory=list)
    _names: list[tuple[str, int]] = field(default_factory=list)
    _raw: list[tuple[object, ...]] = field(default_factory=list)
    _changed: set[CustomerId] = field(default_factory=set)
    _now: str = field(default_factory=now)

    def __post_init__(self) -> None:
        self._read_numbers()

    def _read_numbers(self) -> None:
        for table in _TABLES:
            row = self.connection.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
            ).fetchone()
            self._next[table] = 1 if row is None else int(row[0]) + 1
        self._numbers_known = True

    @property
    def next_customer(self) -> CustomerId:
        """The number that the next new customer gets."""
        return CustomerId(self._next["customer"])

    def create(
        self,
        draft: CustomerDraft,
        *,
        number: CustomerId | None = None,
        created_at: datetime | None = None,
        updated_at: datetime | None = None,
        doc: SearchDoc | None = None,
    ) -> CustomerId:
        """Take a new customer in; written with its batch.

        Args:
            draft: the customer.
            doc: his index entry, where the reading process has made it already.
            number: his number, where an own export brings it along.
            created_at: likewise.
            updated_at: likewise.
        """
        if not self._numbers_known:
            self._read_numbers()
        if number is None:
            number = CustomerId(self._next["customer"])
        self._next["customer"] = max(self._next["customer"], number + 1)
        name, kind, given, family, organisation, stage, birthday, notes, *_rest = draft
        stage = stage or Stage.POTENTIAL.value
        moment = self._now if updated_at is None else write(updated_at)
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
                self._now if created_at is None else write(created_at),
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
                doc or draft_doc(draft),
                organisation,
                stage,
                [p[:3] for p in draft.contact_points],
                [a[2] for a in draft.addresses if a[2]],
                moment,
            )
        )
        self.created += 1
        if len(self._customers) >= _BATCH:
            self.flush()
        return number

    def add_interactions(
        self, owner: CustomerId, interactions: Iterable[tuple[str, datetime, str]]
    ) -> None:
        """Add timeline entries (kind, time, text) that the customer does not have.

        Equal ones count: of two equal entries a customer with one of them gets the other.
        """
        before: Counter[tuple[str, datetime, str]] = Counter()
        # An export has the newest first; of those of one moment the later must come later again.
        for entry in reversed(list(interactions)):
            kind, at, text = entry
            self._interactions.append((owner, kind, write(at), text, before[entry]))
            before[entry] += 1

    def change(self, number: CustomerId) -> None:
        """Note that a customer is about to be changed through the repositories."""
        self.flush()
        self._changed.add(number)
        # The repositories take numbers of their own.
        self._numbers_known = False

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
        self._insert(
            "customer",
            "id, kind, name, given_name, family_name, organisation, stage, birthday, notes,"
            " created_at, updated_at",
            self._customers,
        )
        self._insert(
            "contact_point", "id, customer_id, kind, raw, value, label, position", self._points
        )
        self._insert(
            "address",
            "id, customer_id, street, postcode, city, region, country, label, position",
            self._addresses,
        )
        self._insert("customer_tag", "id, customer_id, tag_id, position", self._customer_tags)
        self._insert("custom_value", "id, customer_id, field_id, value", self._values)
        insert_many(
            self.connection,
            "import_row",
            "sheet_id, row, outcome, reason, customer_id, cells",
            self._raw,
        )
        self.connection.executemany(
            "INSERT INTO interaction (customer_id, kind, at, text) SELECT ?1, ?2, ?3, ?4"
            " WHERE (SELECT count(*) FROM interaction WHERE customer_id = ?1"
            " AND kind = ?2 AND at = ?3 AND text = ?4) <= ?5",
            self._interactions,
        )
        index.add_summaries(self.connection, self._entries)
        index.add_texts(self.connection, self._entries)
        self._names += index.names_of(self._entries)
        for waiting in (
            self._customers,
            self._points,
            self._addresses,
            self._customer_tags,
            self._values,
            self._interactions,
            self._raw,
            self._entries,
        ):
            waiting.clear()

    def _insert(self, table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
        rows.sort(key=itemgetter(0))
        with inserting(self.connection, table, [row[0] for row in rows]):
            insert_many(self.connection, table, columns, rows)

    def finish(self) -> None:
        """Write the rest, put the names into their b-tree, and index anew who was changed."""
        self.flush()
        index.add_names(self.connection, self._names)
        self._names.clear()
        self.connection.execute("UPDATE search_state SET index_version = ?", (INDEX_VERSION,))
        changed = sorted(self._changed)
        customers.touch(self.connection, changed)
        index.refresh(self.connection, changed)
