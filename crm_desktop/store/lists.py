"""Lists of customers: ids in order, rows by id. Every query for a page is bounded."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import itemgetter

from crm_desktop.domain.customers import CustomerId, CustomerListQuery, CustomerRow, SortColumn
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import OWN
from crm_desktop.store.engine import Connection
from crm_desktop.store.filter_values import Asked
from crm_desktop.store.filters import COUNTED, EVERYBODY, Sql, compiled
from crm_desktop.store.mentions import NAMED
from crm_desktop.store.search.find import count as count_found
from crm_desktop.store.search.find import find
from crm_desktop.store.sorting import COUNTRY, Order, order_of, word_key
from crm_desktop.store.sorting_cache import OrderCache
from crm_desktop.store.times import today

SEARCH_CAP = 1_000
# So many customers are walked through in a list's order for its first page, before everybody
# is asked: a filter that one in thirty meets is answered that way, within a few milliseconds.
_WALKED = 2_000
# A search that finds as many is narrowed down by the filter the other way round.
_SEARCHED = 1_000
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


def ids(
    connection: Connection,
    query: CustomerListQuery,
    *,
    limit: int = -1,
    asked: Asked | None = None,
    orders: OrderCache | None = None,
) -> array[int]:
    """Ids of a list, in its order; a search ends after the best 1,000.

    Args:
        connection: for reading.
        query: which customers.
        limit: how many at most, -1 for all.
        asked: for the days of its filter.
        orders: those that were read lately.
    """
    if query.trashed:
        return _read(connection, _TRASH, {}, limit)
    asked = asked or Asked(today())
    if query.text.strip():
        return _found(connection, query, SEARCH_CAP if limit < 0 else min(limit, SEARCH_CAP), asked)
    if query.filter.is_empty and query.sort in (None, *_ORDER):
        sql, parameters = _list(query)
        return _read(connection, sql, parameters, limit)
    return _filtered(connection, query, limit, asked, orders=orders)


_TRASH = "SELECT id FROM customer WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id DESC"


def _read(
    connection: Connection, sql: str, parameters: dict[str, object], limit: int
) -> array[int]:
    rows = connection.execute(f"{sql} LIMIT :limit", {**parameters, "limit": limit})
    return array("q", map(itemgetter(0), rows))  # no list between: a million would take 40 MB


def _list(query: CustomerListQuery) -> tuple[str, dict[str, object]]:
    order = _ORDER[SortColumn(query.sort or SortColumn.NAME)]
    direction = "DESC" if query.descending else "ASC"
    where = "" if query.stage is None else "WHERE stage = :stage"
    return (
        f"SELECT customer_id FROM customer_summary {where}"
        f" ORDER BY {order} {direction}, customer_id {direction}",
        {} if query.stage is None else {"stage": query.stage.value},
    )


def _filtered(
    connection: Connection,
    query: CustomerListQuery,
    limit: int,
    asked: Asked,
    among: Sql | None = None,
    orders: OrderCache | None = None,
) -> array[int]:
    """Ids of a list with a filter, or in an order that no index has."""
    column = query.sort or SortColumn.NAME.value
    tree = query.whole_filter if among is None else query.filter
    if column == SortColumn.CITY and query.filter.is_empty and among is None:
        return _by_city(connection, query, limit)
    order = order_of(connection, column)
    direction = "DESC" if query.descending else "ASC"
    everybody = None
    if among is None and not order.walked:
        everybody = _everybody(connection, query, order, limit, orders)
    if everybody is not None and tree.is_empty:
        return everybody if limit < 0 else everybody[:limit]
    if limit >= 0 and among is None and (order.walked or everybody is not None):
        condition = compiled(connection, tree, asked, as_sets=False)
        if everybody is None:
            source = f"({order.source})" if order.source else "customer_summary"
            key = "key" if order.source else order.key
            first = f"""(SELECT s.customer_id AS value FROM {source} s
                   ORDER BY {key} {direction}, s.customer_id {direction} LIMIT {_WALKED})"""
        else:
            first = "json_each(:walked)"
            condition.parameters["walked"] = str(everybody[:_WALKED].tolist())
        walked = connection.execute(
            f"""SELECT c.id FROM {first} w CROSS JOIN customer c ON c.id = w.value
                WHERE c.deleted_at IS NULL AND {condition.text} LIMIT :limit""",
            {**condition.parameters, "limit": limit},
        )
        if len(found := array("q", map(itemgetter(0), walked))) == limit:
            return found
    condition = compiled(connection, tree, asked, as_sets=True)
    if everybody is None and order.walked and order.source and orders is not None:
        # Its index gives the order of all in the time that looking up the few would take.
        everybody = _everybody(connection, query, order, -1, orders)
    if everybody is not None:
        sql = f"SELECT c.id FROM customer c WHERE c.deleted_at IS NULL AND {condition.text}"
        meeting = set(_read(connection, sql, condition.parameters, -1))
        found = array("q", filter(meeting.__contains__, everybody))
        return found if limit < 0 else found[:limit]
    if among is not None:
        condition = Sql(
            f"{condition.text} AND {among.text}", condition.parameters | among.parameters
        )
    return _ordered(connection, order, condition, direction, limit)


def _everybody(
    connection: Connection,
    query: CustomerListQuery,
    order: Order,
    limit: int,
    orders: OrderCache | None,
) -> array[int] | None:
    """Everybody in an order, where that is known, or is worth being found out.

    A first page is not kept waiting for the order of all, but for cities, whose words alone
    say how they are ordered.
    """
    if orders is None:
        return None
    column = query.sort or SortColumn.NAME.value
    known = orders.get(column, descending=query.descending)
    by_city = column == SortColumn.CITY
    if known is not None or (limit >= 0 and not by_city):
        return known
    generation = orders.generation
    if by_city:
        made = _by_city(connection, CustomerListQuery(descending=query.descending), -1)
    else:
        direction = "DESC" if query.descending else "ASC"
        made = _ordered(connection, order, Sql(), direction, -1)
    orders.keep(column, query.descending, made, generation)
    return made


def _ordered(
    connection: Connection, order: Order, condition: Sql, direction: str, limit: int
) -> array[int]:
    where = f"c.deleted_at IS NULL AND {condition.text}"
    parameters = condition.parameters | dict(order.parameters)
    if not order.source or condition.text != EVERYBODY:
        summary = "CROSS JOIN customer_summary s ON s.customer_id = c.id" if order.summary else ""
        key = f"nullif({order.key}, '')" if order.blanks else order.key
        return _read(
            connection,
            f"SELECT c.id FROM customer c {summary} WHERE {where}"
            f" ORDER BY {key} {direction} NULLS LAST, c.id {direction}",
            parameters,
            limit,
        )
    # To look every single one up would take twice the time of the order itself.
    chosen = f"""SELECT o.customer_id FROM ({order.source}) o WHERE o.customer_id NOT IN
                 (SELECT id FROM customer WHERE deleted_at IS NOT NULL)"""
    found = _read(
        connection,
        f"{chosen} ORDER BY o.key {direction}, o.customer_id {direction}",
        parameters,
        limit,
    )
    left = -1 if limit < 0 else limit - len(found)
    if left:
        found.extend(
            _read(
                connection,
                f"""SELECT c.id FROM customer c WHERE {where} AND c.id NOT IN
                    (SELECT o.customer_id FROM ({order.source}) o) ORDER BY c.id {direction}""",
                parameters,
                left,
            )
        )
    return found


def _by_city(connection: Connection, query: CustomerListQuery, limit: int) -> array[int]:
    """Ids by city, one city after the other.

    Cities are few beside customers (14 or 2,000 in 100,000: 0.1 or 6 ms), so they are put in
    order here rather than kept with a key each: Évora beside Evora, Chinese ones by reading.
    """
    cities = [row[0] for row in connection.execute(_CITIES)]
    cities.sort(key=word_key, reverse=query.descending)
    if "" in cities:
        cities.remove("")
        cities.append("")
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


def _found(
    connection: Connection, query: CustomerListQuery, limit: int, asked: Asked
) -> array[int]:
    wanted = SEARCH_CAP if query.sort else limit
    if query.filter.is_empty:
        found = find(connection, query.text, limit=wanted, stage=query.stage)
    else:
        found = _found_and_met(connection, query, wanted, asked)
    if query.sort is None:
        return array("q", found)
    among = Sql("c.id IN (SELECT value FROM json_each(:among))", {"among": str(list(found))})
    ordered = CustomerListQuery(sort=query.sort, descending=query.descending)
    return _filtered(connection, ordered, limit, asked, among)


def _found_and_met(
    connection: Connection, query: CustomerListQuery, limit: int, asked: Asked
) -> list[CustomerId]:
    """Who is found by the text and meets the filter, best first."""
    first = find(connection, query.text, limit=_SEARCHED, stage=query.stage)
    condition = compiled(connection, query.filter, asked, as_sets=False)
    meeting = {
        row[0]
        for row in connection.execute(
            "SELECT c.id FROM json_each(:among) f CROSS JOIN customer c ON c.id = f.value"
            f" WHERE {condition.text}",
            {**condition.parameters, "among": str(first)},
        )
    }
    best = [number for number in first if number in meeting][:limit]
    if len(first) < _SEARCHED or len(best) == limit:
        return best
    # The others of the filter, the newest first, as the search itself has them.
    condition = compiled(connection, query.whole_filter, asked, as_sets=True)
    rows = connection.execute(
        f"SELECT c.id FROM customer c WHERE c.deleted_at IS NULL AND {condition.text}"
        " ORDER BY c.id DESC LIMIT :limit",
        {**condition.parameters, "limit": limit + len(best)},
    )
    return list(dict.fromkeys([*best, *(CustomerId(row[0]) for row in rows)]))[:limit]


def count(
    connection: Connection,
    query: CustomerListQuery,
    *,
    cap: int | None = None,
    asked: Asked | None = None,
) -> int:
    """Length of a list; a search is counted up to `cap` (1,001 without one)."""
    if query.trashed:
        sql, parameters = "SELECT count(*) FROM customer WHERE deleted_at IS NOT NULL", {}
    elif not query.filter.is_empty:
        tree = query.whole_filter
        condition = compiled(connection, tree, asked or Asked(today()), as_sets=True)
        sql = f"SELECT count(*) FROM customer c WHERE c.deleted_at IS NULL AND {condition.text}"
        parameters = condition.parameters
    elif query.text.strip():
        return count_found(connection, query.text, cap=cap or SEARCH_CAP + 1, stage=query.stage)
    elif query.stage is not None:
        sql = "SELECT count(*) FROM customer_summary WHERE stage = :stage"
        parameters = {"stage": query.stage.value}
    else:
        sql, parameters = "SELECT count(*) FROM customer_summary", {}
    return int(connection.execute(sql, parameters).fetchone()[0])


def rows(
    connection: Connection, customers: Sequence[CustomerId], columns: Sequence[str] = ()
) -> list[CustomerRow]:
    """List rows in the order asked for; customers that are gone are left out.

    Args:
        connection: for reading.
        customers: whose rows.
        columns: of `lists.COLUMNS`, or own fields: whose values `CustomerRow.more` shall have.
    """
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
    more = [cell for column in columns if (cell := cell_of(column)) is not None]
    if more:
        cells = ", ".join(f"coalesce({sql}, '')" for _column, sql in more)
        for number, *values in connection.execute(
            f"SELECT c.id, {cells} FROM customer c WHERE c.id IN ({marks})", tuple(customers)
        ):
            texts = zip((column for column, _sql in more), map(str, values), strict=True)
            by_id[number] = by_id[number]._replace(more=tuple(texts))
    return [by_id[number] for number in customers if number in by_id]


_CELLS = {
    **{name: f"c.{name}" for name in ("owner", "source", "title", "language", "birthday")},
    "rating": "nullif(c.rating, 0)",
    "created": "c.created_at",
    "last_contact": "(SELECT last_at FROM customer_contact WHERE customer_id = c.id)",
    "contacts": "(SELECT contacts FROM customer_contact WHERE customer_id = c.id)",
    "country": COUNTRY,
    "tag": "(SELECT group_concat(g.name, ', ' ORDER BY t.position, t.id) FROM customer_tag t"
    " JOIN tag g ON g.id = t.tag_id WHERE t.customer_id = c.id)",
    "task_due": "(SELECT min(x.due_on) FROM task x WHERE x.customer_id = c.id"
    " AND x.done_at IS NULL)",
    "document_expires": "(SELECT min(x.expires_on) FROM document x WHERE x.customer_id = c.id)",
}


def cell_of(column: str) -> tuple[str, str] | None:
    """The expression for a column's text, None where the row has it anyway."""
    if column in _CELLS:
        return column, _CELLS[column]
    if column in COUNTED:
        counted = COUNTED[column]
        return column, (
            f"(SELECT nullif(count(*), 0) FROM {counted.source}"
            f" WHERE {counted.owner} = c.id AND {counted.where})"
        )
    if column.startswith(OWN) and (number := column.removeprefix(OWN)).isdigit():
        return column, (
            f"(SELECT CASE f.kind WHEN '{FieldKind.CUSTOMER}' THEN {NAMED} ELSE x.value END"
            " FROM custom_value x JOIN custom_field f ON f.id = x.field_id"
            f" WHERE x.customer_id = c.id AND x.field_id = {int(number)})"
        )
    return None
