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
