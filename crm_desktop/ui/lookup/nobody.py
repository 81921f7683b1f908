"""What the lookup window shows where nobody is: what may be typed, or what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain import calls
from crm_desktop.i18n import _
from crm_desktop.services.lookup import Found
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.notice import Notice

_LONGEST_COPIED = 60


class Nobody(QWidget):
    """A hint, and buttons for what can be done."""

    def __init__(self) -> None:
        super().__init__()
        self.number = ""
        self.hint = label("", "mute", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copied = button("", "clipboard", kind="link")
        self.new = button(_("New customer"), "user-plus", kind="primary")
        self.new.setToolTip(_("New customer with this number (Ctrl+N)"))
        self.restore = button(_("Restore"), "undo-2")
        self.trashed = Notice("trash-2", self.restore)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.l, SPACE.xl, SPACE.l)
        box.setSpacing(SPACE.m)
        box.addStretch(1)
        box.addWidget(self.hint)
        box.addLayout(row(None, self.copied, None))
        box.addLayout(row(None, self.new, None))
        box.addWidget(self.trashed)
        box.addStretch(2)

    def offer_copied(self) -> None:
        """Offer what was copied, where that is a whole number."""
        text = QGuiApplication.clipboard().text()
        shown = calls.asked(text) if len(text) <= _LONGEST_COPIED else ""
        whole = calls.is_number(shown) and len(calls.line_of(shown)) >= calls.WHOLE
        self.number = shown if whole else ""
        self.copied.setText(_("{number} from the clipboard (Enter)").format(number=shown))
        self.copied.setAccessibleName(self.copied.text())

    def show_nothing(self) -> None:
        """Nothing is typed yet."""
        self.hint.setText(
            _("Type a number in any form, its last four digits, or a name.")
            + "\n"
            + _("Enter opens the file, Ctrl+L logs the call, Esc closes.")
        )
        self.copied.setVisible(bool(self.number))
        self.new.hide()
        self.trashed.hide()

    def show_found(self, found: Found) -> None:
        """Nobody was found, but for who lies in the trash."""
        words = _("Nobody has {text}.") if found.number else _("Nobody was found for “{text}”.")
        self.hint.setText(words.format(text=found.asked))
        self.copied.hide()
        self.new.setText(
            _("New customer with this number") if found.number else _("New customer of this name")
        )
        self.new.setVisible(bool(found.number) or not calls.is_number(found.asked))
        self.trashed.setVisible(bool(found.trashed))
        if found.trashed:
            name = found.trashed[0][1]
            self.trashed.text.setText(_("{name} is in the trash.").format(name=name))
            self.restore.setAccessibleName(_("Restore {name}").format(name=name))
