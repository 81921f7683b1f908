"""Who travels by an order, and the documents that each has to hand in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import (
    OrderId,
    PaperState,
    Requirement,
    RequirementId,
    Traveller,
    TravellerId,
    TravellerPaper,
)
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.order_words import day_text, paper_text
from crm_desktop.ui.theme import SPACE
from crm_desktop.ui.widgets.basic import button, label, refill, remove_button, row
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.edit import LineEdit


class Travelling(NamedTuple):
    """Who travels, and what has to be handed in."""

    travellers: Sequence[tuple[Traveller, str]]
    requirements: Sequence[Requirement]
    papers: Sequence[TravellerPaper]


class OrderTravellers(QWidget):
    """Shows them; `customer_wanted` carries one who is to be shown."""

    customer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.number: OrderId | None = None
        self.missing = label("", "error", wrap=True)
        self.pick = CustomerPick(_("Who travels, too"))
        self.pick.picked.connect(self._picked)
        self.kind = LineEdit(name=_("Document that each hands in"))
        self.kind.setPlaceholderText(_("Passport, visa form …"))
        self.day = LineEdit(name=_("By which day"))
        self.day.setPlaceholderText(_("by …"))
        self.months = LineEdit(name=_("Valid for how many months beyond the end"))
        self.months.setPlaceholderText(_("months valid after"))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        for field in (self.kind, self.day, self.months):
            field.takes_enter = True
            field.returnPressed.connect(self.require)
            field.textEdited.connect(self.error.hide)
        self.lines: list[QWidget] = []
        self._lines, self._needs = QVBoxLayout(), QVBoxLayout()
        for lines in (self._lines, self._needs):
            lines.setSpacing(0)
        needs = row(self.kind, self.day, self.months, spacing=SPACE.xs)
        for place, stretch in enumerate((3, 2, 3)):
            needs.setStretch(place, stretch)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addWidget(label(_("Travellers and their documents"), "section"))
        box.addWidget(self.missing)
        box.addLayout(self._lines)
        box.addWidget(self.pick)
        box.addLayout(self._needs)
        box.addLayout(needs)
        box.addWidget(self.error)

    def show_travelling(self, number: OrderId, found: Travelling) -> None:
        """Show who travels by an order."""
        if number != self.number:
            for field in (self.kind, self.day, self.months):
                field.clear()
            self.pick.show_customer(None, "")
            self.error.hide()
            self._offer_kinds()
        self.number = number
        short = [paper for paper in found.papers if paper.state is not PaperState.HERE]
        words = ngettext(
            "{n} document is missing or not valid for long enough",
            "{n} documents are missing or not valid for long enough",
            len(short),
        )
        self.missing.setText(words.format(n=len(short)))
        self.missing.setVisible(bool(short))
        self.lines = [self._line(one, name, found.papers) for one, name in found.travellers]
        refill(self._lines, self.lines)
        refill(self._needs, [self._need(one) for one in found.requirements])

    def _line(self, one: Traveller, name: str, papers: Sequence[TravellerPaper]) -> QWidget:
        made = QWidget()
        go = button(name, "user", kind="link", clicked=partial(self._go, one.customer_id))
        line = row(go)
        for paper in papers:
            if paper.traveller.id == one.id:
                here = paper.state is PaperState.HERE
                line.addWidget(label(paper_text(paper), "caption" if here else "error"))
        line.addStretch(1)
        if one.notes:
            line.addWidget(label(one.notes, "caption"))
        assert one.id is not None
        line.addWidget(remove_button(_("Does not travel"), partial(self._leave, one.id)))
        made.setLayout(line)
        return made

    def _need(self, one: Requirement) -> QWidget:
        made = QWidget()
        said = [one.kind, day_text(one.due_on)]
        if one.months:
            words = ngettext(
                "valid {n} month beyond the end", "valid {n} months beyond the end", one.months
            )
            said.append(words.format(n=one.months))
        line = row(label(" · ".join(filter(None, said)), "secondary", wrap=True))
        line.setStretch(0, 1)
        if one.id is not None:
            line.addWidget(remove_button(_("Not required any more"), partial(self._drop, one.id)))
        else:
            line.addWidget(label(_("by a step"), "caption"))
        made.setLayout(line)
        return made

    def _offer_kinds(self) -> None:
        documents, field = session_of(self).workspace.documents, self.kind
        ReadOp(self, documents.kinds, key="kinds").success(
            lambda kinds: complete_with(field, kinds)
        ).run()

    # Writing.

    def _picked(self) -> None:
        customer, number = self.pick.customer, self.number
        if customer is None or number is None:
            return
        travellers = session_of(self).workspace.travellers
        WriteOp(self, lambda: travellers.add(number, customer)).failure(self._tell).run()
        self.pick.show_customer(None, "")

    def require(self) -> None:
        """Have every traveller hand in what is typed."""
        travellers, number = session_of(self).workspace.travellers, self.number
        kind, day, months = (field.text() for field in (self.kind, self.day, self.months))
        if number is None or not kind.strip():
            return

        def done(_step: StepId) -> None:
            if self.kind.text() == kind:
                for field in (self.kind, self.day, self.months):
                    field.clear()

        op = WriteOp(self, lambda: travellers.require(number, kind, day, months))
        op.success(done).failure(self._tell).run()

    def _leave(self, number: TravellerId, *_checked: object) -> None:
        travellers, host = session_of(self).workspace.travellers, host_of(self)

        def done(step: StepId) -> None:
            host.toast(_("Does not travel any more"), undo=step)

        WriteOp(self, lambda: travellers.remove(number)).success(done).run()

    def _drop(self, number: RequirementId, *_checked: object) -> None:
        travellers, host = session_of(self).workspace.travellers, host_of(self)

        def done(step: StepId) -> None:
            host.toast(_("Not required any more"), undo=step)

        WriteOp(self, lambda: travellers.drop(number)).success(done).run()

    def _go(self, customer: CustomerId, *_checked: object) -> None:
        self.customer_wanted.emit(customer)

    def _tell(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
