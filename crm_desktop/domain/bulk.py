"""One change to many customers."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.changes import StepId

# What of a customer can be given to many at once, beside tags and the owner's own fields.
BULK_FIELDS = (
    *("stage", "owner", "source", "language", "title", "rating"),
    *("do_not_contact", "deceased"),
)
TAG = "tag"


class Way(StrEnum):
    """What is done with a field."""

    SET = "set"
    CLEAR = "clear"
    ADD = "add"  # of tags
    REMOVE = "remove"  # of tags


class Edit(NamedTuple):
    """One change.

    Attributes:
        field: of `BULK_FIELDS`, `TAG`, or `OWN` and the number of a custom field.
        way: what is done.
        value: as typed, or one of the field's words; "" to clear.
    """

    field: str
    way: Way
    value: str = ""


class Edited(NamedTuple):
    """What became of it.

    Attributes:
        step: for Undo; None where everybody had it already.
        changed: how many customers are others now.
    """

    step: StepId | None
    changed: int
