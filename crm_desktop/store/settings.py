"""The archive's own settings: named texts, journalled like everything else."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.store.engine import Connection


def get(connection: Connection, name: str, default: str = "") -> str:
    """One setting."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return default if row is None else str(row[0])


def save(connection: Connection, values: Mapping[str, str]) -> None:
    """Set several settings; only those that differ are written."""
    connection.executemany(
        "INSERT INTO setting (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        list(values.items()),
    )


def beginning(connection: Connection, prefix: str) -> dict[str, str]:
    """The settings whose names begin so, by the rest of their names."""
    rows = connection.execute(
        "SELECT substr(name, ?), value FROM setting WHERE substr(name, 1, ?) = ? ORDER BY name",
        (len(prefix) + 1, len(prefix), prefix),
    )
    return {str(name): str(value) for name, value in rows}


def everything(connection: Connection) -> dict[str, str]:
    """All settings, by their names."""
    return beginning(connection, "")


def put_anew(connection: Connection, name: str, value: str) -> None:
    """Set one as a row of its own: the undo of an earlier step leaves it alone."""
    delete(connection, name)
    connection.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))


def rename(connection: Connection, name: str, new: str) -> None:
    """Give a setting another name; one that has that name gives way."""
    if name != new:
        delete(connection, new)
        connection.execute("UPDATE setting SET name = ? WHERE name = ?", (new, name))


def delete(connection: Connection, name: str) -> None:
    """Take a setting away."""
    connection.execute("DELETE FROM setting WHERE name = ?", (name,))
