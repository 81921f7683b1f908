"""Paints the rows of the customers' table: two lines, an avatar, a pill.

All rows of a frame in one call, straight from the model. A delegate is called for every cell,
through five layers of C++ and back: on a list of ten rows that took four times as long. What
a row says is shaped once and kept; painting it again costs a few microseconds a text.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from functools import cache, lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText, QTransform

from crm_desktop.domain.customers import CustomerRow
from crm_desktop.ui import format as say
from crm_desktop.ui.cells import NAME
from crm_desktop.ui.models.customers import CustomerListModel
from crm_desktop.ui.theme import RADIUS, SIZE, TYPE, Tint, colours, paint
from crm_desktop.ui.theme.fonts import font

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.customer_table import CustomerTable

# Prepared rows that are kept: several screens full, about 4 kB each.
_KEPT = 192
_NO_PEN = Qt.PenStyle.NoPen
_AVATAR_LEFT = 15
_TEXT_LEFT = 13
_NAME_LEFT = _AVATAR_LEFT + SIZE.avatar + 12


class Box(NamedTuple):
    """A column's place in the viewport, in pixels; plain numbers, as each is asked for often."""

    x: int
    width: int


class Words(NamedTuple):
    """A text shaped for its place."""

    text: QStaticText
    width: float
    height: float


class Line(NamedTuple):
    """A row ready to be painted: its words, fitted into their columns."""

    tint: Tint
    initials: Words
    name: Words
    organisation: Words | None
    stage: tuple[Words, Tint]
    others: dict[str, Words]


