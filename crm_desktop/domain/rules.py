"""Rules of the firm's own: when something happens, something else is brought about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.processes import Effect, EffectKind

RuleId = NewType("RuleId", int)


class Event(StrEnum):
    """What a rule may wait for."""

    LEAD_ARRIVED = "lead_arrived"
    OPPORTUNITY_BEGUN = "opportunity_begun"
    STAGE_ENTERED = "stage_entered"
    QUOTATION_ISSUED = "quotation_issued"
    QUOTATION_ACCEPTED = "quotation_accepted"
    ORDER_CONFIRMED = "order_confirmed"
    PAYMENT_RECEIVED = "payment_received"
    PAID_IN_FULL = "paid_in_full"
    PAPER_EXPIRES = "paper_expires"
    ORDER_DONE = "order_done"
    ORDER_CANCELLED = "order_cancelled"
    CASE_OPENED = "case_opened"
    LOW_ANSWER = "low_answer"


# Of which nothing more is to be said than that it happened, and of which something is.
SPEAKS_OF = frozenset((Event.STAGE_ENTERED, Event.PAPER_EXPIRES))


@dataclass(frozen=True, slots=True)
class Rule:
    """When something happens, do something.

    Attributes:
        ready: which of those that the program brings along it is, or stands in place of; "" for
            one of the owner's own.
        about: the stage, or the kind of document; "" for any.
        months: for so many a document has to be valid beyond the end.
        action: what is brought about, with `what`, `text`, `days` and `working` as in `Effect`.
        owner: who is to do it, "" for whoever looks after the customer.
        id: None before it is stored.
    """

    event: Event
    action: EffectKind
    what: str = ""
    about: str = ""
    months: int = 0
    text: str = ""
    days: int = 0
    working: bool = False
    owner: str = ""
    is_on: bool = True
    ready: str = ""
    position: int = 0
    id: RuleId | None = None

    @property
    def effect(self) -> Effect:
        """What it brings about."""
        return Effect(self.action, self.what, self.text, self.days, self.working)

    @property
    def called(self) -> str:
        """By what it is known in what it made: the same, however it is edited."""
        return self.ready or f"own.{self.id}"


@dataclass(frozen=True, slots=True)
class Firing:
    """That a rule brought something about.

    Attributes:
        rule: `Rule.called`.
        said: the rule as a sentence, as it stood then.
        made: what was brought about, in words.
        about: what of the order it was about, where there may be several: whose document.
        id: None before it is stored.
    """

    customer_id: CustomerId
    rule: str
    said: str
    at: datetime
    made: str = ""
    about: str = ""
    order_id: OrderId | None = None
    id: int | None = None


class ToldFiring(NamedTuple):
    """What a rule brought about as it goes out of an archive and comes into another.

    Attributes:
        order: the number of its order; "" for none.
    """

    firing: Firing
    order: str = ""
