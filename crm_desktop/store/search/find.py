"""Answering a query: beginnings of names first, then the newest customers.

Words of three characters and more are looked up in the trigram index, which gives its hits by
the newest customer. For shorter ones it has no words; but a short text is either common, then
a look at the newest few thousand customers finds a page of hits, or it is rare, then few
trigrams begin with it and the index's vocabulary leads to their customers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_desktop.domain.customers import CustomerId, Stage
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.fold import has_han
from crm_desktop.store.search.keys import Query, match_expression, parse_query

_LAST = "\U0010ffff"
# The newest customers that are looked through for a short text, for each hit that is wanted.
_LOOKED_THROUGH = 20


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
    found: dict[CustomerId, None] = dict.fromkeys(_by_beginning(connection, query, limit, stage))
    if len(found) < limit:
        for customer in _newest(connection, query, limit + len(found), stage):
            found.setdefault(customer)
            if len(found) == limit:
                break
    return list(found)


def count(connection: Connection, text: str, *, cap: int, stage: Stage | None = None) -> int:
    """How many customers a text finds, counted no further than `cap`."""
    query = parse_query(text)
    return 0 if query.is_empty else len(_newest(connection, query, cap, stage))


def _by_beginning(
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


def _newest(
    connection: Connection, query: Query, limit: int, stage: Stage | None
) -> list[CustomerId]:
    """The newest customers that have the words of the query, by descending id."""
    if any(not match_expression(words) for words in query.alternatives):
        found = _look_through(connection, query, limit, stage)
        if found is not None:
            return found
    hits: set[CustomerId] = set()
    for words in query.alternatives:
        hits.update(_indexed(connection, words, limit, stage))
    return sorted(hits, reverse=True)[:limit]


def _look_through(
    connection: Connection, query: Query, limit: int, stage: Stage | None
) -> list[CustomerId] | None:
    """Look at the newest customers one by one; None where the index is the shorter way.

    What a first look finds tells how far a second one would have to go, and how many customers
    the index would bring.
    """
    total = connection.execute("SELECT max(customer_id) FROM search_doc").fetchone()[0] or 0
    window = limit * _LOOKED_THROUGH
    while True:
        found = _among_newest(connection, query, limit, stage, window)
        if len(found) >= limit or window >= total:
            return found
        needed = window * limit * 3 // (2 * len(found)) if found else total
        if needed > total * len(found) // max(window, 1):
            return None
        window = needed


def _among_newest(
    connection: Connection, query: Query, limit: int, stage: Stage | None, window: int
) -> list[CustomerId]:
    conditions = _Conditions()
    any_of = " OR ".join(conditions.all_in(words) for words in query.alternatives)
    of_stage = conditions.stage(stage)
    rows = connection.execute(
        f"""SELECT d.customer_id FROM
              (SELECT customer_id, skey FROM search_doc ORDER BY customer_id DESC LIMIT :window) d
            WHERE ({any_of}) {of_stage} LIMIT :limit""",
        {**conditions.parameters, "window": window, "limit": limit},
    )
    return [CustomerId(row[0]) for row in rows]


def _indexed(
    connection: Connection, words: tuple[str, ...], limit: int, stage: Stage | None
) -> list[CustomerId]:
    """The newest customers who have all of some words, by way of the index."""
    conditions = _Conditions()
    of_stage = conditions.stage(stage)
    if match := match_expression(words):
        source = "search_gram g CROSS JOIN search_doc d ON d.customer_id = g.rowid"
        chosen = f"g.search_gram MATCH :match AND {conditions.all_in(words)}"
        order = "g.rowid"
        conditions.parameters["match"] = match
    else:
        rarest = max(words, key=len)
        source = """(SELECT DISTINCT doc AS customer_id FROM search_term
                     WHERE term >= :begins AND term < :ends) d"""
        chosen, order = "1", "d.customer_id"
        conditions.parameters.update(begins=rarest, ends=rarest + _LAST)
        if len(words) > 1:
            source += " CROSS JOIN search_doc s USING (customer_id)"
            chosen = conditions.all_in(words, "s.skey")
    rows = connection.execute(
        f"""SELECT d.customer_id FROM {source} WHERE {chosen} {of_stage}
            ORDER BY {order} DESC LIMIT :limit""",
        {**conditions.parameters, "limit": limit},
    )
    return [CustomerId(row[0]) for row in rows]


@dataclass(slots=True)
class _Conditions:
    """SQL conditions, with the user's words only ever as parameters."""

    parameters: dict[str, object] = field(default_factory=dict)

    def all_in(self, words: tuple[str, ...], column: str = "d.skey") -> str:
        tests = []
        for word in words:
            name = f"w{len(self.parameters)}"
            self.parameters[name] = word
            tests.append(f"instr({column}, :{name})")
        return "(" + " AND ".join(tests) + ")"

    def stage(self, stage: Stage | None) -> str:
        if stage is None:
            return ""
        self.parameters["stage"] = stage.value
        return """AND EXISTS (SELECT 1 FROM customer_summary u
                  WHERE u.customer_id = d.customer_id AND u.stage = :stage)"""
