"""Contacts exported by Google as csv: the label of a number stands in the column before it.

    Phone 1 - Type, Phone 1 - Value, Phone 2 - Type, Phone 2 - Value
    Mobile,         912345678,       Work ::: Home,  213456789 ::: 214567890

Several values of one label share a cell, with `:::` between them. The columns are turned into
one for each label. Source: exports of contacts.google.com, 2016 (`Type`) and 2024 (`Label`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crm_desktop.bridge.files import addressbook
from crm_desktop.bridge.files.addressbook import Entry, to_grid
from crm_desktop.bridge.files.grid import Grid
from crm_desktop.bridge.files.vcardfields import service_of
from crm_desktop.bridge.values.text import Value, cell_text
from crm_desktop.i18n import _

_HEADER = re.compile(
    r"(E-mail|Phone|Address|IM|Website|Event|Relation|Custom Field|Organization|Jot|Calendar Link|"
    r"External ID|Language|Keyword) (\d{1,3}) - (.{1,40})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*:::\s*")
_LABELS = ("type", "label")
_KINDS = {"phone": "phone", "e-mail": "email"}


def is_google(header: Sequence[Value]) -> bool:
    """Whether a header row is that of Google's export."""
    found = {
        (m.group(1).lower(), m.group(3).lower())
        for h in header
        if isinstance(h, str) and (m := _HEADER.fullmatch(h.strip()))
    }
    labelled = {kind for kind, part in found if part in _LABELS}
    return any((kind, "value") in found for kind in labelled)


def google_grid(rows: Iterable[Sequence[Value]]) -> Grid:
    """Turn the rows of an export, its header first, into a sheet; rows keep their numbers."""
    iterator = iter(rows)
    header = [cell_text(h).strip() for h in next(iterator, [])]
    layout = _Layout(header)
    return to_grid(layout.entry([cell_text(v) for v in row]) for row in iterator)


class _Layout:
    """Which columns belong together."""

    def __init__(self, header: list[str]) -> None:
        self._plain: list[tuple[int, str]] = []
        groups: dict[tuple[str, int], dict[str, int]] = {}
        for place, text in enumerate(header):
            match = _HEADER.fullmatch(text)
            if match is None:
                if text:
                    self._plain.append((place, text))
                else:
                    self._plain.append((place, f"{_('Column')} {place + 1}"))
                continue
            part = match.group(3).strip().lower()
            key = match.group(1).lower(), int(match.group(2))
            groups.setdefault(key, {})["label" if part in _LABELS else part] = place
        self._groups = sorted(groups.items(), key=lambda item: item[0][1])
        self._width = len(header)

    def entry(self, row: list[str]) -> Entry | None:
        """One contact."""
        entry = Entry()
        for place, header in self._plain:
            if place < len(row) and (text := row[place].strip()):
                _take_plain(entry, header, text)
        for (kind, _number), places in self._groups:
            parts = {
                part: text
                for part, place in places.items()
                if place < len(row) and (text := row[place].strip())
            }
            if parts.keys() - {"label"}:
                _take_group(entry, kind, parts)
        for place in range(self._width, len(row)):
            if row[place].strip():
                entry.extras.append((f"{_('Column')} {place + 1}", row[place].strip()))
        return entry if entry.texts or entry.points or entry.addresses or entry.extras else None


_TEXTS = {
    "Name": addressbook.FULL_NAME,
    "Given Name": addressbook.GIVEN_NAME,
    "First Name": addressbook.GIVEN_NAME,
    "Family Name": addressbook.FAMILY_NAME,
    "Last Name": addressbook.FAMILY_NAME,
    "Organization Name": addressbook.ORGANISATION,
    "Birthday": addressbook.BIRTHDAY,
    "Notes": addressbook.NOTES,
}


def _take_plain(entry: Entry, header: str, text: str) -> None:
    if header in _TEXTS:
        entry.add_text(_TEXTS[header], text.lstrip() if header == "Birthday" else text)
    elif header in ("Group Membership", "Labels"):
        tags = [t.removeprefix("* ") for t in _BETWEEN.split(text)]
        kept = [t for t in tags if t and t.lower() not in ("mycontacts", "my contacts")]
        if kept:
            entry.add_text(addressbook.TAGS, "; ".join(kept))
    else:
        entry.extras.append((header, text))


def _take_group(entry: Entry, kind: str, parts: dict[str, str]) -> None:
    label = parts.pop("label", "").removeprefix("*").strip()
    values = _BETWEEN.split(parts.get("value", ""))
    if kind in _KINDS:
        entry.points.extend((_KINDS[kind], _known(label), v) for v in values if v)
    elif kind == "im":
        service = service_of(parts.get("service", "")) or service_of(label)
        name = service or parts.get("service", "") or label
        entry.points.extend(("im", name, v) for v in values if v)
    elif kind == "address":
        entry.addresses.extend((_known(label), a) for a in _addresses(parts) if any(a))
    elif kind == "organization":
        _take_organisation(entry, parts)
    elif parts.get("value"):
        header = label or {"website": _("Website"), "event": _("Date")}.get(kind, kind.capitalize())
        if kind == "website" and label:
            header = _("Website") if label.lower() in _NO_LABELS else f"{_('Website')} ({label})"
        entry.extras.extend((header, v) for v in values if v)


_NO_LABELS = ("homepage", "home page", "profile", "other", "internet", "obsolete")


def _known(label: str) -> str:
    """Google says "Other" or "Obsolete" where nobody chose anything."""
    return "" if label.lower() in ("obsolete", "main", "internet") else label


def _addresses(parts: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    columns = {part: _BETWEEN.split(text) for part, text in parts.items()}
    count = max((len(values) for values in columns.values()), default=0)

    def get(part: str, n: int) -> str:
        values = columns.get(part, [])
        return values[n].replace("\r", "").replace("\n", ", ").strip() if n < len(values) else ""

    found = []
    for n in range(count):
        street = ", ".join(
            filter(None, (get(p, n) for p in ("street", "extended address", "po box")))
        )
        city, region = get("city", n), get("region", n)
        postcode, country = get("postal code", n), get("country", n)
        if not (street or city or postcode):
            street = get("formatted", n)
        found.append((street, postcode, city, region, country))
    return found


def _take_organisation(entry: Entry, parts: dict[str, str]) -> None:
    for part, text in parts.items():
        values = [v for v in _BETWEEN.split(text) if v]
        if part == "name" and values and addressbook.ORGANISATION not in entry.texts:
            entry.texts[addressbook.ORGANISATION] = values.pop(0)
        header = {"name": _("Further organisation"), "title": _("Job title")}.get(part)
        header = header or (_("Department") if part == "department" else part.capitalize())
        entry.extras.extend((header, v) for v in values)
