"""Our own exchange file: written and read one customer at a time.

Format, version 1: {"format": "crm-desktop", "version": 1, "customers": [...]}; later versions
of the program add keys and never rename these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from crm_desktop.bridge.values.emails import is_email
from crm_desktop.domain.customers import (
    Address,
    ContactKind,
    ContactPoint,
    Customer,
    CustomerDraft,
    CustomerId,
    CustomerKind,
    Interaction,
    InteractionKind,
    Source,
    Stage,
)
from crm_desktop.domain.documents import Document
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.relations import Relation
from crm_desktop.i18n import _

FORMAT = "crm-desktop"
VERSION = 1
_STEP = 1 << 16
_LONGEST = 1 << 26
_E164 = re.compile(r"\+[1-9]\d{4,14}")
_BIRTHDAY = re.compile(r"(?:\d{4}|-)-\d{2}-\d{2}")
_SPACE = " \t\r\n"
_STAGES = frozenset(stage.value for stage in Stage)
_KINDS = frozenset(kind.value for kind in CustomerKind)
_INTERACTIONS = frozenset(kind.value for kind in InteractionKind)


class JsonInteraction(NamedTuple):
    """An entry of the timeline as the file holds it."""

    kind: InteractionKind
    at: datetime
    text: str


_NO_KINDS: Mapping[str, FieldKind] = {}


class JsonCustomer(NamedTuple):
    """A customer as the file holds it.

    `id` is the number in the archive it came from; so are those of the relations.
    """

    id: int | None
    draft: CustomerDraft
    sources: tuple[Source, ...]
    interactions: tuple[JsonInteraction, ...]
    created_at: datetime | None
    updated_at: datetime | None
    custom_kinds: Mapping[str, FieldKind] = _NO_KINDS
    relations: tuple[Relation, ...] = ()


# --- writing -------------------------------------------------------------------------------------


def customer_json(
    customer: Customer,
    interactions: Iterable[Interaction] = (),
    relations: Iterable[Relation] = (),
    documents: Iterable[Document] = (),
) -> dict[str, Any]:
    """The object that stands for one customer, in the export and in `show --json`.

    Documents are only listed: their contents stay in the archive.
    """
    phones, emails, ims = [], [], []
    for point in customer.contact_points:
        if point.kind == ContactKind.PHONE:
            phones.append({"number": point.value, "raw": point.raw, "label": point.label})
        elif point.kind == ContactKind.EMAIL:
            address = point.value or point.raw
            entry = {"address": address, "label": point.label}
            if point.raw != address:
                entry["raw"] = point.raw
            emails.append(entry)
        else:
            ims.append({"account": point.value or point.raw, "label": point.label})
    result: dict[str, Any] = {
        "id": customer.id,
        "kind": str(customer.kind),
        "name": customer.name,
        "given_name": customer.given_name,
        "family_name": customer.family_name,
        "organisation": customer.organisation,
        "phones": phones,
        "emails": emails,
        "ims": ims,
        "addresses": [
            {
                "street": a.street,
                "postcode": a.postcode,
                "city": a.city,
                "region": a.region,
                "country": a.country,
                "label": a.label,
            }
            for a in customer.addresses
        ],
        "birthday": customer.birthday,
        "notes": customer.notes,
        "tags": list(customer.tags),
        "stage": str(customer.stage),
        "custom": dict(customer.custom),
        "sources": [{"file": s.file, "sheet": s.sheet, "row": s.row} for s in customer.sources],
    }
    if kinds := {n: str(k) for n, k in customer.custom_kinds.items() if n in customer.custom}:
        result["custom_kinds"] = kinds
    if customer.created_at:
        result["created_at"] = customer.created_at.isoformat()
    if customer.updated_at:
        result["updated_at"] = customer.updated_at.isoformat()
    if related := [
        {"kind": str(kind), "customer": other, "label": label} for kind, other, label in relations
    ]:
        result["relations"] = related
    if listed := [_document_json(document) for document in documents]:
        result["documents"] = listed
    if entries := [
        {"kind": str(i.kind), "at": i.at.isoformat(), "text": i.text} for i in interactions
    ]:
        result["interactions"] = entries
    return result


def _document_json(document: Document) -> dict[str, Any]:
    facts, current = document.facts, document.current
    return {
        "name": document.name,
        "kind": facts.kind,
        "number": facts.number,
        "issued_on": facts.issued_on,
        "expires_on": facts.expires_on,
        "added_at": document.added_at.isoformat(),
        "file_name": current.file_name,
        "media_type": current.media_type,
        "size": current.size,
        "sha256": current.sha256,
    }


def write_customers(file: TextIO, customers: Iterable[dict[str, Any]]) -> int:
    """Write the whole document, a customer a line; returns how many."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    file.write(f'{{"format": "{FORMAT}", "version": {VERSION}, "customers": [')
    count = 0
    for customer in customers:
        file.write(",\n" if count else "\n")
        file.write(encode(customer))
        count += 1
    file.write("\n]}\n" if count else "]}\n")
    return count


