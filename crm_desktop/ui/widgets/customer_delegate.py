"""Paints the rows of the customers' table: two lines, an avatar, a pill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from crm_desktop.domain.customers import CustomerRow
from crm_desktop.ui.models.customers import Column, CustomerListModel, cell_text
from crm_desktop.ui.theme import SIZE, TYPE, colours, paint
from crm_desktop.ui.theme.fonts import font

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.customer_table import CustomerTable

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CustomerDelegate(QStyledItemDelegate):
    """Paints the cells; asks the model for rows directly, a role's way costs four times that."""

    def __init__(self, model: CustomerListModel, table: CustomerTable) -> None:
        super().__init__(table)
        self._model = model
        self._table = table
        self._strong = font(TYPE.body, semibold=True)
        self._body = font(TYPE.body)
        self._small = font(TYPE.secondary)
        self._strong_metrics = QFontMetrics(self._strong)
        self._body_metrics = QFontMetrics(self._body)
        self._small_metrics = QFontMetrics(self._small)

    def _paint_customer(self, painter: QPainter, box: QRect, row: CustomerRow) -> None:
        c = colours()
        top = box.y() + (box.height() - SIZE.avatar) // 2
        rtl = self._table.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = box.right() - 15 - SIZE.avatar if rtl else box.x() + 15
        paint.paint_avatar(painter, QRect(left, top, SIZE.avatar, SIZE.avatar), row.name)
        width = box.width() - SIZE.avatar - 15 - 12 - 8
        x = box.x() + 8 if rtl else left + SIZE.avatar + 12
        painter.setPen(QColor(c.text))
        painter.setFont(self._strong)
        right = Qt.TextElideMode.ElideRight
        name = self._strong_metrics.elidedText(row.name, right, width)
        # Absolute: a name in Arabic stands at the left like the others, as the look has it.
        align = Qt.AlignmentFlag.AlignAbsolute | (
            Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        if not row.organisation or row.organisation == row.name:
            painter.drawText(QRect(x, box.y(), width, box.height()), align | middle, name)
            return
        painter.drawText(QRect(x, box.y() + 8, width, 20), align | middle, name)
        painter.setPen(QColor(c.mute))
        painter.setFont(self._small)
        under = self._small_metrics.elidedText(row.organisation, right, width)
        painter.drawText(QRect(x, box.y() + 27, width, 18), align | middle, under)

    def _paint_waiting(self, painter: QPainter, box: QRect, column: Column) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().hover))
        middle = box.center().y()
        if column is Column.CUSTOMER:
            painter.drawEllipse(box.x() + 15, middle - 17, SIZE.avatar, SIZE.avatar)
            painter.drawRoundedRect(QRectF(box.x() + 61, middle - 12, 130, 9), 4, 4)
            painter.drawRoundedRect(QRectF(box.x() + 61, middle + 5, 86, 8), 4, 4)
        else:
            painter.drawRoundedRect(QRectF(box.x() + 13, middle - 4, 64, 9), 4, 4)

    # Qt's own names.

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell, with its part of the row's background, line and ring."""
        c = colours()
        box: QRect = option.rect
        column = Column(index.column())
        number = index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Not by the option's state: QStyle's enumerations cost the start 25 ms.
        chosen = self._table.selectionModel().isSelected(index)
        if chosen:
            painter.fillRect(box, QColor(c.accent_soft))
        elif number == self._table.hovered:
            painter.fillRect(box, QColor(c.hover))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, QColor(c.line))
        if chosen and column is Column.CUSTOMER:
            painter.fillRect(box.x(), box.y(), 3, box.height(), QColor(c.accent))
        row = self._model.row_data(number)
        if row is None:
            self._paint_waiting(painter, box, column)
        elif column is Column.CUSTOMER:
            self._paint_customer(painter, box, row)
        elif column is Column.STAGE:
            tint = paint.stage_tint(row.stage)
            words = paint.stage_text(row.stage)
            paint.paint_pill(painter, box.x() + 11, box.center().y(), words, tint)
        else:
            text = cell_text(row, column)
            painter.setPen(QColor(c.mute))
            painter.setFont(self._body)
            inner = box.adjusted(13, 0, -6, 0)
            text = self._body_metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, _LEFT, text)
        if self._table.ring_row == number:
            self._paint_ring(painter, box, column)
        painter.restore()

    def _paint_ring(self, painter: QPainter, box: QRect, column: Column) -> None:
        accent = QColor(colours().accent)
        painter.fillRect(box.x(), box.y(), box.width(), 2, accent)
        painter.fillRect(box.x(), box.bottom() - 1, box.width(), 2, accent)
        if column is Column.CUSTOMER:
            painter.fillRect(box.x(), box.y(), 2, box.height(), accent)
        if column is self._table.last_column():
            painter.fillRect(box.right() - 1, box.y(), 2, box.height(), accent)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Fixed: nothing is ever measured."""
        return QSize(120, SIZE.row)
