"""Opportunities in the user's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from crm_desktop.domain.money import Money
from crm_desktop.domain.opportunities import (
    ListedOpportunity,
    Need,
    Outcome,
    PipelineStage,
    days_in_stage,
    is_stuck,
    sums,
)
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.services import amounts
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import Colours, Tint

# Sums of more currencies than these are not read at a glance.
_MOST_SUMS = 2


class CardWords(NamedTuple):
    """What the card of an opportunity says.

    Attributes:
        step: what is to be done next.
        is_late: that it should have been done.
        age: for how long it has stood there, "" on the first day.
        is_stuck: that this is longer than the stage allows.
    """

    title: str
    customer: str
    step: str
    is_late: bool
    amount: str
    age: str
    is_stuck: bool


def card_words(listed: ListedOpportunity, stage: PipelineStage, today: date) -> CardWords:
    """What the card of an opportunity says."""
    one, step = listed.opportunity, listed.next_step
    still_open = stage.outcome is Outcome.OPEN
    due = step.due_on if step is not None else None
    said = "" if step is None else step.title
    if due is not None:
        said = _("{day}: {step}").format(day=dues.day_text(due, today), step=said)
    if not still_open:
        said = one.lost_reason
    days = days_in_stage(one, today)
    return CardWords(
        one.title,
        listed.customer_name,
        said or (_("No next step") if still_open else ""),
        still_open and due is not None and due < today,
        amounts.money_shown(one.money),
        days_text(days) if days else "",
        still_open and is_stuck(one, stage, today),
    )


def days_text(days: int) -> str:
    """For how long something has stood somewhere."""
    return ngettext("{n} day", "{n} days", days).format(n=say.number(days))


def sums_text(amounts_of: Sequence[Money]) -> str:
    """Amounts of several currencies, the largest first; "" for none."""
    shown = " + ".join(amounts.money_shown(one) for one in amounts_of[:_MOST_SUMS])
    return f"{shown} + …" if len(amounts_of) > _MOST_SUMS else shown


def stage_sum(stage: PipelineStage, listed: Sequence[ListedOpportunity]) -> str:
    """What stands in a stage, and how likely it is to be won: `€1,200 · 50 %`."""
    worth = sums_text(sums(one.opportunity for one in listed))
    chance = f"{stage.probability} %" if stage.outcome is Outcome.OPEN else ""
    return " · ".join(filter(None, (worth, chance)))


class StageWorth(NamedTuple):
    """What stands in a stage, worked out: the thousands of a board are not added up at each move.

    Attributes:
        listed: of what it was worked out.
        plain, likely: what it is worth, and what by its probability.
    """

    stage: PipelineStage
    listed: Sequence[ListedOpportunity]
    plain: tuple[Money, ...]
    likely: tuple[Money, ...]


def worth_of(stage: PipelineStage, listed: Sequence[ListedOpportunity]) -> StageWorth:
    """Work it out."""
    ones = [one.opportunity for one in listed]
    return StageWorth(stage, listed, sums(ones), sums(ones, probability=stage.probability))


def board_sum(worths: Sequence[StageWorth]) -> str:
    """How many are open, what they are worth, and what by their probability."""
    still_open = [one for one in worths if one.stage.outcome is Outcome.OPEN]
    count = sum(len(one.listed) for one in still_open)
    words = ngettext("{n} open", "{n} open", count).format(n=say.number(count))
    worth = _together(one.plain for one in still_open)
    if not worth:
        return words
    likely = sums_text(_together(one.likely for one in still_open))
    said = _("{worth}, weighted {likely}").format(worth=sums_text(worth), likely=likely)
    return f"{words} · {said}"


def _together(parts: Iterable[Sequence[Money]]) -> tuple[Money, ...]:
    found: dict[str, int] = {}
    for money in chain.from_iterable(parts):
        found[money.currency] = found.get(money.currency, 0) + money.amount
    together = (Money(amount, currency) for currency, amount in found.items())
    return tuple(sorted(together, key=lambda money: -money.value))


def stage_tint(stage: PipelineStage, c: Colours) -> Tint:
    """The colours of a stage's pill."""
    return {Outcome.OPEN: c.blue, Outcome.WON: c.green, Outcome.LOST: c.red}[stage.outcome]


def outcome_text(outcome: Outcome) -> str:
    """What it means that something stands in a stage."""
    return {
        Outcome.OPEN: pgettext("outcome", "Open"),
        Outcome.WON: pgettext("outcome", "Won"),
        Outcome.LOST: pgettext("outcome", "Lost"),
    }[outcome]


def field_text(field: str) -> str:
    """The word for a field of an opportunity."""
    return {
        Need.AMOUNT.value: pgettext("opportunity", "Worth"),
        Need.CLOSES_ON.value: pgettext("opportunity", "Decided"),
        Need.OWNER.value: pgettext("opportunity", "Followed up by"),
        Need.NEXT_STEP.value: pgettext("opportunity", "Next step"),
        "source": pgettext("opportunity", "Came by"),
        "occasion": pgettext("opportunity", "Set off by"),
        "lost_reason": pgettext("opportunity", "Lost because"),
    }[field]


def field_example(field: str) -> str:
    """What may be typed into a field of an opportunity."""
    return {
        Need.AMOUNT.value: _("1250.50 EUR"),
        Need.CLOSES_ON.value: _("in 2 weeks, 2030-05-31 …"),
        Need.OWNER.value: _("Who follows it up"),
        Need.NEXT_STEP.value: _("call back in 2 days"),
        "source": _("phone, web form, recommended …"),
        "occasion": _("their supplier is in trouble …"),
        "lost_reason": _("too expensive, no answer …"),
    }[field]
