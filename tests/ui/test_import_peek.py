"""A long file is seen as it begins, long before its columns are understood."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.domain.imports import SheetPeek
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell

LONG = 60_000


@pytest.fixture
def long_book(tmp_path: Path) -> Path:
    path = tmp_path / "clientes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Clientes")
        sheet.write_row(0, 0, ["Nome", "Telemóvel", "E-mail", "Localidade"])
        for n in range(1, 20_000):
            row = [f"Cliente {n:05d}", f"91{n:07d}", f"c{n}@example.pt", "Lisboa"]
            sheet.write_row(n, 0, row)
        book.add_worksheet("2019").write(0, 0, "nada")
    return path


def drag(shell: Shell, *paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(shell, QDragEnterEvent(QPoint(400, 300), copy, data, buttons, keys))
    return data


def drop(shell: Shell, *paths: Path) -> ImportPage:
    data = drag(shell, *paths)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(shell, QDropEvent(QPointF(400, 300), copy, data, buttons, keys))
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    return page


def peeks(page: ImportPage) -> bool:
    return page.stack.currentWidget() is page.peek_step


def readers() -> list[str]:
    return [p.name for p in multiprocessing.active_children() if "spreadsheet" in p.name]


def test_the_first_rows_come_before_the_columns(
    qtbot: QtBot, started: Shell, long_book: Path
) -> None:
    page = drop(started, long_book)
    qtbot.waitUntil(lambda: peeks(page), timeout=LONG)
    assert page.step is Step.FILE
    step = page.peek_step
    model = step.grid.sheet_model
    assert model.rowCount() == 60
    assert model.text(0, 0) == "Nome"
    assert model.text(59, 0) == "Cliente 00059"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "A"
    assert model.headerData(0, Qt.Orientation.Vertical) == "1"
    assert step.title.full_text() == "clientes.xlsx · Clientes"
    assert step.words.text() == "Looking through 20,000 rows…"
    assert not page.next.isVisible()
    # It is to be read, not to be worked with.
    assert QApplication.focusWidget() is step.grid
    assert not step.grid.head.focusPolicy()
    step.grid.setCurrentIndex(model.index(1, 0))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_X):
        qtbot.keyClick(step.grid, key)
    step.grid.rows.sectionClicked.emit(3)
    qtbot.mouseClick(step.grid.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert QApplication.activePopupWidget() is None
    assert model.text(1, 0) == "Cliente 00001"
    assert peeks(page)
    qtbot.waitUntil(lambda: page.step is Step.COLUMNS, timeout=LONG)
    assert page.stack.currentWidget() is page.columns_step
    assert QApplication.focusWidget() is page.columns_step.grid.head
    # Another one waits for the next file.
    qtbot.waitUntil(lambda: readers().count("spreadsheet-spare") == 1, timeout=LONG)


@pytest.mark.parametrize("by_key", [False, True])
def test_cancel_leads_back_to_the_choice_of_files(
    qtbot: QtBot, started: Shell, long_book: Path, by_key: bool
) -> None:
    page = drop(started, long_book)
    qtbot.waitUntil(lambda: peeks(page), timeout=LONG)
    if by_key:
        qtbot.keyClick(page.peek_step.grid, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(page.peek_step.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.file_step, timeout=LONG)
    assert page.files == []
    assert QApplication.focusWidget() is page.file_step.choose
    qtbot.waitUntil(lambda: "spreadsheet-reader" not in readers(), timeout=LONG)


def test_of_several_files_the_first_is_seen(
    qtbot: QtBot, started: Shell, long_book: Path, tmp_path: Path
) -> None:
    other = tmp_path / "outros.csv"
    other.write_text("Nome,Cidade\n" + "Ana,Porto\n" * 20_000, encoding="utf-8")
    refused = tmp_path / "foto.csv"
    refused.write_bytes(b"\xff\xd8\xff" + b"x" * 100)
    page = wizard_with(started)
    seen: list[SheetPeek] = []
    page.opening.seen.connect(seen.append)
    page.open_files([long_book, other])
    qtbot.waitUntil(lambda: page.step is Step.COLUMNS, timeout=LONG)
    assert [peek.file for peek in seen] == ["clientes.xlsx"]
    # What needs a word of the owner comes before what there is to see.
    page.open_files([refused])
    qtbot.waitUntil(lambda: not page.opening.busy, timeout=LONG)
    assert page.stack.currentWidget() is page.file_step


def wizard_with(shell: Shell) -> ImportPage:
    shell.show_page("import")
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    return page


def test_a_drag_gets_everything_ready(qtbot: QtBot, started: Shell, long_book: Path) -> None:
    assert readers() == []  # it costs the start nothing
    assert started.stack.built("import") is None
    drag(started, long_book)
    qtbot.waitUntil(lambda: started.stack.built("import") is not None, timeout=LONG)
    assert readers() == ["spreadsheet-spare"]
    assert started.stack.current_key() != "import"


def test_nothing_is_left_when_the_archive_closes(qtbot: QtBot, started: Shell) -> None:
    wizard_with(started)
    qtbot.waitUntil(lambda: readers() == ["spreadsheet-spare"], timeout=LONG)
    with qtbot.waitSignal(started.archive_closed, timeout=LONG):
        started.archives.close()
    qtbot.waitUntil(lambda: readers() == [], timeout=LONG)
