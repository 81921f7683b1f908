"""The catalogue: what the firm sells and books, by which prices, from whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.money import Money

ProductId = NewType("ProductId", int)
CategoryId = NewType("CategoryId", int)
PriceId = NewType("PriceId", int)
CategoryPath = tuple[str, ...]
"""The names of categories from the tree's root down; () for none."""

BETWEEN_CATEGORIES = " / "
MOST_LEVELS = 8


class ProductKind(StrEnum):
    """What something in the catalogue is; a resource is booked: a hotel, a guide, a route."""

    GOOD = "good"
    SERVICE = "service"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True)
class Category:
    """One knot of the tree.

    Attributes:
        parent_id: None at the root.
        id: None before it is stored.
    """

    name: str
    parent_id: CategoryId | None = None
    id: CategoryId | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is sold or booked.

    Attributes:
        code: the firm's own, "" for none.
        unit: night, person, hour; "" for a piece.
        description: what quotations say of it.
        notes: what only the firm reads: season, local customs.
        cost: what it costs the firm, in minor units of `cost_currency`.
        tax_rate: thousandths of a percent, None where nothing is said.
        offered: False once it is not offered any more; what was sold keeps it.
        deleted_at: when it went to the trash.
        id: None before it is stored.
    """

    name: str
    kind: ProductKind = ProductKind.SERVICE
    code: str = ""
    category_id: CategoryId | None = None
    unit: str = ""
    description: str = ""
    notes: str = ""
    cost: int | None = None
    cost_currency: str = ""
    tax_rate: int | None = None
    offered: bool = True
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    id: ProductId | None = None

    @property
    def cost_money(self) -> Money | None:
        """What it costs the firm."""
        return None if self.cost is None else Money(self.cost, self.cost_currency)


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit is sold for.

    Attributes:
        amount: minor units of `currency`.
        valid_from, valid_to: first and last day; None without a bound.
        id: None before it is stored.
    """

    currency: str
    amount: int
    valid_from: date | None = None
    valid_to: date | None = None
    product_id: ProductId | None = None
    id: PriceId | None = None

    @property
    def money(self) -> Money:
        """The amount with its currency."""
        return Money(self.amount, self.currency)

    def is_valid(self, day: date) -> bool:
        """Whether it is asked on a day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class WholeProduct(NamedTuple):
    """A product with all that hangs on it.

    Attributes:
        category: the path to it.
        suppliers: number and name of each.
    """

    product: Product
    category: CategoryPath = ()
    prices: Sequence[Price] = ()
    suppliers: Sequence[tuple[CustomerId, str]] = ()


class ToldProduct(NamedTuple):
    """A product as it goes out of an archive and comes into another.

    Attributes:
        suppliers: the numbers that they have in the archive it came from.
    """

    product: Product
    category: CategoryPath = ()
    prices: Sequence[Price] = ()
    suppliers: Sequence[int] = ()


class DeletedProduct(NamedTuple):
    """A product in the trash, and when it came there."""

    id: ProductId
    name: str
    at: datetime


def price_on(prices: Iterable[Price], day: date, currency: str = "") -> Price | None:
    """The price that is asked on a day.

    Of several the one that began last counts, so that a season's price stands above the usual
    one; of equal ones the one that was entered last.

    Args:
        prices: of one product.
        day: the day.
        currency: ISO 4217; "" takes any.
    """
    valid = [price for price in prices if price.is_valid(day) and currency in ("", price.currency)]
    return max(valid, key=lambda p: (p.valid_from or date.min, p.id or 0), default=None)


def paths(categories: Iterable[Category]) -> dict[CategoryId, CategoryPath]:
    """The path of each category."""
    known: Mapping[CategoryId, Category] = {c.id: c for c in categories if c.id is not None}
    found: dict[CategoryId, CategoryPath] = {}
    for number in known:
        names: list[str] = []
        at: CategoryId | None = number
        while at is not None and at in known and len(names) < MOST_LEVELS:
            names.append(known[at].name)
            at = known[at].parent_id
        found[number] = tuple(reversed(names))
    return found
