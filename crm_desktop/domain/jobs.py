"""How a long job talks to whoever waits for it: progress out, cancel in."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from crm_desktop.domain.errors import Cancelled


class Progress(NamedTuple):
    """A snapshot of a running job.

    Attributes:
        phase: what it is doing, in the user's language.
        done: how many units are finished.
        total: how many there are, or None where nobody knows yet.
    """

    phase: str
    done: int = 0
    total: int | None = None


class Job:
    """Handle of one long job, shared by the thread that works and the one that watches."""

    def __init__(
        self, report: Callable[[Progress], None] | None = None, *, interval: float = 0.1
    ) -> None:
        """Make a handle.

        Args:
            report: called on the working thread with the newest progress.
            interval: seconds that lie at least between two reports of one phase.
        """
        self._report = report
        self._show: Callable[[object], None] | None = None
        self._interval = interval
        self._stop = threading.Event()
        self._last_phase = ""
        self._last_time = 0.0

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether a stop was asked for."""
        return self._stop.is_set()

    def silent(self) -> Job:
        """The same job for a part that is cancelled with it and reports nothing itself."""
        part = Job()
        part._stop = self._stop
        return part

    def watch(self, show: Callable[[object], None]) -> None:
        """Let parts of the result be shown that are there before the whole.

        Args:
            show: called on the working thread.
        """
        self._show = show

    @property
    def watched(self) -> bool:
        """Whether somebody looks at such parts."""
        return self._show is not None

    def show(self, part: object) -> None:
        """Hand over a part of the result."""
        if self._show is not None:
            self._show(part)

    def check(self) -> None:
        """Raise if a stop was asked for.

        Raises:
            Cancelled: the user stopped the job.
        """
        if self._stop.is_set():
            raise Cancelled("cancelled")

    def progress(self, phase: str, done: int = 0, total: int | None = None) -> None:
        """Report progress, throttled, and stop here if that was asked for.

        Raises:
            Cancelled: the user stopped the job.
        """
        self.check()
        if self._report is None:
            return
        now = time.monotonic()
        if phase == self._last_phase and now - self._last_time < self._interval and done != total:
            return
        self._last_phase, self._last_time = phase, now
        self._report(Progress(phase, done, total))
