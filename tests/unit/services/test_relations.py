"""Who works where, as it follows from edits, the trash, and undoing far back."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.relations import NOBODY, Relation
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import relations


def _person(w: Workspace, name: str, firm: str = "") -> CustomerId:
    return w.customers.create(CustomerDraft(name=name, organisation=firm))


def _firm(w: Workspace, name: str) -> CustomerId:
    return w.customers.create(CustomerDraft(name=name, kind="organisation"))


def _works_at(w: Workspace, person: CustomerId) -> list[str]:
    return [one.name for one in w.customers.related(person).forward]


def _people(w: Workspace, firm: CustomerId) -> list[str]:
    return [one.name for one in w.customers.related(firm).backward]


def test_relations_follow_the_name_that_is_typed(workspace: Workspace) -> None:
    mar, sol = _firm(workspace, "Mar Alto"), _firm(workspace, "上海东方")
    ana = _person(workspace, "Ana", "MAR  ALTO")
    assert (_works_at(workspace, ana), _people(workspace, mar)) == (["Mar Alto"], ["Ana"])
    workspace.customers.update(ana, "organisation", "上海东方")
    assert (_works_at(workspace, ana), _people(workspace, mar)) == (["上海东方"], [])
    workspace.customers.update(ana, "organisation", "somewhere else")
    assert _people(workspace, sol) == []
    workspace.history.undo()
    assert _people(workspace, sol) == ["Ana"]
    workspace.history.undo()
    assert _works_at(workspace, ana) == ["Mar Alto"]
    workspace.history.redo()
    assert _works_at(workspace, ana) == ["上海东方"]


def test_an_organisation_that_comes_later_finds_its_people(workspace: Workspace) -> None:
    ana, rui = _person(workspace, "Ana", "Évora Tours"), _person(workspace, "Rui", "evora tours")
    firm = _firm(workspace, "Evora Tours")
    assert _people(workspace, firm) == ["Ana", "Rui"]
    # A second one of that name: who comes now may mean either, who is there stays.
    _firm(workspace, "EVORA TOURS")
    eva = _person(workspace, "Eva", "Evora Tours")
    assert (_works_at(workspace, eva), _works_at(workspace, ana)) == ([], ["Evora Tours"])
    workspace.customers.update(firm, "name", "Alentejo Tours")
    assert _people(workspace, firm) == ["Ana", "Rui"]
    workspace.customers.update(rui, "organisation", "")
    assert _people(workspace, firm) == ["Ana"]


def test_what_is_no_organisation_any_more_has_no_people(workspace: Workspace) -> None:
    firm, ana = _firm(workspace, "Mar Alto"), _person(workspace, "Ana", "Mar Alto")
    workspace.customers.update(firm, "kind", "person")
    assert workspace.customers.related(ana) == NOBODY
    workspace.customers.update(firm, "kind", "organisation")
    assert _works_at(workspace, ana) == ["Mar Alto"]
    workspace.customers.update(ana, "kind", "organisation")
    assert _people(workspace, firm) == []


@pytest.mark.parametrize("end", ["person", "firm"])
def test_the_trash_hides_a_relation_and_gives_it_back(workspace: Workspace, end: str) -> None:
    firm, ana = _firm(workspace, "Mar Alto"), _person(workspace, "Ana", "Mar Alto")
    workspace.customers.delete([ana if end == "person" else firm])
    assert _people(workspace, firm) == ([] if end == "person" else ["Ana"])
    assert _works_at(workspace, ana) == (["Mar Alto"] if end == "person" else [])
    assert ("relations" in workspace.exports.document(ana)) is (end == "person")
    workspace.customers.restore([ana if end == "person" else firm])
    assert (_works_at(workspace, ana), _people(workspace, firm)) == (["Mar Alto"], ["Ana"])


@pytest.mark.parametrize("first", ["person", "firm"])
def test_undoing_either_end_holds_nobody_back(workspace: Workspace, first: str) -> None:
    make = {
        "firm": lambda: _firm(workspace, "Mar Alto"),
        "person": lambda: _person(workspace, "Ana", "Mar Alto"),
    }
    second = "person" if first == "firm" else "firm"
    numbers = {first: make[first]()}
    step = workspace.history.can_undo()
    assert step is not None
    numbers[second] = make[second]()
    # The earlier step goes first: the relation, which the later one made, goes with it.
    undone = workspace.history.undo_step(step.id)
    assert undone.conflicts == ()
    assert workspace.customers.related(numbers[second]) == NOBODY
    undone = workspace.history.undo()
    assert undone.conflicts == ()
    assert workspace.backups.check().messages == ()
    workspace.history.redo()
    workspace.history.redo()
    assert _people(workspace, numbers["firm"]) == ["Ana"]


def test_whom_somebody_related_by_hand_stays_when_his_making_is_undone(
    workspace: Workspace,
) -> None:
    rui = _person(workspace, "Rui")
    ana = _person(workspace, "Ana")
    step = workspace.history.can_undo()
    assert step is not None
    spouse = Relation("spouse_of", ana)
    workspace._archive.write("Relate", lambda c: relations.add(c, rui, spouse))
    undone = workspace.history.undo_step(step.id)
    assert [(c.customer, c.table, c.kept) for c in undone.conflicts] == [(ana, "relation", "Rui")]
    assert _works_at(workspace, rui) == ["Ana"]


def test_both_ends_are_told_of(workspace: Workspace) -> None:
    firm = _firm(workspace, "Mar Alto")
    heard: list[Changes] = []
    end = workspace._archive.subscribe(heard.append)
    ana = _person(workspace, "Ana", "Mar Alto")
    workspace.customers.update(ana, "organisation", "")
    end()
    assert [changes.customers for changes in heard] == [{firm, ana}] * 2


def test_people_are_listed_by_name_and_bounded(workspace: Workspace) -> None:
    for n in range(23):
        _person(workspace, f"Pessoa {22 - n:02}", "Mar Alto")
    firm = _firm(workspace, "Mar Alto")
    related = workspace.customers.related(firm)
    assert [one.name for one in related.backward] == [f"Pessoa {n:02}" for n in range(20)]
    assert related.more == 3
    assert workspace.customers.related(firm, limit=23).more == 0


def test_the_printed_file_lists_them(workspace: Workspace, tmp_path: Path) -> None:
    import pypdfium2

    firm = _firm(workspace, "Mar Alto")
    ana = _person(workspace, "Ana Silva", "MAR ALTO")
    pdf = workspace.files.pdf([firm, ana])
    document = pypdfium2.PdfDocument(pdf.data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert "People" in texts[0]
    assert "Ana Silva" in texts[0]
    assert "Works at" in texts[1]
    assert "Mar Alto" in texts[1]
