"""The open tasks of the chosen customer: a row each, and a line to add one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.tasks import ListedTask, Priority, Task, TaskId, When, when
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.tasks import TypedTask
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.giving_up import offer_back
from crm_desktop.ui.task_actions import TaskActions
from crm_desktop.ui.theme import SPACE, TYPE, colours, fonts, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import Card, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit

_MOST = 50
_TICK = 34
_SIGN = 18


class CustomerTasks(QWidget):
    """Shows a customer's open tasks and does what is wanted of them."""

    draft_key = "task"

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._rows: list[TaskRow] = []
        self.does = TaskActions(self)
        self._count = label("", "secondary")
        self.add = button(_("+ Add task"), kind="link", clicked=self.start)
        self.line = LineEdit(name=_("New task"))
        self.line.setPlaceholderText(_("What is to be done, and when. Enter saves"))
        self.line.returnPressed.connect(self._save)
        self.line.textEdited.connect(self._typed)
        self.hint = label("", "caption", wrap=True)
        self.line.hide()
        self.hint.hide()
        self._card = Card(margins=(5, 5, 5, 5))
        self._card.body.setSpacing(0)
        self._more = label("", "secondary")
        self._more.setContentsMargins(10, 4, 0, 4)
        self._card.body.addWidget(self._more)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.s)
        box.addLayout(row(label(_("Tasks"), "section"), self._count, None, self.add))
        for part in (self.line, self.hint, self._card):
            box.addWidget(part)

    def rows(self) -> Sequence[TaskRow]:
        """The rows from top to bottom."""
        return tuple(self._rows)

    def reader(self, customer: CustomerId) -> Callable[[], list[Task]]:
        """What reads a customer's open tasks; for a reader's thread."""
        tasks = session_of(self).workspace.tasks
        return lambda: tasks.of(customer)

    def show_customer(self, name: str, tasks: Sequence[Task]) -> None:
        """Show a customer's tasks; a row that is there already keeps the focus."""
        self._name = name
        fonts.ensure_for(*(task.title for task in tasks))
        now = session_of(self).workspace.tasks.clock()
        known = {made.task.id: made for made in self._rows}
        focused = next((i for i, made in enumerate(self._rows) if made.hasFocus()), -1)
        shown = tasks[:_MOST]
        wanted = {task.id for task in shown}
        for number, gone in known.items():
            if number not in wanted:
                self._card.body.removeWidget(gone)
                gone.hide()
                gone.deleteLater()
        self._rows = []
        before: QWidget = self.line
        for place, task in enumerate(shown):
            made = known.get(task.id) or self._made(task)
            if self._card.body.indexOf(made) != place:
                self._card.body.insertWidget(place, made)
            made.show_task(task, now)
            QWidget.setTabOrder(before, made)
            self._rows.append(made)
            before = made
        if focused >= 0 and self._rows and not any(made.hasFocus() for made in self._rows):
            # It is done: the next one has the keyboard.
            next_one = self._rows[min(focused, len(self._rows) - 1)]
            next_one.setFocus(Qt.FocusReason.OtherFocusReason)
        self._count.setText(say.number(len(tasks)) if tasks else "")
        waiting = len(tasks) - len(shown)
        more = ngettext("and {n} more", "and {n} more", waiting).format(n=say.number(waiting))
        self._more.setText(more)
        self._more.setVisible(waiting > 0)
        self._card.setVisible(bool(tasks))

    def _made(self, task: Task) -> TaskRow:
        made = TaskRow(task)
        made.ticked.connect(self._tick)
        made.opened.connect(self._edit)
        made.postponed.connect(self._postpone)
        made.day_wanted.connect(self._ask_day)
        made.delete_wanted.connect(self._delete)
        made.menu_wanted.connect(self._menu)
        return made

    # Adding.

    def start(self) -> None:
        """Let a new task be typed."""
        self.line.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _close_line(self) -> None:
        self.line.clear()
        self.line.hide()
        self._say("")

    def draft(self) -> Draft:
        """The line that is typed."""
        return {"text": self.line.text()} if self.line.text().strip() else NOTHING

    def take_up(self, draft: Draft) -> None:
        """Show a line that was typed; an empty one goes."""
        self._close_line()
        if draft:
            self.line.setText(draft["text"])
            self.line.show()
            self._typed(draft["text"])

    def _save(self) -> None:
        tasks, host, drafts = (
            session_of(self).workspace.tasks,
            host_of(self),
            session_of(self).drafts,
        )
        sent, text = drafts.sent(self), self.line.text()

        def added(made: tuple[TaskId, StepId]) -> None:
            if drafts.taken(sent):
                self._close_line()
            host.toast(_("The task is written down"), undo=made[1])

        def refused(error: UserError) -> None:
            host.operations.call_off(self, "line")  # what it would be taken for says less
            (self._say if drafts.is_shown(sent) else host.toast)(str(error))

        op = WriteOp(self, lambda: tasks.add(text, customer_id=sent.customer))
        op.success(added).failure(refused).run()

    def _typed(self, text: str) -> None:
        tasks = session_of(self).workspace.tasks

        def show(typed: TypedTask) -> None:
            if text != self.line.text():
                return  # it was saved, or another customer came
            due = dues.understood(typed.due, tasks.clock())
            self._say(f"{typed.title} → {due}" if due else "")

        ReadOp(self, lambda: tasks.read_line(text), key="line").success(show).run()

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.line.setAccessibleDescription(text)

    # What is done with one.

    def _tick(self, task: Task) -> None:
        self.does.tick([task])

    def _edit(self, task: Task) -> None:
        self.does.edit(ListedTask(task, self._name))

    def _postpone(self, task: Task, days: int) -> None:
        self.does.postpone([task], days)

    def _ask_day(self, task: Task) -> None:
        self.does.ask_day([task])

    def _delete(self, task: Task) -> None:
        self.does.delete([task])

    def _menu(self, task: Task, at: QPoint) -> None:
        self.does.menu([ListedTask(task, self._name)], at, here=True)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what is typed for a new task."""
        if event.key() == Qt.Key.Key_Escape and self.line.hasFocus():
            offer_back(self, session_of(self).drafts.sent(self))
            self._close_line()
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


class TaskRow(QPushButton):
    """One task: Space or its circle ticks, Enter opens, P, W and Del do as in the list of all."""

    ticked = Signal(object)
    opened = Signal(object)
    postponed = Signal(object, int)
    day_wanted = Signal(object)
    delete_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task
        self._now = datetime.min
        self._over_tick = False
        self.setProperty("kind", "person")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setMouseTracking(True)

    def show_task(self, task: Task, now: datetime) -> None:
        """Show it as it is now."""
        self.task, self._now = task, now
        priority = _("High priority") if task.priority is Priority.HIGH else ""
        parts = (task.title, priority, dues.due_of(task, now), dues.detail_of(task, ""))
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    # Qt's own names.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the circle, the title and the day over the button's ground."""
        super().paintEvent(event)
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio, middle = self.devicePixelRatioF(), self.height() // 2
        sign, tint = ("circle-check", c.accent) if self._over_tick else ("circle", c.faint)
        painter.drawPixmap(9, middle - _SIGN // 2, icons.pixmap(sign, tint, _SIGN, ratio))
        small = font(TYPE.secondary)
        painter.setFont(small)
        head = when(self.task, self._now)
        late = {When.OVERDUE: c.red.text, When.TODAY: c.text}.get(head, c.mute)
        painter.setPen(QColor(late))
        due = dues.due_of(self.task, self._now)
        room = QRect(_TICK + 2, 0, self.width() - _TICK - 11, self.height())
        aligned = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, aligned | Qt.AlignmentFlag.AlignRight, due)
        room.setRight(room.right() - QFontMetrics(small).horizontalAdvance(due) - 10)
        if self.task.priority is Priority.HIGH:
            pressing = icons.pixmap("circle-alert", c.amber.text, 14, ratio)
            painter.drawPixmap(room.left(), middle - 7, pressing)
            room.setLeft(room.left() + 19)
        body = font(TYPE.body)
        painter.setFont(body)
        painter.setPen(QColor(c.text))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            room, aligned, QFontMetrics(body).elidedText(self.task.title, elide, room.width())
        )
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        super().mouseMoveEvent(event)
        over = event.position().x() < _TICK
        if over != self._over_tick:
            self._over_tick = over
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the circle ticks, one elsewhere opens."""
        inside = self.rect().contains(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and inside:
            wanted = self.ticked if event.position().x() < _TICK else self.opened
            wanted.emit(self.task)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click, the Menu key or Shift+F10."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.mapToGlobal(QPoint(28, self.height() - 6)) if by_key else event.globalPos()
        self.menu_wanted.emit(self.task, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a task; the arrows go from row to row."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.ticked.emit(self.task)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.task)
        elif key in (Qt.Key.Key_P, Qt.Key.Key_Right):
            self.postponed.emit(self.task, 1)
        elif key == Qt.Key.Key_W and not event.modifiers():
            self.postponed.emit(self.task, 7)
        elif key == Qt.Key.Key_D and not event.modifiers():
            self.day_wanted.emit(self.task)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit(self.task)
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
