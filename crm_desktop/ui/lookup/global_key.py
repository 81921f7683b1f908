"""A key that opens the lookup window from any program, where the desktop allows it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from crm_desktop.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_desktop.ui.preferences import Preferences

DEFAULT = "Ctrl+Alt+K"
# Opens the lookup from outside, where the desktop keeps its keys to itself.
COMMAND = "crm-desktop lookup"
_PREFERENCE, _OFF = "lookup/key", "off"


class Combination(NamedTuple):
    """A key with its modifiers, as both systems want it told.

    Attributes:
        key: a letter or figure as its capital, a function key as `F1`, or a blank.
    """

    key: str
    shift: bool
    control: bool
    alt: bool
    meta: bool


class Grabber(Protocol):
    """Takes a combination from the desktop."""

    def take(self, wanted: Combination) -> bool:
        """Ask for it; False where another program has it."""

    def release(self) -> None:
        """Give it back."""


class GlobalKey(QObject):
    """The lookup's key; `pressed` tells that it was, `changed` that another one is tried."""

    pressed = Signal()
    changed = Signal()

    def __init__(self, parent: QObject, preferences: Preferences) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._grabber: Grabber | None = None
        self._problem = ""

    def wanted(self) -> str:
        """The key as Qt writes it, "" where the owner wants none."""
        kept = self._preferences.text(_PREFERENCE, DEFAULT)
        return "" if kept == _OFF else kept

    def want(self, keys: str) -> None:
        """Choose another key, "" for none, and try it at once."""
        self._preferences.set_text(_PREFERENCE, keys or _OFF)
        self.take()

    @property
    def works(self) -> bool:
        """Whether the key is ours at this moment."""
        return self._grabber is not None

    def problem(self) -> str:
        """Why it does not work, in words for the owner; "" where it does, or is not wanted."""
        return self._problem

    def take(self) -> None:
        """Ask the desktop for the key."""
        self.release()
        wanted = self.wanted()
        self._problem = self._try(wanted) if wanted else ""
        self.changed.emit()

    def _try(self, wanted: str) -> str:
        combination = read(wanted)
        if combination is None:
            return _("Choose a letter, a figure or F1 to F12, with Ctrl, Alt or Shift.")
        platform = QGuiApplication.platformName()
        make = _GRABBERS.get(platform)
        if make is None:
            return why_not(platform)
        grabber = make(self)
        if not grabber.take(combination):
            grabber.release()
            return _("{keys} belongs to another program already; choose another one.").format(
                keys=QKeySequence(wanted).toString(QKeySequence.SequenceFormat.NativeText)
            )
        self._grabber = grabber
        return ""

    def release(self) -> None:
        """Give the key back to the desktop."""
        if self._grabber is not None:
            self._grabber.release()
            self._grabber = None


def is_possible() -> bool:
    """Whether this desktop gives a program a key for all others; else `COMMAND` opens it."""
    return QGuiApplication.platformName() in _GRABBERS


def why_not(platform: str) -> str:
    """What to do where the desktop gives no program a key of its own."""
    words = (
        _("This desktop (Wayland) does not let a program choose a key for all others.")
        if platform.startswith("wayland")
        else _("On this desktop a program cannot have a key of its own.")
    )
    advice = _(
        "In the desktop’s settings, under Keyboard, add a shortcut of your own with this command:"
    )
    return f"{words} {advice}"


def read(keys: str) -> Combination | None:
    """A combination from Qt's writing of it; None for one that cannot be a global key."""
    sequence = QKeySequence(keys)
    if sequence.count() != 1:
        return None
    combination = sequence[0]  # type: ignore[index]
    key, held = combination.key(), combination.keyboardModifiers()
    modifier = Qt.KeyboardModifier
    name = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    if key == Qt.Key.Key_Space:
        name = " "
    is_function = name.startswith("F") and name[1:].isdigit()
    is_plain = len(name) == 1 and name.isascii() and (name.isalnum() or name == " ")
    found = Combination(
        name,
        bool(held & modifier.ShiftModifier),
        bool(held & modifier.ControlModifier),
        bool(held & modifier.AltModifier),
        bool(held & modifier.MetaModifier),
    )
    # A bare letter would be taken from all typing.
    safe = is_function or found.control or found.alt or found.meta
    return found if (is_function or is_plain) and safe else None


def _on_windows(key: GlobalKey) -> Grabber:
    from crm_desktop.ui.lookup.windows_key import WindowsKey

    return WindowsKey(QCoreApplication.instance(), key.pressed.emit)


def _on_x11(key: GlobalKey) -> Grabber:
    from crm_desktop.ui.lookup.x11_key import X11Key

    return X11Key(key, key.pressed.emit)


_GRABBERS: dict[str, Callable[[GlobalKey], Grabber]] = {"xcb": _on_x11}
if sys.platform == "win32":
    _GRABBERS["windows"] = _on_windows
