"""One run of an import over the files that were chosen: only looked at, or written."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from crm_desktop.bridge.matching.own_ids import tells_somebody
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import ImportResult, SheetPlan
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.imports.ahead import ahead
from crm_desktop.services.imports.fields import NumbersNamed, agreed_kinds, as_agreed
from crm_desktop.services.imports.matching import FileSource, Matching, Task
from crm_desktop.services.imports.memory import remember
from crm_desktop.services.imports.own import OwnExport
from crm_desktop.services.imports.session import ImportSession
from crm_desktop.services.imports.writing import Looking, Writing
from crm_desktop.store import custom_fields, heads, imports, loading, settings
from crm_desktop.store.engine import Connection
from crm_desktop.store.loading import Followed

Work = Sequence[tuple[ImportSession, tuple[SheetPlan, ...]]]
_SWITCH = 0.0002


@dataclass(frozen=True)
class Run:
    """What is to be taken in, and how.

    Attributes:
        work: files with the plans of the sheets to take.
        tasks: the same, as they are read; made by `of`, for it asks the reading processes.
        job: to report to.
        country: becomes the home country of an archive that has none yet.
        only_changed: leave rows out that an earlier import of the same file took in as they
            stand.
        confirmed: the user has looked at the plans, so that all of them are remembered; else
            those that are not as they were proposed.
    """

    work: Work
    tasks: tuple[Task, ...]
    job: Job
    country: str | None = None
    only_changed: bool = False
    confirmed: bool = False

    @classmethod
    def of(cls, work: Work, job: Job, **said: Any) -> Run:
        """A run of these plans, its columns of the kinds that their values show."""
        tasks = (
            Task(s.source, s.preview, tuple(s.with_kinds(plan, job) for plan in plans))
            for s, plans in work
        )
        return cls(work, tuple(tasks), job, **said)

    @property
    def name(self) -> str:
        """What its step is called."""
        if len(self.work) == 1:
            return _("Import {file}").format(file=self.work[0][0].preview.file)
        n = len(self.work)
        return ngettext("Import {n} file", "Import {n} files", n).format(n=n)

    def look(self, connection: Connection) -> ImportResult:
        """Say what would happen.

        Raises:
            Cancelled: the user stopped it.
        """
        typed, _kinds = _typed(connection, self.tasks)
        matching = self._matching(connection, typed, looking=True)
        looking = Looking(connection, into_empty=not imports.has_customers(connection))
        for order in matching.orders(typed):
            looking.take(order)
        return ImportResult(
            None,
            matching.results(),
            already=_already(connection, self.tasks),
            earlier=_earlier(connection, self.tasks),
            relations=looking.relations(),
            firm=_of_firm(self.tasks),
        )

    def write(self, connection: Connection, step: StepId) -> ImportResult:
        """Write it, within a step.

        Raises:
            Cancelled: the user stopped it.
        """
        if self.country and not settings.get(connection, "home_country"):
            settings.save(connection, {"home_country": self.country})
        typed, kinds = _typed(connection, self.tasks)
        already, earlier = _already(connection, self.tasks), _earlier(connection, self.tasks)
        matching = self._matching(connection, typed)
        batch = imports.start_batch(connection, step)
        into_empty = not imports.has_customers(connection)
        renamed, followed = _taken_in(connection, self.tasks, into_empty=into_empty)
        writing = Writing(
            connection, batch, self.job, kinds, renamed, followed, into_empty=into_empty
        )
        with closing(ahead(matching.orders(typed))) as orders:
            for order in orders:
                writing.take(order)
        relations = writing.finish()
        self._remember(connection)
        return ImportResult(
            batch,
            matching.results(),
            step=step,
            already=already,
            earlier=earlier,
            relations=relations,
            firm=_of_firm(self.tasks),
        )

    def _matching(
        self, connection: Connection, tasks: Sequence[Task], *, looking: bool = False
    ) -> Matching:
        return Matching(
            imports.match_keys(connection, tells_somebody),
            next_customer=loading.next_customer(connection),
            into_empty=not imports.has_customers(connection),
            looking=looking,
            job=self.job,
            unchanged=_rows_before(connection, tasks) if self.only_changed else {},
        )

    def _remember(self, connection: Connection) -> None:
        for session, plans in self.work:
            for plan in plans:
                if self.confirmed or plan != session.preview.sheets[plan.sheet].plan:
                    first = session.proposed.sheets[plan.sheet].plan
                    remember(connection, plan, session.proposal(plan), first)


@contextmanager
def at_full_speed() -> Iterator[None]:
    """Set the interpreter for millions of small tuples on several threads.

    The search for cycles, which rows have none of, took a fifth of the time; and the thread
    that writes waited up to 5 ms for Python's lock after each of its statements.
    """
    switch, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_SWITCH)
    gc.disable()
    try:
        yield
    finally:
        sys.setswitchinterval(switch)
        if collects:  # the window collects by a timer of its own
            gc.enable()


def _taken_in(
    connection: Connection, tasks: Sequence[Task], *, into_empty: bool
) -> tuple[dict[str, str], dict[FileSource, list[Followed]]]:
    """Write what own exports say of the firm; only an empty archive is this very firm's.

    Returns:
        Other names of some of their fields in the trash, and the firm's tasks that follow
        entries up, by their files.
    """
    renamed: dict[str, str] = {}
    followed: dict[FileSource, list[Followed]] = {}
    for task in tasks:
        if isinstance(task.source, OwnExport):
            head = task.source.head
            others, made = heads.take_in(connection, head, with_settings=into_empty)
            renamed |= others
            followed[task.source] = [
                Followed(number, None, told)
                for place, number in made.items()
                if (told := head.tasks[place].follows) is not None
            ]
    return renamed, followed


def _typed(
    connection: Connection, tasks: Sequence[Task]
) -> tuple[list[Task], dict[str, FieldKind]]:
    """The tasks with columns of their fields' names and kinds, and those kinds by name."""
    known = {field.name: field for field in custom_fields.fields(connection)}
    taxes = NumbersNamed({name: field.kind for name, field in known.items()})
    tasks = [task._replace(plans=taxes.together(task.plans)) for task in tasks]
    kinds = agreed_kinds(
        (plan for task in tasks for plan in task.plans),
        {name: field.kind for name, field in known.items()},
    )
    home = settings.get(connection, "home_country")
    typed = [
        task._replace(plans=as_agreed(task.plans, kinds, known, task.preview.country or home))
        for task in tasks
    ]
    for task in tasks:
        if isinstance(task.source, OwnExport):
            kinds = {**task.source.kinds, **kinds}
    return typed, kinds


def _already(connection: Connection, tasks: Sequence[Task]) -> str | None:
    for task in tasks:
        if moment := imports.imported_before(connection, task.preview.sha256):
            return moment
    return None


def _earlier(connection: Connection, tasks: Sequence[Task]) -> str | None:
    for task in tasks:
        if moment := imports.named_before(connection, task.preview.file):
            return moment
    return None


def _rows_before(
    connection: Connection, tasks: Sequence[Task]
) -> dict[int, dict[str, dict[int, imports.KnownRow]]]:
    """What came in with each file before; of an own export, rows are not kept as text."""
    return {
        place: imports.rows_before(connection, name=task.preview.file, sha256=task.preview.sha256)
        for place, task in enumerate(tasks)
        if not isinstance(task.source, OwnExport)
    }


def _of_firm(tasks: Sequence[Task]) -> tuple[tuple[str, int], ...]:
    """Which parts of the firm's the files have, and how much there is of each."""
    counts: Counter[str] = Counter()
    for task in tasks:
        if isinstance(task.source, OwnExport):
            counts.update({part: len(held) for part, held in task.source.head._asdict().items()})
    return tuple((part, count) for part, count in counts.items() if count)
