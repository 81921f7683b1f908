from pathlib import Path

import pytest

from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerListQuery,
    InteractionKind,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace

FULL = CustomerDraft(
    name="João Silva",
    organisation="Silva Lda",
    notes="gosta de viajar",
    contact_points=(
        ContactPoint("phone", "912 345 678", None, "mobile"),
        ContactPoint("email", "Joao@Example.org", None),
    ),
    addresses=(Address("Rua A, 1", "1000-001", "Lisboa", "", "PT"),),
    tags=("VIP", "novo"),
    custom=(("Passport", "X123"), ("Seat", "window")),
)


def _everything(w: Workspace) -> list[object]:
    """The whole archive without the moments of change."""
    rows = w.customers.first_page(CustomerListQuery(), limit=1000)
    rows += w.customers.first_page(CustomerListQuery(trashed=True), limit=1000)
    return [
        (
            c.id,
            c.name,
            c.organisation,
            c.stage,
            c.birthday,
            c.notes,
            c.contact_points,
            c.addresses,
            c.tags,
            dict(c.custom),
            c.deleted_at is None,
            [(i.kind, i.text) for i in w.customers.timeline(c.id)],
        )
        for c in sorted((w.customers.get(r.id) for r in rows), key=lambda c: c.id)
    ]


def test_every_kind_of_change_is_undone_and_redone_in_order(
    workspace: Workspace, tmp_path: Path
) -> None:
    w = workspace
    number = w.customers.create(FULL)
    point = w.customers.get(number).contact_points[0]
    steps = [
        lambda: w.customers.update(number, "name", "João da Silva"),
        lambda: w.customers.save_contact_point(
            number, ContactKind.PHONE, "21 345 67 89", contact_point_id=point.id
        ),
        lambda: w.customers.save_contact_point(number, ContactKind.EMAIL, "x@example.org"),
        lambda: w.customers.save_contact_point(
            number, ContactKind.PHONE, "", contact_point_id=point.id
        ),
        lambda: w.customers.save_address(number, Address(city="Porto")),
        lambda: w.customers.set_tags(number, ["novo", "grupo"]),
        lambda: w.customers.set_custom(number, "Passport", "Y9"),
        lambda: w.customers.set_custom(number, "Seat", ""),
        lambda: w.customers.update(number, "birthday", "--05-31"),
        lambda: w.customers.update(number, "stage", "customer"),
        lambda: w.customers.log_interaction(number, InteractionKind.CALL, "ligou"),
        lambda: w.customers.delete([number]),
        lambda: w.customers.restore([number]),
    ]
    states = [_everything(w)]
    for step in steps:
        step()
        states.append(_everything(w))
    for before in reversed(states[:-1]):
        assert w.history.undo().conflicts == ()
        assert _everything(w) == before
    w.close(backup=False)  # undo and redo live in the file
    with Workspace.open(w.path, data_dir=tmp_path) as again:
        for after in states[1:]:
            assert again.history.redo().conflicts == ()
            assert _everything(again) == after
        with pytest.raises(UserError, match="nothing to redo"):
            again.history.redo()
        assert again.backups.check().messages == ()


def test_new_step_forgets_what_could_be_redone(workspace: Workspace) -> None:
    number = workspace.customers.create(FULL)
    workspace.customers.update(number, "name", "Other")
    workspace.history.undo()
    workspace.customers.update(number, "notes", "new")
    assert workspace.history.can_redo() is None


def test_old_step_is_taken_back_and_later_edits_stay_and_are_listed(workspace: Workspace) -> None:
    w = workspace
    first = w.customers.create(FULL)
    create = w.history.can_undo()
    w.customers.update(first, "notes", "edited by hand")
    second = w.customers.create(CustomerDraft(name="Rui"))
    result = w.history.undo_step(create.id)
    assert [(c.customer, c.field, c.kept, c.recorded) for c in result.conflicts] == [
        (first, "notes", "edited by hand", "gosta de viajar")
    ]
    assert w.customers.get(first).phones[0].value == "+351912345678"
    assert w.customers.get(second).name == "Rui"
    with pytest.raises(UserError, match="taken back already"):
        w.history.undo_step(create.id)


def test_edit_that_was_itself_undone_is_no_conflict(workspace: Workspace) -> None:
    number = workspace.customers.create(FULL)
    create = workspace.history.can_undo()
    workspace.customers.update(number, "notes", "edited")
    workspace.history.undo()
    assert workspace.history.undo_step(create.id).conflicts == ()
    with pytest.raises(UserError):
        workspace.customers.get(number)


def test_customer_with_later_additions_stays(workspace: Workspace) -> None:
    number = workspace.customers.create(FULL)
    create = workspace.history.can_undo()
    workspace.customers.log_interaction(number, InteractionKind.NOTE, "written since")
    result = workspace.history.undo_step(create.id)
    assert [c.kept for c in result.conflicts] == ["written since"]
    assert workspace.customers.get(number).name == FULL.name
    assert len(workspace.customers.get(number).contact_points) == 2


def test_field_edited_twice_keeps_the_newer_value(workspace: Workspace) -> None:
    number = workspace.customers.create(FULL)
    workspace.customers.update(number, "notes", "one")
    one = workspace.history.can_undo()
    workspace.customers.update(number, "notes", "two")
    result = workspace.history.undo_step(one.id)
    assert [(c.kept, c.recorded) for c in result.conflicts] == [("two", "one")]
    assert workspace.customers.get(number).notes == "two"


def test_step_without_change_leaves_no_trace(workspace: Workspace) -> None:
    number = workspace.customers.create(FULL)
    last = workspace.history.can_undo()
    workspace.customers.update(number, "notes", FULL.notes)
    workspace.customers.set_tags(number, FULL.tags)
    assert workspace.history.can_undo() == last


def test_nothing_to_undo_is_said(tmp_path: Path) -> None:
    with (
        Workspace.open(tmp_path / "a.crm", create=True, data_dir=tmp_path) as w,
        pytest.raises(UserError, match="nothing to undo"),
    ):
        w.history.undo()
