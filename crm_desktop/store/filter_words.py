"""The words that fields of few words hold in an archive, to be chosen from."""

from __future__ import annotations

from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.filters import OWN
from crm_desktop.store import custom_fields
from crm_desktop.store.engine import Connection
from crm_desktop.store.mentions import NAMED
from crm_desktop.store.search.fold import fold

_MOST_WORDS = 200
_WORDS = {
    **{
        name: f"SELECT DISTINCT {name}, '' FROM customer WHERE {name} <> '' AND deleted_at IS NULL"
        for name in ("owner", "source", "title", "language")
    },
    "country": "SELECT DISTINCT country, '' FROM address WHERE country <> ''",
    "tag": "SELECT name, '' FROM tag",
    "imported": "SELECT CAST(batch_id AS TEXT), group_concat(name, ', ') FROM import_file"
    " GROUP BY batch_id",
}


def words(connection: Connection, name: str) -> list[tuple[str, str]]:
    """The words that a field of few words has, each stored and shown ("" for the same)."""
    parameters: tuple[object, ...] = ()
    sql = _WORDS.get(name)
    if sql is None:
        if not name.startswith(OWN):
            return []
        sql = "SELECT DISTINCT value, '' FROM custom_value WHERE field_id = ?"
        parameters = (name.removeprefix(OWN),)
    own = {
        f"{OWN}{number}": kind for number, (_n, kind) in custom_fields.by_number(connection).items()
    }
    if own.get(name) is FieldKind.CUSTOMER:
        sql = f"SELECT DISTINCT x.value, {NAMED} FROM custom_value x WHERE x.field_id = ?"
    found: list[tuple[str, str]] = connection.execute(
        f"{sql} LIMIT {_MOST_WORDS}", parameters
    ).fetchall()
    if own.get(name) is FieldKind.CHOICES:
        split = {word for value, _shown in found for word in value.split("; ")}
        found = [(word, "") for word in split]
    found.sort(key=lambda word: (fold(word[1] or word[0]), word[0]))
    return found
