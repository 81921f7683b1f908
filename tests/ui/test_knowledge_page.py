"""Knowledge: written, found, linked and deleted, by keyboard alone and by mouse alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle

from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.knowledge import KnowledgePage
from crm_desktop.ui.pages.trash import TrashPage
from crm_desktop.ui.palette import Palette
from crm_desktop.ui.shell import Shell

_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    return page.workspace


@pytest.fixture
def knowledge(shell: Shell, workspace: Workspace, qtbot: QtBot) -> KnowledgePage:
    shell.show_page("knowledge")
    found = shell.page("knowledge")
    assert isinstance(found, KnowledgePage)
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
    qtbot.mouseClick(there()[0], Qt.MouseButton.LeftButton)


def titles(page: KnowledgePage) -> list[str]:
    lines = page.list.lines
    return [lines.line(row).title for row in range(lines.rowCount())]


def write(page: KnowledgePage, title: str, text: str, qtbot: QtBot, shell: Shell) -> None:
    """A new article by the keyboard."""
    qtbot.keyClick(shell, Qt.Key.Key_N, _CONTROL)
    assert page.editor.title.edit.hasFocus()
    qtbot.keyClicks(page.editor.title.edit, title)
    qtbot.keyClick(page.editor.title.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.editor.text.hasFocus, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.keyClicks(page.editor.text, text)
    qtbot.keyClick(page.editor.text, Qt.Key.Key_Return, _CONTROL)
    settle(shell, qtbot)


def test_written_by_keyboard_alone(
    knowledge: KnowledgePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    write(knowledge, "Visa for Angola", "Two photos", qtbot, shell)
    write(knowledge, "Opening hours", "9 to 5", qtbot, shell)
    assert titles(knowledge) == ["Opening hours", "Visa for Angola"]
    assert [a.text for a in workspace.knowledge.all()] == ["9 to 5", "Two photos"]
    # Back to the list, down, into the text again.
    qtbot.keyClick(knowledge.editor.text, Qt.Key.Key_Escape)
    qtbot.keyClick(shell, Qt.Key.Key_F6)
    assert knowledge.list.hasFocus()
    qtbot.keyClick(knowledge.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: knowledge.editor.title.value() == "Visa for Angola", timeout=TIMEOUT)
    qtbot.keyClick(knowledge.list, Qt.Key.Key_Return)
    assert knowledge.editor.text.hasFocus()
    assert knowledge.editor.text.text() == "Two photos"
    knowledge.editor.tags.start()
    qtbot.keyClicks(knowledge.editor.tags.edit, "visa, africa")
    qtbot.keyClick(knowledge.editor.tags.edit, Qt.Key.Key_Return)
    settle(shell, qtbot)
    [article] = workspace.knowledge.search("africa")
    assert article.tags == "visa, africa"
    # Found by the page's own field.
    qtbot.keyClick(shell, Qt.Key.Key_F, _CONTROL)
    qtbot.keyClicks(knowledge.search, "photos")
    settle(shell, qtbot)
    assert titles(knowledge) == ["Visa for Angola"]
    qtbot.keyClick(knowledge.search, Qt.Key.Key_Down)
    qtbot.keyClick(knowledge.list, Qt.Key.Key_Delete)
    settle(shell, qtbot)
    assert [one.title for one in workspace.knowledge.trashed()] == ["Visa for Angola"]
    qtbot.keyClick(shell, Qt.Key.Key_Z, _CONTROL)
    settle(shell, qtbot)
    qtbot.waitUntil(lambda: titles(knowledge) == ["Visa for Angola"], timeout=TIMEOUT)
    settle(shell, qtbot)


def test_an_article_without_a_title_is_not_kept(
    knowledge: KnowledgePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    workspace.knowledge.create("Kept")
    settle(shell, qtbot)
    knowledge.new()
    assert not knowledge.editor.text.isEnabled()
    qtbot.keyClick(knowledge.editor.title.edit, Qt.Key.Key_Escape)
    settle(shell, qtbot)
    assert [article.title for article in workspace.knowledge.all()] == ["Kept"]
    assert knowledge.editor.title.value() == "Kept"
    # Nor is a title taken away.
    knowledge.editor.title.start()
    knowledge.editor.title.edit.clear()
    qtbot.keyClick(knowledge.editor.title.edit, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert knowledge.editor.title.has_error()
    assert [article.title for article in workspace.knowledge.all()] == ["Kept"]


def test_linked_and_deleted_by_mouse_alone(
    knowledge: KnowledgePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    number = workspace.knowledge.create("Visa", "text")
    settle(shell, qtbot)
    editor = knowledge.editor
    qtbot.mouseClick(editor.pick, Qt.MouseButton.LeftButton)
    editor.pick.setText("王秀英")
    editor.pick.textEdited.emit("王秀英")
    settle(shell, qtbot)
    popup = editor.pick.completer().popup()
    first = popup.visualRect(popup.model().index(0, 0)).center()
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=first)
    settle(shell, qtbot)
    assert [name for _id, name in workspace.knowledge.get(number).customers] == ["王秀英"]
    qtbot.waitUntil(lambda: bool(editor.customers()), timeout=TIMEOUT)
    press(editor, "Unlink 王秀英", qtbot)
    settle(shell, qtbot)
    assert workspace.knowledge.get(number).customers == []
    press(editor, "Delete the article", qtbot)
    settle(shell, qtbot)
    assert titles(knowledge) == []
    trash = shell.page("trash")
    assert isinstance(trash, TrashPage)
    shell.show_page("trash")
    settle(shell, qtbot)
    assert trash.articles.titles() == ["Visa"]
    press(trash.articles, "Restore Visa", qtbot)
    settle(shell, qtbot)
    assert [article.title for article in workspace.knowledge.all()] == ["Visa"]
    assert trash.articles.isHidden()


def test_erased_after_a_question(
    workspace: Workspace, page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    workspace.knowledge.delete(workspace.knowledge.create("Secret"))
    shell.show_page("trash")
    trash = shell.page("trash")
    assert isinstance(trash, TrashPage)
    settle(shell, qtbot)
    press(trash.articles, "Erase Secret for good", qtbot)
    assert "Secret" in trash.articles.question.text.text()
    qtbot.keyClick(trash.articles.no, Qt.Key.Key_Escape)
    assert trash.articles.question.isHidden()
    press(trash.articles, "Erase Secret for good", qtbot)
    qtbot.mouseClick(trash.articles.yes, Qt.MouseButton.LeftButton)
    settle(shell, qtbot)
    qtbot.waitUntil(lambda: workspace.knowledge.trashed() == [], timeout=TIMEOUT)
    qtbot.waitUntil(trash.articles.isHidden, timeout=TIMEOUT)
    settle(shell, qtbot)


def test_emptying_the_trash_erases_its_articles_too(
    knowledge: KnowledgePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    workspace.knowledge.delete(workspace.knowledge.create("Secret"))
    shell.show_page("trash")
    settle(shell, qtbot)
    trash = shell.page("trash")
    assert isinstance(trash, TrashPage)
    qtbot.waitUntil(lambda: trash.articles.titles() == ["Secret"], timeout=TIMEOUT)
    assert trash.count.text() == "0 customers"
    assert trash.empty_button.isEnabled()
    trash.empty_button.click()
    assert "1 article will be erased" in trash.question.text.text()
    trash.yes.click()
    qtbot.waitUntil(lambda: workspace.knowledge.trashed() == [], timeout=TIMEOUT)
    qtbot.waitUntil(lambda: not trash.empty_button.isEnabled(), timeout=TIMEOUT)
    settle(shell, qtbot)


def test_found_by_the_one_box(workspace: Workspace, qtbot: QtBot, shell: Shell) -> None:
    number = workspace.knowledge.create("Visa for Angola", "Two photos")
    shell.open_palette()
    [palette] = shell.findChildren(Palette)
    qtbot.keyClicks(palette.field, "photos")
    settle(shell, qtbot)
    assert palette.choices()[0] == "Visa for Angola"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert shell.current_key() == "knowledge"
    page = shell.page("knowledge")
    assert isinstance(page, KnowledgePage)
    assert page.editor.number == number
    assert page.editor.text.text() == "Two photos"


def test_on_the_customers_file(
    page: CustomersPage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    anna = choose(page, "Anna Smith", qtbot)
    workspace.customers.set_tags(anna, ["VIP"])
    workspace.knowledge.create("How to treat them", tags="vip")
    workspace.knowledge.create("Visa")
    shown = page.panel.articles
    qtbot.waitUntil(lambda: shown.titles() == ["How to treat them"], timeout=TIMEOUT)
    qtbot.mouseClick(shown.add, Qt.MouseButton.LeftButton)
    assert shown.pick.hasFocus()
    qtbot.keyClicks(shown.pick, "vis")
    settle(shell, qtbot)
    popup = shown.pick.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.titles() == ["Visa", "How to treat them"], timeout=TIMEOUT)
    settle(shell, qtbot)
    press(shown, "Unlink Visa", qtbot)
    qtbot.waitUntil(lambda: shown.titles() == ["How to treat them"], timeout=TIMEOUT)
    settle(shell, qtbot)
    press(shown, "How to treat them", qtbot)
    settle(shell, qtbot)
    assert shell.current_key() == "knowledge"


def test_another_language_comes_back_to_the_article(
    knowledge: KnowledgePage, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    workspace.knowledge.create("A")
    number = workspace.knowledge.create("B")
    settle(shell, qtbot)
    knowledge.open_article(number)
    settle(shell, qtbot)
    shell.choose_language("pt")
    qtbot.waitUntil(lambda: shell.page("knowledge") is not knowledge, timeout=TIMEOUT)
    settle(shell, qtbot)
    again = shell.page("knowledge")
    assert isinstance(again, KnowledgePage)
    assert again.editor.number == number
    shell.choose_language("en")
    settle(shell, qtbot)
