"""Rules: when something happens, do something. Some come with the program; all can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.processes import Effect, EffectKind
from crm_desktop.domain.rules import SPEAKS_OF, Event, Rule
from crm_desktop.i18n import _, ngettext
from crm_desktop.services import inputs
from crm_desktop.services.effects import checked_effect
from crm_desktop.services.processes import days
from crm_desktop.store import processes as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import RULES


class RuleService:
    """The rules of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def all(self) -> Sequence[Rule]:
        """Those that the program brings along, as the owner has them, then his own."""
        with self._archive.reading() as c:
            return in_force(c)

    def save(self, rule: Rule) -> StepId | None:
        """Write a rule: a new one, or another wording of one that is there.

        Args:
            rule: as `all` gives it, with changes; a new one has no id and is not `ready`.

        Returns:
            The step, for Undo; None where it says the same already.

        Raises:
            UserError: it makes no sense, with the field that does not.
        """
        clean = _checked(rule)
        before = next((one for one in self.all() if one.called == rule.called), None)
        is_there = bool(rule.ready or rule.id)
        if is_there and before is None:
            raise UserError(_("This rule is not there any more."))
        if is_there and before == clean:
            return None

        def act(c: Connection) -> None:
            if clean.id is None:
                RULES.insert(c, clean, position=len(rows.rules(c)))
            else:
                said = {name: getattr(clean, name) for name in RULES.columns if name != "id"}
                RULES.update(c, [clean.id], said)

        return self._step(_("Change a rule") if is_there else _("New rule"), act)

    def switch(self, rule: Rule, *, on: bool) -> StepId | None:
        """Have a rule be in force, or not."""
        return self.save(replace(rule, is_on=on))

    def remove(self, rule: Rule) -> StepId:
        """Take a rule away; one that the program brings along is as it was at first.

        Raises:
            UserError: it is one of the program's, as it was at first.
        """
        number = rule.id
        if number is None:
            raise UserError(_("This rule can be switched off, but not removed."))
        return self._step(_("Remove a rule"), lambda c: RULES.delete(c, [number]))

    def _step(self, name: str, act: Callable[[Connection], object]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


def in_force(c: Connection) -> list[Rule]:
    """All rules, whether they are on or not."""
    kept = rows.rules(c)
    changed = {one.ready: one for one in kept if one.ready}
    ready = [changed.get(one.ready, one) for one in ready_rules()]
    return [*ready, *(one for one in kept if not one.ready)]


def ready_rules() -> list[Rule]:
    """The rules that the program brings along, in the words of the language that is spoken."""
    return [
        Rule(
            Event.LEAD_ARRIVED,
            EffectKind.TASK,
            _("Call {customer}"),
            days=1,
            working=True,
            ready="call_lead",
        ),
        Rule(
            Event.PAPER_EXPIRES,
            EffectKind.WARNING,
            _("{document} of {customer} does not last long enough for {title}"),
            about=_("Passport"),
            months=6,
            ready="passport",
        ),
        Rule(
            Event.PAID_IN_FULL,
            EffectKind.MAIL,
            _("Thank you: {title}"),
            text=_(
                "Dear {customer},\n\nthank you for your payment. “{title}” is now paid in full."
                "\n\nWith kind regards\n{firm}"
            ),
            days=1,
            working=True,
            ready="thank_you",
        ),
        Rule(Event.ORDER_DONE, EffectKind.SURVEY, days=3, ready="survey"),
        Rule(Event.LOW_ANSWER, EffectKind.CASE, _("Low answer: {title}"), ready="low_answer"),
    ]


# As a sentence


def sentence(rule: Rule) -> str:
    """A rule as a sentence: "When an enquiry arrives, make the task “Call {customer}” …"."""
    return _("{when}, {then}.").format(when=event_text(rule), then=effect_text(rule.effect))


def event_text(rule: Rule) -> str:
    """When it happens."""
    if rule.event is Event.STAGE_ENTERED and rule.about:
        return _("When an opportunity comes to “{stage}”").format(stage=rule.about)
    if rule.event is Event.PAPER_EXPIRES:
        words = ngettext(
            "When somebody's {document} expires before the end of a journey + {n} month",
            "When somebody's {document} expires before the end of a journey + {n} months",
            rule.months,
        )
        return words.format(document=rule.about, n=rule.months)
    return {
        Event.LEAD_ARRIVED: _("When an enquiry arrives"),
        Event.OPPORTUNITY_BEGUN: _("When an opportunity begins"),
        Event.STAGE_ENTERED: _("When an opportunity comes to another stage"),
        Event.QUOTATION_ISSUED: _("When a quotation is issued"),
        Event.QUOTATION_ACCEPTED: _("When a quotation is accepted"),
        Event.ORDER_CONFIRMED: _("When an order is confirmed"),
        Event.PAYMENT_RECEIVED: _("When a payment comes in"),
        Event.PAID_IN_FULL: _("When an order is paid in full"),
        Event.ORDER_DONE: _("When an order is done"),
        Event.ORDER_CANCELLED: _("When an order is cancelled"),
        Event.CASE_OPENED: _("When a case is opened"),
        Event.LOW_ANSWER: _("When somebody answers a survey low"),
    }[rule.event]


def effect_text(effect: Effect) -> str:
    """What is done."""
    if effect.kind is EffectKind.STAGE:
        return _("move the opportunity to “{stage}”").format(stage=effect.what)
    if effect.kind is EffectKind.CASE:
        return _("open the case “{case}”").format(case=effect.what)
    if effect.kind is EffectKind.WARNING:
        return _("warn: “{text}”").format(text=effect.what)
    what = {
        EffectKind.TASK: _("make the task “{task}”").format(task=effect.what),
        EffectKind.MAIL: _("prepare the e-mail “{subject}”").format(subject=effect.what),
        EffectKind.SURVEY: _("ask for satisfaction"),
    }[effect.kind]
    within = within_text(effect.days, working=effect.working)
    return _("{what} {within}").format(what=what, within=within)


def within_text(count: int, *, working: bool) -> str:
    """By when it is to be done."""
    if not count:
        return _("the same day")
    if working:
        words = ngettext("within {n} working day", "within {n} working days", count)
    else:
        words = ngettext("within {n} day", "within {n} days", count)
    return words.format(n=count)


def _checked(rule: Rule) -> Rule:
    """A rule that can be kept.

    Raises:
        UserError: it makes no sense.
    """
    effect = checked_effect(rule.effect)
    if rule.action is EffectKind.STAGE and rule.event in (
        *(Event.LEAD_ARRIVED, Event.CASE_OPENED),
    ):
        raise UserError(_("There is no opportunity that could be moved."), field="action")
    if rule.action is EffectKind.CASE and rule.event in (Event.LEAD_ARRIVED, Event.CASE_OPENED):
        raise UserError(_("There is no customer whose case it could be."), field="action")
    if rule.action in (EffectKind.MAIL, EffectKind.SURVEY) and rule.event is Event.LEAD_ARRIVED:
        raise UserError(_("There is no customer yet to whom it could go."), field="action")
    about = inputs.line(rule.about, "about") if rule.event in SPEAKS_OF else ""
    if rule.event is Event.PAPER_EXPIRES and not about:
        raise UserError(_("Say which document, such as Passport."), field="about")
    days(str(effect.days), "days")
    return replace(
        rule,
        what=effect.what,
        text=effect.text if rule.action is EffectKind.MAIL else "",
        about=about,
        months=rule.months if rule.event is Event.PAPER_EXPIRES else 0,
        owner=inputs.line(rule.owner, "owner"),
    )
