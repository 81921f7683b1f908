"""The parts of an OOXML workbook beside its cells: relations, small parts as trees, sheets' names.

Understands Strict and Transitional namespaces alike by looking at local names only.
Source: ECMA-376 part 2 (packages, relations, content types), part 1, 18.2 (workbook).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.zipguard import open_zip, part_chunks
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.domain.errors import UserError

Element = ElementTree.Element
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]+)""")


class UnreadableError(Exception):
    """A part is missing or makes no sense; what it says stays unread, the values do not."""


class Relation(NamedTuple):
    """A relation of a part: the last word of its type, and where it points to."""

    kind: str
    target: str
    external: bool


class _LocalNames(ElementTree.TreeBuilder):
    """Builds a tree without namespaces, and refuses a DOCTYPE."""

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        plain = {name[name.rfind("}") + 1 :]: value for name, value in attrs.items()}
        return super().start(tag[tag.rfind("}") + 1 :], plain)

    def end(self, tag: str) -> Element:
        return super().end(tag[tag.rfind("}") + 1 :])

    def doctype(self, *_args: object) -> None:
        raise UnreadableError("DOCTYPE")


def is_known_encoding(head: bytes) -> bool:
    """Whether expat can read the encoding that an XML part names; it raises what it likes else."""
    match = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf")[:1000])
    name = match.group(1).decode().lower() if match else "utf-8"
    if name in ("utf-8", "utf-16", "iso-8859-1", "us-ascii"):
        return True
    try:
        return len(bytes(range(256)).decode(name, "replace")) == 256
    except (LookupError, UnicodeError):
        return False


class Package:
    """An xlsx or xlsm file, its parts read on demand."""

    def __init__(self, source: Source) -> None:
        self._data = source.data
        self._name = source.name
        with open_zip(source.data, source.name) as archive:
            self._members = {
                info.filename.replace("\\", "/").lower().lstrip("/"): info
                for info in archive.infolist()
            }
        self._types: tuple[dict[str, str], dict[str, str]] | None = None
        self.workbook = self._workbook_part()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._members

    def size(self, part: str) -> int:
        """How many bytes a part unpacks to, by the directory's account."""
        return self._members[part.lower()].file_size

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part's bytes, piece by piece.

        Raises:
            UnreadableError: missing, damaged or too large.
        """
        info = self._members.get(part.lower())
        if info is None:
            raise UnreadableError(part)
        try:
            yield from part_chunks(self._data, info, self._name, DEFAULT_LIMITS)
        except UserError as error:
            raise UnreadableError(part) from error

    def read(self, part: str) -> bytes:
        """All bytes of a part.

        Raises:
            UnreadableError: missing, damaged or too large.
        """
        return b"".join(self.chunks(part))

    def tree(self, part: str) -> Element:
        """A part as a tree of local names.

        Raises:
            UnreadableError: missing, damaged, or no XML.
        """
        parser = ElementTree.XMLParser(target=_LocalNames())
        data = self.read(part)
        if not is_known_encoding(data):
            raise UnreadableError(part)
        try:
            parser.feed(data)
            root: Element = parser.close()
        except ElementTree.ParseError as error:
            raise UnreadableError(part) from error
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their ids; none where it has none.

        Raises:
            UnreadableError: there are some, but they make no sense.
        """
        folder, file = posixpath.split(part)
        rels = f"{folder}/_rels/{file}.rels".lstrip("/")
        if not self.has(rels):
            return {}
        found = {}
        for element in self.tree(rels).iter("Relationship"):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = self._resolve(folder, target)
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part refers to by relations of a kind."""
        relations = self.relations(part).values()
        return [r.target for r in relations if r.kind == kind and not r.external]

    def media_type(self, part: str) -> str:
        """What a part is, by the package's own list or else by its ending."""
        if self._types is None:
            self._types = self._content_types()
        defaults, overrides = self._types
        ending = part.rsplit(".", 1)[-1].lower()
        return overrides.get(part.lower(), defaults.get(ending, f"image/{ending}"))

    def sheets(self) -> tuple[list[tuple[str, str]], bool]:
        """Names and parts of all sheets, and whether dates count from 1904.

        Raises:
            UnreadableError: the workbook part makes no sense.
        """
        relations = self.relations(self.workbook)
        root = self.tree(self.workbook)
        found = []
        for sheet in root.iter("sheet"):
            relation = relations.get(sheet.get("id", ""))
            if relation is not None and self.has(relation.target):
                found.append((sheet.get("name", ""), relation.target))
        properties = root.find("workbookPr")
        flag = properties.get("date1904", "0") if properties is not None else "0"
        return found, flag in ("1", "true", "on")

    def _workbook_part(self) -> str:
        try:
            for part in self.related("", "officeDocument"):
                if self.has(part):
                    return part
        except UnreadableError:
            pass  # the relations say nothing; the usual place will do
        return "xl/workbook.xml"

    def _resolve(self, folder: str, target: str) -> str:
        target = target.replace("\\", "/")
        path = target if target.startswith("/") else f"{folder}/{target}"
        path = posixpath.normpath(path).lstrip("/")
        return path if self.has(path) else unquote(path)

    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        try:
            root = self.tree("[Content_Types].xml")
        except UnreadableError:
            return {}, {}
        defaults = {
            e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter("Default")
        }
        overrides = {
            e.get("PartName", "").lstrip("/").lower(): e.get("ContentType", "")
            for e in root.iter("Override")
        }
        return defaults, overrides
