"""Quotations in the user's words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.money import Money
from crm_desktop.domain.pricing import Taxes, quantity_text
from crm_desktop.domain.quotations import (
    Quotation,
    QuotationLine,
    QuotationStatus,
    is_expired,
)
from crm_desktop.i18n import _, language, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import Colours, Tint

_MINUS = "\N{MINUS SIGN}"
# Commas and points change places in a number.
_TURNED = str.maketrans(",.", ".,")


def status_text(one: Quotation, today: date) -> str:
    """How far a quotation has come; one that has run out says so."""
    if is_expired(one, today):
        return pgettext("quotation", "Expired")
    return {
        QuotationStatus.DRAFT: pgettext("quotation", "Draft"),
        QuotationStatus.ISSUED: pgettext("quotation", "Issued"),
        QuotationStatus.ACCEPTED: pgettext("quotation", "Accepted"),
        QuotationStatus.DECLINED: pgettext("quotation", "Declined"),
        QuotationStatus.REPLACED: pgettext("quotation", "Replaced"),
    }[one.status]


def status_tint(one: Quotation, today: date, c: Colours) -> Tint:
    """The colours of that."""
    if is_expired(one, today):
        return c.amber
    return {
        QuotationStatus.ISSUED: c.blue,
        QuotationStatus.ACCEPTED: c.green,
        QuotationStatus.DECLINED: c.red,
    }.get(one.status, c.neutral)


def number_text(one: Quotation) -> str:
    """Its number; of a draft, that it is one."""
    return one.reference or pgettext("quotation", "Draft")


def paper_name(one: Quotation) -> str:
    """What its paper is called, and its file."""
    return _("Quotation {number}").format(number=one.reference or one.title)


def day_text(day: date | None) -> str:
    """A day as people write it, "" for none."""
    return "" if day is None else say.short_date(day.year, day.month, day.day)


def until_text(one: Quotation) -> str:
    """Its last day in a line; "" where it has none."""
    day = day_text(one.valid_until)
    return _("until {day}").format(day=day) if day else ""


def taxes_text(taxes: Taxes) -> str:
    """How its prices stand to taxes."""
    return {
        Taxes.ADDED: pgettext("prices", "Without tax"),
        Taxes.INCLUDED: pgettext("prices", "With tax"),
    }[taxes]


def kind_text(kind: LineKind) -> str:
    """What a line is."""
    return {
        LineKind.ITEM: pgettext("line", "Item"),
        LineKind.OPTION: pgettext("line", "Option"),
        LineKind.TEXT: pgettext("line", "Text"),
    }[kind]


def field_text(field: str) -> str:
    """The head of a column of lines."""
    return {
        "description": _("Description"),
        "quantity": _("Quantity"),
        "unit": _("Unit"),
        "price": _("Price"),
        "discount": _("Discount"),
        "tax_rate": _("Tax"),
        "amount": _("Amount"),
    }[field]


def figure(amount: int, currency: str) -> str:
    """Minor units as `1,250.50`, where the currency goes without saying."""
    value = Money(abs(amount), currency).value
    text = f"{value:,f}"
    text = text.translate(_TURNED) if language() == "pt" else text
    return f"{_MINUS}{text}" if amount < 0 else text


def line_shown(line: QuotationLine, field: str, currency: str) -> str:
    """A field of a line as it reads; what is nothing reads as nothing."""
    if field == "quantity":
        return _number(line.quantity)
    if field == "price":
        return figure(line.price, currency)
    if field == "tax_rate":
        return amounts.rate_shown(line.tax_rate) if line.tax_rate else ""
    if field == "discount":
        parts = []
        if line.discount_percent:
            parts.append(f"{_MINUS}{amounts.rate_shown(line.discount_percent)}")
        if line.discount_amount:
            parts.append(figure(-line.discount_amount, currency))
        return " ".join(parts)
    return str(getattr(line, field))


def line_typed(line: QuotationLine, field: str, currency: str, country: str) -> str:
    """A field of a line as it is typed again."""
    if field == "quantity":
        return amounts.number_typed(Decimal(quantity_text(line.quantity)), country)
    if field == "price":
        return amounts.number_typed(Money(line.price, currency).value, country)
    if field == "tax_rate":
        return amounts.rate_typed(line.tax_rate) if line.tax_rate else ""
    if field == "discount":
        return discount_typed(line.discount_percent, line.discount_amount, currency, country)
    return str(getattr(line, field))


def discount_typed(percent: int, amount: int, currency: str, country: str) -> str:
    """What comes off, as it is typed again: `10 % + 50.00`."""
    parts = [f"{amounts.rate_typed(percent)} %"] if percent else []
    if amount:
        parts.append(amounts.number_typed(Money(amount, currency).value, country))
    return " + ".join(parts)


def _number(value: Decimal) -> str:
    whole, _point, part = quantity_text(value).partition(".")
    text = say.number(int(whole))
    return f"{text}{',' if language() == 'pt' else '.'}{part}" if part else text
