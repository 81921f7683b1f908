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
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import ElidedLabel, Icon, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit


class CallBar(QFrame):
    """Enter writes the call down, Esc gives it up; `ended` tells that the list is next.

    What is typed for somebody when a call with another one begins waits in his file.
    """

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
        self.put_by()
        self._customer = customer
        drafts = session_of(self).drafts
        drafts.outside["call"] = self.put_by
        self.line.setText(_as_line(drafts.take_entry(customer.id, InteractionKind.CALL.value)))
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
        session, entry, text = session_of(self), self._entry(), self.line.text()
        timeline = session.workspace.timeline

        def done(logged: Logged) -> None:
            words = _("Call with {name} is written down") if logged.task is None else _(
                "Call with {name} is written down, and what follows"
            )  # fmt: skip
            host.toast(words.format(name=customer.name), undo=logged.step)
            if self._customer is customer and self.line.text() == text:
                self.line.clear()
                self._end()
            else:
                session.drafts.entry_logged(customer.id, entry)

        def refused(error: UserError) -> None:
            if self._customer is customer:
                self._refused(error)
            else:
                host.toast(str(error), problem=True)

        op = WriteOp(self, lambda: timeline.log(customer.id, InteractionKind.CALL, text))
        op.success(done).failure(refused).run()

    def put_by(self) -> None:
        """What is typed waits in the customer's file; the line goes."""
        if self._customer is not None and (entry := self._entry()):
            self.line.clear()
            session_of(self).drafts.keep_entry(self._customer.id, self._customer.name, entry)
        self.hide()

    def retire(self) -> None:
        """The page goes, or is built anew."""
        self.put_by()
        session_of(self).drafts.outside.pop("call", None)

    def stop(self) -> None:
        """Give it up; one message long it can be brought back."""
        customer, text = self._customer, self.line.text()
        if customer is not None and text.strip():

            def back() -> None:
                self.start(customer)
                self.line.setText(text)

            host_of(self).toast(_("What you typed was given up"), action=(_("Bring back"), back))
        self.line.clear()
        self._end()

    def _end(self) -> None:
        self.hide()
        self.ended.emit()

    def _entry(self) -> Draft:
        text = self.line.text().strip()
        return (
            {"kind": InteractionKind.CALL.value, "text": text, "follow_up": ""} if text else NOTHING
        )

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


def _as_line(entry: Draft) -> str:
    """An entry as one types it here: what follows stands behind an arrow."""
    return " -> ".join(filter(None, (entry["text"], entry["follow_up"]))) if entry else ""
