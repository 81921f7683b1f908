"""Says that a sheet is read as one of the same headers was before, and leads back from there."""

from __future__ import annotations

from PySide6.QtCore import Signal

from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.widgets.basic import button
from crm_desktop.ui.widgets.notice import Notice


class Remembered(Notice):
    """A line above the sheet; `swapped` says that the other way of reading it is wanted."""

    swapped = Signal()

    def __init__(self) -> None:
        switch = button("", kind="link")
        super().__init__("history", switch)
        self.switch = switch
        self.switch.clicked.connect(self.swapped)

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
