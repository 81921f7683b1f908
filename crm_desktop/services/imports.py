"""Taking customers in from files: look, check, import, in that order.

The file is read in a process of its own (`bridge.reader`), which cleans its rows while this
side matches and writes those that came before. All of an import is one step of the journal:
it can be taken back as one, and a cancelled or killed one leaves nothing behind.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from crm_desktop.bridge.matching.own_ids import id_kind
from crm_desktop.bridge.process.reader import Reader, Spare
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import (
    BatchId,
    ColumnMapping,
    ColumnValues,
    ImportResult,
    SheetPlan,
    SheetPreview,
    WorkbookPreview,
)
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import import_memory
from crm_desktop.services.ahead import ahead
from crm_desktop.services.import_failed import (
    FailedSheet,
    failed_sheets,
    without_reason,
    without_reasons,
    workbook,
)
from crm_desktop.services.import_fields import agreed_kinds, as_agreed
from crm_desktop.services.import_matching import FileSource, KnownRows, Matching, Task
from crm_desktop.services.import_options import (
    ImportOptions,
    chosen_plans,
    refuse_unknown_sheets,
)
from crm_desktop.services.import_own import OwnExport
from crm_desktop.services.import_writing import Looking, Writing
from crm_desktop.services.outputs import write_whole
from crm_desktop.services.reading import MOST_READERS, let_go
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers, imports, loading, settings
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection

_SWITCH = 0.0002


class ImportSession:
    """One file on its way in; close it in the end.

    Attributes:
        proposed: the file as the program alone understands it.
        preview: the same, but for sheets that are read as others of their headers were before.
    """

    def __init__(
        self, service: ImportService, source: FileSource, proposed: WorkbookPreview
    ) -> None:
        self._service = service
        self.source = source
        self.proposed = proposed
        recalled = service.recall(source, proposed.sheets)
        self._proposals = {r.shown.index: r.proposed.plan for r in recalled}
        self.preview = replace(proposed, sheets=tuple(r.shown for r in recalled))

    def plans(self) -> tuple[SheetPlan, ...]:
        """The proposal for every sheet that holds anything."""
        return tuple(s.plan for s in self.preview.sheets if not s.empty)

    def replan(self, sheet: int, header_row: int) -> SheetPreview:
        """Read a sheet anew with another header row; the preview follows.

        Args:
            sheet: its index.
            header_row: 1-based, 0 for a sheet without one.
        """
        if not isinstance(self.source, Reader):
            return self.preview.sheets[sheet]
        again = without_reason(self.source.replan(sheet, header_row))
        [(proposed, fresh)] = self._service.recall(self.source, [again])
        self._proposals[sheet] = proposed.plan
        sheets = tuple(fresh if s.index == sheet else s for s in self.preview.sheets)
        self.preview = replace(self.preview, sheets=sheets)
        return fresh

    def proposal(self, plan: SheetPlan) -> SheetPlan:
        """What was proposed for a sheet with the header row that it has now."""
        first = self.proposed.sheets[plan.sheet].plan
        return first if plan.header_row == first.header_row else self._proposals[plan.sheet]

    def values(self, plan: SheetPlan, index: int, *, job: Job | None = None) -> ColumnValues:
        """Count the values of a column over all rows, and find those that are one.

        Args:
            plan: how its sheet is read.
            index: the column's 0-based position.
            job: progress and cancel.
        """
        if not isinstance(self.source, Reader):
            return ColumnValues(0, 0, ())
        return self.source.values(plan, index, job)

    def dates(self, plan: SheetPlan, index: int, *, job: Job | None = None) -> ColumnMapping | None:
        """Decide how the dates of a column are meant that became one of birthdays."""
        return self.source.dates(plan, index, job) if isinstance(self.source, Reader) else None

    def with_kinds(self, plan: SheetPlan, job: Job | None = None) -> SheetPlan:
        """A plan whose own fields are of the kinds that their columns' values show.

        The proposal has them already; a column that the user makes an own field is looked at now.
        """
        before = {c.index: c.custom for c in self.proposal(plan).columns}
        if not isinstance(self.source, Reader) or not any(
            c.custom and c.kind is FieldKind.TEXT and not before.get(c.index) for c in plan.columns
        ):
            return plan
        return self.source.kinds(plan, job)

    def check(self, plans: Sequence[SheetPlan], *, job: Job | None = None) -> ImportResult:
        """Say what an import would do, without doing it.

        Raises:
            Cancelled: the user stopped it.
        """
        return self._service.run([(self, tuple(plans))], dry_run=True, job=job)

    def run(self, plans: Sequence[SheetPlan], *, job: Job | None = None) -> ImportResult:
        """Import, as one step.

        Raises:
            Cancelled: the user stopped it; nothing was changed.
            EnvironmentProblem: disk full and the like; nothing was changed.
        """
        return self._service.run([(self, tuple(plans))], dry_run=False, job=job)

    def rest(self) -> None:
        """End the process that reads the file until it is needed again; from one thread only."""
        let_go(self.source)

    def close(self) -> None:
        """End the process that reads the file."""
        self.source.close()

    def __enter__(self) -> ImportSession:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


class ImportService:
    """Imports into one archive."""

    def __init__(self, archive: Archive, settings_service: SettingsService) -> None:
        self._archive = archive
        self._settings = settings_service
        self._spare = Spare()

    def get_ready(self) -> None:
        """Have a reading process wait for the next file, so that its first rows come at once.

        It takes some fifty megabytes; commands, which know their files beforehand, need none.
        """
        self._spare.prepare()

    def close(self) -> None:
        """End the process that waits."""
        self._spare.close()

    def preview(
        self,
        path: Path,
        *,
        country: str | None = None,
        password: str | None = None,
        job: Job | None = None,
    ) -> ImportSession:
        """Open a file and look it through.

        Args:
            path: a spreadsheet of any kind, or an own JSON export.
            country: for phone numbers without a prefix; None for the archive's home country,
                or, before the owner has chosen one, for what the file's own numbers say.
            password: for protected files.
            job: to report to; where it is watched, it is shown a `SheetPeek` before.

        Raises:
            UserError: the file cannot be read, and why; with `field="password"` where a
                password would help.
        """
        # Not even its first bytes: closing a handle to the live file drops the locks on it.
        if path.exists() and path.samefile(self._archive.path):
            raise UserError(
                _("“{file}” is this archive itself; there is nothing to import.").format(
                    file=path.name
                )
            )
        if country is None and self._settings.has_home_country():
            country = self._settings.home_country()
        source: FileSource
        if OwnExport.recognises(path):
            source = OwnExport(path)
        else:
            source = Reader(path, (country or "").upper(), password, spare=self._spare)
        try:
            return ImportSession(self, source, without_reasons(source.inspect(job)))
        except BaseException:
            source.close()
            raise

    def recall(
        self, source: FileSource, sheets: Sequence[SheetPreview]
    ) -> list[import_memory.Recalled]:
        """Sheets as they are proposed, and as others of their headers were read before."""

        def replan(sheet: int, header_row: int) -> SheetPreview:
            assert isinstance(source, Reader)
            return without_reason(source.replan(sheet, header_row))

        with self._archive.reading() as connection:
            return [import_memory.recall(connection, sheet, replan) for sheet in sheets]

    def knows_customers(self) -> bool:
        """Whether the archive holds any customer, so that a row may belong to one."""
        with self._archive.reading() as connection:
            return imports.has_customers(connection)

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        options: ImportOptions | None = None,
        dry_run: bool = False,
        job: Job | None = None,
    ) -> ImportResult:
        """Import files unattended, all in one step.

        Raises:
            UserError: a file cannot be read, a sheet does not exist; nothing was imported.
        """
        options = options or ImportOptions()
        with ExitStack() as opened:
            sessions = []
            for path in paths:
                session = opened.enter_context(
                    self.preview(path, country=options.country, password=options.password, job=job)
                )
                sessions.append(session)
                if len(paths) > MOST_READERS:
                    session.rest()
            refuse_unknown_sheets([s.preview for s in sessions], options.sheets)
            work = [(s, chosen_plans(s.preview, options)) for s in sessions]
            country = options.country.upper() if options.country else None
            return self.run(
                work,
                dry_run=dry_run,
                job=job,
                country=country,
                only_changed=options.only_changed,
            )

    def failed(self, result: ImportResult) -> list[FailedSheet]:
        """The rows of an import that should be looked at, as they stood in their files.

        Args:
            result: of an import that still stands; a dry run keeps no rows.
        """
        if result.batch is None:
            return []
        with self._archive.reading() as connection:
            return failed_sheets(
                result,
                imports.sheets_of(connection, result.batch),
                lambda sheet, numbers: imports.raw_rows(connection, sheet.id, numbers),
            )

    def save_failed(self, result: ImportResult, target: Path) -> int:
        """Write those rows into a workbook with a column that says why; it can be imported again.

        Returns:
            How many rows were written.

        Raises:
            EnvironmentProblem: the file cannot be written.
        """
        sheets = self.failed(result)
        write_whole(target, workbook(sheets))
        return sum(len(sheet.rows) for sheet in sheets)

    def run(
        self,
        work: Sequence[tuple[ImportSession, tuple[SheetPlan, ...]]],
        *,
        dry_run: bool,
        job: Job | None = None,
        country: str | None = None,
        only_changed: bool = False,
        confirmed: bool = False,
    ) -> ImportResult:
        """Run the plans of several files, for real or only counting.

        Args:
            work: files with the plans of the sheets to take.
            dry_run: write nothing.
            job: to report to.
            country: becomes the home country of an archive that has none yet.
            only_changed: leave rows out that an earlier import of the same file, by name or
                content, took in as they stand.
            confirmed: the user has looked at the plans, so that all of them are remembered; else
                those that are not as they were proposed.
        """
        with _at_full_speed():
            return self._run(work, dry_run, job or Job(), country, only_changed, confirmed)

    def _run(
        self,
        work: Sequence[tuple[ImportSession, tuple[SheetPlan, ...]]],
        dry_run: bool,
        job: Job,
        country: str | None,
        only_changed: bool,
        confirmed: bool,
    ) -> ImportResult:
        tasks = [
            Task(s.source, s.preview, tuple(s.with_kinds(plan, job) for plan in plans))
            for s, plans in work
        ]
        if dry_run:
            with self._archive.reading() as connection:
                tasks, _kinds = _typed(connection, tasks)
                unchanged = _rows_before(connection, tasks) if only_changed else {}
                matching = _matching(connection, job, unchanged, looking=True)
                into_empty = not imports.has_customers(connection)
                looking = Looking(connection, into_empty=into_empty)
                for order in matching.orders(tasks):
                    looking.take(order)
                return ImportResult(
                    None,
                    matching.results(),
                    already=_already(connection, tasks),
                    earlier=_earlier(connection, tasks),
                    relations=looking.relations(),
                )
        if self.knows_customers():
            # Before many rows change at once, a copy of how it was.
            self._archive.make_backup(reason="import", job=job)

        def write(connection: Connection, step: StepId) -> ImportResult:
            if country and not settings.get(connection, "home_country"):
                settings.save(connection, {"home_country": country})
            typed, kinds = _typed(connection, tasks)
            already, earlier = _already(connection, tasks), _earlier(connection, tasks)
            unchanged = _rows_before(connection, tasks) if only_changed else {}
            batch = imports.start_batch(connection, step)
            matching = _matching(connection, job, unchanged)
            into_empty = not imports.has_customers(connection)
            writing = Writing(connection, batch, job, kinds, into_empty=into_empty)
            with closing(ahead(matching.orders(typed))) as orders:
                for order in orders:
                    writing.take(order)
            relations = writing.finish()
            _remember(connection, work, everything=confirmed)
            return ImportResult(
                batch,
                matching.results(),
                step=step,
                already=already,
                earlier=earlier,
                relations=relations,
            )

        return self._archive.write_bulk(_step_name(work), write)


@contextmanager
def _at_full_speed() -> Iterator[None]:
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


def _typed(
    connection: Connection, tasks: Sequence[Task]
) -> tuple[list[Task], dict[str, FieldKind]]:
    """The tasks with columns of the kinds that their fields have, and those kinds by name."""
    kinds = agreed_kinds(
        (plan for task in tasks for plan in task.plans), customers.custom_kinds(connection)
    )
    typed = [task._replace(plans=as_agreed(task.plans, kinds)) for task in tasks]
    for task in tasks:
        if isinstance(task.source, OwnExport):
            kinds = {**task.source.kinds, **kinds}
    return typed, kinds


def _matching(
    connection: Connection,
    job: Job,
    unchanged: Mapping[int, Mapping[str, KnownRows]],
    *,
    looking: bool = False,
) -> Matching:
    return Matching(
        imports.match_keys(connection, id_kind),
        next_customer=loading.next_customer(connection),
        into_empty=not imports.has_customers(connection),
        looking=looking,
        job=job,
        unchanged=unchanged,
    )


def _remember(
    connection: Connection,
    work: Sequence[tuple[ImportSession, tuple[SheetPlan, ...]]],
    *,
    everything: bool,
) -> None:
    for session, plans in work:
        for plan in plans:
            if everything or plan != session.preview.sheets[plan.sheet].plan:
                first = session.proposed.sheets[plan.sheet].plan
                import_memory.remember(connection, plan, session.proposal(plan), first)


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


def _step_name(work: Sequence[tuple[ImportSession, object]]) -> str:
    if len(work) == 1:
        return _("Import {file}").format(file=work[0][0].preview.file)
    return ngettext("Import {n} file", "Import {n} files", len(work)).format(n=len(work))


__all__ = ["BatchId", "ImportOptions", "ImportService", "ImportSession"]
