"""Values of own fields between the archive's writing and the user's: `1998-03-05`, 1998年3月5日."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import (
    BETWEEN,
    PLAIN,
    CustomField,
    FieldKind,
    Reading,
    is_of_kind,
    phone_parts,
    phone_value,
    referred,
)
from crm_desktop.domain.names import shortened
from crm_desktop.i18n import _, language, pgettext
from crm_desktop.services import inputs

_DATE = re.compile(r"(\d{4}|-)-(\d\d)(?:-(\d\d))?(?: (\d\d:\d\d)(?::\d\d)?)?")
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(?: ([A-Z]{3}))?")
_MOST_PLACES = 2  # that amounts of a currency are written with


def shown(kind: FieldKind, value: str) -> str:
    """A stored value as people read it in the program's language.

    What is not in the writing of its kind is text that was kept, and stays as it is.
    """
    return _shown(kind, value, language())


def get_ready() -> None:
    """Load what the first date and amount would wait for: 0.2 s, longer on a busy machine."""
    shown(FieldKind.DATE, "2000-01-01")
    shown(FieldKind.MONEY, "1.00 EUR")


def shown_fields(customer: Customer, names: Mapping[CustomerId, str]) -> dict[str, str]:
    """The values of a customer's own fields as people read them, by the field's name.

    Args:
        customer: whose.
        names: of the customers who stand in fields of his (`mentioned`).
    """
    kinds = customer.custom_kinds
    return {
        name: _named(value, names)
        if kinds.get(name) is FieldKind.CUSTOMER
        else shown(kinds.get(name, FieldKind.TEXT), value)
        for name, value in customer.custom.items()
    }


def plain_fields(customer: Customer, names: Mapping[CustomerId, str]) -> dict[str, str]:
    """The same as a table holds them, to be read again: numbers of phones, names of customers."""
    kinds = customer.custom_kinds
    plain = dict(customer.custom)
    for name, value in plain.items():
        if kinds.get(name) is FieldKind.CUSTOMER:
            plain[name] = _named(value, names)
        elif kinds.get(name) is FieldKind.PHONE:
            plain[name] = phone_parts(value)[0]
    return plain


def mentioned(customers: Iterable[Customer]) -> list[CustomerId]:
    """The customers who stand in fields of others."""
    found: dict[CustomerId, None] = {}
    for customer in customers:
        for name, kind in customer.custom_kinds.items():
            number = referred(customer.custom.get(name, "")) if kind is FieldKind.CUSTOMER else None
            if number is not None:
                found[CustomerId(number)] = None
    return list(found)


def _named(value: str, names: Mapping[CustomerId, str]) -> str:
    number = referred(value)
    return value if number is None else names.get(CustomerId(number), "…")


def reading_at_home(country: str, words: tuple[str, ...] = ()) -> Reading:
    """How texts are read in a country, where no column of them tells more.

    Args:
        country: ISO code.
        words: of a choice.
    """
    from crm_desktop.bridge.values.dates import default_order
    from crm_desktop.bridge.values.numbers import known_decimal

    return Reading(
        order=default_order(country, language()) or PLAIN.order,
        decimal=known_decimal(country, language()) or PLAIN.decimal,
        countries=(country,) if country else (),
        choices=words,
    )


def typed(kind: FieldKind, text: str, country: str, words: tuple[str, ...] = ()) -> str:
    """What somebody typed into a field of a kind, in the archive's writing.

    A text that is none of its kind stays as it is.

    Args:
        kind: the field's.
        text: as typed, in the program's language.
        country: home country, ISO.
        words: of a choice.
    """
    from crm_desktop.bridge.values.canonical import canonical

    if kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return text
    if kind in (FieldKind.NUMBER, FieldKind.MONEY) and _AMOUNT.fullmatch(text):
        return text  # the stored writing, which the field shows while it is edited
    found = canonical(kind, text, reading_at_home(country, words))
    if not found:
        return text  # a word for nothing, such as 0000-00-00, is a text too
    if kind is FieldKind.PHONE and BETWEEN not in found and "\t" not in found:
        return phone_value(found, inputs.tidy(text))
    return found


def read(field: CustomField, text: str, country: str, *, strict: bool = True) -> str:
    """What somebody typed into a field, to be kept; a phone that is none is kept as typed.

    Args:
        field: that it is typed into.
        text: as typed; "" for nothing.
        country: home country, ISO.
        strict: refuse what is none of the kind; else it is kept as typed.

    Raises:
        UserError: the text is none of the field's kind, with words that help.
    """
    kind = field.kind
    long = kind in (FieldKind.TEXT, FieldKind.LONG_TEXT)
    # Fields of text take several lines: a sheet may have had them.
    several = long or kind is FieldKind.PHONE
    clean = (inputs.long_text if several else inputs.line)(text, field.name)
    if inputs.is_blank(clean):
        return ""
    value = typed(kind, clean, country, field.words)
    if kind is FieldKind.MONEY and field.currency and _AMOUNT.fullmatch(value):
        figures, currency = value.partition(" ")[::2]
        value = f"{figures} {currency or field.currency}"
    kept = kind is FieldKind.PHONE or not strict
    if not kept and not is_of_kind(kind, value, field.words):
        raise UserError(complaint(field, clean, country), field=field.name)
    return value


def complaint(field: CustomField, text: str, country: str) -> str:
    """Why a text cannot stand in a field, and what could."""
    from crm_desktop.bridge.values.dates import default_order

    kind = field.kind
    if kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return _("“{text}” is none of this field’s words: {words}.").format(
            text=shortened(text), words=", ".join(field.words)
        )
    day = {"DMY": "31/12/2026", "MDY": "12/31/2026"}.get(
        default_order(country, language()), "2026-12-31"
    )
    return {
        FieldKind.NUMBER: _("This is not a number. Write it like {example}."),
        FieldKind.MONEY: _("This is not an amount. Write it like {example}."),
        FieldKind.DATE: _("This is not a possible date. Write it like {example}."),
        FieldKind.YES_NO: _("This says neither yes nor no."),
        FieldKind.EMAIL: _("This is not a valid e-mail address. Write it like {example}."),
        FieldKind.LINK: _("This is not a web address. Write it like {example}."),
        FieldKind.CUSTOMER: _("Choose one of the customers that are listed while you type."),
    }[kind].format(
        example={
            FieldKind.NUMBER: _amount(FieldKind.NUMBER, "1234.5", language()),
            FieldKind.MONEY: _amount(FieldKind.MONEY, "12.50 EUR", language()),
            FieldKind.DATE: day,
            FieldKind.EMAIL: "name@example.com",
            FieldKind.LINK: "www.example.com",
        }.get(kind, "")
    )


def mark(field: CustomField, value: str) -> str:
    """What is the matter with a value that was kept as it stood; "" for nothing."""
    if is_of_kind(field.kind, value, field.words):
        return ""
    return {
        FieldKind.NUMBER: _("This is kept as typed: it is no number."),
        FieldKind.MONEY: _("This is kept as typed: it is no amount."),
        FieldKind.DATE: _("This is kept as typed: it is no date."),
        FieldKind.YES_NO: _("This is kept as typed: it says neither yes nor no."),
        FieldKind.CHOICE: _("This is kept as typed: it is none of this field’s words."),
        FieldKind.CHOICES: _("This is kept as typed: not all of it are words of this field."),
        FieldKind.PHONE: _("This is kept as typed: it is no number that can be called."),
        FieldKind.EMAIL: _("This is kept as typed: it is no e-mail address."),
        FieldKind.LINK: _("This is kept as typed: it is no web address."),
        FieldKind.CUSTOMER: _("This is kept as typed: it is no customer, or more than one."),
    }.get(field.kind, "")


@lru_cache(maxsize=4096)
def _shown(kind: FieldKind, value: str, language: str) -> str:
    if kind is FieldKind.DATE:
        return _date(value, language)
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return _amount(kind, value, language)
    if kind is FieldKind.YES_NO:
        words = {"yes": pgettext("value", "Yes"), "no": pgettext("value", "No")}
        return words.get(value, value)
    if kind is FieldKind.PHONE:
        from crm_desktop.reports.wording import phone_text

        numbers = phone_parts(value)[0].split(BETWEEN)
        return BETWEEN.join(phone_text(number, number) for number in numbers)
    return value


def _date(value: str, language: str) -> str:
    from babel.dates import format_skeleton

    from crm_desktop.reports.wording import days_of, short_date_text

    match = _DATE.fullmatch(value)
    if match is None:
        return value
    year, month, day, time = match.groups()
    try:
        # A leap year stands in for one that is not known.
        known = dt.date(2000 if year == "-" else int(year), int(month), int(day or 1))
        if year == "-":
            return str(format_skeleton("MMMd", known, locale=days_of(language))) if day else value
        if day is None:
            return str(format_skeleton("yMMM", known, locale=days_of(language)))
        text = short_date_text(known, language)
    except ValueError:
        return value
    return f"{text} {time}" if time else text


def _amount(kind: FieldKind, value: str, language: str) -> str:
    from babel.numbers import format_currency, format_decimal

    match = _AMOUNT.fullmatch(value)
    if match is None:
        return value
    figures, currency = match.groups()
    try:
        number = Decimal(figures)
    except InvalidOperation:
        return value
    places = len(figures.partition(".")[2])
    if currency and places <= _MOST_PLACES:
        text = format_currency(number, currency, locale=language)
    else:
        # 12.5 of money is 12.50; of anything else nobody said how exact it is.
        least = 2 if kind is FieldKind.MONEY and places == 1 else places
        pattern = "#,##0" + ("." + "0" * least if least else "")
        text = format_decimal(number, format=pattern, locale=language)
        text = f"{text} {currency}" if currency else text
    # Lines are broken and searched at plain blanks.
    return str(text).replace("\xa0", " ").replace("\u202f", " ")
