"""A field for a day and a time in words; below it stands what they are taken for."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.tasks import Due
from crm_desktop.i18n import _
from crm_desktop.ui import dues
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.widgets.basic import label
from crm_desktop.ui.widgets.edit import LineEdit


class DueEdit(QWidget):
    """The field; `edited` tells that somebody types in it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = LineEdit(name=_("Due"))
        self.edit.setPlaceholderText(_("tomorrow 15h, in 2 weeks, 31/12"))
        self.hint: QLabel = label("", "caption")
        self.edit.textEdited.connect(self._typed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self.edit)
        box.addWidget(self.hint)
        self.setFocusProxy(self.edit)

    def set_due(self, due: Due | None, now: datetime) -> None:
        """Show a day, None for some day."""
        self.edit.setText("" if due is None else dues.typed_due(*due))
        self._say(dues.understood(due, now))

    def _typed(self, text: str) -> None:
        self.edited.emit()
        tasks = session_of(self).workspace.tasks

        def show(due: Due | None) -> None:
            self._say(dues.understood(due, tasks.clock()))

        read = ReadOp(self, lambda: tasks.read_due(text), key="due")
        read.success(show).failure(self._not_yet).run()

    def _not_yet(self, _error: UserError) -> None:
        # Half a word is no day yet; whoever saves it is told.
        self._say("")

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.edit.setAccessibleDescription(text)
