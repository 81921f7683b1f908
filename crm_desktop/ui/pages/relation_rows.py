"""Rows of the facts card: to whom a customer is something, and his family."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.relations import FAMILY, OwnRelationKind, RelatedCustomer
from crm_desktop.services.relations import Said
from crm_desktop.ui.drafts import NOTHING, Draft
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.row_groups import Maker, Makers, RowGroup
from crm_desktop.ui.widgets.facts import FactRow
from crm_desktop.ui.widgets.related import RelatedFact
from crm_desktop.ui.widgets.relation_adder import NewRelation, RelationAdder


class RelationRows(RowGroup):
    """A row each; the adder stands below the card's rows."""

    draft_key = "relation"
    # What the adder is to show once the kinds are read.
    _coming: Draft = NOTHING

    def build(self) -> RelationAdder:
        """Make what adds a relation."""
        self.adder = RelationAdder()
        self.adder.wanted.connect(self._add)
        return self.adder

    def wanted(self) -> Makers:
        """What he is to others, and who of his family named him."""
        rows: Makers = {}
        for one in self.facts.related.forward:
            rows[f"relation:{one.kind}:{one.id}"] = Maker(partial(self._row, one, turned=False))
        for one in self._family():
            rows[f"relation:~{one.kind}:{one.id}"] = Maker(partial(self._row, one, turned=True))
        return rows

    def fill(self) -> None:
        """Show the names as they are now."""
        listed = [(f"relation:{one.kind}:{one.id}", one) for one in self.facts.related.forward]
        listed += [(f"relation:~{one.kind}:{one.id}", one) for one in self._family()]
        for key, one in listed:
            fact = self.facts.rows.get(key)
            if isinstance(fact, RelatedFact):
                fact.show_one(one)

    def _family(self) -> list[RelatedCustomer]:
        return [one for one in self.facts.related.backward if one.kind in FAMILY]

    def _row(self, one: RelatedCustomer, *, turned: bool) -> FactRow:
        made = RelatedFact(one, turned=turned)
        made.link.customer_wanted.connect(self.facts.panel.customer_wanted)
        made.remove_wanted.connect(partial(self.remove, one, turned))
        return made

    def remove(self, one: RelatedCustomer, turned: bool) -> None:
        """End a relation."""
        relations, wanted = session_of(self.facts).workspace.relations, self.facts.customer.id
        self.facts.write(lambda: relations.remove(wanted, Said(one.kind, one.id, turned)))

    def draft(self) -> Draft:
        """What is typed of a new one."""
        return self._coming or self.adder.typed()

    def take_up(self, draft: Draft) -> None:
        """Show one that was typed; an empty one goes."""
        self.adder.stop()
        self._coming = draft
        if draft:
            self._open(with_cursor=False)

    def ask(self) -> None:
        """Ask for a new one, or go on with what is typed."""
        self._coming = self.draft()
        self._open(with_cursor=True)

    def _open(self, *, with_cursor: bool) -> None:
        workspace, customer = session_of(self.facts).workspace, self.facts.customer

        def show(own: list[OwnRelationKind]) -> None:
            if self.facts.customer.id != customer.id:
                return
            draft, self._coming = self._coming, NOTHING
            self.adder.start(customer.id, customer.kind, own)
            if draft:
                self.adder.fill(draft)
            if with_cursor:
                self.adder.kind.setFocus(Qt.FocusReason.OtherFocusReason)

        ReadOp(self.facts, workspace.relations.own_kinds, key="relations").success(show).run()

    def _add(self, new: NewRelation) -> None:
        session, host = session_of(self.facts), host_of(self.facts)
        relations, drafts = session.workspace.relations, session.drafts
        sent, said = drafts.sent(self), Said(new.kind, new.other, new.turned, new.reverse)

        def added(_none: None) -> None:
            if drafts.taken(sent):
                self.adder.stop()

        def refused(error: UserError) -> None:
            (self.adder.show_error if drafts.is_shown(sent) else host.toast)(str(error))

        op = WriteOp(self.facts, lambda: relations.add(sent.customer, said))
        op.success(added).failure(refused).run()
