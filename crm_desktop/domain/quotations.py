"""Quotations: what is offered to a customer, for how much, until when.

A draft is edited as one likes. Once issued it stays as it went out: whoever wants it otherwise
makes a new version, which replaces it when it is issued in its turn. That it has run out follows
from its day and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.lines import Line, LineKind, Terms
from crm_desktop.domain.lines import totals as totals_of_lines
from crm_desktop.domain.money import Money
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.pricing import Discount, Taxes, Totals

QuotationId = NewType("QuotationId", int)
QuotationLineId = NewType("QuotationLineId", int)


class QuotationStatus(StrEnum):
    """How far a quotation has come."""

    DRAFT = "draft"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"


_NEXT = {
    QuotationStatus.DRAFT: {QuotationStatus.ISSUED},
    QuotationStatus.ISSUED: {
        QuotationStatus.ACCEPTED,
        QuotationStatus.DECLINED,
        QuotationStatus.REPLACED,
    },
    # Whoever declined may think better of it.
    QuotationStatus.DECLINED: {QuotationStatus.ACCEPTED, QuotationStatus.REPLACED},
    # What both agreed upon is replaced by nothing; it is copied.
    QuotationStatus.ACCEPTED: set(),
    QuotationStatus.REPLACED: set(),
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation without its lines.

    Attributes:
        number: as it was issued, the same for all versions; "" before.
        version: of that number, from 1; of a draft the one that it is expected to become.
        earlier_id: the version that it replaces.
        taxes: whether its prices include them.
        discount_percent, discount_amount: what comes off in total, thousandths of a percent
            and minor units.
        rounding: the total is rounded to multiples of so many minor units.
        language: key of `i18n.LANGUAGES` that it is printed in.
        valid_until: its last day, None for no end.
        reason: why it was declined.
        id: None before it is stored.
    """

    title: str
    customer_id: CustomerId
    currency: str
    opportunity_id: OpportunityId | None = None
    earlier_id: QuotationId | None = None
    number: str = ""
    version: int = 1
    status: QuotationStatus = QuotationStatus.DRAFT
    taxes: Taxes = Taxes.ADDED
    discount_percent: int = 0
    discount_amount: int = 0
    rounding: int = 1
    language: str = "en"
    valid_until: date | None = None
    intro: str = ""
    terms: str = ""
    reason: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    issued_at: datetime | None = None
    decided_at: datetime | None = None
    id: QuotationId | None = None

    @property
    def discount(self) -> Discount:
        """What comes off in total."""
        return Discount(self.discount_percent, self.discount_amount)

    @property
    def sheet(self) -> Terms:
        """What its lines have in common."""
        return Terms(self.currency, self.taxes, self.discount, self.rounding)

    @property
    def reference(self) -> str:
        """The number with its version, where it is not the first; "" of a draft."""
        return self.number if self.version == 1 or not self.number else of_version(self)


@dataclass(frozen=True, slots=True)
class QuotationLine(Line):
    """One line of a quotation; what is offered is above zero.

    Attributes:
        id: None before it is stored.
    """

    quotation_id: QuotationId | None = None
    id: QuotationLineId | None = None


class WholeQuotation(NamedTuple):
    """A quotation with its lines and what they come to.

    Attributes:
        lines: in their order.
        totals: `totals.lines` has one amount for each line, 0 for texts.
        earlier: the number and version that it replaces, or is to replace; "" for none.
    """

    quotation: Quotation
    lines: Sequence[QuotationLine]
    totals: Totals
    customer_name: str = ""
    earlier: str = ""

    @property
    def terms(self) -> Terms:
        """What its lines have in common."""
        return self.quotation.sheet

    @property
    def total(self) -> Money:
        """What is to be paid."""
        return Money(self.totals.total, self.quotation.currency)


class ListedQuotation(NamedTuple):
    """A quotation as lists show it."""

    quotation: Quotation
    total: Money
    customer_name: str = ""


class QuotationQuery(NamedTuple):
    """Which quotations are shown.

    Attributes:
        text: words that all are in the number, the title or the customer's name.
        statuses: those with one of these; empty for any. Expired ones are issued ones.
        limit: how many at most.
    """

    text: str = ""
    statuses: frozenset[QuotationStatus] = frozenset()
    limit: int = 500


EVERY_QUOTATION = QuotationQuery()


def totals(quotation: Quotation, lines: Sequence[QuotationLine]) -> Totals:
    """What a quotation comes to; texts come to nothing."""
    return totals_of_lines(quotation.sheet, lines)


def may_become(quotation: Quotation, status: QuotationStatus) -> bool:
    """Whether a quotation may turn to a status from its own."""
    return status in _NEXT[quotation.status]


def may_be_edited(quotation: Quotation) -> bool:
    """Whether its lines and words may change: drafts only."""
    return quotation.status is QuotationStatus.DRAFT


def is_expired(quotation: Quotation, today: date) -> bool:
    """Whether it is out and its last day is over."""
    last = quotation.valid_until
    return quotation.status is QuotationStatus.ISSUED and last is not None and last < today


def of_version(quotation: Quotation) -> str:
    """A number with its version, as one writes it: Q-2026-0007/2."""
    return f"{quotation.number}/{quotation.version}"


def chosen_of(
    lines: Sequence[QuotationLine], wanted: Collection[QuotationLineId]
) -> dict[QuotationLineId, bool]:
    """Which options turn to chosen, or to not chosen, where just these are.

    Raises:
        ValueError: one of them is no option of these lines.
    """
    options = {line.id: line for line in lines if line.kind is LineKind.OPTION and line.id}
    if unknown := set(wanted) - options.keys():
        raise ValueError(sorted(unknown))
    return {
        number: number in wanted
        for number, line in options.items()
        if line.chosen != (number in wanted)
    }


class ToldLine(NamedTuple):
    """A line as it goes out of an archive and comes into another.

    Attributes:
        product: the place of its product among those that are told; None for none.
    """

    line: QuotationLine
    product: int | None = None


class ToldQuotation(NamedTuple):
    """A quotation as it goes out of an archive and comes into another.

    Attributes:
        lines: in their order.
        opportunity: the place of its opportunity among its customer's; None for none.
        earlier: the place of the version that it replaces among its customer's quotations.
    """

    quotation: Quotation
    lines: Sequence[ToldLine] = ()
    opportunity: int | None = None
    earlier: int | None = None
