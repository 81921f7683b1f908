"""Fields of the owner's own during an import: the words they gain, the customers they name."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerId
from crm_desktop.store import custom_fields, mentions
from crm_desktop.store.engine import Connection
from crm_desktop.store.loading import Loader, OwnLinks


class OwnFields:
    """Notes what came in; at the end, settles what single rows could not know."""

    def __init__(self, connection: Connection) -> None:
        """Begin before anything is written.

        Args:
            connection: the writer's, inside the import's step.
        """
        self._connection = connection
        self._first = self._since = custom_fields.last_value(connection)
        # Of an own export, who is who.
        self._numbers: dict[int, CustomerId] | None = None
        # Values of own exports, by their numbers: these say themselves who is meant.
        self._own: list[range] = []
        self._grows = False

    def note(self, own: OwnLinks | None) -> None:
        """Some rows were written: of an own export, who is who."""
        if own is None:
            self._grows = True
        else:
            self._numbers = self._numbers or {}
            self._numbers.update(own.numbers)

    def start_file(self, loader: Loader) -> None:
        """The rows that follow are of another file, whose numbers mean others."""
        last = custom_fields.last_value(self._connection)
        if self._numbers is not None:
            self._own.append(range(self._since + 1, last + 1))
            fields = mentions.customer_fields(self._connection)
            for number in mentions.renumber(self._connection, fields, self._numbers, self._own[-1]):
                loader.found_otherwise(number)
        self._since, self._numbers = last, None

    def finish(self, loader: Loader) -> None:
        """Let choices grow, and names become the customers who bear them."""
        self.start_file(loader)
        fields = mentions.customer_fields(self._connection)
        for number in mentions.resolve(
            self._connection, fields, since=self._first, without=self._own
        ):
            loader.found_otherwise(number)
        if self._grows:  # an own export says itself which words there are
            listed = custom_fields.fields(self._connection)
            custom_fields.grow(self._connection, (field.id for field in listed))
