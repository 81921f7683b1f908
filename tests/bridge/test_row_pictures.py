"""Pictures that stand in rows of a sheet become documents of these rows' customers."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.drawing.image import Image as Drawing
from PIL import Image
from writers_traits import rewrite, write_ods

from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process import wire
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS, Limits
from crm_desktop.bridge.sheets.pipeline import Workbook
from crm_desktop.bridge.traits.pictures import own_name
from crm_desktop.domain.imports import ImportResult, Outcome
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.imports.report import as_document, as_text
from crm_desktop.services.workspace import Workspace

HEADS = ("Nome", "Telefone", "Foto")
PEOPLE = (
    ("Ana Silva", "912345671"),
    ("Rui Costa", "912345672"),
    ("Zé Lima", "912345673"),
)


def png(colour: str = "red", size: int = 8) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(out, "PNG")
    return out.getvalue()


def noise(seed: int, side: int = 420) -> bytes:
    """A picture of half a megabyte that does not shrink."""
    out = io.BytesIO()
    data = random.Random(seed).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), data).save(out, "PNG")
    return out.getvalue()


Placed = tuple[str, bytes, str]
"""Cell, bytes, alternative text."""


def write(
    path: Path,
    placed: Sequence[Placed],
    rows: Sequence[Sequence[Any]] = PEOPLE,
    *,
    heads: Sequence[str] = HEADS,
    top: int = 0,
) -> Path:
    """A list with pictures; names of files that nobody chose."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Clientes")
        for i, row in enumerate((heads, *rows)):
            sheet.write_row(top + i, 0, row)
        for cell, data, told in placed:
            options = {"image_data": io.BytesIO(data), "description": told or "image1.png"}
            sheet.insert_image(cell, "image1.png", options)
    return path


def documents_of(w: Workspace, name: str) -> list[tuple[str, str, bytes]]:
    """Name, media type and bytes of a customer's documents."""
    [number] = [r.id for r in w.customers.search(name) if r.name == name]
    return [
        (d.name, d.current.media_type, w.documents.bytes_of(d.current.id))
        for d in w.documents.of(number)
    ]


def bring_in(w: Workspace, path: Path, **options: Any) -> ImportResult:
    dry_run = options.pop("dry_run", False)
    return w.imports.import_files([path], options=ImportOptions(**options), dry_run=dry_run)


def contents(w: Workspace) -> list[str]:
    with w._archive.reading() as c:
        return [row[0] for row in c.execute("SELECT sha256 FROM blob ORDER BY 1")]


def test_a_picture_becomes_a_document_of_its_rows_customer(
    workspace: Workspace, tmp_path: Path
) -> None:
    red, blue = png("red"), png("blue")
    path = write(
        tmp_path / "clientes.xlsx",
        [("C2", red, ""), ("C3", blue, "Passaporte do Rui"), ("F3", red, ""), ("C3", blue, "")],
    )
    looked = bring_in(workspace, path, dry_run=True)
    result = bring_in(workspace, path)
    for found in (looked, result):
        assert found.pictures == 3
        assert found.files[0].sheets[0].problems == ()
        assert as_document(found)["files"][0]["sheets"][0]["documents"] == 3
        assert "3 pictures became documents of their customers." in as_text(found)
    assert documents_of(workspace, "Ana Silva") == [
        ("Foto (clientes.xlsx, row 2)", "image/png", red)
    ]
    assert documents_of(workspace, "Rui Costa") == [
        ("Passaporte do Rui", "image/png", blue),
        ("Picture from clientes.xlsx, row 3", "image/png", red),
    ]
    assert documents_of(workspace, "Zé Lima") == []
    # The red one is there twice, and kept once.
    assert contents(workspace) == sorted(hashlib.sha256(d).hexdigest() for d in (red, blue))
    [number] = [r.id for r in workspace.customers.search("rui")]
    names = [d.current.file_name for d in workspace.documents.of(number)]
    assert names == ["Passaporte do Rui.png", "Picture from clientes.xlsx, row 3.png"]


