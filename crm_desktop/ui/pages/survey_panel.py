"""One survey: its questions, edited in place, and what came of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.surveys import (
    RANGES,
    Question,
    QuestionId,
    QuestionKind,
    ResponseId,
    SurveyId,
)
from crm_desktop.i18n import LANGUAGES, _, ngettext
from crm_desktop.services.survey_making import SurveyResults
from crm_desktop.services.surveys import said_text, score_text
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.leaving import leave
from crm_desktop.ui.ops import JobOp, WriteOp
from crm_desktop.ui.theme import SPACE, colours, fonts, icons
from crm_desktop.ui.widgets.basic import (
    PillButton,
    button,
    hairline,
    label,
    refill,
    remove_button,
    row,
)
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.facts import TextFact
from crm_desktop.ui.widgets.spread import Spread


class SurveyPanel(QWidget):
    """Shows and changes a survey."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: SurveyResults | None = None
        self.facts = {
            field: TextFact(name, partial(self._save, field), placeholder="")
            for field, name in (
                ("name", _("Name")),
                ("title", _("Title")),
                ("intro", _("Introduction")),
                ("thanks", _("Thanks")),
                ("low_csat", _("Low from 1–5")),
                ("low_nps", _("Low from 0–10")),
            )
        }
        self.state = PillButton(tells=True)
        self.more = button("", "ellipsis", kind="quiet", name=_("More"))
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind"))
        for kind in QuestionKind:
            self.kind.addItem(kind_text(kind), kind.value)
        self.text = LineEdit(name=_("Another question"))
        self.text.setPlaceholderText(_("Another question; a choice: Which? train / bus"))
        self.text.takes_enter = True
        self.text.returnPressed.connect(self._add)
        self.answer = button(_("Type in answers"), "pencil", clicked=self._answer)
        self.sheet = button(_("Take in a sheet…"), "file-up", clicked=self._ask_sheet)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._questions, self._latest = QVBoxLayout(), QVBoxLayout()
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 16, 20, 20)
        box.setSpacing(SPACE.m)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for fact in self.facts.values():
            facts.addWidget(fact)
        box.addLayout(row(self.state, None, self.more))
        box.addLayout(facts)
        box.addWidget(hairline())
        box.addWidget(label(_("Questions"), "section"))
        box.addLayout(self._questions)
        add = row(self.kind, self.text)
        add.setStretch(1, 1)
        box.addLayout(add)
        box.addWidget(self.error)
        box.addWidget(hairline())
        box.addLayout(row(label(_("Latest answers"), "section"), None, self.sheet, self.answer))
        box.addLayout(self._latest)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    @property
    def number(self) -> SurveyId | None:
        """Which one is shown."""
        return None if self.shown is None else self.shown.whole.survey.id

    def show_survey(self, found: SurveyResults) -> None:
        """Show one."""
        survey = found.whole.survey
        if survey.id != self.number:
            leave(self)
            for fact in self.facts.values():
                fact.edit.forget()
        self.shown = found
        fonts.ensure_for(survey.title, survey.intro, *(q.text for q in found.whole.questions))
        for field, fact in self.facts.items():
            fact.show_value(str(getattr(survey, field)))
        self._show_state(found)
        refill(self._questions, [self._question(one) for one in found.whole.questions])
        refill(self._latest, [self._line(place) for place in range(len(found.latest))])

    def _show_state(self, found: SurveyResults) -> None:
        survey, tints = found.whole.survey, colours()
        words = _("In use") if survey.active else _("Out of use")
        spoken = LANGUAGES[survey.language]
        self.state.set_pill(f"{words} · {spoken}", tints.green if survey.active else tints.neutral)
        self.menu.clear()
        turn = _("Put out of use") if survey.active else _("Use it again")
        value = "" if survey.active else "1"
        self.menu.addAction(turn).triggered.connect(partial(self._set, "active", value))
        tongues = self.menu.addMenu(_("Language"))
        for tongue, name in LANGUAGES.items():
            action = tongues.addAction(name)
            action.setCheckable(True)
            action.setChecked(tongue == survey.language)
            action.triggered.connect(partial(self._set, "language", tongue))
        if not found.used:
            self.menu.addAction(_("Delete the survey")).triggered.connect(self._remove)

    def _question(self, one: Question) -> QWidget:
        assert self.shown is not None
        assert one.id is not None
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, SPACE.s)
        box.setSpacing(2)
        edit = InlineEdit(one.text)
        edit.set_value(one.text)
        edit.committed.connect(partial(self._change, one.id, edit))
        kind = label(kind_text(one.kind), "caption")
        if one.retired_at is not None:
            edit.edit.setReadOnly(True)
            again = button(_("Ask again"), kind="link", clicked=partial(self._again, one.id))
            kind.setText(_("not asked any more"))
            line = row(edit, kind, again)
        else:
            said = (
                _("Ask no more; its answers stay")
                if one.id in self.shown.answered
                else _("Delete the question; nobody has answered it")
            )
            line = row(edit, kind, spacing=SPACE.xs)
            for icon, name, by in (("arrow-up", _("Earlier"), -1), ("arrow-down", _("Later"), 1)):
                sign = button("", kind="link", name=name, clicked=partial(self._move, one.id, by))
                icons.set_icon(sign, icon, "mute", 14)
                line.addWidget(sign)
            line.addWidget(remove_button(said, partial(self._drop, one.id)))
        line.setStretch(0, 1)
        box.addLayout(line)
        if one.kind is QuestionKind.CHOICE and one.retired_at is None:
            words = InlineEdit(_("Words to choose from"))
            words.set_value(" / ".join(one.words))
            words.committed.connect(partial(self._change_words, one.id, words))
            box.addWidget(words)
        bars = self._bars(one)
        if bars:
            found = self.shown.scores.get(one.id)
            if found is not None:
                count = ngettext("{n} answer", "{n} answers", found.total)
                result = _("Result: {figure}").format(figure=score_text(one.kind, found))
                said_ = [result]
                if found.mean is not None:
                    said_.append(_("Mean: {figure}").format(figure=f"{found.mean:.1f}"))
                said_.append(count.format(n=say.number(found.total)))
                box.addWidget(label(" · ".join(said_), "secondary"))
            box.addWidget(Spread(bars, one.text))
        return made

    def _bars(self, one: Question) -> list[tuple[str, int, str]]:
        assert self.shown is not None
        if one.id is None:
            return []
        if one.kind is QuestionKind.CHOICE:
            words = self.shown.words.get(one.id, {})
            return [(word, words.get(word, 0), "blue") for word in one.words] if words else []
        found = self.shown.scores.get(one.id)
        if found is None or not found.total:
            return []
        least = RANGES[one.kind][0]
        return [
            (_figure(one, least + place), count, _tone(one.kind, least + place))
            for place, count in enumerate(found.spread)
        ]

    def _line(self, place: int) -> QWidget:
        assert self.shown is not None
        whole, name = self.shown.latest[place]
        response, made = whole.response, QWidget()
        said = [
            said_text(one, whole.answers[one.id])
            for one in self.shown.whole.questions
            if one.id in whole.answers
        ]
        words = label(" · ".join(said), "caption", wrap=True)
        go = button(name, "user", kind="link", clicked=partial(self._go, response.customer_id))
        day = response.answered_on
        when = say.full_date(day.year, day.month, day.day) if day else ""
        line = row(go, words, label(when, "caption"))
        line.setStretch(1, 1)
        assert response.id is not None
        line.addWidget(remove_button(_("Remove this answer"), partial(self._unsay, response.id)))
        made.setLayout(line)
        return made

    # Changing.

    def _surveys(self) -> Any:
        return session_of(self).workspace.surveys

    def _go(self, customer: CustomerId, *_checked: object) -> None:
        host_of(self).show_customer(customer)

    def _answer(self) -> None:
        from crm_desktop.ui.dialogs.survey_sheets import AnswerSheet

        if self.shown is not None:
            AnswerSheet(self, self.shown.whole).open()

    def _ask_sheet(self) -> None:
        dialog = QFileDialog(self, _("Take in a sheet"))
        dialog.setNameFilters([_("Sheets (*.csv *.xlsx *.xls *.ods)"), _("All files (*)")])
        dialog.fileSelected.connect(self._sheet_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _sheet_chosen(self, name: str) -> None:
        self.take_sheet(Path(name))

    def take_sheet(self, path: Path) -> None:
        """Read a form's export and show whose its rows are."""
        from crm_desktop.ui.dialogs.survey_sheets import TakeSheet

        surveys, number = self._surveys(), self.number

        def show(found: Any) -> None:
            assert number is not None
            TakeSheet(self, number, found, path.name).open()

        JobOp(self, lambda job: surveys.read_sheet(number, path, job)).success(show).run()

    def _add(self) -> None:
        surveys, number = self._surveys(), self.number
        kind, text = QuestionKind(self.kind.currentData()), self.text.text()
        words = ""
        if kind is QuestionKind.CHOICE and "?" in text:
            text, _mark, words = text.partition("?")
            text += "?"

        def done(_number: object) -> None:
            self.text.clear()
            self.error.hide()

        WriteOp(self, lambda: surveys.add_question(number, kind, text, words)).success(
            done
        ).failure(self._tell).run()

    def _set(self, field: str, value: str, *_checked: object) -> None:
        surveys, number = self._surveys(), self.number
        WriteOp(self, lambda: surveys.update(number, field, value)).failure(self._tell).run()

    def _remove(self, *_checked: object) -> None:
        surveys, number = self._surveys(), self.number
        self._undoable(lambda: surveys.remove(number), _("The survey is deleted"))

    def _unsay(self, number: ResponseId, *_checked: object) -> None:
        surveys = self._surveys()
        self._undoable(lambda: surveys.remove_response(number), _("The answer is removed"))

    def _move(self, number: QuestionId, by: int, *_checked: object) -> None:
        surveys = self._surveys()
        WriteOp(self, lambda: surveys.move_question(number, by)).failure(self._tell).run()

    def _change_words(self, number: QuestionId, edit: InlineEdit, text: str) -> None:
        surveys = self._surveys()

        def refused(error: UserError) -> None:
            edit.show_error(str(error))

        WriteOp(self, lambda: surveys.update_question(number, "choices", text)).failure(
            refused
        ).run()

    def _undoable(self, act: Callable[[], object], words: str) -> None:
        host = host_of(self)

        def done(step: Any) -> None:
            host.toast(words, undo=step)

        WriteOp(self, act).success(done).failure(self._tell).run()

    def _drop(self, number: QuestionId, *_checked: object) -> None:
        surveys, host = self._surveys(), host_of(self)

        def done(step: Any) -> None:
            host.toast(_("The question is asked no more"), undo=step)

        WriteOp(self, lambda: surveys.drop_question(number)).success(done).run()

    def _again(self, number: QuestionId, *_checked: object) -> None:
        surveys = self._surveys()
        WriteOp(self, lambda: surveys.ask_again(number)).failure(self._tell).run()

    def _change(self, number: QuestionId, edit: InlineEdit, text: str) -> None:
        surveys = self._surveys()

        def refused(error: UserError) -> None:
            edit.show_error(str(error))

        WriteOp(self, lambda: surveys.update_question(number, "text", text)).failure(refused).run()

    def _save(self, field: str, text: str, edit: InlineEdit) -> None:
        surveys, number = self._surveys(), self.number

        def refused(error: UserError) -> None:
            edit.show_error(str(error))

        WriteOp(self, lambda: surveys.update(number, field, text)).failure(refused).run()

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()


def kind_text(kind: QuestionKind) -> str:
    """What a kind of question is called."""
    return {
        QuestionKind.CSAT: _("Satisfaction 1–5"),
        QuestionKind.NPS: _("Recommendation 0–10"),
        QuestionKind.CHOICE: _("Choice"),
        QuestionKind.YES_NO: _("Yes or no"),
        QuestionKind.TEXT: _("Text"),
    }[kind]


def _figure(one: Question, number: int) -> str:
    if one.kind is QuestionKind.YES_NO:
        return _("yes") if number else _("no")
    return str(number)


def _tone(kind: QuestionKind, number: int) -> str:
    low, high = {QuestionKind.CSAT: (2, 4), QuestionKind.NPS: (6, 9)}.get(kind, (0, 1))
    return "red" if number <= low else "green" if number >= high else "amber"
