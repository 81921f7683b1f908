"""JSON read piece by piece, so that a file of any length takes little memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

_STEP = 1 << 16
_LONGEST = 1 << 26
_SPACE = " \t\r\n"


class BrokenError(Exception):
    """The text ends in the middle, or is no JSON."""


class Stream:
    """JSON read piece by piece: holds no more than the value at hand."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._ended = False
        self._decode = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """The next character that is no blank; "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> None:
        """Step over a character that must stand here."""
        if self.peek() != wanted:
            raise BrokenError
        self._at += 1

    def value(self) -> Any:
        """Read the value that starts here."""
        while self.peek():
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError:
                if len(self._text) - self._at > _LONGEST or not self._more():
                    raise
                continue
            # A number at the edge may go on in the next piece.
            if end == len(self._text) and not isinstance(value, (dict, list, str)) and self._more():
                continue
            self._at = end
            return value
        raise BrokenError

    def items(self) -> Iterator[Any]:
        """The values of the list that starts here, one at a time."""
        self.take("[")
        while self.peek() != "]":
            yield self.value()
            if self.peek() == ",":
                self.take(",")
            elif self.peek() != "]":
                raise BrokenError
        self.take("]")

    def _more(self) -> bool:
        if self._ended:
            return False
        # Twice as much each time: a long value is not parsed anew for each small step.
        rest = self._text[self._at :]
        piece = self._file.read(max(_STEP, len(rest)))
        self._text, self._at = rest + piece, 0
        self._ended = not piece
        return bool(piece)
