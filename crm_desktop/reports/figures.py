"""Amounts, rates and quantities as a language writes them on paper."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_decimal_symbol, get_group_symbol

from crm_desktop.domain.money import Money, digits
from crm_desktop.domain.pricing import ONE_PERCENT, Discount, quantity_text

_MINUS = "\N{MINUS SIGN}"


def amount_text(amount: int, currency: str, language: str) -> str:
    """Minor units as `1,250.50`, without the currency: a column says it in its head."""
    places = digits(currency)
    whole, part = divmod(abs(amount), 10**places)
    decimal, group = _signs(language)
    text = f"{whole:,}".replace(",", group)
    if places:
        text = f"{text}{decimal}{part:0{places}}"
    return f"{_MINUS}{text}" if amount < 0 else text


@lru_cache(maxsize=1024)
def money_text(money: Money, language: str) -> str:
    """An amount with its currency: `€1,250.50`, `1.250,50 €`."""
    text = format_currency(money.value, money.currency, locale=language, decimal_quantization=False)
    return _plain(str(text))


def rate_text(thousandths: int, language: str) -> str:
    """A rate: `19 %`, `7,75 %`."""
    rate = quantity_text(Decimal(thousandths) / ONE_PERCENT)
    return f"{rate.replace('.', _signs(language)[0])}{'' if language == 'zh_CN' else ' '}%"


def number_text(quantity: Decimal, language: str) -> str:
    """A quantity: `1,250.5`."""
    whole, _point, part = quantity_text(quantity).partition(".")
    decimal, group = _signs(language)
    text = f"{int(whole):,}".replace(",", group)
    return f"{text}{decimal}{part}" if part else text


def discount_texts(off: Discount, currency: str, language: str) -> list[str]:
    """What comes off, its percentage and its amount."""
    found = [f"{_MINUS}{rate_text(off.percent, language)}"] if off.percent else []
    return [*found, amount_text(-off.amount, currency, language)] if off.amount else found


@lru_cache(maxsize=16)
def _signs(language: str) -> tuple[str, str]:
    return str(get_decimal_symbol(language)), _plain(str(get_group_symbol(language)))


def _plain(text: str) -> str:
    # Fonts and searches prefer plain blanks.
    return text.replace("\xa0", " ").replace("\u202f", " ")
