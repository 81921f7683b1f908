"""The rows of surveys: questions, who was asked, what was answered; into other archives, too."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.orders import OrderId
from crm_desktop.domain.surveys import (
    Question,
    QuestionId,
    Request,
    RequestId,
    Response,
    ResponseId,
    Said,
    SurveyId,
    ToldRequest,
    ToldResponse,
    ToldSurvey,
    WholeResponse,
    WholeSurvey,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import ANSWERS, QUESTIONS, REQUESTS, RESPONSES, SURVEYS

_THOSE = "(SELECT value FROM json_each(?))"


def whole(connection: Connection, number: SurveyId) -> WholeSurvey | None:
    """One with its questions, or None."""
    found = SURVEYS.get(connection, number)
    return None if found is None else WholeSurvey(found, questions(connection, number))


def questions(connection: Connection, number: SurveyId) -> list[Question]:
    """The questions of a survey: those that are asked in their order, then the retired ones."""
    return list(
        QUESTIONS.where(
            connection,
            "t.survey_id = ? ORDER BY t.retired_at IS NOT NULL, t.position, t.id",
            (number,),
        )
    )


def is_answered(connection: Connection, question: QuestionId) -> bool:
    """Whether anybody has answered a question."""
    sql = "SELECT 1 FROM survey_answer WHERE question_id = ? LIMIT 1"
    return connection.execute(sql, (question,)).fetchone() is not None


def is_used(connection: Connection, survey: SurveyId) -> bool:
    """Whether anybody was asked by a survey, or answered it."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM survey_request WHERE survey_id = ?1)"
        " OR EXISTS (SELECT 1 FROM survey_response WHERE survey_id = ?1)"
    )
    return bool(connection.execute(sql, (survey,)).fetchone()[0])


def next_key(connection: Connection, survey: SurveyId) -> int:
    """A number that no question of a survey has."""
    sql = "SELECT coalesce(max(key), 0) + 1 FROM survey_question WHERE survey_id = ?"
    return int(connection.execute(sql, (survey,)).fetchone()[0])


def numbers_of(connection: Connection, survey: SurveyId) -> dict[QuestionId, list[int]]:
    """The figures that each question of a survey was answered by, by live customers."""
    rows = connection.execute(
        """SELECT a.question_id, a.number FROM survey_response r
           JOIN customer c ON c.id = r.customer_id AND c.deleted_at IS NULL
           JOIN survey_answer a ON a.response_id = r.id
           WHERE r.survey_id = ? AND a.number IS NOT NULL ORDER BY r.answered_on, r.id""",
        (survey,),
    )
    found: dict[QuestionId, list[int]] = {}
    for question, number in rows:
        found.setdefault(QuestionId(question), []).append(number)
    return found


def words_of(connection: Connection, survey: SurveyId) -> dict[QuestionId, dict[str, int]]:
    """How often each word of a choice was chosen, by the questions of a survey."""
    rows = connection.execute(
        """SELECT a.question_id, a.text, count(*) FROM survey_response r
           JOIN customer c ON c.id = r.customer_id AND c.deleted_at IS NULL
           JOIN survey_answer a ON a.response_id = r.id
           JOIN survey_question q ON q.id = a.question_id AND q.kind = 'choice'
           WHERE r.survey_id = ? GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2""",
        (survey,),
    )
    found: dict[QuestionId, dict[str, int]] = {}
    for question, text, count in rows:
        found.setdefault(QuestionId(question), {})[text] = count
    return found


def counts(connection: Connection) -> dict[SurveyId, tuple[int, int]]:
    """How many were asked by each survey, and how many answered it."""
    rows = connection.execute(
        """SELECT s.id, (SELECT count(*) FROM survey_request r JOIN customer c
             ON c.id = r.customer_id AND c.deleted_at IS NULL WHERE r.survey_id = s.id),
           (SELECT count(*) FROM survey_response r JOIN customer c
             ON c.id = r.customer_id AND c.deleted_at IS NULL WHERE r.survey_id = s.id)
           FROM survey s"""
    )
    return {SurveyId(number): (asked, answered) for number, asked, answered in rows}


def latest(connection: Connection, survey: SurveyId, limit: int) -> list[tuple[WholeResponse, str]]:
    """The newest responses to a survey, with their customers' names."""
    found = RESPONSES.where(
        connection,
        "t.survey_id = ? ORDER BY t.answered_on DESC, t.id DESC LIMIT ?",
        (survey, limit),
        join="JOIN customer c ON c.id = t.customer_id AND c.deleted_at IS NULL",
    )
    names = dict(
        connection.execute(
            f"SELECT id, name FROM customer WHERE id IN {_THOSE}",
            (json.dumps([one.customer_id for one in found]),),
        )
    )
    return [(one, names[one.response.customer_id]) for one in with_answers(connection, found)]


def with_answers(connection: Connection, found: Iterable[Response]) -> list[WholeResponse]:
    """Responses with what was answered."""
    made = []
    for one in found:
        listed = ANSWERS.where(connection, "t.response_id = ? ORDER BY t.id", (one.id,))
        said = {a.question_id: Said(a.number, a.text) for a in listed if a.question_id is not None}
        made.append(WholeResponse(one, said))
    return made


def by_code(connection: Connection, code: str) -> Request | None:
    """The newest request of a code, of a customer who is no trash."""
    found = REQUESTS.where(
        connection,
        "t.code = ? ORDER BY t.id DESC LIMIT 1",
        (code,),
        join="JOIN customer c ON c.id = t.customer_id AND c.deleted_at IS NULL",
    )
    return next(iter(found), None)


