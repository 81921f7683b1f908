"""What SQLite's failures mean to the user."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm_desktop.domain.errors import Cancelled, CrmError, EnvironmentProblem, UserError
from crm_desktop.i18n import _
from crm_desktop.store.engine import sqlite


def not_an_archive(path: Path) -> UserError:
    """The file is something else."""
    return UserError(_("“{file}” is not a customer archive.").format(file=path.name))


def damaged(path: Path) -> EnvironmentProblem:
    """The file's pages contradict each other."""
    return EnvironmentProblem(
        _("The archive “{file}” is damaged.").format(file=path.name),
        remedy=_("Restore the newest backup: File ▸ Restore, or crm-desktop restore."),
    )


def translate(error: Exception, path: Path) -> Exception:
    """The expected failure that an engine's error stands for, or the error itself."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    file = path.name
    # Primary result codes of SQLite: https://www.sqlite.org/rescode.html
    match None if code is None else code & 0xFF:
        case 5 | 6:
            return EnvironmentProblem(
                _("Another program is using the archive “{file}”.").format(file=file),
                remedy=_("Close the other program and try again."),
            )
        case 7:
            return EnvironmentProblem(
                _("The computer has run out of memory."), remedy=_("Close other programs.")
            )
        case 8:
            return EnvironmentProblem(
                _("The archive “{file}” cannot be written.").format(file=file),
                remedy=_("Check that the file and its folder are not write-protected."),
            )
        case 9:
            return Cancelled("interrupted")
        case 10:
            return EnvironmentProblem(
                _("The disk with “{file}” does not answer properly.").format(file=file),
                remedy=_("Check the disk or the connection to it; nothing was half-written."),
            )
        case 11:
            return damaged(path)
        case 13:
            return EnvironmentProblem(
                _("The disk with “{file}” is full; nothing was changed.").format(file=file),
                remedy=_("Free some space and try again."),
            )
        case 14:
            return EnvironmentProblem(
                _("The archive “{file}” cannot be opened.").format(file=file),
                remedy=_("Check that the folder exists and may be written to."),
            )
        case 26:
            return not_an_archive(path)
    return error


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the engine's errors into those of the domain.

    Raises:
        EnvironmentProblem, UserError, Cancelled: as `translate` says.
    """
    try:
        yield
    except CrmError:
        raise
    except sqlite.Error as error:
        meaning = translate(error, path)
        if meaning is error:
            raise
        raise meaning from error
