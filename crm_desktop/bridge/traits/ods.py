"""What an ods sheet says beside its values, from one pass over the document's XML.

Cells and rows say how often they are repeated, up to a million times for what lies below a
table; what is repeated empty costs nothing here. Source: OpenDocument 1.3 part 3, 9 (tables),
14.1 (annotations), 16 (styles).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from xml.parsers import expat

from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.ooxml import UnreadableError, is_known_encoding
from crm_desktop.bridge.files.zipguard import open_zip, part_chunks
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.traits.marks import Marks, area_of
from crm_desktop.bridge.traits.model import Area, Cell, Comment, DefinedTable, Image, Traits
from crm_desktop.bridge.traits.notes import iso_time
from crm_desktop.bridge.traits.ods_skip import Skipped, blocks, skip, style_pattern
from crm_desktop.bridge.traits.ods_styles import OdsStyles
from crm_desktop.bridge.traits.pictures import own_name
from crm_desktop.bridge.traits.styles import Look
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _DRAW = (f"{_ODF}{n}:1.0 " for n in ("table", "office", "text", "drawing"))
_DC = "http://purl.org/dc/elements/1.1/ "
_XLINK = "http://www.w3.org/1999/xlink href"
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_REPEAT_COLUMNS = _TABLE + "number-columns-repeated"
_REPEAT_ROWS = _TABLE + "number-rows-repeated"
_SPAN_COLUMNS = _TABLE + "number-columns-spanned"
_SPAN_ROWS = _TABLE + "number-rows-spanned"
_STYLE_NAME = _TABLE + "style-name"
_DEFAULT_STYLE = _TABLE + "default-cell-style-name"
_VISIBILITY = _TABLE + "visibility"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_RANGE = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.([$A-Z0-9]+):[^:]*\.([$A-Z0-9]+)")
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384
_MOST_ALIKE = 10_000
_MOST_COLUMNS = 1024
_IMAGES = {"jpg": "image/jpeg", "svg": "image/svg+xml", "tif": "image/tiff"}


class OdsTraits:
    """The traits of a document's sheets, all read in one pass at the first question."""

    def __init__(self, source: Source, names: Sequence[str]) -> None:
        self._names = names
        self._tables: list[tuple[str, Traits]] = []
        self._failed = False
        try:
            self._tables = read_document(source)
        except (expat.ExpatError, UnreadableError, UserError):
            self._failed = True

    def read(self, index: int) -> Traits:
        """The traits of a sheet by its place in the book's names."""
        name = self._names[index]
        same = [traits for table, traits in self._tables if table == name]
        which = list(self._names[:index]).count(name)
        if which < len(same):
            return same[which]
        if len(self._tables) == len(self._names):
            return self._tables[index][1]
        return Traits(
            unread=[
                _("What is hidden, merged, linked or computed in this sheet could not be read.")
            ]
        )


def read_document(source: Source) -> list[tuple[str, Traits]]:
    """Names and traits of all tables.

    Raises:
        ExpatError: the content is no XML.
        UnreadableError: there is no content, or it has a DOCTYPE or an encoding that nobody knows.
        UserError: the zip is damaged.
    """
    with open_zip(source.data, source.name) as archive:
        members = {info.filename: info for info in archive.infolist()}
        styles = OdsStyles()
        unread: list[str] = []
        try:
            _Document(styles, styles_only=True).parse(_chunks(source, members.get("styles.xml")))
        except (expat.ExpatError, UnreadableError, UserError):
            unread.append(_("Colours, struck text and number formats could not be read."))
        document = _Document(styles)
        document.parse(_chunks(source, members.get("content.xml")))
    tables = document.finish()
    for _name, traits in tables:
        traits.unread += unread
    return tables


def _chunks(source: Source, info: zipfile.ZipInfo | None) -> Iterator[bytes]:
    if info is None:
        raise UnreadableError("a part is missing")
    return part_chunks(source.data, info, source.name, DEFAULT_LIMITS)


