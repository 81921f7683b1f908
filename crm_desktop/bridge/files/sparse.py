"""Our own streaming reader of OOXML sheets, for those that the native reader cannot take.

Holds one row at a time, so that a cell in the farthest corner costs nothing; understands
prefixed and Strict parts. Slower than python-calamine by a factor of five: for odd files only.
Source: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.bridge.values.serials import serial_date
from crm_desktop.bridge.values.text import Value, column_index
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_STEP = 1 << 16
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_DATE_CODE = re.compile(r"[dmyhs]", re.IGNORECASE)
_MAX_ROW = 1_048_576


class SparseBook:
    """An xlsx or xlsm workbook read part by part."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        self._members = {
            info.filename.replace("\\", "/").lower().lstrip("/"): info
            for info in self._zip.infolist()
        }
        self.names: list[str] = []
        self.hidden: list[bool] = []
        self._parts: list[str] = []
        self._epoch_1904 = False
        self._read_workbook()
        self._strings = SharedStrings(self._each_string())
        self._date_styles: frozenset[int] | None = None

    def sheet(self, index: int) -> SparseSheet:
        """Make a sheet's rows available."""
        if self._date_styles is None:
            self._date_styles = self._read_styles()
        return SparseSheet(self, self._parts[index], self._strings, self._date_styles)

    def events(self, part: str) -> Iterator[list[tuple[int, str, dict[str, str]]]]:
        """Parse a part; gives lists of (kind, name or text, attributes) as they come.

        Kind is 1 for the start of an element, 2 for its end, 3 for text.
        """
        found: list[tuple[int, str, dict[str, str]]] = []
        parser = expat.ParserCreate()
        parser.buffer_text = True
        nothing: dict[str, str] = {}
        parser.StartElementHandler = lambda tag, attrs: found.append(
            (1, tag[tag.rfind(":") + 1 :], attrs)
        )
        parser.EndElementHandler = lambda tag: found.append((2, tag[tag.rfind(":") + 1 :], nothing))
        parser.CharacterDataHandler = lambda text: found.append((3, text, nothing))
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            for chunk in self._chunks(self._members[part.lower()]):
                parser.Parse(chunk, False)
                yield found
                found.clear()
            parser.Parse(b"", True)
            yield found
        except (KeyError, expat.ExpatError, zipfile.BadZipFile, EOFError, OSError) as error:
            raise damaged(self._name) from error

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack a part, a step at a time."""
        with self._zip.open(info) as member:
            while chunk := member.read(_STEP):
                yield chunk

    @property
    def epoch_1904(self) -> bool:
        """Whether day numbers count from 1904."""
        return self._epoch_1904

    def _doctype(self, *_args: object) -> None:
        raise UserError(
            _("“{name}” carries a DOCTYPE, which no spreadsheet needs; it was not opened.").format(
                name=self._name
            )
        )

    def _relations(self, part: str) -> dict[str, str]:
        """Target part by relation id."""
        folder, file = posixpath.split(part)
        rels = f"{folder}/_rels/{file}.rels".lstrip("/")
        if rels.lower() not in self._members:
            return {}
        targets = {}
        for batch in self.events(rels):
            for kind, tag, attrs in batch:
                if kind == 1 and tag == "Relationship":
                    target = attrs.get("Target", "")
                    path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                    targets[attrs.get("Id", "")] = posixpath.normpath(path)
        return targets

    def _read_workbook(self) -> None:
        part = "xl/workbook.xml"
        targets = self._relations(part)
        for batch in self.events(part):
            for kind, tag, attrs in batch:
                if kind != 1:
                    continue
                if tag == "workbookPr":
                    self._epoch_1904 = attrs.get("date1904", "0") in ("1", "true")
                elif tag == "sheet":
                    relation = next((v for k, v in attrs.items() if k.endswith(":id")), "")
                    target = targets.get(relation, "")
                    if "sheet" in target.lower() and target.lower() in self._members:
                        self.names.append(attrs.get("name", ""))
                        self.hidden.append(attrs.get("state", "visible") != "visible")
                        self._parts.append(target)

    def _each_string(self) -> Iterator[str]:
        if "xl/sharedstrings.xml" not in self._members:
            return
        pieces: list[str] = []
        inside = phonetic = False
        for batch in self.events("xl/sharedStrings.xml"):
            for kind, tag, _attrs in batch:
                if kind == 3:
                    if inside and not phonetic:
                        pieces.append(tag)
                elif tag == "t":
                    inside = kind == 1
                elif tag == "rPh":
                    phonetic = kind == 1
                elif tag == "si" and kind == 2:
                    yield "".join(pieces)
                    pieces.clear()

    def _read_styles(self) -> frozenset[int]:
        """Indices of the cell formats that show dates or times."""
        if "xl/styles.xml" not in self._members:
            return frozenset()
        formats: dict[str, str] = {}
        dates: set[int] = set()
        inside = False
        count = 0
        for batch in self.events("xl/styles.xml"):
            for kind, tag, attrs in batch:
                if tag == "cellXfs":
                    inside = kind == 1
                elif kind == 1 and tag == "numFmt":
                    formats[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
                elif kind == 1 and tag == "xf" and inside:
                    number = attrs.get("numFmtId", "0")
                    if number in formats:
                        if is_date_format(formats[number]):
                            dates.add(count)
                    elif number.isdigit() and int(number) in BUILT_IN_DATES:
                        dates.add(count)
                    count += 1
        return frozenset(dates)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time."""
    return bool(_DATE_CODE.search(_LITERAL.sub("", code.split(";")[0])))


