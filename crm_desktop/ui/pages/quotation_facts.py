"""What a quotation says of itself: language, money, days, and how its prices stand to taxes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QGridLayout

from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.quotations import Quotation, may_be_edited
from crm_desktop.i18n import LANGUAGES, _
from crm_desktop.ui import format as say
from crm_desktop.ui.quotation_words import day_text, taxes_text
from crm_desktop.ui.theme import SPACE, colours
from crm_desktop.ui.widgets.basic import Card, label
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import ChoiceFact, FactRow, TextFact

Save = Callable[[str, str, InlineEdit | None], object]
_COLUMNS = 3


class QuotationFacts(Card):
    """Edited in place while it is a draft."""

    def __init__(self, save: Save) -> None:
        """Build it.

        Args:
            save: called with a field, its new text, and the edit that shows a refusal.
        """
        super().__init__(margins=(14, 6, 14, 6))
        tongues = [(key, name, None) for key, name in LANGUAGES.items()]
        self.language = ChoiceFact(_("Language"), tongues, partial(self._chosen, "language"))
        kinds = [(taxes.value, taxes_text(taxes), None) for taxes in Taxes]
        self.taxes = ChoiceFact(_("Prices"), kinds, partial(self._chosen, "taxes"))
        self.currency = TextFact(_("Currency"), partial(self._typed, "currency"))
        self.until = TextFact(_("Valid until"), partial(self._typed, "valid_until"))
        self.day = label("")
        self.day.setMinimumHeight(24)
        self.day.setIndent(8)
        self.decided = label("", wrap=True)
        self.decided.setMinimumHeight(24)
        self.decided.setIndent(8)
        self._decided = FactRow("", self.decided)
        self._save = save
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE.l)
        grid.setVerticalSpacing(0)
        facts = (
            FactRow(_("Date"), self.day), self.language, self.currency,
            self.until, self.taxes, self._decided,
        )  # fmt: skip
        for place, fact in enumerate(facts):
            grid.addWidget(fact, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)

    def show_quotation(self, one: Quotation) -> None:
        """Show what it says."""
        is_open, plain = may_be_edited(one), colours().neutral
        self.language.show_value(one.language, LANGUAGES.get(one.language, one.language), plain)
        self.taxes.show_value(one.taxes.value, taxes_text(one.taxes), plain)
        self.currency.show_value(one.currency)
        until = one.valid_until
        self.until.show_value("" if until is None else until.isoformat(), day_text(until))
        day = date.today() if one.issued_at is None else say.local(one.issued_at).date()
        words = day_text(day) if one.issued_at is not None else _("when it is issued")
        self.day.setText(words)
        for fact in (self.language, self.taxes):
            fact.button.setEnabled(is_open)
        for text in (self.currency, self.until):
            text.edit.edit.setReadOnly(not is_open)
        self.until.edit.edit.setPlaceholderText(_("2030-05-31 …") if is_open else "–")
        decided = one.decided_at
        self._decided.setVisible(decided is not None)
        if decided is not None:
            self._decided.name.set_text(_("Decided"))
            self.decided.setText(day_text(say.local(decided).date()))

    def forget(self) -> None:
        """It is to stand for another one: nothing is typed, nothing is wrong."""
        for text in (self.currency, self.until):
            text.rest()

    def _chosen(self, field: str, key: str) -> None:
        self._save(field, key, None)

    def _typed(self, field: str, text: str, edit: InlineEdit) -> None:
        self._save(field, text, edit)
