"""Says below the grid what the dots above its columns mean."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.mapping_head import dot_colour
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import label, row


class Dot(QWidget):
    """A dot of the legend."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(8, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(dot_colour(self._kind)))
        painter.drawEllipse(0, 5, 7, 7)
        painter.end()


def dots_line() -> QHBoxLayout:
    """A dot and a word for each certainty."""
    line = row(spacing=6)
    for kind, text in (
        ("sure", _("matched")),
        ("unsure", _("please look")),
        ("own", _("own field")),
        ("out", _("left out")),
    ):
        line.addWidget(Dot(kind))
        line.addWidget(label(text, "caption"))
        line.addSpacing(SPACE.s)
    return line
