"""What nobody should type or drop, in the real window: kept as typed and shown as text, or refused
at its field, where it stays to be mended.

Impossible days, broken numbers and addresses are tried with their own screens: cases and promises
in test_customer_file.py, own fields in test_own_field_rows.py, tasks in test_tasks.py, documents in
test_panel_documents.py, filters in test_list_filters.py; every field of the services in
tests/unit/services/test_bad_input.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, drop_files, names, settle, type_text

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.documents import MOST_BYTES
from crm_desktop.ui.pages.catalogue import CataloguePage
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.knowledge import KnowledgePage
from crm_desktop.ui.pages.new_customer import NewCustomerPanel
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.pages.settings_fields import FieldsCard
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import TextFact
from crm_desktop.ui.widgets.tags import TagsFact

PAGE = "<h1>Hi</h1><img src='file:///x.png'>"
ODD = ("x" * 300, "🎈👨‍👩‍👧", "محمد\u202egpj.exe", PAGE, "../../x", "CON", "A & B", "%s {name}")
TOO_LONG = "y" * 501


@pytest.fixture
def anna(page: CustomersPage, qtbot: QtBot) -> CustomerId:
    page.workspace.settings.set_home_country("PT")
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    return customer


def stored(page: CustomersPage, customer: CustomerId) -> Customer:
    return page.workspace.customers.get(customer)


def retype(edit: InlineEdit, text: str, qtbot: QtBot) -> None:
    edit.start()
    edit.edit.clear()
    type_text(edit.edit, text)
    qtbot.keyClick(edit.edit, Qt.Key.Key_Return)


def nothing_is_rendered(shell: Shell) -> None:
    """Nobody's text is taken for a page: it could load files, or hide what it says."""
    for widget in shell.findChildren(QWidget):
        assert "<h1>" not in widget.toolTip(), widget
        if isinstance(widget, QLabel) and "<h1>" in widget.text():
            assert widget.textFormat() is Qt.TextFormat.PlainText, widget.text()
    for action in shell.findChildren(QAction):
        assert "<h1>" not in action.toolTip(), action.text()


def said(shell: Shell) -> str:
    """What the banner or the toast says."""
    toast = shell.toasts.current
    if shell.banner.isVisible():
        return shell.banner.message.text()
    assert toast is not None
    return toast.message.text()


def refused(edit: InlineEdit, text: str, qtbot: QtBot) -> None:
    """The field says why, and what was typed still stands in it."""
    retype(edit, text, qtbot)
    qtbot.waitUntil(edit.has_error, timeout=TIMEOUT)
    assert len(edit.edit.accessibleDescription()) > 10
    assert edit.edit.text() == text
    qtbot.keyClick(edit.edit, Qt.Key.Key_Escape)
    assert not edit.has_error()


def test_names_of_customers(page: CustomersPage, anna: CustomerId, qtbot: QtBot) -> None:
    before = "Anna Smith"
    for text in ODD:
        retype(page.panel.name, text, qtbot)
        qtbot.waitUntil(lambda text=text: stored(page, anna).name == text, timeout=TIMEOUT)
        settle(page._shell, qtbot)
        qtbot.waitUntil(lambda text=text: text in names(page), timeout=TIMEOUT)
        nothing_is_rendered(page._shell)
        undo = page._shell.commands.undo.text()
        assert before.replace("&", "&&")[:20] in undo  # no letter is a key
        assert len(undo) < 120
        before = text
    for text in (TOO_LONG, "", "\u200b\u200d"):
        refused(page.panel.name, text, qtbot)
    assert stored(page, anna).name == ODD[-1]
    for text in reversed(ODD[:-1]):
        page._shell.commands.undo.trigger()
        qtbot.waitUntil(lambda text=text: stored(page, anna).name == text, timeout=TIMEOUT)
    settle(page._shell, qtbot)


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("organisation", lambda c: c.organisation),
        ("phone:", lambda c: c.phones[0].raw),
        ("tags", lambda c: ", ".join(c.tags)),
    ],
)
def test_facts_of_customers(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot, key: str, read: Callable[[Customer], str]
) -> None:
    facts = page.panel.facts

    def edit() -> InlineEdit:
        if key == "organisation":
            return page.panel.organisation
        found = next(one for one in facts.keys() if one.startswith(key))  # noqa: SIM118
        fact = facts.row(found)
        assert isinstance(fact, TextFact | TagsFact)
        return fact.edit

    for text in ODD:
        retype(edit(), text, qtbot)
        qtbot.waitUntil(lambda text=text: read(stored(page, anna)) == text, timeout=TIMEOUT)
        settle(page._shell, qtbot)
        nothing_is_rendered(page._shell)
    refused(edit(), TOO_LONG, qtbot)
    assert read(stored(page, anna)) == ODD[-1]


