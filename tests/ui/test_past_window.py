"""What was before, through the real window: values, earlier states, steps in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle

from crm_desktop.domain.customers import ContactKind, CustomerId, InteractionKind
from crm_desktop.ui.dialogs.earlier_states import EarlierStates
from crm_desktop.ui.dialogs.value_history import ValueHistorySheet
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.history import HistoryPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.widgets.facts import TextFact
from crm_desktop.ui.widgets.plain_table import PlainTable
from crm_desktop.ui.widgets.reach import PointFact


@pytest.fixture
def anna(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    return customer


def menu_of(widget: QWidget, qtbot: QtBot) -> QMenu:
    """Press the Menu key on a widget; the menu that opens."""
    widget.setFocus()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(2, 2), widget.mapToGlobal(QPoint(2, 2))
    )
    QApplication.sendEvent(widget, event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=TIMEOUT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def open_history(widget: QWidget, page: CustomersPage, qtbot: QtBot) -> ValueHistorySheet:
    menu = menu_of(widget, qtbot)
    action = next(a for a in menu.actions() if a.data() == "history")
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Qt.Key.Key_Return)

    def standing() -> list[ValueHistorySheet]:
        return [s for s in page.panel.findChildren(ValueHistorySheet) if s.isVisible()]

    qtbot.waitUntil(lambda: bool(standing()), timeout=TIMEOUT)
    return standing()[0]


def lines(table: PlainTable, column: int = 0) -> list[str]:
    return [table.item(line, column).text() for line in range(table.rowCount())]


def test_a_fact_tells_what_it_was_and_is_put_back_by_keys(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    customers = page.workspace.customers
    customers.update(anna, "birthday", "1980-02-01")
    customers.update(anna, "birthday", "1981-02-01")
    settle(page._shell, qtbot)
    fact = page.panel.facts.row("birthday")
    assert isinstance(fact, TextFact)
    sheet = open_history(fact.edit.edit, page, qtbot)
    assert [text[-4:] for text in lines(sheet.table)] == ["1981", "1980"]
    assert lines(sheet.table, 2) == ["Birthday of Anna Smith"] * 2
    assert sheet.table.currentRow() == 1
    qtbot.keyClick(sheet.table, Qt.Key.Key_Tab)
    assert sheet.put_back.hasFocus()
    qtbot.keyClick(sheet.put_back, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: customers.get(anna).birthday == "1980-02-01", timeout=TIMEOUT)
    settle(page._shell, qtbot)


def test_a_number_a_choice_and_the_notes_tell_too(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    customers = page.workspace.customers
    before = customers.get(anna).phones[0]
    customers.save_contact_point(
        anna, ContactKind.PHONE, "+44 20 7946 0000", contact_point_id=before.id
    )
    customers.update(anna, "stage", "former")
    customers.update(anna, "notes", "first")
    customers.update(anna, "notes", "second")
    settle(page._shell, qtbot)
    facts = page.panel.facts
    point = facts.row(f"phone:{before.id}")
    assert isinstance(point, PointFact)
    sheet = open_history(point.edit.edit, page, qtbot)
    assert lines(sheet.table) == ["+44 20 7946 0000", before.raw]
    qtbot.mouseClick(sheet.put_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: customers.get(anna).phones[0].raw == before.raw, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    sheet = open_history(facts.row("stage"), page, qtbot)
    assert lines(sheet.table)[0] == "Former"
    sheet.close()
    settle(page._shell, qtbot)
    sheet = open_history(page.panel.notes, page, qtbot)
    assert lines(sheet.table) == ["second", "first"]
    sheet.close()


def test_a_customer_is_made_what_he_was(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    customers, was = page.workspace.customers, page.workspace.customers.get(anna)
    customers.update(anna, "name", "Garbled")
    customers.set_tags(anna, ["wrong"])
    page.workspace.timeline.log(anna, InteractionKind.CALL, "Asked for Madeira")
    settle(page._shell, qtbot)
    qtbot.mouseClick(page.panel.states, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.panel.findChild(EarlierStates) is not None, timeout=TIMEOUT)
    sheet = page.panel.findChild(EarlierStates)
    assert isinstance(sheet, EarlierStates)
    assert sheet.list.count() == 3
    settle(page._shell, qtbot)
    sheet.list.setCurrentRow(0)
    settle(page._shell, qtbot)
    assert not sheet.restore.isEnabled()  # that is how he is
    qtbot.keyClicks(sheet.day, "soon")
    qtbot.keyClick(sheet.day, Qt.Key.Key_Return)
    assert sheet.error.isVisible()
    sheet.day.setText("1/1/2001")  # before she came: her first state
    qtbot.keyClick(sheet.day, Qt.Key.Key_Return)
    assert sheet.list.currentRow() == 2
    settle(page._shell, qtbot)
    qtbot.waitUntil(sheet.restore.isEnabled, timeout=TIMEOUT)
    qtbot.keyClick(sheet.restore, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: customers.get(anna).name == was.name, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    assert (customers.get(anna).tags, customers.get(anna).phones) == (was.tags, was.phones)
    assert "Asked for Madeira" in [entry.text for entry in customers.timeline(anna)]
    toast = page._shell.toasts.current
    assert toast is not None
    toast.button.click()
    qtbot.waitUntil(lambda: customers.get(anna).name == "Garbled", timeout=TIMEOUT)
    settle(page._shell, qtbot)


def take_back_button(history: HistoryPage, step: int) -> QPushButton:
    return next(b for b in history.findChildren(QPushButton) if b.property("step") == step)


@pytest.mark.parametrize("wish", ["all", "rest", "left"])
def test_a_step_says_what_stands_in_its_way(
    page: CustomersPage, anna: CustomerId, shell: Shell, qtbot: QtBot, wish: str
) -> None:
    customers, steps = page.workspace.customers, page.workspace.history
    was = customers.get(anna).stage
    customers.update(anna, "stage", "customer")
    first = steps.can_undo()
    customers.update(anna, "stage", "former")
    assert first is not None
    shell.show_page("history")
    history = shell.current_page()
    assert isinstance(history, HistoryPage)
    settle(shell, qtbot)
    qtbot.keyClick(take_back_button(history, first.id), Qt.Key.Key_Space)
    settle(shell, qtbot)
    asked = history.in_the_way
    assert asked is not None
    assert customers.get(anna).stage == "former"
    if wish == "all":
        qtbot.keyClick(asked.all, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: customers.get(anna).stage == was, timeout=TIMEOUT)
    elif wish == "rest":
        qtbot.mouseClick(asked.rest, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: steps.step(first.id).undone, timeout=TIMEOUT)  # type: ignore[union-attr]
        assert customers.get(anna).stage == "former"
    else:
        qtbot.keyClick(asked.all, Qt.Key.Key_Escape)
        assert history.in_the_way is None
        assert customers.get(anna).stage == "former"
    settle(shell, qtbot)
