"""The history of one value: what it was, since when, by which step, from which cell."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import _
from crm_desktop.services.past import ValueHistory
from crm_desktop.ui import format as say
from crm_desktop.ui.dialogs.origins import origin_place
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.value_words import value_text
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.plain_table import PlainTable

_LINE, _HEAD, _MOST_LINES = 34, 40, 8


class ValueHistorySheet(Sheet):
    """A line for each value, the present one first.

    `wanted` carries an earlier value, as it was stored, that shall stand there again.
    """

    wanted = Signal(str)

    def __init__(
        self,
        caption: str,
        place: str,
        history: ValueHistory,
        parent: QWidget,
        *,
        can_put_back: bool,
    ) -> None:
        """Show a history.

        Args:
            caption: the field's word.
            place: the field, as `PastService.value_history` takes it.
            history: to show.
            parent: the window.
            can_put_back: whether an earlier value can be taken from here.
        """
        super().__init__(_("History of “{field}”").format(field=caption), parent, width=680)
        self._values = history.values

        def shown(text: str) -> str:
            return history.shown.get(text) or value_text(place, text)

        heads = (_("Value"), _("Since"), _("Step"))
        self.table = PlainTable(self.windowTitle(), heads, stretched=0)
        self.table.show_lines(
            [(shown(one.text) or "–", say.moment(one.at), one.step_name) for one in history.values]
        )
        _fit(self.table)
        if history.values:
            self.body.addWidget(self.table)
        else:
            self.body.addWidget(label(_("There never stood anything else."), "mute"))
        self.cells: PlainTable | None = None
        if history.origins:
            self.body.addWidget(label(_("Cells of imported files"), "section"))
            texts = (_("Original text"), _("Cell"), _("File"), _("Imported"))
            self.cells = PlainTable(_("Cells of imported files"), texts, stretched=0)
            self.cells.show_lines(
                [(one.text, *origin_place(one), say.day(one.at)) for one in history.origins]
            )
            _fit(self.cells)
            self.body.addWidget(self.cells)
        self.put_back = button(_("Put this value back"), "undo-2", clicked=self._put_back)
        self.put_back.setVisible(can_put_back and len(history.values) > 1)
        self.table.itemSelectionChanged.connect(self._chosen)
        self._chosen()
        close = button(_("Close"), clicked=self.close)
        self.end_with(self.put_back, None, close, default=close)
        if len(history.values) > 1:
            self.table.selectRow(1)
        self.table.setFocus()

    def _chosen(self) -> None:
        self.put_back.setEnabled(self.table.currentRow() > 0)

    def _put_back(self) -> None:
        self.wanted.emit(self._values[self.table.currentRow()].text)
        self.close()


def _fit(table: PlainTable) -> None:
    lines = min(table.rowCount(), _MOST_LINES)
    table.verticalHeader().setDefaultSectionSize(_LINE)
    table.setFixedHeight(_HEAD + lines * _LINE)
