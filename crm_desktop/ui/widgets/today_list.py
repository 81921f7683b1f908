"""The day's list: heads with counts, and a row each with its key, all painted in one go."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crm_desktop.domain.today import TodayLine, Topic
from crm_desktop.i18n import _
from crm_desktop.ui.models.today import Head, More, TodayModel, more_text, number_text
from crm_desktop.ui.theme import RADIUS, SIZE, TYPE, colours, icons, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.today_words import Act, act_text, acts_of, head_text, key_text, words_of
from crm_desktop.ui.widgets.headed_list import HeadedList

_RIGHT, _GAP = 14, 6
_CHIP = 28
_SHOWN = 3
_LEAST_TITLE = 150
_LEAST_BESIDE_DAY = 110
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_RED = frozenset((Topic.CASES, Topic.OVERDUE, Topic.PAYMENTS))
_ICONS = {
    Topic.OVERDUE: "circle",
    Topic.DUE: "circle",
    Topic.FOLLOW_UPS: "phone",
    Topic.PROMISES: "handshake",
    Topic.CASES: "circle-alert",
    Topic.STEPS: "list-checks",
    Topic.PAYMENTS: "file-check",
}
_ACTS = {
    Qt.Key.Key_Space: Act.DONE,
    Qt.Key.Key_P: Act.TOMORROW,
    Qt.Key.Key_Plus: Act.TOMORROW,
    Qt.Key.Key_W: Act.WEEK,
    Qt.Key.Key_L: Act.CALL,
    Qt.Key.Key_G: Act.GREET,
    Qt.Key.Key_T: Act.TASK,
    Qt.Key.Key_E: Act.WRITE,
    Qt.Key.Key_Return: Act.OPEN,
    Qt.Key.Key_Enter: Act.OPEN,
}


class TodayList(HeadedList):
    """The lines; `wanted` carries an act and a line, `more_wanted` a topic."""

    wanted = Signal(object, object)
    more_wanted = Signal(object)
    new_wanted = Signal()
    LEFT = 60

    def __init__(self, model: TodayModel, parent: QWidget) -> None:
        super().__init__(model, _("What today asks for"), parent)
        self._list = model
        self._pointed: Act | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    # Choosing.

    def chosen(self) -> TodayLine | None:
        """The line under the cursor."""
        return self._list.line_at(self.currentIndex().row())

    def is_line(self, row: int) -> bool:
        """Whether something can be done with it."""
        return self._list.line_at(row) is not None

    def is_marked(self, row: int) -> bool:
        """Whether the cursor is on it."""
        return row == self.currentIndex().row() and self.hasFocus()

    # Where the chips of a row stand.

    def chips(self, row: int) -> list[tuple[Act, QRect]]:
        """What is offered on a row with its place, from right to left.

        The row under the mouse or the cursor offers more than the others, as far as there is
        room beside its title.
        """
        line = self._list.line_at(row)
        if line is None:
            return []
        box = self.visualRect(self._list.index(row, 0))
        active = self._is_active(row)
        right = box.right() - _RIGHT
        made: list[tuple[Act, QRect]] = []
        for act in acts_of(line)[: _SHOWN if active else 1]:
            width = _chip_width(act_text(act, line.topic), key_text(act) if active else "")
            if made and right - width - box.left() - self.LEFT < _LEAST_TITLE:
                break
            top = box.top() + (box.height() - _CHIP) // 2
            made.append((act, QRect(right - width, top, width, _CHIP)))
            right -= width + _GAP
        return made

    def _is_active(self, row: int) -> bool:
        """Whether its keys work, or the mouse is on it: the others do not name their keys."""
        return row == self._hovered or (row == self.currentIndex().row() and self.hasFocus())

    # Painting.

    def paint_row(self, painter: QPainter, row: int, box: QRect) -> None:
        """A head, a line, or the row that shows more."""
        shown = self._list.rows[row]
        if isinstance(shown, Head):
            late = shown.topic is Topic.OVERDUE
            text, number = head_text(shown.topic), number_text(shown.number)
            self.paint_head(painter, text, number, box, alarming=late)
            return
        self.paint_ground(painter, row, box)
        if isinstance(shown, More):
            self.paint_more(painter, more_text(shown), box)
        else:
            self._paint_line(painter, row, shown, box)
        self.paint_cursor(painter, row, box)

    def _paint_line(self, painter: QPainter, number: int, line: TodayLine, box: QRect) -> None:
        c = colours()
        self._paint_sign(painter, line, box)
        words = words_of(line, self._list.today)
        chips = self.chips(number)
        for act, place in chips:
            pointed = number == self._hovered and act is self._pointed
            text = act_text(act, line.topic)
            key = key_text(act) if self._is_active(number) else ""
            _paint_chip(painter, text, key, place, first=act is chips[0][0], pointed=pointed)
        right = chips[-1][1].left() - 12
        when_font = font(TYPE.secondary, semibold=bool(words.tone))
        width = QFontMetrics(when_font).horizontalAdvance(words.when)
        # The day gives way to what is offered, where there is no room for both.
        if words.when and right - width - 12 - box.left() - self.LEFT > _LEAST_BESIDE_DAY:
            tint = {"red": c.red.text, "amber": c.amber.text}.get(words.tone, c.mute)
            painter.setPen(QColor(tint))
            painter.setFont(when_font)
            painter.drawText(QRect(right - width, box.top(), width + 1, box.height()), _MIDDLE,
                             words.when)  # fmt: skip
            right -= width + 12
        room = right - box.left() - self.LEFT
        top, high = (box.top() + 6, 21) if words.detail else (box.top(), box.height())
        _paint_text(painter, words.title, QRect(self.LEFT, top, room, high), strong=True)
        if words.detail:
            _paint_text(
                painter, words.detail, QRect(self.LEFT, box.top() + 27, room, 18), strong=False
            )

    def _paint_sign(self, painter: QPainter, line: TodayLine, box: QRect) -> None:
        c = colours()
        middle = box.center().y()
        if line.topic not in _ICONS and line.customer is not None:
            half = SIZE.avatar // 2
            paint.paint_avatar(
                painter, QRect(14, middle - half, SIZE.avatar, SIZE.avatar), line.customer.name
            )
            return
        name = _ICONS.get(line.topic, "circle")
        tint = c.red.text if line.topic in _RED else c.mute
        picture = icons.pixmap(name, tint, 20, self.devicePixelRatioF())
        painter.drawPixmap(21, middle - 10, picture)

    # The mouse.

    def _part_at(self, at: QPoint) -> tuple[int, Act | None]:
        """Which row is under the mouse, and which of its chips."""
        row = self.indexAt(at).row()
        for act, place in self.chips(row):
            if place.contains(at):
                return row, act
        return row, None

    def point(self, row: int, at: QPoint | None) -> None:
        """Show what a click would do."""
        before = (self._hovered, self._pointed)
        self._hovered = row
        self._pointed = self._part_at(at)[1] if at is not None else None
        if (self._hovered, self._pointed) != before:
            hand = self._pointed or isinstance(self._list.row_at(row), More)
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            line = self._list.line_at(row)
            tip = ""
            if line is not None and self._pointed is not None:
                tip = f"{act_text(self._pointed, line.topic)} ({key_text(self._pointed)})"
            self.viewport().setToolTip(tip)
            self.viewport().update()

    # Qt's own names.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a chip does what it says."""
        self._by_keys = False
        at = event.position().toPoint()
        row, act = self._part_at(at)
        found = self._list.row_at(row)
        if event.button() == Qt.MouseButton.LeftButton:
            if isinstance(found, More):
                self.more_wanted.emit(found.topic)
                return
            if isinstance(found, TodayLine) and act is not None:
                self.choose(row)
                self.wanted.emit(act, found)
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what the line is about; a second click on a chip is none."""
        row, act = self._part_at(event.position().toPoint())
        line = self._list.line_at(row)
        if act is None and line is not None:
            self.wanted.emit(Act.OPEN, line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        self.point(self.indexAt(at).row(), at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is seen where it is, not where it was."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the cursor is on stays in sight when something comes above the list."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a line; the others move the cursor."""
        self._by_keys = True
        self.viewport().update()
        key, row = Qt.Key(event.key()), self._list.row_at(self.currentIndex().row())
        if event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            super().keyPressEvent(event)
        elif isinstance(row, More) and key in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space
        ):  # fmt: skip
            self.more_wanted.emit(row.topic)
        elif isinstance(row, TodayLine) and _ACTS.get(key) in acts_of(row):
            self.wanted.emit(_ACTS[key], row)
        elif key == Qt.Key.Key_N:
            self.new_wanted.emit()
        elif key == Qt.Key.Key_Escape or event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


