"""What a quotation says, from its facts to its last words, to be scrolled."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.quotations import may_be_edited
from crm_desktop.i18n import _
from crm_desktop.ui.pages.quotation_facts import QuotationFacts, Save
from crm_desktop.ui.pages.quotation_found import Found
from crm_desktop.ui.pages.quotation_lines import QuotationLinesCard
from crm_desktop.ui.pages.quotation_texts import LongText
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import Card


class QuotationBody(QScrollArea):
    """Facts, the words before the lines, the lines with their totals, the words after them."""

    def __init__(self, save: Save) -> None:
        """Build it.

        Args:
            save: called with a field of the facts, its new text, and the edit for a refusal.
        """
        super().__init__()
        self.facts = QuotationFacts(save)
        self.lines = QuotationLinesCard()
        self.lines.shown.connect(self._bring)
        self.intro = LongText(
            _("Before the lines"), _("A few words to begin with: thanks for the call …")
        )
        self.terms = LongText(
            _("After the lines"), _("Terms: deposit, cancellation, what is not in it …")
        )
        self.texts = {"intro": self.intro, "terms": self.terms}
        self._cards = {field: Card(margins=(14, 12, 14, 6)) for field in self.texts}
        for field, card in self._cards.items():
            card.body.addWidget(self.texts[field])
        self._inner = QWidget()
        self._box = QVBoxLayout(self._inner)
        self._box.setSpacing(SPACE.m)
        for part in (self.facts, self._cards["intro"], self.lines, self._cards["terms"]):
            self._box.addWidget(part)
        self._box.addStretch(1)
        self._keep_edge(0, 0)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._inner)
        self.verticalScrollBar().rangeChanged.connect(self._keep_edge)

    def show_found(self, found: Found) -> None:
        """Show a quotation as it is now."""
        one = found.whole.quotation
        is_open = may_be_edited(one)
        self.facts.show_quotation(one)
        self.lines.show_whole(found.whole, found.country)
        for field, part in self.texts.items():
            said = getattr(one, field)
            part.show_text(one.id, said, is_open=is_open)
            self._cards[field].setVisible(is_open or bool(said))

    def refused(self) -> list[tuple[str, str]]:
        """What stands refused in lines and texts, as it was typed, and why."""
        said = (part.refused() for part in self.texts.values())
        return [*self.lines.refusals(), *(one for one in said if one is not None)]

    def forget(self) -> None:
        """It is to stand for another one."""
        self.facts.forget()
        for edit in (self.lines.totals.discount, self.lines.totals.rounding):
            edit.forget()

    def _keep_edge(self, _least: int, most: int) -> None:
        """The cards end where the head does, with or without a bar beside them."""
        bar = self.verticalScrollBar().sizeHint().width() if most else 0
        self._box.setContentsMargins(SPACE.xl, 0, SPACE.xl - bar, SPACE.xl)

    def _bring(self, place: QRect) -> None:
        """Bring a place of the lines into sight."""
        at = self.lines.mapTo(self._inner, place.center())
        self.ensureVisible(at.x(), at.y(), 0, place.height())
