"""Tells whole rows of an ods document that say nothing beside their values, without parsing them.

To parse a million cells takes ten times as long as to read their values. Nearly all rows hold
plain cells, and a search of the bytes for a few words tells so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_ROW = b"<table:table-row"
_STARTS = (_ROW + b" ", _ROW + b">")
_VALUE = b"office:value-type="
_TELLING = (
    b"<office:annotation",
    b" table:formula=",
    b"-spanned=",
    b"xlink:href=",
    b":visibility=",
    b':value-type="error"',
    b"<table:table-row-group",
    b"<table:table-header-rows",
    b"</table:table>",
    b"default-cell-style-name=",
)
_REPEATED_ROWS = b"number-rows-repeated="
_REPEATED_COLUMNS = re.compile(rb'<table:table-cell [^<>]*?number-columns-repeated="(\d+)"[^<>]*>')
_SPACES = tuple(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'.encode()
    for name in ("office", "table", "text")
)


class Skipped(NamedTuple):
    """Rows that need no parsing."""

    rows: int
    cells: int


def blocks(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a document at the beginnings of rows.

    Gives:
        The bytes, and whether they are whole rows from the first to the last byte, written with
        the usual prefixes.
    """
    rest = b""
    usual: bool | None = None
    aligned = False
    for chunk in chunks:
        rest += chunk
        if usual is None:
            usual = all(space in rest for space in _SPACES)
        cut = max(rest.rfind(start) for start in _STARTS)
        if cut > 0:
            yield rest[:cut], aligned and bool(usual)
            rest, aligned = rest[cut:], True
    yield rest, False


def style_pattern(names: Iterable[str]) -> re.Pattern[bytes] | None:
    """Finds cells of some styles; None where there are none."""
    words = b"|".join(re.escape(name.encode()) for name in names)
    return re.compile(rb' table:style-name="(?:%s)"' % words) if words else None


def skip(block: bytes, styles: re.Pattern[bytes] | None) -> Skipped | None:
    """How many rows and filled cells some whole rows are; None where they want to be parsed."""
    if b"!" in block and b"<!" in block:
        return None
    if any(word in block for word in _TELLING) or _REPEATED_ROWS in block:
        return None
    if styles is not None and styles.search(block):
        return None
    cells = block.count(_VALUE)
    if b"columns-repeated=" in block:
        for match in _REPEATED_COLUMNS.finditer(block):
            if _VALUE in match.group():
                cells += int(match.group(1)) - 1
    return Skipped(block.count(_ROW), cells)
