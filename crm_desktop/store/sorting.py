"""The orders of lists: what a column is sorted by, and from where it is read fastest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import OWN
from crm_desktop.store import custom_fields
from crm_desktop.store.engine import Connection
from crm_desktop.store.filter_values import amount, is_amount
from crm_desktop.store.filters import COUNTED
from crm_desktop.store.mentions import NAMED
from crm_desktop.store.search.fold import fold_cached
from crm_desktop.store.search.pinyin import sortable
from crm_desktop.store.times import today

# So few different words are put in the order of their language; more of them go by letters.
_FEW = 40


class Order(NamedTuple):
    """How a list is ordered; who has nothing of it stands last, whichever way.

    Attributes:
        key: expression over `customer c` and `customer_summary s`.
        walked: whether an index has all customers, or all that have something, in this order.
        source: rows (customer_id, key) of those who have something, in another table; that is
            how everybody is put in order. Of a filter's few each is looked up by `key`.
        summary: whether `s` is needed.
        blanks: whether there may be customers without it.
        parameters: words that the key or the source speaks of.
    """

    key: str
    walked: bool = False
    source: str = ""
    summary: bool = False
    blanks: bool = False
    parameters: Mapping[str, object] = MappingProxyType({})


_SUMMARY = {
    "name": Order("s.sort_key", walked=True, summary=True),
    "updated": Order("s.updated_at", walked=True, summary=True),
    **{
        column: Order(
            f"s.{key}",
            source=f"SELECT customer_id, {key} AS key FROM customer_summary WHERE {value} <> ''",
            summary=True,
            blanks=True,
        )
        for column, value, key in (
            ("organisation", "organisation_key", "organisation_key"),
            ("phone", "phone", "phone"),
            ("email", "email", "email COLLATE NOCASE"),
        )
    },
}
_STAGES = (
    "CASE c.stage WHEN 'potential' THEN 1 WHEN 'prospect' THEN 2 WHEN 'customer' THEN 3 ELSE 4 END"
)
# From today on, as one congratulates; lunar days stand by their figures.
_DAY = "substr(rtrim(c.birthday, '+'), -5)"
_NEXT_BIRTHDAY = f"({_DAY} < :today) || {_DAY}"
_PLAIN = {
    "stage": Order(_STAGES),
    "kind": Order("c.kind"),
    "created": Order("c.created_at"),
    "rating": Order("nullif(c.rating, 0)", blanks=True),
}
_WORDS = {"source": "c.source", "title": "c.title", "language": "c.language"}
# Each owner once, by the index of those who have one: DISTINCT reads it whole.
_OWNERS = """
WITH RECURSIVE seen (owner) AS (
  SELECT min(owner) FROM customer WHERE owner <> ''
  UNION ALL
  SELECT (SELECT min(owner) FROM customer WHERE owner <> '' AND owner > seen.owner)
  FROM seen WHERE owner IS NOT NULL
)
SELECT owner FROM seen WHERE owner IS NOT NULL
"""
# Which of several dates counts, where they stand, and which of them.
_FIRST_DATES = {
    "task_due": ("min", "task", "due_on", "done_at IS NULL AND due_on IS NOT NULL"),
    "document_expires": ("min", "document", "expires_on", "expires_on IS NOT NULL"),
}
_CONTACTS = {"last_contact": "last_at", "contacts": "contacts"}
COUNTRY = (
    "(SELECT a.country FROM address a WHERE a.customer_id = c.id AND a.country <> ''"
    " ORDER BY a.position, a.id LIMIT 1)"
)


def order_of(connection: Connection, column: str) -> Order:
    """The order by a column; by name where there is no such column (any more)."""
    if column in _SUMMARY:
        return _SUMMARY[column]
    if column in _PLAIN:
        return _PLAIN[column]
    if column == "birthday":
        # Asked of the clock for each row it took twice the time.
        return Order(
            f"CASE WHEN c.birthday <> '' THEN {_NEXT_BIRTHDAY} END",
            source=f"SELECT c.id AS customer_id, {_NEXT_BIRTHDAY} AS key FROM customer c"
            " WHERE c.birthday <> ''",
            parameters={"today": f"{today():%m-%d}"},
        )
    if column == "city":
        key, words = _by_words(connection, "s.city", "SELECT DISTINCT city FROM customer_summary s")
        return Order(key, summary=True, blanks=True, parameters=words)
    if column == "owner":
        key, words = _by_words(connection, "c.owner", _OWNERS)
        some = f"SELECT c.id AS customer_id, {key} AS key FROM customer c WHERE c.owner <> ''"
        return Order(key, source=some, blanks=True, parameters=words)
    if column in _WORDS:
        known = f"SELECT DISTINCT {_WORDS[column]} FROM customer c WHERE {_WORDS[column]} <> ''"
        key, words = _by_words(connection, _WORDS[column], known)
        return Order(key, blanks=True, parameters=words)
    if column in COUNTED:
        counted = COUNTED[column]
        return Order(
            f"(SELECT nullif(count(*), 0) FROM {counted.source}"
            f" WHERE {counted.owner} = c.id AND {counted.where})",
            source=f"SELECT {counted.owner}, count(*) AS key FROM {counted.source}"
            f" WHERE {counted.where} GROUP BY {counted.owner}",
        )
    if column in _CONTACTS:
        value = _CONTACTS[column]
        return Order(
            f"(SELECT {value} FROM customer_contact WHERE customer_id = c.id)",
            walked=True,
            source=f"SELECT customer_id, {value} AS key FROM customer_contact",
        )
    if column in _FIRST_DATES:
        best, table, value, where = _FIRST_DATES[column]
        return Order(
            f"(SELECT {best}({value}) FROM {table} WHERE customer_id = c.id AND {where})",
            source=f"SELECT customer_id, {best}({value}) AS key FROM {table}"
            f" WHERE customer_id IS NOT NULL AND {where} GROUP BY customer_id",
        )
    if column == "country":
        key, words = _by_words(connection, COUNTRY, "SELECT DISTINCT country FROM address")
        return Order(key, blanks=True, parameters=words)
    if column.startswith(OWN):
        return _by_own(connection, column.removeprefix(OWN))
    return _SUMMARY["name"]


def _by_own(connection: Connection, number: str) -> Order:
    field = custom_fields.by_number(connection).get(int(number)) if number.isdigit() else None
    if field is None:
        return _SUMMARY["name"]
    rows = f"FROM custom_value x WHERE x.field_id = {int(number)}"
    kind = field[1]
    words: Mapping[str, object] = {}
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        key = f"CASE WHEN {is_amount('x.value')} THEN {amount('x.value')} ELSE x.value END"
    elif kind is FieldKind.DATE:
        key = "x.value"
    else:
        value = NAMED if kind is FieldKind.CUSTOMER else "x.value"
        key, words = _by_words(connection, value, f"SELECT DISTINCT {value} {rows}")
    one = f"(SELECT {key} {rows} AND x.customer_id = c.id)"
    source = f"SELECT x.customer_id, {key} AS key {rows}"
    return Order(one, source=source, parameters=words)


def _by_words(connection: Connection, value: str, known: str) -> tuple[str, dict[str, object]]:
    """Words as their language orders them: Évora beside Evora, Chinese ones by reading."""
    words = [row[0] for row in connection.execute(f"{known} LIMIT {_FEW + 1}") if row[0]]
    if len(words) > _FEW:
        return f"nullif({value}, '') COLLATE NOCASE", {}
    if not words:
        return "NULL", {}
    words.sort(key=word_key)
    cases = " ".join(f"WHEN :w{place} THEN {place}" for place in range(len(words)))
    return f"CASE {value} {cases} END", {f"w{place}": word for place, word in enumerate(words)}


def word_key(word: str) -> tuple[str, str]:
    """By what a word stands among others."""
    return sortable(fold_cached(word)), word
