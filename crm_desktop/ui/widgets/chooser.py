"""Choosing a customer: a field that searches, and the best hits below it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.customers import CustomerId, CustomerRow
from crm_desktop.i18n import _
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.edit import LineEdit

_MOST = 6


class CustomerChooser(QWidget):
    """Down goes into the hits, Enter takes the first; `chosen` carries a `CustomerRow`."""

    chosen = Signal(object)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.field = LineEdit(name=placeholder)
        self.field.setPlaceholderText(placeholder)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._typed)
        self.setFocusProxy(self.field)
        self._without: CustomerId | None = None
        self._hits: list[CustomerRow] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._nobody = label(_("Nobody was found."), "caption")
        self._nobody.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.field)
        box.addWidget(self._nobody)
        box.addLayout(self._list)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(80)
        self._soon.timeout.connect(self._ask)

    def start(self, without: CustomerId) -> None:
        """Begin anew; one customer cannot be chosen."""
        self._without = without
        self.field.clear()
        self._show([])

    def search(self, text: str) -> None:
        """Look for somebody as if it were typed."""
        self.field.setText(text)
        self._ask()

    def hits(self) -> list[CustomerRow]:
        """Who is offered, the best first."""
        return list(self._hits)

    def _typed(self) -> None:
        self._soon.start()

    def _ask(self) -> None:
        text = self.field.text().strip()
        if not text:
            self._show([])
            return
        customers = session_of(self).workspace.customers
        ReadOp(self, lambda: customers.search(text, limit=_MOST + 1), key="choose").success(
            partial(self._found, text)
        ).run()

    def _found(self, text: str, rows: list[CustomerRow]) -> None:
        # What was typed on, chosen or cleared meanwhile asks for others.
        if text == self.field.text().strip():
            self._show(rows)

    def _show(self, rows: list[CustomerRow]) -> None:
        hits = [row for row in rows if row.id != self._without][:_MOST]
        self._nobody.setVisible(bool(self.field.text().strip()) and not hits)
        if hits == self._hits:
            return  # who went down into them stays there
        self._hits = hits
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        before: QWidget = self.field
        for row in self._hits:
            detail = row.organisation or row.city
            text = f"{row.name} · {detail}" if detail else row.name
            made = button(text.replace("&", "&&"), kind="link", name=text)
            made.clicked.connect(partial(self._choose, row))
            made.installEventFilter(self)
            self._list.addWidget(made)
            made.show()  # the layout would do so later; until then it takes no focus
            QWidget.setTabOrder(before, made)
            before = made

    def _choose(self, row: CustomerRow) -> None:
        self._soon.stop()
        self.field.setText(row.name)
        self._show([])
        self.chosen.emit(row)

    def _go(self, place: int) -> None:
        """Put the focus on a hit, or back on the field above them."""
        item = self._list.itemAt(min(place, len(self._hits) - 1)) if place >= 0 else None
        there = item.widget() if item is not None else None
        (there or self.field).setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the first hit, the arrows go through them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._hits and isinstance(watched, QWidget):
            at = self._list.indexOf(watched)
            self._choose(self._hits[max(at, 0)])
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._hits and isinstance(watched, QWidget):
            self._go(self._list.indexOf(watched) + (1 if key == Qt.Key.Key_Down else -1))
            return True
        return super().eventFilter(watched, event)
