"""Taking customers in from files: look, check, import, in that order.

The file is read in a process of its own (`bridge.reader`), which cleans its rows while this
side matches and writes those that came before. All of an import is one step of the journal:
it can be taken back as one, and a cancelled or killed one leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from crm_desktop.bridge.match import MatchIndex
from crm_desktop.bridge.reader import CleanRow, Reader
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import (
    BatchId,
    FileResult,
    ImportResult,
    SheetPlan,
    SheetPreview,
    SheetResult,
    WorkbookPreview,
)
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import import_mapping
from crm_desktop.services.import_ledger import Ledger
from crm_desktop.services.import_own import OwnExport, OwnRow
from crm_desktop.services.import_writing import Counting, Sink, Writing
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import imports, settings
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the caller decides for an unattended import.

    Attributes:
        country: ISO code for phone numbers without a prefix; None leaves it to the settings,
            then to the file.
        sheets: names of the sheets to take; () for all.
        mapping: a mapping as `import_mapping` reads it, or None.
        password: for protected files.
    """

    country: str | None = None
    sheets: tuple[str, ...] = ()
    mapping: object | None = None
    password: str | None = None


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


class ImportSession:
    """One file on its way in; close it in the end."""

    def __init__(
        self, service: ImportService, source: FileSource, preview: WorkbookPreview
    ) -> None:
        self._service = service
        self.source = source
        self.preview = preview

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
        fresh = self.source.replan(sheet, header_row)
        sheets = tuple(fresh if s.index == sheet else s for s in self.preview.sheets)
        self.preview = WorkbookPreview(
            file=self.preview.file,
            format=self.preview.format,
            sha256=self.preview.sha256,
            size=self.preview.size,
            country=self.preview.country,
            sheets=sheets,
        )
        return fresh

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
            job: to report to.

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
            source = Reader(path, (country or "").upper(), password)
        try:
            return ImportSession(self, source, source.inspect(job))
        except BaseException:
            source.close()
            raise

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
            sessions = [
                opened.enter_context(
                    self.preview(path, country=options.country, password=options.password, job=job)
                )
                for path in paths
            ]
            _refuse_unknown_sheets(sessions, options.sheets)
            work = [(s, _chosen_plans(s.preview, options)) for s in sessions]
            country = options.country.upper() if options.country else None
            return self.run(work, dry_run=dry_run, job=job, country=country)

    def run(
        self,
        work: Sequence[tuple[ImportSession, tuple[SheetPlan, ...]]],
        *,
        dry_run: bool,
        job: Job | None = None,
        country: str | None = None,
    ) -> ImportResult:
        """Run the plans of several files, for real or only counting.

        Args:
            work: files with the plans of the sheets to take.
            dry_run: write nothing.
            job: to report to.
            country: becomes the home country of an archive that has none yet.
        """
        job = job or Job()
        if dry_run:
            with self._archive.reading() as connection:
                files = _Run(connection, Counting(), job).files(work)
                return ImportResult(None, files, already=_already(connection, work))
        if self._has_customers():
            # Before many rows change at once, a copy of how it was.
            self._archive.make_backup(reason="import", job=job)

        def write(connection: Connection, step: StepId) -> ImportResult:
            if country and not settings.get(connection, "home_country"):
                settings.save(connection, {"home_country": country})
            already = _already(connection, work)
            batch = imports.start_batch(connection, step)
            sink = Writing(connection, batch, job)
            files = _Run(connection, sink, job).files(work)
            sink.finish()
            return ImportResult(batch, files, step=step, already=already)

        return self._archive.write_bulk(_step_name(work), write)

    def _has_customers(self) -> bool:
        with self._archive.reading() as connection:
            return imports.has_customers(connection)


class _Run:
    """One pass over the files: match every row, hand it to the sink, keep the ledger."""

    def __init__(self, connection: Connection, sink: Sink, job: Job) -> None:
        self._sink = sink
        self._job = job
        self._match = MatchIndex()
        for number, known in imports.match_keys(connection):
            self._match.add(number, known)
        self._was_empty = not imports.has_customers(connection)

    def files(
        self, work: Sequence[tuple[ImportSession, tuple[SheetPlan, ...]]]
    ) -> tuple[FileResult, ...]:
        total = sum(_rows_of(session.preview, plans) for session, plans in work)
        done = 0
        results = []
        for session, plans in work:
            self._sink.start_file(session.preview)
            sheets = []
            for plan in plans:
                result = self._sheet(session, plan, done, total)
                sheets.append(result)
                done += result.rows
            results.append(FileResult(session.preview.file, tuple(sheets)))
        return tuple(results)

    def _sheet(self, session: ImportSession, plan: SheetPlan, done: int, total: int) -> SheetResult:
        name = session.preview.sheets[plan.sheet].name
        ledger = Ledger(name, plan)
        self._sink.start_sheet(name, plan)
        for batch in session.source.rows(plan, self._job.silent()):
            for row in batch:
                self._take(row, ledger)
            self._job.progress(_("Importing"), done + ledger.rows, total)
        self._sink.end_sheet(ledger)
        return ledger.result()

    def _take(self, row: CleanRow | OwnRow, ledger: Ledger) -> None:
        draft = row.draft
        if draft is None:
            # Why it is left out says enough; what its cells would have meant is no matter.
            ledger.left_out(row.row, row.left_out)
            self._sink.left_out(row)
            return
        ledger.problems(row.problems)
        # Who is in our own export twice is two customers to its owner.
        known = None if self._trusts(row) else self._match.find(draft)
        if known is None:
            number = self._sink.create(row, draft)
            ledger.created += 1
        else:
            number = CustomerId(known)
            is_new = self._sink.is_new(number)
            self._sink.merge(row, draft, number, merged=is_new)
            if is_new:
                ledger.merged += 1
            else:
                ledger.updated += 1
        self._match.add(number, draft)

    def _trusts(self, row: CleanRow | OwnRow) -> bool:
        return isinstance(row, OwnRow) and self._was_empty


def _already(
    connection: Connection, work: Sequence[tuple[ImportSession, tuple[SheetPlan, ...]]]
) -> str | None:
    for session, _plans in work:
        if moment := imports.imported_before(connection, session.preview.sha256):
            return moment
    return None


def _chosen_plans(preview: WorkbookPreview, options: ImportOptions) -> tuple[SheetPlan, ...]:
    return tuple(
        import_mapping.apply(sheet, options.mapping) if options.mapping is not None else sheet.plan
        for sheet in preview.sheets
        if not sheet.empty and (not options.sheets or sheet.name in options.sheets)
    )


def _refuse_unknown_sheets(sessions: Sequence[ImportSession], wanted: tuple[str, ...]) -> None:
    known = {sheet.name for session in sessions for sheet in session.preview.sheets}
    for name in wanted:
        if name not in known:
            raise UserError(
                _("There is no sheet “{sheet}”; there are: {known}.").format(
                    sheet=name, known=", ".join(sorted(known))
                )
            )


def _rows_of(preview: WorkbookPreview, plans: Sequence[SheetPlan]) -> int:
    return sum(preview.sheets[plan.sheet].rows for plan in plans)


def _step_name(work: Sequence[tuple[ImportSession, object]]) -> str:
    if len(work) == 1:
        return _("Import {file}").format(file=work[0][0].preview.file)
    return ngettext("Import {n} file", "Import {n} files", len(work)).format(n=len(work))


__all__ = ["BatchId", "ImportOptions", "ImportService", "ImportSession"]
