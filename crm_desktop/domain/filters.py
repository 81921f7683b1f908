"""Filters: a tree of conditions that a customer meets or not; what a saved view is made of.

A condition is a field, an operator and the operator's values, all of them words, so that it
goes into JSON and back as it is. What this program does not know (a field that was emptied
from the trash, an operator of a newer version) stays in the tree and is told by `problem`;
nobody meets such a condition, since a mailing to too many is worse than one to nobody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NamedTuple

from crm_desktop.domain.periods import UNITS, is_day, is_span

VERSION = 1
# Behind it stands the number of a field of the owner's own.
OWN = "custom:"


class ValueKind(StrEnum):
    """What a field holds, as far as filters care."""

    TEXT = "text"
    WORD = "word"  # one of a few
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    BIRTHDAY = "birthday"
    FLAG = "flag"


class Op(StrEnum):
    """How a field is compared."""

    CONTAINS = "contains"
    LACKS = "lacks"
    IS = "is"
    IS_NOT = "is_not"
    STARTS = "starts"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    EQUAL = "equal"
    LESS = "less"
    MORE = "more"
    BETWEEN = "between"
    ON = "on"
    BEFORE = "before"
    AFTER = "after"
    LAST = "last"
    NEXT = "next"
    OLDER = "older"
    THIS = "this"
    PREVIOUS = "previous"
    FOLLOWING = "following"
    YES = "yes"
    NO = "no"
    EMPTY = "empty"
    FILLED = "filled"


_PERIODS = (Op.THIS, Op.PREVIOUS, Op.FOLLOWING)
_DATES = (
    *(Op.LAST, Op.NEXT, Op.OLDER, *_PERIODS),
    *(Op.ON, Op.BEFORE, Op.AFTER, Op.BETWEEN, Op.EMPTY, Op.FILLED),
)
OPERATORS: Mapping[ValueKind, tuple[Op, ...]] = {
    ValueKind.TEXT: (*(Op.CONTAINS, Op.LACKS, Op.IS, Op.IS_NOT, Op.STARTS, Op.EMPTY, Op.FILLED),),
    ValueKind.WORD: (Op.ANY_OF, Op.NONE_OF, Op.EMPTY, Op.FILLED),
    ValueKind.NUMBER: (Op.EQUAL, Op.LESS, Op.MORE, Op.BETWEEN, Op.EMPTY, Op.FILLED),
    ValueKind.DAY: _DATES,
    ValueKind.MOMENT: _DATES,
    ValueKind.BIRTHDAY: (Op.NEXT, Op.LAST, *_PERIODS, Op.EMPTY, Op.FILLED),
    ValueKind.FLAG: (Op.YES, Op.NO),
}

# The fields that every archive has, in the order in which they are offered.
FIELDS: Mapping[str, ValueKind] = {
    "stage": ValueKind.WORD,
    "owner": ValueKind.WORD,
    "tag": ValueKind.WORD,
    "source": ValueKind.WORD,
    "rating": ValueKind.NUMBER,
    "last_contact": ValueKind.MOMENT,
    "contacts": ValueKind.NUMBER,
    "open_tasks": ValueKind.NUMBER,
    "task_due": ValueKind.DAY,
    "open_cases": ValueKind.NUMBER,
    "open_promises": ValueKind.NUMBER,
    "document_expires": ValueKind.DAY,
    "birthday": ValueKind.BIRTHDAY,
    "age": ValueKind.NUMBER,
    "name": ValueKind.TEXT,
    "organisation": ValueKind.TEXT,
    "kind": ValueKind.WORD,
    "title": ValueKind.WORD,
    "language": ValueKind.WORD,
    "phone": ValueKind.TEXT,
    "email": ValueKind.TEXT,
    "im": ValueKind.TEXT,
    "city": ValueKind.TEXT,
    "country": ValueKind.WORD,
    "region": ValueKind.TEXT,
    "postcode": ValueKind.TEXT,
    "street": ValueKind.TEXT,
    "notes": ValueKind.TEXT,
    "preferences": ValueKind.TEXT,
    "do_not_contact": ValueKind.FLAG,
    "deceased": ValueKind.FLAG,
    "created": ValueKind.MOMENT,
    "updated": ValueKind.MOMENT,
    "imported": ValueKind.WORD,
    "search": ValueKind.TEXT,
}
# A count is never empty; what was typed into the search box only ever finds.
_OPERATORS_OF: Mapping[str, tuple[Op, ...]] = {
    **dict.fromkeys(
        ("contacts", "open_tasks", "open_cases", "open_promises"),
        (Op.EQUAL, Op.LESS, Op.MORE, Op.BETWEEN),
    ),
    "stage": (Op.ANY_OF, Op.NONE_OF),
    "kind": (Op.ANY_OF, Op.NONE_OF),
    "rating": (Op.EQUAL, Op.LESS, Op.MORE, Op.BETWEEN, Op.EMPTY, Op.FILLED),
    "created": tuple(op for op in _DATES if op not in (Op.EMPTY, Op.FILLED)),
    "updated": tuple(op for op in _DATES if op not in (Op.EMPTY, Op.FILLED)),
    "search": (Op.CONTAINS, Op.LACKS),
}


class Condition(NamedTuple):
    """One comparison.

    Attributes:
        field: a name of `FIELDS`, or `OWN` and the number of a custom field.
        op: an `Op`, or the word of a newer version.
        values: what it compares with: none, one or several words; of `LAST`, `NEXT` and
            `OLDER` a number and a unit, of `THIS` and its like a unit.
    """

    field: str
    op: str
    values: tuple[str, ...] = ()


class Group(NamedTuple):
    """Several conditions or groups, of which all or any have to be met; an empty one is met."""

    parts: tuple[Condition | Group, ...] = ()
    any_of: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no condition stands in it, however deep."""
        return next(conditions(self), None) is None


