"""The program's main job in one go: an old sheet is dropped, and a customer's file is printed."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

if not os.environ.get("CRM_TESTS_ON_SCREEN"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import openpyxl
import openpyxl.drawing.image
import pypdfium2
import pytest
import xlsxwriter
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.app import build_window
from crm_desktop.assets import resource
from crm_desktop.ui.dialogs.print_preview import PrintPreview
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.import_page import ImportPage
from crm_desktop.ui.pages.import_wizard.steps import Step
from crm_desktop.ui.printing import printer_for
from crm_desktop.ui.shell import Shell

LONG = 60_000
pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore(
        r"This plugin does not support raise\(\)",
        r"This plugin does not support propagateSizeHints\(\)",
        extend=True,
    ),
]


@pytest.fixture
def shell(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    """The program just started, for the first time on this computer."""
    built = build_window(qapp, data_dir=tmp_path / "data", theme="light", language="en")
    shell = built.shell
    shell.show_welcome()
    shell.show()
    yield shell
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible() and not shell.operations.busy, timeout=LONG)
    built.close()
    shell.deleteLater()
    built.theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()


@pytest.fixture
def clientes(tmp_path: Path) -> Path:
    """An old sheet: a title above the header, odd phones, a column of its owner's own."""
    path = tmp_path / "clientes.xlsx"
    rows = [
        ["Lista de clientes 2019"],
        [],
        ["Nome", "Telemóvel", "E-mail", "Localidade", "Passaporte", "Observações"],
        ["João da Conceição", "912345678", "joao@example.pt", "Lisboa", "P1", "Prefere janela"],
        ["王秀英", "+86 138 0013 8000", "xiuying@example.cn", "上海", "E2", "喜欢海岛"],
        ["Maria Inês Ferreira", "00351 963 111 222", "maria@example.pt", "Évora", "P3", ""],
        ["joão da conceição", "912 345 678", "", "", "", ""],
    ]
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Clientes")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def drop(shell: Shell, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(shell, QDragEnterEvent(QPoint(400, 300), copy, data, buttons, keys))
    QApplication.sendEvent(shell, QDropEvent(QPointF(400, 300), copy, data, buttons, keys))


def import_dropped(shell: Shell, qtbot: QtBot, path: Path) -> ImportPage:
    """Drop a file and go through the wizard."""
    drop(shell, path)
    qtbot.waitUntil(lambda: shell.current_key() == "import", timeout=LONG)
    wizard = shell.page("import")
    assert isinstance(wizard, ImportPage)
    for step in (Step.COLUMNS, Step.CHECK):
        qtbot.waitUntil(lambda: wizard.step is step and not wizard.busy, timeout=LONG)  # noqa: B023
        qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.step is Step.RESULT, timeout=LONG)
    return wizard


def find(page: CustomersPage, qtbot: QtBot, text: str, name: str) -> None:
    """Type into the search field until one customer is left, and choose him."""
    page.search.setFocus()
    page.search.clear()
    qtbot.keyClicks(page.search, text)

    def found() -> bool:
        row = page.model.row_data(0) if page.model.rowCount() else None
        return row is not None and row.name == name

    qtbot.waitUntil(found, timeout=LONG)
    page.table.choose_row(0)


def test_from_sheet_to_paper(shell: Shell, qtbot: QtBot, clientes: Path, tmp_path: Path) -> None:
    # No archive is open: one is made for the sheet that is dropped.
    wizard = import_dropped(shell, qtbot, clientes)
    assert wizard.result is not None
    sheet = wizard.result.files[0].sheets[0]
    assert sheet.balances
    assert (sheet.rows, sheet.created, sheet.merged) == (4, 3, 1)

    qtbot.mouseClick(wizard.result_step.show_customers, Qt.MouseButton.LeftButton)
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=LONG)

    # Three letters, a phone in another writing, pinyin: whatever is typed while it rings.
    find(page, qtbot, "evo", "Maria Inês Ferreira")
    find(page, qtbot, "wxy", "王秀英")
    find(page, qtbot, "912 345", "João da Conceição")
    assert len(page.selected()) == 1

    shell.commands.print_files.trigger()
    preview = shell.findChild(PrintPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: preview.view.picture(0) is not None, timeout=LONG)
    assert not preview.notice.isVisible()
    saved, printed = tmp_path / "ficha.pdf", tmp_path / "papel.pdf"
    preview.save_to(saved)
    printer = printer_for((595, 842))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    printer.setResolution(150)
    preview.print_to(printer)
    qtbot.waitUntil(lambda: not shell.operations.busy, timeout=LONG)
    preview.reject()

    document = pypdfium2.PdfDocument(saved)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    for words in ("João da Conceição", "+351 912 345 678", "joao@example.pt", "Prefere janela"):
        assert words in text
    assert "Passaporte" in text
    paper = pypdfium2.PdfDocument(printed)
    assert len(paper) == 1
    paper.close()

    # And all of it can be taken back, from anywhere.
    shell.commands.undo.trigger()
    page.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=LONG)


@pytest.mark.parametrize("name", ["customers.xlsx", "clientes.xlsx", "kehu.xlsx"])
def test_the_sample_workbooks(shell: Shell, qtbot: QtBot, name: str) -> None:
    wizard = import_dropped(shell, qtbot, resource("sample", name))
    assert wizard.result is not None
    sheets = [s for f in wizard.result.files for s in f.sheets]
    assert all(s.balances for s in sheets)
    assert sum(s.created for s in sheets) > 20


def test_a_photo_in_a_row_hangs_in_its_customers_panel(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (120, 160), "#4F46E5").save(photo, "PNG")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Nome", "Telemóvel", "Foto"), ("Ana Silva", "912345678"), ("Rui", "963111222")):
        sheet.append(row)
    sheet.add_image(openpyxl.drawing.image.Image(photo), "C2")
    book.save(tmp_path / "fotos.xlsx")
    wizard = import_dropped(shell, qtbot, tmp_path / "fotos.xlsx")
    assert wizard.result is not None
    assert wizard.result.pictures == 1
    assert "1 picture became a document" in wizard.result_step.text.text()
    qtbot.mouseClick(wizard.result_step.show_customers, Qt.MouseButton.LeftButton)
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=LONG)
    find(page, qtbot, "ana", "Ana Silva")
    documents = page.panel.documents
    qtbot.waitUntil(lambda: len(documents.rows()) == 1, timeout=LONG)
    [row] = documents.rows()
    assert row.document.name == "Foto (fotos.xlsx, row 2)"
    qtbot.waitUntil(lambda: row.thumb.picture is not None, timeout=LONG)
    shell.commands.undo.trigger()
    page.search.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=LONG)
