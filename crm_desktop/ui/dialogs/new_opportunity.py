"""A new opportunity: whose, what about, and what it may be worth."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.opportunities import OpportunityId, PipelineStageId
from crm_desktop.i18n import _
from crm_desktop.ui.dialogs.sheet import Sheet, label_for
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.opportunity_words import field_example, field_text
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.edit import LineEdit


class NewOpportunity(Sheet):
    """Three lines and where it came from; Enter begins it."""

    def __init__(
        self,
        parent: QWidget,
        *,
        customer: tuple[CustomerId, str] | None = None,
        stage: PipelineStageId | None = None,
        made: Callable[[OpportunityId], object] | None = None,
    ) -> None:
        """Build it.

        Args:
            parent: the page.
            customer: whose, where that is known.
            stage: where it shall stand; None for the first one.
            made: called with its number.
        """
        super().__init__(_("New opportunity"), parent, width=440)
        self._opportunities = session_of(parent).workspace.opportunities
        self._host = host_of(parent)
        self._stage, self._made = stage, made
        self.customer = CustomerPick(_("Customer"))
        if customer is not None:
            self.customer.show_customer(*customer)
        self.title = LineEdit(name=_("What it is about"))
        self.title.setPlaceholderText(_("Azores in May, new kitchen …"))
        self.amount = LineEdit(name=field_text("amount"))
        self.amount.setPlaceholderText(field_example("amount"))
        self.source = LineEdit(name=field_text("source"))
        self.source.setPlaceholderText(field_example("source"))
        self.fields = {
            "customer": self.customer,
            "title": self.title,
            "amount": self.amount,
            "source": self.source,
        }
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.m)
        form.setVerticalSpacing(SPACE.s)
        for edit in self.fields.values():
            form.addRow(label_for(edit), edit)
            edit.textEdited.connect(self._hide_error)
        self.body.addLayout(form)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Begin"), kind="primary", clicked=self.save)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)
        self.keep_typed(lambda: [edit.text() for edit in self.fields.values()])
        first = self.title if customer is not None else self.customer
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        opportunities, source = self._opportunities, self.source
        ReadOp(self, lambda: opportunities.words_used("source"), key="words").success(
            lambda words: complete_with(source, words)
        ).run()

    def save(self) -> None:
        """Begin it; what cannot be taken is said here."""
        customer = self.customer.customer
        if customer is None:
            typed = self.customer.text().strip()
            words = _("Nobody is called “{name}”. Choose somebody from the list.")
            said = words.format(name=typed) if typed else _("Say whose it is.")
            self._refused(UserError(said, field="customer"))
            return
        if not self.yes.isEnabled():
            return  # it is on its way
        self.yes.setEnabled(False)
        opportunities, stage = self._opportunities, self._stage
        title, amount, source = (e.text() for e in (self.title, self.amount, self.source))
        op = WriteOp(
            self,
            lambda: opportunities.create(
                title, customer, stage=stage, amount=amount, source=source
            ),
        )
        op.success(self._done).failure(self._refused).always(self._answered).run()

    def _answered(self) -> None:
        self.yes.setEnabled(True)

    def _done(self, number: OpportunityId) -> None:
        self.accept()
        if self._made is not None:
            self._made(number)

    def _refused(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        edit = self.fields.get(error.field or "", self.title)
        edit.setAccessibleDescription(str(error))
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def _hide_error(self) -> None:
        self.error.hide()
        for edit in self.fields.values():
            edit.setAccessibleDescription("")
