"""Address cards: vCard 2.1, 3.0 and 4.0, one or many in a file.

By hand: `vobject` (0.9.9) was tried on cards as old telephones write them and loses whole
files: a card without its end makes it give up, lines that are no property make it fail, and
without `allowQP` so does quoted-printable text that goes over a line. Here every line counts
for itself, and what makes no sense goes to the notes.

Sources: RFC 6350 (4.0), RFC 2425 and 2426 (3.0), versit "vCard 2.1" (1996), RFC 4770 (IMPP),
Apple's `X-ABLabel`, Android's `X-ANDROID-CUSTOM`.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crm_desktop.bridge.files.charsets import find_charset, guess_charset, known_encoding
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.grid import GridBook
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_NAME = re.compile(r"(?:([\w-]{1,60})\.)?([\w-]{1,60})\s*(?=[;:])")
_PARAMS = re.compile(r""";((?:[^";:]++|"[^"]*")*+)""")
_QP_LINES = re.compile(rb"QUOTED-PRINTABLE[^:\n]{0,200}:([^\n]*(?:=\n[^\n]*)*)", re.IGNORECASE)
_BARE_ENCODINGS = {"quoted-printable": "qp", "base64": "b", "8bit": "", "7bit": ""}
_ENCODINGS = {"quoted-printable": "qp", "q": "qp", "b": "b", "base64": "b"}
_LONGEST_VALUE = 1 << 20
_HEAD = 1 << 16


@dataclass(slots=True)
class Property:
    """One line of a card.

    Attributes:
        group: what stands before the name's point, in lower case.
        name: in upper case.
        types: of TYPE and bare parameters, in lower case.
        params: the others, names in upper case.
        value: decoded, its escapes untouched.
    """

    group: str
    name: str
    types: list[str]
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class RawCard:
    """A card's properties, and the lines that are none."""

    properties: list[Property] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    version: str = ""


def vcard_book(source: Source) -> GridBook:
    """Read all cards of a file.

    Raises:
        UserError: no card says anything.
    """
    from crm_desktop.bridge.files.addressbook import to_grid
    from crm_desktop.bridge.files.vcardfields import to_entry

    entries = [to_entry(card) for card in read_cards(source.data)]
    entries = [e for e in entries if e.texts or e.points or e.addresses or e.extras]
    if not entries:
        raise UserError(
            _("“{name}” holds no address card that can be read.").format(name=source.name)
        )
    book = GridBook()
    book.add("", to_grid(entries))
    return book


def read_cards(data: bytes) -> Iterator[RawCard]:
    """Cut a file into cards, and these into properties."""
    encoding = find_charset(data)
    if encoding.startswith(("utf-16", "utf-32", "utf-8-sig")):
        data = data.decode(encoding, "replace").lstrip("\ufeff").encode()
        encoding = "utf-8"
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\0", b"")
    decoder = _Decoder(data, encoding)
    card: RawCard | None = None
    outer: list[RawCard] = []
    last = ""
    for line in _logical_lines(data):
        mark = line[:20].upper().replace(" ", "")
        if mark.startswith("BEGIN:VCARD"):
            if card is not None:
                if last == "AGENT":  # a card within a card
                    outer.append(card)
                else:  # its end is missing
                    yield card
            card, last = RawCard(), ""
        elif mark.startswith("END:VCARD"):
            if card is not None:
                yield card
            card = outer.pop() if outer else None
        elif card is not None and line.strip():
            found = decoder.property(line)
            if found is None:
                card.strays.append(decoder.text(line.strip().encode("latin-1")))
                continue
            last = found.name
            if found.name == "VERSION":
                card.version = found.value.strip()
            card.properties.append(found)
    if card is not None:
        yield card
    yield from reversed(outer)


def _logical_lines(data: bytes) -> Iterator[str]:
    """Lines with those put together again that were folded; every byte is a character.

    Folded text of 3.0 and 4.0 loses the blank that folding put in, that of 2.1 keeps it.
    """
    parts: list[str] = []
    size = 0
    soft = binary = old = False
    for line in data.decode("latin-1").split("\n"):
        if parts:
            mark = line[:11].upper()
            is_end = mark.startswith(("END:VCARD", "BEGIN:VCARD"))
            more: str | None = None
            if soft and not is_end:
                more = "\n" + line
            elif line[:1] in (" ", "\t"):
                more = line[1:] if binary or not old else " " + line.lstrip(" \t")
            elif binary and ":" not in line and line and not is_end:
                more = line
            if more is not None:
                size += len(more)
                if size <= _LONGEST_VALUE:
                    parts.append(more)
                soft = soft and line.endswith("=")
                continue
            yield "".join(parts)
        parts, size = [line], len(line)
        head = line.partition(":")[0].upper()
        binary = "BASE64" in head or "ENCODING=B" in head
        soft = "QUOTED-PRINTABLE" in head and line.endswith("=")
        if head == "BEGIN":
            old = False
        elif head == "VERSION":
            old = "2." in line
    if parts:
        yield "".join(parts)


class _Decoder:
    """Reads properties; knows how the file is written where they do not say."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self._data = data
        self._encoding = encoding
        self._guess = ""

    def property(self, line: str) -> Property | None:
        """Read a line; None where it is no property."""
        match = _NAME.match(line)
        if match is None:
            return None
        position = match.end()
        types: list[str] = []
        params: dict[str, str] = {}
        encoding = charset = ""
        while (found := _PARAMS.match(line, position)) is not None:
            position = found.end()
            key, equals, value = found.group(1).partition("=")
            key, value = key.strip(), value.strip()
            if not equals:
                bare = key.lower()
                if bare in _BARE_ENCODINGS:
                    encoding = _BARE_ENCODINGS[bare]
                elif bare:
                    types.append(bare)
                continue
            upper, plain = key.upper(), value.strip('"')
            if upper == "TYPE":
                types.extend(t.strip().strip('"').lower() for t in value.strip('"').split(","))
            elif upper == "ENCODING":
                encoding = _ENCODINGS.get(plain.lower(), "")
            elif upper == "CHARSET":
                charset = plain
            else:
                params[upper] = plain
        if line[position : position + 1] != ":":
            return None
        name = match.group(2).upper()
        if name in _SKIPPED or (encoding == "b" and types and "x-" not in name.lower()):
            return Property(match.group(1) or "", name, types, params, "")
        raw = line[position + 1 :].encode("latin-1")
        if encoding == "qp":
            raw = binascii.a2b_qp(raw)
        elif encoding == "b":
            try:
                raw = binascii.a2b_base64(raw)
            except (binascii.Error, ValueError):
                return None
        group = (match.group(1) or "").lower()
        return Property(group, name, types, params, self.text(raw, charset))

    def text(self, raw: bytes, charset: str = "") -> str:
        """Decode a value: as it says, else as UTF-8, else as the rest of the file."""
        if raw.isascii():
            return raw.decode("ascii")
        for encoding in (known_encoding(charset) if charset else "", "utf-8", self._encoding):
            if encoding:
                try:
                    return raw.decode(encoding)
                except UnicodeError:
                    continue
        if not self._guess:
            words = b"\n".join(m.group(1) for m in _QP_LINES.finditer(self._data))
            sample = binascii.a2b_qp(words)[:_HEAD] or raw
            self._guess = guess_charset(sample, lambda e: _reads(sample, e))
        return raw.decode(self._guess, "replace")


def _reads(sample: bytes, encoding: str) -> bool:
    # A sample may end within a character.
    return "\ufffd" not in sample.decode(encoding, "replace")[:-2]


_SKIPPED = frozenset(
    "PHOTO LOGO SOUND KEY UID REV PRODID CLASS SORT-STRING PROFILE SOURCE CLIENTPIDMAP MAILER "
    "X-ABUID X-ABADR X-IMAGETYPE X-IMAGEHASH X-CRYPTO X-EVOLUTION-FILE-AS TZ GEO LABEL FBURL "
    "CALURI CALADRURI X-ABORDER X-APPLE-GUARDIAN-WHITELISTED X-SHARED-PHOTO-DISPLAY-PREF "
    "X-ADDRESSING-GRAMMAR".split()
)
