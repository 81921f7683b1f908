"""To which day tasks are put off, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.tasks import Due, Task
from crm_desktop.i18n import _
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.widgets.basic import ElidedLabel, button, label
from crm_desktop.ui.widgets.due_edit import DueEdit


class PutOff(Sheet):
    """One field: a day, or a day and a time; Enter saves."""

    def __init__(self, tasks: Sequence[Task], parent: QWidget) -> None:
        super().__init__(_("Put off"), parent, width=380)
        self._ids = [task.id for task in tasks if task.id is not None]
        self._tasks = session_of(parent).workspace.tasks
        self._host = host_of(parent)
        first = tasks[0]
        self._titles = " · ".join(task.title for task in tasks)
        self.body.addWidget(ElidedLabel(self._titles, "mute"))
        self.due = DueEdit()
        due = None if first.due_on is None else Due(first.due_on, first.due_time)
        self.due.set_due(due, self._tasks.clock())
        self.body.addWidget(self.due)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Put off"), kind="primary", clicked=self.save)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.yes, default=self.yes)
        self.keep_typed(self.due.edit.text)
        self.due.edited.connect(self.error.hide)
        self.due.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.due.edit.selectAll()

    def save(self) -> None:
        """Put them off; what is no day is said here."""
        tasks, ids, text = self._tasks, self._ids, self.due.edit.text()

        def act() -> StepId:
            due = tasks.read_due(text)
            if due is None:
                raise UserError(_("Say to which day."), field="due")
            return tasks.postpone_to(ids, due)

        WriteOp(self, act).success(self._done).failure(self._refused).run()

    def _done(self, step: StepId) -> None:
        self._host.toast(_("Put off: {task}").format(task=self._titles), undo=step)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        self.due.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.due.edit.selectAll()
