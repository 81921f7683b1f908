"""Lines begun outside a customer's file, or given up in it: they wait for him, or come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from day_kit import TODAY, Open, whole
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, bring, settle, type_text

from crm_desktop.domain.customers import CustomerDraft, CustomerId, InteractionKind
from crm_desktop.domain.tasks import Task
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.give_up import GiveUp
from crm_desktop.ui.lookup.window import LookupWindow
from crm_desktop.ui.models.today import TodayLine
from crm_desktop.ui.pages.customer_panel import CustomerPanel
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.new_customer import NewCustomerPanel
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.today_words import words_of

ANNA, BRUNO = "Anna of the lines", "Bruno of the lines"
Pair = tuple[CustomerId, CustomerId]


@pytest.fixture
def pair(page: CustomersPage) -> Pair:
    customers = page.workspace.customers
    anna, bruno = (customers.create(CustomerDraft(name)) for name in (ANNA, BRUNO))
    return anna, bruno


@pytest.fixture
def window(shell: Shell, pair: Pair, qtbot: QtBot) -> LookupWindow:
    del pair
    QGuiApplication.clipboard().clear()
    assert shell.front_desk is not None
    shell.front_desk.look_up()
    found = shell.front_desk.window()
    assert found is not None
    qtbot.waitUntil(lambda: found.isVisible() and found.field.hasFocus(), timeout=TIMEOUT)
    return found


def entry(panel: CustomerPanel) -> str:
    composer = panel.timeline.composer
    return "" if composer.isHidden() else composer.field.text()


def ring(window: LookupWindow, name: str, qtbot: QtBot, shell: Shell) -> None:
    """The next caller: by the window's own key, which begins anew."""
    window.look_up(name)
    settle(shell, qtbot)
    assert window.card.name.full_text() == name


def write(window: LookupWindow, text: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.log, Qt.MouseButton.LeftButton)
    type_text(window.composer.field, text)


def bring_back(shell: Shell, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    toast = shell.toasts.current
    assert toast is not None
    assert toast.button is not None
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)


# The lookup.


