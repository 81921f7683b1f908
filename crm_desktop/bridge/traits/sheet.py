"""One pass over a worksheet part: its frame is parsed, its cells are searched.

Where the cells are not written as spreadsheet programs write them, all of the part is parsed,
ten times as slow, and says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from crm_desktop.bridge.files.ooxml import Package, UnreadableError, is_known_encoding
from crm_desktop.bridge.traits.cells import CellScan, IrregularError, MissedError
from crm_desktop.bridge.traits.marks import Marks, area_of, cell_of
from crm_desktop.bridge.traits.model import Area, Cell
from crm_desktop.bridge.traits.styles import Look

_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_DATA = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData[\s/>]")
_LONGEST_HEAD = 1 << 20
_LONGEST_ROW = 64 << 20
_MAX_COLUMNS = 16_384


class SheetPart:
    """What a worksheet part says.

    Attributes:
        marks: what its cells say.
        links: areas with the relation id of a link, and the place inside its target.
    """

    def __init__(self) -> None:
        self.marks = Marks()
        self.links: list[tuple[Area, str, str]] = []


def read_sheet_part(package: Package, part: str, looks: dict[int, Look]) -> SheetPart:
    """Read a worksheet part, the fast way where that works.

    Raises:
        UnreadableError: missing, damaged, or no XML.
    """
    try:
        try:
            return _read_fast(package.chunks(part), looks, patient=False)
        except MissedError:
            return _read_fast(package.chunks(part), looks, patient=True)
        except IrregularError:
            return read_slowly(package.chunks(part), looks)
    except expat.ExpatError as error:
        raise UnreadableError(part) from error


def _read_fast(chunks: Iterator[bytes], looks: dict[int, Look], *, patient: bool) -> SheetPart:
    sheet = SheetPart()
    frame = _Frame(sheet)
    head = b""
    data = None
    for chunk in chunks:
        head += chunk
        if data := _DATA.search(head):
            break
        if len(head) > _LONGEST_HEAD:
            raise IrregularError("head")
    encoding = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    if encoding and encoding.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise IrregularError("encoding")
    if data is None:
        if b"\x00" in head[:200]:
            raise IrregularError("encoding")
        frame.parse(head, last=True)
        return sheet
    prefix = data.group(1)
    if b"<!" in head[: data.start()]:
        raise IrregularError("markup")
    opened = head.find(b">", data.start()) + 1
    if not opened:
        head += next(chunks, b"")
        opened = head.find(b">", data.start()) + 1
    frame.parse(head[:opened])
    rest = head[opened:]
    if head[opened - 2] != 0x2F:
        scan = CellScan(prefix, looks, sheet.marks, patient=patient)
        rest = _scan_rows(scan, prefix, rest, chunks)
        scan.finish()
    frame.parse(rest)
    for chunk in chunks:
        frame.parse(chunk)
    frame.parse(b"", last=True)
    return sheet


def _scan_rows(scan: CellScan, prefix: bytes, rest: bytes, chunks: Iterator[bytes]) -> bytes:
    """Feed the rows to the scan in blocks; gives what comes from the end of the rows on."""
    row_open = b"<" + prefix + b"row "
    data_close = b"</" + prefix + b"sheetData>"
    pending: list[bytes] = []
    size = 0
    while True:
        # Everything before the beginning of the last row is whole; the end comes after it.
        cut = rest.rfind(row_open)
        if cut > 0:
            scan.feed(b"".join((*pending, rest[:cut])))
            pending, size, rest = [], 0, rest[cut:]
        if (end := rest.find(data_close)) >= 0:
            scan.feed(b"".join((*pending, rest[:end])))
            return rest[end:]
        chunk = next(chunks, None)
        if chunk is None:
            raise UnreadableError("the rows break off")
        # Of a row longer than a chunk only the end may hold a cut tag.
        if len(rest) > len(chunk):
            pending.append(rest[: -len(data_close)])
            size += len(pending[-1])
            rest = rest[-len(data_close) :]
            if size > _LONGEST_ROW:
                raise IrregularError("row")
        rest += chunk


def read_slowly(chunks: Iterator[bytes], looks: dict[int, Look]) -> SheetPart:
    """Parse a worksheet part whole, whatever its prefixes, quotes, encoding and references.

    Raises:
        ExpatError: it is no XML.
        UnreadableError: it has a DOCTYPE, or its bytes break off.
    """
    sheet = SheetPart()
    frame = _Cells(sheet, looks)
    for number, chunk in enumerate(chunks):
        if not number and not is_known_encoding(chunk):
            raise UnreadableError("encoding")
        frame.parse(chunk)
    frame.parse(b"", last=True)
    return sheet


class _Frame:
    """Parses what stands around the rows."""

    def __init__(self, sheet: SheetPart) -> None:
        self._sheet = sheet
        self._traits = sheet.marks.traits
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype

    def parse(self, data: bytes, *, last: bool = False) -> None:
        self._parser.Parse(data, last)

    def _doctype(self, *_args: object) -> None:
        raise UnreadableError("DOCTYPE")

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        match tag[tag.rfind(":") + 1 :]:
            case "col" if _is_true(attrs.get("hidden")):
                first, last = _number(attrs.get("min")), _number(attrs.get("max"))
                self._traits.hidden_columns.update(range(first - 1, min(last, _MAX_COLUMNS)))
            case "mergeCell":
                area = area_of(attrs.get("ref", ""))
                if area is not None and (area.top, area.left) != (area.bottom, area.right):
                    self._traits.merged.append(area)
            case "hyperlink":
                relation = next((v for k, v in attrs.items() if k.endswith(":id")), "")
                area = area_of(attrs.get("ref", ""))
                if area is not None and relation:
                    self._sheet.links.append((area, relation, attrs.get("location", "")))
            case _:
                pass


class _Cells(_Frame):
    """Parses the cells too."""

    def __init__(self, sheet: SheetPart, looks: dict[int, Look]) -> None:
        super().__init__(sheet)
        self._marks = sheet.marks
        self._looks = looks
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._row = 0
        self._column = -1
        self._cell: dict[str, str] = {}
        self._formula: dict[str, str] | None = None
        self._formula_text = self._value = ""
        self._text: list[str] = []
        self._inside = False
        self._holds = self._inline = self._kept = False
        self._has_cells = self._row_holds = False
        self._opening: tuple[Cell, Look] | None = None
        self._before: tuple[Cell, Look] | None = None

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        match tag[tag.rfind(":") + 1 :]:
            case "row":
                self._row = _number(attrs.get("r")) or self._row + 1
                self._column = -1
                self._has_cells = self._row_holds = False
                self._opening = self._before = None
                if _is_true(attrs.get("hidden")):
                    self._traits.hidden_rows.add(self._row)
            case "c":
                self._open_cell(attrs)
            case "f":
                self._formula = attrs
                self._holds = self._inside = True
                self._text.clear()
            case "v":
                self._holds = self._inside = self._kept = True
                self._text.clear()
            case "is":
                self._holds = self._inline = True
            case _:
                super()._start(tag, attrs)

    def _end(self, tag: str) -> None:
        match tag[tag.rfind(":") + 1 :]:
            case "c":
                self._close_cell()
            case "f":
                self._formula_text = "".join(self._text)
                self._inside = False
            case "v":
                self._value = "".join(self._text)
                self._inside = False
            case "row":
                self._marks.rows += self._has_cells
                if self._opening and self._row_holds:
                    self._marks.styled(*self._opening, holds=False, begins=True)

    def _characters(self, text: str) -> None:
        if self._inside:
            self._text.append(text)

    def _open_cell(self, attrs: dict[str, str]) -> None:
        cell = cell_of(attrs["r"]) if "r" in attrs else None
        if cell is not None:
            self._row, self._column = cell
        else:
            self._column += 1
        self._cell = attrs
        self._formula = None
        self._formula_text = self._value = ""
        self._holds = self._inline = self._kept = False

    def _close_cell(self) -> None:
        cell = (self._row, self._column)
        attrs, marks = self._cell, self._marks
        marks.cells += bool(self._value) or self._inline
        if attrs.get("t") == "e" and self._value:
            self._traits.errors[cell] = self._value
            if "vm" in attrs:
                marks.pictures[cell] = _number(attrs["vm"])
        if self._formula is not None:
            shared = self._formula.get("si") if self._formula.get("t") == "shared" else None
            # A formula whose result is an empty text keeps an empty value, marked as text.
            stored = bool(self._value) or self._inline or (self._kept and attrs.get("t") == "str")
            marks.formula(cell, self._formula_text, shared, stored=stored)
        if self._before is not None and self._holds and self._before[0][1] == cell[1] - 1:
            marks.styled(*self._before, holds=False, begins=True)
        self._before = None
        look = self._looks.get(_number(attrs.get("s")))
        if look is not None:
            if self._holds:
                marks.styled(cell, look, holds=True, begins=False)
            else:
                self._before = (cell, look)
                if not self._has_cells:
                    self._opening = self._before
        self._has_cells = True
        self._row_holds = self._row_holds or self._holds


def _is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0
