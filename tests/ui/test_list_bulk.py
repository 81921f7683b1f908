"""Many customers chosen at once: one change to all of them, copied, exported, thrown away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, names, settle, type_text

from crm_desktop.domain.customers import CustomerId, CustomerListQuery, Stage
from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.ui.models.customers import PAGE
from crm_desktop.ui.pages.bulk_panel import BulkPanel
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell

LEFT = Qt.MouseButton.LeftButton


def choose_all(page: CustomersPage, qtbot: QtBot) -> BulkPanel:
    """Ctrl+A in the list."""
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: page.many.panel is not None and page.many.panel.isVisible(), timeout=TIMEOUT
    )
    settle(page._shell, qtbot)
    assert page.many.panel is not None
    return page.many.panel


def pick(panel: BulkPanel, key: str) -> None:
    panel.field.setCurrentIndex(panel.field.findData(key))


def owners(page: CustomersPage) -> set[str]:
    ids = [CustomerId(n) for n in page.workspace.customers.ids(CustomerListQuery())]
    return {customer.facts.owner for customer in page.workspace.customers.get_many(ids)}


def test_all_of_a_filter_are_chosen_not_only_those_on_the_screen(
    open_archive: Callable[[Path], CustomersPage],
    make_archive: Callable[[int], Path],
    qtbot: QtBot,
) -> None:
    count = 4 * PAGE
    page = open_archive(make_archive(count))
    page.bar.show_tree(Group((Condition("city", Op.IS, ("Porto",)),)))
    assert not page.model.whole
    page.many.choose_all()  # before the ids are here
    qtbot.waitUntil(lambda: page.table.count_selected() == count - 6, timeout=TIMEOUT)
    assert len(page.table.selected_ids()) == count - 6
    assert len(page.model._pages) <= 3, "no rows were read for it"


def test_an_owner_is_given_to_all_by_keyboard_and_taken_back(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    panel = choose_all(page, qtbot)
    assert panel.title.text() == "10 customers chosen"
    assert panel.apply.text() == "Change 10 customers"
    assert not panel.apply.isEnabled(), "nothing is chosen yet"
    assert panel.text.isHidden()
    assert panel.choice.isHidden()
    panel.field.setFocus()
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.field.currentText() == "Stage"
    assert not panel.apply.isEnabled(), "nor which stage"
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    assert panel.field.currentText() == "Looked after by"
    panel.text.setFocus()
    type_text(panel.text, "李娜")
    qtbot.keyClick(panel.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: owners(page) == {"李娜"}, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert page.table.count_selected() == 10, "the selection stays for the next change"
    steps = [step.name for step in page.workspace.history.steps()]
    assert steps[0] == "Change 10 customers"
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: owners(page) == {""}, timeout=TIMEOUT)
    qtbot.waitUntil(shell.commands.redo.isEnabled, timeout=TIMEOUT)
    shell.commands.redo.trigger()
    qtbot.waitUntil(lambda: owners(page) == {"李娜"}, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert page.table.count_selected() == 0
    assert page.side.isHidden()


def test_stage_and_tags_by_mouse(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    panel = choose_all(page, qtbot)
    pick(panel, "stage")
    panel.choice.setCurrentIndex(panel.choice.findData("former"))
    qtbot.mouseClick(panel.apply, LEFT)
    count = page.workspace.customers.count
    qtbot.waitUntil(lambda: count(CustomerListQuery(stage=Stage.FORMER)) == 10, timeout=TIMEOUT)
    settle(shell, qtbot)
    # Two of them were former ones before: nothing is noted of these.
    noted = [len(page.workspace.customers.stage_changes(CustomerId(n))) for n in range(1, 11)]
    assert sorted(noted) == [0, 0, *[1] * 8]
    pick(panel, "tag+")
    type_text(panel.text, "VIP, Natal")
    qtbot.mouseClick(panel.apply, LEFT)
    vip = CustomerListQuery(filter=Group((Condition("tag", Op.ANY_OF, ("VIP",)),)))
    qtbot.waitUntil(lambda: count(vip) == 10, timeout=TIMEOUT)
    settle(shell, qtbot)
    pick(panel, "tag-")
    type_text(panel.text, "VIP")
    qtbot.mouseClick(panel.apply, LEFT)
    qtbot.waitUntil(lambda: count(vip) == 0, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert page.workspace.customers.get(CustomerId(1)).tags == ("Natal",)


def test_what_makes_no_sense_is_said_and_what_is_so_already_too(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    panel = choose_all(page, qtbot)
    pick(panel, "source")
    qtbot.mouseClick(panel.apply, LEFT)
    qtbot.waitUntil(panel.error.isVisible, timeout=TIMEOUT)
    assert panel.error.text() == "Say what it shall be, or clear it."
    panel.clear.setCurrentIndex(1)
    assert panel.text.isHidden()
    before = len(page.workspace.history.steps())
    qtbot.mouseClick(panel.apply, LEFT)
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    assert shell.toasts.current is not None
    settle(shell, qtbot)
    assert len(page.workspace.history.steps()) == before


def test_one_is_left_and_his_file_comes_back(page: CustomersPage, qtbot: QtBot) -> None:
    choose_all(page, qtbot)
    page.table.choose_row(2)
    qtbot.waitUntil(
        lambda: page.side.currentWidget() is page.panel and page.panel.customer is not None,
        timeout=TIMEOUT,
    )


def test_the_chosen_are_copied_as_rows(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    panel = choose_all(page, qtbot)
    panel.copy_wanted.emit()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.text().count("\n") == 10, timeout=TIMEOUT)
    head, *lines = clipboard.text().split("\n")
    assert head.startswith("Customer\tStage")
    assert any(line.startswith("王秀英\tPotential") for line in lines)


def test_the_chosen_alone_are_exported(
    page: CustomersPage, shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    page.bar.show_tree(Group((Condition("city", Op.IS, ("Porto",)),)))
    qtbot.waitUntil(lambda: page.model.whole and page.model.rowCount() == 4, timeout=TIMEOUT)
    choose_all(page, qtbot)
    target = tmp_path / "out.csv"
    shell.archives.export(target, CustomerListQuery(), page.table.selected_ids())
    qtbot.waitUntil(lambda: target.exists(), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 5


def test_all_of_a_filter_go_to_the_trash(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    page.bar.show_tree(Group((Condition("city", Op.IS, ("Porto",)),)))
    qtbot.waitUntil(lambda: page.model.whole and page.model.rowCount() == 4, timeout=TIMEOUT)
    panel = choose_all(page, qtbot)
    panel.delete_wanted.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=TIMEOUT)
    page.clear_filters()
    qtbot.waitUntil(lambda: len(names(page)) == 6, timeout=TIMEOUT)
    settle(shell, qtbot)