class _Document:
    """Follows the document's elements; one method a kind of element."""

    def __init__(self, styles: OdsStyles, *, styles_only: bool = False) -> None:
        self._styles = styles
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = styles.start if styles_only else self._start
        self._parser.EndElementHandler = styles.end
        self._parser.CharacterDataHandler = styles.characters
        self._parser.StartDoctypeDeclHandler = _refuse
        self._on: dict[str, Callable[[dict[str, str]], None]] = {
            _TABLE + "table": self._open_table,
            _TABLE + "table-column": self._columns,
            _TABLE + "table-row": self._open_row,
            _TABLE + "table-cell": self._open_cell,
            _TABLE + "covered-table-cell": self._open_cell,
            _TABLE + "null-date": self._null_date,
            _TABLE + "database-range": self._range,
            _TEXT + "p": self._paragraph,
            _TEXT + "a": self._link,
            _DRAW + "frame": self._frame,
            _DRAW + "image": self._image,
            _OFFICE + "annotation": self._open_note,
            _OFFICE + "spreadsheet": self._open_body,
        }
        self._sheets: list[_Sheet] = []
        self._sheet: _Sheet | None = None
        self._epoch_1904 = False
        self._in_body = False
        self._text: list[str] = []
        self._note: dict[str, list[str]] = {}
        self._frame_name = ""

    def parse(self, chunks: Iterator[bytes]) -> None:
        styles: re.Pattern[bytes] | None = None
        for number, (block, is_rows) in enumerate(blocks(chunks)):
            if not number and not is_known_encoding(block):
                raise UnreadableError("encoding")
            if is_rows and self._sheet is not None and not self._sheet.lends_styles:
                styles = styles or style_pattern(self._styles.looks())
                if plain := skip(block, styles):
                    self._sheet.skip(plain)
                    continue
            self._parser.Parse(block, False)
        self._parser.Parse(b"", True)

    def finish(self) -> list[tuple[str, Traits]]:
        found = []
        for sheet in self._sheets:
            traits = sheet.finish()
            traits.epoch_1904 = self._epoch_1904
            found.append((sheet.name, traits))
        return found

    # --- elements --------------------------------------------------------------------------------

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        if handler := self._on.get(tag):
            handler(attrs)
        elif not self._in_body:
            self._styles.start(tag, attrs)

    def _open_body(self, _attrs: dict[str, str]) -> None:
        self._in_body = True
        self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = None

    def _open_table(self, attrs: dict[str, str]) -> None:
        if not self._in_body:
            return
        if self._sheet is not None:
            self._sheet.close_row()
        self._sheet = _Sheet(attrs.get(_TABLE + "name", ""), self._styles.looks())
        self._sheets.append(self._sheet)

    def _columns(self, attrs: dict[str, str]) -> None:
        if self._sheet is not None:
            self._sheet.columns(attrs)

    def _open_row(self, attrs: dict[str, str]) -> None:
        if self._sheet is not None:
            self._sheet.open_row(attrs)

    def _open_cell(self, attrs: dict[str, str]) -> None:
        if self._sheet is None:
            return
        self._sheet.open_cell(attrs)
        if attrs.get(_CALCEXT + "value-type") == "error":
            self._text = self._sheet.error
            self._parser.CharacterDataHandler = self._text.append
        elif self._parser.CharacterDataHandler is not None:
            self._parser.CharacterDataHandler = None

    def _paragraph(self, _attrs: dict[str, str]) -> None:
        if self._sheet is not None:
            self._sheet.holds = True

    def _link(self, attrs: dict[str, str]) -> None:
        target = attrs.get(_XLINK, "")
        if self._sheet is not None and target and not target.startswith("#"):
            self._sheet.link = self._sheet.link or target

    def _image(self, attrs: dict[str, str]) -> None:
        part = attrs.get(_XLINK, "").removeprefix("./")
        if self._sheet is not None and part and not _SCHEME.match(part):
            ending = part.rsplit(".", 1)[-1].lower()
            media = _IMAGES.get(ending, f"image/{ending}")
            self._sheet.images.append((part, media, self._frame_name))

    def _frame(self, attrs: dict[str, str]) -> None:
        self._frame_name = own_name(attrs.get(_DRAW + "name", ""))

    def _null_date(self, attrs: dict[str, str]) -> None:
        self._epoch_1904 = attrs.get(_TABLE + "date-value", "").startswith("1904")

    def _range(self, attrs: dict[str, str]) -> None:
        name = attrs.get(_TABLE + "name", "")
        match = _RANGE.fullmatch(attrs.get(_TABLE + "target-range-address", ""))
        if match is None or name.startswith("__Anonymous"):
            return
        sheet = (match.group(1) or "").replace("''", "'") or match.group(2)
        area = area_of(f"{match.group(3)}:{match.group(4)}")
        headers = int(attrs.get(_TABLE + "contains-header", "true") == "true")
        for candidate in self._sheets:
            if candidate.name == sheet and area is not None:
                table = DefinedTable(name, area, headers, 0)
                candidate.marks.traits.tables.append(table)
                break

    # --- notes -----------------------------------------------------------------------------------

    def _open_note(self, _attrs: dict[str, str]) -> None:
        if self._sheet is None:
            return
        self._note = {}
        self._text = []
        self._parser.StartElementHandler = self._in_note
        self._parser.EndElementHandler = self._end_in_note
        self._parser.CharacterDataHandler = self._note_text

    def _note_text(self, text: str) -> None:
        self._text.append(text)

    def _in_note(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == _TEXT + "line-break":
            self._text.append("\n")
        elif tag == _TEXT + "s":
            self._text.append(" " * max(1, _number(attrs.get(_TEXT + "c"), 1)))
        elif tag in (_TEXT + "p", _DC + "creator", _DC + "date"):
            self._text = []

    def _end_in_note(self, tag: str) -> None:
        if tag in (_TEXT + "p", _DC + "creator", _DC + "date"):
            self._note.setdefault(tag, []).append("".join(self._text).strip())
        elif tag == _OFFICE + "annotation" and self._sheet is not None:
            text = "\n".join(self._note.get(_TEXT + "p", [])).strip()
            author = "".join(self._note.get(_DC + "creator", []))
            at = iso_time("".join(self._note.get(_DC + "date", [])))
            if text:
                self._sheet.note = Comment(text, author, at)
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = None


class _Sheet:
    """The rows and cells of one table; a cell or row is noted when the next one opens.

    Attributes:
        holds, link, note, images, error: what was seen in the present cell.
    """

    def __init__(self, name: str, looks: dict[str, Look]) -> None:
        self.name = name
        self.marks = Marks()
        self._looks = looks
        self._defaults: list[tuple[int, int, Look]] = []
        self._width = 0
        self._hidden: list[tuple[int, int]] = []
        self._row, self._alike, self._row_look = 1, 0, ""
        self._row_holds = False
        self._last_row = 0
        self._column, self._across = 0, 0
        self._cell: dict[str, str] = {}
        self._later: list[Callable[[int], None]] = []
        self._before: tuple[int, Look] | None = None
        self._clear()

    def _clear(self) -> None:
        self.holds = False
        self.link = ""
        self.note: Comment | None = None
        self.images: list[tuple[str, str, str]] = []
        self.error: list[str] = []

    def columns(self, attrs: dict[str, str]) -> None:
        """Some columns alike."""
        count = _number(attrs.get(_REPEAT_COLUMNS), 1)
        end = min(self._width + count, _MAX_COLUMNS)
        if attrs.get(_VISIBILITY) in ("collapse", "filter"):
            self.marks.traits.hidden_columns.update(range(self._width, end))
        if look := self._looks.get(attrs.get(_DEFAULT_STYLE, "")):
            self._defaults.append((self._width, end, look))
        self._width += count

    @property
    def lends_styles(self) -> bool:
        """Whether a column lends its cells a style that says something."""
        return bool(self._defaults)

    def skip(self, plain: Skipped) -> None:
        """Go past rows that say nothing."""
        self.close_row()
        self.marks.cells += plain.cells
        self._row += plain.rows
        if plain.cells:
            self.marks.rows += plain.rows
            self._last_row = self._row - 1

    def open_row(self, attrs: dict[str, str]) -> None:
        """The next row, or rows alike."""
        self.close_row()
        self._clear()  # what stands before the first row lies on the page, in no cell
        self._alike = _number(attrs.get(_REPEAT_ROWS), 1)
        self._row_look = attrs.get(_DEFAULT_STYLE, "")
        if attrs.get(_VISIBILITY) in ("collapse", "filter"):
            self._hidden.append((self._row, self._row + self._alike))

    def close_row(self) -> None:
        """Note what the present row holds, once for each row alike."""
        self.close_cell()
        if self._later:
            for row in range(self._row, self._row + min(self._alike, _MOST_ALIKE)):
                for note in self._later:
                    note(row)
            self._later.clear()
        if self._row_holds:
            self.marks.rows += self._alike
            self._last_row = self._row + self._alike - 1
        self._row += self._alike
        self._row_holds = False
        self._before = None
        self._alike = self._column = self._across = 0

    def open_cell(self, attrs: dict[str, str]) -> None:
        """The next cell, or cells alike."""
        self.close_cell()
        self._cell = attrs
        self._across = _number(attrs.get(_REPEAT_COLUMNS), 1) if attrs else 1

    def close_cell(self) -> None:
        """Note what the present cell holds."""
        if not self._across:
            return
        attrs = self._cell
        if attrs or self.holds or self.note or self.images:
            self._note_cell(attrs)
        self._column += self._across
        self._across = 0

    def _note_cell(self, attrs: dict[str, str]) -> None:
        marks, traits = self.marks, self.marks.traits
        formula = attrs.get(_TABLE + "formula")
        stored = _OFFICE + "value-type" in attrs or self.holds
        holds = stored or formula is not None
        if stored:
            marks.cells += self._across * self._alike
        columns = range(self._column, self._column + min(self._across, _MOST_COLUMNS))
        later = self._later
        if formula is not None:
            text = formula.partition("=")[2]

            def formulas(row: int) -> None:
                for c in columns:
                    marks.formula((row, c), text, None, stored=stored)

            later.append(formulas)
        before, self._before = self._before, None
        if holds and before is not None and before[0] == self._column - 1:
            at, look_before = before
            self._style_later(look_before, range(at, at + 1), holds=False, begins=True)
        look = self._look(attrs)
        if look is not None:
            if holds or not self._column:
                self._style_later(look, columns, holds=holds, begins=not holds)
            if not holds and look.fill:
                self._before = (columns[-1], look)
        self._row_holds = self._row_holds or holds
        if not (self.link or self.note or self.images or self.error or len(attrs) > 1):
            if self.holds or not holds:
                self._clear()
            return
        if _SPAN_COLUMNS in attrs or _SPAN_ROWS in attrs:
            self._area(attrs)
        link, note, images = self.link, self.note, self.images
        error = "".join(self.error).strip()
        column = self._column

        def extras(row: int) -> None:
            cell: Cell = (row, column)
            if link:
                traits.links.setdefault(cell, link)
            if note is not None:
                traits.comments[cell] = note
            if error:
                for c in columns:
                    traits.errors[row, c] = error
            traits.images += [Image(cell, *image) for image in images]

        if link or note is not None or images or error:
            later.append(extras)
        self._clear()

    def _look(self, attrs: dict[str, str]) -> Look | None:
        if not self._looks:
            return None
        name = attrs.get(_STYLE_NAME) or self._row_look
        if name:
            return self._looks.get(name)
        for start, end, look in self._defaults:
            if start <= self._column < end:
                return look
        return None

    def _style_later(self, look: Look, columns: range, *, holds: bool, begins: bool) -> None:
        marks = self.marks
        cells = columns if holds else columns[:1]

        def note(row: int) -> None:
            if holds or self._row_holds:
                for c in cells:
                    marks.styled((row, c), look, holds=holds, begins=begins)

        self._later.append(note)

    def _area(self, attrs: dict[str, str]) -> None:
        across, down = _number(attrs.get(_SPAN_COLUMNS), 1), _number(attrs.get(_SPAN_ROWS), 1)
        if across > 1 or down > 1:
            area = Area(self._row, self._column, self._row + down - 1, self._column + across - 1)
            self.marks.traits.merged.append(area)

    def finish(self) -> Traits:
        """The sheet's traits; hidden rows below the last filled one hide nothing."""
        self.close_row()
        for start, end in self._hidden:
            self.marks.traits.hidden_rows.update(range(start, min(end, self._last_row + 1)))
        return self.marks.finish()


def _refuse(*_args: object) -> None:
    raise UnreadableError("DOCTYPE")


def _number(text: str | None, otherwise: int) -> int:
    if text is None or not (text.isascii() and text.isdigit()):
        return otherwise
    return min(int(text), _MAX_ROWS)
