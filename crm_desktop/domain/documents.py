"""A customer's documents: scans, pictures, contracts; each with its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId

DocumentId = NewType("DocumentId", int)
VersionId = NewType("VersionId", int)

MOST_BYTES = 200 * 1024 * 1024
"""A larger file is no document: it would make every backup slow."""

_SOON = timedelta(days=30)


class DocumentVersion(NamedTuple):
    """One content that a document has, or had.

    Attributes:
        sha256: of the content, hex; where it is kept, too.
        size: bytes.
        media_type: told by the content.
        file_name: what its file was called, with its ending.
    """

    id: VersionId
    sha256: str
    size: int
    media_type: str
    file_name: str
    added_at: datetime


class DocumentFacts(NamedTuple):
    """What is written on a document.

    Attributes:
        kind: a word of the owner's, such as "Passport"; "" for none.
        number: of the passport, the contract …; "" for none.
        issued_on, expires_on: `YYYY-MM-DD`, None where not known.
    """

    kind: str = ""
    number: str = ""
    issued_on: str | None = None
    expires_on: str | None = None


NO_FACTS = DocumentFacts()


@dataclass(frozen=True, slots=True)
class Document:
    """A document with the newest of its versions.

    Attributes:
        current: the newest version.
        versions: how many there are.
    """

    id: DocumentId
    customer_id: CustomerId
    name: str
    facts: DocumentFacts
    added_at: datetime
    current: DocumentVersion
    versions: int = 1


class Expiry(StrEnum):
    """How it stands with a document's last day."""

    NONE = "none"
    VALID = "valid"
    SOON = "soon"
    EXPIRED = "expired"


def expiry(facts: DocumentFacts, today: date) -> Expiry:
    """Whether a document is valid today; on its last day it still is."""
    if facts.expires_on is None:
        return Expiry.NONE
    last = date.fromisoformat(facts.expires_on)
    if last < today:
        return Expiry.EXPIRED
    return Expiry.SOON if last - today <= _SOON else Expiry.VALID
