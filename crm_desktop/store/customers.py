"""Customers and what hangs on them: reading one, writing one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from crm_desktop.domain.customers import (
    Address,
    AddressId,
    ContactPoint,
    ContactPointId,
    Customer,
    CustomerDraft,
    CustomerId,
    CustomerKind,
    PersonalFacts,
    Source,
    Stage,
    StageChange,
)
from crm_desktop.domain.fields import FieldKind
from crm_desktop.store import custom_fields
from crm_desktop.store.engine import Connection
from crm_desktop.store.records import STAGE_CHANGES, written
from crm_desktop.store.times import now, parse

# Columns that may be set one at a time; names of columns never come from outside.
EDITABLE = frozenset(
    {
        "kind",
        "name",
        "given_name",
        "family_name",
        "organisation",
        "stage",
        "birthday",
        "notes",
        *PersonalFacts._fields,
    }
)
_CHUNK = 500
_MOST_KNOWN = 200
_FACTS = ", ".join(PersonalFacts._fields)


def exists(connection: Connection, number: CustomerId) -> bool:
    """Whether there is such a customer, the trash included."""
    row = connection.execute("SELECT 1 FROM customer WHERE id = ?", (number,)).fetchone()
    return row is not None


def get(connection: Connection, number: CustomerId) -> Customer | None:
    """One customer with all that hangs on him, or None."""
    return next(iter(get_many(connection, [number])), None)


def known(connection: Connection, column: str) -> list[str]:
    """What customers have in one of their facts, each once, by name.

    Raises:
        ValueError: no such fact.
    """
    if column not in PersonalFacts._fields:
        raise ValueError(column)
    rows = connection.execute(
        f"SELECT DISTINCT {column} FROM customer"
        f" WHERE {column} <> '' AND deleted_at IS NULL ORDER BY {column} LIMIT ?",
        (_MOST_KNOWN,),
    )
    return [row[0] for row in rows]


def each(connection: Connection, *, trashed: bool = False) -> Iterator[Customer]:
    """All customers by ascending id, a bounded number in memory at a time."""
    condition = "" if trashed else "AND deleted_at IS NULL"
    last = 0
    while True:
        numbers = [
            CustomerId(row[0])
            for row in connection.execute(
                f"SELECT id FROM customer WHERE id > ? {condition} ORDER BY id LIMIT ?",
                (last, _CHUNK),
            )
        ]
        if not numbers:
            return
        yield from get_many(connection, numbers)
        last = numbers[-1]


def get_many(connection: Connection, numbers: Sequence[CustomerId]) -> list[Customer]:
    """Several customers, in the order asked for; missing ones are left out."""
    found: dict[int, Customer] = {}
    for start in range(0, len(numbers), _CHUNK):
        chunk = tuple(numbers[start : start + _CHUNK])
        found.update((c.id, c) for c in _get_chunk(connection, chunk))
    return [found[n] for n in numbers if n in found]


def names(connection: Connection, numbers: Sequence[CustomerId]) -> dict[CustomerId, str]:
    """The names of some customers."""
    found: dict[CustomerId, str] = {}
    for start in range(0, len(numbers), _CHUNK):
        chunk = tuple(numbers[start : start + _CHUNK])
        marks = ",".join("?" * len(chunk))
        found.update(
            connection.execute(f"SELECT id, name FROM customer WHERE id IN ({marks})", chunk)
        )
    return found


def _get_chunk(connection: Connection, numbers: tuple[int, ...]) -> Iterator[Customer]:
    marks = ",".join("?" * len(numbers))

    def grouped(sql: str) -> dict[int, list[tuple[Any, ...]]]:
        groups: dict[int, list[tuple[Any, ...]]] = {}
        for owner, *rest in connection.execute(sql.format(marks=marks), numbers):
            groups.setdefault(owner, []).append(tuple(rest))
        return groups

    points = grouped(
        "SELECT customer_id, kind, raw, value, label, id, do_not_use FROM contact_point"
        " WHERE customer_id IN ({marks}) ORDER BY customer_id, position, id"
    )
    addresses = grouped(
        "SELECT customer_id, street, postcode, city, region, country, label, id, do_not_use"
        " FROM address WHERE customer_id IN ({marks}) ORDER BY customer_id, position, id"
    )
    tags = grouped(
        "SELECT t.customer_id, g.name FROM customer_tag t JOIN tag g ON g.id = t.tag_id"
        " WHERE t.customer_id IN ({marks}) ORDER BY t.customer_id, t.position, t.id"
    )
    custom = grouped(
        "SELECT v.customer_id, f.name, v.value FROM custom_value v"
        " JOIN custom_field f ON f.id = v.field_id AND f.deleted_at IS NULL"
        " WHERE v.customer_id IN ({marks}) ORDER BY v.customer_id, f.position, f.id"
    )
    sources = grouped(
        "WITH RECURSIVE who (owner, id) AS (SELECT id, id FROM customer WHERE id IN ({marks})"
        " UNION SELECT who.owner, m.merged_id FROM merge m JOIN who ON m.kept_id = who.id)"
        " SELECT DISTINCT who.owner, f.name, s.name, r.row FROM who"
        " JOIN import_row r ON r.customer_id = who.id"
        " JOIN import_sheet s ON s.id = r.sheet_id JOIN import_file f ON f.id = s.file_id"
        " ORDER BY who.owner, f.name, s.name, r.row"
    )
    # The same for all: those of text need no word.
    kinds = {n: k for n, k in custom_fields.kinds(connection).items() if k is not FieldKind.TEXT}
    for row in connection.execute(
        "SELECT id, kind, name, given_name, family_name, organisation, stage, birthday, notes,"
        f" created_at, updated_at, deleted_at, {_FACTS} FROM customer WHERE id IN ({marks})",
        numbers,
    ):
        number = row[0]
        yield Customer(
            id=CustomerId(number),
            kind=CustomerKind(row[1]),
            name=row[2],
            given_name=row[3],
            family_name=row[4],
            organisation=row[5],
            stage=Stage(row[6]),
            birthday=row[7],
            notes=row[8],
            contact_points=tuple(map(_point, points.get(number, ()))),
            addresses=tuple(map(_address, addresses.get(number, ()))),
            tags=tuple(t[0] for t in tags.get(number, ())),
            custom=dict(custom.get(number, ())),
            custom_kinds=kinds,
            sources=tuple(Source(*s) for s in sources.get(number, ())),
            created_at=parse(row[9]),
            updated_at=parse(row[10]),
            deleted_at=None if row[11] is None else parse(row[11]),
            facts=_facts(row[12:]),
        )


def _point(row: tuple[Any, ...]) -> ContactPoint:
    return ContactPoint._make((*row[:-1], bool(row[-1])))


def _address(row: tuple[Any, ...]) -> Address:
    return Address._make((*row[:-1], bool(row[-1])))


def _facts(row: tuple[Any, ...]) -> PersonalFacts:
    *said, deceased, do_not_contact = row
    return PersonalFacts._make((*said, bool(deceased), bool(do_not_contact)))


def insert(
    connection: Connection, draft: CustomerDraft, *, number: CustomerId | None = None
) -> CustomerId:
    """Store a new customer; `number` only where an own export brings its ids along."""
    moment = now()
    cursor = connection.execute(
        "INSERT INTO customer (id, kind, name, given_name, family_name, organisation, stage,"
        f" birthday, notes, created_at, updated_at, {_FACTS})"
        f" VALUES ({', '.join('?' * (11 + len(draft.facts)))})",
        (
            number,
            draft.kind,
            draft.name,
            draft.given_name,
            draft.family_name,
            draft.organisation,
            draft.stage or Stage.POTENTIAL.value,
            draft.birthday,
            draft.notes,
            moment,
            moment,
            *map(written, draft.facts),
        ),
    )
    new = CustomerId(cursor.lastrowid)
    for point in draft.contact_points:
        save_contact_point(connection, new, point._replace(id=None))
    for address in draft.addresses:
        save_address(connection, new, address._replace(id=None))
    set_tags(connection, new, draft.tags)
    for name, value in draft.custom:
        custom_fields.set_value(connection, new, name, value)
    return new


def set_column(
    connection: Connection, number: CustomerId, column: str, value: str | int | None
) -> None:
    """Set one column of a customer; another stage is noted with its day.

    Raises:
        ValueError: no such editable column.
    """
    if column not in EDITABLE:
        raise ValueError(column)
    if column == "stage":
        _note_stage(connection, number, Stage(str(value)))
    connection.execute(f'UPDATE customer SET "{column}" = ? WHERE id = ?', (value, number))


def mark_unused(connection: Connection, number: CustomerId, draft: CustomerDraft) -> None:
    """Mark what of a new customer's is not to be used."""
    marked = {
        "contact_point": [point.do_not_use for point in draft.contact_points],
        "address": [address.do_not_use for address in draft.addresses],
    }
    for table, marks in marked.items():
        connection.executemany(
            f"UPDATE {table} SET do_not_use = 1 WHERE customer_id = ? AND position = ?",
            [(number, place) for place, mark in enumerate(marks) if mark],
        )


