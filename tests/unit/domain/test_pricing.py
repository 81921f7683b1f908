"""What lines come to, whatever is done to them and in whichever order."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.pricing import (
    HUNDRED_PERCENT,
    ONE_PERCENT,
    Discount,
    PricedLine,
    Taxes,
    TaxOfRate,
    line_total,
    totals,
)

PERCENT = st.integers(0, HUNDRED_PERCENT)
DISCOUNTS = st.builds(Discount, PERCENT, st.integers(0, 10**6))
LINES = st.builds(
    PricedLine,
    st.decimals(-1000, 1000, places=3),
    st.integers(0, 10**8),
    DISCOUNTS,
    st.sampled_from([0, 6 * ONE_PERCENT, 13 * ONE_PERCENT, 19 * ONE_PERCENT, 23 * ONE_PERCENT]),
    st.booleans(),
)


def line(quantity: str, price: int, rate: int = 0, **more: object) -> PricedLine:
    return PricedLine(Decimal(quantity), price, tax_rate=rate * ONE_PERCENT, **more)  # type: ignore[arg-type]


def test_a_quotation() -> None:
    found = totals(
        [line("2", 129_900, 6), line("1.5", 4_000, 23, discount=Discount(10 * ONE_PERCENT)),
         line("1", 50_000, 23, counts=False)],
        discount=Discount(amount=5_000),
    )  # fmt: skip
    assert found.lines == (259_800, 5_400, 50_000)
    assert (found.subtotal, found.discount) == (265_200, 5_000)
    # 5,000 are shared out 259,800 to 5,400: 4,898 and 102.
    assert found.taxes == (TaxOfRate(6_000, 254_902, 15_294), TaxOfRate(23_000, 5_298, 1_219))
    assert (found.net, found.tax, found.total) == (260_200, 16_513, 276_713)


def test_taxes_that_are_included() -> None:
    found = totals([line("1", 12_300, 23), line("1", 10_600, 6)], taxes=Taxes.INCLUDED)
    assert found.total == found.subtotal == 22_900
    assert found.taxes == (TaxOfRate(6_000, 10_000, 600), TaxOfRate(23_000, 10_000, 2_300))


@pytest.mark.parametrize(("taxes", "tax"), [(Taxes.ADDED, 1), (Taxes.INCLUDED, 1)])
def test_nineteen_percent_of_five_cents(taxes: Taxes, tax: int) -> None:
    assert totals([line("1", 5, 19)], taxes=taxes).tax == tax


def test_nothing_and_less_than_nothing() -> None:
    empty = totals([])
    assert (empty.total, empty.taxes, empty.lines) == (0, (), ())
    back = totals([line("-2", 1_005, 19)])
    assert (back.net, back.tax, back.total) == (-2_010, -382, -2_392)
    assert totals([line("0", 999), line("1", 0)]).total == 0


def test_francs_are_paid_in_steps_of_five() -> None:
    found = totals([line("1", 1_003)], step=5)
    assert (found.total, found.rounding) == (1_005, 2)


@given(st.lists(LINES, max_size=12), st.sampled_from(Taxes), DISCOUNTS, st.randoms())
def test_totals_hold_together_in_any_order(
    lines: list[PricedLine], taxes: Taxes, discount: Discount, random: Random
) -> None:
    found = totals(lines, taxes=taxes, discount=discount, step=5)
    counted = [line_total(one) for one in lines if one.counts]
    assert found.subtotal == sum(counted)
    assert found.net + found.tax + found.rounding == found.total
    assert found.total % 5 == 0
    if any(one.counts for one in lines):
        after = found.subtotal - found.discount
        assert after == (found.net + found.tax if taxes is Taxes.INCLUDED else found.net)
    shuffled = list(lines)
    random.shuffle(shuffled)
    again = totals(shuffled, taxes=taxes, discount=discount, step=5)
    assert again._replace(lines=()) == found._replace(lines=())


@given(st.lists(LINES, max_size=8), st.sampled_from(Taxes))
def test_an_option_comes_to_nothing_until_it_is_taken(
    lines: list[PricedLine], taxes: Taxes
) -> None:
    none = [one._replace(counts=False) for one in lines]
    assert totals(none, taxes=taxes).total == 0
    assert totals(none, taxes=taxes).lines == totals(lines, taxes=taxes).lines
