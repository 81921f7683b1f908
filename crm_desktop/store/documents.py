"""Documents and their contents.

A content is kept once, under its SHA-256, however many documents have it, and is never
changed. It goes through here in pieces: at no time is more than one in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.documents import (
    NO_FACTS,
    Document,
    DocumentFacts,
    DocumentId,
    DocumentVersion,
    VersionId,
)
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.exchange import WholeDocument
from crm_desktop.i18n import _
from crm_desktop.store.engine import Connection
from crm_desktop.store.errors import damaged
from crm_desktop.store.journal.triggers import inserting, last_id
from crm_desktop.store.times import now, parse, write

_PIECE = 1 << 20
_VERSION = "v.id, v.sha256, v.size, v.media_type, v.file_name, v.added_at"
_DOCUMENT = f"""SELECT d.id, d.customer_id, d.name, d.kind, d.number, d.issued_on, d.expires_on,
  d.added_at, (SELECT count(*) FROM document_version a WHERE a.document_id = d.id), {_VERSION}
  FROM document d JOIN document_version v ON v.id =
    (SELECT max(n.id) FROM document_version n WHERE n.document_id = d.id)"""


class Content(NamedTuple):
    """What is known of a content before it is kept."""

    sha256: str
    size: int
    media_type: str
    file_name: str


# Reading


def of(connection: Connection, customer: CustomerId) -> list[Document]:
    """A customer's documents in the order in which they came."""
    rows = connection.execute(f"{_DOCUMENT} WHERE d.customer_id = ? ORDER BY d.id", (customer,))
    return [_document(row) for row in rows]


def get(connection: Connection, number: DocumentId) -> Document | None:
    """One document, or None."""
    row = connection.execute(f"{_DOCUMENT} WHERE d.id = ?", (number,)).fetchone()
    return None if row is None else _document(row)


def versions(connection: Connection, number: DocumentId) -> list[DocumentVersion]:
    """All versions of a document, newest first."""
    rows = connection.execute(
        f"SELECT {_VERSION} FROM document_version v WHERE v.document_id = ? ORDER BY v.id DESC",
        (number,),
    )
    return [_version(row) for row in rows]


def version(connection: Connection, number: VersionId) -> DocumentVersion | None:
    """One version, or None."""
    row = connection.execute(
        f"SELECT {_VERSION} FROM document_version v WHERE v.id = ?", (number,)
    ).fetchone()
    return None if row is None else _version(row)


def whole_of(connection: Connection, customer: CustomerId) -> list[WholeDocument]:
    """A customer's documents with all their versions, in the order in which they came."""
    return [
        WholeDocument(
            found.name,
            found.facts,
            found.added_at,
            versions(connection, found.id)[::-1] if found.versions > 1 else (found.current,),
        )
        for found in of(connection, customer)
    ]


def kinds(connection: Connection) -> list[str]:
    """The kinds that documents have, by name."""
    rows = connection.execute("SELECT DISTINCT kind FROM document WHERE kind <> '' ORDER BY kind")
    return [row[0] for row in rows]


def has(connection: Connection, customer: CustomerId, sha256: str) -> bool:
    """Whether any version of any document of a customer has a content."""
    # CROSS JOIN: from the customer's few documents, not from all that have the content.
    row = connection.execute(
        "SELECT 1 FROM document d CROSS JOIN document_version v ON v.document_id = d.id"
        " WHERE d.customer_id = ? AND v.sha256 = ?",
        (customer, sha256),
    ).fetchone()
    return row is not None


def _document(row: tuple[Any, ...]) -> Document:
    number, customer, name, kind, on_it, issued, expires, added, count, *newest = row
    return Document(
        id=DocumentId(number),
        customer_id=CustomerId(customer),
        name=name,
        facts=DocumentFacts(kind, on_it, issued, expires),
        added_at=parse(added),
        current=_version(newest),
        versions=count,
    )


def _version(row: Sequence[Any]) -> DocumentVersion:
    number, sha256, size, media_type, file_name, added = row
    return DocumentVersion(VersionId(number), sha256, size, media_type, file_name, parse(added))


# Writing


def add(
    connection: Connection,
    customer: CustomerId,
    name: str,
    content: Content,
    facts: DocumentFacts = NO_FACTS,
) -> DocumentId:
    """Give a customer a document; its content is kept already."""
    moment = now()
    number = _insert(connection, customer, name, facts, moment)
    add_version(connection, number, content, at=moment)
    return number


def _insert(
    connection: Connection, customer: CustomerId, name: str, facts: DocumentFacts, at: str
) -> DocumentId:
    cursor = connection.execute(
        "INSERT INTO document (customer_id, name, kind, number, issued_on, expires_on, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (customer, name, *facts, at),
    )
    return DocumentId(cursor.lastrowid)


