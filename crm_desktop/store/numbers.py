"""Numbers that were given out: kept beside the journal, so that no undo lets one come twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from crm_desktop.domain import numbering
from crm_desktop.domain.numbers import Fate, Gap, GivenNumber, Series
from crm_desktop.store.engine import Connection
from crm_desktop.store.times import parse, write

# Where the numbers of a series stand, once they are given out.
_BEARERS = {
    Series.QUOTATION.value: "quotation",
    Series.ORDER.value: "sales_order",
    Series.RECEIPT.value: "payment",
}
# Where a version of a number `i.scope` stands that was given out as `i.count`.
_OF_VERSION = {
    Series.QUOTATION.value: "SELECT 1 FROM quotation b WHERE b.number = i.scope COLLATE NOCASE"
    " AND b.version = i.count",
    Series.ORDER.value: "SELECT 1 FROM sales_order b JOIN order_version v ON v.order_id = b.id"
    " WHERE b.number = i.scope COLLATE NOCASE AND v.version = i.count AND v.status <> 'draft'",
}
_VERSIONS = ".version"
# A number's version stands behind it, as `quotations.of_version` writes it.
_BEHIND = "/"


def give(connection: Connection, series: Series, pattern: str, *, day: date, at: datetime) -> str:
    """Give the next number out, for good.

    A pattern that was changed may come upon numbers that another one wrote: these are passed
    over, and so are those that came from elsewhere.

    Args:
        connection: the writer's, inside a step.
        series: of what.
        pattern: a checked one.
        day: that stands in the number.
        at: the moment.
    """
    scope = numbering.scope(pattern, day)
    count = _last(connection, series.value, scope) + 1
    while _is_given(connection, series.value, number := numbering.written(pattern, count, day)):
        count += 1
    _insert(connection, GivenNumber(series.value, scope, count, number, at))
    return number


def expected(connection: Connection, series: Series, pattern: str, day: date) -> str:
    """The number that would be given out next."""
    count = _last(connection, series.value, numbering.scope(pattern, day)) + 1
    while _is_given(connection, series.value, number := numbering.written(pattern, count, day)):
        count += 1
    return number


def give_version(
    connection: Connection, series: Series, number: str, at_least: int, at: datetime
) -> int:
    """Give the next version of a number out, for good: one that was issued is on paper.

    Args:
        connection: the writer's, inside a step.
        series: of what.
        number: of which number.
        at_least: behind the version that is replaced.
        at: the moment.
    """
    versions = f"{series.value}{_VERSIONS}"
    version = max(at_least, _last(connection, versions, number) + 1)
    while _is_given(connection, versions, f"{number}{_BEHIND}{version}"):
        version += 1
    written = f"{number}{_BEHIND}{version}"
    _insert(connection, GivenNumber(versions, number, version, written, at))
    return version


def note(connection: Connection, series: Series, number: str, version: int, at: datetime) -> None:
    """Keep a number from being given out that stands on a paper from elsewhere."""
    _insert(connection, GivenNumber(series.value, "", 0, number, at))
    if version > 1:
        versions = f"{series.value}{_VERSIONS}"
        written = f"{number}{_BEHIND}{version}"
        _insert(connection, GivenNumber(versions, number, version, written, at))


def given(connection: Connection) -> list[GivenNumber]:
    """All numbers that were given out, the first one first."""
    rows = connection.execute(
        "SELECT series, scope, count, number, at FROM issued_number ORDER BY id"
    )
    return [
        GivenNumber(series, scope, count, number, parse(at))
        for series, scope, count, number, at in rows
    ]


def take_in(connection: Connection, listed: Iterable[GivenNumber]) -> None:
    """Keep the numbers of another archive from being given out here; what is known stays."""
    for one in listed:
        _insert(connection, one)


def gaps(connection: Connection, series: Series) -> list[Gap]:
    """The numbers of a series, and their versions, that nothing bears; the newest first."""
    table = _BEARERS[series.value]
    version = _OF_VERSION.get(series.value, "SELECT 1 WHERE 0")
    rows = connection.execute(
        f"""SELECT i.number, i.at, iif(i.series = ?1, i.number, i.scope),
              iif(i.series = ?1, NULL, i.count) FROM issued_number i
            WHERE i.series IN (?1, ?2)
              AND NOT EXISTS (SELECT 1 FROM {table} b WHERE b.number = i.number COLLATE NOCASE
                AND i.series = ?1)
              AND NOT EXISTS ({version} AND i.series = ?2)
            ORDER BY i.id DESC""",
        (series.value, f"{series.value}{_VERSIONS}"),
    ).fetchall()
    return [
        Gap(number, parse(at), *_fate(connection, table, base, version))
        for number, at, base, version in rows
    ]


def _fate(
    connection: Connection, table: str, number: str, version: int | None
) -> tuple[Fate, int | None]:
    """What became of what bore a number, by the journal."""
    row = connection.execute(
        """SELECT row_id FROM journal WHERE table_name = ?1 AND action IN ('U', 'D')
             AND action <> 'I' AND (before ->> 'number' = ?2 OR after ->> 'number' = ?2)
             AND (?3 IS NULL OR coalesce(after ->> 'version', before ->> 'version', ?3) = ?3
               OR before ->> 'version' = ?3)
           ORDER BY id DESC LIMIT 1""",
        (table, number, version),
    ).fetchone()
    if row is None:
        return Fate.UNKNOWN, None
    stands = connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", row).fetchone()
    return (Fate.TAKEN_BACK, row[0]) if stands else (Fate.REMOVED, None)


def _last(connection: Connection, series: str, scope: str) -> int:
    row = connection.execute(
        "SELECT coalesce(max(count), 0) FROM issued_number WHERE series = ? AND scope = ?",
        (series, scope),
    ).fetchone()
    return int(row[0])


def _is_given(connection: Connection, series: str, number: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM issued_number WHERE series = ? AND number = ?", (series, number)
    ).fetchone()
    return row is not None


def _insert(connection: Connection, one: GivenNumber) -> None:
    # What was only seen on a paper is counted once somebody knows how.
    connection.execute(
        """INSERT INTO issued_number (series, scope, count, number, at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (series, number) DO UPDATE
             SET scope = excluded.scope, count = excluded.count WHERE count = 0""",
        (one.series, one.scope, one.count, one.number, write(one.at)),
    )
