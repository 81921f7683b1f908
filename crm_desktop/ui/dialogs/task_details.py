"""The window in which a task is written or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QPlainTextEdit, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.repeats import Every, every_of, rule_of
from crm_desktop.domain.tasks import Due, ListedTask, Priority, TaskAction
from crm_desktop.i18n import _
from crm_desktop.services.repeating import repeat_words
from crm_desktop.ui import dues
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.task_actions import TaskActions
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Chips, button, label
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.due_edit import DueEdit
from crm_desktop.ui.widgets.edit import LineEdit

_NOTES_HEIGHT = 76


class TaskDetails(Sheet):
    """All that is said of a task; Enter saves."""

    def __init__(self, listed: ListedTask, owners: Sequence[str], parent: QWidget) -> None:
        """Show what is known.

        Args:
            listed: the task with its customer's name.
            owners: names to choose from.
            parent: a part of the window.
        """
        super().__init__(_("Task"), parent, width=480)
        self._actions = TaskActions(parent)
        task = self._task = listed.task
        self._tasks = session_of(parent).workspace.tasks
        self.title = LineEdit(name=_("What is to be done"))
        self.title.setText(task.title)
        self.title.setCursorPosition(0)
        self.due = DueEdit()
        due = None if task.due_on is None else Due(task.due_on, task.due_time)
        self.due.set_due(due, self._tasks.clock())
        self.repeat = QComboBox()
        self.repeat.setAccessibleName(_("Repeats"))
        for every in Every:
            self.repeat.addItem(repeat_words(rule_of(every, date(2026, 1, 1))), every.value)
        self._show_repeat(task.repeat)
        self.priority = Chips([(str(int(p)), dues.priority_text(p)) for p in reversed(Priority)])
        self.priority.choose(str(int(task.priority)))
        self.customer = CustomerPick(_("Customer"))
        self.customer.show_customer(task.customer_id, listed.customer_name)
        self.owner = QComboBox()
        self.owner.setEditable(True)
        self.owner.setAccessibleName(_("Who does it"))
        self.owner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.owner.addItems(list(owners))
        self.owner.setCurrentText(task.owner)
        name = self.owner.lineEdit()
        assert name is not None  # it is editable
        name.setPlaceholderText(_("Nobody in particular"))
        name.setAcceptDrops(False)
        self.notes = QPlainTextEdit(task.notes)
        self.notes.setAccessibleName(_("Notes"))
        self.notes.setTabChangesFocus(True)
        self.notes.setAcceptDrops(False)
        self.notes.setFixedHeight(_NOTES_HEIGHT)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._build()
        for edit in (self.title, self.due.edit, self.customer, name):
            edit.textEdited.connect(self.error.hide)
        self.keep_typed(self._all_typed)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.selectAll()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.l)
        grid.setVerticalSpacing(SPACE.s)
        grid.setColumnStretch(1, 1)
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("What"), self.title),
            (_("Due"), self.due),
            (_("Repeats"), self.repeat),
            (_("Priority"), self.priority),
            (_("Customer"), self.customer),
            (_("Who does it"), self.owner),
            (_("Notes"), self.notes),
        )
        top = Qt.AlignmentFlag.AlignTop
        for place, (word, field) in enumerate(fields):
            said = label(word, "mute")
            said.setContentsMargins(0, 9, 0, 0)
            grid.addWidget(said, place, 0, top)
            grid.addWidget(field, place, 1)
        first: tuple[QWidget, ...] = ()
        if self._task.action is TaskAction.MAIL:
            said = label(_("E-mail"), "mute")
            said.setContentsMargins(0, 9, 0, 0)
            letter = QPlainTextEdit(self._task.letter)
            letter.setReadOnly(True)
            letter.setAccessibleName(_("E-mail"))
            letter.setTabChangesFocus(True)
            letter.setFixedHeight(_NOTES_HEIGHT)
            grid.addWidget(said, len(fields), 0, top)
            grid.addWidget(letter, len(fields), 1)
            first = (button(_("Write the e-mail"), "mail", clicked=self._carry_out),)
        if self._task.action is TaskAction.SURVEY:
            first = (button(_("Ask for satisfaction"), "star", clicked=self._carry_out),)
        if self._task.made_by:
            grid.addWidget(label(self._task.made_by, "caption", wrap=True), len(fields) + 1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.error)
        self.yes = button(_("Save"), kind="primary", clicked=self.save)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(*first, None, cancel, self.yes, default=self.yes)

    def _show_repeat(self, rule: str) -> None:
        every = every_of(rule)
        if every is None:
            self.repeat.addItem(rule, rule)
            self.repeat.setCurrentIndex(self.repeat.count() - 1)
        else:
            self.repeat.setCurrentIndex(self.repeat.findData(every.value))

    def _all_typed(self) -> object:
        fields = (self.title, self.due.edit, self.customer)
        chosen = (self.repeat.currentText(), self.priority.key(), self.owner.currentText())
        return (*(field.text() for field in fields), *chosen, self.notes.toPlainText())

    def save(self) -> None:
        """Save; what cannot be taken is said here."""
        if self.customer.is_unclear:
            self._refused(UserError(_("Choose a customer from the list."), field="customer"))
            return
        tasks, due, repeat = self._tasks, self.due.edit.text(), str(self.repeat.currentData())
        task = replace(
            self._task,
            title=self.title.text(),
            priority=Priority(int(self.priority.key())),
            customer_id=self.customer.customer,
            owner=self.owner.currentText(),
            notes=self.notes.toPlainText(),
        )

        def act() -> None:
            found = tasks.read_due(due)
            day, at = found or (None, None)
            # An entry of the list counts from the day; a rule of somebody's own stays.
            known = repeat in set(Every)
            rule = rule_of(Every(repeat), day or tasks.clock().date()) if known else repeat
            tasks.change(replace(task, due_on=day, due_time=at, repeat=rule))

        WriteOp(self, act).success(self._saved).failure(self._refused).run()

    def _carry_out(self) -> None:
        self._actions.carry_out(self._task)
        self.accept()

    def _saved(self, _none: None) -> None:
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        fields: dict[str | None, LineEdit] = {
            "title": self.title,
            "due": self.due.edit,
            "customer": self.customer,
        }
        if field := fields.get(error.field):
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
