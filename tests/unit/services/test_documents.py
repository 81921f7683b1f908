"""Documents of a customer: added, named, replaced, taken away, given out, and all of it undone."""

from __future__ import annotations

import hashlib
import io
import stat
import sys
from pathlib import Path

import pytest
from PIL import Image

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.documents import MOST_BYTES, DocumentFacts
from crm_desktop.domain.errors import Cancelled, EnvironmentProblem, UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.services.workspace import Workspace

PDF = b"%PDF-1.4\n" + b"x" * 3_000_000


def png(colour: str = "red", size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(CustomerDraft(name="Ana"))


def _contents(w: Workspace) -> int:
    with w._archive.reading() as c:
        return int(c.execute("SELECT count(*) FROM blob").fetchone()[0])


def _names(w: Workspace, customer: CustomerId) -> list[str]:
    return [document.name for document in w.documents.of(customer)]


def test_a_file_becomes_a_document(workspace: Workspace, ana: CustomerId, tmp_path: Path) -> None:
    path = tmp_path / "Passaporte da Ana.pdf"
    path.write_bytes(PDF)
    number = workspace.documents.add(ana, path)
    [document] = workspace.documents.of(ana)
    assert document == workspace.documents.get(number)
    assert (document.name, document.facts) == ("Passaporte da Ana", DocumentFacts())
    current = document.current
    assert (current.media_type, current.file_name) == ("application/pdf", path.name)
    assert (current.size, current.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert workspace.documents.bytes_of(current.id) == PDF
    step = workspace.history.can_undo()
    assert step is not None
    assert step.name == "Add Passaporte da Ana to Ana"


def test_every_change_is_a_step_that_goes_and_comes_back(
    workspace: Workspace, ana: CustomerId
) -> None:
    documents, history = workspace.documents, workspace.history
    number = documents.add(ana, png(), file_name="scan.png", name="Passport")
    documents.rename(number, " Passport of\nAna ")
    documents.set_facts(
        number, kind="Passport", number="X1", issued_on="2020-05-31", expires_on="31/05/2030"
    )
    documents.replace(number, PDF, file_name="new.pdf")
    versions = documents.versions(number)
    assert [v.file_name for v in versions] == ["new.pdf", "scan.png"]
    after = documents.get(number)
    assert after.name == "Passport of Ana"
    assert after.facts == DocumentFacts("Passport", "X1", "2020-05-31", "2030-05-31")
    assert (after.versions, after.current) == (2, versions[0])
    documents.remove(number)
    assert documents.of(ana) == []
    for _step in range(5):
        assert history.undo().conflicts == ()
    assert documents.of(ana) == []
    for _step in range(4):
        assert history.redo().conflicts == ()
    assert documents.of(ana) == [after]
    assert [documents.bytes_of(v.id) for v in versions] == [PDF, png()]
    history.redo()
    assert documents.of(ana) == []
    history.undo()
    assert documents.of(ana) == [after]
    assert workspace.backups.check().messages == ()


def test_one_content_is_kept_once_and_as_long_as_undo_may_need_it(
    workspace: Workspace, ana: CustomerId
) -> None:
    rui = workspace.customers.create(CustomerDraft(name="Rui"))
    first = workspace.documents.add(ana, PDF, file_name="a.pdf")
    workspace.documents.add(rui, PDF, file_name="b.pdf")
    assert _contents(workspace) == 1
    workspace.documents.remove(first)
    workspace.history.undo_step(workspace.history.steps()[1].id)
    assert _contents(workspace) == 1
    workspace.history.undo_step(workspace.history.steps()[1].id)
    assert [workspace.documents.bytes_of(d.current.id) for d in workspace.documents.of(ana)] == [
        PDF
    ]


def test_several_files_are_one_step_or_none(
    workspace: Workspace, ana: CustomerId, tmp_path: Path
) -> None:
    good, empty = tmp_path / "a.pdf", tmp_path / "b.pdf"
    good.write_bytes(PDF)
    empty.write_bytes(b"")
    with pytest.raises(UserError, match="empty"):
        workspace.documents.add_files(ana, [good, empty])
    assert (_names(workspace, ana), _contents(workspace)) == ([], 0)
    empty.write_bytes(b"now there is something")
    step = workspace.documents.add_files(ana, [good, empty])
    assert _names(workspace, ana) == ["a", "b"]
    undo = workspace.history.can_undo()
    assert undo is not None
    assert (undo.id, undo.name) == (step, "Add 2 documents to Ana")
    workspace.history.undo()
    assert _names(workspace, ana) == []


def test_what_cannot_be_a_document_is_said_clearly(
    workspace: Workspace, ana: CustomerId, tmp_path: Path
) -> None:
    large = tmp_path / "film.mp4"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    add = workspace.documents.add
    with pytest.raises(UserError, match="larger than 200 MB"):
        add(ana, large)
    with pytest.raises(UserError, match="folder"):
        add(ana, tmp_path)
    with pytest.raises(UserError, match="cannot be read"):
        add(ana, tmp_path / "none.pdf")
    with pytest.raises(UserError, match="of itself"):
        add(ana, workspace.path)
    with pytest.raises(UserError, match="of itself"):
        add(ana, workspace.path.with_name(workspace.path.name + "-wal"))
    with pytest.raises(UserError, match="no customer"):
        add(CustomerId(999), PDF, file_name="a.pdf")
    number = add(ana, PDF, file_name="a.pdf")
    with pytest.raises(UserError, match="very file"):
        workspace.documents.replace(number, PDF, file_name="b.pdf")
    with pytest.raises(UserError, match="name"):
        workspace.documents.rename(number, " \n")
    with pytest.raises(UserError, match="no date") as caught:
        workspace.documents.set_facts(number, issued_on="soon")
    assert caught.value.field == "issued_on"
    with pytest.raises(UserError, match="before it was issued"):
        workspace.documents.set_facts(number, issued_on="2030-01-02", expires_on="2030-01-01")
    workspace.documents.remove(number)
    with pytest.raises(UserError, match="not there"):
        workspace.documents.rename(number, "x")
    assert _names(workspace, ana) == []


def test_a_file_that_changes_while_it_is_read_is_refused(
    workspace: Workspace, ana: CustomerId, tmp_path: Path
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"a" * 5_000_000)
    reads: list[int] = []

    class Changing(Job):
        def check(self) -> None:
            reads.append(1)
            if len(reads) == 6:  # it was looked at; now it is being kept
                path.write_bytes(b"b" * 5_000_000)

    with pytest.raises(UserError, match="changed while"):
        workspace.documents.add(ana, path, job=Changing())
    assert (_names(workspace, ana), _contents(workspace)) == ([], 0)


def test_adding_can_be_stopped_and_leaves_nothing(workspace: Workspace, ana: CustomerId) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        workspace.documents.add(ana, PDF, file_name="a.pdf", job=job)
    assert (_names(workspace, ana), _contents(workspace)) == ([], 0)


def test_views_and_lists_are_told(workspace: Workspace, ana: CustomerId) -> None:
    heard: list[Changes] = []
    end = workspace.subscribe(heard.append)
    number = workspace.documents.add(ana, PDF, file_name="a.pdf")
    workspace.documents.replace(number, png(), file_name="a.png")
    workspace.history.undo()
    workspace.documents.remove(number)
    end()
    assert [change.customers for change in heard] == [{ana}] * 4
    assert heard[2].tables == {"document_version"}


def test_a_customer_with_a_document_added_since_stays_when_his_making_is_undone(
    workspace: Workspace, ana: CustomerId
) -> None:
    made = workspace.history.can_undo()
    assert made is not None
    workspace.documents.add(ana, PDF, file_name="a.pdf")
    undone = workspace.history.undo_step(made.id)
    assert [(c.customer, c.table, c.kept) for c in undone.conflicts] == [(ana, "document", "a")]
    assert _names(workspace, ana) == ["a"]


def test_a_document_with_a_newer_version_stays_when_its_adding_is_undone(
    workspace: Workspace, ana: CustomerId
) -> None:
    number = workspace.documents.add(ana, PDF, file_name="a.pdf")
    added = workspace.history.can_undo()
    assert added is not None
    workspace.documents.replace(number, png(), file_name="b.png")
    undone = workspace.history.undo_step(added.id)
    assert [(c.customer, c.table, c.kept) for c in undone.conflicts] == [
        (ana, "document_version", "b.png")
    ]
    assert workspace.documents.get(number).versions == 2


def test_removing_is_undone_after_its_customer_went_and_came(
    workspace: Workspace, ana: CustomerId
) -> None:
    number = workspace.documents.add(ana, PDF, file_name="a.pdf")
    workspace.documents.remove(number)
    workspace.customers.delete([ana])
    removed = workspace.history.steps()[1]
    assert workspace.history.undo_step(removed.id).conflicts == ()
    workspace.customers.restore([ana])
    assert _names(workspace, ana) == ["a"]


def test_save_as_is_whole_or_nothing(workspace: Workspace, ana: CustomerId, tmp_path: Path) -> None:
    number = workspace.documents.add(ana, PDF, file_name="a.pdf")
    current = workspace.documents.get(number).current
    target = tmp_path / "out.pdf"
    workspace.documents.save_as(current.id, target)
    assert target.read_bytes() == PDF
    with pytest.raises(UserError, match="archive itself"):
        workspace.documents.save_as(current.id, workspace.path)
    with pytest.raises(EnvironmentProblem):
        workspace.documents.save_as(current.id, tmp_path / "none" / "out.pdf")
    # A content that is not what it was is told of, and what was there before stays.
    workspace._archive.maintain(
        lambda c: c.execute("UPDATE blob SET data = zeroblob(size)") and None
    )
    with pytest.raises(EnvironmentProblem, match="damaged"):
        workspace.documents.save_as(current.id, target)
    assert target.read_bytes() == PDF
    assert sorted(p.name for p in tmp_path.iterdir() if "part" in p.name) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_a_copy_for_another_program_is_private_and_goes(
    workspace: Workspace, ana: CustomerId
) -> None:
    first = workspace.documents.add(ana, PDF, file_name="a.pdf")
    second = workspace.documents.add(ana, png(), file_name="../a\u202efdp.png")
    copies = [
        workspace.documents.open_copy(workspace.documents.get(n).current.id)
        for n in (first, second, first)
    ]
    assert copies[0] == copies[2]
    assert [copy.read_bytes() for copy in copies[:2]] == [PDF, png()]
    assert (copies[0].name, copies[1].name) == ("a.pdf", "afdp.png")
    folder = copies[0].parent.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(copies[0].stat().st_mode) == 0o400
    workspace.documents.close()
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("setup.exe", b"x"),
        ("invoice.pdf.exe", b"x"),
        ("macro.VBS ", b"x"),
        ("evil.exe.", b"x"),
        ("photo\u202egpj.scr", b"x"),
        ("invoice.pdf", b"MZ\x90\x00"),
        ("notes", b"#!/bin/sh\n"),
        ("letter.lnk", b"x"),
        ("page.hta", b"x"),
    ],
)
def test_what_would_run_is_never_opened(
    workspace: Workspace, ana: CustomerId, name: str, data: bytes
) -> None:
    number = workspace.documents.add(ana, data, file_name=name)
    with pytest.raises(UserError, match="is a program"):
        workspace.documents.open_copy(workspace.documents.get(number).current.id)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "P", "I;16", "LA"])
