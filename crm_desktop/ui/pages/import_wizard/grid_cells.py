"""One cell of the preview's grid, painted by what its row and column mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.cell_edit import CellEdit
from crm_desktop.ui.pages.import_wizard.colour_bar import paint_swatch
from crm_desktop.ui.pages.import_wizard.grid_model import SheetModel
from crm_desktop.ui.pages.import_wizard.row_head import ROW, band_tint
from crm_desktop.ui.theme import TYPE, colours
from crm_desktop.ui.theme.fonts import font

Index = QModelIndex | QPersistentModelIndex
LEAST = 138
_MOST_ROOM = 1200
_MOST_SWATCHES = 4
# Rows whose text runs over the empty cells behind it.
RUNS_OVER = frozenset(("above", "title", "group", "note"))


class CellDelegate(QStyledItemDelegate):
    """Paints one cell by what its row and column mean."""

    def __init__(self, model: SheetModel, grid: QTableView) -> None:
        super().__init__(grid)
        self._model = model
        self._grid = grid
        self._plain = font(TYPE.body)
        self._strong = font(TYPE.body, semibold=True)
        self._metrics = (QFontMetrics(self._plain), QFontMetrics(self._strong))

    def _runs_over(self, row: int, column: int) -> int:
        """Whose text is seen in a cell: a title runs over the empty ones behind it, as in Excel."""
        before = column
        while before > 0 and not self._model.text(row, before):
            before -= 1
        return before if self._model.text(row, before) else column

    def _paint_swatches(self, painter: QPainter, box: QRect, fills: Sequence[str]) -> int:
        """Draw a row's colours; gives where its text begins."""
        left = box.x()
        for colour in fills[:_MOST_SWATCHES]:
            paint_swatch(painter, QRect(left, box.center().y() - 6, 14, 14), colour)
            left += 18
        return left + 4 if fills else left

    # Qt's own names.

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw text, tint, hairlines, and the ring of the current cell."""
        c = colours()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row, column = index.row(), index.column()
        role = self._model.role_of(row, column)
        wrong = self._model.problem(row, column)
        painter.save()
        band = self._model.band(row)
        if band is not None:
            painter.fillRect(box, QColor(band_tint(band).back))
        elif wrong:
            painter.fillRect(box, QColor(c.amber.back))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, QColor(c.line))
        runs_over = role in RUNS_OVER
        if not runs_over:
            painter.fillRect(box.right(), box.y(), 1, box.height(), QColor(c.line))
        ink = c.text
        if role == "above":
            ink = c.mute
        elif role == "out":
            ink = c.faint
        elif wrong and band is None:
            ink = c.amber.text
        strong = role in ("header", "group")
        painter.setPen(QColor(ink))
        painter.setFont(self._strong if strong else self._plain)
        inner = box.adjusted(10, 0, -8, 0)
        if runs_over:
            column = self._runs_over(row, column)
            left = box.x() + self._grid.columnViewportPosition(column)
            inner.setLeft(left - self._grid.columnViewportPosition(index.column()) + 10)
            inner.setRight(inner.left() + _MOST_ROOM)
            painter.setClipRect(box)
        if self._model.is_swatch(column) and band is None:
            inner.setLeft(self._paint_swatches(painter, inner, self._model.fills(row)))
        if self._model.is_struck(row) and band is None:
            crossed = QFont(painter.font())
            crossed.setStrikeOut(True)
            painter.setFont(crossed)
        text = " ".join(self._model.text(row, column).split())
        shown = self._metrics[strong].elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag.AlignLeft
            | Qt.AlignmentFlag.AlignAbsolute,
            shown,
        )
        if self._model.fix(index.row(), index.column()) is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent))
            right, top = box.right(), box.top()
            painter.drawPolygon(
                [QPoint(right - 8, top), QPoint(right, top), QPoint(right, top + 8)]
            )
        if state & QStyle.StateFlag.State_Selected:
            focus = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(c.accent if focus else c.line_strong), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(box).adjusted(1, 1, -2, -2))
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """A field over the cell."""
        return CellEdit(parent, _("Text of the cell"))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Fixed: nothing is measured."""
        return QSize(LEAST, ROW)