# --- reading -------------------------------------------------------------------------------------


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
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, customer in enumerate(_customers(_Stream(file), name), start=1):
                try:
                    yield _read_customer(customer)
                except (TypeError, ValueError, KeyError, AttributeError) as error:
                    raise UserError(
                        _("Customer {number} in “{name}” cannot be understood.").format(
                            number=number, name=name
                        )
                    ) from error
    except (UnicodeDecodeError, json.JSONDecodeError, _BrokenError, RecursionError) as error:
        raise UserError(
            _("“{name}” is damaged or was cut off while it was copied.").format(name=name)
        ) from error
    except OSError as error:
        raise UserError(
            _("“{name}” cannot be read: {reason}").format(name=name, reason=error.strerror or error)
        ) from error


class _BrokenError(Exception):
    """The text ends in the middle, or is no JSON."""


class _Stream:
    """JSON read piece by piece: holds no more than the value at hand."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._ended = False
        self._decode = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """The next character that is no blank; "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> None:
        """Step over a character that must stand here."""
        if self.peek() != wanted:
            raise _BrokenError
        self._at += 1

    def value(self) -> Any:
        """Read the value that starts here."""
        while self.peek():
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError:
                if len(self._text) - self._at > _LONGEST or not self._more():
                    raise
                continue
            # A number at the edge may go on in the next piece.
            if end == len(self._text) and not isinstance(value, (dict, list, str)) and self._more():
                continue
            self._at = end
            return value
        raise _BrokenError

    def _more(self) -> bool:
        if self._ended:
            return False
        # Twice as much each time: a long value is not parsed anew for each small step.
        rest = self._text[self._at :]
        piece = self._file.read(max(_STEP, len(rest)))
        self._text, self._at = rest + piece, 0
        self._ended = not piece
        return bool(piece)


def _customers(stream: _Stream, name: str) -> Iterator[Any]:
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


def _items(stream: _Stream) -> Iterator[Any]:
    stream.take("[")
    while stream.peek() != "]":
        yield stream.value()
        if stream.peek() == ",":
            stream.take(",")
        elif stream.peek() != "]":
            raise _BrokenError
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
                ContactKind.IM.value, _text(e, "account"), _text(e, "account"), _text(e, "label")
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
    )


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    return "" if value is None else str(value)


def _phone(entry: dict[str, Any]) -> ContactPoint:
    number = _text(entry, "number")
    raw = _text(entry, "raw") or number
    value = number if _E164.fullmatch(number) else None
    return ContactPoint(ContactKind.PHONE.value, raw, value, _text(entry, "label"))


def _email(entry: dict[str, Any]) -> ContactPoint:
    address = _text(entry, "address")
    value = address.lower() if is_email(address) else None
    raw = _text(entry, "raw") or address
    return ContactPoint(ContactKind.EMAIL.value, raw, value, _text(entry, "label"))


def _address(entry: dict[str, Any]) -> Address:
    return Address(
        *(_text(entry, k) for k in ("street", "postcode", "city", "region", "country", "label"))  # type: ignore[arg-type]
    )


def _interactions(entries: Sequence[dict[str, Any]]) -> Iterator[JsonInteraction]:
    for entry in entries:
        at = _time(entry.get("at"))
        kind = entry.get("kind")
        if kind in _INTERACTIONS and at is not None:
            yield JsonInteraction(InteractionKind(kind), at, _text(entry, "text"))


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
