"""How quotations, orders and receipts are numbered, with the number that comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.numbers import DEFAULT_PATTERNS, Gap, Series
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.numbers import NumberService
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import label
from crm_desktop.ui.widgets.edit import InlineEdit

_SHOWN = 5
_Known = dict[Series, tuple[str, str, list[Gap]]]


class NumberRows(QWidget):
    """A row for each series: its pattern, the next number, and numbers that nothing bears."""

    def __init__(self) -> None:
        super().__init__()
        self.patterns: dict[Series, InlineEdit] = {}
        self.told = {series: label("", "caption", wrap=True) for series in Series}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.m)
        grid.setVerticalSpacing(SPACE.xs)
        grid.setColumnMinimumWidth(0, 110)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        for place, series in enumerate(Series):
            name = series_text(series)
            field = InlineEdit(_("Pattern: {name}").format(name=name))
            field.edit.setProperty("flat", False)
            field.edit.setPlaceholderText(DEFAULT_PATTERNS[series])
            field.committed.connect(partial(self._save, series))
            grid.addWidget(label(name), place, 0)
            grid.addWidget(field, place, 1)
            grid.addWidget(self.told[series], place, 2)
            self.patterns[series] = field

    def ask(self) -> None:
        """Read how they are numbered."""
        numbers = self._service()

        def read() -> _Known:
            return {
                series: (numbers.pattern(series), numbers.expected(series), numbers.gaps(series))
                for series in Series
            }

        ReadOp(self, read, key="numbers").success(self._show).run()

    def _show(self, known: _Known) -> None:
        for series, (pattern, following, gaps) in known.items():
            self.patterns[series].set_value(pattern)
            said = [_("next: {number}").format(number=following)]
            if gaps:
                words = ngettext(
                    "given out, and nothing bears it: {list}",
                    "given out, and nothing bears them: {list}",
                    len(gaps),
                )
                listed = ", ".join(gap.number for gap in gaps[:_SHOWN])
                said.append(words.format(list=f"{listed} …" if len(gaps) > _SHOWN else listed))
            self.told[series].setText("\n".join(said))

    def _save(self, series: Series, text: str) -> None:
        numbers, field = self._service(), self.patterns[series]

        def refused(error: UserError) -> None:
            field.show_error(str(error))

        def saved(_none: None) -> None:
            self.ask()

        WriteOp(self, lambda: numbers.set_pattern(series, text)).success(saved).failure(
            refused
        ).run()

    def _service(self) -> NumberService:
        return session_of(self).workspace.numbers


def series_text(series: Series) -> str:
    """What is numbered."""
    return {
        Series.QUOTATION: _("Quotations"),
        Series.ORDER: _("Orders"),
        Series.RECEIPT: _("Receipts"),
    }[series]
