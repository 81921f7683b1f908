"""Customers who are there twice: found, made one, and two again."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
    PersonalFacts,
)
from crm_desktop.domain.dossiers import Records
from crm_desktop.domain.duplicates import CERTAIN, Choice, Sign
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.promises import Promise, Side
from crm_desktop.domain.relations import Relation
from crm_desktop.domain.tasks import Task
from crm_desktop.services.workspace import Workspace
from crm_desktop.store import relations
from crm_desktop.store.dossiers import add_records

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
A, B = "912 345 678", "913 456 789"


def person(w: Workspace, name: str, *phones: str, **more: Any) -> CustomerId:
    points = tuple(ContactPoint("phone", phone, None) for phone in phones)
    return w.customers.create(CustomerDraft(name=name, contact_points=points, **more))


def pairs(w: Workspace) -> list[tuple[int, int]]:
    return [(pair.one, pair.other) for pair in w.duplicates.find()]


def documents(w: Workspace) -> list[dict[str, Any]]:
    listed = [w.exports.document(n) for n in sorted(w.customers.ids(CustomerListQuery()))]
    return [{k: v for k, v in one.items() if k != "updated_at"} for one in listed]


# --- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        (("Ana Silva", A), ("ana  SILVA", "+351912345678"), {Sign.PHONE, Sign.NAME}),
        (("Ana Silva", A), ("Ana Maria Silva", A), {Sign.PHONE, Sign.LIKE_NAME}),
        (("王秀英", A), ("Wang Xiuying", A), {Sign.PHONE, Sign.LIKE_NAME}),
        (("João Conceição", A), ("Joao Conceicao", A), {Sign.PHONE, Sign.NAME}),
    ],
)
def test_likely_pairs(
    workspace: Workspace, one: tuple[str, ...], other: tuple[str, ...], signs: set[Sign]
) -> None:
    first, last = person(workspace, *one), person(workspace, *other)
    person(workspace, "Rui Costa", B)

    (pair,) = workspace.duplicates.find()

    assert (pair.one, pair.other, set(pair.signs)) == (first, last, signs)


def test_a_close_name_counts_in_the_same_city_only(workspace: Workspace) -> None:
    lisbon, porto = (Address(city="Lisboa"),), (Address(city="Porto"),)
    person(workspace, "Catarina Mendonça", addresses=lisbon)
    person(workspace, "Catarina Mendonca Reis", addresses=porto)
    assert pairs(workspace) == []
    last = person(workspace, "Catarina Mendonsa", addresses=lisbon)
    assert pairs(workspace) == [(1, last)]


def test_families_and_namesakes_are_no_pairs(workspace: Workspace) -> None:
    person(workspace, "Ana Silva", A, birthday="1980-05-31")
    person(workspace, "Rui Silva", A)
    person(workspace, "Ana Silva", A, birthday="1991-01-02")
    assert pairs(workspace) == []


def test_different_tax_numbers_speak_against_it(workspace: Workspace) -> None:
    person(workspace, "Ana Silva", A, custom=(("NIF", "215432189"),))
    person(workspace, "Ana Silva", A, custom=(("NIF", "215432190"),))
    assert pairs(workspace) == []


def test_who_was_said_to_be_two_is_not_asked_for_again(workspace: Workspace) -> None:
    one, other = person(workspace, "Ana Silva", A), person(workspace, "Ana Silva", A)
    workspace.duplicates.keep_apart(other, one)
    assert pairs(workspace) == []
    workspace.history.undo()
    assert pairs(workspace) == [(one, other)]


@pytest.mark.parametrize(
    "draft",
    [
        CustomerDraft(name="Ana", contact_points=(ContactPoint("phone", "912345678", None),)),
        CustomerDraft(
            name="A. Silva", contact_points=(ContactPoint("email", "ANA@example.org", None),)
        ),
        CustomerDraft(name="Ana Sílva", addresses=(Address(city="lisboa"),)),
    ],
)
def test_while_a_new_customer_is_typed(workspace: Workspace, draft: CustomerDraft) -> None:
    ana = person(workspace, "Ana Silva", A, addresses=(Address(city="Lisboa"),))
    workspace.customers.save_contact_point(ana, ContactKind.EMAIL, "ana@example.org")
    person(workspace, "Rui Costa", B)

    assert [row.id for row in workspace.duplicates.likely(draft)] == [ana]


# --- merging -------------------------------------------------------------------------------------


def two(w: Workspace, tmp_path: Path) -> tuple[CustomerId, CustomerId, CustomerId]:
    """Two who are one, with all that may hang on somebody; and a third one."""
    with (tmp_path / "old.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Nome", "Telefone", "Lugar"], ["Ana M. Silva", A, "coxia"]])
    w.imports.import_files([tmp_path / "old.csv"])
    other = CustomerId(w.customers.search("silva")[0].id)
    kept = person(
        w,
        "Ana Silva",
        "+351912345678",
        B,
        addresses=(Address("Rua A, 1", "1000-001", "Lisboa"),),
        tags=("VIP",),
        custom=(("Lugar", "janela"),),
    )
    rui = person(w, "Rui Costa")
    w.customers.set_tags(other, ["VIP", "neve"])
    w.customers.update(other, "birthday", "1980-05-31")
    w.customers.update(other, "notes", "likes the sea")
    w.customers.update(other, "rating", "4")
    w.customers.log_interaction(other, InteractionKind.CALL, "asked for Madeira")
    w.documents.add(other, b"scan", file_name="passport.txt")
    records = Records(
        tasks=[Task(title="Call", created_at=NOW)],
        promises=[Promise(other, Side.WE, "a voucher", created_at=NOW)],
    )

    def act(c: Any) -> None:
        add_records(c, other, records)
        for owner, target in ((other, rui), (kept, rui), (rui, other), (kept, other)):
            relations.add(c, owner, Relation("referred_by", target))

    w._archive.write("Records", act)
    return kept, other, rui


def test_everything_hangs_on_the_one_who_stays(workspace: Workspace, tmp_path: Path) -> None:
    kept, other, rui = two(workspace, tmp_path)

    workspace.duplicates.merge(kept, other)

    ana = workspace.customers.get(kept)
    assert (ana.name, ana.birthday, ana.notes) == ("Ana Silva", "1980-05-31", "likes the sea")
    assert ana.facts == PersonalFacts(rating=4)
    assert [p.value for p in ana.phones] == ["+351912345678", "+351913456789"]
    assert ana.tags == ("VIP", "neve")
    assert ana.custom == {"Lugar": "janela"}
    assert [(s.file, s.row) for s in ana.sources] == [("old.csv", 2)]
    assert {o.text for o in workspace.customers.origins(kept)} >= {"Ana M. Silva", "coxia"}
    found = workspace.exports.document(kept)
    assert [i["text"] for i in found["interactions"]] == ["asked for Madeira"]
    assert [t["title"] for t in found["tasks"]] == ["Call"]
    assert [p["text"] for p in found["promises"]] == ["a voucher"]
    assert [d["file_name"] for d in found["documents"]] == ["passport.txt"]
    assert [r["customer"] for r in found["relations"]] == [rui]
    assert [r["customer"] for r in workspace.exports.document(rui)["relations"]] == [kept]
    with pytest.raises(UserError):
        workspace.customers.get(other)
    assert [row.id for row in workspace.customers.search("silva")] == [kept]
    assert workspace.backups.check().messages == ()


def test_the_owner_chooses_where_they_differ(workspace: Workspace, tmp_path: Path) -> None:
    kept, other, _rui = two(workspace, tmp_path)
    found = workspace.duplicates.differences(kept, other)
    assert [(d.field, d.one, d.other) for d in found.fields] == [
        ("name", "Ana Silva", "Ana M. Silva")
    ]
    assert found.custom == {"Lugar": ("janela", "coxia")}

    choice = Choice(fields=frozenset({"name"}), custom=frozenset({"Lugar"}))
    workspace.duplicates.merge(kept, other, choice)

    ana = workspace.customers.get(kept)
    assert (ana.name, ana.custom) == ("Ana M. Silva", {"Lugar": "coxia"})


def test_they_are_two_again_as_they_were(workspace: Workspace, tmp_path: Path) -> None:
    kept, other, _rui = two(workspace, tmp_path)
    before = documents(workspace)
    workspace.duplicates.merge(kept, other)
    (merged,) = workspace.duplicates.merged_into(kept)
    assert (merged.merged, merged.name) == (other, "Ana M. Silva")

    result = workspace.duplicates.unmerge(kept, merged.id)

    assert result.conflicts == ()
    assert documents(workspace) == before
    assert workspace.duplicates.merged_into(kept) == []
    workspace.history.redo()
    assert [row.id for row in workspace.customers.search("silva")] == [kept]


def test_edits_made_since_stay(workspace: Workspace, tmp_path: Path) -> None:
    kept, other, _rui = two(workspace, tmp_path)
    workspace.duplicates.merge(kept, other)
    workspace.customers.update(kept, "birthday", "1980-06-01")
    workspace.customers.save_contact_point(kept, ContactKind.EMAIL, "ana@example.org")
    (merged,) = workspace.duplicates.merged_into(kept)

    workspace.duplicates.unmerge(kept, merged.id)

    ana, again = workspace.customers.get(kept), workspace.customers.get(other)
    assert (ana.birthday, again.birthday) == ("1980-06-01", "1980-05-31")
    assert [p.raw for p in ana.emails] == ["ana@example.org"]
    assert again.emails == ()
    assert again.notes == "likes the sea"


def test_all_certain_ones_at_once_and_back(workspace: Workspace) -> None:
    for name in ("Ana Silva", "ana silva", "ANA SILVA"):
        person(workspace, name, A)
    person(workspace, "Rui Costa", addresses=(Address(city="Faro"),))
    person(workspace, "Rui Costa", addresses=(Address(city="Faro"),))
    before = documents(workspace)
    found = workspace.duplicates.find()
    assert sum(pair.score >= CERTAIN for pair in found) == 3

    assert workspace.duplicates.merge_certain(found)[0] == 2
    assert pairs(workspace) == [(4, 5)]
    workspace.history.undo()
    assert documents(workspace) == before


def test_what_cannot_be_merged_says_so(workspace: Workspace) -> None:
    ana = person(workspace, "Ana")
    for other in (ana, CustomerId(99)):
        with pytest.raises(UserError):
            workspace.duplicates.merge(ana, other)
    with pytest.raises(UserError):
        workspace.duplicates.keep_apart(ana, ana)
