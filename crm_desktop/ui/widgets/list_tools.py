"""The buttons above the customers' list; where there is no room, icons alone."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.commands import Commands
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import action_button, button, row


class ListTools(QWidget):
    """Columns, export, print, and the page's one primary button."""

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self.columns = button("", "columns-3", name=_("Columns"))
        self.columns.setToolTip(_("Choose columns and order (Ctrl+Shift+O)"))
        self.export = action_button(commands.export, "file-down", text=_("Export"))
        self.print = action_button(commands.print_files, "printer", text=_("Print"))
        self.new = action_button(
            commands.new_customer, "plus", kind="primary", text=_("New customer")
        )
        line = row(self.columns, self.export, self.print, self.new, spacing=SPACE.s)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.ensurePolished()
        self._worded = (self.export, self.print, self.new)

    def fit(self, room: int) -> None:
        """Show the words where they fit.

        Args:
            room: pixels that the buttons may take.
        """
        for made in self._worded:
            made.setText(made.accessibleName())
        if self.sizeHint().width() > room:
            for made in self._worded:
                made.setText("")