def open_request(connection: Connection, customer: CustomerId) -> list[Request]:
    """What a customer was asked and has not answered, the newest first."""
    return REQUESTS.where(
        connection,
        "t.customer_id = ? AND NOT EXISTS (SELECT 1 FROM survey_response r"
        " WHERE r.request_id = t.id) ORDER BY t.id DESC",
        (customer,),
    )


def answer_to(connection: Connection, request: RequestId) -> ResponseId | None:
    """The response that a request has already, or None."""
    sql = "SELECT id FROM survey_response WHERE request_id = ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(sql, (request,)).fetchone()
    return None if row is None else ResponseId(row[0])


def called(connection: Connection, name: str) -> list[CustomerId]:
    """Those of that very name."""
    rows = connection.execute(
        "SELECT id FROM customer WHERE deleted_at IS NULL AND name = ? COLLATE NOCASE ORDER BY id",
        (name,),
    )
    return [CustomerId(row[0]) for row in rows]


# Out of an archive and into another


def told(connection: Connection, those: Collection[int] | None = None) -> list[ToldSurvey]:
    """All surveys, or some, with their questions."""
    return [
        ToldSurvey(
            one, QUESTIONS.where(connection, "t.survey_id = ? ORDER BY t.position, t.id", (one.id,))
        )
        for one in SURVEYS.all(connection)
        if those is None or one.id in those
    ]


def used_by(connection: Connection, whom: Collection[int]) -> set[int]:
    """The surveys by which some customers were asked, or which they answered."""
    listed = json.dumps(list(whom))
    sql = " UNION ".join(
        f"SELECT survey_id FROM {table} WHERE customer_id IN (SELECT value FROM json_each(?1))"
        for table in ("survey_request", "survey_response")
    )
    return {row[0] for row in connection.execute(sql, (listed,))}


def take_in(connection: Connection, told_: ToldSurvey) -> None:
    """Write a survey, or those of its questions that it does not have here."""
    survey = told_.survey
    row = connection.execute("SELECT id FROM survey WHERE key = ?", (survey.key,)).fetchone()
    number = row[0] if row else SURVEYS.insert(connection, survey)
    known = {
        key
        for (key,) in connection.execute(
            "SELECT key FROM survey_question WHERE survey_id = ?", (number,)
        )
    }
    for question in told_.questions:
        if question.key not in known:
            QUESTIONS.insert(connection, question, survey_id=number, position=len(known))
            known.add(question.key)


def told_of(
    connection: Connection, customer: CustomerId, orders: Mapping[OrderId, int]
) -> tuple[list[ToldRequest], list[ToldResponse]]:
    """What a customer was asked and has answered, in the order in which it came.

    Args:
        connection: any.
        customer: whose.
        orders: places of his by their numbers.
    """
    keys = dict(connection.execute("SELECT id, key FROM survey"))
    questions_ = dict(connection.execute("SELECT id, key FROM survey_question"))
    requests = REQUESTS.of(connection, customer)
    places = {one.id: place for place, one in enumerate(requests)}
    responses = []
    for one in RESPONSES.of(connection, customer):
        listed = ANSWERS.where(connection, "t.response_id = ? ORDER BY t.id", (one.id,))
        answers = [(questions_[a.question_id], a) for a in listed]
        place = places.get(one.request_id) if one.request_id else None
        responses.append(ToldResponse(one, keys[one.survey_id], place, answers))
    return [
        ToldRequest(one, keys[one.survey_id], orders.get(one.order_id) if one.order_id else None)
        for one in requests
    ], responses


def take_in_answers(
    connection: Connection,
    customer: CustomerId,
    asked: Sequence[ToldRequest],
    answered: Sequence[ToldResponse],
    orders: Mapping[int, OrderId],
) -> None:
    """Give a customer what he was asked and has answered, as far as it is not here yet.

    What belongs to a survey that did not come along is left out.
    """
    if not (asked or answered):
        return
    surveys = dict(connection.execute("SELECT key, id FROM survey"))
    here, said_here = told_of(connection, customer, {})
    known = [(one.survey, REQUESTS.bare(one.request), one.request.id) for one in here]
    numbers: dict[int, int] = {}
    for place, one in enumerate(asked):
        if one.survey not in surveys:
            continue
        same = (one.survey, REQUESTS.bare(one.request))
        if there := next((row for row in known if row[:2] == same), None):
            known.remove(there)
            numbers[place] = int(there[2] or 0)
            continue
        numbers[place] = REQUESTS.insert(
            connection,
            one.request,
            customer_id=customer,
            survey_id=surveys[one.survey],
            order_id=None if one.order is None else orders.get(one.order),
        )
    listed = [_said(one) for one in said_here]
    for reply in answered:
        if reply.survey not in surveys:
            continue
        if (said := _said(reply)) in listed:
            listed.remove(said)
            continue
        survey = surveys[reply.survey]
        made = RESPONSES.insert(
            connection,
            reply.response,
            customer_id=customer,
            survey_id=survey,
            request_id=None if reply.request is None else numbers.get(reply.request),
        )
        questions_ = dict(
            connection.execute("SELECT key, id FROM survey_question WHERE survey_id = ?", (survey,))
        )
        for key, answer in reply.answers:
            if key in questions_:
                ANSWERS.insert(connection, answer, response_id=made, question_id=questions_[key])


def _said(one: ToldResponse) -> object:
    answers = [(key, ANSWERS.bare(answer)) for key, answer in one.answers]
    return one.survey, RESPONSES.bare(one.response), answers
