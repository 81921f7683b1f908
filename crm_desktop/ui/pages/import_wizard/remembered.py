"""Says that a sheet is read as one of the same headers was before, and leads back from there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Icon, button, label, row


class Remembered(QFrame):
    """A line above the sheet; `swapped` says that the other way of reading it is wanted."""

    swapped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("kind", "info")
        self.text = label("", wrap=True)
        self.switch = button("", kind="link", clicked=self.swapped.emit)
        line = row(Icon("history", "accent", 18), self.text, self.switch, spacing=SPACE.m)
        line.setStretch(1, 1)
        line.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, SPACE.s)
        self.setLayout(line)
        self.hide()

    def show_sheet(self, sheet: SheetChoice) -> None:
        """Say it of a sheet; nothing of one whose headers are new."""
        moment = say.parse(sheet.read_before) if sheet.read_before else None
        self.setVisible(moment is not None and sheet.wanted)
        if moment is None:
            return
        if sheet.preview.plan.remembered:
            text = _("Read as on {day}: these headers came in before.")
            way = _("Propose anew")
        else:
            text = _("Proposed anew. Headers like these came in on {day}.")
            way = _("Read as then")
        when = say.local(moment)
        self.text.setText(text.format(day=say.full_date(when.year, when.month, when.day)))
        self.switch.setText(way)
        self.switch.setAccessibleName(way)
