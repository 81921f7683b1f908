"""The list of tasks: heads with counts, and a row each with its tick, all painted in one go."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from crm_desktop.domain.tasks import ListedTask, Priority, TaskId, When, when
from crm_desktop.i18n import _
from crm_desktop.services.repeating import repeat_words
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.models.tasks import Head, More, TaskModel, more_text
from crm_desktop.ui.theme import SIZE, TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.headed_list import HeadedList

_LEFT, _RIGHT = HeadedList.LEFT, 18
_TICK = QRect(14, 0, 28, SIZE.row)
_SIGN = 20
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_DUE_WIDTH = 170


class TaskList(HeadedList):
    """Tasks; what shall be done with those chosen is told by signals.

    `customer_wanted` carries whose file is to be opened, `more_wanted` a head, `postponed` a
    number of days.
    """

    ticked = Signal()
    opened = Signal()
    delete_wanted = Signal()
    new_wanted = Signal()
    postponed = Signal(int)
    day_wanted = Signal()
    customer_wanted = Signal(object)
    more_wanted = Signal(object)

    def __init__(self, model: TaskModel, parent: QWidget) -> None:
        super().__init__(model, _("Tasks"), parent)
        self._list = model
        self._pointed = ""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    # Choosing.

    def chosen(self) -> list[ListedTask]:
        """The chosen tasks, from top to bottom."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [task for row in rows if (task := self._list.task_at(row)) is not None]

    def is_line(self, row: int) -> bool:
        """Whether it is a task."""
        return self._list.task_at(row) is not None

    def is_marked(self, row: int) -> bool:
        """Whether it is one of those chosen."""
        return self.selectionModel().isSelected(self._list.index(row, 0))

    def choose_task(self, number: TaskId | None) -> bool:
        """Put the cursor on a task; False where it is not in the list."""
        row = self._list.row_of(number)
        if row >= 0:
            self.choose(row)
        return row >= 0

    # Painting.

    def paint_row(self, painter: QPainter, row: int, box: QRect) -> None:
        """A head, a task, or the row that shows more."""
        shown = self._list.rows[row]
        if isinstance(shown, Head):
            late = shown.when is When.OVERDUE
            text, number = dues.head_text(shown.when), say.number(shown.number)
            self.paint_head(painter, text, number, box, alarming=late)
            return
        self.paint_ground(painter, row, box)
        if isinstance(shown, More):
            self.paint_more(painter, more_text(shown), box)
        else:
            self._paint_task(painter, shown, box, hovered=row == self._hovered)
        self.paint_cursor(painter, row, box)

    def _paint_task(self, painter: QPainter, row: ListedTask, box: QRect, *, hovered: bool) -> None:
        c = colours()
        task = row.task
        over_tick = hovered and self._pointed == "tick"
        sign, colour = ("circle-check", c.accent) if over_tick else ("circle", c.faint)
        ratio = self.devicePixelRatioF()
        top = box.top() + (box.height() - _SIGN) // 2
        painter.drawPixmap(box.left() + 18, top, icons.pixmap(sign, colour, _SIGN, ratio))
        detail = dues.detail_of(task, row.customer_name)
        line = QRect(box.left() + _LEFT, box.top(), self._title_width(box), box.height())
        if detail:
            line.setHeight(box.height() // 2 + 9)
            line.setTop(box.top() + 6)
        self._paint_title(painter, row, line)
        if detail:
            under = QRect(line.left(), box.top() + 28, line.width(), 18)
            self._paint_detail(painter, row, under, hovered=hovered)
        head = when(task, self._list.now)
        tint = {When.OVERDUE: c.red.text, When.TODAY: c.text}.get(head, c.mute)
        painter.setPen(QColor(tint))
        painter.setFont(font(TYPE.secondary))
        place = box.adjusted(0, 0, -_RIGHT, 0)
        painter.drawText(
            place, _MIDDLE | Qt.AlignmentFlag.AlignRight, dues.due_of(task, self._list.now)
        )

    def _title_width(self, box: QRect) -> int:
        return max(box.width() - _LEFT - _RIGHT - _DUE_WIDTH, 80)

    def _paint_title(self, painter: QPainter, row: ListedTask, line: QRect) -> None:
        c = colours()
        task = row.task
        left = line.left()
        if task.priority is Priority.HIGH:
            sign = icons.pixmap("circle-alert", c.amber.text, 15, self.devicePixelRatioF())
            painter.drawPixmap(left, line.center().y() - 7, sign)
            left += 21
        strong = font(TYPE.body, semibold=task.priority is not Priority.LOW)
        painter.setFont(strong)
        painter.setPen(QColor(c.mute if task.priority is Priority.LOW else c.text))
        room = line.right() - left
        shown = QFontMetrics(strong).elidedText(task.title, _ELIDE, room)
        painter.drawText(QRect(left, line.top(), room, line.height()), _MIDDLE, shown)

    def _paint_detail(
        self, painter: QPainter, row: ListedTask, line: QRect, *, hovered: bool
    ) -> None:
        c = colours()
        small = font(TYPE.secondary)
        left = line.left()
        if row.customer_name:
            pointed = font(TYPE.secondary)
            pointed.setUnderline(hovered and self._pointed == "customer")
            painter.setFont(pointed)
            painter.setPen(QColor(c.accent))
            width = self._customer_width(row)
            shown = QFontMetrics(small).elidedText(row.customer_name, _ELIDE, width + 1)
            painter.drawText(QRect(left, line.top(), width + 2, line.height()), _MIDDLE, shown)
            left += width
        repeat = repeat_words(row.task.repeat) if row.task.repeat else ""
        rest = " · ".join(part for part in (row.task.owner, repeat) if part)
        if rest:
            painter.setFont(small)
            painter.setPen(QColor(c.mute))
            rest = f" · {rest}" if row.customer_name else rest
            room = max(line.right() - left, 0)
            shown = QFontMetrics(small).elidedText(rest, _ELIDE, room)
            painter.drawText(QRect(left, line.top(), room, line.height()), _MIDDLE, shown)

    def _customer_width(self, row: ListedTask) -> int:
        metrics = QFontMetrics(font(TYPE.secondary))
        return min(metrics.horizontalAdvance(row.customer_name), 260)

    # The mouse.

    def _part_at(self, at: QPoint) -> tuple[int, str]:
        """Which row is under the mouse, and which part of it: `tick`, `customer` or ""."""
        index = self.indexAt(at)
        row = self._list.task_at(index.row())
        if row is None:
            return index.row(), ""
        box = self.visualRect(index)
        inside = at - box.topLeft()
        if _TICK.contains(inside):
            return index.row(), "tick"
        under = QRect(_LEFT, 26, self._customer_width(row), 22)
        if row.customer_name and under.contains(inside):
            return index.row(), "customer"
        return index.row(), ""

    def point(self, row: int, at: QPoint | None) -> None:
        """Show what a click would do."""
        part = "" if at is None else self._part_at(at)[1]
        if (row, part) != (self._hovered, self._pointed):
            self._hovered, self._pointed = row, part
            hand = part or isinstance(self._row(row), More)
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _row(self, number: int) -> object:
        return self._list.rows[number] if 0 <= number < len(self._list.rows) else None

    # Qt's own names.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the circle ticks, one on the customer's name opens his file."""
        self._by_keys = False
        number, part = self._part_at(event.position().toPoint())
        row = self._row(number)
        if event.button() == Qt.MouseButton.LeftButton:
            if isinstance(row, More):
                self.more_wanted.emit(row.when)
                return
            if isinstance(row, ListedTask) and part == "tick":
                self.choose(number)
                self.ticked.emit()
                return
            if isinstance(row, ListedTask) and part == "customer":
                self.customer_wanted.emit(row.task.customer_id)
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the task; a second click on the circle is none."""
        _row, part = self._part_at(event.position().toPoint())
        if not part and self.chosen():
            self.opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        self.point(self.indexAt(at).row(), at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a task; the others move the cursor."""
        self._by_keys = True
        self.viewport().update()
        key = event.key()
        row = self._row(self.currentIndex().row())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if isinstance(row, More) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.more_wanted.emit(row.when)
        elif isinstance(row, ListedTask) and self._acts(key, row, control=control):
            event.accept()
        elif key == Qt.Key.Key_N and not control:
            self.new_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _acts(self, key: int, row: ListedTask, *, control: bool) -> bool:
        """Do what a key means for the chosen tasks; False where it means nothing."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if control and row.task.customer_id is not None:
                self.customer_wanted.emit(row.task.customer_id)
            else:
                self.opened.emit()
        elif control:
            return False
        elif key == Qt.Key.Key_Space:
            self.ticked.emit()
        elif key in (Qt.Key.Key_P, Qt.Key.Key_Right):
            self.postponed.emit(1)
        elif key == Qt.Key.Key_W:
            self.postponed.emit(7)
        elif key == Qt.Key.Key_D:
            self.day_wanted.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        else:
            return False
        return True
