"""Surveys: what customers are asked afterwards, what they answer, and what all answers come to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.orders import OrderId

SurveyId = NewType("SurveyId", int)
QuestionId = NewType("QuestionId", int)
RequestId = NewType("RequestId", int)
ResponseId = NewType("ResponseId", int)
AnswerId = NewType("AnswerId", int)

LEAST_ANSWERS = 5
"""Of fewer answers a share says nothing."""


class QuestionKind(StrEnum):
    """How a question is answered: 1 to 5, 0 to 10, one of some words, yes or no, freely."""

    CSAT = "csat"
    NPS = "nps"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


# Least and most of those that are answered by a figure; of yes and no, 1 and 0.
RANGES = {QuestionKind.CSAT: (1, 5), QuestionKind.NPS: (0, 10), QuestionKind.YES_NO: (0, 1)}


class Way(StrEnum):
    """By what way somebody is asked, or answers."""

    EMAIL = "email"
    PAPER = "paper"
    TYPED = "typed"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey.

    Attributes:
        name: by which the firm knows it.
        title: what the customer reads above it.
        language: that it is written in, a key of `i18n.LANGUAGES`.
        low_csat, low_nps: an answer that is no more than that is low.
        active: whether anybody is to be asked by it any more.
        key: the same in every archive.
    """

    name: str
    title: str
    intro: str = ""
    thanks: str = ""
    language: str = "en"
    low_csat: int = 2
    low_nps: int = 6
    active: bool = True
    key: str = ""
    created_at: datetime | None = None
    id: SurveyId | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a survey.

    Attributes:
        choices: the words of a choice, a line each.
        key: its number within the survey, the same in every archive.
        retired_at: since when it is not asked any more; its answers stay.
    """

    kind: QuestionKind
    text: str
    choices: str = ""
    position: int = 0
    key: int = 0
    retired_at: datetime | None = None
    survey_id: SurveyId | None = None
    id: QuestionId | None = None

    @property
    def words(self) -> list[str]:
        """The words of a choice."""
        return [line for line in self.choices.split("\n") if line]


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody is asked.

    Attributes:
        code: stands on the form and in the message's subject.
    """

    customer_id: CustomerId
    survey_id: SurveyId
    code: str
    way: Way = Way.EMAIL
    asked_at: datetime | None = None
    order_id: OrderId | None = None
    id: RequestId | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """Somebody has answered.

    Attributes:
        request_id: what he answers, None where nobody asked.
    """

    customer_id: CustomerId
    survey_id: SurveyId
    way: Way = Way.TYPED
    answered_on: date | None = None
    created_at: datetime | None = None
    request_id: RequestId | None = None
    id: ResponseId | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What he says to one question: a figure, or words."""

    number: int | None = None
    text: str = ""
    response_id: ResponseId | None = None
    question_id: QuestionId | None = None
    id: AnswerId | None = None


class Said(NamedTuple):
    """An answer without its place: a figure, or words."""

    number: int | None = None
    text: str = ""


class Prompt(NamedTuple):
    """A question as it stands on paper and in messages.

    Attributes:
        number: 1 for the first one.
        hint: between brackets behind it: how it is answered; "" for none.
    """

    number: int
    text: str
    hint: str = ""

    @property
    def line(self) -> str:
        """What is written before the answer."""
        return (
            f"{self.number}. {self.text} ({self.hint}):"
            if self.hint
            else (f"{self.number}. {self.text}:")
        )


class WholeSurvey(NamedTuple):
    """A survey with its questions in their order, those that are retired at the end."""

    survey: Survey
    questions: Sequence[Question]

    @property
    def asked(self) -> list[Question]:
        """The questions that are asked at present."""
        return [one for one in self.questions if one.retired_at is None]


class WholeResponse(NamedTuple):
    """What somebody has answered, by the questions' numbers."""

    response: Response
    answers: dict[QuestionId, Said]


class ToldSurvey(NamedTuple):
    """A survey on its way into another archive."""

    survey: Survey
    questions: Sequence[Question]


class ToldRequest(NamedTuple):
    """A request: its survey's key, and the place of its order among the customer's."""

    request: Request
    survey: str
    order: int | None = None


class ToldResponse(NamedTuple):
    """A response: its survey's key, its request's place, answers with their questions' keys."""

    response: Response
    survey: str
    request: int | None = None
    answers: Sequence[tuple[int, Answer]] = ()


# Codes

# 31 signs, none of which is taken for another; as 31 is a prime, the last sign finds every
# single sign that is mistyped and every two neighbours that change places.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_BODY = 4
_CODE = re.compile(rf"(?<![0-9A-Z])S\s*[-‐‑‒–—−_ ]\s*([{SIGNS}]{{{_BODY + 1}}})(?![0-9A-Z])")


def make_code(pick: Callable[[str], str]) -> str:
    """A new code.

    Args:
        pick: takes one of the signs at random.
    """
    body = "".join(pick(SIGNS) for _ in range(_BODY))
    return f"S-{body}{check_sign(body)}"


