"""What a check has found: cells that could not be read, rows that are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.theme import TYPE, colours
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Line(NamedTuple):
    """One finding: where it is, what stands there, what is the matter."""

    place: str
    row: int
    column: str
    value: str
    words: str
    sheet: SheetChoice | None


class Findings(QAbstractTableModel):
    """Problems or left-out rows."""

    def __init__(self, parent: QObject, *, with_cells: bool) -> None:
        super().__init__(parent)
        self._with_cells = with_cells
        self._several = False
        self.lines: list[Line] = []

    def show(self, lines: Sequence[Line], *, several: bool) -> None:
        """Show other ones; with `several` sheets, each says where it is."""
        self.beginResetModel()
        self.lines = list(lines)
        self._several = several
        self.endResetModel()

    def heads(self) -> list[str]:
        """The columns' heads."""
        cells = [_("Column"), _("Value")] if self._with_cells else []
        reason = _("What is the matter") if self._with_cells else _("Why")
        return [*([_("Sheet")] if self._several else []), _("Row"), *cells, reason]

    def is_value(self, section: int) -> bool:
        """Whether a column holds the cells' own texts."""
        return self._with_cells and section == len(self.heads()) - 2

    def texts(self, line: Line) -> list[str]:
        """A finding's cells."""
        cells = [line.column, line.value] if self._with_cells else []
        place = [line.place] if self._several else []
        return [*place, say.number(line.row), *cells, line.words]

    # Qt's own names.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many findings."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As many as there are heads."""
        return 0 if parent.isValid() else len(self.heads())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text; the whole of it in the tooltip."""
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            return " ".join(self.texts(self.lines[index.row()])[index.column()].split())
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return plain_tip(self.texts(self.lines[index.row()])[index.column()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Heads above."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.heads()[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Cell(QStyledItemDelegate):
    # Qt's own names.

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a text in line with its head, and a hairline below."""
        c = colours()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(c.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(c.hover))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, QColor(c.line))
        model = index.model()
        value = isinstance(model, Findings) and model.is_value(index.column())
        painter.setPen(QColor(c.text if value else c.mute))
        painter.setFont(font(TYPE.body, semibold=value))
        inner = box.adjusted(13, 0, -8, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Fixed: nothing is measured."""
        return QSize(100, 36)


class FindingsTable(QTableView):
    """The table of findings; `opened` carries the one that was clicked or entered."""

    opened = Signal(object)

    def __init__(self, model: Findings, name: str) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Cell(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        head = self.horizontalHeader()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setFixedHeight(36)
        head.setHighlightSections(False)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def fit(self) -> None:
        """Give the columns their widths."""
        widths = {_("Sheet"): 150, _("Row"): 80, _("Column"): 90, _("Value"): 210}
        for section, title in enumerate(self._model.heads()):
            self.setColumnWidth(section, widths.get(title, 200))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.lines[index.row()])
