"""The phone rings: the lookup window by keyboard alone and by mouse alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle, type_text

from crm_desktop.domain.customers import ContactKind, CustomerDraft, CustomerId, InteractionKind
from crm_desktop.domain.promises import Side
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.lookup.window import LookupWindow
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.new_customer import NewCustomerPanel
from crm_desktop.ui.shell import Shell


@pytest.fixture
def workspace(page: CustomersPage) -> Workspace:
    page.workspace.settings.set_home_country("PT")
    return page.workspace


@pytest.fixture
def window(shell: Shell, workspace: Workspace, qtbot: QtBot) -> LookupWindow:
    """The lookup window as Ctrl+Shift+L opens it."""
    QGuiApplication.clipboard().clear()
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shell, Qt.Key.Key_L, control)
    assert shell.front_desk is not None
    found = shell.front_desk.window()
    assert found is not None
    qtbot.waitUntil(lambda: found.isVisible() and found.field.hasFocus(), timeout=TIMEOUT)
    return found


def look(window: LookupWindow, text: str, qtbot: QtBot, shell: Shell) -> None:
    window.field.clear()
    if text.isascii():
        qtbot.keyClicks(window.field, text)
    else:
        type_text(window.field, text)
    settle(shell, qtbot)


def shown(window: LookupWindow) -> str:
    return window.card.name.full_text() if window.customer() is not None else ""


def opened(page: CustomersPage, customer: CustomerId, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: page.panel.customer is not None and page.panel.customer.id == customer,
        timeout=TIMEOUT,
    )


def id_of(workspace: Workspace, name: str) -> CustomerId:
    return workspace.customers.search(name)[0].id


def test_the_phone_rings_keyboard_alone(
    window: LookupWindow, workspace: Workspace, page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    joao = id_of(workspace, "joao")
    workspace.promises.add(joao, Side.THEY, "50 € of the deposit")
    workspace.cases.begin(joao, "Lost luggage")
    number = workspace.knowledge.create("Treat him well")
    workspace.knowledge.link(number, joao)
    look(window, "912 345 678", qtbot, shell)
    assert shown(window) == "João da Conceição"
    texts = " | ".join(window.card.texts())
    for words in ("912 345 678", "No contact so far", "Lost luggage", "50 €", "Treat him well"):
        assert words in texts
    # One key logs the call; the line says what is next.
    qtbot.keyClick(window.field, Qt.Key.Key_L)
    assert window.composer.field.hasFocus()
    qtbot.keyClicks(window.composer.field, "Asked for the map -> send it tomorrow")
    qtbot.keyClick(window.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.take_back.isHidden(), timeout=TIMEOUT)
    settle(shell, qtbot)
    assert "follow up" in window.said.text()
    assert any("Asked for the map" in text for text in window.card.texts())
    [task] = workspace.tasks.of(joao)
    assert task.title == "send it"
    assert window.isVisible()
    assert window.field.hasFocus()
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert not window.isVisible()
    opened(page, joao, qtbot)


def test_an_entry_that_says_nothing_is_refused(
    window: LookupWindow, qtbot: QtBot, shell: Shell
) -> None:
    look(window, "5678", qtbot, shell)
    qtbot.keyClick(window.field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.composer.field, Qt.Key.Key_Return)
    settle(shell, qtbot)
    assert window.composer.isVisible()
    assert window.composer._error.isVisible()
    qtbot.keyClick(window.composer.field, Qt.Key.Key_Escape)
    assert window.composer.isHidden()
    assert window.isVisible()
    assert window.field.hasFocus()
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_an_l_of_a_name_is_a_letter(window: LookupWindow, qtbot: QtBot, shell: Shell) -> None:
    look(window, "zoe mull", qtbot, shell)
    assert window.field.text() == "zoe mull"
    assert shown(window) == "Zoë Müller"
    assert window.composer.isHidden()


def test_several_are_walked_by_the_arrow_keys(
    window: LookupWindow, workspace: Workspace, page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    look(window, "customer 0000", qtbot, shell)
    assert window.list.isVisible()
    assert len(window.hits()) == 4
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    wanted = window.hits()[1].row
    qtbot.waitUntil(lambda: shown(window) == wanted.name, timeout=TIMEOUT)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    opened(page, wanted.id, qtbot)


def test_enter_before_the_answer_opens_it_when_it_comes(
    window: LookupWindow, workspace: Workspace, page: CustomersPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.field, "5678")
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    opened(page, id_of(workspace, "joao"), qtbot)
    assert not window.isVisible()


def test_nobody_becomes_a_new_customer_by_one_key(
    window: LookupWindow, page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    look(window, "+351 966 555 444", qtbot, shell)
    assert "966" in window.nobody.hint.text()
    assert not window.log.isEnabled()
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert not window.isVisible()
    [panel] = page.findChildren(NewCustomerPanel)
    assert panel.phone.text() == "+351966555444"
    qtbot.keyClicks(panel.name, "Rui")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.workspace.customers.search("rui")), timeout=TIMEOUT)
    settle(shell, qtbot)


def test_mouse_alone(
    window: LookupWindow, workspace: Workspace, page: CustomersPage, qtbot: QtBot, shell: Shell
) -> None:
    joao = id_of(workspace, "joao")
    QGuiApplication.clipboard().setText(" +351 912 345 678 ")
    window.look_up()
    assert window.nobody.copied.isVisible()
    qtbot.mouseClick(window.nobody.copied, Qt.MouseButton.LeftButton)
    settle(shell, qtbot)
    assert shown(window) == "João da Conceição"
    qtbot.mouseClick(window.log, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.composer.field, "Thanks")
    qtbot.keyClick(window.composer.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.take_back.isHidden(), timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.mouseClick(window.take_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.lookup.card(joao).last is None, timeout=TIMEOUT)
    settle(shell, qtbot)
    qtbot.mouseClick(window.open, Qt.MouseButton.LeftButton)
    opened(page, joao, qtbot)


def test_a_number_in_the_clipboard_is_only_offered(window: LookupWindow, qtbot: QtBot) -> None:
    for text, offered in (("hello", False), ("5678", False), ("tel:+351912345678", True)):
        QGuiApplication.clipboard().setText(text)
        window.look_up()
        assert window.nobody.copied.isVisible() is offered, text
        assert window.field.text() == ""
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.field.text() == "+351912345678"


def test_who_is_in_the_trash_comes_back(
    window: LookupWindow, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    joao = id_of(workspace, "joao")
    workspace.customers.delete([joao])
    look(window, "912345678", qtbot, shell)
    assert window.nobody.trashed.isVisible()
    assert "João" in window.nobody.trashed.text.text()
    qtbot.mouseClick(window.nobody.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(window) == "João da Conceição", timeout=TIMEOUT)
    settle(shell, qtbot)


def test_what_must_not_be_overlooked(
    window: LookupWindow, workspace: Workspace, qtbot: QtBot, shell: Shell
) -> None:
    joao = id_of(workspace, "joao")
    point = workspace.customers.get(joao).phones[0]
    workspace.customers.save_contact_point(
        joao, ContactKind.PHONE, point.raw, contact_point_id=point.id, do_not_use=True
    )
    workspace.customers.update(joao, "deceased", "yes")
    look(window, "912345678", qtbot, shell)
    assert window.card.barred.isVisible()
    assert window.card.barred.text.text() == "Deceased"
    assert window.card.unused.isVisible()
    workspace.customers.update(joao, "deceased", "no")
    workspace.customers.update(joao, "do_not_contact", "yes")
    look(window, "joao", qtbot, shell)
    assert window.card.barred.text.text() == "Do not contact"
    assert window.card.unused.isHidden()


def test_any_script_and_any_length(window: LookupWindow, qtbot: QtBot, shell: Shell) -> None:
    look(window, "王秀", qtbot, shell)
    assert shown(window) == "王秀英"
    for text in ("x" * 5_000, "'\"%_*", "<b>x</b>", "٥٦٧٨", "😀"):
        look(window, text, qtbot, shell)
    window.field.clear()
    assert window.customer() is None
    settle(shell, qtbot)


def test_closing_only_hides_it_and_another_language_builds_it_anew(
    window: LookupWindow, shell: Shell, qtbot: QtBot
) -> None:
    window.close()
    assert not window.isVisible()
    assert shell.front_desk is not None
    assert shell.front_desk.window() is window
    shell.choose_language("pt")
    qtbot.waitUntil(lambda: shell.front_desk.window() is not window, timeout=TIMEOUT)
    settle(shell, qtbot)
    again = shell.front_desk.window()
    assert again is not None
    shell.choose_language("en")
    settle(shell, qtbot)


def test_another_archive_has_a_lookup_of_its_own(
    window: LookupWindow,
    shell: Shell,
    qtbot: QtBot,
    open_archive: Callable[[Path], CustomersPage],
    tmp_path: Path,
) -> None:
    look(window, "5678", qtbot, shell)
    with Workspace.open(tmp_path / "other.crm", create=True, data_dir=tmp_path / "d") as other:
        other.customers.create(CustomerDraft(name="Other 5678"))
        other.close(backup=False)
    open_archive(tmp_path / "other.crm")
    shell.look_up("5678")
    settle(shell, qtbot)
    assert shell.front_desk is not None
    again = shell.front_desk.window()
    assert again is not None
    assert shown(again) == "Other 5678"
    again.hide()


def test_the_last_contact_is_no_note(workspace: Workspace) -> None:
    joao = id_of(workspace, "joao")
    workspace.customers.log_interaction(joao, InteractionKind.NOTE, "a note")
    assert workspace.lookup.card(joao).last is None
