"""One lead: who asks and for what, who he may be, and what is judged of him."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.leads import AcceptedLead, Lead, LeadId, LeadStatus, Likely
from crm_desktop.i18n import _
from crm_desktop.services.workspace import Workspace
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.leaving import leave
from crm_desktop.ui.ops import WriteOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, hairline, label, refill, row
from crm_desktop.ui.widgets.edit import InlineEdit, LineEdit
from crm_desktop.ui.widgets.facts import TextFact


class LeadView(NamedTuple):
    """A lead, with the customers whom he may be."""

    lead: Lead
    likely: Sequence[Likely]


def read_lead(workspace: Workspace, number: LeadId) -> LeadView:
    """Read all that is shown of a lead, on a reader's thread."""
    return LeadView(workspace.leads.get(number), workspace.leads.likely(number))


class LeadPanel(QWidget):
    """Shows and judges a lead."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: LeadView | None = None
        self.name = label("", "record", wrap=True)
        self.came = label("", "secondary", wrap=True)
        self.message = label("", "", wrap=True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details = label("", "secondary", wrap=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = {
            field: TextFact(name, partial(self._save, field), placeholder=example)
            for field, name, example in (
                ("name", _("Name"), _("a person's name")),
                ("organisation", _("Organisation"), ""),
                ("phone", _("Phone"), ""),
                ("email", _("E-mail"), ""),
                ("city", _("City"), ""),
                ("owner", _("Looked after by"), _("who follows it up")),
            )
        }
        self.title = LineEdit(name=_("What it is about"))
        self.title.setPlaceholderText(_("what is wanted; empty for the first words above"))
        self.yes = button(_("Genuine: a new customer"), "check", kind="primary")
        self.yes.clicked.connect(self.accept)
        self.yes.setToolTip(_("He becomes a customer with an opportunity and a first task"))
        self.no = button(_("Discard"), "x", clicked=self.discard)
        self.no.setToolTip(_("He does not mean it (Del)"))
        self.reason = LineEdit(name=_("Why it is discarded"))
        self.reason.setPlaceholderText(_("why, if it is discarded"))
        self.again = button(_("Judge anew"), "rotate-ccw", clicked=self._take_up)
        self.customer = button(_("Open the customer"), "user", clicked=self._go)
        self.is_known = label("", "section", wrap=True)
        self.likely: list[QWidget] = []
        self._likely = QVBoxLayout()
        self._likely.setSpacing(2)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(20, 16, 20, 20)
        box.setSpacing(SPACE.m)
        box.addWidget(self.name)
        box.addWidget(self.came)
        box.addWidget(self.message)
        box.addWidget(self.details)
        box.addWidget(hairline())
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for fact in self.facts.values():
            facts.addWidget(fact)
        box.addLayout(facts)
        box.addWidget(hairline())
        box.addWidget(self.is_known)
        box.addLayout(self._likely)
        self._judging = QWidget()
        judging = QVBoxLayout(self._judging)
        judging.setContentsMargins(0, 0, 0, 0)
        judging.setSpacing(SPACE.s)
        judging.addWidget(self.title)
        judging.addLayout(row(self.yes, None))
        no = row(self.no, self.reason)
        no.setStretch(1, 1)
        judging.addLayout(no)
        box.addWidget(self._judging)
        box.addWidget(self.error)
        box.addLayout(row(self.again, self.customer, None))
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    # Showing.

    @property
    def number(self) -> LeadId | None:
        """Which one is shown."""
        return None if self.shown is None else self.shown.lead.id

    def show_lead(self, view: LeadView) -> None:
        """Show one; what is being typed into it is left alone."""
        lead = view.lead
        if lead.id != self.number:
            leave(self)
            for fact in self.facts.values():
                fact.edit.forget()
            self.title.clear()
            self.reason.clear()
            self.error.hide()
            self.area.verticalScrollBar().setValue(0)
        self.shown = view
        fonts.ensure_for(lead.called, lead.message, lead.details)
        self.name.setText(lead.called)
        when = ""
        if lead.received_at is not None:
            at = say.local(lead.received_at)
            when = say.full_date(at.year, at.month, at.day)
        self.came.setText(" · ".join(filter(None, (when, lead.source))))
        self.message.setText(lead.message or _("Nothing was written."))
        self.details.setText(lead.details)
        self.details.setVisible(bool(lead.details))
        judged = lead.status is not LeadStatus.NEW
        for field, fact in self.facts.items():
            fact.show_value(getattr(lead, field))
            fact.edit.edit.setReadOnly(judged)
        self._show_judging(view)

    def _show_judging(self, view: LeadView) -> None:
        lead = view.lead
        new = lead.status is LeadStatus.NEW
        self._judging.setVisible(new)
        self.again.setVisible(lead.status is LeadStatus.DISCARDED)
        self.customer.setVisible(lead.customer_id is not None)
        words = {
            LeadStatus.NEW: _("Is it one of these?") if view.likely else _("Does he mean it?"),
            LeadStatus.GENUINE: _("Genuine: he is a customer."),
            LeadStatus.DISCARDED: _("Discarded. {reason}").format(reason=lead.reason),
        }[lead.status]
        self.is_known.setText(words.strip())
        self.likely = [self._line(one) for one in view.likely] if new else []
        refill(self._likely, self.likely)

    def _line(self, one: Likely) -> QWidget:
        made = QWidget()
        take = button(
            _("Genuine: it is {name}").format(name=one.name),
            "user-check",
            clicked=partial(self._accept_as, one.customer),
        )
        said = _("reached alike") if one.sure else _("called alike")
        made.setLayout(row(take, label(said, "caption"), None))
        return made

    # Judging.

    def accept(self, *_checked: object) -> None:
        """He means it, and is a new customer."""
        self._accept(None)

    def accept_likeliest(self) -> None:
        """He means it: he is the one who is reached alike, or else a new customer."""
        sure = [] if self.shown is None else [one for one in self.shown.likely if one.sure]
        self._accept(sure[0].customer if len(sure) == 1 else None)

    def _accept_as(self, customer: CustomerId, *_checked: object) -> None:
        self._accept(customer)

    def _accept(self, customer: CustomerId | None) -> None:
        leads, number, host = session_of(self).workspace.leads, self.number, host_of(self)
        if number is None:
            return
        title = self.title.text()

        def done(made: AcceptedLead) -> None:
            way = (_("Open the opportunity"), partial(host.show_opportunity, made.opportunity))
            host.toast(_("A customer, an opportunity and a first task"), action=way)

        WriteOp(self, lambda: leads.accept(number, customer=customer, title=title)).success(
            done
        ).failure(self._tell).run()

    def discard(self, *_checked: object) -> None:
        """He does not mean it."""
        leads, number, reason = session_of(self).workspace.leads, self.number, self.reason.text()
        if number is not None:
            self._run(lambda: leads.discard(number, reason), _("The lead is discarded"))

    def _take_up(self) -> None:
        leads, number = session_of(self).workspace.leads, self.number
        if number is not None:
            self._run(lambda: leads.take_up(number), "")

    def _go(self) -> None:
        if self.shown is not None and self.shown.lead.customer_id is not None:
            host_of(self).show_customer(self.shown.lead.customer_id)

    def _run(self, act: Callable[[], StepId | None], words: str) -> None:
        host = host_of(self)

        def done(step: StepId | None) -> None:
            if words:
                host.toast(words, undo=step)

        WriteOp(self, act).success(done).failure(self._tell).run()

    def _save(self, field: str, text: str, edit: InlineEdit) -> None:
        leads, number = session_of(self).workspace.leads, self.number
        if number is None:
            return

        def refused(error: UserError) -> None:
            if self.number == number:
                edit.show_error(str(error))
            else:
                host_of(self).show_problem(error)

        WriteOp(self, lambda: leads.update(number, field, text)).failure(refused).run()

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
