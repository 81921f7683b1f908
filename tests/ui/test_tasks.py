"""The tasks' page and the reminders, through the real window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.tasks import Priority, Task, TaskId, When
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.dialogs.put_off import PutOff
from crm_desktop.ui.dialogs.task_details import TaskDetails
from crm_desktop.ui.models.tasks import Head, More
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.tasks import TasksPage
from crm_desktop.ui.reminders import Reminders
from crm_desktop.ui.shell import Shell

NOW = datetime(2026, 11, 23, 10, 30)  # a Monday


@pytest.fixture
def tasks(page: CustomersPage, shell: Shell, qtbot: QtBot) -> TasksPage:
    """The tasks' page over an archive of ten customers; a Monday morning in Portugal."""
    workspace = page.workspace
    workspace.settings.set_home_country("PT")
    workspace.tasks.clock = lambda: NOW
    shell.show_page("tasks")
    shown = shell.page("tasks")
    assert isinstance(shown, TasksPage)
    settle(shell, qtbot)
    return shown


def _fill(shown: TasksPage, qtbot: QtBot, *lines: str, customer: int | None = None) -> None:
    owner = None if customer is None else CustomerId(customer)

    def act() -> None:
        for line in lines:
            shown.workspace.tasks.add(line, customer_id=owner)

    shown.workspace.submit(act).result()
    settle(shown.host, qtbot)  # type: ignore[arg-type]


def _titles(shown: TasksPage) -> list[str]:
    rows = shown.model.rows
    return [row.when.name if isinstance(row, (Head, More)) else row.task.title for row in rows]


def _lines(shown: TasksPage) -> list[str]:
    return [shown.model.text_of(row) for row in shown.model.rows]


def _shows(shown: TasksPage, qtbot: QtBot, *titles: str) -> None:
    qtbot.waitUntil(lambda: _titles(shown) == list(titles), timeout=TIMEOUT)
    settle(shown.host, qtbot)  # type: ignore[arg-type]


def _choose(shown: TasksPage, title: str) -> None:
    shown.list.choose(_titles(shown).index(title))
    shown.list.setFocus(Qt.FocusReason.TabFocusReason)


def _task(shown: TasksPage, title: str) -> Task:
    row = shown.model.rows[_titles(shown).index(title)]
    assert not isinstance(row, (Head, More))
    return row.task


def test_the_page_is_in_the_rail_with_its_keys(shell: Shell, tasks: TasksPage) -> None:
    [action] = [a for a in shell.commands.pages if a.data() == "tasks"]
    shell.show_page("customers")
    action.trigger()
    assert shell.current_key() == "tasks"
    assert action.shortcut().toString() == "Ctrl+3"


def test_without_tasks_it_says_what_to_do(tasks: TasksPage) -> None:
    assert tasks._body.currentWidget() is tasks._empty
    assert tasks.line.hasFocus()
    assert tasks.count.text() == ""


