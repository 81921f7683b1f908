"""Small windows of surveys: what somebody answers, and asking somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFormLayout, QPlainTextEdit, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.surveys import RequestId, Survey, SurveyId, Way, WholeSurvey
from crm_desktop.i18n import _
from crm_desktop.services.survey_samples import prompts
from crm_desktop.services.surveys import Reply, SheetRow, said_text
from crm_desktop.ui.dialogs.sheet import Sheet
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.edit import LineEdit


class AnswerSheet(Sheet):
    """What a customer answers: typed in, or as it was read from his e-mail, to be corrected."""

    def __init__(self, parent: QWidget, whole: WholeSurvey, *, reply: Reply | None = None) -> None:
        super().__init__(
            _("Answers: {survey}").format(survey=whole.survey.title), parent, width=560
        )
        fonts.ensure_for(whole.survey.title, *(one.text for one in whole.asked))
        self._surveys = session_of(parent).workspace.surveys
        self._host = host_of(parent)
        self._whole, self._reply = whole, reply
        self.customer = CustomerPick(_("Customer"))
        if reply is not None:
            said = _("Read from the e-mail. Look at it before you save.")
            self.body.addWidget(label(said, "secondary", wrap=True))
            if reply.customer is not None:
                self.customer.show_customer(*reply.customer)
            if reply.again:
                again = _("This request was answered before; saving adds another answer.")
                self.body.addWidget(label(again, "error", wrap=True))
        self.fields: dict[int, LineEdit] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.m)
        form.setVerticalSpacing(SPACE.xs)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(label(self.customer.accessibleName(), "secondary"), self.customer)
        for prompt, question in zip(prompts(whole.survey, whole.asked), whole.asked, strict=True):
            if question.id is None:
                continue
            edit = LineEdit(name=f"{prompt.number}. {prompt.text}")
            edit.setPlaceholderText(prompt.hint)
            if reply is not None and (said_ := reply.answers.get(question.id)) is not None:
                edit.setText(said_text(question, said_))
            edit.textEdited.connect(self._hide_error)
            self.fields[question.id] = edit
            form.addRow(label(edit.accessibleName(), "secondary", wrap=True), edit)
        self.body.addLayout(form)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Save"), kind="primary", clicked=self.save)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)
        self.keep_typed(lambda: [self.customer.text(), *(e.text() for e in self.fields.values())])
        first: QWidget = self.customer if reply is None else next(iter(self.fields.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save what stands there."""
        customer, survey, reply = self.customer.customer, self._whole.survey.id, self._reply
        if customer is None or survey is None:
            self._refused(UserError(_("Say who answers."), field="customer"))
            return
        if not self.yes.isEnabled():
            return  # it is on its way
        self.yes.setEnabled(False)
        surveys: Any = self._surveys
        typed: Mapping[int, str] = {number: e.text() for number, e in self.fields.items()}
        same = reply is not None and reply.customer is not None and reply.customer[0] == customer
        request: RequestId | None = reply.request if reply is not None and same else None
        day = "" if reply is None else reply.answered_on.isoformat()
        way = Way.TYPED if reply is None else Way.EMAIL
        host = self._host

        def done(_number: object) -> None:
            self.accept()
            host.toast(_("The answers are saved"))

        WriteOp(
            self,
            lambda: surveys.answer(
                survey, customer, typed, way=way, request=request, answered_on=day
            ),
        ).success(done).failure(self._refused).always(lambda: self.yes.setEnabled(True)).run()

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        field = error.field or ""
        edit: QWidget = self.fields[int(field)] if field.isdecimal() else self.customer
        edit.setAccessibleDescription(str(error))
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_error(self) -> None:
        self.error.hide()


