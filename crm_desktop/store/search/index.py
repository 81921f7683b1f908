"""Keeping the index true: after an edit, after a bulk load, and on demand.

The index is derived from the customers and may be thrown away: `rebuild` makes it anew.
The gram table is contentless and knows no row's tokens; so a row is taken out by naming the
very grams that were put in, which follow from the stored `skey` (columnsize=0 and exact
'delete' commands measured 0.9 ms p95 a save, contentless_delete=1 measured 32 ms).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import NamedTuple

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.keys import (
    INDEX_VERSION,
    CustomerKeys,
    Searched,
    customer_keys,
    trigram_texts,
)
from crm_desktop.store.tables import COLUMNS, Flat

_CHUNK = 2_000
# The texts of so many customers are worth a statement of their own: as fast as twice as many,
# which take 16 MB more. A statement takes no more than 32,766 values.
TEXTS = 8_000
_TEXT = "INSERT INTO search_gram (rowid, text) VALUES (?, ?)"
_TEXTS = _TEXT + ", (?, ?)" * (TEXTS - 1)
_LISTED = (
    "UPDATE customer_summary SET sort_key = ?, organisation_key = ?, stage = ?, city = ?,"
    " phone = ?, email = ?, updated_at = ? WHERE customer_id = ?"
)
# From here on, making the index anew is cheaper than taking rows out one by one.
_REBUILD_SHARE = 0.3


class Entry(NamedTuple):
    """One customer's row in the lists and the index."""

    customer_id: int
    keys: CustomerKeys
    updated_at: str


def refresh(connection: Connection, customers: Sequence[CustomerId]) -> None:
    """Bring the index up to date for some customers: changed, new, trashed or gone.

    Of those who are found by the same words as before only the row of the lists is written: an
    owner or a stage is given to 10,000 in a quarter of a second, not in three. Of the others that
    row is changed, not made anew: its orders stand in four more indexes.
    """
    total = 0
    looked_at = rewritten = 0
    gone: list[tuple[int, str]] = []
    come: list[tuple[int, str]] = []
    for chunk in _chunks(customers):
        entries = {entry.customer_id: entry for entry in load(connection, chunk)}
        known = _known(connection, chunk)
        same = {n for n, e in entries.items() if known.get(n) == (e.keys.skey, e.keys.names)}
        _relist(connection, {n: e for n, e in entries.items() if n in known})
        others = [n for n in chunk if n not in same]
        looked_at += len(chunk)
        rewritten += len(others)
        if rewritten > 500:
            total = total or connection.execute("SELECT count(*) FROM customer").fetchone()[0]
            # As many of those who are left will have changed as of these.
            if rewritten * len(customers) > total * _REBUILD_SHARE * looked_at:
                rebuild(connection)
                return
        new = [entries[n] for n in others if n in entries and n not in known]
        kept = [entries[n] for n in others if n in entries and n in known]
        _remove(connection, [n for n in others if n not in entries], known)
        _list(connection, new)
        _add_words(connection, new)
        _change_words(connection, kept, known)
        # Last of all, and together: between them nothing makes FTS5 write (`add_texts`).
        gone += [(n, known[n][0]) for n in others if n in known]
        come += [(entry.customer_id, entry.keys.skey) for entry in (*new, *kept)]
        if len(come) + len(gone) >= 2 * TEXTS:
            _change_texts(connection, gone, come)
    _change_texts(connection, gone, come)


def add(connection: Connection, entries: Iterable[Entry]) -> None:
    """Put customers into the index who are not in it yet."""
    entries = list(entries)
    _list(connection, entries)
    _add_words(connection, entries)
    add_texts(connection, [(number, keys.skey) for number, keys, _at in entries])


def _list(connection: Connection, entries: Sequence[Entry]) -> None:
    insert_many(
        connection,
        "customer_summary",
        COLUMNS["customer_summary"],
        list(chain.from_iterable((n, *keys[:6], at) for n, keys, at in entries)),
    )


def _add_words(connection: Connection, entries: Sequence[Entry]) -> None:
    insert_many(
        connection,
        "search_doc",
        COLUMNS["search_doc"],
        list(chain.from_iterable((n, *keys[6:]) for n, keys, _at in entries)),
    )
    add_names(connection, list(chain.from_iterable(names_of(entries))))