def test_undo_takes_them_away_and_redo_brings_them_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", [("C2", png(), "")])
    bring_in(workspace, path)
    before = documents_of(workspace, "Ana Silva")
    assert workspace.history.undo().conflicts == ()
    with workspace._archive.reading() as c:
        assert c.execute("SELECT count(*) FROM document").fetchone() == (0,)
        assert c.execute("SELECT count(*) FROM document_version").fetchone() == (0,)
    workspace.history.redo()
    assert documents_of(workspace, "Ana Silva") == before
    assert workspace.backups.check().messages == ()


def test_the_same_picture_is_not_doubled_and_a_new_one_comes_along(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", [("C2", png("red"), "")])
    bring_in(workspace, path)
    again = bring_in(workspace, path)
    assert again.pictures == 0
    assert len(documents_of(workspace, "Ana Silva")) == 1
    # Another picture in a row that is otherwise as it was.
    write(path, [("C2", png("red"), ""), ("C2", png("green"), "Visto"), ("C4", png("red"), "")])
    assert bring_in(workspace, path, only_changed=True, dry_run=True).pictures == 2
    changed = bring_in(workspace, path, only_changed=True)
    assert changed.pictures == 2
    assert changed.total(Outcome.LEFT_OUT) == 3
    assert [name for name, *_rest in documents_of(workspace, "Ana Silva")] == [
        "Foto (a.xlsx, row 2)",
        "Visto",
    ]
    assert len(documents_of(workspace, "Zé Lima")) == 1
    workspace.history.undo()
    assert len(documents_of(workspace, "Ana Silva")) == 1


def test_a_document_that_was_edited_since_stays_when_the_import_is_undone(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", [("C2", png("red"), ""), ("C3", png("red"), "")])
    result = bring_in(workspace, path)
    assert result.step is not None
    [ana] = [r.id for r in workspace.customers.search("ana")]
    [document] = workspace.documents.of(ana)
    workspace.documents.rename(document.id, "Passport")
    undone = workspace.history.undo_step(result.step)
    assert [(c.customer, c.table, c.field) for c in undone.conflicts] == [(ana, "document", "name")]
    assert [r.name for r in workspace.customers.search("")] == ["Ana Silva"]
    assert [d.name for d in workspace.documents.of(ana)] == ["Passport"]


def test_pictures_of_rows_that_belong_to_one_customer_are_all_his(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [("Ana Silva", "912345671"), ("", "213456789"), *PEOPLE[1:], ("ana silva", "912345671")]
    path = write(
        tmp_path / "a.xlsx",
        [("C2", png("red"), "um"), ("C3", png("green"), "dois"), ("C6", png("blue"), "três")],
        rows,
    )
    result = bring_in(workspace, path)
    sheet = result.files[0].sheets[0]
    assert (sheet.continued, sheet.merged, sheet.pictures) == (1, 1, 3)
    names = [name for name, *_rest in documents_of(workspace, "Ana Silva")]
    assert names == ["um", "dois", "três"]


def test_a_logo_and_what_stands_in_no_row_belong_to_nobody(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "a.xlsx",
        [("A1", png("red"), ""), ("C4", png("blue"), ""), ("A9", png("green"), "")],
        top=2,
    )
    read = Workbook(load(path, None, DEFAULT_LIMITS), "PT", DEFAULT_LIMITS, sparse=False)
    [sheet] = read.inspect(_quiet).sheets
    assert sheet.warnings == (
        "1 row has a picture; it becomes a document of its customer.",
        "2 pictures stand outside the rows, such as a logo; they are not taken over.",
    )
    assert bring_in(workspace, path).pictures == 1
    assert contents(workspace) == [hashlib.sha256(png("blue")).hexdigest()]


def test_what_a_left_out_row_shows_is_not_kept(workspace: Workspace, tmp_path: Path) -> None:
    red, blue = png("red"), png("blue")
    # The first row continues nobody; what it shows is shown again by one of the others.
    path = write(
        tmp_path / "a.xlsx",
        [("C2", red, ""), ("D2", blue, ""), ("C4", red, "")],
        [("", "", "?"), *PEOPLE],
    )
    result = bring_in(workspace, path)
    [sheet] = result.files[0].sheets
    assert [left.row for left in sheet.left_out] == [2]
    assert sheet.pictures == 1
    assert documents_of(workspace, "Rui Costa")[0][2] == red
    assert contents(workspace) == [hashlib.sha256(red).hexdigest()]


def test_tables_beside_each_other_have_their_own(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for left, people in (
            (0, PEOPLE),
            (5, (("Eva Matos", "912345674"), ("Gil Nunes", "912345675"), ("Lia Sá", "912345676"))),
        ):
            for i, row in enumerate((HEADS[:2], *people)):
                sheet.write_row(i, left, row)
        for cell, colour in (("A2", "red"), ("C3", "green"), ("F2", "blue"), ("H4", "black")):
            sheet.insert_image(cell, "image1.png", {"image_data": io.BytesIO(png(colour))})
    assert bring_in(workspace, path).pictures == 4
    found = {
        name: documents_of(workspace, name) for name in ("Ana Silva", "Rui Costa", "Eva Matos")
    }
    assert [d[0][2] for d in found.values()] == [png("red"), png("green"), png("blue")]
    assert documents_of(workspace, "Lia Sá")[0][2] == png("black")


def test_openpyxl_writes_them_too(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADS, *PEOPLE):
        sheet.append(row)
    sheet.add_image(Drawing(io.BytesIO(png("red"))), "C2")
    sheet.add_image(Drawing(io.BytesIO(png("blue"))), "C4")
    book.save(tmp_path / "a.xlsx")
    assert bring_in(workspace, tmp_path / "a.xlsx").pictures == 2
    assert documents_of(workspace, "Zé Lima") == [
        ("Foto (a.xlsx, row 4)", "image/png", png("blue"))
    ]


def test_what_a_picture_is_tells_its_content(workspace: Workspace, tmp_path: Path) -> None:
    emf = struct.pack("<I", 1) + bytes(36) + b" EMF" + bytes(64)
    path = write(tmp_path / "a.xlsx", [("C2", png("red"), ""), ("C3", png("blue"), "")])
    media = {"xl/media/image1.png": emf, "xl/media/image2.png": b"no picture at all"}
    changed = rewrite(path, tmp_path / "b.xlsx", lambda name, data: media.get(name, data))
    bring_in(workspace, changed)
    assert documents_of(workspace, "Ana Silva")[0][1:] == ("image/emf", emf)
    assert documents_of(workspace, "Rui Costa")[0][1] == "application/octet-stream"


def test_missing_and_damaged_pictures_are_told(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [("C2", png("red"), ""), ("C3", noise(1), "")])
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/media/image2.png")
    start = info.header_offset + 30 + len("xl/media/image2.png")
    raw[start : start + 64] = b"\xff" * 64
    path.write_bytes(raw)
    whole = write(tmp_path / "c.xlsx", [("C2", png(), "")])
    without = rewrite(
        whole, tmp_path / "d.xlsx", lambda name, data: b"" if "media" in name else data
    )
    result = workspace.imports.import_files([path, without])
    said = "The picture is missing or damaged in the file."
    told = [(p.row, p.column, p.problem) for f in result.files for p in f.sheets[0].problems]
    assert told == [(3, "C", said), (2, "C", said)]
    assert result.pictures == 1


def _batches(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[wire.RowBatch]:
    book = Workbook(load(path, None, DEFAULT_LIMITS), "PT", limits, sparse=False)
    [sheet] = book.inspect(_quiet).sheets
    return [wire.unpack_rows(wire.pack_rows(b)) for b in book.rows(sheet.plan, _quiet)]


def _quiet(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def test_heavy_pictures_make_small_batches_and_travel_once(tmp_path: Path) -> None:
    people = [(f"Pessoa {n:03}", f"91{n:07}") for n in range(60)]
    each = [noise(n) for n in range(20)]
    placed = [(f"C{n + 2}", each[n % 20], "") for n in range(60)]
    batches = _batches(write(tmp_path / "a.xlsx", placed, people))
    weights = [sum(len(data) for _sha, data in batch.contents) for batch in batches]
    assert max(weights) < (4 << 20) + (1 << 20)
    assert len(batches) > 2
    assert sum(map(len, batches)) == 60
    sent = [sha for batch in batches for sha, _data in batch.contents]
    assert sorted(sent) == sorted(hashlib.sha256(data).hexdigest() for data in each)
    shown = [row.pictures for batch in batches for row in batch]
    assert [len(pictures) for pictures in shown] == [1] * 60


def test_rows_without_pictures_say_nothing_of_them(tmp_path: Path) -> None:
    [batch] = _batches(write(tmp_path / "a.xlsx", []))
    assert (batch.remarkable, batch.contents) == ({}, ())


def test_too_large_pictures_are_told_and_too_many(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", [("C2", noise(1), ""), ("C3", png(), ""), ("C4", noise(2), "")]
    )
    [batch] = _batches(path, DEFAULT_LIMITS._replace(picture_size=1 << 18))
    said = [[p.problem for p in row.problems] for row in batch]
    assert said == [["The picture is larger than 0 MB; it was not taken."], [], said[0]]
    one = len(noise(1)) + 2_000
    [batch] = _batches(path, DEFAULT_LIMITS._replace(pictures_size=one))
    assert [len(row.pictures) for row in batch] == [1, 1, 0]
    [row] = [row for row in batch if row.problems]
    assert (row.row, row.problems[0].column) == (4, "C")
    assert "before this one" in row.problems[0].problem


@pytest.mark.parametrize("lies", [True, False])
def test_a_picture_that_is_a_bomb_is_not_unpacked(tmp_path: Path, lies: bool) -> None:
    path = write(tmp_path / "a.xlsx", [("C2", png(), ""), ("C3", png("blue"), "")])
    bomb = rewrite(
        path,
        tmp_path / "b.xlsx",
        lambda name, data: bytes(60 << 20) if name.endswith("image1.png") else data,
    )
    if lies:
        raw = bomb.read_bytes()
        size = struct.pack("<I", 60 << 20)
        assert raw.count(size) >= 1
        bomb.write_bytes(raw.replace(size, struct.pack("<I", 1000)))
    [batch] = _batches(bomb)
    assert [len(row.pictures) for row in batch] == [0, 1, 0]
    [problem] = [p for row in batch for p in row.problems]
    assert "larger than 32 MB" in problem.problem


def test_ods_pictures_come_in(workspace: Workspace, tmp_path: Path) -> None:
    def text(value: str) -> str:
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    def picture(name: str, part: str) -> str:
        return (
            f'<table:table-cell><draw:frame draw:name="{name}">'
            f'<draw:image xlink:href="{part}"/></draw:frame></table:table-cell>'
        )

    shapes = (
        '<table:shapes><draw:frame draw:name="Logo"><draw:image xlink:href="Pictures/l.png"/>'
        "</draw:frame></table:shapes>"
    )
    rows = [text("Nome") + text("Telefone") + text("Foto")]
    drawn = [picture("Image 1", "Pictures/a.png"), picture("Visto", "./Pictures/b.png"), text("")]
    rows += [text(n) + text(t) + p for (n, t), p in zip(PEOPLE, drawn, strict=True)]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    path = write_ods(
        tmp_path / "a.ods", f'<table:table table:name="S">{shapes}{table}</table:table>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        for name, colour in (("a", "red"), ("b", "blue"), ("l", "black")):
            archive.writestr(f"Pictures/{name}.png", png(colour))
    assert bring_in(workspace, path).pictures == 2
    assert documents_of(workspace, "Ana Silva") == [
        ("Foto (a.ods, row 2)", "image/png", png("red"))
    ]
    assert documents_of(workspace, "Rui Costa") == [("Visto", "image/png", png("blue"))]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (("", "", "Picture 3"), ""),
        (("", "image12.png", "Imagem 2"), ""),
        (("", "", "图片 1"), ""),
        (("", "C:\\Users\\Ana\\Fotos\\ana silva.jpg", "Picture 3"), "ana silva"),
        (("", "/mnt/fotos/IMG_20.JPG", ""), "IMG_20"),
        (("Passaporte", "outra coisa", ""), "Passaporte"),
        (("", "A person\n\nDescription automatically generated", "Picture 3"), ""),
        (("", "", "passport_ana"), "passport_ana"),
        (("", "  Visto  2019\nsegunda linha", ""), "Visto 2019"),
        (("", "x" * 300, ""), "x" * 120),
        ((), ""),
    ],
)
def test_names_that_people_gave(told: tuple[str, ...], name: str) -> None:
    assert own_name(*told) == name
