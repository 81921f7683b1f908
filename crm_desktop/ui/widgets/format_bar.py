"""The buttons of an editor of notes: bold, italic, lists, a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from crm_desktop.domain.markup import Kind
from crm_desktop.i18n import _
from crm_desktop.ui.clocks import after
from crm_desktop.ui.theme import icons
from crm_desktop.ui.widgets.basic import button
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.markup_document import as_link
from crm_desktop.ui.widgets.rich_notes import RichNotes


class FormatBar(QWidget):
    """Belongs to one editor, and is seen while somebody writes in it."""

    def __init__(self, notes: RichNotes, *, always: bool = False) -> None:
        """Build it.

        Args:
            notes: the editor.
            always: seen also while nobody writes.
        """
        super().__init__()
        self._notes = notes
        self._always = always
        self.bold = self._button("B", _("Bold (Ctrl+B)"), notes.toggle_bold)
        self.italic = self._button("I", _("Italic (Ctrl+I)"), notes.toggle_italic)
        slanted = self.italic.font()
        slanted.setItalic(True)
        self.italic.setFont(slanted)
        self.bullets = self._button("", _("List (- and a blank)"), self._bullets, "list")
        self.numbers = self._button("1.", _("Numbered list (1. and a blank)"), self._numbers)
        self.link = self._button("", _("Link (Ctrl+Shift+K)"), self.ask_link, "link")
        self.address = LineEdit(name=_("Where the link leads"))
        self.address.setPlaceholderText(_("Web or e-mail address, Enter takes it"))
        self.address.setMinimumWidth(180)
        self.address.hide()
        self.address.returnPressed.connect(self._take_link)
        self.address.editingFinished.connect(self._address_left)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.address)
        for made in (self.bold, self.italic, self.bullets, self.numbers, self.link):
            line.addWidget(made)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        notes.entered.connect(self._show_buttons)
        notes.left.connect(self._left)
        notes.format_changed.connect(self._show_format)
        notes.link_wanted.connect(self.ask_link)
        if not always:
            self.hide()

    def _button(
        self, text: str, name: str, clicked: Callable[[], object], icon: str = ""
    ) -> QPushButton:
        made = button(text, kind="chip", clicked=clicked, name=name, tip=name)
        if icon:
            icons.set_icon(made, icon, "mute", 14)
        made.setProperty("tight", True)
        made.setCheckable(clicked != self.ask_link)
        made.setFixedSize(28, 24)
        # The cursor stays where it writes; the keyboard has keys of its own.
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _bullets(self) -> None:
        self._notes.toggle_list(Kind.BULLET)

    def _numbers(self) -> None:
        self._notes.toggle_list(Kind.NUMBER)

    def _show_buttons(self) -> None:
        self.address.hide()
        self.show()
        self._show_format()

    def _left(self) -> None:
        # The field for a link takes the cursor for a moment.
        after(0, self, self._hide_if_left)

    def _hide_if_left(self) -> None:
        if not (self._always or self._notes.held or self._notes.hasFocus()):
            self.hide()

    def _show_format(self) -> None:
        self.bold.setChecked(self._notes.is_bold())
        self.italic.setChecked(self._notes.is_italic())
        self.bullets.setChecked(self._notes.kind() is Kind.BULLET)
        self.numbers.setChecked(self._notes.kind() is Kind.NUMBER)

    # Links.

    def ask_link(self) -> None:
        """Ask where the chosen words shall lead."""
        self._notes.held = True
        self.address.setText(self._notes.link())
        self.address.show()
        self.address.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.address.selectAll()

    def _address_left(self) -> None:
        """The cursor went elsewhere, not back into the notes: then they are left too."""
        after(0, self, self._leave_notes)

    def _leave_notes(self) -> None:
        if self._notes.held and not self.address.hasFocus():
            self._notes.held = False
            self.address.hide()
            self._notes.commit()
            self._hide_if_left()

    def _take_link(self) -> None:
        text = self.address.text().strip()
        if text and not as_link(text):
            self.address.setProperty("error", True)
            self.address.style().polish(self.address)
            self.address.setAccessibleDescription(_("This is no web or e-mail address."))
            self.address.setToolTip(_("This is no web or e-mail address."))
            return
        self._notes.set_link(text)
        self._back()

    def _back(self) -> None:
        self.address.setProperty("error", False)
        self.address.setToolTip("")
        self.address.setAccessibleDescription("")
        self.address.hide()
        self._notes.held = False
        self._notes.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the link as it was."""
        if event.key() == Qt.Key.Key_Escape and self.address.isVisible():
            self._back()
            return
        super().keyPressEvent(event)
