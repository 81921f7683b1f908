"""What the file holds, on its way back: checked, and as the domain knows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from crm_desktop.bridge.export.own import FORMAT, VERSION
from crm_desktop.bridge.export.own.head import Head, read_head
from crm_desktop.bridge.export.own.records import read_record
from crm_desktop.bridge.export.own.stream import BrokenError, Stream
from crm_desktop.bridge.values.emails import is_email
from crm_desktop.domain.cases import Case
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    CustomerKind,
    InteractionKind,
    PersonalFacts,
    Source,
    Stage,
    StageChange,
)
from crm_desktop.domain.dossiers import NO_RECORDS, Records
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.relations import Relation
from crm_desktop.domain.tasks import Task
from crm_desktop.i18n import _

_E164 = re.compile(r"\+[1-9]\d{4,14}")
_BIRTHDAY = re.compile(r"L?(?:\d{4}|-)-\d{2}-\d{2}\+?")
_STAGES = frozenset(stage.value for stage in Stage)
_KINDS = frozenset(kind.value for kind in CustomerKind)
_INTERACTIONS = frozenset(kind.value for kind in InteractionKind)


class JsonInteraction(NamedTuple):
    """An entry of the timeline as the file holds it."""

    kind: InteractionKind
    at: datetime
    text: str
    pinned: bool = False


_MOST_STARS = 5
_NOBODY = CustomerId(0)  # the file's records are inside their customer
_RECORDS = {
    "stage_changes": StageChange,
    "tasks": Task,
    "cases": Case,
    "promises": Promise,
}
_NO_VALUES: Mapping[str, str] = {}
_NO_KINDS: Mapping[str, FieldKind] = {}


class JsonCustomer(NamedTuple):
    """A customer as the file holds it.

    `id` is the number in the archive it came from; so are those of the relations. `removed` are
    values of custom fields that lay in the trash.
    """

    id: int | None
    draft: CustomerDraft
    sources: tuple[Source, ...]
    interactions: tuple[JsonInteraction, ...]
    created_at: datetime | None
    updated_at: datetime | None
    custom_kinds: Mapping[str, FieldKind] = _NO_KINDS
    relations: tuple[Relation, ...] = ()
    records: Records = NO_RECORDS
    removed: Mapping[str, str] = _NO_VALUES


def is_own_export(path: Path) -> bool:
    """Whether a file looks like our export, by its first bytes; its reading may still fail."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"crm-desktop"' in head


