"""A table to read: lines of texts, none of them editable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem


class PlainTable(QTableWidget):
    """Lines of texts under heads; a text that is too long is told on hover."""

    def __init__(self, name: str, heads: Sequence[str], *, stretched: int) -> None:
        """Make it empty.

        Args:
            name: what it is, for those who cannot see it.
            heads: what stands above each column.
            stretched: the column that takes the room that is left.
        """
        super().__init__(0, len(heads))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show other lines."""
        self.setRowCount(len(lines))
        for line, texts in enumerate(lines):
            for place, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text)
                self.setItem(line, place, item)
