"""What may be sold to a customer: his opportunities, and a way to begin another one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.opportunities import Opportunity, OpportunityId, PipelineStage
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.ui import format as say
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import SPACE, fonts
from crm_desktop.ui.widgets.basic import button, label, row
from crm_desktop.ui.widgets.elided_link import ElidedLink

_TABLES = frozenset(("opportunity", "pipeline_stage"))
_MOST = 5
Found = Sequence[tuple[Opportunity, PipelineStage]]


class CustomerOpportunities(QWidget):
    """A line each, what is open first."""

    def __init__(self) -> None:
        super().__init__()
        self._customer: tuple[CustomerId, str] | None = None
        self._listening = False
        self._all = False
        self._found: Found = ()
        self.titles: list[str] = []
        self.add = button(_("+ Opportunity"), kind="link", clicked=self._begin)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.more = button("", kind="link", clicked=self._show_all)
        self.more.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE.xs)
        box.addLayout(row(label(_("Opportunities"), "section"), None, self.add))
        box.addLayout(self._lines)
        box.addLayout(row(self.more, None))

    def show_customer(self, customer: CustomerId, name: str) -> None:
        """Show what may be sold to a customer."""
        if not self._listening:
            session_of(self).bus.changed.connect(self._changed)
            self._listening = True
        if self._customer is None or customer != self._customer[0]:
            self._all = False
            self._show(())
        self._customer = customer, name
        self._ask()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES:
            self._ask()

    def _ask(self) -> None:
        if self._customer is not None:
            number, opportunities = self._customer[0], session_of(self).workspace.opportunities
            ReadOp(self, lambda: opportunities.of(number), key="of").success(self._show).run()

    def _show(self, found: Found) -> None:
        if found == self._found and not self._all:
            return
        fonts.ensure_for(*(one.title for one, _stage in found))
        self._found = found
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        shown = found if self._all else found[:_MOST]
        self.titles = [one.title for one, _stage in shown]
        for one, stage in shown:
            if one.id is not None:
                self._lines.addWidget(self._line(one, stage, one.id))
        self.more.setText(_("… and {n} more").format(n=say.number(len(found) - len(shown))))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(len(found) > len(shown))

    def _line(self, one: Opportunity, stage: PipelineStage, number: OpportunityId) -> QWidget:
        made = QWidget()
        go = ElidedLink("briefcase", clicked=partial(self._open, number))
        go.set_text(one.title)
        said = " · ".join(filter(None, (stage.name, amounts.money_shown(one.money))))
        made.setLayout(row(go, None, label(said, "caption")))
        go.setAccessibleDescription(said)
        return made

    def _show_all(self) -> None:
        self._all = True
        self._show(self._found)

    def _open(self, number: OpportunityId, *_checked: object) -> None:
        host_of(self).show_opportunity(number)

    def _begin(self) -> None:
        from crm_desktop.ui.dialogs.new_opportunity import NewOpportunity

        if self._customer is not None:
            NewOpportunity(self, customer=self._customer, made=self._begun).open()

    def _begun(self, _number: OpportunityId) -> None:
        host_of(self).toast(_("The opportunity is written down"))
