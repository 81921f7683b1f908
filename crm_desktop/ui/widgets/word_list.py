"""The words of a choice: changed in place, put in order, taken away, added one or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import column, label
from crm_desktop.ui.widgets.edit import LineEdit

_LINES, _HIGH = 6, 28


class WordList(QWidget):
    """The list and a field for new words; `changed` carries the words and who was renamed."""

    changed = Signal(list, dict)

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Words"))
        self.list.setProperty("framed", True)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setToolTip(_("F2 or a double click changes a word, Del removes it"))
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.list.installEventFilter(self)
        self.new = LineEdit(name=_("Add a word"))
        self.new.setPlaceholderText(_("Add a word"))
        self.new.setToolTip(_("Enter adds it; a column of words may be pasted"))
        self.new.returnPressed.connect(self._add_typed)
        self.new.installEventFilter(self)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.setLayout(column(self.list, self.new, self.error, spacing=SPACE.xs))

    def show_words(self, words: Sequence[str]) -> None:
        """Show them."""
        self.error.hide()
        if tuple(words) == self._words and self.words() == list(words):
            return
        self._words = tuple(words)
        row = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for word in words:
            self._append(word)
        self.list.blockSignals(False)
        self.list.setCurrentRow(min(row, len(words) - 1))
        shown = max(1, min(len(words), _LINES))
        self.list.setFixedHeight(shown * _HIGH + 8)

    def words(self) -> list[str]:
        """As they stand."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def show_error(self, text: str) -> None:
        """Say why they were not taken."""
        self.error.setText(text)
        self.error.show()

    def add(self, words: Sequence[str]) -> None:
        """Put words at the end; those that are there are passed over."""
        known = {word.casefold() for word in self.words()}
        fresh = {w.strip().casefold(): w.strip() for w in words if w.strip()}
        added = [word for key, word in fresh.items() if key not in known]
        if not added:
            return
        self.list.blockSignals(True)
        for word in added:
            self._append(word)
        self.list.blockSignals(False)
        self._tell()

    def _append(self, word: str) -> None:
        item = QListWidgetItem(word)
        item.setSizeHint(QSize(60, _HIGH))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(Qt.ItemDataRole.UserRole, word)
        self.list.addItem(item)

    def _add_typed(self) -> None:
        self.add([self.new.text()])
        self.new.clear()

    def _tell(self, *_what: object) -> None:
        renamed: Mapping[str, str] = {
            str(item.data(Qt.ItemDataRole.UserRole)): item.text()
            for row in range(self.list.count())
            if (item := self.list.item(row)).text().strip()
            and item.text() != item.data(Qt.ItemDataRole.UserRole)
        }
        words = [word for word in self.words() if word.strip()]
        if tuple(words) != self._words:
            self.changed.emit(words, dict(renamed))

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if not 0 <= row + step < self.list.count():
            return
        self.list.blockSignals(True)
        item = self.list.takeItem(row)
        self.list.insertItem(row + step, item)
        self.list.setCurrentRow(row + step)
        self.list.blockSignals(False)
        self._tell()

    def _remove(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.takeItem(self.list.currentRow())
            self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and an arrow move a word, Del removes it; a pasted column is many words."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if watched is self.list and alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if key == Qt.Key.Key_Up else 1)
            return True
        if watched is self.list and key == Qt.Key.Key_Delete:
            self._remove()
            return True
        if watched is self.new and event.matches(QKeySequence.StandardKey.Paste):
            lines = QGuiApplication.clipboard().text().splitlines()
            if len(lines) > 1:
                self.add(lines)
                return True
        return super().eventFilter(watched, event)
