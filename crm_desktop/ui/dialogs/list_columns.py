"""Choosing what the list shows: which columns, in which order, and by what it is sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from crm_desktop.domain.filters import OWN
from crm_desktop.domain.lists import COLUMNS, NAME, NOT_SORTED, USUAL_COLUMNS, ListColumn
from crm_desktop.i18n import _
from crm_desktop.services.filters import FilterField
from crm_desktop.ui import cells
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.filter_values import combo

_ROW = 30
_KEY = Qt.ItemDataRole.UserRole


class ListColumns(Sheet):
    """A window of its own beside the list, which follows at once.

    `columns_chosen` carries a tuple of `ListColumn`, `sort_chosen` a key and whether it goes down.
    """

    columns_chosen = Signal(object)
    sort_chosen = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[ListColumn],
        fields: Mapping[str, FilterField],
        sort: str,
        descending: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(_("Columns and order"), parent, width=396)
        self.resize(396, 580)
        self._fields = fields
        self._widths = {column.key: column.width for column in columns}
        self.list = QListWidget()
        self.list.setObjectName("ticks")
        self.list.setAccessibleName(_("Columns"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill([column.key for column in columns])
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        up = button(_("Up"), "arrow-up", clicked=self.move_up)
        up.setToolTip(_("Further to the left"))
        down = button(_("Down"), "arrow-down", clicked=self.move_down)
        down.setToolTip(_("Further to the right"))
        usual = button(_("Usual columns"), kind="quiet", clicked=self.usual)
        known = [key for key in (*COLUMNS, *self._own()) if key not in NOT_SORTED]
        options = [(key, cells.title(key, fields)) for key in known]
        self.sort = combo([("", _("Usual order")), *options], sort, _("Sorted by"))
        self.way = combo(
            [("", _("Going up")), ("-", _("Going down"))], "-" if descending else "", _("Way")
        )
        self.sort.currentIndexChanged.connect(self._sorted)
        self.way.currentIndexChanged.connect(self._sorted)
        done = button(_("Close"), kind="primary", clicked=self.accept)
        box = self.body
        told = _("Tick what the list shall show; drag to put it in order.")
        box.addWidget(label(told, "mute", wrap=True))
        box.addWidget(self.list, 1)
        box.addLayout(row(up, down, None, usual))
        box.addWidget(label(_("Sorted by"), "strong"))
        box.addLayout(row(self.sort, self.way))
        self.end_with(None, done, default=done)

    def keys(self) -> list[str]:
        """The ticked columns, in order."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [str(i.data(_KEY)) for i in items if i.checkState() == Qt.CheckState.Checked]

    def move_up(self) -> None:
        """The chosen one goes to the left."""
        self._move(-1)

    def move_down(self) -> None:
        """The chosen one goes to the right."""
        self._move(1)

    def usual(self) -> None:
        """As the list was at first."""
        self._widths.clear()
        self.list.blockSignals(True)
        self.list.clear()
        self._fill([column.key for column in USUAL_COLUMNS])
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._tell()

    def _own(self) -> list[str]:
        return [key for key in self._fields if key.startswith(OWN)]

    def _fill(self, shown: Sequence[str]) -> None:
        known = dict.fromkeys((*shown, *COLUMNS, *self._own()))
        for key in known:
            if key == NAME:
                continue
            item = QListWidgetItem(cells.title(key, self._fields))
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, _ROW))
            on = key in shown
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def _move(self, by: int) -> None:
        place = self.list.currentRow()
        if 0 <= place + by < self.list.count() and place >= 0:
            self.list.blockSignals(True)
            item = self.list.takeItem(place)
            self.list.insertItem(place + by, item)
            self.list.setCurrentRow(place + by)
            self.list.blockSignals(False)
            self._tell()

    def _tell(self) -> None:
        keys = (NAME, *self.keys())
        self.columns_chosen.emit(tuple(ListColumn(k, self._widths.get(k, 0)) for k in keys))

    def _sorted(self) -> None:
        key = str(self.sort.currentData())
        self.sort_chosen.emit(key, bool(key) and self.way.currentData() == "-")
