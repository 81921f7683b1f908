"""The head of the wizard: where we are on the way from a file to customers."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.theme import TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font

_DISC = 22
_GAP = 8
_LINE = 28


class Step(IntEnum):
    """The steps, in their order."""

    FILE = 0
    COLUMNS = 1
    CHECK = 2
    IMPORT = 3
    RESULT = 4


def step_title(step: Step) -> str:
    """A step's name."""
    return {
        Step.FILE: pgettext("step", "File"),
        Step.COLUMNS: pgettext("step", "Columns"),
        Step.CHECK: pgettext("step", "Check"),
        Step.IMPORT: pgettext("step", "Import"),
        Step.RESULT: pgettext("step", "Result"),
    }[step]


class StepHead(QWidget):
    """Discs with numbers, names beside them, ticks on what is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = Step.FILE
        self._plain = font(TYPE.body)
        self._strong = font(TYPE.body, semibold=True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(Step.FILE)

    def show_step(self, step: Step) -> None:
        """Mark the present step."""
        self._step = step
        self.setAccessibleName(
            _("Step {n} of {all}: {name}").format(n=step + 1, all=len(Step), name=step_title(step))
        )
        self.update()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(self._strong)
        return [metrics.horizontalAdvance(step_title(s)) for s in Step]

    # Qt's own names.

    def sizeHint(self) -> QSize:
        """All steps in a row."""
        widths = self._widths()
        step = _DISC + _GAP
        return QSize(sum(widths) + len(widths) * step + (len(widths) - 1) * (_LINE + 2 * _GAP), 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw discs, names and the lines between them."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, middle = 0, self.height() // 2
        for step, width in zip(Step, self._widths(), strict=True):
            done, here = step < self._step, step == self._step
            if step == Step.RESULT and here:
                done = True
            disc = QRectF(x, middle - _DISC / 2, _DISC, _DISC)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent if here else c.accent_soft if done else c.hover))
            painter.drawEllipse(disc)
            if done:
                colour = c.on_accent if here else c.accent
                picture = icons.pixmap("check", colour, 14, self.devicePixelRatioF())
                painter.drawPixmap(QPoint(x + 4, middle - 7), picture)
            else:
                painter.setPen(QColor(c.on_accent if here else c.mute))
                painter.setFont(font(TYPE.secondary, semibold=True))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(step + 1))
            x += _DISC + _GAP
            painter.setPen(QColor(c.text if here else c.mute))
            painter.setFont(self._strong if here else self._plain)
            box = QRect(x, 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, step_title(step))
            x += width + _GAP
            if step != Step.RESULT:
                painter.fillRect(x, middle, _LINE, 1, QColor(c.accent if done else c.line_strong))
                x += _LINE + _GAP
        painter.end()


def two_lines(*parts: QWidget) -> QWidget:
    """Texts below each other, to stand beside an icon."""
    made = QWidget()
    lines = QVBoxLayout(made)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(2)
    for part in parts:
        lines.addWidget(part)
    return made
