"""Reads a foreign file in a process of its own, from the side of the program."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm_desktop.bridge.files.formats import check_path
from crm_desktop.bridge.process import child
from crm_desktop.bridge.process.hosted import HostedProcess, Spare
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS, Limits
from crm_desktop.bridge.process.mailbox import Message
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

__all__ = ["ReadFailure", "Reader", "RowBatch", "Spare"]

log = logging.getLogger(__name__)
_TICK = 0.05
_PLACE = re.compile(r'\s+File "(.*)", line (\d+), in (\S+)$', re.MULTILINE)


class ReadFailure(UserError):  # noqa: N818  (said like the domain's other failures)
    """A bug of ours in the reading process: this file cannot be read, others can.

    Attributes:
        details: that process's traceback, which may hold a customer's words.
    """

    def __init__(self, name: str, details: str) -> None:
        super().__init__(
            _("“{name}” could not be read: the program met a fault of its own in it.").format(
                name=name
            )
        )
        self.details = details


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
        spare: Spare | None = None,
    ) -> None:
        """Prepare to read a file; the process starts with the first question.

        Args:
            path: the file.
            country: ISO code of the country that national phone numbers belong to; "" guesses
                it from the file (`WorkbookPreview.country` tells).
            password: for protected files.
            limits: caps on memory, time and sizes.
            spare: may have a process that waits, so that none needs to be started.

        Raises:
            UserError: there is no such file, or nothing in it.
        """
        check_path(path, limits)
        self._path = path
        self._country = country
        self._password = password
        self._limits = limits
        self._spare = spare
        self._sparse = False
        self._process: HostedProcess | None = None
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def inspect(self, job: Job | None = None) -> WorkbookPreview:
        """Look the file through: format, sheets, header rows, a proposal for each column.

        Args:
            job: progress and cancel; where it is watched, a `SheetPeek` is shown as soon as the
                first rows are read, but for files of which all the rest comes as soon.

        Raises:
            UserError: the file cannot be read; the sentence says why. `field` is "password"
                where a password would help.
            Cancelled: `job` was cancelled; the reading process is gone.
        """
        job = job or Job()
        preview: WorkbookPreview = self._preview(("inspect", job.watched), job)
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

    def kinds(self, plan: SheetPlan, job: Job | None = None) -> SheetPlan:
        """Say of which kind the own fields are that the user has made of columns."""
        found: SheetPlan = self._preview(("kinds", plan), job or Job())
        return found

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
                    raise RuntimeError("rows came where a preview was asked for")
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
        elif kind == "peek":
            job.show(content)
        elif kind == "user_error":
            text, field = content
            raise UserError(text, field=field)
        elif kind == "memory":
            raise _Died
        elif kind == "bug":
            # Its places in the code, without the words of the file.
            places = [
                f"{'/'.join(Path(file).parts[-3:])}:{number} {function}"
                for file, number, function in re.findall(_PLACE, content)
            ]
            log.error("The reading process failed: %s", ", ".join(places))
            raise ReadFailure(self._path.name, content)

    def _send(self, command: tuple[str, Any]) -> None:
        with self._lock:
            if self._closed:
                raise ValueError("the reader is closed")
            if self._process is None:
                self._process = self._start()
            process = self._process
        try:
            process.send(command)
        except OSError:
            raise _Died from None

    def _receive(self, job: Job) -> Message:
        """Wait for the next message, looking at the job and the clock in between."""
        process = self._process
        deadline = time.monotonic() + self._limits.silence
        while process is not None:
            job.check()
            try:
                message = process.mailbox.take(_TICK)
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

    def _start(self) -> HostedProcess:
        order = child.Order(
            self._path.absolute(),
            self._country,
            self._password,
            self._limits,
            language(),
            self._sparse,
        )
        if self._spare is not None and (waiting := self._spare.take(self._limits)):
            try:
                waiting.order(order)
            except OSError:  # it has just died
                waiting.end()
            else:
                return waiting
        started = HostedProcess(self._limits)
        try:
            started.order(order)
        except OSError:
            started.end()
            raise _Died from None
        return started

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.end()

    def _died(self) -> UserError:
        return UserError(
            _(
                "“{name}” cannot be read: the spreadsheet is damaged, or asks for more memory "
                "than a file of its kind ever needs."
            ).format(name=self._path.name)
        )


class _Died(Exception):  # noqa: N818  (never leaves this module)
    """The reading process ended without an answer."""
