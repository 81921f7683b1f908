"""Small windows of an order: a new one, a payment, goods that come back, cancelling it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import (
    Cancellation,
    OrderId,
    OrderLineId,
    WholeOrder,
    left_of,
)
from crm_desktop.domain.payments import OrderAccount, PaymentKind
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.ui.dialogs.sheet import Sheet, label_for
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.order_words import kind_text, owed_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.edit import LineEdit


class _FormSheet(Sheet):
    """Fields under each other; Enter saves, what is refused is said at its field."""

    def __init__(self, title: str, yes: str, parent: QWidget, fields: Mapping[str, Any]) -> None:
        super().__init__(title, parent, width=440)
        self.fields = dict(fields)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(SPACE.m)
        self.form.setVerticalSpacing(SPACE.s)
        for edit in self.fields.values():
            self.form.addRow(label_for(edit), edit)
            if isinstance(edit, LineEdit):
                edit.textEdited.connect(self._hide_error)
        self.body.addLayout(self.form)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(yes, kind="primary", clicked=self.save)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)
        self.keep_typed(self._typed_texts)

    def save(self) -> None:
        """Save what is typed."""
        raise NotImplementedError

    def _typed_texts(self) -> list[str]:
        return [e.currentText() if isinstance(e, QComboBox) else e.text()
                for e in self.fields.values()]  # fmt: skip

    def _run(self, act: Callable[[], Any], done: Callable[[Any], object]) -> None:
        if not self.yes.isEnabled():
            return  # it is on its way
        self.yes.setEnabled(False)

        def finished(result: Any) -> None:
            self.accept()
            done(result)

        WriteOp(self, act).success(finished).failure(self._refused).always(self._answered).run()

    def _answered(self) -> None:
        self.yes.setEnabled(True)

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        edit = self.fields.get(error.field or "", next(iter(self.fields.values())))
        edit.setAccessibleDescription(str(error))
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(edit, LineEdit):
            edit.selectAll()

    def _hide_error(self) -> None:
        self.error.hide()
        for edit in self.fields.values():
            edit.setAccessibleDescription("")


class NewOrder(_FormSheet):
    """Whose order, and what about."""

    def __init__(
        self,
        parent: QWidget,
        *,
        customer: tuple[CustomerId, str] | None = None,
        made: Callable[[OrderId], object],
    ) -> None:
        self.customer = CustomerPick(_("Customer"))
        self.title = LineEdit(name=_("What it is about"))
        self.title.setPlaceholderText(_("Azores in May, new kitchen …"))
        if customer is not None:
            self.customer.show_customer(*customer)
        fields = {"customer": self.customer, "title": self.title}
        super().__init__(_("New order"), _("Begin"), parent, fields)
        self._orders = session_of(parent).workspace.orders
        self._made = made
        first = self.title if customer is not None else self.customer
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Begin it."""
        customer = self.customer.customer
        if customer is None:
            typed = self.customer.text().strip()
            words = _("Nobody is called “{name}”. Choose somebody from the list.")
            said = words.format(name=typed) if typed else _("Say whose it is.")
            self._refused(UserError(said, field="customer"))
            return
        orders, title = self._orders, self.title.text()
        self._run(lambda: orders.create(title, customer), self._made)


