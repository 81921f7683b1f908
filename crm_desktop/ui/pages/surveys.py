"""Surveys: all of them with their figures at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.surveys import QuestionKind, SurveyId
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.survey_making import ListedSurvey, SurveyResults
from crm_desktop.services.survey_samples import Sample
from crm_desktop.services.surveys import score_text
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.list_page import ListPage
from crm_desktop.ui.pages.survey_panel import SurveyPanel
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import EmptyState, button
from crm_desktop.ui.widgets.line_list import Line

_TABLES = frozenset(
    ("survey", "survey_question", "survey_request", "survey_response", "survey_answer", "customer")
)


class SurveysPage(ListPage):
    """All surveys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, find=_("Find a survey"), listed=_("Surveys"))
        self._surveys: Sequence[ListedSurvey] = ()
        self._shown: SurveyId | None = None
        self.panel = SurveyPanel()
        add = button(_("New survey"), "plus", kind="primary", clicked=self.ask_new)
        self._first = button(_("New survey"), "plus", clicked=self.ask_new)
        nothing = EmptyState(
            "star",
            _("Nobody was asked yet"),
            _("Begin with a ready-made survey, change its questions, and ask from a customer."),
            self._first,
        )
        self.lay_out(_("Surveys"), add, nothing, self.panel, widths=(230, 380), shares=(2, 5))
        self.menu = QMenu(self)
        for words, run in (
            (_("After the journey"), partial(self._begin, Sample.JOURNEY)),
            (_("After the service"), partial(self._begin, Sample.SERVICE)),
            (_("Questions of my own"), self._create),
        ):
            self.menu.addAction(words).triggered.connect(run)
        self.search.textChanged.connect(self._fill)
        self.list.selectionModel().currentRowChanged.connect(self._chosen)
        self.session.bus.changed.connect(self._changed)

    def activate(self) -> None:
        """Into the list."""
        self._into_list()
        self._ask()

    def new(self) -> bool:
        """Ctrl+N: another survey."""
        self.ask_new()
        return True

    def ask_new(self) -> None:
        """Which one."""
        self.menu.popup(self.mapToGlobal(self.rect().center()))

    def _begin(self, which: Sample, *_checked: object) -> None:
        surveys = self.workspace.surveys
        WriteOp(self, lambda: surveys.begin(which)).success(self._made).run()

    def _create(self, *_checked: object) -> None:
        surveys, name = self.workspace.surveys, _("New survey")
        WriteOp(self, lambda: surveys.create(name)).success(self._made).run()

    def _made(self, number: Any) -> None:
        self._shown = SurveyId(number)
        self._ask()

    def _ask(self) -> None:
        surveys = self.workspace.surveys
        ReadOp(self, surveys.list, key="list").success(self._take).run()

    def _take(self, found: Sequence[ListedSurvey]) -> None:
        fonts.ensure_for(*(one.survey.name for one in found))
        self._surveys = found
        words = ngettext("{n} survey", "{n} surveys", len(found))
        self.count.setText(words.format(n=say.number(len(found))) if found else "")
        self._fill()

    def _fill(self, *_text: object) -> None:
        text = self.search.text().casefold()
        self._listed = [one for one in self._surveys if text in one.survey.name.casefold()]
        numbers = [one.survey.id for one in self._listed]
        if self._shown not in numbers:
            self._shown = numbers[0] if numbers else None
        model = self.list.selectionModel()
        model.blockSignals(True)
        self.list.lines.show([_line(one) for one in self._listed])
        if self._shown in numbers:
            self.list.choose(numbers.index(self._shown))
        model.blockSignals(False)
        if self._shown is None:
            self._side.setCurrentWidget(self._nothing)
        else:
            self._show(self._shown)

    def _chosen(self) -> None:
        at = self.list.row()
        number = self._listed[at].survey.id if 0 <= at < len(self._listed) else None
        if number is not None:
            self._show(number)

    def _show(self, number: SurveyId) -> None:
        self._shown = number
        surveys = self.workspace.surveys
        ReadOp(self, lambda: surveys.results(number), key="survey").success(self._take_one).failure(
            self._gone
        ).run()

    def _take_one(self, found: SurveyResults) -> None:
        if found.whole.survey.id == self._shown:
            self.panel.show_survey(found)
            self._side.setCurrentWidget(self.panel)

    def _gone(self, _error: UserError) -> None:
        self._shown = None
        self._ask()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._ask()


def _line(one: ListedSurvey) -> Line:
    csat = score_text(QuestionKind.CSAT, one.csat)
    nps = score_text(QuestionKind.NPS, one.nps)
    return Line(one.survey.name, f"CSAT {csat} · NPS {nps}", say.number(one.answered))
