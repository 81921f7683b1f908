"""Relations that come of an import: told by an own export, or by the name of an organisation."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.domain.customers import CustomerDraft, CustomerId, CustomerKind
from crm_desktop.domain.relations import Relation
from crm_desktop.services.imports.matching import PendingMerge
from crm_desktop.store import loading, relations, works_at
from crm_desktop.store.engine import Connection
from crm_desktop.store.loading import OwnLinks


class Expected:
    """Counts the relations that an import would make, without writing anybody."""

    def __init__(self, connection: Connection, *, into_empty: bool) -> None:
        """Begin.

        Args:
            connection: for reading.
            into_empty: nobody is there yet.
        """
        self._connection = connection
        self._guesses = not into_empty
        self._people: dict[CustomerId, str] = {}
        self._organisations: dict[CustomerId, str] = {}
        self._told = 0
        self._numbers: dict[int, CustomerId] = {}
        self._own: list[tuple[CustomerId, Relation]] = []

    def start_file(self) -> None:
        """The rows that follow are of another file, whose numbers mean others."""
        wanted = {
            (owner, known, relation.kind)
            for owner, relation in self._own
            if (known := self._numbers.get(relation.other)) is not None and known != owner
        }
        self._told += relations.missing(self._connection, wanted)
        self._numbers.clear()
        self._own.clear()

    def note(self, own: OwnLinks | None, rows: bool) -> None:
        """Some rows were looked at.

        Args:
            own: of an own export, who is who.
            rows: whether there were any.
        """
        if own is not None:
            self._numbers.update(own.numbers)
            self._own += own.relations
        elif rows:
            self._guesses = True

    def customer(self, number: CustomerId, draft: CustomerDraft, *, new: bool) -> None:
        """A customer as he would be."""
        if draft.kind == CustomerKind.ORGANISATION.value:
            if new:
                self._organisations[number] = draft.name
            self._people.pop(number, None)
        elif draft.organisation:
            self._people[number] = draft.organisation

    def count(self) -> int:
        """How many relations there would be that were not there before."""
        self.start_file()
        if not self._guesses:
            return self._told
        people, firms = self._people, self._organisations
        found = works_at.count(self._connection, people=people, organisations=firms)
        return self._told + found


class Relating:
    """Notes who comes in; at the end, writes how they belong together."""

    def __init__(self, connection: Connection, *, into_empty: bool) -> None:
        """Begin before anybody is written.

        Args:
            connection: the writer's, inside the import's step.
            into_empty: nobody is there yet.
        """
        self._connection = connection
        self._into_empty = into_empty
        # An own export keeps its numbers in an empty archive, however low they are.
        self._first = CustomerId(0) if into_empty else loading.next_customer(connection)
        self._changed: set[CustomerId] = set()
        self._numbers: dict[int, CustomerId] = {}
        self._own: list[tuple[CustomerId, Relation]] = []
        self._told: list[tuple[CustomerId, CustomerId, str, str]] = []
        self._guesses = not into_empty

    def start_file(self) -> None:
        """The rows that follow are of another file, whose numbers mean others."""
        for owner, (kind, other, label) in self._own:
            # Nobody outside the file is meant: a part of an archive may have been exported.
            known = self._numbers.get(other)
            if known is not None and known != owner:
                self._told.append((owner, known, kind, label))
        self._numbers.clear()
        self._own.clear()

    def note(self, own: OwnLinks | None, merges: Iterable[PendingMerge]) -> None:
        """Some rows were written.

        Args:
            own: of an own export, who is who.
            merges: what they add to others.
        """
        if own is None:
            self._guesses = True
        else:
            self._numbers.update(own.numbers)
            self._own += own.relations
        self._changed.update(merge.number for merge in merges if merge.number < self._first)

    def finish(self) -> int:
        """Write the relations; returns how many there were not before."""
        self.start_file()
        made = relations.add_many(self._connection, self._told) if self._told else 0
        if self._guesses:
            # Not of an own export alone in an empty archive: that is to be as it was.
            made += works_at.relate(self._connection, since=self._first, changed=self._changed)
        return made
