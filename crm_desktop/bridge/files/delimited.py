"""Comma-, semicolon- and tab-separated text: encoding and delimiter are found, not asked for."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Literal, NamedTuple

from crm_desktop.bridge.files.book import Row, Sheet
from crm_desktop.bridge.files.charsets import guess_charset, marked_encoding
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.googlecsv import google_grid, is_google
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.bridge.values.formulas import unguard_formula
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_STEP = 1 << 20
_SAMPLE_LINES = 200
_LONGEST_CELL = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")


class CsvBook:
    """A text file as a book of one sheet without a name."""

    def __init__(self, source: Source) -> None:
        self.names = [""]
        self.hidden = [False]
        self._sheet: Sheet = CsvSheet(source)
        first = next(iter(self._sheet.rows()), [])
        if is_google(first):
            self._sheet = google_grid(self._sheet.rows())

    def sheet(self, index: int) -> Sheet:
        """The one sheet."""
        del index
        return self._sheet


class CsvSheet:
    """Rows of a text file, read anew from the disk on each pass."""

    left = 0
    height: int | None = None

    def __init__(self, source: Source) -> None:
        self._source = source
        self.encoding = find_encoding(source)
        self._layout = self._find_layout()
        self.delimiter = self._layout.delimiter

    def rows(self) -> Iterator[Row]:
        """Rows, blank lines included."""
        try:
            with self._source.path.open(
                encoding=self.encoding, errors="replace", newline=""
            ) as file:
                yield from self._layout.rows(file)
        except csv.Error as error:
            raise UserError(
                _("“{name}” has a quotation mark that is never closed.").format(
                    name=self._source.name
                )
            ) from error
        except OSError as error:
            raise damaged(self._source.name) from error

    def _find_layout(self) -> _Layout:
        with self._source.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            return _find_layout("".join(islice(_without_nuls(file), _SAMPLE_LINES)))


class _Layout(NamedTuple):
    """How a text is a table.

    Attributes:
        skip: lines before the table (Excel's `sep=;`).
        quoting: whether quotation marks enclose cells.
    """

    delimiter: str
    skip: int
    quoting: Literal[0, 3]

    def rows(self, lines: Iterator[str]) -> Iterator[Row]:
        """The rows of a text, blank lines included.

        Raises:
            csv.Error: a cell has no end.
        """
        csv.field_size_limit(_LONGEST_CELL)
        for _line in islice(lines, self.skip):
            yield []
        rows = csv.reader(_without_nuls(lines), delimiter=self.delimiter, quoting=self.quoting)
        for row in rows:
            # Exports, ours too, disarm formulas by an apostrophe before them.
            yield [unguard_formula(c) if c[:1] == "'" else c for c in row]


def _find_layout(text: str) -> _Layout:
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return _Layout(first[4], 1, csv.QUOTE_MINIMAL)
    delimiter = sniff_delimiter(text)
    return _Layout(delimiter, 0, _find_quoting(text, delimiter))


def first_rows(source: Source) -> Iterator[Row]:
    """Rows of a file's first part alone; none where they would be put in another order.

    The encoding is that of this part: a foreign letter behind it may tell another one.
    """
    head = source.data
    encoding = marked_encoding(head)
    if not encoding:
        fits = partial(_decodes_so_far, head)
        encoding = "utf-8" if fits("utf-8") else guess_charset(head, fits)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    # As files are read: a lone carriage return ends a line too.
    whole = list(islice(_without_nuls(io.StringIO(text, newline="")), _SAMPLE_LINES))
    if len(whole) < _SAMPLE_LINES:
        whole.pop()  # the part ends in the middle of it
    rows = _find_layout("".join(whole)).rows(iter(whole))
    first = next(rows, [])
    return iter(()) if is_google(first) else chain((first,), rows)


def _decodes_so_far(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeError:
        return False
    return True


def _find_quoting(text: str, delimiter: str) -> Literal[0, 3]:
    """Whether quotation marks enclose cells, or are letters like others (5" tubes)."""
    lines = text.splitlines(keepends=True)
    try:
        deque(csv.reader(lines, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error as error:
        # A sample may end within a cell.
        if "unexpected end" not in str(error):
            enclosing = _evenness(csv.reader(lines, delimiter=delimiter))
            plain = _evenness(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
            return csv.QUOTE_NONE if plain >= enclosing else csv.QUOTE_MINIMAL
    return csv.QUOTE_MINIMAL


def _evenness(rows: Iterable[list[str]]) -> float:
    """Share of the rows that have the commonest number of cells."""
    try:
        widths = [len(row) for row in rows if row]
    except csv.Error:
        return 0.0
    return Counter(widths).most_common(1)[0][1] / len(widths) if widths else 0.0


def _without_nuls(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "") if "\0" in line else line


def sniff_delimiter(text: str) -> str:
    """Find the delimiter that cuts most lines into the same number of several cells."""
    best, best_score = ",", 0.0
    lines = text.splitlines(keepends=True)[:_SAMPLE_LINES]
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
        except csv.Error:
            continue
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        many = sum(1 for w in widths if w > 1) / len(widths)
        score = 0.0 if max(widths) == 1 else many + count / len(widths) * min(width, 8) / 4
        if score > best_score:
            best, best_score = delimiter, score
    return best


def find_encoding(source: Source) -> str:
    """Find a text file's encoding: its mark, else UTF-8 if all of it decodes, else a guess."""
    if marked := marked_encoding(source.data):
        return marked
    if _decodes(source, "utf-8"):
        return "utf-8"
    return guess_charset(source.data, lambda encoding: _decodes(source, encoding))


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with source.path.open("rb") as file:
            while chunk := file.read(_STEP):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
