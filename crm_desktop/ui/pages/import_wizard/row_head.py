"""The row numbers at the left of the preview's grid, and what rows are that are no customers."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from crm_desktop.domain.imports import BandKind
from crm_desktop.ui.pages.import_wizard.grid_model import SheetModel
from crm_desktop.ui.pages.import_wizard.words import band_text
from crm_desktop.ui.theme import TYPE, Tint, colours, icons
from crm_desktop.ui.theme.fonts import font

ROW = 30
_GRIP = 4
_MOST_FILLS = 2
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def band_tint(kind: BandKind) -> Tint:
    """The label's ink and the ground of rows that are no customers."""
    c = colours()
    return {
        BandKind.HEADER: Tint(c.accent, c.accent_soft),
        BandKind.GROUP: c.violet,
        BandKind.TOTAL: c.green,
    }.get(kind, Tint(c.text, c.hover))


class _Edge(NamedTuple):
    """An edge of a band that can be dragged.

    Attributes:
        kind: what the band's rows are.
        first, last: the band's rows in the grid.
        is_lower: which edge it is.
    """

    kind: BandKind
    first: int
    last: int
    is_lower: bool

    @property
    def line(self) -> int:
        """The row below which it lies; -1 above the first."""
        return self.last if self.is_lower else self.first - 1

    def moved(self, line: int) -> tuple[list[int], list[int]]:
        """The rows that the band takes in, and those that it gives up, where it lies elsewhere."""
        before = set(range(self.first, self.last + 1))
        span = (self.first, line) if self.is_lower else (line + 1, self.last)
        after = set(range(span[0], span[1] + 1))
        return sorted(after - before), sorted(before - after)


class RowHead(QHeaderView):
    """A click makes a row the header; the edges of bands can be dragged.

    `header_dragged` carries the number of the row that shall be the last of the header;
    `band_dragged` the numbers of rows that another band has taken in, and its kind, or that it
    has given up, and None. `menu_wanted` carries a place on the screen, and a row.
    """

    header_dragged = Signal(int)
    band_dragged = Signal(object, object)
    menu_wanted = Signal(QPoint, int)

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._sheet_model = model
        self._held: _Edge | None = None
        self._line = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setFixedWidth(52)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)

    def fit(self) -> None:
        """Make room for the labels and the numbers of this sheet."""
        model = self._sheet_model
        metrics = QFontMetrics(font(TYPE.caption, semibold=True))
        bands = {model.band(row) for row in range(model.rowCount())}
        labels = [metrics.horizontalAdvance(band_text(band)) for band in bands if band]
        number = metrics.horizontalAdvance(str(model.row_number(model.rowCount())))
        self.setFixedWidth(max(52, max(labels, default=0) + number + 32))

    def _edge_at(self, event: QMouseEvent) -> _Edge | None:
        """The edge under the mouse."""
        model = self._sheet_model
        y = round(event.position().y())
        if model.sheet is None or not model.sheet.has_columns:
            return None
        # Between two rows, the band above has its lower edge there, the one below its upper one.
        row = self.logicalIndexAt(QPoint(0, max(y - _GRIP, 0)))
        if row < 0 or abs(self.sectionViewportPosition(row) + self.sectionSize(row) - y) > _GRIP:
            return None
        return self._band_edge(row, is_lower=True) or self._band_edge(row + 1, is_lower=False)

    def _band_edge(self, row: int, *, is_lower: bool) -> _Edge | None:
        model = self._sheet_model
        kind = model.band(row) if 0 <= row < model.rowCount() else None
        if kind is None or kind is BandKind.TITLE or (kind is BandKind.HEADER and not is_lower):
            return None
        first = last = row
        while first > 0 and model.band(first - 1) is kind:
            first -= 1
        while last + 1 < model.rowCount() and model.band(last + 1) is kind:
            last += 1
        at_edge = row == (last if is_lower else first)
        return _Edge(kind, first, last, is_lower) if at_edge else None

    # Qt's own names.

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw the label and the number on the row's ground."""
        c = colours()
        band = self._sheet_model.band(logicalIndex)
        header = band is BandKind.HEADER
        painter.save()
        painter.fillRect(rect, QColor(c.card if band is None else band_tint(band).back))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(c.line))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), QColor(c.line_strong))
        if band is None:
            for at, colour in enumerate(self._sheet_model.fills(logicalIndex)[:_MOST_FILLS]):
                painter.fillRect(rect.x() + 5 * at, rect.y(), 4, rect.height() - 1, QColor(colour))
        painter.setFont(font(TYPE.caption, semibold=header))
        painter.setPen(QColor(c.mute if band is None else band_tint(band).text))
        number = str(self._sheet_model.row_number(logicalIndex))
        painter.drawText(rect.adjusted(0, 0, -10, 0), _RIGHT, number)
        goes_on = header and logicalIndex and self._sheet_model.band(logicalIndex - 1) is band
        if band is not None and not goes_on:
            painter.setFont(font(TYPE.caption, semibold=True))
            painter.drawText(rect.adjusted(10, 0, 0, 0), _LEFT, band_text(band))
        elif self._sheet_model.is_hidden(logicalIndex):
            sign = icons.pixmap("eye-off", c.mute, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(rect.x() + 14, rect.center().y() - 6), sign)
        if self._held is not None and logicalIndex == self._line:
            painter.fillRect(rect.x(), rect.bottom() - 2, rect.width(), 3, QColor(c.accent))
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A band's edge is taken hold of; elsewhere it is a click."""
        edge = self._edge_at(event) if event.button() == Qt.MouseButton.LeftButton else None
        if edge is None:
            super().mousePressEvent(event)
            return
        self._held, self._line = edge, edge.line
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the edge, and say where it can be taken hold of."""
        if self._held is None:
            grip = self._edge_at(event) is not None
            self.viewport().setCursor(
                Qt.CursorShape.SplitVCursor if grip else Qt.CursorShape.ArrowCursor
            )
            super().mouseMoveEvent(event)
            return
        row = self.logicalIndexAt(event.position().toPoint() - QPoint(0, ROW // 2))
        if row >= 0 and row != self._line:
            self._line = row
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The band ends where its edge was let go."""
        held, line = self._held, self._line
        if held is None:
            super().mouseReleaseEvent(event)
            return
        self._held = None
        self.viewport().update()
        number = self._sheet_model.row_number
        if held.kind is BandKind.HEADER:
            self.header_dragged.emit(number(line))
            return
        taken, given = held.moved(line)
        if taken:
            self.band_dragged.emit([number(row) for row in taken], held.kind)
        if given:
            self.band_dragged.emit([number(row) for row in given], None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What else the row may be."""
        row = self.logicalIndexAt(event.pos())
        if row >= 0:
            self.menu_wanted.emit(event.globalPos(), row)
