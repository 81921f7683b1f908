"""The catalogue: written, found, ordered and deleted, by keyboard alone and by mouse alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle, type_text

from crm_desktop.domain.catalogue import ProductId, ProductKind
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.catalogue import CataloguePage
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.trash import TrashPage
from crm_desktop.ui.palette import Palette
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.widgets.edit import InlineEdit

_CONTROL = Qt.KeyboardModifier.ControlModifier
_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    page.workspace.settings.set_home_country("PT")
    return page.workspace


@pytest.fixture
def catalogue(shell: Shell, workspace: Workspace, qtbot: QtBot) -> CataloguePage:
    shell.show_page("catalogue")
    found = shell.page("catalogue")
    assert isinstance(found, CataloguePage)
    settle(shell, qtbot)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow, timeout=TIMEOUT)
    return found


def press(parent: QWidget, name: str, qtbot: QtBot) -> None:
    """Click a button once it is there."""

    def there() -> list[QPushButton]:
        made = parent.findChildren(QPushButton)
        return [b for b in made if b.accessibleName() == name and b.isVisible()]

    qtbot.waitUntil(lambda: len(there()) == 1, timeout=TIMEOUT)
    qtbot.mouseClick(there()[0], _LEFT)


def trigger(menu: QMenu, words: str) -> None:
    """Choose from a menu."""
    [action] = [one for one in menu.actions() if one.text().strip() == words]
    action.trigger()


def names(page: CataloguePage) -> list[str]:
    lines = page.list.lines
    return [lines.line(row).title for row in range(lines.rowCount())]


def wait_for(page: CataloguePage, count: int, qtbot: QtBot, shell: Shell) -> None:
    """Until so many are listed: what the archive says comes by the queue."""
    qtbot.waitUntil(lambda: len(names(page)) == count, timeout=TIMEOUT)
    settle(shell, qtbot)


def begin(page: CataloguePage, name: str, qtbot: QtBot, shell: Shell) -> ProductId:
    """A new product by the keyboard; the cursor is in its code then."""
    qtbot.keyClick(shell, Qt.Key.Key_N, _CONTROL)
    assert page.panel.name.edit.hasFocus()
    type_text(page.panel.name.edit, name)
    qtbot.keyClick(page.panel.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.panel.code.edit.edit.hasFocus, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert page.panel.number is not None
    return page.panel.number


def put(field: InlineEdit, text: str, qtbot: QtBot) -> None:
    """Type a value in place of the one there, and leave with Tab."""
    field.start()
    field.edit.clear()
    type_text(field.edit, text)
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)


def ask_price(page: CataloguePage, qtbot: QtBot, *typed: str) -> None:
    """A price by the keyboard: amount, first and last day."""
    prices = page.panel.prices
    prices.add.setFocus()
    qtbot.keyClick(prices.add, Qt.Key.Key_Space)
    for field, text in zip((prices.amount, prices.first, prices.last), typed, strict=False):
        assert field.hasFocus()
        type_text(field, text)
        if text is not typed[-1]:
            qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClick(prices.amount, Qt.Key.Key_Return)


def show(page: CataloguePage, number: ProductId, qtbot: QtBot, shell: Shell) -> None:
    page.open_product(number)
    qtbot.waitUntil(lambda: page.panel.number == number, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_written_by_keyboard_alone(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    number = begin(catalogue, "Visto de turismo", qtbot, shell)
    panel = catalogue.panel
    put(panel.code.edit, "V-1", qtbot)
    assert panel.category.edit.edit.hasFocus()
    put(panel.category.edit, "Vistos / Schengen", qtbot)
    put(panel.unit.edit, "pessoa", qtbot)
    put(panel.tax.edit, "23", qtbot)
    put(panel.cost.edit, "60,50", qtbot)
    settle(shell, qtbot)
    ask_price(catalogue, qtbot, "80")
    qtbot.waitUntil(panel.prices.add.hasFocus, timeout=TIMEOUT)
    settle(shell, qtbot)
    ask_price(catalogue, qtbot, "650 CNY", "1/1/2026", "31/12/2060")
    settle(shell, qtbot)
    qtbot.waitUntil(lambda: len(panel.prices.rows()) == 2, timeout=TIMEOUT)
    settle(shell, qtbot)
    whole = workspace.catalogue.get(number)
    product = whole.product
    assert (product.name, product.code, product.unit) == ("Visto de turismo", "V-1", "pessoa")
    assert (product.tax_rate, product.cost, product.cost_currency) == (23_000, 6050, "EUR")
    assert whole.category == ("Vistos", "Schengen")
    assert [(p.amount, p.currency) for p in whole.prices] == [(8000, "EUR"), (65000, "CNY")]
    assert whole.prices[1].valid_to == date(2060, 12, 31)
    assert panel.price.text() == "€80.00 · CN¥650.00 / pessoa today"
    qtbot.waitUntil(lambda: all(r.now.isVisible() for r in panel.prices.rows()), timeout=TIMEOUT)
    line = catalogue.list.lines.line(0)
    assert line.text == "€80.00 · CN¥650.00 / pessoa · V-1 · Vistos / Schengen"
    # A supplier, by typing of him.
    panel.pick.setFocus()
    qtbot.keyClicks(panel.pick, "Anna")
    settle(shell, qtbot)
    popup = panel.pick.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert [name for _id, name in workspace.catalogue.get(number).suppliers] == ["Anna Smith"]
    # Back to the list, and into the name.
    qtbot.keyClick(panel.pick, Qt.Key.Key_Escape)
    qtbot.keyClick(shell, Qt.Key.Key_F6)
    catalogue.list.setFocus()
    qtbot.keyClick(catalogue.list, Qt.Key.Key_Return)
    assert panel.name.edit.hasFocus()
    assert panel.name.edit.selectedText() == "Visto de turismo"


def test_a_product_without_a_name_is_not_kept(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    kept = workspace.catalogue.create("Kept")
    workspace.catalogue.update(kept, "code", "K-1")
    wait_for(catalogue, 1, qtbot, shell)
    catalogue.new()
    assert not catalogue.panel._lower.isVisible()
    qtbot.keyClick(catalogue.panel.name.edit, Qt.Key.Key_Escape)
    settle(shell, qtbot)
    assert catalogue.panel.name.value() == "Kept"
    assert catalogue.panel.code.edit.value() == "K-1"
    put(catalogue.panel.name, "", qtbot)
    settle(shell, qtbot)
    assert catalogue.panel.name.has_error()
    assert names(catalogue) == ["Kept"]
    # Nothing of the one before stands in a new one.
    begin(catalogue, "Second", qtbot, shell)
    assert catalogue.panel.code.edit.value() == ""
    assert catalogue.panel.code.edit.edit.text() == ""


def test_bad_input_is_told_at_its_field_and_stays_there(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    other = workspace.catalogue.create("Other")
    workspace.catalogue.update(other, "code", "V-1")
    number = begin(catalogue, "Visa", qtbot, shell)
    panel, prices = catalogue.panel, catalogue.panel.prices
    for fact, text in (
        (panel.code, "V-1"), (panel.tax, "a bit"), (panel.cost, "ninety"),
        (panel.category, " / ".join("abcdefghi")),
    ):  # fmt: skip
        put(fact.edit, text, qtbot)
        qtbot.waitUntil(fact.edit.has_error, timeout=TIMEOUT)
    ask_price(catalogue, qtbot, "a lot", "1/7/2026")
    qtbot.waitUntil(prices._error.isVisible, timeout=TIMEOUT)
    assert (prices.amount.text(), prices.first.text()) == ("a lot", "1/7/2026")
    settle(shell, qtbot)
    assert workspace.catalogue.get(number).prices == []
    # What else is changed leaves them as they are.
    put(panel.unit.edit, "person", qtbot)
    qtbot.waitUntil(lambda: panel.unit.edit.value() == "person", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert panel.cost.edit.refused() is not None
    assert panel.cost.edit.edit.text() == "ninety"
    assert panel.code.edit.edit.text() == "V-1"
    # The days the wrong way round, then mended.
    prices.amount.setFocus()
    prices.amount.clear()
    type_text(prices.amount, "80")
    assert not prices._error.isVisible()
    type_text(prices.last, "30/6/2026")
    qtbot.keyClick(prices.last, Qt.Key.Key_Return)
    qtbot.waitUntil(prices._error.isVisible, timeout=TIMEOUT)
    assert "before the first" in prices._error.text()
    assert prices.last.property("error")
    prices.last.clear()
    type_text(prices.last, "31/7/2026")
    qtbot.keyClick(prices.last, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(prices.rows()) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    [row] = prices.rows()
    put(row.last, "30/6/2026", qtbot)
    qtbot.waitUntil(row.last.has_error, timeout=TIMEOUT)
    [price] = workspace.catalogue.get(number).prices
    assert price.valid_to == date(2026, 7, 31)
    # Another one comes: what was refused is told with its words, and leads back.
    catalogue.open_product(other)
    qtbot.waitUntil(lambda: panel.number == other, timeout=TIMEOUT)
    toast = shell.toasts.current
    assert toast is not None
    for text in ("“ninety”", "“a bit”", "“V-1”", "“30/6/2026”"):
        assert text in toast.message.text()
    assert not panel.cost.edit.has_error()
    assert toast.button is not None
    qtbot.mouseClick(toast.button, _LEFT)
    qtbot.waitUntil(lambda: panel.number == number, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_another_one_chosen_while_typing_loses_nothing(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    one, two = workspace.catalogue.create("One"), workspace.catalogue.create("Two")
    workspace.catalogue.add_price(one, "10")
    wait_for(catalogue, 2, qtbot, shell)
    panel, prices = catalogue.panel, catalogue.panel.prices
    for field, type_into, text in (
        ("code", lambda: panel.code.edit.edit, "C-1"),
        ("name", lambda: panel.name.edit, "and only"),
        ("notes", lambda: panel.notes, "Call before noon"),
        ("description", lambda: panel.description, "All of it"),
    ):
        show(catalogue, one, qtbot, shell)
        typed = type_into()
        typed.setFocus()
        type_text(typed, text)
        show(catalogue, two, qtbot, shell)
        stored = getattr(workspace.catalogue.get(one).product, field)
        assert text in stored
        assert getattr(workspace.catalogue.get(two).product, field) in ("", "Two")
    # A price that is changed, and one that is begun.
    show(catalogue, one, qtbot, shell)
    [row] = prices.rows()
    row.amount.start()
    row.amount.edit.clear()
    type_text(row.amount.edit, "12")
    show(catalogue, two, qtbot, shell)
    show(catalogue, one, qtbot, shell)
    prices.start()
    type_text(prices.amount, "15 USD")
    show(catalogue, two, qtbot, shell)
    assert [p.amount for p in workspace.catalogue.get(one).prices] == [1200, 1500]
    assert workspace.catalogue.get(two).prices == []
    assert not prices._new.isVisible()
    # One that cannot be read is told instead.
    show(catalogue, one, qtbot, shell)
    prices.start()
    type_text(prices.amount, "a lot")
    show(catalogue, two, qtbot, shell)
    qtbot.waitUntil(
        lambda: (
            shell.toasts.current is not None
            and "“a lot” is not saved for" in shell.toasts.current.message.text()
        ),
        timeout=TIMEOUT,
    )
    # A name that is typed for a new one is kept, and the new one does not take the other's place.
    catalogue.new()
    type_text(panel.name.edit, "Three")
    show(catalogue, two, qtbot, shell)
    qtbot.waitUntil(lambda: "Three" in names(catalogue), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert panel.number == two
    assert panel.name.value() == "Two"


def test_enter_twice_keeps_a_price_once(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    number = begin(catalogue, "Visa", qtbot, shell)
    prices = catalogue.panel.prices
    prices.start()
    type_text(prices.amount, "80")
    qtbot.keyClick(prices.amount, Qt.Key.Key_Return)
    qtbot.keyClick(prices.amount, Qt.Key.Key_Return)
    catalogue.search.setFocus()
    settle(shell, qtbot)
    assert [p.amount for p in workspace.catalogue.get(number).prices] == [8000]
    qtbot.waitUntil(lambda: len(prices.rows()) == 1, timeout=TIMEOUT)
    # One that is begun and left empty goes, as does one that Esc gives up.
    prices.start()
    catalogue.search.setFocus()
    assert not prices._new.isVisible()
    prices.start()
    type_text(prices.amount, "90")
    qtbot.keyClick(prices.amount, Qt.Key.Key_Escape)
    settle(shell, qtbot)
    assert len(workspace.catalogue.get(number).prices) == 1
    press(prices, "Remove the price", qtbot)
    settle(shell, qtbot)
    assert workspace.catalogue.get(number).prices == []
    qtbot.keyClick(shell, Qt.Key.Key_Z, _CONTROL)
    qtbot.waitUntil(lambda: len(prices.rows()) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_what_is_asked_today_is_marked(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    number = workspace.catalogue.create("Room")
    today = date.today()
    begins, later = (str(today - timedelta(days=3)), str(today + timedelta(days=30)))
    workspace.catalogue.add_price(number, "80 EUR")
    workspace.catalogue.add_price(number, "95 EUR", valid_from=begins)
    workspace.catalogue.add_price(number, "700 CNY")
    workspace.catalogue.add_price(number, "12000 JPY", valid_from=later)
    show(catalogue, number, qtbot, shell)
    assert [row.now.isVisible() for row in catalogue.panel.prices.rows()] == [
        False, True, True, False,
    ]  # fmt: skip
    assert catalogue.panel.price.text() == "€95.00 · CN¥700.00 today"


def test_found_by_any_word_and_by_category(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    made = workspace.catalogue
    made.create("Schengen visa", category="Visas / Schengen")
    guide = made.create("导游服务", ProductKind.RESOURCE, category="Guides")
    made.update(guide, "notes", "Ask Rui before May")
    made.create("Visa for Angola", category="Visas / Africa & Asia")
    wait_for(catalogue, 3, qtbot, shell)
    qtbot.keyClick(shell, Qt.Key.Key_F, _CONTROL)
    for text, found in (
        ("rui may", ["导游服务"]), ("daoyou", ["导游服务"]), ("vis ang", ["Visa for Angola"]),
        ("nothing like it", []),
    ):  # fmt: skip
        catalogue.search.clear()
        qtbot.keyClicks(catalogue.search, text)
        settle(shell, qtbot)
        assert names(catalogue) == found
    assert catalogue._nothing.isVisible()
    assert not catalogue._first.isVisible()
    qtbot.keyClick(catalogue.search, Qt.Key.Key_Escape)
    settle(shell, qtbot)
    trigger(catalogue.category._menu, "Visas  (2)")
    settle(shell, qtbot)
    assert names(catalogue) == ["Schengen visa", "Visa for Angola"]
    trigger(catalogue.category._menu, "Africa && Asia  (1)")
    settle(shell, qtbot)
    assert names(catalogue) == ["Visa for Angola"]
    # A new one comes into the category; put into another one it stays in sight.
    number = begin(catalogue, "Visa for Kenya", qtbot, shell)
    assert made.get(number).category == ("Visas", "Africa & Asia")
    put(catalogue.panel.category.edit, "Archive", qtbot)
    settle(shell, qtbot)
    assert names(catalogue) == ["Visa for Angola"]
    assert catalogue.panel.number == number
    assert catalogue.panel.unit.edit.edit.hasFocus()
    trigger(catalogue.category._menu, "All categories")
    settle(shell, qtbot)
    assert len(names(catalogue)) == 4


def test_categories_are_renamed_moved_and_removed(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    made = workspace.catalogue
    visa = made.create("Schengen visa", category="Visas / Schengen")
    made.create("Guide", category="Guides")
    wait_for(catalogue, 2, qtbot, shell)
    bar = catalogue.category
    assert not bar.tools.isVisible()
    trigger(bar._menu, "Visas  (1)")
    settle(shell, qtbot)
    trigger(bar.changes, "Rename")
    assert bar.name.edit.hasFocus()
    bar.name.edit.clear()
    qtbot.keyClick(bar.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(bar.name.has_error, timeout=TIMEOUT)
    type_text(bar.name.edit, "Vistos")
    qtbot.keyClick(bar.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not bar.name.isVisible(), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert made.get(visa).category == ("Vistos", "Schengen")
    assert bar.path == ("Vistos",)
    assert names(catalogue) == ["Schengen visa"]
    # Into another one, and out again.
    [into] = [one.menu() for one in bar.changes.actions() if one.menu() is not None]
    assert isinstance(into, QMenu)
    trigger(into, "Guides")
    settle(shell, qtbot)
    assert made.get(visa).category == ("Guides", "Vistos", "Schengen")
    assert bar.path == ("Guides", "Vistos")
    trigger(bar.changes, "Remove the category")
    settle(shell, qtbot)
    assert made.get(visa).category == ("Guides", "Schengen")
    assert bar.path == ("Guides",)
    qtbot.waitUntil(lambda: len(names(catalogue)) == 2, timeout=TIMEOUT)
    toast = shell.toasts.current
    assert toast is not None
    assert toast.button is not None
    qtbot.mouseClick(toast.button, _LEFT)
    settle(shell, qtbot)
    assert made.get(visa).category == ("Guides", "Vistos", "Schengen")
    # Esc gives a new name up; one that is taken goes into that category.
    trigger(bar.changes, "Rename")
    type_text(bar.name.edit, "Nothing")
    qtbot.keyClick(bar.name.edit, Qt.Key.Key_Escape)
    settle(shell, qtbot)
    assert not bar.name.isVisible()
    assert bar.path == ("Guides",)


def test_changed_and_deleted_by_mouse_alone(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    press(catalogue._nothing, "New product", qtbot)
    type_text(catalogue.panel.name.edit, "Visa")
    qtbot.mouseClick(catalogue.search, _LEFT)
    catalogue.search.setFocus()
    qtbot.waitUntil(lambda: names(catalogue) == ["Visa"], timeout=TIMEOUT)
    settle(shell, qtbot)
    panel, number = catalogue.panel, catalogue.panel.number
    assert number is not None
    trigger(panel.kind._menu, "Resource")
    settle(shell, qtbot)
    trigger(panel.offered._menu, "Not any more")
    settle(shell, qtbot)
    product = workspace.catalogue.get(number).product
    assert (product.kind, product.offered) == (ProductKind.RESOURCE, False)
    qtbot.waitUntil(lambda: catalogue.list.lines.line(0).pill == "Not offered", timeout=TIMEOUT)
    customer = workspace.customers.search("Anna")[0].id
    workspace.catalogue.add_supplier(number, customer)
    press(panel, "Unlink Anna Smith", qtbot)
    settle(shell, qtbot)
    assert workspace.catalogue.get(number).suppliers == []
    workspace.catalogue.add_supplier(number, customer)
    workspace.catalogue.create("Zebra")
    wait_for(catalogue, 2, qtbot, shell)
    press(panel, "Delete the product", qtbot)
    qtbot.waitUntil(lambda: names(catalogue) == ["Zebra"], timeout=TIMEOUT)
    settle(shell, qtbot)
    assert panel.name.value() == "Zebra"
    toast = shell.toasts.current
    assert toast is not None
    assert toast.button is not None
    qtbot.mouseClick(toast.button, _LEFT)
    qtbot.waitUntil(lambda: names(catalogue) == ["Visa", "Zebra"], timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.mouseClick(
        catalogue.list.viewport(), _LEFT, pos=catalogue.list.visualRect(
            catalogue.list.lines.index(0)
        ).center(),
    )  # fmt: skip
    qtbot.waitUntil(lambda: panel.number == number, timeout=TIMEOUT)
    press(panel, "Anna Smith", qtbot)
    settle(shell, qtbot)
    assert shell.current_key() == "customers"


def test_deleted_one_after_the_other_by_the_key(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    for name in "ABCD":
        workspace.catalogue.create(name)
    wait_for(catalogue, 4, qtbot, shell)
    catalogue.list.setFocus()
    qtbot.keyClick(catalogue.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: catalogue.panel.name.value() == "B", timeout=TIMEOUT)
    for left, shown in ((["A", "C", "D"], "C"), (["A", "D"], "D"), (["A"], "A"), ([], None)):
        qtbot.keyClick(catalogue.list, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda left=left: names(catalogue) == left, timeout=TIMEOUT)
        settle(shell, qtbot)
        if shown is not None:
            assert catalogue.panel.name.value() == shown
    assert catalogue._nothing.isVisible()
    assert catalogue._first.isVisible()


def test_the_trash_brings_back_and_erases(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    made = workspace.catalogue
    numbers = [made.create(name) for name in ("Back", "Gone", "Secret")]
    made.update(numbers[0], "code", "X")
    made.delete(numbers[:1])
    taken = made.create("Taken")
    made.update(taken, "code", "X")
    made.delete(numbers[1:])
    shell.show_page("trash")
    trash = shell.page("trash")
    assert isinstance(trash, TrashPage)
    settle(shell, qtbot)
    assert trash.products.titles() == ["Secret", "Gone", "Back"]
    # Whose code another one has by now stays there, and says so.
    press(trash.products, "Restore Back", qtbot)
    qtbot.waitUntil(
        lambda: (
            shell.toasts.current is not None
            and "“Taken” has this code already" in shell.toasts.current.message.text()
        ),
        timeout=TIMEOUT,
    )
    made.update(taken, "code", "")
    press(trash.products, "Restore Back", qtbot)
    qtbot.waitUntil(lambda: trash.products.titles() == ["Secret", "Gone"], timeout=TIMEOUT)
    press(trash.products, "Erase Gone for good", qtbot)
    assert "Gone" in trash.products.question.text.text()
    qtbot.keyClick(trash.products.no, Qt.Key.Key_Escape)
    assert trash.products.question.isHidden()
    press(trash.products, "Erase Gone for good", qtbot)
    qtbot.mouseClick(trash.products.yes, _LEFT)
    qtbot.waitUntil(lambda: trash.products.titles() == ["Secret"], timeout=TIMEOUT)
    settle(shell, qtbot)
    assert trash.empty_button.isEnabled()
    trash.empty_button.click()
    assert "1 product will be erased" in trash.question.text.text()
    trash.yes.click()
    qtbot.waitUntil(trash.products.isHidden, timeout=TIMEOUT)
    settle(shell, qtbot)
    assert made.trashed() == []
    assert not trash.empty_button.isEnabled()


def test_found_by_the_one_box(workspace: Workspace, qtbot: QtBot, shell: Shell) -> None:
    workspace.catalogue.create("Another")
    number = workspace.catalogue.create("Visa for Angola", category="Visas")
    shell.open_palette()
    [palette] = shell.findChildren(Palette)
    qtbot.keyClicks(palette.field, "angola")
    settle(shell, qtbot)
    assert palette.choices()[0] == "Visa for Angola"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert shell.current_key() == "catalogue"
    page = shell.page("catalogue")
    assert isinstance(page, CataloguePage)
    assert page.panel.number == number
    assert page.list.row() == 1


def test_on_the_suppliers_file(
    page: CustomersPage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    anna = choose(page, "Anna Smith", qtbot)
    settle(shell, qtbot)
    shown = page.panel.products
    assert not shown.isVisible()
    numbers = [workspace.catalogue.create(f"Room {number:02}") for number in range(10)]
    workspace.catalogue.update(numbers[0], "code", "R-0")
    for number in numbers:
        workspace.catalogue.add_supplier(number, anna)
    qtbot.waitUntil(lambda: len(shown.names()) == 8, timeout=TIMEOUT)
    settle(shell, qtbot)
    press(shown, "… and 2 more", qtbot)
    assert len(shown.names()) == 10
    press(shown, "Room 09", qtbot)
    settle(shell, qtbot)
    assert shell.current_key() == "catalogue"
    opened = shell.page("catalogue")
    assert isinstance(opened, CataloguePage)
    assert opened.panel.number == numbers[9]
    shell.show_page("customers")
    choose(page, "王秀英", qtbot)
    settle(shell, qtbot)
    assert shown.names() == []
    assert not shown.isVisible()


def test_another_language_comes_back_to_the_product(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    workspace.catalogue.create("A")
    number = workspace.catalogue.create("B")
    settle(shell, qtbot)
    show(catalogue, number, qtbot, shell)
    shell.choose_language("pt")
    qtbot.waitUntil(lambda: shell.page("catalogue") is not catalogue, timeout=TIMEOUT)
    settle(shell, qtbot)
    again = shell.page("catalogue")
    assert isinstance(again, CataloguePage)
    assert again.panel.number == number
    shell.choose_language("en")
    settle(shell, qtbot)


def test_tab_goes_through_a_product_as_it_is_read(
    catalogue: CataloguePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    number = workspace.catalogue.create("Visa")
    for amount in ("80", "90"):
        workspace.catalogue.add_price(number, amount)
    show(catalogue, number, qtbot, shell)
    panel = catalogue.panel
    qtbot.waitUntil(lambda: not panel.tab_order.is_due, timeout=TIMEOUT)
    catalogue.list.setFocus()
    walked = [*_walk(shell, qtbot, panel, Qt.Key.Key_Tab)]
    places = [part.mapTo(panel, QPoint(0, 0)) for part in walked if panel.area.isAncestorOf(part)]
    # Rows of several fields stand in one line; in it they go from left to right.
    assert places == sorted(places, key=lambda at: (at.y() // 20, at.x()))
    assert {walked[0].accessibleName(), walked[-1].accessibleName()} == {
        "Name", "Customer from whom it comes",
    }  # fmt: skip
    # Tab has left it by now, and Shift+Tab comes back through all of it.
    assert [*_walk(shell, qtbot, panel, Qt.Key.Key_Backtab)] == walked[::-1]


def _walk(shell: Shell, qtbot: QtBot, panel: QWidget, key: Qt.Key) -> Iterator[QWidget]:
    """Press a key into a panel and until it is left again."""
    inside = False
    for _step in range(60):
        before = shell.focusWidget()
        assert before is not None
        qtbot.keyClick(before, key)
        at = shell.focusWidget()
        assert at is not None
        if panel.isAncestorOf(at):
            inside = True
            yield at
        elif inside:
            return
    raise AssertionError("nobody ever leaves it")
