"""Processes and rules through the window: an order's checklist, Today, Settings, the sheets."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QCheckBox, QDialog
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.payments import PaymentKind
from crm_desktop.domain.processes import DueFrom, EffectKind, NeedKind
from crm_desktop.domain.rules import Event
from crm_desktop.domain.today import Topic
from crm_desktop.services.pipelines import Template
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.process_step import StepDetails
from crm_desktop.ui.dialogs.processes import ProcessesDialog
from crm_desktop.ui.dialogs.rule_details import RuleDetails
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.order_steps import StepRow
from crm_desktop.ui.pages.orders import OrdersPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.today_words import Act, words_of

TODAY = date.today()


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    return page.workspace


@pytest.fixture
def ana(workspace: Workspace) -> CustomerId:
    return workspace.customers.create(CustomerDraft("Ana Lopes"))


@pytest.fixture
def trip(workspace: Workspace, ana: CustomerId) -> OrderId:
    """An open order of 500 € that begins in a hundred days."""
    workspace.settings.set_home_country("PT")
    made = workspace.orders.create("Azores in May", ana)
    workspace.orders.add_free_line(made, "Hotel", "100", quantity="5", tax_rate="0")
    workspace.orders.update(made, "starts_on", (TODAY + timedelta(days=100)).isoformat())
    workspace.orders.agree(made)
    return made


@pytest.fixture
def orders(shell: Shell, trip: OrderId, qtbot: QtBot) -> OrdersPage:
    shell.show_order(trip)
    found = shell.page("orders")
    assert isinstance(found, OrdersPage)
    qtbot.waitUntil(lambda: found.panel.number == trip, timeout=TIMEOUT)
    settle(shell, qtbot)
    return found


def dialog(shell: Shell, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    def there() -> list[QDialog]:
        return [one for one in shell.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: len(there()) == 1, timeout=TIMEOUT)
    return there()[0]


def rows(orders: OrdersPage) -> dict[str, StepRow]:
    """The steps that are shown, by their names."""
    shown = [row for row in orders.panel.steps.rows if not row.isHidden()]
    return {row.tick.text(): row for row in shown}


def choose_process(orders: OrdersPage, words: str, shell: Shell, qtbot: QtBot) -> None:
    steps = orders.panel.steps
    [action] = [one for one in steps._menu.actions() if one.text() == words]
    action.trigger()
    settle(shell, qtbot)


def test_an_order_runs_by_a_process_and_ticks_its_steps_itself(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    panel = orders.panel
    assert not panel.steps.hint.isHidden()
    choose_process(orders, "New: Outbound travel", shell, qtbot)
    qtbot.waitUntil(lambda: len(rows(orders)) == 8, timeout=TIMEOUT)
    assert panel.steps.hint.isHidden()
    assert panel.steps.progress.text() == "0 of 8 done"
    assert rows(orders)["Papers collected"].missing.text() == (
        "missing: who travels; Identity card (Ana Lopes); Asset certificate (Ana Lopes);"
        " Passport (Ana Lopes)"
    )
    workspace.payments.add_due(trip, PaymentKind.DEPOSIT, "100")
    workspace.payments.note(trip, PaymentKind.DEPOSIT, "100")
    qtbot.waitUntil(lambda: panel.steps.progress.text() == "1 of 8 done", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert "Deposit received" not in rows(orders)  # done ones are put away …
    qtbot.mouseClick(panel.steps.done, Qt.MouseButton.LeftButton)
    assert rows(orders)["Deposit received"].tick.isChecked()  # … and shown on demand

    booked = rows(orders)["Hotel and transport booked"]
    booked.tick.setFocus()
    qtbot.keyClick(booked.tick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel.steps.progress.text() == "2 of 8 done", timeout=TIMEOUT)
    settle(shell, qtbot)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: panel.steps.progress.text() == "1 of 8 done", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_steps_of_an_order_are_added_noted_and_taken_away(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    steps = orders.panel.steps
    type_text(steps.new, "订接机")
    qtbot.keyClick(steps.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "订接机" in rows(orders), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert steps.new.text() == ""
    type_text(steps.new, "订接机")
    qtbot.keyClick(steps.new, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: steps.error.isVisible(), timeout=TIMEOUT)
    assert steps.error.text() == "Another step is called so."
    settle(shell, qtbot)

    row = rows(orders)["订接机"]
    row.owner.start()
    type_text(row.owner.edit, "Eva")
    qtbot.keyClick(row.owner.edit, Qt.Key.Key_Return)
    settle(shell, qtbot)
    row._start_note()
    type_text(row.note.edit, "two cars")
    qtbot.keyClick(row.note.edit, Qt.Key.Key_Return)
    settle(shell, qtbot)
    [one] = workspace.order_steps.of(trip)
    assert (one.step.owner, one.step.note) == ("Eva", "two cars")
    row._remove()
    qtbot.waitUntil(lambda: not rows(orders), timeout=TIMEOUT)
    settle(shell, qtbot)


def test_today_leads_to_the_order_whose_step_is_next(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, qtbot: QtBot
) -> None:
    workspace.order_steps.run_by(trip, workspace.processes.begin(Template.OUTBOUND_TRAVEL))
    shell.show_page("today")
    today = shell.page("today")
    assert isinstance(today, TodayPage)
    settle(shell, qtbot)
    [section] = [s for s in workspace.today.pressing() if s.topic is Topic.STEPS]
    [line] = section.lines
    words = words_of(line, TODAY)
    assert words.title == "Deposit received"
    assert words.detail == f"Ana Lopes · Azores in May · O-{TODAY.year}-0001 · 0 of 8"
    today.does.act(Act.OPEN, line)
    qtbot.waitUntil(lambda: orders.isVisible() and orders.panel.number == trip, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_a_prepared_e_mail_waits_on_today(
    orders: OrdersPage, workspace: Workspace, shell: Shell, trip: OrderId, urls: list[str],
    qtbot: QtBot,
) -> None:  # fmt: skip
    workspace.payments.note(trip, PaymentKind.BALANCE, "500")
    shell.show_page("today")
    today = shell.page("today")
    assert isinstance(today, TodayPage)
    settle(shell, qtbot)
    sections = workspace.tasks.first_pages().heads
    [listed] = [one for page in sections.values() for one in page if one.task.letter]
    assert listed.task.title == "Write to Ana Lopes: Thank you: Azores in May"
    today.does._tasks.write_letter(listed.task)
    qtbot.waitUntil(lambda: len(urls) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    message = Path(QUrl(urls[0]).toLocalFile()).read_text("utf-8")
    assert "X-Unsent: 1" in message
    assert "Thank you: Azores in May" in message
    assert workspace.tasks.get(listed.task.id).done_at is not None
    shell.commands.undo.trigger()
    settle(shell, qtbot)
    assert workspace.tasks.get(listed.task.id).done_at is None


@pytest.fixture
def settings(shell: Shell, workspace: Workspace, qtbot: QtBot) -> SettingsPage:
    shell.show_page("settings")
    found = shell.page("settings")
    assert isinstance(found, SettingsPage)
    qtbot.waitUntil(lambda: bool(found.rules.lines), timeout=TIMEOUT)
    settle(shell, qtbot)
    return found


def test_rules_are_switched_and_written_in_settings(
    settings: SettingsPage, workspace: Workspace, shell: Shell, qtbot: QtBot
) -> None:
    said = [switch.accessibleName() for switch in settings.rules.switches]
    assert said[0].startswith("When an enquiry arrives, make the task “Call {customer}”")
    first: QCheckBox = settings.rules.switches[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not workspace.rules.all()[0].is_on, timeout=TIMEOUT)
    settle(shell, qtbot)

    qtbot.mouseClick(settings.rules.new, Qt.MouseButton.LeftButton)
    sheet = dialog(shell, RuleDetails, qtbot)
    assert isinstance(sheet, RuleDetails)
    sheet.happens.setCurrentIndex(sheet.happens.findData(Event.ORDER_CONFIRMED.value))
    sheet.happens.activated.emit(sheet.happens.currentIndex())
    qtbot.keyClick(sheet.effect.what, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.error.isVisible(), timeout=TIMEOUT)
    assert sheet.error.text() == "Say what is to be done."
    settle(shell, qtbot)
    type_text(sheet.effect.what, "Order the cake for {customer}")
    assert sheet.sentence.text() == (
        "When an order is confirmed, make the task “Order the cake for {customer}”"
        " within 1 working day."
    )
    qtbot.keyClick(sheet.effect.what, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(workspace.rules.all()) == 6, timeout=TIMEOUT)
    qtbot.waitUntil(lambda: len(settings.rules.switches) == 6, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert workspace.rules.all()[-1].action is EffectKind.TASK


def test_a_process_is_written_step_by_step(
    settings: SettingsPage, workspace: Workspace, shell: Shell, qtbot: QtBot
) -> None:
    qtbot.mouseClick(settings.rules.processes, Qt.MouseButton.LeftButton)
    sheet = dialog(shell, ProcessesDialog, qtbot)
    assert isinstance(sheet, ProcessesDialog)
    settle(shell, qtbot)
    [template] = [a for a in sheet._menu.actions() if a.text() == "New: with a name of its own"]
    template.trigger()
    settle(shell, qtbot)
    sheet.name.edit.selectAll()
    type_text(sheet.name.edit, "Guided walk")
    qtbot.keyClick(sheet.name.edit, Qt.Key.Key_Return)
    settle(shell, qtbot)
    for name in ("Find the guide", "Print the map"):
        type_text(sheet.new, name)
        qtbot.keyClick(sheet.new, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: sheet.new.text() == "", timeout=TIMEOUT)
        settle(shell, qtbot)
    [whole] = workspace.processes.all()
    assert [one.name for one in whole.steps] == ["Find the guide", "Print the map"]
    sheet.rows[1]._shift(-1)
    settle(shell, qtbot)
    sheet.rows[0]._open()
    details = dialog(shell, StepDetails, qtbot)
    assert isinstance(details, StepDetails)
    details.due_from.setCurrentIndex(details.due_from.findData(DueFrom.START.value))
    details.due_from.activated.emit(details.due_from.currentIndex())
    type_text(details.due_days, "3")
    details.before.choose("before")
    type_text(details.document, "Insurance")
    qtbot.keyClick(details.document, Qt.Key.Key_Return)
    details.more.click()
    type_text(details.effect.what, "Send the map to {customer}")
    details.yes.click()
    qtbot.waitUntil(lambda: not shell.findChildren(StepDetails), timeout=TIMEOUT)
    settle(shell, qtbot)
    [whole] = workspace.processes.all()
    step = whole.steps[0]
    assert whole.process.name == "Guided walk"
    assert (step.name, step.due_from, step.due_days) == ("Print the map", DueFrom.START, -3)
    assert [(one.kind, one.what) for one in step.needed] == [(NeedKind.DOCUMENT, "Insurance")]
    assert [one.what for one in step.brings_about] == ["Send the map to {customer}"]
    assert sheet.rows[0].due.text() == "3 days before it begins"
    sheet.done(0)
    settle(shell, qtbot)
