"""A new quotation: for whom, and what it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.quotations import Quotation, QuotationId
from crm_desktop.i18n import _
from crm_desktop.ui.dialogs.sheet import Sheet, label_for
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.edit import LineEdit


class NewQuotation(Sheet):
    """Two lines; Enter begins it and opens it."""

    def __init__(
        self,
        parent: QWidget,
        *,
        customer: tuple[CustomerId, str] | None = None,
        copied: Quotation | None = None,
    ) -> None:
        """Build it.

        Args:
            parent: the page.
            customer: for whom, where that is known.
            copied: what it shall say, where that stands in another one.
        """
        head = _("New quotation") if copied is None else _("Copy for another customer")
        super().__init__(head, parent, width=440)
        self._copied = copied
        self._quotations = session_of(parent).workspace.quotations
        self._host = host_of(parent)
        self.customer = CustomerPick(_("Customer"))
        if customer is not None:
            self.customer.show_customer(*customer)
        self.title = LineEdit(name=_("What it is about"))
        self.title.setPlaceholderText(_("Azores in May, new kitchen …"))
        if copied is not None:
            self.title.setText(copied.title)
            self.title.setReadOnly(True)
        self.fields = {"customer": self.customer, "title": self.title}
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE.m)
        form.setVerticalSpacing(SPACE.s)
        for edit in self.fields.values():
            form.addRow(label_for(edit), edit)
            edit.textEdited.connect(self._hide_error)
        self.body.addLayout(form)
        self.body.addWidget(
            label(_("It is a draft until you issue it; then it has its number."), "mute", wrap=True)
        )
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.yes = button(_("Begin"), kind="primary", clicked=self.save)
        self.end_with(None, button(_("Cancel"), clicked=self.give_up), self.yes, default=self.yes)
        self.keep_typed(lambda: [edit.text() for edit in self.fields.values()])
        first = self.title if customer is not None else self.customer
        first.setFocus(Qt.FocusReason.OtherFocusReason)

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
        quotations, title = self._quotations, self.title.text()
        copied = None if self._copied is None else self._copied.id

        def write() -> QuotationId:
            if copied is not None:
                return quotations.copy(copied, customer=customer)
            return quotations.create(title, customer)

        op = WriteOp(self, write)
        op.success(self._done).failure(self._refused).always(self._answered).run()

    def _answered(self) -> None:
        self.yes.setEnabled(True)

    def _done(self, number: QuotationId) -> None:
        self.accept()
        self._host.show_quotation(number)

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
