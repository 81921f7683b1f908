"""A field that finds one record by what is typed of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.edit import LineEdit


class Picked(NamedTuple):
    """A record that may be meant."""

    number: int
    name: str
    tip: str = ""


class Pick(LineEdit):
    """Typing lists records below; `picked` tells that one was chosen, or the field emptied."""

    picked = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=name)
        self.setPlaceholderText(placeholder)
        self.number: int | None = None
        self._hits = QStandardItemModel(self)
        self._completer = QCompleter(self._hits, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # The overload that carries the index: two records may have one name.
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        self.setCompleter(self._completer)
        self.textEdited.connect(self._search)

    def finder(self, text: str) -> Callable[[], Sequence[Picked]]:
        """What looks for a text, on a reader's thread."""
        raise NotImplementedError

    @property
    def is_unclear(self) -> bool:
        """Whether something is typed that stands for nothing."""
        return bool(self.text().strip()) and self.number is None

    def show_record(self, number: int | None, name: str) -> None:
        """Show a record, None for none."""
        self.number = number
        self.setText(name)
        self.setCursorPosition(0)

    def _search(self, text: str) -> None:
        self.number = None
        if not text.strip():
            self._hits.clear()
            self.picked.emit()
            return
        ReadOp(self, self.finder(text), key="pick").success(self._take).run()

    def _take(self, found: Sequence[Picked]) -> None:
        fonts.ensure_for(*(one.name for one in found))
        self._hits.clear()
        for one in found:
            item = QStandardItem(one.name)
            item.setToolTip(one.tip.replace("<", "&lt;"))
            item.setData(one.number, Qt.ItemDataRole.UserRole)
            self._hits.appendRow(item)
        if found and self.hasFocus():
            self._completer.complete()

    def _activated(self, index: QModelIndex) -> None:
        self.show_record(int(index.data(Qt.ItemDataRole.UserRole)), str(index.data()))
        self.picked.emit()
