"""Whether the import that is shown still stands: it may be undone and redone anywhere."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp


class State(NamedTuple):
    """How an import stands in the archive.

    Attributes:
        undone: whether it is taken back at present.
        can_redo: whether Redo would do this import again, not some other step.
    """

    undone: bool
    can_redo: bool


class Standing(QObject):
    """Follows the step of one import.

    `moved` carries a `State` after every commit, `undone` the `UndoResult` of an undo that was
    asked for here; `refused` that there is nothing to undo.
    """

    moved = Signal(object)
    undone = Signal(object)
    refused = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._step: StepId | None = None
        session_of(self).bus.changed.connect(self._changed)

    def follow(self, step: StepId | None) -> None:
        """Follow this step from now on; None for no step at all."""
        self._step = step
        self._ask()

    def undo(self) -> None:
        """Take the import back."""
        step = self._step
        if step is not None:
            history = session_of(self).workspace.history
            op = WriteOp(self, lambda: history.undo_step(step))
            op.success(self.undone.emit).failure(self._refused).run()

    def redo(self) -> None:
        """Do the import again; the news of it comes as of any other step."""
        WriteOp(self, session_of(self).workspace.history.redo).run()

    def _refused(self, error: UserError) -> None:
        self.refused.emit()
        host_of(self).show_problem(error)

    def _changed(self, _changes: Changes) -> None:
        self._ask()

    def _ask(self) -> None:
        number = self._step
        if number is None:
            return
        history = session_of(self).workspace.history

        def read() -> tuple[StepId, State]:
            step, next_redo = history.step(number), history.can_redo()
            can_redo = next_redo is not None and next_redo.id == number
            return number, State(step is None or step.undone, can_redo)

        ReadOp(self, read, key="standing").success(self._tell).run()

    def _tell(self, found: tuple[StepId, State]) -> None:
        number, state = found
        if number == self._step:
            self.moved.emit(state)
