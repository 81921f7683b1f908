"""Surveys: made, asked by, answered; what the answers come to, and which are low."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.names import shortened
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
    Survey,
    SurveyId,
    Way,
    WholeResponse,
    WholeSurvey,
    codes_in,
    is_low,
    make_code,
    read_answer,
    score,
)
from crm_desktop.i18n import LANGUAGES, _, language, nearest
from crm_desktop.services import inputs
from crm_desktop.services.contents import is_same_file, look_at
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.services.mail_drafts import MailDrafts, file_name
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.survey_samples import Sample, prompts, sample
from crm_desktop.store import customers, leads
from crm_desktop.store import surveys as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import ANSWERS, QUESTIONS, REQUESTS, RESPONSES, SURVEYS

if TYPE_CHECKING:
    from crm_desktop.reports.survey_form import PrintedSurvey

T = TypeVar("T")
_LATEST = 50
_TEXTS = {"name": False, "title": False, "intro": True, "thanks": True}
_LIMITS = {"low_csat": (0, 5), "low_nps": (-1, 10)}


class ListedSurvey(NamedTuple):
    """A survey in a list, with what its CSAT and NPS questions come to together."""

    survey: Survey
    asked: int
    answered: int
    csat: Score | None
    nps: Score | None


class SurveyResults(NamedTuple):
    """A survey with all that came of it.

    Attributes:
        scores: of questions that are answered by figures.
        words: how often each word of a choice was taken.
        used: whether it can only be put out of use.
    """

    whole: WholeSurvey
    scores: Mapping[QuestionId, Score]
    words: Mapping[QuestionId, Mapping[str, int]]
    latest: Sequence[tuple[WholeResponse, str]]
    answered: frozenset[QuestionId]
    used: bool


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


class SurveyService:
    """The surveys of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive, settings_: SettingsService, mails: MailDrafts) -> None:
        self._archive = archive
        self._settings = settings_
        self._mails = mails

    # Reading

    def list(self) -> Sequence[ListedSurvey]:
        """All of them, those in use first."""
        with self._archive.reading() as c:
            counts = rows.counts(c)
            found = []
            for one in SURVEYS.all(c):
                assert one.id is not None
                numbers = rows.numbers_of(c, one.id)
                by_kind: dict[QuestionKind, list[int]] = {}
                for question in rows.questions(c, one.id):
                    listed = numbers.get(question.id, []) if question.id else []
                    by_kind.setdefault(question.kind, []).extend(listed)
                asked, answered = counts[one.id]
                scores = [
                    score(kind, by_kind[kind]) if kind in by_kind else None
                    for kind in (QuestionKind.CSAT, QuestionKind.NPS)
                ]
                found.append(ListedSurvey(one, asked, answered, *scores))
        return sorted(found, key=lambda one: not one.survey.active)

    def get(self, number: SurveyId) -> WholeSurvey:
        """One with its questions.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            return self._whole(c, number)

    def results(self, number: SurveyId) -> SurveyResults:
        """One with what came of it.

        Raises:
            UserError: it is not there any more.
        """
        with self._archive.reading() as c:
            whole = self._whole(c, number)
            numbers = rows.numbers_of(c, number)
            scores = {
                one.id: score(one.kind, numbers.get(one.id, []))
                for one in whole.questions
                if one.id is not None and one.kind in RANGES
            }
            answered = [one.id for one in whole.questions if one.id and rows.is_answered(c, one.id)]
            return SurveyResults(
                whole,
                scores,
                rows.words_of(c, number),
                rows.latest(c, number, _LATEST),
                frozenset(answered),
                rows.is_used(c, number),
            )

    def fitting(self, customer: CustomerId) -> Sequence[Survey]:
        """The surveys in use, those in the customer's language first."""
        spoken = self._spoken(self._customer(customer))
        with self._archive.reading() as c:
            found = [one for one in SURVEYS.all(c) if one.active]
        return sorted(found, key=lambda one: one.language != spoken)

    # Making

    def begin(self, which: Sample, tongue: str = "") -> SurveyId:
        """Make a ready-made survey one's own.

        Args:
            which: what about.
            tongue: a key of `i18n.LANGUAGES`; "" for the one in use.
        """
        survey, questions = sample(which, tongue or language())
        return self._make(survey, questions)

    def create(self, name: str, tongue: str = "") -> SurveyId:
        """A survey of one's own, without questions.

        Raises:
            UserError: it has no name.
        """
        clean = _name(name, "name")
        return self._make(Survey(clean, clean, language=tongue or language()), ())

    def _make(self, survey: Survey, questions: Sequence[Question]) -> SurveyId:
        made = replace(survey, key=secrets.token_hex(8), created_at=datetime.now(UTC))

        def act(c: Connection) -> SurveyId:
            number = SurveyId(SURVEYS.insert(c, made))
            for place, one in enumerate(questions):
                QUESTIONS.insert(c, one, survey_id=number, position=place, key=place + 1)
            return number

        return self._archive.write(_("New survey {name}").format(name=shortened(made.name)), act)

    def update(self, number: SurveyId, field: str, value: str) -> StepId | None:
        """Change one field.

        Args:
            number: which survey.
            field: name, title, intro, thanks, language, low_csat, low_nps, active.
            value: as typed; "1" or "" of `active`.

        Raises:
            UserError: the value makes no sense there.
        """
        survey = self.get(number).survey
        clean: object
        if field in ("name", "title"):
            clean = _name(value, field)
        elif field in _TEXTS:
            clean = inputs.long_text(value, field)
        elif field in _LIMITS:
            clean = _limit(value, field)
        elif field == "active":
            clean = bool(value)
        elif field == "language" and value in LANGUAGES:
            clean = value
        else:
            raise ValueError(field)
        if getattr(survey, field) == clean:
            return None
        return self._step(survey, lambda c: SURVEYS.update(c, [number], {field: clean}))

    def remove(self, number: SurveyId) -> StepId:
        """Delete a survey by which nobody was asked yet.

        Raises:
            UserError: somebody was: it can only be put out of use.
        """
        survey = self.get(number).survey

        def act(c: Connection) -> None:
            if rows.is_used(c, number):
                raise UserError(_("Customers were asked by this survey. Put it out of use."))
            SURVEYS.delete(c, [number])

        return self._step(survey, act)

    # Questions

    def add_question(
        self, survey: SurveyId, kind: QuestionKind, text: str, choices: str = ""
    ) -> QuestionId:
        """Ask one thing more, at the end.

        Raises:
            UserError: nothing is asked, or a choice has fewer than two words.
        """
        whole = self.get(survey)
        words = _choices(kind, choices)
        asked = Question(kind, _question(text), words, len(whole.asked))

        def act(c: Connection) -> QuestionId:
            key = rows.next_key(c, survey)
            return QuestionId(QUESTIONS.insert(c, asked, survey_id=survey, key=key))

        return self._archive.write(self._named(whole.survey), act)

    def update_question(self, number: QuestionId, field: str, value: str) -> StepId | None:
        """Change a question: its text, or the words of a choice.

        Raises:
            UserError: the value makes no sense, or words were chosen that would go.
        """
        question, whole = self._question(number)
        clean = _question(value) if field == "text" else _choices(question.kind, value)
        if field not in ("text", "choices"):
            raise ValueError(field)
        if getattr(question, field) == clean:
            return None

        def act(c: Connection) -> None:
            if field == "choices" and rows.is_answered(c, number):
                chosen = rows.words_of(c, _known(question.survey_id)).get(number, {})
                gone = [word for word in chosen if word not in clean.split("\n")]
                if gone:
                    words = _("“{word}” was chosen already and has to stay.")
                    raise UserError(words.format(word=gone[0]), field="choices")
            QUESTIONS.update(c, [number], {field: clean})

        return self._step(whole.survey, act)

    def move_question(self, number: QuestionId, by: int) -> StepId | None:
        """Move a question up (-1) or down (1) among those that are asked."""
        _one, whole = self._question(number)
        asked = whole.asked
        at = next((place for place, one in enumerate(asked) if one.id == number), None)
        if at is None or not 0 <= at + by < len(asked):
            return None
        asked.insert(at + by, asked.pop(at))

        def act(c: Connection) -> None:
            for place, one in enumerate(asked):
                if one.position != place and one.id is not None:
                    QUESTIONS.update(c, [one.id], {"position": place})

        return self._step(whole.survey, act)

    def drop_question(self, number: QuestionId) -> StepId:
        """Ask it no more: one that was answered is retired, its answers stay; others go."""
        _one, whole = self._question(number)

        def act(c: Connection) -> None:
            if rows.is_answered(c, number):
                QUESTIONS.update(c, [number], {"retired_at": datetime.now(UTC)})
            else:
                QUESTIONS.delete(c, [number])

        return self._step(whole.survey, act)

    def ask_again(self, number: QuestionId) -> StepId:
        """Ask a retired question again, at the end."""
        _one, whole = self._question(number)
        changes = {"retired_at": None, "position": len(whole.asked)}
        return self._step(whole.survey, lambda c: QUESTIONS.update(c, [number], changes))

    # Asking

    def mail(
        self, survey: SurveyId, customer: CustomerId, order: OrderId | None = None
    ) -> tuple[Path, StepId]:
        """Ask a customer by e-mail: a message to be looked at and sent.

        Raises:
            UserError: the survey asks nothing, or there is no such customer.
            EnvironmentProblem: there is no room for it.
        """
        from crm_desktop.reports.mail import survey_mail

        printed = self._printed(survey, customer, "")
        request, step = self._ask(printed, order, Way.EMAIL)
        printed = replace(printed, code=request.code)
        name = file_name(request.code, printed.survey.title, "survey")
        return self._mails.write(name, survey_mail(printed)), step

    def paper(
        self, survey: SurveyId, customer: CustomerId, order: OrderId | None = None
    ) -> RequestId:
        """Note that a customer is asked on paper; `form` draws it.

        Raises:
            UserError: as `mail`.
        """
        printed = self._printed(survey, customer, "")
        return _known(self._ask(printed, order, Way.PAPER)[0].id)

    def form(self, number: RequestId) -> PdfFile:
        """The form of a request.

        Raises:
            UserError: it is not there any more.
        """
        from crm_desktop.reports.survey_form import missing_in, survey_pdf

        with self._archive.reading() as c:
            request = REQUESTS.get(c, number)
        if request is None:
            raise UserError(_("This request is not there any more."))
        printed = self._printed(request.survey_id, request.customer_id, request.code)
        return PdfFile(survey_pdf(printed), missing_in(printed))

    def preview(self, survey: SurveyId, customer: CustomerId) -> str:
        """The message's text as it will be, before anything is noted."""
        import email
        import email.policy

        from crm_desktop.reports.mail import survey_mail

        data = survey_mail(self._printed(survey, customer, "S-…"))
        message = email.message_from_bytes(data, policy=email.policy.default)
        return str(message.get_content())

    def _ask(
        self, printed: PrintedSurvey, order: OrderId | None, way: Way
    ) -> tuple[Request, StepId]:
        if not printed.questions:
            raise UserError(_("This survey asks nothing yet. Add a question first."))

        def act(c: Connection) -> tuple[Request, StepId]:
            code = make_code(secrets.choice)
            while rows.by_code(c, code) is not None:
                code = make_code(secrets.choice)
            made = Request(
                printed.customer.id, _known(printed.survey.id), code, way, datetime.now(UTC), order
            )
            return replace(made, id=RequestId(REQUESTS.insert(c, made))), steps.current(c)

        name = _("Ask {name} for satisfaction").format(name=printed.customer.name)
        return self._archive.write(name, act)

    def _printed(self, survey: SurveyId, customer: CustomerId, code: str) -> PrintedSurvey:
        from crm_desktop.reports.survey_form import PrintedSurvey

        whole = self.get(survey)
        return PrintedSurvey(
            whole.survey,
            whole.asked,
            prompts(whole.survey, whole.asked),
            code,
            self._customer(customer),
            self._settings.firm(),
            date.today(),
            self._settings.home_country(),
        )

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
        survey = _known(whole.survey.id)
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

    # Parts

    def _whole(self, c: Connection, number: SurveyId) -> WholeSurvey:
        found = rows.whole(c, number)
        if found is None:
            raise UserError(_("This survey is not there any more."))
        return found

    def _question(self, number: QuestionId) -> tuple[Question, WholeSurvey]:
        with self._archive.reading() as c:
            found = QUESTIONS.get(c, number)
            if found is None:
                raise UserError(_("This question is not there any more."))
            return found, self._whole(c, _known(found.survey_id))

    def _customer(self, number: CustomerId) -> Customer:
        with self._archive.reading() as c:
            found = customers.get(c, number)
        if found is None:
            words = _("There is no customer {number}.")
            raise UserError(words.format(number=number), field="customer")
        return found

    def _spoken(self, customer: Customer) -> str:
        return nearest(customer.facts.language) if customer.facts.language else language()

    def _named(self, survey: Survey) -> str:
        return _("Survey {name}").format(name=shortened(survey.name))

    def _step(self, survey: Survey, act: Callable[[Connection], None]) -> StepId:
        return self._run(self._named(survey), act)

    def _run(self, name: str, act: Callable[[Connection], Any]) -> StepId:
        def run(c: Connection) -> StepId:
            act(c)
            return steps.current(c)

        return self._archive.write(name, run)


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


