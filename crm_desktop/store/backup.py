"""Copies of the archive that have been read back before they count.

A copy is written under a temporary name by `VACUUM INTO`, opened again, checked page by page,
its rows counted against the original's, forced to the disk, and only then given its name.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from crm_desktop.domain.backups import Backup, to_keep
from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store import schema
from crm_desktop.store.connection import connect, identify, quick_check, refuse_unreadable
from crm_desktop.store.engine import Connection
from crm_desktop.store.errors import translated

_NAME = re.compile(r"(\d{8}T\d{6}\d{3})Z-([a-z]+)\.crm")
_STAMP = "%Y%m%dT%H%M%S"


def default_data_dir() -> Path:
    """The platform's folder for the program's own data."""
    from platformdirs import user_data_path  # late: no picture on the screen waits for it

    return user_data_path("CRM Desktop", appauthor=False)


def folder_for(archive: Path, data_dir: Path | None) -> Path:
    """Where the copies of one archive lie; two archives of the same name stay apart."""
    where = archive.absolute()
    digest = hashlib.sha256(str(where).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return (data_dir or default_data_dir()) / "backups" / f"{where.stem}-{digest}"


def listed(folder: Path) -> list[Backup]:
    """The copies in a folder, newest first."""
    found = []
    for path in folder.glob("*.crm"):
        if match := _NAME.fullmatch(path.name):
            stamp = datetime.strptime(match[1][:15], _STAMP).replace(
                microsecond=int(match[1][15:]) * 1000, tzinfo=UTC
            )
            found.append(Backup(path, stamp, path.stat().st_size, match[2]))
    return sorted(found, key=lambda b: b.made_at, reverse=True)


def make(
    connection: Connection, archive: Path, folder: Path, *, reason: str, job: Job | None = None
) -> Backup:
    """Make a verified copy into the folder of copies, and tidy that folder.

    Args:
        connection: any connection to the archive that is not inside a transaction.
        archive: its path, for messages.
        folder: where the copies lie.
        reason: one small word that becomes part of the name.
        job: to report to.

    Raises:
        EnvironmentProblem: there is no room, or the folder may not be written to.
    """
    _make_folder(folder)
    now = datetime.now(UTC)
    name = f"{now.strftime(_STAMP)}{now.microsecond // 1000:03d}Z-{reason}.crm"
    target = folder / name
    copy(connection, archive, target, job=job)
    backup = Backup(target, now, target.stat().st_size, reason)
    backups = listed(folder)
    keep = to_keep(backups)
    for old in backups:
        if old.path not in keep:
            old.path.unlink(missing_ok=True)
    return backup


def copy(connection: Connection, archive: Path, target: Path, *, job: Job | None = None) -> None:
    """Make one verified copy at `target`, which appears whole or not at all.

    Raises:
        EnvironmentProblem: no room, no permission, or the copy does not read back.
    """
    job = job or Job()
    temporary = target.with_name(target.name + ".part")
    try:
        temporary.unlink(missing_ok=True)
        job.progress(_("Backing up"))
        with translated(target):
            connection.execute("VACUUM INTO ?", (str(temporary),))
        _compare(connection, archive, temporary)
        _force_to_disk(temporary)
        temporary.replace(target)
        _force_to_disk(target.parent)
    except OSError as error:
        raise EnvironmentProblem(
            _("The backup could not be written to “{folder}”.").format(folder=target.parent),
            remedy=_("Check that the folder exists and has room."),
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _compare(connection: Connection, archive: Path, candidate: Path) -> None:
    counts = _row_counts(connection, archive)
    copied = connect(candidate, read_only=True)
    try:
        identify(copied, candidate, newest=schema.NEWEST)
        quick_check(copied, candidate)
        if _row_counts(copied, candidate) != counts:
            raise EnvironmentProblem(
                _("The backup does not hold what the archive holds."),
                remedy=_("Check the disk, then try again."),
            )
    finally:
        copied.close()


def _row_counts(connection: Connection, path: Path) -> dict[str, int]:
    with translated(path):
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
                " ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
        ]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in names
        }


def verify(source: Path) -> None:
    """Check that a file can be restored from.

    Raises:
        UserError: it is no archive.
        EnvironmentProblem: it is damaged or too new.
    """
    refuse_unreadable(source)
    connection = connect(source, read_only=True)
    try:
        identify(connection, source, newest=schema.NEWEST)
        quick_check(connection, source)
    finally:
        connection.close()


def restore(archive: Path, source: Path, *, job: Job | None = None) -> Path | None:
    """Put a copy in an archive's place; nobody may have the archive open.

    Args:
        archive: the archive to replace; may be missing or damaged.
        source: the copy.
        job: to report to.

    Returns:
        Where the replaced file was kept, or None where there was none.

    Raises:
        UserError, EnvironmentProblem: the copy is unusable, or there is no room; the archive
            is as it was.
    """
    job = job or Job()
    if archive.exists() and source.exists() and archive.samefile(source):
        raise UserError(_("An archive cannot be restored from itself."))
    verify(source)
    job.progress(_("Restoring"))
    arriving = archive.with_name(archive.name + ".part")
    kept: Path | None = None
    try:
        shutil.copyfile(source, arriving)
        _force_to_disk(arriving)
        if archive.exists():
            kept = _set_aside(archive)
        arriving.replace(archive)
        _force_to_disk(archive.parent)
    except OSError as error:
        raise EnvironmentProblem(
            _("The archive could not be restored to “{folder}”.").format(folder=archive.parent),
            remedy=_("Check that the folder may be written to and has room."),
        ) from error
    finally:
        arriving.unlink(missing_ok=True)
    return kept


def _set_aside(archive: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
    kept = archive.with_name(f"{archive.stem}.replaced-{stamp}{archive.suffix}")
    archive.replace(kept)
    # What the write-ahead log still holds belongs to the replaced file, not to the new one.
    for ending in ("-wal", "-shm"):
        companion = archive.with_name(archive.name + ending)
        if companion.exists():
            companion.replace(kept.with_name(kept.name + ending))
    return kept


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            _("The folder for backups, “{folder}”, cannot be made.").format(folder=folder),
            remedy=_("Check that it may be written to."),
        ) from error


def _force_to_disk(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows forces a folder's entries by itself
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
