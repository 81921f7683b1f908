"""Notes with basic formatting: typed, clicked, pasted; stored as text that reads well."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle

from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.shell import Shell
from crm_desktop.ui.widgets.format_bar import FormatBar
from crm_desktop.ui.widgets.markup_document import as_link
from crm_desktop.ui.widgets.rich_notes import RichNotes

_CONTROL = Qt.KeyboardModifier.ControlModifier


class Field:
    """An editor with its bar, in a window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.notes = RichNotes("Notes", "Add a note")
        self.bar = FormatBar(self.notes)
        box = QVBoxLayout(self.window)
        box.addWidget(self.bar)
        box.addWidget(self.notes)
        self.window.resize(500, 400)
        qtbot.addWidget(self.window)
        self.window.show()
        self.notes.setFocus()
        qtbot.waitUntil(self.notes.hasFocus, timeout=TIMEOUT)

    def select(self, words: str) -> None:
        at = self.notes.toPlainText().index(words)
        cursor = self.notes.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(at + len(words), QTextCursor.MoveMode.KeepAnchor)
        self.notes.setTextCursor(cursor)


@pytest.fixture
def field(qtbot: QtBot) -> Field:
    return Field(qtbot)


def test_typed_by_keyboard_alone(field: Field, qtbot: QtBot) -> None:
    notes = field.notes
    qtbot.keyClicks(notes, "Likes ")
    qtbot.keyClick(notes, Qt.Key.Key_B, _CONTROL)
    qtbot.keyClicks(notes, "windows")
    qtbot.keyClick(notes, Qt.Key.Key_B, _CONTROL)
    qtbot.keyClicks(notes, " and ")
    qtbot.keyClick(notes, Qt.Key.Key_I, _CONTROL)
    qtbot.keyClicks(notes, "tea")
    qtbot.keyClick(notes, Qt.Key.Key_I, _CONTROL)
    qtbot.keyClick(notes, Qt.Key.Key_Return)
    qtbot.keyClicks(notes, "- one")
    qtbot.keyClick(notes, Qt.Key.Key_Return)
    qtbot.keyClicks(notes, "two")
    qtbot.keyClick(notes, Qt.Key.Key_Return)
    qtbot.keyClick(notes, Qt.Key.Key_Return)  # an empty item ends the list
    qtbot.keyClicks(notes, "1. first")
    qtbot.keyClick(notes, Qt.Key.Key_Return)
    qtbot.keyClicks(notes, "second")
    assert notes.text() == "Likes **windows** and *tea*\n- one\n- two\n1. first\n2. second"
    with qtbot.waitSignal(notes.committed) as told:
        qtbot.keyClick(notes, Qt.Key.Key_Return, _CONTROL)
    assert told.args == [notes.text()]


