"""The day's list: heads with counts, and a row each with its key, all painted in one go."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from crm_desktop.domain.today import TodayLine, Topic
from crm_desktop.i18n import _
from crm_desktop.ui.models.today import Head, More, TodayModel, more_text, number_text
from crm_desktop.ui.theme import RADIUS, SIZE, TYPE, colours, icons, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.today_words import Act, act_text, acts_of, head_text, key_text, words_of

_LEFT, _RIGHT, _GAP = 60, 14, 6
_CHIP = 28
_SHOWN = 3
_LEAST_TITLE = 150
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_ICONS = {
    Topic.OVERDUE: "circle",
    Topic.DUE: "circle",
    Topic.FOLLOW_UPS: "phone",
    Topic.PROMISES: "handshake",
    Topic.CASES: "circle-alert",
}
_ACTS = {
    Qt.Key.Key_Space: Act.DONE,
    Qt.Key.Key_P: Act.TOMORROW,
    Qt.Key.Key_Plus: Act.TOMORROW,
    Qt.Key.Key_W: Act.WEEK,
    Qt.Key.Key_L: Act.CALL,
    Qt.Key.Key_G: Act.GREET,
    Qt.Key.Key_T: Act.TASK,
    Qt.Key.Key_Return: Act.OPEN,
    Qt.Key.Key_Enter: Act.OPEN,
}


class TodayList(QListView):
    """The lines; `wanted` carries an act and a line, `more_wanted` a topic."""

    wanted = Signal(object, object)
    more_wanted = Signal(object)
    new_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: TodayModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = model
        self._by_keys = False
        self._hovered = -1
        self._pointed: Act | None = None
        self.setAccessibleName(_("What today asks for"))
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)

    # Choosing.

    def chosen(self) -> TodayLine | None:
        """The line under the cursor."""
        return self._list.line_at(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest line where that is none."""
        places = [n for n, one in enumerate(self._list.rows) if isinstance(one, TodayLine)]
        if places:
            nearest = min(places, key=lambda place: (abs(place - row), place < row))
            index = self._list.index(nearest, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index if nearest > 1 else self._list.index(0, 0))

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
        active = row == self._hovered or (row == self.currentIndex().row() and self.hasFocus())
        right = box.right() - _RIGHT
        made: list[tuple[Act, QRect]] = []
        for act in acts_of(line)[: _SHOWN if active else 1]:
            width = _chip_width(act_text(act, line.topic), key_text(act))
            if made and right - width - box.left() - _LEFT < _LEAST_TITLE:
                break
            top = box.top() + (box.height() - _CHIP) // 2
            made.append((act, QRect(right - width, top, width, _CHIP)))
            right -= width + _GAP
        return made

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight."""
        c = colours()
        area = event.rect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(c.card))
        first = self.indexAt(QPoint(4, max(area.top(), 0)))
        number = first.row() if first.isValid() else 0
        while 0 <= number < len(self._list.rows):
            box = self.visualRect(self._list.index(number, 0))
            if box.top() > area.bottom():
                break
            self._paint_row(painter, number, box)
            number += 1
        painter.end()

    def _paint_row(self, painter: QPainter, number: int, box: QRect) -> None:
        row = self._list.rows[number]
        if isinstance(row, Head):
            self._paint_head(painter, row, box)
            return
        c = colours()
        chosen = number == self.currentIndex().row() and self.hasFocus()
        if chosen:
            painter.fillRect(box, QColor(c.accent_soft))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), QColor(c.accent))
        elif number == self._hovered:
            painter.fillRect(box, QColor(c.hover))
        painter.fillRect(QRect(_LEFT, box.bottom(), box.width() - _LEFT, 1), QColor(c.line))
        if isinstance(row, More):
            painter.setFont(font(TYPE.secondary, semibold=True))
            painter.setPen(QColor(c.accent))
            painter.drawText(box.adjusted(_LEFT, 0, 0, 0), _MIDDLE, more_text(row))
        else:
            self._paint_line(painter, number, row, box)
        if self._by_keys and chosen:
            paint.paint_ring(painter, QRectF(box).adjusted(0, 0, 0, -1), 4)

    def _paint_head(self, painter: QPainter, head: Head, box: QRect) -> None:
        c = colours()
        strong = font(TYPE.section, semibold=True)
        painter.setFont(strong)
        painter.setPen(QColor(c.red.text if head.topic is Topic.OVERDUE else c.text))
        place = box.adjusted(18, 8, 0, 0)
        text = head_text(head.topic)
        painter.drawText(place, _MIDDLE, text)
        painter.setFont(font(TYPE.secondary))
        painter.setPen(QColor(c.mute))
        left = QFontMetrics(strong).horizontalAdvance(text) + 8
        painter.drawText(place.adjusted(left, 1, 0, 0), _MIDDLE, number_text(head.number))

    def _paint_line(self, painter: QPainter, number: int, line: TodayLine, box: QRect) -> None:
        c = colours()
        self._paint_sign(painter, line, box)
        words = words_of(line, self._list.today)
        chips = self.chips(number)
        for act, place in chips:
            pointed = number == self._hovered and act is self._pointed
            _paint_chip(painter, line.topic, act, place, first=act is chips[0][0], pointed=pointed)
        right = chips[-1][1].left() - 12
        when_font = font(TYPE.secondary, semibold=bool(words.tone))
        width = QFontMetrics(when_font).horizontalAdvance(words.when)
        # The day gives way to what is offered, where there is no room for both.
        if words.when and right - width - 12 - box.left() - _LEFT > _LEAST_TITLE:
            tint = {"red": c.red.text, "amber": c.amber.text}.get(words.tone, c.mute)
            painter.setPen(QColor(tint))
            painter.setFont(when_font)
            painter.drawText(QRect(right - width, box.top(), width + 1, box.height()), _MIDDLE,
                             words.when)  # fmt: skip
            right -= width + 12
        room = right - box.left() - _LEFT
        top, high = (box.top() + 6, 21) if words.detail else (box.top(), box.height())
        _paint_text(painter, words.title, QRect(_LEFT, top, room, high), strong=True)
        if words.detail:
            _paint_text(painter, words.detail, QRect(_LEFT, box.top() + 27, room, 18), strong=False)

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
        tint = {Topic.CASES: c.red.text, Topic.OVERDUE: c.red.text}.get(line.topic, c.mute)
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

    def _point(self, row: int, at: QPoint | None) -> None:
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
        self._point(self.indexAt(at).row(), at)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        super().leaveEvent(event)
        self._point(-1, None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Those who come by Tab see where they are."""
        super().focusInEvent(event)
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        if self.chosen() is None and self._by_keys:
            self.choose(max(self.currentIndex().row(), 0))
        self.viewport().update()

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

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """The ring moves with the cursor."""
        super().currentChanged(current, previous)
        self.viewport().update()


@lru_cache(maxsize=64)
def _chip_width(text: str, key: str) -> int:
    words = QFontMetrics(font(TYPE.secondary, semibold=True)).horizontalAdvance(text)
    return words + QFontMetrics(font(TYPE.caption)).horizontalAdvance(key) + 27


def _paint_chip(
    painter: QPainter, topic: Topic, act: Act, place: QRect, *, first: bool, pointed: bool
) -> None:
    """A button with its words and its key."""
    c = colours()
    painter.setPen(QPen(QColor(c.accent if pointed else c.line_strong), 1))
    painter.setBrush(QColor(c.accent_soft if pointed else c.card))
    box = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, RADIUS.control, RADIUS.control)
    strong = font(TYPE.secondary, semibold=True)
    text, key = act_text(act, topic), key_text(act)
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