def test_pictures_of_any_kind_are_shown(workspace: Workspace, ana: CustomerId, mode: str) -> None:
    colour: object = 0 if mode in ("L", "1", "P", "I;16") else None
    out = io.BytesIO()
    Image.new(mode, (40, 20), colour).save(out, "PNG")  # type: ignore[arg-type]
    number = workspace.documents.add(ana, out.getvalue(), file_name="a.png")
    current = workspace.documents.get(number).current
    small = workspace.documents.thumbnail(current.id, 10)
    assert small is not None
    assert (small.width, small.height) == (10, 5)
    with workspace.documents.pages(current.id) as pages:
        drawn = pages.render(0, scale=2.0)
        assert (drawn.width, drawn.height) == (60, 30)
        assert len(drawn.data) == drawn.stride * drawn.height
        assert set(drawn.data[3::4]) == {255}


def test_a_photo_taken_upright_is_shown_upright(workspace: Workspace, ana: CustomerId) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (80, 40), "red").save(out, "JPEG", exif=exif)
    number = workspace.documents.add(ana, out.getvalue(), file_name="a.jpg")
    with workspace.documents.pages(workspace.documents.get(number).current.id) as pages:
        wide, high = pages.size(0)
        assert high == 2 * wide
        half = pages.render(0, scale=1.0, band=(0.0, high / 2))
        assert (half.width, half.height) == (30, 30)


