"""Surveys and what is answered to them, as objects of our exchange file.

A survey and its questions are named by keys that are the same in every archive; a response names
its request, and a request its order, by their places.
"""

from __future__ import annotations

from typing import Any

from crm_desktop.bridge.export.own.lines import place_in
from crm_desktop.bridge.export.own.records import read_record, record_json
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.surveys import (
    Answer,
    Question,
    Request,
    Response,
    Survey,
    SurveyId,
    ToldRequest,
    ToldResponse,
    ToldSurvey,
    Way,
)

_NONE = SurveyId(0)
_ASKING = frozenset((Way.EMAIL, Way.PAPER))
_LOWS = {"low_csat": range(6), "low_nps": range(-1, 11)}


def survey_json(told: ToldSurvey) -> dict[str, Any]:
    """The object that stands for a survey."""
    return record_json(told.survey) | {"questions": list(map(record_json, told.questions))}


def read_survey(found: dict[str, Any]) -> ToldSurvey:
    """The survey that an object stands for.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it stands for none.
    """
    survey = read_record(Survey, found)
    if not (survey.key and survey.name.strip() and survey.title.strip() and survey.created_at):
        raise ValueError("not a survey")
    if any(getattr(survey, name) not in allowed for name, allowed in _LOWS.items()):
        raise ValueError("not a limit")
    questions = [read_record(Question, one) for one in found.get("questions") or ()]
    keys = {one.key for one in questions}
    if len(keys) != len(questions) or min(keys, default=1) < 1:
        raise ValueError("not a key")
    if not all(one.text.strip() for one in questions):
        raise ValueError("not a question")
    return ToldSurvey(survey, questions)


def request_json(told: ToldRequest) -> dict[str, Any]:
    """The object that stands for a request."""
    written = record_json(told.request) | {"survey": told.survey}
    return written if told.order is None else written | {"order": told.order}


def read_request(found: dict[str, Any], owner: CustomerId, orders: int) -> ToldRequest:
    """The request that an object stands for.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it stands for none.
    """
    request = read_record(Request, found, customer_id=owner, survey_id=_NONE)
    told = ToldRequest(request, str(found["survey"]), place_in(found, "order"))
    if not request.code.strip() or request.asked_at is None or request.way not in _ASKING:
        raise ValueError("not a request")
    if told.order is not None and told.order >= orders:
        raise ValueError("not a place")
    return told


def response_json(told: ToldResponse) -> dict[str, Any]:
    """The object that stands for a response."""
    written = record_json(told.response) | {"survey": told.survey}
    if told.request is not None:
        written["request"] = told.request
    written["answers"] = [{"question": key} | record_json(one) for key, one in told.answers]
    return written


def read_response(found: dict[str, Any], owner: CustomerId, requests: int) -> ToldResponse:
    """The response that an object stands for.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it stands for none.
    """
    response = read_record(Response, found, customer_id=owner, survey_id=_NONE)
    answers = [(int(one["question"]), read_record(Answer, one)) for one in found["answers"]]
    told = ToldResponse(response, str(found["survey"]), place_in(found, "request"), answers)
    if not response.answered_on or not response.created_at or response.way is Way.PAPER:
        raise ValueError("not a response")
    if len({key for key, _answer in answers}) != len(answers):
        raise ValueError("answered twice")
    if told.request is not None and told.request >= requests:
        raise ValueError("not a place")
    return told
