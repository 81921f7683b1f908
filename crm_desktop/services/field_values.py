"""Values of own fields between the archive's writing and the user's: `1998-03-05`, 1998年3月5日."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.fields import PLAIN, FieldKind, Reading
from crm_desktop.i18n import language, pgettext

_DATE = re.compile(r"(\d{4}|-)-(\d\d)(?:-(\d\d))?(?: (\d\d:\d\d)(?::\d\d)?)?")
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(?: ([A-Z]{3}))?")
_MOST_PLACES = 2  # that amounts of a currency are written with


def shown(kind: FieldKind, value: str) -> str:
    """A stored value as people read it in the program's language.

    What is not in the writing of its kind is text that was kept, and stays as it is.
    """
    return _shown(kind, value, language())


def shown_fields(customer: Customer) -> dict[str, str]:
    """The values of a customer's own fields as people read them, by the field's name."""
    kinds = customer.custom_kinds
    return {
        name: shown(kinds[name], value) if name in kinds else value
        for name, value in customer.custom.items()
    }


def typed(kind: FieldKind, text: str, country: str) -> str:
    """What somebody typed into a field of a kind, in the archive's writing.

    A text that is none of its kind stays as it is.

    Args:
        kind: the field's.
        text: as typed, in the program's language.
        country: home country, ISO.
    """
    from crm_desktop.bridge.values.canonical import canonical
    from crm_desktop.bridge.values.dates import default_order
    from crm_desktop.bridge.values.numbers import known_decimal

    if kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return text
    if kind in (FieldKind.NUMBER, FieldKind.MONEY) and _AMOUNT.fullmatch(text):
        return text  # the stored writing, which the field shows while it is edited
    reading = Reading(
        order=default_order(country, language()) or PLAIN.order,
        decimal=known_decimal(country, language()) or PLAIN.decimal,
        countries=(country,) if country else (),
    )
    found = canonical(kind, text, reading)
    return text if found is None else found


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

        return "; ".join(phone_text(number, number) for number in value.split("; "))
    return value


def _date(value: str, language: str) -> str:
    from babel.dates import format_skeleton

    from crm_desktop.reports.wording import short_date_text

    match = _DATE.fullmatch(value)
    if match is None:
        return value
    year, month, day, time = match.groups()
    try:
        # A leap year stands in for one that is not known.
        known = dt.date(2000 if year == "-" else int(year), int(month), int(day or 1))
        if year == "-":
            return str(format_skeleton("MMMd", known, locale=language)) if day else value
        if day is None:
            return str(format_skeleton("yMMM", known, locale=language))
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
