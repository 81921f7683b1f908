"""A fast look over the cells of a sheet's XML for what is rare there.

A million cells are a hundred megabytes of XML; to parse them costs more than all the rest of
an import. So nothing is parsed: the bytes are searched for a few words, and only what is found
is looked at. One pass of such a search takes 0.1 s for those hundred megabytes; a single
letter is found ten times as fast, and so is asked for first: in a sheet whose texts are shared
strings no `f` stands but in a formula, no `#` but in an error.

What does not look as spreadsheet programs write it (quotes, comments, cells without their
reference) is refused here and then parsed, see `traits_sheet`.
Source: ECMA-376 part 1, 18.3.1 (worksheets).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice

from crm_desktop.bridge.traits.marks import Marks
from crm_desktop.bridge.traits.model import Cell
from crm_desktop.bridge.traits.styles import Look
from crm_desktop.bridge.values.text import column_index

_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_REF = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb'\ssi="(\d+)"')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_ERROR = re.compile(rb'\st="e"')
_PICTURE = re.compile(rb'\svm="(\d{1,7})"')
_CALLS = tuple(
    name + b"("
    for names in (b"SUM SUBTOTAL AGGREGATE HYPERLINK", b"sum subtotal aggregate hyperlink")
    for name in names.split()
)
_SNIFFED = 1 << 20
_COUNTED_EXACTLY = 8 << 20
_MANY_FILLS = 300
_MANY_HITS = 500
_FULL = 0.4


class IrregularError(Exception):
    """The XML is not written as expected; it wants a parser."""


class MissedError(Exception):
    """A colour was given up too early; the pass is to be made again, more patiently."""


class CellScan:
    """Takes blocks of whole rows and notes what is rare in them.

    Args:
        prefix: the sheet's element prefix with its colon, or nothing.
        looks: the styles to look for.
        marks: where to note things.
        patient: gather every fill, however many there are.
    """

    def __init__(
        self, prefix: bytes, looks: dict[int, Look], marks: Marks, *, patient: bool
    ) -> None:
        p = re.escape(prefix)
        self._marks = marks
        self._prefix = prefix
        self._row_open = b"<" + prefix + b"row "
        self._cell_open = b"<" + prefix + b"c "
        self._cell_close = b"</" + prefix + b"c>"
        self._row_close = b"</" + prefix + b"row>"
        self._hollow = b'"></' + prefix + b"c>"
        self._text_close = b"</" + prefix + b"is>"
        self._content = re.compile(rb"<%s(?:v|is|f)[ />]" % p)
        self._value_close = b"</" + prefix + b"v>"
        # The longer a needle, the quicker: a formula comes first in its cell.
        self._formula_open = b'"><' + prefix + b"f"
        self._airy = re.compile(rb">\s+<%s[cvf]" % p)
        self._odd = re.compile(
            rb"<%s(?:c|row)(?:\s[^<>]*?(?:=\s*'|\s=|=\s)|[\t\r\n])|<%s(?:c|row)>" % (p, p)
        )
        self._value = re.compile(rb"<%sv(?: [^>]*)?>([^<]*)" % p)
        empty = rb"(</%sc>|<%sv ?/>|<%sv></%sv>)" % (p, p, p, p)
        self._unstored = re.compile(rb"</%sf>" % p + empty)
        self._unstored_shared = re.compile(rb"<%sf [^<>]*/>" % p + empty)
        self._children = re.compile(rb'<%sf [^<>]*?si="\d+"[^<>]*/>' % p)
        self._looks = {str(number).encode(): look for number, look in looks.items()}
        self._wants_rows = any(look.fill for look in looks.values())
        self._turn = 0
        self._opening = self._leading = re.compile(b"")
        self._usual: re.Pattern[bytes] | None = self._opening
        self._style = self._style_pattern()
        self._patient = patient
        self._suspended: dict[str, tuple[bytes, float]] = {}
        self._covered: dict[str, float] = {}
        self._columns: dict[bytes, int] = {}
        self._by_cells = self._with_hollow = False
        self._seen = 0

    def feed(self, block: bytes) -> None:
        """Look through some whole rows.

        Raises:
            IrregularError: they want a parser.
        """
        if not block:
            return
        if self._seen < _SNIFFED:
            self._sniff(block)
        if b"!" in block and b"<!" in block:
            raise IrregularError("markup")
        if b"h" in block and b' hidden="' in block:
            self._hidden_rows(block)
        if b"#" in block and b't="e"' in block:
            self._errors(block)
        blank = 0
        if b"f" in block and self._formula_open in block:
            blank = self._formulas(block)
        if self._style is not None:
            self._styles(block, self._style)
        self._count(block, blank)
        self._seen += len(block)

    def _style_pattern(self) -> re.Pattern[bytes] | None:
        if not self._looks:
            return None
        prefix, numbers = re.escape(self._prefix), digits_pattern(self._looks)
        cell = rb'<%sc r="[A-Z]+\d+" s="(%s)"(?: t="[A-Za-z]+")?' % (prefix, numbers)
        hollow = rb"(?:/>|></%sc>)" % prefix
        self._opening = re.compile(rb"<%srow [^<>]*>(%s)%s" % (prefix, cell, hollow))
        full = rb"<%sc (?:[^<>]*[^<>/])?>(?!</%sc>)" % (prefix, prefix)
        self._leading = re.compile(rb"(%s)%s(?=%s)" % (cell, hollow, full))
        if self._usual is not None:
            self._usual = re.compile(
                rb'<%sc r="([A-Z]+)(\d+)" s="(%s)"(?: t="[A-Za-z]+")?(/?>(?:</%sc>)?)'
                % (prefix, numbers, prefix)
            )
        return re.compile(rb' s="(%s)"' % numbers)

    # --- the block's pieces ----------------------------------------------------------------------

    def _sniff(self, block: bytes) -> None:
        """See how the writer writes, by the first blocks."""
        if self._odd.search(block):
            raise IrregularError("attributes")
        first = block.find(self._cell_open)
        if first >= 0 and not _REF.search(block, first, block.find(b">", first) + 1):
            raise IrregularError("references")
        if self._airy.search(block):
            raise IrregularError("blanks")
        self._by_cells = b'"inlineStr"' in block
        self._with_hollow = self._with_hollow or self._hollow in block

    def _hidden_rows(self, block: bytes) -> None:
        for match in _HIDDEN.finditer(block):
            start = block.rfind(b"<", 0, match.start())
            if block.startswith(self._row_open, start):
                tag = block[start : block.find(b">", match.end())]
                number = _ROW_NUMBER.search(tag)
                if number is None:
                    raise IrregularError("rows")
                self._marks.traits.hidden_rows.add(int(number.group(1)))

    def _errors(self, block: bytes) -> None:
        for match in _ERROR.finditer(block):
            start = block.rfind(b"<", 0, match.start())
            tag_end = block.find(b">", match.end())
            if not block.startswith(self._cell_open, start) or block[tag_end - 1] == 0x2F:
                continue
            end = block.find(self._cell_close, tag_end)
            value = self._value.search(block, tag_end, end)
            if value is not None and value.group(1):
                cell = self._cell(block, start, tag_end)
                self._marks.traits.errors[cell] = _text(value.group(1))
                if picture := _PICTURE.search(block, start, tag_end):
                    self._marks.pictures[cell] = int(picture.group(1))

    def _formulas(self, block: bytes) -> int:
        """Note the formulas that matter; gives how many empty values `_count` is to leave out."""
        marks = self._marks
        blank = 0
        shared = b' si="' in block
        patterns = (self._unstored, self._unstored_shared) if shared else (self._unstored,)
        for pattern in patterns:
            for match in pattern.finditer(block):
                start = block.rfind(self._cell_open, 0, match.start())
                tag_end = block.find(b">", start)
                blank += self._by_cells or match.group(1).endswith(self._value_close)
                # A formula whose result is an empty text keeps an empty value, marked as text.
                if match.group(1) == self._cell_close or b' t="str"' not in block[start:tag_end]:
                    marks.traits.unevaluated.add(self._cell(block, start, tag_end))
        if b"(" in block:
            for needle in _CALLS if self._seen < _COUNTED_EXACTLY else _CALLS[:4]:
                if needle in block:
                    self._calls(block, needle)
        if shared and marks.shares_sums:
            for match in self._children.finditer(block):
                group = _SHARED.search(match.group())
                if group is not None:
                    cell = self._cell_before(block, match.start())
                    marks.formula(cell, "", group.group(1).decode(), stored=True)
        return blank

    def _calls(self, block: bytes, needle: bytes) -> None:
        """Note the formulas that call a function."""
        position = -1
        while (position := block.find(needle, position + 1)) >= 0:
            start = block.rfind(b"<", 0, position)
            if not block.startswith(self._formula_open[2:], start):
                continue
            begin, end = block.find(b">", start) + 1, block.find(b"<", position)
            head = block[start:begin]
            group = _SHARED.search(head) if b't="shared"' in head else None
            name = group.group(1).decode() if group else None
            cell = self._cell_before(block, start)
            self._marks.formula(cell, _text(block[begin:end]), name, stored=True)
            position = end

    def _styles(self, block: bytes, pattern: re.Pattern[bytes]) -> None:
        hits = len(pattern.findall(block))
        if not hits:
            return
        before = len(self._marks.traits.fills)
        # Writers keep to one order of attributes: now and then is enough to see that it holds.
        usual = self._usual if hits > _MANY_HITS else None
        self._turn += usual is not None
        if usual is not None and self._turn & (self._turn - 1) == 0:
            found = sum(1 for _match in self._each_styled(block, pattern))
            if len(usual.findall(block)) != found:
                usual = self._usual = None
        if usual is not None:
            self._styles_quickly(block, usual)
        else:
            for start, tag_end, style in self._each_styled(block, pattern):
                holds = block[tag_end - 1] != 0x2F and not block.startswith(
                    self._cell_close, tag_end + 1
                )
                begins = not holds and (
                    self._begins(block, start, tag_end) or self._leads(block, tag_end)
                )
                if holds or begins:
                    cell = self._cell(block, start, tag_end)
                    self._marks.styled(cell, self._looks[style], holds=holds, begins=begins)
        if not self._patient and len(self._marks.traits.fills) - before > _MANY_FILLS:
            self._suspend(block, before)

    def _each_styled(
        self, block: bytes, pattern: re.Pattern[bytes]
    ) -> Iterator[tuple[int, int, bytes]]:
        for match in pattern.finditer(block):
            start = block.rfind(b"<", 0, match.start())
            if block.startswith(self._cell_open, start):
                yield start, block.find(b">", match.end()), match.group(1)

    def _styles_quickly(self, block: bytes, usual: re.Pattern[bytes]) -> None:
        marks, looks, columns = self._marks, self._looks, self._columns
        traits = marks.traits
        struck, fills, codes = traits.struck, traits.fills, traits.number_formats
        hollow = False
        for letters, row, style, end in usual.findall(block):
            if end != b">":
                hollow = True
                continue
            if letters not in columns:
                columns[letters] = column_index(letters.decode())
            cell = (int(row), columns[letters])
            is_struck, fill, code = looks[style]
            if is_struck:
                struck.add(cell)
            if fill:
                fills[cell] = fill
            if code:
                codes[cell] = code
        if hollow and self._wants_rows:
            for match in self._opening.finditer(block):
                start, look = match.start(1), looks[match.group(2)]
                if look.fill and self._begins(block, start, match.end()):
                    cell = self._cell(block, start, match.end())
                    marks.styled(cell, look, holds=False, begins=True)
            for match in self._leading.finditer(block):
                if fill := looks[match.group(2)].fill:
                    fills[self._cell(block, match.start(1), match.end(1) + 2)] = fill

    def _suspend(self, block: bytes, before: int) -> None:
        """Stop gathering a colour that this block is full of; from here on it is only counted.

        One that covers a sheet says nothing, but a million cells of it take seconds to gather.
        """
        fills = self._marks.traits.fills
        height = block.count(self._row_close)
        by_colour: dict[str, list[int]] = {}
        for (row, _column), colour in islice(reversed(fills.items()), len(fills) - before):
            by_colour.setdefault(colour, []).append(row)
        for colour, rows in by_colour.items():
            covered = len(set(rows))
            if covered <= height * _FULL or colour in self._suspended:
                continue
            styles = [s for s, look in self._looks.items() if look.fill == colour]
            common = max(styles, key=lambda s: block.count(b' s="%s"' % s))
            needle = b' s="%s"' % common
            self._suspended[colour] = (needle, block.count(needle) / covered)
            # This block's own rows are added by `_count`.
            earlier = len({row for (row, _), c in fills.items() if c == colour}) - covered
            self._covered[colour] = earlier
            for style in styles:
                self._looks[style] = self._looks[style]._replace(fill="")
        self._looks = {style: look for style, look in self._looks.items() if any(look)}
        self._style = self._style_pattern()

    def finish(self) -> None:
        """Close the pass.

        Raises:
            MissedError: a colour was given up that does not cover the sheet after all.
        """
        for colour, rows in self._covered.items():
            if rows * 3 <= self._marks.rows:
                raise MissedError(colour)
            self._marks.wide.add(colour)

    def _begins(self, block: bytes, start: int, end: int) -> bool:
        """Whether an empty cell is the first of a row that holds something."""
        before = block.rfind(b"<", 0, start)
        if not block.startswith(self._row_open, before):
            return False
        row_end = block.find(self._row_close, end)
        return self._content.search(block, end, row_end) is not None

    def _leads(self, block: bytes, tag_end: int) -> bool:
        """Whether an empty cell stands right before one that holds something."""
        after = tag_end + 1
        if block.startswith(self._cell_close, after):
            after += len(self._cell_close)
        if not block.startswith(self._cell_open, after):
            return False
        tag_end = block.find(b">", after)
        return block[tag_end - 1] != 0x2F and not block.startswith(self._cell_close, tag_end + 1)

    def _count(self, block: bytes, blank: int) -> None:
        """Count the cells that hold a value, with one search where one will do."""
        marks = self._marks
        if self._by_cells:
            marks.cells += block.count(self._cell_close) - blank
            if self._with_hollow:
                marks.cells -= block.count(self._hollow)
        else:
            marks.cells += block.count(self._value_close) - blank
            if b"l" in block and b'"inlineStr"' in block:
                marks.cells += block.count(self._text_close)
        if not self._wants_rows:
            return
        height = self._height(block)
        marks.rows += height
        for colour, (needle, a_row) in self._suspended.items():
            self._covered[colour] += min(height, block.count(needle) / a_row)

    def _height(self, block: bytes) -> int:
        if self._seen < _COUNTED_EXACTLY:
            return block.count(self._row_close) - block.count(b'">' + self._row_close)
        # By their numbers in a long sheet: gaps are few there, and counting takes a pass more.
        first = _ROW_NUMBER.search(block, block.find(self._row_open))
        last = _ROW_NUMBER.search(block, block.rfind(self._row_open))
        if first is None or last is None:
            raise IrregularError("rows")
        return int(last.group(1)) - int(first.group(1)) + 1

    # --- where a cell is -------------------------------------------------------------------------

    def _cell_before(self, block: bytes, position: int) -> Cell:
        start = block.rfind(self._cell_open, 0, position)
        return self._cell(block, start, block.find(b">", start))

    def _cell(self, block: bytes, start: int, end: int) -> Cell:
        match = _REF.search(block, start, end)
        if match is None:
            raise IrregularError("references")
        letters, row = match.groups()
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_index(letters.decode())
        return int(row), column


def digits_pattern(numbers: Iterable[bytes]) -> bytes:
    """A pattern for any of some numbers that branches digit by digit.

    Thousands of them, as in workbooks with a long history, would be tried one after another
    otherwise.
    """
    branches: dict[int, list[bytes]] = {}
    ends = False
    for number in numbers:
        if number:
            branches.setdefault(number[0], []).append(number[1:])
        else:
            ends = True
    last = bytes(sorted(digit for digit, rest in branches.items() if rest == [b""]))
    parts = [b"[%s]" % last] if last else []
    parts += [
        b"%c%s" % (digit, digits_pattern(rest))
        for digit, rest in sorted(branches.items())
        if rest != [b""]
    ]
    body = b"(?:%s)" % b"|".join(parts) if len(parts) > 1 else b"".join(parts)
    return b"(?:%s)?" % body if ends and body else body


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace"))
