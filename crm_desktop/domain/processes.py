"""Processes: the steps by which a firm carries out what it sold, and how an order stands in them.

A process is a template. An order that begins to run by it gets steps of its own, copied from the
template's: whoever changes the template later changes nothing in orders that run already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.orders import OrderId, PaperState
from crm_desktop.domain.periods import working_day_after

ProcessId = NewType("ProcessId", int)
ProcessStepId = NewType("ProcessStepId", int)
OrderStepId = NewType("OrderStepId", int)

MOST_DAYS = 3_650


class DueFrom(StrEnum):
    """From which day a step's own day is counted."""

    NOTHING = ""
    CONFIRMED = "confirmed"
    PREVIOUS = "previous"
    """The day on which the step before it was done."""
    START = "start"
    END = "end"


class NeedKind(StrEnum):
    """What a step may need before it can be done."""

    DOCUMENT = "document"
    """Of a kind, of each traveller; of the customer, where nobody travels."""
    PAYMENT = "payment"
    PERSON = "person"


class Paid(StrEnum):
    """What a step may need to be paid."""

    DEPOSIT = "deposit"
    FULL = "full"


class Who(StrEnum):
    """Whom a step may need to be named."""

    TRAVELLER = "traveller"
    OWNER = "owner"


class StepNeed(NamedTuple):
    """Something that a step needs.

    Attributes:
        what: the kind of document; a value of `Paid`, or of `Who`.
        months: for so many a document has to be valid beyond the end.
    """

    kind: NeedKind
    what: str
    months: int = 0


class EffectKind(StrEnum):
    """What may be brought about when a step is done, or by a rule."""

    TASK = "task"
    WARNING = "warning"
    MAIL = "mail"
    SURVEY = "survey"
    STAGE = "stage"
    CASE = "case"


