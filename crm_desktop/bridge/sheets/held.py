"""What mapped columns hold: the kind of own fields, and several things in one cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from crm_desktop.bridge.sheets.synonyms import (
    find_language,
    holds_region_and_postcode,
    meanings,
    names_contacts,
)
from crm_desktop.bridge.values.compound import detect
from crm_desktop.bridge.values.kinds import Understanding, understand
from crm_desktop.bridge.values.phones import read_phones
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line
from crm_desktop.domain.fields import Compound, FieldKind
from crm_desktop.domain.imports import GROUP_COLUMN, ColumnMapping

Values = Callable[[ColumnMapping], Sequence[Value]]

_NO_CURRENCIES: Mapping[int, str] = {}
_MOST_CELLS = 80_000  # looked at for kinds, in all columns together
_SAMPLE = 2_000
_FEW = 200
_MOST = 0.6
_NAMES = frozenset(("name", "given_name", "family_name"))
_NAMED = frozenset(("name", "organisation", "contact", "contact_person"))
_REACHED = frozenset(("phone", "email", "im", "contact"))
_PLACED = frozenset(("street", "street2"))
_TOWNS = frozenset(("postcode", "city"))
_PLACES = frozenset(("street", "postcode", "city", "region"))
# What is mapped otherwise surely holds one thing.
_MAY_HOLD_MORE = frozenset(("name", "organisation", "phone", "email", "street", "postcode", "city"))
# What a cell that cannot be taken apart feeds, in a column that fed no field before.
_WHOLE = {
    Compound.NAME_PHONE: "phone",
    Compound.NAME_EMAIL: "email",
    Compound.PHONE_EMAIL: "phone",
    Compound.NAME_PHONE_EMAIL: "phone",
    Compound.ADDRESS: "street",
    Compound.POSTCODE_CITY: "city",
    Compound.PHONE_ADDRESS: "phone",
}


def with_kinds(
    mapped: Sequence[ColumnMapping],
    values: Values,
    countries: tuple[str, ...],
    currencies: Mapping[int, str] = _NO_CURRENCIES,
) -> tuple[ColumnMapping, ...]:
    """Say of each custom field of which kind its column's values are.

    Where nothing decides how days and months or decimals stand, the texts are kept as they are.

    Args:
        mapped: the columns of one table.
        values: gives a column's cells, or a sample of them.
        countries: ISO codes of the table's countries, the likeliest first.
        currencies: ISO code by column, of those whose numbers are shown with one.
    """
    own = [m for m in mapped if m.custom and m.index < GROUP_COLUMN]
    # A sheet of hundreds of columns is looked at in fewer of its rows.
    step = max(1, len(own) * _SAMPLE // _MOST_CELLS)
    language = find_language([m.header for m in mapped])

    def typed(column: ColumnMapping) -> ColumnMapping:
        shown = currencies.get(column.index, "")
        found: Understanding = understand(
            values(column)[::step],
            header=column.header,
            countries=countries,
            language=language,
            shown=shown,
        )
        if found.undecided or found.kind is FieldKind.TEXT:
            return column
        kind = found.kind
        if shown and kind is FieldKind.NUMBER:
            kind = FieldKind.MONEY
        # The archive knows no currency of a field, so that it stays behind each amount.
        reading = found.reading._replace(currency="", shown=shown)
        return replace(column, kind=kind, reading=reading)

    places = {m.index for m in own}
    return tuple(typed(m) if m.index in places else m for m in mapped)


def with_compounds(
    mapped: Sequence[ColumnMapping], values: Values, countries: tuple[str, ...]
) -> tuple[ColumnMapping, ...]:
    """Find columns that hold several things in each cell and may feed a field with each.

    Only what no other column says: beside a column of names, the name in "Ana 912345678" is
    somebody else's.

    Args:
        mapped: the columns of one table.
        values: gives a column's cells, or a sample of them.
        countries: ISO codes that phone numbers are read in, the likeliest first.
    """
    result = list(mapped)
    for at, column in enumerate(mapped):
        if not (column.custom or column.field in _MAY_HOLD_MORE) or column.index >= GROUP_COLUMN:
            continue
        found = detect(values(column), countries)
        feeds = found is not None and _may_feed(column, found.kind, _others(result, at))
        contacts = column.custom and names_contacts(column.header)
        if contacts and not feeds and _are_reached(values(column), countries):
            # Who answers at which number, beside the customer's own name: his label.
            result[at] = replace(column, field="phone", confidence=0.7)
        elif found is not None and feeds:
            field = _WHOLE[found.kind] if column.custom else column.field
            confidence = round(min(column.confidence, found.share), 2)
            if column.custom:
                confidence = round(0.8 * found.share, 2)
            result[at] = replace(column, field=field, compound=found.kind, confidence=confidence)
    return tuple(result)


def _others(mapped: Sequence[ColumnMapping], at: int) -> set[str]:
    """What the other columns feed."""
    others = {m.field for i, m in enumerate(mapped) if i != at}
    return others | {"name" for m in mapped if m.compound and m.compound.startswith("name")}


def _are_reached(values: Sequence[Value], countries: tuple[str, ...]) -> bool:
    """Whether most cells of a column hold telephone numbers and nothing that is none."""
    texts = [tidy_line(cell_text(v)) for v in values[:_FEW] if not is_blank(v)]
    reached = [t for t in texts if any(map(str.isdigit, t)) and "@" not in t]
    sure = sum(1 for t in reached if all(p.value for p in read_phones(t, countries)))
    return bool(texts) and sure >= _MOST * len(texts)


def _may_feed(column: ColumnMapping, compound: Compound, others: set[str]) -> bool:
    """Whether header and neighbours let a column feed all that its cells hold."""
    told = {m.field for m in meanings(column.header)}
    silent = not told
    if compound is Compound.ADDRESS:
        placed = column.field == "street" or told & _PLACED or not column.header
        # A postcode of its own beside 北京市朝阳区建国路88号 leaves the city to be found.
        return bool(placed) and not others & (_PLACES - {"postcode"})
    if compound is Compound.POSTCODE_CITY:
        wider = holds_region_and_postcode(column.header)
        return bool(told & _TOWNS) and not others & _TOWNS and not wider
    if compound is Compound.PHONE_ADDRESS:
        said = silent or told & (_REACHED | _PLACED | _NAMED)
        return bool(said) and not others & (_PLACES - {"postcode"})
    if column.field in _TOWNS:
        return False
    if compound is Compound.PHONE_EMAIL:
        # A column of phones finds the addresses among them by itself.
        heard = silent or bool(told & (_REACHED | _NAMED))
        return column.field == "email" or (bool(column.custom) and heard)
    if others & _NAMES or (column.field == "organisation" and "organisation" in others):
        return False
    return bool(told & _NAMED) or ("organisation" not in others and (silent or told <= _REACHED))
