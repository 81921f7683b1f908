"""Folders on their way in: which of their files are worth opening."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _

# A folder of more is hardly a firm's customers; it may be the whole disk.
MOST_FILES = 1_000
# What Excel and LibreOffice leave beside a workbook that is open.
_LOCKS = ("~$", ".~lock.")
# The folder of a saved web page holds its pictures, or the sheets that its file brings along.
_OF_PAGES = ("_files", "_ficheiros", "_arquivos", "_archivos", ".files")


class FoundFile(NamedTuple):
    """A file to import.

    Attributes:
        name: how it is shown: in a folder, with the folders on the way to it.
        folder: the folder that was given, None for a file given by itself.
    """

    path: Path
    name: str
    folder: Path | None = None


def find_files(
    paths: Sequence[Path], endings: Sequence[str], *, job: Job | None = None
) -> list[FoundFile]:
    """Put the files of folders, and of the folders in them, in the place of the folders.

    Hidden files, and the locks that open workbooks leave, are passed over; links to folders
    are not followed.

    Args:
        paths: files, taken as they are, and folders.
        endings: of the names of files that can be imported, in lower case.
        job: to be cancelled by.

    Raises:
        UserError: a folder has nothing to import, or far too much.
        Cancelled: the user stopped it.
    """
    job = job or Job()
    found: list[FoundFile] = []
    for path in paths:
        if not path.is_dir():
            found.append(FoundFile(path, path.name))
            continue
        inside = sorted(_inside(path, tuple(endings), job), key=_order)
        if not inside:
            raise UserError(
                _("There is no spreadsheet in the folder “{name}”.").format(name=path.name)
            )
        found += inside
    return found


def _inside(folder: Path, endings: tuple[str, ...], job: Job) -> Iterator[FoundFile]:
    count = 0
    for place, folders, names in os.walk(folder):
        job.check()
        folders[:] = [f for f in folders if not f.startswith(".") and not f.endswith(_OF_PAGES)]
        for name in names:
            if name.startswith((".", *_LOCKS)) or not name.lower().endswith(endings):
                continue
            count += 1
            if count > MOST_FILES:
                raise UserError(
                    _(
                        "The folder “{name}” holds more than {n} spreadsheets; choose one of the "
                        "folders in it."
                    ).format(name=folder.name, n=MOST_FILES)
                )
            path = Path(place, name)
            yield FoundFile(path, path.relative_to(folder).as_posix(), folder)


def _order(file: FoundFile) -> tuple[list[str], str]:
    """By name, folder by folder."""
    return (file.name.casefold().split("/"), file.name)
