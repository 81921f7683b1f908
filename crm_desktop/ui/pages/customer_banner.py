"""What must be seen at once of a customer: that he is not to be contacted, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.cases import Case, Severity
from crm_desktop.domain.customers import Customer
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button
from crm_desktop.ui.widgets.notice import Notice


class CustomerBanner(QWidget):
    """Notices above the facts.

    `field_wanted` carries a fact that is to be taken back and its new value, `case_wanted` the
    number of the case to be shown.
    """

    field_wanted = Signal(str, str)
    case_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._worst: Case | None = None
        self._field = ""
        self.take_back = button(_("Take back"), kind="link", clicked=self._take_back)
        self.show_case = button(_("Show"), kind="link", clicked=self._show_case)
        self.barred = Notice("ban", self.take_back, kind="error")
        self.open_cases = Notice("circle-alert", self.show_case, kind="warning")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addWidget(self.barred)
        box.addWidget(self.open_cases)
        self.hide()

    def show_customer(self, customer: Customer, cases: Sequence[Case]) -> None:
        """Show what is to be seen of a customer, the worst case first."""
        facts = customer.facts
        self._field = "deceased" if facts.deceased else "do_not_contact"
        self.barred.text.setText(
            _("Deceased: no greetings, no mailings.")
            if facts.deceased
            else _("Do not contact: no greetings, no mailings.")
        )
        self.barred.setVisible(not customer.may_be_written_to)
        waiting = [case for case in cases if case.is_open]
        self._worst = waiting[0] if waiting else None
        if self._worst is not None:
            self.open_cases.text.setText(_case_words(self._worst, len(waiting) - 1))
        self.open_cases.setVisible(bool(waiting))
        self.setVisible(bool(waiting) or not customer.may_be_written_to)

    def _take_back(self) -> None:
        self.field_wanted.emit(self._field, "no")

    def _show_case(self) -> None:
        if self._worst is not None:
            self.case_wanted.emit(self._worst.id)


def _case_words(worst: Case, others: int) -> str:
    words = worst.subject
    if worst.severity is Severity.HIGH:
        words = _("Urgent: {subject}").format(subject=words)
    if worst.promised_on is not None:
        day = worst.promised_on
        said = say.short_date(day.year, day.month, day.day)
        words = _("{case} · promised for {day}").format(case=words, day=said)
    if others:
        more = ngettext("{case} · {n} more is open", "{case} · {n} more are open", others)
        words = more.format(case=words, n=say.number(others))
    return words
