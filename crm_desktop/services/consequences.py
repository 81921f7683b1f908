"""What follows from a step, in the same step: rules, steps of orders that are done by themselves.

It hangs on the archive (`Archive.consequences`) and looks at the journal of the step that is
being written, so that no use case needs to know of it, and Undo takes cause and effect back
together. Nothing follows from Undo, from imports, or from what another archive brings along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.leads import LeadStatus
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.orders import OrderId, OrderStatus, PaperState
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.processes import (
    Effect,
    EffectKind,
    NeedKind,
    OrderStepId,
    StepNeed,
    WholeProcess,
)
from crm_desktop.domain.quotations import QuotationStatus
from crm_desktop.domain.rules import Event, Firing, Rule
from crm_desktop.domain.surveys import ResponseId
from crm_desktop.i18n import _, ngettext, speaking
from crm_desktop.services.effects import Occasion, bring_about, filled
from crm_desktop.services.opportunities import OpportunityService
from crm_desktop.services.rules import in_force, ready_rules, sentence
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.surveys import low_answer
from crm_desktop.services.tasks import TaskService
from crm_desktop.store import customers, opportunities, orders, payments
from crm_desktop.store import processes as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.journal.steps import Written
from crm_desktop.store.records import (
    CASES,
    LEADS,
    MOVES,
    OPPORTUNITIES,
    ORDER_STEPS,
    ORDERS,
    PAYMENTS,
    QUOTATIONS,
)

# What follows may have consequences of its own: a payment, a step that is done, a stage.
_MOST_ROUNDS = 6
# Of more enquiries at once one task is made for all: nobody wants a day of four hundred lines.
_MOST_CALLS = 20
_OF_ORDERS = frozenset(
    ("order_version", "order_traveller", "order_requirement", "order_step", "payment_due")
)
_WATCHED = frozenset(
    (
        *("lead", "opportunity", "opportunity_move", "quotation", "sales_order", "payment"),
        *("document", "service_case", "survey_response", *_OF_ORDERS),
    )
)


class Happened(NamedTuple):
    """Something that a rule may wait for.

    Attributes:
        about: the stage.
        title: what it is called in texts.
        text: what was said.
    """

    event: Event
    customer: CustomerId | None = None
    order: OrderId | None = None
    opportunity: OpportunityId | None = None
    about: str = ""
    title: str = ""
    text: str = ""


class Consequences:
    """What follows from the steps of one archive."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        opportunities_: OpportunityService,
        tasks: TaskService,
    ) -> None:
        self._settings = settings
        self._opportunities = opportunities_
        self._tasks = tasks
        archive.consequences = self.follow

    def follow(self, c: Connection, entry: int) -> None:
        """Bring about what follows from what was written since an entry of the journal."""
        for _round in range(_MOST_ROUNDS):
            written, entry = steps.written_since(c, entry, _WATCHED)
            if not written:
                return
            concerned = _orders(c, written)
            for order in concerned:
                rows.keep_up(c, order, datetime.now(UTC))
            self._begin_processes(c, written)
            rules = [rule for rule in in_force(c) if rule.is_on]
            self._leads(c, written, [one for one in rules if one.event is Event.LEAD_ARRIVED])
            for happened in _happened(c, written):
                for rule in rules:
                    if rule.event is happened.event and rule.about in ("", happened.about):
                        self._fire(c, rule, happened)
            for order in concerned:
                self._judge(c, order, rules)
            self._steps_done(c, written)

    # Processes

    def _begin_processes(self, c: Connection, written: Iterable[Written]) -> None:
        """An order that is confirmed runs by the process that is usual, where it has none."""
        for number in _confirmed(c, written):
            order = ORDERS.get(c, number)
            assert order is not None
            whole = None
            if not order.process and not rows.order_steps(c, number):
                whole = rows.named(c, rows.usual(c, order))
            if whole is not None:
                self._run_by(c, number, whole)

    def _run_by(self, c: Connection, order: OrderId, whole: WholeProcess) -> None:
        rows.run_by(c, order, whole)
        rows.keep_up(c, order, datetime.now(UTC))

    def _steps_done(self, c: Connection, written: Iterable[Written]) -> None:
        for number in _distinct(written, "order_step", "IU"):
            step = ORDER_STEPS.get(c, OrderStepId(number))
            was = [one.before for one in written if (one.table, one.row) == ("order_step", number)]
            newly = any(before.get("done_at", "") is None for before in was)
            if step is None or step.done_at is None or not newly or step.order_id is None:
                continue
            order = ORDERS.get(c, step.order_id)
            if order is None:
                continue
            happened = Happened(
                Event.ORDER_DONE, order.customer_id, step.order_id, order.opportunity_id
            )
            said = _("Step “{step}” is done").format(step=step.name)
            for effect in step.brings_about:
                occasion = self._occasion(c, happened, said, step.owner)
                bring_about(c, effect, occasion, self._opportunities)

    # Rules

    def _leads(self, c: Connection, written: Iterable[Written], rules: Iterable[Rule]) -> None:
        arrived = [
            lead
            for number in _distinct(written, "lead", "I")
            if (lead := LEADS.get(c, number)) is not None
            and lead.status is LeadStatus.NEW
            and lead.customer_id is None
        ]
        if not arrived:
            return
        for rule in rules:
            if len(arrived) > _MOST_CALLS:
                n = len(arrived)
                words = ngettext("Look at {n} new enquiry", "Look at {n} new enquiries", n)
                occasion = self._for_nobody(sentence(rule), rule.owner)
                effect = rule.effect._replace(what=words.format(n=n))
                bring_about(c, effect, occasion, self._opportunities)
                continue
            for lead in arrived:
                occasion = self._for_nobody(sentence(rule), rule.owner or lead.owner)
                words_ = occasion.words | {"customer": lead.called, "title": lead.called}
                occasion = occasion._replace(words=words_, lead=lead.id)
                bring_about(c, rule.effect, occasion, self._opportunities)

    def _judge(self, c: Connection, order: OrderId, rules: Iterable[Rule]) -> None:
        """Rules about how an order stands: each fires once for it."""
        found = ORDERS.get(c, order)
        if found is None or found.status not in (OrderStatus.OPEN, OrderStatus.DONE):
            return
        for rule in rules:
            happened = Happened(rule.event, found.customer_id, order, found.opportunity_id)
            if rule.event is Event.PAID_IN_FULL and not rows.has_fired(c, rule.called, order):
                account = payments.account(c, order)
                assert account is not None
                if account.balance.total > 0 and account.balance.open <= 0:
                    self._fire(c, rule, happened)
            elif rule.event is Event.PAPER_EXPIRES and found.status is OrderStatus.OPEN:
                self._papers(c, rule, order, happened)

    def _papers(self, c: Connection, rule: Rule, order: OrderId, happened: Happened) -> None:
        people: list[CustomerId | None]
        people = [one.customer_id for one, _name in orders.travellers(c, order)]
        whole = orders.whole(c, order)
        assert whole is not None
        end = whole.version.ends_on or whole.version.starts_on
        need = StepNeed(NeedKind.DOCUMENT, rule.about, rule.months)
        for person in people or [happened.customer]:
            if person is None or end is None:
                continue
            state = orders.paper_state(c, person, need.what, end, need.months)
            fired = rows.has_fired(c, rule.called, order, about=rule.about, customer=person)
            if state is PaperState.EXPIRES and not fired:
                sold = happened.opportunity if person == happened.customer else None
                about = happened._replace(customer=person, opportunity=sold, about=rule.about)
                self._fire(c, rule, about)

    def _fire(self, c: Connection, rule: Rule, happened: Happened) -> None:
        if happened.customer is None:
            return
        said = sentence(rule)
        occasion = self._occasion(c, happened, said, rule.owner)
        made = bring_about(c, _spoken(c, rule, happened.customer), occasion, self._opportunities)
        if not made:
            return
        about = happened.about if rule.event is Event.PAPER_EXPIRES else ""
        rows.fired(
            c,
            Firing(
                happened.customer,
                rule.called,
                filled(said, occasion.words),
                datetime.now(UTC),
                made,
                about,
                happened.order,
            ),
        )

    # What it is brought about for

    def _for_nobody(self, said: str, owner: str) -> Occasion:
        words = {"firm": self._settings.firm().name}
        return Occasion(None, words, said, self._tasks.clock().date(), owner)

    def _occasion(self, c: Connection, happened: Happened, said: str, owner: str) -> Occasion:
        whom = None if happened.customer is None else customers.get(c, happened.customer)
        words = {
            "customer": "" if whom is None else whom.name,
            "firm": self._settings.firm().name,
            "document": happened.about,
            "title": happened.title,
            "order": "",
            "start": "",
            "end": "",
        }
        whole = None if happened.order is None else orders.whole(c, happened.order)
        if whole is not None:
            words |= {
                "title": happened.title or whole.order.title,
                "order": whole.order.number,
                "start": _day(whole.version.starts_on),
                "end": _day(whole.version.ends_on),
            }
        return Occasion(
            happened.customer,
            words,
            said,
            self._tasks.clock().date(),
            owner or ("" if whom is None else whom.facts.owner),
            happened.order,
            happened.opportunity,
            text=happened.text,
        )


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _spoken(c: Connection, rule: Rule, customer: CustomerId) -> Effect:
    """What a rule brings about; an e-mail of the program's own is in the customer's language."""
    whom: Customer | None = customers.get(c, customer)
    own = next((one for one in ready_rules() if one.ready and one.ready == rule.ready), None)
    if rule.action is not EffectKind.MAIL or own is None or own.text != rule.text or not whom:
        return rule.effect
    if not whom.facts.language:
        return rule.effect
    with speaking(whom.facts.language):
        return next(one.effect for one in ready_rules() if one.ready == rule.ready)


