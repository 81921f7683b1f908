"""Amounts of money, rates and quantities between what is typed and what is kept."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.money import MOST, Money, digits, rounded_ratio
from crm_desktop.domain.names import shortened
from crm_desktop.domain.pricing import (
    HUNDRED_PERCENT,
    NO_DISCOUNT,
    ONE_PERCENT,
    QUANTITY_PLACES,
    Discount,
    quantity_text,
)
from crm_desktop.i18n import _, language
from crm_desktop.services import inputs

_PLACES_OF_RATES = 3
_MOST_PIECES = 10**9


def amount(text: str, field: str, *, currency: str, country: str) -> Money | None:
    """An amount as typed, such as "1.250,50 €"; None for nothing.

    Args:
        text: as typed.
        field: that it is typed into.
        currency: of an amount that names none.
        country: home country, for the decimal mark and signs such as "$".

    Raises:
        UserError: it is no amount, is below zero, or has more decimal places than its currency.
    """
    from crm_desktop.bridge.values.numbers import known_decimal, read_number

    kept = inputs.tidy(text)
    if not kept:
        return None
    decimal = known_decimal(country, language()) or "."
    found = read_number(kept, decimal, country=country)
    if found is None or found.percent:
        raise UserError(
            _("“{text}” is no amount. Write it like 1250.50 or 1250.50 USD.").format(
                text=shortened(kept)
            ),
            field=field,
        )
    if found.value < 0:
        raise UserError(_("An amount below zero cannot stand here."), field=field)
    code = found.currency or currency
    if not code:
        raise UserError(_("Write the currency behind it, such as EUR."), field=field)
    made = Money.of(found.value, code)
    if made.value != found.value:
        places = digits(code)
        raise UserError(
            _("{currency} has {n} decimal places.").format(currency=code, n=places)
            if places
            else _("{currency} has no decimal places.").format(currency=code),
            field=field,
        )
    if made.amount > MOST:
        raise UserError(_("That is more than can be kept."), field=field)
    return made


def rate(text: str, field: str) -> int | None:
    """A percentage as typed, in thousandths of a percent; None for nothing.

    Raises:
        UserError: it is none from 0 to 100, or has more than three decimal places.
    """
    from crm_desktop.bridge.values.numbers import read_number

    kept = inputs.tidy(text)
    if not kept:
        return None
    # Nobody writes thousands of percents: either mark is that of decimals.
    found = read_number(kept.replace(",", "."), ".")
    if found is None or found.currency:
        raise UserError(
            _("“{text}” is no percentage. Write it like 19 %.").format(text=shortened(kept)),
            field=field,
        )
    thousandths = found.value * ONE_PERCENT
    if not 0 <= thousandths <= HUNDRED_PERCENT:
        raise UserError(_("A percentage lies between 0 and 100."), field=field)
    if thousandths != int(thousandths):
        raise UserError(_("A percentage has three decimal places at most."), field=field)
    return int(thousandths)


def quantity(text: str, field: str, *, country: str) -> Decimal:
    """How many or how much, as typed: "2", "1,5".

    Args:
        text: as typed.
        field: that it is typed into.
        country: home country, for the decimal mark.

    Raises:
        UserError: it is no number above zero, has more than three decimal places, or a unit.
    """
    from crm_desktop.bridge.values.numbers import known_decimal, read_number

    kept = inputs.tidy(text)
    found = read_number(kept, known_decimal(country, language()) or ".", country=country)
    if found is None or found.percent or found.currency:
        raise UserError(
            _("“{text}” is no quantity. Write it like 2 or 1.5.").format(text=shortened(kept)),
            field=field,
        )
    value = found.value
    if value <= 0:
        raise UserError(_("A quantity is above zero."), field=field)
    if value >= _MOST_PIECES:
        raise UserError(_("That is more than can be kept."), field=field)
    if value != round(value, QUANTITY_PLACES):
        raise UserError(_("A quantity has three decimal places at most."), field=field)
    return Decimal(quantity_text(value))


def discount(text: str, field: str, *, currency: str, country: str) -> Discount:
    """What comes off, as typed: "10 %", "50", "10 % + 50"; nothing for nothing.

    Args:
        text: as typed.
        field: that it is typed into.
        currency: that an amount has to be in.
        country: home country, for the decimal mark.

    Raises:
        UserError: a part of it is neither, or is of another currency.
    """
    found = NO_DISCOUNT
    for part in inputs.tidy(text).split("+") if inputs.tidy(text) else ():
        percent = part.strip().endswith(("%", "％"))
        if not part.strip() or (found.percent if percent else found.amount):
            raise UserError(_("Write a discount like 10 %, 50, or 10 % + 50."), field=field)
        if percent:
            found = found._replace(percent=rate(part, field) or 0)
            continue
        off = amount(part, field, currency=currency, country=country)
        assert off is not None
        found = found._replace(amount=alike(off, currency, field).amount)
    return found


def discount_typed(off: Discount, currency: str) -> str:
    """A discount as it is typed again: `10 % + 50.00`; "" for none."""
    parts = [f"{rate_typed(off.percent)} %"] if off.percent else []
    return " + ".join([*parts, f"{Money(off.amount, currency).value:f}"] if off.amount else parts)


def quantity_typed(value: Decimal, country: str) -> str:
    """A quantity as it is typed again, with the decimal mark of the country."""
    return _marked(quantity_text(value), country)


def value_typed(money: Money, country: str) -> str:
    """An amount as it is typed again where its currency goes without saying."""
    return _marked(f"{money.value:f}", country)


def number_typed(value: Decimal, country: str) -> str:
    """A number that stands alone, as it is typed again: with the decimal mark it is read by."""
    return _marked(f"{value:f}", country)


def _marked(text: str, country: str) -> str:
    from crm_desktop.bridge.values.numbers import known_decimal

    return text.replace(".", known_decimal(country, language()) or ".")


def value_shown(money: Money) -> str:
    """An amount as people read it where its currency goes without saying: `1,250.50`."""
    from babel.numbers import format_decimal

    places = "0" * digits(money.currency)
    pattern = f"#,##0.{places}" if places else "#,##0"
    text = format_decimal(money.value, format=pattern, locale=language())
    return str(text).replace("\xa0", " ").replace("\u202f", " ")


def exchange_rate(text: str, field: str) -> Decimal | None:
    """How much of one currency a unit of another one is, as typed: "0.85"; None for nothing.

    Raises:
        UserError: it is no number above zero.
    """
    from crm_desktop.bridge.values.numbers import read_number

    kept = inputs.tidy(text)
    if not kept:
        return None
    # Rates have many decimals and no thousands: either mark is that of decimals.
    found = read_number(kept.replace(",", "."), ".")
    if found is None or found.percent or found.currency:
        raise UserError(
            _("“{text}” is no rate. Write it like 0.85.").format(text=shortened(kept)),
            field=field,
        )
    if not 0 < found.value < _MOST_PIECES:
        raise UserError(_("A rate is above zero."), field=field)
    return Decimal(found.value)


def share(amount: int, part: int, whole: int) -> int:
    """A part of an amount, rounded to the minor unit."""
    return rounded_ratio(amount * part, whole)


def alike(money: Money, currency: str, field: str) -> Money:
    """An amount that has to be in a currency.

    Raises:
        UserError: it is in another one.
    """
    if money.currency != currency:
        raise UserError(
            _("Here all is in {currency}; an amount in {other} cannot stand beside it.").format(
                currency=currency, other=money.currency
            ),
            field=field,
        )
    return money


def rate_typed(thousandths: int | None) -> str:
    """A rate as it is typed again: `19`, `7.75`; "" for none."""
    if thousandths is None:
        return ""
    text = f"{Decimal(thousandths).scaleb(-_PLACES_OF_RATES):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate_shown(thousandths: int | None) -> str:
    """A rate as people read it: `19 %`, `7,75 %`; "" for none."""
    if thousandths is None:
        return ""
    typed = rate_typed(thousandths)
    return f"{typed.replace('.', ',') if language() == 'pt' else typed} %"


def money_typed(money: Money | None) -> str:
    """An amount as it is typed again: `1250.50 EUR`; "" for none."""
    return "" if money is None else f"{money.value:f} {money.currency}"


def money_shown(money: Money | None) -> str:
    """An amount as people read it in the program's language: `€1,250.50`; "" for none."""
    return "" if money is None else _written(money, language())


@lru_cache(maxsize=4096)
def _written(money: Money, locale: str) -> str:
    """Kept, as a board or a list paints the same amounts again and again."""
    from babel.numbers import format_currency

    text = format_currency(money.value, money.currency, locale=locale, decimal_quantization=False)
    # Lines are broken and searched at plain blanks.
    return str(text).replace("\xa0", " ").replace("\u202f", " ")
