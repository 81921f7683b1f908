"""The tasks: what is late, what today and this week ask for, what can wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.tasks import ListedTask, TaskId, TaskQuery, When
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.tasks import TaskPage, TypedTask
from crm_desktop.ui import dues
from crm_desktop.ui import format as say
from crm_desktop.ui.models.tasks import TaskModel
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.base import Page
from crm_desktop.ui.task_actions import TaskActions
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import Card, EmptyState, button, label, row
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.owner_choice import OwnerChoice
from crm_desktop.ui.widgets.task_list import TaskList

_PAGE = 100
_TABLES = frozenset(("task", "customer"))


class TasksPage(Page):
    """All open tasks of the firm, or of one of its people."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found = TaskPage({}, {})
        self._limit = _PAGE
        # Which task the cursor goes to once the list is read again.
        self._wanted: TaskId | None = None
        self.does = TaskActions(self)
        self.model = TaskModel(self)
        self.list = TaskList(self.model, self)
        self.count = label("", "secondary")
        self.owner = OwnerChoice(_("Whose tasks"), _("Everybody’s tasks"))
        self.line = LineEdit(name=_("New task"))
        self.line.setPlaceholderText(_("Add a task, such as: call Ana tomorrow 15h  (N)"))
        self.hint = label("", "caption")
        self._build()
        self.list.ticked.connect(self._tick)
        self.list.opened.connect(self._edit)
        self.list.day_wanted.connect(self._ask_day)
        self.list.delete_wanted.connect(self._delete)
        self.list.new_wanted.connect(self.new)
        self.list.postponed.connect(self._postpone)
        self.list.customer_wanted.connect(self._go)
        self.list.more_wanted.connect(self._ask_more)
        self.list.menu_wanted.connect(self._menu)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self.add)
        self.owner.activated.connect(self._owner_chosen)
        self.session.bus.changed.connect(self._changed)
        self.session.time_went_on.connect(self._time_went_on)

    def _build(self) -> None:
        self.add_button = button(
            _("Add"), "plus", kind="primary", clicked=self.add, tip=_("Add the task (Enter)")
        )
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(label(_("Tasks"), "title"))
        titles.addWidget(self.count)
        head = QHBoxLayout()
        head.addLayout(titles)
        head.addStretch(1)
        head.addWidget(self.owner)
        entry = row(self.line, self.add_button)
        entry.setStretch(0, 1)
        below = QVBoxLayout()
        below.setSpacing(3)
        below.addLayout(entry)
        below.addWidget(self.hint)
        self.hint.setContentsMargins(10, 0, 0, 0)
        self._empty = EmptyState(
            "circle-check",
            _("Nothing is to be done"),
            _(
                "Write what you must not forget into the line above; words such as "
                "“tomorrow 15h” or “in 2 weeks” say when."
            ),
        )
        card = Card(margins=(1, 6, 1, 8))
        self._body = QStackedWidget()
        self._body.addWidget(self.list)
        self._body.addWidget(self._empty)
        card.body.addWidget(self._body)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE.xl, SPACE.xl, SPACE.xl, SPACE.xl - 4)
        box.setSpacing(SPACE.m)
        box.addLayout(head)
        box.addLayout(below)
        box.addWidget(card, 1)

    # What the window asks of its page.

    def activate(self) -> None:
        """Into the list, brought up to date: time goes on while nobody looks."""
        shown = self.list if self.model.rows else self.line
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ask()

    def new(self) -> bool:
        """Ctrl+N: into the line for a new task."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        return True

    def selected(self) -> list[CustomerId]:
        """The chosen tasks' customers."""
        found = (listed.task.customer_id for listed in self.list.chosen())
        return list(dict.fromkeys(number for number in found if number is not None))

    # Reading.

    def ask(self) -> None:
        """Read the list again."""
        tasks, owner, limit = self.workspace.tasks, self.owner.owner(), self._limit

        def read() -> tuple[TaskPage, list[str]]:
            return tasks.first_pages(owner=owner, limit=limit), tasks.owners()

        ReadOp(self, read, key="tasks").success(self._take).run()

    def _take(self, found: tuple[TaskPage, list[str]]) -> None:
        self._found, owners = found
        self.owner.show_owners(owners)
        self._show()

    def _show(self) -> None:
        listed = [one for page in self._found.heads.values() for one in page]
        fonts.ensure_for(*(text for one in listed for text in (one.task.title, one.customer_name)))
        current = self.model.task_at(self.list.currentIndex().row())
        wanted = self._wanted or (current.task.id if current else None)
        row_number = self.list.currentIndex().row()
        top = self.list.verticalScrollBar().value()
        self.model.show(self._found.heads, self._found.counts, self.workspace.tasks.clock())
        self.list.verticalScrollBar().setValue(top)
        self._wanted = None
        if not self.list.choose_task(wanted) and row_number >= 0:
            self.list.choose(row_number)
        self._body.setCurrentWidget(self.list if listed else self._empty)
        number = sum(self._found.counts.values())
        late = self._found.counts.get(When.OVERDUE, 0)
        words = ngettext("{n} open task", "{n} open tasks", number).format(n=say.number(number))
        if late:
            words += " · " + ngettext("{n} overdue", "{n} overdue", late).format(n=say.number(late))
        self.count.setText(words if number else "")

    def _ask_more(self, head: When) -> None:
        last = self.model.last_of(head)
        tasks, owner = self.workspace.tasks, self.owner.owner()
        query = TaskQuery(head, owner, after=last.task if last else None, limit=_PAGE)

        def show(more: Sequence[ListedTask]) -> None:
            self._found.heads[head] = [*self._found.heads[head], *more]
            self._limit = max(self._limit, len(self._found.heads[head]))
            if more:
                self._wanted = more[0].task.id
            self._show()

        ReadOp(self, lambda: tasks.page(query), key="more").success(show).run()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._time_went_on()

    def _time_went_on(self) -> None:
        if self.isVisible():
            self.ask()

    # Whose tasks.

    def _owner_chosen(self) -> None:
        self.ask()

    # Adding.

    def add(self) -> None:
        """Take the line in."""
        text, tasks, owner = self.line.text(), self.workspace.tasks, self.owner.owner()
        if not text.strip():
            self.new()
            return

        def added(made: tuple[TaskId, StepId]) -> None:
            number, step = made
            self._wanted = number
            self.line.clear()
            self._say("")
            self.host.toast(_("The task is written down"), undo=step)
            self.ask()

        op = WriteOp(self, lambda: tasks.add(text, owner=owner))
        op.success(added).failure(self._refused).run()

    def _typed(self, text: str) -> None:
        tasks = self.workspace.tasks
        read = ReadOp(self, lambda: tasks.read_line(text), key="line")
        read.success(self._understood).run()

    def _understood(self, typed: TypedTask) -> None:
        due = dues.understood(typed.due, self.workspace.tasks.clock())
        self._say(f"{typed.title} → {due}" if due else "")

    def _refused(self, error: UserError) -> None:
        self._say(str(error))

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.line.setAccessibleDescription(text)

    # What is done with the chosen ones.

    def _tick(self) -> None:
        self.does.tick([one.task for one in self.list.chosen()])

    def _postpone(self, days: int) -> None:
        self.does.postpone([one.task for one in self.list.chosen()], days)

    def _delete(self) -> None:
        self.does.delete([one.task for one in self.list.chosen()])

    def _edit(self) -> None:
        if chosen := self.list.chosen():
            self.does.edit(chosen[0])

    def _ask_day(self) -> None:
        self.does.ask_day([one.task for one in self.list.chosen()])

    def _go(self, customer: CustomerId) -> None:
        self.host.show_customer(customer)

    def _menu(self, at: QPoint) -> None:
        self.does.menu(self.list.chosen(), self.list.viewport().mapToGlobal(at))

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Down lead from the line to the list."""
        leaves = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down)
        if leaves and self.line.hasFocus() and self.model.rows:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
