"""A customer's tasks in his panel."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle

from crm_desktop.domain.customers import CustomerId
from crm_desktop.ui.dialogs.task_details import TaskDetails
from crm_desktop.ui.pages.customers import CustomersPage

NOW = datetime(2026, 11, 23, 10, 30)  # a Monday


@pytest.fixture
def anna(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    """Anna Smith is shown; she has no tasks yet."""
    page.workspace.tasks.clock = lambda: NOW
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    return customer


def _titles(page: CustomersPage) -> list[str]:
    return [row.task.title for row in page.panel.tasks.rows()]


def _shows(page: CustomersPage, qtbot: QtBot, *titles: str) -> None:
    qtbot.waitUntil(lambda: _titles(page) == list(titles), timeout=TIMEOUT)
    settle(page._shell, qtbot)


def _add(page: CustomersPage, qtbot: QtBot, customer: CustomerId, *lines: str) -> None:
    def act() -> None:
        for line in lines:
            page.workspace.tasks.add(line, customer_id=customer)

    page.workspace.submit(act).result()
    settle(page._shell, qtbot)


def test_a_task_is_added_in_a_line(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    section = page.panel.tasks
    assert section._card.isHidden()
    assert section.line.isHidden()
    qtbot.mouseClick(section.add, Qt.MouseButton.LeftButton)
    assert section.line.hasFocus()
    qtbot.keyClick(section.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.hint.text() == "Say what is to be done.", timeout=TIMEOUT)
    qtbot.keyClicks(section.line, "send the offer tomorrow 15h")
    hint = "send the offer → Tuesday, 24 November 2026, 15:00"
    qtbot.waitUntil(lambda: section.hint.text() == hint, timeout=TIMEOUT)
    qtbot.keyClick(section.line, Qt.Key.Key_Return)
    _shows(page, qtbot, "send the offer")
    assert section.line.isHidden()
    assert section._count.text() == "1"
    assert section.rows()[0].accessibleName() == "send the offer, Tomorrow, 15:00"
    page._shell.commands.undo.trigger()
    _shows(page, qtbot)
    assert section._card.isHidden()


def test_esc_takes_the_line_back(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    section = page.panel.tasks
    section.start()
    qtbot.keyClicks(section.line, "something")
    qtbot.keyClick(section.line, Qt.Key.Key_Escape)
    assert section.line.isHidden()
    assert page.panel.isVisible()
    settle(page._shell, qtbot)


def test_by_keys(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _add(page, qtbot, anna, "one today", "two today", "three")
    _shows(page, qtbot, "one", "two", "three")
    first, second, _third = page.panel.tasks.rows()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Space)
    _shows(page, qtbot, "two", "three")
    # The next one has the keyboard; Space was its tick, no click.
    assert second.hasFocus()
    assert page.panel.tasks.findChildren(TaskDetails) == []
    qtbot.keyClick(second, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: second.task.due_on == date(2026, 11, 30), timeout=TIMEOUT)
    settle(page._shell, qtbot)
    qtbot.keyClick(second, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: second.task.due_on == date(2026, 12, 1), timeout=TIMEOUT)
    settle(page._shell, qtbot)
    qtbot.keyClick(second, Qt.Key.Key_Down)
    qtbot.keyClick(page.panel.tasks.rows()[1], Qt.Key.Key_Delete)
    _shows(page, qtbot, "two")
    assert page.workspace.customers.get(anna).deleted_at is None
    qtbot.keyClick(second, Qt.Key.Key_Return)
    section = page.panel.tasks
    qtbot.waitUntil(lambda: bool(section.findChildren(TaskDetails)), timeout=TIMEOUT)
    [window] = section.findChildren(TaskDetails)
    assert window.customer.text() == "Anna Smith"
    qtbot.keyClicks(window.title, "renamed")
    qtbot.keyClick(window.title, Qt.Key.Key_Return)
    _shows(page, qtbot, "renamed")


def test_by_mouse(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _add(page, qtbot, anna, "one today", "two today")
    _shows(page, qtbot, "one", "two")
    first, second = page.panel.tasks.rows()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(first, left, pos=QPoint(16, first.height() // 2))
    _shows(page, qtbot, "two")
    qtbot.mouseClick(second, left, pos=QPoint(120, second.height() // 2))
    section = page.panel.tasks
    qtbot.waitUntil(lambda: bool(section.findChildren(TaskDetails)), timeout=TIMEOUT)
    section.findChildren(TaskDetails)[0].close()
    reason = QContextMenuEvent.Reason.Mouse
    place = QPoint(5, 5)
    QApplication.sendEvent(second, QContextMenuEvent(reason, place, second.mapToGlobal(place)))
    [menu] = section.findChildren(QMenu)
    words = [a.text().partition("\t")[0] for a in menu.actions() if a.text()]
    assert "Open the customer’s file" not in words
    menu.actions()[1].trigger()
    menu.close()
    _shows(page, qtbot)
    assert [e.text for e in page.panel.timeline.events()] == ["two", "one", ""]


def test_another_customer_has_others(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _add(page, qtbot, anna, "one today")
    _shows(page, qtbot, "one")
    page.panel.tasks.start()
    choose(page, "Zoë Müller", qtbot)
    _shows(page, qtbot)
    assert page.panel.tasks.line.isHidden()
    choose(page, "Anna Smith", qtbot)
    _shows(page, qtbot, "one")