# What happened


def _distinct(written: Iterable[Written], table: str, actions: str) -> list[int]:
    found = (one.row for one in written if one.table == table and one.action in actions)
    return list(dict.fromkeys(found))


def _became(written: Iterable[Written], table: str, column: str) -> dict[int, object]:
    """The rows of a table in which a column changed, with what stood there first; None for new."""
    found: dict[int, object] = {}
    for one in written:
        if one.table != table or one.row in found:
            continue
        if one.action == "I":
            found[one.row] = None
        elif column in one.before and one.action == "U":
            found[one.row] = one.before[column]
    return found


def _confirmed(c: Connection, written: Iterable[Written]) -> list[OrderId]:
    made = []
    for number, before in _became(written, "sales_order", "status").items():
        order = ORDERS.get(c, number)
        new = before in (None, OrderStatus.DRAFT)
        if order is not None and order.status is OrderStatus.OPEN and new:
            made.append(OrderId(number))
    return made


def _happened(c: Connection, written: list[Written]) -> Iterator[Happened]:
    for number in _distinct(written, "opportunity", "I"):
        if (one := OPPORTUNITIES.get(c, number)) is not None:
            yield Happened(
                Event.OPPORTUNITY_BEGUN, one.customer_id, opportunity=one.id, title=one.title
            )
    for number in _distinct(written, "opportunity_move", "I"):
        move = MOVES.get(c, number)
        sold = None if move is None or move.opportunity_id is None else move.opportunity_id
        one = None if sold is None else OPPORTUNITIES.get(c, sold)
        place = None if one is None else opportunities.place(c, one.stage_id)
        if one is not None and place is not None:
            yield Happened(
                Event.STAGE_ENTERED,
                one.customer_id,
                opportunity=one.id,
                about=place.stage.name,
                title=one.title,
            )
    yield from _quotations(c, written)
    yield from _sold(c, written)
    for number in _distinct(written, "service_case", "I"):
        if (case := CASES.get(c, number)) is not None:
            yield Happened(Event.CASE_OPENED, case.customer_id, title=case.subject)
    answered = _distinct(written, "survey_response", "I")
    # A sheet of years brings old answers: nobody opens a hundred cases of them.
    for number in answered if len(answered) <= _MOST_CALLS else ():
        low = low_answer(c, ResponseId(number))
        if low is not None:
            yield Happened(
                Event.LOW_ANSWER, low.customer, low.order, title=low.title, text=low.text
            )


