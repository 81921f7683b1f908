"""The contents of documents in the file: behind the customers, a line each, in pieces of base64.

`"contents": {"<SHA-256>": ["<piece>", …], …}`. At no time is more than a piece in memory.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from crm_desktop.bridge.export.own.stream import BrokenError, Stream

Contents = Iterable[tuple[str, Iterable[bytes]]]
"""Contents by their SHA-256, hex, each piece by piece."""
Taker = Callable[[str, Iterator[bytes]], None]

_SHA256 = re.compile(r"[0-9a-f]{64}")


def write_contents(file: TextIO, contents: Contents) -> None:
    """Write them behind the customers; nothing where there are none."""
    count = 0
    for sha256, pieces in contents:
        file.write(",\n" if count else ',\n"contents": {\n')
        file.write(f'"{sha256}": [')
        for place, piece in enumerate(pieces):
            file.write(", " if place else "")
            file.write(f'"{base64.b64encode(piece).decode("ascii")}"')
        file.write("]")
        count += 1
    if count:
        file.write("\n}")


def read_contents(stream: Stream, take: Taker) -> None:
    """Hand contents over, one after the other.

    Args:
        stream: where they begin.
        take: gets the SHA-256 that the file says, and the pieces; it need not use them up.

    Raises:
        BrokenError: they are none.
    """
    stream.take("{")
    while stream.peek() == '"':
        sha256 = stream.value()
        if not _SHA256.fullmatch(sha256):
            raise BrokenError
        stream.take(":")
        pieces = _pieces(stream)
        take(sha256, pieces)
        for _rest in pieces:
            pass
        if stream.peek() == ",":
            stream.take(",")
    stream.take("}")


def _pieces(stream: Stream) -> Iterator[bytes]:
    for piece in stream.items():
        if not isinstance(piece, str):
            raise BrokenError
        try:
            yield base64.b64decode(piece, validate=True)
        except ValueError as error:
            raise BrokenError from error
