"""Text as the search sees it: one spelling for all the ways to write the same."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that carry no separable mark, yet are typed without it by most people.
_PLAIN = {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
# FTS5 reads a double quote as syntax and control characters as breaks.
_SAFE = {'"': "'"}


def _is_marked_script(char: str) -> bool:
    """Latin, Greek or Cyrillic: there a mark is decoration, elsewhere it is the letter."""
    code = ord(char)
    return 0xC0 <= code < 0x530 or 0x1E00 <= code < 0x2000


class _FoldTable(dict[int, str]):
    """Translation table that works a character out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if char in _PLAIN:
            folded = _PLAIN[char]
        elif char in _SAFE:
            folded = _SAFE[char]
        elif 0x300 <= code < 0x370:
            folded = ""
        elif category in ("Cc", "Cf", "Zs", "Zl", "Zp"):
            folded = "" if category == "Cf" else " "
        elif category == "Cs":
            folded = "\ufffd"
        elif _is_marked_script(char):
            base = unicodedata.normalize("NFD", char)
            folded = "".join(c for c in base if not 0x300 <= ord(c) < 0x370)
        else:
            folded = char
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Fold a text for comparing: width, case and Latin, Greek, Cyrillic marks are gone.

    White space becomes single spaces. Folding twice changes nothing.
    """
    if not text.isascii():
        # A second round, because case folding can bring back what NFKC would compose.
        text = unicodedata.normalize("NFKC", text).casefold()
        text = unicodedata.normalize("NFKC", text.translate(_TABLE)).casefold()
    return " ".join(text.lower().translate(_TABLE).split())


def digits(text: str) -> str:
    """The decimal digits of a text, in ASCII."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    code = ord(char)
    return (
        0x4E00 <= code < 0xA000
        or 0x3400 <= code < 0x4DC0
        or 0x20000 <= code < 0x32000
        or 0xF900 <= code < 0xFB00
        or code == 0x3007
    )


@lru_cache(maxsize=65536)
def fold_cached(text: str) -> str:
    """`fold`, remembered: cities, surnames and firms come back thousands of times."""
    return fold(text)
