"""The lines of an order with what they come to, written into as in a sheet."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import ProductId, WholeProduct
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import OrderId, OrderLineId, WholeOrder
from crm_desktop.i18n import _
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.order_words import sums_lines
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.line_table import LineTable


class OrderLines(QWidget):
    """Shows the lines of an order; those of a draft are edited."""

    def __init__(self) -> None:
        super().__init__()
        self.number: OrderId | None = None
        self.table = LineTable(_("Lines"))
        self.table.lines.edited.connect(self._edited)
        self.table.lines.added.connect(self._added)
        self.table.moved.connect(self._moved)
        self.table.remove_wanted.connect(self._remove)
        self.add = button(_("+ Line"), kind="link", clicked=self.table.begin)
        self.add.setToolTip(
            _("Enter writes into a cell, Alt+Up and Alt+Down move a line, Del removes it")
        )
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._sums = QGridLayout()
        self._sums.setHorizontalSpacing(SPACE.l)
        self._sums.setVerticalSpacing(2)
        sums = row(None)
        sums.addLayout(self._sums)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(row(label(_("Lines"), "section"), None, self.add))
        box.addWidget(self.table)
        box.addWidget(self.error)
        box.addLayout(sums)

    def show_order(self, whole: WholeOrder, country: str, *, editable: bool) -> None:
        """Show the lines of a version."""
        if whole.order.id != self.number:
            self.table.lines.forget()
            self.error.hide()
        self.number = whole.order.id
        fonts.ensure_for(*(line.description for line in whole.lines))
        self.add.setVisible(editable)
        self.table.show_lines(whole.lines, whole.terms, whole.totals, country, editable=editable)
        self._show_sums(whole)
        if editable and not self.table.offered:
            self._ask_products()
        refused = self.table.lines.refused()
        self.error.setVisible(bool(refused))
        if refused:
            self.error.setText(refused[-1][1])

    def _show_sums(self, whole: WholeOrder) -> None:
        while (item := self._sums.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        told = list(sums_lines(whole.totals, whole.version.taxes, whole.order.currency))
        for at, (words, amount) in enumerate(told):
            role = "record" if at == len(told) - 1 else "secondary"
            left, right = label(words, role), label(amount, role)
            right.setAlignment(Qt.AlignmentFlag.AlignRight)
            for place, part in enumerate((left, right)):
                self._sums.addWidget(part, at, place)

    def sums(self) -> list[str]:
        """The amounts below the lines, the total last."""
        parts = (self._sums.itemAtPosition(at, 1) for at in range(self._sums.rowCount()))
        found = (part.widget() for part in parts if part is not None)
        return [part.text() for part in found if isinstance(part, QLabel) and part.text()]

    def _ask_products(self) -> None:
        catalogue = session_of(self).workspace.catalogue

        def offer(found: list[WholeProduct]) -> None:
            self.table.offered = {
                one.product.name: one.product.id for one in found if one.product.offered
            }

        ReadOp(self, catalogue.search, key="products").success(offer).run()

    # Writing.

    def _edited(self, line: OrderLineId, field: str, text: str) -> None:
        orders = session_of(self).workspace.orders
        WriteOp(self, lambda: orders.update_line(line, field, text)).failure(
            partial(self._refused, line, field, text)
        ).run()

    def _added(self, text: str) -> None:
        orders, number = session_of(self).workspace.orders, self.number
        if number is None:
            return
        product: Any = self.table.offered.get(text.strip())

        def act() -> OrderLineId:
            if product is None:
                return orders.add_free_line(number, text)
            try:
                return orders.add_product_line(number, ProductId(product))
            except UserError as error:
                if error.field != "price":
                    raise
                # It has no price in this currency: it is written with none, to be filled in.
                return orders.add_product_line(number, ProductId(product), price="0")

        def added(_line: OrderLineId) -> None:
            self.table.lines.forget_new()

        WriteOp(self, act).success(added).failure(
            partial(self._refused, None, "description", text)
        ).run()

    def _refused(self, line: object, field: str, text: str, error: UserError) -> None:
        self.table.lines.refuse(line, field, text, str(error))
        self.error.setText(str(error))
        self.error.show()

    def _moved(self, line: OrderLineId, place: int) -> None:
        orders = session_of(self).workspace.orders
        WriteOp(self, lambda: orders.move_line(line, place)).failure(self._tell).run()

    def _remove(self, line: OrderLineId) -> None:
        orders, host = session_of(self).workspace.orders, host_of(self)

        def done(step: StepId) -> None:
            host.toast(_("The line is removed"), undo=step)

        WriteOp(self, lambda: orders.remove_line(line)).success(done).failure(self._tell).run()

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
