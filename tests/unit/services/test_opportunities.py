"""Opportunities through their pipeline, and pipelines as the owner edits them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerDraft, CustomerId, PersonalFacts, Stage
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.handovers import What
from crm_desktop.domain.money import Money
from crm_desktop.domain.opportunities import (
    BoardQuery,
    Opportunity,
    OpportunityId,
    Outcome,
    PipelineId,
    PipelineStageId,
)
from crm_desktop.domain.timeline import EventKind, TimelineQuery
from crm_desktop.services.pipelines import Template, WholePipeline
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.records import OPPORTUNITIES


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    workspace.settings.set_home_country("PT")
    return workspace.customers.create(CustomerDraft("Ana Silva", facts=PersonalFacts(owner="Rita")))


@pytest.fixture
def travel(workspace: Workspace) -> WholePipeline:
    return workspace.pipelines.get(workspace.pipelines.begin(Template.OUTBOUND_TRAVEL))


def names(workspace: Workspace, number: PipelineId) -> list[str]:
    return [stage.name for stage in workspace.pipelines.get(number).stages]


def stage(workspace: Workspace, whole: WholePipeline, name: str) -> PipelineStageId:
    found = workspace.pipelines.get(whole.pipeline.id or PipelineId(0)).stages
    return next(s.id for s in found if s.name == name and s.id is not None)


def at(workspace: Workspace, number: OpportunityId) -> str:
    return workspace.opportunities.get(number).stage.name


def refused(error: UserError) -> tuple[str, str]:
    return str(error), error.field or ""


# Pipelines.


@pytest.mark.parametrize("template", Template)
def test_the_ways_that_the_program_knows(workspace: Workspace, template: Template) -> None:
    found = workspace.pipelines.get(workspace.pipelines.begin(template)).stages
    assert found[0].outcome is Outcome.OPEN
    assert [s.outcome for s in found[-2:]] == [Outcome.WON, Outcome.LOST]
    chances = [s.probability for s in found[:-1]]
    assert chances == sorted(chances)
    assert chances[-1] == 100
    workspace.history.undo()
    assert workspace.pipelines.all() == []


def test_stages_are_edited(workspace: Workspace) -> None:
    pipelines = workspace.pipelines
    way = pipelines.create("Garage")
    assert names(workspace, way) == ["New", "Won", "Lost"]
    pipelines.add_stage(way, "Estimate")
    assert names(workspace, way) == ["New", "Estimate", "Won", "Lost"]
    new, estimate, _won, _lost = pipelines.get(way).stages
    assert new.id is not None
    assert estimate.id is not None
    assert estimate.probability == 55
    for field, value in (("probability", "40 %"), ("most_days", "10"),
                         ("needs", "next_step amount"), ("name", "报价")):  # fmt: skip
        pipelines.update_stage(estimate.id, field, value)
    _new, found, *_ends = pipelines.get(way).stages
    assert (found.name, found.probability, found.most_days) == ("报价", 40, 10)
    assert found.needs == "amount next_step"
    assert pipelines.update_stage(estimate.id, "most_days", "10") is None
    pipelines.update_stage(estimate.id, "most_days", "")
    assert pipelines.get(way).stages[1].most_days is None
    pipelines.move_stage(estimate.id, 0)
    assert names(workspace, way) == ["报价", "New", "Won", "Lost"]
    workspace.history.undo()
    assert names(workspace, way) == ["New", "报价", "Won", "Lost"]
    pipelines.remove_stage(estimate.id)
    assert names(workspace, way) == ["New", "Won", "Lost"]
    workspace.history.undo()
    assert names(workspace, way) == ["New", "报价", "Won", "Lost"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", " ", "A stage needs a name."),
        ("name", "Won", "Another stage of this pipeline is called so."),
        ("probability", "101", "Write a whole number from 0 to 100."),
        ("probability", "half", "Write a whole number from 0 to 100."),
        ("most_days", "0", "Write a whole number from 1 to 3650."),
        ("outcome", "won", "A pipeline needs a stage for what is open."),
    ],
)
def test_bad_stages_are_refused(workspace: Workspace, field: str, value: str, words: str) -> None:
    way = workspace.pipelines.create("Garage")
    new = workspace.pipelines.get(way).stages[0]
    assert new.id is not None
    with pytest.raises(UserError) as told:
        workspace.pipelines.update_stage(new.id, field, value)
    assert refused(told.value) == (words, field)
    assert workspace.pipelines.get(way).stages[0] == new


def test_pipelines_have_names_of_their_own(workspace: Workspace) -> None:
    pipelines = workspace.pipelines
    garage, shop = pipelines.create("Garage"), pipelines.create("Shop")
    with pytest.raises(UserError, match="Another pipeline is called so"):
        pipelines.rename(shop, "Garage")
    assert pipelines.rename(shop, "Shop") is None
    pipelines.rename(shop, "Counter")
    assert [one.pipeline.name for one in pipelines.all()] == ["Garage", "Counter"]
    pipelines.remove(garage)
    assert [one.pipeline.name for one in pipelines.all()] == ["Counter"]


def test_a_stage_goes_only_with_what_stands_in_it_moved(
    workspace: Workspace, ana: CustomerId, travel: WholePipeline
) -> None:
    trip = workspace.opportunities.create("Azores", ana)
    enquiry = stage(workspace, travel, "Enquiry")
    planning = stage(workspace, travel, "Planning the itinerary")
    assert workspace.pipelines.standing_in(enquiry) == 1
    with pytest.raises(UserError) as told:
        workspace.pipelines.remove_stage(enquiry)
    assert refused(told.value) == (
        "1 opportunity stands in this stage. Say where it goes.", "into"
    )  # fmt: skip
    with pytest.raises(UserError, match="Move it to another one first"):
        workspace.pipelines.remove(travel.pipeline.id or PipelineId(0))
    workspace.pipelines.remove_stage(enquiry, into=planning)
    assert at(workspace, trip) == "Planning the itinerary"
    # Where it came from is no stage any more.
    assert [move.stage_id for move in workspace.opportunities.get(trip).moves] == [None, planning]
    workspace.history.undo()
    assert at(workspace, trip) == "Enquiry"
    assert [move.stage_id for move in workspace.opportunities.get(trip).moves] == [enquiry]
    won = stage(workspace, travel, "Won")
    with pytest.raises(UserError, match="needs a stage for what is won"):
        workspace.pipelines.remove_stage(won)


# Opportunities.


def test_they_are_handed_over_while_they_are_open(
    workspace: Workspace, ana: CustomerId, travel: WholePipeline
) -> None:
    service = workspace.opportunities
    trip, lost = service.create("Azores", ana), service.create("Bali", ana)
    service.move(lost, stage(workspace, travel, "Lost"), given={"lost_reason": "No answer"})
    assert workspace.handovers.counts("Rita")[What.OPPORTUNITIES] == 1
    workspace.handovers.hand_over("Rita", "Eva")
    owners = [service.get(one).opportunity.owner for one in (trip, lost)]
    assert owners == ["Eva", "Rita"]


def test_the_timeline_tells_of_them(
    workspace: Workspace, ana: CustomerId, travel: WholePipeline
) -> None:
    trip = workspace.opportunities.create("Azores", ana)
    workspace.opportunities.move(trip, stage(workspace, travel, "Judged genuine"))
    found = workspace.timeline.page(TimelineQuery(ana)).entries
    told = [(one.text, one.more) for one in found if one.kind == EventKind.OPPORTUNITY]
    assert told == [("Azores", "Judged genuine"), ("Azores", "Enquiry")]


def test_from_an_enquiry_to_a_sale(
    workspace: Workspace, ana: CustomerId, travel: WholePipeline
) -> None:
    service = workspace.opportunities
    trip = service.create("Azores in May", ana, amount="1.200,50", source="Web form")
    whole = service.get(trip)
    assert whole.customer_name == "Ana Silva"
    assert whole.opportunity.money == Money(1_200_50, "EUR")
    assert whole.opportunity.owner == "Rita"  # who looks after her
    assert whole.stage.name == "Enquiry"
    assert workspace.customers.get(ana).stage is Stage.PROSPECT
    task = service.add_step(trip, "call about hotels in 3 days")
    [step] = service.get(trip).tasks
    assert (step.id, step.title, step.owner) == (task, "call about hotels", "Rita")
    assert step.customer_id == ana
    service.update(trip, "closes_on", "2030-05-31")
    service.move(trip, stage(workspace, travel, "Waiting for the deposit"))
    service.move(trip, stage(workspace, travel, "Won"))
    assert workspace.customers.get(ana).stage is Stage.CUSTOMER
    assert [one.stage.name for one in [service.get(trip)]] == ["Won"]
    assert len(service.get(trip).moves) == 3
    # One step each, with what followed from it.
    workspace.history.undo()
    assert workspace.customers.get(ana).stage is Stage.PROSPECT
    assert at(workspace, trip) == "Waiting for the deposit"


def test_what_a_stage_wants_is_told(
    workspace: Workspace, ana: CustomerId, travel: WholePipeline
) -> None:
    service = workspace.opportunities
    trip = service.create("Azores", ana)
    with pytest.raises(UserError) as told:
        service.move(trip, stage(workspace, travel, "Waiting for the deposit"))
    assert refused(told.value) == (
        "“Waiting for the deposit” wants first: an amount, a day when it is decided.",
        "amount",
    )
    with pytest.raises(UserError) as told:
        service.move(trip, stage(workspace, travel, "Lost"))
    assert refused(told.value) == ("Say why it was lost.", "lost_reason")
    assert at(workspace, trip) == "Enquiry"
    service.move(trip, stage(workspace, travel, "Lost"), given={"lost_reason": "Too expensive"})
    assert service.get(trip).opportunity.lost_reason == "Too expensive"
    # Whoever comes back was not lost.
    service.move(trip, stage(workspace, travel, "Enquiry"))
    assert service.get(trip).opportunity.lost_reason == ""
    assert service.words_used("lost_reason")[:1] == ["Too expensive"]


def test_what_a_stage_wants_is_given_on_the_way(
    workspace: Workspace, ana: CustomerId, travel: WholePipeline
) -> None:
    service = workspace.opportunities
    trip = service.create("Azores", ana)
    deposit = stage(workspace, travel, "Waiting for the deposit")
    workspace.pipelines.update_stage(deposit, "needs", "amount closes_on next_step")
    given = {"amount": "900 USD", "closes_on": "2030-05-31", "next_step": "call in 2 days"}
    with pytest.raises(UserError) as told:
        service.move(trip, deposit, given={**given, "closes_on": "soonish"})
    assert told.value.field == "closes_on"
    assert service.get(trip).opportunity.money is None
    service.move(trip, deposit, given=given)
    whole = service.get(trip)
    assert whole.opportunity.money == Money(900_00, "USD")
    assert whole.opportunity.closes_on == date(2030, 5, 31)
    assert [task.title for task in whole.tasks] == ["call"]
    workspace.history.undo()
    assert service.get(trip).tasks == []
    assert service.get(trip).opportunity.money is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "  ", "Say in a few words what it is about."),
        ("amount", "-5", "An amount below zero cannot stand here."),
        ("amount", "much", "“much” is no amount. Write it like 1250.50 or 1250.50 USD."),
        ("amount", "100.5 JPY", "JPY has no decimal places."),
        ("closes_on", "soonish", "“soonish” is no day."),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    workspace: Workspace, ana: CustomerId, field: str, value: str, words: str
) -> None:
    trip = workspace.opportunities.create("Azores", ana, amount="5 EUR")
    before = workspace.opportunities.get(trip)
    with pytest.raises(UserError) as told:
        workspace.opportunities.update(trip, field, value)
    assert str(told.value).startswith(words)
    assert workspace.opportunities.get(trip) == before


def test_zero_and_nothing_are_two_things(workspace: Workspace, ana: CustomerId) -> None:
    service = workspace.opportunities
    trip = service.create("Azores", ana, amount="0")
    assert service.get(trip).opportunity.money == Money(0, "EUR")
    service.update(trip, "amount", "")
    assert service.get(trip).opportunity.money is None


def test_the_first_one_begins_a_simple_sale(workspace: Workspace, ana: CustomerId) -> None:
    trip = workspace.opportunities.create("Azores", ana)
    assert workspace.opportunities.get(trip).pipeline.pipeline.name == "Simple sale"
    with pytest.raises(UserError, match="no customer 99"):
        workspace.opportunities.create("Azores", CustomerId(99))


def test_the_board(workspace: Workspace, ana: CustomerId, travel: WholePipeline) -> None:
    service = workspace.opportunities
    bia = workspace.customers.create(CustomerDraft("王秀英"))
    number = travel.pipeline.id or PipelineId(0)
    late = service.create("Late", ana)
    large = service.create("Large", bia, amount="900 EUR", owner="Eva")
    small = service.create("Small", bia, amount="5 EUR")
    service.update(small, "closes_on", "2030-01-01")
    service.add_step(large, "second step on 2030-03-03")
    service.add_step(large, "first step on 2030-02-02")
    listed = service.board(BoardQuery(number)).listed
    assert [one.opportunity.id for one in listed] == [small, large, late]
    [shown] = [one for one in listed if one.opportunity.id == large]
    assert shown.customer_name == "王秀英"
    assert shown.next_step == ("first step", date(2030, 2, 2))
    assert [
        one.opportunity.id for one in service.board(BoardQuery(number, "王秀 large")).listed
    ] == [large]
    assert [o.opportunity.id for o in service.board(BoardQuery(number, owner="Eva")).listed] == [
        large
    ]
    service.move(late, stage(workspace, travel, "Lost"), given={"lost_reason": "No answer"})
    since = datetime.now(UTC) + timedelta(days=1)
    open_ones = service.board(BoardQuery(number, closed_since=since)).listed
    assert [one.opportunity.id for one in open_ones] == [small, large]
    # Who lies in the trash is out of sight, and comes back with all of his.
    workspace.customers.delete([bia])
    assert [one.opportunity.id for one in service.board(BoardQuery(number)).listed] == [late]
    workspace.history.undo()
    assert len(service.board(BoardQuery(number)).listed) == 3


def test_of_a_customer_the_open_ones_stand_first(
    workspace: Workspace, ana: CustomerId, travel: WholePipeline
) -> None:
    service = workspace.opportunities
    older, newer = service.create("Older", ana), service.create("Newer", ana)
    service.move(newer, stage(workspace, travel, "Lost"), given={"lost_reason": "No answer"})
    assert [one.id for one, _stage in service.of(ana)] == [older, newer]


def test_deleted_and_back(workspace: Workspace, ana: CustomerId) -> None:
    service = workspace.opportunities
    trip = service.create("Azores", ana)
    task = service.add_step(trip, "call")
    before = service.get(trip)
    service.remove([trip])
    with pytest.raises(UserError, match="not there any more"):
        service.get(trip)
    assert workspace.tasks.get(task).opportunity_id is None
    workspace.history.undo()
    assert service.get(trip) == before


def test_a_task_of_another_customer_is_no_step_any_more(
    workspace: Workspace, ana: CustomerId
) -> None:
    from dataclasses import replace

    bia = workspace.customers.create(CustomerDraft("Bia"))
    trip = workspace.opportunities.create("Azores", ana)
    task = workspace.opportunities.add_step(trip, "call")
    workspace.tasks.change(replace(workspace.tasks.get(task), customer_id=bia))
    assert workspace.opportunities.get(trip).tasks == []


def test_merged_customers_keep_what_is_sold_to_them(workspace: Workspace, ana: CustomerId) -> None:
    twin = workspace.customers.create(CustomerDraft("Ana S."))
    trip = workspace.opportunities.create("Azores", twin)
    workspace.duplicates.merge(ana, twin)
    assert workspace.opportunities.get(trip).opportunity.customer_id == ana
    workspace.history.undo()
    assert workspace.opportunities.get(trip).opportunity.customer_id == twin


def test_erased_with_its_customer(workspace: Workspace, ana: CustomerId) -> None:
    trip = workspace.opportunities.create("Azores", ana)
    workspace.opportunities.add_step(trip, "call")
    workspace.customers.delete([ana])
    workspace.customers.erase([ana])
    with workspace._archive.reading() as c:
        assert OPPORTUNITIES.all(c) == []
        assert c.execute("SELECT count(*) FROM opportunity_move").fetchone() == (0,)
        told = c.execute(
            "SELECT count(*) FROM journal WHERE table_name LIKE 'opportunity%'"
            " AND (before LIKE '%Azores%' OR after LIKE '%Azores%')"
        ).fetchone()
    assert told == (0,)


def test_the_step_of_each_change_takes_it_back(workspace: Workspace, ana: CustomerId) -> None:
    trip = workspace.opportunities.create("Azores", ana)
    step = workspace.opportunities.update(trip, "notes", "window seats")
    assert isinstance(step, int)
    workspace.opportunities.update(trip, "occasion", "a new buyer")
    workspace.history.undo_step(StepId(step))
    one: Opportunity = workspace.opportunities.get(trip).opportunity
    assert (one.notes, one.occasion) == ("", "a new buyer")
