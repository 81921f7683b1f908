"""Documents in the customer's panel: added, dropped, looked at, renamed, replaced, taken away."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, drag_files, drop_files, settle

from crm_desktop.domain.customers import CustomerId
from crm_desktop.ui.dialogs.document_details import DocumentDetails
from crm_desktop.ui.dialogs.document_preview import DocumentPreview
from crm_desktop.ui.drops import DropCover
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.widgets.documents import DocumentRow


def png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def anna(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    """Anna Smith is shown; she has no documents yet."""
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    return customer


def _rows(page: CustomersPage) -> Sequence[DocumentRow]:
    return page.panel.documents.rows()


def _names(page: CustomersPage) -> list[str]:
    return [row.document.name for row in _rows(page)]


def _shows(page: CustomersPage, qtbot: QtBot, *names: str) -> None:
    qtbot.waitUntil(lambda: _names(page) == list(names), timeout=TIMEOUT)
    settle(page._shell, qtbot)


def _add(
    page: CustomersPage, qtbot: QtBot, customer: CustomerId, *files: tuple[str, bytes]
) -> None:
    for name, data in files:
        page.workspace.documents.add(customer, data, file_name=name)
    qtbot.waitUntil(lambda: len(_rows(page)) == len(files), timeout=TIMEOUT)
    settle(page._shell, qtbot)


def test_files_are_added_by_the_button_and_undone_by_the_toast(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, tmp_path: Path
) -> None:
    documents = page.panel.documents
    assert documents._card.isHidden()
    scan, note = tmp_path / "passport.png", tmp_path / "note.txt"
    scan.write_bytes(png())
    note.write_bytes(b"hello")
    qtbot.mouseClick(documents.add, Qt.MouseButton.LeftButton)
    dialog = documents.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(scan), str(note)])
    dialog.close()
    _shows(page, qtbot, "passport", "note")
    first, second = _rows(page)
    qtbot.waitUntil(lambda: first.thumb.picture is not None, timeout=TIMEOUT)
    picture = first.thumb.picture
    assert picture is not None
    assert picture.pixelColor(5, 5).name() == "#ff0000"
    assert second.thumb.picture is None
    assert first.accessibleName().startswith("passport, PNG")
    assert documents._count.text() == "2"
    toast = page._shell.toasts.current
    assert toast is not None
    page._shell.commands.undo.trigger()
    _shows(page, qtbot)
    page._shell.commands.redo.trigger()
    _shows(page, qtbot, "passport", "note")


def test_a_drop_means_what_its_place_says(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, tmp_path: Path
) -> None:
    shell, panel = page._shell, page.panel
    sheet = tmp_path / "offer.csv"
    sheet.write_text("Name,Phone\nRui,912345678\n", encoding="utf-8")
    cover = shell.findChild(DropCover)
    assert cover is not None
    assert drag_files(shell, sheet)
    assert [place.text for place in cover._places] == ["Drop to add to Anna Smith’s documents"]
    assert cover._aimed is None
    assert drag_files(panel, sheet)
    assert cover._aimed is panel.drops
    assert cover.isVisible()
    # Nothing inside the panel takes drops away from it.
    takers = [w for w in panel.findChildren(QWidget) if w.acceptDrops() and w.isVisible()]
    assert takers == []
    drop_files(panel, sheet)
    assert not cover.isVisible()
    _shows(page, qtbot, "offer")
    assert shell.current_key() == "customers"
    drop_files(shell, sheet)
    qtbot.waitUntil(lambda: shell.current_key() == "import", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert [d.name for d in page.workspace.documents.of(anna)] == ["offer"]


def test_what_cannot_be_added_is_said(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    drop_files(page.panel, tmp_path / "empty.pdf")
    settle(page._shell, qtbot)
    assert _names(page) == []
    assert page._shell.banner.isVisible() or page._shell.toasts.current is not None


def test_an_archive_dropped_on_the_panel_is_opened(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, tmp_path: Path, make_archive: object
) -> None:
    assert callable(make_archive)
    other = make_archive(3, "other.crm")
    with qtbot.waitSignal(page._shell.archive_opened, timeout=TIMEOUT):
        drop_files(page.panel, other)
    settle(page._shell, qtbot)
    session = page._shell.session
    assert session is not None
    assert session.workspace.path == other


def test_a_picture_opens_inside_by_keyboard(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    _add(page, qtbot, anna, ("scan.png", png()), ("two.png", png("blue")))
    first, second = _rows(page)
    page.panel.documents.add.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.panel.documents.add, Qt.Key.Key_Tab)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    preview = page.panel.documents.findChild(DocumentPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: preview.view.picture(0) is not None, timeout=TIMEOUT)
    shown = preview.view.picture(0)
    assert shown is not None
    assert shown.pixelColor(10, 10).name() == "#0000ff"
    assert not preview.foot.after.isEnabled()
    preview.reject()
    settle(page._shell, qtbot)


def test_a_pdf_opens_inside_page_by_page(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    data = page.workspace.files.pdf([anna, CustomerId(1)]).data
    _add(page, qtbot, anna, ("contract.pdf", data))
    qtbot.mouseClick(_rows(page)[0], Qt.MouseButton.LeftButton)
    preview = page.panel.documents.findChild(DocumentPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: preview.view.picture(1) is not None, timeout=TIMEOUT)
    assert preview.foot.of.text() == "of 2"
    assert preview.facts.text().endswith("2 pages")
    preview.reject()
    settle(page._shell, qtbot)


def test_a_damaged_one_says_so(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _add(page, qtbot, anna, ("scan.png", png()[:70]))
    qtbot.keyClick(_rows(page)[0], Qt.Key.Key_Return)
    preview = page.panel.documents.findChild(DocumentPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: "damaged" in preview.message.text(), timeout=TIMEOUT)
    preview.reject()
    settle(page._shell, qtbot)


def test_rename_in_place(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _add(page, qtbot, anna, ("scan.png", png()))
    [row] = _rows(page)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Qt.Key.Key_F2)
    assert row.edit.hasFocus()
    qtbot.keyClicks(row.edit, "Passport")
    qtbot.keyClick(row.edit, Qt.Key.Key_Escape)
    assert row.hasFocus()
    assert page.panel.isVisible()
    settle(page._shell, qtbot)
    assert _names(page) == ["scan"]
    qtbot.keyClick(row, Qt.Key.Key_F2)
    qtbot.keyClicks(row.edit, "Passport")
    qtbot.keyClick(row.edit, Qt.Key.Key_Return)
    _shows(page, qtbot, "Passport")
    assert row.name.full_text() == "Passport"
    assert row.hasFocus()
    # Enter was the name's, not the row's.
    assert page.panel.documents.findChild(DocumentPreview) is None


def test_del_takes_the_document_away_and_not_the_customer(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    _add(page, qtbot, anna, ("scan.png", png()), ("two.png", png("blue")))
    qtbot.keyClick(_rows(page)[0], Qt.Key.Key_Delete)
    _shows(page, qtbot, "two")
    assert page.workspace.customers.get(anna).deleted_at is None
    page._shell.commands.undo.trigger()
    _shows(page, qtbot, "scan", "two")


def _menu(page: CustomersPage, row: DocumentRow) -> QMenu:
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(row, QContextMenuEvent(reason, QPoint(5, 5), row.mapToGlobal(QPoint())))
    menu = page.panel.documents.findChild(QMenu)
    assert menu is not None
    return menu


def _act(menu: QMenu, word: str) -> None:
    [action] = [a for a in menu.actions() if a.text().partition("\t")[0] == word]
    action.trigger()
    menu.close()


def test_the_menu_has_everything(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, tmp_path: Path, urls: list[str]
) -> None:
    _add(page, qtbot, anna, ("scan.png", png()))
    [row] = _rows(page)
    menu = _menu(page, row)
    words = [a.text().partition("\t")[0] for a in menu.actions() if a.text()]
    assert words == [
        "Open",
        "Open with another program",
        "Save as…",
        "Rename",
        "Details…",
        "Replace…",
        "Remove",
    ]
    _act(menu, "Open with another program")
    qtbot.waitUntil(lambda: len(urls) == 1, timeout=TIMEOUT)
    copy = Path(QUrl(urls[0]).toLocalFile())
    assert copy.read_bytes() == png()
    assert copy.name == "scan.png"

    _act(_menu(page, row), "Save as…")
    dialog = page.panel.documents.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "out.png"))
    dialog.close()
    qtbot.waitUntil(lambda: (tmp_path / "out.png").exists(), timeout=TIMEOUT)
    settle(page._shell, qtbot)
    assert (tmp_path / "out.png").read_bytes() == png()

    new = tmp_path / "new.png"
    new.write_bytes(png("blue"))
    page.panel.documents.replace(row.document, new)
    qtbot.waitUntil(lambda: _rows(page)[0].document.versions == 2, timeout=TIMEOUT)
    qtbot.waitUntil(
        lambda: (
            (p := _rows(page)[0].thumb.picture) is not None
            and p.pixelColor(5, 5).name() == "#0000ff"
        ),
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)


def test_a_program_is_never_started(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, urls: list[str]
) -> None:
    _add(page, qtbot, anna, ("setup.exe", b"MZ\x90"))
    qtbot.keyClick(_rows(page)[0], Qt.Key.Key_Return)
    settle(page._shell, qtbot)
    assert urls == []
    assert page._shell.banner.isVisible() or page._shell.toasts.current is not None


def test_details_are_asked_and_checked(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _add(page, qtbot, anna, ("scan.png", png()))
    [row] = _rows(page)
    page.workspace.documents.replace(row.document.id, b"more", file_name="more.txt")
    qtbot.waitUntil(lambda: _rows(page)[0].document.versions == 2, timeout=TIMEOUT)
    page.panel.documents.ask_details(_rows(page)[0].document)

    def asked() -> DocumentDetails | None:
        return page.panel.documents.findChild(DocumentDetails)

    qtbot.waitUntil(lambda: asked() is not None, timeout=TIMEOUT)
    details = asked()
    assert details is not None
    assert len(details.links) == 1
    details.kind.setCurrentText("Passport")
    details.number.setText("X1")
    details.expires.setText("next year")
    details.save()
    qtbot.waitUntil(lambda: "no date" in details.error.text(), timeout=TIMEOUT)
    assert details.expires.hasFocus()
    details.expires.setText("2020-05-31")
    details.save()
    qtbot.waitUntil(lambda: _rows(page)[0].document.facts.number == "X1", timeout=TIMEOUT)
    settle(page._shell, qtbot)
    assert row.detail.full_text() == "Passport · X1 · until 31 May 2020"
    assert row.accessibleName().endswith("Expired")


def test_another_customer_has_others(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _add(page, qtbot, anna, ("scan.png", png()))
    choose(page, "Zoë Müller", qtbot)
    _shows(page, qtbot)
    choose(page, "Anna Smith", qtbot)
    _shows(page, qtbot, "scan")
    assert _rows(page)[0].thumb.picture is not None
