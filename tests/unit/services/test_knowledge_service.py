"""Articles: written, linked, found, deleted and brought back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace


def titles(workspace: Workspace, text: str) -> list[str]:
    return [article.title for article in workspace.knowledge.search(text)]


def test_written_changed_and_undone(workspace: Workspace) -> None:
    knowledge = workspace.knowledge
    number = knowledge.create(" Visa ", "**Two** photos", "visa,  Angola ,visa，中国")
    article = knowledge.get(number).article
    assert (article.title, article.text, article.tags) == (
        "Visa",
        "**Two** photos",
        "visa, Angola, 中国",
    )
    knowledge.update(number, "text", "Three photos")
    assert knowledge.get(number).article.text == "Three photos"
    workspace.history.undo()
    assert knowledge.get(number).article.text == "**Two** photos"
    workspace.history.redo()
    assert knowledge.get(number).article.text == "Three photos"


def test_a_title_is_needed(workspace: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        workspace.knowledge.create("  ")
    assert caught.value.field == "title"


def test_an_unchanged_field_makes_no_step(workspace: Workspace) -> None:
    number = workspace.knowledge.create("Visa", tags="a")
    before = len(workspace.history.steps())
    workspace.knowledge.update(number, "tags", " a ")
    assert len(workspace.history.steps()) == before


def test_found_by_any_word_the_title_first(workspace: Workspace) -> None:
    knowledge = workspace.knowledge
    knowledge.create("Passports", "The **visa** takes a week")
    knowledge.create("Visto para Angola (visa)", tags="áfrica")
    knowledge.create("签证须知", "两张照片")
    assert titles(workspace, "visa") == ["Visto para Angola (visa)", "Passports"]
    assert titles(workspace, "AFRICA visto") == ["Visto para Angola (visa)"]
    assert titles(workspace, "qianzheng") == ["签证须知"]
    assert titles(workspace, "照片") == ["签证须知"]
    assert titles(workspace, "nothing") == []
    assert len(titles(workspace, "")) == 3


def test_the_search_follows_a_change(workspace: Workspace) -> None:
    number = workspace.knowledge.create("Visa", "old words")
    assert titles(workspace, "old")
    workspace.knowledge.update(number, "text", "new words")
    assert not titles(workspace, "old")
    assert titles(workspace, "new")


def test_deleted_and_restored_with_its_links(workspace: Workspace) -> None:
    knowledge = workspace.knowledge
    ana = workspace.customers.create(CustomerDraft(name="Ana"))
    number = knowledge.create("Visa", "text", "tag")
    knowledge.link(number, ana)
    knowledge.delete(number)
    assert knowledge.all() == []
    assert [one.title for one in knowledge.trashed()] == ["Visa"]
    knowledge.restore([number])
    assert knowledge.trashed() == []
    whole = knowledge.get(number)
    assert (whole.article.text, whole.article.tags) == ("text", "tag")
    assert whole.customers == [(ana, "Ana")]
    workspace.history.undo()
    assert [one.id for one in knowledge.trashed()] == [number]


def test_taking_back_a_new_article_is_no_trash(workspace: Workspace) -> None:
    workspace.knowledge.create("Visa")
    workspace.history.undo()
    assert workspace.knowledge.trashed() == []


def test_a_deleted_one_whose_deletion_is_taken_back_is_no_trash(workspace: Workspace) -> None:
    number = workspace.knowledge.create("Visa")
    step = workspace.knowledge.delete(number)
    workspace.history.undo_step(step)
    assert workspace.knowledge.trashed() == []
    workspace.history.redo()
    assert [one.id for one in workspace.knowledge.trashed()] == [number]


def test_erased_for_good(workspace: Workspace) -> None:
    kept = workspace.knowledge.create("Kept")
    number = workspace.knowledge.create("A secret")
    workspace.knowledge.delete(number)
    workspace.knowledge.delete(kept)
    assert workspace.knowledge.erase([number]) == 1
    assert [one.title for one in workspace.knowledge.trashed()] == ["Kept"]
    assert not [step for step in workspace.history.steps() if "secret" in step.name]
    assert workspace.knowledge.erase() == 1
    assert workspace.knowledge.erase() == 0


def test_links(workspace: Workspace) -> None:
    knowledge = workspace.knowledge
    ana = workspace.customers.create(CustomerDraft(name="Ana"))
    number = knowledge.create("Visa")
    knowledge.link(number, ana)
    knowledge.link(number, ana)
    assert [one.title for one in knowledge.for_customer(ana)] == ["Visa"]
    knowledge.unlink(number, ana)
    assert knowledge.for_customer(ana) == []
    with pytest.raises(UserError):
        knowledge.link(number, ana + 1)


def test_links_go_with_a_merge(workspace: Workspace) -> None:
    ana, other = (workspace.customers.create(CustomerDraft(name=n)) for n in ("Ana", "Ana S"))
    number = workspace.knowledge.create("Visa")
    workspace.knowledge.link(number, other)
    workspace.duplicates.merge(ana, other)
    assert [one.title for one in workspace.knowledge.for_customer(ana)] == ["Visa"]


def test_the_export_carries_articles_and_their_links(workspace: Workspace, tmp_path: Path) -> None:
    for name in ("Gone", "Ana", "Rui"):
        workspace.customers.create(CustomerDraft(name=name))
    workspace.customers.delete([1])
    number = workspace.knowledge.create("Visa", "**Two** photos\n- one", "visa, Angola")
    workspace.knowledge.link(number, 3)
    workspace.knowledge.create("Hours", "9 to 5")
    workspace.exports.export(tmp_path / "a.json")
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path / "data") as other:
        other.imports.import_files([tmp_path / "a.json"])
        other.exports.export(tmp_path / "b.json")
        [visa] = other.knowledge.search("visa")
        assert [name for _id, name in other.knowledge.get(visa.id).customers] == ["Rui"]
        # Again, into an archive that has somebody: nothing comes twice.
        other.imports.import_files([tmp_path / "a.json"])
        assert len(other.knowledge.all()) == 2
        other.close(backup=False)
    first, second = (json.loads((tmp_path / n).read_text("utf-8")) for n in ("a.json", "b.json"))
    assert len(first["articles"]) == 2
    assert first == second


def test_a_part_of_the_customers_takes_no_articles_along(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.customers.create(CustomerDraft(name="Ana"))
    workspace.knowledge.create("Visa")
    workspace.exports.export(tmp_path / "a.json", query=CustomerListQuery(text="ana"))
    assert "articles" not in json.loads((tmp_path / "a.json").read_text("utf-8"))


def test_articles_that_make_no_sense_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    own = {"format": "crm-desktop", "version": 1, "articles": [{"title": ""}]}
    (tmp_path / "a.json").write_text(json.dumps({**own, "customers": [{"name": "Ana"}]}))
    with pytest.raises(UserError, match="damaged"):
        workspace.imports.import_files([tmp_path / "a.json"])
    assert workspace.customers.search("ana") == []
