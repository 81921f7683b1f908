"""Where an import's rows go: into the archive, or only onto the counters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from crm_desktop.bridge.match import Merge, merge_draft
from crm_desktop.bridge.reader import CleanRow
from crm_desktop.domain.customers import Customer, CustomerDraft, CustomerId
from crm_desktop.domain.imports import (
    CUSTOM_PREFIX,
    BatchId,
    Outcome,
    Problem,
    SheetPlan,
    WorkbookPreview,
)
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services.import_ledger import Ledger
from crm_desktop.services.import_own import OwnRow
from crm_desktop.store import customers, imports
from crm_desktop.store.engine import Connection

_CHUNK = 500


class Sink(Protocol):
    """What `_Run` hands matched rows to."""

    def start_file(self, preview: WorkbookPreview) -> None:
        """The rows that follow are of this file."""

    def start_sheet(self, name: str, plan: SheetPlan) -> None:
        """The rows that follow are of this sheet."""

    def create(self, row: CleanRow | OwnRow, draft: CustomerDraft) -> CustomerId:
        """Take in a new customer."""
        ...

    def merge(
        self, row: CleanRow | OwnRow, draft: CustomerDraft, number: CustomerId, *, merged: bool
    ) -> None:
        """Add what a row knows to a customer who is there."""

    def left_out(self, row: CleanRow | OwnRow) -> None:
        """Keep a row that made no customer."""

    def is_new(self, number: CustomerId) -> bool:
        """Whether this import made the customer."""
        ...

    def end_sheet(self, ledger: Ledger) -> None:
        """All rows of the sheet were handed over; enter what came up late."""


class Counting:
    """Writes nothing; numbers below zero stand for customers that would be made."""

    def __init__(self) -> None:
        self._next = -1

    def start_file(self, preview: WorkbookPreview) -> None:
        """Nothing to do."""

    def start_sheet(self, name: str, plan: SheetPlan) -> None:
        """Nothing to do."""

    def create(self, row: CleanRow | OwnRow, draft: CustomerDraft) -> CustomerId:
        """Give out a number that no customer has."""
        self._next -= 1
        return CustomerId(self._next + 1)

    def merge(
        self, row: CleanRow | OwnRow, draft: CustomerDraft, number: CustomerId, *, merged: bool
    ) -> None:
        """Nothing to do."""

    def left_out(self, row: CleanRow | OwnRow) -> None:
        """Nothing to do."""

    def is_new(self, number: CustomerId) -> bool:
        """Whether the number was given out here."""
        return number < 0

    def end_sheet(self, ledger: Ledger) -> None:
        """Nothing to do."""


class _Pending(NamedTuple):
    number: CustomerId
    draft: CustomerDraft
    row: int


class Writing:
    """Writes into the archive, in bulk, inside the import's step."""

    def __init__(self, connection: Connection, batch: BatchId, job: Job) -> None:
        self._connection = connection
        self._batch = batch
        self._job = job
        self._bulk = imports.BulkWriter(connection)
        # Into an empty archive an own export comes back with its own numbers and sources.
        self._keeps_numbers = not imports.has_customers(connection)
        self._first_new = self._bulk.next_customer
        self._own_numbers: set[CustomerId] = set()
        self._merges: list[_Pending] = []
        self._file = 0
        self._sheet = 0
        self._sources = imports.SourceWriter(connection, batch)

    def start_file(self, preview: WorkbookPreview) -> None:
        """Note the file."""
        self._file = imports.start_file(
            self._connection,
            self._batch,
            name=preview.file,
            kind=preview.format,
            sha256=preview.sha256,
            size=preview.size,
        )

    def start_sheet(self, name: str, plan: SheetPlan) -> None:
        """Note the sheet and its columns."""
        self._sheet = imports.start_sheet(
            self._connection,
            self._file,
            name=name,
            header_row=plan.header_row,
            columns=plan.columns,
        )

    def create(self, row: CleanRow | OwnRow, draft: CustomerDraft) -> CustomerId:
        """Take in a new customer, and his raw row as evidence."""
        if isinstance(row, OwnRow):
            return self._create_own(row, draft)
        number = self._bulk.create(draft, doc=row.doc)
        self._bulk.raw_row(
            self._sheet, row.row, Outcome.CREATED.value, customer=number, cells=row.raw
        )
        return number

    def _create_own(self, row: OwnRow, draft: CustomerDraft) -> CustomerId:
        if not self._keeps_numbers:
            number = self._bulk.create(draft)
            self._bulk.raw_row(
                self._sheet, row.row, Outcome.CREATED.value, customer=number, cells=row.raw
            )
        else:
            found = row.found
            number = self._bulk.create(
                draft,
                number=row.number,
                created_at=found.created_at,
                updated_at=found.updated_at,
            )
            for source in row.sources:
                self._sources.add(source, number)
        self._own_numbers.add(number)
        self._bulk.add_interactions(number, row.found.interactions)
        return number

    def merge(
        self, row: CleanRow | OwnRow, draft: CustomerDraft, number: CustomerId, *, merged: bool
    ) -> None:
        """Remember to add what the row knows; done for the whole sheet at once."""
        outcome = Outcome.MERGED if merged else Outcome.UPDATED
        self._bulk.raw_row(self._sheet, row.row, outcome.value, customer=number, cells=row.raw)
        self._merges.append(_Pending(number, draft, row.row))
        if isinstance(row, OwnRow):
            self._bulk.add_interactions(number, row.found.interactions)

    def left_out(self, row: CleanRow | OwnRow) -> None:
        """Keep the raw row."""
        self._bulk.raw_row(
            self._sheet, row.row, Outcome.LEFT_OUT.value, reason=row.left_out, cells=row.raw
        )

    def is_new(self, number: CustomerId) -> bool:
        """Whether this import made the customer."""
        return number >= self._first_new or number in self._own_numbers

    def end_sheet(self, ledger: Ledger) -> None:
        """Do the merges, and tell of values that stayed as they were."""
        self._bulk.flush()
        total = len(self._merges)
        for start in range(0, total, _CHUNK):
            self._job.progress(_("Merging"), start, total)
            ledger.problems(self._merge_chunk(self._merges[start : start + _CHUNK]))
        self._merges.clear()

    def _merge_chunk(self, merges: list[_Pending]) -> Iterable[Problem]:
        numbers = list(dict.fromkeys(merge.number for merge in merges))
        present = {c.id: c for c in customers.get_many(self._connection, numbers)}
        for number, draft, row in merges:
            merge = merge_draft(present[number], draft)
            for field, kept, offered in merge.differing:
                said = _("{field} stays “{kept}”; this row says otherwise.")
                name = field.removeprefix(CUSTOM_PREFIX)
                yield Problem(row, "", offered, said.format(field=name, kept=kept))
            if not merge.changes:
                continue
            self._bulk.change(number)
            self._apply(number, present[number], merge)
            again = customers.get(self._connection, number)
            if again is not None:
                present[number] = again

    def _apply(self, number: CustomerId, customer: Customer, merge: Merge) -> None:
        connection = self._connection
        for column, value in merge.fields.items():
            customers.set_column(connection, number, column, value)
        for point in merge.contact_points:
            customers.save_contact_point(connection, number, point)
        for address in merge.addresses:
            customers.save_address(connection, number, address)
        if merge.tags:
            customers.set_tags(connection, number, (*customer.tags, *merge.tags))
        for name, value in merge.custom.items():
            customers.set_custom(connection, number, name, value)

    def finish(self) -> None:
        """Write and index the rest."""
        self._job.progress(_("Indexing"))
        self._bulk.finish()