def test_formatted_by_mouse_alone(field: Field, qtbot: QtBot) -> None:
    notes, bar = field.notes, field.bar
    notes.insertPlainText("one\ntwo\nsee there")
    field.select("one\ntwo")
    for made in (bar.bullets, bar.numbers):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert notes.text() == "1. one\n2. two\nsee there"
    qtbot.mouseClick(bar.numbers, Qt.MouseButton.LeftButton)
    assert notes.text() == "one\ntwo\nsee there"
    field.select("two")
    qtbot.mouseClick(bar.bold, Qt.MouseButton.LeftButton)
    assert bar.bold.isChecked()
    qtbot.mouseClick(bar.italic, Qt.MouseButton.LeftButton)
    assert notes.text() == "one\n***two***\nsee there"
    qtbot.mouseClick(bar.bold, Qt.MouseButton.LeftButton)
    field.select("there")
    qtbot.mouseClick(bar.link, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(bar.address, "crm.example")
    qtbot.keyClick(bar.address, Qt.Key.Key_Return)
    assert notes.text() == "one\n*two*\nsee [there](https://crm.example)"
    assert notes.hasFocus()
    qtbot.keyClicks(notes, " soon")
    assert notes.text().endswith("[there](https://crm.example) soon")


def test_a_link_is_followed_taken_back_and_mended(
    field: Field, qtbot: QtBot, urls: list[str]
) -> None:
    notes, bar = field.notes, field.bar
    notes.set_value("ask [Ana](mailto:ana@example.pt) first")
    field.select("na")
    qtbot.keyClick(notes, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert urls == ["mailto:ana@example.pt"]
    qtbot.keyClick(notes, Qt.Key.Key_K, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert bar.address.text() == "mailto:ana@example.pt"
    bar.address.clear()
    qtbot.keyClicks(bar.address, "javascript:alert(1)")
    qtbot.keyClick(bar.address, Qt.Key.Key_Return)
    assert bar.address.isVisible()
    assert bar.address.accessibleDescription()
    qtbot.keyClick(bar.address, Qt.Key.Key_Escape)
    assert bar.address.isHidden()
    cursor = notes.textCursor()
    cursor.setPosition(notes.toPlainText().index("na"))
    notes.setTextCursor(cursor)
    qtbot.keyClick(notes, Qt.Key.Key_K, _CONTROL | Qt.KeyboardModifier.ShiftModifier)
    bar.address.clear()
    qtbot.keyClick(bar.address, Qt.Key.Key_Return)
    assert notes.text() == "ask Ana first"


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://x.pt/a?b=1", "https://x.pt/a?b=1"),
        ("x.pt", "https://x.pt"),
        ("ana@example.pt", "mailto:ana@example.pt"),
        ("tel:+351912345678", "tel:+351912345678"),
        ("file:///etc/passwd", ""),
        ("javascript:x", ""),
        ("two words.pt", ""),
        ("http://x.pt/(a)", ""),
        ("", ""),
    ],
)
def test_where_a_link_may_lead(typed: str, link: str) -> None:
    assert as_link(typed) == link


def test_pasted_html_becomes_clean_text(field: Field) -> None:
    data = QMimeData()
    data.setHtml("<h1>Title</h1><p>a <b>b</b><script>x()</script><img src='file:///x.png'></p>")
    field.notes.insertFromMimeData(data)
    assert field.notes.text().split() == ["Title", "a", "b"]
    both = QMimeData()
    both.setHtml("<b>html</b>")
    both.setText(" words\u2028more")
    field.notes.selectAll()
    field.notes.insertFromMimeData(both)
    assert field.notes.text() == " words\nmore"


def test_copied_to_others_as_words_and_to_itself_with_marks(field: Field, qtbot: QtBot) -> None:
    notes = field.notes
    notes.set_value("**a** b\n- c")
    notes.selectAll()
    notes.copy()
    assert QGuiApplication.clipboard().text() == "a b\nc"
    notes.clear()
    notes.paste()
    assert notes.text() == "**a** b\n- c"


def test_what_is_typed_is_not_overwritten_and_esc_takes_it_back(field: Field, qtbot: QtBot) -> None:
    notes = field.notes
    notes.set_value("stored")
    qtbot.keyClicks(notes, "x")
    notes.set_value("stored by others")
    assert "x" in notes.text()
    qtbot.keyClick(notes, Qt.Key.Key_Escape)
    assert notes.text() == "stored by others"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(alphabet="ab1*-. []()\nhtps:/é中", max_size=50))
def test_showing_a_text_changes_nothing(qtbot: QtBot, text: str) -> None:
    notes = RichNotes("Notes", "")
    qtbot.addWidget(notes)
    notes.set_value(text)
    assert notes.text() == text


def test_a_customers_notes(page: CustomersPage, shell: Shell, qtbot: QtBot) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    panel = page.panel
    panel.notes.setFocus()
    qtbot.keyClick(panel.notes, Qt.Key.Key_B, _CONTROL)
    qtbot.keyClicks(panel.notes, "VIP")
    page.table.setFocus()
    customers = page.workspace.customers
    qtbot.waitUntil(lambda: customers.get(customer).notes == "**VIP**", timeout=TIMEOUT)
    settle(shell, qtbot)
    assert panel.notes.toPlainText() == "VIP"
    assert [row.name for row in customers.search("vip")] == ["Anna Smith"]
