"""Taking customers in from files: look, check, import, in that order.

The file is read in a process of its own (`bridge.process`), which cleans its rows while this
side matches and writes those that came before. All of an import is one step of the journal:
it can be taken back as one, and a cancelled or killed one leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from crm_desktop.bridge.process.reader import Reader, Spare
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import ImportResult, SheetPreview
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services.imports.failed import (
    FailedSheet,
    failed_sheets,
    without_reason,
    without_reasons,
    workbook,
)
from crm_desktop.services.imports.matching import FileSource
from crm_desktop.services.imports.memory import Recalled, recall
from crm_desktop.services.imports.options import (
    ImportOptions,
    chosen_plans,
    refuse_unknown_sheets,
)
from crm_desktop.services.imports.own import OwnExport
from crm_desktop.services.imports.reading import MOST_READERS
from crm_desktop.services.imports.running import Run, Work, at_full_speed
from crm_desktop.services.imports.session import ImportSession
from crm_desktop.services.outputs import write_whole
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import imports
from crm_desktop.store.archive import Archive


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

    def recall(self, source: FileSource, sheets: Sequence[SheetPreview]) -> list[Recalled]:
        """Sheets as they are proposed, and as others of their headers were read before."""

        def replan(sheet: int, header_row: int) -> SheetPreview:
            assert isinstance(source, Reader)
            return without_reason(source.replan(sheet, header_row))

        with self._archive.reading() as connection:
            return [recall(connection, sheet, replan) for sheet in sheets]

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
        work: Work,
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
        run = Run.of(
            work, job or Job(), country=country, only_changed=only_changed, confirmed=confirmed
        )
        with at_full_speed():
            if dry_run:
                with self._archive.reading() as connection:
                    return run.look(connection)
            if self.knows_customers():
                # Before many rows change at once, a copy of how it was.
                self._archive.make_backup(reason="import", job=run.job)
            return self._archive.write_bulk(run.name, run.write)
