"""A small window over the window: what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import label, row


class Sheet(QDialog):
    """Title, content, buttons at the foot; opened by `open()`, never `exec()`.

    Enter presses the button that has the focus, else the one that stands out. Esc closes; where
    something was changed that nobody has saved, it says so first, and the next Esc gives it up.
    """

    def __init__(self, title: str, parent: QWidget, *, width: int = 440) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.unsaved = label(
            _("Not saved yet. Esc once more gives up what you changed."), "error", wrap=True
        )
        self.unsaved.hide()
        self._typed: Callable[[], object] | None = None
        # What was there at first, and what was warned about.
        self._known: list[object] = []
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.l)
        self.body.setSpacing(SPACE.m)
        self.body.addWidget(label(title, "record"))

    def end_with(self, *parts: QWidget | None, default: QPushButton) -> None:
        """Put the buttons at the foot, below all that the sheet holds.

        Args:
            parts: the buttons from left to right; None stretches.
            default: what Enter presses.
        """
        self.body.addWidget(self.unsaved)
        self.body.addLayout(row(*parts))
        press_by_enter(self, default)

    def keep_typed(self, typed: Callable[[], object]) -> None:
        """Do not give up by one Esc what is typed from now on; `typed` tells all of it."""
        self._typed, self._known = typed, [typed()]

    def give_up(self) -> None:
        """Cancel: close without saving."""
        self.done(QDialog.DialogCode.Rejected)

    # Qt's own names.

    def reject(self) -> None:
        """Esc, or the window's cross."""
        if self._typed is not None and (typed := self._typed()) not in self._known:
            self._known = [self._known[0], typed]
            self.unsaved.show()
            return
        super().reject()


def label_for(field: QWidget) -> QLabel:
    """The word before a field of a form, as high as the field and in its middle."""
    made = label(field.accessibleName(), "secondary")
    made.setMinimumHeight(field.sizeHint().height())
    made.setBuddy(field)
    return made


def press_by_enter(dialog: QDialog, default: QPushButton) -> None:
    """Let Enter press the button that has the focus, else the default one."""
    for made in dialog.findChildren(QPushButton):
        # A word or a sign that is chosen has the space bar.
        made.setAutoDefault(not made.isCheckable())
    default.setDefault(True)
