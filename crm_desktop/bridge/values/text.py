"""Cells to text, and text to clean text.

A cell becomes a `str` once, here; everything after works on text. Numbers that are whole come
out as integers ("912345678", never "912345678.0"), dates as ISO.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

Value = str | int | float | bool | dt.date | dt.time | dt.timedelta | None

Plain = str | int | float | bool

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_OOXML_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BLANKS = re.compile(r"\s+")
_BLANKS_IN_LINE = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_FROM_LETTER = 64


def cell_text(value: Value) -> str:
    """Write a cell's value as text, without cleaning it."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if type(value) is float:
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        if value.hour or value.minute or value.second:
            return value.isoformat(" ", "seconds")
        return value.date().isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def plain_value(value: Value) -> Plain:
    """A cell as JSON can hold it: numbers stay numbers, whole ones integers, dates ISO text."""
    if type(value) is float:
        if value.is_integer():
            return int(value)
        return value if math.isfinite(value) else str(value)
    if isinstance(value, (str, int)):
        return value
    return cell_text(value)


def is_blank(value: Value) -> bool:
    """Whether a cell says nothing."""
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def tidy_line(text: str) -> str:
    """Clean a text of one line: NFC, no control or invisible characters, single blanks."""
    # Invisible characters are not printable to Python either.
    if (
        text.isprintable()
        and "  " not in text
        and "_x" not in text
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    ):
        return text.strip()
    return _BLANKS.sub(" ", _scrub(text)).strip()


def is_tidy(texts: Sequence[str]) -> bool:
    """Whether `tidy_line` would leave every one of many texts alone; far quicker than trying."""
    blob = "|".join(texts)
    return (
        blob.isprintable()
        and "  " not in blob
        and " |" not in blob
        and "| " not in blob
        and "_x" not in blob
        and (blob.isascii() or unicodedata.is_normalized("NFC", blob))
        and not (blob and (blob[0] == " " or blob[-1] == " "))
    )


def column_texts(column: Sequence[Value]) -> tuple[Sequence[str], Sequence[Plain]]:
    """A column's cells as text (`cell_text`), and as JSON can hold them (`plain_value`)."""
    types = set(map(type, column))
    if types == {str}:
        return column, column  # type: ignore[return-value]
    if types <= {str, dt.date, dt.time}:
        texts = [v if type(v) is str else v.isoformat() for v in column]  # type: ignore[union-attr]
        return texts, texts
    texts = [v if type(v) is str else cell_text(v) for v in column]
    if types & {float, int, bool}:
        return texts, [v if type(v) is str else plain_value(v) for v in column]
    return texts, texts


def tidy_text(text: str) -> str:
    """Clean a text of several lines; the breaks between lines stay."""
    if "\n" not in text and "\r" not in text:
        return tidy_line(text)
    text = _BLANKS_IN_LINE.sub(" ", _scrub(_BREAKS.sub("\n", text)))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _scrub(text: str) -> str:
    if "_x" in text:
        text = _OOXML_ESCAPE.sub(_unescape, text)
        text = _BREAKS.sub("\n", text)
    text = unicodedata.normalize("NFC", text)
    return _CONTROL.sub("", _INVISIBLE.sub("", text)).replace("\x85", "\n")


def _unescape(match: re.Match[str]) -> str:
    """Excel writes control characters as `_x000D_` and the underscore before such as `_x005F_`."""
    code = int(match.group(1), 16)
    if code in (0x5F, 0x09, 0x0A, 0x0D) or code < 0x20:
        return chr(code)
    return match.group(0)


def narrow(text: str) -> str:
    """Make full-width digits, letters and punctuation narrow (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(_FROM_LETTER + 1 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The 0-based position of a column's letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - _FROM_LETTER
    return number - 1


def has_cjk(text: str) -> bool:
    """Whether a text holds Chinese characters, kana or Hangul."""
    return not text.isascii() and any(
        "\u3040" <= c <= "\u30ff"
        or "\u3400" <= c <= "\u9fff"
        or "\uac00" <= c <= "\ud7a3"
        or "\U00020000" <= c <= "\U0003134f"
        for c in text
    )


def strip_marks(text: str) -> str:
    """Take the accents from letters: `João` gives `Joao`. Other scripts' marks go as well."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
