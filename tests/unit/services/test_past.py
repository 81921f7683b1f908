"""What was before: values, customers, and what stands in a step's way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    Customer,
    CustomerDraft,
    CustomerId,
    InteractionKind,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace


def _texts(w: Workspace, customer: CustomerId, place: str) -> list[str]:
    return [value.text for value in w.past.value_history(customer, place).values]


def _own(customer: Customer | None) -> tuple[object, ...]:
    """What a customer is, beside what was noted of him when."""
    assert customer is not None
    return (
        customer.name,
        customer.kind,
        customer.given_name,
        customer.family_name,
        customer.organisation,
        customer.stage,
        customer.birthday,
        customer.notes,
        customer.contact_points,
        customer.addresses,
        sorted(customer.tags),
        dict(customer.custom),
        customer.facts,
    )


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(
        CustomerDraft(
            name="Ana Silva",
            contact_points=(ContactPoint("phone", "912 345 678", "+351912345678"),),
            addresses=(Address(street="Rua 1", city="Porto"),),
            tags=("VIP",),
            custom=(("Seat", "window"),),
        )
    )


def test_a_value_tells_what_it_was_and_by_which_step(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    w.customers.update(ana, "stage", "customer")
    w.customers.update(ana, "notes", "Likes Madeira")
    w.customers.update(ana, "stage", "former")
    found = w.past.value_history(ana, "stage").values
    assert [v.text for v in found] == ["former", "customer", "potential"]
    assert found[0].step_name == "Stage of Ana Silva"
    assert w.history.step(found[0].step) is not None
    assert found[0].at >= found[1].at >= found[2].at
    assert _texts(w, ana, "notes") == ["Likes Madeira"]


def test_what_stands_many_times_tells_of_itself_alone(
    workspace: Workspace, ana: CustomerId
) -> None:
    w = workspace
    phone = w.customers.get(ana).phones[0]
    w.customers.save_contact_point(ana, ContactKind.PHONE, "21 345 67 89")
    w.customers.save_contact_point(ana, ContactKind.PHONE, "913 333 333", contact_point_id=phone.id)
    assert _texts(w, ana, f"phone:{phone.id}") == ["913 333 333", "912 345 678"]
    address = w.customers.get(ana).addresses[0]
    w.customers.save_address(ana, address._replace(city="Gaia"))
    assert _texts(w, ana, f"address:{address.id}") == ["Rua 1, Gaia", "Rua 1, Porto"]


def test_tags_and_own_fields_tell_too_what_is_gone(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    w.customers.set_tags(ana, ["VIP", "Golf"])
    w.customers.set_tags(ana, ["Golf"])
    assert _texts(w, ana, "tags") == ["Golf", "VIP, Golf", "VIP"]
    w.customers.set_custom(ana, "Seat", "")
    w.customers.set_custom(ana, "Seat", "aisle")
    assert _texts(w, ana, "custom:Seat") == ["aisle", "", "window"]


def test_a_place_that_does_not_exist(workspace: Workspace, ana: CustomerId) -> None:
    with pytest.raises(ValueError, match="deleted_at"):
        workspace.past.value_history(ana, "deleted_at")


def test_an_imported_value_tells_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    w = workspace
    sheet = tmp_path / "old.csv"
    sheet.write_text(
        "Nome;Telemóvel;Cidade;Lugar\nAna Silva;912 345 678;Porto;janela\n"
        "Rui Costa;913 000 111;Faro;coxia\n",
        encoding="utf-8",
    )
    w.imports.import_files([sheet])
    ana = w.customers.search("ana")[0].id
    phone = w.customers.get(ana).phones[0]
    history = w.past.value_history(ana, f"phone:{phone.id}")
    assert [v.step_name for v in history.values] == ["Import old.csv"]
    assert [(o.file, o.row, o.column, o.text) for o in history.origins] == [
        ("old.csv", 2, "B", "912 345 678")
    ]
    w.customers.set_custom(ana, "Lugar", "coxia")
    history = w.past.value_history(ana, "custom:Lugar")
    assert [v.text for v in history.values] == ["coxia", "janela"]
    assert [o.text for o in history.origins] == ["janela"]


def test_a_customer_as_he_was_and_made_so_again(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    states = [_own(w.customers.get(ana))]

    def did() -> None:
        states.insert(0, _own(w.customers.get(ana)))

    phone = w.customers.get(ana).phones[0]
    w.customers.update(ana, "name", "Ana Maria Silva")
    did()
    w.customers.save_contact_point(ana, ContactKind.EMAIL, "ana@example.pt")
    did()
    w.customers.save_contact_point(ana, ContactKind.PHONE, "", contact_point_id=phone.id)
    did()
    w.customers.set_tags(ana, ["Golf"])
    did()
    w.customers.set_custom(ana, "Seat", "")
    did()
    w.customers.set_custom(ana, "Meal", "vegan")
    did()
    w.customers.update(ana, "rating", "4")
    did()
    w.customers.save_address(ana, w.customers.get(ana).addresses[0]._replace(city="Gaia"))
    did()
    w.customers.update(ana, "stage", "customer")
    did()
    call = w.timeline.log(ana, InteractionKind.CALL, "Asked for Madeira")
    versions = w.past.versions(ana)
    assert [_own(w.past.as_of(ana, version)) for version in versions] == states
    for version, state in reversed(list(zip(versions[1:], states[1:], strict=True))):
        step = w.past.restore(ana, version)
        assert _own(w.customers.get(ana)) == state
        assert [i.id for i in w.customers.timeline(ana)] == [call.entry]
        w.history.undo_step(step)
        assert _own(w.customers.get(ana)) == states[0]


def test_before_he_was_there_is_nothing_to_restore(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    first = w.past.versions(ana)[-1]
    nothing = first._replace(entry=0)
    assert w.past.as_of(ana, nothing) is None
    with pytest.raises(UserError, match="no such customer then"):
        w.past.restore(ana, nothing)


def test_what_came_by_merging_stays(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace
    other = w.customers.create(
        CustomerDraft(
            name="Ana da Silva",
            contact_points=(ContactPoint("email", "ana@example.pt", "ana@example.pt"),),
            tags=("Golf",),
            custom=(("Meal", "vegan"),),
        )
    )
    before = w.past.versions(ana)[0]
    w.duplicates.merge(ana, other)
    w.customers.update(ana, "notes", "garbled")
    w.past.restore(ana, before)
    now = w.customers.get(ana)
    assert (now.notes, [p.raw for p in now.emails]) == ("", ["ana@example.pt"])
    assert sorted(now.tags) == ["Golf", "VIP"]
    assert dict(now.custom) == {"Seat": "window", "Meal": "vegan"}
    his = w.past.versions(other)[-1]
    assert [p.raw for p in w.past.as_of(other, his).contact_points] == ["ana@example.pt"]  # type: ignore[union-attr]


def test_a_step_says_what_was_built_on_it(workspace: Workspace, ana: CustomerId) -> None:
    w = workspace

    def last() -> StepId:
        step = w.history.can_undo()
        assert step is not None
        return step.id

    w.customers.update(ana, "stage", "prospect")
    first = last()
    w.customers.update(ana, "notes", "of no matter")
    assert w.history.in_the_way(first) == []
    w.customers.update(ana, "stage", "customer")
    second = last()
    assert [s.id for s in w.history.in_the_way(first)] == [second]
    w.history.undo_step(second)
    assert w.history.in_the_way(first) == []
    w.history.redo()
    result = w.history.undo_with(first, [second])
    assert (result.conflicts, w.customers.get(ana).stage) == ((), "potential")


def test_a_customer_made_by_a_step_was_added_to(workspace: Workspace, tmp_path: Path) -> None:
    w = workspace
    sheet = tmp_path / "old.csv"
    rows = "".join(f"Name {n};913 000 {n:03}\n" for n in range(60))
    sheet.write_text(f"Nome;Telemóvel\n{rows}", encoding="utf-8")
    step = w.imports.import_files([sheet]).step
    assert step is not None
    assert w.history.in_the_way(step) == []
    number = w.customers.search("name 7")[0].id
    w.timeline.log(number, InteractionKind.CALL, "Asked", at=datetime(2026, 1, 2, tzinfo=UTC))
    assert [s.name for s in w.history.in_the_way(step)] == ["Timeline of Name 7"]
    more = tmp_path / "more.csv"
    more.write_text("Nome;Telemóvel;E-mail\nName 8;913 000 008;name8@example.pt\n")
    w.imports.import_files([more])
    assert [s.name for s in w.history.in_the_way(step)] == [
        "Import more.csv",
        "Timeline of Name 7",
    ]
