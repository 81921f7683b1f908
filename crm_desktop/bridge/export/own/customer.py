"""A customer as the file holds him, on his way back: checked, and as the domain knows him."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from crm_desktop.bridge.export.own.records import read_follow_up, read_record
from crm_desktop.bridge.export.own.sales import read_sales
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
from crm_desktop.domain.documents import DocumentFacts, DocumentVersion, VersionId
from crm_desktop.domain.dossiers import NO_RECORDS, NO_SALES, Records, Sales
from crm_desktop.domain.exchange import FollowUp, MergeNote, WholeDocument
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.leads import Lead
from crm_desktop.domain.promises import Promise
from crm_desktop.domain.relations import Relation
from crm_desktop.domain.tasks import Task

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
    "leads": Lead,
}
_NO_VALUES: Mapping[str, str] = {}
_NO_KINDS: Mapping[str, FieldKind] = {}
_NO_FOLLOWS: Mapping[int, FollowUp] = {}
_SHA256 = re.compile(r"[0-9a-f]{64}")


class JsonCustomer(NamedTuple):
    """A customer as the file holds it.

    `id` is the number in the archive it came from; so are those of the relations, of `follows`
    and of `apart`. `follows` tells by their places which entries his tasks follow up, `removed`
    are values of custom fields that lay in the trash.
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
    follows: Mapping[int, FollowUp] = _NO_FOLLOWS
    sales: Sales = NO_SALES
    documents: Sequence[WholeDocument] = ()
    merges: Sequence[MergeNote] = ()
    apart: Sequence[int] = ()
    deleted_at: datetime | None = None


def read_customer(found: dict[str, Any]) -> JsonCustomer:
    """Read the object that stands for a customer.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it stands for none.
    """
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
        {
            place: told
            for place, task in enumerate(found.get("tasks") or ())
            if (told := read_follow_up(task)) is not None
        },
        read_sales(found, _NOBODY),
        tuple(map(_document, found.get("documents") or ())),
        tuple(
            MergeNote(_text(one, "name"), _moment(one["at"])) for one in found.get("merged") or ()
        ),
        tuple(int(number) for number in found.get("apart_from") or ()),
        _time(found.get("deleted_at")),
    )


def _document(found: dict[str, Any]) -> WholeDocument:
    name, added_at = _text(found, "name").strip(), _moment(found["added_at"])
    if not name:
        raise ValueError("not a document")
    days = [found.get(day) or None for day in ("issued_on", "expires_on")]
    for day in days:
        if day is not None and date.fromisoformat(day).isoformat() != day:
            raise ValueError("not a day")
    versions = [_version(one, added_at) for one in found.get("versions") or (found,)]
    facts = DocumentFacts(_text(found, "kind"), _text(found, "number"), *days)
    return WholeDocument(name, facts, added_at, versions)


def _version(found: dict[str, Any], added_at: datetime) -> DocumentVersion:
    sha256 = str(found["sha256"])
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a content")
    return DocumentVersion(
        VersionId(0),
        sha256,
        int(found["size"]),
        _text(found, "media_type"),
        _text(found, "file_name"),
        _time(found.get("added_at")) or added_at,
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
    return _moment(text) if text else None


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