class AskSheet(Sheet):
    """Ask a customer: by which survey, and what he gets to read."""

    def __init__(
        self,
        parent: QWidget,
        customer: tuple[CustomerId, str],
        order: OrderId | None = None,
        *,
        asked: Callable[[], object] | None = None,
    ) -> None:
        """Show what he gets to read.

        Args:
            parent: a part of the window.
            customer: who, with his name.
            order: about which.
            asked: run once he is.
        """
        super().__init__(_("Ask {name}").format(name=customer[1]), parent, width=560)
        self._surveys = session_of(parent).workspace.surveys
        self._host, self._parent = host_of(parent), parent
        self._customer, self._order, self._asked = customer[0], order, asked
        self.survey = QComboBox()
        self.survey.setAccessibleName(_("Survey"))
        self.survey.currentIndexChanged.connect(self._show)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("What he gets to read"))
        self.text.setMinimumHeight(260)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        for part in (self.survey, self.text, self.error):
            self.body.addWidget(part)
        self.paper = button(_("On paper"), "printer", clicked=self.ask_on_paper)
        self.mail = button(_("By e-mail"), "mail", kind="primary", clicked=self.ask_by_mail)
        cancel = button(_("Cancel"), clicked=self.give_up)
        self.end_with(None, cancel, self.paper, self.mail, default=self.mail)
        self._ready(is_ready=False)
        surveys, whom = self._surveys, customer[0]
        ReadOp(self, lambda: surveys.fitting(whom), key="fitting").success(self._take).run()

    def _take(self, found: Sequence[Survey]) -> None:
        for one in found:
            self.survey.addItem(one.name, one.id)
        if not found:
            self._tell(UserError(_("There is no survey yet. Make one on the page Surveys.")))

    def _ready(self, *, is_ready: bool) -> None:
        self.paper.setEnabled(is_ready)
        self.mail.setEnabled(is_ready)

    def _show(self, *_row: object) -> None:
        surveys, whom = self._surveys, self._customer
        survey = SurveyId(self.survey.currentData())
        ReadOp(self, lambda: surveys.preview(survey, whom), key="preview").success(
            self._shown
        ).failure(self._tell).run()

    def _shown(self, text: str) -> None:
        fonts.ensure_for(text)
        self.text.setPlainText(text)
        self._ready(is_ready=True)

    def ask_by_mail(self) -> None:
        """Note it, and have the mail program open the message."""
        surveys, whom, order = self._surveys, self._customer, self._order
        survey, host = SurveyId(self.survey.currentData()), self._host

        def done(made: tuple[Any, StepId]) -> None:
            self._tell_asked()
            self.accept()
            if QDesktopServices.openUrl(QUrl.fromLocalFile(str(made[0]))):
                words = _("The message waits in your mail program: look at it and send it")
                host.toast(words, undo=made[1])
            else:
                host.toast(_("No mail program opens the message."), undo=made[1], problem=True)

        self._run(lambda: surveys.mail(survey, whom, order), done)

    def ask_on_paper(self) -> None:
        """Note it, and show the form."""
        from crm_desktop.ui.dialogs.print_preview import Paper, PrintPreview

        surveys, whom, order, parent = self._surveys, self._customer, self._order, self._parent
        survey = SurveyId(self.survey.currentData())
        name = self.survey.currentText()

        def done(request: RequestId) -> None:
            self._tell_asked()
            self.accept()
            PrintPreview((), parent, paper=Paper(name, lambda _job: surveys.form(request))).open()

        self._run(lambda: surveys.paper(survey, whom, order), done)

    def _tell_asked(self) -> None:
        if self._asked is not None:
            self._asked()

    def _run(self, act: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._ready(is_ready=False)
        WriteOp(self, act).success(done).failure(self._tell).run()

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()


class TakeSheet(Sheet):
    """The rows of a form's export: whose they are, before they are saved in one step."""

    def __init__(
        self, parent: QWidget, survey: SurveyId, found: Sequence[SheetRow], file: str
    ) -> None:
        super().__init__(_("Answers of {file}").format(file=file), parent, width=560)
        self._surveys, self._host = session_of(parent).workspace.surveys, host_of(parent)
        self._survey, self._found, self._file = survey, found, file
        fits = [one for one in found if one.customer and one.answers and not one.known]
        words = _("{n} of {all} rows can be taken in.").format(n=len(fits), all=len(found))
        self.body.addWidget(label(words, "secondary"))
        self.text = QPlainTextEdit("\n".join(map(_row_text, found)))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Rows"))
        fonts.ensure_for(self.text.toPlainText())
        self.body.addWidget(self.text)
        self.yes = button(_("Take in"), kind="primary", clicked=self.save)
        self.yes.setEnabled(bool(fits))
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)

    def save(self) -> None:
        """Save them."""
        surveys, survey, found, file = self._surveys, self._survey, self._found, self._file
        host = self._host
        self.yes.setEnabled(False)

        def done(step: StepId) -> None:
            self.accept()
            host.toast(_("The answers are saved"), undo=step)

        WriteOp(self, lambda: surveys.take_sheet(survey, found, file)).success(done).run()


def _row_text(one: SheetRow) -> str:
    who = " · ".join(one.who.split("\n"))
    if one.customer is None:
        said = _("nobody is known by that")
    elif one.known:
        said = _("answered before")
    elif not one.answers:
        said = _("nothing is answered")
    else:
        said = one.customer[1]
    return f"{one.row}  {who} → {said}"
