"""Long texts of a quotation: before its lines, after them, and the details of one line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import ElidedLabel, label
from crm_desktop.ui.widgets.edit import InlineNotes


class LongText(QWidget):
    """A head, the text, and why it was refused; `committed` carries what it stands for and it."""

    committed = Signal(object, str)

    def __init__(self, head: str, placeholder: str) -> None:
        super().__init__()
        self._key: object = None
        self._placeholder = placeholder
        self.head = ElidedLabel(head, "secondary")
        self.text = InlineNotes(head, placeholder)
        self.text.committed.connect(self._commit)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        for part in (self.head, self.text, self.error):
            box.addWidget(part)

    def show_text(self, key: object, text: str, *, is_open: bool) -> None:
        """Show the text of something; what is being typed into it is left alone."""
        if key != self._key:
            self.text.commit()  # to what it stood for
            self._key = key
            self.error.hide()
            self.text.set_value(text)
            self.text.setPlainText(text)
        elif self.error.isHidden():
            self.text.set_value(text)
        self.text.setReadOnly(not is_open)
        self.text.setPlaceholderText(self._placeholder if is_open else "")
        self.setVisible(is_open or bool(text))

    def refuse(self, key: object, why: str) -> bool:
        """Say why it was not taken; False where it stands for something else by now."""
        if key != self._key:
            return False
        self.error.setText(why)
        self.error.show()
        self.text.setAccessibleDescription(why)
        return True

    def refused(self) -> tuple[str, str] | None:
        """What stands refused and why."""
        return None if self.error.isHidden() else (self.text.toPlainText(), self.error.text())

    def _commit(self, text: str) -> None:
        self.error.hide()
        self.text.setAccessibleDescription("")
        if self._key is not None:
            self.committed.emit(self._key, text)
