"""Lines of a paper: what is sold, how much of it and for how much; and the terms they stand under.

Quotations and orders have the same lines, which are edited, priced and printed alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.catalogue import ProductId
from crm_desktop.domain.pricing import NO_DISCOUNT, Discount, PricedLine, Taxes, Totals
from crm_desktop.domain.pricing import totals as totals_of_lines


class LineKind(StrEnum):
    """What a line is: an option is offered beside, and counts only when it is chosen."""

    ITEM = "item"
    OPTION = "option"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        chosen: of an option, that it counts.
        product_id: of the catalogue; None for what was typed, or is not there any more.
        description: what it is; of a text, the text.
        details: what stands below it, in lines.
        quantity: with three decimal places at most; below zero for what comes back.
        price: of one, in minor units.
        discount_percent, discount_amount: thousandths of a percent and minor units.
        tax_rate: thousandths of a percent.
    """

    description: str
    position: int = 0
    kind: LineKind = LineKind.ITEM
    chosen: bool = False
    product_id: ProductId | None = None
    details: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    price: int = 0
    discount_percent: int = 0
    discount_amount: int = 0
    tax_rate: int = 0

    @property
    def discount(self) -> Discount:
        """What comes off."""
        return Discount(self.discount_percent, self.discount_amount)

    @property
    def counts(self) -> bool:
        """Whether it is part of the total."""
        return self.kind is LineKind.ITEM or (self.kind is LineKind.OPTION and self.chosen)

    @property
    def priced(self) -> PricedLine:
        """As much of it as the totals need."""
        if self.kind is LineKind.TEXT:
            return PricedLine(Decimal(1), 0, counts=False)
        return PricedLine(self.quantity, self.price, self.discount, self.tax_rate, self.counts)


class Terms(NamedTuple):
    """What all lines of a paper have in common.

    Attributes:
        currency: ISO 4217.
        taxes: whether the prices include them.
        discount: what comes off in total.
        rounding: the total is rounded to multiples of so many minor units.
    """

    currency: str
    taxes: Taxes = Taxes.ADDED
    discount: Discount = NO_DISCOUNT
    rounding: int = 1


def totals(terms: Terms, lines: Sequence[Line]) -> Totals:
    """What lines come to under their terms; texts come to nothing."""
    return totals_of_lines(
        [line.priced for line in lines],
        taxes=terms.taxes,
        discount=terms.discount,
        step=terms.rounding,
    )