def _note_stage(connection: Connection, number: CustomerId, stage: Stage) -> None:
    row = connection.execute("SELECT stage FROM customer WHERE id = ?", (number,)).fetchone()
    if row is not None and row[0] != stage:
        change = StageChange(number, datetime.now(UTC), Stage(row[0]), stage)
        STAGE_CHANGES.insert(connection, change)


def touch(connection: Connection, numbers: Sequence[CustomerId]) -> None:
    """Note that customers were changed just now."""
    moment = now()
    connection.executemany(
        "UPDATE customer SET updated_at = ? WHERE id = ?", [(moment, n) for n in numbers]
    )


def save_contact_point(
    connection: Connection, owner: CustomerId, point: ContactPoint
) -> ContactPointId:
    """Add a contact point (without an id: at the end), or change one."""
    if point.id is not None:
        connection.execute(
            "UPDATE contact_point SET kind = ?, raw = ?, value = ?, label = ?, do_not_use = ?"
            " WHERE id = ? AND customer_id = ?",
            (*point[:4], int(point.do_not_use), point.id, owner),
        )
        return point.id
    cursor = connection.execute(
        "INSERT INTO contact_point (customer_id, kind, raw, value, label, do_not_use, position)"
        " SELECT ?, ?, ?, ?, ?, ?, coalesce(max(position) + 1, 0)"
        " FROM contact_point WHERE customer_id = ?",
        (owner, *point[:4], int(point.do_not_use), owner),
    )
    return ContactPointId(cursor.lastrowid)


