"""Keeping the index true: after an edit, after a bulk load, and on demand.

The index is derived from the customers and may be thrown away: `rebuild` makes it anew.
The gram table is contentless and knows no row's tokens; so a row is taken out by naming the
very grams that were put in, which follow from the stored `skey` (columnsize=0 and exact
'delete' commands measured 0.9 ms p95 a save, contentless_delete=1 measured 32 ms).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _
from crm_desktop.store.bulk import insert_many
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.fold import fold_cached
from crm_desktop.store.search.keys import INDEX_VERSION, SearchDoc, search_doc, trigram_text

_CHUNK = 2_000
_SEPARATOR = "\n"  # folded names have no such character
# From here on, making the index anew is cheaper than taking rows out one by one.
_REBUILD_SHARE = 0.3


class Entry(NamedTuple):
    """One customer's row in the lists and the index."""

    customer_id: int
    doc: SearchDoc
    organisation_key: str
    stage: str
    city: str
    phone: str
    email: str
    updated_at: str


def refresh(connection: Connection, customers: Sequence[CustomerId]) -> None:
    """Bring the index up to date for some customers: changed, new, trashed or gone."""
    if len(customers) > 500:
        total = connection.execute("SELECT count(*) FROM customer").fetchone()[0]
        if len(customers) > total * _REBUILD_SHARE:
            rebuild(connection)
            return
    for chunk in _chunks(customers):
        _remove(connection, chunk)
        add(connection, load(connection, chunk))


def add(connection: Connection, entries: Iterable[Entry]) -> None:
    """Put customers into the index who are not in it yet."""
    entries = list(entries)
    add_summaries(connection, entries)
    add_names(connection, names_of(entries))
    add_texts(connection, entries)


def names_of(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """The rows of the b-tree of further names."""
    return [(name, e.customer_id) for e in entries for name in e.doc.names]


def add_names(connection: Connection, names: list[tuple[str, int]]) -> None:
    """Put further names into their b-tree; many go in fastest in its order."""
    insert_many(connection, "search_name", "name_key, customer_id", sorted(names))


def add_texts(connection: Connection, entries: Iterable[Entry]) -> None:
    """Put customers into the trigram index, by ascending id."""
    # One statement a row: a statement of many opens a savepoint, at which FTS5 writes all it
    # has gathered in memory, and takes twice as long.
    connection.executemany(
        "INSERT INTO search_gram (rowid, text) VALUES (?, ?)",
        [(e.customer_id, e.doc.text) for e in entries],
    )


def add_summaries(connection: Connection, entries: Iterable[Entry]) -> None:
    """Put customers into the lists, and their `skey` beside them."""
    entries = list(entries)
    insert_many(
        connection,
        "customer_summary",
        "customer_id, sort_key, organisation_key, stage, city, phone, email, updated_at",
        [(e.customer_id, e.doc.sort_key, *e[2:]) for e in entries],
    )
    insert_many(
        connection,
        "search_doc",
        "customer_id, skey, names",
        [(e.customer_id, e.doc.skey, _SEPARATOR.join(e.doc.names)) for e in entries],
    )


def _remove(connection: Connection, customers: Sequence[int]) -> None:
    for customer in customers:
        row = connection.execute(
            "SELECT skey, names FROM search_doc WHERE customer_id = ?", (customer,)
        ).fetchone()
        if row is None:
            continue
        connection.execute(
            "INSERT INTO search_gram (search_gram, rowid, text) VALUES ('delete', ?, ?)",
            (customer, trigram_text(row[0])),
        )
        for name in row[1].split(_SEPARATOR):
            connection.execute(
                "DELETE FROM search_name WHERE name_key = ? AND customer_id = ?", (name, customer)
            )
        for table in ("search_doc", "customer_summary"):
            connection.execute(f"DELETE FROM {table} WHERE customer_id = ?", (customer,))


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
        f"""SELECT customer_id, value FROM custom_value
            WHERE customer_id IN ({marks}) ORDER BY customer_id, id""",
        customers,
    ):
        custom.setdefault(owner, []).append(value)
    for number, name, organisation, stage, notes, updated_at in connection.execute(
        f"""SELECT id, name, organisation, stage, notes, updated_at FROM customer
            WHERE id IN ({marks}) AND deleted_at IS NULL ORDER BY id""",
        customers,
    ):
        own = points.get(number, ())
        phones = [(raw, value) for kind, raw, value in own if kind == "phone"]
        others = [value or raw for kind, raw, value in own if kind != "phone"]
        own_cities = cities.get(number, [])
        doc = search_doc(
            name,
            organisation,
            phones,
            (*others, *sorted(custom.get(number, ()))),
            own_cities,
            notes,
        )
        yield entry(number, doc, organisation, stage, own, own_cities, updated_at)


def entry(
    number: int,
    doc: SearchDoc,
    organisation: str,
    stage: str,
    points: Sequence[tuple[str, str, str | None]],
    cities: Sequence[str],
    updated_at: str,
) -> Entry:
    """Make one customer's entry; `points` are (kind, raw, value) in their order."""
    phone = next((value or raw for kind, raw, value in points if kind == "phone"), "")
    email = next((raw for kind, raw, _value in points if kind == "email"), "")
    return Entry(
        number,
        doc,
        fold_cached(organisation) if organisation else "",
        stage,
        cities[0] if cities else "",
        phone,
        email,
        updated_at,
    )


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
            wrong += kept.get(made.customer_id) != made.doc.skey
            names += len(made.doc.names)
            text = made.doc.text
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
