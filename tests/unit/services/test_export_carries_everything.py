"""A JSON export holds all of the archive, and nobody can add a column that it forgets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from archive_dump import LEFT_OUT, Row, columns, dump
from whole_archive import ANA, EVA, PDF, RUI, fill

from crm_desktop.domain.customers import (
    CustomerDraft,
    CustomerListQuery,
    InteractionKind,
    PersonalFacts,
)
from crm_desktop.domain.errors import Cancelled, EnvironmentProblem, UserError
from crm_desktop.domain.filters import Condition, Group
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.lists import SavedView
from crm_desktop.domain.settings import Firm
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.journal.triggers import defaults
from crm_desktop.store.schema import JOURNALLED


def opened(folder: Path, name: str) -> Workspace:
    return Workspace.open(folder / name, create=True, data_dir=folder / "data")


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def without_times(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Undo and redo say of customers that they were changed just now."""
    customers = [{**row, "updated_at": ""} for row in tables["customer"]]
    return {**tables, "customer": customers}


@pytest.fixture
def full(workspace: Workspace) -> Workspace:
    fill(workspace)
    return workspace


def test_every_column_is_carried_or_left_out_for_a_reason(full: Workspace, tmp_path: Path) -> None:
    known = {f"*.{name}" for name in ("id", "position")}
    with full._archive.reading() as c:
        for table in JOURNALLED:
            usual = defaults(c, table)
            known |= {f"{table}.{name}" for name in usual}
            for name in columns(c, table):
                values = {row[0] for row in c.execute(f'SELECT "{name}" FROM "{table}"')}
                said = values - {None, "", 0, (usual[name] or "").strip("'")}
                # The kind of thing that fields belong to is always the same one today.
                assert said or name == "entity", f"{table}.{name} has nothing in this test"
    assert set(LEFT_OUT) <= known
    full.exports.export(tmp_path / "a.json", trash=True)
    with opened(tmp_path, "b.crm") as other:
        other.imports.import_files([tmp_path / "a.json"])
        before, after = dump(full), dump(other)
        for table in JOURNALLED:
            assert after[table] == before[table], table
        assert other.backups.check().messages == ()
        other.exports.export(tmp_path / "b.json", trash=True)
        assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
        # All of it is one step, and the contents are those of the files.
        [passport] = other.documents.of(ANA)
        newest, oldest = other.documents.versions(passport.id)
        assert other.documents.bytes_of(oldest.id) == PDF
        assert other.documents.bytes_of(newest.id) == PDF * 3
        other.history.undo()
        assert not any(dump(other).values())
        other.history.redo()
        assert without_times(dump(other)) == without_times(after)


def test_whoever_lies_in_the_trash_stays_behind(full: Workspace, tmp_path: Path) -> None:
    full.customers.set_custom(EVA, "Guide", "customer:4")
    full.exports.export(tmp_path / "a.json")
    found = read(tmp_path / "a.json")
    assert [one["id"] for one in found["customers"]] == [ANA, RUI, EVA]
    assert "deleted_at" not in str(found["customers"])
    # Who is named in a field stands there by his name, so that nobody else is meant.
    assert found["customers"][2]["custom"]["Guide"] == "In Trash"
    assert found["articles"][0]["customers"] == [ANA]
    with opened(tmp_path, "b.crm") as other:
        other.imports.import_files([tmp_path / "a.json"])
        other.exports.export(tmp_path / "b.json")
        assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
        assert other.backups.check().messages == ()


def test_only_json_can_say_who_lies_in_the_trash(full: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="trash"):
        full.exports.export(tmp_path / "a.csv", trash=True)
    assert not (tmp_path / "a.csv").exists()


def test_a_part_takes_along_only_what_is_its_own(full: Workspace, tmp_path: Path) -> None:
    full.exports.export(tmp_path / "a.json", ids=[RUI])
    found = read(tmp_path / "a.json")
    assert {key for key in found if key not in ("format", "version")} == {
        *("fields", "customers", "contents", "surveys"),
    }
    assert [field["name"] for field in found["fields"]] == ["Guide", "Size"]
    [rui] = found["customers"]
    assert rui["custom"] == {"Guide": "Ana Silva", "Size": "L"}
    # Nothing of Ana: neither her relation with him, nor her call, nor her papers.
    assert "relations" not in rui
    assert [task.get("follows") for task in rui["tasks"]] == [None, None]
    assert list(found["contents"]) == [rui["documents"][0]["sha256"]]
    both = CustomerListQuery(text="a")
    assert full.exports.export(tmp_path / "b.json", query=both) == 3
    found = read(tmp_path / "b.json")
    assert [kind["name"] for kind in found["relation_kinds"]] == ["teacher of"]
    assert [tag["name"] for tag in found["tags"]] == ["VIP", "cruise"]
    assert not {"settings", "views", "articles", "tasks"} & found.keys()


