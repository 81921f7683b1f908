"""A customer as he stood before, and making him so again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    Customer,
    CustomerId,
    CustomerKind,
    PersonalFacts,
    Stage,
)
from crm_desktop.store import custom_fields, customers, merging, works_at
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal.past import NOW, Past, Row
from crm_desktop.store.times import parse

# Their rows are put back as they were, under their own numbers.
_WHOLE_ROWS = ("contact_point", "address")


def customer_at(
    connection: Connection, past: Past, number: CustomerId, entry: int
) -> Customer | None:
    """A customer as he stood once an entry of the journal was written.

    Tags and own fields go by the names that they have now.

    Returns:
        Him without his sources; None where he did not exist then.
    """
    found = past.rows("customer", entry)
    if not found:
        return None
    row = found[0]
    said = [row.get(name, default) for name, default in PersonalFacts._field_defaults.items()]
    *texts, deceased, do_not_contact = said
    return Customer(
        id=number,
        kind=CustomerKind(row["kind"]),
        name=row["name"],
        given_name=row["given_name"],
        family_name=row["family_name"],
        organisation=row["organisation"],
        stage=Stage(row["stage"]),
        birthday=row["birthday"],
        notes=row["notes"],
        contact_points=tuple(map(_point, _in_order(past.rows("contact_point", entry)))),
        addresses=tuple(map(_address, _in_order(past.rows("address", entry)))),
        tags=tuple(tag_names(connection, _in_order(past.rows("customer_tag", entry)))),
        custom=custom_texts(connection, past.rows("custom_value", entry)),
        created_at=parse(row["created_at"]),
        deleted_at=None if row["deleted_at"] is None else parse(row["deleted_at"]),
        facts=PersonalFacts._make((*texts, bool(deceased), bool(do_not_contact))),
    )


def tag_names(connection: Connection, rows: Sequence[Row]) -> list[str]:
    """The names of the tags that some rows of `customer_tag` are; tags that are gone left out."""
    names = dict(connection.execute("SELECT id, name FROM tag").fetchall()) if rows else {}
    return [names[row["tag_id"]] for row in rows if row["tag_id"] in names]


def custom_texts(connection: Connection, rows: Sequence[Row]) -> dict[str, str]:
    """Values by their field's name, in the fields' order; fields that are gone left out."""
    values = {row["field_id"]: row["value"] for row in rows}
    return {
        name: values[number] for number, name in custom_fields.names(connection) if number in values
    }


def restore(connection: Connection, past: Past, number: CustomerId, entry: int) -> None:
    """Make a customer what he was once an entry of the journal was written; inside a step.

    What he got since is taken away, but not what came from another customer by merging.

    Raises:
        LookupError: he did not exist then.
    """
    was = past.rows("customer", entry)
    if not was:
        raise LookupError(number)
    before = works_at.of(connection, number)
    (now,) = past.rows("customer", NOW)
    for column in sorted(customers.EDITABLE):
        if column in was[0] and was[0][column] != now[column]:
            customers.set_column(connection, number, column, was[0][column])
    merged = {m.step for m in merging.of(connection, number) if m.step is not None}
    for table in _WHOLE_ROWS:
        _restore_rows(connection, past, table, entry, merged)
    tags = _in_order(
        [*past.rows("customer_tag", entry), *_joined(past, "customer_tag", entry, merged)]
    )
    customers.set_tags(connection, number, tag_names(connection, _in_order(tags)))
    values = [*_joined(past, "custom_value", entry, merged), *past.rows("custom_value", entry)]
    wanted = custom_texts(connection, values)
    present = custom_texts(connection, past.rows("custom_value", NOW))
    for name in present.keys() | wanted.keys():
        if present.get(name) != wanted.get(name):
            custom_fields.set_value(connection, number, name, wanted.get(name, ""))
    works_at.follow(connection, number, before)


def _joined(past: Past, table: str, entry: int, merged: Collection[StepId]) -> list[Row]:
    """Rows that he got since from somebody who was merged into him."""
    was = {row["id"] for row in past.rows(table, entry)}
    return [
        row
        for row in past.rows(table, NOW)
        if row["id"] not in was
        and (past.came_by(table, row["id"]) in merged or past.was_others(table, row["id"]))
    ]


def _restore_rows(
    connection: Connection, past: Past, table: str, entry: int, merged: Collection[StepId]
) -> None:
    now = {row["id"]: row for row in past.rows(table, NOW)}
    was = {row["id"]: row for row in past.rows(table, entry)}
    stay = {row["id"] for row in _joined(past, table, entry, merged)}
    for row_id in now.keys() - was.keys() - stay:
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (row_id,))
    for row_id, row in was.items():
        if row_id in now:
            changed = {name: value for name, value in row.items() if value != now[row_id][name]}
            if changed:
                assignments = ", ".join(f'"{name}" = ?' for name in changed)
                connection.execute(
                    f'UPDATE "{table}" SET {assignments} WHERE id = ?', (*changed.values(), row_id)
                )
        elif not past.exists(table, row_id):  # else it is somebody else's by now
            names, marks = ", ".join(f'"{n}"' for n in row), ", ".join("?" * len(row))
            connection.execute(
                f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values())
            )


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def _point(row: Row) -> ContactPoint:
    names = ContactPoint._fields
    return ContactPoint(**{n: row[n] for n in names if n in row})._replace(
        do_not_use=bool(row.get("do_not_use"))
    )


def _address(row: Row) -> Address:
    names = Address._fields
    return Address(**{n: row[n] for n in names if n in row})._replace(
        do_not_use=bool(row.get("do_not_use"))
    )
