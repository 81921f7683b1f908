"""Who is erased for good leaves no word behind."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crm_desktop.domain.customers import (
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerListQuery,
    InteractionKind,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace

SECRET = "Quitéria Vasconcelos"
FORMER = "Quitéria Albuquerque"


def fill(w: Workspace, folder: Path) -> tuple[CustomerId, CustomerId]:
    """One with much that hangs on her, and one who stays."""
    file = folder / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = [["Nome", "Telefone", "Lugar"], [FORMER, "912345678", "zyxwvut"]]
        csv.writer(out).writerows([*rows, ["Rui Costa", "913456789", "janela"]])
    w.imports.import_files([file])
    gone = CustomerId(w.customers.search("albuquerque")[0].id)
    w.customers.update(gone, "name", SECRET)
    w.customers.log_interaction(gone, InteractionKind.CALL, "asked for Qwertyland")
    w.documents.add(gone, b"a secret scan " * 50, file_name="passport.txt")
    w.customers.update(gone, "notes", "jhgfdsa")
    w.customers.update(gone, "notes", "")
    point = w.customers.get(gone).phones[0]
    kind = ContactKind(point.kind)
    w.customers.save_contact_point(gone, kind, "", contact_point_id=point.id)  # type: ignore[arg-type]
    twice = w.customers.create(
        CustomerDraft(name=SECRET, contact_points=(ContactPoint("email", "q@example.org", None),))
    )
    w.duplicates.merge(gone, twice)
    w.customers.delete([gone])
    return gone, CustomerId(w.customers.search("rui")[0].id)


def test_no_word_is_left(workspace: Workspace, archive_path: Path, tmp_path: Path) -> None:
    gone, rui = fill(workspace, tmp_path)

    assert workspace.customers.erase() == 1

    assert workspace.customers.count(CustomerListQuery(trashed=True)) == 0
    assert [row.name for row in workspace.customers.first_page(CustomerListQuery())] == [
        "Rui Costa"
    ]
    with pytest.raises(UserError):
        workspace.customers.get(gone)
    assert [step.name for step in workspace.history.steps() if "Quit" in step.name] == []
    assert workspace.customers.get(rui).custom == {"Lugar": "janela"}
    assert [s.row for s in workspace.customers.get(rui).sources] == [3]
    assert workspace.backups.check().messages == ()
    workspace.close(backup=False)
    data = archive_path.read_bytes()
    for word in (SECRET, FORMER, "zyxwvut", "Qwertyland", "a secret scan", "jhgfdsa", "912345678"):
        assert word.encode() not in data, word


def test_what_was_erased_cannot_be_brought_back(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace, tmp_path)
    workspace.customers.erase()
    newest = workspace.history.steps()[0]
    with pytest.raises(UserError, match="erased"):
        workspace.history.undo_step(newest.id)

    # The import is the newest of which anything is left: Rui goes, and nobody comes back.
    workspace.history.undo()
    assert workspace.customers.count(CustomerListQuery()) == 0
    workspace.history.redo()
    assert [row.name for row in workspace.customers.first_page(CustomerListQuery())] == [
        "Rui Costa"
    ]
    assert workspace.backups.check().messages == ()


def test_who_is_not_in_the_trash_is_left_alone(workspace: Workspace) -> None:
    ana = workspace.customers.create(CustomerDraft(name="Ana"))
    assert workspace.customers.erase([ana]) == 0
    assert workspace.customers.get(ana).name == "Ana"
    assert workspace.history.steps()[0].name.endswith("Ana")


def test_contents_that_an_undo_needs_stay(workspace: Workspace) -> None:
    ana, rui = (workspace.customers.create(CustomerDraft(name=n)) for n in ("Ana", "Rui"))
    kept = workspace.documents.add(ana, b"of both", file_name="a.txt")
    workspace.documents.add(rui, b"of both", file_name="a.txt")
    workspace.documents.add(rui, b"of Rui alone", file_name="b.txt")
    taken_out = workspace.documents.add(ana, b"taken out by hand", file_name="c.txt")
    deletion = workspace.documents.remove(taken_out)
    gone = workspace.documents.add(rui, b"gone before Rui went", file_name="d.txt")
    workspace.documents.remove(gone)
    workspace.customers.delete([rui])

    workspace.customers.erase()

    assert workspace.documents.bytes_of(workspace.documents.get(kept).current.id) == b"of both"
    workspace.history.undo_step(deletion)
    brought = workspace.documents.of(ana)[-1]
    assert workspace.documents.bytes_of(brought.current.id) == b"taken out by hand"
    with workspace._archive.reading() as c:
        contents = {bytes(row[0]) for row in c.execute("SELECT data FROM blob")}
    assert contents == {b"of both", b"taken out by hand"}
    assert workspace.backups.check().messages == ()
