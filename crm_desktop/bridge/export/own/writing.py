"""The objects that stand for customers, and the file that holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from crm_desktop.bridge.export.own import FORMAT, VERSION
from crm_desktop.bridge.export.own.contents import Contents, write_contents
from crm_desktop.bridge.export.own.head import write_head
from crm_desktop.bridge.export.own.records import follow_up_json, record_json
from crm_desktop.bridge.export.own.sales import add_sales
from crm_desktop.domain.customers import ContactKind
from crm_desktop.domain.documents import DocumentVersion
from crm_desktop.domain.dossiers import Dossier
from crm_desktop.domain.exchange import NO_HEAD, Head, WholeDocument


def customer_json(dossier: Dossier) -> dict[str, Any]:
    """The object that stands for one customer, in the export and in `show --json`.

    Documents are only listed: their contents stand behind all customers.
    """
    customer = dossier.customer
    phones, emails, ims = [], [], []
    entry: dict[str, Any]
    for point in customer.contact_points:
        if point.kind == ContactKind.PHONE:
            entry = {"number": point.value, "raw": point.raw, "label": point.label}
            phones.append(entry)
        elif point.kind == ContactKind.EMAIL:
            address = point.value or point.raw
            entry = {"address": address, "label": point.label}
            if point.raw != address:
                entry["raw"] = point.raw
            emails.append(entry)
        else:
            entry = {"account": point.value or point.raw, "label": point.label}
            ims.append(entry)
        if point.do_not_use:
            entry["do_not_use"] = True
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
                **({"do_not_use": True} if a.do_not_use else {}),
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
    facts = customer.facts._asdict()
    result |= {name: value for name, value in facts.items() if value}
    if kinds := {n: str(k) for n, k in customer.custom_kinds.items() if n in customer.custom}:
        result["custom_kinds"] = kinds
    if dossier.removed:
        result["removed_fields"] = dict(dossier.removed)
    if customer.created_at:
        result["created_at"] = customer.created_at.isoformat()
    if customer.updated_at:
        result["updated_at"] = customer.updated_at.isoformat()
    if customer.deleted_at:
        result["deleted_at"] = customer.deleted_at.isoformat()
    if related := [
        {"kind": str(kind), "customer": other, "label": label}
        for kind, other, label in dossier.relations
    ]:
        result["relations"] = related
    if listed := [_document_json(document) for document in dossier.documents]:
        result["documents"] = listed
    if entries := [
        {"kind": str(i.kind), "at": i.at.isoformat(), "text": i.text}
        | ({"pinned": True} if i.pinned else {})
        for i in dossier.interactions
    ]:
        result["interactions"] = entries
    for name, records in dossier.records._asdict().items():
        if records:
            result[name] = list(map(record_json, records))
    for place, follows in dossier.follows.items():
        result["tasks"][place] |= follow_up_json(follows)
    add_sales(result, dossier.sales)
    if dossier.merges:
        result["merged"] = [{"name": name, "at": at.isoformat()} for name, at in dossier.merges]
    if dossier.apart:
        result["apart_from"] = list(dossier.apart)
    return result


def _document_json(document: WholeDocument) -> dict[str, Any]:
    facts, current = document.facts, document.versions[-1]
    listed = {
        "name": document.name,
        "kind": facts.kind,
        "number": facts.number,
        "issued_on": facts.issued_on,
        "expires_on": facts.expires_on,
        "added_at": document.added_at.isoformat(),
        **_content_json(current),
    }
    # Nearly every document has one, as old as itself.
    if len(document.versions) > 1 or current.added_at != document.added_at:
        listed["versions"] = [
            _content_json(version) | {"added_at": version.added_at.isoformat()}
            for version in document.versions
        ]
    return listed


def _content_json(version: DocumentVersion) -> dict[str, Any]:
    return {
        "file_name": version.file_name,
        "media_type": version.media_type,
        "size": version.size,
        "sha256": version.sha256,
    }


def write_customers(
    file: TextIO,
    customers: Iterable[dict[str, Any]],
    head: Head = NO_HEAD,
    contents: Contents = (),
) -> int:
    """Write the whole document, a customer a line; returns how many customers.

    The contents are asked for when all customers are written.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    file.write(f'{{"format": "{FORMAT}", "version": {VERSION}, ')
    write_head(file, head)
    file.write('"customers": [')
    count = 0
    for customer in customers:
        file.write(",\n" if count else "\n")
        file.write(encode(customer))
        count += 1
    file.write("\n]" if count else "]")
    write_contents(file, contents)
    file.write("}\n")
    return count
