"""Settings > Fields of your own through the real window: by keys alone, by the mouse alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle, type_text

from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.fields import CustomField, FieldKind
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.settings import SettingsPage
from crm_desktop.ui.pages.settings_fields import FieldsCard
from crm_desktop.ui.shell import Shell


@pytest.fixture
def card(started: Shell, qtbot: QtBot) -> FieldsCard:
    started.show_page("settings")
    page = started.page("settings")
    assert isinstance(page, SettingsPage)
    settle(started, qtbot)
    page.show_fields()
    qtbot.waitUntil(page.own_fields.adder.name.hasFocus, timeout=TIMEOUT)
    return page.own_fields


def stored(card: FieldsCard) -> list[CustomField]:
    return card._page.workspace.fields.all()


def names(card: FieldsCard) -> list[str]:
    return [f.name for f in stored(card)]


def shown(card: FieldsCard) -> list[str]:
    return [line if isinstance(line, str) else line.name for line in card.model.lines]


def key(
    qtbot: QtBot,
    code: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A key to whatever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, code, modifiers)


def tab_to(qtbot: QtBot, wanted: QWidget, *, back: bool = False) -> None:
    """Tab on until something has the focus."""
    for _press in range(40):
        if QApplication.focusWidget() is wanted:
            return
        key(qtbot, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {wanted}")


def type_over(qtbot: QtBot, text: str) -> None:
    """Put a text in the place of what stands in the focused field."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    type_text(focus, text)


