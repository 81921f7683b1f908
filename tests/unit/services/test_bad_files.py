"""Files that can be no document, and names that no file can have."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_input_kit import INVISIBLE, ODD, TIDIED, Kit, refused

from crm_desktop.domain.documents import MOST_BYTES
from crm_desktop.domain.errors import UserError
from crm_desktop.services.workspace import Workspace


def test_names_of_documents(kit: Kit, tmp_path: Path) -> None:
    w = kit.w
    for text in (*ODD, *TIDIED, *INVISIBLE, "护" * 300, "a.pdf. ", "com¹.txt", "CONIN$"):
        number = w.documents.add(kit.ana, b"x", file_name=text, name=text)
        document = w.documents.get(number)
        assert document.name
        name = document.current.file_name
        assert name
        assert not set(name) & set('<>:"/\\|?*')
        assert name == name.rstrip(". ")
        assert len(name.encode()) < 210
        assert "\u202e" not in name
        target = tmp_path / name
        w.documents.save_as(document.current.id, target)
        assert target.read_bytes() == b"x"
        assert target.parent == tmp_path
        w.documents.remove(number)


def test_files_that_can_be_no_document(kit: Kit, tmp_path: Path) -> None:
    good, empty, huge = (tmp_path / name for name in ("good.txt", "empty.txt", "huge.bin"))
    good.write_bytes(b"x")
    empty.touch()
    with huge.open("wb") as file:  # a hole, but for its end
        file.truncate(MOST_BYTES + 1)
    before = _documents(kit)
    for bad, words in ((empty, "empty"), (huge, "200 MB"), (tmp_path, "folder")):
        for act in (
            lambda bad=bad: kit.w.documents.add(kit.ana, bad),
            lambda bad=bad: kit.w.documents.add_files(kit.ana, [good, bad]),
            lambda bad=bad: kit.w.documents.replace(kit.document, bad),
        ):
            with pytest.raises(UserError, match=words):
                act()
    assert _documents(kit) == before


def _documents(kit: Kit) -> list[tuple[object, int]]:
    return [(d.id, d.versions) for d in kit.w.documents.of(kit.ana)]


@pytest.mark.slow
def test_the_largest_document_goes_in_and_out_whole(kit: Kit, tmp_path: Path) -> None:
    largest, copy = tmp_path / "largest.bin", tmp_path / "copy.bin"
    with largest.open("wb") as file:
        file.truncate(MOST_BYTES)
    number = kit.w.documents.add(kit.ana, largest)
    kit.w.documents.save_as(kit.w.documents.get(number).current.id, copy)
    assert copy.stat().st_size == MOST_BYTES
    kit.w.documents.remove(number)


@pytest.mark.parametrize("name", ["CON", "con.xlsx", "NUL", "nul .json", "aux.csv", "COM¹.xlsx"])
def test_nothing_is_written_to_a_device(kit: Kit, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    version = kit.w.documents.get(kit.document).current.id
    refused(lambda: kit.w.documents.save_as(version, target), "file")
    refused(lambda: kit.w.files.save(kit.w.files.pdf([kit.ana]), target), "file")
    refused(lambda: kit.w.backups.make(target=target), "file")
    refused(lambda: Workspace.open(target, create=True, data_dir=tmp_path), "file")
    if target.suffix in (".xlsx", ".json", ".csv"):
        refused(lambda: kit.w.exports.export(target), "file")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.pdf.", "a.pdf ", "a.", " . "])
def test_no_file_ends_in_a_point(kit: Kit, tmp_path: Path, name: str) -> None:
    version = kit.w.documents.get(kit.document).current.id
    refused(lambda: kit.w.documents.save_as(version, tmp_path / name), "file")
    refused(lambda: kit.w.backups.make(target=tmp_path / name), "file")
