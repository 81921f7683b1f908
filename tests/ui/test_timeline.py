"""The timeline in the panel: logged in two keys, filtered, searched, changed in place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, row_of, settle, type_text

from crm_desktop.domain.customers import CustomerId, InteractionKind
from crm_desktop.ui.pages.customer_timeline import CustomerTimeline
from crm_desktop.ui.pages.customers import CustomersPage

NOW = datetime(2026, 11, 23, 10, 30)
PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def anna(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    """Anna Smith is shown; it is a Monday morning."""
    page.workspace.tasks.clock = lambda: NOW
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    return customer


def _log(page: CustomersPage, qtbot: QtBot, customer: CustomerId, *entries: str) -> None:
    """Write entries, each a kind and its words: `call: wants a quote`."""

    def act() -> None:
        for entry in entries:
            kind, _colon, text = entry.partition(": ")
            page.workspace.timeline.log(customer, InteractionKind(kind), text)

    page.workspace.submit(act).result()
    settle(page._shell, qtbot)


def _said(timeline: CustomerTimeline) -> list[str]:
    return [f"{e.kind}: {e.text}" if e.text else str(e.kind) for e in timeline.events()]


def _shows(page: CustomersPage, qtbot: QtBot, *entries: str) -> None:
    timeline = page.panel.timeline
    qtbot.waitUntil(lambda: _said(timeline) == list(entries), timeout=TIMEOUT)
    settle(page._shell, qtbot)


def _chip(timeline: CustomerTimeline, name: str) -> QPushButton:
    chips = timeline.filter.findChildren(QPushButton)
    return next(chip for chip in chips if chip.accessibleName() == name)


def test_a_call_takes_two_keys_and_a_line(page: CustomersPage, qtbot: QtBot) -> None:
    page.workspace.tasks.clock = lambda: NOW
    page.table.choose_row(row_of(page, "Anna Smith"))
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.table, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: page._panel is not None, timeout=TIMEOUT)
    timeline = page.panel.timeline
    qtbot.waitUntil(timeline.composer.field.hasFocus, timeout=TIMEOUT)
    qtbot.keyClicks(timeline.composer.field, "wants a quote -> call back in 2 weeks")
    qtbot.keyClick(timeline.composer.field, Qt.Key.Key_Return)
    _shows(page, qtbot, "call: wants a quote", "created")
    assert not timeline.composer.isVisible()
    # The follow-up is a task of hers, which the panel shows.
    [row] = page.panel.tasks.rows()
    assert row.accessibleName() == "call back, 7 Dec"
    assert row.task.interaction_id == timeline.events()[0].interaction
    page._shell.commands.undo.trigger()
    _shows(page, qtbot, "created")
    assert page.panel.tasks.rows() == ()


def test_ctrl_l_logs_wherever_the_cursor_is(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    page.panel.notes.setFocus()
    qtbot.keyClick(page.panel.notes, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    composer = page.panel.timeline.composer
    assert composer.field.hasFocus()
    assert composer._kinds.key() == "call"
    type_text(composer.field, "想要报价")
    qtbot.keyClick(composer.field, Qt.Key.Key_Tab)
    assert composer.follow_up.hasFocus()
    type_text(composer.follow_up, "下周三")
    qtbot.keyClick(composer.follow_up, Qt.Key.Key_Return)
    _shows(page, qtbot, "call: 想要报价", "created")
    [row] = page.panel.tasks.rows()
    assert row.task.title == "Follow up: 想要报价"
    assert row.task.due_on == NOW.date() + timedelta(days=9)
    toast = page._shell.toasts.current
    assert toast is not None
    assert toast.accessibleName() == "Logged, with a task to follow up"


def test_what_the_follow_up_is_taken_for_is_said(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    page._shell.commands.log_call.trigger()
    composer = page.panel.timeline.composer
    qtbot.keyClicks(composer.follow_up, "call back in 2 weeks")
    hint = "call back → Monday, 7 December 2026"
    qtbot.waitUntil(lambda: composer.hint.text() == hint, timeout=TIMEOUT)
    settle(page._shell, qtbot)


def test_without_a_customer_it_says_so(page: CustomersPage, qtbot: QtBot) -> None:
    page.table.choose_none()
    page._shell.commands.log_call.trigger()
    toast = page._shell.toasts.current
    assert toast is not None
    assert toast.accessibleName() == "Choose a customer first."


def test_all_kinds_can_be_logged(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    for kind in ("call", "visit", "message", "email", "note"):
        page.panel.timeline.start(InteractionKind(kind))
        qtbot.keyClicks(page.panel.timeline.composer.field, kind)
        qtbot.keyClick(page.panel.timeline.composer.field, Qt.Key.Key_Return)
        qtbot.waitUntil(
            lambda kind=kind: _said(page.panel.timeline)[0] == f"{kind}: {kind}", timeout=TIMEOUT
        )
    settle(page._shell, qtbot)


def test_what_the_program_noted_stands_among_them(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    workspace = page.workspace

    def act() -> None:
        workspace.customers.update(anna, "stage", "former")
        workspace.documents.add(anna, b"hello", file_name="passport.txt")
        task, _step = workspace.tasks.add("write", customer_id=anna)
        workspace.tasks.tick([task])

    workspace.submit(act).result()
    _shows(page, qtbot, "task_done: write", "document: passport", "stage: former", "created")
    view = page.panel.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.accessibleName().startswith("Task done. Today")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleName().endswith("→ Former")
    # They are facts: nothing of them can be changed here.
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.editor() is None


def test_filters_and_search(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    timeline = page.panel.timeline
    assert timeline.filter.isHidden()
    _log(page, qtbot, anna, "call: Orçamento", "note: window seat", "email: offer", "visit: here",
         "call: again")  # fmt: skip
    whole = ("call: again", "visit: here", "email: offer", "note: window seat", "call: Orçamento",
             "created")  # fmt: skip
    _shows(page, qtbot, *whole)
    assert timeline.filter.isVisible()
    qtbot.mouseClick(_chip(timeline, "Call"), Qt.MouseButton.LeftButton)
    _shows(page, qtbot, "call: again", "call: Orçamento")
    qtbot.mouseClick(_chip(timeline, "What the program noted"), Qt.MouseButton.LeftButton)
    _shows(page, qtbot, "created")
    qtbot.mouseClick(_chip(timeline, "Message"), Qt.MouseButton.LeftButton)
    _shows(page, qtbot)
    assert timeline._nothing.isVisible()
    qtbot.mouseClick(_chip(timeline, "All"), Qt.MouseButton.LeftButton)
    _shows(page, qtbot, *whole)
    qtbot.mouseClick(timeline.search_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(timeline.search, "orcam")
    _shows(page, qtbot, "call: Orçamento")
    # What is written meanwhile does not take the filter away; another customer does.
    _log(page, qtbot, anna, "note: nothing to do with it")
    _shows(page, qtbot, "call: Orçamento")
    choose(page, "Zoë Müller", qtbot)
    _shows(page, qtbot, "created")
    assert timeline.search.isHidden()
    assert timeline.search.text() == ""


def test_pinned_entries_stand_on_top(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _log(page, qtbot, anna, "note: allergic to nuts", "call: hello")
    _shows(page, qtbot, "call: hello", "note: allergic to nuts", "created")
    view = page.panel.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_P)
    _shows(page, qtbot, "note: allergic to nuts", "call: hello", "created")
    # The cursor went with it, and it is told.
    assert view.accessibleName().startswith("Pinned. Note.")
    qtbot.keyClick(view, Qt.Key.Key_P)
    _shows(page, qtbot, "call: hello", "note: allergic to nuts", "created")


def test_an_entry_is_changed_in_place(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _log(page, qtbot, anna, "note: widow seat")
    _shows(page, qtbot, "note: widow seat", "created")
    view = page.panel.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    edit = view.editor()
    assert edit is not None
    assert edit.hasFocus()
    qtbot.keyClicks(edit, "something else")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert view.editor() is None
    assert view.hasFocus()
    settle(page._shell, qtbot)
    assert _said(page.panel.timeline)[0] == "note: widow seat"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    edit = view.editor()
    assert edit is not None
    qtbot.keyClicks(edit, "window seat")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    _shows(page, qtbot, "note: window seat", "created")
    # Leaving saves, too.
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=view.box_of(0).center())
    edit = view.editor()
    assert edit is not None
    qtbot.keyClicks(edit, "aisle seat")
    page.search.setFocus(Qt.FocusReason.TabFocusReason)
    _shows(page, qtbot, "note: aisle seat", "created")
    for before in ("window", "widow"):
        page._shell.commands.undo.trigger()
        _shows(page, qtbot, f"note: {before} seat", "created")


def test_the_menu_by_mouse(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    _log(page, qtbot, anna, "note: hello")
    _shows(page, qtbot, "note: hello", "created")
    view = page.panel.timeline.view
    sign = QPoint(view.width() - 12, view.box_of(0).top() + 10)
    qtbot.mouseMove(view, sign)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=sign)
    menu = next(m for m in page.panel.timeline.findChildren(QMenu) if not m.title())
    words = [a.text().partition("\t")[0] for a in menu.actions() if a.text()]
    assert words == ["Edit", "Kind", "Pin on top", "Delete"]
    kinds = menu.actions()[1].menu()
    assert isinstance(kinds, QMenu)
    assert [a.text() for a in kinds.actions() if a.isChecked()] == ["Note"]
    next(a for a in kinds.actions() if a.text() == "E-mail").trigger()
    menu.close()
    _shows(page, qtbot, "email: hello", "created")


def test_del_takes_the_entry_away_and_not_the_customer(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    _log(page, qtbot, anna, "note: hello")
    _shows(page, qtbot, "note: hello", "created")
    view = page.panel.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    _shows(page, qtbot, "created")
    assert page.workspace.customers.get(anna).deleted_at is None
    toast = page._shell.toasts.current
    assert toast is not None
    assert toast.button is not None
    toast.button.click()
    _shows(page, qtbot, "note: hello", "created")


def test_a_done_task_is_opened_again(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    tasks = page.workspace.tasks

    def act() -> None:
        number, _step = tasks.add("write", customer_id=anna)
        tasks.tick([number])

    page.workspace.submit(act).result()
    _shows(page, qtbot, "task_done: write", "created")
    view = page.panel.timeline.view
    sign = QPoint(view.width() - 12, view.box_of(0).top() + 10)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=sign)
    [menu] = page.panel.timeline.findChildren(QMenu)
    [action] = menu.actions()
    action.trigger()
    menu.close()
    _shows(page, qtbot, "created")
    assert [row.task.title for row in page.panel.tasks.rows()] == ["write"]


def test_a_long_one_is_read_as_it_is_scrolled(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    workspace, many = page.workspace, 400

    def act() -> None:
        for number in range(many):
            at = PAST + timedelta(hours=number)
            workspace.customers.log_interaction(
                anna, InteractionKind.NOTE, f"{number}\n" * (number % 4 + 1), at=at
            )

    choose(page, "Zoë Müller", qtbot)
    workspace.submit(act).result()
    choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    timeline, bar = page.panel.timeline, page.panel.area.verticalScrollBar()
    first = len(timeline.events())
    assert first < many / 2
    assert timeline.more

    def at_end() -> bool:
        bar.setValue(bar.maximum())
        return not timeline.more

    qtbot.waitUntil(at_end, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    said = [e.text.partition("\n")[0] for e in timeline.events()]
    assert said == ["", *(str(number) for number in reversed(range(many)))]
    view = timeline.view
    assert view.height() == view.box_of(many).bottom() + 1
    # A new entry comes on top, and what was read stays.
    _log(page, qtbot, anna, "call: hello")
    qtbot.waitUntil(lambda: _said(timeline)[0] == "call: hello", timeout=TIMEOUT)
    assert len(timeline.events()) > many
