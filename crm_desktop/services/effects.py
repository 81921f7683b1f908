"""What rules and steps of processes bring about: tasks, e-mails to be sent, cases, other stages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import NamedTuple

from crm_desktop.domain.cases import Case, CaseKind
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.leads import LeadId
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.processes import (
    Effect,
    EffectKind,
    NeedKind,
    Paid,
    StepNeed,
    Who,
    due_within,
)
from crm_desktop.domain.tasks import Priority, Task, TaskAction
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.opportunities import OpportunityService
from crm_desktop.store import opportunities
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import CASES, OPPORTUNITIES, TASKS

PLACES = ("customer", "title", "order", "document", "start", "end", "firm")
"""What may stand in braces in a text: it is filled in when the text is used."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST_MONTHS = 600


class Occasion(NamedTuple):
    """What something is brought about for.

    Attributes:
        words: what stands in the places of its texts (`PLACES`).
        made_by: the rule or the step, as a sentence.
        owner: who does it, where nobody is said.
        today: by the owner's clock.
        text: what was said, for a case.
    """

    customer: CustomerId | None
    words: dict[str, str]
    made_by: str
    today: date
    owner: str = ""
    order: OrderId | None = None
    opportunity: OpportunityId | None = None
    lead: LeadId | None = None
    text: str = ""


def filled(text: str, words: dict[str, str]) -> str:
    """A text with what stands in its places; a place that nobody knows stays as it is."""
    return _BRACES.sub(lambda found: words.get(found[1], found[0]), text)


def bring_about(
    c: Connection, effect: Effect, occasion: Occasion, opportunities_: OpportunityService
) -> str:
    """Bring something about, inside the step of its cause.

    Returns:
        What was made, in words; "" where there was nothing to be done it to.
    """
    what = filled(effect.what, occasion.words).strip()
    if effect.kind is EffectKind.STAGE:
        return _move(c, what, occasion, opportunities_)
    if effect.kind is EffectKind.CASE:
        if occasion.customer is None:
            return ""
        case = Case(
            occasion.customer,
            what,
            CaseKind.COMPLAINT,
            "\n\n".join(filter(None, (occasion.text, occasion.made_by))),
            owner=occasion.owner,
            opened_at=datetime.now(UTC),
        )
        CASES.insert(c, case)
        return what
    task = _task(effect, what, occasion)
    TASKS.insert(c, task)
    return task.title


def _task(effect: Effect, what: str, occasion: Occasion) -> Task:
    title, action, letter, priority = what, TaskAction.NOTHING, "", Priority.NORMAL
    name = occasion.words.get("customer", "")
    if effect.kind is EffectKind.MAIL:
        title = _("Write to {customer}: {subject}").format(customer=name, subject=what)
        action, letter = TaskAction.MAIL, f"{what}\n{filled(effect.text, occasion.words)}"
    elif effect.kind is EffectKind.SURVEY:
        title = _("Ask {customer} for satisfaction").format(customer=name)
        action, letter = TaskAction.SURVEY, what
    elif effect.kind is EffectKind.WARNING:
        priority = Priority.HIGH
    return Task(
        title[: inputs.LONGEST_LINE],
        occasion.customer,
        owner=occasion.owner,
        due_on=due_within(effect, occasion.today),
        priority=priority,
        created_at=datetime.now(UTC),
        opportunity_id=occasion.opportunity,
        order_id=occasion.order,
        lead_id=occasion.lead,
        action=action,
        letter=letter,
        made_by=occasion.made_by,
    )


def _move(c: Connection, stage: str, occasion: Occasion, opportunities_: OpportunityService) -> str:
    one = None
    if occasion.opportunity is not None:
        one = OPPORTUNITIES.get(c, occasion.opportunity)
    if one is None or one.id is None:
        return ""
    place = opportunities.place(c, one.stage_id)
    pipeline = None if place is None else place.pipeline.id
    listed = [] if pipeline is None else opportunities.stages(c, pipeline)
    wanted = next((s.id for s in listed if s.name == stage), None)
    if wanted is None or wanted == one.stage_id:
        return ""
    try:
        act = opportunities_.moving(one.id, wanted)
    except UserError as refused:
        # The stage wants what is not there: somebody has to see to it.
        words = _("Move “{title}” to “{stage}”: {why}")
        said = words.format(title=one.title, stage=stage, why=refused)
        task = _task(Effect(EffectKind.TASK, said), said, occasion)
        TASKS.insert(c, task)
        return task.title
    assert act is not None
    act(c)
    return _("{title}: {stage}").format(title=one.title, stage=stage)


# As they are typed.


def checked_need(need: StepNeed) -> StepNeed:
    """A need that can be kept.

    Raises:
        UserError: it says nothing.
    """
    if need.kind is NeedKind.PAYMENT:
        return StepNeed(need.kind, Paid(inputs.one_of(Paid, need.what, "what")))
    if need.kind is NeedKind.PERSON:
        return StepNeed(need.kind, Who(inputs.one_of(Who, need.what, "what")))
    what = inputs.title(need.what, "what", _("Say which document, such as Passport."))
    if not 0 <= need.months <= _MOST_MONTHS:
        words = _("Write a whole number from {least} to {most}.")
        raise UserError(words.format(least=0, most=_MOST_MONTHS), field="months")
    return StepNeed(need.kind, what, need.months)


def checked_effect(effect: Effect) -> Effect:
    """An effect that can be kept.

    Raises:
        UserError: it says nothing, or has a place that nobody knows.
    """
    missing = {
        EffectKind.MAIL: _("An e-mail needs a subject."),
        EffectKind.STAGE: _("Say which stage."),
    }.get(effect.kind, _("Say what is to be done."))
    what = inputs.line(effect.what, "what")
    if effect.kind is not EffectKind.SURVEY:
        what = inputs.title(effect.what, "what", missing)
    text = inputs.long_text(effect.text, "text")
    for field, said in (("what", what), ("text", text)):
        for place in _BRACES.findall(said):
            if place not in PLACES:
                words = _("Nobody knows what {place} is. There are: {places}.")
                listed = ", ".join(f"{{{one}}}" for one in PLACES)
                raise UserError(words.format(place=f"{{{place}}}", places=listed), field=field)
    if effect.kind is EffectKind.MAIL and not text.strip():
        raise UserError(_("Write what the e-mail says."), field="text")
    return effect._replace(what=what, text=text)
