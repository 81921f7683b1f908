"""What was done, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.changes import Step, StepId, StepKind, UndoResult
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import building, steps
from crm_desktop.store.journal.revert import revert


class HistoryService:
    """The steps of one archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def steps(self, *, before: StepId | None = None, limit: int = 100) -> list[Step]:
        """Steps, newest first."""
        with self._archive.reading() as c:
            return steps.newest(c, before=before, limit=limit)

    def step(self, number: StepId) -> Step | None:
        """One step, None where there is none of this number."""
        with self._archive.reading() as c:
            return steps.get(c, number)

    def can_undo(self) -> Step | None:
        """The step that `undo` would take back."""
        with self._archive.reading() as c:
            return steps.undoable(c)

    def can_redo(self) -> Step | None:
        """The step that `redo` would do again."""
        with self._archive.reading() as c:
            return steps.redoable(c)

    def undo(self) -> UndoResult:
        """Take the newest step back that stands.

        Raises:
            UserError: there is none.
        """
        step = self.can_undo()
        if step is None:
            raise UserError(_("There is nothing to undo."))
        return self.undo_step(step.id)

    def redo(self) -> UndoResult:
        """Do the step again that was undone last.

        Raises:
            UserError: there is none, or something new was done since.
        """
        step = self.can_redo()
        if step is None:
            raise UserError(_("There is nothing to redo."))
        return self._turn_round(step, undo=False)

    def undo_step(self, number: StepId) -> UndoResult:
        """Take any step back, keeping what was edited since.

        Raises:
            UserError: there is no such step, or it is taken back already.
        """
        with self._archive.reading() as c:
            step = steps.get(c, number)
            erased = step is not None and not steps.says_something(c, number)
        if erased:
            raise UserError(_("What was erased for good cannot be brought back."))
        if step is None or step.kind is not StepKind.DO:
            raise UserError(_("There is no such step."))
        if step.undone:
            raise UserError(_("“{step}” was taken back already.").format(step=step.name))
        return self._turn_round(step, undo=True)

    def in_the_way(self, number: StepId) -> list[Step]:
        """The later steps that built on one: they changed what it had written, and stand.

        To take it back whole, these have to be taken back before, in this order.

        Returns:
            The newest first; empty where the step can be taken back whole.
        """
        with self._archive.reading() as c:
            entries = steps.latest_application(c, number, undo=True)
            return [] if entries is None else building.built_on(c, entries)

    def undo_with(self, number: StepId, before: Sequence[StepId]) -> UndoResult:
        """Take a step back, and before it those that stand in its way; each is a step of its own.

        Raises:
            UserError: as `undo_step`.
        """
        for step in before:
            self.undo_step(step)
        return self.undo_step(number)

    def _turn_round(self, step: Step, *, undo: bool) -> UndoResult:
        def act(connection: Connection) -> UndoResult:
            entries = steps.latest_application(connection, step.id, undo=undo)
            if entries is None:
                raise UserError(_("There is no such step."))
            applied, conflicts = revert(connection, entries)
            steps.mark(connection, step.id, undone=undo)
            return UndoResult(step, applied, tuple(conflicts))

        name = _("Undo: {step}") if undo else _("Redo: {step}")
        return self._archive.write(
            name.format(step=step.name),
            act,
            kind=StepKind.UNDO if undo else StepKind.REDO,
            of=step.id,
        )
