"""The first rows of an OpenDocument table: a document of them alone is read as any other.

The rows of the first table in sight are written anew, up to the one where the glance ends. How
often they and their cells are repeated is capped: a reader makes room for all of them.
Source: OpenDocument 1.3 part 3, 9.1 (tables), 14.1 (annotations), 19.735 (repeated rows), 20.1
(`table:display`).
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from crm_desktop.bridge.files.calamine import CalamineBook
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.ooxml import UnreadableError, is_known_encoding
from crm_desktop.bridge.files.peek.shown import (
    COLUMNS,
    ROWS,
    TooFarError,
    near_chunks,
    show_book,
)
from crm_desktop.bridge.files.zipguard import check_declared, open_zip
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.domain.imports import SheetPeek

_CONTENT = "content.xml"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    "</manifest:manifest>"
)
_ROW_GROUPS = frozenset(("table-row-group", "table-header-rows", "table-rows"))
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_LONGEST = 4000


def peek_ods(source: Source, limits: Limits) -> SheetPeek | None:
    """The first rows of the first table in sight; of its sheets no other is named.

    The others' names stand behind all of its rows.
    """
    with open_zip(source.data, source.name) as archive:
        check_declared(archive, source.name, limits)
        content = archive.getinfo(_CONTENT)
    beginning = _Beginning()
    try:
        for number, chunk in enumerate(near_chunks(source, content, limits)):
            if not number and not is_known_encoding(chunk):
                return None
            beginning.parser.Parse(chunk, False)
            if beginning.is_over:
                break
    except TooFarError:
        beginning.drop_open_row()
    document = beginning.document()
    if not document:
        return None
    return show_book(source, CalamineBook(replace(source, data=_packed(document))))


def _packed(document: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr(_CONTENT, document)
    return data.getvalue()


class _Beginning:
    """Follows a document to its first table in sight and writes the first rows of this anew.

    Attributes:
        is_over: whether all of them were there.
    """

    def __init__(self) -> None:
        self.is_over = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.StartDoctypeDeclHandler = _refuse
        self._open: list[tuple[str, dict[str, str]]] = []
        self._style = ""
        self._hidden: set[str] = set()
        self._written: list[str] = []
        self._to_close: list[str] = []
        # How deep the table, the cell, and what is passed over lie; 0 for none.
        self._table = self._cell = self._skipped = 0
        self._row_at = 0
        self._rows = self._column = self._said = 0

    def document(self) -> str:
        """The document; "" where no table is in sight."""
        ends = (f"</{tag}>" for tag in reversed(self._to_close))
        return "".join((*self._written, *ends))

    def drop_open_row(self) -> None:
        """Leave out the row whose end was not reached."""
        if self._row_at:
            row = next(n for n, tag in enumerate(self._to_close) if _local(tag) == "table-row")
            del self._written[self._row_at :], self._to_close[row:]

    # --- elements --------------------------------------------------------------------------------

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        if self.is_over:
            return
        self._open.append((tag, attrs))
        if self._skipped:
            return
        local = _local(tag)
        if not self._table:
            self._before(local, attrs)
        elif self._cell:
            if local == "annotation":
                self._skip()
        elif local in _CELLS:
            self._open_cell(attrs)
        elif local == "table-row":
            self._open_row(attrs)
        elif local not in _ROW_GROUPS:
            self._skip()
        if self._table and not self._skipped and not self.is_over:
            self._write(tag, attrs)

    def _end(self, tag: str) -> None:
        if self.is_over:
            return
        depth = len(self._open)
        self._open.pop()
        if self._skipped:
            if depth == self._skipped:
                self._skipped = 0
            return
        if not self._table:
            return
        self._written.append(f"</{tag}>")
        self._to_close.pop()
        if depth == self._cell:
            self._cell = 0
        elif not self._cell and _local(tag) == "table-row":
            self._row_at = 0
        self.is_over = depth == self._table

    def _say(self, text: str) -> None:
        if self._cell and not self._skipped and not self.is_over:
            self._written.append(escape(text[: max(0, _LONGEST - self._said)]))
            self._said += len(text)

    def _before(self, local: str, attrs: dict[str, str]) -> None:
        """What stands before the table, and those that are hidden."""
        given = {_local(name): value for name, value in attrs.items()}
        if local == "style":
            self._style = given.get("name", "")
        elif local == "table-properties" and given.get("display") == "false":
            self._hidden.add(self._style)
        elif local == "table" and len(self._open) > 1:
            above = self._open[:-1]
            if _local(above[-1][0]) != "spreadsheet" or given.get("style-name") in self._hidden:
                self._skip()
                return
            for parent, said in above:
                self._write(parent, said)
            self._table = len(self._open)

    def _open_row(self, attrs: dict[str, str]) -> None:
        if self._rows >= ROWS:
            self.is_over = True
            return
        self._rows += _capped(attrs, "number-rows-repeated", ROWS - self._rows)
        self._column = 0
        self._row_at = len(self._written)

    def _open_cell(self, attrs: dict[str, str]) -> None:
        if self._column >= COLUMNS:
            self._skip()
            return
        self._column += _capped(attrs, "number-columns-repeated", COLUMNS - self._column)
        self._cell = len(self._open)
        self._said = 0

    def _skip(self) -> None:
        self._skipped = len(self._open)

    def _write(self, tag: str, attrs: dict[str, str]) -> None:
        said = "".join(f" {name}={quoteattr(value)}" for name, value in attrs.items())
        self._written.append(f"<{tag}{said}>")
        self._to_close.append(tag)


def _local(name: str) -> str:
    return name[name.rfind(":") + 1 :]


def _capped(attrs: dict[str, str], name: str, most: int) -> int:
    """How often a row or cell is repeated, not more often than it matters; put back so."""
    for key, value in attrs.items():
        if _local(key) == name and value.isdecimal():
            count = min(int(value[:10]), most)
            attrs[key] = str(count)
            return max(count, 1)
    return 1


def _refuse(*_args: object) -> None:
    raise UnreadableError("DOCTYPE")
