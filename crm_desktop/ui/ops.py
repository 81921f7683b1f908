"""Work on other threads, as small typed objects.

    WriteOp(self, lambda: customers.update(id, "name", text)).success(self._saved).run()

A `WriteOp` runs on the archive's single writer, a `ReadOp` on a reader, a `JobOp` on a thread
of its own with progress and cancel. Results come back through one long-lived signal; only its
number and its result travel, the operation itself never leaves the GUI thread, so that no Qt
object can die on another one. A callback is not called once its parent is gone.

The function runs elsewhere: let it capture plain values and services, not widgets.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from crm_desktop.domain.errors import Cancelled, EnvironmentProblem, UserError
from crm_desktop.domain.jobs import Job, Progress
from crm_desktop.ui.clocks import after
from crm_desktop.ui.host import host_of

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Self

    from crm_desktop.services.workspace import Workspace
    from crm_desktop.ui.host import Host

T = TypeVar("T")
# A write that takes longer than this says so.
_SOON = 700  # milliseconds


class _Call:
    """The part of an operation that travels: it forgets its function once it has run."""

    def __init__(self, fn: Callable[[], object], number: int, bridge: _Bridge) -> None:
        self._fn: Callable[[], object] | None = fn
        self._number = number
        self._bridge = bridge

    def __call__(self) -> None:
        fn, self._fn = self._fn, None
        if fn is None:
            return
        result: object = None
        error: BaseException | None = None
        try:
            result = fn()
        except BaseException as problem:  # noqa: BLE001  (handed over to the GUI thread)
            error = problem
        # Whoever holds the function last destroys what it captured: not this thread.
        del fn
        self._bridge.finished.emit(self._number, result, error)


class _Bridge(QObject):
    finished = Signal(int, object, object)
    progressed = Signal(int, object)
    shown = Signal(int, object)


class Operations(QObject):
    """All operations under way in one window; belongs to the GUI thread.

    `idle` tells that the last one is done; `jobs_changed` that a long one began, moved or
    ended: its payload is the list of `JobOp` that run. `writing_changed` tells whether a change
    of the archive takes its time, such as removing a field of 100,000 customers.
    """

    idle = Signal()
    jobs_changed = Signal(object)
    writing_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._running: dict[int, Op[Any]] = {}
        self._bridge = _Bridge(self)
        queued = Qt.ConnectionType.QueuedConnection
        self._bridge.finished.connect(self._finished, queued)
        self._bridge.progressed.connect(self._progressed, queued)
        self._bridge.shown.connect(self._shown, queued)
        self._threads: set[threading.Thread] = set()
        self._long_writes: set[int] = set()

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def jobs(self) -> list[JobOp[Any]]:
        """The long jobs under way, oldest first."""
        return [op for op in self._running.values() if isinstance(op, JobOp)]

    def start(self, op: Op[Any]) -> None:
        """Run an operation; a `ReadOp` with the same parent and key is called off."""
        self._forget(op.parent, op.key)
        number = next(self._numbers)
        self._running[number] = op
        op.launch(_Call(op.fn, number, self._bridge), number)
        if isinstance(op, JobOp):
            self.jobs_changed.emit(self.jobs())
        elif isinstance(op, WriteOp):
            after(_SOON, self, partial(self._takes_long, number))

    def _takes_long(self, number: int) -> None:
        if number in self._running:
            self._long_writes.add(number)
            self.writing_changed.emit(True)

    def call_off(self, parent: QObject, key: str) -> None:
        """Forget an operation by its parent and key, where one is under way."""
        if self._forget(parent, key) and not self._running:
            self.idle.emit()

    def _forget(self, parent: QObject, key: str) -> bool:
        known = len(self._running)
        for number, op in list(self._running.items()):
            if key and op.key == key and op.parent is parent:
                op.cancel()
                self._running.pop(number, None)
        return len(self._running) < known

    def launch_thread(self, call: Callable[[], None], name: str) -> None:
        """Run a call on a thread of its own."""
        self._threads = {t for t in self._threads if t.is_alive()}
        thread = threading.Thread(target=call, name=name, daemon=True)
        self._threads.add(thread)
        thread.start()

    def report_progress(self, number: int, progress: Progress) -> None:
        """Bring a job's progress to the GUI thread; called on the job's."""
        self._bridge.progressed.emit(number, progress)

    def hand_over(self, number: int, part: object) -> None:
        """Bring a part of a job's result to the GUI thread; called on the job's."""
        self._bridge.shown.emit(number, part)

    def cancel_all(self) -> None:
        """Stop every job and forget every callback: the archive is about to close."""
        for op in self._running.values():
            op.cancel()
        self._running.clear()
        self._long_writes.clear()
        self.writing_changed.emit(False)
        self.jobs_changed.emit([])

    def join(self, seconds: float = 10.0) -> None:
        """Wait for the threads of cancelled jobs."""
        for thread in self._threads:
            thread.join(seconds)
        self._threads.clear()

    def _finished(self, number: int, result: object, error: BaseException | None) -> None:
        op = self._running.pop(number, None)
        if number in self._long_writes:
            self._long_writes.remove(number)
            self.writing_changed.emit(bool(self._long_writes))
        if op is None:
            return
        if isinstance(op, JobOp):
            self.jobs_changed.emit(self.jobs())
        try:
            op.deliver(result, error)
        finally:
            if not self._running:
                self.idle.emit()

    def _progressed(self, number: int, progress: Progress) -> None:
        op = self._running.get(number)
        if isinstance(op, JobOp):
            op.moved(progress)
            self.jobs_changed.emit(self.jobs())

    def _shown(self, number: int, part: object) -> None:
        op = self._running.get(number)
        if isinstance(op, JobOp):
            op.came(part)


class Op(Generic[T]):
    """One operation; build it, then `run()`."""

    def __init__(self, parent: QObject, fn: Callable[[], T], *, key: str = "") -> None:
        """Describe it.

        Args:
            parent: whose operation it is; callbacks die with it.
            fn: what to do, on another thread.
            key: a newer one with the same parent and key calls this one off.
        """
        self.parent = parent
        self.fn: Callable[[], T] = fn
        self.key = key
        self._success: Callable[[T], object] | None = None
        self._failure: Callable[[UserError], object] | None = None
        self._problem: Callable[[EnvironmentProblem], object] | None = None
        self._always: Callable[[], object] | None = None
        self._cancelled = False

    def success(self, callback: Callable[[T], object]) -> Self:
        """Call this with the result, on the GUI thread."""
        self._success = callback
        return self

    def failure(self, callback: Callable[[UserError], object]) -> Self:
        """Call this where the user's input cannot be taken; else a toast says so."""
        self._failure = callback
        return self

    def problem(self, callback: Callable[[EnvironmentProblem], object]) -> Self:
        """Call this where the machine is in the way; else a banner says so."""
        self._problem = callback
        return self

    def always(self, callback: Callable[[], object]) -> Self:
        """Call this at the end, whatever came of it."""
        self._always = callback
        return self

    def run(self) -> Self:
        """Start it."""
        host_of(self.parent).operations.start(self)
        return self

    def cancel(self) -> None:
        """Forget it: no callback will be called."""
        self._cancelled = True

    def launch(self, call: Callable[[], None], number: int) -> None:
        """Put the call on its thread."""
        raise NotImplementedError

    def deliver(self, result: object, error: BaseException | None) -> None:
        """Hand the outcome to the callbacks."""
        if self._cancelled or not shiboken6.isValid(self.parent):
            return
        if isinstance(error, Cancelled) and self._goes_on():
            return
        if self._always is not None:
            self._always()
        if error is None:
            if self._success is not None:
                self._success(result)  # type: ignore[arg-type]
        elif isinstance(error, Cancelled):
            self._was_stopped()
        elif isinstance(error, UserError) and self._failure is not None:
            self._failure(error)
        elif isinstance(error, EnvironmentProblem) and self._problem is not None:
            self._problem(error)
        elif isinstance(error, (UserError, EnvironmentProblem)):
            self._host().show_problem(error)
        else:
            raise error

    def _goes_on(self) -> bool:
        """Whether it was interrupted, not stopped, and has been started again."""
        return False

    def _was_stopped(self) -> None:
        """Deal with a stop."""

    def _host(self) -> Host:
        return host_of(self.parent)

    def _workspace(self) -> Workspace:
        session = self._host().session
        if session is None:
            raise LookupError("no archive is open")
        return session.workspace


