"""How customers belong together, said from either side."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.domain.customers import Customer, CustomerId, CustomerKind
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.relations import OwnRelationKind, Relation, RelationKind
from crm_desktop.i18n import _
from crm_desktop.services import inputs
from crm_desktop.store import customers, relations
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.fold import fold


class Said(NamedTuple):
    """A relation as somebody says it of a customer.

    Attributes:
        kind: a `RelationKind`, or the name of an own one.
        other: with whom.
        turned: said from the other side: *child of* is a parent's relation.
        reverse: the word of a new own kind for the other side.
    """

    kind: str
    other: CustomerId
    turned: bool = False
    reverse: str = ""


class RelationService:
    """The relations of one archive. Each change is one step that can be undone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def own_kinds(self) -> list[OwnRelationKind]:
        """The kinds that the program does not know itself, by name."""
        known = set(RelationKind)
        with self._archive.reading() as c:
            return [kind for kind in relations.own_kinds(c) if kind.name not in known]

    def add(self, customer_id: CustomerId, said: Said) -> None:
        """Relate two customers.

        Where a person without an organisation works at one, its name stands in his file too.

        Raises:
            UserError: with himself, with somebody who is gone, with no word for it; nobody
                works at a person.
        """
        kind = inputs.title(said.kind, "kind", _("Say what they are to each other."))
        owner, other = self._ends(customer_id, said)
        own = kind not in set(RelationKind)
        if kind == RelationKind.WORKS_AT:
            _check_work(owner, other)

        def act(c: Connection) -> None:
            if own:
                reverse = inputs.line(said.reverse, "reverse")
                relations.save_own_kind(c, OwnRelationKind(kind, reverse))
            relations.add(c, owner.id, Relation(kind, other.id))
            if kind == RelationKind.WORKS_AT and not owner.organisation:
                customers.set_column(c, owner.id, "organisation", other.name)

        self._archive.write(_("Relate {name}").format(name=owner.name), act)

    def remove(self, customer_id: CustomerId, said: Said) -> None:
        """End a relation.

        Who leaves an organisation whose name stands in his file loses the name as well.

        Raises:
            UserError: one of them is gone.
        """
        owner, other = self._ends(customer_id, said)
        # Spouses are told by one row, whoever of them it was noted for.
        both = said.kind == RelationKind.SPOUSE_OF

        def act(c: Connection) -> None:
            relations.remove(c, owner.id, said.kind, [other.id])
            if both:
                relations.remove(c, other.id, said.kind, [owner.id])
            named = fold(owner.organisation) == fold(other.name)
            if said.kind == RelationKind.WORKS_AT and named:
                customers.set_column(c, owner.id, "organisation", "")

        self._archive.write(_("Relate {name}").format(name=owner.name), act)

    def _ends(self, customer_id: CustomerId, said: Said) -> tuple[Customer, Customer]:
        """The one of whom the relation is told, and the other."""
        pair = (said.other, customer_id) if said.turned else (customer_id, said.other)
        if said.other == customer_id:
            raise UserError(_("Nobody is related with himself."), field="other")
        with self._archive.reading() as c:
            found = customers.get_many(c, pair)
        if len(found) < len(pair):
            raise UserError(_("This customer is not there any more."), field="other")
        return found[0], found[1]


def _check_work(owner: Customer, other: Customer) -> None:
    if owner.kind is not CustomerKind.PERSON:
        raise UserError(_("Only a person works somewhere."), field="other")
    if other.kind is not CustomerKind.ORGANISATION:
        raise UserError(
            _("{name} is a person; choose an organisation.").format(name=other.name), field="other"
        )