def names_of(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    """The rows of the b-tree of further names."""
    for number, keys, _updated_at in entries:
        if keys.names:
            for name in keys.names.split("\n"):
                yield number, name


def add_names(connection: Connection, names: Flat) -> None:
    """Put further names into their b-tree (`tables`); many go in fastest in its order."""
    rows = sorted(zip(names[1::2], names[::2], strict=True))
    insert_many(connection, "search_name", "name_key, customer_id", list(chain.from_iterable(rows)))


def add_texts(connection: Connection, skeys: Sequence[tuple[int, str]]) -> None:
    """Put customers into the trigram index: numbers and `skey`s, by ascending number.

    `TEXTS` customers go in by one statement: whatever statement has several rows makes FTS5
    write out first what it has gathered in memory, and each such piece has to be joined with
    the others later. So the rest goes in by statements of one.
    """
    texts = trigram_texts([skey for _number, skey in skeys])
    rows = list(zip((number for number, _skey in skeys), texts, strict=True))
    whole = len(rows) - len(rows) % TEXTS
    for start in range(0, whole, TEXTS):
        flat = list(chain.from_iterable(rows[start : start + TEXTS]))
        connection.execute(_TEXTS, flat)
    connection.executemany(_TEXT, rows[whole:])


@contextmanager
def loading(connection: Connection) -> Iterator[None]:
    """Leave the lists' orders out while an empty archive is filled, and make them at its end.

    Made from all rows at once they cost a third, and are smaller.
    """
    orders = connection.execute(
        "SELECT name, sql FROM sqlite_schema"
        " WHERE type = 'index' AND tbl_name = 'customer_summary' AND sql IS NOT NULL"
    ).fetchall()
    for name, _sql in orders:
        connection.execute(f'DROP INDEX "{name}"')
    yield
    for _name, sql in orders:
        connection.execute(sql)


def _known(connection: Connection, customers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """By what customers are found at present: `skey` and further names."""
    marks = ",".join("?" * len(customers))
    rows = connection.execute(
        f"SELECT customer_id, skey, names FROM search_doc WHERE customer_id IN ({marks})",
        customers,
    )
    return {number: (skey, names) for number, skey, names in rows}


def _change_texts(
    connection: Connection, gone: list[tuple[int, str]], come: list[tuple[int, str]]
) -> None:
    """Take customers out of the trigram index, put others in, and clear both lists."""
    texts = trigram_texts([skey for _number, skey in gone])
    connection.executemany(
        "INSERT INTO search_gram (search_gram, rowid, text) VALUES ('delete', ?, ?)",
        [(number, text) for (number, _skey), text in zip(gone, texts, strict=True)],
    )
    add_texts(connection, sorted(come))
    gone.clear()
    come.clear()


def _relist(connection: Connection, entries: Mapping[int, Entry]) -> None:
    """Bring the rows of the lists up to date; one that shows the same has another time alone.

    Each column stands in an order of its own, which SQLite changes whatever is written there.
    """
    marks = ",".join("?" * len(entries))
    shown = {
        number: keys
        for number, *keys in connection.execute(
            "SELECT customer_id, sort_key, organisation_key, stage, city, phone, email"
            f" FROM customer_summary WHERE customer_id IN ({marks})",
            list(entries),
        )
    }
    same = {n for n, entry in entries.items() if shown.get(n) == list(entry.keys[:6])}
    connection.executemany(
        "UPDATE customer_summary SET updated_at = ? WHERE customer_id = ? AND updated_at <> ?1",
        [(entries[n].updated_at, n) for n in same],
    )
    connection.executemany(
        _LISTED,
        [(*e.keys[:6], e.updated_at, n) for n, e in entries.items() if n not in same],
    )


def _change_words(
    connection: Connection, entries: Sequence[Entry], known: Mapping[int, tuple[str, str]]
) -> None:
    """Give customers other words; most keep their names."""
    connection.executemany(
        "UPDATE search_doc SET skey = ?, names = ? WHERE customer_id = ?",
        [(keys.skey, keys.names, number) for number, keys, _at in entries],
    )
    renamed = [entry for entry in entries if entry.keys.names != known[entry.customer_id][1]]
    _remove_names(connection, [entry.customer_id for entry in renamed], known)
    add_names(connection, list(chain.from_iterable(names_of(renamed))))


def _remove(
    connection: Connection, numbers: Sequence[int], known: Mapping[int, tuple[str, str]]
) -> None:
    """Take customers out of the lists, and their words away, by what is known of these."""
    marks = ",".join("?" * len(numbers))
    connection.execute(f"DELETE FROM customer_summary WHERE customer_id IN ({marks})", numbers)
    _remove_names(connection, numbers, known)
    connection.execute(f"DELETE FROM search_doc WHERE customer_id IN ({marks})", numbers)


def _remove_names(
    connection: Connection, numbers: Sequence[int], known: Mapping[int, tuple[str, str]]
) -> None:
    connection.executemany(
        "DELETE FROM search_name WHERE name_key = ? AND customer_id = ?",
        [(name, n) for n in numbers if n in known for name in known[n][1].split("\n")],
    )


def rebuild(connection: Connection, job: Job | None = None) -> None:
    """Make the whole index anew, in one pass.

    Raises:
        Cancelled: the user stopped it.
    """
    job = job or Job()
    for table in ("search_doc", "search_name", "customer_summary"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO search_gram (search_gram) VALUES ('delete-all')")
    ids = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM customer WHERE deleted_at IS NULL ORDER BY id"
        )
    ]
    done = 0
    for chunk in _chunks(ids):
        job.progress(_("Indexing"), done, len(ids))
        add(connection, load(connection, chunk))
        done += len(chunk)
    connection.execute("UPDATE search_state SET index_version = ?", (INDEX_VERSION,))


def is_current(connection: Connection) -> bool:
    """Whether the index was made by this program's own keys."""
    row = connection.execute("SELECT index_version FROM search_state").fetchone()
    return row is not None and row[0] == INDEX_VERSION


def load(connection: Connection, customers: Sequence[int]) -> Iterator[Entry]:
    """Read what the index should hold of some customers; trashed ones are left out."""
    marks = ",".join("?" * len(customers))
    points: dict[int, list[tuple[str, str, str | None]]] = {}
    for owner, *point in connection.execute(
        f"""SELECT customer_id, kind, raw, value FROM contact_point
            WHERE customer_id IN ({marks}) ORDER BY customer_id, position, id""",
        customers,
    ):
        points.setdefault(owner, []).append((point[0], point[1], point[2]))
    cities: dict[int, list[str]] = {}
    for owner, city in connection.execute(
        f"""SELECT customer_id, city FROM address
            WHERE customer_id IN ({marks}) AND city <> '' ORDER BY customer_id, position, id""",
        customers,
    ):
        cities.setdefault(owner, []).append(city)
    custom: dict[int, list[str]] = {}
    for owner, value in connection.execute(
        # Who stands in a field of another is found there by his name.
        f"""SELECT v.customer_id, coalesce(c.name, v.value) FROM custom_value v
            JOIN custom_field f ON f.id = v.field_id AND f.deleted_at IS NULL
            LEFT JOIN customer c ON f.kind = 'customer' AND substr(v.value, 1, 9) = 'customer:'
              AND c.id = CAST(substr(v.value, 10) AS INTEGER)
            WHERE v.customer_id IN ({marks}) ORDER BY v.customer_id, v.id""",
        customers,
    ):
        custom.setdefault(owner, []).append(value)
    rows = connection.execute(
        f"""SELECT id, name, organisation, stage, notes, updated_at FROM customer
            WHERE id IN ({marks}) AND deleted_at IS NULL ORDER BY id""",
        customers,
    ).fetchall()
    keys = customer_keys(
        [
            Searched(
                *(name, organisation, stage, notes),
                points.get(number, ()),
                cities.get(number, ()),
                custom.get(number, ()),
            )
            for number, name, organisation, stage, notes, _updated_at in rows
        ]
    )
    for (number, *_columns, updated_at), own in zip(rows, keys, strict=True):
        yield Entry(number, own, updated_at)


def verify(connection: Connection, job: Job | None = None) -> list[str]:
    """Compare the index with the customers, token by token.

    Returns:
        One sentence for each kind of difference; empty where the index is true.
    """
    job = job or Job()
    if not is_current(connection):
        return [_("The search index was made by another version.")]
    found: list[str] = []
    ids = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM customer WHERE deleted_at IS NULL ORDER BY id"
        )
    ]
    stored = connection.execute("SELECT count(*) FROM search_doc").fetchone()[0]
    summaries = connection.execute("SELECT count(*) FROM customer_summary").fetchone()[0]
    wrong = 0 if stored == summaries == len(ids) else 1
    expected: Counter[str] = Counter()
    names = 0
    for chunk in _chunks(ids):
        job.progress(_("Checking the search index"), 0, len(ids))
        marks = ",".join("?" * len(chunk))
        kept = dict(
            connection.execute(
                f"SELECT customer_id, skey FROM search_doc WHERE customer_id IN ({marks})", chunk
            )
        )
        for made in load(connection, chunk):
            skey = made.keys.skey
            wrong += kept.get(made.customer_id) != skey
            names += sum(1 for _name in names_of([made]))
            (text,) = trigram_texts([skey])
            expected.update({text[i : i + 3] for i in range(len(text) - 2)})
    if wrong:
        found.append(_("The search index does not match the customers."))
    if names != connection.execute("SELECT count(*) FROM search_name").fetchone()[0]:
        found.append(_("The index of names does not match the customers."))
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_vocabulary"
        " USING fts5vocab(main, search_gram, row)"
    )
    actual = dict(connection.execute("SELECT term, doc FROM temp.search_vocabulary"))
    if actual != expected:
        found.append(_("The index of letters does not match the customers."))
    return found


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