def test_the_sheets_of_a_fax_are_pages(workspace: Workspace, ana: CustomerId) -> None:
    out = io.BytesIO()
    sheets = [Image.new("1", (100, 100 + n)) for n in range(3)]
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    number = workspace.documents.add(ana, out.getvalue(), file_name="fax.tif")
    with workspace.documents.pages(workspace.documents.get(number).current.id) as pages:
        assert pages.count == 3
        assert pages.render(2, scale=4 / 3).height == 102


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (png()[:60], "a.png"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "b.png"),
        (b"%PDF-1.4 broken", "c.pdf"),
        (b"GIF89a", "d.gif"),
    ],
)
def test_a_broken_file_is_kept_and_not_shown(
    workspace: Workspace, ana: CustomerId, data: bytes, name: str
) -> None:
    number = workspace.documents.add(ana, data, file_name=name)
    current = workspace.documents.get(number).current
    assert workspace.documents.bytes_of(current.id) == data
    assert workspace.documents.thumbnail(current.id, 40) is None
    with pytest.raises(UserError, match="damaged"):
        workspace.documents.pages(current.id)


def test_other_kinds_say_that_they_cannot_be_shown(workspace: Workspace, ana: CustomerId) -> None:
    number = workspace.documents.add(ana, b"hello", file_name="a.txt")
    current = workspace.documents.get(number).current
    assert current.media_type == "text/plain"
    with pytest.raises(UserError, match="another program"):
        workspace.documents.pages(current.id)
    assert workspace.documents.thumbnail(current.id, 40) is None


