"""Surveys: what is answered, by hand, by e-mail and by sheets, and which answers are low."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.surveys import (
    LEAST_ANSWERS,
    RANGES,
    Answer,
    Question,
    QuestionId,
    QuestionKind,
    Request,
    RequestId,
    Response,
    ResponseId,
    Said,
    Score,
    SurveyId,
    Way,
    WholeSurvey,
    codes_in,
    is_low,
    read_answer,
)
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.services.contents import is_same_file, look_at
from crm_desktop.services.survey_asking import SurveyAsking
from crm_desktop.services.survey_making import known
from crm_desktop.services.survey_samples import prompts
from crm_desktop.store import customers, leads
from crm_desktop.store import surveys as rows
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import ANSWERS, REQUESTS, RESPONSES

if TYPE_CHECKING:
    pass


class Reply(NamedTuple):
    """What was read from an e-mail, to be looked at before it is saved.

    Attributes:
        customer: who answers, with his name; None where nobody is known by that address.
        request: what he answers; None where the message has no code.
    """

    whole: WholeSurvey
    customer: tuple[CustomerId, str] | None
    request: RequestId | None
    answers: Mapping[QuestionId, Said]
    answered_on: date
    text: str
    again: bool = False


class SheetRow(NamedTuple):
    """A row of answers: who, and what; `who` is what the sheet calls him where nobody is found."""

    row: int
    who: str
    customer: tuple[CustomerId, str] | None
    request: RequestId | None
    answers: Mapping[QuestionId, Said]
    known: bool = False


class SurveyService(SurveyAsking):
    """The surveys of one archive. Each change is one step that can be undone."""

    # Answers

    def answer(
        self,
        survey: SurveyId,
        customer: CustomerId,
        typed: Mapping[QuestionId, str],
        *,
        way: Way = Way.TYPED,
        request: RequestId | None = None,
        answered_on: str = "",
    ) -> ResponseId:
        """Save what a customer answered; what a low answer begins is for the rules to say.

        Args:
            survey: to which.
            customer: who.
            typed: by questions, as typed; "" for no answer.
            way: how it came in.
            request: what he answers; None for the last one of this survey without an answer.
            answered_on: day as typed, "" for today.

        Raises:
            UserError: nothing is answered, or something is no answer to its question; the field
                is the question's number.
        """
        whole = self.get(survey)
        said: dict[QuestionId, Said] = {}
        for question in whole.questions:
            text = typed.get(question.id, "") if question.id is not None else ""
            if not text.strip() or question.id is None:
                continue
            read = read_answer(question, inputs.long_text(text, str(question.id)))
            if read is None:
                raise UserError(_no_answer(question), field=str(question.id))
            said[question.id] = read
        if not said:
            raise UserError(_("Nothing is answered yet."))
        name = self._customer(customer).name
        day = inputs.day(answered_on, self._settings.home_country(), "answered_on")
        when = date.fromisoformat(day) if day else date.today()

        def act(c: Connection) -> ResponseId:
            return self._save(c, whole, customer, said, way, request, when)

        return self._archive.write(_("Answers of {name}").format(name=name), act)

    def _save(
        self,
        c: Connection,
        whole: WholeSurvey,
        customer: CustomerId,
        said: Mapping[QuestionId, Said],
        way: Way,
        request: RequestId | None,
        when: date,
    ) -> ResponseId:
        survey = known(whole.survey.id)
        if request is None:
            waiting = [r for r in rows.open_request(c, customer) if r.survey_id == survey]
            request = waiting[0].id if waiting else None
        response = Response(customer, survey, way, when, datetime.now(UTC), request)
        number = ResponseId(RESPONSES.insert(c, response))
        for question, one in said.items():
            ANSWERS.insert(c, Answer(one.number, one.text, number, question))
        return number

    def remove_response(self, number: ResponseId) -> StepId:
        """Take a response away; a case that it opened stays."""
        with self._archive.reading() as c:
            found = RESPONSES.get(c, number)
        if found is None:
            raise UserError(_("This answer is not there any more."))
        name = _("Answers of {name}").format(name=self._customer(found.customer_id).name)
        return self._run(name, lambda c: RESPONSES.delete(c, [number]))

    def read_message(self, path: Path, job: Job | None = None) -> Reply | None:
        """What somebody answers in an e-mail (.eml); None where it is about no survey.

        Raises:
            UserError: it cannot be read.
        """
        from crm_desktop.bridge.enquiries.message import read_mail
        from crm_desktop.bridge.surveys.replies import read_reply

        job = job or Job()
        # To read the live archive as any other file would drop its locks.
        if is_same_file(path, self._archive.path):
            raise UserError(_("{file} is the archive itself.").format(file=path.name))
        try:
            mail = read_mail(b"".join(look_at(path, job=job).pieces(job)))
        except ValueError as error:
            words = _("{file} is no message that can be read.")
            raise UserError(words.format(file=path.name)) from error
        with self._archive.reading() as c:
            request, customer = self._asked(c, f"{mail.subject}\n{mail.text}", mail.address)
            if request is None:
                return None
            whole = self._whole(c, request.survey_id)
            name = customers.names(c, [customer]).get(customer, "")
            again = request.id is not None and rows.answer_to(c, request.id) is not None
        answers = read_reply(mail.text, whole.asked, prompts(whole.survey, whole.asked))
        at = mail.received_at.astimezone().date() if mail.received_at else date.today()
        return Reply(whole, (customer, name), request.id, answers, at, mail.text, again)

    def _asked(self, c: Connection, text: str, address: str) -> tuple[Request | None, CustomerId]:
        for code in codes_in(text):
            if (found := rows.by_code(c, code)) is not None:
                return found, found.customer_id
        # Without a code: he who writes was asked and has not answered.
        for customer, _name in leads.reached_by(c, [address]):
            for waiting in rows.open_request(c, customer):
                return waiting, customer
        return None, CustomerId(0)

    # Sheets

    def read_sheet(
        self, survey: SurveyId, path: Path, job: Job | None = None
    ) -> Sequence[SheetRow]:
        """The rows of a form's export: who, and what he answers; nothing is saved by it.

        Columns are known by their headers: a code, an e-mail address or a name, and each question
        by its text or its number.

        Raises:
            UserError: it cannot be read, or no column is one of these.
            Cancelled: the user stopped it.
        """
        from crm_desktop.services.survey_sheets import read_rows

        whole = self.get(survey)
        found = read_rows(path, whole, self._settings.home_country(), job or Job())
        with self._archive.reading() as c:
            return [self._matched(c, survey, one) for one in found]

    def _matched(self, c: Connection, survey: SurveyId, one: SheetRow) -> SheetRow:
        request = next((r for r in (rows.by_code(c, x) for x in codes_in(one.who)) if r), None)
        if request is not None and request.survey_id == survey:
            whom: Sequence[CustomerId] = [request.customer_id]
        else:
            request = None
            words = [w for w in one.who.split("\n") if w]
            whom = [n for n, _n in leads.reached_by(c, [w.lower() for w in words if "@" in w])]
            for word in words:
                whom = whom or rows.called(c, word)
        if len(set(whom)) != 1:
            return one
        name = customers.names(c, [whom[0]]).get(whom[0], "")
        number = request.id if request else None
        known = number is not None and rows.answer_to(c, number) is not None
        return one._replace(customer=(whom[0], name), request=number, known=known)

    def take_sheet(self, survey: SurveyId, found: Sequence[SheetRow], file: str) -> StepId:
        """Save the rows of whom it is known who they are and that are new, in one step.

        Raises:
            UserError: there is none.
        """
        whole = self.get(survey)
        wanted = [one for one in found if one.customer and one.answers and not one.known]
        if not wanted:
            raise UserError(_("No row of {file} can be taken in.").format(file=file))

        def act(c: Connection) -> None:
            for one in wanted:
                assert one.customer is not None
                customer = one.customer[0]
                self._save(c, whole, customer, one.answers, Way.SHEET, one.request, date.today())

        return self._run(_("Answers of {file}").format(file=file), act)


class LowAnswer(NamedTuple):
    """A response with an answer that is low.

    Attributes:
        title: of the survey.
        text: all that was answered, a question a line.
    """

    customer: CustomerId
    order: OrderId | None
    title: str
    text: str


def low_answer(c: Connection, number: ResponseId) -> LowAnswer | None:
    """A response with what it says, where an answer in it is low; None where none is."""
    response = RESPONSES.get(c, number)
    whole = None if response is None else rows.whole(c, response.survey_id)
    if response is None or whole is None:
        return None
    [said] = rows.with_answers(c, [response])
    lines, low = [], False
    for question in whole.questions:
        answer = said.answers.get(question.id) if question.id is not None else None
        if answer is not None:
            low = low or is_low(whole.survey, question.kind, answer.number)
            lines.append(f"{question.text} {said_text(question, answer)}")
    if not low:
        return None
    request = None if response.request_id is None else REQUESTS.get(c, response.request_id)
    order = None if request is None else request.order_id
    return LowAnswer(response.customer_id, order, whole.survey.title, "\n".join(lines))


def said_text(question: Question, said: Said) -> str:
    """An answer as it reads, and as it may be typed."""
    if question.kind is QuestionKind.YES_NO:
        return _("yes") if said.number else _("no")
    return said.text if said.number is None else str(said.number)


def score_text(kind: QuestionKind, found: Score | None) -> str:
    """What figures come to, in a word; that there are too few where there are."""
    if found is None or not found.total:
        return "–"
    if found.percent is None:
        return _("{n} of {least} needed").format(n=found.total, least=LEAST_ANSWERS)
    return f"{found.percent:+d}" if kind is QuestionKind.NPS else f"{found.percent} %"


def _no_answer(question: Question) -> str:
    if question.kind is QuestionKind.CHOICE:
        return _("One of: {words}").format(words=", ".join(question.words))
    if question.kind is QuestionKind.YES_NO:
        return _("Yes or no.")
    least, most = RANGES[question.kind]
    return _("A whole number from {least} to {most}.").format(least=least, most=most)
