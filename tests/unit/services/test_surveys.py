"""Surveys: asked by mail and on paper, answered in every way, low answers open a case."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest

from crm_desktop.domain.customers import ContactPoint, CustomerDraft, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.surveys import (
    SIGNS,
    Prompt,
    Question,
    QuestionId,
    QuestionKind,
    RequestId,
    Said,
    SurveyId,
    Way,
    codes_in,
    csat,
    make_code,
    nps,
    read_answer,
)
from crm_desktop.services.survey_samples import Sample, prompts
from crm_desktop.services.surveys import score_text
from crm_desktop.services.workspace import Workspace


@pytest.fixture
def w(workspace: Workspace) -> Workspace:
    workspace.settings.set_home_country("PT")
    return workspace


@pytest.fixture
def ana(w: Workspace) -> CustomerId:
    point = ContactPoint("email", "ana@example.org", "ana@example.org")
    return w.customers.create(CustomerDraft("Ana Reis", contact_points=(point,)))


def test_scores_say_when_there_is_too_little() -> None:
    assert csat([5, 4, 3, 1]).percent is None
    assert score_text(QuestionKind.CSAT, csat([5, 4, 3, 1])) == "4 of 5 needed"
    found = csat([5, 4, 3, 1, 4])
    assert (found.percent, found.total, found.mean) == (60, 5, 3.4)
    assert list(found.spread) == [1, 0, 1, 2, 1]
    assert nps([10, 9, 8, 7, 6]).percent == 20
    assert nps([0, 1, 2, 9, 7, 8]).percent == -33
    assert score_text(QuestionKind.NPS, nps([10] * 5)) == "+100"


def test_a_mistyped_code_is_none() -> None:
    signs = iter("7KQ4")
    code = make_code(lambda _all: next(signs))
    assert codes_in(f"Re: x [{code}]") == codes_in(f"ｓ－{code[2:].lower()}") == [code]
    for place in range(2, len(code)):
        for sign in SIGNS:
            if sign != code[place]:
                assert codes_in(code[:place] + sign + code[place + 1 :]) == []
    for at in range(2, len(code) - 1):
        turned = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert codes_in(turned) == ([] if turned != code else [code])


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (QuestionKind.CSAT, "４", 4), (QuestionKind.CSAT, "5/5", 5), (QuestionKind.CSAT, "6", None),
        (QuestionKind.CSAT, "★★★", 3), (QuestionKind.CSAT, "四", 4), (QuestionKind.NPS, "10!", 10),
        (QuestionKind.NPS, "11", None), (QuestionKind.YES_NO, "Sim, claro", 1),
        (QuestionKind.YES_NO, "não", 0), (QuestionKind.YES_NO, "不是。", 0),
        (QuestionKind.YES_NO, "perhaps", None),
    ],
)  # fmt: skip
def test_answers_as_people_write_them(kind: QuestionKind, text: str, number: int | None) -> None:
    said = read_answer(Question(kind, "?"), text)
    assert (None if said is None else said.number) == number


def asked(w: Workspace, ana: CustomerId, tongue: str = "en") -> tuple[SurveyId, EmailMessage]:
    survey = w.surveys.begin(Sample.JOURNEY, tongue)
    path, _step = w.surveys.mail(survey, ana)
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return survey, found


def reply(folder: Path, subject: str, text: str, *, html: str = "") -> Path:
    made = EmailMessage()
    made["From"], made["Subject"] = "Ana <ana@example.org>", subject
    made["Date"] = "Mon, 04 May 2026 10:00:00 +0000"
    made.set_content(html, subtype="html") if html else made.set_content(text)
    path = folder / "reply.eml"
    path.write_bytes(made.as_bytes())
    return path


def filled(text: str, answers: list[str]) -> str:
    lines, left = text.split("\n"), list(answers)
    for place, line in enumerate(lines):
        if re.match(r"\d\. ", line):
            lines[place] = line.rstrip() + " " + left.pop(0)
    assert not left
    return "\n".join(lines)


def said(w: Workspace, path: Path) -> list[object]:
    found = w.surveys.read_message(path)
    assert found is not None
    return [
        None if (a := found.answers.get(q.id)) is None else (a.text or a.number)  # type: ignore[arg-type]
        for q in found.whole.asked
    ]


ANSWERS = ["5", "２", "9", "Nothing at all"]
READ = [5, 2, 9, "Nothing at all"]
HEADS = {
    "en": "On Mon, 4 May 2026, Viagens Aurora <a@example.org> wrote:",
    "pt": "Viagens Aurora <a@example.org> escreveu (segunda, 4/05/2026):",
    "zh_CN": "在 2026年5月4日，Viagens Aurora 写道：",
}


@pytest.mark.parametrize("tongue", [*HEADS])
def test_replies_are_read_from_every_client(
    w: Workspace, ana: CustomerId, tmp_path: Path, tongue: str
) -> None:
    _survey, mail = asked(w, ana, tongue)
    subject, text = f"Re: {mail['Subject']}", mail.get_content()
    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "ana@example.org"
    whole = filled(text, ANSWERS)
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    inside = "\n".join(f"> {line}" for line in whole.split("\n"))
    numbered = "\n".join(f"{n}. {one}" for n, one in enumerate(ANSWERS, 1))
    below = re.sub(r"(?m)^(> (\d)\. .*)$", lambda m: f"{m[1]}\n{ANSWERS[int(m[2]) - 1]}", quoted)
    page = whole.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    above = HEADS[tongue]
    bare = "\n".join(ANSWERS)
    for body in (
        whole,
        f"Hi!\n\n{above}\n{inside}",
        f"{numbered}\n\n{above}\n{quoted}",
        f"{above}\n{below}",
        f"{bare}\n\n{above}\n{quoted}",
    ):
        assert said(w, reply(tmp_path, subject, body)) == READ
    as_page = reply(tmp_path, subject, "", html=f"<div>{page}</div>")
    assert said(w, as_page) == READ
    # Without a code he is known by his address.
    assert said(w, reply(tmp_path, "Hello", numbered)) == READ
    stranger = tmp_path / "other.eml"
    stranger.write_bytes(b"From: x@example.com\nSubject: A trip\n\nHow much is it?\n")
    assert w.surveys.read_message(stranger) is None


def test_wrapped_questions_are_found(w: Workspace) -> None:
    from crm_desktop.bridge.surveys.replies import read_reply

    one = Question(QuestionKind.NPS, "Would you recommend us to friends?", id=QuestionId(1))
    text = "> 1. Would you recommend\n> us to “friends”? (0 = no, 10 =\n> yes): 8\n"
    found = read_reply(text, [one], [Prompt(1, one.text, "0 = no, 10 = yes")])
    assert found == {QuestionId(1): Said(8)}


def test_a_low_answer_opens_a_case_in_the_same_step(w: Workspace, ana: CustomerId) -> None:
    survey, _mail = asked(w, ana)
    one, _two, _nps, text = w.surveys.get(survey).asked
    assert one.id is not None
    assert text.id is not None
    w.surveys.answer(survey, ana, {one.id: "2", text.id: "cold rooms"})
    [case] = w.cases.of(ana)
    assert case.subject == "Low answer: How was your journey?"
    assert "cold rooms" in case.text
    kinds = [e.kind for e in w.timeline.page(_query(ana)).entries]
    assert {"survey_asked", "survey_answered", "case_opened"} <= set(kinds)
    w.history.undo()
    assert w.cases.of(ana) == []
    assert w.surveys.results(survey).latest == []
    [rule] = [one for one in w.rules.all() if one.ready == "low_answer"]
    w.rules.switch(rule, on=False)
    w.surveys.answer(survey, ana, {one.id: "1"})
    assert w.cases.of(ana) == []


def _query(customer: CustomerId) -> object:
    from crm_desktop.domain.timeline import TimelineQuery

    return TimelineQuery(customer)


def test_a_question_with_answers_is_retired(w: Workspace, ana: CustomerId) -> None:
    survey, _mail = asked(w, ana)
    one, two, *_others = w.surveys.get(survey).asked
    assert one.id is not None
    assert two.id is not None
    w.surveys.answer(survey, ana, {one.id: "5"})
    w.surveys.drop_question(one.id)
    w.surveys.drop_question(two.id)
    whole = w.surveys.get(survey)
    assert [q.id for q in whole.questions if q.retired_at] == [one.id]
    assert len(whole.questions) == 3
    with pytest.raises(UserError, match="out of use"):
        w.surveys.remove(survey)
    with pytest.raises(UserError, match="whole number"):
        w.surveys.answer(survey, ana, {one.id: "7"})


@pytest.mark.parametrize("tongue", [*HEADS])
def test_the_form_has_the_code_and_a_square(w: Workspace, ana: CustomerId, tongue: str) -> None:
    survey = w.surveys.begin(Sample.SERVICE, tongue)
    request: RequestId = w.surveys.paper(survey, ana)
    pdf = w.surveys.form(request)
    assert not pdf.missing_characters
    pages = pypdfium2.PdfDocument(pdf.data)
    text = pages[0].get_textpage().get_text_bounded()
    assert len(codes_in(text)) == 1
    assert w.surveys.get(survey).asked[0].text[:4] in text
    pages.close()


def test_the_squares_are_few_enough_to_be_scanned(w: Workspace, ana: CustomerId) -> None:
    from dataclasses import replace
    from urllib.parse import parse_qs, urlsplit

    from crm_desktop.domain.settings import Firm
    from crm_desktop.reports.survey_form import mail_address, modules

    for tongue in HEADS:
        survey = w.surveys.begin(Sample.JOURNEY, tongue)
        printed = replace(w.surveys._printed(survey, ana, "S-7KQ4M"), firm=Firm(email="a@x.org"))
        address = mail_address(printed)
        parts = urlsplit(address)
        assert (parts.scheme, parts.path) == ("mailto", "a@x.org")
        assert "[S-7KQ4M]" in parse_qs(parts.query)["subject"][0]
        assert parse_qs(parts.query)["body"][0].startswith("1. \r\n2. ")
        # Half a millimetre a square at least: 96 points are 34 mm.
        assert len(modules(address)) <= 60
        assert mail_address(replace(printed, firm=Firm())) == ""


def test_a_sheet_of_answers(w: Workspace, ana: CustomerId, tmp_path: Path) -> None:
    survey, _mail = asked(w, ana)
    first, _second, third, _text = w.surveys.get(survey).asked
    sheet = tmp_path / "form.csv"
    sheet.write_text(
        f'E-mail,"{first.text}","{third.text}"\nana@example.org,5,10\nnobody@example.org,4,9\n',
        encoding="utf-8",
    )
    found = w.surveys.read_sheet(survey, sheet)
    assert [one.customer is not None for one in found] == [True, False]
    w.surveys.take_sheet(survey, found, "form.csv")
    [(whole, name)] = w.surveys.results(survey).latest
    assert name == "Ana Reis"
    assert whole.response.way is Way.SHEET
    assert {said_.number for said_ in whole.answers.values()} == {5, 10}
    w.history.undo()
    assert w.surveys.results(survey).latest == []


def test_merging_and_erasing_take_answers_along(w: Workspace, ana: CustomerId) -> None:
    survey, _mail = asked(w, ana)
    one = w.surveys.get(survey).asked[0]
    assert one.id is not None
    w.surveys.answer(survey, ana, {one.id: "5"})
    other = w.customers.create(CustomerDraft("Ana R."))
    w.duplicates.merge(other, ana)
    assert [name for _r, name in w.surveys.results(survey).latest] == ["Ana R."]
    w.customers.delete([other])
    assert w.surveys.results(survey).latest == []
    assert [s.answered for s in w.surveys.list()] == [0]


def test_prompts_are_in_the_surveys_language(w: Workspace) -> None:
    whole = w.surveys.get(w.surveys.begin(Sample.SERVICE, "en"))
    assert prompts(whole.survey, whole.asked)[1].line.endswith("(yes / no):")