def test_the_export_holds_documents_with_their_contents(
    workspace: Workspace, ana: CustomerId, tmp_path: Path
) -> None:
    number = workspace.documents.add(ana, PDF, file_name="a.pdf", name="Passport of Ana")
    workspace.documents.set_facts(number, kind="Passport", number="X1", expires_on="2030-05-31")
    [listed] = workspace.exports.document(ana)["documents"]
    added = workspace.documents.get(number).added_at.isoformat()
    assert listed == {
        "name": "Passport of Ana",
        "kind": "Passport",
        "number": "X1",
        "issued_on": None,
        "expires_on": "2030-05-31",
        "added_at": added,
        "file_name": "a.pdf",
        "media_type": "application/pdf",
        "size": len(PDF),
        "sha256": hashlib.sha256(PDF).hexdigest(),
    }
    target = tmp_path / "all.json"
    workspace.exports.export(target)
    with Workspace.open(tmp_path / "b.crm", create=True, data_dir=tmp_path / "data") as other:
        other.imports.import_files([target])
        [row] = other.customers.search("ana")
        [there] = other.documents.of(row.id)
        assert (there.name, there.facts) == (listed["name"], workspace.documents.get(number).facts)
        assert other.documents.bytes_of(there.current.id) == PDF
        other.close(backup=False)


def test_the_printed_file_lists_them(workspace: Workspace, ana: CustomerId) -> None:
    import pypdfium2

    number = workspace.documents.add(ana, PDF, file_name="a.pdf", name="护照 of Ana")
    workspace.documents.set_facts(number, kind="Passport", number="X1", expires_on="2030-05-31")
    document = pypdfium2.PdfDocument(workspace.files.pdf([ana]).data)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Documents" in text
    assert "护照 of Ana" in text
    assert "Passport · X1 · expires 31 May 2030" in text
