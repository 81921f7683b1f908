"""A customer's orders: a line each, and a way to begin another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.orders import ListedOrder, OrderId, OrderStatus
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.order_words import owed_text, status_text
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label, refill, row

_TABLES = frozenset(("sales_order", "order_version", "payment"))
_MOST = 5


class CustomerOrders(QWidget):
    """A line each, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._customer: tuple[CustomerId, str] | None = None
        self._listening = False
        self._all = False
        self._found: Sequence[ListedOrder] = ()
        self.titles: list[str] = []
        self.add = button(_("+ Order"), kind="link", clicked=self._begin)
        self.ask = button(_("Ask for satisfaction"), kind="link", clicked=self._ask_customer)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.more = button("", kind="link", clicked=self._show_all)
        self.more.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(row(label(_("Orders"), "section"), None, self.ask, self.add))
        box.addLayout(self._lines)
        box.addLayout(row(self.more, None))

    def show_customer(self, customer: CustomerId, name: str) -> None:
        """Show a customer's orders."""
        if not self._listening:
            session_of(self).bus.changed.connect(self._changed)
            self._listening = True
        if self._customer is None or self._customer[0] != customer:
            self._all = False
        self._customer = (customer, name)
        self._ask()

    def _ask(self) -> None:
        if self._customer is None:
            return
        orders, customer = session_of(self).workspace.orders, self._customer[0]
        ReadOp(self, lambda: orders.of(customer), key="orders").success(self._show).run()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._ask()

    def _show(self, found: Sequence[ListedOrder]) -> None:
        self._found = found
        shown = found if self._all else found[:_MOST]
        fonts.ensure_for(*(one.order.title for one in shown))
        self.titles = [one.order.title for one in shown]
        refill(self._lines, [self._line(one) for one in shown])
        self.more.setVisible(len(shown) < len(found))
        self.more.setText(_("Show all {n}").format(n=len(found)))

    def _line(self, listed: ListedOrder) -> QWidget:
        made, one = QWidget(), listed.order
        assert one.id is not None
        go = button(one.title, "file-check", kind="link", clicked=partial(self._open, one.id))
        parts = [one.number or status_text(one.status), amounts.money_shown(listed.total)]
        if one.status is not OrderStatus.DRAFT and listed.open.amount:
            parts.append(owed_text(listed.open.amount, one.currency))
        said = " · ".join(parts)
        made.setLayout(row(go, None, label(said, "caption")))
        go.setAccessibleDescription(said)
        return made

    def _show_all(self) -> None:
        self._all = True
        self._show(self._found)

    def _open(self, number: OrderId, *_checked: object) -> None:
        host_of(self).show_order(number)

    def _ask_customer(self) -> None:
        from crm_desktop.ui.dialogs.survey_sheets import AskSheet

        if self._customer is not None:
            AskSheet(self, self._customer).open()

    def _begin(self) -> None:
        from crm_desktop.ui.dialogs.order_sheets import NewOrder

        if self._customer is not None:
            NewOrder(self, customer=self._customer, made=self._open).open()
