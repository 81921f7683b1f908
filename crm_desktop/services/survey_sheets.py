"""Sheets of answers: the export of a form, a row each who answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import SheetPreview
from crm_desktop.domain.jobs import Job
from crm_desktop.domain.surveys import Question, QuestionId, Said, WholeSurvey, folded, read_answer
from crm_desktop.i18n import _
from crm_desktop.services.surveys import SheetRow

_WHO = frozenset(
    map(
        folded,
        "code|código|代码|编号|email|e-mail address|endereço de e-mail|correio|"
        "邮箱|电子邮件|电子邮箱|邮件地址|name|nome|姓名|名字|customer|cliente|客户|username|您的姓名".split(
            "|"
        ),
    )
)

_HEADERS_AMONG = 10


def read_rows(path: Path, whole: WholeSurvey, country: str, job: Job) -> list[SheetRow]:
    """The rows of a file that answer anything.

    Raises:
        UserError: it cannot be read, or no column says who or what.
        Cancelled: the user stopped it.
    """
    from crm_desktop.bridge.process.reader import Reader

    found: list[SheetRow] = []
    seen = False
    with Reader(path, country) as reader:
        for sheet in reader.inspect(job).sheets:
            header = _header(sheet, whole)
            if header == 0:
                continue
            # Questions are long for headers: those of a form are known by our own.
            if header != sheet.plan.header_row:
                sheet = reader.replan(sheet.index, header, job)
            who, asked = _columns([(x.column, x.header) for x in sheet.plan.columns], whole)
            seen = True
            for batch in reader.rows(sheet.plan, job):
                for row, raw in zip(batch.rows, batch.raws, strict=True):
                    one = _row(row, json.loads(raw), who, asked)
                    if one.who or one.answers:
                        found.append(one)
    if not seen:
        words = _("{file} needs a column with codes, e-mail addresses or names, and one a question")
        raise UserError(words.format(file=path.name))
    return found


def _header(sheet: SheetPreview, whole: WholeSurvey) -> int:
    """The row whose cells say who and what, 1-based; 0 for none."""
    for place, cells in enumerate(sheet.cells[:_HEADERS_AMONG]):
        who, asked = _columns([(str(n), text) for n, text in enumerate(cells)], whole)
        if who and asked:
            return sheet.first_row + place
    return 0


def _columns(
    headers: Sequence[tuple[str, str]], whole: WholeSurvey
) -> tuple[list[str], dict[str, Question]]:
    who: list[str] = []
    asked: dict[str, Question] = {}
    numbered = {folded(f"{n}"): one for n, one in enumerate(whole.asked, 1)}
    by_text = {folded(one.text): one for one in whole.questions}
    for column, text in headers:
        said = folded(text)
        stripped = said.lstrip("0123456789")
        question = by_text.get(said) or by_text.get(stripped) or numbered.get(said.lstrip("qp"))
        if question is not None and question not in asked.values():
            asked[column] = question
        elif said in _WHO:
            who.append(column)
    return who, asked


def _row(
    row: int, cells: dict[str, object], who: list[str], asked: dict[str, Question]
) -> SheetRow:
    answers: dict[QuestionId, Said] = {}
    for column, question in asked.items():
        said = read_answer(question, _text(cells.get(column)))
        if said is not None and question.id is not None:
            answers[question.id] = said
    named = "\n".join(filter(None, (_text(cells.get(column)) for column in who)))
    return SheetRow(row, named, None, None, answers)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