class SharedStrings:
    """The texts of a workbook by their numbers, read as far as somebody has asked."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source = source
        self._known: list[str] = []

    def at(self, index: int) -> str:
        """The text of a number; "" where there is none."""
        known = self._known
        while len(known) <= index:
            text = next(self._source, None)
            if text is None:
                return ""
            known.append(text)
        return known[index] if index >= 0 else ""


class SparseSheet:
    """One worksheet part, parsed anew on each pass.

    Attributes:
        declared: how many rows the sheet says that it has, once its beginning was read.
    """

    left = 0
    height: int | None = None
    declared: int | None = None

    def __init__(
        self, book: SparseBook, part: str, strings: SharedStrings, date_styles: frozenset[int]
    ) -> None:
        self._book = book
        self._part = part
        self._strings = strings
        self._dates = date_styles

    def rows(self) -> Iterator[Row]:
        """Rows as short lists: they end at their last filled cell."""
        number = 0
        cells: dict[int, Value] = {}
        kind_attr = style = ""
        column = -1
        text: list[str] = []
        inside = phonetic = False
        for batch in self._book.events(self._part):
            for kind, tag, attrs in batch:
                if kind == 3:
                    if inside and not phonetic:
                        text.append(tag)
                elif tag == "v" or tag == "t":
                    inside = kind == 1
                elif tag == "c":
                    if kind == 1:
                        column = self._column(attrs.get("r"), column)
                        kind_attr, style = attrs.get("t", "n"), attrs.get("s", "0")
                        text.clear()
                    elif text:
                        cells[column] = self._value("".join(text), kind_attr, style)
                elif tag == "row":
                    if kind == 1:
                        wanted = int(attrs.get("r", "0") or 0) or number + 1
                        for _gap in range(number + 1, min(wanted, _MAX_ROW + 1)):
                            yield []
                        number = max(number + 1, min(wanted, _MAX_ROW))
                        column = -1
                        cells = {}
                    else:
                        yield _as_list(cells)
                elif tag == "rPh":
                    phonetic = kind == 1
                elif tag == "dimension" and kind == 1:
                    match = _REF.search(attrs.get("ref", ""))
                    self.declared = min(int(match.group(2)), _MAX_ROW) if match else None

    @staticmethod
    def _column(ref: str | None, previous: int) -> int:
        match = _REF.match(ref) if ref else None
        return column_index(match.group(1)) if match else previous + 1

    def _value(self, text: str, kind: str, style: str) -> Value:
        if kind == "s":
            return self._strings.at(int(text)) if text.isdigit() else ""
        if kind == "b":
            return text.strip() == "1"
        if kind == "e":
            return ""
        if kind in ("str", "inlineStr", "d"):
            return text.replace("T00:00:00", "") if kind == "d" else text
        try:
            number = float(text)
        except ValueError:
            return text
        if style.isdigit() and int(style) in self._dates:
            return serial_date(number, epoch_1904=self._book.epoch_1904)
        return number


def _as_list(cells: dict[int, Value]) -> list[Value]:
    if not cells:
        return []
    row: list[Value] = [""] * (max(cells) + 1)
    for column, value in cells.items():
        row[column] = value
    return row
