"""Copies of the archive, getting one back, and looking the archive over."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.backups import Backup, CheckReport
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.outputs import check_name
from crm_desktop.store import backup, check
from crm_desktop.store.archive import Archive
from crm_desktop.store.lock import acquire


class BackupService:
    """The copies of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @property
    def folder(self) -> Path:
        """Where the copies lie."""
        return self._archive.backup_folder

    def all(self) -> list[Backup]:
        """The copies, newest first."""
        return backup.listed(self.folder)

    def last(self) -> Backup | None:
        """The newest copy."""
        return next(iter(self.all()), None)

    def make(self, *, target: Path | None = None, job: Job | None = None) -> Backup:
        """Make a verified copy now: into the folder of copies, or at `target`.

        Raises:
            UserError: the target is the archive itself, or can be no file's name.
            EnvironmentProblem: no room, or no permission.
        """
        if target is not None and target.absolute() == self._archive.path.absolute():
            raise UserError(_("The backup cannot replace the archive itself."))
        if target is not None:
            check_name(target)
        return self._archive.make_backup(reason="manual", target=target, job=job)

    def check(self, *, job: Job | None = None) -> CheckReport:
        """Look the archive over: pages, references, index; a wrong index is made anew."""
        return check.run(self._archive, job=job)


def restore(archive: Path, source: Path, *, job: Job | None = None) -> Path | None:
    """Put a copy in the place of an archive that nobody has open.

    Args:
        archive: the archive's path.
        source: the copy.
        job: to report to.

    Returns:
        Where the replaced file is kept; None where there was none.

    Raises:
        UserError: the copy is no archive.
        EnvironmentProblem: the archive is open elsewhere, the copy is damaged, no room.
    """
    lock = acquire(archive)
    try:
        return backup.restore(archive, source, job=job)
    finally:
        lock.release()


def backups_of(archive: Path, *, data_dir: Path | None = None) -> list[Backup]:
    """The copies of an archive, newest first; the archive itself may be missing or damaged."""
    return backup.listed(backup.folder_for(archive, data_dir))


def newest_backup(archive: Path, *, data_dir: Path | None = None) -> Path:
    """The newest copy of an archive, which itself may be missing or damaged.

    Raises:
        UserError: there is none.
    """
    found = backups_of(archive, data_dir=data_dir)
    if not found:
        raise UserError(_("There is no backup of “{file}”.").format(file=archive.name))
    return found[0].path


def describe(report: CheckReport) -> str:
    """A check's result in words, one line for each thing."""
    if report.ok and not report.messages:
        return _("The archive is sound.")
    head = ngettext("{n} thing was found:", "{n} things were found:", len(report.messages))
    return "\n".join([head.format(n=len(report.messages)), *report.messages])