class WriteOp(Op[T]):
    """A use case that changes the archive, on its single writer.

    `origin` comes back in `Changes`, so that a view can tell its own steps from others'.
    """

    origin: object = None

    def launch(self, call: Callable[[], None], number: int) -> None:
        """Queue it on the writer."""
        self._workspace().submit(call, origin=self.origin)


class ReadOp(Op[T]):
    """A question to the archive; a newer one of the same key makes it stale."""

    _future: Future[None] | None = None

    def launch(self, call: Callable[[], None], number: int) -> None:
        """Queue it on the readers."""
        self._future = self._workspace().read(call)

    def cancel(self) -> None:
        """Forget it, and take it from the queue where it has not begun."""
        super().cancel()
        if self._future is not None:
            self._future.cancel()

    def _goes_on(self) -> bool:
        # An interrupt stops every query that runs at that moment, and those that begin before
        # the last of them has ended. This one is still wanted, or it would have been forgotten.
        self.run()
        return True


class JobOp(Op[T]):
    """A long job on a thread of its own; it shows in the status line, with Cancel.

    Its function takes the `Job` that carries progress out and the wish to stop in. Unlike the
    others it needs no open archive.
    """

    def __init__(
        self, parent: QObject, fn: Callable[[Job], T], *, title: str = "", key: str = ""
    ) -> None:
        """Describe it.

        Args:
            parent: whose job it is; callbacks die with it.
            fn: what to do; stops with `Cancelled` once the job says so.
            title: what the status line shows; "" keeps it out of there.
            key: a newer one with the same parent and key calls this one off.
        """
        self.title = title
        self.job = Job(self._report)
        self.latest = Progress(title)
        self._number = 0
        self._operations: Operations | None = None
        self._progress: Callable[[Progress], object] | None = None
        self._on_cancel: Callable[[], object] | None = None
        self._early: Callable[[Any], object] | None = None
        job = self.job
        super().__init__(parent, lambda: fn(job), key=key)

    def progress(self, callback: Callable[[Progress], object]) -> Self:
        """Call this about ten times a second, on the GUI thread."""
        self._progress = callback
        return self

    def cancelled(self, callback: Callable[[], object]) -> Self:
        """Call this where the job was stopped by the user; nothing of it is left."""
        self._on_cancel = callback
        return self

    def early(self, callback: Callable[[Any], object]) -> Self:
        """Call this with a part of the result that is there before the whole, on the GUI thread."""
        self._early = callback
        self.job.watch(self._hand_over)
        return self

    def stop(self) -> None:
        """The user wants it stopped; `cancelled` is called once it has."""
        self.job.cancel()

    def cancel(self) -> None:
        """Stop it and forget it."""
        super().cancel()
        self.job.cancel()

    def launch(self, call: Callable[[], None], number: int) -> None:
        """Start its thread."""
        self._number = number
        self._operations = self._host().operations
        self._operations.launch_thread(call, f"job-{number}")

    def moved(self, progress: Progress) -> None:
        """Take note of progress, on the GUI thread."""
        self.latest = progress
        if self._progress is not None and shiboken6.isValid(self.parent):
            self._progress(progress)

    def came(self, part: object) -> None:
        """Take a part of the result in, on the GUI thread."""
        if self._early is not None and not self._cancelled and shiboken6.isValid(self.parent):
            self._early(part)

    def _hand_over(self, part: object) -> None:
        if self._operations is not None:
            self._operations.hand_over(self._number, part)

    def _report(self, progress: Progress) -> None:
        if self._operations is not None:
            self._operations.report_progress(self._number, progress)

    def _was_stopped(self) -> None:
        if self._on_cancel is not None:
            self._on_cancel()
