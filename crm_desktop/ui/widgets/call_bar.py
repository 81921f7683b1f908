"""One line in which a call is written down, beside a list, without leaving the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm_desktop.domain.customers import CustomerRow, InteractionKind
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services.timeline import Logged
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import ElidedLabel, Icon, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit


class CallBar(QFrame):
    """Enter writes the call down, Esc gives it up; `ended` tells that the list is next."""

    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hint")
        self._customer: CustomerRow | None = None
        self.title = ElidedLabel("", "strong")
        self.line = LineEdit(name=_("What was said?"))
        self.line.setPlaceholderText(_("What was said?  -> call back in 2 weeks"))
        self.line.returnPressed.connect(self.save)
        self.line.textEdited.connect(self._clear_error)
        self.line.installEventFilter(self)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.log = button(_("Log call"), "phone", kind="primary", clicked=self.save, tip="Enter")
        stop = button(_("Cancel"), kind="quiet", clicked=self.stop, tip="Esc")
        entry = row(self.line, self.log, stop)
        entry.setStretch(0, 1)
        head = row(Icon("phone", "accent", 15), self.title)
        head.setStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.l, SPACE.m, SPACE.l, SPACE.m)
        box.setSpacing(SPACE.s)
        box.addLayout(head)
        box.addLayout(entry)
        box.addWidget(self.error)
        self.hide()

    def start(self, customer: CustomerRow) -> None:
        """Let a call with somebody be written down."""
        if self._customer != customer:
            self.line.clear()
        self._customer = customer
        number = say.phone(customer.phone) if customer.phone else ""
        said = _("Call with {name}").format(name=customer.name)
        self.title.set_text(" · ".join(part for part in (said, number) if part))
        self._clear_error()
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Write it down."""
        customer, host = self._customer, host_of(self)
        if customer is None:
            return
        timeline, text = session_of(self).workspace.timeline, self.line.text()

        def done(logged: Logged) -> None:
            words = _("Call with {name} is written down") if logged.task is None else _(
                "Call with {name} is written down, and what follows"
            )  # fmt: skip
            host.toast(words.format(name=customer.name), undo=logged.step)
            self.line.clear()
            self.stop()

        op = WriteOp(self, lambda: timeline.log(customer.id, InteractionKind.CALL, text))
        op.success(done).failure(self._refused).run()

    def stop(self) -> None:
        """Go; what was typed is kept for the same customer."""
        self.hide()
        self.ended.emit()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.line.setAccessibleDescription(str(error))
        self.error.show()

    def _clear_error(self) -> None:
        self.error.hide()
        self.line.setAccessibleDescription("")

    # Qt's own names.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives it up."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.stop()
            return True
        return super().eventFilter(watched, event)
