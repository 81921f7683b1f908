"""Money is exact: examples that go wrong elsewhere, and what always holds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.money import (
    MixedCurrenciesError,
    Money,
    digits,
    rounded,
    shared_out,
    to_step,
    total,
)

AMOUNTS = st.integers(-(10**12), 10**12)


def test_a_tenth_and_two_tenths() -> None:
    assert Money.of(Decimal("0.1"), "EUR") + Money.of(Decimal("0.2"), "EUR") == Money(30, "EUR")


@pytest.mark.parametrize(
    ("value", "currency", "amount"),
    [("12.345", "EUR", 1235), ("-12.345", "EUR", -1235), ("12.344999", "EUR", 1234),
     ("1234.5", "JPY", 1235), ("1.2345", "KWD", 1235), ("0.005", "CNY", 1), ("0.0049", "CNY", 0),
     ("99999999999999999.99", "EUR", 9999999999999999999)],
)  # fmt: skip
def test_rounding_to_the_minor_unit(value: str, currency: str, amount: int) -> None:
    assert Money.of(Decimal(value), currency) == Money(amount, currency)


def test_yen_have_no_minor_unit() -> None:
    assert (digits("JPY"), digits("EUR"), digits("TND"), digits("XXX")) == (0, 2, 3, 2)
    assert Money(1200, "JPY").value == Decimal(1200)
    assert Money(1200, "EUR").value == Decimal(12)
    assert str(Money(-5, "EUR").value) == "-0.05"


def test_two_currencies_need_a_rate() -> None:
    with pytest.raises(MixedCurrenciesError):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(MixedCurrenciesError):
        total([Money(1, "EUR")], "USD")
    assert Money(10_000, "EUR").converted(Decimal("162.55"), "JPY") == Money(16_255, "JPY")
    assert Money(16_255, "JPY").converted(Decimal("0.00615"), "EUR") == Money(9_997, "EUR")


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity"])
def test_a_rate_of_nothing_is_none(rate: str) -> None:
    with pytest.raises(ValueError, match="no rate"):
        Money(1, "EUR").converted(Decimal(rate), "USD")


def test_what_is_no_money() -> None:
    for wrong in ("", "EU", "EURO", "€€€"):
        with pytest.raises(ValueError, match="no currency"):
            Money(1, wrong)
    with pytest.raises(TypeError):
        Money(1.5, "EUR")  # type: ignore[arg-type]


@given(st.fractions(min_value=-1000, max_value=1000))
def test_rounded_is_the_nearest_and_the_same_both_ways(value: Fraction) -> None:
    found = rounded(value)
    assert abs(found - value) <= Fraction(1, 2)
    assert rounded(-value) == -found
    if abs(found - value) == Fraction(1, 2):
        assert abs(found) > abs(value)


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_shares_add_up_and_are_nearly_fair(amount: int, weights: list[int]) -> None:
    shares = shared_out(amount, weights)
    assert sum(shares) == amount
    whole = sum(weights)
    if whole:
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share - Fraction(amount * weight, whole)) < 1
            assert weight or share == 0


def test_nobody_to_share_among() -> None:
    assert shared_out(0, []) == []
    with pytest.raises(ValueError, match="nobody"):
        shared_out(1, [])


@given(AMOUNTS, st.integers(1, 1000))
def test_steps_of_cash(amount: int, step: int) -> None:
    found = to_step(amount, step)
    assert found % step == 0
    assert abs(found - amount) * 2 <= step
    with pytest.raises(ValueError, match="no step"):
        to_step(amount, 0)
