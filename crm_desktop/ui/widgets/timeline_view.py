"""The entries of a timeline, painted in one widget: thousands cost no more than those in sight."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QSizePolicy, QWidget

from crm_desktop.domain.timeline import TimelineEntry
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import TYPE, colours, icons
from crm_desktop.ui.theme.fonts import ensure_for, font
from crm_desktop.ui.theme.paint import paint_ring
from crm_desktop.ui.timeline_words import body_of, icon_of, kind_text, spoken, tint_of

_LEFT = 48
_HEAD, _GAP = 24, 22
# Room for the ring around the first entry, and beside all of them.
_ABOVE, _BESIDE = 4, 6
_WRAP = Qt.TextFlag.TextWordWrap
_LONG_WORD = re.compile(r"\S{40}")
_LEAST_EDIT = 64
# How near to its end older entries are asked for, in pixels: a screen ahead.
_AHEAD = 800


class _Shown(NamedTuple):
    entry: TimelineEntry
    title: str
    when: str
    body: str


class TimelineView(QWidget):
    """The painted entries; what shall be done with one is told by signals that carry it.

    `end_near` tells that the last ones are in sight, or nearly so.
    """

    end_near = Signal()
    edited = Signal(object, str)
    menu_wanted = Signal(object, QPoint)
    pin_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[_Shown] = []
        # Where each one begins, and where the last one ends.
        self._tops: list[int] = [_ABOVE]
        self._heights: list[int] = []
        self._measured = 0
        self._current = -1
        self._hovered = -1
        self._by_keys = False
        self._edit: _EntryEdit | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.end_near)
        self._name()

    # What is shown.

    def entries(self) -> list[TimelineEntry]:
        """The entries from top to bottom."""
        return [shown.entry for shown in self._shown]

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show other entries; the cursor stays on its one."""
        current = self.current()
        self._leave_edit()
        self._shown, self._heights = [], []
        self._current = self._hovered = -1
        self.append(entries)
        if current is not None:
            places = [e.place for e in entries]
            if current.place in places:
                self._current = places.index(current.place)
            elif self.hasFocus() and entries:
                self._current = 0
        self._name()

    def append(self, entries: Sequence[TimelineEntry]) -> None:
        """Show more below."""
        ensure_for(*(e.text for e in entries))
        for entry in entries:
            # Words break between words; what nobody could break, such as a link, gets places to.
            body = _LONG_WORD.sub("\\g<0>\u200b", body_of(entry))
            when = say.moment(entry.place.at)
            self._shown.append(_Shown(entry, kind_text(entry.kind), when, body))
        self._fit()

    def current(self) -> TimelineEntry | None:
        """The entry that the cursor is on."""
        return self._shown[self._current].entry if 0 <= self._current < len(self._shown) else None

    def box_of(self, number: int) -> QRect:
        """Where an entry stands."""
        return QRect(0, self._tops[number], self.width(), self._heights[number])

    def _fit(self) -> None:
        """Measure what is not measured yet, all of it where the width is another."""
        if self.width() != self._measured:
            self._measured = self.width()
            self._heights = []
        metrics = QFontMetrics(font(TYPE.secondary))
        room = QRect(0, 0, max(self.width() - _LEFT - _BESIDE, 60), 100_000)
        for shown in self._shown[len(self._heights) :]:
            text = metrics.boundingRect(room, _WRAP, shown.body).height() if shown.body else 0
            self._heights.append(_HEAD + text + _GAP)
        heights = list(self._heights)
        if self._edit is not None:
            heights[self._edit.number] = _HEAD + self._edit.height() + _GAP
        self._tops = list(accumulate(heights, initial=_ABOVE))
        self.setFixedHeight(self._tops[-1])
        self.update()

    # Editing in place.

    def edit(self) -> None:
        """Let the current entry's words be changed where they stand."""
        entry = self.current()
        if entry is None or entry.is_event:
            return
        self._leave_edit()
        made = self._edit = _EntryEdit(self._current, entry.text, self)
        box = self.box_of(self._current)
        made.setGeometry(
            _LEFT - 8, box.top() + _HEAD - 2, self.width() - _LEFT + 8,
            max(box.height() - _HEAD, _LEAST_EDIT),
        )  # fmt: skip
        made.done.connect(self._edit_done)
        made.show()
        made.setFocus(Qt.FocusReason.ShortcutFocusReason)
        made.selectAll()
        self._fit()

    def editor(self) -> QPlainTextEdit | None:
        """The field in which an entry is being changed."""
        return self._edit

    def _edit_done(self, text: str) -> None:
        edit = self._edit
        if edit is None:
            return
        entry, had_focus = self._shown[edit.number].entry, edit.hasFocus()
        self._leave_edit()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()
        if text and text != entry.text:
            self.edited.emit(entry, text)

    def _leave_edit(self) -> None:
        if self._edit is not None:
            gone, self._edit = self._edit, None
            gone.done.disconnect(self._edit_done)
            gone.hide()
            gone.deleteLater()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entries in sight; ask for more where the last ones are."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = event.rect()
        number = max(bisect_right(self._tops, area.top()) - 1, 0)
        while number < len(self._shown) and self._tops[number] <= area.bottom():
            self._paint_entry(painter, number)
            number += 1
        painter.end()
        if area.bottom() > self._tops[-1] - _AHEAD:
            self._soon.start()

    def _paint_entry(self, painter: QPainter, number: int) -> None:
        c = colours()
        shown = self._shown[number]
        top, height = self._tops[number], self._tops[number + 1] - self._tops[number]
        tint = tint_of(shown.entry.kind, c)
        ratio = self.devicePixelRatioF()
        if number < len(self._shown) - 1:
            painter.fillRect(16, top + 36, 2, height - 36, QColor(c.line))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.back))
        painter.drawEllipse(QRectF(2, top, 30, 30))
        sign = icons.pixmap(icon_of(shown.entry.kind), tint.text, 15, ratio)
        painter.drawPixmap(9, top + 7, sign)
        when_width = self._paint_when(painter, shown, top, hovered=number == self._hovered)
        strong = font(TYPE.body, semibold=True)
        painter.setFont(strong)
        painter.setPen(QColor(c.text))
        room = self.width() - _LEFT - when_width - 12
        metrics = QFontMetrics(strong)
        title = metrics.elidedText(shown.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(_LEFT, top + 2, room, 20), Qt.AlignmentFlag.AlignVCenter, title)
        if shown.entry.pinned:
            star = icons.pixmap("star", c.amber.text, 14, ratio)
            painter.drawPixmap(_LEFT + metrics.horizontalAdvance(title) + 6, top + 5, star)
        if shown.body and (self._edit is None or self._edit.number != number):
            painter.setFont(font(TYPE.secondary))
            painter.setPen(QColor(c.mute))
            box = QRect(_LEFT, top + _HEAD - 1, self.width() - _LEFT - _BESIDE, height)
            painter.drawText(box, _WRAP, shown.body)
        if self._by_keys and self.hasFocus() and number == self._current:
            ring = QRectF(_LEFT - 8, top - 3, self.width() - _LEFT + 8, height - _GAP + 10)
            paint_ring(painter, ring, 6)

    def _paint_when(self, painter: QPainter, shown: _Shown, top: int, *, hovered: bool) -> int:
        """Draw when it was; under the mouse, the sign that leads to the menu."""
        c = colours()
        if hovered and shown.entry.has_menu:
            sign = icons.pixmap("ellipsis", c.mute, 16, self.devicePixelRatioF())
            painter.drawPixmap(self.width() - 20, top + 4, sign)
            return 24
        small = font(TYPE.caption)
        painter.setFont(small)
        painter.setPen(QColor(c.mute))
        width = QFontMetrics(small).horizontalAdvance(shown.when)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        place = QRect(self.width() - width - _BESIDE, top + 3, width, 18)
        painter.drawText(place, right, shown.when)
        return width + _BESIDE

    # The cursor.

    def _move(self, step: int) -> None:
        wanted = self._current + step
        if not 0 <= wanted < len(self._shown):
            self.focusNextPrevChild(step > 0)
            return
        self._current = wanted
        self._reveal()
        self._name()
        self.update()

    def _reveal(self) -> None:
        """Scroll the current entry into sight."""
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        inner = above.widget() if above is not None else None
        if above is not None and inner is not None:
            box = self.box_of(self._current)
            at = self.mapTo(inner, box.center())
            above.ensureVisible(at.x(), at.y(), 0, min(box.height() // 2 + 8, above.height() // 2))

    def _name(self) -> None:
        entry = self.current()
        self.setAccessibleName(spoken(entry) if entry else _("Timeline"))

    def _at(self, at: QPoint) -> int:
        number = bisect_right(self._tops, at.y()) - 1
        return number if 0 <= number < len(self._shown) else -1

    def _on_sign(self, number: int, at: QPoint) -> bool:
        if number < 0 or not self._shown[number].entry.has_menu:
            return False
        return at.x() > self.width() - 28 and at.y() - self._tops[number] < _HEAD

    # Qt's own names.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text wraps anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of an entry."""
        self._by_keys = True
        key, entry = event.key(), self.current()
        if key == Qt.Key.Key_Down:
            self._move(1)
        elif key == Qt.Key.Key_Up:
            self._move(-1)
        elif entry is None or entry.is_event:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit()
        elif key == Qt.Key.Key_P and not event.modifiers():
            self.pin_wanted.emit(entry)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit(entry)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Those who come by Tab see where they are."""
        super().focusInEvent(event)
        self._by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._by_keys and self._current < 0 and self._shown:
            self._current = 0
        if self._by_keys and self._current >= 0:
            self._reveal()
        self._name()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose an entry; its sign at the right leads to the menu."""
        self._by_keys = False
        at = event.position().toPoint()
        number = self._at(at)
        if number >= 0:
            self._current = number
            self._name()
            if event.button() == Qt.MouseButton.LeftButton and self._on_sign(number, at):
                place = self.mapToGlobal(QPoint(self.width() - 24, self._tops[number] + _HEAD))
                self.menu_wanted.emit(self._shown[number].entry, place)
        self.update()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Change the words."""
        self.edit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the menu is."""
        at = event.position().toPoint()
        number = self._at(at)
        hand = self._on_sign(number, at)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        if number != self._hovered:
            self._hovered = number
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click, the Menu key or Shift+F10."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        number = self._current if by_key else self._at(event.pos())
        if number < 0 or not self._shown[number].entry.has_menu:
            return
        self._current = number
        place = QPoint(_LEFT, self._tops[number] + _HEAD)
        at = self.mapToGlobal(place) if by_key else event.globalPos()
        self.menu_wanted.emit(self._shown[number].entry, at)


class _EntryEdit(QPlainTextEdit):
    """The words of an entry being changed; `done` carries them, "" where they were taken back."""

    done = Signal(str)

    def __init__(self, number: int, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.number = number
        self.setAccessibleName(_("Words of the entry"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Shift+Enter begins a line, Esc takes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit("")
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.done.emit(self.toPlainText().strip())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves, but not for a menu or another window that comes in between."""
        super().focusOutEvent(event)
        between = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in between:
            self.done.emit(self.toPlainText().strip())
