"""Undo and redo: what the menu offers, and what was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_desktop.domain.names import shortened
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.ops import ReadOp, WriteOp

if TYPE_CHECKING:
    from crm_desktop.domain.changes import Changes, Step, StepId, UndoResult
    from crm_desktop.ui.shell import Shell


class Steps(QObject):
    """The window's dealings with the journal."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell

    def undo(self) -> None:
        """Take the last step back."""
        if (session := self._shell.session) is not None:
            WriteOp(self, session.workspace.history.undo).success(self._tell_undone).run()

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if (session := self._shell.session) is not None:
            WriteOp(self, session.workspace.history.redo).success(self._tell_redone).run()

    def undo_step(self, step: StepId) -> None:
        """Take one step back, such as an import."""
        if (session := self._shell.session) is not None:
            history = session.workspace.history
            WriteOp(self, lambda: history.undo_step(step)).success(self._tell_undone).run()

    def undo_with(self, step: StepId, later: Sequence[Step]) -> None:
        """Take one step back, and before it those that were built on it."""
        if (session := self._shell.session) is not None:
            history, before = session.workspace.history, [one.id for one in later]
            WriteOp(self, lambda: history.undo_with(step, before)).success(self._tell_undone).run()

    def changed(self, _changes: Changes) -> None:
        """Something was committed: other steps are the last ones now."""
        self.ask()

    def ask(self) -> None:
        """Ask what can be taken back, and name it in the menu."""
        session = self._shell.session
        if session is None:
            return
        history = session.workspace.history

        def read() -> tuple[Step | None, Step | None]:
            return history.can_undo(), history.can_redo()

        ReadOp(self, read, key="steps").success(self._show).run()

    def _show(self, steps: tuple[Step | None, Step | None]) -> None:
        self._shell.commands.show_steps(*steps)

    def _tell_undone(self, result: UndoResult) -> None:
        text = _("Taken back: {step}").format(step=shortened(result.step.name))
        if kept := len(result.conflicts):
            words = ngettext(
                "{n} value edited since was kept", "{n} values edited since were kept", kept
            )
            text = f"{text} · {words.format(n=kept)}"
        self._shell.toast(text)

    def _tell_redone(self, result: UndoResult) -> None:
        self._shell.toast(_("Done again: {step}").format(step=shortened(result.step.name)))
