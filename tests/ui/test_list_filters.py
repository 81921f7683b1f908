"""Filters of the customers' list, columns, saved views: by the keyboard alone and by the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, names, settle, type_text

from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.domain.lists import ListColumn, SavedView
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.widgets.filter_panel import FilterPanel
from crm_desktop.ui.widgets.filter_rows import ConditionRow, GroupBox
from crm_desktop.ui.widgets.filter_values import Texts, Words

LEFT = Qt.MouseButton.LeftButton


def in_city(*cities: str) -> Group:
    return Group(tuple(Condition("city", Op.IS.value, (c,)) for c in cities), any_of=True)


def listed(page: CustomersPage, qtbot: QtBot, expected: list[str]) -> None:
    """Wait until the list has exactly these."""
    qtbot.waitUntil(
        lambda: page.model.whole and sorted(names(page)) == sorted(expected), timeout=TIMEOUT
    )


def panel_of(page: CustomersPage, qtbot: QtBot) -> FilterPanel:
    qtbot.waitUntil(
        lambda: page.bar.panel is not None and page.bar.panel.isVisible(), timeout=TIMEOUT
    )
    assert page.bar.panel is not None
    return page.bar.panel


def row_at(box: GroupBox | None, place: int) -> ConditionRow:
    assert box is not None
    row = box.rows[place]
    assert isinstance(row, ConditionRow)
    return row


def choose(box: QComboBox, key: str, qtbot: QtBot) -> None:
    """Go through a list's entries with the arrow keys."""
    wanted = box.findData(key)
    assert wanted >= 0
    while box.currentIndex() != wanted:
        down = wanted > box.currentIndex()
        qtbot.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


@pytest.fixture
def views(page: CustomersPage, shell: Shell, qtbot: QtBot) -> list[SavedView]:
    """Two saved views, one of them pinned, known to the window."""
    service = page.workspace.views
    columns = tuple(map(ListColumn, ("name", "city", "email")))
    service.save(SavedView("Porto", "star", in_city("Porto"), columns, "city", pinned=True))
    service.save(SavedView("Leeds", "globe", in_city("Leeds")))
    qtbot.waitUntil(lambda: len(shell.rail.view_buttons) == 2, timeout=TIMEOUT)
    assert shell.views is not None
    qtbot.waitUntil(lambda: len(shell.views.counts) == 2, timeout=TIMEOUT)
    return shell.views.views


