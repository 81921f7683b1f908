"""Fields of the owner's own during an import: the words they gain, the customers they name."""

from __future__ import annotations

from collections.abc import Mapping

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
        self._since = custom_fields.last_value(connection)
        self._numbers: dict[int, CustomerId] = {}
        self._grows = False

    def note(self, own: OwnLinks | None) -> None:
        """Some rows were written: of an own export, who is who."""
        if own is None:
            self._grows = True
        else:
            self._numbers.update(own.numbers)

    def start_file(self, loader: Loader) -> None:
        """The rows that follow are of another file, whose numbers mean others."""
        if self._numbers:
            self._resolve(loader, self._numbers)
            self._since = custom_fields.last_value(self._connection)
            self._numbers = {}

    def finish(self, loader: Loader) -> None:
        """Let choices grow, and names become the customers who bear them."""
        self._resolve(loader, self._numbers)
        if self._grows:  # an own export says itself which words there are
            listed = custom_fields.fields(self._connection)
            custom_fields.grow(self._connection, (field.id for field in listed))

    def _resolve(self, loader: Loader, numbers: Mapping[int, CustomerId]) -> None:
        connection = self._connection
        fields = mentions.customer_fields(connection)
        for number in mentions.resolve(connection, fields, numbers, since=self._since):
            loader.found_otherwise(number)
