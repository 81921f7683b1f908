"""What can be done with a line of the day: each act says so in a toast with Undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.cases import Case, CaseStatus
from crm_desktop.domain.customers import Customer, InteractionKind
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.tasks import ListedTask
from crm_desktop.domain.today import DueStep, DueTask, Feast, FeastKind, LatePayment, TodayLine
from crm_desktop.i18n import N_, _, gettext_in
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.task_actions import TaskActions
from crm_desktop.ui.today_words import Act, act_text, acts_of, ask_for_new, key_text, words_of

if TYPE_CHECKING:
    from crm_desktop.domain.changes import StepId
    from crm_desktop.services.workspace import Workspace

_GREETINGS = {
    FeastKind.BIRTHDAY: N_("Happy birthday, {name}!"),
    FeastKind.SINCE: N_("Thank you for all these years with us, {name}!"),
    FeastKind.FIELD: N_("All the best on this special day, {name}!"),
}


class TodayActions(QObject):
    """Does what is wanted; `call_wanted` carries the `CustomerRow` of a call to write down."""

    call_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = parent
        self._tasks = TaskActions(parent)

    def act(self, act: Act, line: TodayLine) -> None:
        """Do one of the line's acts."""
        acts: dict[Act, Callable[[TodayLine], None]] = {
            Act.DONE: self._done,
            Act.TOMORROW: partial(self._put_off, days=1),
            Act.WEEK: partial(self._put_off, days=7),
            Act.CALL: self._call,
            Act.GREET: self._greet,
            Act.TASK: self._make_task,
            Act.WRITE: self._write_letter,
            Act.OPEN: self._open,
        }
        acts[act](line)

    def menu(self, line: TodayLine, at: QPoint) -> None:
        """All that can be done with a line, at a place on the screen."""
        menu = QMenu(self._part)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in acts_of(line):
            words = f"{act_text(act, line.topic)}\t{key_text(act)}"
            menu.addAction(words, partial(self.act, act, line))
        if isinstance(line.subject, DueTask):
            menu.addSeparator()
            menu.addAction(_("Edit task…"), partial(self._edit, line))
        menu.popup(at)

    # The acts.

    def _done(self, line: TodayLine) -> None:
        subject, workspace = line.subject, self._workspace()
        if isinstance(subject, DueTask):
            self._tasks.tick([subject.task])
        elif isinstance(subject, Promise) and subject.id is not None:
            number = subject.id
            self._write(lambda: workspace.promises.keep(number), _("Kept: {what}"), line)
        elif isinstance(subject, Case) and subject.id is not None:
            case = subject.id
            self._write(
                lambda: workspace.cases.update(case, "status", CaseStatus.RESOLVED),
                _("Resolved: {what}"),
                line,
            )
        elif isinstance(subject, Feast):
            self._note_greeting(line, _greeting_note(subject), InteractionKind.NOTE)
        else:
            self._put_aside(line, 0)

    def _put_off(self, line: TodayLine, *, days: int) -> None:
        subject, workspace = line.subject, self._workspace()
        if isinstance(subject, DueTask):
            self._tasks.postpone([subject.task], days)
        elif isinstance(subject, Promise) and subject.id is not None:
            number = subject.id
            words = _("Put off by a day: {what}") if days == 1 else _("Put off by a week: {what}")
            self._write(lambda: workspace.promises.postpone(number, days=days), words, line)
        else:
            self._put_aside(line, days)

    def _put_aside(self, line: TodayLine, days: int) -> None:
        service = self._workspace().today
        self._write(lambda: service.put_aside(line, days=days), _("Put aside: {what}"), line)

    def _call(self, line: TodayLine) -> None:
        if line.customer is not None:
            self.call_wanted.emit(line.customer)

    def _make_task(self, line: TodayLine) -> None:
        service, title = self._workspace().today, ask_for_new(line)
        words = _("New task for {what}, due in a week")
        self._write(lambda: service.ask_for_new(line, title), words, line)

    def _write_letter(self, line: TodayLine) -> None:
        if isinstance(line.subject, DueTask):
            self._tasks.carry_out(line.subject.task)

    def _open(self, line: TodayLine) -> None:
        if isinstance(line.subject, LatePayment | DueStep):
            host_of(self._part).show_order(line.subject.order)
        elif line.customer is not None:
            host_of(self._part).show_customer(line.customer.id)
        else:
            self._edit(line)

    def _edit(self, line: TodayLine) -> None:
        if isinstance(line.subject, DueTask):
            name = line.customer.name if line.customer is not None else ""
            self._tasks.edit(ListedTask(line.subject.task, name))

    # Greeting.

    def _greet(self, line: TodayLine) -> None:
        """A draft in the mail program, or the words on the clipboard; either is noted."""
        if line.customer is None:
            return
        customers, number = self._workspace().customers, line.customer.id
        read = ReadOp(self, lambda: customers.get(number), key="greet")
        read.success(partial(self._greet_customer, line)).run()

    def _greet_customer(self, line: TodayLine, customer: Customer) -> None:
        subject = line.subject
        if not isinstance(subject, Feast) or not customer.may_be_written_to:
            return
        called = customer.given_name or customer.name
        text = gettext_in(customer.facts.language, _GREETINGS[subject.kind]).format(name=called)
        mail = next((p for p in customer.emails if p.value and not p.do_not_use), None)
        if mail is not None:
            address = quote(mail.value or "", safe="@")
            words = f"subject={quote(text)}&body={quote(text)}"
            QDesktopServices.openUrl(QUrl(f"mailto:{address}?{words}"))
            said, kind = _("A draft to {what} is in your mail program"), InteractionKind.EMAIL
        else:
            QGuiApplication.clipboard().setText(text)
            said = _("The greeting for {what} is copied: paste it into the messenger")
            kind = InteractionKind.MESSAGE
        self._note_greeting(line, f"{_greeting_note(subject)}: {text}", kind, said)

    def _note_greeting(
        self, line: TodayLine, text: str, kind: InteractionKind, said: str = ""
    ) -> None:
        service = self._workspace().today
        self._write(lambda: service.greet(line, text, kind), said or _("Noted: {what}"), line)

    def _write(self, act: Callable[[], StepId], words: str, line: TodayLine) -> None:
        host = host_of(self._part)
        today = self._workspace().tasks.clock().date()
        text = words.format(what=words_of(line, today).title)

        def done(step: StepId) -> None:
            host.toast(text, undo=step)

        WriteOp(self, act).success(done).run()

    def _workspace(self) -> Workspace:
        return session_of(self._part).workspace


def _greeting_note(feast: Feast) -> str:
    if feast.kind is FeastKind.BIRTHDAY:
        return _("Birthday greeting")
    return _("Anniversary greeting")
