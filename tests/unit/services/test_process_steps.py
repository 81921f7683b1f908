"""Processes, the steps of orders, rules, and what follows from what is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import OrderId, PaperState
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.periods import shifted, working_day_after
from crm_desktop.domain.processes import (
    DueFrom,
    Effect,
    EffectKind,
    NeedKind,
    ProcessId,
    StandingStep,
    StepNeed,
)
from crm_desktop.domain.rules import Event, Rule
from crm_desktop.domain.tasks import Priority, Task, TaskAction
from crm_desktop.domain.timeline import EventKind, TimelineQuery
from crm_desktop.services.pipelines import Template
from crm_desktop.services.rules import ready_rules, sentence
from crm_desktop.services.workspace import Workspace

TODAY = date.today()
PDF = b"%PDF-1.4 passport"


@pytest.fixture
def w(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as opened:
        opened.settings.set_home_country("PT")
        yield opened


@pytest.fixture
def ana(w: Workspace) -> CustomerId:
    return w.customers.create(CustomerDraft("Ana Silva"))


@pytest.fixture
def travel(w: Workspace) -> ProcessId:
    return w.processes.begin(Template.OUTBOUND_TRAVEL)


@pytest.fixture
def trip(w: Workspace, ana: CustomerId, travel: ProcessId) -> OrderId:
    """300 € in a hundred days, run by the travel process."""
    made = w.orders.create("Azores", ana)
    w.orders.add_free_line(made, "Flight", "300")
    w.orders.update(made, "starts_on", (TODAY + timedelta(days=100)).isoformat())
    w.orders.update(made, "ends_on", (TODAY + timedelta(days=107)).isoformat())
    w.orders.agree(made)
    w.order_steps.run_by(made, travel)
    return made


def step(w: Workspace, order: OrderId, name: str) -> StandingStep:
    return next(one for one in w.order_steps.of(order) if one.step.name == name)


def undone(w: Workspace) -> list[str]:
    return [task.title for task in every_task(w)]


def every_task(w: Workspace) -> list[Task]:
    with w._archive.reading() as c:
        from crm_desktop.store.records import TASKS

        return TASKS.where(c, "t.done_at IS NULL ORDER BY t.id")


# Processes


@pytest.mark.parametrize("template", Template)
def test_the_samples_can_be_begun_and_edited(w: Workspace, template: Template) -> None:
    number = w.processes.begin(template)
    whole = w.processes.get(number)
    assert whole.steps
    for one in whole.steps:
        assert one.id is not None
        w.processes.set_needs(one.id, one.needed)
        assert w.processes.set_effects(one.id, one.brings_about) is None
    with pytest.raises(UserError, match="called so"):
        w.processes.begin(template)


def test_steps_are_edited_and_taken_back(w: Workspace) -> None:
    number = w.processes.create("Repair")
    first = w.processes.add_step(number, "Look at it")
    second = w.processes.add_step(number, "Mend it")
    for field, value in (("owner", "Rui"), ("details", "With care"), ("due_from", "confirmed"),
                         ("due_days", "3"), ("name", "Look at it well")):  # fmt: skip
        assert w.processes.update_step(first, field, value)
    assert w.processes.update_step(first, "due_days", " 3 ") is None
    w.processes.move_step(second, 0)
    assert [one.name for one in w.processes.get(number).steps] == ["Mend it", "Look at it well"]
    w.processes.remove_step(second)
    w.history.undo()
    w.history.undo()
    [one, other] = w.processes.get(number).steps
    assert (one.due_from, one.due_days, one.owner, other.name) == (
        DueFrom.CONFIRMED, 3, "Rui", "Mend it",
    )  # fmt: skip
    for field, value, words in (
        ("name", " ", "needs a name"), ("name", "Mend it", "called so"),
        ("due_days", "soon", "whole number"), ("due_days", "99999", "whole number"),
        ("due_from", "never", "never"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=words) as refused:
            w.processes.update_step(first, field, value)
        assert refused.value.field == field
    for need, words in ((StepNeed(NeedKind.DOCUMENT, " "), "which document"),
                        (StepNeed(NeedKind.DOCUMENT, "Visa", 9999), "whole number"),
                        (StepNeed(NeedKind.PAYMENT, "cash"), "cash")):  # fmt: skip
        with pytest.raises(UserError, match=words):
            w.processes.set_needs(first, [need])
    for effect, words in ((Effect(EffectKind.TASK, ""), "to be done"),
                          (Effect(EffectKind.MAIL, "Hello"), "what the e-mail says"),
                          (Effect(EffectKind.TASK, "Call {costumer}"), "Nobody knows"),
                          (Effect(EffectKind.STAGE, " "), "which stage")):  # fmt: skip
        with pytest.raises(UserError, match=words):
            w.processes.set_effects(first, [effect])


def test_an_order_keeps_its_steps_whatever_becomes_of_the_process(
    w: Workspace, trip: OrderId, travel: ProcessId
) -> None:
    before = [one.step.name for one in w.order_steps.of(trip)]
    assert w.processes.running(travel) == 1
    for one in w.processes.get(travel).steps[:3]:
        assert one.id is not None
        w.processes.remove_step(one.id)
    w.processes.rename(travel, "Journeys")
    assert [one.step.name for one in w.order_steps.of(trip)] == before
    assert w.orders.get(trip).order.process == "Journeys"
    booked = step(w, trip, "Hotel and transport booked").step
    assert booked.id is not None
    w.order_steps.tick(booked.id, done=True)

    w.order_steps.run_by(trip, travel)  # takes the change over

    assert [one.step.name for one in w.order_steps.of(trip)] == before[3:]
    assert step(w, trip, "Hotel and transport booked").done
    w.processes.remove(travel)
    assert len(w.order_steps.of(trip)) == len(before) - 3


def test_the_usual_process_begins_with_the_order(
    w: Workspace, trip: OrderId, ana: CustomerId
) -> None:
    other = w.orders.create("Madeira", ana)
    w.orders.add_free_line(other, "Flight", "100")
    w.orders.agree(other)
    assert w.orders.get(other).order.process == "Outbound travel"
    assert len(w.order_steps.of(other)) == len(w.order_steps.of(trip))
    w.history.undo()
    assert w.order_steps.of(other) == []


def test_the_first_order_of_a_pipeline_runs_by_the_process_of_its_name(
    w: Workspace, ana: CustomerId, travel: ProcessId
) -> None:
    w.pipelines.begin(Template.OUTBOUND_TRAVEL)
    sold = w.opportunities.create("Azores", ana)
    order = w.orders.create("", ana, opportunity=sold)
    w.orders.add_free_line(order, "Flight", "100")
    w.orders.agree(order)
    assert w.orders.get(order).order.process == "Outbound travel"


# Steps that are done by themselves


def test_a_payment_does_the_step_that_waits_for_it(w: Workspace, trip: OrderId) -> None:
    w.payments.add_due(trip, PaymentKind.DEPOSIT, "30 %")
    found = step(w, trip, "Deposit received")
    assert (found.done, found.is_next) == (False, True)
    assert found.step.due_on == TODAY + timedelta(days=7)

    paid = w.payments.note(trip, PaymentKind.DEPOSIT, "90")
    found = step(w, trip, "Deposit received")
    assert (found.done, found.step.by_itself, found.missing) == (True, True, [])
    assert not step(w, trip, "Paid in full").done

    w.payments.void(paid, "typed twice")
    assert not step(w, trip, "Deposit received").done
    w.history.undo()
    assert step(w, trip, "Deposit received").done
    w.history.undo()
    assert not step(w, trip, "Deposit received").done


def test_papers_are_collected_of_each_who_travels(
    w: Workspace, trip: OrderId, ana: CustomerId
) -> None:
    rui = w.customers.create(CustomerDraft("Rui Costa"))
    found = step(w, trip, "Papers collected")
    assert [one.need.kind for one in found.missing][:1] == [NeedKind.PERSON]
    for one in (ana, rui):
        w.travellers.add(trip, one)
        for kind in ("Identity card", "Asset certificate"):
            w.documents.set_facts(w.documents.add(one, PDF, file_name="a.pdf"), kind=kind)
    late = shifted(TODAY + timedelta(days=107), 7, "month")
    passport = w.documents.add(ana, PDF, file_name="p.pdf")
    w.documents.set_facts(passport, kind="passport", expires_on=late.isoformat())
    [found_missing] = step(w, trip, "Papers collected").missing
    assert (found_missing.whom, found_missing.state) == (["Rui Costa"], PaperState.MISSING)
    # What the step needs stands among what the travellers have to hand in.
    needed = {one.kind: one for one in w.travellers.requirements(trip)}
    assert {"Identity card", "Asset certificate", "Passport", "Visa"} == set(needed)
    assert needed["Passport"].months == 6
    assert needed["Passport"].due_on == TODAY + timedelta(days=100 - 45)

    second = w.documents.add(rui, PDF, file_name="q.pdf")
    w.documents.set_facts(second, kind="Passport", expires_on=late.isoformat())
    assert step(w, trip, "Papers collected").done
    w.documents.remove(second)
    assert not step(w, trip, "Papers collected").done


def test_days_follow_the_journey(w: Workspace, trip: OrderId) -> None:
    assert step(w, trip, "Papers collected").step.due_on == TODAY + timedelta(days=55)
    w.orders.change(trip)
    w.orders.update(trip, "starts_on", (TODAY + timedelta(days=60)).isoformat())
    w.orders.agree(trip)
    assert step(w, trip, "Papers collected").step.due_on == TODAY + timedelta(days=15)


def test_a_step_that_is_ticked_brings_about_what_it_says(w: Workspace, trip: OrderId) -> None:
    found = step(w, trip, "Itinerary confirmed").step
    assert found.id is not None
    w.order_steps.tick(found.id, done=True)
    [task] = every_task(w)
    assert task.action is TaskAction.MAIL
    assert task.order_id == trip
    assert task.letter.splitlines()[0] == "Your journey: Azores"
    assert "Dear Ana Silva" in task.letter
    assert "{" not in task.letter
    assert task.made_by == "Step “Itinerary confirmed” is done"
    w.history.undo()
    assert every_task(w) == []
    assert not step(w, trip, "Itinerary confirmed").done
    w.history.redo()
    assert len(every_task(w)) == 1


def test_steps_of_one_order(w: Workspace, trip: OrderId, ana: CustomerId) -> None:
    w.order_steps.add(trip, "Order the cake")
    cake = step(w, trip, "Order the cake").step
    assert cake.id is not None
    w.order_steps.update(cake.id, "due_from", "start")
    w.order_steps.update(cake.id, "due_days", "-1")
    assert step(w, trip, "Order the cake").step.due_on == TODAY + timedelta(days=99)
    w.order_steps.update(cake.id, "note", "chocolate")
    w.order_steps.remove(cake.id)
    with pytest.raises(UserError, match="not there any more"):
        w.order_steps.tick(cake.id, done=True)
    draft = w.orders.create("Later", ana)
    w.order_steps.add(draft, "Think")
    thinking = step(w, draft, "Think").step
    assert thinking.id is not None
    with pytest.raises(UserError, match="Confirm the order first"):
        w.order_steps.tick(thinking.id, done=True)
    w.orders.cancel(trip)
    with pytest.raises(UserError, match="was cancelled"):
        w.order_steps.add(trip, "Too late")


# Rules


def test_rules_are_sentences() -> None:
    assert [sentence(rule) for rule in ready_rules()] == [
        "When an enquiry arrives, make the task “Call {customer}” within 1 working day.",
        "When somebody's Passport expires before the end of a journey + 6 months, warn:"
        " “{document} of {customer} does not last long enough for {title}”.",
        "When an order is paid in full, prepare the e-mail “Thank you: {title}”"
        " within 1 working day.",
        "When an order is done, ask for satisfaction within 3 days.",
        "When somebody answers a survey low, open the case “Low answer: {title}”.",
    ]


def test_who_asked_is_called(w: Workspace) -> None:
    w.pipelines.begin(Template.SIMPLE_SALE)
    lead = w.leads.add(name="Li Wei", phone="912 345 678", message="Azores?")
    [task] = every_task(w)
    assert (task.title, task.due_on) == ("Call Li Wei", working_day_after(TODAY))
    assert task.made_by.startswith("When an enquiry arrives")

    made = w.leads.accept(lead)
    [task] = every_task(w)
    assert (task.customer_id, task.opportunity_id) == (made.customer, made.opportunity)
    w.history.undo()
    w.leads.discard(lead, "spam")
    assert every_task(w) == []
    w.history.undo()
    assert undone(w) == ["Call Li Wei"]
    w.history.undo()
    assert every_task(w) == []


def test_many_who_ask_at_once_are_one_task(w: Workspace, tmp_path: Path) -> None:
    sheet = tmp_path / "leads.csv"
    lines = ["Name,Phone"] + [f"Person {n},9{n:08}" for n in range(10, 40)]
    sheet.write_text("\n".join(lines), "utf-8")
    w.leads.take_file(sheet)
    assert undone(w) == ["Look at 30 new enquiries"]


def test_a_passport_that_expires_too_early_is_warned_of_once(
    w: Workspace, trip: OrderId, ana: CustomerId
) -> None:
    passport = w.documents.add(ana, PDF, file_name="p.pdf")
    w.documents.set_facts(
        passport, kind="Passport", expires_on=(TODAY + timedelta(days=150)).isoformat()
    )
    [task] = every_task(w)
    assert task.title == "Passport of Ana Silva does not last long enough for Azores"
    assert (task.priority, task.due_on) == (Priority.HIGH, TODAY)
    w.travellers.add(trip, ana)
    assert len(every_task(w)) == 1
    page = w.timeline.page(TimelineQuery(ana))
    [entry] = [one for one in page.entries if one.kind == EventKind.RULE]
    assert "Passport" in entry.text


def test_who_paid_is_thanked_in_his_language(w: Workspace, trip: OrderId, ana: CustomerId) -> None:
    w.customers.update(ana, "language", "pt")
    w.payments.note(trip, PaymentKind.BALANCE, "300")
    [task] = every_task(w)
    assert task.action is TaskAction.MAIL
    assert task.letter != ""
    assert "paid in full" not in task.letter
    w.history.undo()
    assert every_task(w) == []
    w.payments.note(trip, PaymentKind.BALANCE, "200")
    assert every_task(w) == []
    w.payments.note(trip, PaymentKind.BALANCE, "100")
    back = w.payments.note(trip, PaymentKind.REFUND, "50")
    assert back
    w.payments.note(trip, PaymentKind.BALANCE, "50")
    assert len(every_task(w)) == 1


def test_an_order_that_is_done_is_asked_about(w: Workspace, trip: OrderId) -> None:
    w.orders.finish(trip)
    [task] = every_task(w)
    assert (task.action, task.due_on) == (TaskAction.SURVEY, TODAY + timedelta(days=3))
    assert task.title == "Ask Ana Silva for satisfaction"


def test_rules_can_be_changed_switched_off_and_written(w: Workspace, ana: CustomerId) -> None:
    call = w.rules.all()[0]
    w.rules.switch(call, on=False)
    w.leads.add(name="Li Wei", phone="912")
    assert every_task(w) == []
    changed = w.rules.all()[0]
    assert not changed.is_on
    w.rules.save(replace(changed, is_on=True, what="Ring {customer}", owner="Eva", days=0))
    w.leads.add(name="Li Na", phone="913")
    [task] = every_task(w)
    assert (task.title, task.owner, task.due_on) == ("Ring Li Na", "Eva", TODAY)
    w.rules.remove(w.rules.all()[0])
    assert w.rules.all()[0] == call

    w.pipelines.begin(Template.SIMPLE_SALE)
    w.rules.save(Rule(Event.STAGE_ENTERED, EffectKind.TASK, "Write the offer", about="Talking"))
    w.rules.save(Rule(Event.QUOTATION_ISSUED, EffectKind.STAGE, "Talking"))
    sold = w.opportunities.create("Kitchen", ana)
    offer = w.quotations.create("Kitchen", ana, opportunity=sold)
    w.quotations.add_free_line(offer, "Work", "100")
    w.quotations.issue(offer)
    assert w.opportunities.get(sold).stage.name == "Talking"
    assert "Write the offer" in undone(w)
    w.history.undo()
    assert w.opportunities.get(sold).stage.name == "Enquiry"
    assert "Write the offer" not in undone(w)


def test_a_stage_that_wants_more_becomes_a_task(w: Workspace, ana: CustomerId) -> None:
    w.pipelines.begin(Template.SIMPLE_SALE)
    w.rules.save(Rule(Event.OPPORTUNITY_BEGUN, EffectKind.STAGE, "Offer made"))
    w.opportunities.create("Kitchen", ana)
    [task] = every_task(w)
    assert task.title.startswith("Move “Kitchen” to “Offer made”")


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule(Event.ORDER_DONE, EffectKind.TASK, " "), "what"),
        (Rule(Event.ORDER_DONE, EffectKind.TASK, "Call {customr}"), "what"),
        (Rule(Event.ORDER_DONE, EffectKind.MAIL, "Hello"), "text"),
        (Rule(Event.PAPER_EXPIRES, EffectKind.TASK, "Look"), "about"),
        (Rule(Event.LEAD_ARRIVED, EffectKind.STAGE, "Talking"), "action"),
        (Rule(Event.LEAD_ARRIVED, EffectKind.CASE, "Talk"), "action"),
        (Rule(Event.LEAD_ARRIVED, EffectKind.SURVEY), "action"),
        (Rule(Event.ORDER_DONE, EffectKind.TASK, "Look", days=-1), "days"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(w: Workspace, rule: Rule, field: str) -> None:
    with pytest.raises(UserError) as refused:
        w.rules.save(rule)
    assert refused.value.field == field


def test_rules_that_chase_each_other_come_to_an_end(w: Workspace, ana: CustomerId) -> None:
    w.rules.save(Rule(Event.CASE_OPENED, EffectKind.TASK, "See to it"))
    w.pipelines.begin(Template.SIMPLE_SALE)
    for here, there in (("Enquiry", "Talking"), ("Talking", "Enquiry")):
        w.rules.save(Rule(Event.STAGE_ENTERED, EffectKind.STAGE, there, about=here))
    sold = w.opportunities.create("Kitchen", ana)
    assert w.opportunities.get(sold).stage.name in ("Enquiry", "Talking")


def test_today_shows_the_next_steps(w: Workspace, trip: OrderId) -> None:
    from crm_desktop.domain.today import Topic

    [section] = [s for s in w.today.pressing() if s.topic is Topic.STEPS]
    [line] = section.lines
    assert line.customer is not None
    assert line.subject.step.name == "Deposit received"  # type: ignore[union-attr]
    w.today.put_aside(line, days=1)
    assert all(s.topic is not Topic.STEPS for s in w.today.pressing())


def test_nothing_follows_from_what_is_taken_in(w: Workspace, trip: OrderId, tmp_path: Path) -> None:
    w.payments.note(trip, PaymentKind.BALANCE, "300")
    out = tmp_path / "out.json"
    w.exports.export(out)
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path) as other:
        other.imports.import_files([out])
        assert len(every_task(other)) == len(every_task(w)) == 1
        [task] = every_task(other)
        assert task.order_id is not None
