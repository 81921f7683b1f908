"""The quotations of a customer or of an opportunity, in its panel, and a way to begin another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.opportunities import OpportunityId
from crm_desktop.domain.quotations import ListedQuotation, QuotationId
from crm_desktop.i18n import _
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.quotation_rows import QuotationRow

_TABLES = frozenset(("quotation", "quotation_line"))
_MOST = 5


class QuotationSection(QWidget):
    """A row each, the newest first; `rows_changed` tells that others stand there."""

    rows_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._customer: CustomerId | None = None
        self._name = ""
        self._opportunity: OpportunityId | None = None
        self._listening = False
        self._all = False
        self._found: Sequence[ListedQuotation] = ()
        self.rows: list[QuotationRow] = []
        self.add = button(_("+ Quotation"), kind="link", clicked=self._begin)
        self.add.setToolTip(_("New quotation"))
        self.add.setAccessibleName(_("New quotation"))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.more = button("", kind="link", clicked=self._show_all)
        self.more.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(row(label(_("Quotations"), "section"), None, self.add))
        box.addLayout(self._list)
        box.addLayout(row(self.more, None))

    # Showing.

    def show_customer(self, customer: CustomerId, name: str) -> None:
        """Show all of a customer's."""
        self._show_of(customer, name, None)

    def show_opportunity(
        self, opportunity: OpportunityId | None, customer: CustomerId, name: str
    ) -> None:
        """Show those of an opportunity of a customer."""
        self._show_of(customer, name, opportunity)

    def _show_of(self, customer: CustomerId, name: str, opportunity: OpportunityId | None) -> None:
        if not self._listening:
            session_of(self).bus.changed.connect(self._changed)
            self._listening = True
        if (customer, opportunity) != (self._customer, self._opportunity):
            self._all = False
            self._show(())
        self._customer, self._name, self._opportunity = customer, name, opportunity
        self._ask()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES:
            self._ask()

    def _ask(self) -> None:
        customer, opportunity = self._customer, self._opportunity
        if customer is None:
            return
        quotations = session_of(self).workspace.quotations

        def read() -> Sequence[ListedQuotation]:
            if opportunity is not None:
                return quotations.of_opportunity(opportunity)
            return quotations.of(customer)

        ReadOp(self, read, key="of").success(self._show).run()

    def _show(self, found: Sequence[ListedQuotation]) -> None:
        fonts.ensure_for(*(one.quotation.title for one in found))
        self._found, today = found, date.today()
        shown = found if self._all else found[:_MOST]
        changed = len(shown) != len(self.rows)
        for gone in self.rows[len(shown) :]:
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        del self.rows[len(shown) :]
        while len(self.rows) < len(shown):
            made = QuotationRow()
            made.opened.connect(self._open)
            self.rows.append(made)
            self._list.addWidget(made)
        for made, listed in zip(self.rows, shown, strict=True):
            made.show_one(listed, today)
        self.more.setText(_("… and {n} more").format(n=say.number(len(found) - len(shown))))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(len(found) > len(shown))
        if changed:
            self.rows_changed.emit()

    def _show_all(self) -> None:
        self._all = True
        self._show(self._found)

    # Doing.

    def _open(self, number: QuotationId) -> None:
        host_of(self).show_quotation(number)

    def _begin(self) -> None:
        customer, opportunity = self._customer, self._opportunity
        if customer is None:
            return
        if opportunity is None:
            from crm_desktop.ui.dialogs.new_quotation import NewQuotation

            NewQuotation(self, customer=(customer, self._name)).open()
            return
        # Its title is known: there is nothing to ask.
        quotations = session_of(self).workspace.quotations
        self.add.setEnabled(False)
        op = WriteOp(self, lambda: quotations.create("", customer, opportunity=opportunity))
        op.success(self._open).always(self._answered).run()

    def _answered(self) -> None:
        self.add.setEnabled(True)
