"""A saved view's name, icon and whether it is pinned."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QWidget

from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.edit import LineEdit

ICONS = (
    *("funnel", "users", "user-check", "user-x", "star", "heart", "cake", "calendar", "clock"),
    *("bell", "phone", "mail", "message-circle", "briefcase", "building-2", "handshake", "globe"),
    *("map-pin", "tag", "chart-column", "id-card", "triangle-alert", "ban", "sparkles"),
)
_ACROSS = 8


class ViewDetails(Sheet):
    """Asks for them; `wanted` carries name, icon and whether it is pinned."""

    wanted = Signal(str, str, bool)

    def __init__(self, title: str, name: str, icon: str, *, pinned: bool, parent: QWidget) -> None:
        super().__init__(title, parent, width=408)
        self.name = LineEdit(name=pgettext("of a thing", "Name"))
        self.name.setText(name)
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.icons = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(SPACE.xs)
        for place, key in enumerate(ICONS):
            made = button("", key, kind="option", name=_("Icon {name}").format(name=key))
            made.setCheckable(True)
            made.setFixedWidth(40)
            made.setProperty("tight", True)
            made.setChecked(key == (icon or ICONS[0]))
            self.icons.addButton(made, place)
            grid.addWidget(made, place // _ACROSS, place % _ACROSS)
        self.pinned = QCheckBox(_("Pin it above the list"))
        self.pinned.setChecked(pinned)
        save = button(_("Save"), kind="primary", clicked=self._save)
        box = self.body
        box.setSpacing(SPACE.s)
        box.addWidget(label(pgettext("of a thing", "Name"), "strong"))
        box.addWidget(self.name)
        box.addWidget(self.error)
        box.addSpacing(SPACE.xs)
        box.addWidget(label(_("Icon"), "strong"))
        box.addLayout(grid)
        box.addWidget(self.pinned)
        box.addSpacing(SPACE.s)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), save, default=save)
        self.keep_typed(lambda: (self.name.text(), self.icons.checkedId(), self.pinned.isChecked()))

    def show_error(self, text: str) -> None:
        """Say why it was not saved."""
        self.error.setText(text)
        self.error.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        icon = ICONS[max(self.icons.checkedId(), 0)]
        self.wanted.emit(self.name.text(), icon, self.pinned.isChecked())
