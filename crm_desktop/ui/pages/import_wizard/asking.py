"""Questions to the files' sessions, one at a time: each has one process that answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.jobs import Job
from crm_desktop.ui.ops import JobOp


class _Question(NamedTuple):
    key: str
    work: Callable[[Job], Any]
    answer: Callable[[Any], object]


class Asking(QObject):
    """Asks in the order in which questions come; the page goes on meanwhile.

    `moved` tells that it has begun or is done.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[_Question] = deque()
        self._op: JobOp[Any] | None = None

    @property
    def busy(self) -> bool:
        """Whether a question waits for its answer."""
        return self._op is not None

    def ask(self, key: str, work: Callable[[Job], Any], answer: Callable[[Any], object]) -> None:
        """Ask, now or after those before.

        Args:
            key: of questions with the same one that still wait, the last is asked.
            work: on another thread.
            answer: gets the result, on the GUI thread.
        """
        self._waiting = deque(q for q in self._waiting if q.key != key)
        self._waiting.append(_Question(key, work, answer))
        self._next()

    def forget(self, key: str) -> None:
        """Ask no more what still waits."""
        self._waiting = deque(q for q in self._waiting if q.key != key)

    def _next(self) -> None:
        if self._op is None and self._waiting:
            question = self._waiting.popleft()
            self._op = JobOp(self, question.work)
            self._op.success(question.answer).always(self._ended).run()
            self.moved.emit()

    def _ended(self) -> None:
        self._op = None
        self._next()
        self.moved.emit()
