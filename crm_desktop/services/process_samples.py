"""The processes that the program brings along, in the user's words."""

from __future__ import annotations

from crm_desktop.domain.processes import (
    DueFrom,
    Effect,
    EffectKind,
    NeedKind,
    Paid,
    ProcessStep,
    StepNeed,
    Who,
    written_effects,
    written_needs,
)
from crm_desktop.i18n import _, pgettext
from crm_desktop.services.pipelines import Template


def steps_of(template: Template) -> list[ProcessStep]:
    """The steps of a process that the program knows."""
    return {
        Template.SIMPLE_SALE: _simple_sale,
        Template.SERVICE_JOB: _service_job,
        Template.OUTBOUND_TRAVEL: _outbound_travel,
    }[template]()


def _simple_sale() -> list[ProcessStep]:
    return [
        ProcessStep(
            pgettext("step", "Deliver"),
            due_from=DueFrom.START,
        ),
        ProcessStep(
            pgettext("step", "Paid in full"),
            due_from=DueFrom.PREVIOUS,
            due_days=14,
            needs=_needs(_paid(Paid.FULL)),
        ),
    ]


def _service_job() -> list[ProcessStep]:
    return [
        ProcessStep(
            pgettext("step", "Order the parts"),
            due_from=DueFrom.CONFIRMED,
            due_days=1,
        ),
        ProcessStep(
            pgettext("step", "Do the work"),
            pgettext("step", "Note what was found, with pictures."),
            due_from=DueFrom.START,
            needs=_needs(StepNeed(NeedKind.PERSON, Who.OWNER)),
        ),
        ProcessStep(
            pgettext("step", "Tell the customer that it is ready"),
            due_from=DueFrom.PREVIOUS,
            effects=_effects(
                Effect(EffectKind.TASK, _("Call {customer}: it is ready"), days=1, working=True)
            ),
        ),
        ProcessStep(
            pgettext("step", "Paid in full"),
            due_from=DueFrom.PREVIOUS,
            due_days=14,
            needs=_needs(_paid(Paid.FULL)),
        ),
    ]


def _outbound_travel() -> list[ProcessStep]:
    return [
        ProcessStep(
            pgettext("step", "Deposit received"),
            due_from=DueFrom.CONFIRMED,
            due_days=7,
            needs=_needs(_paid(Paid.DEPOSIT)),
        ),
        ProcessStep(
            pgettext("step", "Papers collected"),
            pgettext("step", "Scan each of them into the file of the one who travels."),
            due_from=DueFrom.START,
            due_days=-45,
            needs=_needs(
                StepNeed(NeedKind.PERSON, Who.TRAVELLER),
                StepNeed(NeedKind.DOCUMENT, _("Identity card")),
                StepNeed(NeedKind.DOCUMENT, _("Asset certificate")),
                StepNeed(NeedKind.DOCUMENT, _("Passport"), 6),
            ),
        ),
        ProcessStep(
            pgettext("step", "Visa granted"),
            due_from=DueFrom.START,
            due_days=-21,
            needs=_needs(StepNeed(NeedKind.DOCUMENT, _("Visa"))),
        ),
        ProcessStep(
            pgettext("step", "Paid in full"),
            due_from=DueFrom.START,
            due_days=-14,
            needs=_needs(_paid(Paid.FULL)),
        ),
        ProcessStep(
            pgettext("step", "Itinerary confirmed"),
            due_from=DueFrom.START,
            due_days=-12,
            effects=_effects(
                Effect(
                    EffectKind.MAIL,
                    _("Your journey: {title}"),
                    _(
                        "Dear {customer},\n\nthe itinerary of your journey is confirmed. You leave"
                        " on {start} and are back on {end}.\n\nPlease tell us at once should"
                        " anything in it be wrong.\n\nWith kind regards\n{firm}"
                    ),
                )
            ),
        ),
        ProcessStep(
            pgettext("step", "Hotel and transport booked"),
            due_from=DueFrom.START,
            due_days=-10,
        ),
        ProcessStep(
            pgettext("step", "Journey"),
            pgettext("step", "Be reached while they travel."),
            due_from=DueFrom.END,
        ),
        ProcessStep(
            pgettext("step", "Papers given back"),
            due_from=DueFrom.END,
            due_days=5,
        ),
    ]


def _paid(what: Paid) -> StepNeed:
    return StepNeed(NeedKind.PAYMENT, what)


def _needs(*needs: StepNeed) -> str:
    return written_needs(needs)


def _effects(*effects: Effect) -> str:
    return written_effects(effects)
