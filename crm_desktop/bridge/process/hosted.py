"""One reading process as the program holds it: started, fed, listened to, ended.

Starting one and importing what it reads with takes most of a second; `Spare` keeps one that has
done so and waits for its order, so that a dropped file is looked at without that wait.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import sys
import threading
import types
from multiprocessing.connection import Connection
from typing import Any

from crm_desktop.bridge.process import child
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS, Limits
from crm_desktop.bridge.process.mailbox import Mailbox
from crm_desktop.bridge.process.winjob import Job as WindowsJob

_READS = "spreadsheet-reader"
_WAITS = "spreadsheet-spare"
_starting = threading.Lock()


class HostedProcess:
    """A reading process with its two pipes; capped, and gone once `end` returns.

    Attributes:
        mailbox: what it sends.
        limits: the caps that it was started with.
    """

    def __init__(self, limits: Limits, *, ahead: bool = False) -> None:
        """Start it.

        Args:
            limits: caps on memory and sizes.
            ahead: whether it shall make itself ready for an order that may come later.
        """
        context = multiprocessing.get_context("spawn")
        order_end, commands = context.Pipe(duplex=False)
        answers, answer_end = context.Pipe(duplex=False)
        _widen(answers)
        self._process = context.Process(
            target=child.main,
            args=(order_end, answer_end, limits.memory, ahead),
            name=_WAITS if ahead else _READS,
            daemon=True,
        )
        with _starting, _BlankMain():
            self._process.start()
        order_end.close()
        answer_end.close()
        self.limits = limits
        self.mailbox = Mailbox(answers)
        self._commands = commands
        self._job = WindowsJob(self._process.pid or 0, limits.memory)

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.is_alive()

    def order(self, order: child.Order) -> None:
        """Say which file it is for, once and before the first question.

        Raises:
            OSError: it is gone.
        """
        self._process.name = _READS
        self.send(("order", order))

    def send(self, command: tuple[str, Any]) -> None:
        """Ask it something; the answer comes to the mailbox.

        Raises:
            OSError: it is gone.
        """
        self._commands.send(command)

    def end(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join(5)
        self._process.close()
        self._commands.close()
        self.mailbox.close()
        self._job.close()


class Spare:
    """At most one process that waits for its order; any thread may call."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._waiting: HostedProcess | None = None
        self._closed = False

    def prepare(self) -> None:
        """Have one wait from now on, unless one does; takes some ten milliseconds."""
        with self._lock:
            if self._closed or (self._waiting is not None and self._waiting.alive):
                return
            if self._waiting is not None:
                self._waiting.end()
                self._waiting = None
            # Without it a file takes a second longer; whoever opens one is told what is wrong.
            with contextlib.suppress(OSError):
                self._waiting = HostedProcess(self._limits, ahead=True)

    def take(self, limits: Limits) -> HostedProcess | None:
        """The one that waits, where its caps are the ones wanted; it is the caller's then."""
        with self._lock:
            if self._waiting is None or limits != self._limits:
                return None
            found, self._waiting = self._waiting, None
        if found.alive:
            return found
        found.end()
        return None

    def close(self) -> None:
        """End the one that waits, and start none any more."""
        with self._lock:
            self._closed = True
            found, self._waiting = self._waiting, None
        if found is not None:
            found.end()


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
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(answers.fileno(), fcntl.F_SETPIPE_SZ, 1 << 20)
