"""Relations that somebody adds by hand, said from either side."""

from __future__ import annotations

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.relations import OwnRelationKind
from crm_desktop.services.relations import Said
from crm_desktop.services.workspace import Workspace


def _ends(w: Workspace, number: CustomerId) -> tuple[list[str], list[str]]:
    """His own relations, and what others are to him, with the word of the other side."""
    found = w.customers.related(number)
    return (
        [f"{one.kind} {one.name}" for one in found.forward],
        [f"{one.kind}/{one.reverse} {one.name}" for one in found.backward],
    )


def _person(w: Workspace, name: str) -> CustomerId:
    return w.customers.create(CustomerDraft(name=name))


def test_child_of_is_a_parents_relation(workspace: Workspace) -> None:
    ana, rui = _person(workspace, "Ana"), _person(workspace, "Rui")
    workspace.relations.add(rui, Said("parent_of", ana, turned=True))
    assert _ends(workspace, ana) == (["parent_of Rui"], [])
    assert _ends(workspace, rui) == ([], ["parent_of/ Ana"])
    workspace.relations.remove(rui, Said("parent_of", ana, turned=True))
    assert _ends(workspace, ana) == ([], [])
    workspace.history.undo()
    assert _ends(workspace, ana) == (["parent_of Rui"], [])


def test_spouses_are_one_row_whoever_ends_it(workspace: Workspace) -> None:
    ana, rui = _person(workspace, "Ana"), _person(workspace, "Rui")
    workspace.relations.add(ana, Said("spouse_of", rui))
    assert _ends(workspace, rui) == ([], ["spouse_of/ Ana"])
    workspace.relations.remove(rui, Said("spouse_of", ana))
    assert _ends(workspace, ana) == ([], [])


def test_own_kinds_have_a_word_for_the_other_side(workspace: Workspace) -> None:
    ana, rui = _person(workspace, "Ana"), _person(workspace, "Rui")
    workspace.relations.add(ana, Said("Teacher of", rui, reverse="Pupil of"))
    assert _ends(workspace, rui) == ([], ["Teacher of/Pupil of Ana"])
    assert workspace.relations.own_kinds() == [OwnRelationKind("Teacher of", "Pupil of")]
    # Said again without the other word, it keeps it.
    eva = _person(workspace, "Eva")
    workspace.relations.add(ana, Said("Teacher of", eva))
    assert workspace.relations.own_kinds() == [OwnRelationKind("Teacher of", "Pupil of")]


def test_working_somewhere_brings_and_takes_the_name(workspace: Workspace) -> None:
    firm = workspace.customers.create(CustomerDraft(name="Mar Alto", kind="organisation"))
    ana = _person(workspace, "Ana")
    workspace.relations.add(firm, Said("works_at", ana, turned=True))
    assert workspace.customers.get(ana).organisation == "Mar Alto"
    assert _ends(workspace, firm) == ([], ["works_at/ Ana"])
    workspace.relations.remove(ana, Said("works_at", firm))
    assert workspace.customers.get(ana).organisation == ""
    assert _ends(workspace, firm) == ([], [])
    workspace.history.undo()
    assert workspace.customers.get(ana).organisation == "Mar Alto"
    assert _ends(workspace, firm) == ([], ["works_at/ Ana"])


def test_what_makes_no_sense_is_refused(workspace: Workspace) -> None:
    firm = workspace.customers.create(CustomerDraft(name="Mar Alto", kind="organisation"))
    ana, rui = _person(workspace, "Ana"), _person(workspace, "Rui")
    for customer, said in (
        (ana, Said("spouse_of", ana)),
        (ana, Said(" ", rui)),
        (ana, Said("works_at", rui)),
        (firm, Said("works_at", firm, turned=True)),
        (ana, Said("parent_of", CustomerId(99))),
    ):
        with pytest.raises(UserError):
            workspace.relations.add(customer, said)
