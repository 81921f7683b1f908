"""Lines that are begun for a customer and not handed over: they wait for him."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, bring, settle, type_text

from crm_desktop.domain.customers import CustomerDraft, CustomerId
from crm_desktop.ui.dialogs.give_up import GiveUp
from crm_desktop.ui.pages.customer_panel import CustomerPanel
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.trash import TrashPage
from crm_desktop.ui.shell import Shell

ANNA, BRUNO = "Anna of the drafts", "Bruno of the drafts"
Pair = tuple[CustomerId, CustomerId]
State = tuple[str, ...]


@pytest.fixture
def pair(page: CustomersPage, qtbot: QtBot) -> Pair:
    """Two customers; the first is shown."""
    customers = page.workspace.customers
    anna, bruno = (customers.create(CustomerDraft(name)) for name in (ANNA, BRUNO))
    page._shell.show_customer(anna)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == anna,
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
    return anna, bruno


class Line(NamedTuple):
    """A line of the panel: how it is typed, what stands in it, and where its Enter is pressed."""

    begin: Callable[[CustomerPanel, QtBot, str], None]
    state: Callable[[CustomerPanel], State]
    field: Callable[[CustomerPanel], QLineEdit]


def _press(made: QPushButton, qtbot: QtBot) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def _choose(pill: QPushButton, word: str) -> None:
    menu = pill.menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == word).trigger()


def _shown(*fields: QWidget) -> State:
    """What stands in a line, all empty where it does not stand there."""
    if fields[0].isHidden() or not fields[0].isVisible():
        return ()
    return tuple(field.text() for field in fields if isinstance(field, (QLineEdit, QPushButton)))


def _begin_entry(panel: CustomerPanel, qtbot: QtBot, text: str) -> None:
    _press(panel.timeline.add, qtbot)
    composer = panel.timeline.composer
    chip = next(c for c in composer.findChildren(QPushButton) if c.text() == "Visit")
    _press(chip, qtbot)
    type_text(composer.field, text)
    type_text(composer.follow_up, "call back in 2 weeks")


def _entry(panel: CustomerPanel) -> State:
    composer = panel.timeline.composer
    chosen = [c for c in composer.findChildren(QPushButton) if c.isChecked()]
    return _shown(composer.field, composer.follow_up, *chosen)


def _begin_promise(panel: CustomerPanel, qtbot: QtBot, text: str) -> None:
    _press(panel.promises.add, qtbot)
    _choose(panel.promises.side, "They owe")
    type_text(panel.promises.text, text)
    type_text(panel.promises.due, "31/12/2030")


def _promise(panel: CustomerPanel) -> State:
    return _shown(panel.promises.text, panel.promises.due, panel.promises.side)


def _begin_case(panel: CustomerPanel, qtbot: QtBot, text: str) -> None:
    _press(panel.cases.add, qtbot)
    _choose(panel.cases.kind, "Complaint")
    type_text(panel.cases.subject, text)


def _case(panel: CustomerPanel) -> State:
    return _shown(panel.cases.subject, panel.cases.kind)


def _begin_task(panel: CustomerPanel, qtbot: QtBot, text: str) -> None:
    _press(panel.tasks.add, qtbot)
    type_text(panel.tasks.line, text)


def _task(panel: CustomerPanel) -> State:
    return _shown(panel.tasks.line)


def _begin_relation(panel: CustomerPanel, qtbot: QtBot, text: str) -> None:
    adder = panel.facts.relations.adder
    panel.facts.relations.ask()
    qtbot.waitUntil(lambda: not adder.isHidden(), timeout=TIMEOUT)
    adder.choose_kind("")
    type_text(adder.word, text)
    type_text(adder.reverse, "pupil of")
    type_text(adder.chooser.field, "Nobody of that name")


def _relation(panel: CustomerPanel) -> State:
    adder = panel.facts.relations.adder
    return (
        *_shown(adder.word, adder.reverse, adder.chooser.field),
        *([adder.kind.currentText()] if adder.isVisible() else []),
    )


def _begin_field(panel: CustomerPanel, qtbot: QtBot, text: str) -> None:
    panel.facts.adders.ask_field()
    field = panel.facts.adders.new_field
    qtbot.waitUntil(lambda: not field.isHidden(), timeout=TIMEOUT)
    type_text(field.name, text)


def _field(panel: CustomerPanel) -> State:
    return _shown(panel.facts.adders.new_field.name, panel.facts.adders.new_field.value)


ENTRY = Line(_begin_entry, _entry, lambda panel: panel.timeline.composer.field)
PROMISE = Line(_begin_promise, _promise, lambda panel: panel.promises.text)
CASE = Line(_begin_case, _case, lambda panel: panel.cases.subject)
TASK = Line(_begin_task, _task, lambda panel: panel.tasks.line)
RELATION = Line(_begin_relation, _relation, lambda panel: panel.facts.relations.adder.word)
FIELD = Line(_begin_field, _field, lambda panel: panel.facts.adders.new_field.name)
SAVED = pytest.mark.parametrize(
    "line", [ENTRY, PROMISE, CASE, TASK], ids=["entry", "promise", "case", "task"]
)
ALL = pytest.mark.parametrize(
    "line",
    [ENTRY, PROMISE, CASE, TASK, RELATION, FIELD],
    ids=["entry", "promise", "case", "task", "relation", "field"],
)


@ALL
def test_what_was_begun_waits_for_its_customer(
    page: CustomersPage, pair: Pair, qtbot: QtBot, line: Line
) -> None:
    anna, bruno = pair
    clean = line.state(page.panel)
    line.begin(page.panel, qtbot, "for Anna")
    for_anna = line.state(page.panel)
    assert for_anna != clean
    bring(page, bruno, qtbot)
    assert line.state(page.panel) == clean
    line.begin(page.panel, qtbot, "for Bruno")
    for_bruno = line.state(page.panel)
    assert for_bruno != for_anna
    bring(page, anna, qtbot)
    assert line.state(page.panel) == for_anna
    bring(page, bruno, qtbot)
    assert line.state(page.panel) == for_bruno


@ALL
def test_a_new_line_has_nothing_of_the_other_ones(
    page: CustomersPage, pair: Pair, qtbot: QtBot, line: Line
) -> None:
    anna, bruno = pair
    line.begin(page.panel, qtbot, "for Anna")
    bring(page, bruno, qtbot)
    _press(page.panel.promises.add, qtbot)
    _press(page.panel.cases.add, qtbot)
    assert _promise(page.panel) == ("", "", "We owe")
    assert _case(page.panel) == ("", "Request")
    bring(page, anna, qtbot)
    assert "for Anna" in line.state(page.panel)


@ALL
def test_esc_forgets(page: CustomersPage, pair: Pair, qtbot: QtBot, line: Line) -> None:
    anna, bruno = pair
    clean = line.state(page.panel)
    line.begin(page.panel, qtbot, "for Anna")
    field = line.field(page.panel)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.session.drafts.begun() == {}
    bring(page, bruno, qtbot)
    bring(page, anna, qtbot)
    assert line.state(page.panel) == clean


@SAVED
@pytest.mark.parametrize("answered", [True, False])
def test_handed_over_is_forgotten(
    page: CustomersPage, pair: Pair, qtbot: QtBot, line: Line, answered: bool
) -> None:
    anna, bruno = pair
    line.begin(page.panel, qtbot, "for Anna")
    qtbot.keyClick(line.field(page.panel), Qt.Key.Key_Return)
    if answered:
        settle(page._shell, qtbot)
    bring(page, bruno, qtbot)
    line.begin(page.panel, qtbot, "for Bruno")
    for_bruno = line.state(page.panel)
    settle(page._shell, qtbot)
    assert line.state(page.panel) == for_bruno
    assert page.session.drafts.begun() == {bruno: BRUNO}
    bring(page, anna, qtbot)
    assert "for Anna" not in line.state(page.panel)


def test_what_is_typed_after_enter_stays(page: CustomersPage, pair: Pair, qtbot: QtBot) -> None:
    anna, _bruno = pair
    TASK.begin(page.panel, qtbot, "Call her")
    qtbot.keyClick(page.panel.tasks.line, Qt.Key.Key_Return)
    type_text(page.panel.tasks.line, " and Bruno")
    settle(page._shell, qtbot)
    assert [task.title for task in page.workspace.tasks.of(anna)] == ["Call her"]
    assert page.panel.tasks.line.text() == "Call her and Bruno"


def test_what_was_refused_waits_with_its_customer(
    page: CustomersPage, pair: Pair, qtbot: QtBot
) -> None:
    anna, bruno = pair
    panel, writer_may_go_on = page.panel, threading.Event()
    page.workspace.submit(writer_may_go_on.wait)
    _press(panel.promises.add, qtbot)
    type_text(panel.promises.text, "A voucher")
    type_text(panel.promises.due, "some day in spring")
    qtbot.keyClick(panel.promises.due, Qt.Key.Key_Return)
    panel.show_customer(bruno)
    qtbot.waitUntil(lambda: _promise(panel) == (), timeout=TIMEOUT)
    writer_may_go_on.set()
    # The answer comes when the other one is shown: not in his line, but by a message.
    qtbot.waitUntil(lambda: page._shell.toasts.current is not None, timeout=TIMEOUT)
    assert panel.promises._error.isHidden()
    bring(page, anna, qtbot)
    assert _promise(panel) == ("A voucher", "some day in spring", "We owe")


def test_erased_is_forgotten(page: CustomersPage, pair: Pair, qtbot: QtBot) -> None:
    anna, bruno = pair
    drafts = page.session.drafts
    TASK.begin(page.panel, qtbot, "for Anna")
    bring(page, bruno, qtbot)
    CASE.begin(page.panel, qtbot, "for Bruno")
    page.workspace.customers.delete([anna])
    settle(page._shell, qtbot)
    assert drafts.begun() == {bruno: BRUNO, anna: ANNA}  # he may come back from the trash
    page._shell.show_page("trash")
    trash = page._shell.page("trash")
    assert isinstance(trash, TrashPage)
    qtbot.waitUntil(lambda: trash.model.rowCount() == 1, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    trash.ask_to_empty()
    trash.erase()
    settle(page._shell, qtbot)
    assert drafts.begun() == {bruno: BRUNO}


def test_made_one_his_lines_go_along(page: CustomersPage, pair: Pair, qtbot: QtBot) -> None:
    anna, bruno = pair
    TASK.begin(page.panel, qtbot, "for Anna")
    CASE.begin(page.panel, qtbot, "Suitcase of Anna")
    bring(page, bruno, qtbot)
    CASE.begin(page.panel, qtbot, "Suitcase of Bruno")
    page.workspace.duplicates.merge(bruno, anna)
    settle(page._shell, qtbot)
    qtbot.waitUntil(lambda: _task(page.panel) == ("for Anna",), timeout=TIMEOUT)
    assert _case(page.panel) == ("Suitcase of Bruno", "Complaint")
    # The one in the way of which another stands comes once that one is handed over.
    assert page.session.drafts.begun() == {bruno: BRUNO, anna: ANNA}
    qtbot.keyClick(page.panel.cases.subject, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _case(page.panel)[:1] == ("Suitcase of Anna",), timeout=TIMEOUT)
    assert page.session.drafts.begun() == {bruno: BRUNO}


def test_another_language_keeps_them(
    page: CustomersPage, pair: Pair, shell: Shell, qtbot: QtBot
) -> None:
    anna, bruno = pair
    TASK.begin(page.panel, qtbot, "for Anna")
    shell.show_customer(bruno)
    qtbot.waitUntil(lambda: _task(page.panel) == (), timeout=TIMEOUT)
    CASE.begin(page.panel, qtbot, "for Bruno")
    settle(shell, qtbot)
    shell.choose_language("pt")
    qtbot.waitUntil(lambda: shell.page("customers") is not page, timeout=TIMEOUT)
    again = shell.page("customers")
    assert isinstance(again, CustomersPage)
    qtbot.waitUntil(
        lambda: again.panel.customer is not None and again.panel.customer.id == bruno,
        timeout=TIMEOUT,
    )
    assert again.panel.cases.subject.text() == "for Bruno"
    bring(again, anna, qtbot)
    assert _task(again.panel) == ("for Anna",)


# Leaving the archive.


def asked(shell: Shell, qtbot: QtBot) -> GiveUp:
    qtbot.waitUntil(lambda: shell.findChild(GiveUp) is not None, timeout=TIMEOUT)
    [sheet] = shell.findChildren(GiveUp)
    return sheet


def test_closing_asks(page: CustomersPage, pair: Pair, shell: Shell, qtbot: QtBot) -> None:
    anna, bruno = pair
    TASK.begin(page.panel, qtbot, "for Anna")
    bring(page, bruno, qtbot)
    PROMISE.begin(page.panel, qtbot, "for Bruno")
    shell.close()
    shell.close()  # once more: one question is enough
    sheet = asked(shell, qtbot)
    assert f"{BRUNO}, {ANNA}" in sheet.text.text()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shell.findChild(GiveUp) is None, timeout=TIMEOUT)
    assert shell.isVisible()
    assert _promise(page.panel)[0] == "for Bruno"
    shell.close()
    _press(asked(shell, qtbot).links[1], qtbot)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == anna,
        timeout=TIMEOUT,
    )
    assert _task(page.panel) == ("for Anna",)
    shell.close()
    _press(asked(shell, qtbot).leave, qtbot)
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=TIMEOUT)


@pytest.mark.parametrize("way", ["close", "another"])
def test_leaving_the_archive_asks(
    page: CustomersPage, pair: Pair, shell: Shell, qtbot: QtBot, way: str
) -> None:
    session = shell.session
    TASK.begin(page.panel, qtbot, "for Anna")
    path = page.workspace.path
    if way == "close":
        shell.commands.close_archive.trigger()
    else:
        shell.open_archive(path.with_name("other.crm"), create=True)
    sheet = asked(shell, qtbot)
    assert shell.session is session
    with qtbot.waitSignal(shell.archive_closed, timeout=TIMEOUT):
        _press(sheet.leave, qtbot)
    settle(shell, qtbot)
    assert (shell.session is None) == (way == "close")


def test_what_is_on_its_way_is_not_asked_about(
    page: CustomersPage, pair: Pair, shell: Shell, qtbot: QtBot
) -> None:
    TASK.begin(page.panel, qtbot, "for Anna")
    qtbot.keyClick(page.panel.tasks.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(shell.archive_closed, timeout=TIMEOUT):
        shell.close()
    assert shell.findChild(GiveUp) is None


def test_what_is_refused_on_the_way_out_is_asked_about(
    page: CustomersPage, pair: Pair, shell: Shell, qtbot: QtBot
) -> None:
    panel = page.panel
    _press(panel.promises.add, qtbot)
    type_text(panel.promises.text, "A voucher")
    type_text(panel.promises.due, "some day in spring")
    qtbot.keyClick(panel.promises.due, Qt.Key.Key_Return)
    shell.close()
    sheet = asked(shell, qtbot)
    assert ANNA in sheet.text.text()
    qtbot.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Return)  # Enter stays
    qtbot.waitUntil(lambda: shell.findChild(GiveUp) is None, timeout=TIMEOUT)
    assert shell.isVisible()
    assert _promise(panel)[:2] == ("A voucher", "some day in spring")
