"""Opens the files of an import, few at a time, and closes them again, off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.errors import EnvironmentProblem, UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.services.imports.folder import FoundFile, find_files
from crm_desktop.services.imports.reading import MOST_READERS
from crm_desktop.ui.drops import SHEETS
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import JobOp, Operations
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, Sessions, State

if TYPE_CHECKING:
    from crm_desktop.services.imports.session import ImportSession

# A decade of workbooks must not start as many processes at once.
_AT_ONCE = 3


class Opening(QObject):
    """The files of one import.

    `moved` tells that a file has come further, or that there are others now; `seen` carries the
    `SheetPeek` of the first one while it is opened, `looked` its `Progress`.

    Attributes:
        files: in the order they came.
        country: what phone numbers without a prefix are read as.
        country_said: whether the owner has said so; else each file's own numbers tell.
    """

    moved = Signal()
    seen = Signal(object)
    looked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.files: list[OpenFile] = []
        self.country = ""
        self.country_said = False
        self.sessions = Sessions()
        self._under_way: dict[OpenFile, JobOp[ImportSession]] = {}
        self._looking: JobOp[list[FoundFile]] | None = None
        self._stopped = False
        # No method of an object that is gone by then.
        self.destroyed.connect(partial(_close_all, self.sessions, host_of(self).operations))

    @property
    def wanted(self) -> list[OpenFile]:
        """The files of which some sheet is to be imported."""
        return [f for f in self.files if f.wanted]

    @property
    def all_ready(self) -> bool:
        """Whether every file is open, and nothing was called off."""
        all_open = bool(self.files) and all(f.state is State.READY for f in self.files)
        return all_open and self._looking is None and not self._stopped

    @property
    def has_columns(self) -> bool:
        """Whether there is anything to map; our own exports have nothing."""
        return any(sheet.has_columns for f in self.files for sheet in f.sheets)

    @property
    def busy(self) -> bool:
        """Whether a folder is looked through or a file opened."""
        return self._looking is not None or any(f.state is State.OPENING for f in self.files)

    def add(self, paths: Sequence[Path]) -> None:
        """Take files in, and those of folders, beside those that are here.

        One that is here is read anew.
        """
        self._stopped = False
        given = list(dict.fromkeys(paths))
        if not any(path.is_dir() for path in given):
            self._add([FoundFile(path, path.name) for path in given])
            return
        op = JobOp(self, partial(_look_through, given))
        self._looking = op
        op.success(self._found).cancelled(self._looked)
        op.failure(self._not_found).problem(self._not_found).run()
        self.moved.emit()

    def _found(self, found: Sequence[FoundFile]) -> None:
        self._looking = None
        self._add(found)

    def _not_found(self, error: UserError | EnvironmentProblem) -> None:
        self._looked()
        host_of(self).show_problem(error)

    def _looked(self) -> None:
        self._looking = None
        self.moved.emit()

    def _add(self, found: Sequence[FoundFile]) -> None:
        known = {file.path: file for file in self.files}
        for new in found:
            if new.path in known:
                self.close([known[new.path]])
                self.files.remove(known[new.path])
            self.files.append(OpenFile(new.path, new.folder))
        self._next()
        self.moved.emit()

    def stop(self) -> None:
        """Open no more; what is open stays."""
        self._stopped = True
        if self._looking is not None:
            self._looking.stop()
        for op in self._under_way.values():
            op.stop()
        self.files = [f for f in self.files if f.state is not State.OPENING]
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
            self._open(file)

    def _open(self, file: OpenFile) -> None:
        workspace, sessions = session_of(self).workspace, self.sessions
        path, password = file.path, file.password
        country = self.country if self.country_said else None
        many = len(self.files) > MOST_READERS

        def work(job: Job) -> ImportSession:
            session = workspace.imports.preview(path, country=country, password=password, job=job)
            if many:
                session.rest()
            if not sessions.keep(session):
                job.cancel()
            job.check()
            return session

        op = JobOp(self, work)
        op.success(partial(self._opened, file)).failure(partial(self._refused, file))
        op.always(partial(self._tried, file))
        if file is self.files[0]:
            op.early(self.seen.emit).progress(self.looked.emit)
        self._under_way[file] = op
        op.run()

    def _tried(self, file: OpenFile) -> None:
        del self._under_way[file]
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


def _look_through(paths: Sequence[Path], job: Job) -> list[FoundFile]:
    return find_files(paths, SHEETS, job=job)


def _close_all(sessions: Sessions, operations: Operations, *_gone: object) -> None:
    """The page is gone: close what it opened, not on the GUI thread where there is a choice."""
    close = sessions.drop_all(end=True)
    if shiboken6.isValid(operations):
        operations.launch_thread(close, "close-import")
    else:
        close()
