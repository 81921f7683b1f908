"""What a day asks for: what is due, who is to be thought of, and for how long each is warned of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import CustomerId, CustomerRow
from crm_desktop.domain.documents import DocumentId
from crm_desktop.domain.money import Money
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.processes import OrderStep
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.tasks import Task

DAYS_AHEAD = 14
"""Birthdays and anniversaries are told so long before."""
PROMISES_AHEAD = 14
EXPIRED_SINCE = 30
"""What has expired stays in the day's list so long."""
ROUND_YEARS = frozenset((1, 5, *range(10, 101, 5)))
"""After so many years with the firm a customer is worth a word."""

QUIET_MONTHS = 6
QUIET_AT_LEAST = 60
"""Nobody is quiet before so many days, however often he used to come."""
QUIET_RHYTHMS = 3
"""How many times his usual gap makes a customer quiet."""
QUIET_PAUSE = 30
"""Who is put aside without a day comes again after so many."""
RHYTHM_FROM = 4
"""Of fewer entries nobody can tell a rhythm."""


class Topic(StrEnum):
    """The heads of the day's list, in their order."""

    OVERDUE = "overdue"
    DUE = "due"
    FOLLOW_UPS = "follow_ups"
    PROMISES = "promises"
    CASES = "cases"
    STEPS = "steps"
    PAYMENTS = "payments"
    FEASTS = "feasts"
    DOCUMENTS = "documents"
    QUIET = "quiet"


PRESSING = (
    *(Topic.OVERDUE, Topic.DUE, Topic.FOLLOW_UPS, Topic.PROMISES, Topic.CASES),
    *(Topic.STEPS, Topic.PAYMENTS),
)
"""What the archive's indexes answer at once; the others take a look at all customers."""
COMING = (Topic.FEASTS, Topic.DOCUMENTS, Topic.QUIET)


class FeastKind(StrEnum):
    """What is kept."""

    BIRTHDAY = "birthday"
    SINCE = "since"
    FIELD = "field"


class DueTask(NamedTuple):
    """A task that is due, with the words of the entry that it follows up, "" for none."""

    task: Task
    about: str = ""


class Feast(NamedTuple):
    """A day to congratulate somebody on.

    Attributes:
        day: on which it is kept this time.
        years: how old he, or it, is then; None where nobody knows the year.
        field: the name of the owner's own field that has the day, "" for none.
        lunar: whether it is a day of the Chinese calendar.
    """

    customer_id: CustomerId
    kind: FeastKind
    day: date
    years: int | None = None
    field: str = ""
    lunar: bool = False


class Expiring(NamedTuple):
    """A document whose last day is near, or has just passed."""

    document: DocumentId
    customer_id: CustomerId
    name: str
    kind: str
    number: str
    last_day: date


class Quiet(NamedTuple):
    """A customer who used to be heard of.

    Attributes:
        entries: how many his timeline has.
        last_at: when the last one was written.
    """

    customer_id: CustomerId
    rating: int
    entries: int
    last_at: datetime


class LatePayment(NamedTuple):
    """An order of which something should have been paid.

    Attributes:
        number: as it was confirmed.
        amount: what is late.
        since: the first day that is over.
    """

    order: OrderId
    customer_id: CustomerId
    number: str
    title: str
    amount: Money
    since: date


class DueStep(NamedTuple):
    """The step that an open order comes to next.

    Attributes:
        number: of the order, as it was confirmed.
        done: how many of its steps are done, and
        of: how many it has.
    """

    order: OrderId
    customer_id: CustomerId
    number: str
    title: str
    step: OrderStep
    done: int = 0
    of: int = 0


STEPS_AHEAD = 7
"""Steps are told so many days before they are due."""
LATE_PAUSE = 7
"""Who was put aside without a day is told again after so many."""

Subject = DueTask | Promise | Case | Feast | Expiring | Quiet | LatePayment | DueStep


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One line of the day's list.

    Attributes:
        key: what it is put aside under, "" for what has a day of its own to be put off.
        customer: whom it is about, None for the firm's own tasks.
    """

    topic: Topic
    subject: Subject
    key: str = ""
    customer: CustomerRow | None = None


class Section(NamedTuple):
    """A head with its first lines, and how many there are, counted up to `COUNTED`."""

    topic: Topic
    lines: list[TodayLine]
    total: int


COUNTED = 1000


def key_of(topic: Topic, subject: Subject) -> str:
    """What a line is put aside under."""
    if isinstance(subject, Feast):
        return f"{topic}.{subject.kind}.{subject.field}.{subject.customer_id}"
    if isinstance(subject, Case):
        return f"{topic}.{subject.id}"
    if isinstance(subject, Expiring):
        return f"{topic}.{subject.document}"
    if isinstance(subject, Quiet):
        return f"{topic}.{subject.customer_id}"
    if isinstance(subject, LatePayment | DueStep):
        return f"{topic}.{subject.order}"
    return ""
