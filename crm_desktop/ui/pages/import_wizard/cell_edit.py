"""The field that opens over a cell whose text is put right on the spot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.widgets.edit import LineEdit


class CellEdit(LineEdit):
    """As large as its cell; Enter and leaving it save, Esc gives up."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, name=name)
        self.setProperty("kind", "cell")

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down stay here: the table below would walk on, and what is typed be lost."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return
        super().keyPressEvent(event)