def test_a_filter_is_built_with_the_keyboard_alone(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    qtbot.keyClick(
        page.table,
        Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    panel = panel_of(page, qtbot)
    assert panel.root is not None
    add = panel.root.add_condition
    assert shell.focusWidget() is add
    qtbot.keyClick(add, Qt.Key.Key_Space)
    row = row_at(panel.root, 0)
    assert shell.focusWidget() is row.field
    choose(row.field, "city", qtbot)
    qtbot.keyClick(row.field, Qt.Key.Key_Tab)
    assert shell.focusWidget() is row.op
    choose(row.op, Op.STARTS.value, qtbot)
    qtbot.keyClick(row.op, Qt.Key.Key_Tab)
    assert isinstance(row.value, Texts)
    assert shell.focusWidget() is row.value.fields[0]
    type_text(row.value.fields[0], "MÜN")
    listed(page, qtbot, ["Zoë Müller"])
    qtbot.keyClick(row.value.fields[0], Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert page.bar.sentence.full_text() == "City begins with “MÜN”"
    # Esc takes the filter away, from the list.
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)
    assert page.bar.said.isHidden()


def test_a_filter_is_built_with_the_mouse_alone(page: CustomersPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.bar.filter_button, LEFT)
    panel = panel_of(page, qtbot)
    assert panel.root is not None
    qtbot.mouseClick(panel.root.add_group, LEFT)
    inner = panel.root.rows[0]
    assert isinstance(inner, GroupBox)
    row = row_at(inner, 0)
    assert isinstance(row.value, Words)
    words = row.value
    qtbot.waitUntil(lambda: len(words._shown) == 4, timeout=TIMEOUT)
    qtbot.mouseClick(words.button, LEFT)
    menu = words.menu
    assert menu is not None
    for action in menu.actions()[:2]:
        qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    assert menu.isVisible(), "several are ticked without opening it again"
    menu.close()
    qtbot.waitUntil(lambda: page.count.text() == "6 found", timeout=TIMEOUT)
    qtbot.mouseClick(inner.add_condition, LEFT)
    assert len(inner.rows) == 2
    second = inner.rows[1]
    assert isinstance(second, ConditionRow)
    qtbot.mouseClick(second.remove, LEFT)
    assert len(inner.rows) == 1
    qtbot.mouseClick(panel.clear_button, LEFT)
    qtbot.waitUntil(lambda: page.count.text() == "10 in this archive", timeout=TIMEOUT)
    qtbot.mouseClick(panel.close_button, LEFT)
    assert panel.isHidden()


def test_one_click_filters_come_and_go(page: CustomersPage, qtbot: QtBot) -> None:
    page.bar.open_panel()
    panel = panel_of(page, qtbot)
    quiet, new = (chip for chip, _part in (panel.quick[0], panel.quick[4]))
    assert quiet.text() == "Quiet for 6 months"
    qtbot.mouseClick(quiet, LEFT)
    qtbot.waitUntil(lambda: page.count.text() == "10 found", timeout=TIMEOUT)
    assert quiet.isChecked()
    qtbot.mouseClick(new, LEFT)
    assert len(page.bar.tree.parts) == 2
    qtbot.mouseClick(quiet, LEFT)
    assert not quiet.isChecked()
    assert page.bar.tree == Group((Condition("created", Op.THIS.value, ("month",)),))


def test_search_stage_and_filter_count_together(page: CustomersPage, qtbot: QtBot) -> None:
    page.bar.show_tree(in_city("Porto", "Leeds"))
    listed(page, qtbot, ["Anna Smith", *(f"Customer {n:05d}" for n in (6, 7, 8, 9))])
    page.search.setText("customer")
    listed(page, qtbot, [f"Customer {n:05d}" for n in (6, 7, 8, 9)])
    qtbot.mouseClick(page.chips._group.button(3), LEFT)
    listed(page, qtbot, ["Customer 00006"])
    page.search.setText("nobody")
    qtbot.waitUntil(lambda: page.count.text() == "0 found", timeout=TIMEOUT)
    page.clear_filters()
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)


def test_what_is_not_known_stays_and_is_told(page: CustomersPage, qtbot: QtBot) -> None:
    odd = Condition("custom:77", "sounds_like", ("x",))
    page.bar.show_tree(Group((odd,)))
    qtbot.waitUntil(lambda: page.count.text() == "0 found", timeout=TIMEOUT)
    qtbot.waitUntil(
        lambda: "unknown: finds nobody" in page.bar.sentence.full_text(), timeout=TIMEOUT
    )
    page.bar.open_panel()
    panel = panel_of(page, qtbot)
    assert panel.tree() == Group((odd,))
    qtbot.mouseClick(row_at(panel.root, 0).remove, LEFT)
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)


def test_a_day_that_is_none_is_marked_and_not_asked(page: CustomersPage, qtbot: QtBot) -> None:
    page.bar.show_tree(Group((Condition("created", Op.AFTER.value, ("2020-01-31",)),)))
    page.bar.open_panel()
    panel = panel_of(page, qtbot)
    value = row_at(panel.root, 0).value
    assert isinstance(value, Texts)
    value.fields[0].clear()
    type_text(value.fields[0], "31/02/2020")
    assert value.values() == ("",)
    assert value.fields[0].property("error")
    assert panel.tree().is_empty
    value.fields[0].clear()
    type_text(value.fields[0], "2099-01-31")
    qtbot.waitUntil(lambda: page.count.text() == "0 found", timeout=TIMEOUT)
    assert not value.fields[0].property("error")


# Columns.


