"""The ledger as figures: rows = new + of known customers + merged + continued + left out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from crm_desktop.domain.imports import ImportResult, Outcome
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.pages.import_wizard.words import ledger, outcome_text, total_rows
from crm_desktop.ui.theme import SPACE, TYPE
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import Card, column, label

_SHOWN = tuple(Outcome)


class Figures(Card):
    """The figures with the signs between them."""

    def __init__(self, parent: QWidget | None = None, *, done: bool) -> None:
        super().__init__(parent, margins=(20, 16, 20, 16))
        self._figures: dict[Outcome | None, QLabel] = {}
        line = QHBoxLayout()
        line.setSpacing(SPACE.m)
        self._add(line, None, _("rows read"))
        for number, outcome in enumerate(_SHOWN):
            sign = label("+" if number else "=", "mute")
            sign.setFont(font(TYPE.record))
            line.addWidget(sign)
            line.addSpacing(SPACE.s)
            self._add(line, outcome, outcome_text(outcome, done=done))
        self.body.addLayout(line)

    def _add(self, line: QHBoxLayout, outcome: Outcome | None, text: str) -> None:
        figure = label("0", "title")
        self._figures[outcome] = figure
        line.addLayout(column(figure, label(text, "secondary"), spacing=2), 1)

    def show_result(self, result: ImportResult) -> None:
        """Show the sums over all files."""
        for outcome, figure in self._figures.items():
            count = total_rows(result) if outcome is None else result.total(outcome)
            figure.setText(say.number(count))
        self.setAccessibleName(ledger(result))
