"""Going through an import's rows: which customer is each, and what is there to write.

Nothing here touches the archive. The rows come out again as orders, which `writing`
carries out, or only counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

from crm_desktop.bridge.matching.match import Identity, MatchIndex, identity
from crm_desktop.bridge.process.wire import ORDINARY, Picture, RowBatch
from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerKind, InteractionKind
from crm_desktop.domain.imports import FileResult, Outcome, SheetPlan, WorkbookPreview
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services.imports.ledger import MAX_PROBLEMS, Ledger
from crm_desktop.services.imports.own import OwnBatch
from crm_desktop.services.imports.reading import MOST_READERS, in_turn, let_go
from crm_desktop.store.imports import KnownRow
from crm_desktop.store.loading import Load


class FileSource(Protocol):
    """A file that gives rows: a spreadsheet in its process, or an own export."""

    def inspect(self, job: Job | None = None) -> WorkbookPreview:
        """Look the file through."""
        ...

    def rows(self, plan: SheetPlan, job: Job | None = None) -> Iterator[RowBatch]:
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
    source: FileSource


class SheetStart(NamedTuple):
    """The orders that follow are of this sheet."""

    name: str
    plan: SheetPlan


class PendingMerge(NamedTuple):
    """What a row knows of a customer who is there already."""

    number: CustomerId
    draft: CustomerDraft
    row: int


class Resemblance(NamedTuple):
    """A row whose new customer may be somebody who was there already."""

    row: int
    name: str
    number: CustomerId


class RowsTaken(NamedTuple):
    """Rows of one sheet: new customers and evidence first, then what they add to others."""

    ledger: Ledger
    load: Load
    created: list[tuple[CustomerId, CustomerDraft]]
    merges: list[PendingMerge]
    resemblances: list[Resemblance]
    pictures: list[tuple[CustomerId, tuple[Picture, ...]]]
    contents: Sequence[tuple[str, bytes]]


Order = FileStart | SheetStart | RowsTaken


T = TypeVar("T")
# By the hash of what stood in it.
KnownRows = Mapping[int, KnownRow]
_NOTHING: Mapping[int, Mapping[str, KnownRows]] = {}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# As Taiwan counts: 113年, 民國99年.
_OF_REPUBLIC = re.compile(r"(?<!\d)(1\d\d)年|(?:民國|民国)\s*(\d{2,3})(?!\d)")
_BEFORE_REPUBLIC = 1911
# A season: 22-23, 2023/24. Other pairs of figures are days, and numbers of houses.
_SEASON = re.compile(r"(?<!\d)(?:20)?(\d\d)\s*[-–/]\s*(?:20)?(\d\d)(?!\d)(?!\s*[-–/]\s*\d)")
_MOST_YEAR = 60  # of two figures that are meant to lie in this century


def newest_first(things: Sequence[T], name: Callable[[T], str]) -> list[T]:
    """Put what is named by years in the order of these, the latest first.

    What an earlier row said of a customer is kept, so that of the latest year counts. What is
    not named so stays where it stands.
    """
    years = [_year_of(name(thing)) for thing in things]
    places = [at for at, year in enumerate(years) if year]
    ordered = list(things)
    for place, at in zip(places, sorted(places, key=lambda at: -years[at]), strict=True):
        ordered[place] = things[at]
    return ordered


def _year_of(name: str) -> int:
    """The latest year that a name says; 0 for none."""
    years = list(map(int, _YEAR.findall(name)))
    years += [
        2000 + int(second)
        for first, second in _SEASON.findall(name)
        if int(second) == int(first) + 1 <= _MOST_YEAR
    ]
    years += [_BEFORE_REPUBLIC + int(plain or told) for plain, told in _OF_REPUBLIC.findall(name)]
    return max(years, default=0)


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
        self._corrected: set[int] = set()
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
            # An own export is put back as it was only where no file before it made anybody.
            self._into_empty = self._into_empty and self._nobody_yet
            yield FileStart(task.preview, task.source)
            for plan in newest_first(task.plans, partial(_name_of, task)):
                name = _name_of(task, plan)
                ledger = Ledger(name, plan, task.preview.sheets[plan.sheet].beside)
                ledgers.append(ledger)
                yield SheetStart(name, plan)
                self._known_rows = known.get(name, {})
                self._corrected = {fix.row for fix in plan.fixes}
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
        self._last = None
        for batch in source.rows(plan, self._job.silent()):
            yield self._batch(batch, ledger)
            self._done += len(batch)
            self._job.progress(_("Importing"), self._done, total)

    def _batch(self, batch: RowBatch, ledger: Ledger) -> RowsTaken:
        found = _Found(len(batch))
        for place, who in enumerate(batch.identities):
            self._take(batch, place, who, found, ledger)
        merges = []
        for place, number in found.merges:
            draft = _draft(batch, place)
            if found.outcomes[place] == Outcome.CONTINUED:
                draft = draft._replace(name="")
            merges.append(PendingMerge(number, draft, batch.rows[place]))
        resemblances = [
            Resemblance(batch.rows[place], _draft(batch, place).name, number)
            for place, number in found.close
        ]
        created = (
            [(CustomerId(n), _draft(batch, place)) for place, n in enumerate(found.new) if n]
            if self._looking
            else []
        )
        load = self._load(batch, found)
        return RowsTaken(
            ledger, load, created, merges, resemblances, found.pictures, batch.contents
        )

    def _load(self, batch: RowBatch, found: _Found) -> Load:
        """What is to be written; the batch's tables are gone after it."""
        if not isinstance(batch, OwnBatch):
            load = Load(batch.tables, found.new)
        else:
            load = batch.load(found.new, found.customers, into_empty=self._into_empty)
        if not self._trusts(batch):
            load.add_evidence(
                batch.rows, found.outcomes, found.reasons, found.customers, batch.raws, found.parts
            )
        for number, remarks in found.remarks:
            kind = InteractionKind.NOTE.value
            load.add_interactions(
                number, [(kind, _moment(at), text, False) for at, text in remarks]
            )
        return load

    @property
    def _nobody_yet(self) -> bool:
        return self._next == self._first and not self._own_numbers

    def _trusts(self, batch: RowBatch) -> bool:
        """Whether all of a batch are customers of their own, whomever they resemble."""
        return self._into_empty and isinstance(batch, OwnBatch)

    def _take(
        self, batch: RowBatch, place: int, who: Identity | None, found: _Found, ledger: Ledger
    ) -> None:
        """Say of one row whose it is; most are new customers."""
        said = batch.remarkable.get(place, ORDINARY)
        if said.firm:
            self._take_firm(batch, place, who, found, ledger)
            return
        if isinstance(batch, OwnBatch) and batch.found[place].deleted_at and not self._into_empty:
            reason = _("Lies in the trash of the archive that the file comes from.")
            self._leave(batch, place, reason, found, ledger)
            return
        if who is None:
            # Why it is left out says enough; what its cells would have meant is no matter.
            self._last = None
            self._leave(batch, place, said.left_out, found, ledger)
            return
        if (before := self._came_before(batch, place)) is not None:
            # One that continues it may be new.
            self._last = before.customer
            if said.pictures and before.customer is not None:  # one may be new all the same
                found.pictures.append((before.customer, said.pictures))
            reason = _("Unchanged since {date}.").format(date=before.at[:10])
            self._leave(batch, place, reason, found, ledger)
            return
        if said.problems:
            ledger.problems(said.problems)
        if said.continues and self._last is not None:
            number = self._last
            found.merge(place, number, Outcome.CONTINUED)
            ledger.count(Outcome.CONTINUED)
            who = who._replace(name="")
        elif said.left_out:
            self._leave(batch, place, said.left_out, found, ledger)
            return
        else:
            number = self._customer(batch, place, who, found, ledger)
            ledger.count(Outcome(found.outcomes[place]))
        if said.remarks:
            found.remarks.append((number, said.remarks))
        if said.pictures:
            found.pictures.append((number, said.pictures))
        self._match.add(number, who)
        self._last = number

    def _take_firm(
        self, batch: RowBatch, place: int, who: Identity | None, found: _Found, ledger: Ledger
    ) -> None:
        """A firm beside its contact, or a further one; the ledger has one entry, the first's."""
        found.next_part(place, batch.rows[place])
        before = self._came_before(batch, place)
        if who is None or before is not None:
            found.outcomes[place] = Outcome.LEFT_OUT.value
            return
        said = batch.remarkable[place]
        ledger.problems(said.problems)
        number = self._customer(batch, place, who, found, ledger)
        if found.new[place] and who.kind == CustomerKind.ORGANISATION.value:
            ledger.firms += 1
        if said.remarks:
            found.remarks.append((number, said.remarks))
        self._match.add(number, who)

    def _came_before(self, batch: RowBatch, place: int) -> KnownRow | None:
        """A row that came in as it stands there now; not one that was corrected since."""
        if not self._known_rows or batch.rows[place] in self._corrected:
            return None
        return self._known_rows.get(hash(batch.raws[place]))

    def _leave(
        self, batch: RowBatch, place: int, reason: str, found: _Found, ledger: Ledger
    ) -> None:
        ledger.left_out(batch.rows[place], reason)
        found.outcomes[place] = Outcome.LEFT_OUT.value
        found.reasons[place] = reason

    def _customer(
        self, batch: RowBatch, place: int, who: Identity, found: _Found, ledger: Ledger
    ) -> CustomerId:
        """The customer that a row certainly is, or a new one."""
        known = None if self._trusts(batch) else self._match.find(who)
        if known is None:
            number = self._next
            if isinstance(batch, OwnBatch) and self._into_empty:
                own = batch.number(place)
                number = own if own and own not in self._own_numbers else number
                self._own_numbers.add(number)
            elif ledger.resembling < MAX_PROBLEMS:
                close = self._match.close_to(who)
                if close is not None:
                    ledger.resembling += 1
                    found.close.append((place, CustomerId(close)))
            self._next = CustomerId(max(self._next, number + 1))
            found.new[place] = found.customers[place] = number
            return number
        number = CustomerId(known)
        from_here = number >= self._first or number in self._own_numbers
        found.merge(place, number, Outcome.MERGED if from_here else Outcome.UPDATED)
        return number