def test_by_keys_alone(card: FieldsCard, qtbot: QtBot) -> None:
    assert card.list.isHidden()
    # Made: name, Tab to the kind, chosen by its letters, Enter in the name adds it.
    for name in ("Size", "Colour", "尺码"):
        tab_to(qtbot, card.adder.name, back=True)
        type_over(qtbot, name)
        key(qtbot, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda name=name: shown(card)[-1:] == [name], timeout=TIMEOUT)
    # Put in order.
    tab_to(qtbot, card.list, back=True)
    key(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    key(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: names(card) == ["尺码", "Size", "Colour"], timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    assert card.list.hasFocus()
    # Renamed; a name in use is told at the field, Esc takes it back.
    key(qtbot, Qt.Key.Key_F2)
    qtbot.waitUntil(card.form.name.edit.hasFocus, timeout=TIMEOUT)
    type_over(qtbot, "size")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(card.form.name.has_error, timeout=TIMEOUT)
    key(qtbot, Qt.Key.Key_Escape)
    assert not card.form.name.has_error()
    type_over(qtbot, "鞋码")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(card)[0] == "鞋码", timeout=TIMEOUT)
    # Another kind, with words of its own.
    tab_to(qtbot, card.form.kind)
    key(qtbot, Qt.Key.Key_Down)
    view = card.form.kind.view()
    qtbot.waitUntil(view.isVisible, timeout=TIMEOUT)
    while view.currentIndex().row() < list(FieldKind).index(FieldKind.CHOICE):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(card)[0].kind is FieldKind.CHOICE, timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    # Offscreen, nobody gives the window the keyboard back when a popup has gone.
    card.window().activateWindow()
    qtbot.waitUntil(card.form.kind.hasFocus, timeout=TIMEOUT)
    tab_to(qtbot, card.form.words.new)
    for word in ("38", "39"):
        type_text(card.form.words.new, word)
        key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(card)[0].choices == ("38", "39"), timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    tab_to(qtbot, card.form.words.list, back=True)
    card.form.words.list.setCurrentRow(1)
    key(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: stored(card)[0].choices == ("39", "38"), timeout=TIMEOUT)
    # Into a group, which is renamed in its turn.
    tab_to(qtbot, card.form.heading.edit)
    type_over(qtbot, "Shop")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(card) == ["Size", "Colour", "Shop", "鞋码"], timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    tab_to(qtbot, card.list, back=True)
    key(qtbot, Qt.Key.Key_Up)
    key(qtbot, Qt.Key.Key_F2)
    qtbot.waitUntil(card.form.name.edit.hasFocus, timeout=TIMEOUT)
    assert card.form.kind.isHidden()
    type_over(qtbot, "Clothes")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stored(card)[-1].heading == "Clothes", timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    # Hidden, removed, and back by its name.
    tab_to(qtbot, card.list, back=True)
    key(qtbot, Qt.Key.Key_Down)
    tab_to(qtbot, card.form.hidden)
    key(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: stored(card)[-1].hidden, timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    tab_to(qtbot, card.list, back=True)
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(card) == ["Size", "Colour"], timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    tab_to(qtbot, card.adder.name)
    type_text(card.adder.name, "鞋码")
    qtbot.waitUntil(card.adder.removed.isVisible, timeout=TIMEOUT)
    tab_to(qtbot, card.adder.restore)
    key(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: names(card) == ["Size", "Colour", "鞋码"], timeout=TIMEOUT)
    settle(card._page.host, qtbot)


def click(qtbot: QtBot, widget: QWidget, at: QPoint | None = None) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def middle(card: FieldsCard, row: int) -> QPoint:
    return card.list.visualRect(card.model.index(row, 0)).center()


def drag(qtbot: QtBot, card: FieldsCard, row: int, to: QPoint) -> None:
    view = card.list.viewport()
    start = middle(card, row)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for at in (start + QPoint(0, 15), to):
        qtbot.mouseMove(view, at)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=to)


def test_by_the_mouse_alone(card: FieldsCard, qtbot: QtBot) -> None:
    fields = card._page.workspace.fields
    for name, heading in (("A", ""), ("B", ""), ("C", "Travel"), ("D", "Travel")):
        fields.add(name, heading=heading)
    qtbot.waitUntil(lambda: shown(card) == ["A", "B", "Travel", "C", "D"], timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    # Dragged into the group, below its heading.
    drag(qtbot, card, 0, card.list.visualRect(card.model.index(3, 0)).topLeft() + QPoint(20, 3))
    qtbot.waitUntil(
        lambda: (
            [(f.name, f.heading) for f in stored(card)]
            == [("B", ""), ("A", "Travel"), ("C", "Travel"), ("D", "Travel")]
        ),
        timeout=TIMEOUT,
    )
    settle(card._page.host, qtbot)
    # And up out of it, by the button: over the heading.
    click(qtbot, card.list.viewport(), middle(card, 2))
    assert card.current() is not None
    assert card.form.name.value() == "A"
    click(qtbot, card.form.up)
    qtbot.waitUntil(lambda: stored(card)[1] == fields.all()[1] != "", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: stored(card)[1].heading == "", timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    click(qtbot, card.form.hidden, QPoint(8, card.form.hidden.height() // 2))
    qtbot.waitUntil(lambda: stored(card)[1].hidden, timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    next(a for a in card.menu().actions() if a.data() == "hide").trigger()
    qtbot.waitUntil(lambda: not stored(card)[1].hidden, timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    click(qtbot, card.form.remove)
    qtbot.waitUntil(lambda: names(card) == ["B", "C", "D"], timeout=TIMEOUT)
    shell = card._page.host
    assert isinstance(shell, Shell)
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    toast = shell.toasts.current
    assert toast is not None
    click(qtbot, toast.button)
    qtbot.waitUntil(lambda: names(card) == ["B", "A", "C", "D"], timeout=TIMEOUT)
    settle(shell, qtbot)


def test_a_kind_that_does_not_fit_all_asks_first(card: FieldsCard, qtbot: QtBot) -> None:
    workspace = card._page.workspace
    since = workspace.fields.add("Since")
    for number, text in enumerate(("1/2/2019", "13/4/2020", "summer")):
        customer = workspace.customers.create(CustomerDraft(f"Customer {number}"))
        workspace.customers.set_custom(customer, "Since", text)
    qtbot.waitUntil(lambda: card.model.values(stored(card)[0]) == 3, timeout=TIMEOUT)
    settle(card._page.host, qtbot)
    form = card.form
    for answer, kind in ((form.no, FieldKind.TEXT), (form.yes, FieldKind.DATE)):
        form.kind.setCurrentIndex(form.kind.findData("date"))
        form.kind.activated.emit(form.kind.currentIndex())
        qtbot.waitUntil(form.question.isVisible, timeout=TIMEOUT)
        assert form.question.text.text().startswith("1 of 3 values")
        assert "“summer”" in form.question.text.text()
        click(qtbot, answer)
        qtbot.waitUntil(lambda kind=kind: stored(card)[0].kind is kind, timeout=TIMEOUT)
        settle(card._page.host, qtbot)
        assert form.kind.currentData() == kind.value
    assert workspace.fields.look(since, FieldKind.DATE).kept == 1


def test_other_screens_follow_without_a_restart(page: CustomersPage, qtbot: QtBot) -> None:
    workspace = page.workspace
    customer = choose(page, "Anna Smith", qtbot)
    settle(page._shell, qtbot)
    size = workspace.fields.add("Size", heading="Shop")
    workspace.customers.set_custom(customer, "Size", "L")
    facts = page.panel.facts
    qtbot.waitUntil(lambda: "custom:Size" in facts.keys(), timeout=TIMEOUT)  # noqa: SIM118
    assert "heading:Shop" in facts.keys()  # noqa: SIM118
    workspace.fields.rename(size, "Shoe")
    qtbot.waitUntil(lambda: "custom:Shoe" in facts.keys(), timeout=TIMEOUT)  # noqa: SIM118
    workspace.fields.remove(size)
    qtbot.waitUntil(lambda: "custom:Shoe" not in facts.keys(), timeout=TIMEOUT)  # noqa: SIM118
    workspace.fields.restore(size)
    qtbot.waitUntil(lambda: "custom:Shoe" in facts.keys(), timeout=TIMEOUT)  # noqa: SIM118
    workspace.fields.set_hidden(size, hidden=True)
    qtbot.waitUntil(lambda: "custom:Shoe" not in facts.keys(), timeout=TIMEOUT)  # noqa: SIM118
    settle(page._shell, qtbot)
