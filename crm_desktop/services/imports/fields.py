"""The custom fields that an import feeds: of which kind they are, and which of them are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from crm_desktop.bridge.sheets.mapping import custom_name
from crm_desktop.bridge.sheets.numbers_named import is_numbers_own_name, number_named
from crm_desktop.domain.fields import PLAIN, CustomField, FieldKind
from crm_desktop.domain.imports import CUSTOM_PREFIX, ColumnMapping, SheetPlan
from crm_desktop.services.field_values import reading_at_home

# Columns of these kinds may hold what a field of any kind has: nothing surely speaks against it.
_OPEN = frozenset((FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICE, FieldKind.CHOICES))
# Kinds of a column and of a field that the column's values can be read as, all the same.
_READ_SO = frozenset(
    (
        (FieldKind.NUMBER, FieldKind.MONEY),
        (FieldKind.YES_NO, FieldKind.CHOICE),
        (FieldKind.YES_NO, FieldKind.CHOICES),
    )
)


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


def as_agreed(
    plans: Sequence[SheetPlan],
    kinds: Mapping[str, FieldKind],
    known: Mapping[str, CustomField],
    country: str,
) -> tuple[SheetPlan, ...]:
    """The plans with every column read as its field's kind.

    Texts, and words of a choice, may be anything that the owner has said; they are read as at
    home. A column whose values are surely of another kind than its field's stays as it stands.

    Args:
        plans: of one file.
        kinds: of the fields, by name.
        known: the archive's fields, by name.
        country: ISO code of the file's country.
    """

    def fitting(column: ColumnMapping) -> ColumnMapping:
        if not column.custom:
            return column
        field, reading = known.get(column.custom), column.reading
        kind = kinds.get(column.custom, column.kind)
        if field is not None:
            kind = field.kind
        if kind is not column.kind:
            if field is None or ((column.kind, kind) not in _READ_SO and column.kind not in _OPEN):
                return replace(column, kind=FieldKind.TEXT, reading=PLAIN)
            reading = reading_at_home(country)._replace(shown=reading.shown)
        if field is not None and field.words:
            reading = reading._replace(
                choices=tuple(dict.fromkeys((*field.words, *reading.choices)))
            )
        return replace(column, kind=kind, reading=reading)

    return tuple(replace(p, columns=tuple(map(fitting, p.columns))) for p in plans)


class NumbersNamed:
    """Lets columns that name one number in other words feed one field.

    NIF and Contribuinte, 护照号 and 护照号码, "Policy no." and "Policy number".
    """

    def __init__(self, known: Mapping[str, FieldKind]) -> None:
        """Begin with the archive's fields, their kinds by their names."""
        self._names: dict[str, str] = {}
        for name, kind in known.items():
            if number := _number(name, kind):
                self._names.setdefault(number, name)

    def together(self, plans: Sequence[SheetPlan]) -> tuple[SheetPlan, ...]:
        """The plans with such columns under the first one's name, the archive's before all.

        A name that the user has given stays, and so do several such columns of one table.
        """
        return tuple(map(self._plan, plans))

    def _plan(self, plan: SheetPlan) -> SheetPlan:
        own = [(c, number) for c in plan.columns if (number := _number(c.custom, c.kind))]
        counts = Counter(number for _column, number in own)
        renamed = {
            c.index: replace(c, field=CUSTOM_PREFIX + self._names.setdefault(number, c.custom))
            for c, number in own
            if counts[number] == 1 and c.custom == custom_name(c.header, c.index)
        }
        return replace(plan, columns=tuple(renamed.get(c.index, c) for c in plan.columns))


def _number(name: str, kind: FieldKind) -> str:
    """Which number a field holds, "" for none: "Passport" may be one of choices, yes or no."""
    if kind not in (FieldKind.TEXT, FieldKind.NUMBER) and is_numbers_own_name(name):
        return ""
    return number_named(name)