def test_what_is_there_wins_and_nothing_is_doubled(full: Workspace, tmp_path: Path) -> None:
    full.exports.export(tmp_path / "a.json", trash=True)
    before = dump(full)
    full.imports.import_files([tmp_path / "a.json"])
    assert dump(full) == before
    with opened(tmp_path, "b.crm") as other:
        there = other.customers.create(
            CustomerDraft(
                "Ana Silva", birthday="1980-05-31", tags=("VIP",), facts=PersonalFacts(title="Mrs")
            )
        )
        other.customers.set_tag_colour("VIP", "blue")
        other.settings.save_firm(Firm("Another firm"))
        other.views.save(SavedView("Large", filter=Group((Condition("rating", "filled"),))))
        stays = other.timeline.log(there, InteractionKind.NOTE, "hers").entry
        result = other.imports.import_files([tmp_path / "a.json"])
        [sheet] = result.files[0].sheets
        assert (sheet.created, sheet.updated) == (2, 1)
        assert [row.reason for row in sheet.left_out] == [
            "Lies in the trash of the archive that the file comes from."
        ]
        assert other.customers.tag_colours() == {"VIP": "blue"}
        # Her blanks are filled.
        facts = other.customers.get(there).facts
        assert (facts.title, facts.rating, facts.do_not_contact) == ("Mrs", 4, True)
        assert other.settings.firm().name == "Another firm"
        [view] = other.views.all()
        assert [one.field for one in view.filter.parts] == ["rating"]  # type: ignore[union-attr]
        assert [one.name for one in other.documents.of(there)] == ["Passport"]
        told = {row["text"]: row for row in dump(other)["interaction"]}
        assert set(told) == {"hers", "asked"}
        [follow_up] = [t for t in dump(other)["task"] if t["title"] == "call back"]
        assert follow_up["interaction_id"]["text"] == "asked"
        assert [one.name for one in other.duplicates.merged_into(there)] == ["Ana S.", "A. Silva"]
        once = dump(other)
        other.imports.import_files([tmp_path / "a.json"])
        assert dump(other) == once
        assert stays
        assert other.backups.check().messages == ()


def test_a_newer_version_joins_the_document_that_is_there(full: Workspace, tmp_path: Path) -> None:
    full.exports.export(tmp_path / "a.json")
    with opened(tmp_path, "b.crm") as other:
        other.imports.import_files([tmp_path / "a.json"])
        [passport] = full.documents.of(ANA)
        full.documents.replace(passport.id, b"third", file_name="c.txt")
        full.exports.export(tmp_path / "b.json")
        other.imports.import_files([tmp_path / "b.json"])
        [there] = other.documents.of(ANA)
        assert [v.size for v in other.documents.versions(there.id)] == [5, len(PDF) * 3, len(PDF)]


def test_the_firm_comes_in_without_customers(full: Workspace, tmp_path: Path) -> None:
    full.exports.export(tmp_path / "a.json")
    found = read(tmp_path / "a.json")
    del found["customers"], found["contents"]
    (tmp_path / "firm.json").write_text(json.dumps(found), "utf-8")
    with opened(tmp_path, "b.crm") as other:
        session = other.imports.preview(tmp_path / "firm.json")
        assert not session.preview.sheets[0].empty
        session.close()
        other.imports.import_files([tmp_path / "firm.json"])
        before, after = dump(full), dump(other)
        for table in ("setting", "custom_field", "relation_kind", "tag", "saved_view", "article"):
            assert after[table] == before[table], table
        assert [task["title"] for task in after["task"]] == ["of the firm", "Call Li Na"]
        other.history.undo()
        assert not any(dump(other).values())


def test_old_files_still_come_in(full: Workspace, tmp_path: Path) -> None:
    full.exports.export(tmp_path / "a.json")
    found = read(tmp_path / "a.json")
    old = {key: found[key] for key in ("format", "version", "customers")}
    for customer in old["customers"]:
        for key in ("merged", "apart_from"):
            customer.pop(key, None)
        for task in customer.get("tasks", ()):
            # The number of a row of the other archive says nothing here.
            task.pop("follows", None)
            task["interaction_id"] = 99
    (tmp_path / "old.json").write_text(json.dumps(old), "utf-8")
    with opened(tmp_path, "b.crm") as other:
        result = other.imports.import_files([tmp_path / "old.json"])
        [sheet] = result.files[0].sheets
        # Their contents are not in the file, and it says so.
        assert {p.value for p in sheet.problems} == {"Passport", "old", "same"}
        assert other.customers.count(CustomerListQuery()) == 3
        assert other.documents.of(ANA) == []
        assert dump(other)["task"][0]["interaction_id"] is None


