"""Surveys to begin with, and how questions read on paper and in messages."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from crm_desktop.domain.surveys import Prompt, Question, QuestionKind, Survey
from crm_desktop.i18n import _, speaking


class Sample(StrEnum):
    """What a ready-made survey is about."""

    JOURNEY = "journey"
    SERVICE = "service"


def prompts(survey: Survey, questions: Sequence[Question]) -> list[Prompt]:
    """How the questions of a survey are written, in its language."""
    with speaking(survey.language):
        return [
            Prompt(place, one.text.rstrip(" :："), _hint(one))
            for place, one in enumerate(questions, start=1)
        ]


def _hint(question: Question) -> str:
    if question.kind is QuestionKind.CSAT:
        return _("1 = very dissatisfied, 5 = very satisfied")
    if question.kind is QuestionKind.NPS:
        return _("0 = not at all, 10 = certainly")
    if question.kind is QuestionKind.YES_NO:
        return _("yes / no")
    return " / ".join(question.words)


def sample(which: Sample, language: str) -> tuple[Survey, list[Question]]:
    """A ready-made survey in a language."""
    with speaking(language):
        thanks = _("Thank you for your time.")
        if which is Sample.JOURNEY:
            name = _("After the journey")
            title = _("How was your journey?")
            intro = _("You are back, and we would like to know how it was.")
            satisfied = _("How satisfied are you with your journey?")
        else:
            name = _("After the service")
            title = _("How satisfied are you with us?")
            intro = _("We have done our work, and would like to know how you find it.")
            satisfied = _("How satisfied are you with our work?")
        questions = [
            Question(QuestionKind.CSAT, satisfied),
            Question(QuestionKind.NPS, _("Would you recommend us to friends?")),
            Question(QuestionKind.TEXT, _("What should we do better?")),
        ]
        if which is Sample.JOURNEY:
            guides = Question(QuestionKind.CSAT, _("How satisfied are you with your guides?"))
            questions.insert(1, guides)
        else:
            in_time = Question(QuestionKind.YES_NO, _("Was everything done in time?"))
            questions.insert(1, in_time)
    return Survey(name, title, intro, thanks, language), questions