@lru_cache(maxsize=64)
def _chip_width(text: str, key: str) -> int:
    words = QFontMetrics(font(TYPE.secondary, semibold=True)).horizontalAdvance(text)
    if not key:
        return words + 20
    return words + QFontMetrics(font(TYPE.caption)).horizontalAdvance(key) + 27


def _paint_chip(
    painter: QPainter, text: str, key: str, place: QRect, *, first: bool, pointed: bool
) -> None:
    """A button with its words and, unless it is "", its key."""
    c = colours()
    painter.setPen(QPen(QColor(c.accent if pointed else c.line_strong), 1))
    painter.setBrush(QColor(c.accent_soft if pointed else c.card))
    box = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, RADIUS.control, RADIUS.control)
    strong = font(TYPE.secondary, semibold=True)
    painter.setFont(strong)
    painter.setPen(QColor(c.accent if first or pointed else c.text))
    painter.drawText(place.adjusted(10, 0, 0, 0), _MIDDLE, text)
    painter.setFont(font(TYPE.caption))
    painter.setPen(QColor(c.mute))
    left = 10 + QFontMetrics(strong).horizontalAdvance(text) + 7
    painter.drawText(place.adjusted(left, 0, 0, 0), _MIDDLE, key)


def _paint_text(painter: QPainter, text: str, place: QRect, *, strong: bool) -> None:
    c = colours()
    shown = font(TYPE.body if strong else TYPE.secondary, semibold=strong)
    painter.setFont(shown)
    painter.setPen(QColor(c.text if strong else c.mute))
    fitted = QFontMetrics(shown).elidedText(text, _ELIDE, max(place.width(), 0))
    painter.drawText(place, _MIDDLE, fitted)
