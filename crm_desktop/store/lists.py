"""Lists of customers: ids in order, rows by id, pages by key. Every query is bounded."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import itemgetter

from crm_desktop.domain.customers import (
    CustomerId,
    CustomerListQuery,
    CustomerRow,
    SortColumn,
)
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.find import count as count_found
from crm_desktop.store.search.find import find
from crm_desktop.store.search.fold import fold_cached
from crm_desktop.store.search.pinyin import sortable

SEARCH_CAP = 1_000
# Each city once: by DISTINCT the whole index is read, so one looks for the next greater one.
_CITIES = """
WITH RECURSIVE seen (city) AS (
  SELECT min(city) FROM customer_summary
  UNION ALL
  SELECT (SELECT min(city) FROM customer_summary WHERE city > seen.city)
  FROM seen WHERE city IS NOT NULL
)
SELECT city FROM seen WHERE city IS NOT NULL
"""
_ORDER = {
    SortColumn.NAME: "sort_key",
    SortColumn.ORGANISATION: "organisation_key",
    SortColumn.STAGE: "stage",
    SortColumn.UPDATED: "updated_at",
}


# What the summary says of a customer; who lies in the trash has none.
_CITY = (
    "SELECT city FROM address WHERE customer_id = c.id AND city <> '' ORDER BY position, id LIMIT 1"
)
_PHONE = (
    "SELECT coalesce(value, raw) FROM contact_point"
    " WHERE customer_id = c.id AND kind = 'phone' ORDER BY position, id LIMIT 1"
)
_EMAIL = (
    "SELECT raw FROM contact_point"
    " WHERE customer_id = c.id AND kind = 'email' ORDER BY position, id LIMIT 1"
)


def ids(connection: Connection, query: CustomerListQuery, *, limit: int = -1) -> array[int]:
    """Ids of a list, in its order; a search ends after the best 1,000."""
    if query.text.strip() and not query.trashed:
        return _found(connection, query, SEARCH_CAP if limit < 0 else min(limit, SEARCH_CAP))
    if query.sort is SortColumn.CITY and not query.trashed:
        return _by_city(connection, query, limit)
    sql, parameters = _list(query)
    rows = connection.execute(f"{sql} LIMIT :limit", {**parameters, "limit": limit})
    return array("q", map(itemgetter(0), rows))  # no list between: a million would take 40 MB


def _found(connection: Connection, query: CustomerListQuery, limit: int) -> array[int]:
    found = find(
        connection, query.text, limit=SEARCH_CAP if query.sort else limit, stage=query.stage
    )
    if query.sort is None:
        return array("q", found)
    marks = ",".join("?" * len(found))
    direction = "DESC" if query.descending else "ASC"
    if query.sort is SortColumn.CITY:
        cities = connection.execute(
            f"SELECT customer_id, city FROM customer_summary WHERE customer_id IN ({marks})",
            tuple(found),
        ).fetchall()
        cities.sort(key=lambda row: (_city_key(row[1]), row[0]), reverse=query.descending)
        return array("q", [row[0] for row in cities[:limit]])
    rows = connection.execute(
        f"""SELECT customer_id FROM customer_summary WHERE customer_id IN ({marks})
            ORDER BY {_ORDER[query.sort]} {direction}, customer_id {direction} LIMIT ?""",
        (*found, limit),
    )
    return array("q", [row[0] for row in rows])


def _by_city(connection: Connection, query: CustomerListQuery, limit: int) -> array[int]:
    """Ids by city, one city after the other.

    Cities are few beside customers (14 or 2,000 in 100,000: 0.1 or 6 ms), so they are put in
    order here rather than kept with a key each: Évora beside Evora, Chinese ones by reading.
    """
    cities = [row[0] for row in connection.execute(_CITIES)]
    cities.sort(key=_city_key, reverse=query.descending)
    direction = "DESC" if query.descending else "ASC"
    # The plus keeps the index by stage out of it, which would be walked once a city.
    where = "" if query.stage is None else "AND +stage = ?"
    stage = () if query.stage is None else (query.stage.value,)
    sql = f"""SELECT customer_id FROM customer_summary WHERE city = ? {where}
              ORDER BY customer_id {direction} LIMIT ?"""
    found = array("q")
    for city in cities:
        left = -1 if limit < 0 else limit - len(found)
        if left == 0:
            break
        found.extend([row[0] for row in connection.execute(sql, (city, *stage, left))])
    return found


def _city_key(city: str) -> tuple[str, str]:
    return sortable(fold_cached(city)), city


def _list(query: CustomerListQuery) -> tuple[str, dict[str, object]]:
    if query.trashed:
        return (
            "SELECT id FROM customer WHERE deleted_at IS NOT NULL"
            " ORDER BY deleted_at DESC, id DESC",
            {},
        )
    order = _ORDER[query.sort or SortColumn.NAME]
    direction = "DESC" if query.descending else "ASC"
    where = "" if query.stage is None else "WHERE stage = :stage"
    return (
        f"SELECT customer_id FROM customer_summary {where}"
        f" ORDER BY {order} {direction}, customer_id {direction}",
        {} if query.stage is None else {"stage": query.stage.value},
    )


def count(connection: Connection, query: CustomerListQuery, *, cap: int | None = None) -> int:
    """Length of a list; a search is counted up to `cap` (1,001 without one)."""
    if query.text.strip() and not query.trashed:
        return count_found(connection, query.text, cap=cap or SEARCH_CAP + 1, stage=query.stage)
    if query.trashed:
        sql, parameters = "SELECT count(*) FROM customer WHERE deleted_at IS NOT NULL", {}
    elif query.stage is not None:
        sql = "SELECT count(*) FROM customer_summary WHERE stage = :stage"
        parameters = {"stage": query.stage.value}
    else:
        sql, parameters = "SELECT count(*) FROM customer_summary", {}
    return int(connection.execute(sql, parameters).fetchone()[0])


def rows(connection: Connection, customers: Sequence[CustomerId]) -> list[CustomerRow]:
    """List rows in the order asked for; customers that are gone are left out."""
    if not customers:
        return []
    marks = ",".join("?" * len(customers))
    cursor = connection.execute(
        f"""SELECT c.id, c.kind, c.name, c.organisation, c.stage,
                   coalesce(s.city, ({_CITY}), ''), coalesce(s.phone, ({_PHONE}), ''),
                   coalesce(s.email, ({_EMAIL}), ''), c.updated_at
            FROM customer c LEFT JOIN customer_summary s ON s.customer_id = c.id
            WHERE c.id IN ({marks})""",
        tuple(customers),
    )
    by_id = {row[0]: CustomerRow(*row) for row in cursor}
    return [by_id[number] for number in customers if number in by_id]
