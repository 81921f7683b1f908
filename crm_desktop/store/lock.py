"""One writing program at a time, by a lock of the operating system beside the archive.

The lock goes with the process: one that was killed leaves none behind.
"""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.i18n import _


def lock_path(archive: Path) -> Path:
    """The lock file of an archive."""
    return archive.with_name(archive.name + ".lock")


def acquire(archive: Path) -> FileLock:
    """Take the lock of an archive; the caller releases it.

    Raises:
        EnvironmentProblem: another program holds it, or the folder may not be written to.
    """
    # Not thread-local: the archive may be opened on one thread and closed on another.
    lock = FileLock(lock_path(archive), thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if not lock_path(archive).exists():  # it could not even be made
            raise _not_writable(archive) from None
        raise EnvironmentProblem(
            _("The archive “{file}” is open in another window or program.").format(
                file=archive.name
            ),
            remedy=_("Close it there first. Reading commands work meanwhile."),
        ) from None
    except OSError as error:
        raise _not_writable(archive) from error
    return lock


def _not_writable(archive: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        _("The folder of “{file}” cannot be written to.").format(file=archive.name),
        remedy=_("Choose a folder of your own, such as Documents."),
    )