def check_sign(body: str) -> str:
    """The sign that follows from the others."""
    return SIGNS[sum((place + 2) * SIGNS.index(sign) for place, sign in enumerate(body)) % 31]


def codes_in(text: str) -> list[str]:
    """The codes in a text, in the order in which they stand, each once."""
    folded = unicodedata.normalize("NFKC", text).upper()
    found = (match[1] for match in _CODE.finditer(folded))
    return list(dict.fromkeys(f"S-{one}" for one in found if check_sign(one[:-1]) == one[-1]))


# What answers come to


class Score(NamedTuple):
    """What figures come to.

    Attributes:
        total: how many there are.
        percent: of CSAT the share of 4 and 5, of NPS promoters less detractors in points; None
            where there are too few.
        mean: None where there are none.
        spread: how many answered each figure, from the least on.
    """

    total: int
    percent: int | None
    mean: float | None
    spread: Sequence[int]


def csat(numbers: Iterable[int]) -> Score:
    """The share of those who are satisfied: 4 and 5 of all."""
    return _score(numbers, QuestionKind.CSAT, lambda n: int(n >= 4))


def nps(numbers: Iterable[int]) -> Score:
    """Promoters (9 and 10) less detractors (0 to 6), in points of a hundred."""
    return _score(numbers, QuestionKind.NPS, lambda n: int(n >= 9) - int(n <= 6))


def yes_share(numbers: Iterable[int]) -> Score:
    """The share of those who say yes."""
    return _score(numbers, QuestionKind.YES_NO, lambda n: n)


def score(kind: QuestionKind, numbers: Iterable[int]) -> Score:
    """What the figures of a question come to.

    Raises:
        KeyError: it is not answered by figures.
    """
    by_kind = {QuestionKind.CSAT: csat, QuestionKind.NPS: nps, QuestionKind.YES_NO: yes_share}
    return by_kind[kind](numbers)


def _score(numbers: Iterable[int], kind: QuestionKind, weight: Callable[[int], int]) -> Score:
    listed = list(numbers)
    least, most = RANGES[kind]
    spread = [listed.count(n) for n in range(least, most + 1)]
    if not listed:
        return Score(0, None, None, spread)
    total = sum(map(weight, listed))
    percent = None
    if len(listed) >= LEAST_ANSWERS:
        # Half a point goes away from zero, as people round.
        percent = (abs(total) * 200 + len(listed)) // (2 * len(listed)) * (1 if total >= 0 else -1)
    return Score(len(listed), percent, sum(listed) / len(listed), spread)


def is_low(survey: Survey, kind: QuestionKind, number: int | None) -> bool:
    """Whether an answer asks for somebody to see after it."""
    limit = {QuestionKind.CSAT: survey.low_csat, QuestionKind.NPS: survey.low_nps}.get(kind)
    return limit is not None and number is not None and number <= limit


# Answers as people write them

_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"〇": 0, "两": 2, "○": 0}
_YES = frozenset("yes y yep sure true sim s claro 是 是的 有 对 好 会 愿意 要 可以 1 ✓ ✔ x".split())
_NO = frozenset("no n nope false nao não 否 不 不是 没有 没 不会 不愿意 不要 不可以 0".split())
_FIGURE = re.compile(r"(?<![\d.,])\d{1,3}(?![\d])")


def folded(text: str) -> str:
    """Letters and figures of a text alone, without case, marks or width."""
    split = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in split if c.isalnum())


def read_answer(question: Question, text: str) -> Said | None:
    """What somebody means by some words; None where it is no answer to the question."""
    kept = text.strip()
    if not kept:
        return None
    kind = question.kind
    if kind is QuestionKind.TEXT:
        return Said(None, kept)
    plain = unicodedata.normalize("NFKC", kept)
    if kind is QuestionKind.CHOICE:
        return _choice(question.words, plain)
    if kind is QuestionKind.YES_NO:
        first = re.split(r"[\s,.;:!，。；：！]+", plain.casefold().strip(" .!,;:。！，()[]"))[0]
        if first in _YES or first in _NO:
            return Said(int(first in _YES))
        return None
    return _figure(kind, plain)


def _figure(kind: QuestionKind, plain: str) -> Said | None:
    least, most = RANGES[kind]
    if stars := plain.count("★") + plain.count("⭐"):
        return Said(stars) if least <= stars <= most else None
    found = _FIGURE.search(plain)
    number = int(found[0]) if found else None
    if number is None:
        signs = [c for c in plain if c in _NUMERALS]
        number = _NUMERALS[signs[0]] if len(signs) == 1 else None
    return Said(number) if number is not None and least <= number <= most else None


def _choice(words: Sequence[str], plain: str) -> Said | None:
    said = folded(plain)
    same = [word for word in words if folded(word) == said]
    begun = [word for word in words if folded(word) and said.startswith(folded(word))]
    within = [word for word in words if folded(word) and folded(word) in said]
    for found in (same, sorted(begun, key=len)[-1:], within):
        if len(found) == 1:
            return Said(None, found[0])
    return None
