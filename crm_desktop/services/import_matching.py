"""Going through an import's rows: which customer is each, and what is there to write.

Nothing here touches the archive. The rows come out again as orders, which `import_writing`
carries out, or only counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from crm_desktop.bridge.matching.match import Identity, MatchIndex, identity
from crm_desktop.bridge.process.reader import CleanRow
from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind
from crm_desktop.domain.imports import FileResult, Outcome, SheetPlan, WorkbookPreview
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services.import_ledger import Ledger
from crm_desktop.services.import_own import OwnRow
from crm_desktop.services.reading import MOST_READERS, in_turn, let_go
from crm_desktop.store.imports import KnownRow
from crm_desktop.store.loading import Load
from crm_desktop.store.search.keys import CustomerKeys


class FileSource(Protocol):
    """A file that gives rows: a spreadsheet in its process, or an own export."""

    def inspect(self, job: Job | None = None) -> WorkbookPreview:
        """Look the file through."""
        ...

    def rows(
        self, plan: SheetPlan, job: Job | None = None
    ) -> Iterator[list[CleanRow]] | Iterator[list[OwnRow]]:
        """Its rows in batches."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Task(NamedTuple):
    """One file of an import, and the plans of the sheets to take."""

    source: FileSource
    preview: WorkbookPreview
    plans: tuple[SheetPlan, ...]

    @property
    def rows(self) -> int:
        """How many rows lie ahead, as far as the preview knows."""
        return sum(self.preview.sheets[plan.sheet].rows for plan in self.plans)


class FileStart(NamedTuple):
    """The orders that follow are of this file."""

    preview: WorkbookPreview


class SheetStart(NamedTuple):
    """The orders that follow are of this sheet."""

    name: str
    plan: SheetPlan


class PendingMerge(NamedTuple):
    """What a row knows of a customer who is there already."""

    number: CustomerId
    draft: CustomerDraft
    row: int


@dataclass(slots=True)
class RowsTaken:
    """Rows of one sheet: new customers and evidence first, then what they add to others."""

    ledger: Ledger
    load: Load = field(default_factory=Load)
    created: list[tuple[CustomerId, CustomerDraft]] = field(default_factory=list)
    merges: list[PendingMerge] = field(default_factory=list)


Order = FileStart | SheetStart | RowsTaken


T = TypeVar("T")
# By the hash of what stood in it.
KnownRows = Mapping[int, KnownRow]
_NOTHING: Mapping[int, Mapping[str, KnownRows]] = {}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def newest_first(things: Sequence[T], name: Callable[[T], str]) -> list[T]:
    """Put what is named by years in the order of these, the latest first.

    What an earlier row said of a customer is kept, so that of the latest year counts. Where
    not all are named so, the order stays.
    """
    years = [max(map(int, _YEAR.findall(name(thing))), default=0) for thing in things]
    if not all(years):
        return list(things)
    order = sorted(range(len(things)), key=lambda at: -years[at])
    return [things[at] for at in order]


def _add_remarks(row: CleanRow | OwnRow, number: CustomerId, load: Load) -> None:
    """Dated comments on a row's cells become notes of its customer's timeline."""
    if row.remarks:
        kind = InteractionKind.NOTE.value
        load.add_interactions(number, [(kind, _moment(at), text) for at, text in row.remarks])


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.astimezone()


def _name_of(task: Task, plan: SheetPlan) -> str:
    return task.preview.sheets[plan.sheet].name