def test_another_caller_finds_an_empty_line(
    window: LookupWindow, page: CustomersPage, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    anna, bruno = pair
    ring(window, ANNA, qtbot, shell)
    write(window, "She wants", qtbot)
    type_text(window.composer.follow_up, "call back in 2 weeks")
    ring(window, BRUNO, qtbot, shell)
    assert window.composer.isHidden()
    write(window, "He is well", qtbot)
    qtbot.keyClick(window.composer.field, Qt.Key.Key_Return)
    settle(shell, qtbot)
    log = page.workspace.customers.timeline
    assert "He is well" in [event.text for event in log(bruno)]
    assert not any("wants" in event.text for event in log(anna))
    ring(window, ANNA, qtbot, shell)
    assert window.composer.field.text() == "She wants"
    assert window.composer.follow_up.text() == "call back in 2 weeks"
    assert page.session.drafts.begun() == {anna: ANNA}


@pytest.mark.parametrize("way", ["typed", "walked"])
def test_another_one_of_the_lookup(
    window: LookupWindow, pair: Pair, qtbot: QtBot, shell: Shell, way: str
) -> None:
    del pair
    window.look_up("of the lines")
    settle(shell, qtbot)
    first = window.card.name.full_text()
    write(window, "for the first", qtbot)
    if way == "typed":
        window.field.setText(BRUNO if first == ANNA else ANNA)
    else:
        qtbot.keyClick(window.field, Qt.Key.Key_Down)
    settle(shell, qtbot)
    assert window.card.name.full_text() != first
    assert window.composer.isHidden()
    window.field.setText(first)
    settle(shell, qtbot)
    assert window.composer.field.text() == "for the first"


def leave_by_x(window: LookupWindow, _qtbot: QtBot) -> None:
    window.close()


def leave_to_file(window: LookupWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.open, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("leave", [leave_by_x, leave_to_file])
def test_one_goes_on_in_the_file(
    window: LookupWindow,
    page: CustomersPage,
    pair: Pair,
    qtbot: QtBot,
    shell: Shell,
    leave: Callable[[LookupWindow, QtBot], None],
) -> None:
    anna, _bruno = pair
    ring(window, ANNA, qtbot, shell)
    write(window, "She wants", qtbot)
    leave(window, qtbot)
    assert not window.isVisible()
    bring(page, anna, qtbot)
    assert entry(page.panel) == "She wants"
    # And back: he calls again while his file is open.
    shell.front_desk.look_up(ANNA)  # type: ignore[union-attr]
    settle(shell, qtbot)
    assert window.composer.field.text() == "She wants"
    assert entry(page.panel) == ""


def test_both_places_are_kept(
    window: LookupWindow, page: CustomersPage, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    anna, _bruno = pair
    bring(page, anna, qtbot)
    ring(window, ANNA, qtbot, shell)
    write(window, "at the phone", qtbot)
    page.panel.timeline.start(InteractionKind.VISIT)
    type_text(page.panel.timeline.composer.field, "in the file")
    window.close()
    assert entry(page.panel) == "in the file at the phone"


def test_what_is_logged_waits_no_longer(
    window: LookupWindow, page: CustomersPage, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    anna, _bruno = pair
    ring(window, ANNA, qtbot, shell)
    write(window, "She wants", qtbot)
    qtbot.keyClick(window.composer.field, Qt.Key.Key_Return)
    window.close()  # before the archive has answered
    settle(shell, qtbot)
    assert page.session.drafts.begun() == {}
    bring(page, anna, qtbot)
    assert entry(page.panel) == ""


def test_esc_in_the_lookup_can_be_undone(
    window: LookupWindow, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    del pair
    ring(window, ANNA, qtbot, shell)
    write(window, "She wants", qtbot)
    qtbot.keyClick(window.composer.field, Qt.Key.Key_Escape)
    assert window.composer.isHidden()
    qtbot.mouseClick(window.take_back, Qt.MouseButton.LeftButton)
    assert window.composer.field.text() == "She wants"
    assert window.take_back.isHidden()


def test_a_line_of_the_lookup_is_asked_about(
    window: LookupWindow, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    del pair
    ring(window, ANNA, qtbot, shell)
    write(window, "She wants", qtbot)
    shell.close()
    qtbot.waitUntil(lambda: shell.findChild(GiveUp) is not None, timeout=TIMEOUT)
    [sheet] = shell.findChildren(GiveUp)
    assert ANNA in sheet.text.text()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert shell.isVisible()


# Esc in the file.


def test_an_entry_given_up_comes_back(
    page: CustomersPage, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    anna, _bruno = pair
    bring(page, anna, qtbot)
    qtbot.mouseClick(page.panel.timeline.add, Qt.MouseButton.LeftButton)
    type_text(page.panel.timeline.composer.field, "A long story")
    qtbot.keyClick(page.panel.timeline.composer.field, Qt.Key.Key_Escape)
    assert entry(page.panel) == ""
    bring_back(shell, qtbot)
    assert entry(page.panel) == "A long story"


def test_it_comes_back_to_its_customer(
    page: CustomersPage, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    anna, bruno = pair
    bring(page, anna, qtbot)
    qtbot.mouseClick(page.panel.tasks.add, Qt.MouseButton.LeftButton)
    type_text(page.panel.tasks.line, "Call her")
    qtbot.keyClick(page.panel.tasks.line, Qt.Key.Key_Escape)
    bring(page, bruno, qtbot)
    bring_back(shell, qtbot)
    assert page.panel.tasks.line.text() == ""
    bring(page, anna, qtbot)
    assert page.panel.tasks.line.text() == "Call her"


def test_nothing_typed_nothing_said(
    page: CustomersPage, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    bring(page, pair[0], qtbot)
    qtbot.mouseClick(page.panel.timeline.add, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page.panel.timeline.composer.field, Qt.Key.Key_Escape)
    assert shell.toasts.current is None


# A new customer.


def newcomer(page: CustomersPage) -> NewCustomerPanel:
    [panel] = page.findChildren(NewCustomerPanel)
    return panel


def fields(panel: NewCustomerPanel) -> tuple[str, ...]:
    edits = (panel.name, panel.phone, panel.email, panel.organisation)
    return (panel.kind.key(), *(edit.text() for edit in edits))


def begin(page: CustomersPage, shell: Shell) -> tuple[str, ...]:
    shell.commands.new_customer.trigger()
    panel = newcomer(page)
    panel.kind.findChildren(QPushButton)[1].click()
    type_text(panel.name, "Moinho, Lda")
    type_text(panel.phone, "912 000 111")
    return fields(panel)


def test_a_new_customer_stays_while_others_are_looked_at(
    page: CustomersPage, pair: Pair, qtbot: QtBot, shell: Shell
) -> None:
    typed = begin(page, shell)
    assert typed == ("organisation", "Moinho, Lda", "912 000 111", "", "")
    bring(page, pair[0], qtbot)
    shell.show_page("tasks")
    shell.commands.new_customer.trigger()  # of tasks
    shell.show_page("customers")
    shell.commands.new_customer.trigger()
    assert fields(newcomer(page)) == typed
    qtbot.keyClick(newcomer(page).name, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.name == "Moinho, Lda",
        timeout=TIMEOUT,
    )
    assert page.session.drafts.begun() == {}
    shell.commands.new_customer.trigger()
    assert fields(newcomer(page)) == ("person", "", "", "", "")


def test_esc_gives_a_new_customer_up_and_back(
    page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    typed = begin(page, shell)
    qtbot.keyClick(newcomer(page), Qt.Key.Key_Escape)
    assert page.session.drafts.begun() == {}
    shell.show_page("tasks")
    bring_back(shell, qtbot)
    assert shell.current_page() is page
    assert page.side.currentWidget() is newcomer(page)
    assert fields(newcomer(page)) == typed


def test_a_caller_takes_the_fields_and_gives_them_back(
    page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    typed = begin(page, shell)
    shell.begin_customer(CustomerDraft("Who calls"))
    assert fields(newcomer(page)) == ("person", "Who calls", "", "", "")
    bring_back(shell, qtbot)
    assert fields(newcomer(page)) == typed


def test_another_language_keeps_a_new_customer(
    page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    typed = begin(page, shell)
    shell.choose_language("pt")
    qtbot.waitUntil(lambda: shell.page("customers") is not page, timeout=TIMEOUT)
    again = shell.page("customers")
    assert isinstance(again, CustomersPage)
    again.new()
    assert fields(newcomer(again)) == typed


def test_closing_asks_for_a_new_customer(page: CustomersPage, qtbot: QtBot, shell: Shell) -> None:
    typed = begin(page, shell)
    newcomer(page).name.clear()
    shell.show_page("tasks")
    shell.close()
    qtbot.waitUntil(lambda: shell.findChild(GiveUp) is not None, timeout=TIMEOUT)
    [sheet] = shell.findChildren(GiveUp)
    assert "a new customer" in sheet.text.text()
    qtbot.mouseClick(sheet.links[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shell.current_page() is page, timeout=TIMEOUT)
    assert fields(newcomer(page)) == (typed[0], "", *typed[2:])


# The line of Today.


def two_tasks(w: Workspace) -> None:
    for name in ("Ana Lopes", "Rui Melo"):
        who = w.customers.create(whole(name))
        w.tasks.create(Task(f"Write to {name}", who, due_on=TODAY - timedelta(days=1)))


def call(page: TodayPage, name: str, shell: Shell, qtbot: QtBot) -> None:
    title = f"Write to {name}"
    for row, one in enumerate(page.model.rows):
        if isinstance(one, TodayLine) and words_of(one, TODAY).title == title:
            page.list.setCurrentIndex(page.model.index(row, 0))
    QTest.keyClick(page.list, Qt.Key.Key_L)
    settle(shell, qtbot)
    assert name in page.call_bar.title.full_text()


def test_each_call_of_today_keeps_its_words(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    page = open_day(two_tasks)
    call(page, "Ana Lopes", shell, qtbot)
    type_text(page.call_bar.line, "Ana wants")
    call(page, "Rui Melo", shell, qtbot)
    assert page.call_bar.line.text() == ""
    type_text(page.call_bar.line, "Rui wants")
    assert sorted(page.session.drafts.begun().values()) == ["Ana Lopes", "Rui Melo"]
    call(page, "Ana Lopes", shell, qtbot)
    assert page.call_bar.line.text() == "Ana wants"
    QTest.keyClick(page.call_bar.line, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert list(page.session.drafts.begun().values()) == ["Rui Melo"]
    assert page.call_bar.isHidden()


def test_a_call_of_today_given_up_comes_back(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    page = open_day(two_tasks)
    call(page, "Ana Lopes", shell, qtbot)
    type_text(page.call_bar.line, "Ana wants")
    QTest.keyClick(page.call_bar.line, Qt.Key.Key_Escape)
    assert page.call_bar.isHidden()
    bring_back(shell, qtbot)
    assert page.call_bar.line.text() == "Ana wants"


def test_a_visit_that_was_begun_stays_a_visit(open_day: Open, shell: Shell, qtbot: QtBot) -> None:
    page = open_day(two_tasks)
    [ana] = page.workspace.customers.search("Ana Lopes")
    shell.show_customer(ana.id)
    customers = shell.page("customers")
    assert isinstance(customers, CustomersPage)
    qtbot.waitUntil(lambda: customers.panel.customer is not None, timeout=TIMEOUT)
    customers.panel.timeline.start(InteractionKind.VISIT)
    type_text(customers.panel.timeline.composer.field, "At the fair")
    shell.show_page("today")
    settle(shell, qtbot)
    call(page, "Ana Lopes", shell, qtbot)
    assert page.call_bar.line.text() == ""
    shell.show_customer(ana.id)
    assert entry(customers.panel) == "At the fair"