def _known(number: T | None) -> T:
    assert number is not None
    return number


def _name(text: str, field: str) -> str:
    return inputs.title(text, field, _("A survey needs a name."))


def _question(text: str) -> str:
    return inputs.title(text, "text", _("Say what is asked."))


def _choices(kind: QuestionKind, text: str) -> str:
    if kind is not QuestionKind.CHOICE:
        return ""
    words = inputs.titles(text.replace("/", "\n").split("\n"), "choices")
    if len(dict.fromkeys(words)) < 2:
        raise UserError(_("A choice needs two words at least, with / between."), field="choices")
    return "\n".join(dict.fromkeys(words))


def _limit(text: str, field: str) -> int:
    least, most = _LIMITS[field]
    kept = inputs.tidy(text)
    if not kept.lstrip("-").isdecimal() or not least <= int(kept) <= most:
        words = _("A whole number from {least} to {most}.")
        raise UserError(words.format(least=least, most=most), field=field)
    return int(kept)


def _no_answer(question: Question) -> str:
    if question.kind is QuestionKind.CHOICE:
        return _("One of: {words}").format(words=", ".join(question.words))
    if question.kind is QuestionKind.YES_NO:
        return _("Yes or no.")
    least, most = RANGES[question.kind]
    return _("A whole number from {least} to {most}.").format(least=least, most=most)
