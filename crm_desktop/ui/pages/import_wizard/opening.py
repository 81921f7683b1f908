"""Opens the files of an import, two at a time, and closes them again, off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import JobOp, Operations
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, Sessions, State

if TYPE_CHECKING:
    from crm_desktop.services.imports import ImportSession

# A decade of workbooks must not start as many processes at once.
_AT_ONCE = 2


class Opening(QObject):
    """The files of one import.

    `moved` tells that a file has come further, or that there are others now.

    Attributes:
        files: in the order they came.
        country: what phone numbers without a prefix are read as.
        country_said: whether the owner has said so; else each file's own numbers tell.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.files: list[OpenFile] = []
        self.country = ""
        self.country_said = False
        self.sessions = Sessions()
        self._under_way: list[OpenFile] = []
        # No method of an object that is gone by then.
        self.destroyed.connect(partial(_close_all, self.sessions, host_of(self).operations))

    @property
    def wanted(self) -> list[OpenFile]:
        """The files of which some sheet is to be imported."""
        return [f for f in self.files if f.wanted]

    @property
    def all_ready(self) -> bool:
        """Whether every file is open."""
        return bool(self.files) and all(f.state is State.READY for f in self.files)

    @property
    def has_columns(self) -> bool:
        """Whether there is anything to map; our own exports have nothing."""
        return any(sheet.has_columns for f in self.files for sheet in f.sheets)

    def add(self, paths: Sequence[Path]) -> None:
        """Take files in, beside those that are here; one that is here is read anew."""
        known = {file.path: file for file in self.files}
        for path in dict.fromkeys(paths):
            if path in known:
                self.close([known[path]])
                self.files.remove(known[path])
            self.files.append(OpenFile(path))
        self._next()
        self.moved.emit()

    def read_anew(self) -> None:
        """Open what is open once more, such as for another country.

        What the user has said of the columns is kept.
        """
        ready = [f for f in self.files if f.state is State.READY]
        self.close(ready)
        for file in ready:
            file.session, file.state = None, State.OPENING
        self._next()
        self.moved.emit()

    def take_over(self, files: Sequence[OpenFile]) -> None:
        """Open the files of a page that is gone, keeping what the user has said of the columns."""
        self.files = list(files)
        for file in self.files:
            if file.state is State.READY:
                file.session, file.state = None, State.OPENING
        self._next()
        self.moved.emit()

    def unlock(self, file: OpenFile, password: str) -> None:
        """Try a password."""
        file.state, file.password = State.OPENING, password
        self._next()
        self.moved.emit()

    def remove(self, file: OpenFile) -> None:
        """Leave a file out."""
        if file in self.files:
            self.files.remove(file)
            self.close([file])
            self.moved.emit()

    def keep_ready(self) -> None:
        """Leave out what could not be opened."""
        self.files = [f for f in self.files if f.state is State.READY]

    def clear(self) -> None:
        """Leave all out."""
        host_of(self).operations.launch_thread(self.sessions.drop_all(), "close-import")
        self.files = []

    def close(self, files: Sequence[OpenFile]) -> None:
        """Let go of files' sessions."""
        found = [f.session for f in files if f.session is not None]
        if found:
            host_of(self).operations.launch_thread(self.sessions.drop(found), "close-import")

    def _next(self) -> None:
        waiting = [f for f in self.files if f.state is State.OPENING and f not in self._under_way]
        for file in waiting[: _AT_ONCE - len(self._under_way)]:
            self._under_way.append(file)
            self._open(file)

    def _open(self, file: OpenFile) -> None:
        imports, sessions = session_of(self).workspace.imports, self.sessions
        path, password = file.path, file.password
        country = self.country if self.country_said else None

        def work(job: Job) -> ImportSession:
            session = imports.preview(path, country=country, password=password, job=job)
            if not sessions.keep(session):
                job.cancel()
            job.check()
            return session

        op = JobOp(self, work)
        op.success(partial(self._opened, file)).failure(partial(self._refused, file))
        op.always(partial(self._tried, file)).run()

    def _tried(self, file: OpenFile) -> None:
        self._under_way.remove(file)
        # Where no callback says more, such as after a disk that fails.
        if file.state is State.OPENING:
            file.refused(_("It could not be opened."))
        self._next()
        self.moved.emit()

    def _opened(self, file: OpenFile, session: ImportSession) -> None:
        if file not in self.files:  # taken away meanwhile
            close = self.sessions.drop([session])
            host_of(self).operations.launch_thread(close, "close-import")
            return
        file.ready(session)
        if not self.country_said:
            self.country = session.preview.country or self.country
        self.moved.emit()

    def _refused(self, file: OpenFile, error: UserError) -> None:
        file.refused(str(error), locked=error.field == "password")
        self.moved.emit()


def _close_all(sessions: Sessions, operations: Operations, *_gone: object) -> None:
    """The page is gone: close what it opened, not on the GUI thread where there is a choice."""
    close = sessions.drop_all(end=True)
    if shiboken6.isValid(operations):
        operations.launch_thread(close, "close-import")
    else:
        close()
