"""Customers who may be one, and what becomes of two who are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, NewType

from crm_desktop.domain.changes import StepId
from crm_desktop.domain.customers import CustomerId

MergeId = NewType("MergeId", int)

CERTAIN = 0.95
"""From here on nothing speaks against two customers being one."""


class Sign(StrEnum):
    """What two customers have in common."""

    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    NAME = "name"
    LIKE_NAME = "like_name"
    BIRTHDAY = "birthday"
    CITY = "city"
    ORGANISATION = "organisation"


class Pair(NamedTuple):
    """Two customers who may be one; the older stands first.

    Attributes:
        score: 0 to 1; from `CERTAIN` on they may be merged unseen.
        signs: what they have in common.
    """

    one: CustomerId
    other: CustomerId
    score: float
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a merged customer is to have where the two differ.

    Attributes:
        fields: single fields that come from the one who goes: name, birthday, title ….
        custom: fields of the owner's own that come from him.
        join_notes: both notes, one below the other; else those of `fields`.
    """

    fields: frozenset[str] = frozenset()
    custom: frozenset[str] = frozenset()
    join_notes: bool = True


FILL = Choice()
"""Keep what the kept one has; his blanks are filled."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that stands: who was taken into a customer, and by which step.

    Attributes:
        merged: 0 where it happened in another archive.
        step: None there: it cannot be taken back here.
    """

    id: MergeId
    kept: CustomerId
    merged: CustomerId
    name: str
    step: StepId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two customers differ, as text, for the page that asks."""

    field: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Differences:
    """All of them: built-in fields, and those of the owner's own by name."""

    fields: tuple[Difference, ...] = ()
    custom: Mapping[str, tuple[str, str]] = field(default_factory=dict)