class _Found:
    """What was found of each row of a batch, by its place: at first, a customer is made."""

    def __init__(self, size: int) -> None:
        self.outcomes: list[str] = [Outcome.CREATED.value] * size
        self.reasons = [""] * size
        self.customers: list[CustomerId | None] = [None] * size
        self.new = [0] * size
        # Of rows that tell of several: which part of its row each but the first is, from 1.
        self.parts: dict[int, int] = {}
        self._last_part: Counter[int] = Counter()
        self.merges: list[tuple[int, CustomerId]] = []
        self.close: list[tuple[int, CustomerId]] = []
        self.remarks: list[tuple[CustomerId, tuple[tuple[str, str], ...]]] = []
        self.pictures: list[tuple[CustomerId, tuple[Picture, ...]]] = []

    def next_part(self, place: int, row: int) -> None:
        """What stands at a place is one more part of a row of the sheet."""
        self._last_part[row] += 1
        self.parts[place] = self._last_part[row]

    def merge(self, place: int, number: CustomerId, outcome: Outcome) -> None:
        """A row adds to somebody who is there already."""
        self.outcomes[place] = outcome.value
        self.customers[place] = number
        self.merges.append((place, number))


def _draft(batch: RowBatch, place: int) -> CustomerDraft:
    draft = batch.drafts.at(place)
    assert draft is not None  # whoever has an identity has one
    return draft