class Matching:
    """One pass over the files of an import."""

    def __init__(
        self,
        known: Iterable[tuple[CustomerId, CustomerDraft]],
        *,
        next_customer: CustomerId,
        into_empty: bool,
        looking: bool,
        job: Job,
        unchanged: Mapping[int, Mapping[str, KnownRows]] = _NOTHING,
    ) -> None:
        """Prepare.

        Args:
            known: the archive's customers, as far as matching needs them.
            next_customer: the number that the first new one gets.
            into_empty: nobody is there yet: then an own export keeps its numbers, and who is
                in it twice is two customers to its owner.
            looking: nothing will be written: then `RowsTaken.created` says who would be made.
            job: to report to.
            unchanged: rows to leave out, as they came in before: by a task's place, then by
                the sheet's name.
        """
        self._match = MatchIndex()
        for number, draft in known:
            self._match.add(number, identity(draft))
        self._first = self._next = next_customer
        self._into_empty = into_empty
        self._looking = looking
        self._own_numbers: set[CustomerId] = set()
        self._job = job
        self._done = 0
        self._last: CustomerId | None = None
        self._unchanged = unchanged
        self._known_rows: KnownRows = {}
        self._ledgers: list[tuple[WorkbookPreview, list[Ledger]]] = []

    def orders(self, tasks: Sequence[Task]) -> Generator[Order, None, None]:
        """Go through the rows; each is accounted for in its sheet's ledger.

        Raises:
            Cancelled: the user stopped the job.
            UserError: a file cannot be read.
        """
        total = sum(task.rows for task in tasks)
        self._ledgers = [(task.preview, []) for task in tasks]
        ledgers_of = {id(task): own for task, (_p, own) in zip(tasks, self._ledgers, strict=True)}
        places = {id(task): place for place, task in enumerate(tasks)}
        order = newest_first(tasks, lambda task: task.preview.file)
        for task in in_turn(order, lambda task: task.source, self._job):
            ledgers = ledgers_of[id(task)]
            known = self._unchanged.get(places[id(task)], {})
            yield FileStart(task.preview)
            for plan in newest_first(task.plans, partial(_name_of, task)):
                name = _name_of(task, plan)
                ledger = Ledger(name, plan)
                ledgers.append(ledger)
                yield SheetStart(name, plan)
                self._known_rows = known.get(name, {})
                yield from self._sheet(task.source, plan, ledger, total)
            if len(tasks) > MOST_READERS:
                let_go(task.source)

    def results(self) -> tuple[FileResult, ...]:
        """The account of all files, once every order was carried out."""
        return tuple(
            FileResult(
                preview.file,
                tuple(
                    ledger.result() for ledger in sorted(ledgers, key=lambda one: one.plan.sheet)
                ),
            )
            for preview, ledgers in self._ledgers
        )

    def _sheet(
        self, source: FileSource, plan: SheetPlan, ledger: Ledger, total: int
    ) -> Iterator[RowsTaken]:
        taken = RowsTaken(ledger)
        self._last = None
        for batch in source.rows(plan, self._job.silent()):
            for row in batch:
                self._take(row, taken)
            self._done += len(batch)
            self._job.progress(_("Importing"), self._done, total)
            if taken.load.is_full:
                yield taken
                taken = RowsTaken(ledger)
        yield taken

    def _take(self, row: CleanRow | OwnRow, taken: RowsTaken) -> None:
        ledger, load, draft = taken.ledger, taken.load, row.draft
        if draft is None or row.identity is None or row.keys is None:
            # Why it is left out says enough; what its cells would have meant is no matter.
            self._last = None
            ledger.left_out(row.row, row.left_out)
            load.add_evidence(row.row, Outcome.LEFT_OUT.value, None, row.raw, row.left_out)
            return
        if self._known_rows and (before := self._known_rows.get(hash(row.raw))) is not None:
            self._leave(row, before, taken)
            return
        if row.problems:
            ledger.problems(row.problems)
        if row.continues and self._last is not None:
            self._continue(row, draft, row.identity, self._last, taken)
            return
        if row.left_out:
            ledger.left_out(row.row, row.left_out)
            load.add_evidence(row.row, Outcome.LEFT_OUT.value, None, row.raw, row.left_out)
            return
        trusted = isinstance(row, OwnRow) and self._into_empty
        known = None if trusted else self._match.find(row.identity)
        if known is None:
            number = self._create(row, draft, row.keys, taken)
            ledger.created += 1
        else:
            number = CustomerId(known)
            if number >= self._first or number in self._own_numbers:
                outcome = Outcome.MERGED
                ledger.merged += 1
            else:
                outcome = Outcome.UPDATED
                ledger.updated += 1
            load.add_evidence(row.row, outcome.value, number, row.raw)
            taken.merges.append(PendingMerge(number, draft, row.row))
        _add_remarks(row, number, load)
        if isinstance(row, OwnRow):
            load.add_interactions(number, row.found.interactions)
        self._match.add(number, row.identity)
        self._last = number

    def _leave(self, row: CleanRow | OwnRow, before: KnownRow, taken: RowsTaken) -> None:
        """A row that came in before, just as it stands; one that continues it may be new."""
        self._last = before.customer
        reason = _("Unchanged since {date}.").format(date=before.at[:10])
        taken.ledger.left_out(row.row, reason)
        taken.load.add_evidence(row.row, Outcome.LEFT_OUT.value, None, row.raw, reason)

    def _continue(
        self,
        row: CleanRow | OwnRow,
        draft: CustomerDraft,
        who: Identity,
        number: CustomerId,
        taken: RowsTaken,
    ) -> None:
        """A row without a name goes on with the customer above it."""
        taken.ledger.continued += 1
        taken.load.add_evidence(row.row, Outcome.CONTINUED.value, number, row.raw)
        _add_remarks(row, number, taken.load)
        taken.merges.append(PendingMerge(number, draft._replace(name=""), row.row))
        self._match.add(number, who._replace(name=""))

    def _create(
        self,
        row: CleanRow | OwnRow,
        draft: CustomerDraft,
        keys: CustomerKeys,
        taken: RowsTaken,
    ) -> CustomerId:
        load = taken.load
        if isinstance(row, OwnRow) and self._into_empty:
            number = self._next if row.number is None else row.number
            self._own_numbers.add(number)
            load.add(
                number,
                draft,
                keys,
                created_at=row.found.created_at,
                updated_at=row.found.updated_at,
            )
            load.sources += [(source, number) for source in row.sources]
        else:
            number = self._next
            load.add(number, draft, keys)
            load.add_evidence(row.row, Outcome.CREATED.value, number, row.raw)
        self._next = CustomerId(max(self._next, number + 1))
        if self._looking:
            taken.created.append((number, draft))
        return number
