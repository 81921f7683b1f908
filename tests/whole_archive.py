"""An archive with something in every column of every journalled table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from crm_desktop.domain.cases import Case, CaseStatus, Severity
from crm_desktop.domain.catalogue import ProductId, ProductKind
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    InteractionKind,
    PersonalFacts,
    Stage,
)
from crm_desktop.domain.dossiers import Records
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import Condition, Group
from crm_desktop.domain.leads import Lead, LeadStatus
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.lists import ListColumn, SavedView
from crm_desktop.domain.numbers import Series
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.orders import OrderStatus
from crm_desktop.domain.payments import PaymentKind, Tone
from crm_desktop.domain.processes import Effect, EffectKind, NeedKind, Paid, StepNeed
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.quotations import QuotationStatus
from crm_desktop.domain.relations import OwnRelationKind, Relation
from crm_desktop.domain.rules import Event, Rule
from crm_desktop.domain.settings import Firm
from crm_desktop.domain.surveys import QuestionKind
from crm_desktop.domain.targets import Measure, Span
from crm_desktop.domain.tasks import Priority, Task
from crm_desktop.services.pipelines import Template
from crm_desktop.services.survey_samples import Sample
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import relations
from crm_desktop.store.dossiers import add_records
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import LEADS, TASKS

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
ANA, RUI, EVA, GONE = (CustomerId(n) for n in (1, 2, 3, 4))
PDF = b"%PDF-1.4 one"
TASK = [
    Task(
        "Call",
        notes="soon",
        owner="Eva",
        due_on=date(2026, 5, 6),
        due_time=time(9, 30),
        repeat="FREQ=WEEKLY",
        priority=Priority.HIGH,
        created_at=NOW,
        done_at=NOW,
    )
]
CASE = [
    Case(
        customer_id=RUI,
        subject="Late",
        text="very",
        severity=Severity(3),
        status=CaseStatus("resolved"),
        owner="Eva",
        promised="money",
        promised_on=date(2026, 6, 1),
        resolution="paid",
        satisfaction=4,
        opened_at=NOW,
        resolved_at=NOW,
    )
]
PROMISE = [Promise(RUI, Side.WE, "a map", date(2026, 5, 9), NOW, NOW)]


def fill(w: Workspace) -> None:
    """Put something into every column of every journalled table."""
    w.settings.save_firm(Firm("Mar Alto", "Rua A 5", bank="IBAN PT50", logo=b"\x89PNG"))
    w.settings.set_warnings("Passport", "60")
    people = [
        CustomerDraft(
            "Ana Silva",
            given_name="Ana",
            family_name="Silva",
            organisation="Mar Alto",
            birthday="1980-05-31",
            notes="window",
            stage="prospect",
            contact_points=(
                ContactPoint("phone", "912 345 678", None, "mobile", do_not_use=True),
                ContactPoint("email", "ana@example.org", None),
            ),
            addresses=(
                Address("Rua A", "1000-001", "Lisboa", "Lisboa", "PT", "home", do_not_use=True),
                Address("Rua B", "", "Porto"),
            ),
            tags=("VIP", "cruise"),
            facts=PersonalFacts("Dr.", "pt", "fair", "Eva", 4, "tea", True, True),
        ),
        CustomerDraft("Rui Costa", custom=(("Guide", "customer:1"), ("Size", "L"))),
        CustomerDraft("Eva Reis"),
        CustomerDraft("In Trash"),
    ]
    w.fields.add("Guide", FieldKind.CUSTOMER, heading="Travel")
    w.fields.add("Size", FieldKind.CHOICE, words=("S", "L"))
    for draft in people:
        w.customers.create(draft)
    [size, guide] = w.fields.all()  # without a heading first
    w.fields.set_hidden(guide.id, hidden=True)
    w.customers.set_tag_colour("VIP", "red")
    w.customers.update(ANA, "stage", Stage.CUSTOMER)
    call = w.timeline.log(ANA, InteractionKind.CALL, "asked", follow_up="call back tomorrow")
    w.timeline.pin(call.entry, pinned=True)

    def records(c: Connection) -> None:
        add_records(c, RUI, Records((), TASK, CASE, PROMISE))
        # A follow-up that was handed on: another's task, and the firm's own.
        TASKS.insert(c, Task("of Rui's", RUI, call.entry, created_at=NOW))
        TASKS.insert(c, Task("of the firm", None, call.entry, created_at=NOW))
        relations.save_own_kind(c, OwnRelationKind("teacher of", "pupil of"))
        relations.add(c, ANA, Relation("teacher of", RUI, "piano"))
        relations.add(c, GONE, Relation("spouse_of", RUI))

    w._archive.write("Records", records)
    number = w.documents.add(ANA, PDF, file_name="a.pdf", name="Passport")
    w.documents.set_facts(
        number, kind="Passport", number="X1", issued_on="2020-05-31", expires_on="2030-05-31"
    )
    w.documents.replace(number, PDF * 3, file_name="b.pdf")
    w.documents.add(RUI, PDF, file_name="same.pdf")
    article = w.knowledge.create("Visa", "Two photos", "visa, Angola")
    w.knowledge.link(article, ANA)
    w.knowledge.link(article, GONE)
    visa = w.catalogue.create("Visa", ProductKind.RESOURCE, category="Visas / Schengen")
    for field, value in (("code", "V-1"), ("unit", "person"), ("description", "90 days"),
                         ("notes", "two photos"), ("cost", "12.50 USD"), ("tax_rate", "23"),
                         ("offered", "0")):  # fmt: skip
        w.catalogue.update(visa, field, value)
    w.catalogue.add_price(visa, "80 EUR", valid_from="2026-01-01", valid_to="2026-12-31")
    w.catalogue.add_price(visa, "90 EUR")
    w.catalogue.add_supplier(visa, EVA)
    w.catalogue.add_supplier(visa, GONE)
    w.catalogue.delete([w.catalogue.create("Old tour")])
    way = w.pipelines.begin(Template.OUTBOUND_TRAVEL)
    stages = w.pipelines.get(way).stages
    trip = w.opportunities.create("Azores", ANA, amount="1200 EUR", owner="Eva", source="Phone")
    for field, value in (
        ("occasion", "new buyer"),
        ("notes", "in May"),
        ("closes_on", "2030-05-31"),
    ):
        w.opportunities.update(trip, field, value)
    w.opportunities.add_step(trip, "call tomorrow")
    w.opportunities.move(trip, stages[-1].id, given={"lost_reason": "dear"})
    _fill_quotations(w, trip, visa)
    _fill_orders(w, visa)
    _fill_processes(w)
    _fill_surveys(w)
    asked = Lead("Li", "Mar", "li@example.org", "912", "Porto", "a trip", "Size: 3", "form", "Eva",
                 LeadStatus.DISCARDED, "no", NOW, NOW)  # fmt: skip
    w._archive.write(
        "Leads", lambda c: (LEADS.insert(c, asked), LEADS.insert(c, asked, customer_id=RUI))
    )
    w.views.save(
        SavedView(
            "Large",
            "star",
            Group((Condition(f"custom:{size.id}", "any_of", ("L",)),)),
            (ListColumn("name"), ListColumn(f"custom:{size.id}", 90)),
            f"custom:{size.id}",
            descending=True,
            pinned=True,
        )
    )
    w.duplicates.keep_apart(ANA, EVA)
    twice = w.customers.create(CustomerDraft("Ana S."))
    thrice = w.customers.create(CustomerDraft("A. Silva"))
    w.duplicates.merge(twice, thrice)
    w.duplicates.merge(ANA, twice)
    w.fields.remove(w.fields.add("Old field", FieldKind.TEXT))
    w.customers.delete([GONE])


def _fill_quotations(w: Workspace, trip: OpportunityId, visa: ProductId) -> None:
    w.numbers.set_pattern(Series.QUOTATION, "{year}/{n:03}")
    q = w.quotations
    w.catalogue.update(visa, "offered", "1")
    first = q.create("Azores", ANA, opportunity=trip)
    for field, value in (
        ("taxes", "included"), ("discount", "5 % + 3"), ("rounding", "0.05"), ("language", "pt"),
        ("valid_until", "2040-05-31"), ("intro", "Dear Ana"), ("terms", "30 days"),
    ):  # fmt: skip
        if field == "discount":
            line = q.add_product_line(first, visa, quantity="1.5")
            for part, said in (("details", "two photos"), ("discount", "10 % + 2")):
                q.update_line(line, part, said)
        q.update(first, field, value)
    option = q.add_free_line(first, "Insurance", "38.50", kind=LineKind.OPTION, tax_rate="6")
    q.add_text(first, "Have a good trip")
    q.issue(first)
    q.decline(first, "too dear")
    second = q.new_version(first)
    q.issue(second)
    q.accept(second, chosen=[x.id for x in q.get(second).lines if x.kind is LineKind.OPTION])
    q.copy(second, customer=RUI)
    assert option
    w.catalogue.update(visa, "offered", "0")
    # A number that nothing bears any more.
    q.issue(q.copy(first))
    w.history.undo()


def _fill_orders(w: Workspace, visa: ProductId) -> None:
    [accepted] = [
        one.quotation.id
        for one in w.quotations.of(ANA)
        if one.quotation.status is QuotationStatus.ACCEPTED
    ]
    assert accepted is not None
    o = w.orders
    trip = o.from_quotation(accepted)
    o.change(trip)
    line = o.add_free_line(trip, "Car", "50", quantity="2", tax_rate="23")
    o.update_line(line, "unit", "day")
    for field, value in (
        ("taxes", "included"), ("discount", "2 % + 1"), ("rounding", "0.05"),
        ("starts_on", "2040-05-01"), ("ends_on", "2040-05-09"), ("fees", "30: 10 %; 0: 100 %"),
        ("terms", "60 days"),
    ):  # fmt: skip
        o.update(trip, field, value)
    o.agree(trip, "a car, too")
    [car] = [one for one in o.get(trip).lines if one.description == "Car"]
    assert car.id is not None
    o.take_back(trip, {car.id: "0.5"}, "home early")
    o.change(trip)
    option = o.add_free_line(trip, "Insurance", "38.50", kind=LineKind.OPTION)
    o.update_line(option, "chosen", "1")
    w.travellers.add(trip, EVA, "window seat")
    w.travellers.add(trip, GONE)
    w.travellers.require(trip, "Passport", "2040-04-01", "6")
    w.payments.add_due(trip, PaymentKind.DEPOSIT, "20", "2020-01-01")
    w.payments.add_due(trip, PaymentKind.BALANCE, "", "2040-04-01")
    w.payments.remind(trip, Tone.FIRM)
    paid = w.payments.note(
        trip, PaymentKind.DEPOSIT, "50 USD", rate="0.85", method="card", reference="X 1",
        notes="by phone",
    )  # fmt: skip
    w.payments.receipt(paid)
    wrong = w.payments.note(trip, PaymentKind.DEPOSIT, "5")
    w.payments.void(wrong, "typed twice")
    w.payments.note(trip, PaymentKind.REFUND, "1")
    w.catalogue.update(visa, "offered", "1")
    gone = o.create("Berlin", RUI)
    o.add_product_line(gone, visa, price="80")
    w.catalogue.update(visa, "offered", "0")
    o.agree(gone)
    o.cancel(gone, "ill", fee="10")
    o.add_text(o.create("A draft", RUI), "as talked over")


def _fill_processes(w: Workspace) -> None:
    """A process with all that a step can have, its steps in an order, rules and what they did."""
    number = w.processes.create("Journeys")
    first = w.processes.add_step(number, "Papers")
    for field, value in (("details", "Scan them"), ("owner", "Eva"), ("due_from", "start"),
                         ("due_days", "-45")):  # fmt: skip
        w.processes.update_step(first, field, value)
    w.processes.set_needs(first, [StepNeed(NeedKind.DOCUMENT, "Passport", 6)])
    w.processes.set_effects(first, [Effect(EffectKind.TASK, "Apply for the visa", days=2)])
    w.processes.add_step(number, "Book")
    deposit = w.processes.add_step(number, "Deposit")
    w.processes.set_needs(deposit, [StepNeed(NeedKind.PAYMENT, Paid.DEPOSIT)])
    order = next(one.order.id for one in w.orders.list() if one.order.status is OrderStatus.OPEN)
    assert order is not None
    w.order_steps.run_by(order, number)
    [papers, book, _deposit] = (one.step.id for one in w.order_steps.of(order))
    assert papers is not None
    assert book is not None
    w.order_steps.tick(papers, done=True)
    w.order_steps.update(book, "note", "two rooms")
    call = w.rules.all()[0]
    w.rules.save(replace(call, owner="Eva", is_on=False))
    w.rules.save(
        Rule(Event.PAPER_EXPIRES, EffectKind.MAIL, "Your {document}", "Passport", 6, "Soon", 2,
             working=True)
    )  # fmt: skip
    w.rules.save(Rule(Event.PAYMENT_RECEIVED, EffectKind.MAIL, "Thanks", text="Dear {customer}"))
    w.payments.note(order, PaymentKind.DEPOSIT, "1")
    passport = w.documents.add(EVA, PDF, file_name="old.pdf")
    w.documents.set_facts(passport, kind="Passport", expires_on="2040-05-12")
    month = w.targets.now(Span.MONTH)
    w.targets.set("Eva", Measure.REVENUE, month, "1200")
    w.targets.set("", Measure.CALLS, month.within(Span.YEAR), "40")
    # An enquiry that waits to be called back.
    w.rules.switch(w.rules.all()[0], on=True)
    w.leads.add(name="Li Na", phone="913 000 111")


def _fill_surveys(w: Workspace) -> None:
    s = w.surveys
    s.create("Own questions")
    survey = s.begin(Sample.JOURNEY, "pt")
    for field, value in (("low_csat", "1"), ("low_nps", "4"), ("active", "")):
        s.update(survey, field, value)
    s.add_question(survey, QuestionKind.CHOICE, "By what?", "train / bus")
    [order] = [one.order.id for one in w.orders.of(ANA)]
    s.paper(survey, ANA, order)
    first, *_others, words, choice = s.get(survey).asked
    assert first.id
    assert words.id
    assert choice.id
    s.answer(survey, ANA, {first.id: "5", words.id: "better tea", choice.id: "bus"})
    s.answer(survey, RUI, {first.id: "4"}, answered_on="2026-05-04")
    s.drop_question(first.id)