class NotePayment(_FormSheet):
    """What changed hands for an order; what is due next is there already."""

    def __init__(
        self,
        parent: QWidget,
        whole: WholeOrder,
        account: OrderAccount,
        *,
        refund: bool = False,
        noted: Callable[[object], object],
    ) -> None:
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind"))
        for kind in PaymentKind:
            self.kind.addItem(kind_text(kind), kind)
        self.amount = LineEdit(name=_("Amount"))
        self.amount.setPlaceholderText(_("1250.50 EUR"))
        self.paid_on = LineEdit(name=_("Paid on"))
        self.paid_on.setPlaceholderText(_("today"))
        self.method = LineEdit(name=_("By what"))
        self.method.setPlaceholderText(_("cash, card, transfer …"))
        self.reference = LineEdit(name=_("Reference"))
        self.rate = LineEdit(name=_("Rate"))
        words = _("How much {currency} one unit of another currency is")
        self.rate.setPlaceholderText(words.format(currency=whole.order.currency))
        fields = {
            "kind": self.kind,
            "amount": self.amount,
            "paid_on": self.paid_on,
            "method": self.method,
            "reference": self.reference,
            "rate": self.rate,
        }
        title = _("Note a refund") if refund else _("Note a payment")
        self._propose(account, whole.order.currency, refund=refund)
        super().__init__(title, _("Save"), parent, fields)
        stands = owed_text(account.balance.open, whole.order.currency)
        self.body.insertWidget(1, label(stands, "secondary"))
        self._payments = session_of(parent).workspace.payments
        self._order, self._noted = whole.order.id, noted
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()

    def _propose(self, account: OrderAccount, currency: str, *, refund: bool) -> None:
        kind, amount = PaymentKind.BALANCE, 0
        if refund:
            kind, amount = PaymentKind.REFUND, max(0, -account.balance.open)
        elif waiting := [part for part in account.plan if part.open > 0]:
            kind, amount = waiting[0].due.kind, waiting[0].open
        self.kind.setCurrentIndex(self.kind.findData(kind))
        if amount:
            self.amount.setText(amounts.money_typed(Money(amount, currency)))

    def save(self) -> None:
        """Note it."""
        payments, order = self._payments, self._order
        assert order is not None
        kind = PaymentKind(self.kind.currentData())
        amount, paid_on, method, reference, rate = (
            edit.text()
            for edit in (self.amount, self.paid_on, self.method, self.reference, self.rate)
        )
        self._run(
            lambda: payments.note(
                order,
                kind,
                amount,
                paid_on=paid_on,
                method=method,
                reference=reference,
                rate=rate,
            ),
            self._noted,
        )


class CancelOrder(_FormSheet):
    """What cancelling costs, by what was agreed, and why it is cancelled."""

    def __init__(
        self,
        parent: QWidget,
        whole: WholeOrder,
        comes_to: Cancellation,
        *,
        cancelled: Callable[[object], object],
    ) -> None:
        currency = whole.order.currency
        self.fee = LineEdit(name=_("Fee"))
        self.fee.setText(amounts.money_typed(Money(comes_to.fee, currency)))
        self.reason = LineEdit(name=_("Why"))
        title = _("Cancel {number}").format(number=whole.order.number)
        super().__init__(
            title, _("Cancel the order"), parent, {"fee": self.fee, "reason": self.reason}
        )
        by = _("By what was agreed: {rate} of {total}. {received} was received.").format(
            rate=amounts.rate_shown(comes_to.percent),
            total=amounts.money_shown(Money(comes_to.total, currency)),
            received=amounts.money_shown(Money(comes_to.received, currency)),
        )
        self.body.insertWidget(1, label(by, "secondary", wrap=True))
        self._orders = session_of(parent).workspace.orders
        self._order, self._cancelled = whole.order.id, cancelled
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Cancel it."""
        orders, order = self._orders, self._order
        assert order is not None
        fee, reason = self.fee.text(), self.reason.text()
        self._run(lambda: orders.cancel(order, reason, fee=fee), self._cancelled)


class TakeBack(_FormSheet):
    """What came back: a field for each line of which something is left."""

    def __init__(
        self, parent: QWidget, whole: WholeOrder, country: str, *, taken: Callable[[object], object]
    ) -> None:
        left = left_of(whole.lines)
        self._goods: dict[OrderLineId, LineEdit] = {}
        fields: dict[str, Any] = {}
        for line in whole.lines:
            if line.id is not None and line.returns is None and left.get(line.key, 0) > 0:
                edit = LineEdit(name=line.description)
                most = amounts.quantity_typed(left[line.key], country)
                words = _("up to {n} {unit}").format(n=most, unit=line.unit)
                edit.setPlaceholderText(words.strip())
                self._goods[line.id] = edit
                fields[f"line{line.id}"] = edit
        self.reason = LineEdit(name=_("Why"))
        fields["reason"] = self.reason
        super().__init__(_("Goods that come back"), _("Take back"), parent, fields)
        self.body.insertWidget(
            1,
            label(
                _("The price falls by what they came to; the order gets a new version."),
                "secondary",
                wrap=True,
            ),
        )
        self._orders = session_of(parent).workspace.orders
        self._order, self._taken = whole.order.id, taken
        next(iter(fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Take back what is typed."""
        orders, order = self._orders, self._order
        assert order is not None
        goods = {line: edit.text() for line, edit in self._goods.items() if edit.text().strip()}
        reason = self.reason.text()
        self._run(lambda: orders.take_back(order, goods, reason), self._taken)
