"""Orders: what was agreed with a customer, and how that changed.

An order is what it is called and whose it is; what was agreed stands in its versions. A draft
version is edited as one likes. Once agreed it stays as it is: whoever wants it otherwise begins
a change, which is the next version, and agrees to that. Cancelling and taking goods back are
changes like any other, so that what an order comes to is always what its agreed version says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.lines import Line, LineKind, Terms
from crm_desktop.domain.money import Money, rounded_ratio, shared_out
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.pricing import (
    HUNDRED_PERCENT,
    Discount,
    Taxes,
    Totals,
    line_total,
)
from crm_desktop.domain.quotations import QuotationId

OrderId = NewType("OrderId", int)
OrderVersionId = NewType("OrderVersionId", int)
OrderLineId = NewType("OrderLineId", int)
TravellerId = NewType("TravellerId", int)
RequirementId = NewType("RequirementId", int)


class OrderStatus(StrEnum):
    """How far an order has come."""

    DRAFT = "draft"
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class VersionStatus(StrEnum):
    """How far a version of an order has come."""

    DRAFT = "draft"
    AGREED = "agreed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Order:
    """An order without what was agreed.

    Attributes:
        quotation_id: that it came of.
        number: as it was confirmed; "" before.
        language: key of `i18n.LANGUAGES` that its papers are printed in.
        reason: why it was cancelled.
        confirmed_at: when its first version was agreed.
        closed_at: when it was done or cancelled.
        process: the name of the process that it runs by; its steps are its own.
        id: None before it is stored.
    """

    title: str
    customer_id: CustomerId
    currency: str
    opportunity_id: OpportunityId | None = None
    quotation_id: QuotationId | None = None
    number: str = ""
    status: OrderStatus = OrderStatus.DRAFT
    language: str = "en"
    reason: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None
    process: str = ""
    id: OrderId | None = None


@dataclass(frozen=True, slots=True)
class OrderVersion:
    """What was agreed at a time, without its lines.

    Attributes:
        version: from 1; of a draft the one that it is expected to become.
        taxes: whether its prices include them.
        discount_percent, discount_amount: what comes off in total, thousandths of a percent
            and minor units.
        rounding: the total is rounded to multiples of so many minor units.
        starts_on, ends_on: of the journey, or when it is delivered.
        fees: what cancelling costs, as `written_fees` writes it.
        reason: why it was changed.
        total: what it comes to, minor units, once it is agreed: lists and statistics add it up
            without its lines. 0 of a draft.
        id: None before it is stored.
    """

    order_id: OrderId | None = None
    version: int = 1
    status: VersionStatus = VersionStatus.DRAFT
    taxes: Taxes = Taxes.ADDED
    discount_percent: int = 0
    discount_amount: int = 0
    rounding: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    fees: str = ""
    terms: str = ""
    reason: str = ""
    total: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None
    agreed_at: datetime | None = None
    id: OrderVersionId | None = None

    @property
    def discount(self) -> Discount:
        """What comes off in total."""
        return Discount(self.discount_percent, self.discount_amount)

    def sheet(self, currency: str) -> Terms:
        """What its lines have in common."""
        return Terms(currency, self.taxes, self.discount, self.rounding)


@dataclass(frozen=True, slots=True)
class OrderLine(Line):
    """One line of a version of an order.

    Attributes:
        key: its number within the order, the same in all versions.
        returns: the key of the line that it takes back, all or in part.
        id: None before it is stored.
    """

    order_id: OrderId | None = None
    version_id: OrderVersionId | None = None
    key: int = 0
    returns: int | None = None
    id: OrderLineId | None = None


class WholeOrder(NamedTuple):
    """An order with one of its versions.

    Attributes:
        lines: in their order.
        totals: `totals.lines` has one amount for each line, 0 for texts.
        before: what the agreed version comes to, where this one is to replace it.
    """

    order: Order
    version: OrderVersion
    lines: Sequence[OrderLine]
    totals: Totals
    customer_name: str = ""
    before: int | None = None

    @property
    def terms(self) -> Terms:
        """What its lines have in common."""
        return self.version.sheet(self.order.currency)

    @property
    def total(self) -> Money:
        """What is to be paid."""
        return Money(self.totals.total, self.order.currency)

    @property
    def difference(self) -> Money | None:
        """By how much it is dearer than what is agreed; None where nothing is agreed yet."""
        if self.before is None:
            return None
        return Money(self.totals.total - self.before, self.order.currency)

    @property
    def reference(self) -> str:
        """The number with its version, where it is not the first; "" of a draft order."""
        return reference(self.order.number, self.version.version)


class ListedOrder(NamedTuple):
    """An order as lists show it, with what is agreed, or the draft where nothing is.

    Attributes:
        changing: whether a change to it is being drafted.
        received: what was paid less what was given back, minor units.
    """

    order: Order
    total: Money
    starts_on: date | None = None
    ends_on: date | None = None
    changing: bool = False
    received: int = 0
    customer_name: str = ""

    @property
    def open(self) -> Money:
        """What is still to be paid; below zero for what is to be given back."""
        return Money(self.total.amount - self.received, self.total.currency)


class OrderQuery(NamedTuple):
    """Which orders are shown.

    Attributes:
        text: words that all are in the number, the title or the customer's name.
        statuses: those with one of these; empty for any.
        limit: how many at most.
    """

    text: str = ""
    statuses: frozenset[OrderStatus] = frozenset()
    limit: int = 500


EVERY_ORDER = OrderQuery()


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody who travels, or for whom the order is.

    Attributes:
        id: None before it is stored.
    """

    customer_id: CustomerId
    order_id: OrderId | None = None
    notes: str = ""
    id: TravellerId | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A document that each traveller has to hand in.

    Attributes:
        kind: of documents, such as "Passport".
        due_on: by which day.
        months: for so many it has to be valid beyond the end of the journey.
        id: None before it is stored.
    """

    kind: str
    order_id: OrderId | None = None
    due_on: date | None = None
    months: int = 0
    id: RequirementId | None = None


class PaperState(StrEnum):
    """How a traveller stands with a document that is required."""

    HERE = "here"
    MISSING = "missing"
    EXPIRES = "expires"
    """It is here, but not valid for long enough."""


class TravellerPaper(NamedTuple):
    """A traveller and a document that he has to hand in.

    Attributes:
        late: it is not here and its day is over.
    """

    traveller: Traveller
    name: str
    requirement: Requirement
    state: PaperState
    late: bool = False


def reference(number: str, version: int) -> str:
    """A number with its version, where it is not the first: O-2026-0007/2."""
    return number if version == 1 or not number else f"{number}/{version}"


_NEXT = {
    OrderStatus.DRAFT: {OrderStatus.OPEN},
    OrderStatus.OPEN: {OrderStatus.DONE, OrderStatus.CANCELLED},
    OrderStatus.DONE: {OrderStatus.OPEN},
    OrderStatus.CANCELLED: set(),
}


def may_become(order: Order, status: OrderStatus) -> bool:
    """Whether an order may turn to a status from its own."""
    return status in _NEXT[order.status]


# What cancelling costs.


class Fee(NamedTuple):
    """What cancelling costs from so many days before the start on.

    Attributes:
        days: before the start; 0 from the day of the start on.
        percent: of the total, thousandths of a percent.
    """

    days: int
    percent: int


def read_fees(text: str) -> tuple[Fee, ...]:
    """The fees that a version keeps, the earliest first.

    Raises:
        ValueError: it is not written as `written_fees` writes it.
    """
    pairs = [one.split(":") for one in text.split(",") if one]
    found = tuple(Fee(int(days), int(percent)) for days, percent in pairs)
    if any(fee.days < 0 or not 0 <= fee.percent <= HUNDRED_PERCENT for fee in found):
        raise ValueError(text)
    return tuple(sorted(found, reverse=True))


def written_fees(fees: Sequence[Fee]) -> str:
    """Fees as a version keeps them."""
    return ",".join(f"{days}:{percent}" for days, percent in sorted(fees, reverse=True))


def fee_percent(fees: Sequence[Fee], starts_on: date | None, day: date) -> int:
    """What cancelling on a day costs, thousandths of a percent.

    Nothing before the first of the days, and where nobody said when it starts.
    """
    if starts_on is None:
        return 0
    left = (starts_on - day).days
    reached = [fee for fee in fees if left <= fee.days]
    return min(reached).percent if reached else 0


class Cancellation(NamedTuple):
    """What cancelling an order comes to, in minor units of its currency.

    Attributes:
        total: what it came to until now.
        percent: by the fees that were agreed, thousandths of a percent.
        fee: what the customer pays still.
        received: what he paid already.
    """

    total: int
    percent: int
    fee: int
    received: int

    @property
    def refund(self) -> int:
        """What he gets back; below zero for what he owes."""
        return self.received - self.fee


def fee_of(total: int, percent: int) -> int:
    """A fee, rounded to the minor unit."""
    return rounded_ratio(total * percent, HUNDRED_PERCENT)


def fee_lines(totals: Totals, fee: int, words: str) -> list[OrderLine]:
    """The lines that stand in a cancelled order: the fee, shared out among the rates of tax.

    Prices in them include taxes; they come to the fee exactly.
    """
    if not fee:
        return []
    gross = [one.net + one.tax for one in totals.taxes]
    weights = [max(0, amount) for amount in gross]
    if not any(weights):
        return [OrderLine(words, price=fee)]
    return [
        OrderLine(words, price=share, tax_rate=one.rate)
        for one, share in zip(totals.taxes, shared_out(fee, weights), strict=True)
        if share
    ]


# Goods that come back.


def left_of(lines: Sequence[OrderLine]) -> dict[int, Decimal]:
    """How much of each line was not taken back yet, by its key."""
    left = {line.key: line.quantity for line in lines if line.counts and line.returns is None}
    for line in lines:
        if line.returns in left:
            left[line.returns] += line.quantity
    return left


def return_lines(lines: Sequence[OrderLine], back: Mapping[int, Decimal]) -> list[OrderLine]:
    """The lines that take goods back.

    Whatever the parts in which a line is taken back, together they come to what it came to: each
    is what all parts so far come to, less those before it.

    Args:
        lines: of the version that is agreed.
        back: how much of which line, by its key; above zero.

    Raises:
        ValueError: there is no such line, or not so much is left of it.
    """
    left = left_of(lines)
    made = []
    for line in lines:
        if line.key not in back or line.returns is not None:
            continue
        wanted = back[line.key]
        if not 0 < wanted <= left.get(line.key, Decimal(0)):
            raise ValueError(line.key)
        before = line.quantity - left[line.key]
        whole = line_total(line.priced)
        amount = _part(whole, before + wanted, line.quantity) - _part(whole, before, line.quantity)
        bare = replace(
            line,
            quantity=-wanted,
            discount_amount=0,
            returns=line.key,
            key=0,
            kind=LineKind.ITEM,
            chosen=False,
            id=None,
        )
        made.append(replace(bare, discount_amount=line_total(bare.priced) + amount))
    if len(made) != len(back):
        raise ValueError("no such line")
    return made


def _part(whole: int, quantity: Decimal, of: Decimal) -> int:
    (top, below), (bottom, above) = quantity.as_integer_ratio(), of.as_integer_ratio()
    return rounded_ratio(whole * top * above, below * bottom)


# Out of an archive and into another.


class ToldOrderLine(NamedTuple):
    """A line as it goes out of an archive and comes into another.

    Attributes:
        product: the place of its product among those that are told; None for none.
    """

    line: OrderLine
    product: int | None = None


class ToldVersion(NamedTuple):
    """A version with its lines."""

    version: OrderVersion
    lines: Sequence[ToldOrderLine] = ()


class ToldTraveller(NamedTuple):
    """A traveller by his number in the archive that he comes from."""

    customer: int
    notes: str = ""
