"""Comma-, semicolon- and tab-separated text: encoding and delimiter are found, not asked for."""

from __future__ import annotations

import codecs
import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from crm_desktop.bridge.books import Row
from crm_desktop.bridge.formats import Source
from crm_desktop.bridge.formulas import unguard_formula
from crm_desktop.bridge.zipguard import damaged
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_STEP = 1 << 20
_SAMPLE_LINES = 200
_LONGEST_CELL = 1 << 20
_DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What chardet may say, and the superset that decodes more of such files.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "big5hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "shiftjis2004": "cp932",
    "euckr": "cp949",
    "iso88591": "cp1252",
    "iso885915": "cp1252",
    "ascii": "cp1252",
}
_SINGLE_BYTE_PLAUSIBLE = ("windows-1250", "windows-1251", "windows-1253", "windows-1254", "koi8-r")


class CsvBook:
    """A text file as a book of one sheet without a name."""

    def __init__(self, source: Source) -> None:
        self.names = [""]
        self.hidden = [False]
        self._sheet = CsvSheet(source)

    def sheet(self, index: int) -> CsvSheet:
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
        self.delimiter, self._skip, self._quoting = self._find_layout()

    def rows(self) -> Iterator[Row]:
        """Rows, blank lines included."""
        csv.field_size_limit(_LONGEST_CELL)
        try:
            with self._source.path.open(
                encoding=self.encoding, errors="replace", newline=""
            ) as file:
                for _line in range(self._skip):
                    file.readline()
                    yield []
                rows = csv.reader(
                    _without_nuls(file), delimiter=self.delimiter, quoting=self._quoting
                )
                for row in rows:
                    # Exports, ours too, disarm formulas by an apostrophe before them.
                    yield [unguard_formula(c) if c[:1] == "'" else c for c in row]
        except csv.Error as error:
            raise UserError(
                _("“{name}” has a quotation mark that is never closed.").format(
                    name=self._source.name
                )
            ) from error
        except OSError as error:
            raise damaged(self._source.name) from error

    def _find_layout(self) -> tuple[str, int, Literal[0, 3]]:
        """The delimiter, the lines before the table (Excel's `sep=;`), and what quotes mean."""
        with self._source.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            text = "".join(islice(_without_nuls(file), _SAMPLE_LINES))
        first = text.split("\n", 1)[0].strip().lower()
        if first.startswith("sep=") and len(first) == 5:
            return first[4], 1, csv.QUOTE_MINIMAL
        delimiter = sniff_delimiter(text)
        return delimiter, 0, _find_quoting(text, delimiter)


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
    head = source.data
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if head.count(0) > len(head) // 5:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    if _decodes(source, "utf-8"):
        return "utf-8"
    return _guess(source)


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with source.path.open("rb") as file:
            while chunk := file.read(_STEP):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guess(source: Source) -> str:
    """Of the legacy encodings that decode the whole file, the one whose text looks likeliest."""
    import chardet

    guessed = (chardet.detect(source.data).get("encoding") or "cp1252").lower()
    key = guessed.replace("-", "").replace("_", "")
    guessed = _SUPERSETS.get(key, _SUPERSETS.get(guessed, guessed))
    candidates = [guessed, "gb18030", "cp950", "cp932", "cp949", "cp1252"]
    if guessed in _SINGLE_BYTE_PLAUSIBLE:
        return guessed if _decodes(source, guessed) else "cp1252"
    usable = [c for c in dict.fromkeys(candidates) if _known(c) and _decodes(source, c)]
    if not usable:
        return "cp1252"
    return max(usable, key=lambda c: (_likely(source.data, c), c == guessed))


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _likely(data: bytes, encoding: str) -> float:
    """Share of a text's foreign letters that are common ones in the encoding's languages."""
    text = data.decode(encoding, "ignore")
    foreign = [c for c in text if ord(c) > 127]
    if not foreign:
        return 1.0
    if encoding.startswith("cp125") or encoding.startswith("iso"):
        good = sum(1 for c in foreign if c in _WESTERN)
        return good / len(foreign)
    # Level-1 hanzi of GB2312 and Big5 are the common ones: a wrong guess hits rare characters.
    legacy = {"gb18030": "gb2312", "cp950": "big5"}.get(encoding, encoding)
    good = sum(1 for c in foreign if _is_common(c, legacy))
    return good / len(foreign)


_WESTERN = frozenset(
    "áàâãäåæçéèêëíìîïñóòôõöøœúùûüýÿßÁÀÂÃÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÕÖØŒÚÙÛÜÝº°ª€£«»–—’‘“”…·¿¡\xa0"
)


def _is_common(char: str, encoding: str) -> bool:
    try:
        code = char.encode(encoding)
    except UnicodeEncodeError:
        return False
    if len(code) != 2:
        return False
    lead = code[0]
    if encoding == "gb2312":
        return 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)
    if encoding == "big5":
        return 0xA4 <= lead <= 0xC6 or lead in (0xA1,)
    if encoding == "cp932":
        return lead in (0x82, 0x83) or 0x88 <= lead <= 0x97
    return 0xB0 <= lead <= 0xC8
