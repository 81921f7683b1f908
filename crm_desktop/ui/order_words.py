"""Orders and payments in the user's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import ListedOrder, OrderStatus, PaperState, TravellerPaper
from crm_desktop.domain.payments import Payment, PaymentKind, PlannedPayment, Tone
from crm_desktop.domain.pricing import Taxes, Totals
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import Colours, Tint


def status_text(status: OrderStatus) -> str:
    """How far an order has come."""
    return {
        OrderStatus.DRAFT: pgettext("order", "Draft"),
        OrderStatus.OPEN: pgettext("order", "Open"),
        OrderStatus.DONE: pgettext("order", "Done"),
        OrderStatus.CANCELLED: pgettext("order", "Cancelled"),
    }[status]


def status_tint(status: OrderStatus, c: Colours) -> Tint:
    """Its colours."""
    return {
        OrderStatus.DRAFT: c.amber,
        OrderStatus.OPEN: c.blue,
        OrderStatus.DONE: c.green,
        OrderStatus.CANCELLED: c.neutral,
    }[status]


def day_text(day: date | None) -> str:
    """A day in full; "" for none."""
    return "" if day is None else say.full_date(day.year, day.month, day.day)


def days_text(first: date | None, last: date | None) -> str:
    """From when to when; "" where nobody said."""
    told = [say.short_date(day.year, day.month, day.day) for day in (first, last) if day]
    return " – ".join(dict.fromkeys(told))


def order_line(listed: ListedOrder) -> str:
    """What stands below the title of an order in a list."""
    one = listed.order
    parts = [
        listed.customer_name,
        amounts.money_shown(listed.total),
        one.number,
        days_text(listed.starts_on, listed.ends_on),
    ]
    return " · ".join(filter(None, parts))


def owed_text(amount: int, currency: str) -> str:
    """What is still to be paid, or to be given back."""
    shown = amounts.money_shown(Money(abs(amount), currency))
    if amount < 0:
        return _("{amount} to be given back").format(amount=shown)
    return _("{amount} to be paid").format(amount=shown) if amount else _("Paid in full")


def kind_text(kind: PaymentKind) -> str:
    """What a payment is."""
    return {
        PaymentKind.DEPOSIT: pgettext("payment", "Deposit"),
        PaymentKind.INSTALMENT: pgettext("payment", "Instalment"),
        PaymentKind.BALANCE: pgettext("payment", "Balance"),
        PaymentKind.REFUND: pgettext("payment", "Refund"),
    }[kind]


def tone_text(tone: Tone) -> str:
    """How a reminder speaks."""
    return {
        Tone.FRIENDLY: _("Friendly reminder"),
        Tone.FIRM: _("Second reminder, firmer"),
        Tone.FINAL: _("Final reminder"),
    }[tone]


def planned_text(part: PlannedPayment, currency: str, today: date) -> str:
    """A part of the plan: what, how much, when, and how far it is paid."""
    said = [kind_text(part.due.kind), amounts.money_shown(Money(part.amount, currency))]
    if part.due.due_on is not None:
        said.append(day_text(part.due.due_on))
    if not part.open:
        said.append(pgettext("payment", "paid"))
    elif part.is_late(today):
        said.append(_("overdue"))
    if part.paid and part.open:
        paid = amounts.money_shown(Money(part.paid, currency))
        said.append(_("{amount} paid").format(amount=paid))
    return " · ".join(said)


def payment_text(payment: Payment, currency: str) -> str:
    """A payment: when, what, by what, and its receipt."""
    said = [day_text(payment.paid_on), kind_text(payment.kind), payment.method, payment.reference]
    if payment.currency != currency:
        said.append(amounts.money_shown(Money(payment.counted, currency)))
    if payment.number:
        said.append(payment.number)
    if payment.voided_at is not None:
        said.append(_("void: {reason}").format(reason=payment.reason))
    return " · ".join(filter(None, said))


def paper_text(paper: TravellerPaper) -> str:
    """How a traveller stands with a document."""
    state = {
        PaperState.HERE: _("here"),
        PaperState.MISSING: _("overdue") if paper.late else _("missing"),
        PaperState.EXPIRES: _("expires too early"),
    }[paper.state]
    return f"{paper.requirement.kind}: {state}"


def sums_lines(totals: Totals, taxes: Taxes, currency: str) -> Iterator[tuple[str, str]]:
    """What lines come to, word by word, the total last."""

    def money(amount: int) -> str:
        return amounts.money_shown(Money(amount, currency))

    rates = [one for one in totals.taxes if one.rate]
    if totals.discount or totals.rounding or (taxes is Taxes.ADDED and rates):
        yield _("Subtotal"), money(totals.subtotal)
    if totals.discount:
        yield _("Discount"), money(-totals.discount)
    for one in rates:
        words = _("Tax {rate}") if taxes is Taxes.ADDED else _("of which tax {rate}")
        yield words.format(rate=amounts.rate_shown(one.rate)), money(one.tax)
    if totals.rounding:
        yield _("Rounding"), money(totals.rounding)
    yield _("Total"), money(totals.total)
