"""Another customer comes into the panel while something of the first one is under way."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, bring, settle, type_text

from crm_desktop.domain.customers import Address, ContactKind, CustomerDraft, CustomerId
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.promises import Side
from crm_desktop.ui.pages.customer_panel import CustomerPanel
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.widgets.edit import InlineEdit, InlineNotes
from crm_desktop.ui.widgets.facts import ChoiceFact, FactRow, TextFact, WidgetFact
from crm_desktop.ui.widgets.own_values import WordFact, WordsFact
from crm_desktop.ui.widgets.reach import AddressFact, PointFact

ANNA, BRUNO = "Anna of the test", "Bruno of the test"
Pair = tuple[CustomerId, CustomerId]


@pytest.fixture
def pair(page: CustomersPage, qtbot: QtBot) -> Pair:
    """Two customers with a value each of the same kinds; the first is chosen."""
    customers, fields = page.workspace.customers, page.workspace.fields
    fields.add("Seat", FieldKind.CHOICE, words=["Window", "Aisle"])
    fields.add("Likes", FieldKind.CHOICES, words=["Wine", "Golf"])
    fields.add("Story", FieldKind.LONG_TEXT)
    made: list[CustomerId] = []
    for name, number in ((ANNA, "+351 912 345 678"), (BRUNO, "+351 913 333 444")):
        one = customers.create(CustomerDraft(name, organisation=f"Firm of {name}"))
        customers.save_contact_point(one, ContactKind.PHONE, number)
        customers.save_address(one, Address(f"Street of {name}", city="Porto"))
        customers.set_custom(one, "Seat", "Window")
        customers.set_custom(one, "Likes", "Wine")
        customers.set_custom(one, "Story", f"Story of {name}")
        customers.update(one, "notes", f"Notes of {name}")
        customers.update(one, "birthday", "1980-05-31")
        customers.set_tags(one, ["vip"])
        made.append(one)
    page._shell.show_customer(made[0])
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == made[0],
        timeout=TIMEOUT,
    )
    settle(page._shell, qtbot)
    return made[0], made[1]


def row(panel: CustomerPanel, start: str) -> FactRow:
    return panel.facts.rows[next(key for key in panel.facts.keys() if key.startswith(start))]  # noqa: SIM118


def typed(edit: InlineEdit, text: str) -> None:
    edit.start()
    edit.edit.selectAll()
    type_text(edit.edit, text)


def text_of(panel: CustomerPanel, start: str) -> InlineEdit:
    fact = row(panel, start)
    assert isinstance(fact, TextFact)
    return fact.edit


def _name(panel: CustomerPanel) -> None:
    typed(panel.name, "Typed")


def _organisation(panel: CustomerPanel) -> None:
    typed(panel.organisation, "Typed")


def _phone(panel: CustomerPanel) -> None:
    typed(text_of(panel, "phone:"), "+351 919 999 999")


def _birthday(panel: CustomerPanel) -> None:
    typed(text_of(panel, "birthday"), "1990-01-02")


def _tags(panel: CustomerPanel) -> None:
    typed(text_of(panel, "tags"), "typed")


def _address(panel: CustomerPanel) -> None:
    fact = row(panel, "address:")
    assert isinstance(fact, AddressFact)
    fact.start()
    fact._fields["city"].setFocus()
    fact._fields["city"].selectAll()
    type_text(fact._fields["city"], "Typed")


def _label(panel: CustomerPanel) -> None:
    fact = row(panel, "phone:")
    assert isinstance(fact, PointFact)
    fact.start_label()
    type_text(fact._label, "Typed")


def _word(panel: CustomerPanel) -> None:
    fact = row(panel, "custom:Seat")
    assert isinstance(fact, WordFact)
    fact.start_new()
    type_text(fact.edit.edit, "Typed")


def _words(panel: CustomerPanel) -> None:
    fact = row(panel, "custom:Likes")
    assert isinstance(fact, WordsFact)
    fact.start_new()
    type_text(fact.edit.edit, "Typed")


def _story(panel: CustomerPanel) -> None:
    fact = row(panel, "custom:Story")
    assert isinstance(fact, WidgetFact)
    assert isinstance(fact.widget, InlineNotes)
    fact.widget.setFocus()
    fact.widget.selectAll()
    type_text(fact.widget, "Typed")


def _notes(panel: CustomerPanel) -> None:
    panel.notes.setFocus()
    panel.notes.selectAll()
    type_text(panel.notes, "Typed")


def _new_field(panel: CustomerPanel) -> None:
    field = panel.facts.adders.new_field
    field.start([])
    type_text(field.name, "Typed")
    field.value.setFocus()
    type_text(field.value, "Typed")


@pytest.mark.parametrize(
    "begin",
    [
        _name, _organisation, _phone, _birthday, _tags, _address, _label, _word, _words, _story,
        _notes, _new_field,
    ],
)  # fmt: skip
def test_what_is_typed_goes_to_the_one_it_was_typed_for(
    page: CustomersPage, pair: Pair, qtbot: QtBot, begin: Callable[[CustomerPanel], None]
) -> None:
    anna, bruno = pair
    customers = page.workspace.customers
    before = (customers.get(anna), customers.get(bruno))
    begin(page.panel)
    bring(page, bruno, qtbot)
    assert customers.get(bruno) == before[1]
    assert customers.get(anna) != before[0]
    assert page.panel.name.edit.text() == BRUNO
    assert page.panel.organisation.edit.text() == f"Firm of {BRUNO}"
    assert page.panel.notes.toPlainText() == f"Notes of {BRUNO}"
    # Nor is anything of it left to be saved on the second one later.
    page.table.setFocus()
    settle(page._shell, qtbot)
    bring(page, anna, qtbot)
    assert customers.get(bruno) == before[1]


def _no_name(panel: CustomerPanel) -> None:
    typed(panel.name, " ")


def _no_birthday(panel: CustomerPanel) -> None:
    typed(text_of(panel, "birthday"), "some day in spring")


def _no_mail(panel: CustomerPanel) -> None:
    panel.facts.ask_for("email:new")
    typed(text_of(panel, "email:new"), "no mail at all")


@pytest.mark.parametrize("begin", [_no_name, _no_birthday, _no_mail])
@pytest.mark.parametrize("stands", [True, False])
def test_an_error_of_one_does_not_stand_at_the_other(
    page: CustomersPage,
    pair: Pair,
    qtbot: QtBot,
    begin: Callable[[CustomerPanel], None],
    stands: bool,
) -> None:
    begin(page.panel)
    if stands:  # it was refused already; else the answer comes when the other one is shown
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Return)
        settle(page._shell, qtbot)
        assert any(edit.has_error() for edit in page.panel.findChildren(InlineEdit))
    before = page.workspace.customers.get(pair[1])
    bring(page, pair[1], qtbot)
    assert not [edit for edit in page.panel.findChildren(InlineEdit) if edit.has_error()]
    assert page.panel.name.edit.text() == BRUNO
    page.table.setFocus()
    settle(page._shell, qtbot)
    assert page.workspace.customers.get(pair[1]) == before


@pytest.mark.parametrize("stays", [True, False])
def test_what_was_refused_is_said_with_its_words_and_a_way_back(
    page: CustomersPage, pair: Pair, qtbot: QtBot, stays: bool
) -> None:
    typed(text_of(page.panel, "birthday"), "31/02/1990")
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    settle(page._shell, qtbot)
    if not stays:  # the cursor went on to another field: nothing is saved by leaving
        page.panel.organisation.start()
        settle(page._shell, qtbot)
    bring(page, pair[1], qtbot)
    settle(page._shell, qtbot)
    toast = page._shell.toasts.current
    assert toast is not None
    assert toast.button is not None
    first = page.workspace.customers.get(pair[0])
    assert "31/02/1990" in toast.message.text()
    assert first.name in toast.message.text()
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.panel.customer is not None and page.panel.customer.id == first.id)


def test_all_that_was_refused_is_said_together(
    page: CustomersPage, pair: Pair, qtbot: QtBot
) -> None:
    for begin, key in ((_no_mail, "email:new"), (_no_birthday, "birthday")):
        begin(page.panel)
        edit = text_of(page.panel, key)
        qtbot.keyClick(edit.edit, Qt.Key.Key_Return)
        settle(page._shell, qtbot)
        assert edit.has_error()
    birthday = text_of(page.panel, "birthday").edit.text()
    page.panel.organisation.start()
    settle(page._shell, qtbot)
    bring(page, pair[1], qtbot)
    toast = page._shell.toasts.current
    assert toast is not None
    assert birthday in toast.message.text()
    assert "no mail at all" in toast.message.text()


def test_an_open_menu_closes_with_its_customer(
    page: CustomersPage, pair: Pair, qtbot: QtBot
) -> None:
    anna, bruno = pair
    customers = page.workspace.customers
    before = customers.get(bruno)
    stage, likes = row(page.panel, "stage"), row(page.panel, "custom:Likes")
    assert isinstance(stage, ChoiceFact)
    assert isinstance(likes, WordsFact)
    stage.button.menu().popup(stage.mapToGlobal(stage.rect().bottomLeft()))
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    bring(page, bruno, qtbot)
    assert QApplication.activePopupWidget() is None
    bring(page, anna, qtbot)
    menu = row(page.panel, "custom:Likes").pop()  # type: ignore[attr-defined]
    next(action for action in menu.actions() if action.data() == "Golf").trigger()
    bring(page, bruno, qtbot)
    assert QApplication.activePopupWidget() is None
    assert customers.get(bruno) == before
    assert customers.get(anna).custom["Likes"] == "Wine; Golf"


def test_walking_fast_ends_with_the_last_one_whole(
    page: CustomersPage, pair: Pair, qtbot: QtBot
) -> None:
    anna, bruno = pair
    for _round in range(6):
        page.panel.show_customer(anna)
        page.panel.show_customer(bruno)
        QApplication.processEvents()
    bring(page, bruno, qtbot)
    assert page.panel.name.edit.text() == BRUNO
    shown = {key: fact for key, fact in page.panel.facts.rows.items() if not fact.isHidden()}
    phone = shown[next(key for key in shown if key.startswith("phone:"))]
    assert isinstance(phone, PointFact)
    assert phone.edit.value().endswith("444")


def test_tab_goes_down_the_panel_whoever_was_there_before(
    page: CustomersPage, pair: Pair, qtbot: QtBot
) -> None:
    anna, bruno = pair
    workspace = page.workspace
    workspace.cases.begin(bruno, "Suitcase lost")
    workspace.promises.add(bruno, Side.WE, "a voucher")
    workspace.tasks.add("Call him", customer_id=bruno)
    for customer in (bruno, anna, bruno):
        bring(page, customer, qtbot)
    panel = page.panel
    qtbot.waitUntil(lambda: not panel.tab_order.is_due, timeout=TIMEOUT)
    panel.facts.ask_for("email:new")
    qtbot.waitUntil(lambda: not panel.tab_order.is_due, timeout=TIMEOUT)
    stops: list[QWidget] = []
    at = panel.print.nextInFocusChain()
    while at is not panel.print and len(stops) < 500:
        if (
            panel.isAncestorOf(at)
            and at.isVisible()
            and at.focusPolicy() & Qt.FocusPolicy.TabFocus
            and at.focusProxy() is None
        ):
            stops.append(at)
        at = at.nextInFocusChain()
    # From the first below the actions to the last, each is no higher than the one before.
    last = stops.index(panel.states)
    tops = [stop.mapTo(panel, QPoint(0, 0)).y() for stop in stops[: last + 1]]
    assert last > 20
    assert all(top >= before - 16 for before, top in pairwise(tops))


def test_a_change_elsewhere_leaves_what_is_not_answered_yet(
    page: CustomersPage, qtbot: QtBot
) -> None:
    edit = InlineEdit("Name", parent=page)
    edit.set_value("Ana")
    edit.show()
    page.window().activateWindow()
    edit.edit.setFocus()
    qtbot.waitUntil(edit.edit.hasFocus, timeout=TIMEOUT)
    edit.edit.setText("\u200b\u200d")
    edit.commit()
    edit.set_value("Ana")  # the panel is read again, for a task of hers
    assert edit.edit.text() == "\u200b\u200d"
    edit.show_error("That is no name.")
    assert edit.edit.text() == "\u200b\u200d"
    assert edit.has_error()
    edit.set_value("Ana")
    edit.take_back()
    assert edit.edit.text() == "Ana"
