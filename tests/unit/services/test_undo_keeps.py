"""Undo of an old step: what was edited since, or others use, stays; the rest comes back whole."""

from __future__ import annotations

import pytest

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    ContactKind,
    CustomerDraft,
    CustomerId,
    CustomerKind,
    InteractionKind,
)
from crm_desktop.domain.relations import RelationKind
from crm_desktop.domain.tasks import Task
from crm_desktop.services.relations import Said
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(CustomerDraft("Ana"))


@pytest.fixture
def rui(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(CustomerDraft("Rui"))


def last(w: Workspace) -> StepId:
    step = w.history.can_undo()
    assert step is not None
    return step.id


def test_an_article_that_was_written_on_stays(workspace: Workspace) -> None:
    w = workspace
    number = w.knowledge.create("Visas")
    made = last(w)
    w.knowledge.update(number, "text", "What months of work have taught us.")
    assert [step.id for step in w.history.in_the_way(made)] == [last(w)]
    (conflict,) = w.history.undo_step(made).conflicts
    assert (conflict.table, conflict.field) == ("article", "text")
    assert w.knowledge.get(number).article.text == "What months of work have taught us."


def test_an_article_that_was_linked_since_stays(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    number = w.knowledge.create("Visas")
    made = last(w)
    w.knowledge.link(number, ana)
    assert [step.id for step in w.history.in_the_way(made)] == [last(w)]
    assert w.history.undo_step(made).conflicts
    assert [a.title for a in w.knowledge.for_customer(ana)] == ["Visas"]


def test_a_task_of_the_firms_own_that_was_changed_stays(workspace: Workspace) -> None:
    w = workspace
    number, made = w.tasks.create(Task("Pay the rent"))
    w.tasks.change(Task("Pay the rent", notes="to the new account", id=number))
    (conflict,) = w.history.undo_step(made).conflicts
    assert (conflict.table, conflict.field) == ("task", "notes")
    assert w.tasks.get(number).notes == "to the new account"


def test_a_field_that_was_renamed_stays(workspace: Workspace) -> None:
    w = workspace
    number = w.fields.add("Seat")
    made = last(w)
    w.fields.rename(number, "Seat in the coach")
    assert w.history.undo_step(made).conflicts
    assert [field.name for field in w.fields.all()] == ["Seat in the coach"]


def test_a_setting_that_was_changed_stays(workspace: Workspace) -> None:
    w = workspace
    made = w.history.steps()[-1]
    w.settings.set_home_country("BR")
    assert w.history.undo_step(made.id).conflicts
    assert w.settings.home_country() == "BR"


def test_the_word_for_the_other_side_stays_while_others_use_it(
    workspace: Workspace, ana: CustomerId, rui: CustomerId
) -> None:
    w = workspace
    eva = w.customers.create(CustomerDraft("Eva"))
    w.relations.add(ana, Said("teacher of", rui, reverse="pupil of"))
    first = last(w)
    w.relations.add(eva, Said("teacher of", rui))
    assert w.history.undo_step(first).conflicts == ()
    assert [r.reverse for r in w.customers.related(rui).backward] == ["pupil of"]
    w.history.undo_step(last(w))
    assert w.customers.related(rui).backward == ()


def test_a_tag_comes_back_to_others_though_who_had_it_first_lost_it(
    workspace: Workspace, ana: CustomerId, rui: CustomerId
) -> None:
    w = workspace
    w.customers.set_tags(ana, ["VIP"])
    first = last(w)
    w.customers.set_tags(rui, ["VIP"])
    w.customers.set_tags(rui, [])
    taken = last(w)
    w.history.undo_step(first)
    assert w.history.undo_step(taken).conflicts == ()
    assert w.customers.get(rui).tags == ("VIP",)


def test_a_tag_goes_with_the_last_step_that_gave_it(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    w.customers.set_tags(ana, ["VIP"])
    w.customers.set_tags(ana, [])
    w.history.undo()
    w.history.undo()
    assert w.customers.tags() == []


def test_a_task_comes_back_without_the_entry_that_it_followed(
    workspace: Workspace, ana: CustomerId
) -> None:
    w = workspace
    logged = w.timeline.log(ana, InteractionKind.CALL, "Asked", follow_up="ring back")
    assert logged.task is not None
    deleted = w.tasks.delete([logged.task])
    w.timeline.delete(logged.entry)
    assert w.history.in_the_way(deleted) == []
    assert w.history.undo_step(deleted).conflicts == ()
    assert [(t.title, t.interaction_id) for t in w.tasks.of(ana)] == [("ring back", None)]


def test_what_was_done_again_stands_in_the_way(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    w.customers.update(ana, "name", "Ana Silva")
    first = last(w)
    w.customers.update(ana, "name", "Ana Costa")
    second = last(w)
    for turn in (w.history.undo, w.history.undo, w.history.redo, w.history.redo):
        turn()
    assert [step.id for step in w.history.in_the_way(first)] == [second]


def test_what_a_row_would_come_back_to_stands_in_the_way(
    workspace: Workspace, ana: CustomerId, rui: CustomerId
) -> None:
    w = workspace
    w.customers.save_contact_point(rui, ContactKind.PHONE, "912 345 678")
    (point,) = w.customers.get(rui).phones
    w.customers.save_contact_point(rui, ContactKind.PHONE, "", contact_point_id=point.id)
    dropped = last(w)
    merged = w.duplicates.merge(ana, rui)
    assert [step.id for step in w.history.in_the_way(dropped)] == [merged]
    assert w.history.undo_with(dropped, [merged]).conflicts == ()
    assert [p.raw for p in w.customers.get(rui).phones] == ["912 345 678"]


def test_what_was_changed_of_a_new_customers_addition_stands_in_the_way(
    workspace: Workspace, ana: CustomerId
) -> None:
    w = workspace
    made = last(w)
    w.timeline.log(ana, InteractionKind.CALL, "Asked")
    logged = last(w)
    entry = w.customers.timeline(ana)[0].id
    edited = w.timeline.edit(entry, "Asked for the price")
    assert [step.id for step in w.history.in_the_way(made)] == [edited, logged]
    assert w.history.undo_with(made, [edited, logged]).conflicts == ()


def test_what_went_along_into_a_merge_stands_in_the_way(
    workspace: Workspace, ana: CustomerId, rui: CustomerId
) -> None:
    w = workspace
    eva = w.customers.create(CustomerDraft("Eva"))
    made = last(w)
    w.cases.begin(eva, "Late")
    begun = last(w)
    w.customers.update(ana, "notes", "of no matter")
    merged = w.duplicates.merge(ana, eva)
    assert [step.id for step in w.history.in_the_way(made)] == [merged, begun]
    assert w.history.undo_with(made, [merged, begun]).conflicts == ()
    assert w.customers.get(ana).notes == "of no matter"


def test_what_was_done_before_somebody_came_along_does_not(
    workspace: Workspace, ana: CustomerId, rui: CustomerId
) -> None:
    w = workspace
    made = last(w)  # Rui
    w.cases.begin(ana, "Late")
    merged = w.duplicates.merge(rui, ana)
    assert [step.id for step in w.history.in_the_way(made)] == [merged]
    assert w.history.undo_with(made, [merged]).conflicts == ()
    assert [case.subject for case in w.cases.of(ana)] == ["Late"]


def test_a_relation_by_hand_stands_in_the_way(
    workspace: Workspace, ana: CustomerId, rui: CustomerId
) -> None:
    w = workspace
    made = last(w)
    firm = w.customers.create(CustomerDraft("Mar Alto", kind=CustomerKind.ORGANISATION))
    w.relations.add(ana, Said(RelationKind.SPOUSE_OF, rui))
    married = last(w)
    w.customers.update(rui, "organisation", "Mar Alto")
    works = last(w)
    assert w.customers.related(rui).forward[0].id == firm
    assert [step.id for step in w.history.in_the_way(made)] == [works, married]
    assert w.history.undo_with(made, [works, married]).conflicts == ()


def test_a_later_version_of_a_document_stands_in_the_way(
    workspace: Workspace, ana: CustomerId
) -> None:
    w = workspace
    number = w.documents.add(ana, b"a", file_name="a.txt")
    added = last(w)
    newer = w.documents.replace(number, b"b", file_name="a.txt")
    assert [step.id for step in w.history.in_the_way(added)] == [newer]
    assert w.history.undo_with(added, [newer]).conflicts == ()


def test_what_stands_again_is_nothing_that_was_kept(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    without, *_older = w.past.versions(ana)
    w.customers.save_contact_point(ana, ContactKind.PHONE, "912 345 678")
    having, *_older = w.past.versions(ana)
    taken = w.past.restore(ana, without)
    w.past.restore(ana, having)
    assert w.history.undo_step(taken).conflicts == ()
    assert [p.raw for p in w.customers.get(ana).phones] == ["912 345 678"]
