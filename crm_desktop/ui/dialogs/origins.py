"""Where the values of a customer came from: the cells of imported files, as they stood there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.customers import Origin
from crm_desktop.domain.imports import CUSTOM_PREFIX
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.pages.import_wizard.words import field_names
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.plain_table import PlainTable


def origin_place(origin: Origin) -> tuple[str, str]:
    """The cell as spreadsheets name it, and the file with its sheet."""
    cell = f"{origin.column}{origin.row}"
    if origin.column == "sheet":  # the sheet's name and a heading are no cells
        cell = _("Sheet name")
    elif origin.column == "group":
        cell = _("Heading")
    return cell, f"{origin.file} · {origin.sheet}" if origin.sheet else origin.file


class Origins(Sheet):
    """A line for each cell, the latest import first."""

    def __init__(self, name: str, origins: Sequence[Origin], parent: QWidget) -> None:
        super().__init__(_("Where the values came from"), parent, width=820)
        self.body.addWidget(
            label(
                _("{name}: every cell of an imported file, as it stood there.").format(name=name),
                "mute",
                wrap=True,
            )
        )
        heads = (_("Field"), _("Original text"), _("Cell"), _("File"), _("Imported"))
        self.table = PlainTable(self.windowTitle(), heads, stretched=1)
        self.table.setMinimumHeight(360)
        names = field_names()
        self.table.show_lines(
            [
                (
                    names.get(origin.field) or origin.field.removeprefix(CUSTOM_PREFIX),
                    origin.text,
                    *origin_place(origin),
                    say.day(origin.at),
                )
                for origin in origins
            ]
        )
        self.body.addWidget(self.table)
        close = button(_("Close"), clicked=self.close)
        self.end_with(None, close, default=close)
