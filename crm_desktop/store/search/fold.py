"""Text as the search sees it: one spelling for all the ways to write the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
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
        elif category in ("Cc", "Cf", "Co", "Zs", "Zl", "Zp"):  # Co: the index's own characters
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
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """Fold a text for comparing: width, case and Latin, Greek, Cyrillic marks are gone.

    White space becomes single spaces. Folding twice changes nothing.
    """
    if text.isascii():
        text = text.lower()
        if not text.isprintable() or '"' in text:
            text = text.translate(_TABLE)
    else:
        text = unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
        if not text.isascii():
            # A second round: folding can bring back what NFKC would compose.
            text = unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)
    return " ".join(text.split())


# Stands between texts that are folded together; folding leaves it alone there.
_MARK = "\x1f"
# What may have to be folded further, once width and case are gone.
_CHANGING = re.compile("[^ !#-~\x1f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]")


def fold_many(texts: Sequence[str]) -> list[str]:
    """`fold` of each text; all at once, since folding costs a call more than a character."""
    if not texts or _MARK in "".join(texts):
        return [fold(text) for text in texts]
    odd = [place for place, text in enumerate(texts) if not text.isascii()]
    plain = [text if text.isascii() else "" for text in texts] if odd else texts
    folded = _changed(_MARK.join(plain).lower()).split(_MARK)
    if odd:
        again = _wide([texts[place] for place in odd])
        for place, text in zip(odd, again, strict=True):
            folded[place] = text
    return [
        " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
        for text in folded
    ]


def _wide(texts: Sequence[str]) -> list[str]:
    """Fold texts that are not ASCII, but for their blanks; those that still are not, again."""
    folded = list(texts)
    for _round in range(2):
        odd = [place for place, text in enumerate(folded) if not text.isascii()]
        joined = _MARK.join([folded[place] for place in odd])
        joined = _changed(unicodedata.normalize("NFKC", joined).casefold())
        for place, text in zip(odd, joined.split(_MARK), strict=False):
            folded[place] = text
    return folded


def _changed(joined: str) -> str:
    """What `_TABLE` makes of a text; few different characters of it change at all."""
    for char in set(_CHANGING.findall(joined)):
        folded = _TABLE[ord(char)]
        if folded != char:
            joined = joined.replace(char, folded)
    return joined


_NOT_DIGITS = re.compile(r"[^0-9]+")


def digits(text: str) -> str:
    """The decimal digits of a text, in ASCII."""
    if text.isascii():
        return text if text.isdigit() else _NOT_DIGITS.sub("", text)
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return _HAN.match(char) is not None


def has_han(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return not text.isascii() and _HAN.search(text) is not None


@lru_cache(maxsize=65536)
def fold_cached(text: str) -> str:
    """`fold`, remembered: cities, surnames and firms come back thousands of times."""
    return fold(text)
