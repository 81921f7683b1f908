"""Products in the user's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm_desktop.domain.catalogue import (
    BETWEEN_CATEGORIES,
    Price,
    ProductKind,
    WholeProduct,
    price_on,
)
from crm_desktop.i18n import _, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui import format as say


def kind_text(kind: ProductKind) -> str:
    """The word for what something in the catalogue is."""
    return {
        ProductKind.GOOD: pgettext("product", "Good"),
        ProductKind.SERVICE: pgettext("product", "Service"),
        ProductKind.RESOURCE: pgettext("product", "Resource"),
    }[kind]


def category_text(whole: WholeProduct) -> str:
    """Where it stands in the tree, as it is typed, too."""
    return BETWEEN_CATEGORIES.join(whole.category)


def asked_on(prices: Sequence[Price], day: date) -> list[Price]:
    """The price that is asked on a day in each currency, in the order in which these came."""
    currencies = dict.fromkeys(price.currency for price in prices)
    asked = (price_on(prices, day, currency) for currency in currencies)
    return [price for price in asked if price is not None]


def todays_price(whole: WholeProduct, today: date) -> str:
    """What is asked today, "" where nothing is."""
    money = " · ".join(amounts.money_shown(p.money) for p in asked_on(whole.prices, today))
    unit = whole.product.unit
    return _("{price} / {unit}").format(price=money, unit=unit) if unit and money else money


def day_text(day: date | None) -> str:
    """A day as people write it, "" for none."""
    return "" if day is None else say.short_date(day.year, day.month, day.day)
