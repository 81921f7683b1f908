"""Entries of address books to a sheet: a column for each label, headers that `synonyms` knows.

In a vCard or a Google export the label of a number stands beside it, another one in each entry;
in a sheet it belongs to the column. So each label gets a column of its own, and further numbers
with the same label columns that are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.bridge.files.grid import Grid
from crm_desktop.bridge.sheets.synonyms import find_label
from crm_desktop.bridge.values.text import Value, tidy_line

FULL_NAME = "Full name"
GIVEN_NAME = "Given name"
FAMILY_NAME = "Family name"
ORGANISATION = "Organisation"
KIND = "Entity type"
BIRTHDAY = "Birthday"
NOTES = "Notes"
TAGS = "Tags"

_MOST_COLUMNS = 12  # of one label
_MOST_LABELS = 60
_MOST_EXTRAS = 200
_LONGEST_LABEL = 40
_FIRST = (FULL_NAME, GIVEN_NAME, FAMILY_NAME, ORGANISATION, KIND)
_LAST = (BIRTHDAY, TAGS, NOTES)
_PARTS = ("street", "postcode", "city", "region", "country")
_HEADERS = {
    ("phone", ""): "Phone",
    ("phone", "mobile"): "Mobile phone",
    ("phone", "work"): "Work phone",
    ("phone", "home"): "Home phone",
    ("phone", "fax"): "Fax",
    ("phone", "whatsapp"): "WhatsApp",
    ("email", ""): "E-mail",
    ("email", "work"): "Work e-mail",
    ("email", "home"): "Home e-mail",
    ("im", ""): "Messenger",
}
_PLAIN = {"phone": "Phone", "email": "E-mail", "im": "Messenger"}
MESSENGERS = ("WeChat", "QQ", "Telegram", "Skype", "LINE", "Signal", "KakaoTalk")
_ORDER = ("phone", "email", "im")
_LABEL_ORDER = ("mobile", "", "work", "home")


@dataclass(slots=True)
class Entry:
    """One entry of an address book.

    Attributes:
        texts: value by one of the headers above.
        points: field ("phone", "email", "im"), label and value.
        addresses: label, and street, postcode, city, region, country.
        extras: whatever else, by its header.
    """

    texts: dict[str, str] = field(default_factory=dict)
    points: list[tuple[str, str, str]] = field(default_factory=list)
    addresses: list[tuple[str, tuple[str, str, str, str, str]]] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)

    def add_text(self, header: str, text: str, glue: str = "\n") -> None:
        """Add to a text; a second one comes behind the first."""
        before = self.texts.get(header)
        self.texts[header] = f"{before}{glue}{text}" if before else text


def to_grid(entries: Iterable[Entry | None]) -> Grid:
    """Make a sheet of entries.

    Args:
        entries: one a row from the second row on; None leaves a row blank.
    """
    columns = _Columns()
    rows = [None if entry is None else columns.take(entry) for entry in entries]
    order, places = columns.order()
    grid = Grid()
    header: list[Value] = list(order)
    grid.put(0, header)
    for number, row in enumerate(rows, start=1):
        if row:
            grid.put_cells(number, {places[key]: text for key, text in row.items()})
    return grid


class _Columns:
    """The columns that the entries need, each known by its header."""

    def __init__(self) -> None:
        self._points: dict[str, tuple[int, int, int]] = {}
        self._labels: dict[str, int] = {}
        self._addresses: dict[str, int] = {}
        self._extras: dict[str, int] = {}
        self._texts: set[str] = set()

    def take(self, entry: Entry) -> dict[str, str]:
        """The values of an entry by header; makes columns for new ones."""
        row = {header: text for header, text in entry.texts.items() if text}
        self._texts.update(row)
        counts: dict[tuple[str, str], int] = {}
        for kind, label, text in dict.fromkeys(entry.points):
            label = self._label(kind, label)
            n = counts[kind, label] = counts.get((kind, label), 0) + 1
            header = self._point_header(kind, label, min(n, _MOST_COLUMNS))
            row[header] = f"{row[header]}\n{text}" if header in row else text
        for label, parts in dict.fromkeys(entry.addresses):
            label = self._label("address", label)
            n = counts["address", label] = counts.get(("address", label), 0) + 1
            for header, text in zip(
                self._address_headers(label, min(n, _MOST_COLUMNS)), parts, strict=True
            ):
                if text:
                    row[header] = f"{row[header]}, {text}" if header in row else text
        for header, text in entry.extras:
            self._add_extra(row, header, text)
        return row

    def _label(self, kind: str, label: str) -> str:
        """What labels are called here; more than anybody has are not told apart."""
        label = tidy_line(label)[:_LONGEST_LABEL].replace("“", "").replace("”", "")
        if kind in ("phone", "email", "address"):
            label = find_label(label) or label
        key = f"{kind} {label}"
        if key not in self._labels:
            if len(self._labels) >= _MOST_LABELS:
                return ""
            self._labels[key] = len(self._labels)
        return label

    def _point_header(self, kind: str, label: str, n: int) -> str:
        header = _HEADERS.get((kind, label)) or (
            label if kind == "im" and label in MESSENGERS else f"{_PLAIN[kind]} “{label}”"
        )
        if n > 1:
            header = f"{header} {n}"
        if header not in self._points:
            rank = _LABEL_ORDER.index(label) if label in _LABEL_ORDER else len(_LABEL_ORDER)
            known = self._labels.get(f"{kind} {label}", 0)
            self._points[header] = (_ORDER.index(kind), rank * 1000 + known, n)
        return header

    def _address_headers(self, label: str, n: int) -> list[str]:
        if n > 1:
            label = f"{label or 'address'} {n}"
        if not label:
            headers = [part.capitalize() for part in _PARTS]
        elif label in ("home", "work"):
            headers = [f"{label.capitalize()} {part}" for part in _PARTS]
        else:
            headers = [f"{part.capitalize()} “{label}”" for part in _PARTS]
        for header in headers:
            self._addresses.setdefault(header, len(self._addresses))
        return headers

    def _add_extra(self, row: dict[str, str], header: str, text: str) -> None:
        header = tidy_line(header)[:100]
        n, wanted = 1, header
        while wanted in row and n < _MOST_COLUMNS:
            n += 1
            wanted = f"{header} {n}"
        if wanted not in self._extras:
            if wanted in row or len(self._extras) >= _MOST_EXTRAS:
                # Too many to have a column each: none is lost.
                before = row.get(NOTES)
                line = f"{header}: {text}"
                row[NOTES] = f"{before}\n{line}" if before else line
                self._texts.add(NOTES)
                return
            self._extras[wanted] = len(self._extras)
        row[wanted] = f"{row[wanted]}\n{text}" if wanted in row else text

    def order(self) -> tuple[list[str], dict[str, int]]:
        """All headers from left to right, and the place of each."""
        points = sorted(self._points, key=lambda header: self._points[header])
        order = [h for h in _FIRST if h in self._texts] + points + list(self._addresses)
        order += [h for h in _LAST if h in self._texts]
        order += [h for h in self._extras if h not in order]
        order += sorted(self._texts - set(order))
        return order, {header: place for place, header in enumerate(order)}
