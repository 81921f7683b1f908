"""Fields of the owner's own in a customer's file: each kind with its editor, in its group."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle, type_text

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.fields import FieldKind as K
from crm_desktop.domain.fields import reference
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.pages.trash import TrashPage
from crm_desktop.ui.widgets.edit import InlineNotes
from crm_desktop.ui.widgets.facts import FactRow, WidgetFact
from crm_desktop.ui.widgets.own_customer import CustomerFact
from crm_desktop.ui.widgets.own_values import ValueFact, WordFact, WordsFact


@pytest.fixture
def anna(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    """Anna Smith, chosen, with a field of each kind that says nothing yet, all of them shown."""
    page.workspace.settings.set_home_country("PT")
    fields = page.workspace.fields
    for kind in K:
        words = ["Gold", "Silver"] if kind in (K.CHOICE, K.CHOICES) else ()
        fields.add(kind.name.title(), kind, words=words, heading="Shop" if words else "")
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    facts = page.panel.facts
    assert facts.own.more.text() == "+ 12 empty fields"
    qtbot.mouseClick(facts.own.more, Qt.MouseButton.LeftButton)
    assert facts.keys()[-3:] == ["heading:Shop", "custom:Choice", "custom:Choices"]
    return customer


def row(page: CustomersPage, name: str) -> FactRow:
    return page.panel.facts.row(f"custom:{name}")


def value(page: CustomersPage, customer: CustomerId, name: str) -> str:
    return page.workspace.customers.get(customer).custom.get(name, "")


def write(fact: ValueFact, text: str, qtbot: QtBot) -> None:
    fact.edit.start()
    fact.edit.edit.clear()
    type_text(fact.edit.edit, text)
    qtbot.keyClick(fact.edit.edit, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("name", "wrong", "help_words", "text", "stored", "shown"),
    [
        ("Number", "many", "1,234.5", "1.234,5", "1234.5", "1,234.5"),
        ("Money", "much", "€12.50", "12,5", "12.5 EUR", "€12.50"),
        ("Date", "31/2/2019", "31/12/2026", "5/3/2019", "2019-03-05", "5 Mar 2019"),
        ("Email", "anna@", "name@example.com", "Anna@x.org", "anna@x.org", "anna@x.org"),
        ("Link", "none", "www.example.com", "www.x.org/a", "https://www.x.org/a", ""),
    ],
)
def test_a_value_is_validated_at_its_field(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, name: str, wrong: str, help_words: str,
    text: str, stored: str, shown: str,
) -> None:  # fmt: skip
    fact = row(page, name)
    assert isinstance(fact, ValueFact)
    write(fact, wrong, qtbot)
    qtbot.waitUntil(fact.edit.has_error, timeout=TIMEOUT)
    assert help_words in fact.edit.edit.accessibleDescription()
    assert value(page, anna, name) == ""
    qtbot.keyClick(fact.edit.edit, Qt.Key.Key_Escape)
    assert not fact.edit.has_error()
    write(fact, text, qtbot)
    qtbot.waitUntil(lambda: value(page, anna, name) == stored, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    page.panel.notes.setFocus()
    assert fact.edit.edit.text() == (shown or stored)
    page.workspace.history.undo()
    qtbot.waitUntil(lambda: fact.edit.edit.text() == "", timeout=TIMEOUT)
    settle(page._shell, qtbot)


def test_a_number_is_called_and_a_text_that_is_none_is_marked(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, urls: list[str]
) -> None:
    fact = row(page, "Phone")
    assert isinstance(fact, ValueFact)
    write(fact, "912 345 678", qtbot)
    qtbot.waitUntil(
        lambda: value(page, anna, "Phone") == "+351912345678\t912 345 678", timeout=TIMEOUT
    )
    qtbot.waitUntil(fact.go.isVisible, timeout=TIMEOUT)
    page.panel.notes.setFocus()
    assert fact.edit.edit.text() == "+351 912 345 678"
    fact.edit.start()
    assert fact.edit.edit.text() == "912 345 678"
    qtbot.keyClick(fact.edit.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert urls == ["tel:+351912345678"]
    assert QGuiApplication.clipboard().text() == "+351912345678"
    write(fact, "ask Rita", qtbot)
    qtbot.waitUntil(lambda: value(page, anna, "Phone") == "ask Rita", timeout=TIMEOUT)
    qtbot.waitUntil(fact.hint.isVisible, timeout=TIMEOUT)
    assert fact.go.isHidden()
    settle(page._shell, qtbot)


def test_addresses_are_opened_by_mouse(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, urls: list[str]
) -> None:
    page.workspace.customers.set_custom(anna, "Email", "a@example.org")
    fact = row(page, "Email")
    assert isinstance(fact, ValueFact)
    qtbot.waitUntil(fact.go.isVisible, timeout=TIMEOUT)
    qtbot.mouseClick(fact.go, Qt.MouseButton.LeftButton)
    assert urls == ["mailto:a@example.org"]


def test_a_word_is_chosen_or_added(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    answer, level = row(page, "Yes_No"), row(page, "Choice")
    assert isinstance(answer, WordFact)
    assert isinstance(level, WordFact)
    next(a for a in answer.button.menu().actions() if a.data() == "yes").trigger()
    qtbot.waitUntil(lambda: value(page, anna, "Yes_No") == "yes", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: answer.button.text() == "Yes", timeout=TIMEOUT)
    next(a for a in answer.button.menu().actions() if a.data() == "").trigger()
    qtbot.waitUntil(lambda: value(page, anna, "Yes_No") == "", timeout=TIMEOUT)
    next(a for a in level.button.menu().actions() if a.data() is None and a.text()).trigger()
    qtbot.waitUntil(level.edit.edit.hasFocus, timeout=TIMEOUT)
    type_text(level.edit.edit, "Bronze")
    qtbot.keyClick(level.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: value(page, anna, "Choice") == "Bronze", timeout=TIMEOUT)
    settle(page._shell, qtbot)
    field = next(f for f in page.workspace.fields.all() if f.name == "Choice")
    assert field.choices == ("Gold", "Silver", "Bronze")
    page.workspace.fields.set_words(field.id, ["Gold"], {})
    qtbot.waitUntil(level.hint.isVisible, timeout=TIMEOUT)
    settle(page._shell, qtbot)


def test_several_words_are_ticked_in_one_menu(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    fact = row(page, "Choices")
    assert isinstance(fact, WordsFact)
    menu = fact.pop()
    qtbot.waitUntil(menu.isVisible, timeout=TIMEOUT)
    gold, silver = menu.actions()[:2]
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(gold).center())
    menu.setActiveAction(silver)
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: value(page, anna, "Choices") == "Gold; Silver", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: fact.strip.accessibleName() == "Choices: Gold, Silver", timeout=TIMEOUT)
    fact.start_new()
    type_text(fact.edit.edit, "Wood")
    qtbot.keyClick(fact.edit.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: value(page, anna, "Choices").endswith("; Wood"), timeout=TIMEOUT)
    settle(page._shell, qtbot)


def test_several_lines_and_the_empty_fields_hide_again(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    fact = row(page, "Long_Text")
    assert isinstance(fact, WidgetFact)
    assert isinstance(fact.widget, InlineNotes)
    fact.widget.setPlainText("one\ntwo")
    fact.widget.commit()
    qtbot.waitUntil(lambda: value(page, anna, "Long_Text") == "one\ntwo", timeout=TIMEOUT)
    settle(page._shell, qtbot)
    own = page.panel.facts.own
    own.more.setFocus()
    qtbot.keyClick(own.more, Qt.Key.Key_Space)
    shown = [key for key in page.panel.facts.keys() if key.startswith("custom:")]  # noqa: SIM118
    assert shown == ["custom:Long_Text"]


@pytest.mark.parametrize("text", ["window seat\nno peanuts", "靠窗的座位\n不吃花生\n早餐"])
def test_lines_of_any_script_have_their_place(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, text: str
) -> None:
    fact = row(page, "Long_Text")
    assert isinstance(fact, WidgetFact)
    notes = fact.widget
    assert isinstance(notes, InlineNotes)
    page.workspace.customers.set_custom(anna, "Long_Text", text)
    qtbot.waitUntil(lambda: notes.toPlainText() == text, timeout=TIMEOUT)
    settle(page._shell, qtbot)
    last = notes.document().lastBlock()
    bottom = notes.blockBoundingGeometry(last).translated(notes.contentOffset()).bottom()
    assert bottom <= notes.viewport().height()
    qtbot.waitUntil(lambda: fact.height() >= notes.height(), timeout=TIMEOUT)


def test_the_menu_leads_to_the_settings(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    actions = page.panel.facts.adders.menu().actions()
    next(a for a in actions if a.data() == "settings").trigger()
    settings = page._shell.current_page()
    assert isinstance(settings, SettingsPage)
    qtbot.waitUntil(settings.own_fields.adder.name.hasFocus, timeout=TIMEOUT)
    settle(page._shell, qtbot)


def test_another_customer_is_found_shown_and_opened(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    fact = row(page, "Customer")
    assert isinstance(fact, CustomerFact)
    fact.pick.setFocus()
    type_text(fact.pick, "nobody at all")
    settle(page._shell, qtbot)
    qtbot.keyClick(fact.pick, Qt.Key.Key_Return)
    assert fact._error.isVisible()
    qtbot.keyClick(fact.pick, Qt.Key.Key_Escape)
    assert not fact._error.isVisible()
    fact.pick.clear()
    type_text(fact.pick, "Zoe")
    fact.pick.textEdited.emit("Zoe")
    qtbot.waitUntil(lambda: fact.pick._hits.rowCount() == 1, timeout=TIMEOUT)
    popup = fact.pick.completer().popup()
    popup.setCurrentIndex(fact.pick.completer().completionModel().index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    zoe = next(
        CustomerId(r.id) for r in page.workspace.customers.search("Zoë Müller") if r.name[0] == "Z"
    )
    qtbot.waitUntil(lambda: value(page, anna, "Customer") == reference(zoe), timeout=TIMEOUT)
    qtbot.waitUntil(fact.link.isVisible, timeout=TIMEOUT)
    assert fact.link.accessibleName() == "Customer: Zoë Müller"
    page.workspace.customers.update(zoe, "name", "Zoë Maier")
    qtbot.waitUntil(lambda: fact.link.text() == "Zoë Maier", timeout=TIMEOUT)
    fact.link.setFocus()
    qtbot.keyClick(fact.link, Qt.Key.Key_F2)
    assert fact.pick.hasFocus()
    qtbot.keyClick(fact.pick, Qt.Key.Key_Escape)
    assert fact.link.isVisible()
    fact.link.setFocus()
    qtbot.keyClick(fact.link, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: value(page, anna, "Customer") == "", timeout=TIMEOUT)
    page.workspace.history.undo()
    qtbot.waitUntil(fact.link.isVisible, timeout=TIMEOUT)
    qtbot.mouseClick(fact.link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == zoe, timeout=TIMEOUT
    )
    settle(page._shell, qtbot)


def test_removed_fields_lie_in_the_trash(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    workspace, shell = page.workspace, page._shell
    workspace.customers.set_custom(anna, "Text", "precious")
    [text] = [f for f in workspace.fields.all() if f.name == "Text"]
    workspace.fields.remove(text.id)
    shell.show_page("trash")
    trash = shell.page("trash")
    assert isinstance(trash, TrashPage)
    qtbot.waitUntil(trash.fields.isVisible, timeout=TIMEOUT)
    assert [(one.field.name, one.values) for one in trash.fields.fields] == [("Text", 1)]
    trash.restore_field(text.id)
    qtbot.waitUntil(trash.fields.isHidden, timeout=TIMEOUT)
    assert value(page, anna, "Text") == "precious"
    workspace.fields.remove(text.id)
    qtbot.waitUntil(trash.fields.isVisible, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.mouseClick(trash.empty_button, Qt.MouseButton.LeftButton)
    assert "1 field will be erased for good (Text)" in trash.question.text.text()
    assert QApplication.focusWidget() is trash.no
    qtbot.mouseClick(trash.yes, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.waitUntil(lambda: workspace.fields.removed() == [], timeout=TIMEOUT)
    qtbot.waitUntil(trash.fields.isHidden, timeout=TIMEOUT)
    settle(shell, qtbot)
