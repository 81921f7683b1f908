"""The money of an order: what is due when, and what changed hands."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import WholeOrder
from crm_desktop.domain.payments import (
    OrderAccount,
    Payment,
    PaymentDueId,
    PaymentId,
    PaymentKind,
    PlannedPayment,
)
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.order_words import owed_text, payment_text, planned_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label, refill, remove_button, row
from crm_desktop.ui.widgets.edit import LineEdit


class OrderMoney(QWidget):
    """Shows it; `payment_wanted` and `refund_wanted` ask for a sheet, `receipt_wanted` for a paper.

    `receipt_wanted` carries the payment's number.
    """

    payment_wanted = Signal()
    refund_wanted = Signal()
    receipt_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[WholeOrder, OrderAccount] | None = None
        self.stands = label("", "strong", wrap=True)
        self.note = button(_("+ Payment"), kind="link", clicked=self.payment_wanted.emit)
        self.give_back = button(_("+ Refund"), kind="link", clicked=self.refund_wanted.emit)
        self.plan: list[QWidget] = []
        self.payments: list[QWidget] = []
        self._plan, self._payments = QVBoxLayout(), QVBoxLayout()
        for lines in (self._plan, self._payments):
            lines.setSpacing(0)
        self.amount = LineEdit(name=_("A part of the price"))
        self.amount.setPlaceholderText(_("200 or 20 %; empty for the rest"))
        self.day = LineEdit(name=_("Due on"))
        self.day.setPlaceholderText(_("due on …"))
        for field in (self.amount, self.day):
            field.takes_enter = True
            field.returnPressed.connect(self.add_part)
            field.textEdited.connect(self._calm)
        self._add = button(_("Add to the plan"), clicked=self.add_part)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        line = row(self.amount, self.day, self._add, spacing=SPACE.xs)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(
            row(label(_("Payments"), "section"), None, self.give_back, self.note, spacing=SPACE.m)
        )
        box.addWidget(self.stands)
        box.addLayout(self._plan)
        box.addLayout(line)
        box.addWidget(self.error)
        box.addLayout(self._payments)

    def show_account(self, whole: WholeOrder, account: OrderAccount) -> None:
        """Show how an order stands."""
        if self.shown is not None and self.shown[0].order.id != whole.order.id:
            self.amount.clear()
            self.day.clear()
            self._calm()
        self.shown = (whole, account)
        currency = whole.order.currency
        received = amounts.money_shown(Money(account.balance.received, currency))
        self.stands.setText(
            _("{received} received · {owed}").format(
                received=received, owed=owed_text(account.balance.open, currency)
            )
        )
        self.give_back.setVisible(account.balance.received > 0)
        today = date.today()
        self.plan = [self._part(part, currency, today) for part in account.plan]
        self.payments = [self._payment(one, currency) for one in account.payments]
        for lines, made in ((self._plan, self.plan), (self._payments, self.payments)):
            refill(lines, made)

    def _part(self, part: PlannedPayment, currency: str, today: date) -> QWidget:
        made = QWidget()
        late = part.is_late(today)
        role = "error" if late else "secondary"
        line = row(label(planned_text(part, currency, today), role, wrap=True))
        line.setStretch(0, 1)
        if part.due.id is not None:
            line.addWidget(
                remove_button(_("Remove this part"), partial(self._remove_due, part.due.id))
            )
        made.setLayout(line)
        return made

    def _payment(self, payment: Payment, currency: str) -> QWidget:
        made = QWidget()
        amount = amounts.money_shown(payment.money)
        if payment.kind is PaymentKind.REFUND:
            amount = f"−{amount}"
        line = row(label(amount), label(payment_text(payment, currency), "secondary", wrap=True))
        line.setStretch(1, 1)
        number = payment.id
        assert number is not None
        if payment.voided_at is None or payment.number:
            receipt = button(_("Receipt"), kind="link", clicked=partial(self._receipt, number))
            line.addWidget(receipt)
        if not payment.number:
            line.addWidget(remove_button(_("Remove the payment"), partial(self._remove, number)))
        elif payment.voided_at is None:
            line.addWidget(button(_("Void"), kind="link", clicked=partial(self._void, number)))
        made.setLayout(line)
        return made

    # Writing.

    def add_part(self) -> None:
        """Put a part into the plan."""
        if self.shown is None or self.shown[0].order.id is None:
            return
        payments, number = session_of(self).workspace.payments, self.shown[0].order.id
        amount, day = self.amount.text(), self.day.text()
        if not amount.strip() and not day.strip():
            return
        first = not any(part.due.id is not None for part in self.shown[1].plan)
        kind = PaymentKind.DEPOSIT if first else PaymentKind.INSTALMENT
        if not amount.strip():
            kind = PaymentKind.BALANCE

        def done(_number: PaymentDueId) -> None:
            if (self.amount.text(), self.day.text()) == (amount, day):
                self.amount.clear()
                self.day.clear()

        op = WriteOp(self, lambda: payments.add_due(number, kind, amount, day))
        op.success(done).failure(self._tell).run()

    def _remove_due(self, number: PaymentDueId, *_checked: object) -> None:
        payments = session_of(self).workspace.payments
        self._run(lambda: payments.remove_due(number), _("The part is removed"))

    def _remove(self, number: PaymentId, *_checked: object) -> None:
        payments = session_of(self).workspace.payments
        self._run(lambda: payments.remove(number), _("The payment is removed"))

    def _void(self, number: PaymentId, *_checked: object) -> None:
        payments = session_of(self).workspace.payments
        words = _("Entered by mistake")
        self._run(lambda: payments.void(number, words), _("The payment is void"))

    def _receipt(self, number: PaymentId, *_checked: object) -> None:
        payments = session_of(self).workspace.payments

        def written(_number: str) -> None:
            self.receipt_wanted.emit(number)

        WriteOp(self, lambda: payments.receipt(number)).success(written).failure(self._tell).run()

    def _run(self, act: object, words: str) -> None:
        host = host_of(self)

        def done(step: StepId) -> None:
            host.toast(words, undo=step)

        WriteOp(self, act).success(done).failure(self._tell).run()  # type: ignore[arg-type]

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()

    def _calm(self) -> None:
        self.error.hide()