class Effect(NamedTuple):
    """Something that is brought about.

    Attributes:
        what: the title of the task or the case, the subject of the e-mail, the stage, the survey.
        text: of the e-mail.
        days: within so many it is to be done.
        working: whether Saturdays and Sundays do not count.
    """

    kind: EffectKind
    what: str
    text: str = ""
    days: int = 0
    working: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """A template of steps.

    Attributes:
        id: None before it is stored.
    """

    name: str
    position: int = 0
    id: ProcessId | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What templates and orders know of a step.

    Attributes:
        details: how it is done.
        owner: who does it, "" for nobody in particular.
        due_days: after the day that `due_from` says; below zero before it.
        needs: as `written_needs` writes them.
        effects: what it brings about once it is done, as `written_effects` writes them.
    """

    name: str
    details: str = ""
    owner: str = ""
    due_from: DueFrom = DueFrom.NOTHING
    due_days: int = 0
    needs: str = ""
    effects: str = ""
    position: int = 0

    @property
    def needed(self) -> tuple[StepNeed, ...]:
        """What has to be there before it can be done."""
        return read_needs(self.needs)

    @property
    def brings_about(self) -> tuple[Effect, ...]:
        """What happens once it is done."""
        return read_effects(self.effects)


@dataclass(frozen=True, slots=True)
class ProcessStep(Step):
    """A step of a template.

    Attributes:
        id: None before it is stored.
    """

    process_id: ProcessId | None = None
    id: ProcessStepId | None = None


@dataclass(frozen=True, slots=True)
class OrderStep(Step):
    """A step of one order.

    Attributes:
        due_on: its day, kept as the order's days change.
        by_itself: whether it was done as soon as nothing was missing, and is open again as soon
            as something is.
        note: what the owner says of it.
        id: None before it is stored.
    """

    order_id: OrderId | None = None
    due_on: date | None = None
    done_at: datetime | None = None
    by_itself: bool = False
    note: str = ""
    id: OrderStepId | None = None


class StepMissing(NamedTuple):
    """What is missing for a step.

    Attributes:
        whom: the names of those whose document it is.
        state: how their document stands: missing, or not valid for long enough.
    """

    need: StepNeed
    whom: Sequence[str] = ()
    state: PaperState = PaperState.MISSING


class OrderFacts(NamedTuple):
    """What an order's steps are measured by.

    Attributes:
        deposit_open: what is still to be paid of its deposits, minor units.
        open: what is still to be paid of all.
        has_price: whether anything is to be paid at all.
        papers: how each person's document of a kind, valid for so many months, stands.
    """

    confirmed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    travellers: int = 0
    deposit_open: int = 0
    open: int = 0
    has_price: bool = False
    papers: Mapping[tuple[str, int], Sequence[tuple[str, PaperState]]] = {}


class StandingStep(NamedTuple):
    """A step of an order as it stands on a day.

    Attributes:
        missing: what it needs and does not have; nothing once it is done.
        late: it is not done and its day is over.
        is_next: it is the first that is not done.
    """

    step: OrderStep
    missing: Sequence[StepMissing] = ()
    late: bool = False
    is_next: bool = False

    @property
    def done(self) -> bool:
        """Whether it is done."""
        return self.step.done_at is not None


# What is kept as text.


def read_needs(text: str) -> tuple[StepNeed, ...]:
    """Needs as a step keeps them.

    Raises:
        ValueError: it is not written as `written_needs` writes it.
    """
    found = []
    for kind, what, months in json.loads(text) if text else ():
        need = StepNeed(NeedKind(kind), str(what), int(months))
        if need.kind is NeedKind.PAYMENT:
            Paid(need.what)
        elif need.kind is NeedKind.PERSON:
            Who(need.what)
        if not need.what.strip() or need.months < 0:
            raise ValueError(text)
        found.append(need)
    return tuple(found)


def written_needs(needs: Sequence[StepNeed]) -> str:
    """Needs as a step keeps them: `[["document", "Passport", 6]]`; "" for none."""
    return json.dumps([list(need) for need in needs], ensure_ascii=False) if needs else ""


def read_effects(text: str) -> tuple[Effect, ...]:
    """Effects as a step keeps them.

    Raises:
        ValueError: it is not written as `written_effects` writes it.
    """
    found = []
    for kind, what, said, days, working in json.loads(text) if text else ():
        effect = Effect(EffectKind(kind), str(what), str(said), int(days), bool(working))
        if not 0 <= effect.days <= MOST_DAYS:
            raise ValueError(text)
        found.append(effect)
    return tuple(found)


def written_effects(effects: Sequence[Effect]) -> str:
    """Effects as a step keeps them: `[["task", "Book the hotel", "", 2, true]]`; "" for none."""
    return json.dumps([list(effect) for effect in effects], ensure_ascii=False) if effects else ""


# How steps stand.


def due_on(step: Step, facts: OrderFacts, previous: date | None) -> date | None:
    """The day of a step; None where it has none, or the day that it is counted from is not known.

    Args:
        step: any.
        facts: of its order.
        previous: when the step before it was done.
    """
    counted_from = {
        DueFrom.NOTHING: None,
        DueFrom.CONFIRMED: facts.confirmed_on,
        DueFrom.PREVIOUS: previous,
        DueFrom.START: facts.starts_on,
        DueFrom.END: facts.ends_on or facts.starts_on,
    }[step.due_from]
    return None if counted_from is None else counted_from + timedelta(days=step.due_days)


def missing(step: Step, facts: OrderFacts) -> list[StepMissing]:
    """What a step needs that is not there."""
    found = []
    for need in step.needed:
        if need.kind is NeedKind.DOCUMENT:
            short: dict[PaperState, list[str]] = {}
            for name, state in facts.papers.get((need.what, need.months), ()):
                if state is not PaperState.HERE:
                    short.setdefault(state, []).append(name)
            found += [StepMissing(need, names, state) for state, names in short.items()]
        elif not _is_there(need, step, facts):
            found.append(StepMissing(need))
    return found


def _is_there(need: StepNeed, step: Step, facts: OrderFacts) -> bool:
    if need.kind is NeedKind.PAYMENT:
        due = facts.deposit_open if need.what == Paid.DEPOSIT else facts.open
        return facts.has_price and due <= 0
    return facts.travellers > 0 if need.what == Who.TRAVELLER else bool(step.owner)


def standing(steps: Sequence[OrderStep], facts: OrderFacts, today: date) -> list[StandingStep]:
    """How the steps of an order stand on a day, in their order."""
    made = []
    first = next((step for step in steps if step.done_at is None), None)
    for step in steps:
        done = step.done_at is not None
        late = not done and step.due_on is not None and step.due_on < today
        short = [] if done else missing(step, facts)
        made.append(StandingStep(step, short, late, step is first))
    return made


def kept_up(
    steps: Sequence[OrderStep], facts: OrderFacts, now: datetime
) -> dict[OrderStepId, dict[str, object]]:
    """What is to be changed of an order's steps so that they say what holds.

    A step that needs something is done as soon as nothing of it is missing; one that was done so
    is open again as soon as something is. What the owner ticked himself stays.

    Returns:
        For each step that changes, its columns with their values.
    """
    changes: dict[OrderStepId, dict[str, object]] = {}
    previous: date | None = None
    for step in steps:
        wanted: dict[str, object] = {}
        done_at = step.done_at
        if step.needed and (done_at is None or step.by_itself):
            lacks = bool(missing(step, facts))
            if done_at is None and not lacks:
                done_at = now
                wanted |= {"done_at": now, "by_itself": True}
            elif done_at is not None and lacks:
                done_at = None
                wanted |= {"done_at": None, "by_itself": False}
        day = due_on(step, facts, previous)
        if day != step.due_on:
            wanted["due_on"] = day
        previous = None if done_at is None else done_at.astimezone().date()
        if wanted and step.id is not None:
            changes[step.id] = wanted
    return changes


def due_within(effect: Effect, today: date) -> date:
    """By which day what is brought about is to be done."""
    if effect.working:
        return working_day_after(today, effect.days)
    return today + timedelta(days=effect.days)


# Out of an archive and into another.


class WholeProcess(NamedTuple):
    """A process with its steps in their order."""

    process: Process
    steps: Sequence[ProcessStep] = ()