def test_birthdays_and_emails_stay_to_be_mended(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    facts = page.panel.facts
    birthday = facts.row("birthday")
    email = facts.row(next(key for key in facts.keys() if key.startswith("email:")))  # noqa: SIM118
    assert isinstance(birthday, TextFact)
    assert isinstance(email, TextFact)
    for text in ("31/02/1980", "1700-01-01", PAGE, "x" * 300):
        refused(birthday.edit, text, qtbot)
    for text in ("a@b@c", "anna@", PAGE, "x" * 300):
        refused(email.edit, text, qtbot)
    assert stored(page, anna).birthday is None
    assert stored(page, anna).emails[0].raw == "anna@example.co.uk"


def test_a_new_customer_is_refused_at_each_field(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    shell.commands.new_customer.trigger()
    made = page._new_panel
    assert isinstance(made, NewCustomerPanel)
    cases = (
        (made.organisation, "organisation", TOO_LONG, PAGE),
        (made.phone, "phone", "9" * 501, "12"),
        (made.email, "email", "e" * 501, ""),
        (made.name, "name", TOO_LONG, PAGE),
    )
    made.name.setText("Rui")
    for field, key, wrong, right in cases:
        assert isinstance(field, QLineEdit)
        field.setText(wrong)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(made._errors[key].isVisible, timeout=TIMEOUT)
        assert [k for k, shown in made._errors.items() if shown.isVisible()] == [key]
        assert (field.text(), field.hasFocus()) == (wrong, True)
        field.setText(right)
        if key != "name":
            settle(shell, qtbot)
    qtbot.keyClick(made.name, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.name == PAGE,
        timeout=TIMEOUT,
    )
    settle(shell, qtbot)
    customer = page.panel.customer
    assert customer is not None
    assert (customer.organisation, customer.phones[0].raw) == (PAGE, "12")
    assert customer.phones[0].value is None
    nothing_is_rendered(shell)


def test_notes_tasks_entries_cases_promises(
    page: CustomersPage, anna: CustomerId, qtbot: QtBot
) -> None:
    panel, w, shell = page.panel, page.workspace, page._shell
    for text in ODD:
        panel.notes.setPlainText(text)
        qtbot.keyClick(panel.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.mouseClick(panel.tasks.add, Qt.MouseButton.LeftButton)
        type_text(panel.tasks.line, text)
        qtbot.keyClick(panel.tasks.line, Qt.Key.Key_Return)
        settle(shell, qtbot)
        qtbot.mouseClick(panel.cases.add, Qt.MouseButton.LeftButton)
        type_text(panel.cases.subject, text)
        qtbot.keyClick(panel.cases.subject, Qt.Key.Key_Return)
        settle(shell, qtbot)
        qtbot.mouseClick(panel.promises.add, Qt.MouseButton.LeftButton)
        type_text(panel.promises.text, text)
        qtbot.keyClick(panel.promises.text, Qt.Key.Key_Return)
        settle(shell, qtbot)
        qtbot.keyClick(page.table, Qt.Key.Key_L)
        qtbot.waitUntil(panel.timeline.composer.field.hasFocus, timeout=TIMEOUT)
        type_text(panel.timeline.composer.field, text)
        qtbot.keyClick(panel.timeline.composer.field, Qt.Key.Key_Return)
        settle(shell, qtbot)
        nothing_is_rendered(shell)
    assert stored(page, anna).notes == ODD[-1]
    assert {task.title for task in w.tasks.of(anna)} == set(ODD)
    assert {case.subject for case in w.cases.of(anna)} == set(ODD)
    assert {promise.text for promise in w.promises.open_of(anna)} == set(ODD)
    assert {entry.text for entry in w.customers.timeline(anna)} == set(ODD)
    # What is too long stays where it was typed.
    qtbot.mouseClick(panel.tasks.add, Qt.MouseButton.LeftButton)
    type_text(panel.tasks.line, TOO_LONG)
    qtbot.keyClick(panel.tasks.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "500" in panel.tasks.hint.text(), timeout=TIMEOUT)
    assert panel.tasks.line.text() == TOO_LONG
    qtbot.mouseClick(panel.promises.add, Qt.MouseButton.LeftButton)
    type_text(panel.promises.text, TOO_LONG)
    qtbot.keyClick(panel.promises.text, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.promises._error.isVisible, timeout=TIMEOUT)
    assert panel.promises.text.text() == TOO_LONG
    settle(shell, qtbot)


def test_articles_views_and_fields(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    w = page.workspace
    for text in (*ODD[1:], "x" * 60):
        page.views.save_new()
        dialog = page.views.dialog
        assert dialog is not None
        type_text(dialog.name, text)
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda text=text: page.title.full_text() == text, timeout=TIMEOUT)
        settle(shell, qtbot)
        nothing_is_rendered(shell)
    for text in ("x" * 300, "", "\u200b"):
        page.views.save_new()
        dialog = page.views.dialog
        assert dialog is not None
        dialog.name.clear()
        type_text(dialog.name, text)
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
        qtbot.waitUntil(dialog.error.isVisible, timeout=TIMEOUT)
        assert dialog.name.text() == text
        dialog.reject()
    assert len(w.views.all()) == len(ODD)
    shell.show_page("knowledge")
    knowledge = shell.page("knowledge")
    assert isinstance(knowledge, KnowledgePage)
    settle(shell, qtbot)
    for text in ODD:
        knowledge.new()
        type_text(knowledge.editor.title.edit, text)
        qtbot.keyClick(knowledge.editor.title.edit, Qt.Key.Key_Return)
        settle(shell, qtbot)
        nothing_is_rendered(shell)
    assert {article.title for article in w.knowledge.all()} == set(ODD)
    refused(knowledge.editor.title, TOO_LONG, qtbot)
    shell.show_page("catalogue")
    catalogue = shell.page("catalogue")
    assert isinstance(catalogue, CataloguePage)
    settle(shell, qtbot)
    for text in ODD:
        catalogue.new()
        type_text(catalogue.panel.name.edit, text)
        qtbot.keyClick(catalogue.panel.name.edit, Qt.Key.Key_Return)
        settle(shell, qtbot)
        catalogue.panel.category.edit.start()
        type_text(catalogue.panel.category.edit.edit, text)
        qtbot.keyClick(catalogue.panel.category.edit.edit, Qt.Key.Key_Return)
        settle(shell, qtbot)
        nothing_is_rendered(shell)
    assert {one.product.name for one in w.catalogue.search()} == set(ODD)
    refused(catalogue.panel.name, TOO_LONG, qtbot)
    shell.show_page("settings")
    settings = shell.page("settings")
    assert isinstance(settings, SettingsPage)
    settle(shell, qtbot)
    card = settings.findChild(FieldsCard)
    assert card is not None
    adder = card.adder
    for text in ODD[1:]:
        adder.name.clear()
        type_text(adder.name, text)
        qtbot.keyClick(adder.name, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda text=text: text in [f.name for f in w.fields.all()], timeout=TIMEOUT)
        settle(shell, qtbot)
        nothing_is_rendered(shell)
    adder.name.clear()
    type_text(adder.name, ODD[0])
    qtbot.keyClick(adder.name, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert adder.error.isVisible()
    assert "100" in adder.error.text()
    assert adder.name.text() == ODD[0]


def test_documents(page: CustomersPage, anna: CustomerId, qtbot: QtBot, tmp_path: Path) -> None:
    shell, documents = page._shell, page.workspace.documents
    good, empty, huge = (tmp_path / name for name in ("good.txt", "empty.txt", "huge.bin"))
    good.write_bytes(b"x")
    empty.touch()
    with huge.open("wb") as file:  # a hole, but for its end
        file.truncate(MOST_BYTES + 1)
    for bad, words in ((empty, "“empty.txt” is empty"), (huge, "larger than 200 MB")):
        drop_files(page.panel, good, bad)
        settle(shell, qtbot)
        assert words in said(shell)
        assert documents.of(anna) == []
    drop_files(page.panel, good)
    qtbot.waitUntil(lambda: len(page.panel.documents.rows()) == 1, timeout=TIMEOUT)
    settle(shell, qtbot)
    for text in ODD:
        row = page.panel.documents.rows()[0]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(row, Qt.Key.Key_F2)
        row.edit.clear()
        type_text(row.edit, text)
        qtbot.keyClick(row.edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda text=text: documents.of(anna)[0].name == text, timeout=TIMEOUT)
        settle(shell, qtbot)
        nothing_is_rendered(shell)
