"""A rating of one to five stars, by mouse and by the keys 0 to 5."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from crm_desktop.i18n import ngettext
from crm_desktop.ui.theme import RADIUS, colours, paint

MOST = 5
_STAR, _STEP, _LEFT = 16, 21, 7


class Stars(QWidget):
    """Five stars; `rated` carries how many somebody gave, 0 for none."""

    rated = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._value = 0
        self.setFixedSize(QSize(_LEFT + MOST * _STEP + 3, 24))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_value(0)

    def value(self) -> int:
        """How many there are."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show so many."""
        self._value = value
        said = ngettext("{n} star", "{n} stars", value).format(n=value)
        self.setAccessibleName(f"{self._name}: {said}")
        self.update()

    def _rate(self, value: int) -> None:
        if value != self._value:
            self.set_value(value)
            self.rated.emit(value)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """0 to 5 give as many; the arrows one more or less."""
        key = event.key()
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self._rate(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            more = 1 if key == Qt.Key.Key_Right else -1
            self._rate(min(max(self._value + more, 0), MOST))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._rate(0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a star gives so many; on the last of them, one less than that."""
        if event.button() == Qt.MouseButton.LeftButton:
            star = min(max(int((event.position().x() - _LEFT) // _STEP) + 1, 1), MOST)
            self._rate(star - 1 if star == self._value else star)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them; those that are given are filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        for place in range(MOST):
            given = place < self._value
            painter.setPen(QPen(QColor(c.amber.text if given else c.line_strong), 1.3))
            painter.setBrush(QColor(c.amber.text) if given else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(_star(_LEFT + place * _STEP + _STAR / 2, self.height() / 2))
        if self.hasFocus():
            paint.paint_ring(painter, self.rect().toRectF(), RADIUS.small)
        painter.end()


def _star(x: float, y: float) -> QPolygonF:
    """A star around a point."""
    corners = []
    for corner in range(2 * MOST):
        far = _STAR / 2 if corner % 2 == 0 else _STAR / 4.6
        turn = pi * corner / MOST
        corners.append(QPointF(x + far * sin(turn), y - far * cos(turn)))
    return QPolygonF(corners)
