"""A global key on Windows: `RegisterHotKey`, and the messages that it sends to this thread."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

if TYPE_CHECKING:
    from crm_desktop.ui.lookup.global_key import Combination

_HOTKEY = 0x0312
_ALT, _CONTROL, _SHIFT, _META, _NO_REPEAT = 1, 2, 4, 8, 0x4000
_NUMBER = 0x1C52  # ours among this thread's keys
_F1 = 0x70


class WindowsKey(QAbstractNativeEventFilter):
    """Calls back when the key is pressed."""

    def __init__(self, app: QCoreApplication | None, pressed: Callable[[], object]) -> None:
        super().__init__()
        self._app = app
        self._pressed = pressed
        self._taken = False
        windll: Any = getattr(ctypes, "windll")  # noqa: B009  (is there on Windows alone)
        self._user32 = windll.user32

    def take(self, wanted: Combination) -> bool:
        """Ask for a key; False where another program has it."""
        held = (
            _ALT * wanted.alt | _CONTROL * wanted.control | _SHIFT * wanted.shift
        ) | _META * wanted.meta  # fmt: skip
        code = _F1 + int(wanted.key[1:]) - 1 if len(wanted.key) > 1 else ord(wanted.key)
        self._taken = bool(self._user32.RegisterHotKey(None, _NUMBER, held | _NO_REPEAT, code))
        if self._taken and self._app is not None:
            self._app.installNativeEventFilter(self)
        return self._taken

    def release(self) -> None:
        """Give it back."""
        if self._taken:
            self._user32.UnregisterHotKey(None, _NUMBER)
            if self._app is not None:
                self._app.removeNativeEventFilter(self)
        self._taken = False

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Look for our message among the thread's."""
        from ctypes import wintypes

        if QByteArray(kind).startsWith(b"windows_"):
            found = wintypes.MSG.from_address(int(message))
            if found.message == _HOTKEY and found.wParam == _NUMBER:
                self._pressed()
                return True, 0
        return False, 0
