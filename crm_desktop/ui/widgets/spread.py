"""How answers are spread: a small bar for each, with what it stands for and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.ui.theme import TYPE, colours
from crm_desktop.ui.theme.fonts import font

_HIGH, _FOOT, _WIDEST = 34, 18, 56


class Spread(QWidget):
    """Bars side by side; low ones, middle ones and high ones differ in colour."""

    def __init__(self, bars: Sequence[tuple[str, int, str]], name: str) -> None:
        """Show them.

        Args:
            bars: word, how many, and tone: `green`, `amber`, `red` or `blue`.
            name: what they are about.
        """
        super().__init__()
        self._bars = bars
        said = ", ".join(f"{word}: {count}" for word, count, _tone in bars)
        self.setAccessibleName(f"{name} {said}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, _HIGH + 2 * _FOOT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bar, its figure above and its word below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        painter.setFont(font(TYPE.caption))
        most = max((count for _word, count, _tone in self._bars), default=0) or 1
        wide = min(_WIDEST, self.width() / max(len(self._bars), 1))
        middle = Qt.AlignmentFlag.AlignCenter
        for place, (word, count, tone) in enumerate(self._bars):
            left, high = place * wide, max(2.0, _HIGH * count / most)
            bar = QRectF(left + 3, _FOOT + _HIGH - high, wide - 6, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(c, tone).text if count else c.line))
            painter.drawRoundedRect(bar, min(3.0, high / 2), min(3.0, high / 2))
            painter.setPen(QColor(c.mute))
            if count:
                above = QRectF(left, bar.top() - _FOOT, wide, _FOOT)
                painter.drawText(above, middle, str(count))
            below = QRectF(left, _FOOT + _HIGH, wide, _FOOT)
            fitted = painter.fontMetrics().elidedText(
                word, Qt.TextElideMode.ElideRight, int(wide) - 2
            )
            painter.drawText(below, middle, fitted)
        painter.end()
