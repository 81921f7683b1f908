"""A folder with a decade of files, dropped on the window."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from window_kit import settle

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.sources import State
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.shell import Shell

LONG = 60_000


def book(path: Path, name: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Clientes")
        sheet.write_row(0, 0, ["Nome", "Cidade"])
        sheet.write_row(1, 0, [name, "Lisboa"])
    return path


@pytest.fixture
def decade(tmp_path: Path) -> Path:
    """Six years of sheets, and what else lies in such a folder."""
    folder = tmp_path / "Clientes"
    for year in range(2013, 2019):
        book(folder / str(year) / "clientes.xlsx", f"Cliente {year}")
    (folder / "2013" / "~$clientes.xlsx").write_bytes(b"\x00" * 165)
    (folder / ".oculto.xlsx").write_bytes(b"x")
    book(folder / ".lixo" / "velho.xlsx", "Ninguém")
    (folder / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "firma.crm").write_bytes(b"")
    (folder / "2019.csv").write_text("Nome;Cidade\nCliente 2019;Porto\n", encoding="utf-8")
    return folder


def drop(shell: Shell, *paths: Path) -> ImportPage:
    """Drop files on the window, as the user's mouse would."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(shell, QDragEnterEvent(QPoint(400, 300), copy, data, buttons, keys))
    QApplication.sendEvent(shell, QDropEvent(QPointF(400, 300), copy, data, buttons, keys))
    page = shell.page("import")
    assert isinstance(page, ImportPage)
    return page


def reach(qtbot: QtBot, page: ImportPage, step: Step) -> None:
    qtbot.waitUntil(lambda: page.step is step and not page.busy, timeout=LONG)


def customers(shell: Shell) -> int:
    assert shell.session is not None
    return shell.session.workspace.customers.count(CustomerListQuery())


def readers() -> int:
    """Processes of ours that read files."""
    return sum(p.name == "spreadsheet-reader" for p in multiprocessing.active_children())


def test_a_folder_is_one_import(qtbot: QtBot, started: Shell, decade: Path) -> None:
    page = drop(started, decade)
    most = 0

    def arrived() -> bool:
        nonlocal most
        most = max(most, readers())
        return page.step is Step.COLUMNS

    qtbot.waitUntil(arrived, timeout=LONG)
    assert most <= 3
    assert readers() == 0
    names = [Path(f.name).as_posix() for f in page.files]
    assert names == [*(f"{year}/clientes.xlsx" for year in range(2013, 2019)), "2019.csv"]
    assert len(page.columns_step.sheets.cards) == 7
    # The file is still there for another question.
    page.columns_step.header_wanted.emit(page.files[0], page.files[0].sheets[0], 0)
    qtbot.waitUntil(lambda: page.files[0].sheets[0].plan.header_row == 0, timeout=LONG)
    page.columns_step.header_wanted.emit(page.files[0], page.files[0].sheets[0], 1)
    qtbot.waitUntil(lambda: page.files[0].sheets[0].plan.header_row == 1, timeout=LONG)
    page.go_on()
    reach(qtbot, page, Step.CHECK)
    page.go_on()
    reach(qtbot, page, Step.RESULT)
    assert customers(started) == 7
    page.start_over()
    page.activate()
    assert page.file_step.again.text() == "Import Clientes again"


def test_a_folder_beside_a_file_that_is_open(
    qtbot: QtBot, started: Shell, decade: Path, tmp_path: Path
) -> None:
    page = drop(started, book(tmp_path / "avulso.xlsx", "Avulso"))
    reach(qtbot, page, Step.COLUMNS)
    seen: list[int] = []
    page.columns_step.sheets.shown.connect(lambda *_shown: seen.append(len(page.files)))
    drop(started, decade)
    qtbot.waitUntil(lambda: page.step is Step.COLUMNS and len(page.files) > 1, timeout=LONG)
    # The columns come when all are open, not when the folder was looked through.
    assert not page.opening.busy
    assert seen == [8]


def test_what_cannot_be_read_is_listed_first(qtbot: QtBot, started: Shell, decade: Path) -> None:
    (decade / "2015" / "clientes.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    page = drop(started, decade)
    qtbot.waitUntil(lambda: bool(page.files) and not page.opening.busy, timeout=LONG)
    assert page.step is Step.FILE
    rows = page.file_step.rows()
    assert [r.file.state for r in rows] == [State.REFUSED] + [State.READY] * 6
    assert "clientes.xlsx" in rows[0].message.text()
    assert page.file_step.counts.text() == "6 files · 1 cannot be read"
    qtbot.mouseClick(page.file_step.next, Qt.MouseButton.LeftButton)
    assert page.step is Step.COLUMNS
    assert len(page.files) == 6


def test_opening_can_be_stopped(qtbot: QtBot, started: Shell, decade: Path) -> None:
    page = drop(started, decade)
    qtbot.waitUntil(lambda: any(f.state is State.READY for f in page.files), timeout=LONG)
    assert page.file_step.stop.isVisible()
    qtbot.mouseClick(page.file_step.stop, Qt.MouseButton.LeftButton)
    assert not page.opening.busy
    assert 0 < len(page.files) < 7
    settle(started, qtbot)
    assert all(f.state is State.READY for f in page.files)
    assert page.step is Step.FILE
    qtbot.mouseClick(page.file_step.next, Qt.MouseButton.LeftButton)
    assert page.step is Step.COLUMNS


def test_a_folder_without_a_spreadsheet_says_so(
    qtbot: QtBot, started: Shell, tmp_path: Path
) -> None:
    (tmp_path / "Fotos").mkdir()
    (tmp_path / "Fotos" / "foto.jpg").write_bytes(b"\xff\xd8\xff")
    page = drop(started, tmp_path / "Fotos")
    qtbot.waitUntil(lambda: not page.opening.busy, timeout=LONG)
    assert page.files == []
    told = [found.text() for found in started.findChildren(QLabel)]
    assert "There is no spreadsheet in the folder “Fotos”." in told
