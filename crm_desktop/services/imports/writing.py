"""Carrying out an import's orders: into the archive, or only looking what they would do."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime

from crm_desktop.bridge.matching.merge import Merge, apply_merge, draft_of, merge_draft
from crm_desktop.bridge.matching.policies import NO_RULES, FirstWord, rules_of
from crm_desktop.bridge.matching.second_rows import BETWEEN, Apart, set_apart
from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import CUSTOM_PREFIX, FACTS, BatchId, Problem
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services import captions
from crm_desktop.services.imports.late import Late
from crm_desktop.services.imports.ledger import Ledger
from crm_desktop.services.imports.matching import (
    FileSource,
    FileStart,
    Order,
    PendingMerge,
    Resemblance,
    RowsTaken,
    SheetStart,
)
from crm_desktop.services.imports.own_fields import OwnFields
from crm_desktop.services.imports.pictures import Keeping, LookedAt
from crm_desktop.services.imports.relations import Expected, Relating
from crm_desktop.store import custom_fields, customers, imports, timeline, works_at
from crm_desktop.store.engine import Connection
from crm_desktop.store.loading import Followed, Loader, next_customer
from crm_desktop.store.search import index

_CHUNK = 500


class Looking:
    """Writes nothing; finds the values that would stay as they are."""

    def __init__(self, connection: Connection, *, into_empty: bool) -> None:
        self._connection = connection
        self._expected = Expected(connection, into_empty=into_empty)
        # Who would be made, packed: a draft of a hundred thousand takes four times as much.
        self._created: dict[CustomerId, bytes] = {}
        self._merged: dict[CustomerId, CustomerDraft] = {}
        self._of_sheet: set[CustomerId] = set()
        self._first_word = FirstWord()
        self._pictures = LookedAt(connection)
        self._words = _words_of_facts()

    def take(self, order: Order) -> None:
        """Look at what rows would add to others."""
        if isinstance(order, FileStart):
            self._expected.start_file()
        if not isinstance(order, RowsTaken):
            self._of_sheet.clear()
            return
        self._expected.note(order.load.own, bool(order.created or order.merges))
        for number, draft in order.created:
            self._expected.customer(number, draft, new=True)
            self._created[number] = pickle.dumps(draft, pickle.HIGHEST_PROTOCOL)
            self._of_sheet.add(number)
        names = customers.names(self._connection, [r.number for r in order.resemblances])
        for number in {r.number for r in order.resemblances} & self._created.keys():
            names[number] = pickle.loads(self._created[number]).name
        order.ledger.late_problems(_resembling(order.resemblances, names))
        for chunk in _chunks(order.merges):
            order.ledger.late_problems(self._look(chunk, order.ledger))
        order.ledger.pictures += self._pictures.take(order.pictures)

    def _look(self, merges: Sequence[PendingMerge], ledger: Ledger) -> Iterator[Problem]:
        policies = rules_of(ledger.plan)
        wanted = {m.number for m in merges} - self._created.keys() - self._merged.keys()
        for customer in customers.get_many(self._connection, sorted(wanted)):
            self._merged[customer.id] = draft_of(customer)
        for number, draft, row in merges:
            present = self._merged.get(number)
            # The rows of one import fill each other: policies are for whom the archive knew.
            rules = NO_RULES if number in self._created else policies
            if present is None:
                present = pickle.loads(self._created[number])
            if rules:
                rules = self._first_word.rules(number, draft, rules)
            merge = merge_draft(present, draft, rules)
            ledger.replaced += merge.replaced
            if number in self._created:
                sheet = "" if number in self._of_sheet else ledger.sheet
                yield from _kept(
                    set_apart(merge, present, draft, sheet=sheet, words=self._words), row
                )
            yield from _differing(merge, row, self._words)
            self._merged[number] = made = apply_merge(present, merge)
            if merge.fields.keys() & {"organisation", "kind"}:
                self._expected.customer(number, made, new=number in self._created)

    def relations(self) -> int:
        """How many relations would be made."""
        return self._expected.count()


class Writing:
    """Writes into the archive, in bulk, inside the import's step."""

    def __init__(
        self,
        connection: Connection,
        batch: BatchId,
        job: Job,
        kinds: Mapping[str, FieldKind],
        renamed: Mapping[str, str],
        followed: Mapping[FileSource, Sequence[Followed]],
        *,
        into_empty: bool,
    ) -> None:
        """Begin.

        Args:
            connection: the writer's, inside a step.
            batch: what the evidence belongs to.
            job: to report to.
            kinds: of custom fields that are made here, by name; text for all others.
            renamed: what removed fields of own exports are called here, where otherwise.
            followed: tasks of the firm's own that wait for an entry, by the own exports.
            into_empty: the archive has no customers yet.
        """
        self._connection = connection
        self._words = _words_of_facts()
        self._batch = batch
        self._job = job
        self._file = 0
        self._sheet = 0
        self._first = self._first_of_sheet = next_customer(connection)
        self._first_word = FirstWord()
        self._kinds = kinds
        self._loader = Loader(connection, kinds, renamed)
        self._fields = OwnFields(connection)
        self._sources = imports.SourceWriter(connection, batch)
        self._closing = ExitStack()
        self._relating = Relating(connection, into_empty=into_empty)
        self._pictures = Keeping(connection)
        self._late = Late(connection, job, followed, first=self._first)
        if into_empty:
            self._closing.enter_context(index.loading(connection))

    def take(self, order: Order) -> None:
        """Write what an order says."""
        match order:
            case FileStart(preview, file):
                self._relating.start_file()
                self._fields.start_file(self._loader)
                self._late.start_file(file, self._loader)
                self._file = imports.start_file(
                    self._connection,
                    self._batch,
                    name=preview.file,
                    kind=preview.format,
                    sha256=preview.sha256,
                    size=preview.size,
                )
            case SheetStart(name, plan):
                self._first_of_sheet = next_customer(self._connection)
                self._sheet = imports.start_sheet(
                    self._connection,
                    self._file,
                    name=name,
                    header_row=plan.header_row,
                    columns=plan.columns,
                )
            case RowsTaken(ledger, load, _created, merges, resemblances, pictures, contents):
                self._loader.write(load, self._sheet)
                names = customers.names(self._connection, [r.number for r in resemblances])
                ledger.late_problems(_resembling(resemblances, names))
                self._relating.note(load.own, merges)
                self._fields.note(load.own)
                self._late.note(load.own)
                for source, customer in load.sources:
                    self._sources.add(source, customer)
                for chunk in _chunks(merges):
                    self._job.check()
                    ledger.late_problems(self._merge(chunk, ledger))
                made = self._pictures.take(pictures, contents)
                ledger.pictures += len(made)
                for number, _name, _content in made:
                    if number < self._first:
                        self._loader.changed(number)

    def _merge(self, merges: Sequence[PendingMerge], ledger: Ledger) -> Iterator[Problem]:
        policies = rules_of(ledger.plan)
        numbers = list(dict.fromkeys(merge.number for merge in merges))
        present = {c.id: draft_of(c) for c in customers.get_many(self._connection, numbers)}
        for number, draft, row in merges:
            # The rows of one import fill each other: policies are for whom the archive knew.
            rules = policies if number < self._first else NO_RULES
            if rules:
                rules = self._first_word.rules(number, draft, rules)
            merge = merge_draft(present[number], draft, rules)
            ledger.replaced += merge.replaced
            if number >= self._first:
                sheet = "" if number >= self._first_of_sheet else ledger.sheet
                apart = set_apart(merge, present[number], draft, sheet=sheet, words=self._words)
                yield from _kept(apart, row)
                if apart is not None and apart.at is not None:
                    self._enter(number, apart.at, "\n".join(apart.values))
            yield from _differing(merge, row, self._words)
            if merge.changes:
                self._apply(number, present[number], merge)
                self._loader.changed(number)
                present[number] = apply_merge(present[number], merge)

    def _enter(self, number: CustomerId, at: datetime, text: str) -> None:
        timeline.add(self._connection, number, InteractionKind.NOTE, text, at)

    def _apply(self, number: CustomerId, customer: CustomerDraft, merge: Merge) -> None:
        connection = self._connection
        if "organisation" in merge.fields:
            works_at.leave(connection, number, customer.organisation)
        for column, value in (*merge.fields.items(), *merge.facts.items()):
            customers.set_column(connection, number, column, value)
        for point in (new for _old, new in merge.points_changed):
            customers.save_contact_point(connection, number, point)
        for address in (new for _old, new in merge.addresses_changed):
            customers.save_address(connection, number, address)
        # A later row of this chunk may stand in the place of what this one adds.
        merge.contact_points = [
            point._replace(id=customers.save_contact_point(connection, number, point))
            for point in merge.contact_points
        ]
        merge.addresses = [
            place._replace(id=customers.save_address(connection, number, place))
            for place in merge.addresses
        ]
        if merge.tags or merge.tags_gone:
            customers.set_tags(connection, number, apply_merge(customer, merge).tags)
        for name, value in merge.custom.items():
            kind = self._kinds.get(name, FieldKind.TEXT)
            custom_fields.set_value(connection, number, name, value, kind=kind)

    def finish(self) -> int:
        """Complete the index, then relate those who came; returns how many relations it made."""
        self._job.progress(_("Indexing"))
        self._pictures.finish()
        self._late.finish(self._loader)
        self._fields.finish(self._loader)
        self._loader.finish()
        self._closing.close()
        return self._relating.finish()


