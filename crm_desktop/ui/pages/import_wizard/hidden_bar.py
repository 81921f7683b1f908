"""Says what of a sheet the spreadsheet hides, and lets the user leave it out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from crm_desktop.domain.imports import Beside
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.words import letter_of
from crm_desktop.ui.widgets.notice import Notice

_MOST_LETTERS = 8


def hidden_text(beside: Beside) -> str:
    """What is hidden, such as “12 hidden rows · hidden columns: D, F”; "" for nothing."""
    words = []
    if count := beside.hidden_rows:
        said = ngettext("{n} hidden row", "{n} hidden rows", count)
        words.append(said.format(n=say.number(count)))
    if columns := beside.hidden_columns:
        letters = ", ".join(letter_of(c) for c in columns[:_MOST_LETTERS])
        letters += " …" if len(columns) > _MOST_LETTERS else ""
        said = ngettext("hidden column: {columns}", "hidden columns: {columns}", len(columns))
        words.append(said.format(columns=letters))
    return " · ".join(words)


class HiddenBar(Notice):
    """A line above the sheet; `left_out` carries whether what is hidden stays out."""

    left_out = Signal(bool)

    def __init__(self) -> None:
        box = QCheckBox(_("Leave them out"))
        super().__init__("eye-off", box)
        self.box = box
        self.box.toggled.connect(self.left_out)

    def show_sheet(self, sheet: SheetChoice) -> None:
        """Say it of a sheet; nothing of one that hides nothing."""
        beside = sheet.preview.beside
        self.setVisible(beside.hides and sheet.has_columns)
        self.box.blockSignals(True)
        self.box.setChecked(sheet.plan.without_hidden)
        self.box.blockSignals(False)
        said = hidden_text(beside)
        said = said[:1].upper() + said[1:]
        if sheet.plan.without_hidden:
            text = _("{hidden} – left out.")
        else:
            text = _("{hidden} – imported too.")
        self.text.setText(text.format(hidden=said))
        self.box.setAccessibleDescription(self.text.text())
