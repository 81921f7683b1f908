"""What a list of customers shows: its columns, and what a saved view keeps of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, NewType

from crm_desktop.domain.filters import EVERYBODY, Condition, Group, rewritten

SavedViewId = NewType("SavedViewId", int)

# Every column that a list can show and be sorted by, beside the owner's own fields, in the
# order in which they are offered. The first one always stands first.
NAME = "name"
COLUMNS = (
    NAME,
    "stage",
    "city",
    "phone",
    "updated",
    "email",
    "owner",
    "tag",
    "source",
    "rating",
    "last_contact",
    "contacts",
    "open_tasks",
    "task_due",
    "open_cases",
    "open_promises",
    "document_expires",
    "birthday",
    "organisation",
    "kind",
    "title",
    "language",
    "country",
    "created",
)
# Several words in no order.
NOT_SORTED = frozenset({"tag"})
# What is asked for from the greatest down.
FROM_THE_TOP = frozenset({"updated", "created", "last_contact", "contacts", "rating"})


class ListColumn(NamedTuple):
    """A column as a list shows it; `width` in pixels, 0 for the usual one."""

    key: str
    width: int = 0


USUAL_COLUMNS = tuple(map(ListColumn, (NAME, "stage", "city", "phone", "updated")))


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter with a name: what later parts call a segment.

    Attributes:
        name: the owner's word for it, unlike all others.
        icon: name of a shipped icon.
        filter: who is in it.
        columns: what its list shows, in order.
        sort: a column's key, "" for the usual order.
        pinned: stands as a chip above the list.
    """

    name: str
    icon: str = ""
    filter: Group = EVERYBODY
    columns: tuple[ListColumn, ...] = USUAL_COLUMNS
    sort: str = ""
    descending: bool = False
    pinned: bool = False
    id: SavedViewId | None = None


def columns_to_json(columns: tuple[ListColumn, ...]) -> str:
    """Columns as the archive keeps them."""
    return json.dumps([{"key": column.key, "width": column.width} for column in columns])


def columns_from_json(text: str) -> tuple[ListColumn, ...]:
    """Columns as the archive keeps them; none are the usual ones.

    Raises:
        ValueError: they are no columns.
    """
    found = json.loads(text) if text else []
    if not isinstance(found, list) or not all(isinstance(c, dict) and "key" in c for c in found):
        raise ValueError("no columns")
    read = {
        str(column["key"]): ListColumn(str(column["key"]), int(column.get("width", 0)))
        for column in found
    }
    if not read:
        return USUAL_COLUMNS
    first = read.pop(NAME, ListColumn(NAME))
    return (first, *read.values())


def carried(view: SavedView, key: Callable[[str], str]) -> SavedView:
    """A view as it is in another archive.

    Args:
        view: any.
        key: gives a field's key there.
    """

    def there(condition: Condition) -> Condition:
        # The imports of one archive are none of another.
        foreign = condition.field == "imported"
        values = tuple(
            f"?{value}" if foreign and not value.startswith("?") else value
            for value in condition.values
        )
        return condition._replace(field=key(condition.field), values=values)

    return replace(
        view,
        filter=rewritten(view.filter, there),
        columns=tuple(column._replace(key=key(column.key)) for column in view.columns),
        sort=key(view.sort),
        id=None,
    )
