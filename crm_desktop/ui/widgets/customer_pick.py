"""A field that finds one customer by what is typed of him."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from crm_desktop.domain.customers import CustomerId, CustomerRow
from crm_desktop.i18n import _
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.edit import LineEdit

_HITS = 8


class CustomerPick(LineEdit):
    """Typing lists customers below; `picked` tells that one was chosen, or the field emptied."""

    picked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, name=name)
        self.setPlaceholderText(_("Name or phone number"))
        self.customer: CustomerId | None = None
        self._hits = QStandardItemModel(self)
        self._completer = QCompleter(self._hits, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # The overload that carries the index: two customers may have one name.
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        self.setCompleter(self._completer)
        self.textEdited.connect(self._search)

    @property
    def is_unclear(self) -> bool:
        """Whether something is typed that stands for nobody."""
        return bool(self.text().strip()) and self.customer is None

    def show_customer(self, customer: CustomerId | None, name: str) -> None:
        """Show somebody, None for nobody."""
        self.customer = customer
        self.setText(name)
        self.setCursorPosition(0)

    def _search(self, text: str) -> None:
        self.customer = None
        if not text.strip():
            self._hits.clear()
            self.picked.emit()
            return
        customers = session_of(self).workspace.customers
        ReadOp(self, lambda: customers.search(text, limit=_HITS), key="pick").success(
            self._take
        ).run()

    def _take(self, rows: list[CustomerRow]) -> None:
        fonts.ensure_for(*(row.name for row in rows))
        self._hits.clear()
        for row in rows:
            item = QStandardItem(row.name)
            item.setToolTip(row.organisation.replace("<", "&lt;"))
            item.setData(int(row.id), Qt.ItemDataRole.UserRole)
            self._hits.appendRow(item)
        if rows and self.hasFocus():
            self._completer.complete()

    def _activated(self, index: QModelIndex) -> None:
        self.show_customer(CustomerId(index.data(Qt.ItemDataRole.UserRole)), index.data())
        self.picked.emit()
