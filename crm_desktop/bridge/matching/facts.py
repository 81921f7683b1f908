"""What a row does to the facts of a customer who is there: owner, source, rating and the like."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from crm_desktop.domain.customers import NO_FACTS, PersonalFacts
from crm_desktop.store.search.fold import fold

Facts = dict[str, Any]
Differing = list[tuple[str, str, str]]


def fill(known: PersonalFacts, said: PersonalFacts) -> tuple[Facts, Differing]:
    """Fill blanks.

    Args:
        known: what is known of the customer.
        said: what the row says.

    Returns:
        What is new, by its field; and what stays although the row says otherwise: field, kept,
        offered.
    """
    new: Facts = {}
    differing: Differing = []
    if said == NO_FACTS:  # as in most files
        return new, differing
    for field, kept, offered in zip(PersonalFacts._fields, known, said, strict=True):
        if not offered:
            continue
        if not kept:
            new[field] = offered
        elif fold(str(kept)) != fold(str(offered)):
            differing.append((field, str(kept), str(offered)))
    return new, differing


def overwrite(
    known: PersonalFacts, said: PersonalFacts, fields: Collection[str]
) -> tuple[Facts, int]:
    """Let what a row says stand in the place of what is known.

    Args:
        known: what is known of the customer.
        said: what the row says.
        fields: those that may be overwritten.

    Returns:
        What is new, by its field, and how many known values gave way to it.
    """
    new: Facts = {}
    for field, kept, offered in zip(PersonalFacts._fields, known, said, strict=True):
        if field in fields and offered and offered != kept:
            new[field] = offered
    return new, sum(1 for field in new if getattr(known, field))


def without(facts: PersonalFacts, fields: Collection[str]) -> PersonalFacts:
    """What is said but for some fields."""
    blank = {name: v for name, v in PersonalFacts._field_defaults.items() if name in fields}
    return facts._replace(**blank) if blank else facts


def said_of(facts: PersonalFacts) -> set[str]:
    """The fields that say anything."""
    if facts == NO_FACTS:
        return set()
    return {name for name, said in zip(PersonalFacts._fields, facts, strict=True) if said}
