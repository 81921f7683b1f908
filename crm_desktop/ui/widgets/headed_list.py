"""A list of heads, lines and "show more" rows, all painted in one go."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from crm_desktop.ui.theme import TYPE, colours
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.theme.paint import paint_ring

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class HeadedList(QListView):
    """The cursor, the mouse and the ground of the rows; what they say is its children's.

    `menu_wanted` carries a place in the list.
    """

    menu_wanted = Signal(QPoint)
    LEFT = 52

    def __init__(self, model: QAbstractListModel, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._by_keys = False
        self._hovered = -1
        self.setAccessibleName(name)
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)

    # What its children say.

    def is_line(self, row: int) -> bool:
        """Whether a row is one that can be worked on."""
        raise NotImplementedError

    def is_marked(self, row: int) -> bool:
        """Whether a row is chosen."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, row: int, box: QRect) -> None:
        """Paint a row."""
        raise NotImplementedError

    def point(self, row: int, at: QPoint | None) -> None:
        """The mouse is over a row; None where it has gone."""
        raise NotImplementedError

    # Choosing.

    def choose(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest line where that is none."""
        places = [place for place in range(self.model().rowCount()) if self.is_line(place)]
        if not places:
            return
        nearest = min(places, key=lambda place: (abs(place - row), place < row))
        index = self.model().index(nearest, 0)
        self.setCurrentIndex(index)
        # With the first line its head comes into sight.
        self.scrollTo(index if nearest > 1 else self.model().index(0, 0))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        area = event.rect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(colours().card))
        first = self.indexAt(QPoint(4, max(area.top(), 0)))
        number = first.row() if first.isValid() else 0
        while 0 <= number < self.model().rowCount():
            box = self.visualRect(self.model().index(number, 0))
            if box.top() > area.bottom():
                break
            self.paint_row(painter, number, box)
            number += 1
        painter.end()

    def paint_ground(self, painter: QPainter, row: int, box: QRect) -> None:
        """What lies under a line: the choice, the mouse, the hairline to the next."""
        c = colours()
        if self.is_marked(row):
            painter.fillRect(box, QColor(c.accent_soft))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(c.accent))
        elif row == self._hovered:
            painter.fillRect(box, QColor(c.hover))
        painter.fillRect(QRect(self.LEFT, box.bottom(), box.width() - self.LEFT, 1), QColor(c.line))

    def paint_cursor(self, painter: QPainter, row: int, box: QRect) -> None:
        """The ring, for those who came by the keyboard."""
        if self._by_keys and self.hasFocus() and row == self.currentIndex().row():
            paint_ring(painter, QRectF(box).adjusted(0, 0, 0, -1), 4)

    def paint_head(
        self, painter: QPainter, text: str, number: str, box: QRect, *, alarming: bool
    ) -> None:
        """A head with how many stand under it."""
        c = colours()
        strong = font(TYPE.section, semibold=True)
        painter.setFont(strong)
        painter.setPen(QColor(c.red.text if alarming else c.text))
        place = box.adjusted(18, 8, 0, 0)
        painter.drawText(place, _MIDDLE, text)
        painter.setFont(font(TYPE.secondary))
        painter.setPen(QColor(c.mute))
        left = QFontMetrics(strong).horizontalAdvance(text) + 8
        painter.drawText(place.adjusted(left, 1, 0, 0), _MIDDLE, number)

    def paint_more(self, painter: QPainter, text: str, box: QRect) -> None:
        """The row that shows more."""
        painter.setFont(font(TYPE.secondary, semibold=True))
        painter.setPen(QColor(colours().accent))
        painter.drawText(box.adjusted(self.LEFT, 0, 0, 0), _MIDDLE, text)

    # Qt's own names.

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        super().leaveEvent(event)
        self.point(-1, None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Those who come by Tab see where they are."""
        super().focusInEvent(event)
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._by_keys and not self.is_line(self.currentIndex().row()):
            self.choose(max(self.currentIndex().row(), 0))
        self.viewport().update()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """The ring moves with the cursor."""
        super().currentChanged(current, previous)
        self.viewport().update()