def read_json(path: Path) -> Iterator[JsonCustomer]:
    """Read the customers of an export, one at a time.

    Raises:
        UserError: the file is not our export, of a newer program, or damaged.
    """
    name = path.name
    with _told(path), path.open(encoding="utf-8-sig") as file:
        for number, customer in enumerate(_customers(Stream(file), name), start=1):
            try:
                yield _read_customer(customer)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                raise UserError(
                    _("Customer {number} in “{name}” cannot be understood.").format(
                        number=number, name=name
                    )
                ) from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say what is the matter with the file."""
    name = path.name
    try:
        yield
    except (UnicodeDecodeError, json.JSONDecodeError, BrokenError, RecursionError) as error:
        raise UserError(
            _("“{name}” is damaged or was cut off while it was copied.").format(name=name)
        ) from error
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be read: {reason}").format(name=name, reason=error.strerror or error)
        ) from error


def read_firm(path: Path) -> Head:
    """Read what belongs to the firm, which stands before the customers.

    Raises:
        UserError: as `read_json`.
    """
    with _told(path), path.open(encoding="utf-8-sig") as file:
        found = _before_customers(Stream(file))
        _check_head(found.get("format"), found.get("version"), path.name)
        try:
            return read_head(found)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise BrokenError from error


def _before_customers(stream: Stream) -> dict[str, Any]:
    head: dict[str, Any] = {}
    stream.take("{")
    while stream.peek() == '"':
        key = stream.value()
        stream.take(":")
        if key == "customers":
            break
        head[key] = stream.value()
        if stream.peek() == ",":
            stream.take(",")
    return head


def _customers(stream: Stream, name: str) -> Iterator[Any]:
    stream.take("{")
    kind: Any = None
    version: Any = None
    while stream.peek() == '"':
        key = stream.value()
        stream.take(":")
        if key == "customers":
            _check_head(kind, version, name)
            yield from _items(stream)
        else:
            value = stream.value()
            if key == "format":
                kind = value
            elif key == "version":
                version = value
        if stream.peek() == ",":
            stream.take(",")
    stream.take("}")
    _check_head(kind, version, name)


def _items(stream: Stream) -> Iterator[Any]:
    stream.take("[")
    while stream.peek() != "]":
        yield stream.value()
        if stream.peek() == ",":
            stream.take(",")
        elif stream.peek() != "]":
            raise BrokenError
    stream.take("]")


def _check_head(kind: Any, version: Any, name: str) -> None:
    if kind != FORMAT or not isinstance(version, int):
        raise UserError(
            _("“{name}” is a JSON file, but not one that CRM Desktop wrote.").format(name=name)
        )
    if version > VERSION:
        raise UserError(
            _("“{name}” was written by a newer CRM Desktop; update this program first.").format(
                name=name
            )
        )


def _read_customer(found: dict[str, Any]) -> JsonCustomer:
    points = [
        *(_phone(entry) for entry in found.get("phones") or ()),
        *(_email(entry) for entry in found.get("emails") or ()),
        *(
            ContactPoint(
                ContactKind.IM.value,
                _text(e, "account"),
                _text(e, "account"),
                _text(e, "label"),
                do_not_use=bool(e.get("do_not_use")),
            )
            for e in found.get("ims") or ()
        ),
    ]
    kind = found.get("kind", CustomerKind.PERSON.value)
    stage = found.get("stage")
    birthday = found.get("birthday")
    name = _text(found, "name").strip()
    if kind not in _KINDS or (stage and stage not in _STAGES) or not name:
        raise ValueError("not a customer")
    if birthday and not _BIRTHDAY.fullmatch(birthday):
        raise ValueError("not a birthday")
    draft = CustomerDraft(
        name=name,
        kind=kind,
        given_name=_text(found, "given_name"),
        family_name=_text(found, "family_name"),
        organisation=_text(found, "organisation"),
        stage=stage or None,
        birthday=birthday or None,
        notes=_text(found, "notes"),
        contact_points=tuple(point for point in points if point.raw),
        addresses=tuple(_address(entry) for entry in found.get("addresses") or ()),
        tags=tuple(str(tag) for tag in found.get("tags") or ()),
        custom=tuple((str(k), str(v)) for k, v in (found.get("custom") or {}).items()),
        facts=_facts(found),
    )
    number = found.get("id")
    return JsonCustomer(
        number if isinstance(number, int) else None,
        draft,
        tuple(
            Source(_text(s, "file"), _text(s, "sheet"), int(s.get("row") or 0))
            for s in found.get("sources") or ()
        ),
        tuple(_interactions(found.get("interactions") or ())),
        _time(found.get("created_at")),
        _time(found.get("updated_at")),
        {str(n): FieldKind(k) for n, k in (found.get("custom_kinds") or {}).items()},
        tuple(map(_relation, found.get("relations") or ())),
        Records(
            *(
                [read_record(kind, entry, customer_id=_NOBODY) for entry in found.get(name) or ()]
                for name, kind in _RECORDS.items()
            )
        ),
        {str(n): str(v) for n, v in (found.get("removed_fields") or {}).items()},
    )


def _facts(found: dict[str, Any]) -> PersonalFacts:
    texts = ("title", "language", "source", "owner", "preferences")
    rating = int(found.get("rating") or 0)
    if not 0 <= rating <= _MOST_STARS:
        raise ValueError("not a rating")
    return PersonalFacts(
        **{name: _text(found, name) for name in texts},
        rating=rating,
        deceased=bool(found.get("deceased")),
        do_not_contact=bool(found.get("do_not_contact")),
    )


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    return "" if value is None else str(value)


def _phone(entry: dict[str, Any]) -> ContactPoint:
    number = _text(entry, "number")
    raw = _text(entry, "raw") or number
    value = number if _E164.fullmatch(number) else None
    return ContactPoint(
        ContactKind.PHONE.value,
        raw,
        value,
        _text(entry, "label"),
        do_not_use=bool(entry.get("do_not_use")),
    )


def _email(entry: dict[str, Any]) -> ContactPoint:
    address = _text(entry, "address")
    value = address.lower() if is_email(address) else None
    raw = _text(entry, "raw") or address
    return ContactPoint(
        ContactKind.EMAIL.value,
        raw,
        value,
        _text(entry, "label"),
        do_not_use=bool(entry.get("do_not_use")),
    )


def _address(entry: dict[str, Any]) -> Address:
    parts = (_text(entry, part) for part in Address._fields[:6])
    return Address._make((*parts, None, bool(entry.get("do_not_use"))))


def _interactions(entries: Sequence[dict[str, Any]]) -> Iterator[JsonInteraction]:
    for entry in entries:
        at = _time(entry.get("at"))
        kind = entry.get("kind")
        if kind in _INTERACTIONS and at is not None:
            pinned = bool(entry.get("pinned"))
            yield JsonInteraction(InteractionKind(kind), at, _text(entry, "text"), pinned)


def _relation(entry: dict[str, Any]) -> Relation:
    other, kind = entry["customer"], _text(entry, "kind")
    if not isinstance(other, int) or not kind:
        raise ValueError("not a relation")
    return Relation(kind, CustomerId(other), _text(entry, "label"))


def _time(text: Any) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
