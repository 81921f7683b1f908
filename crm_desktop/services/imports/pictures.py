"""Pictures in a sheet's rows become documents of their customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.bridge.process.wire import Picture
from crm_desktop.domain.customers import CustomerId
from crm_desktop.store import documents
from crm_desktop.store.documents import Content
from crm_desktop.store.engine import Connection

Shown = Sequence[tuple[CustomerId, tuple[Picture, ...]]]
"""Customers and the pictures of their rows."""


class LookedAt:
    """Counts the pictures that an import would make documents of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: set[tuple[CustomerId, str]] = set()

    def take(self, shown: Shown) -> int:
        """How many of some pictures their customers would get."""
        return len(_new(self._connection, shown, self._seen))


class Keeping:
    """Makes documents of pictures, inside an import's step."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Contents that the archive did not have before.
        self._kept: set[str] = set()

    def take(
        self, shown: Shown, contents: Iterable[tuple[str, bytes]]
    ) -> Sequence[tuple[CustomerId, str, Content]]:
        """Keep contents, and give customers the documents that they do not have.

        Args:
            shown: whose pictures; their contents came here or before.
            contents: SHA-256 and bytes.

        Returns:
            Whom, the name and the content of each document that was made.
        """
        for sha256, data in contents:
            # A later row may show it, even if none of these makes a document of it.
            if documents.keep(self._connection, sha256, len(data), (data,)):
                self._kept.add(sha256)
        made = _new(self._connection, shown, set())
        if made:
            documents.add_many(self._connection, made)
        return made

    def finish(self) -> None:
        """Let go of what no row made a document of."""
        documents.forget_unused(self._connection, self._kept)


def _new(
    connection: Connection, shown: Shown, seen: set[tuple[CustomerId, str]]
) -> list[tuple[CustomerId, str, Content]]:
    """The pictures that their customers do not have: told by content, not by name."""
    found = []
    for number, pictures in shown:
        for name, sha256, size, media_type, file_name in pictures:
            if (number, sha256) in seen or documents.has(connection, number, sha256):
                continue
            seen.add((number, sha256))
            found.append((number, name, Content(sha256, size, media_type, file_name)))
    return found
