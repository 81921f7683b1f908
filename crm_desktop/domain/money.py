"""Money: whole minor units of one currency, and the one way to round.

Nothing here is a float. What is worked out from shares and rates is a `Decimal` and becomes minor
units once, by `rounded`: half a unit goes away from zero, as tradespeople and tax offices count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

# Currencies whose minor unit is not a hundredth (ISO 4217).
_DIGITS = dict.fromkeys(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0
) | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
_USUAL_DIGITS = 2
_CODE_LENGTH = 3
MOST = 10**18
"""Nobody's amount is higher; the archive keeps whole numbers up to nine times as high."""


class MixedCurrenciesError(ValueError):
    """Amounts of two currencies were put together without a rate."""


def digits(currency: str) -> int:
    """How many decimal places a currency's amounts have: 2 of euros, none of yen."""
    return _DIGITS.get(currency, _USUAL_DIGITS)


def rounded(value: Decimal | Fraction) -> int:
    """The nearest whole number, of two that are as near the one farther from zero."""
    return rounded_ratio(*value.as_integer_ratio())


def rounded_ratio(numerator: int, denominator: int) -> int:
    """The same of a quotient, whose denominator is above zero: a tenth of a fraction's time."""
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -nearest if numerator < 0 else nearest


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount.

    Attributes:
        amount: in the currency's minor units: cents, yen.
        currency: ISO 4217.
    """

    amount: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no currency, and amounts that are not whole."""
        if len(self.currency) != _CODE_LENGTH or not self.currency.isascii():
            raise ValueError(f"no currency: {self.currency!r}")
        if type(self.amount) is not int:
            raise TypeError("an amount is a whole number of minor units")

    @classmethod
    def of(cls, value: Decimal, currency: str) -> Money:
        """An amount in the currency's own unit, rounded to its minor one: 12.345 EUR is 12.35."""
        return cls(rounded(Fraction(value) * 10 ** digits(currency)), currency)

    @property
    def value(self) -> Decimal:
        """In the currency's own unit."""
        with localcontext() as context:
            context.prec = len(str(abs(self.amount))) + 1
            return Decimal(self.amount).scaleb(-digits(self.currency))

    def __add__(self, other: Money) -> Money:
        """Both together.

        Raises:
            MixedCurrenciesError: they are of two currencies.
        """
        return Money(self.amount + self._alike(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        """What is left of one.

        Raises:
            MixedCurrenciesError: they are of two currencies.
        """
        return Money(self.amount - self._alike(other).amount, self.currency)

    def __neg__(self) -> Money:
        """As much the other way."""
        return Money(-self.amount, self.currency)

    def __bool__(self) -> bool:
        """Whether it is anything at all."""
        return self.amount != 0

    def converted(self, rate: Decimal, currency: str) -> Money:
        """In another currency.

        Args:
            rate: how much of that currency one unit of this one is; above zero.
            currency: ISO 4217.

        Raises:
            ValueError: the rate is zero, negative or no number.
        """
        if not rate.is_finite() or rate <= 0:
            raise ValueError(f"no rate: {rate}")
        scale = Fraction(10) ** (digits(currency) - digits(self.currency))
        return Money(rounded(self.amount * Fraction(rate) * scale), currency)

    def _alike(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise MixedCurrenciesError(f"{self.currency} and {other.currency}")
        return other


def total(amounts: Iterable[Money], currency: str) -> Money:
    """All together; nothing of the currency where there are none.

    Raises:
        MixedCurrenciesError: one is of another currency.
    """
    found = Money(0, currency)
    for amount in amounts:
        found += amount
    return found


def shared_out(amount: int, weights: Sequence[int]) -> list[int]:
    """Share minor units out by weights; the shares add up to the amount, always.

    Each gets his share rounded down, and what is left goes to the largest remainders, of equal
    ones to the first.

    Args:
        amount: what is shared out; may be negative.
        weights: all of one sign; where they add up to zero the first gets all.
    """
    whole = sum(weights)
    if not weights:
        if amount:
            raise ValueError("nobody to share among")
        return []
    if whole == 0:
        return [amount, *[0] * (len(weights) - 1)]
    shares = [divmod(amount * weight, whole) for weight in weights]
    left = amount - sum(share for share, _rest in shares)
    by_rest = sorted(range(len(weights)), key=lambda i: (-abs(shares[i][1]), i))
    more = set(by_rest[:left])
    return [share + (i in more) for i, (share, _rest) in enumerate(shares)]


def to_step(amount: int, step: int) -> int:
    """An amount rounded to multiples of a step: 5 for francs that are paid in cash.

    Raises:
        ValueError: the step is not above zero.
    """
    if step < 1:
        raise ValueError(f"no step: {step}")
    return rounded(Fraction(amount, step)) * step
