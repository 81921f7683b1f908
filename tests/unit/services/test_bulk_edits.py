"""One change to many customers: whole or not at all, one step, the search follows."""

from __future__ import annotations

import pytest

from crm_desktop.domain.bulk import TAG, Edit, Way
from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerListQuery
from crm_desktop.domain.errors import Cancelled, UserError
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.jobs import Job, Progress
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import custom_fields
from crm_desktop.store.search import index


@pytest.fixture
def many(workspace: Workspace) -> list[CustomerId]:
    def make() -> list[CustomerId]:
        return [
            workspace.customers.create(CustomerDraft(f"N{n}", custom=(("Size", f"x{n}"),)))
            for n in range(2_100)
        ]

    return workspace.submit(make).result()


def sound(workspace: Workspace) -> bool:
    with workspace._archive.reading() as c:
        return index.verify(c) == []


def found(workspace: Workspace, text: str) -> int:
    return workspace.customers.count(CustomerListQuery(text=text), cap=5_000)


def test_an_own_field_is_set_found_taken_back_and_done_again(
    workspace: Workspace, many: list[CustomerId]
) -> None:
    assert found(workspace, "x2099") == 1
    edited = workspace.bulk.edit(many, [Edit("custom:1", Way.SET, "enormous")])
    assert edited.changed == 2_100
    assert edited.step is not None
    assert found(workspace, "enormous") == 2_100
    assert found(workspace, "x2099") == 0
    workspace.history.undo()
    assert found(workspace, "enormous") == 0
    assert found(workspace, "x2099") == 1
    workspace.history.redo()
    assert found(workspace, "enormous") == 2_100
    assert workspace.bulk.edit(many, [Edit("custom:1", Way.CLEAR)]).changed == 2_100
    assert workspace.customers.get(many[0]).custom == {}
    assert sound(workspace)


def test_a_few_in_a_large_archive_keep_the_index_true(
    workspace: Workspace, many: list[CustomerId]
) -> None:
    workspace.bulk.edit(many[:50], [Edit("custom:1", Way.SET, "tiny")])
    workspace.bulk.edit(many[:60], [Edit("owner", Way.SET, "Ana")])
    workspace.customers.delete(many[10:20])
    assert found(workspace, "tiny") == 40
    assert sound(workspace)


def test_cancelled_it_leaves_no_trace(workspace: Workspace, many: list[CustomerId]) -> None:
    before = workspace.history.steps(limit=1)
    seen: list[Progress] = []
    job = Job(seen.append, interval=0)

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done >= 1_000:
            job.cancel()

    job._report = stop
    with pytest.raises(Cancelled):
        workspace.bulk.edit(many, [Edit("owner", Way.SET, "Ana")], job=job)
    assert [p.done for p in seen][:2] == [0, 1_000]
    assert workspace.history.steps(limit=1) == before
    assert workspace.customers.get(many[0]).facts.owner == ""
    assert sound(workspace)


def test_several_edits_are_one_step(workspace: Workspace, many: list[CustomerId]) -> None:
    chosen = many[:3]
    workspace.bulk.edit(
        chosen,
        [
            Edit("stage", Way.SET, "customer"),
            Edit("rating", Way.SET, "4"),
            Edit("do_not_contact", Way.SET, "yes"),
            Edit(TAG, Way.ADD, "VIP, VIP , Natal"),
        ],
    )
    customer = workspace.customers.get(chosen[2])
    assert customer.stage == "customer"
    assert (customer.facts.rating, customer.facts.do_not_contact) == (4, True)
    assert customer.tags == ("VIP", "Natal")
    assert [c.stage for c in workspace.customers.stage_changes(chosen[2])] == ["customer"]
    workspace.history.undo()
    customer = workspace.customers.get(chosen[2])
    assert (customer.stage, customer.facts.rating, customer.tags) == ("potential", 0, ())
    assert workspace.customers.tags() == []


def test_what_others_edited_since_is_kept_by_the_undo(
    workspace: Workspace, many: list[CustomerId]
) -> None:
    workspace.bulk.edit(many[:3], [Edit("owner", Way.SET, "Ana")])
    step = workspace.history.steps(limit=1)[0]
    workspace.customers.update(many[1], "owner", "Bruno")
    result = workspace.history.undo_step(step.id)
    assert len(result.conflicts) == 1
    owners = [workspace.customers.get(n).facts.owner for n in many[:3]]
    assert owners == ["", "Bruno", ""]


@pytest.mark.parametrize(
    "edit",
    [
        Edit("name", Way.SET, "X"),
        Edit("custom:99", Way.SET, "X"),
        Edit("stage", Way.SET, "nonsense"),
        Edit("rating", Way.SET, "9"),
        Edit("owner", Way.SET, "  "),
        Edit(TAG, Way.ADD, " , "),
    ],
)
def test_nonsense_is_refused_before_anything_is_written(workspace: Workspace, edit: Edit) -> None:
    number = workspace.customers.create(CustomerDraft("Ana"))
    before = workspace.history.steps(limit=1)
    with pytest.raises(UserError):
        workspace.bulk.edit([number], [edit])
    assert workspace.history.steps(limit=1) == before


def test_a_number_is_kept_in_the_archives_writing(workspace: Workspace) -> None:
    workspace.settings.set_home_country("PT")
    number = workspace.customers.create(CustomerDraft("Ana"))
    workspace._archive.write(
        "Field", lambda c: custom_fields.field_id(c, "Turnover", kind=FieldKind.MONEY)
    )
    workspace.bulk.edit([number], [Edit("custom:1", Way.SET, "1.234,50")])
    assert workspace.customers.get(number).custom == {"Turnover": "1234.50"}
