"""How the first rows are shown, and how far a file is unpacked for them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from crm_desktop.bridge.files.book import Book, Row
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.zipguard import part_chunks
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.bridge.values.text import cell_text, tidy_line
from crm_desktop.domain.imports import SheetPeek

Cells = tuple[tuple[str, ...], ...]
ROWS, COLUMNS = 60, 40
UNREAD = "…"
_LONGEST = 200
_MOST_BYTES = 4 * 1024 * 1024
_STEP = 1 << 14


class TooFarError(Exception):
    """More would have to be unpacked than a glance is worth."""


def near_chunks(source: Source, info: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    """Unpack a part's first megabytes, a small step at a time.

    Raises:
        TooFarError: more was asked for.
    """
    left = _MOST_BYTES
    for chunk in part_chunks(source.data, info, source.name, limits):
        # The chunks are large, and a row or two may be all that is wanted of one.
        for start in range(0, len(chunk), _STEP):
            if left <= 0:
                raise TooFarError
            left -= _STEP
            yield chunk[start : start + _STEP]


def first_seen(book: Book) -> int | None:
    """The sheet that is seen first."""
    return next((index for index, hidden in enumerate(book.hidden) if not hidden), None)


def show_book(source: Source, book: Book, declared: int | None = None) -> SheetPeek | None:
    """What a book begins with; None where all its sheets are hidden or the first one is empty.

    Args:
        source: the file.
        book: of which the first sheet in sight may be read.
        declared: how many rows the file says that this sheet has.
    """
    index = first_seen(book)
    if index is None:
        return None
    sheet = book.sheet(index)
    return show_cells(source, book, shown(sheet.rows(), sheet.left), declared)


def show_cells(source: Source, book: Book, cells: Cells, declared: int | None) -> SheetPeek | None:
    """The same of rows that were read."""
    names = tuple(n for n, hidden in zip(book.names, book.hidden, strict=True) if not hidden)
    if not cells:
        return None
    return SheetPeek(source.name, source.format.value, names, 0, cells, declared)


def shown(rows: Iterator[Row], left: int = 0) -> Cells:
    """The first rows as the preview shows them; without blank ones at their end.

    Args:
        rows: from row 1 on.
        left: 0-based column that their first values stand in.
    """
    found: list[tuple[str, ...]] = []
    margin = ("",) * min(left, COLUMNS)
    with suppress(TooFarError):  # what came before it is as good
        found.extend(
            margin + tuple(tidy_line(cell_text(v))[:_LONGEST] for v in row[: COLUMNS - len(margin)])
            for row in islice(rows, ROWS)
        )
    while found and not any(found[-1]):
        found.pop()
    return tuple(found)
