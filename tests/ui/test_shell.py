"""The window itself: ways in, pages, keys, messages, closing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, choose, settle, type_text

from crm_desktop import i18n
from crm_desktop.app import Built
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui.clocks import after
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.pages.welcome import WelcomePage
from crm_desktop.ui.preflight import missing_libraries_message
from crm_desktop.ui.shell import Shell


def drop(shell: Shell, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 300), copy, data, left, none)
    QApplication.sendEvent(shell, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(shell, QDropEvent(QPointF(400, 300), copy, data, left, none))


def test_without_an_archive_the_window_welcomes(shell: Shell) -> None:
    shell.show_welcome()
    assert isinstance(shell.stack.currentWidget(), WelcomePage)
    assert not shell.commands.new_customer.isEnabled()
    assert not shell.rail.search.isEnabled()


def test_a_new_archive_is_made_and_opened(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "novo.crm"
    with qtbot.waitSignal(shell.archive_opened, timeout=TIMEOUT):
        shell.open_archive(path, create=True)
    assert path.exists()
    assert shell.windowTitle() == "novo · CRM Desktop"
    assert shell.current_key() == "today"
    shell.show_page("customers")
    page = shell.page("customers")
    assert isinstance(page, CustomersPage)
    qtbot.waitUntil(
        lambda: page._body.nobody is not None and page._body.nobody.isVisible(), timeout=TIMEOUT
    )
    assert shell.preferences.recent() == [path]


def test_what_is_no_archive_is_refused_with_a_word(
    shell: Shell, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "picture.crm"
    path.write_bytes(b"\x89PNG nothing of ours" * 100)
    shell.open_archive(path)
    qtbot.waitUntil(
        lambda: shell.toasts.current is not None or shell.banner.isVisible(), timeout=TIMEOUT
    )
    settle(shell, qtbot)
    qtbot.waitUntil(lambda: isinstance(shell.stack.currentWidget(), WelcomePage), timeout=TIMEOUT)


def test_an_archive_in_use_is_refused_with_its_remedy(
    shell: Shell, qtbot: QtBot, make_archive: Callable[[int], Path], tmp_path: Path
) -> None:
    path = make_archive(1)
    with Workspace.open(path, data_dir=tmp_path / "data"):
        shell.open_archive(path)
        qtbot.waitUntil(shell.banner.isVisible, timeout=TIMEOUT)
    assert shell.banner.message.text()


def test_dropped_archives_open(
    shell: Shell, qtbot: QtBot, make_archive: Callable[[int], Path]
) -> None:
    path = make_archive(2)
    with qtbot.waitSignal(shell.archive_opened, timeout=TIMEOUT):
        drop(shell, path)
    assert shell.session is not None
    assert shell.session.workspace.path == path


def test_every_action_shows_its_keys(shell: Shell) -> None:
    for action in shell.actions():
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if keys:
            assert action.toolTip().endswith(f"({keys})"), action.toolTip()
    assert sum(bool(a.shortcut()) for a in shell.actions()) > 15


def test_no_two_actions_share_their_keys(shell: Shell) -> None:
    keys = [k.toString() for a in shell.actions() for k in a.shortcuts()]
    assert len(keys) == len(set(keys))


def test_the_menus_hold_every_action(shell: Shell) -> None:
    held: set[QAction] = set()
    waiting = list(shell.menuBar().actions())
    while waiting:
        action = waiting.pop()
        held.add(action)
        if action.menu() is not None:
            waiting += action.menu().actions()
    assert set(shell.actions()) <= held


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *(("1", "today"), ("3", "tasks"), ("4", "leads"), ("5", "opportunities")),
        *(("6", "orders"), ("7", "catalogue"), ("9", "duplicates"), ("0", "knowledge")),
        ("Comma", "settings"),
    ],
)
def test_ctrl_and_a_figure_goes_to_a_page(
    shell: Shell, page: CustomersPage, qtbot: QtBot, key: str, name: str
) -> None:
    qtbot.keyClick(shell, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier)
    assert shell.current_key() == name
    settle(shell, qtbot)
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.current_page() is page


CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


def controls(root: QWidget) -> list[QWidget]:
    found = [w for kind in CONTROLS for w in root.findChildren(kind)]
    return [w for w in found if w.isVisibleTo(root) and not w.objectName().startswith("qt_")]


@pytest.mark.parametrize("name", ["today", "customers", "history", "trash", "settings"])
def test_every_control_has_a_name_and_every_label_is_plain(
    shell: Shell, page: CustomersPage, qtbot: QtBot, name: str
) -> None:
    if name == "customers":
        choose(page, "Anna Smith", qtbot)
    shell.show_page(name)
    settle(shell, qtbot)
    for control in controls(shell):
        if type(control).__module__.startswith("PySide6") and isinstance(
            control, QAbstractItemView
        ):
            continue  # Qt's own heads of tables
        if type(control).__name__ in ("Head", "QToolButton", "QTableCornerButton"):
            continue
        assert control.accessibleName(), (type(control), control.parent())
    for text in shell.findChildren(QLabel):
        assert text.textFormat() == Qt.TextFormat.PlainText or not text.text(), text.text()


def test_tab_reaches_the_list_and_the_panel(
    shell: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    choose(page, "Anna Smith", qtbot)
    shell.activateWindow()
    page.search.setFocus()
    seen: set[int] = set()
    for _step in range(60):
        focus = shell.focusWidget()
        assert focus is not None
        seen.add(id(focus))
        shell.focusNextChild()
    for wanted in (page.search, page.table, page.panel.name.edit, page.panel.notes):
        assert id(wanted) in seen, wanted.accessibleName()


def test_undo_names_its_step_and_takes_it_back(
    shell: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    customer = choose(page, "Anna Smith", qtbot)
    page.panel.save_field("name", "Anna Jones", pytest.fail)
    qtbot.waitUntil(lambda: page.panel.name.value() == "Anna Jones", timeout=TIMEOUT)
    qtbot.waitUntil(lambda: "Anna Smith" in shell.commands.undo.text(), timeout=TIMEOUT)
    shell.commands.undo.trigger()
    qtbot.waitUntil(lambda: page.panel.name.value() == "Anna Smith", timeout=TIMEOUT)
    qtbot.waitUntil(shell.commands.redo.isEnabled, timeout=TIMEOUT)
    shell.commands.redo.trigger()
    qtbot.waitUntil(lambda: page.panel.name.value() == "Anna Jones", timeout=TIMEOUT)
    assert page.panel.customer is not None
    assert page.panel.customer.id == customer


def test_the_window_closes_with_a_backup(
    shell: Shell, page: CustomersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(page, "Anna Smith", qtbot)
    page.panel.notes.setFocus()
    page.panel.notes.setPlainText("typed, and the window closed at once")
    shell.close()
    qtbot.waitUntil(lambda: not shell.isVisible(), timeout=TIMEOUT)
    path = tmp_path / "firm.crm"
    with Workspace.open(path, data_dir=tmp_path / "data") as workspace:
        assert workspace.backups.last() is not None
        found = workspace.customers.search("Anna Smith")[0]
        notes = workspace.customers.get(found.id).notes
        workspace.close(backup=False)
    assert notes == "typed, and the window closed at once"


def test_backup_now_and_the_status_line(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.backups_changed, timeout=TIMEOUT):
        shell.commands.backup.trigger()
    qtbot.waitUntil(
        lambda: shell.rail.status.backup.full_text().startswith("Backed up today"),
        timeout=TIMEOUT,
    )


def test_restore_goes_back_and_keeps_what_was(
    shell: Shell, page: CustomersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(shell.backups_changed, timeout=TIMEOUT):
        shell.commands.backup.trigger()
    choose(page, "Anna Smith", qtbot)
    page.panel.save_field("name", "Anna Jones", pytest.fail)
    qtbot.waitUntil(lambda: page.panel.name.value() == "Anna Jones", timeout=TIMEOUT)
    assert shell.session is not None
    last = shell.session.workspace.backups.last()
    assert last is not None
    with qtbot.waitSignal(shell.archive_opened, timeout=TIMEOUT):
        shell.archives.restore(last.path)
    assert shell.session is not None
    assert [r.name for r in shell.session.workspace.customers.search("Anna")] == ["Anna Smith"]
    settle(shell, qtbot)
    assert len(list(tmp_path.glob("firm*.crm"))) == 2


def test_settings_are_saved_as_they_are_left(
    shell: Shell, page: CustomersPage, qtbot: QtBot
) -> None:

    from crm_desktop.domain.settings import Firm
    from crm_desktop.ui.pages.settings import SettingsPage

    settings = page.workspace.settings
    settings.save_firm(Firm(name="Viagens Aurora", phone="+351 213 456 789"))
    shell.show_page("settings")
    shown = shell.current_page()
    assert isinstance(shown, SettingsPage)
    shown.fields["name"].setFocus()
    qtbot.waitUntil(lambda: shown.fields["name"].text() == "Viagens Aurora", timeout=TIMEOUT)
    type_text(shown.fields["website"], "aurora.example")
    shown.fields["website"].editingFinished.emit()
    qtbot.waitUntil(lambda: settings.firm().website == "aurora.example", timeout=TIMEOUT)
    assert settings.firm().name == "Viagens Aurora"
    shown.country.setCurrentIndex(shown.country.findData("BR"))
    shown.country.activated.emit(shown.country.currentIndex())
    qtbot.waitUntil(lambda: settings.home_country() == "BR", timeout=TIMEOUT)


def test_a_logo_must_be_a_picture(
    shell: Shell, page: CustomersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    from PySide6.QtGui import QImage

    from crm_desktop.ui.pages.settings import SettingsPage

    shell.show_page("settings")
    settle(shell, qtbot)
    shown = shell.current_page()
    assert isinstance(shown, SettingsPage)
    wrong = tmp_path / "logo.png"
    wrong.write_bytes(b"no picture")
    shown.take_logo(str(wrong))
    assert shell.toasts.current is not None
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(0x4F46E5)
    right = tmp_path / "right.png"
    assert picture.save(str(right))
    shown.take_logo(str(right))
    qtbot.waitUntil(lambda: page.workspace.settings.firm().logo is not None, timeout=TIMEOUT)


def test_check_says_that_it_is_sound(shell: Shell, page: CustomersPage, qtbot: QtBot) -> None:
    shell.commands.check.trigger()
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    assert shell.toasts.current.message.text() == "The archive is sound."


def test_export_writes_what_the_list_shows(
    shell: Shell, page: CustomersPage, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "out.json"
    shell.archives.export(target, shell.list_query())
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    assert target.exists()
    assert shell.toasts.current.message.text() == "10 customers written to out.json"


def test_informing_windows_open_without_blocking(shell: Shell, qtbot: QtBot) -> None:
    from crm_desktop.ui.dialogs.info import About
    from crm_desktop.ui.dialogs.shortcuts import Shortcuts

    for command, kind in ((shell.commands.about, About), (shell.commands.shortcuts, Shortcuts)):
        command.trigger()
        window = shell.findChild(kind)
        assert window is not None
        assert window.isVisible()
        window.close()


def test_the_language_changes_while_the_window_stands(
    built: Built, page: CustomersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = built.shell
    # The catalogues are another part's: what matters here is that all is built anew.
    monkeypatch.setattr(i18n, "choose_language", lambda _wanted: "en")
    before = shell.rail
    shell.choose_language("pt")
    qtbot.waitUntil(lambda: shell.rail is not before, timeout=TIMEOUT)
    assert shell.current_key() == "customers"
    settle(shell, qtbot)
    assert shell.preferences.text("language") == "pt"


def test_the_window_is_there_before_the_library_of_phone_numbers() -> None:
    modules = "crm_desktop.app, crm_desktop.ui.pages.customers, crm_desktop.services.workspace"
    code = f"import sys, {modules}; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_missing_system_libraries_are_named_in_one_sentence() -> None:
    text = missing_libraries_message(
        ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    )
    assert "libEGL.so.1" in text
    assert "libegl1" in text
    assert "libxcb-cursor0" in text
    assert "\n" not in text


def test_the_undo_of_a_message_is_answered_by_one(
    shell: Shell, page: CustomersPage, qtbot: QtBot
) -> None:
    customers = page.workspace.customers
    step = customers.delete([customers.search("Anna")[0].id])
    shell.toast("Gone", undo=step)
    shown = shell.toasts.current
    assert shown is not None
    assert shown.button is not None
    with qtbot.waitSignal(shown.destroyed, timeout=TIMEOUT):
        qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shell.toasts.current is not None, timeout=TIMEOUT)
    assert shell.toasts.current is not None
    assert shell.toasts.current.message.text().startswith("Taken back: ")
    assert not shell.banner.isVisible()


def test_a_page_that_is_gone_does_nothing_more(
    page: CustomersPage, shell: Shell, qtbot: QtBot
) -> None:
    """Both clocks run out in one turn of the loop: the page is still there for the second."""
    done: list[str] = []
    QTimer.singleShot(20, shell, shell.archives.close_to_welcome)
    after(20, page.table, lambda: done.append("looked into the archive"))
    time.sleep(0.1)
    with qtbot.waitSignal(shell.archive_closed, timeout=TIMEOUT):
        pass
    settle(shell, qtbot)
    assert done == []
