"""Leaving a place of the window whose fields are to stand for something else, or an archive."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from crm_desktop.ui.ops import WriteOp

if TYPE_CHECKING:
    from crm_desktop.ui.shell import Shell

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


def ask_first(shell: Shell, then: Callable[[], object]) -> None:
    """Leave the archive; where lines were begun in it, only once the owner gives them up.

    Args:
        shell: the window.
        then: leaves it; not called where the owner stays.
    """
    if shell.session is None or not shell.session.drafts.begun():
        then()
        return
    # A line that was handed over a moment ago is answered first: it need not be asked about.
    WriteOp(shell, lambda: None).always(partial(_ask, shell, then)).run()


def _ask(shell: Shell, then: Callable[[], object]) -> None:
    begun = shell.session.drafts.begun() if shell.session is not None else {}
    if not begun:
        then()
        return
    from crm_desktop.ui.dialogs.give_up import GiveUp

    if shell.findChild(GiveUp) is None:
        GiveUp(begun, then, shell).open()


def _stands_on(popup: QWidget, place: QWidget) -> bool:
    """Whether it belongs to something in a place; Qt's own question stops at each window."""
    at: QWidget | None = popup
    while at is not None and at is not place:
        at = at.parentWidget()
    return at is place
