"""Numbers of what goes out on paper: which were given out, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Series(StrEnum):
    """What is counted by itself."""

    QUOTATION = "quotation"
    ORDER = "order"
    RECEIPT = "receipt"


DEFAULT_PATTERNS = {
    Series.QUOTATION: "Q-{year}-{n:04}",
    Series.ORDER: "O-{year}-{n:04}",
    Series.RECEIPT: "R-{year}-{n:04}",
}


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A number that was given out; it never comes again.

    Attributes:
        series: a `Series`, or one with ".version" behind for the versions of a number, whose
            scope the number is.
        scope: within which it counts (`numbering.scope`).
        count: 0 where it came from elsewhere.
    """

    series: str
    scope: str
    count: int
    number: str
    at: datetime


class Fate(StrEnum):
    """Why no paper of the archive bears a number."""

    TAKEN_BACK = "taken_back"
    """Issuing was undone: what bore it is a draft again, or has another number."""
    REMOVED = "removed"
    """What bore it is not there any more; the journal knows it."""
    UNKNOWN = "unknown"
    """It was erased for good, or came from an archive that had lost it."""


class Gap(NamedTuple):
    """A number that was given out and that nothing bears.

    Attributes:
        bearer: number of the row that bore it, where it still stands.
    """

    number: str
    at: datetime
    fate: Fate
    bearer: int | None = None
