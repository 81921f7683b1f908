"""Small records of the domain (tasks, cases, promises …) as objects of our exchange file.

What stands at its default is left out, and so are the record's number and its customer's: the
file has them inside the customer. A task says in words which entry it follows up.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from crm_desktop.domain.customers import InteractionKind
from crm_desktop.domain.exchange import FollowUp
from crm_desktop.domain.leads import Lead
from crm_desktop.domain.pricing import quantity_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    R = TypeVar("R", bound=DataclassInstance)
else:
    R = TypeVar("R")

_LEFT_OUT = frozenset(
    (
        *("id", "customer_id", "interaction_id", "category_id", "product_id"),
        *("opportunity_id", "pipeline_id", "stage_id", "position"),
        *("quotation_id", "earlier_id", "order_id", "version_id"),
        *("process_id", "lead_id"),
        *("survey_id", "request_id", "response_id", "question_id"),
    )
)


def record_json(
    record: DataclassInstance, *, without: frozenset[str] = _LEFT_OUT
) -> dict[str, Any]:
    """The object that stands for a record."""
    return {
        f.name: _plain(value)
        for f in fields(record)
        if f.name not in without
        and (value := getattr(record, f.name)) is not None
        and (f.default is MISSING or value != f.default)
    }


def read_record(kind: type[R], found: dict[str, Any], **known: object) -> R:
    """The record that an object stands for.

    Args:
        kind: the record, a dataclass.
        found: the object; keys of later versions are passed over.
        known: fields that the object does not hold.

    Raises:
        ValueError, TypeError, KeyError: it stands for none.
    """
    hints = get_type_hints(kind)
    values = dict(known)
    for f in fields(kind):
        # Numbers of another archive's rows say nothing here.
        if f.name in values or f.name in _LEFT_OUT or found.get(f.name) is None:
            continue
        values[f.name] = _reader(hints[f.name])(found[f.name])
    return kind(**values)


def read_lead(found: dict[str, Any], **known: object) -> Lead:
    """The lead that an object stands for.

    Raises:
        ValueError, TypeError, KeyError: it stands for none.
    """
    lead = read_record(Lead, found, **known)
    if lead.received_at is None:
        raise ValueError("not a lead")
    return lead


def follow_up_json(follows: FollowUp | None) -> dict[str, Any]:
    """What a task's object says of the entry that it follows up."""
    if follows is None:
        return {}
    told: dict[str, Any] = {"kind": follows.kind.value, "at": follows.at.isoformat()}
    if follows.nth:
        told["nth"] = follows.nth
    if follows.customer is not None:
        told["customer"] = follows.customer
    return {"follows": told}


def read_follow_up(found: dict[str, Any]) -> FollowUp | None:
    """The entry that a task's object follows up.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it makes no sense.
    """
    told = found.get("follows")
    if not told:
        return None
    customer, nth = told.get("customer"), int(told.get("nth") or 0)
    if nth < 0:
        raise ValueError("not a place")
    return FollowUp(
        InteractionKind(told["kind"]),
        moment(told["at"]),
        nth,
        None if customer is None else int(customer),
    )


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Decimal):
        return quantity_text(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def moment(text: str) -> datetime:
    """A moment of the file; one that does not say its zone is of UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


_READERS: dict[object, Callable[[Any], object]] = {
    datetime: moment,
    date: date.fromisoformat,
    time: time.fromisoformat,
    str: str,
    int: int,
    bool: bool,
    Decimal: lambda text: Decimal(str(text)),
    tuple[str, ...]: lambda listed: tuple(map(str, listed)),
}


def _reader(hint: object) -> Callable[[Any], object]:
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _READERS.get(hint, int)  # numbers of other records
