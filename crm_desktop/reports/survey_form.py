"""A survey on paper: boxes to tick, lines to write on, and a code that opens a prepared e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from crm_desktop.domain.customers import Customer
from crm_desktop.domain.settings import Firm
from crm_desktop.domain.surveys import RANGES, Prompt, Question, QuestionKind, Survey
from crm_desktop.i18n import _, speaking
from crm_desktop.reports import layout, letter, wording
from crm_desktop.reports.fonts import missing_characters
from crm_desktop.reports.layout import Row
from crm_desktop.reports.paper import Paper
from crm_desktop.reports.text import line

_BOX, _GAP, _STROKE = 12.0, 34.0, 0.8
_QR = 96.0
_LINES = 3


@dataclass(frozen=True, slots=True)
class PrintedSurvey:
    """All that a form is drawn from.

    Attributes:
        code: of the request.
        day: of printing.
    """

    survey: Survey
    questions: Sequence[Question]
    prompts: Sequence[Prompt]
    code: str
    customer: Customer
    firm: Firm
    day: dt.date
    home_country: str = ""


def survey_pdf(printed: PrintedSurvey) -> bytes:
    """Draw a form; equal arguments give equal bytes."""
    survey = printed.survey
    with speaking(survey.language):
        at = dt.datetime.combine(printed.day, dt.time(12), dt.UTC).astimezone()
        foot = f"{survey.title} · {printed.code}"
        paper = Paper(printed.firm, survey.language, at, printed.home_country, foot=foot)
        paper.add(survey.title, _rows(printed, paper.width))
        return paper.finish(survey.title, printed.code)


def missing_in(printed: PrintedSurvey) -> str:
    """The characters of it that no shipped font can draw."""
    survey = printed.survey
    words = [survey.title, survey.intro, survey.thanks]
    words += [text for one in printed.questions for text in (one.text, one.choices)]
    return missing_characters((*letter.texts(printed.firm, printed.customer), *words))


def mail_address(printed: PrintedSurvey) -> str:
    """What the QR code says: a message to the firm with the code and the questions' numbers.

    Their words stand on the paper; in the code they would make it too dense to be scanned.
    "" where the firm has no e-mail address.
    """
    to = printed.firm.email.strip()
    if not to:
        return ""
    body = "\r\n".join(f"{one.number}. " for one in printed.prompts)
    subject = quote(f"[{printed.code}]")
    return f"mailto:{quote(to, safe='@')}?subject={subject}&body={quote(body)}"


def _rows(printed: PrintedSurvey, width: float) -> list[Row]:
    survey = printed.survey
    facts = [
        (_("Code"), printed.code),
        (_("Date"), wording.date_text(printed.day, survey.language)),
    ]
    rows = [
        *letter.head(printed.customer, facts, width, survey.language, printed.home_country),
        layout.space(12),
        *layout.paragraph(survey.title, layout.NAME, x=0, width=width),
        *layout.paragraph(survey.intro, layout.TEXT, x=0, width=width),
        layout.space(10),
    ]
    for prompt, question in zip(printed.prompts, printed.questions, strict=True):
        rows += _question(prompt, question, width)
    return [*rows, *_foot(printed, width)]


def _question(prompt: Prompt, question: Question, width: float) -> list[Row]:
    said = f"{prompt.number}.  {prompt.text}"
    rows = layout.paragraph(said, layout.STRONG, x=0, width=width)
    rows.append(layout.space(4))
    kind = question.kind
    if kind is QuestionKind.TEXT:
        for _place in range(_LINES):
            row = Row(21)
            row.shapes.append(("rule", 16, 19, width - 16, _STROKE, layout.MUTED))
            rows.append(row)
    elif kind is QuestionKind.CHOICE:
        rows += _listed(question.words, width)
    elif kind is QuestionKind.YES_NO:
        rows += _listed([_("Yes"), _("No")], width)
    else:
        rows.append(_scale(kind, width))
    for row in rows[:-1]:
        row.keep = True
    return [*rows, layout.space(13)]


def _scale(kind: QuestionKind, width: float) -> Row:
    """Boxes with figures above them, and what the ends mean."""
    least, most = RANGES[kind]
    ends = {
        QuestionKind.CSAT: (_("very dissatisfied"), _("very satisfied")),
        QuestionKind.NPS: (_("not at all"), _("certainly")),
    }[kind]
    row = Row(30)
    first = line(ends[0], layout.LABEL)
    row.put(16, first, layout.LABEL, top=14)
    x = 16 + first.width + 16
    for number in range(least, most + 1):
        figure = line(str(number), layout.LABEL)
        row.put(x + (_BOX - figure.width) / 2, figure, layout.LABEL)
        _box(row, x, 14)
        x += min(_GAP, (width - first.width - 150) / (most - least + 1))
    row.put(x, line(ends[1], layout.LABEL), layout.LABEL, top=14)
    return row


def _listed(words: Sequence[str], width: float) -> list[Row]:
    """Boxes with words behind them, as many a row as fit."""
    rows: list[Row] = []
    x = width
    for word in words:
        parts = layout.paragraph(word, layout.VALUE, x=0, width=width - 40)
        wide = 16 + _BOX + 8 + max(t[2].width for part in parts for t in part.texts)
        if x + wide > width:
            rows.append(Row(17))
            x = 0.0
        _box(rows[-1], x + 16, 1)
        top = 0.0
        for part in parts:
            for _x, below, text, style in part.texts:
                rows[-1].texts.append((x + 16 + _BOX + 8, top + below, text, style))
            top += part.height
        rows[-1].height = max(rows[-1].height, top + 3)
        x += wide + 12
    return rows


def _box(row: Row, x: float, top: float) -> None:
    """A square to be ticked."""
    row.shapes += (
        ("rule", x, top, _BOX, _STROKE, layout.INK),
        ("rule", x, top + _BOX - _STROKE, _BOX, _STROKE, layout.INK),
        ("rule", x, top, _STROKE, _BOX, layout.INK),
        ("rule", x + _BOX - _STROKE, top, _STROKE, _BOX, layout.INK),
    )


def _foot(printed: PrintedSurvey, width: float) -> list[Row]:
    address = mail_address(printed)
    code = Row(0)
    if address:
        code = Row(_QR)
        squares = modules(address)
        side = _QR / len(squares)
        for y, listed in enumerate(squares):
            x = 0
            while x < len(listed):
                end = x
                while end < len(listed) and listed[end]:
                    end += 1
                if end > x:
                    # A hair wider than it is: no white line between two rows of squares.
                    code.shapes.append(
                        ("rule", x * side, y * side, (end - x) * side, side + 0.05, layout.INK)
                    )
                x = max(end, x) + 1
    words = [
        *layout.paragraph(printed.survey.thanks, layout.TEXT, x=0, width=width - _QR - 30),
        layout.space(6),
    ]
    if address:
        said = _("Or answer by e-mail: point your phone's camera at the square.")
        words += layout.paragraph(said, layout.QUIET, x=0, width=width - _QR - 30)
    return [layout.space(6), *layout.beside([(0.0, [code]), (_QR + 24, words)], limit=400)]


def modules(text: str) -> list[list[bool]]:
    """The squares of a QR code, from above and from the left."""
    made = QRCode(None, QRErrorCorrectLevel.L)
    made.addData(text)
    made.make()
    count = made.getModuleCount()
    return [[bool(made.isDark(y, x)) for x in range(count)] for y in range(count)]
