"""Leaving a place of the window whose fields are to stand for something else."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit)


def leave(place: QWidget) -> None:
    """Close the menus that a place has opened, and take the cursor out of its fields.

    What is typed is told by then. A click on a button would leave the cursor where it was, and
    a menu may be open when the arrow keys bring somebody else. A button keeps the focus.
    """
    popup = QApplication.activePopupWidget()
    while popup is not None and _stands_on(popup, place):
        popup.close()
        before, popup = popup, QApplication.activePopupWidget()
        if popup is before:
            break
    focus = QApplication.focusWidget()
    if isinstance(focus, _TYPED_INTO) and place.isAncestorOf(focus):
        focus.clearFocus()


def _stands_on(popup: QWidget, place: QWidget) -> bool:
    """Whether it belongs to something in a place; Qt's own question stops at each window."""
    at: QWidget | None = popup
    while at is not None and at is not place:
        at = at.parentWidget()
    return at is place
