"""Pictures on cards become documents of the cards' customers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from test_row_pictures import contents, documents_of, png
from writers_traits import write_ods

from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.sheets.pipeline import Workbook
from crm_desktop.domain.imports import SheetKind
from crm_desktop.services.imports.options import ImportOptions
from crm_desktop.services.workspace import Workspace

PEOPLE = ("Ana Silva", "Rui Costa", "Zé Lima", "Eva Dias")
Placed = Sequence[tuple[str, str, str]]
"""Cell, colour and alternative text."""


def form(name: str, number: int) -> list[tuple[str, Any]]:
    phone = f"91234567{number}"
    return [("Nome", name), ("Telemóvel", phone), ("Localidade", "Porto"), ("Plano", "A")]


def write(path: Path, placed: Sequence[Placed]) -> Path:
    """A card a sheet, each with its pictures."""
    with xlsxwriter.Workbook(str(path)) as book:
        for number, (name, own) in enumerate(zip(PEOPLE, placed, strict=False)):
            sheet = book.add_worksheet(name.split()[0])
            for row, pair in enumerate(form(name, number), start=2):
                sheet.write_row(row, 1, pair)
            draw(sheet, own)
    return path


def draw(sheet: Any, placed: Placed) -> None:
    for cell, colour, told in placed:
        options = {"image_data": io.BytesIO(png(colour)), "description": told or "image1.png"}
        sheet.insert_image(cell, "image1.png", options)


def warnings(path: Path) -> tuple[str, ...]:
    book = Workbook(load(path, None, DEFAULT_LIMITS), "PT", DEFAULT_LIMITS, sparse=False)
    [sheet] = book.inspect(lambda _done, _total: None).sheets
    return sheet.warnings


def test_a_card_a_sheet(workspace: Workspace, tmp_path: Path) -> None:
    placed = [[("F2", "red", ""), ("A30", "green", "Passaporte")], [], [("A1", "blue", "")]]
    path = write(tmp_path / "fichas.xlsx", placed)
    assert warnings(path) == ("2 rows have pictures; they become documents of their customers.",)
    result = workspace.imports.import_files([path])
    [sheet] = result.files[0].sheets
    assert (sheet.kind, sheet.pictures) == (SheetKind.CARDS, 3)
    assert documents_of(workspace, "Ana Silva") == [
        ("Picture from fichas.xlsx, sheet Ana", "image/png", png("red")),
        ("Passaporte", "image/png", png("green")),
    ]
    assert documents_of(workspace, "Rui Costa") == []
    assert documents_of(workspace, "Zé Lima")[0][2] == png("blue")


def test_undo_takes_them_away(workspace: Workspace, tmp_path: Path) -> None:
    placed = [[("F2", "red", "")], [("F2", "green", "")], [("F2", "blue", "")]]
    path = write(tmp_path / "fichas.xlsx", placed)
    assert workspace.imports.import_files([path]).pictures == 3
    assert workspace.imports.import_files([path]).pictures == 0
    workspace.history.undo()
    assert len(contents(workspace)) == 3
    workspace.history.undo()
    with workspace._archive.reading() as c:
        assert c.execute("SELECT count(*) FROM document").fetchone() == (0,)
    workspace.history.redo()
    assert documents_of(workspace, "Zé Lima")[0][2] == png("blue")


def test_a_card_alone(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "ficha.xlsx", [[("F2", "red", "")]])
    workspace.imports.import_files([path])
    assert documents_of(workspace, "Ana Silva")[0][2] == png("red")


@pytest.mark.parametrize("cards", [2, 4])
def test_the_firms_logo_is_nobodys(workspace: Workspace, tmp_path: Path, cards: int) -> None:
    placed: list[Placed] = [[("A1", "black", "Logo")] for _card in range(cards)]
    placed[0] = [*placed[0], ("F2", "red", "")]
    path = write(tmp_path / "fichas.xlsx", placed)
    assert warnings(path)[1].startswith(f"{cards} pictures stand outside the rows")
    assert workspace.imports.import_files([path]).pictures == 1
    assert [d[2] for d in documents_of(workspace, "Ana Silva")] == [png("red")]


def test_two_of_many_may_share_one(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "fichas.xlsx", [[("F2", "red", "")], [("F2", "red", "")], [], []])
    assert workspace.imports.import_files([path]).pictures == 2
    assert documents_of(workspace, "Rui Costa")[0][2] == png("red")


def test_only_the_cards_that_come_in(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "fichas.xlsx", [[("F2", "red", "")], [("F2", "green", "")], []])
    options = ImportOptions(sheets=("Rui",))
    assert workspace.imports.import_files([path], options=options).pictures == 1
    assert documents_of(workspace, "Rui Costa")[0][2] == png("green")


def test_forms_below_and_beside_each_other(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "fichas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Fichas")
        for number, name in enumerate(PEOPLE):
            for row, pair in enumerate(form(name, number)):
                sheet.write_row(number // 2 * 6 + row, number % 2 * 4, pair)
        placed = [("C1", "red"), ("G3", "green"), ("A9", "blue"), ("F7", "black")]
        draw(sheet, [(cell, colour, "") for cell, colour in placed])
    assert workspace.imports.import_files([path]).pictures == 4
    shown = [documents_of(workspace, name)[0][2] for name in PEOPLE]
    assert shown == [png(colour) for colour in ("red", "green", "blue", "black")]


def test_ods_cards(workspace: Workspace, tmp_path: Path) -> None:
    def text(value: str) -> str:
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    drawn = (
        '<table:table-cell><draw:frame draw:name="Image 1">'
        '<draw:image xlink:href="Pictures/{}.png"/></draw:frame></table:table-cell>'
    )
    tables = ""
    for number, name in enumerate(PEOPLE[:2]):
        pairs = [text(label) + text(value) for label, value in form(name, number)]
        pairs[1] += drawn.format("ab"[number])
        rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in pairs)
        tables += f'<table:table table:name="S{number}">{rows}</table:table>'
    path = write_ods(tmp_path / "a.ods", tables)
    with zipfile.ZipFile(path, "a") as archive:
        for name, colour in (("a", "red"), ("b", "blue")):
            archive.writestr(f"Pictures/{name}.png", png(colour))
    assert workspace.imports.import_files([path]).pictures == 2
    assert documents_of(workspace, "Rui Costa") == [
        ("Picture from a.ods, sheet S1", "image/png", png("blue"))
    ]