def test_a_line_is_understood_while_it_is_typed_and_taken_in(
    shell: Shell, tasks: TasksPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(tasks.line, "call Ana tomorrow 15h")
    hint = "call Ana → Tuesday, 24 November 2026, 15:00"
    qtbot.waitUntil(lambda: tasks.hint.text() == hint, timeout=TIMEOUT)
    assert tasks.line.accessibleDescription() == hint
    qtbot.keyClick(tasks.line, Qt.Key.Key_Return)
    _shows(tasks, qtbot, "WEEK", "call Ana")
    assert _lines(tasks) == ["This week, 1", "call Ana, Tomorrow, 15:00"]
    assert tasks.line.text() == ""
    assert tasks.count.text() == "1 open task"
    assert shell.toasts.current is not None
    toast = shell.toasts.current.button
    assert toast is not None
    toast.click()
    _shows(tasks, qtbot)
    assert tasks._body.currentWidget() is tasks._empty


@pytest.mark.parametrize(
    ("line", "title", "day"),
    [("明天下午3点给王总打电话", "给王总打电话", date(2026, 11, 24)),
     ("ligar à Ana sexta que vem", "ligar à Ana", date(2026, 11, 27))],
)  # fmt: skip
def test_lines_in_other_tongues(
    tasks: TasksPage, qtbot: QtBot, line: str, title: str, day: date
) -> None:
    type_text(tasks.line, line)
    tasks.add_button.click()
    _shows(tasks, qtbot, "WEEK", title)
    assert _task(tasks, title).due_on == day


def test_an_empty_line_adds_nothing(tasks: TasksPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(tasks.line, "   ")
    qtbot.keyClick(tasks.line, Qt.Key.Key_Return)
    settle(tasks.host, qtbot)  # type: ignore[arg-type]
    assert _titles(tasks) == []


def test_heads_have_counts(tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(
        tasks, qtbot, "ask 20/11/2026", "b 9:00 today", "c today", "d friday", "e in 2 weeks", "f"
    )
    _shows(
        tasks, qtbot, "OVERDUE", "ask", "b", "TODAY", "c", "WEEK", "d", "LATER", "e", "SOMEDAY", "f"
    )
    heads = [row for row in tasks.model.rows if isinstance(row, Head)]
    assert [head.number for head in heads] == [2, 1, 1, 1, 1]
    assert tasks.count.text() == "6 open tasks · 2 overdue"


def test_by_keys_alone(shell: Shell, tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(tasks, qtbot, "one today", "two today", "three today")
    _shows(tasks, qtbot, "TODAY", "one", "two", "three")
    _choose(tasks, "one")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Down)
    assert [c.task.title for c in tasks.list.chosen()] == ["two"]
    qtbot.keyClick(tasks.list, Qt.Key.Key_Space)
    _shows(tasks, qtbot, "TODAY", "one", "three")
    # The cursor stays where it was, on the next one.
    assert [c.task.title for c in tasks.list.chosen()] == ["three"]
    qtbot.keyClick(tasks.list, Qt.Key.Key_P)
    _shows(tasks, qtbot, "TODAY", "one", "WEEK", "three")
    assert _task(tasks, "three").due_on == date(2026, 11, 24)
    _choose(tasks, "three")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: _task(tasks, "three").due_on == date(2026, 11, 25), timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClick(tasks.list, Qt.Key.Key_W)
    _shows(tasks, qtbot, "TODAY", "one", "LATER", "three")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Delete)
    _shows(tasks, qtbot, "TODAY", "one")
    assert shell.toasts.current is not None
    assert shell.toasts.current.accessibleName() == "Deleted: three"
    shell.commands.undo.trigger()
    _shows(tasks, qtbot, "TODAY", "one", "LATER", "three")
    for _step in range(3):
        shell.commands.undo.trigger()
        settle(shell, qtbot)
    _shows(tasks, qtbot, "TODAY", "one", "three")
    qtbot.keyClick(tasks.list, Qt.Key.Key_N)
    assert tasks.line.hasFocus()
    qtbot.keyClick(tasks.line, Qt.Key.Key_Escape)
    assert tasks.list.hasFocus()


def test_up_and_down_go_past_the_heads(tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(tasks, qtbot, "one today", "two friday")
    _shows(tasks, qtbot, "TODAY", "one", "WEEK", "two")
    _choose(tasks, "one")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Down)
    assert [c.task.title for c in tasks.list.chosen()] == ["two"]
    qtbot.keyClick(tasks.list, Qt.Key.Key_Up)
    assert [c.task.title for c in tasks.list.chosen()] == ["one"]
    qtbot.keyClick(tasks.list, Qt.Key.Key_Up)
    assert [c.task.title for c in tasks.list.chosen()] == ["one"]


def test_several_chosen_are_ticked_in_one_step(
    shell: Shell, tasks: TasksPage, qtbot: QtBot
) -> None:
    _fill(tasks, qtbot, "one today", "two today", "three today")
    _shows(tasks, qtbot, "TODAY", "one", "two", "three")
    _choose(tasks, "one")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(tasks.list, Qt.Key.Key_Space)
    _shows(tasks, qtbot, "TODAY", "three")
    shell.commands.undo.trigger()
    _shows(tasks, qtbot, "TODAY", "one", "two", "three")


def _point(shown: TasksPage, title: str, x: int, y: int) -> QPoint:
    index = shown.model.index(_titles(shown).index(title), 0)
    return shown.list.visualRect(index).topLeft() + QPoint(x, y)


def test_by_mouse_alone(shell: Shell, tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(tasks, qtbot, "one today", "two today", customer=2)
    _shows(tasks, qtbot, "TODAY", "one", "two")
    left, view = Qt.MouseButton.LeftButton, tasks.list.viewport()
    # The circle ticks.
    qtbot.mouseClick(view, left, pos=_point(tasks, "one", 27, 27))
    _shows(tasks, qtbot, "TODAY", "two")
    # A click elsewhere chooses, two open.
    qtbot.mouseClick(view, left, pos=_point(tasks, "two", 500, 27))
    assert [c.task.title for c in tasks.list.chosen()] == ["two"]
    qtbot.mouseDClick(view, left, pos=_point(tasks, "two", 500, 27))
    qtbot.waitUntil(lambda: bool(tasks.findChildren(TaskDetails)), timeout=TIMEOUT)
    tasks.findChildren(TaskDetails)[0].close()
    # The customer's name opens his file.
    qtbot.mouseMove(view, _point(tasks, "two", 60, 38))
    qtbot.mouseClick(view, left, pos=_point(tasks, "two", 60, 38))
    customers = shell.current_page()
    assert isinstance(customers, CustomersPage)
    qtbot.waitUntil(
        lambda: customers.panel.customer is not None and customers.panel.customer.id == 2,
        timeout=TIMEOUT,
    )
    settle(shell, qtbot)


def test_the_menu_has_it_all(shell: Shell, tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(tasks, qtbot, "one today", customer=2)
    _shows(tasks, qtbot, "TODAY", "one")
    _choose(tasks, "one")
    tasks.list.menu_wanted.emit(QPoint(60, 60))
    [menu] = tasks.findChildren(QMenu)
    actions = {action.text().partition("\t")[0]: action for action in menu.actions()}
    assert list(filter(None, actions)) == [
        "Edit…",
        "Done",
        "Put off by a day",
        "Put off by a week",
        "Put off to a day…",
        "Open the customer’s file",
        "Delete",
    ]
    actions["Put off by a week"].trigger()
    menu.close()
    _shows(tasks, qtbot, "LATER", "one")


def _details(shown: TasksPage, qtbot: QtBot) -> TaskDetails:
    qtbot.waitUntil(lambda: bool(shown.findChildren(TaskDetails)), timeout=TIMEOUT)
    return shown.findChildren(TaskDetails)[0]


def test_all_of_a_task_is_changed_in_its_window(
    shell: Shell, tasks: TasksPage, qtbot: QtBot
) -> None:
    _fill(tasks, qtbot, "one")
    _shows(tasks, qtbot, "SOMEDAY", "one")
    _choose(tasks, "one")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Return)
    window = _details(tasks, qtbot)
    assert window.title.hasFocus()
    qtbot.keyClicks(window.title, "water the plants")
    window.due.edit.setFocus()
    type_text(window.due.edit, "下周三下午3点")
    hint = "Wednesday, 2 December 2026, 15:00"
    qtbot.waitUntil(lambda: window.due.hint.text() == hint, timeout=TIMEOUT)
    window.repeat.setCurrentIndex(window.repeat.findText("Every week"))
    window.priority.choose("1")
    window.owner.setCurrentText("Rita")
    window.notes.setPlainText("not too much")
    window.customer.setFocus()
    qtbot.keyClicks(window.customer, "Smith")
    popup = window.customer._completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible, timeout=TIMEOUT)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert window.customer.text() == "Anna Smith"
    qtbot.keyClick(window.title, Qt.Key.Key_Return)
    _shows(tasks, qtbot, "LATER", "water the plants")
    task = _task(tasks, "water the plants")
    assert (task.due_on, task.due_time) == (date(2026, 12, 2), time(15))
    assert (task.repeat, task.priority, task.owner) == ("FREQ=WEEKLY", Priority.HIGH, "Rita")
    assert task.notes == "not too much"
    assert _lines(tasks)[1] == (
        "water the plants, High priority, 2 Dec, 15:00, Anna Smith · Rita · Every week"
    )
    # Ticked, it comes again.
    _choose(tasks, "water the plants")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: _task(tasks, "water the plants").due_on == date(2026, 12, 9), timeout=TIMEOUT
    )
    settle(shell, qtbot)


def test_what_cannot_be_taken_is_said_at_its_field(tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(tasks, qtbot, "one")
    _shows(tasks, qtbot, "SOMEDAY", "one")
    _choose(tasks, "one")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Return)
    window = _details(tasks, qtbot)
    qtbot.keyClicks(window.due.edit, "31/02/2027")
    window.save()
    qtbot.waitUntil(lambda: window.error.isVisible(), timeout=TIMEOUT)
    assert "31/02/2027" in window.error.text()
    assert window.due.edit.hasFocus()
    window.due.edit.clear()
    window.title.clear()
    window.save()
    qtbot.waitUntil(lambda: window.title.hasFocus(), timeout=TIMEOUT)
    window.customer.setText("nobody at all")
    window.save()
    assert window.error.text() == "Choose a customer from the list."
    window.close()
    settle(tasks.host, qtbot)  # type: ignore[arg-type]
    assert _titles(tasks) == ["SOMEDAY", "one"]


def test_several_are_put_off_to_a_day(shell: Shell, tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(tasks, qtbot, "one today 15h", "two today")
    _shows(tasks, qtbot, "TODAY", "one", "two")
    _choose(tasks, "one")
    qtbot.keyClick(tasks.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(tasks.list, Qt.Key.Key_D)
    [window] = tasks.findChildren(PutOff)
    qtbot.waitUntil(window.due.edit.hasFocus, timeout=TIMEOUT)
    qtbot.keyClick(window.due.edit, Qt.Key.Key_Delete)
    for typed, refused in (("", "Say to which day."), ("whenever", "“whenever” is no day")):
        qtbot.keyClicks(window.due.edit, typed)
        qtbot.keyClick(window.due.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(
            lambda refused=refused: window.error.text().startswith(refused), timeout=TIMEOUT
        )
    qtbot.keyClicks(window.due.edit, "in 2 weeks")
    qtbot.keyClick(window.due.edit, Qt.Key.Key_Return)
    _shows(tasks, qtbot, "LATER", "one", "two")
    assert _task(tasks, "one").due_time == time(15)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: _titles(tasks)[0] == "TODAY", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_long_heads_are_read_by_pages(
    tasks: TasksPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_desktop.ui.pages.tasks._PAGE", 3)
    tasks._limit = 3
    _fill(tasks, qtbot, *(f"job {n} today" for n in range(8)))
    _shows(tasks, qtbot, "TODAY", "job 0", "job 1", "job 2", "TODAY")
    assert _lines(tasks)[-1] == "Show 5 more"
    tasks.list.setCurrentIndex(tasks.model.index(4, 0))
    qtbot.keyClick(tasks.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _lines(tasks)[-1] == "Show 2 more", timeout=TIMEOUT)
    assert [c.task.title for c in tasks.list.chosen()] == ["job 3"]
    last = tasks.list.visualRect(tasks.model.index(len(tasks.model.rows) - 1, 0)).center()
    qtbot.mouseClick(tasks.list.viewport(), Qt.MouseButton.LeftButton, pos=last)
    _shows(tasks, qtbot, "TODAY", *(f"job {n}" for n in range(8)))


def test_one_persons_tasks(tasks: TasksPage, qtbot: QtBot) -> None:
    assert tasks.owner.isHidden()

    def act() -> None:
        tasks.workspace.tasks.create(Task("hers", owner="Rita"))
        tasks.workspace.tasks.create(Task("his", owner="Paulo"))

    tasks.workspace.submit(act).result()
    _shows(tasks, qtbot, "SOMEDAY", "hers", "his")
    assert tasks.owner.isVisible()
    tasks.owner.setCurrentIndex(tasks.owner.findData("Rita"))
    tasks.owner.activated.emit(tasks.owner.currentIndex())
    _shows(tasks, qtbot, "SOMEDAY", "hers")
    # What is added now is hers too.
    qtbot.keyClicks(tasks.line, "another")
    qtbot.keyClick(tasks.line, Qt.Key.Key_Return)
    _shows(tasks, qtbot, "SOMEDAY", "hers", "another")
    assert _task(tasks, "another").owner == "Rita"


def test_it_survives_another_language(shell: Shell, tasks: TasksPage, qtbot: QtBot) -> None:
    _fill(tasks, qtbot, "one today")
    _shows(tasks, qtbot, "TODAY", "one")
    shell.choose_language("pt")
    qtbot.waitUntil(lambda: shell.page("tasks") is not tasks, timeout=TIMEOUT)
    shown = shell.page("tasks")
    assert isinstance(shown, TasksPage)
    shell.show_page("tasks")
    _shows(shown, qtbot, "TODAY", "one")
    assert _lines(shown)[0] == "Hoje, 1"
    shell.choose_language("en")
    settle(shell, qtbot)


# Reminders.


class _Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(page: CustomersPage, shell: Shell, qtbot: QtBot) -> _Clock:
    """The archive's clock, which the test turns."""
    made = _Clock(NOW)
    page.workspace.tasks.clock = made
    settle(shell, qtbot)
    return made


def _reminders(shell: Shell, told: list[tuple[str, str]] | None = None) -> Reminders:
    assert shell.session is not None
    if told is None:
        return Reminders(shell, shell.session)
    return Reminders(shell, shell.session, lambda title, text: told.append((title, text)))


def _new(workspace: Workspace, title: str, due: datetime) -> TaskId:
    task = Task(title, due_on=due.date(), due_time=due.time())
    return workspace.tasks.create(task)[0]


def test_a_task_that_falls_due_is_told_once(
    shell: Shell, page: CustomersPage, clock: _Clock, qtbot: QtBot
) -> None:
    told: list[tuple[str, str]] = []
    reminders = _reminders(shell, told)
    settle(shell, qtbot)
    # Nothing waits: it looks again in ten minutes.
    assert 599_000 < reminders.timer.remainingTime() <= 600_000
    _new(page.workspace, "call Ana", NOW + timedelta(minutes=2))
    qtbot.waitUntil(lambda: reminders.timer.remainingTime() <= 120_000, timeout=TIMEOUT)
    settle(shell, qtbot)
    clock.now = NOW + timedelta(minutes=1)
    reminders.look()
    settle(shell, qtbot)
    assert told == []
    assert 59_000 < reminders.timer.remainingTime() <= 60_000
    clock.now = NOW + timedelta(minutes=2)
    with qtbot.waitSignal(shell.session.time_went_on, timeout=TIMEOUT):  # type: ignore[union-attr]
        reminders.look()
    assert told == [("Due at 10:32", "call Ana")]
    reminders.look()
    settle(shell, qtbot)
    assert len(told) == 1


def test_the_timer_itself_looks(
    shell: Shell, page: CustomersPage, clock: _Clock, qtbot: QtBot
) -> None:
    told: list[tuple[str, str]] = []
    clock.now = NOW - timedelta(milliseconds=50)
    reminders = _reminders(shell, told)
    _new(page.workspace, "call Ana", NOW)
    clock.now = NOW
    qtbot.waitUntil(lambda: told == [("Due at 10:30", "call Ana")], timeout=TIMEOUT)
    assert reminders.timer.isSingleShot()


def test_what_fell_due_while_the_computer_slept(
    shell: Shell, page: CustomersPage, clock: _Clock, qtbot: QtBot
) -> None:
    told: list[tuple[str, str]] = []
    reminders = _reminders(shell, told)
    for minutes in (1, 5, 300):
        _new(page.workspace, f"job {minutes}", NOW + timedelta(minutes=minutes))
    done = _new(page.workspace, "done already", NOW + timedelta(minutes=3))
    page.workspace.tasks.tick([done])
    settle(shell, qtbot)
    clock.now = NOW + timedelta(hours=2)
    reminders.look()
    qtbot.waitUntil(lambda: told == [("2 tasks are due", "job 1 · job 5")], timeout=TIMEOUT)


def test_a_new_day_moves_tasks_on(
    shell: Shell, page: CustomersPage, clock: _Clock, qtbot: QtBot
) -> None:
    clock.now = datetime(2026, 11, 23, 23, 58)
    reminders = _reminders(shell, [])
    settle(shell, qtbot)
    assert reminders.timer.remainingTime() <= 120_000
    clock.now = datetime(2026, 11, 24)
    with qtbot.waitSignal(shell.session.time_went_on, timeout=TIMEOUT):  # type: ignore[union-attr]
        reminders.look()
    settle(shell, qtbot)


def test_without_a_tray_the_window_tells(
    shell: Shell, page: CustomersPage, clock: _Clock, qtbot: QtBot
) -> None:
    reminders = _reminders(shell)
    _new(page.workspace, "call Ana", NOW + timedelta(minutes=2))
    settle(shell, qtbot)
    clock.now = NOW + timedelta(minutes=2)
    reminders.look()
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    toast = shell.toasts.current
    assert toast is not None
    assert toast.accessibleName() == "Due at 10:32: call Ana"
    assert toast.button is not None
    toast.button.click()
    assert shell.current_key() == "tasks"
    settle(shell, qtbot)


def test_no_timer_is_left_with_the_archive_closed(
    shell: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    reminders = shell.reminders
    assert reminders is not None
    qtbot.waitUntil(reminders.timer.isActive, timeout=TIMEOUT)
    gone: list[bool] = []
    reminders.destroyed.connect(lambda: gone.append(True))
    shell.archives.close_to_welcome()
    qtbot.waitUntil(lambda: bool(gone), timeout=TIMEOUT)
    assert shell.reminders is None
    settle(shell, qtbot)


def test_heads_cover_every_when() -> None:
    from crm_desktop.ui import dues

    assert [dues.head_text(head) for head in When] == [
        "Overdue",
        "Today",
        "This week",
        "Later",
        "Someday",
    ]


def test_the_archive_of_another_day_opens_with_its_tasks(
    shell: Shell,
    open_archive: Callable[[Path], CustomersPage],
    make_archive: Callable[[int], Path],
    qtbot: QtBot,
) -> None:
    path = make_archive(1)
    with Workspace.open(path, data_dir=path.parent / "data") as workspace:
        workspace.tasks.add("call Ana")
        workspace.close(backup=False)
    open_archive(path)
    shell.show_page("tasks")
    shown = shell.page("tasks")
    assert isinstance(shown, TasksPage)
    _shows(shown, qtbot, "SOMEDAY", "call Ana")
