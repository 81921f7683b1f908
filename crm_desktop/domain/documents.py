"""A customer's documents: scans, pictures, contracts; each with its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.customers import CustomerId

DocumentId = NewType("DocumentId", int)
VersionId = NewType("VersionId", int)

MOST_BYTES = 200 * 1024 * 1024
"""A larger file is no document: it would make every backup slow."""


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


DEFAULT_WARNINGS = (90, 30, 7)
"""How many days before its last day a document is warned of."""


class Warnings(NamedTuple):
    """How many days before their last day documents are warned of, the longest first.

    Attributes:
        usual: of kinds that nothing else is said of.
        kinds: of others, by the kind's name; none at all for a kind that is never warned of.
    """

    usual: tuple[int, ...] = DEFAULT_WARNINGS
    kinds: Mapping[str, tuple[int, ...]] = {}

    def of(self, kind: str) -> tuple[int, ...]:
        """Those of a kind."""
        return self.kinds.get(kind, self.usual)

    @property
    def longest(self) -> int:
        """The longest of all, 0 for none."""
        return max((day for days in (self.usual, *self.kinds.values()) for day in days), default=0)


def crossed(last_day: date, days: tuple[int, ...], after: date, until: date) -> int | None:
    """Which threshold a document has come to since a day; the nearest where there are several.

    Args:
        last_day: the document's.
        days: its thresholds.
        after: the last day that was looked at already.
        until: today.

    Returns:
        Days before the last day, or None.
    """
    found = [n for n in days if after < last_day - timedelta(days=n) <= until]
    return min(found, default=None)


class Expiry(StrEnum):
    """How it stands with a document's last day."""

    NONE = "none"
    VALID = "valid"
    SOON = "soon"
    EXPIRED = "expired"


def expiry(facts: DocumentFacts, today: date, days: tuple[int, ...] = DEFAULT_WARNINGS) -> Expiry:
    """Whether a document is valid today; on its last day it still is.

    Args:
        facts: what is written on it.
        today: by the owner's clock.
        days: so many before its last day it is warned of, the longest first; none for never.
    """
    if facts.expires_on is None:
        return Expiry.NONE
    last = date.fromisoformat(facts.expires_on)
    if last < today:
        return Expiry.EXPIRED
    return Expiry.SOON if days and (last - today).days <= days[0] else Expiry.VALID