def test_columns_are_chosen_ordered_and_sorted_by_keyboard(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    shell.commands.columns.trigger()
    qtbot.waitUntil(lambda: page.order.dialog is not None, timeout=TIMEOUT)
    dialog = page.order.dialog
    assert dialog is not None
    items = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    assert items[:5] == ["Stage", "City", "Phone", "Last change", "E-mail"]
    dialog.list.setCurrentRow(4)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert page.model.columns == ["name", "stage", "city", "phone", "updated", "email"]
    for _time in range(4):
        dialog.move_up()
    assert page.model.columns == ["name", "email", "stage", "city", "phone", "updated"]
    qtbot.waitUntil(lambda: page.model.index(0, 1).data() == "anna@example.co.uk", timeout=TIMEOUT)
    choose(dialog.sort, "city", qtbot)
    choose(dialog.way, "-", qtbot)
    qtbot.waitUntil(lambda: names(page)[-1] == "Anna Smith", timeout=TIMEOUT)
    dialog.usual()
    assert page.model.columns == ["name", "stage", "city", "phone", "updated"]
    dialog.accept()


def test_columns_are_dragged_and_sized_with_the_mouse(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    head = page.table.horizontalHeader()
    head.moveSection(head.visualIndex(page.model.section("city")), 4)  # as a drag ends
    assert [c.key for c in page.table.columns()] == ["name", "stage", "phone", "updated", "city"]
    edge = head.sectionViewportPosition(1) + head.sectionSize(1) - 1
    qtbot.mousePress(head.viewport(), LEFT, pos=QPoint(edge, 12))
    qtbot.mouseMove(head.viewport(), QPoint(edge + 30, 12))
    qtbot.mouseRelease(head.viewport(), LEFT, pos=QPoint(edge + 30, 12))
    width = head.sectionSize(1)
    kept = shell.preferences.text("customers/columns")
    assert f'{{"key": "stage", "width": {width}}}' in kept
    assert kept.index("updated") < kept.index("city")


def test_many_columns_scroll_and_beside_a_file_they_yield(
    page: CustomersPage, qtbot: QtBot
) -> None:
    wanted = ("name", "stage", "city", "phone", "updated", "email", "owner", "tag", "source")
    page.table.set_columns(tuple(map(ListColumn, wanted)))
    settle(page._shell, qtbot)
    assert not any(page.table.isColumnHidden(n) for n in range(len(wanted)))
    assert page.table.horizontalScrollBar().maximum() > 0
    page.table.choose_row(0)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(8), timeout=TIMEOUT)
    assert not page.table.isColumnHidden(1)


# Saved views.


def test_a_view_is_saved_and_shown_by_keyboard(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    page.search.setText("customer")
    page.bar.show_tree(in_city("Porto"))
    page.table.switch_column("phone")
    shell.commands.save_view.trigger()
    dialog = page.views.dialog
    assert dialog is not None
    type_text(dialog.name, "Portuenses")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.title.full_text() == "Portuenses", timeout=TIMEOUT)
    # What was searched is a condition of the view.
    assert page.search.text() == ""
    listed(page, qtbot, [f"Customer {n:05d}" for n in (6, 7, 8, 9)])
    assert page.bar.sentence.full_text() == "Anything contains “customer” and City is “Porto”"
    page.clear_filters()
    assert page.title.full_text() == "Customers"
    (made,) = shell.rail.view_buttons.values()
    made.setFocus()
    qtbot.keyClick(made, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.title.full_text() == "Portuenses", timeout=TIMEOUT)
    assert page.model.section("phone") < 0


def test_a_name_that_stands_is_refused_at_the_field(
    page: CustomersPage, views: list[SavedView], qtbot: QtBot
) -> None:
    page.views.save_new()
    dialog = page.views.dialog
    assert dialog is not None
    type_text(dialog.name, "Leeds")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.error.isVisible, timeout=TIMEOUT)
    assert dialog.error.text() == "There is a view “Leeds” already."
    dialog.reject()


def test_views_count_and_follow_what_changes(
    page: CustomersPage, shell: Shell, views: list[SavedView], qtbot: QtBot
) -> None:
    assert shell.views is not None
    porto = views[0].id
    assert porto is not None
    assert shell.rail.view_buttons[porto].accessibleName() == "Porto 4"
    ids = page.workspace.customers.ids(page.query())
    page.workspace.customers.delete([n for n in ids.tolist() if n in (7, 8)])
    qtbot.waitUntil(
        lambda: shell.rail.view_buttons[porto].accessibleName() == "Porto 2", timeout=TIMEOUT
    )
    assert page.bar.pins[porto].text() == "Porto  2"


