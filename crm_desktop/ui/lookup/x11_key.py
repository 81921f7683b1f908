"""A global key under X11: a passive grab on the root window, on a connection of its own.

XCB, whose libraries Qt's own X11 plugin is linked to; Xlib would end the process where another
program has the key already.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from crm_desktop.ui.lookup.global_key import Combination

_SHIFT, _LOCK, _CONTROL, _MOD1, _MOD2, _MOD4 = 1, 2, 4, 8, 16, 64
# Caps Lock and Num Lock count as held: the grab is asked for with each of them.
_LOCKS = (0, _LOCK, _MOD2, _LOCK | _MOD2)
_ASYNC, _KEY_PRESS = 1, 2
_F1 = 0xFFBE


class _Screens(ctypes.Structure):
    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL, ctypes.CDLL] | None:
    """XCB, its key symbols and the C library, with the types of what is called; None without."""
    try:
        xcb, symbols = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL("libxcb-keysyms.so.1")
        libc = ctypes.CDLL(None)
    except OSError:
        return None
    pointer = ctypes.c_void_p
    for library, name, result, arguments in (
        (xcb, "xcb_connect", pointer, (ctypes.c_char_p, pointer)),
        (xcb, "xcb_connection_has_error", ctypes.c_int, (pointer,)),
        (xcb, "xcb_disconnect", None, (pointer,)),
        (xcb, "xcb_get_setup", pointer, (pointer,)),
        (xcb, "xcb_setup_roots_iterator", _Screens, (pointer,)),
        (xcb, "xcb_get_file_descriptor", ctypes.c_int, (pointer,)),
        (xcb, "xcb_poll_for_event", pointer, (pointer,)),
        (xcb, "xcb_flush", ctypes.c_int, (pointer,)),
        (xcb, "xcb_request_check", pointer, (pointer, _Cookie)),
        (
            *(xcb, "xcb_grab_key_checked", _Cookie),
            (
                *(pointer, ctypes.c_uint8, ctypes.c_uint32, ctypes.c_uint16),
                *(ctypes.c_uint8, ctypes.c_uint8, ctypes.c_uint8),
            ),
        ),
        (symbols, "xcb_key_symbols_alloc", pointer, (pointer,)),
        (symbols, "xcb_key_symbols_free", None, (pointer,)),
        (
            *(symbols, "xcb_key_symbols_get_keycode"),
            *(ctypes.POINTER(ctypes.c_uint8), (pointer, ctypes.c_uint32)),
        ),
        (libc, "free", None, (pointer,)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return xcb, symbols, libc


class X11Key(QObject):
    """Calls back when the key is pressed."""

    def __init__(self, parent: QObject, pressed: Callable[[], object]) -> None:
        super().__init__(parent)
        self._pressed = pressed
        self._connection: int | None = None
        self._notifier: QSocketNotifier | None = None
        self._found = _libraries()

    def take(self, wanted: Combination) -> bool:
        """Ask for a key; False where another program has it, or there is no server to ask."""
        if self._found is None:
            return False
        xcb, _symbols, _libc = self._found
        self._connection = xcb.xcb_connect(None, None)
        if xcb.xcb_connection_has_error(self._connection):
            return False
        root = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(self._connection)).data[0]
        codes = self._codes(_symbol(wanted.key))
        if not codes or not all(self._grab(root, wanted, code) for code in codes):
            return False
        xcb.xcb_flush(self._connection)
        descriptor = xcb.xcb_get_file_descriptor(self._connection)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return True

    def _codes(self, symbol: int) -> list[int]:
        """The keys of the keyboard that bear a symbol."""
        assert self._found is not None
        _xcb, symbols, libc = self._found
        table = symbols.xcb_key_symbols_alloc(self._connection)
        listed = symbols.xcb_key_symbols_get_keycode(table, symbol)
        codes: list[int] = []
        if listed:
            while listed[len(codes)]:
                codes.append(listed[len(codes)])
            libc.free(listed)
        symbols.xcb_key_symbols_free(table)
        return codes

    def _grab(self, root: int, wanted: Combination, code: int) -> bool:
        assert self._found is not None
        xcb, _symbols, libc = self._found
        held = (
            _SHIFT * wanted.shift
            | _CONTROL * wanted.control
            | _MOD1 * wanted.alt
            | _MOD4 * wanted.meta
        )
        for locks in _LOCKS:
            cookie = xcb.xcb_grab_key_checked(
                self._connection, 0, root, held | locks, code, _ASYNC, _ASYNC
            )
            if error := xcb.xcb_request_check(self._connection, cookie):
                libc.free(error)
                return False
        return True

    def _read(self) -> None:
        assert self._found is not None
        xcb, _symbols, libc = self._found
        presses = 0
        while event := xcb.xcb_poll_for_event(self._connection):
            kind = ctypes.cast(event, ctypes.POINTER(ctypes.c_uint8))[0] & 0x7F
            presses += kind == _KEY_PRESS
            libc.free(event)
        if xcb.xcb_connection_has_error(self._connection):
            self.release()  # the server has gone, and so will Qt
        elif presses:
            self._pressed()

    def release(self) -> None:
        """Give it back: a grab goes with its connection."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._found is not None and self._connection is not None:
            self._found[0].xcb_disconnect(self._connection)
        self._connection = None


def _symbol(key: str) -> int:
    """The X symbol of a key: letters by their small form."""
    return _F1 + int(key[1:]) - 1 if len(key) > 1 else ord(key.lower())
