"""A receipt for a payment, or for what was given back, in the customer's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import Order
from crm_desktop.domain.payments import Balance, Payment, PaymentKind
from crm_desktop.domain.settings import Firm
from crm_desktop.i18n import _, pgettext, speaking
from crm_desktop.reports import figures, layout, letter, wording
from crm_desktop.reports.fonts import Weight, missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.order import kind_text
from crm_desktop.reports.paper import Paper
from crm_desktop.reports.text import Style, line

_AMOUNT = Style(20, layout.INK, 26, Weight.SEMIBOLD, kern=True)
_LABEL_WIDTH = 130.0
_SIGN = 200.0


@dataclass(frozen=True, slots=True)
class PrintedReceipt:
    """All that a receipt is drawn from.

    Attributes:
        balance: how the order stood after this payment.
    """

    payment: Payment
    order: Order
    balance: Balance
    customer: Customer
    firm: Firm
    home_country: str = ""


def receipt_pdf(printed: PrintedReceipt) -> bytes:
    """Draw a receipt; equal arguments give equal bytes."""
    payment, language = printed.payment, printed.order.language
    with speaking(language):
        name = _("Receipt {number}").format(number=payment.number)
        at = payment.receipted_at or dt.datetime.combine(payment.paid_on, dt.time(12), dt.UTC)
        paper = Paper(
            printed.firm,
            language,
            at.astimezone(),
            printed.home_country,
            foot=name,
            mark=pgettext("receipt", "Void") if payment.voided_at else "",
        )
        paper.add(name, _rows(printed, paper.width))
        return paper.finish(name, printed.order.title)


def missing_in(printed: PrintedReceipt) -> str:
    """The characters of it that no shipped font can draw."""
    payment = printed.payment
    words = (printed.order.title, payment.method, payment.reference)
    return missing_characters((*letter.texts(printed.firm, printed.customer), *words))


def _rows(printed: PrintedReceipt, width: float) -> list[Row]:
    payment, order = printed.payment, printed.order
    language = order.language
    locale = letter.locale(language, printed.home_country)
    refund = payment.kind is PaymentKind.REFUND
    written = payment.receipted_at.astimezone().date() if payment.receipted_at else payment.paid_on
    facts = [
        (pgettext("quotation", "Number"), payment.number),
        (_("Date"), wording.date_text(written, language)),
        (_("Order"), order.number),
    ]
    name = _("Receipt for a refund") if refund else _("Receipt")
    status = pgettext("receipt", "Void") if payment.voided_at else ""
    words = _("We have given back to {name}:") if refund else _("We have received from {name}:")
    amount = Row(_AMOUNT.leading + 10)
    amount.put(0, line(figures.money_text(payment.money, locale), _AMOUNT), _AMOUNT, top=4)
    rows = [
        *letter.head(printed.customer, facts, width, language, printed.home_country),
        layout.space(16),
        *letter.title(name, order.title, width, status),
        layout.space(18),
        *layout.paragraph(words.format(name=printed.customer.name), layout.TEXT, x=0, width=width),
        amount,
    ]
    for label, value in _facts(printed, locale):
        if value:
            rows += layout.fact(label, [value], width=width, label_width=_LABEL_WIDTH)
    signed = Row(46)
    signed.shapes.append(("rule", width - _SIGN, 30, _SIGN, 0.6, layout.MUTED))
    signed.put(width - _SIGN, line(_("Signature"), layout.LABEL), layout.LABEL, top=33)
    return [*rows, layout.space(24), signed]


def _facts(printed: PrintedReceipt, locale: str) -> list[tuple[str, str]]:
    payment, order, stands = printed.payment, printed.order, printed.balance

    def money(amount: int) -> str:
        return figures.money_text(Money(amount, order.currency), locale)

    counted = ""
    if payment.currency != order.currency:
        words = _("{amount}, at a rate of {rate}")
        rate = figures.number_text(payment.rate, locale)
        counted = words.format(amount=money(payment.counted), rate=rate)
    owed = [
        (_("Price"), money(stands.total)),
        (_("Received so far"), money(stands.received)),
        (_("Still to be paid"), money(stands.open) if stands.open > 0 else ""),
        (_("To be given back"), money(-stands.open) if stands.open < 0 else ""),
    ]
    return [
        (_("For"), kind_text(payment.kind)),
        (_("Paid on"), wording.date_text(payment.paid_on, order.language)),
        (pgettext("payment", "By"), payment.method),
        (_("Reference"), payment.reference),
        (_("Counted as"), counted),
        *(owed if payment.voided_at is None else []),
    ]
