"""What can be done with tasks, wherever they are shown: each says so in a toast with Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.tasks import ListedTask, Task, TaskAction, TaskId
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp

if TYPE_CHECKING:
    from crm_desktop.domain.changes import StepId
    from crm_desktop.services.tasks import TaskService


class TaskActions(QObject):
    """Does what is wanted of tasks; belongs to the part of the window that shows them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = parent

    def tick(self, tasks: Sequence[Task]) -> None:
        """Tick tasks off."""
        self._write(tasks, lambda service, ids: service.tick(ids), _("Done: {task}"))

    def postpone(self, tasks: Sequence[Task], days: int) -> None:
        """Put tasks off by a day or a week."""
        words = _("Put off by a day: {task}") if days == 1 else _("Put off by a week: {task}")
        self._write(tasks, lambda service, ids: service.postpone(ids, days=days), words)

    def delete(self, tasks: Sequence[Task]) -> None:
        """Take tasks away."""
        self._write(tasks, lambda service, ids: service.delete(ids), _("Deleted: {task}"))

    def carry_out(self, task: Task) -> None:
        """Do what a task has prepared: open its e-mail, or ask its customer."""
        if task.action is TaskAction.SURVEY:
            self._ask(task)
        else:
            self.write_letter(task)

    def _ask(self, task: Task) -> None:
        customers, number = session_of(self._part).workspace.customers, task.customer_id
        if number is None:
            return

        def show(whom: Customer) -> None:
            from crm_desktop.ui.dialogs.survey_sheets import AskSheet

            asked = partial(self.tick, [task])
            AskSheet(self._part, (whom.id, whom.name), task.order_id, asked=asked).open()

        ReadOp(self, lambda: customers.get(number), key="ask").success(show).run()

    def write_letter(self, task: Task) -> None:
        """Open the e-mail that a task has prepared, and note that it was written."""
        letters, host = session_of(self._part).workspace.letters, host_of(self._part)
        number = task.id
        if number is None:
            return

        def noted(step: StepId) -> None:
            host.toast(_("The e-mail is in your mail program, and noted"), undo=step)

        def opened(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                host.toast(_("No program opens e-mails here. The file is {file}").format(file=path))
                return
            WriteOp(self, lambda: letters.written(number)).success(noted).run()

        def refused(error: UserError) -> None:
            host.toast(str(error))

        ReadOp(self, lambda: letters.draft(number), key="letter").success(opened).failure(
            refused
        ).run()

    def ask_day(self, tasks: Sequence[Task]) -> None:
        """Ask to which day tasks are put off."""
        if tasks:
            from crm_desktop.ui.dialogs.put_off import PutOff

            PutOff(tasks, self._part).open()

    def edit(self, listed: ListedTask) -> None:
        """Open the window in which a task is changed."""
        service = self._service()

        def show(owners: list[str]) -> None:
            from crm_desktop.ui.dialogs.task_details import TaskDetails

            TaskDetails(listed, owners, self._part).open()

        ReadOp(self, service.owners, key="edit").success(show).run()

    def menu(self, listed: Sequence[ListedTask], at: QPoint, *, here: bool = False) -> None:
        """What can be done with some tasks, at a place on the screen.

        Args:
            listed: which.
            at: where.
            here: their customer's file is open already.
        """
        if not listed:
            return
        tasks = [one.task for one in listed]
        menu = QMenu(self._part)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(listed) == 1:
            if tasks[0].action is TaskAction.MAIL:
                menu.addAction(_("Write the e-mail"), partial(self.carry_out, tasks[0]))
            if tasks[0].action is TaskAction.SURVEY:
                menu.addAction(_("Ask for satisfaction"), partial(self.carry_out, tasks[0]))
            menu.addAction(_("Edit…\tEnter"), partial(self.edit, listed[0]))
        menu.addAction(_("Done\tSpace"), partial(self.tick, tasks))
        menu.addSeparator()
        menu.addAction(_("Put off by a day\tP"), partial(self.postpone, tasks, 1))
        menu.addAction(_("Put off by a week\tW"), partial(self.postpone, tasks, 7))
        menu.addAction(_("Put off to a day…\tD"), partial(self.ask_day, tasks))
        customer = tasks[0].customer_id
        if len(listed) == 1 and customer is not None and not here:
            menu.addSeparator()
            host = host_of(self._part)
            menu.addAction(
                _("Open the customer’s file\tCtrl+Enter"), partial(host.show_customer, customer)
            )
        menu.addSeparator()
        menu.addAction(_("Delete\tDel"), partial(self.delete, tasks))
        menu.popup(at)

    def _write(
        self,
        tasks: Sequence[Task],
        act: Callable[[TaskService, list[TaskId]], StepId],
        words: str,
    ) -> None:
        ids = [task.id for task in tasks if task.id is not None]
        if not ids:
            return
        service, host = self._service(), host_of(self._part)
        more = ngettext("and {n} more", "and {n} more", len(ids) - 1).format(n=len(ids) - 1)
        text = words.format(task=f"{tasks[0].title} {more}" if len(ids) > 1 else tasks[0].title)

        def done(step: StepId) -> None:
            host.toast(text, undo=step)

        WriteOp(self, lambda: act(service, ids)).success(done).run()

    def _service(self) -> TaskService:
        return session_of(self._part).workspace.tasks