def _quotations(c: Connection, written: list[Written]) -> Iterator[Happened]:
    for number, before in _became(written, "quotation", "status").items():
        offered = QUOTATIONS.get(c, number)
        if offered is None or offered.status == before:
            continue
        event = {
            QuotationStatus.ISSUED: Event.QUOTATION_ISSUED,
            QuotationStatus.ACCEPTED: Event.QUOTATION_ACCEPTED,
        }.get(offered.status)
        if event is not None:
            yield Happened(
                event,
                offered.customer_id,
                opportunity=offered.opportunity_id,
                title=offered.title,
            )


def _sold(c: Connection, written: list[Written]) -> Iterator[Happened]:
    confirmed = set(_confirmed(c, written))
    for number, before in _became(written, "sales_order", "status").items():
        order = ORDERS.get(c, number)
        if order is None or order.id is None:
            continue
        happened = Happened(
            Event.ORDER_CONFIRMED, order.customer_id, order.id, order.opportunity_id
        )
        if order.id in confirmed:
            yield happened
        elif before is not None and order.status != before:
            ended = {
                OrderStatus.DONE: Event.ORDER_DONE,
                OrderStatus.CANCELLED: Event.ORDER_CANCELLED,
            }.get(order.status)
            if ended is not None:
                yield happened._replace(event=ended)
    for number in _distinct(written, "payment", "I"):
        paid = PAYMENTS.get(c, number)
        if paid is None or paid.order_id is None or paid.kind is PaymentKind.REFUND:
            continue
        order = ORDERS.get(c, paid.order_id)
        if order is not None:
            yield Happened(
                Event.PAYMENT_RECEIVED, order.customer_id, order.id, order.opportunity_id
            )


def _orders(c: Connection, written: Iterable[Written]) -> list[OrderId]:
    """The orders whose steps may stand otherwise by what was written."""
    found: set[OrderId] = set()
    people: set[CustomerId] = set()
    for one in written:
        if one.table == "sales_order":
            found.add(OrderId(one.row))
        elif one.table in _OF_ORDERS or one.table == "payment":
            order = steps.owner_of(c, one, "order_id")
            if order is not None:
                found.add(OrderId(order))
        elif one.table == "document":
            person = steps.owner_of(c, one, "customer_id")
            if person is not None:
                people.add(CustomerId(person))
    found.update(rows.of_journeys(c, people))
    return sorted(found)
