"""The list of the owner's fields: put in order by dragging, or by Alt and the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crm_desktop.domain.fields import CustomField
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.field_words import kind_text
from crm_desktop.ui.models.fields import FieldListModel
from crm_desktop.ui.theme import RADIUS, TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font

_Index = QModelIndex | QPersistentModelIndex
_FIELD, _HEADING = 36, 30
_GRIP, _KIND, _COUNT = 26, 104, 44


class FieldList(QListView):
    """Headings and fields.

    `moved` carries -1 or 1 for the current field, `dropped` the line that one was dragged
    before, `opened` asks to edit what is current, `removed` to remove it, `menu_wanted` for
    its menu.
    """

    moved = Signal(int)
    dropped = Signal(int, int)
    opened = Signal()
    removed = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: FieldListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = model
        self.setAccessibleName(_("Fields"))
        self.setProperty("framed", True)
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.activated.connect(self._activated)
        self._pressed: QPoint | None = None
        self._from = -1
        self.target = -1

    def _activated(self, _index: QModelIndex) -> None:
        self.opened.emit()

    def current_line(self) -> int:
        """The chosen line, -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a line the chosen one."""
        self.setCurrentIndex(self.fields.index(row, 0))

    def _line_before(self, at: QPoint) -> int:
        """Before which line a drop at a point goes."""
        index = self.indexAt(QPoint(10, at.y()))
        if not index.isValid():
            return len(self.fields.lines)
        below = at.y() > self.visualRect(index).center().y()
        return index.row() + below

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move, F2 edits, Del removes."""
        key = event.key()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click, the Menu key or Shift+F10."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            below = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(below))
        else:
            self.menu_wanted.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin here."""
        super().mousePressEvent(event)
        at = event.position().toPoint()
        row = self.indexAt(at).row()
        if event.button() == Qt.MouseButton.LeftButton and self.fields.field(row) is not None:
            self._pressed, self._from = at, row

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where it would go."""
        at = event.position().toPoint()
        far = (
            self._pressed is not None
            and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        )
        if far or self.target >= 0:
            self.target = self._line_before(at)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.scrollTo(self.indexAt(at))
            self.viewport().update()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put it there."""
        target, row = self.target, self._from
        self._pressed, self._from, self.target = None, -1, -1
        self.unsetCursor()
        self.viewport().update()
        if target >= 0:
            if target not in (row, row + 1) or self.fields.field(target - 1) is None:
                self.dropped.emit(row, target)
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line marks the place of a drop."""
        super().paintEvent(event)
        if self.target < 0:
            return
        last = self.target >= len(self.fields.lines)
        box = self.visualRect(self.fields.index(self.target - last, 0))
        y = box.bottom() if last else box.top()
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(colours().accent), 2))
        painter.drawLine(box.left() + 4, y, box.right() - 4, y)
        painter.end()


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Headings are lower."""
        model = index.model()
        assert isinstance(model, FieldListModel)
        return QSize(100, _FIELD if model.field(index.row()) is not None else _HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """A heading; or a grip, a name, what it holds and how often."""
        model = index.model()
        assert isinstance(model, FieldListModel)
        field, box, c = model.field(index.row()), option.rect, colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if chosen else c.hover))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), RADIUS.small, RADIUS.small)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 2, -3, -2), RADIUS.small, RADIUS.small)
        if field is None:
            painter.setPen(QColor(c.mute))
            painter.setFont(font(TYPE.caption, semibold=True))
            self._text(painter, box.adjusted(10, 4, -8, 0), str(index.data()))
        else:
            self._field(painter, box, field, model.values(field))
        painter.restore()

    def _field(self, painter: QPainter, box: QRect, field: CustomField, values: int) -> None:
        c = colours()
        middle = box.center().y()
        painter.drawPixmap(box.left() + 8, middle - 7, icons.pixmap("grip-vertical", c.faint, 14))
        right = box.right() - 10
        painter.setFont(font(TYPE.secondary))
        painter.setPen(QColor(c.faint))
        count = QRect(right - _COUNT, box.top(), _COUNT, box.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(count, flags, say.number(values) if values else "")
        kind = QRect(count.left() - _KIND - 8, box.top(), _KIND, box.height())
        painter.setPen(QColor(c.mute))
        self._text(painter, kind, kind_text(field.kind))
        if field.hidden:
            eye = icons.pixmap("eye-off", c.faint, 14)
            painter.drawPixmap(kind.left() - 22, middle - 7, eye)
        painter.setFont(font(TYPE.body))
        painter.setPen(QColor(c.faint if field.hidden else c.text))
        name = QRect(box.left() + _GRIP + 4, box.top(), 0, box.height())
        name.setRight(kind.left() - (28 if field.hidden else 8))
        self._text(painter, name, field.name)

    def _text(self, painter: QPainter, box: QRect, text: str) -> None:
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
