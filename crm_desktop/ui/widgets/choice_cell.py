"""A text to choose among others: a ring, filled where it is chosen, and wrapped words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm_desktop.ui.theme import RADIUS, TYPE, colours, paint
from crm_desktop.ui.theme.fonts import font

_LEFT, _TOP, _RING = 32, 7, 14
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class ChoiceCell(QAbstractButton):
    """One of several; put them into a `QButtonGroup`."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # Qt's own names.

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the text at this width."""
        room = QRect(0, 0, max(width - _LEFT - 8, 40), 10_000)
        text = QFontMetrics(font(TYPE.body)).boundingRect(room, int(_WRAP), self.text())
        return max(text.height(), 18) + 2 * _TOP

    def sizeHint(self) -> QSize:
        """A guess until the width is known."""
        return QSize(160, self.heightForWidth(self.width() or 160))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring and the words."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        chosen = self.isChecked()
        painter.setPen(QPen(QColor(c.accent if chosen else c.line), 1))
        back = c.accent_soft if chosen else c.hover if self.underMouse() else c.card
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(box, RADIUS.control, RADIUS.control)
        ring = QRectF(10, _TOP + 2, _RING, _RING)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(c.accent if chosen else c.line_strong), 4 if chosen else 1.5))
        painter.drawEllipse(ring.adjusted(2, 2, -2, -2) if chosen else ring)
        painter.setPen(QColor(c.text))
        painter.setFont(font(TYPE.body))
        words = QRect(_LEFT, _TOP, self.width() - _LEFT - 8, self.height() - 2 * _TOP)
        painter.drawText(words, int(_WRAP), self.text())
        if self.hasFocus():
            paint.paint_ring(painter, box, RADIUS.control)
        painter.end()
