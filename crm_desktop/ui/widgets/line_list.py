"""A list of two painted lines a row, with a pill at its right, to walk by the arrow keys."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.ui.theme import TYPE, colours, paint
from crm_desktop.ui.theme.fonts import font

_HEIGHT = 56
_Index = QModelIndex | QPersistentModelIndex


class Line(NamedTuple):
    """A row: its words, and a pill at its right where there is one.

    Attributes:
        tone: how the pill is tinted: `green`, `amber` or `neutral`.
    """

    title: str
    text: str
    pill: str = ""
    tone: str = "neutral"


class Lines(QAbstractListModel):
    """Rows of two lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def take_out(self, row: int) -> None:
        """Take a row out."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        self.endRemoveRows()

    def line(self, row: int) -> Line:
        """One row."""
        return self._lines[row]

    # Qt's own names.

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row's words."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (line.title, line.pill, line.text)))
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """All rows are of one height."""
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Two lines and a pill."""
        model = index.model()
        assert isinstance(model, Lines)
        line, c = model.line(index.row()), colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(6, 2, -6, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft))
            painter.drawRoundedRect(box, 8, 8)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            paint.paint_ring(painter, box.toRectF(), 8)
        tint = getattr(c, line.tone)
        room = box.width() - 24
        if line.pill:
            width = paint.pill_width(line.pill)
            paint.paint_pill(painter, box.right() - width - 10, box.center().y(), line.pill, tint)
            room -= width + 10
        for place, (text, strong) in enumerate(((line.title, True), (line.text, False))):
            shown = font(TYPE.body if strong else TYPE.secondary, semibold=strong)
            painter.setFont(shown)
            painter.setPen(QColor(c.text if strong else c.mute))
            where = QRect(box.left() + 12, box.top() + 6 + place * 20, room, 20)
            fitted = QFontMetrics(shown).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, fitted)
        painter.restore()


class LineList(QListView):
    """Rows of two lines to walk by the arrow keys."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = Lines(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Painter(self))
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def row(self) -> int:
        """The chosen row, -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Choose a row; the last one where there are fewer."""
        row = min(row, self.lines.rowCount() - 1)
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row))

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are the page's keys; Qt would look for rows that begin with them."""
        if event.text().strip() and event.text().isprintable():
            event.ignore()
            return
        super().keyPressEvent(event)
