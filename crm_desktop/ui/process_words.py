"""Processes and rules in the user's words."""

from __future__ import annotations

from crm_desktop.domain.orders import PaperState
from crm_desktop.domain.processes import (
    DueFrom,
    EffectKind,
    NeedKind,
    Paid,
    Step,
    StepMissing,
    StepNeed,
    Who,
)
from crm_desktop.domain.rules import Event
from crm_desktop.i18n import _, ngettext, pgettext


def need_kind_text(kind: NeedKind) -> str:
    """What sort of thing a step needs."""
    return {
        NeedKind.DOCUMENT: _("A document"),
        NeedKind.PAYMENT: _("A payment"),
        NeedKind.PERSON: _("A person"),
    }[kind]


def paid_text(paid: Paid) -> str:
    """What has to be paid."""
    return {Paid.DEPOSIT: _("the deposit"), Paid.FULL: _("payment in full")}[paid]


def who_text(who: Who) -> str:
    """Who has to be named."""
    return {Who.TRAVELLER: _("who travels"), Who.OWNER: _("who does it")}[who]


def need_text(need: StepNeed) -> str:
    """What a step needs."""
    if need.kind is NeedKind.PAYMENT:
        return paid_text(Paid(need.what))
    if need.kind is NeedKind.PERSON:
        return who_text(Who(need.what))
    if not need.months:
        return need.what
    words = ngettext(
        "{document}, valid {n} month beyond the end",
        "{document}, valid {n} months beyond the end",
        need.months,
    )
    return words.format(document=need.what, n=need.months)


def missing_text(missing: StepMissing) -> str:
    """What is missing for a step, and whose it is."""
    if missing.need.kind is not NeedKind.DOCUMENT:
        return need_text(missing.need)
    names = ", ".join(missing.whom)
    if missing.state is PaperState.EXPIRES:
        words = _("{document} that lasts long enough ({names})")
    else:
        words = _("{document} ({names})")
    return words.format(document=missing.need.what, names=names)


def due_from_text(counted_from: DueFrom) -> str:
    """From which day a step's own is counted."""
    return {
        DueFrom.NOTHING: pgettext("step", "no day"),
        DueFrom.CONFIRMED: _("the order was confirmed"),
        DueFrom.PREVIOUS: _("the step before it was done"),
        DueFrom.START: _("it begins"),
        DueFrom.END: _("it ends"),
    }[counted_from]


def due_text(step: Step) -> str:
    """When a step is due, for the template."""
    if step.due_from is DueFrom.NOTHING:
        return due_from_text(step.due_from)
    what, n = due_from_text(step.due_from), abs(step.due_days)
    if not n:
        return _("the day {what}").format(what=what)
    if step.due_days < 0:
        words = ngettext("{n} day before {what}", "{n} days before {what}", n)
    else:
        words = ngettext("{n} day after {what}", "{n} days after {what}", n)
    return words.format(n=n, what=what)


def effect_kind_text(kind: EffectKind) -> str:
    """What may be brought about."""
    return {
        EffectKind.TASK: _("Make a task"),
        EffectKind.WARNING: _("Warn"),
        EffectKind.MAIL: _("Prepare an e-mail"),
        EffectKind.SURVEY: _("Ask for satisfaction"),
        EffectKind.STAGE: _("Move the opportunity"),
        EffectKind.CASE: _("Open a case"),
    }[kind]


def event_kind_text(event: Event) -> str:
    """What a rule may wait for, to choose from."""
    return {
        Event.LEAD_ARRIVED: _("An enquiry arrives"),
        Event.OPPORTUNITY_BEGUN: _("An opportunity begins"),
        Event.STAGE_ENTERED: _("An opportunity comes to a stage"),
        Event.QUOTATION_ISSUED: _("A quotation is issued"),
        Event.QUOTATION_ACCEPTED: _("A quotation is accepted"),
        Event.ORDER_CONFIRMED: _("An order is confirmed"),
        Event.PAYMENT_RECEIVED: _("A payment comes in"),
        Event.PAID_IN_FULL: _("An order is paid in full"),
        Event.PAPER_EXPIRES: _("A document expires too early for a journey"),
        Event.ORDER_DONE: _("An order is done"),
        Event.ORDER_CANCELLED: _("An order is cancelled"),
        Event.CASE_OPENED: _("A case is opened"),
        Event.LOW_ANSWER: _("Somebody answers a survey low"),
    }[event]
