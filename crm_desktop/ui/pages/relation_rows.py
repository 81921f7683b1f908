"""Rows of the facts card: to whom a customer is something, and his family."""

from __future__ import annotations

from functools import partial

from crm_desktop.domain.relations import FAMILY, OwnRelationKind, RelatedCustomer
from crm_desktop.services.relations import Said
from crm_desktop.ui.host import session_of
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages.row_groups import Maker, Makers, RowGroup
from crm_desktop.ui.widgets.facts import FactRow
from crm_desktop.ui.widgets.related import RelatedFact
from crm_desktop.ui.widgets.relation_adder import NewRelation, RelationAdder


class RelationRows(RowGroup):
    """A row each; the adder stands below the card's rows."""

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

    def ask(self) -> None:
        """Ask for a new one."""
        workspace, customer = session_of(self.facts).workspace, self.facts.customer

        def show(own: list[OwnRelationKind]) -> None:
            if self.facts.customer.id == customer.id:
                self.adder.start(customer.id, customer.kind, own)

        ReadOp(self.facts, workspace.relations.own_kinds, key="relations").success(show).run()

    def _add(self, new: NewRelation) -> None:
        relations, wanted = session_of(self.facts).workspace.relations, self.facts.customer.id
        said = Said(new.kind, new.other, new.turned, new.reverse)
        WriteOp(self.facts, lambda: relations.add(wanted, said)).success(
            lambda _none: self.adder.stop()
        ).failure(lambda error: self.adder.show_error(str(error))).run()
