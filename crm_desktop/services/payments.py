"""Payments: noted, receipted, voided; what is due when, what is late, and who was reminded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import MOST, Money
from crm_desktop.domain.names import shortened
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.orders import Order, OrderId
from crm_desktop.domain.payments import (
    OrderAccount,
    Overdue,
    Payment,
    PaymentDue,
    PaymentDueId,
    PaymentId,
    PaymentKind,
    Reminder,
    Statement,
    Tone,
    balance,
    late,
)
from crm_desktop.domain.pricing import HUNDRED_PERCENT
from crm_desktop.i18n import _
from crm_desktop.services import amounts, inputs, numbers
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import payments as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import ORDERS, PAYMENT_DUES, PAYMENTS, REMINDERS

Act = Callable[[Connection], object]


class PaymentService:
    """The payments of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings: SettingsService) -> None:
        self._archive = archive
        self._settings = settings

    # Reading

    def account(self, order: OrderId) -> OrderAccount:
        """How an order stands, what is due when, and what changed hands.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = rows.account(c, order)
        if found is None:
            raise UserError(_("This order is not there any more."))
        return found

    def get(self, number: PaymentId) -> Payment:
        """One payment.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            found = PAYMENTS.get(c, number)
        if found is None:
            raise UserError(_("This payment is not there any more."))
        return found

    def overdue(self, today: date | None = None) -> Sequence[Overdue]:
        """All orders of which something is late, the longest first."""
        with self._archive.reading() as c:
            return rows.overdue(c, today or date.today())

    def statements(self, customer: CustomerId) -> Sequence[Statement]:
        """A customer's orders and payments by day, a statement for each currency."""
        with self._archive.reading() as c:
            return rows.statements(c, customer)

    # What is due when

    def add_due(
        self, order: OrderId, kind: PaymentKind, amount: str = "", due_on: str = ""
    ) -> PaymentDueId:
        """Have a part of the price be due.

        Args:
            order: of which order.
            kind: what it is; no refund.
            amount: as typed: an amount, a percentage of what the order comes to now, or "" for
                the rest.
            due_on: the day, as typed; "" for none.

        Raises:
            UserError: a part of it makes no sense, all parts are more than the order comes to,
                or there is a rest already.
        """
        found = self._order(order)
        if kind is PaymentKind.REFUND:
            raise UserError(_("A refund is no part of the price."), field="kind")
        made = PaymentDue(
            kind, self._part(found, amount), self._day(due_on, "due_on"), order_id=order
        )
        self._check_plan(found, made)
        number: list[int] = []
        self._step(_plan(found), lambda c: number.append(rows.append_due(c, made)))
        return PaymentDueId(number[0])

    def update_due(self, number: PaymentDueId, field: str, value: str) -> StepId | None:
        """Change a part of the price.

        Args:
            number: which.
            field: kind, amount, due_on.
            value: as typed.

        Raises:
            UserError: as `add_due`.
        """
        due = self._due(number)
        order = self._order(due.order_id)
        changes: dict[str, Any]
        if field == "kind":
            kind = PaymentKind(inputs.one_of(PaymentKind, value, field))
            if kind is PaymentKind.REFUND:
                raise UserError(_("A refund is no part of the price."), field=field)
            changes = {field: kind}
        elif field == "amount":
            changes = {field: self._part(order, value)}
        elif field == "due_on":
            changes = {field: self._day(value, field)}
        else:
            raise ValueError(field)
        if getattr(due, field) == changes[field]:
            return None
        self._check_plan(order, replace(due, **changes))
        return self._step(_plan(order), lambda c: PAYMENT_DUES.update(c, [number], changes))

    def remove_due(self, number: PaymentDueId) -> StepId:
        """Take a part of the price away; it goes to the rest."""
        order = self._order(self._due(number).order_id)
        return self._step(_plan(order), lambda c: PAYMENT_DUES.delete(c, [number]))

    # What changed hands

    def note(
        self,
        order: OrderId,
        kind: PaymentKind,
        amount: str,
        *,
        paid_on: str = "",
        method: str = "",
        reference: str = "",
        rate: str = "",
        notes: str = "",
    ) -> PaymentId:
        """Note what changed hands.

        Args:
            order: for which order.
            kind: what it is.
            amount: as typed, with its currency where that is not the order's.
            paid_on: the day, as typed; "" for today.
            method: cash, card, transfer, as typed.
            reference: of the bank or the till, as typed.
            notes: as typed.
            rate: how much of the order's currency one unit of the other one is, as typed.

        Raises:
            UserError: a part of it makes no sense, or more would go back than came in.
        """
        found = self._order(order)
        country = self._settings.home_country()
        asked = amounts.amount(amount, "amount", currency=found.currency, country=country)
        if not asked:
            raise UserError(_("Say how much changed hands; it is above zero."), field="amount")
        given, counted = self._counted(asked, rate, found.currency)
        made = Payment(
            kind,
            self._day(paid_on, "paid_on") or date.today(),
            asked.amount,
            asked.currency,
            counted,
            given,
            order_id=order,
            method=inputs.line(method, "method"),
            reference=inputs.line(reference, "reference"),
            notes=inputs.long_text(notes, "notes"),
            created_at=datetime.now(UTC),
        )
        self._check_refunds(found, made)
        number: list[int] = []
        name = (
            _("Refund of {amount} for {title}")
            if kind is PaymentKind.REFUND
            else _("Payment of {amount} for {title}")
        ).format(amount=amounts.money_shown(asked), title=shortened(found.title))
        self._step(name, lambda c: number.append(PAYMENTS.insert(c, made)))
        return PaymentId(number[0])

    def update(self, number: PaymentId, field: str, value: str) -> StepId | None:
        """Change a field of a payment without a receipt.

        Args:
            number: which.
            field: kind, paid_on, amount, rate, method, reference, notes.
            value: as typed.

        Raises:
            UserError: the value makes no sense there, or its receipt is out.
        """
        before = self._open(number)
        order = self._order(before.order_id)
        changes = self._changes(before, order, field, value)
        if all(getattr(before, name) == new for name, new in changes.items()):
            return None
        self._check_refunds(order, replace(before, **changes))
        return self._step(_of(order), lambda c: PAYMENTS.update(c, [number], changes))

    def remove(self, number: PaymentId) -> StepId:
        """Take a payment without a receipt away; returns the step, for Undo.

        Raises:
            UserError: its receipt is out, or more would have gone back than came in.
        """
        found = self._open(number)
        order = self._order(found.order_id)
        self._check_refunds(order, replace(found, voided_at=datetime.now(UTC)))
        return self._step(_of(order), lambda c: PAYMENTS.delete(c, [number]))

    def receipt(self, number: PaymentId) -> str:
        """Give a payment its receipt's number, for good; one that has it keeps it.

        Raises:
            UserError: it was voided.
        """
        found = self.get(number)
        if found.number:
            return found.number
        if found.voided_at is not None:
            raise UserError(_("This payment was voided."))
        order, now = self._order(found.order_id), datetime.now(UTC)

        def act(c: Connection) -> str:
            written = numbers.give(c, Series.RECEIPT, now)
            PAYMENTS.update(c, [number], {"number": written, "receipted_at": now})
            return written

        name = _("Receipt for {title}").format(title=shortened(order.title))
        return self._archive.write(name, act)

    def void(self, number: PaymentId, reason: str) -> StepId:
        """Have a payment not count any more; it stays listed, and so does its receipt's number.

        Raises:
            UserError: nobody says why, or more would have gone back than came in.
        """
        found = self.get(number)
        why = inputs.title(reason, "reason", _("Say why it does not count."))
        if found.voided_at is not None:
            raise UserError(_("This payment was voided."))
        order, now = self._order(found.order_id), datetime.now(UTC)
        self._check_refunds(order, replace(found, voided_at=now))
        changes = {"voided_at": now, "reason": why}
        return self._step(_of(order), lambda c: PAYMENTS.update(c, [number], changes))

    def remind(self, order: OrderId, tone: Tone, *, today: date | None = None) -> StepId:
        """Note that a letter about what is late went out.

        Raises:
            UserError: nothing is late.
        """
        found = self._order(order)
        owed = late(self.account(order).plan, today or date.today())
        if owed is None:
            raise UserError(_("Nothing of this order is late."))
        made = Reminder(tone, owed[0], datetime.now(UTC), order)
        name = _("Reminder for {title}").format(title=shortened(found.title))
        return self._step(name, lambda c: REMINDERS.insert(c, made))

    # Parts

    def _changes(self, before: Payment, order: Order, field: str, value: str) -> Mapping[str, Any]:
        if field == "kind":
            return {field: PaymentKind(inputs.one_of(PaymentKind, value, field))}
        if field == "paid_on":
            day = self._day(value, field)
            if day is None:
                raise UserError(_("Say on which day."), field=field)
            return {field: day}
        if field in ("method", "reference"):
            return {field: inputs.line(value, field)}
        if field == "notes":
            return {field: inputs.long_text(value, field)}
        country = self._settings.home_country()
        asked: Money | None = before.money
        rate = "" if before.currency == order.currency else f"{before.rate:f}"
        if field == "amount":
            asked = amounts.amount(value, field, currency=before.currency, country=country)
            if asked is not None and asked.currency == order.currency:
                rate = ""
        elif field == "rate":
            rate = value
        else:
            raise ValueError(field)
        if not asked:
            raise UserError(_("Say how much changed hands; it is above zero."), field="amount")
        given, counted = self._counted(asked, rate, order.currency)
        return {
            "amount": asked.amount,
            "currency": asked.currency,
            "rate": given,
            "counted": counted,
        }

    def _counted(self, asked: Money, rate: str, currency: str) -> tuple[Decimal, int]:
        """The rate, and what an amount is in the order's currency."""
        found = amounts.exchange_rate(rate, "rate")
        if asked.currency == currency:
            if found not in (None, Decimal(1)):
                words = _("It is in {currency} like the order: there is no rate.")
                raise UserError(words.format(currency=currency), field="rate")
            return Decimal(1), asked.amount
        if found is None:
            words = _("Write how much {currency} one {other} is.")
            raise UserError(words.format(currency=currency, other=asked.currency), field="rate")
        counted = asked.converted(found, currency)
        if not 0 < counted.amount <= MOST:
            words = _("At this rate it comes to nothing that can be kept.")
            raise UserError(words, field="rate")
        return found, counted.amount

    def _part(self, order: Order, text: str) -> int | None:
        """A part of the price as typed; None for the rest."""
        kept = inputs.tidy(text)
        if not kept:
            return None
        assert order.id is not None
        if kept.endswith(("%", "％")):
            percent = amounts.rate(kept, "amount") or 0
            total = self.account(order.id).balance.total
            found = amounts.share(total, percent, HUNDRED_PERCENT)
        else:
            country = self._settings.home_country()
            asked = amounts.amount(kept, "amount", currency=order.currency, country=country)
            found = 0 if asked is None else amounts.alike(asked, order.currency, "amount").amount
        if found <= 0:
            raise UserError(_("A part of the price is above zero."), field="amount")
        return found

    def _check_plan(self, order: Order, due: PaymentDue) -> None:
        assert order.id is not None
        with self._archive.reading() as c:
            others = [one for one in rows.dues(c, order.id) if one.id != due.id]
        if due.amount is None:
            if any(one.amount is None for one in others):
                raise UserError(_("There is a part for the rest already."), field="amount")
            return
        total = self.account(order.id).balance.total
        if due.amount + sum(one.amount or 0 for one in others) > total:
            words = _("All parts together are more than the order comes to, {total}.")
            shown = amounts.money_shown(Money(total, order.currency))
            raise UserError(words.format(total=shown), field="amount")

    def _check_refunds(self, order: Order, changed: Payment) -> None:
        """Refuse that more goes back than came in."""
        assert order.id is not None
        with self._archive.reading() as c:
            others = [one for one in rows.of_order(c, order.id) if one.id != changed.id]
        stands = balance(0, [*others, changed])
        if stands.received < 0 and stands.refunded:
            came = Money(stands.paid, order.currency)
            words = _("No more can go back than came in, {amount}.")
            raise UserError(words.format(amount=amounts.money_shown(came)), field="amount")

    def _open(self, number: PaymentId) -> Payment:
        found = self.get(number)
        if found.number:
            words = _("Receipt {number} is out and stays. Void the payment, and note it anew.")
            raise UserError(words.format(number=found.number))
        if found.voided_at is not None:
            raise UserError(_("This payment was voided."))
        return found

    def _due(self, number: PaymentDueId) -> PaymentDue:
        with self._archive.reading() as c:
            found = PAYMENT_DUES.get(c, number)
        if found is None:
            raise UserError(_("This part of the price is not there any more."))
        return found

    def _order(self, number: OrderId | None) -> Order:
        with self._archive.reading() as c:
            found = None if number is None else ORDERS.get(c, number)
        if found is None:
            raise UserError(_("This order is not there any more."))
        return found

    def _day(self, text: str, field: str) -> date | None:
        found = inputs.day(text, self._settings.home_country(), field)
        return None if found is None else date.fromisoformat(found)

    def _step(self, name: str, act: Act) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def _plan(order: Order) -> str:
    return _("What is due for {title}").format(title=shortened(order.title))


def _of(order: Order) -> str:
    return _("Payment for {title}").format(title=shortened(order.title))