def put_first(
    connection: Connection, owner: CustomerId, table: str, number: ContactPointId | AddressId
) -> None:
    """Make a contact point or an address the primary one: the first of its customer.

    Raises:
        ValueError: no such table.
    """
    if table not in ("contact_point", "address"):
        raise ValueError(table)
    listed = connection.execute(
        f"SELECT id FROM {table} WHERE customer_id = ? ORDER BY id <> ?, position, id",
        (owner, number),
    ).fetchall()
    connection.executemany(
        f"UPDATE {table} SET position = ? WHERE id = ?",
        [(position, one) for position, (one,) in enumerate(listed)],
    )


def delete_contact_point(connection: Connection, owner: CustomerId, number: ContactPointId) -> None:
    """Take a contact point away."""
    connection.execute(
        "DELETE FROM contact_point WHERE id = ? AND customer_id = ?", (number, owner)
    )


def save_address(connection: Connection, owner: CustomerId, address: Address) -> AddressId:
    """Add an address (without an id: at the end), or change one."""
    parts = address[:6]
    if address.id is not None:
        connection.execute(
            "UPDATE address SET street = ?, postcode = ?, city = ?, region = ?, country = ?,"
            " label = ?, do_not_use = ? WHERE id = ? AND customer_id = ?",
            (*parts, int(address.do_not_use), address.id, owner),
        )
        return address.id
    cursor = connection.execute(
        "INSERT INTO address (customer_id, street, postcode, city, region, country, label,"
        " do_not_use, position) SELECT ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(position) + 1, 0)"
        " FROM address WHERE customer_id = ?",
        (owner, *parts, int(address.do_not_use), owner),
    )
    return AddressId(cursor.lastrowid)


def delete_address(connection: Connection, owner: CustomerId, number: AddressId) -> None:
    """Take an address away."""
    connection.execute("DELETE FROM address WHERE id = ? AND customer_id = ?", (number, owner))


def tag_names(connection: Connection) -> list[str]:
    """All tags, by name."""
    return [row[0] for row in connection.execute("SELECT name FROM tag ORDER BY name")]


def tag_colours(connection: Connection) -> dict[str, str]:
    """The colours of those tags that have one, by name."""
    return dict(connection.execute("SELECT name, colour FROM tag WHERE colour <> ''"))


def colour_tag(connection: Connection, name: str, colour: str) -> None:
    """Give a tag another colour."""
    connection.execute(
        "UPDATE tag SET colour = ? WHERE name = ? AND colour <> ?", (colour, name, colour)
    )


def tag_id(connection: Connection, name: str) -> int:
    """Number of a tag, made where it is new."""
    row = connection.execute("SELECT id FROM tag WHERE name = ?", (name,)).fetchone()
    if row is not None:
        return int(row[0])
    return int(connection.execute("INSERT INTO tag (name) VALUES (?)", (name,)).lastrowid)


def set_tags(connection: Connection, owner: CustomerId, names: Iterable[str]) -> None:
    """Give a customer exactly these tags; only the difference is written."""
    wanted = {tag_id(connection, name): i for i, name in enumerate(dict.fromkeys(names))}
    present = {
        row[0]
        for row in connection.execute(
            "SELECT tag_id FROM customer_tag WHERE customer_id = ?", (owner,)
        )
    }
    connection.executemany(
        "DELETE FROM customer_tag WHERE customer_id = ? AND tag_id = ?",
        [(owner, tag) for tag in present - wanted.keys()],
    )
    connection.executemany(
        "INSERT INTO customer_tag (customer_id, tag_id, position) VALUES (?, ?, ?)"
        " ON CONFLICT (customer_id, tag_id) DO UPDATE SET position = excluded.position",
        [(owner, tag, position) for tag, position in wanted.items()],
    )


def set_deleted(connection: Connection, numbers: Sequence[CustomerId], *, deleted: bool) -> None:
    """Move customers into the trash, or out of it."""
    moment = now() if deleted else None
    connection.executemany(
        f"UPDATE customer SET deleted_at = ? WHERE id = ? AND deleted_at IS"
        f"{' NULL' if deleted else ' NOT NULL'}",
        [(moment, n) for n in numbers],
    )
