"""Surveys: read, made, and their questions."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.names import shortened
from crm_desktop.domain.surveys import (
    RANGES,
    Question,
    QuestionId,
    QuestionKind,
    Score,
    Survey,
    SurveyId,
    WholeResponse,
    WholeSurvey,
    score,
)
from crm_desktop.i18n import LANGUAGES, _, language, nearest
from crm_desktop.services import inputs
from crm_desktop.services.mail_drafts import MailDrafts
from crm_desktop.services.settings import SettingsService
from crm_desktop.services.survey_samples import Sample, sample
from crm_desktop.store import customers
from crm_desktop.store import surveys as rows
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.records import QUESTIONS, SURVEYS

if TYPE_CHECKING:
    pass

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


class SurveyMaking:
    """The surveys of one archive as they are made. Each change is one step that can be undone."""

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
                chosen = rows.words_of(c, known(question.survey_id)).get(number, {})
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
            return found, self._whole(c, known(found.survey_id))

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


def known(number: T | None) -> T:
    """The number of what is stored."""
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
