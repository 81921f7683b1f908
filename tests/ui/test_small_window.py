"""The window at its smallest: nothing is cut, squeezed or laid over something else."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.domain.customers import CustomerDraft, CustomerListQuery
from crm_desktop.domain.filters import Condition, Group, Op
from crm_desktop.domain.lists import SavedView
from crm_desktop.ui.dialogs.shortcuts import Shortcuts
from crm_desktop.ui.lookup.global_key import COMMAND
from crm_desktop.ui.lookup.settings_card import LookupCard
from crm_desktop.ui.pages import list_body
from crm_desktop.ui.pages.catalogue import CataloguePage
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.today import TodayPage
from crm_desktop.ui.pages.trash import TrashPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.theme import colours
from crm_desktop.ui.widgets.basic import button
from crm_desktop.ui.widgets.filter_rows import ConditionRow

SMALL = (960, 600)
_TRASH = "JSON, with the customers in the trash (*.json)"
PARTS = (
    Condition("stage", Op.ANY_OF, ("customer",)),
    Condition("city", Op.IS, ("Porto",)),
    Condition("last_contact", Op.EMPTY),
)


@pytest.fixture
def small(shell: Shell, page: CustomersPage, qtbot: QtBot) -> Shell:
    shell.resize(*SMALL)
    settle(shell, qtbot)
    return shell


def place(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


def add_views(shell: Shell, page: CustomersPage, number: int, qtbot: QtBot) -> None:
    for place_in_list in range(number):
        quiet = Group((Condition("last_contact", Op.EMPTY),))
        page.workspace.views.save(SavedView(f"View {place_in_list}", filter=quiet, pinned=True))
    qtbot.waitUntil(lambda: len(shell.rail.view_buttons) == number, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.wait(50)  # the layout is told by events


def test_the_filter_has_room_and_leaves_some_to_the_list(
    small: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    add_views(small, page, 2, qtbot)
    assert page.bar._pinned.isVisible()
    page.bar.show_tree(Group(PARTS))
    page.bar.open_panel()
    qtbot.waitUntil(lambda: page.bar.panel is not None, timeout=TIMEOUT)
    settle(small, qtbot)
    panel = page.bar.panel
    assert panel is not None
    area = panel._area
    qtbot.waitUntil(lambda: area.height() >= 100, timeout=TIMEOUT)
    # The rows stand inside the panel, the panel above the list.
    assert place(area).bottom() < place(panel).bottom()
    assert place(panel).bottom() < place(page._body).top()
    assert page._body.height() >= 140
    assert place(page._body).bottom() < small.height()
    # The pinned views stand in the rail as well, and come back with the room.
    assert not page.bar._pinned.isVisible()
    page.bar.close_panel()
    assert page.bar._pinned.isVisible()


def test_a_condition_takes_two_lines_beside_a_customer(
    small: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    page.bar.show_tree(Group(PARTS[1:2]))
    page.bar.open_panel()
    qtbot.waitUntil(lambda: page.bar.panel is not None, timeout=TIMEOUT)
    settle(small, qtbot)
    panel = page.bar.panel
    assert panel is not None
    assert panel.root is not None
    row = panel.root.rows[0]
    assert isinstance(row, ConditionRow)
    assert place(row.value).center().y() == place(row.field).center().y()
    page.clear_filters()
    page.bar.show_tree(Group(PARTS[1:2]))
    row = panel.root.rows[0]
    assert isinstance(row, ConditionRow)
    small.new_customer()
    qtbot.waitUntil(lambda: place(row.value).top() > place(row.field).bottom(), timeout=TIMEOUT)
    for part in (row.field, row.op, row.value, row.remove):
        assert place(part).right() <= place(panel).right()
    assert row.condition() == PARTS[1]
    page.close_panel()
    qtbot.waitUntil(lambda: place(row.value).top() == place(row.field).top(), timeout=TIMEOUT)


def test_many_views_are_scrolled_and_squeeze_nothing(
    small: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    rail = small.rail
    add_views(small, page, 8, qtbot)
    pages = [made for made in rail.findChildren(QPushButton) if made.property("page")]
    high = {made.height() for made in rail.view_buttons.values()} | {m.height() for m in pages}
    assert min(high) >= 28
    ordered = sorted(map(place, pages), key=QRect.top)
    assert all(a.bottom() < b.top() for a, b in pairwise(ordered))
    assert ordered[-1].bottom() < place(rail.status).top()
    # In a high window all of them stand there.
    small.resize(1280, 1060)
    last = list(rail.view_buttons.values())[-1]
    views = rail._views
    assert views is not None
    qtbot.waitUntil(lambda: views.height() >= 8 * last.height(), timeout=TIMEOUT)


def test_the_prices_of_a_product_are_said_whole(
    small: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    catalogue = page.workspace.catalogue
    visa = catalogue.create("Visa for a group of forty people with a long name, several entries")
    catalogue.update(visa, "unit", "person")
    for amount, first in (("12345.50 EUR", "2026-12-30"), ("98765.50 CNY", ""), ("9 JPY", "")):
        catalogue.add_price(visa, amount, valid_from=first, valid_to=first)
    small.show_product(visa)
    shown = small.page("catalogue")
    assert isinstance(shown, CataloguePage)
    settle(small, qtbot)
    qtbot.waitUntil(lambda: len(shown.panel.prices.rows()) == 3, timeout=TIMEOUT)

    def is_whole(field: QLineEdit) -> bool:
        words = field.fontMetrics().horizontalAdvance(field.text())
        return words < field.contentsRect().width() - 4

    for row in shown.panel.prices.rows():
        for part in (row.amount, row.first, row.last):
            qtbot.waitUntil(lambda field=part.edit: is_whole(field), timeout=TIMEOUT)
        assert place(row.remove).right() <= place(shown.panel.area).right()
    assert small.width() == SMALL[0]
    assert place(shown.panel).right() < small.width()


def test_a_full_trash_has_room(small: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    workspace = page.workspace
    for number in range(8):
        workspace.knowledge.delete(workspace.knowledge.create(f"Article {number}"))
        workspace.catalogue.delete([workspace.catalogue.create(f"Product {number}")])
    workspace.fields.remove(workspace.fields.add("Seat"))
    small.show_page("trash")
    trash = small.page("trash")
    assert isinstance(trash, TrashPage)
    qtbot.waitUntil(lambda: len(trash.products.titles()) == 8, timeout=TIMEOUT)
    settle(small, qtbot)
    trash.ask_to_empty()
    qtbot.wait(50)  # the layout is told by events
    assert (small.width(), small.height()) == SMALL
    assert place(trash.articles).bottom() < small.height()
    for above, below in pairwise((trash.question, trash.fields, trash.products, trash.articles)):
        assert place(above).bottom() < place(below).top()


def test_the_day_is_said_whole(small: Shell, qtbot: QtBot) -> None:
    assert small.session is not None
    tasks = small.session.workspace.tasks
    tasks.add("Call today")
    tasks.add("Send the quote 1/1/2020")
    small.show_page("today")
    page = small.page("today")
    assert isinstance(page, TodayPage)
    settle(small, qtbot)
    qtbot.waitUntil(lambda: "overdue" in page.date.full_text(), timeout=TIMEOUT)
    page.owner.show_owners(["Rita"])
    page.ask()
    settle(small, qtbot)
    qtbot.waitUntil(lambda: page.date.text() == page.date.full_text(), timeout=TIMEOUT)
    assert page.owner.isVisible()


def test_red_words_have_a_red_icon(shell: Shell) -> None:
    made = button("Remove", "trash-2", kind="danger")
    made.setParent(shell)
    drawn = made.icon().pixmap(18, 18).toImage()
    red = QColor(colours().red.text)
    pixels = [drawn.pixelColor(x, y) for x in range(18) for y in range(18)]
    solid = [one for one in pixels if one.alpha() > 240]
    assert solid
    assert all(abs(one.red() - red.red()) < 8 and one.green() < 80 for one in solid)


def test_the_keys_of_every_page_are_listed(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    customers = page.workspace.customers
    customers.update(next(iter(customers.ids(CustomerListQuery()))), "notes", "Prefers tea")
    qtbot.waitUntil(lambda: "“" in shell.commands.undo.text(), timeout=TIMEOUT)
    shell.commands.shortcuts.trigger()
    sheet = shell.findChild(Shortcuts)
    assert isinstance(sheet, Shortcuts)
    keys = {name: dict(pairs) for name, pairs in sheet.groups}
    assert keys["Whole window"]["Undo"] == "Ctrl+Z"
    assert keys["Whole window"]["Redo"] == "Ctrl+Shift+Z"
    assert not [name for pairs in keys.values() for name in pairs if "“" in name or "&" in name]
    assert keys["Today"]["Log call"] == "L"
    assert keys["Duplicates"] == {
        "They are one": "M", "They are two": "T", "Later": "L", "Search anew": "F5"
    }  # fmt: skip
    for head in (
        "Tasks",
        "Catalogue",
        "Knowledge",
        "The gap to fill",
        "Customer file",
        "Lookup of callers",
    ):
        assert keys[head]
    sheet.search.setText("timeline pin")
    assert sheet.shown() == ["Pin an entry of the timeline"]
    sheet.search.clear()
    assert len(sheet.shown()) == sum(map(len, keys.values()))
    sheet.close()


def test_the_command_for_the_lookup_is_copied(shell: Shell, page: CustomersPage) -> None:
    card = LookupCard(shell)
    card.setParent(shell)
    card.show()
    # Offscreen no program has a key of its own, as on some desktops.
    assert card._by_command.isVisible()
    card.copy.click()
    assert QGuiApplication.clipboard().text() == COMMAND


def test_all_of_a_search_are_its_best_hits(
    shell: Shell, page: CustomersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_body, "_SEARCH_CAP", 2)
    customers = page.workspace.customers
    for number in range(2):
        customers.create(CustomerDraft(f"Twin {number}"))
    settle(shell, qtbot)
    page.search.setText("Twin")
    qtbot.waitUntil(lambda: page.model.whole and page.model.rowCount() == 2, timeout=TIMEOUT)
    assert page.count.text() == "The best 2 of many hits"
    page.many.choose_all()
    qtbot.waitUntil(lambda: page.many.panel is not None, timeout=TIMEOUT)
    panel = page.many.panel
    assert panel is not None
    assert panel.title.text() == "2 customers chosen"
    assert panel.best.isVisible()
    assert "best 2 hits" in panel.best.text()
    assert panel.width() <= page.side.width()
    page.search.clear()
    qtbot.waitUntil(lambda: page.model.whole and page.model.rowCount() > 2, timeout=TIMEOUT)
    page.many.choose_all()
    qtbot.waitUntil(lambda: not panel.best.isVisible(), timeout=TIMEOUT)


def test_an_export_can_bring_the_trash(
    shell: Shell, page: CustomersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    customers = page.workspace.customers
    gone = customers.create(CustomerDraft("Gone"))
    customers.delete([gone])
    page.workspace.fields.add("Seat")
    settle(shell, qtbot)
    page.order._head_clicked("updated")  # in whatever order they stand
    settle(shell, qtbot)
    for file, wanted in (("without.json", "JSON (*.json)"), ("with.json", _TRASH)):
        shell.archives.ask_export()
        dialog = shell.findChildren(QFileDialog)[-1]
        dialog.selectNameFilter(wanted)
        dialog.selectFile(str(tmp_path / file))
        dialog.accept()
        qtbot.waitUntil((tmp_path / file).exists, timeout=TIMEOUT)
        settle(shell, qtbot)
        written = json.loads((tmp_path / file).read_text("utf-8"))
        names = [one["name"] for one in written["customers"]]
        assert ("Gone" in names) is (wanted == _TRASH)
        assert "Seat" in [one["name"] for one in written["fields"]]
    page.search.setText("Anna")
    settle(shell, qtbot)
    shell.archives.ask_export()
    dialog = shell.findChildren(QFileDialog)[-1]
    assert _TRASH not in dialog.nameFilters()
    dialog.reject()