def take_in(connection: Connection, customer: CustomerId, listed: Iterable[WholeDocument]) -> bool:
    """Give a customer documents of another archive, whose contents are kept already.

    One that he has, told by a content that any of its versions has, only gets the versions that
    came after its own.

    Returns:
        Whether he got anything.
    """
    known = {
        one.sha256: document.id
        for document in of(connection, customer)
        for one in versions(connection, document.id)
    }
    got = False
    for name, facts, added_at, found in listed:
        there = next((known[one.sha256] for one in found if one.sha256 in known), None)
        number = there or _insert(connection, customer, name, facts, write(added_at))
        since = None if there is None else versions(connection, there)[0].added_at
        for one in found:
            if since is None or (one.sha256 not in known and one.added_at > since):
                content = Content(one.sha256, one.size, one.media_type, one.file_name)
                add_version(connection, number, content, at=write(one.added_at))
                got = True
    return got


def add_many(connection: Connection, rows: Sequence[tuple[CustomerId, str, Content]]) -> None:
    """Give customers documents, in bulk: whom, the name, a content that is kept already."""
    moment = now()
    with inserting(connection, "document"):
        first = last_id(connection, "document") + 1
        connection.executemany(
            "INSERT INTO document (id, customer_id, name, added_at) VALUES (?, ?, ?, ?)",
            [(first + at, owner, name, moment) for at, (owner, name, _c) in enumerate(rows)],
        )
    with inserting(connection, "document_version"):
        connection.executemany(
            "INSERT INTO document_version"
            " (document_id, sha256, size, media_type, file_name, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(first + at, *content, moment) for at, (_o, _n, content) in enumerate(rows)],
        )


def add_version(
    connection: Connection, number: DocumentId, content: Content, *, at: str = ""
) -> VersionId:
    """Make a content, which is kept already, the newest of a document; without a time, now."""
    cursor = connection.execute(
        "INSERT INTO document_version (document_id, sha256, size, media_type, file_name, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (number, *content, at or now()),
    )
    return VersionId(cursor.lastrowid)


def rename(connection: Connection, number: DocumentId, name: str) -> None:
    """Call a document otherwise."""
    connection.execute("UPDATE document SET name = ? WHERE id = ?", (name, number))


def set_facts(connection: Connection, number: DocumentId, facts: DocumentFacts) -> None:
    """Note what is written on a document."""
    connection.execute(
        "UPDATE document SET kind = ?, number = ?, issued_on = ?, expires_on = ? WHERE id = ?",
        (*facts, number),
    )


def remove(connection: Connection, number: DocumentId) -> None:
    """Take a document and its versions away; the contents stay, as Undo needs them."""
    # Parts first: a deletion that follows from a reference would be journalled behind its cause.
    connection.execute("DELETE FROM document_version WHERE document_id = ?", (number,))
    connection.execute("DELETE FROM document WHERE id = ?", (number,))


# Contents


def is_kept(connection: Connection, sha256: str) -> bool:
    """Whether a content is in the archive."""
    row = connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    return row is not None


def keep(connection: Connection, sha256: str, size: int, pieces: Iterable[bytes]) -> bool:
    """Keep a content, where it is not kept already.

    Args:
        connection: the writer's.
        sha256: of the whole, hex.
        size: of the whole, in bytes.
        pieces: the whole, piece by piece; not asked for where it is kept already.

    Returns:
        Whether it is new.

    Raises:
        UserError: the pieces are not what was announced: the file changes while it is read.
    """
    if is_kept(connection, sha256):
        return False
    cursor = connection.execute(
        "INSERT INTO blob (sha256, size, data) VALUES (?, ?, zeroblob(?))", (sha256, size, size)
    )
    digest = hashlib.sha256()
    written = 0
    blob = connection.open_blob("blob", "data", cursor.lastrowid, False)
    try:
        for piece in pieces:
            written += len(piece)
            if written > size:
                break
            blob.write(piece)
            digest.update(piece)
    finally:
        blob.close()
    if written != size or digest.hexdigest() != sha256:
        raise UserError(_("The file was changed while it was being read. Try again."))
    return True


def forget_unused(connection: Connection, contents: Iterable[str]) -> None:
    """Let contents go that nobody took in the end.

    Args:
        connection: the writer's.
        contents: kept by the step that is being written: no entry of the journal knows them yet.
    """
    connection.executemany(
        "DELETE FROM blob WHERE sha256 = ?1"
        " AND NOT EXISTS (SELECT 1 FROM document_version WHERE sha256 = ?1)",
        [(sha256,) for sha256 in contents],
    )


def pieces(connection: Connection, sha256: str, archive: Path) -> Iterator[bytes]:
    """A content, piece by piece, proven by its hash at the end.

    Args:
        connection: for reading.
        sha256: of the whole, hex.
        archive: the file, to be named where it is damaged.

    Raises:
        EnvironmentProblem: it is gone, or not what it was.
    """
    row = connection.execute("SELECT rowid FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise damaged(archive)
    digest = hashlib.sha256()
    blob = connection.open_blob("blob", "data", row[0], True)
    try:
        while piece := blob.read(_PIECE):
            digest.update(piece)
            yield piece
    finally:
        blob.close()
    if digest.hexdigest() != sha256:
        raise damaged(archive)
