"""Saved views, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.domain.filters import EVERYBODY, Condition, Group, from_json, to_json
from crm_desktop.domain.lists import (
    USUAL_COLUMNS,
    SavedView,
    SavedViewId,
    columns_from_json,
    columns_to_json,
)
from crm_desktop.store.engine import Connection

_COLUMNS = "id, name, icon, filter, columns, sort, pinned"


def every(connection: Connection) -> list[SavedView]:
    """All views, in their order."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM saved_view ORDER BY position, id")
    return [_view(*row) for row in rows]


def _view(
    number: int, name: str, icon: str, tree: str, columns: str, sort: str, pinned: int
) -> SavedView:
    try:
        found = from_json(tree)
    except ValueError:
        # A filter that nobody can read finds nobody; it says so, and stays as it is.
        found = Group((Condition("?", "?"),)) if tree else EVERYBODY
    try:
        shown = columns_from_json(columns)
    except ValueError:
        shown = USUAL_COLUMNS
    return SavedView(
        name,
        icon,
        found,
        shown,
        sort.removeprefix("-"),
        sort.startswith("-"),
        bool(pinned),
        SavedViewId(number),
    )


def is_taken(connection: Connection, name: str, number: SavedViewId | None) -> bool:
    """Whether another view has this name."""
    row = connection.execute(
        "SELECT 1 FROM saved_view WHERE name = ? AND id IS NOT ?", (name, number)
    ).fetchone()
    return row is not None


def save(connection: Connection, view: SavedView) -> SavedViewId:
    """Write a view; a new one goes to the end."""
    sort = f"-{view.sort}" if view.descending else view.sort
    values = (
        *(view.name, view.icon, to_json(view.filter), columns_to_json(view.columns)),
        *(sort, int(view.pinned)),
    )
    if view.id is None:
        cursor = connection.execute(
            "INSERT INTO saved_view (name, icon, filter, columns, sort, pinned, position)"
            " SELECT ?, ?, ?, ?, ?, ?, coalesce(max(position) + 1, 0) FROM saved_view",
            values,
        )
        return SavedViewId(cursor.lastrowid)
    connection.execute(
        "UPDATE saved_view SET name = ?, icon = ?, filter = ?, columns = ?, sort = ?, pinned = ?"
        " WHERE id = ?",
        (*values, view.id),
    )
    return view.id


def take_in(connection: Connection, found: Iterable[SavedView]) -> None:
    """Make the views of another archive; one whose name is taken stays as it is here."""
    for view in found:
        if not is_taken(connection, view.name, None):
            save(connection, view)


def delete(connection: Connection, number: SavedViewId) -> None:
    """Take a view away."""
    connection.execute("DELETE FROM saved_view WHERE id = ?", (number,))


def arrange(connection: Connection, numbers: Sequence[SavedViewId]) -> None:
    """Give views their places."""
    connection.executemany(
        "UPDATE saved_view SET position = ? WHERE id = ?",
        [(place, number) for place, number in enumerate(numbers)],
    )