def test_a_merge_of_another_archive_cannot_be_taken_back(full: Workspace, tmp_path: Path) -> None:
    full.exports.export(tmp_path / "a.json")
    with opened(tmp_path, "b.crm") as other:
        other.imports.import_files([tmp_path / "a.json"])
        note = other.duplicates.merged_into(ANA)[0]
        assert note.step is None
        with pytest.raises(UserError, match="another archive"):
            other.duplicates.unmerge(ANA, note.id)


@pytest.mark.parametrize("broken", ["changed", "cut", "no base64", "no hash", "not a list"])
def test_damaged_contents_are_told_before_anything_is_written(
    full: Workspace, tmp_path: Path, broken: str
) -> None:
    full.exports.export(tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text("utf-8")
    sha256, [piece, *_more] = next(iter(json.loads(text)["contents"].items()))
    text = {
        "changed": lambda: text.replace(piece, piece.swapcase()),
        "cut": lambda: text[: text.index(piece) + 5],
        "no base64": lambda: text.replace(piece, "?" + piece),
        "no hash": lambda: text.replace(f'"{sha256}": [', '"name": ['),
        "not a list": lambda: text.replace(f'"{sha256}": [', f'"{sha256}": [7, '),
    }[broken]()
    (tmp_path / "b.json").write_text(text, "utf-8")
    with opened(tmp_path, "b.crm") as other:
        with pytest.raises(UserError, match="damaged"):
            other.imports.import_files([tmp_path / "b.json"])
        assert not any(dump(other).values())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("views", [{"name": ""}]),
        ("views", [{"name": "V", "filter": {"match": "some"}}]),
        ("tags", [{"colour": "red"}]),
        ("tags", [7]),
        ("settings", ["home_country"]),
        ("relation_kinds", [{"name": " "}]),
        ("tasks", [{"title": "T", "follows": {"kind": "dream", "at": "2026-01-01"}}]),
    ],
)
def test_a_firm_that_makes_no_sense_is_refused(tmp_path: Path, key: str, value: object) -> None:
    own = {"format": "crm-desktop", "version": 1, key: value, "customers": [{"name": "Ana"}]}
    (tmp_path / "a.json").write_text(json.dumps(own), "utf-8")
    with opened(tmp_path, "b.crm") as other:
        with pytest.raises(UserError, match="damaged"):
            other.imports.import_files([tmp_path / "a.json"])
        assert not any(dump(other).values())


@pytest.mark.parametrize(
    "document",
    [
        {"name": ""},
        {"sha256": "12"},
        {"expires_on": "tomorrow"},
        {"added_at": None},
        {"size": "large"},
    ],
)
def test_a_document_that_makes_no_sense_is_refused(
    full: Workspace, tmp_path: Path, document: dict[str, object]
) -> None:
    full.exports.export(tmp_path / "a.json")
    found = read(tmp_path / "a.json")
    found["customers"][1]["documents"][0] |= document
    (tmp_path / "b.json").write_text(json.dumps(found), "utf-8")
    with opened(tmp_path, "b.crm") as other, pytest.raises(UserError, match="Customer 2"):
        other.imports.import_files([tmp_path / "b.json"])


def test_a_content_that_is_damaged_stops_the_export(full: Workspace, tmp_path: Path) -> None:
    full._archive.write("Damage", lambda c: c.execute("UPDATE blob SET data = x'00'").rowcount)
    with pytest.raises(EnvironmentProblem):
        full.exports.export(tmp_path / "a.json")
    assert list(tmp_path.glob("*a.json*")) == []


def test_an_import_that_is_cancelled_among_the_contents_leaves_nothing(
    full: Workspace, tmp_path: Path
) -> None:
    full.exports.export(tmp_path / "a.json")
    job = Job(lambda p: p.phase.startswith("Importing documents") and job.cancel(), interval=0)
    with opened(tmp_path, "b.crm") as other:
        with pytest.raises(Cancelled):
            other.imports.import_files([tmp_path / "a.json"], job=job)
        assert not any(dump(other).values())
        with other._archive.reading() as c:
            assert c.execute("SELECT count(*) FROM blob").fetchone() == (0,)


def test_a_task_follows_the_right_one_of_equal_entries(
    workspace: Workspace, tmp_path: Path
) -> None:
    from whole_archive import NOW

    from crm_desktop.domain.tasks import Task
    from crm_desktop.store.records import TASKS

    ana = workspace.customers.create(CustomerDraft("Ana"))
    entries = [
        workspace.timeline.log(ana, InteractionKind.CALL, text, at=NOW).entry
        for text in ("one", "two", "two", "three")
    ]
    workspace.timeline.pin(entries[2], pinned=True)
    for entry in entries[1:3]:
        task = Task(f"after {entry}", ana, entry, created_at=NOW)
        workspace._archive.write("Task", lambda c, t=task: TASKS.insert(c, t))
    workspace.exports.export(tmp_path / "a.json")
    with opened(tmp_path, "b.crm") as other:
        other.imports.import_files([tmp_path / "a.json"])
        assert dump(other) == dump(workspace)
