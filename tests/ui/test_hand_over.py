"""A hand-over through the real window, by keys alone and by the mouse alone, up to its list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.customers import CustomerDraft, PersonalFacts
from crm_desktop.ui.dialogs.hand_over import HandOverSheet
from crm_desktop.ui.dialogs.print_preview import PrintPreview
from crm_desktop.ui.palette import Palette
from crm_desktop.ui.shell import Shell


@pytest.fixture
def firm(started: Shell, qtbot: QtBot) -> Shell:
    """Two customers of Rui's, one of Inês's."""
    assert started.session is not None
    customers = started.session.workspace.customers
    for name, owner in (("Ana", "Rui"), ("Eva", "Rui"), ("Zoë", "Inês")):
        customers.create(CustomerDraft(name=name, facts=PersonalFacts(owner=owner)))
    settle(started, qtbot)
    return started


def owners(shell: Shell) -> list[str]:
    assert shell.session is not None
    customers = shell.session.workspace.customers
    return [
        customers.get(customers.search(name)[0].id).facts.owner for name in ("Ana", "Eva", "Zoë")
    ]


def opened(shell: Shell, qtbot: QtBot) -> HandOverSheet:
    found = shell.findChild(HandOverSheet)
    assert isinstance(found, HandOverSheet)
    settle(shell, qtbot)
    return found


def the_list(shell: Shell, qtbot: QtBot) -> PrintPreview:
    qtbot.waitUntil(lambda: shell.findChild(PrintPreview) is not None, timeout=TIMEOUT)
    preview = shell.findChild(PrintPreview)
    assert isinstance(preview, PrintPreview)
    qtbot.waitUntil(lambda: preview.document is not None, timeout=TIMEOUT)
    settle(shell, qtbot)
    return preview


def test_by_keys_from_the_palette_to_the_list(firm: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    firm.open_palette()
    palette = firm.findChild(Palette)
    assert isinstance(palette, Palette)
    QTest.keyClicks(palette.field, "hand over")
    settle(firm, qtbot)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    sheet = opened(firm, qtbot)
    assert not sheet.isModal()
    QTest.keyClicks(sheet.giver, "R")
    settle(firm, qtbot)
    assert sheet.what.text() == "2 customers"
    QTest.keyClicks(sheet.taker, "Rui")
    QTest.keyClick(sheet.taker, Qt.Key.Key_Return)
    settle(firm, qtbot)
    assert sheet.error.text() == "That is the same person."
    assert owners(firm) == ["Rui", "Rui", "Inês"]
    sheet.taker.selectAll()
    QTest.keyClicks(sheet.taker, "Hugo")
    QTest.keyClick(sheet.taker, Qt.Key.Key_Return)
    preview = the_list(firm, qtbot)
    assert owners(firm) == ["Hugo", "Hugo", "Inês"]
    assert preview.windowTitle() == "Hand-over Rui to Hugo"
    assert preview.document is not None
    assert preview.document.pages.count == 1
    preview.save_to(tmp_path / "list.pdf")
    settle(firm, qtbot)
    assert (tmp_path / "list.pdf").read_bytes() == preview.document.pdf.data
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    settle(firm, qtbot)
    firm.activateWindow()
    qtbot.waitUntil(firm.isActiveWindow, timeout=TIMEOUT)
    QTest.keyClick(firm, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(firm, qtbot)
    assert owners(firm) == ["Rui", "Rui", "Inês"]


def test_by_the_mouse_and_the_window_stays_in_use(firm: Shell, qtbot: QtBot) -> None:
    firm.commands.hand_over.trigger()
    sheet = opened(firm, qtbot)
    sheet.giver.setCurrentIndex(sheet.giver.findText("Inês"))
    settle(firm, qtbot)
    assert sheet.what.text() == "1 customer"
    firm.show_page("tasks")  # the window goes on
    settle(firm, qtbot)
    completer = sheet.taker.completer()
    assert completer is not None
    completer.setCompletionPrefix("ru")
    assert completer.currentCompletion() == "Rui"
    sheet.taker.setText("Rui")
    QTest.mouseClick(sheet.yes, Qt.MouseButton.LeftButton)
    the_list(firm, qtbot).close()
    settle(firm, qtbot)
    assert owners(firm) == ["Rui", "Rui", "Rui"]


def test_without_owners_it_says_what_to_do(started: Shell, qtbot: QtBot) -> None:
    started.commands.hand_over.trigger()
    sheet = opened(started, qtbot)
    assert "looks after" in sheet.what.text()
    assert not sheet.yes.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QApplication.processEvents()
