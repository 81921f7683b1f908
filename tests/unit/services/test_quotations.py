"""Quotations from a draft to a decision, and what is refused on the way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from archive_dump import dump

from crm_desktop.domain.catalogue import ProductId
from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerDraft, CustomerId, PersonalFacts, Stage
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.money import MOST, Money
from crm_desktop.domain.numbers import Fate, Series
from crm_desktop.domain.pricing import Discount
from crm_desktop.domain.quotations import (
    QuotationId,
    QuotationLineId,
    QuotationQuery,
    QuotationStatus,
    is_expired,
)
from crm_desktop.domain.timeline import EventKind, TimelineQuery
from crm_desktop.services.pipelines import Template
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.records import QUOTATION_LINES, QUOTATIONS

YEAR = date.today().year


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    draft = CustomerDraft("Ana Silva", facts=PersonalFacts(language="pt"))
    return workspace.customers.create(draft)


@pytest.fixture
def visa(workspace: Workspace) -> ProductId:
    made = workspace.catalogue.create("Visa")
    workspace.catalogue.update(made, "unit", "person")
    workspace.catalogue.update(made, "description", "90 days")
    workspace.catalogue.update(made, "tax_rate", "23")
    workspace.catalogue.add_price(made, "80 EUR")
    return made


@pytest.fixture
def draft(workspace: Workspace, ana: CustomerId) -> QuotationId:
    made = workspace.quotations.create("Azores", ana)
    workspace.quotations.add_free_line(made, "Hotel", "100", quantity="3", tax_rate="6")
    return made


def first_line(workspace: Workspace, number: QuotationId) -> QuotationLineId:
    line = workspace.quotations.get(number).lines[0].id
    assert line is not None
    return line


def refused(error: UserError) -> tuple[str, str]:
    return str(error), error.field or ""


def test_from_a_draft_to_a_yes(workspace: Workspace, ana: CustomerId, visa: ProductId) -> None:
    q = workspace.quotations
    trip = workspace.opportunities.create("Azores in May", ana, amount="100 USD")
    number = q.create("", ana, opportunity=trip)
    one = q.get(number).quotation
    assert (one.title, one.currency, one.language) == ("Azores in May", "USD", "pt")
    number = q.create("Azores", ana)
    assert q.get(number).quotation.currency == "EUR"
    line = q.add_product_line(number, visa, quantity="2,5")
    found = q.get(number).lines[0]
    assert (found.description, found.details, found.unit) == ("Visa", "90 days", "person")
    assert (found.quantity, found.price, found.tax_rate) == (Decimal("2.5"), 80_00, 23_000)
    assert q.get(number).total == Money(246_00, "EUR")
    q.update_line(line, "discount", "10 % + 5")
    assert q.get(number).lines[0].discount == Discount(10_000, 5_00)
    assert q.get(number).totals.subtotal == 175_00
    # What the product is called later changes no quotation.
    workspace.catalogue.update(visa, "name", "Entry permit")
    option = q.add_free_line(number, "Insurance", "38,50", kind=LineKind.OPTION, tax_rate="0")
    assert q.get(number).totals.subtotal == 175_00
    assert q.issue(number) == f"Q-{YEAR}-0001"
    q.accept(number, chosen=[option])
    whole = q.get(number)
    assert whole.quotation.status is QuotationStatus.ACCEPTED
    assert whole.totals.subtotal == 175_00 + 38_50
    assert whole.lines[0].description == "Visa"
    told = workspace.timeline.page(TimelineQuery(ana)).entries
    events = [(e.kind, e.text, e.more) for e in told if e.kind.startswith("quotation")]
    assert events == [
        (EventKind.QUOTATION_ACCEPTED, "Azores", f"Q-{YEAR}-0001"),
        (EventKind.QUOTATION_ISSUED, "Azores", f"Q-{YEAR}-0001"),
    ]


def test_what_is_out_is_never_changed(workspace: Workspace, draft: QuotationId) -> None:
    q = workspace.quotations
    line = first_line(workspace, draft)
    q.issue(draft)
    before = dump(workspace)
    words = f"Q-{YEAR}-0001 is out and stays as it is. Make a new version to change it."
    for act in (
        lambda: q.update(draft, "title", "Bali"),
        lambda: q.update_line(line, "price", "5"),
        lambda: q.add_text(draft, "more"),
        lambda: q.remove_line(line),
        lambda: q.move_line(line, 1),
        lambda: q.issue(draft),
    ):
        with pytest.raises(UserError) as told:
            act()
        assert str(told.value) == words
    with pytest.raises(UserError, match="cannot be deleted; it can be declined"):
        q.remove(draft)
    assert dump(workspace) == before


def test_a_new_version_replaces_what_is_out(workspace: Workspace, draft: QuotationId) -> None:
    q = workspace.quotations
    with pytest.raises(UserError, match="It is a draft still"):
        q.new_version(draft)
    q.issue(draft)
    second = q.new_version(draft)
    assert q.new_version(draft) == second  # the one that is there
    assert q.get(draft).quotation.status is QuotationStatus.ISSUED
    q.update_line(first_line(workspace, second), "price", "90")
    assert q.get(second).quotation.reference == ""
    assert q.issue(second) == f"Q-{YEAR}-0001/2"
    assert q.get(second).earlier == f"Q-{YEAR}-0001"
    assert q.get(draft).quotation.status is QuotationStatus.REPLACED
    assert q.get(draft).total == Money(318_00, "EUR")
    for act in (lambda: q.new_version(draft), lambda: q.accept(draft), lambda: q.decline(draft)):
        with pytest.raises(UserError, match="A newer version replaces"):
            act()
    q.accept(second)
    with pytest.raises(UserError, match="was accepted and stands"):
        q.new_version(second)


def test_what_was_agreed_upon_is_not_replaced(workspace: Workspace, draft: QuotationId) -> None:
    q = workspace.quotations
    q.issue(draft)
    second = q.new_version(draft)
    q.accept(draft)
    with pytest.raises(UserError, match="was accepted meanwhile"):
        q.issue(second)
    q.remove(second)


def test_declined_and_thought_better_of(workspace: Workspace, draft: QuotationId) -> None:
    q = workspace.quotations
    with pytest.raises(UserError, match="Issue it first"):
        q.decline(draft)
    q.issue(draft)
    step = q.decline(draft, " too dear ")
    assert q.get(draft).quotation.reason == "too dear"
    workspace.history.undo_step(StepId(step))
    assert q.get(draft).quotation.status is QuotationStatus.ISSUED
    q.decline(draft)
    q.accept(draft)
    with pytest.raises(UserError, match="was accepted already"):
        q.decline(draft)


def test_it_runs_out_and_may_be_accepted_all_the_same(
    workspace: Workspace, draft: QuotationId
) -> None:
    q, today = workspace.quotations, date.today()
    q.update(draft, "valid_until", today.isoformat())
    one = q.get(draft).quotation
    assert not is_expired(one, today + timedelta(1))
    q.issue(draft)
    one = q.get(draft).quotation
    assert not is_expired(one, today)
    assert is_expired(one, today + timedelta(1))
    q.accept(draft)
    assert not is_expired(q.get(draft).quotation, today + timedelta(1))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("price", "-5", "An amount below zero cannot stand here."),
        ("price", "5 USD", "Here all is in EUR; an amount in USD cannot stand beside it."),
        ("price", "5,001", "EUR has 2 decimal places."),
        ("price", str(MOST), "That is more than can be kept."),
        ("quantity", "0", "A quantity is above zero."),
        ("quantity", "-1", "A quantity is above zero."),
        ("quantity", "", "“” is no quantity. Write it like 2 or 1.5."),
        ("quantity", "many", "“many” is no quantity. Write it like 2 or 1.5."),
        ("quantity", "3 EUR", "“3 EUR” is no quantity. Write it like 2 or 1.5."),
        ("quantity", "1,0001", "A quantity has three decimal places at most."),
        ("discount", "101 %", "A percentage lies between 0 and 100."),
        ("discount", "300,01", "The discount is more than the line comes to."),
        ("discount", "10 % + 270,01", "The discount is more than the line comes to."),
        ("discount", "5 + 5", "Write a discount like 10 %, 50, or 10 % + 50."),
        ("discount", "much", "“much” is no amount. Write it like 1250.50 or 1250.50 USD."),
        ("tax_rate", "120", "A percentage lies between 0 and 100."),
        ("description", "  ", "Say what is offered."),
        ("kind", "gift", "“gift” is none of: item, option, text."),
        ("chosen", "1", "Only an option can be chosen."),
    ],
)
def test_a_bad_line_is_told_at_its_field(
    workspace: Workspace, draft: QuotationId, field: str, value: str, words: str
) -> None:
    line = first_line(workspace, draft)
    before = dump(workspace)
    with pytest.raises(UserError) as told:
        workspace.quotations.update_line(line, field, value)
    assert refused(told.value) == (words, field)
    assert dump(workspace) == before


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", " ", "Say in a few words what it is about."),
        ("discount", "300,01", "The discount is more than all lines come to."),
        ("discount", "10 USD", "Here all is in EUR; an amount in USD cannot stand beside it."),
        ("discount", "101 %", "A percentage lies between 0 and 100."),
        ("currency", "USD", "Its amounts are in EUR; a rate would be needed."),
        ("currency", "euro", "Write a currency by its three letters, such as EUR."),
        ("rounding", "0", "A step of rounding is above zero."),
        ("valid_until", "2020-01-01", "The last day of validity is over already."),
        ("valid_until", "soon", "“soon” is no date. Write it like 2030-05-31."),
        ("taxes", "none", "“none” is none of: added, included."),
        ("language", "de", "“de” is none of: en, zh_CN, pt."),
    ],
)
def test_bad_words_of_a_quotation_are_told_at_their_field(
    workspace: Workspace, draft: QuotationId, field: str, value: str, words: str
) -> None:
    before = dump(workspace)
    with pytest.raises(UserError) as told:
        workspace.quotations.update(draft, field, value)
    assert refused(told.value) == (words, field)
    assert dump(workspace) == before


def test_yen_have_no_decimals(workspace: Workspace, ana: CustomerId) -> None:
    q = workspace.quotations
    number = q.create("Kyoto", ana)
    q.update(number, "currency", "jpy")
    with pytest.raises(UserError) as told:
        q.add_free_line(number, "Ryokan", "100,5")
    assert refused(told.value) == ("JPY has no decimal places.", "price")
    q.add_free_line(number, "Ryokan", "12000")
    assert q.get(number).total == Money(12_000, "JPY")


def test_products_that_cannot_be_offered(
    workspace: Workspace, draft: QuotationId, visa: ProductId, ana: CustomerId
) -> None:
    q = workspace.quotations
    dollars = q.create("Boston", ana)
    q.update(dollars, "currency", "USD")
    with pytest.raises(UserError) as told:
        q.add_product_line(dollars, visa)
    words = "“Visa” has no price in USD on that day. Type one, or 0."
    assert refused(told.value) == (words, "price")
    q.add_product_line(dollars, visa, price="0")
    q.add_product_line(dollars, visa, price="95,50")
    assert [line.price for line in q.get(dollars).lines] == [0, 95_50]
    workspace.catalogue.update(visa, "offered", "0")
    with pytest.raises(UserError, match="“Visa” is not offered any more"):
        q.add_product_line(draft, visa)
    workspace.catalogue.delete([visa])
    with pytest.raises(UserError) as told:
        q.add_product_line(draft, visa)
    assert refused(told.value) == ("“Visa” lies in the trash of the catalogue.", "product")
    # What was offered before stands.
    assert [line.description for line in q.get(dollars).lines] == ["Visa", "Visa"]


def test_the_price_of_the_day_is_asked(
    workspace: Workspace, draft: QuotationId, visa: ProductId
) -> None:
    workspace.catalogue.add_price(visa, "95 EUR", valid_from="2030-06-01", valid_to="2030-08-31")
    workspace.quotations.add_product_line(draft, visa, day=date(2030, 7, 1))
    workspace.quotations.add_product_line(draft, visa)
    assert [line.price for line in workspace.quotations.get(draft).lines[1:]] == [95_00, 80_00]


def test_nothing_that_counts_is_not_issued(workspace: Workspace, ana: CustomerId) -> None:
    q = workspace.quotations
    number = q.create("Azores", ana)
    q.add_text(number, "Welcome")
    option = q.add_free_line(number, "Car", "100", kind=LineKind.OPTION)
    with pytest.raises(UserError) as told:
        q.issue(number)
    words = "Nothing in it counts yet: add a line with a price."
    assert refused(told.value) == (words, "lines")
    q.update_line(option, "chosen", "1")
    q.issue(number)
    with pytest.raises(UserError) as told:
        q.accept(number, chosen=[QuotationLineId(999)])
    assert refused(told.value) == ("Only an option can be chosen.", "chosen")


def test_lines_are_moved_and_taken_out(workspace: Workspace, draft: QuotationId) -> None:
    q = workspace.quotations
    last = q.add_text(draft, "Last")
    middle = q.add_free_line(draft, "Car", "50")

    def said() -> list[str]:
        return [line.description for line in q.get(draft).lines]

    assert q.get(draft).lines[2].tax_rate == 6_000  # as the line before
    q.move_line(last, 0)
    assert said() == ["Last", "Hotel", "Car"]
    assert q.move_line(last, 0) is None
    q.move_line(last, 99)
    assert said() == ["Hotel", "Car", "Last"]
    q.remove_line(middle)
    assert said() == ["Hotel", "Last"]
    for expected in (["Hotel", "Car", "Last"], ["Last", "Hotel", "Car"], ["Hotel", "Last", "Car"]):
        workspace.history.undo()
        assert said() == expected


def test_acceptance_may_move_the_opportunity(workspace: Workspace, ana: CustomerId) -> None:
    workspace.pipelines.begin(Template.SIMPLE_SALE)
    trip = workspace.opportunities.create("Azores", ana)
    won = workspace.opportunities.get(trip).pipeline.stages[-2]
    q = workspace.quotations
    number = q.create("Azores", ana, opportunity=trip)
    q.add_free_line(number, "Hotel", "100")
    assert q.hand_over_amount(number) is not None
    assert workspace.opportunities.get(trip).opportunity.money == Money(100_00, "EUR")
    assert q.hand_over_amount(number) is None
    q.issue(number)
    q.accept(number)
    assert workspace.opportunities.get(trip).stage.name != won.name
    workspace.history.undo()
    q.accept(number, stage=won.id)
    assert workspace.opportunities.get(trip).stage.name == won.name
    assert workspace.customers.get(ana).stage is Stage.CUSTOMER
    workspace.history.undo()
    assert q.get(number).quotation.status is QuotationStatus.ISSUED
    assert workspace.opportunities.get(trip).stage.name != won.name
    assert [one.quotation.id for one in q.of_opportunity(trip)] == [number]
    workspace.opportunities.remove([trip])
    with pytest.raises(UserError, match="belongs to no opportunity"):
        q.hand_over_amount(number)
    workspace.history.undo()
    assert q.get(number).quotation.opportunity_id == trip


def test_another_customers_opportunity_is_refused(workspace: Workspace, ana: CustomerId) -> None:
    rui = workspace.customers.create(CustomerDraft("Rui"))
    trip = workspace.opportunities.create("Azores", rui)
    with pytest.raises(UserError, match="another customer's"):
        workspace.quotations.create("Azores", ana, opportunity=trip)
    with pytest.raises(UserError, match="no customer 99"):
        workspace.quotations.create("Azores", CustomerId(99))


def test_copies_and_lists(workspace: Workspace, draft: QuotationId, ana: CustomerId) -> None:
    q = workspace.quotations
    q.update(draft, "terms", "30 days")
    q.update(draft, "taxes", "included")
    q.issue(draft)
    wang = workspace.customers.create(CustomerDraft("王秀英"))
    copied = q.copy(draft, customer=wang)
    one = q.get(copied).quotation
    assert (one.number, one.version, one.status) == ("", 1, QuotationStatus.DRAFT)
    assert [listed.quotation.id for listed in q.of(wang)] == [copied]
    assert [x.quotation.id for x in q.list()] == [copied, draft]
    assert [x.quotation.id for x in q.list(QuotationQuery("王秀 azores"))] == [copied]
    assert [x.quotation.id for x in q.list(QuotationQuery("0001"))] == [draft]
    drafts = QuotationQuery(statuses=frozenset({QuotationStatus.DRAFT}))
    assert [(x.customer_name, x.total) for x in q.list(drafts)] == [
        ("王秀英", Money(300_00, "EUR"))
    ]
    # The next one has the terms of the last one in that language.
    again = q.get(q.create("Bali", ana)).quotation
    assert (again.terms, again.taxes.value) == ("30 days", "included")
    workspace.customers.delete([wang])
    assert copied not in {x.quotation.id for x in q.list()}


def test_each_change_is_taken_back_by_itself(workspace: Workspace, draft: QuotationId) -> None:
    q = workspace.quotations
    step = q.update(draft, "intro", "Dear Ana")
    assert step is not None
    q.update(draft, "terms", "30 days")
    assert q.update(draft, "terms", "30 days ") is None
    workspace.history.undo_step(step)
    one = q.get(draft).quotation
    assert (one.intro, one.terms) == ("", "30 days")


def test_merged_and_taken_apart(workspace: Workspace, ana: CustomerId, draft: QuotationId) -> None:
    other = workspace.customers.create(CustomerDraft("Ana S."))
    workspace.duplicates.merge(other, ana)
    assert workspace.quotations.get(draft).quotation.customer_id == other
    workspace.history.undo()
    assert workspace.quotations.get(draft).quotation.customer_id == ana


def test_erased_with_its_customer(
    workspace: Workspace, ana: CustomerId, draft: QuotationId
) -> None:
    q = workspace.quotations
    q.update(draft, "intro", "Secret words")
    q.issue(draft)
    q.issue(q.new_version(draft))
    workspace.customers.delete([ana])
    workspace.customers.erase([ana])
    with workspace._archive.reading() as c:
        assert QUOTATIONS.all(c) == []
        assert QUOTATION_LINES.all(c) == []
        told = c.execute(
            "SELECT count(*) FROM journal WHERE before LIKE '%Secret%' OR after LIKE '%Secret%'"
        ).fetchone()
    assert told == (0,)
    # That the number was given out stays known, and nothing of whom it was for.
    gaps = workspace.numbers.gaps(Series.QUOTATION)
    assert [(gap.number, gap.fate) for gap in gaps] == [
        (f"Q-{YEAR}-0001/2", Fate.UNKNOWN),
        (f"Q-{YEAR}-0001", Fate.UNKNOWN),
    ]


def test_a_quotation_comes_from_elsewhere_with_its_number(
    workspace: Workspace, draft: QuotationId, tmp_path: Path
) -> None:
    workspace.quotations.issue(draft)
    workspace.quotations.issue(workspace.quotations.copy(draft))
    workspace.history.undo()
    workspace.exports.export(tmp_path / "a.json")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path / "data") as other:
        other.imports.import_files([tmp_path / "a.json"])
        [copied] = [x.quotation for x in other.quotations.list() if not x.quotation.number]
        assert copied.id is not None
        # 0002 was on paper there, too.
        assert other.quotations.issue(copied.id) == f"Q-{YEAR}-0003"
        before = dump(other)
        other.imports.import_files([tmp_path / "a.json"])
        numbers = [row["number"] for row in dump(other)["quotation"] if row["number"]]
        assert sorted(numbers) == [row["number"] for row in before["quotation"]]
