"""Answering a query: name prefixes first, then the newest customers."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerId, Stage
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.fold import has_han
from crm_desktop.store.search.keys import Query, match_expression, needs_confirmation, parse_query

_LAST = "\U0010ffff"


def find(
    connection: Connection, text: str, *, limit: int, stage: Stage | None = None
) -> list[CustomerId]:
    """The customers that a text finds, best first.

    Those whose name begins with the text lead; then those whose pinyin, initials or a further
    word of whose name does; the others follow, the newest first.

    Args:
        connection: for reading.
        text: as typed; "" finds nothing.
        limit: how many at most.
        stage: only customers of this stage.
    """
    query = parse_query(text)
    if query.is_empty or limit <= 0:
        return []
    found: dict[CustomerId, None] = dict.fromkeys(_by_prefix(connection, query, limit, stage))
    if len(found) < limit:
        for customer in _by_grams(connection, query, limit + len(found), stage):
            found.setdefault(customer)
            if len(found) == limit:
                break
    return list(found)


def count(connection: Connection, text: str, *, cap: int, stage: Stage | None = None) -> int:
    """How many customers a text finds, counted no further than `cap`."""
    query = parse_query(text)
    if query.is_empty:
        return 0
    sql, parameters = _gram_query(query, stage)
    row = connection.execute(
        f"SELECT count(*) FROM ({sql} LIMIT :limit)", {**parameters, "limit": cap}
    ).fetchone()
    return int(row[0])


def _by_prefix(
    connection: Connection, query: Query, limit: int, stage: Stage | None
) -> list[CustomerId]:
    prefix = " ".join(query.alternatives[0])
    parameters = {
        "first": prefix,
        "last": prefix + _LAST,
        "limit": limit,
        "stage": None if stage is None else stage.value,
    }
    of_stage = "" if stage is None else "AND s.stage = :stage"
    found: dict[CustomerId, None] = {}
    # Chinese names are sorted by readings put between their characters, which nobody types.
    if not has_han(prefix):
        rows = connection.execute(
            f"""SELECT s.customer_id FROM customer_summary s
                WHERE s.sort_key >= :first AND s.sort_key < :last {of_stage}
                ORDER BY s.sort_key, s.customer_id LIMIT :limit""",
            parameters,
        )
        found.update(dict.fromkeys(CustomerId(row[0]) for row in rows))
    if len(found) < limit:
        rows = connection.execute(
            f"""SELECT n.customer_id FROM search_name n
                CROSS JOIN customer_summary s ON s.customer_id = n.customer_id
                WHERE n.name_key >= :first AND n.name_key < :last {of_stage}
                ORDER BY n.name_key, n.customer_id LIMIT :limit""",
            # A customer has a handful of names at most, so this many rows hold enough of them.
            {**parameters, "limit": limit * 2},
        )
        found.update(dict.fromkeys(CustomerId(row[0]) for row in rows))
    return list(found)[:limit]


def _by_grams(
    connection: Connection, query: Query, limit: int, stage: Stage | None
) -> list[CustomerId]:
    sql, parameters = _gram_query(query, stage)
    rows = connection.execute(
        f"{sql} ORDER BY g.rowid DESC LIMIT :limit", {**parameters, "limit": limit}
    )
    return [CustomerId(row[0]) for row in rows]


def _gram_query(query: Query, stage: Stage | None) -> tuple[str, dict[str, object]]:
    parameters: dict[str, object] = {"match": match_expression(query)}
    joins, conditions = "", ["g.search_gram MATCH :match"]
    if needs_confirmation(query):
        joins = " CROSS JOIN search_doc d ON d.customer_id = g.rowid"
        alternatives = []
        for i, words in enumerate(query.alternatives):
            tests = []
            for k, word in enumerate(words):
                parameters[f"w{i}_{k}"] = word
                tests.append(f"instr(d.skey, :w{i}_{k})")
            alternatives.append("(" + " AND ".join(tests) + ")")
        conditions.append("(" + " OR ".join(alternatives) + ")")
    if stage is not None:
        joins += " CROSS JOIN customer_summary s ON s.customer_id = g.rowid"
        conditions.append("s.stage = :stage")
        parameters["stage"] = stage.value
    return f"SELECT g.rowid FROM search_gram g{joins} WHERE {' AND '.join(conditions)}", parameters
