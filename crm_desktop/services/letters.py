"""E-mails that rules and steps prepared: opened in the user's mail program, then noted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import Customer, CustomerId, InteractionKind
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.tasks import Task, TaskAction, TaskId
from crm_desktop.i18n import _
from crm_desktop.services import mail_drafts
from crm_desktop.services.mail_drafts import MailDrafts
from crm_desktop.store import customers, timeline
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import TASKS


class LetterService:
    """The prepared e-mails of one archive; each waits in a task."""

    def __init__(self, archive: Archive, mails: MailDrafts) -> None:
        self._archive = archive
        self._mails = mails

    def draft(self, number: TaskId) -> Path:
        """A message with what a task has prepared, to be looked at and sent.

        Returns:
            A file in the format of e-mails.

        Raises:
            UserError: nothing is prepared in it, or it is of nobody.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import plain_mail

        task, subject, text = self._prepared(number)
        with self._archive.reading() as c:
            whom = _customer(c, task.customer_id)
        name = mail_drafts.file_name("", subject, "e-mail")
        return self._mails.write(name, plain_mail(whom, subject, text))

    def written(self, number: TaskId) -> StepId:
        """Note that it was written: it stands in the timeline, and the task is done.

        Raises:
            UserError: as `draft`.
        """
        task, subject, text = self._prepared(number)
        now = datetime.now(UTC)

        def act(c: Connection) -> StepId:
            whom = _customer(c, task.customer_id)
            timeline.add(c, whom.id, InteractionKind.EMAIL, f"{subject}\n\n{text}", now)
            TASKS.update(c, [number], {"done_at": now})
            return steps.current(c)

        return self._archive.write(_("E-mail: {subject}").format(subject=shortened(subject)), act)

    def _prepared(self, number: TaskId) -> tuple[Task, str, str]:
        with self._archive.reading() as c:
            task = TASKS.get(c, number)
        if task is None or task.action is not TaskAction.MAIL:
            raise UserError(_("No e-mail is prepared in this task."))
        subject, _line, text = task.letter.partition("\n")
        return task, subject, text


def _customer(c: Connection, number: CustomerId | None) -> Customer:
    found = None if number is None else customers.get(c, number)
    if found is None:
        raise UserError(_("This task is of no customer any more."))
    return found
