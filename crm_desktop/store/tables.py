"""New customers as rows of the archive's tables, before the archive has numbers for them.

A table is one flat list: all values of its first row, then all of the second. So it goes from
the process that reads a file into a statement's parameters without an object for each row.
The first value of each row is its owner: first the customer's place among those who came
together, later his number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

from crm_desktop.domain.customers import (
    NO_FACTS,
    Address,
    ContactPoint,
    CustomerDraft,
    PersonalFacts,
)
from crm_desktop.store.search.keys import draft_keys

Flat = list[Any]

# The columns of each table of `Tables`; the owner stands first.
COLUMNS = {
    "customer": "id, kind, name, given_name, family_name, organisation, stage, birthday, notes,"
    " created_at, updated_at",
    "contact_point": "customer_id, kind, raw, value, label, position",
    "address": "customer_id, street, postcode, city, region, country, label, position",
    "customer_tag": "customer_id, tag_id, position",
    "custom_value": "customer_id, field_id, value",
    "customer_summary": "customer_id, sort_key, organisation_key, stage, city, phone, email,"
    " updated_at",
    "search_doc": "customer_id, skey, names",
    "search_name": "customer_id, name_key",
    "facts": ", ".join(("customer_id", *PersonalFacts._fields)),
}
_FACTS = CustomerDraft._fields.index("facts")
WIDTHS = {table: columns.count(",") + 1 for table, columns in COLUMNS.items()}


class Tables(NamedTuple):
    """Rows of new customers by table; each list as `COLUMNS` says.

    Some columns are not yet what the archive keeps: a stage may be None, a tag and a field
    stand as their names, and the times are blank. Facts stand apart, as many files say none:
    they are columns of `customer` there, and only who has any has a row of them here.
    """

    customer: Flat
    contact_point: Flat
    address: Flat
    customer_tag: Flat
    custom_value: Flat
    customer_summary: Flat
    search_doc: Flat
    search_name: Flat
    facts: Flat


def tables_of(drafts: Sequence[tuple[Any, ...] | None]) -> Tables:
    """The rows of some customers, owned by their places.

    Args:
        drafts: with the fields of `CustomerDraft`, in their order, all with facts or all
            without; None for who is none.
    """
    places = [place for place, draft in enumerate(drafts) if draft is not None]
    known = [draft for draft in drafts if draft is not None]
    if not known:
        return Tables(*([] for _name in Tables._fields))
    keys = draft_keys(known)
    heads = zip(*[draft[:8] for draft in known], strict=True)
    names, kinds, given, family, organisations, stages, birthdays, notes = heads
    blank = repeat("")
    return Tables(
        _flat(
            zip(
                *(places, kinds, names, given, family, organisations),
                *(stages, birthdays, notes, blank, blank),
                strict=False,
            )
        ),
        _flat(
            (place, way, raw, value, label, position)
            for place, draft in zip(places, known, strict=True)
            for position, (way, raw, value, label, *_more) in enumerate(draft[8])
        ),
        _flat(
            (place, *address[:6], position)
            for place, draft in zip(places, known, strict=True)
            for position, address in enumerate(draft[9])
        ),
        _flat(
            (place, tag, position)
            for place, draft in zip(places, known, strict=True)
            for position, tag in enumerate(draft[10])
        ),
        _flat(
            (place, name, value)
            for place, draft in zip(places, known, strict=True)
            for name, value in draft[11]
        ),
        _flat((place, *key[:6], "") for place, key in zip(places, keys, strict=True)),
        _flat((place, *key[6:]) for place, key in zip(places, keys, strict=True)),
        _flat(
            (place, name)
            for place, key in zip(places, keys, strict=True)
            if key.names
            for name in key.names.split("\n")
        ),
        _flat(
            (place, *draft[_FACTS])
            for place, draft in zip(places, known, strict=True)
            if draft[_FACTS] != NO_FACTS
        )
        if len(known[0]) > _FACTS
        else [],
    )


def _flat(rows: Iterable[Iterable[Any]]) -> Flat:
    return list(chain.from_iterable(rows))


class Drafts:
    """The way back: the customers of some tables, one at a time."""

    def __init__(self, tables: Tables) -> None:
        self._customers = _by_owner("customer", tables.customer)
        self._points = _by_owner("contact_point", tables.contact_point)
        self._addresses = _by_owner("address", tables.address)
        self._tags = _by_owner("customer_tag", tables.customer_tag)
        self._values = _by_owner("custom_value", tables.custom_value)
        self._facts = _by_owner("facts", tables.facts)

    def at(self, place: int) -> CustomerDraft | None:
        """The customer of a place, None where none is."""
        found = self._customers.get(place)
        if found is None:
            return None
        _place, kind, name, given, family, organisation, stage, birthday, notes, *_times = found[0]
        return CustomerDraft(
            name,
            kind,
            given,
            family,
            organisation,
            stage,
            birthday,
            notes,
            tuple(ContactPoint(*row[1:5]) for row in self._points.get(place, ())),
            tuple(Address(*row[1:7]) for row in self._addresses.get(place, ())),
            tuple(row[1] for row in self._tags.get(place, ())),
            tuple((row[1], row[2]) for row in self._values.get(place, ())),
            PersonalFacts._make(self._facts[place][0][1:]) if place in self._facts else NO_FACTS,
        )


def rows_of(table: str, flat: Flat) -> Iterable[tuple[Any, ...]]:
    """A flat table's rows."""
    return zip(*[iter(flat)] * WIDTHS[table], strict=True)


def _by_owner(table: str, flat: Flat) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows_of(table, flat):
        found.setdefault(row[0], []).append(row)
    return found


def own(table: str, flat: Flat, numbers: Sequence[int]) -> Flat:
    """Give a table's rows to the customers with these numbers.

    Args:
        table: its name.
        flat: its rows, owned by places; changed where nothing has to go.
        numbers: by place; 0 for who is not to be written, whose rows are left out.
    """
    width = WIDTHS[table]
    owners = [numbers[place] for place in flat[::width]]
    if all(owners):
        flat[::width] = owners
        return flat
    rows = rows_of(table, flat)
    return _flat((n, *row[1:]) for n, row in zip(owners, rows, strict=True) if n)
