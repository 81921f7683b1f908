"""Many new customers at once: gathered without the archive, then written a load at a time.

The two halves may run on two threads: while SQLite, which lets go of Python's lock, writes one
load, the next one is gathered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from crm_desktop.domain.customers import CustomerDraft, CustomerId, Source, Stage
from crm_desktop.domain.fields import FieldKind
from crm_desktop.store import customers
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.triggers import inserting, last_id
from crm_desktop.store.search import index
from crm_desktop.store.search.keys import INDEX_VERSION, CustomerKeys, trigram_text
from crm_desktop.store.times import now, write

# So many customers, or twice as many rows of evidence, make a load.
_LOAD = 1_500
# The letters of so many customers go into the index in one go (index.add_texts says why);
# more would cost memory and save no time.
_TEXTS = 5_000
_POTENTIAL = Stage.POTENTIAL.value
_NO_KINDS: Mapping[str, FieldKind] = {}


@dataclass(slots=True)
class Load:
    """Rows of new customers and of evidence, ready to be written."""

    moment: str = field(default_factory=now)
    customers: list[tuple[object, ...]] = field(default_factory=list)
    points: list[tuple[object, ...]] = field(default_factory=list)
    addresses: list[tuple[object, ...]] = field(default_factory=list)
    tags: list[tuple[CustomerId, str, int]] = field(default_factory=list)
    values: list[tuple[CustomerId, str, str]] = field(default_factory=list)
    interactions: list[tuple[object, ...]] = field(default_factory=list)
    evidence: list[tuple[object, ...]] = field(default_factory=list)
    sources: list[tuple[Source, CustomerId]] = field(default_factory=list)
    entries: list[index.Entry] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether it is worth writing."""
        return len(self.customers) >= _LOAD or len(self.evidence) >= 2 * _LOAD

    def add(
        self,
        number: CustomerId,
        draft: CustomerDraft,
        keys: CustomerKeys,
        *,
        created_at: datetime | None = None,
        updated_at: datetime | None = None,
    ) -> None:
        """Take a new customer in.

        Args:
            number: his number; nobody else's.
            draft: the customer.
            keys: what lists and search keep of him.
            created_at: where an own export brings it along.
            updated_at: likewise.
        """
        name, kind, given, family, organisation, stage, birthday, notes = draft[:8]
        points, addresses, tags, custom = draft[8:]
        created = self.moment if created_at is None else write(created_at)
        updated = self.moment if updated_at is None else write(updated_at)
        stage = stage or _POTENTIAL
        self.customers.append(
            (
                *(number, kind, name, given, family, organisation),
                *(stage, birthday, notes, created, updated),
            )
        )
        for position, (way, raw, value, label, _id) in enumerate(points):
            self.points.append((number, way, raw, value, label, position))
        for position, address in enumerate(addresses):
            self.addresses.append((number, *address[:6], position))
        for position, tag in enumerate(tags):
            self.tags.append((number, tag, position))
        for field_name, value in custom:
            self.values.append((number, field_name, value))
        self.entries.append(index.Entry(number, keys, updated))
        self.texts.append((number, trigram_text(keys.skey)))

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
            self.interactions.append((owner, kind, write(at), text, before[entry]))
            before[entry] += 1

    def add_evidence(
        self, row: int, outcome: str, customer: CustomerId | None, cells: str, reason: str = ""
    ) -> None:
        """Keep a row as it stood in the file."""
        self.evidence.append((row, outcome, reason, customer, cells))


def next_customer(connection: Connection) -> CustomerId:
    """The number that the next new customer gets."""
    return CustomerId(last_id(connection, "customer") + 1)


class Loader:
    """Writes loads inside a step, and keeps the index; `finish` completes it."""

    def __init__(self, connection: Connection, kinds: Mapping[str, FieldKind] = _NO_KINDS) -> None:
        """Begin.

        Args:
            connection: the writer's, inside a step.
            kinds: of custom fields that are made here, by name; text for all others.
        """
        self._connection = connection
        self._kinds = kinds
        self._tags: dict[str, int] = {}
        self._fields: dict[str, int] = {}
        self._names: list[tuple[str, int]] = []
        self._texts: list[tuple[int, str]] = []
        self._changed: set[CustomerId] = set()

    def write(self, load: Load, sheet: int = 0) -> None:
        """Write a load.

        Args:
            load: its customers are new.
            sheet: number of the sheet that its evidence is from.
        """
        load.customers.sort(key=itemgetter(0))
        numbers = [row[0] for row in load.customers]
        with inserting(self._connection, "customer", numbers):  # type: ignore[arg-type]
            insert_many(
                self._connection,
                "customer",
                "id, kind, name, given_name, family_name, organisation, stage, birthday, notes,"
                " created_at, updated_at",
                load.customers,
            )
        self._insert("contact_point", "customer_id, kind, raw, value, label, position", load.points)
        self._insert(
            "address",
            "customer_id, street, postcode, city, region, country, label, position",
            load.addresses,
        )
        self._insert(
            "customer_tag",
            "customer_id, tag_id, position",
            [(owner, self._tag(name), position) for owner, name, position in load.tags],
        )
        self._insert(
            "custom_value",
            "customer_id, field_id, value",
            [(owner, self._field(name), value) for owner, name, value in load.values],
        )
        self._connection.executemany(
            "INSERT INTO interaction (customer_id, kind, at, text) SELECT ?1, ?2, ?3, ?4"
            " WHERE (SELECT count(*) FROM interaction WHERE customer_id = ?1"
            " AND kind = ?2 AND at = ?3 AND text = ?4) <= ?5",
            load.interactions,
        )
        insert_many(
            self._connection,
            "import_row",
            "sheet_id, row, outcome, reason, customer_id, cells",
            [(sheet, *row) for row in load.evidence],
        )
        index.add_keys(self._connection, load.entries)
        self._names += index.names_of(load.entries)
        self._texts += load.texts
        if len(self._texts) >= _TEXTS:
            self._index()

    def _insert(self, table: str, columns: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            with inserting(self._connection, table):
                insert_many(self._connection, table, columns, rows)

    def _tag(self, name: str) -> int:
        number = self._tags.get(name)
        if number is None:
            number = self._tags[name] = customers.tag_id(self._connection, name)
        return number

    def _field(self, name: str) -> int:
        number = self._fields.get(name)
        if number is None:
            kind = self._kinds.get(name, FieldKind.TEXT)
            number = customers.custom_field_id(self._connection, name, kind=kind)
            self._fields[name] = number
        return number

    def _index(self) -> None:
        index.add_names(self._connection, self._names)
        self._names.clear()
        self._texts.sort()
        index.add_texts(self._connection, self._texts)
        self._texts.clear()

    def changed(self, number: CustomerId) -> None:
        """Note that a customer was changed through the repositories."""
        self._changed.add(number)

    def finish(self) -> None:
        """Complete the index, also for whoever was changed."""
        self._index()
        self._connection.execute("UPDATE search_state SET index_version = ?", (INDEX_VERSION,))
        changed = sorted(self._changed)
        customers.touch(self._connection, changed)
        index.refresh(self._connection, changed)
