"""What a quotation comes to: discount in total, tax by its rates, rounding, the sum."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from crm_desktop.domain.money import Money
from crm_desktop.domain.pricing import Taxes
from crm_desktop.domain.quotations import WholeQuotation, may_be_edited
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.ui.quotation_words import discount_typed, figure
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import label
from crm_desktop.ui.widgets.edit import InlineEdit

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_EDIT = 116
_WIDTH = 288


class QuotationTotals(QWidget):
    """`committed` carries a field (`discount`, `rounding`), its new text and its edit."""

    committed = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.discount = InlineEdit(_("Discount in total"), placeholder=_("10 %, 50 …"))
        self.rounding = InlineEdit(_("Round the total to"), placeholder=_("0.05 …"))
        self.discount.committed.connect(self._discount_typed)
        self.rounding.committed.connect(self._rounding_typed)
        for edit in (self.discount, self.rounding):
            edit.setFixedWidth(_EDIT)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE.m)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(2, 96)
        self._grid.setColumnStretch(1, 1)
        self.setMinimumWidth(_WIDTH)
        self._subtotal = self._row(0, _("Subtotal"))
        self._off = self._row(1, _("Discount"), self.discount)
        self._taxes: list[tuple[QLabel, QLabel]] = []
        self._rounded = self._row(90, _("Round to"), self.rounding)
        self._total = self._row(91, _("Total"), role="record")
        self._grid.setRowMinimumHeight(91, 34)

    def texts(self) -> list[tuple[str, str]]:
        """The rows shown, from top to bottom: word and amount."""
        rows = [self._subtotal, self._off, *self._taxes, self._rounded, self._total]
        return [(w.text(), a.text()) for w, a in rows if not w.isHidden()]

    def show_whole(self, whole: WholeQuotation, country: str) -> None:
        """Show what it comes to."""
        one, found = whole.quotation, whole.totals
        is_open, currency = may_be_edited(one), one.currency
        self._subtotal[1].setText(figure(found.subtotal, currency))
        off = one.discount
        typed = discount_typed(off.percent, off.amount, currency, country)
        self.discount.set_value(typed)
        step = Money(one.rounding, currency)
        typed = amounts.number_typed(step.value, country) if one.rounding > 1 else ""
        self.rounding.set_value(typed)
        for edit in (self.discount, self.rounding):
            edit.edit.setReadOnly(not is_open)
        self._off[1].setText(figure(-found.discount, currency) if found.discount else "")
        self._rounded[1].setText(figure(found.rounding, currency) if found.rounding else "")
        self._show(self._off, self.discount, is_open or bool(found.discount))
        self._show(self._rounded, self.rounding, is_open or one.rounding > 1)
        added = one.taxes is Taxes.ADDED
        rates = [tax for tax in found.taxes if tax.rate or len(found.taxes) > 1]
        while len(self._taxes) < len(rates):
            self._taxes.append(self._row(2 + len(self._taxes), ""))
        for place, (word, amount) in enumerate(self._taxes):
            word.setVisible(place < len(rates))
            amount.setVisible(place < len(rates))
            if place < len(rates):
                rate, net, tax = rates[place]
                words = (
                    _("Tax {rate} on {amount}") if added else _("of which tax {rate} on {amount}")
                )
                said = amounts.rate_shown(rate)
                word.setText(words.format(rate=said, amount=figure(net, currency)))
                amount.setText(figure(tax, currency))
        self._total[1].setText(amounts.money_shown(whole.total))
        self._total[1].setAccessibleName(f"{_('Total')}: {self._total[1].text()}")

    def _row(
        self, at: int, word: str, edit: InlineEdit | None = None, *, role: str = "secondary"
    ) -> tuple[QLabel, QLabel]:
        name, amount = label(word, role), label("", "" if role == "secondary" else role)
        amount.setAlignment(_RIGHT)
        self._grid.addWidget(name, at, 0, 1, 1 if edit is not None else 2)
        if edit is not None:
            self._grid.addWidget(edit, at, 1)
        else:
            name.setMinimumHeight(24)
        self._grid.addWidget(amount, at, 2)
        return name, amount

    def _show(self, words: tuple[QLabel, QLabel], edit: InlineEdit, shown: bool) -> None:
        for part in (*words, edit):
            part.setVisible(shown)

    def _discount_typed(self, text: str) -> None:
        self.committed.emit("discount", text, self.discount)

    def _rounding_typed(self, text: str) -> None:
        self.committed.emit("rounding", text, self.rounding)
