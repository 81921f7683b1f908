"""Tags as they go out of an archive and come into another one."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.store.engine import Connection


def every(connection: Connection) -> dict[str, str]:
    """All tags with their colours, "" for none, in the order in which they came."""
    return dict(connection.execute("SELECT name, colour FROM tag ORDER BY id"))


def take_in(connection: Connection, found: Mapping[str, str]) -> None:
    """Make the tags of another archive; one that is there keeps its colour where it has one."""
    connection.executemany(
        "INSERT INTO tag (name, colour) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET colour = excluded.colour"
        " WHERE colour = '' AND excluded.colour <> ''",
        list(found.items()),
    )
