"""What lines come to: discounts, taxes and the total of a quotation or an order.

Everything follows from the lines and terms alone, so the order in which they were edited does
not matter. The rules, stated once:

1. A line is quantity times price, rounded to the minor unit; its percentage comes off first,
   rounded, then its amount.
2. The discount in total comes off likewise and is shared out among the rates of tax by what
   their lines come to, so that each rate bears its part.
3. Tax is worked out once for each rate, on the sum of its lines, and rounded; where it is
   included it is taken out of the sum.
4. The total may be rounded to a step of cash; what that adds or takes is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.money import rounded_ratio, shared_out, to_step

# Rates and percentages are whole thousandths of a percent: 19 % is 19,000.
ONE_PERCENT = 1_000
HUNDRED_PERCENT = 100 * ONE_PERCENT
# Quantities have so many decimal places at most.
QUANTITY_PLACES = 3


class Taxes(StrEnum):
    """How prices and taxes stand to each other."""

    ADDED = "added"
    INCLUDED = "included"


class Discount(NamedTuple):
    """What comes off.

    Attributes:
        percent: thousandths of a percent, 0 to `HUNDRED_PERCENT`.
        amount: minor units, after the percentage.
    """

    percent: int = 0
    amount: int = 0


NO_DISCOUNT = Discount()


class PricedLine(NamedTuple):
    """As much of a line as its price needs.

    Attributes:
        quantity: with `QUANTITY_PLACES` decimal places at most; negative for what comes back.
        price: of one, in minor units.
        tax_rate: thousandths of a percent.
        counts: False for an option that is offered beside.
    """

    quantity: Decimal
    price: int
    discount: Discount = NO_DISCOUNT
    tax_rate: int = 0
    counts: bool = True


class TaxOfRate(NamedTuple):
    """What one rate of tax comes to.

    Attributes:
        rate: thousandths of a percent.
        net: what it is levied on.
        tax: the tax.
    """

    rate: int
    net: int
    tax: int


class Totals(NamedTuple):
    """What everything comes to, in minor units.

    Attributes:
        lines: each line after its own discount, options included.
        subtotal: the lines that count; prices with tax where it is included.
        discount: what comes off in total, as a positive amount.
        net: without tax.
        taxes: by rate, the lowest first; a rate of zero is among them where a line has it.
        rounding: what rounding to a step of cash added.
        total: what is to be paid.
    """

    lines: tuple[int, ...]
    subtotal: int
    discount: int
    net: int
    taxes: tuple[TaxOfRate, ...]
    rounding: int
    total: int

    @property
    def tax(self) -> int:
        """All taxes together."""
        return sum(one.tax for one in self.taxes)


def quantity_text(quantity: Decimal) -> str:
    """The one writing of a quantity: no exponent, no zeros behind its decimals."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def line_total(line: PricedLine) -> int:
    """What one line comes to after its own discount, in minor units."""
    quantity, parts = line.quantity.as_integer_ratio()
    return _less(rounded_ratio(quantity * line.price, parts), line.discount)


def totals(
    lines: Sequence[PricedLine],
    *,
    taxes: Taxes = Taxes.ADDED,
    discount: Discount = NO_DISCOUNT,
    step: int = 1,
) -> Totals:
    """What lines come to.

    Args:
        lines: in any order.
        taxes: whether the prices include them.
        discount: in total.
        step: the total is rounded to multiples of it.
    """
    each = tuple(map(line_total, lines))
    by_rate: dict[int, int] = {}
    for line, amount in zip(lines, each, strict=True):
        if line.counts:
            by_rate[line.tax_rate] = by_rate.get(line.tax_rate, 0) + amount
    rates = sorted(by_rate)
    subtotal = sum(by_rate.values())
    off = subtotal - _less(subtotal, discount)
    bases = [by_rate[rate] for rate in rates]
    shares = shared_out(off, _weights(bases)) if rates else []
    found = tuple(
        _taxed(rate, base - share, taxes)
        for rate, base, share in zip(rates, bases, shares, strict=True)
    )
    net = sum(one.net for one in found)
    exact = net + sum(one.tax for one in found)
    total = to_step(exact, step)
    return Totals(each, subtotal, off, net, found, total - exact, total)


def _weights(bases: Sequence[int]) -> list[int]:
    """By what a discount is shared out: sums of returned goods bear nothing of it."""
    whole = sum(bases)
    return [max(0, base) if whole >= 0 else min(0, base) for base in bases]


def _less(amount: int, discount: Discount) -> int:
    if discount == NO_DISCOUNT:
        return amount
    return amount - rounded_ratio(amount * discount.percent, HUNDRED_PERCENT) - discount.amount


def _taxed(rate: int, base: int, taxes: Taxes) -> TaxOfRate:
    if taxes is Taxes.ADDED:
        return TaxOfRate(rate, base, rounded_ratio(base * rate, HUNDRED_PERCENT))
    tax = rounded_ratio(base * rate, HUNDRED_PERCENT + rate)
    return TaxOfRate(rate, base - tax, tax)