def test_a_view_has_columns_and_order_of_its_own(
    page: CustomersPage, shell: Shell, views: list[SavedView], qtbot: QtBot
) -> None:
    porto = views[0].id
    assert porto is not None
    qtbot.mouseClick(page.bar.pins[porto], LEFT)
    listed(page, qtbot, [f"Customer {n:05d}" for n in (6, 7, 8, 9)])
    assert page.model.columns == ["name", "city", "email"]
    assert page.keep_button.isHidden()
    page.table.switch_column("phone")
    assert page.keep_button.isVisible()
    qtbot.mouseClick(page.keep_button, LEFT)
    qtbot.waitUntil(lambda: page.keep_button.isHidden(), timeout=TIMEOUT)
    qtbot.mouseClick(page.bar.pins[porto], LEFT)  # once more: back to everybody
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=TIMEOUT)
    assert page.model.columns == ["name", "stage", "city", "phone", "updated"]
    shell.show_view(porto)
    assert page.model.columns == ["name", "city", "email", "phone"]


def test_the_menu_of_a_view_has_it_all(
    page: CustomersPage, shell: Shell, views: list[SavedView], qtbot: QtBot
) -> None:
    porto, leeds = (view.id for view in views)
    assert porto is not None
    assert leeds is not None

    def act(number: object, text: str) -> None:
        shell.pop_view_menu(number, QPoint(10, 10))
        menu = page.views.menu
        assert menu is not None
        next(a for a in menu.actions() if a.text() == text).trigger()
        menu.close()

    def shown() -> list[str]:
        assert shell.views is not None
        return [view.name for view in shell.views.views]

    act(porto, "Duplicate")
    qtbot.waitUntil(lambda: shown() == ["Porto", "Leeds", "Porto 2"], timeout=TIMEOUT)
    act(leeds, "Move up")
    qtbot.waitUntil(lambda: shown() == ["Leeds", "Porto", "Porto 2"], timeout=TIMEOUT)
    act(porto, "Take off the list")
    qtbot.waitUntil(lambda: page.bar.pins == {}, timeout=TIMEOUT)
    act(porto, "Rename, icon…")
    dialog = page.views.dialog
    assert dialog is not None
    dialog.name.clear()
    type_text(dialog.name, "O Porto")
    qtbot.mouseClick(dialog.icons.buttons()[6], LEFT)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "O Porto" in shown(), timeout=TIMEOUT)
    assert page.workspace.views.get(porto).icon == "cake"
    act(porto, "Delete view")
    qtbot.waitUntil(lambda: shown() == ["Leeds", "Porto 2"], timeout=TIMEOUT)
    undo = shell.toasts.current
    assert undo is not None
    assert isinstance(undo.button, QPushButton)
    qtbot.mouseClick(undo.button, LEFT)
    qtbot.waitUntil(lambda: "O Porto" in shown(), timeout=TIMEOUT)


def test_views_are_there_after_a_restart(
    page: CustomersPage, shell: Shell, views: list[SavedView], qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(shell.archive_opened, timeout=TIMEOUT):
        shell.open_archive(tmp_path / "firm.crm")
    qtbot.waitUntil(lambda: len(shell.rail.view_buttons) == 2, timeout=TIMEOUT)
    assert shell.views is not None
    assert [view.filter for view in shell.views.views] == [view.filter for view in views]
    settle(shell, qtbot)


def test_a_narrow_list_cuts_no_word(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    shell.resize(960, 600)
    first = page.model.id_at(0)
    assert first is not None
    page.open_customer(first)
    qtbot.waitUntil(lambda: page.panel.customer is not None, timeout=TIMEOUT)
    settle(shell, qtbot)
    shown = [*page.tools.findChildren(QPushButton), *page.chips.findChildren(QPushButton)]
    assert len(shown) == 9
    qtbot.waitUntil(
        lambda: all(b.width() >= b.sizeHint().width() for b in shown if b.text()), timeout=TIMEOUT
    )
    assert page.tools.new.accessibleName() == "New customer"
    assert page.tools.new.text() == ""
    page.close_panel()
    shell.resize(1400, 800)
    qtbot.waitUntil(lambda: page.tools.new.text() == "New customer", timeout=TIMEOUT)