EVERYBODY = Group()


class Problem(StrEnum):
    """Why a condition cannot be asked."""

    FIELD = "field"
    OPERATOR = "operator"
    VALUE = "value"


def operators(field: str, kind: ValueKind) -> tuple[Op, ...]:
    """The operators that a field is offered with."""
    return _OPERATORS_OF.get(field, OPERATORS[kind])


def problem(condition: Condition, kinds: Mapping[str, ValueKind]) -> Problem | None:
    """What is wrong with a condition, None where it can be asked.

    Args:
        condition: any.
        kinds: of the fields that this archive has.
    """
    kind = kinds.get(condition.field)
    if kind is None:
        return Problem.FIELD
    if condition.op not in operators(condition.field, kind):
        return Problem.OPERATOR
    return None if _values_fit(Op(condition.op), kind, condition.values) else Problem.VALUE


def _values_fit(op: Op, kind: ValueKind, values: tuple[str, ...]) -> bool:
    if op in (Op.YES, Op.NO, Op.EMPTY, Op.FILLED):
        return not values
    if op in (Op.ANY_OF, Op.NONE_OF):
        return bool(values)
    if op in (Op.LAST, Op.NEXT, Op.OLDER):
        return is_span(values)
    if op in _PERIODS:
        return len(values) == 1 and values[0] in UNITS
    if len(values) != (2 if op is Op.BETWEEN else 1):
        return False
    if kind is ValueKind.NUMBER:
        return all(number(value) is not None for value in values)
    if kind in (ValueKind.DAY, ValueKind.MOMENT):
        return all(map(is_day, values))
    return all(value.strip() for value in values)


def number(text: str) -> Decimal | None:
    """A number as the archive writes it, None where it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def conditions(part: Condition | Group) -> Iterator[Condition]:
    """All conditions of a tree, from left to right."""
    if isinstance(part, Condition):
        yield part
        return
    for inner in part.parts:
        yield from conditions(inner)


def rewritten(group: Group, change: Callable[[Condition], Condition]) -> Group:
    """The same tree with each of its conditions changed."""
    return group._replace(
        parts=tuple(
            change(part) if isinstance(part, Condition) else rewritten(part, change)
            for part in group.parts
        )
    )


def both(one: Group, other: Group) -> Group:
    """What is met by whoever meets both; conditions stay on one level where they can."""
    if one.is_empty or other.is_empty:
        return other if one.is_empty else one
    parts: list[Condition | Group] = []
    for group in (one, other):
        if group.any_of and len(group.parts) > 1:
            parts.append(group)
        else:
            parts.extend(group.parts)
    return Group(tuple(dict.fromkeys(parts)))


def to_json(group: Group) -> str:
    """A filter as the archive keeps it."""
    return json.dumps({"version": VERSION, **_written(group)}, ensure_ascii=False)


def _written(part: Condition | Group) -> dict[str, Any]:
    if isinstance(part, Condition):
        return {"field": part.field, "op": str(part.op), "values": list(part.values)}
    match = "any" if part.any_of else "all"
    return {"match": match, "parts": [_written(inner) for inner in part.parts]}


def from_json(text: str) -> Group:
    """A filter as the archive keeps it; "" and {} are everybody.

    Raises:
        ValueError: it is no filter.
    """
    found = json.loads(text) if text else {}
    read = _read(found if "match" in found or not found else {"match": "?"})
    assert isinstance(read, Group)  # has no field
    return read


def _read(found: Any) -> Condition | Group:
    if not isinstance(found, dict):
        raise ValueError("no filter")
    if "field" in found:
        values = found.get("values", [])
        if not isinstance(values, list):
            raise ValueError("no list of values")
        return Condition(str(found["field"]), str(found.get("op", "")), tuple(map(str, values)))
    if found.get("match", "all") not in ("all", "any") or not isinstance(
        found.get("parts", []), list
    ):
        raise ValueError("no group")
    return Group(tuple(map(_read, found.get("parts", []))), found.get("match") == "any")