class RowPainter:
    """Paints rows of a table."""

    def __init__(self, model: CustomerListModel, table: CustomerTable) -> None:
        self._model = model
        self._table = table
        self._strong = font(TYPE.body, semibold=True)
        self._body = font(TYPE.body)
        self._small = font(TYPE.secondary)
        self._lines: OrderedDict[CustomerRow, Line] = OrderedDict()
        self._rtl = False
        self._stages: dict[str, tuple[Words, Tint]] = {}
        self._prepared_for: tuple[object, ...] = ()

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paint everything in an area of the viewport: the rows, and the card below them."""
        c = colours()
        table = self._table
        painter.fillRect(area, _colour(c.card))
        first = table.rowAt(area.top())
        if first < 0:
            return
        last = table.rowAt(area.bottom())
        if last < 0:
            last = self._model.rowCount() - 1
        boxes = {
            key: Box(table.columnViewportPosition(section), table.columnWidth(section))
            for section, key in table.shown_columns()
        }
        left = min(box.x for box in boxes.values())
        width = sum(box.width for box in boxes.values())
        widths = tuple((column, box.width) for column, box in boxes.items())
        fields = self._model.fields
        self._expect(c.dark, date.today(), say.phones_by(), widths, id(fields))
        self._rtl = table.isRightToLeft()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = table.selectionModel()
        top = table.rowViewportPosition(first)
        for number in range(first, last + 1):
            # Not by the option's state: QStyle's enumerations cost the start 25 ms.
            if chosen.isSelected(self._model.index(number, 0)):
                painter.fillRect(left, top, width, SIZE.row, _colour(c.accent_soft))
                bar = left + width - 3 if self._rtl else left
                painter.fillRect(bar, top, 3, SIZE.row, _colour(c.accent))
            elif number == table.hovered:
                painter.fillRect(left, top, width, SIZE.row, _colour(c.hover))
            painter.fillRect(left, top + SIZE.row - 1, width, 1, _colour(c.line))
            row = self._model.row_data(number)
            if row is None:
                self._paint_waiting(painter, boxes, top)
            else:
                self._paint_row(painter, boxes, top, self._line(row, boxes))
            if table.ring_row == number:
                _paint_ring(painter, left, top, width)
            top += SIZE.row

    # Preparing.

    def _expect(self, *state: object) -> None:
        """Forget what was prepared for other colours, another day or style of numbers, widths."""
        if state != self._prepared_for:
            self._prepared_for = state
            self._lines.clear()
            self._stages.clear()

    def _line(self, row: CustomerRow, boxes: dict[str, Box]) -> Line:
        line = self._lines.get(row)
        if line is None:
            line = self._lines[row] = self._prepare(row, boxes)
            if len(self._lines) > _KEPT:
                self._lines.popitem(last=False)
        else:
            self._lines.move_to_end(row)
        return line

    def _prepare(self, row: CustomerRow, boxes: dict[str, Box]) -> Line:
        room = boxes[NAME].width - _NAME_LEFT - 8
        under = row.organisation if row.organisation != row.name else ""
        return Line(
            tint=paint.avatar_tint(row.name),
            initials=_shape(paint.initials(row.name), TYPE.body, True, SIZE.avatar),
            name=_shape(row.name, TYPE.body, True, room),
            organisation=_shape(under, TYPE.secondary, False, room) if under else None,
            stage=self._stage(row.stage),
            others={
                column: _shape(
                    self._model.text(row, column), TYPE.body, False, box.width - _TEXT_LEFT - 6
                )
                for column, box in boxes.items()
                if column not in (NAME, "stage")
            },
        )

    def _stage(self, stage: str) -> tuple[Words, Tint]:
        made = self._stages.get(stage)
        if made is None:
            words = _shape(paint.stage_text(stage), TYPE.secondary, False, SIZE.panel)
            made = self._stages[stage] = (words, paint.stage_tint(stage))
        return made

    # Painting.

    def _paint_row(self, painter: QPainter, boxes: dict[str, Box], top: int, line: Line) -> None:
        c = colours()
        middle = top + SIZE.row / 2
        for column, box in boxes.items():
            if column == NAME:
                self._paint_customer(painter, box, top, line)
            elif column == "stage":
                self._paint_stage(painter, box, middle, line)
            else:
                painter.setPen(_colour(c.mute))
                painter.setFont(self._body)
                self._write(painter, line.others[column], box, _TEXT_LEFT, middle)

    def _paint_customer(self, painter: QPainter, box: Box, top: int, line: Line) -> None:
        c = colours()
        middle = top + SIZE.row / 2
        left = self._from_edge(box, _AVATAR_LEFT, SIZE.avatar)
        painter.setPen(_NO_PEN)
        painter.setBrush(_colour(line.tint.back))
        disc = QRectF(left, middle - SIZE.avatar / 2, SIZE.avatar, SIZE.avatar)
        painter.drawEllipse(disc)
        painter.setPen(_colour(line.tint.text))
        painter.setFont(self._strong)
        letters = line.initials
        painter.drawStaticText(
            QPointF(left + round((SIZE.avatar - letters.width) / 2), middle - letters.height / 2),
            letters.text,
        )
        painter.setPen(_colour(c.text))
        if line.organisation is None:
            self._write(painter, line.name, box, _NAME_LEFT, middle)
            return
        self._write(painter, line.name, box, _NAME_LEFT, top + 18)
        painter.setPen(_colour(c.mute))
        painter.setFont(self._small)
        self._write(painter, line.organisation, box, _NAME_LEFT, top + 36)

    def _paint_stage(self, painter: QPainter, box: Box, middle: float, line: Line) -> None:
        words, tint = line.stage
        width = ceil(words.width) + 29
        left = self._from_edge(box, 11, width)
        painter.setPen(_NO_PEN)
        painter.setBrush(_colour(tint.back))
        pill = QRectF(left, middle - SIZE.pill / 2, width, SIZE.pill)
        painter.drawRoundedRect(pill, RADIUS.pill, RADIUS.pill)
        painter.setBrush(_colour(tint.text))
        painter.drawEllipse(QRectF(left + 8, middle - 3, 6, 6))
        painter.setPen(_colour(tint.text))
        painter.setFont(self._small)
        painter.drawStaticText(QPointF(left + 18, middle - words.height / 2), words.text)

    def _write(self, painter: QPainter, words: Words, box: Box, indent: int, middle: float) -> None:
        """Draw words from an edge of their column: a name in Arabic stands at the left too."""
        x = self._from_edge(box, indent, words.width)
        painter.drawStaticText(QPointF(x, middle - words.height / 2), words.text)

    def _from_edge(self, box: Box, indent: int, width: float) -> float:
        """Where something begins that stands so far from the edge at which its column begins."""
        return box.x + box.width - indent - width if self._rtl else box.x + indent

    def _paint_waiting(self, painter: QPainter, boxes: dict[str, Box], top: int) -> None:
        painter.setPen(_NO_PEN)
        painter.setBrush(_colour(colours().hover))
        middle = top + SIZE.row // 2 - 1
        for column, box in boxes.items():
            x = box.x
            if column == NAME:
                painter.drawEllipse(x + _AVATAR_LEFT, middle - 17, SIZE.avatar, SIZE.avatar)
                painter.drawRoundedRect(QRectF(x + _NAME_LEFT, middle - 12, 130, 9), 4, 4)
                painter.drawRoundedRect(QRectF(x + _NAME_LEFT, middle + 5, 86, 8), 4, 4)
            else:
                painter.drawRoundedRect(QRectF(x + _TEXT_LEFT, middle - 4, 64, 9), 4, 4)


def _paint_ring(painter: QPainter, left: int, top: int, width: int) -> None:
    accent = _colour(colours().accent)
    painter.fillRect(left, top, width, 2, accent)
    painter.fillRect(left, top + SIZE.row - 2, width, 2, accent)
    painter.fillRect(left, top, 2, SIZE.row, accent)
    painter.fillRect(left + width - 2, top, 2, SIZE.row, accent)


@cache
def _colour(name: str) -> QColor:
    """A colour of the theme; shared, so nobody changes it."""
    return QColor(name)


@lru_cache(maxsize=1024)
def _shape(text: str, size: int, semibold: bool, room: int) -> Words:
    """Shape a text for its place; it ends in "…" where it is too long.

    Kept by the text, as most of a list is said again and again: stages, cities, how long ago.
    """
    words = _static(text, font(size, semibold=semibold))
    if words.width <= room:
        return words
    metrics = _metrics(size, semibold)
    fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return _static(fitted, font(size, semibold=semibold))


@cache
def _metrics(size: int, semibold: bool) -> QFontMetrics:
    return QFontMetrics(font(size, semibold=semibold))


def _static(text: str, in_font: QFont) -> Words:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), in_font)
    size = made.size()
    return Words(made, size.width(), size.height())
