"""Many new customers at once: gathered without the archive, then written a load at a time.

The two halves may run on two threads: while SQLite, which lets go of Python's lock, writes one
load, the next one is gathered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, count, repeat
from typing import NamedTuple

from crm_desktop.domain.customers import (
    NO_FACTS,
    CustomerDraft,
    CustomerId,
    Source,
    Stage,
)
from crm_desktop.domain.dossiers import Records, Sales
from crm_desktop.domain.exchange import FollowUp, MergeNote, WholeDocument
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.relations import Relation
from crm_desktop.domain.tasks import TaskId
from crm_desktop.store import custom_fields, customers, dossiers, mentions
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.triggers import inserting, last_id
from crm_desktop.store.search import index
from crm_desktop.store.search.keys import INDEX_VERSION
from crm_desktop.store.tables import COLUMNS, WIDTHS, Flat, Tables, own, rows_of
from crm_desktop.store.times import now, write
from crm_desktop.store.told_orders import Waiting

# Places of columns that get their values here.
_STAGE, _CREATED, _UPDATED = 6, 9, 10
_LISTED = 7
_TAG = _FIELD = 1
_NONE: Mapping[int, int] = {}
_EVIDENCE = "sheet_id, row, part, outcome, reason, customer_id, cells"
_THEIRS = ("contact_point", "address", "customer_tag", "custom_value")
_POTENTIAL = Stage.POTENTIAL.value
# Names go into their b-tree in its order, so that pages fill one after the other instead of all
# over: the more at once the better (a fifth of the writer's time for 100,000 customers).
_MOST_NAMES = 100_000
_NO_KINDS: Mapping[str, FieldKind] = {}
_NO_NAMES: Mapping[str, str] = {}

Times = tuple[datetime | None, datetime | None]


class OwnLinks(NamedTuple):
    """Who is who between an own export and this archive, and what waits for its end.

    Whose something is says the number that he has here; others stand by theirs in the file.

    Attributes:
        numbers: his number here by that in the file.
        relations: what he is to others.
        apart: those of whom somebody said that they are not he.
        merges: who was merged into him.
        documents: whose contents stand behind the customers.
    """

    numbers: dict[int, CustomerId]
    relations: list[tuple[CustomerId, Relation]]
    apart: list[tuple[CustomerId, int]]
    merges: list[tuple[CustomerId, Sequence[MergeNote]]]
    documents: list[tuple[CustomerId, Sequence[WholeDocument]]]


class Followed(NamedTuple):
    """A task that was written, and which entry it follows up.

    Attributes:
        owner: whose task, None for the firm's own.
    """

    task: TaskId
    owner: CustomerId | None
    told: FollowUp


class Load:
    """Rows of new customers and of evidence, ready to be written."""

    def __init__(
        self,
        tables: Tables,
        numbers: Sequence[int],
        times: Mapping[int, Times] | None = None,
    ) -> None:
        """Give the customers their numbers.

        Args:
            tables: their rows, owned by places; nobody else's from now on.
            numbers: by place; 0 for who is not new, whose rows are left out.
            times: when each was created and changed, by number, where a file brings it along.
        """
        self.rows = {name: own(name, flat, numbers) for name, flat in tables._asdict().items()}
        self.evidence: Flat = []
        self.interactions: list[tuple[object, ...]] = []
        self.sources: list[tuple[Source, CustomerId]] = []
        self.own: OwnLinks | None = None
        self.unused: list[tuple[CustomerId, CustomerDraft]] = []
        self.records: list[tuple[CustomerId, Records, Mapping[int, FollowUp], Sales]] = []
        self.trashed: list[tuple[CustomerId, datetime]] = []
        self.removed: list[tuple[CustomerId, Mapping[str, str]]] = []
        people, width = self.rows["customer"], WIDTHS["customer"]
        people[_STAGE::width] = [stage or _POTENTIAL for stage in people[_STAGE::width]]
        moment = now()
        created = updated = [moment] * len(self.numbers)
        if times:
            found = [times.get(number, (None, None)) for number in self.numbers]
            created = [moment if first is None else write(first) for first, _last in found]
            updated = [moment if last is None else write(last) for _first, last in found]
        people[_CREATED::width] = created
        people[_UPDATED::width] = updated
        self.rows["customer_summary"][_LISTED :: WIDTHS["customer_summary"]] = updated

    @property
    def numbers(self) -> list[int]:
        """The new customers' numbers, in the order of their rows."""
        numbers: list[int] = self.rows["customer"][:: WIDTHS["customer"]]
        return numbers

    def add_evidence(
        self,
        rows: Iterable[int],
        outcomes: Iterable[str],
        reasons: Iterable[str],
        customers: Iterable[CustomerId | None],
        cells: Iterable[str],
        others: Mapping[int, int] = _NONE,
    ) -> None:
        """Keep rows as they stood in their sheet: number, outcome, why, whose, JSON text.

        Those at the places of `others` are other parts of a row, counted from 1: its firm, and
        further persons who work there.
        """
        parts: Iterable[int] = repeat(0)
        if others:
            parts = (others.get(place, 0) for place in count())
        self.evidence += chain.from_iterable(
            zip(repeat(0), rows, parts, outcomes, reasons, customers, cells, strict=False)
        )

    def add_interactions(
        self, owner: CustomerId, interactions: Iterable[tuple[str, datetime, str, bool]]
    ) -> None:
        """Add timeline entries (kind, time, text, pinned) that the customer does not have.

        Equal ones count: of two equal entries a customer with one of them gets the other.
        """
        before: Counter[tuple[str, datetime, str]] = Counter()
        # An export has the newest first; of those of one moment the later must come later again.
        for entry in reversed(list(interactions)):
            kind, at, text, pinned = entry
            same = (kind, at, text)
            self.interactions.append((owner, kind, write(at), text, before[same], int(pinned)))
            before[same] += 1

    def note_unused(self, owner: CustomerId, draft: CustomerDraft) -> None:
        """Note what of a new customer's is not to be used: few have any, so no table says it."""
        marked = [p.do_not_use for p in draft.contact_points]
        marked += [a.do_not_use for a in draft.addresses]
        if any(marked):
            self.unused.append((owner, draft))


