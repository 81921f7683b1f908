"""Orders: all of them at the left, the chosen one at the right; and what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import ListedOrder, OrderId, OrderQuery, OrderStatus
from crm_desktop.domain.payments import Overdue
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import amounts
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.order_sheets import NewOrder
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.order_words import order_line, owed_text, status_text
from crm_desktop.ui.pages.list_page import ListPage
from crm_desktop.ui.pages.order_panel import OrderPanel, OrderView, read_order
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import Chips, EmptyState, button
from crm_desktop.ui.widgets.line_list import Line

_TABLES = frozenset(
    (
        *("sales_order", "order_version", "order_line", "order_traveller", "order_requirement"),
        *("payment_due", "payment", "reminder", "document", "customer"),
        *("order_step", "process", "process_step"),
    )
)
_ALL, _OVERDUE = "all", "overdue"


class _Listing(NamedTuple):
    orders: Sequence[ListedOrder]
    overdue: dict[OrderId | None, Overdue]


class OrdersPage(ListPage):
    """All orders; typing above them filters by number, title and customer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, find=_("Find an order"), listed=_("Orders"))
        self._orders: Sequence[ListedOrder] = ()
        self._shown: OrderId | None = None
        self._anew = False
        self.filter = Chips(
            [
                (_ALL, _("All")),
                (OrderStatus.DRAFT.value, status_text(OrderStatus.DRAFT)),
                (OrderStatus.OPEN.value, status_text(OrderStatus.OPEN)),
                (_OVERDUE, _("Overdue")),
            ],
            wraps=True,
        )
        self.filter.make_tight()
        self.filter.choose(_ALL)
        self.panel = OrderPanel()
        self._build()
        self.search.textChanged.connect(self._ask_anew)
        self.filter.chosen.connect(self._ask_anew)
        self.list.selectionModel().currentRowChanged.connect(self._chosen)
        self.panel.customer_wanted.connect(self._go)
        self.session.bus.changed.connect(self._changed)

    def _build(self) -> None:
        new = button(_("New order"), "plus", kind="primary", clicked=self.new)
        new.setToolTip(_("New order (Ctrl+N)"))
        self._first = button(_("New order"), "plus", clicked=self.new)
        nothing = EmptyState("file-check", "", "", self._first)
        self.lay_out(
            _("Orders"), new, nothing, self.panel, self.filter, widths=(230, 360), shares=(2, 5)
        )

    # What the window asks of its page.

    def activate(self) -> None:
        """Into the list."""
        self._into_list()
        self._ask()

    def new(self) -> bool:
        """Ctrl+N: a new order; its lines come next."""
        NewOrder(self, made=self._begun).open()
        return True

    def _begun(self, number: OrderId) -> None:
        self.open_order(number)

    def selected(self) -> list[CustomerId]:
        """Whose order is shown."""
        view = self.panel.shown
        return [] if view is None else [view.agreed.order.customer_id]

    def open_order(self, number: OrderId) -> None:
        """Show one order, whatever is filtered."""
        self.filter.choose(_ALL)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._shown, self._anew = number, False
        self._ask()

    def kept(self) -> object:
        """The order that is shown."""
        return self._shown

    def take_up(self, kept: object) -> None:
        """Show it again."""
        if isinstance(kept, int):
            self.open_order(OrderId(kept))

    # Reading.

    def _ask_anew(self, *_changed: object) -> None:
        self._anew = True
        self._ask()

    def _ask(self) -> None:
        workspace, text, wanted = self.workspace, self.search.text(), self.filter.key()
        statuses = frozenset({OrderStatus(wanted)}) if wanted in set(OrderStatus) else frozenset()

        def read() -> _Listing:
            late = {one.order.order.id: one for one in workspace.payments.overdue()}
            orders = workspace.orders.list(OrderQuery(text, statuses))
            if wanted == _OVERDUE:
                orders = [one for one in orders if one.order.id in late]
            return _Listing(orders, late)

        ReadOp(self, read, key="list").success(self._take).run()

    def _take(self, found: _Listing) -> None:
        fonts.ensure_for(*(f"{one.order.title}{one.customer_name}" for one in found.orders))
        self._orders = found.orders
        numbers = [one.order.id for one in found.orders]
        anew, self._anew = self._anew, False
        if self._shown is None or (anew and self._shown not in numbers):
            self._shown = numbers[0] if numbers else None
        model = self.list.selectionModel()
        model.blockSignals(True)
        self.list.lines.show([_line(one, found.overdue) for one in found.orders])
        if self._shown in numbers:
            self.list.choose(numbers.index(self._shown))
        model.blockSignals(False)
        words = ngettext("{n} order", "{n} orders", len(numbers))
        self.count.setText(words.format(n=say.number(len(numbers))) if numbers else "")
        if self._shown is None:
            self._show_nothing()
        else:
            self._show_order(self._shown)

    def _show_nothing(self) -> None:
        filtered = bool(self.search.text().strip()) or self.filter.key() != _ALL
        if self.filter.key() == _OVERDUE:
            title, text = _("Nothing is overdue"), _("Every payment that was due has come in.")
        elif filtered:
            title, text = _("Nothing found"), _("No order has these words.")
        else:
            title = _("No orders yet")
            text = _(
                "An order has what was agreed, its days and travellers, what is due when and what"
                " was paid. A quotation that is accepted becomes one in one step."
            )
        self._first.setVisible(not filtered)
        self._nothing.set_texts(title, text)
        self._side.setCurrentWidget(self._nothing)

    def _chosen(self) -> None:
        at = self.list.row()
        if 0 <= at < len(self._orders):
            number = self._orders[at].order.id
            if number is not None:
                self._show_order(number)

    def _show_order(self, number: OrderId) -> None:
        self._shown = number
        workspace = self.workspace
        ReadOp(self, lambda: read_order(workspace, number), key="order").success(
            self._take_order
        ).failure(self._gone).run()

    def _take_order(self, view: OrderView) -> None:
        if view.agreed.order.id == self._shown:
            self.panel.show_order(view)
            self._side.setCurrentWidget(self.panel)

    def _gone(self, _error: UserError) -> None:
        """What was shown is not there any more: another one comes."""
        self._shown = None
        if self._orders and self._orders[0].order.id is not None:
            self._show_order(self._orders[0].order.id)
        else:
            self._show_nothing()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._ask()

    def _go(self, customer: CustomerId) -> None:
        self.host.show_customer(customer)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the lines, Down leads from the field into the list."""
        key, listed = event.key(), self.list.hasFocus()
        if listed and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.panel.lines.table.begin()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and not listed:
            self._into_list()
        else:
            super().keyPressEvent(event)


def _line(listed: ListedOrder, overdue: dict[OrderId | None, Overdue]) -> Line:
    late = overdue.get(listed.order.id)
    pill, tone = status_text(listed.order.status), "neutral"
    if late is not None:
        pill, tone = _("Overdue"), "amber"
    elif listed.changing:
        pill, tone = _("Changing"), "amber"
    elif listed.order.status is OrderStatus.DONE:
        tone = "green"
    said = order_line(listed)
    if listed.order.status is not OrderStatus.DRAFT and listed.open.amount:
        said = f"{said} · {owed_text(listed.open.amount, listed.order.currency)}"
    if late is not None:
        said = f"{said} · {_('{amount} overdue').format(amount=amounts.money_shown(late.amount))}"
    return Line(listed.order.title, said, pill, tone)
