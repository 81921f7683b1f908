"""The lookup's key from any program: chosen, refused, and under a real X server."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from window_kit import TIMEOUT, settle

from crm_desktop.ui.lookup import global_key
from crm_desktop.ui.lookup.global_key import Combination, GlobalKey, read
from crm_desktop.ui.lookup.settings_card import LookupCard
from crm_desktop.ui.pages.customers import CustomersPage
from crm_desktop.ui.preferences import Preferences
from crm_desktop.ui.shell import Shell

_XTEST = ctypes.util.find_library("Xtst")


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("Ctrl+Alt+K", Combination("K", False, True, True, False)),
        ("Meta+Shift+5", Combination("5", True, False, False, True)),
        ("F9", Combination("F9", False, False, False, False)),
        ("Ctrl+Space", Combination(" ", False, True, False, False)),
        ("K", None),
        ("Shift+K", None),
        ("Ctrl+Left", None),
        ("Ctrl+K, Ctrl+L", None),
        ("", None),
    ],
)
def test_which_keys_can_be_had(keys: str, found: Combination | None) -> None:
    assert read(keys) == found


class _Other:
    """A desktop whose other programs have all keys but one."""

    taken: list[str] = []

    def take(self, wanted: Combination) -> bool:
        if wanted.key == "J":
            self.taken.append(wanted.key)
            return True
        return False

    def release(self) -> None:
        self.taken.clear()


def test_a_key_of_another_program_is_said_and_another_tried(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(global_key._GRABBERS, "offscreen", lambda _key: _Other())
    owner = QObject()
    key = GlobalKey(owner, Preferences(tmp_path / "p.ini"))
    key.take()
    assert not key.works
    assert "belongs to another program" in key.problem()
    with qtbot.waitSignal(key.changed):
        key.want("Ctrl+Alt+J")
    assert key.works
    assert key.problem() == ""
    assert GlobalKey(owner, Preferences(tmp_path / "p.ini")).wanted() == "Ctrl+Alt+J"
    key.want("")
    assert not key.works
    assert key.problem() == ""
    assert _Other.taken == []


@pytest.mark.parametrize(("platform", "word"), [("wayland", "Wayland"), ("cocoa", "desktop")])
def test_where_the_desktop_allows_none_it_says_what_to_do(platform: str, word: str) -> None:
    said = global_key.why_not(platform)
    assert word in said
    assert "with this command" in said


def test_chosen_in_the_settings(
    page: CustomersPage, shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(global_key._GRABBERS, "offscreen", lambda _key: _Other())
    shell.show_page("settings")
    [card] = shell.page("settings").findChildren(LookupCard)
    settle(shell, qtbot)
    assert shell.front_desk is not None
    key = shell.front_desk.key
    card.keys.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(card.keys, Qt.Key.Key_J, both)
    qtbot.waitUntil(lambda: key.works and key.wanted() == "Ctrl+Alt+J", timeout=TIMEOUT)
    assert "opens the lookup" in card.state.text()
    qtbot.keyClick(card.keys, Qt.Key.Key_H, both)
    qtbot.waitUntil(lambda: "another program" in card.state.text(), timeout=TIMEOUT)
    [off] = [b for b in card.findChildren(QPushButton) if b.text() == "No key"]
    qtbot.mouseClick(off, Qt.MouseButton.LeftButton)
    assert key.wanted() == ""
    assert card.state.text() == "No key is chosen."
    [opens] = [b for b in card.findChildren(QPushButton) if "lookup" in b.text()]
    qtbot.mouseClick(opens, Qt.MouseButton.LeftButton)
    window = shell.front_desk.window()
    assert window is not None
    assert window.isVisible()
    window.hide()
    settle(shell, qtbot)


_PRESSES = """
import ctypes, sys
from pathlib import Path
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from crm_desktop.ui.lookup.global_key import GlobalKey
from crm_desktop.ui.preferences import Preferences

app = QApplication(["test"])
one, other = (GlobalKey(app, Preferences(Path(sys.argv[1]) / name)) for name in ("1", "2"))
one.take()
print("works", one.works, flush=True)
other.take()
print("other", other.works, "another program" in other.problem(), flush=True)
other.want("Ctrl+Alt+J")
print("other", other.works, flush=True)
x11, xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL(sys.argv[2])
x11.XOpenDisplay.restype = ctypes.c_void_p
display = ctypes.c_void_p(x11.XOpenDisplay(None))
codes = [x11.XKeysymToKeycode(display, ctypes.c_ulong(s)) for s in (0xFFE3, 0xFFE9, 0x6B)]

def press():
    for code in codes:
        xtst.XTestFakeKeyEvent(display, code, 1, 0)
    for code in reversed(codes):
        xtst.XTestFakeKeyEvent(display, code, 0, 0)
    x11.XFlush(display)

def pressed():
    print("pressed", flush=True)
    one.release()
    other.release()
    app.quit()

one.pressed.connect(pressed)
QTimer.singleShot(200, press)
QTimer.singleShot(15000, app.quit)
app.exec()
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("xvfb-run") or not _XTEST,
    reason="needs an X server and its test extension",
)
def test_a_real_x_server_gives_it_to_one(tmp_path: Path) -> None:
    done = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-c", _PRESSES, str(tmp_path), str(_XTEST)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        check=False,
    )
    assert done.stdout.splitlines() == [
        "works True",
        "other False True",
        "other True",
        "pressed",
    ], done.stderr
