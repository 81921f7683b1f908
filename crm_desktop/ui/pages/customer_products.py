"""What comes from a customer: the products of the catalogue that name him as their supplier."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import Product, ProductId
from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label, row

_TABLES = frozenset(("product", "product_supplier"))
_MOST = 8


class CustomerProducts(QWidget):
    """The products, by name; hidden where nothing comes from him, as from most."""

    def __init__(self) -> None:
        super().__init__()
        self._customer: CustomerId | None = None
        self._listening = False
        self._all = False
        self._found: Sequence[Product] = ()
        self._names: list[str] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.more = button("", kind="link", clicked=self._show_all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addWidget(label(_("Supplies"), "section"))
        box.addLayout(self._lines)
        box.addLayout(row(self.more, None))
        self.hide()

    def show_customer(self, customer: CustomerId) -> None:
        """Show what comes from a customer."""
        if not self._listening:
            session_of(self).bus.changed.connect(self._changed)
            self._listening = True
        if customer != self._customer:
            self._all = False
            self._show(())
        self._customer = customer
        self._ask()

    def names(self) -> list[str]:
        """The names shown, from top to bottom."""
        return self._names

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES:
            self._ask()

    def _ask(self) -> None:
        customer, catalogue = self._customer, session_of(self).workspace.catalogue
        if customer is not None:
            ReadOp(self, lambda: catalogue.supplied_by(customer), key="products").success(
                self._show
            ).run()

    def _show(self, found: Sequence[Product]) -> None:
        fonts.ensure_for(*(one.name for one in found))
        self._found = found
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        shown = found if self._all else found[:_MOST]
        self._names = [one.name for one in shown]
        for one in shown:
            if one.id is not None:
                self._lines.addWidget(self._line(one, one.id))
        self.more.setText(_("… and {n} more").format(n=say.number(len(found) - len(shown))))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(len(found) > len(shown))
        self.setVisible(bool(found))

    def _line(self, product: Product, number: ProductId) -> QWidget:
        made = QWidget()
        go = button(product.name, "tag", kind="link", clicked=partial(self._open, number))
        go.setIconSize(QSize(15, 15))
        line = row(go, None)
        if product.code:
            line.addWidget(label(product.code, "caption"))
        made.setLayout(line)
        return made

    def _show_all(self) -> None:
        self._all = True
        self._show(self._found)

    def _open(self, number: ProductId, *_checked: object) -> None:
        host_of(self).show_product(number)
