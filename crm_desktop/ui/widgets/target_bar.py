"""How far a target has come: a bar, with a mark where the days that are over would be."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.domain.targets import Pace, Progress
from crm_desktop.ui.theme import colours

_HIGH, _BAR = 12, 6


class TargetBar(QWidget):
    """The bar of one measure."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Progress | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, one: Progress, spoken: str) -> None:
        """Show how far it has come."""
        self._shown = one
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(80, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """What is reached, of what is to be reached."""
        one = self._shown
        if one is None or not one.target:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, top = colours(), (_HIGH - _BAR) / 2
        tint = {
            Pace.EARLY: c.accent,
            Pace.BEHIND: c.amber.text,
            Pace.ON_TRACK: c.accent,
            Pace.AHEAD: c.green.text,
        }[one.pace]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.line))
        painter.drawRoundedRect(QRectF(0, top, self.width(), _BAR), 3, 3)
        share = min(max(one.done, 0) / one.target, 1.0)
        if share:
            painter.setBrush(QColor(tint))
            painter.drawRoundedRect(QRectF(0, top, max(self.width() * share, _BAR), _BAR), 3, 3)
        at = self.width() * min(one.expected / one.target, 1.0)
        if 0 < at < self.width():
            painter.setBrush(QColor(c.text))
            painter.drawRect(QRectF(at - 0.75, 0, 1.5, _HIGH))
        painter.end()
