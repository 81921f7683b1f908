"""Opportunities: what may become a sale, on its way through the stages of a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.money import Money, rounded_ratio

PipelineId = NewType("PipelineId", int)
PipelineStageId = NewType("PipelineStageId", int)
OpportunityId = NewType("OpportunityId", int)

CERTAIN = 100
"""The probability of what is won, in percent."""


class Outcome(StrEnum):
    """What it means that an opportunity stands in a stage."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Need(StrEnum):
    """What an opportunity may have to have before it comes into a stage."""

    AMOUNT = "amount"
    CLOSES_ON = "closes_on"
    OWNER = "owner"
    NEXT_STEP = "next_step"


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A firm's way from an enquiry to a sale.

    Attributes:
        id: None before it is stored.
    """

    name: str
    position: int = 0
    id: PipelineId | None = None


@dataclass(frozen=True, slots=True)
class PipelineStage:
    """One stage of a pipeline.

    Attributes:
        probability: how often what stands here is won, in percent.
        most_days: what stands here longer is stuck; None for any time.
        needs: values of `Need` with blanks between.
        id: None before it is stored.
    """

    name: str
    pipeline_id: PipelineId | None = None
    outcome: Outcome = Outcome.OPEN
    probability: int = 0
    most_days: int | None = None
    needs: str = ""
    position: int = 0
    id: PipelineStageId | None = None

    @property
    def needed(self) -> tuple[Need, ...]:
        """What an opportunity needs to stand here."""
        return tuple(map(Need, self.needs.split()))


@dataclass(frozen=True, slots=True)
class Opportunity:
    """Something that may be sold to a customer.

    Attributes:
        amount: what it is worth, in minor units of `currency`; None where nobody knows yet.
        closes_on: when it is expected to be decided.
        source: how it came: by phone, by the web form.
        occasion: what set it off: a supplier's trouble, a new buyer in charge, a new product.
        entered_at: since when it stands in its stage.
        id: None before it is stored.
    """

    title: str
    customer_id: CustomerId
    stage_id: PipelineStageId
    owner: str = ""
    amount: int | None = None
    currency: str = ""
    closes_on: date | None = None
    source: str = ""
    occasion: str = ""
    lost_reason: str = ""
    notes: str = ""
    entered_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    id: OpportunityId | None = None

    @property
    def money(self) -> Money | None:
        """What it is worth."""
        return None if self.amount is None else Money(self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class Move:
    """That an opportunity came into a stage.

    Attributes:
        stage_id: None for one that was removed since.
        id: None before it is stored.
    """

    at: datetime
    stage_id: PipelineStageId | None = None
    opportunity_id: OpportunityId | None = None
    id: int | None = None


class NextStep(NamedTuple):
    """The open task of an opportunity that is due first."""

    title: str
    due_on: date | None = None


class ListedOpportunity(NamedTuple):
    """An opportunity as the board and the list show it."""

    opportunity: Opportunity
    customer_name: str
    next_step: NextStep | None = None


class BoardQuery(NamedTuple):
    """Which opportunities are shown.

    Attributes:
        text: words that all are in the title, the customer's name or the owner.
        owner: whose, "" for everybody's.
        closed_since: what was won or lost before is left out.
    """

    pipeline: PipelineId
    text: str = ""
    owner: str = ""
    closed_since: datetime | None = None


def weighted(money: Money, probability: int) -> Money:
    """What it is worth by its probability, rounded to the minor unit."""
    return Money(rounded_ratio(money.amount * probability, CERTAIN), money.currency)


def days_in_stage(opportunity: Opportunity, today: date) -> int:
    """For how many days it has stood in its stage, 0 on the first."""
    if opportunity.entered_at is None:
        return 0
    return max(0, (today - opportunity.entered_at.astimezone().date()).days)


def is_stuck(opportunity: Opportunity, stage: PipelineStage, today: date) -> bool:
    """Whether it has stood in its stage for longer than it should."""
    return stage.most_days is not None and days_in_stage(opportunity, today) > stage.most_days


def missing(
    stage: PipelineStage, opportunity: Opportunity, *, has_next_step: bool
) -> tuple[Need, ...]:
    """What a stage wants that an opportunity does not have."""
    there = {
        Need.AMOUNT: opportunity.amount is not None,
        Need.CLOSES_ON: opportunity.closes_on is not None,
        Need.OWNER: bool(opportunity.owner),
        Need.NEXT_STEP: has_next_step,
    }
    return tuple(need for need in stage.needed if not there[need])


def sums(opportunities: Iterable[Opportunity], *, probability: int = CERTAIN) -> tuple[Money, ...]:
    """What opportunities are worth together, one amount of each currency, the largest first.

    Args:
        opportunities: those without an amount count for nothing.
        probability: in percent; each is weighted by itself, so that the sum is that of what is
            shown of each.
    """
    found: dict[str, int] = {}
    for one in opportunities:
        if one.amount is not None:
            part = rounded_ratio(one.amount * probability, CERTAIN)
            found[one.currency] = found.get(one.currency, 0) + part
    amounts = (Money(amount, currency) for currency, amount in found.items())
    return tuple(sorted(amounts, key=lambda money: -money.value))


class ToldPipeline(NamedTuple):
    """A pipeline as it goes out of an archive and comes into another."""

    name: str
    stages: Sequence[PipelineStage] = ()


class ToldOpportunity(NamedTuple):
    """An opportunity as it goes out of an archive and comes into another.

    Attributes:
        at: the names of its pipeline and stage.
        moves: the names of the pipeline and the stage that it came to, none of one that was
            removed since, and when.
    """

    opportunity: Opportunity
    at: tuple[str, str]
    moves: Sequence[tuple[tuple[str, str] | None, datetime]] = ()
