"""The timeline of a customer: what somebody wrote down, and what the program knows besides."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.customers import CustomerId, InteractionId
from crm_desktop.domain.tasks import TaskId


class EventKind(StrEnum):
    """What the program knows by itself; it is read from the archive's tables, never stored."""

    CREATED = "created"
    IMPORTED = "imported"
    STAGE = "stage"
    DOCUMENT = "document"
    CASE_OPENED = "case_opened"
    CASE_RESOLVED = "case_resolved"
    PROMISE_KEPT = "promise_kept"
    TASK_DONE = "task_done"
    OPPORTUNITY = "opportunity"
    QUOTATION_ISSUED = "quotation_issued"
    QUOTATION_ACCEPTED = "quotation_accepted"
    QUOTATION_DECLINED = "quotation_declined"
    ORDER_CONFIRMED = "order_confirmed"
    ORDER_CHANGED = "order_changed"
    ORDER_DONE = "order_done"
    ORDER_CANCELLED = "order_cancelled"
    PAYMENT = "payment"
    REFUND = "refund"
    STEP_DONE = "step_done"
    RULE = "rule"
    SURVEY_ASKED = "survey_asked"
    SURVEY_ANSWERED = "survey_answered"


class Place(NamedTuple):
    """Where an entry stands in the order of time; of one moment, what was written stands last."""

    at: datetime
    rank: int
    number: int


class TimelineEntry(NamedTuple):
    """One entry.

    Attributes:
        kind: an `InteractionKind` or an `EventKind`.
        place: its moment, and its number among those of its kind.
        text: what was written; of events the name of what they are about, such as a document's,
            a case's or a file's. Of a change of stage, the stage since.
        more: of a change of stage, the one before; of an import, the sheet; of an opportunity, the
            stage that it came to; of a quotation or an order, its number and version; of a payment,
            its minor units and currency.
        row, rows: of an import, the first of the customer's rows in that sheet, and how many.
    """

    kind: str
    place: Place
    text: str = ""
    more: str = ""
    pinned: bool = False
    row: int = 0
    rows: int = 0

    @property
    def interaction(self) -> InteractionId | None:
        """Its number, where it can be changed; None for an event."""
        return None if self.is_event else InteractionId(self.place.number)

    @property
    def task(self) -> TaskId | None:
        """Which task was done; None for anything else."""
        return TaskId(self.place.number) if self.kind == EventKind.TASK_DONE else None

    @property
    def has_menu(self) -> bool:
        """Whether anything can be done with it."""
        return not self.is_event or self.task is not None

    @property
    def is_event(self) -> bool:
        """Whether the program knows it by itself."""
        return self.kind in set(EventKind)


class TimelineQuery(NamedTuple):
    """Which entries of a customer's timeline are read, the newest first.

    Attributes:
        customer: whose.
        kinds: only these; empty for all.
        text: words that stand in them, in any case and with or without accents.
        before: only older ones.
        limit: at most so many.
    """

    customer: CustomerId
    kinds: frozenset[str] = frozenset()
    text: str = ""
    before: Place | None = None
    limit: int = 50


class TimelinePage(NamedTuple):
    """A part of a timeline.

    Attributes:
        pinned: entries that stand on top; with the first part only.
        entries: the others, the newest first.
        more: whether older ones wait.
    """

    pinned: list[TimelineEntry]
    entries: list[TimelineEntry]
    more: bool
