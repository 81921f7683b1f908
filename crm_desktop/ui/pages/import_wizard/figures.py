"""The ledger as figures: rows = new + of known customers + merged + left out, and continued."""

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
        self._parts: dict[Outcome | None, QWidget] = {}
        line = QHBoxLayout()
        line.setSpacing(SPACE.m)
        line.addWidget(self._part(None, "", _("rows read")), 1)
        for number, outcome in enumerate(_SHOWN):
            words = outcome_text(outcome, done=done)
            line.addWidget(self._part(outcome, "+" if number else "=", words), 1)
        self.body.addLayout(line)

    def _part(self, outcome: Outcome | None, sign: str, text: str) -> QWidget:
        figure = label("0", "title")
        self._figures[outcome] = figure
        part = self._parts[outcome] = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.m + SPACE.s)
        if sign:
            before = label(sign, "mute")
            before.setFont(font(TYPE.record))
            line.addWidget(before)
        words = column(figure, label(text, "secondary", wrap=True), spacing=2)
        words.addStretch(1)
        line.addLayout(words, 1)
        return part

    def show_result(self, result: ImportResult) -> None:
        """Show the sums over all files."""
        for outcome, figure in self._figures.items():
            count = total_rows(result) if outcome is None else result.total(outcome)
            figure.setText(say.number(count))
            # Few sheets have such rows, and five figures are read more easily than six.
            self._parts[outcome].setVisible(bool(count) or outcome is not Outcome.CONTINUED)
        self.setAccessibleName(ledger(result))