def _words_of_facts() -> dict[str, str]:
    """What the facts of a customer are called."""
    words = captions.of_facts()
    return {field: words[field] for field in FACTS}


def _differing(merge: Merge, row: int, words: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each value that stays as it is although the row has another one."""
    for field, kept, offered in merge.differing:
        said = _("{field} stays “{kept}”; this row says otherwise.")
        name = words.get(field) or field.removeprefix(CUSTOM_PREFIX)
        yield Problem(row, "", offered, said.format(field=name, kept=kept))


def _kept(apart: Apart | None, row: int) -> Iterator[Problem]:
    """Says of a row that it speaks of something else than its customer's first one."""
    if apart is not None:
        said = _("An earlier row says otherwise; this one is kept as a note.")
        if apart.at is not None:
            said = _("An earlier row says otherwise; this one is an entry of the timeline.")
        yield Problem(row, "", BETWEEN.join(apart.values), said)


def _resembling(
    resemblances: Sequence[Resemblance], names: Mapping[CustomerId, str]
) -> Iterator[Problem]:
    """A problem for each new customer who may be somebody that was there already."""
    for row, name, number in resemblances:
        said = _("Perhaps “{name}”, who is there already; the row made a customer of its own.")
        yield Problem(row, "", name, said.format(name=names[number]))


def _chunks(merges: Sequence[PendingMerge]) -> Iterator[Sequence[PendingMerge]]:
    for start in range(0, len(merges), _CHUNK):
        yield merges[start : start + _CHUNK]
