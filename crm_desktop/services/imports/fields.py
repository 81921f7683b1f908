"""Of which kind the custom fields are that an import feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from crm_desktop.domain.fields import PLAIN, FieldKind
from crm_desktop.domain.imports import ColumnMapping, SheetPlan


def agreed_kinds(
    plans: Iterable[SheetPlan], known: Mapping[str, FieldKind]
) -> dict[str, FieldKind]:
    """The kind of each custom field that columns feed, by its name.

    A field that exists keeps its kind. A new one has that of its columns; where they differ, in
    one file or several, it is text.

    Args:
        plans: of all tables of the import.
        known: the archive's fields.
    """
    found: dict[str, FieldKind] = {}
    for column in (c for plan in plans for c in plan.columns):
        name = column.custom
        # Columns of text are often but too short, or empty, to tell.
        if name and column.kind is not FieldKind.TEXT:
            same = found.setdefault(name, column.kind) is column.kind
            if not same:
                found[name] = FieldKind.TEXT
    return {**found, **{name: kind for name, kind in known.items() if name in found}}


def as_agreed(plans: Sequence[SheetPlan], kinds: Mapping[str, FieldKind]) -> tuple[SheetPlan, ...]:
    """The plans with every column of another kind than its field's as text, as it stands."""

    def fitting(column: ColumnMapping) -> ColumnMapping:
        if not column.custom or kinds.get(column.custom, column.kind) is column.kind:
            return column
        return replace(column, kind=FieldKind.TEXT, reading=PLAIN)

    return tuple(replace(p, columns=tuple(map(fitting, p.columns))) for p in plans)
