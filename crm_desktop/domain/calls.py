"""Who is ringing: numbers as telephones, web pages and people hand them over."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

SCHEMES = ("tel:", "callto:")
"""Links that a click on a telephone number may hand over."""

FEWEST_DIGITS = 4
"""Of so many last digits somebody may still be known."""

WHOLE = 7
"""So many digits are a number; fewer are only its end."""

_LONGEST = 300
_SHAPE = re.compile(r"[+(]*\d[\d\s().\-/]*")


def is_link(text: str) -> bool:
    """Whether a text is a link to call somebody."""
    return text.strip().lower().startswith(SCHEMES)


def asked(text: str) -> str:
    """What somebody is looked for by: one line, without the dress of a `tel:` link."""
    line = " ".join(text.split())[:_LONGEST]
    if is_link(line):
        line = unquote(line.partition(":")[2]).lstrip("/")
        # ";ext=12", ";phone-context=…" and "?call" say how to dial, not whom.
        line = " ".join(re.split(r"[;?]", line, maxsplit=1)[0].split())
    return line


def digits(text: str) -> str:
    """The digits of a text, in ASCII."""
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def is_number(text: str) -> bool:
    """Whether a text is a telephone number or the end of one, and nothing else."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    return bool(_SHAPE.fullmatch(narrow)) and len(digits(narrow)) >= FEWEST_DIGITS


def is_international(text: str) -> bool:
    """Whether a number says its country."""
    bare = text.strip().lstrip("(")
    return bare.startswith(("+", "00", "＋"))


def line_of(text: str) -> str:
    """The digits that tell lines apart: without the zeros that are dialled first."""
    return digits(text).lstrip("0")


def same_line(one: str, other: str) -> bool:
    """Whether two writings may be one number: the whole of one is the end of the other."""
    shorter, longer = sorted((line_of(one), line_of(other)), key=len)
    return len(shorter) >= WHOLE and longer.endswith(shorter)
