"""Customers whom somebody who is being typed may be: each a click away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crm_desktop.domain.customers import CustomerRow
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label, plain_tip


class Likely(QFrame):
    """`customer_wanted` carries the id of one who is there already."""

    customer_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hint")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(SPACE.m, SPACE.s, SPACE.m, SPACE.s)
        self._box.setSpacing(2)
        self._box.addWidget(label(_("Perhaps there already:"), "secondary"))
        self._lines: list[QWidget] = []
        self.rows: list[CustomerRow] = []
        self.hide()

    def show_rows(self, rows: Sequence[CustomerRow]) -> None:
        """Show customers, the surest first; none hides it."""
        self.rows = list(rows)
        for line in self._lines:
            self._box.removeWidget(line)
            line.deleteLater()
        self._lines.clear()
        for row in self.rows:
            phone = say.phone(row.phone) if row.phone else ""
            more = row.organisation or row.city or phone or row.email
            fonts.ensure_for(row.name, more)
            text = f"{row.name} · {more}" if more else row.name
            line = button(text, kind="link", clicked=partial(self.customer_wanted.emit, row.id))
            line.setToolTip(plain_tip(_("Open {name}").format(name=text)))
            self._box.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
            self._lines.append(line)
        self.setVisible(bool(self.rows))
