"""Where the values of a customer came from: the cells of imported files, as they stood there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from crm_desktop.domain.customers import Origin
from crm_desktop.domain.imports import CUSTOM_PREFIX
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.info import Sheet
from crm_desktop.ui.pages.import_wizard.words import field_names
from crm_desktop.ui.widgets.basic import button, label, row


def _cell(origin: Origin) -> str:
    """The cell as spreadsheets name it; the sheet's name and a heading are no cells."""
    if origin.column == "sheet":
        return _("Sheet name")
    if origin.column == "group":
        return _("Heading")
    return f"{origin.column}{origin.row}"


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
        self.table = QTableWidget(len(origins), len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(360)
        names = field_names()
        for line, origin in enumerate(origins):
            field = names.get(origin.field) or origin.field.removeprefix(CUSTOM_PREFIX)
            texts = (
                field,
                origin.text,
                _cell(origin),
                f"{origin.file} · {origin.sheet}" if origin.sheet else origin.file,
                say.day(origin.at),
            )
            for place, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text)
                self.table.setItem(line, place, item)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self.table)
        self.body.addLayout(row(None, button(_("Close"), clicked=self.close)))
