"""The first rows of files in plain text: tables, web pages, workbooks in XML, address cards.

Of all but tables a first part is cut off, after a whole row or card, and read as any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from crm_desktop.bridge.files.book import Book
from crm_desktop.bridge.files.delimited import first_rows
from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.peek.shown import ROWS, first_seen, show_book, shown
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import SheetPeek

# Bytes of a first part; where a small one has not rows enough, a larger one is read.
_PARTS = (1 << 15, 1 << 17, 1 << 20)
_ROW_ENDS = (b"</tr", b"</TR", b"<tr", b"<TR")
_CARDS = (b"BEGIN:VCARD", b"begin:vcard")
_HIDDEN = (b"SheetHidden", b"SheetVeryHidden")


def peek_table(source: Source) -> SheetPeek | None:
    """The first lines of a table."""
    cells = shown(first_rows(source))
    return SheetPeek(source.name, source.format.value, ("",), 0, cells) if cells else None


def peek_markup(source: Source) -> SheetPeek | None:
    """The first rows of what is written in tags, or in cards."""
    # Workbooks in XML say behind a sheet's rows that it is hidden.
    if source.format is Format.XML and any(word in source.data for word in _HIDDEN):
        return None
    way = _ways()[source.format]
    for size in _PARTS:
        whole = size >= len(source.data)
        data = source.data if whole else way.cut(source.data, size)
        try:
            book = way.read(replace(source, data=data))
        except UserError:  # no row of it came yet
            continue
        if whole or _is_enough(book) or size == _PARTS[-1]:
            return show_book(source, book)
    return None


def _is_enough(book: Book) -> bool:
    index = first_seen(book)
    height = book.sheet(index).height if index is not None else None
    return height is not None and height >= ROWS


class _Way(NamedTuple):
    cut: Callable[[bytes, int], bytes]
    read: Callable[[Source], Book]


def _ways() -> dict[Format, _Way]:
    from crm_desktop.bridge.files.mhtml import mhtml_book, page_book
    from crm_desktop.bridge.files.spreadsheetml import spreadsheetml_beginning
    from crm_desktop.bridge.files.vcard import vcard_book

    return {
        Format.HTML: _Way(lambda data, size: _cut_before(_ROW_ENDS, data, size), page_book),
        Format.MHTML: _Way(_cut_letter, mhtml_book),
        Format.XML: _Way(
            lambda data, size: _cut_before((b"<",), data, size), spreadsheetml_beginning
        ),
        Format.VCARD: _Way(lambda data, size: _cut_before(_CARDS, data, size), vcard_book),
    }


def _cut_before(words: tuple[bytes, ...], data: bytes, size: int) -> bytes:
    at = max(data.rfind(word, 1, size) for word in words)
    if at > 0:
        return data[:at]
    # In base64 or UTF-16: a whole line, or whole letters.
    at = data.rfind(b"\n", 0, size) + 1
    return data[:size] if b"\0" in data[:64] or not at else data[:at]


def _cut_letter(data: bytes, size: int) -> bytes:
    """A saved page's beginning with its style sheet, which Excel puts behind all rows."""
    cut = _cut_before(_ROW_ENDS, data, size)
    style = data.find(b"text/css", len(cut))
    if style < 0:
        return cut
    start = max(data.rfind(b"\n--", 0, style), len(cut))
    end = data.find(b"\n--", style)
    return cut + data[start : end if end > 0 else len(data)]