def next_customer(connection: Connection) -> CustomerId:
    """The number that the next new customer gets."""
    return CustomerId(last_id(connection, "customer") + 1)


class Loader:
    """Writes loads inside a step, and keeps the index; `finish` completes it."""

    def __init__(
        self,
        connection: Connection,
        kinds: Mapping[str, FieldKind] = _NO_KINDS,
        renamed: Mapping[str, str] = _NO_NAMES,
    ) -> None:
        """Begin.

        `followed` are the tasks that were written and wait for the entries that they follow up,
        `waiting` what else waits for others of its file.

        Args:
            connection: the writer's, inside a step.
            kinds: of custom fields that are made here, by name; text for all others.
            renamed: what removed fields of an own export are called here, where otherwise.
        """
        self._connection = connection
        self._kinds = kinds
        self._renamed = renamed
        self._tags: dict[str, int] = {}
        self._fields: dict[str, int] = {}
        self._names: Flat = []
        self._skeys: list[tuple[int, str]] = []
        self._changed: set[CustomerId] = set()
        self._found_otherwise: set[CustomerId] = set()
        self.followed: list[Followed] = []
        self.waiting = Waiting()

    def write(self, load: Load, sheet: int = 0) -> None:
        """Write a load.

        Args:
            load: its customers are new.
            sheet: number of the sheet that its evidence is from.
        """
        rows, connection = load.rows, self._connection
        _replace(rows["customer_tag"], "customer_tag", _TAG, self._tag)
        _replace(rows["custom_value"], "custom_value", _FIELD, self._field)
        if rows["customer"]:
            columns, people = _whole(rows["customer"], rows["facts"])
            with inserting(
                connection, "customer", *_THEIRS, ids={"customer": sorted(load.numbers)}
            ):
                insert_many(connection, "customer", columns, people)
                for table in _THEIRS:
                    insert_many(connection, table, COLUMNS[table], rows[table])
        connection.executemany(
            "INSERT INTO interaction (customer_id, kind, at, text, pinned)"
            " SELECT ?1, ?2, ?3, ?4, ?6"
            " WHERE (SELECT count(*) FROM interaction WHERE customer_id = ?1"
            " AND kind = ?2 AND at = ?3 AND text = ?4) <= ?5",
            load.interactions,
        )
        for owner, draft in load.unused:
            customers.mark_unused(connection, owner, draft)
        for owner, removed in load.removed:
            custom_fields.put_removed(connection, owner, removed, self._renamed)
        for owner, records, follows, sales in load.records:
            made = dossiers.add_records(connection, owner, records)
            self.waiting.add(dossiers.add_sales(connection, owner, sales, made))
            self.followed += (
                Followed(task, owner, follows[place])
                for place, task in made.items()
                if place in follows
            )
        dossiers.put_into_trash(connection, load.trashed)
        self._found_otherwise.update(number for number, _moment in load.trashed)
        width = _EVIDENCE.count(",") + 1
        load.evidence[::width] = [sheet] * (len(load.evidence) // width)
        insert_many(connection, "import_row", _EVIDENCE, load.evidence)
        for table in ("customer_summary", "search_doc"):
            insert_many(connection, table, COLUMNS[table], rows[table])
        self._names += rows["search_name"]
        docs, width = rows["search_doc"], WIDTHS["search_doc"]
        self._skeys += zip(docs[::width], docs[1::width], strict=True)
        if len(self._names) >= _MOST_NAMES * WIDTHS["search_name"]:
            index.add_names(connection, self._names)
            self._names.clear()
        while len(self._skeys) >= index.TEXTS:
            index.add_texts(connection, self._skeys[: index.TEXTS])
            del self._skeys[: index.TEXTS]

    def _tag(self, name: str) -> int:
        number = self._tags.get(name)
        if number is None:
            number = self._tags[name] = customers.tag_id(self._connection, name)
        return number

    def _field(self, name: str) -> int:
        number = self._fields.get(name)
        if number is None:
            kind = self._kinds.get(name, FieldKind.TEXT)
            number = custom_fields.field_id(self._connection, name, kind=kind)
            self._fields[name] = number
        return number

    def changed(self, number: CustomerId) -> None:
        """Note that a customer was changed through the repositories."""
        self._changed.add(number)

    def found_otherwise(self, number: CustomerId) -> None:
        """Note that the index says something else of a customer now."""
        self._found_otherwise.add(number)

    def finish(self) -> None:
        """Complete the index, also for whoever was changed."""
        index.add_names(self._connection, self._names)
        index.add_texts(self._connection, self._skeys)
        self._connection.execute("UPDATE search_state SET index_version = ?", (INDEX_VERSION,))
        changed = sorted(self._changed)
        customers.touch(self._connection, changed)
        named = mentions.naming(self._connection, changed)
        index.refresh(self._connection, sorted(self._changed.union(named, self._found_otherwise)))


def _whole(people: Flat, facts: Flat) -> tuple[str, Flat]:
    """The rows of customers with their facts, and what they are columns of.

    With the row itself they cost the journal nothing; each set afterwards would be an entry.
    """
    columns = COLUMNS["customer"]
    if not facts:
        return columns, people
    known = {owner: said for owner, *said in rows_of("facts", facts)}
    named = COLUMNS["facts"].removeprefix("customer_id, ")
    return f"{columns}, {named}", list(
        chain.from_iterable(
            (*row, *known.get(row[0], NO_FACTS)) for row in rows_of("customer", people)
        )
    )


def _replace(flat: Flat, table: str, column: int, number: Callable[[str], int]) -> None:
    """Put numbers where names stand."""
    width = WIDTHS[table]
    flat[column::width] = map(number, flat[column::width])
