"""Messages that wait for the user's own mail program: files where only this user comes."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from crm_desktop.domain import media
from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.i18n import _
from crm_desktop.services.outputs import write_whole

_LONGEST = 60


class MailDrafts:
    """Writes messages; they go when the archive is closed."""

    def __init__(self) -> None:
        self._made: Path | None = None
        self._guard = threading.Lock()

    def write(self, name: str, message: bytes) -> Path:
        """Write a message, to be opened and sent.

        Args:
            name: of its file, without an ending.
            message: in the format of e-mails.

        Raises:
            EnvironmentProblem: there is no room for it.
        """
        # A folder for each: a mail program may hold the one before open.
        try:
            target = Path(tempfile.mkdtemp(dir=self._folder())) / f"{name}.eml"
        except OSError as error:
            raise EnvironmentProblem(
                _("“{file}” cannot be written.").format(file=f"{name}.eml"),
                remedy=_("Check that the folder exists, may be written to and has room."),
            ) from error
        write_whole(target, message)
        return target

    def close(self) -> None:
        """Take the messages away; one that another program holds open may stay."""
        with self._guard:
            folder, self._made = self._made, None
        if folder is not None:
            import shutil

            shutil.rmtree(folder, ignore_errors=True)

    def _folder(self) -> Path:
        with self._guard:
            if self._made is None:
                self._made = Path(tempfile.mkdtemp(prefix="crm-desktop-mail-"))
            return self._made


def file_name(number: str, title: str, otherwise: str) -> str:
    """What files of a paper are called, without an ending."""
    said = " ".join(filter(None, (number.replace("/", "-"), title[:_LONGEST])))
    return media.file_name(said.replace(".", " ")).strip() or otherwise
