"""The print preview: what it shows, saves and prints are the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import settle

from crm_desktop.domain.customers import CustomerId
from crm_desktop.ui.dialogs.print_preview import PrintPreview
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.printing import chosen_pages, printer_for
from crm_desktop.ui.shell import Shell

LONG = 30_000
A4 = (595.0, 842.0)


@pytest.fixture
def ids(page: CustomersPage) -> list[CustomerId]:
    return [CustomerId(i) for i in page.workspace.customers.ids(page.query())]


@pytest.fixture
def preview(shell: Shell, ids: list[CustomerId], qtbot: QtBot) -> Iterator[PrintPreview]:
    """The preview of ten customers, its first page drawn."""
    made = PrintPreview(ids, shell)
    made.open()
    qtbot.waitUntil(lambda: made.view.picture(0) is not None, timeout=LONG)
    settle(shell, qtbot)
    yield made
    made.reject()


def pdf_printer(
    target: Path, size: tuple[float, float], *, first: int = 0, last: int = 0
) -> QPrinter:
    printer = printer_for(size)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(150)
    if first:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(first, last)
    return printer


def ink(page: pypdfium2.PdfPage, scale: float) -> set[tuple[int, int]]:
    """The coarse squares of a page that hold something dark."""
    bitmap = page.render(scale=scale)
    data, stride, channels = bytes(bitmap.buffer), bitmap.stride, bitmap.n_channels
    return {
        (y // 6, x // 6)
        for y in range(bitmap.height)
        for x in range(bitmap.width)
        if data[y * stride + x * channels] < 120
    }


def astray(some: set[tuple[int, int]], others: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Squares that are dark in one page while nothing near is dark in the other."""
    return {
        (y, x)
        for y, x in some
        if not any((y + dy, x + dx) in others for dy in (-1, 0, 1) for dx in (-1, 0, 1))
    }


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_ctrl_p_shows_the_selection(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    page.table.choose_row(0)
    name = page.model.row_data(0)
    assert name is not None
    shell.commands.print_files.trigger()
    found = shell.findChildren(PrintPreview)
    assert len(found) == 1
    qtbot.waitUntil(lambda: found[0].document is not None, timeout=LONG)
    document = found[0].document
    assert document is not None
    assert document.name == name.name
    assert document.pages.count == 1
    assert found[0].title.text() == name.name
    found[0].reject()


def test_pages_are_drawn_as_they_come_into_sight(
    preview: PrintPreview, shell: Shell, qtbot: QtBot
) -> None:
    assert preview.document is not None
    assert preview.document.pages.count == 10
    assert preview.foot.of.text() == "of 10"
    assert preview.view.picture(7) is None
    picture = preview.view.picture(0)
    assert picture is not None
    # Dot for dot on the screen, and something stands on it.
    ratio = preview.view.devicePixelRatioF()
    wide = preview.document.sizes[0][0]
    assert abs(picture.width() - wide * 96 / 72 * preview.view.zoom * ratio) <= 2
    dark = sum(
        picture.pixelColor(x, y).lightness() < 128
        for x in range(0, picture.width(), 3)
        for y in range(0, picture.height() // 2, 3)
    )
    assert dark > 20
    assert picture.pixelColor(3, 3) == QColor("white")
    preview.foot.number.setText("8")
    qtbot.keyClick(preview.foot.number, Qt.Key.Key_Return)
    assert preview.view.page == 7
    qtbot.waitUntil(lambda: preview.view.picture(7) is not None, timeout=LONG)


def test_keys(preview: PrintPreview, shell: Shell, qtbot: QtBot) -> None:
    view = preview.view
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 1
    assert preview.foot.number.text() == "2"
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == 9
    assert not preview.foot.after.isEnabled()
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page == 8
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 0
    assert not preview.foot.before.isEnabled()
    assert view.fits_width
    wide = view.zoom
    qtbot.keyClick(preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom > wide
    assert not preview.foot.fit.isChecked()
    qtbot.keyClick(preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom < wide
    qtbot.keyClick(preview, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == wide
    assert preview.foot.fit.isChecked()
    settle(shell, qtbot)


def test_what_is_saved_is_what_is_shown(
    preview: PrintPreview, shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    assert preview.document is not None
    target = tmp_path / "fichas.pdf"
    preview.save_to(target)
    qtbot.waitUntil(target.exists, timeout=LONG)
    settle(shell, qtbot)
    assert target.read_bytes() == preview.document.pdf.data
    assert "João da Conceição" in text_of(target)
    assert shell.toasts.current is not None


def test_a_folder_that_is_not_there(
    preview: PrintPreview, shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    preview.save_to(tmp_path / "nowhere" / "fichas.pdf")
    settle(shell, qtbot)
    assert shell.banner.isVisible()
    assert "cannot be written" in shell.banner.message.text()
    shell.banner.hide()


def test_what_is_printed_is_what_is_shown(
    preview: PrintPreview, shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    assert preview.document is not None
    target = tmp_path / "printed.pdf"
    preview.print_to(pdf_printer(target, preview.document.sizes[0], first=2, last=3))
    settle(shell, qtbot)
    printed = pypdfium2.PdfDocument(target)
    shown = pypdfium2.PdfDocument(preview.document.pdf.data)
    assert len(printed) == 2
    width, height = printed[0].get_size()
    # The paper is the document's, A4 or Letter.
    assert abs(width - preview.document.sizes[1][0]) < 2
    assert abs(height - preview.document.sizes[1][1]) < 2
    there, here = ink(printed[0], 2.0), ink(shown[1], 2.0)
    assert len(here) > 50
    assert not astray(there, here)
    assert not astray(here, there)
    printed.close()
    shown.close()


def test_the_printer_may_go_on_after_the_preview_is_closed(
    shell: Shell, ids: list[CustomerId], qtbot: QtBot, tmp_path: Path
) -> None:
    made = PrintPreview(ids, shell)
    made.open()
    qtbot.waitUntil(lambda: made.document is not None, timeout=LONG)
    target = tmp_path / "printed.pdf"
    assert made.document is not None
    made.print_to(pdf_printer(target, made.document.sizes[0]))
    made.reject()
    settle(shell, qtbot)
    printed = pypdfium2.PdfDocument(target)
    assert len(printed) == 10
    printed.close()


def test_the_print_dialog_knows_the_pages(
    preview: PrintPreview, shell: Shell, qtbot: QtBot
) -> None:
    qtbot.mouseClick(preview.print, Qt.MouseButton.LeftButton)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintDialog)]
    assert len(dialogs) == 1
    assert (dialogs[0].minPage(), dialogs[0].maxPage()) == (1, 10)
    with qtbot.waitSignal(dialogs[0].destroyed, timeout=LONG):
        dialogs[0].reject()


def test_ranges_copies_and_order() -> None:
    printer = printer_for(A4)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    assert chosen_pages(printer, 3) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert chosen_pages(printer, 3) == [1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, 3) == [2, 1]


def test_characters_without_a_font_are_named(
    shell: Shell, page: CustomersPage, ids: list[CustomerId], qtbot: QtBot
) -> None:
    page.workspace.customers.update(ids[0], "notes", "\U00013000 and \U000f1234")
    made = PrintPreview(ids[:1], shell)
    made.open()
    qtbot.waitUntil(lambda: made.document is not None, timeout=LONG)
    assert made.notice.isVisible()
    assert "these 2 characters" in made.notice.text.text()
    assert "U+13000" in made.notice.text.text()
    assert "U+F1234" in made.notice.text.text()
    made.reject()
    settle(shell, qtbot)


def test_closing_while_it_is_laid_out(shell: Shell, ids: list[CustomerId], qtbot: QtBot) -> None:
    made = PrintPreview(ids, shell)
    made.open()
    assert not made.print.isEnabled()
    with qtbot.waitSignal(made.destroyed, timeout=LONG):
        qtbot.keyClick(made, Qt.Key.Key_Escape)
    settle(shell, qtbot)


def test_nobody_to_print(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    made = PrintPreview([CustomerId(999)], shell)
    made.open()
    qtbot.waitUntil(lambda: "nobody" in made.phase.text(), timeout=LONG)
    made.reject()


def test_closing_the_archive_closes_the_preview(
    shell: Shell, ids: list[CustomerId], qtbot: QtBot
) -> None:
    made = PrintPreview(ids, shell)
    made.open()
    qtbot.waitUntil(lambda: made.document is not None, timeout=LONG)
    with qtbot.waitSignal(made.destroyed, timeout=LONG):
        shell.archives.close_to_welcome()
    settle(shell, qtbot)
