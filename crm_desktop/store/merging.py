"""Two customers become one: all that hangs on either hangs on the kept one afterwards.

The other's row goes; what it held is in the journal, so that taking the step back at any later
time makes two of them again. What came in by an import stays evidence of the one who goes:
`absorbed` leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId, PersonalFacts, Stage
from crm_desktop.domain.duplicates import FILL, Choice, Merged, MergeId
from crm_desktop.domain.exchange import MergeNote
from crm_desktop.store import customers, mentions
from crm_desktop.store.engine import Connection
from crm_desktop.store.journal import steps
from crm_desktop.store.times import now, parse, write

_SINGLE = (
    "kind",
    "name",
    "given_name",
    "family_name",
    "organisation",
    "stage",
    "birthday",
    "notes",
    *PersonalFacts._fields,
)
# A name is one thing: its parts go with it.
_NAME_PARTS = frozenset(("given_name", "family_name", "kind"))
_MOVED = (
    *("interaction", "stage_change", "task", "service_case", "promise", "document"),
    *("opportunity", "quotation", "sales_order", "lead", "rule_firing"),
    *("opportunity", "quotation", "sales_order", "lead"),
    *("survey_request", "survey_response"),
)
# Both may be linked with the same.
_LINKED = ("article_customer", "product_supplier", "order_traveller")
_ABSORBED = """
WITH RECURSIVE who (id) AS (
  SELECT ?1 UNION SELECT m.merged_id FROM merge m JOIN who ON m.kept_id = who.id
)
SELECT id FROM who"""


def merge(
    connection: Connection, kept: CustomerId, other: CustomerId, choice: Choice = FILL
) -> None:
    """Take a customer into another one.

    Args:
        connection: the writer's, inside a step.
        kept: who stays.
        other: who goes.
        choice: whose values count where both have one.

    Raises:
        ValueError: they are one already, or one of them is not there.
    """
    if kept == other or not customers.exists(connection, kept):
        raise ValueError(kept)
    row = connection.execute("SELECT name FROM customer WHERE id = ?", (other,)).fetchone()
    if row is None:
        raise ValueError(other)
    _settle_fields(connection, kept, other, choice)
    _join_points(connection, kept, other)
    _join_addresses(connection, kept, other)
    _join_tags(connection, kept, other)
    _join_custom(connection, kept, other, choice.custom)
    mentions.repoint(connection, kept, other)
    for table in _MOVED:
        connection.execute(
            f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", (kept, other)
        )
    _join_relations(connection, kept, other)
    for table in _LINKED:
        connection.execute(
            f"UPDATE OR IGNORE {table} SET customer_id = ? WHERE customer_id = ?", (kept, other)
        )
    connection.execute(
        "INSERT INTO merge (kept_id, merged_id, name, step_id, at) VALUES (?, ?, ?, ?, ?)",
        (kept, other, row[0], steps.current(connection), now()),
    )
    connection.execute("DELETE FROM customer WHERE id = ?", (other,))


def absorbed(connection: Connection, number: CustomerId) -> list[CustomerId]:
    """A customer and all who were merged into him, whose evidence is his."""
    return [CustomerId(row[0]) for row in connection.execute(_ABSORBED, (number,))]


def of(connection: Connection, number: CustomerId) -> list[Merged]:
    """The merges into a customer, newest first."""
    rows = connection.execute(
        "SELECT id, kept_id, merged_id, name, step_id, at FROM merge WHERE kept_id = ?"
        " ORDER BY id DESC",
        (number,),
    )
    return [
        Merged(
            MergeId(row[0]), CustomerId(row[1]), CustomerId(row[2]), row[3],
            StepId(row[4]) if row[4] else None, parse(row[5]),
        )
        for row in rows
    ]  # fmt: skip


def notes(connection: Connection, number: CustomerId) -> list[MergeNote]:
    """Who was merged into a customer, or into somebody who was; the first one first."""
    rows = connection.execute(
        f"SELECT m.name, m.at FROM merge m WHERE m.kept_id IN ({_ABSORBED}) ORDER BY m.at, m.id",
        (number,),
    )
    return [MergeNote(name, parse(at)) for name, at in rows]


def add_notes(connection: Connection, kept: CustomerId, listed: Iterable[MergeNote]) -> None:
    """Note merges that happened in another archive; one that is known is not noted twice.

    Who went has no number here, and the step that could be taken back is not here either.
    """
    known = set(notes(connection, kept))
    connection.executemany(
        "INSERT INTO merge (kept_id, merged_id, name, step_id, at) VALUES (?, 0, ?, 0, ?)",
        [(kept, note.name, write(note.at)) for note in listed if note not in known],
    )


def apart_from(connection: Connection, number: CustomerId) -> list[CustomerId]:
    """Those after a customer of whom somebody said that they are others, by number."""
    rows = connection.execute(
        "SELECT other_id FROM distinct_pair WHERE customer_id = ? ORDER BY other_id", (number,)
    )
    return [CustomerId(row[0]) for row in rows]


def keep_apart(connection: Connection, one: CustomerId, other: CustomerId) -> None:
    """Note that two customers are two."""
    connection.execute(
        "INSERT OR IGNORE INTO distinct_pair (customer_id, other_id) VALUES (?, ?)",
        (min(one, other), max(one, other)),
    )


def kept_apart(connection: Connection) -> set[tuple[int, int]]:
    """All pairs of whom somebody said that they are two."""
    return set(connection.execute("SELECT customer_id, other_id FROM distinct_pair"))


def _settle_fields(
    connection: Connection, kept: CustomerId, other: CustomerId, choice: Choice
) -> None:
    listed = ", ".join(_SINGLE)
    query = f"SELECT {listed} FROM customer WHERE id = ?"
    mine = dict(zip(_SINGLE, connection.execute(query, (kept,)).fetchone(), strict=True))
    his = dict(zip(_SINGLE, connection.execute(query, (other,)).fetchone(), strict=True))
    wanted = choice.fields
    if "name" in wanted:
        wanted |= _NAME_PARTS
    blank = {name for name in _SINGLE if _is_blank(name, mine[name])}
    if his["name"] != mine["name"]:
        blank -= _NAME_PARTS  # they are parts of another name
    for name in _SINGLE:
        known, offered = mine[name], his[name]
        if name == "notes" and choice.join_notes:
            if offered and offered not in known:
                joined = f"{known}\n{offered}" if known else offered
                customers.set_column(connection, kept, name, joined)
        elif name in wanted or (name in blank and offered):
            customers.set_column(connection, kept, name, offered)


def _is_blank(name: str, value: object) -> bool:
    # "Potential" is what everybody is before anything is said of him.
    return not value or (name == "stage" and value == Stage.POTENTIAL.value)


def _join_points(connection: Connection, kept: CustomerId, other: CustomerId) -> None:
    """Keep every way to reach either; the same one is kept once, with its label."""
    same = """FROM contact_point o JOIN contact_point k ON k.customer_id = ?1 AND k.kind = o.kind
      AND coalesce(k.value, k.raw) = coalesce(o.value, o.raw) WHERE o.customer_id = ?2"""
    twice = connection.execute(
        f"SELECT o.id, o.label, o.do_not_use, k.id, k.label {same}", (kept, other)
    ).fetchall()
    for number, label, do_not_use, mine, my_label in twice:
        if label and not my_label:
            connection.execute("UPDATE contact_point SET label = ? WHERE id = ?", (label, mine))
        if do_not_use:
            connection.execute("UPDATE contact_point SET do_not_use = 1 WHERE id = ?", (mine,))
        connection.execute("DELETE FROM contact_point WHERE id = ?", (number,))
    _move_behind(connection, "contact_point", kept, other)


def _join_addresses(connection: Connection, kept: CustomerId, other: CustomerId) -> None:
    parts = ("street", "postcode", "city", "region", "country")
    alike = " AND ".join(f"k.{part} = o.{part}" for part in parts)
    twice = connection.execute(
        f"SELECT DISTINCT o.id FROM address o JOIN address k ON k.customer_id = ? AND {alike}"
        " WHERE o.customer_id = ?",
        (kept, other),
    ).fetchall()
    connection.executemany("DELETE FROM address WHERE id = ?", twice)
    _move_behind(connection, "address", kept, other)


def _join_tags(connection: Connection, kept: CustomerId, other: CustomerId) -> None:
    connection.execute(
        "DELETE FROM customer_tag WHERE customer_id = ? AND tag_id IN"
        " (SELECT tag_id FROM customer_tag WHERE customer_id = ?)",
        (other, kept),
    )
    _move_behind(connection, "customer_tag", kept, other)


def _move_behind(connection: Connection, table: str, kept: CustomerId, other: CustomerId) -> None:
    """Move rows that have a position behind those which stand."""
    (last,) = connection.execute(
        f"SELECT coalesce(max(position) + 1, 0) FROM {table} WHERE customer_id = ?", (kept,)
    ).fetchone()
    connection.execute(
        f"UPDATE {table} SET customer_id = ?, position = position + ? WHERE customer_id = ?",
        (kept, last, other),
    )


def _join_custom(
    connection: Connection, kept: CustomerId, other: CustomerId, wanted: frozenset[str]
) -> None:
    both = connection.execute(
        """SELECT f.name, k.id, o.id, o.value FROM custom_value o
           JOIN custom_value k ON k.customer_id = ? AND k.field_id = o.field_id
           JOIN custom_field f ON f.id = o.field_id WHERE o.customer_id = ?""",
        (kept, other),
    ).fetchall()
    for name, mine, his, value in both:
        if name in wanted:
            connection.execute("UPDATE custom_value SET value = ? WHERE id = ?", (value, mine))
        connection.execute("DELETE FROM custom_value WHERE id = ?", (his,))
    connection.execute(
        "UPDATE custom_value SET customer_id = ? WHERE customer_id = ?", (kept, other)
    )


def _join_relations(connection: Connection, kept: CustomerId, other: CustomerId) -> None:
    """Nobody is related with himself, nor twice in one way."""
    connection.execute(
        "DELETE FROM relation WHERE (customer_id = ?1 AND other_id = ?2)"
        " OR (customer_id = ?2 AND other_id = ?1)",
        (kept, other),
    )
    for mine, theirs in (("customer_id", "other_id"), ("other_id", "customer_id")):
        connection.execute(
            f"DELETE FROM relation WHERE {mine} = ?1 AND EXISTS (SELECT 1 FROM relation k"
            f" WHERE k.{mine} = ?2 AND k.{theirs} = relation.{theirs} AND k.kind = relation.kind)",
            (other, kept),
        )
        connection.execute(f"UPDATE relation SET {mine} = ? WHERE {mine} = ?", (kept, other))
