"""Ctrl+K: customers, pages, commands, by the keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, type_text

from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.palette import Palette
from crm_desktop.ui.shell import Shell


def opened(shell: Shell) -> Palette:
    shell.commands.palette.trigger()
    palette = shell.findChildren(Palette)[-1]
    assert palette.isVisible()
    return palette


def test_a_customer_is_found_and_shown(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    shell.show_page("history")
    palette = opened(shell)
    type_text(palette.field, "秀英")
    qtbot.waitUntil(lambda: palette.choices()[0] == "王秀英", timeout=TIMEOUT)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert shell.current_page() is page
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.name == "王秀英",
        timeout=TIMEOUT,
    )


def test_pages_and_commands_are_found_too(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    palette = opened(shell)
    qtbot.keyClicks(palette.field, "sett")
    qtbot.waitUntil(lambda: palette.choices()[0] == "Settings", timeout=TIMEOUT)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shell.current_key() == "settings"


def test_arrows_move_and_esc_leaves(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    palette = opened(shell)
    assert palette.list.currentRow() == 0
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == palette.list.count() - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_nothing_found_says_so(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    palette = opened(shell)
    qtbot.keyClicks(palette.field, "qqqzzz")
    qtbot.waitUntil(lambda: palette.choices() == ["Nothing found"], timeout=TIMEOUT)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
