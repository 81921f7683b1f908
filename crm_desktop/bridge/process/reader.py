"""Reads a foreign file in a process of its own, from the side of the program."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
import types
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from crm_desktop.bridge.files.formats import check_path
from crm_desktop.bridge.process import child
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS, Limits
from crm_desktop.bridge.process.mailbox import Mailbox, Message
from crm_desktop.bridge.process.winjob import Job as WindowsJob
from crm_desktop.bridge.process.wire import RowBatch
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import (
    ColumnMapping,
    ColumnValues,
    SheetPlan,
    SheetPreview,
    WorkbookPreview,
)
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, language

__all__ = ["ReadFailure", "Reader", "RowBatch"]

_TICK = 0.05
_starting = threading.Lock()


class ReadFailure(RuntimeError):  # noqa: N818  (said like the domain's own)
    """A bug of ours in the reading process; its text is that process's traceback."""


class Reader:
    """A spreadsheet being imported; owns the process that reads it.

    Use it from one thread at a time; `close` may come from any thread and ends the reading
    process at once.
    """

    def __init__(
        self,
        path: Path,
        country: str = "",
        password: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        """Prepare to read a file; the process starts with the first question.

        Args:
            path: the file.
            country: ISO code of the country that national phone numbers belong to; "" guesses
                it from the file (`WorkbookPreview.country` tells).
            password: for protected files.
            limits: caps on memory, time and sizes.

        Raises:
            UserError: there is no such file, or nothing in it.
        """
        check_path(path, limits)
        self._path = path
        self._country = country
        self._password = password
        self._limits = limits
        self._sparse = False
        self._process: SpawnProcess | None = None
        self._commands: Connection | None = None
        self._mailbox: Mailbox | None = None
        self._job: WindowsJob | None = None
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def inspect(self, job: Job | None = None) -> WorkbookPreview:
        """Look the file through: format, sheets, header rows, a proposal for each column.

        Raises:
            UserError: the file cannot be read; the sentence says why. `field` is "password"
                where a password would help.
            Cancelled: `job` was cancelled; the reading process is gone.
        """
        preview: WorkbookPreview = self._preview(("inspect", None), job or Job())
        self._country = self._country or preview.country
        return preview

    def replan(self, sheet: int, header_row: int, job: Job | None = None) -> SheetPreview:
        """Look at one sheet anew, with another header row.

        Args:
            sheet: its index.
            header_row: 1-based, 0 for a sheet without one.
            job: progress and cancel.

        Raises:
            UserError: the file cannot be read.
            Cancelled: `job` was cancelled; the reading process is gone.
        """
        preview: SheetPreview = self._preview(("replan", (sheet, header_row)), job or Job())
        return preview

    def values(self, plan: SheetPlan, index: int, job: Job | None = None) -> ColumnValues:
        """Count a column's values over all rows of a sheet, and find those that are one.

        Args:
            plan: how the sheet is read.
            index: 0-based position of the column.
            job: progress and cancel.

        Raises:
            UserError: the file cannot be read.
            Cancelled: `job` was cancelled; the reading process is gone.
        """
        values: ColumnValues = self._preview(("values", (plan, index)), job or Job())
        return values

    def dates(self, plan: SheetPlan, index: int, job: Job | None = None) -> ColumnMapping | None:
        """Decide how the dates of a column are meant that became one of birthdays.

        Returns:
            The column with its order and, where nothing decides, examples; None for no column.
        """
        column: ColumnMapping | None = self._preview(("dates", (plan, index)), job or Job())
        return column

    def rows(self, plan: SheetPlan, job: Job | None = None) -> Iterator[RowBatch]:
        """Read one sheet's rows below its header, in batches, as its plan says.

        The reading process works on while a batch is being used. Leaving the iterator early
        ends that process; the next question starts another one.

        Raises:
            UserError: the file cannot be read.
            Cancelled: `job` was cancelled; the reading process is gone.
        """
        job = job or Job()
        finished = False
        try:
            self._send(("rows", plan))
            while True:
                message = self._receive(job)
                if isinstance(message, RowBatch):
                    yield message
                    continue
                kind, content = message
                if kind == "end":
                    finished = True
                    return
                self._note(kind, content, job)
        except _Died:
            raise self._died() from None
        finally:
            if not finished:
                self._end()

    def close(self) -> None:
        """End the reading process at once."""
        self._closed = True
        self._end()

    # --- the process -----------------------------------------------------------------------------

    def _preview(self, command: tuple[str, Any], job: Job) -> Any:
        try:
            return self._ask(command, job)
        except _Died:
            # Most deaths are a native reader choking on far corners: ours reads those.
            if self._sparse:
                raise self._died() from None
            self._sparse = True
        try:
            return self._ask(command, job)
        except _Died:
            raise self._died() from None

    def _ask(self, command: tuple[str, Any], job: Job) -> Any:
        finished = False
        try:
            self._send(command)
            while True:
                message = self._receive(job)
                if isinstance(message, RowBatch):
                    raise ReadFailure("rows came where a preview was asked for")
                kind, content = message
                if kind == "preview":
                    finished = True
                    return content
                self._note(kind, content, job)
        finally:
            if not finished:
                self._end()

    def _note(self, kind: str, content: Any, job: Job) -> None:
        """Take in a message that is not the answer."""
        if kind == "progress":
            done, total = content
            job.progress(_("Reading {name}").format(name=self._path.name), done, total)
        elif kind == "user_error":
            text, field = content
            raise UserError(text, field=field)
        elif kind == "memory":
            raise _Died
        elif kind == "bug":
            raise ReadFailure(content)

    def _send(self, command: tuple[str, Any]) -> None:
        with self._lock:
            if self._closed:
                raise ValueError("the reader is closed")
            if self._process is None:
                self._start()
            commands = self._commands
        try:
            if commands is not None:
                commands.send(command)
        except OSError:
            raise _Died from None

    def _receive(self, job: Job) -> Message:
        """Wait for the next message, looking at the job and the clock in between."""
        mailbox = self._mailbox
        deadline = time.monotonic() + self._limits.silence
        while mailbox is not None:
            job.check()
            try:
                message = mailbox.take(_TICK)
            except TimeoutError:
                if time.monotonic() > deadline:
                    raise UserError(
                        _("“{name}” took too long to read and was given up.").format(
                            name=self._path.name
                        )
                    ) from None
                continue
            if message is None:
                break
            return message
        job.check()
        raise _Died

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        order_end, commands = context.Pipe(duplex=False)
        answers, answer_end = context.Pipe(duplex=False)
        _widen(answers)
        order = child.Order(
            self._path.absolute(),
            self._country,
            self._password,
            self._limits,
            language(),
            self._sparse,
        )
        process = context.Process(
            target=child.main,
            args=(order_end, answer_end, order),
            name="spreadsheet-reader",
            daemon=True,
        )
        with _starting, _BlankMain():
            process.start()
        order_end.close()
        answer_end.close()
        self._process, self._commands = process, commands
        self._mailbox = Mailbox(answers)
        self._job = WindowsJob(process.pid or 0, self._limits.memory)

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
            commands, self._commands = self._commands, None
            mailbox, self._mailbox = self._mailbox, None
            job, self._job = self._job, None
        if process is not None:
            process.kill()
            process.join(5)
            process.close()
        if commands is not None:
            commands.close()
        if mailbox is not None:
            mailbox.close()
        if job is not None:
            job.close()

    def _died(self) -> UserError:
        return UserError(
            _(
                "“{name}” cannot be read: the spreadsheet is damaged, or asks for more memory "
                "than a file of its kind ever needs."
            ).format(name=self._path.name)
        )


class _Died(Exception):  # noqa: N818  (never leaves this module)
    """The reading process ended without an answer."""


class _BlankMain:
    """Hides the program's main module while a process is spawned.

    WORKAROUND: `multiprocessing` makes the child import the parent's main script; ours would
    bring in Qt, a test runner's would bring in pytest. The child needs neither.
    https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods
    """

    def __enter__(self) -> None:
        self._main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")

    def __exit__(self, *_exc: object) -> None:
        sys.modules["__main__"] = self._main


def _widen(answers: Connection) -> None:
    """Let the pipe hold a batch, where the system allows, so that both sides work at once."""
    if sys.platform == "linux":
        import contextlib
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(answers.fileno(), fcntl.F_SETPIPE_SZ, 1 << 20)
