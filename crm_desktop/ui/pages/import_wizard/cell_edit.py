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
        """Enter, up and down stay here: else they would do something to the table below too."""
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            event.accept()
