"""What lines of papers in our exchange file have to be, and places that stand for numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.lines import Line, LineKind
from crm_desktop.domain.money import MOST
from crm_desktop.domain.pricing import HUNDRED_PERCENT, QUANTITY_PLACES, Discount


def check_line(line: Line) -> None:
    """See whether a line makes sense, whichever way its quantity goes.

    Raises:
        ValueError: it does not.
    """
    if not line.description.strip() or not 0 <= line.tax_rate <= HUNDRED_PERCENT:
        raise ValueError("not a line")
    quantity = line.quantity
    exponent = quantity.as_tuple().exponent
    if not quantity.is_finite() or not isinstance(exponent, int) or exponent < -QUANTITY_PLACES:
        raise ValueError("not a quantity")
    if line.kind is not LineKind.TEXT and not 0 <= line.price <= MOST:
        raise ValueError("not a price")


def check_discount(off: Discount) -> None:
    """See whether something may come off.

    Raises:
        ValueError: it may not.
    """
    if off.amount < 0 or not 0 <= off.percent <= HUNDRED_PERCENT:
        raise ValueError("not a discount")


def place_in(found: Mapping[str, Any], name: str) -> int | None:
    """A place that an object names; None for none.

    Raises:
        ValueError, TypeError: it is none.
    """
    place = found.get(name)
    if place is None:
        return None
    if int(place) < 0:
        raise ValueError("not a place")
    return int(place)
