"""E-mail addresses of a cell: lower case, several in one cell, what surrounds them taken off."""

from __future__ import annotations

import re

from crm_desktop.bridge.values.text import narrow

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]"
_PLAIN = re.compile(rf"{_ATOM}+(?:\.{_ATOM}+)*@(?:[\w-]+\.)+[^\W\d_][\w-]*[^\W_]")
_SPLIT = re.compile(r"\s*[;,、，；|\n]\s*|\s+/\s+")
_WORDS = re.compile(r"[\s/<>()\[\]（）\"“”]+")
_AROUND_AT = re.compile(r"\s*@\s*")
_MAILTO = re.compile(r"^(?:mailto|e-?mail|email|mail|邮箱|電郵|电邮)\s*[:：]\s*", re.IGNORECASE)


def is_email(text: str) -> bool:
    """Whether a text is one plain e-mail address."""
    return _PLAIN.fullmatch(text) is not None


def read_emails(text: str) -> list[tuple[str, str | None]]:
    """Read all the addresses of a cell.

    Returns:
        Pairs of the text as it stands and the address in lower case, None where a piece of the
        cell holds none. Words around an address ("Ana <ana@example.org>") stay in its text.
    """
    if _PLAIN.fullmatch(text):
        return [(text, text.lower())]
    found: list[tuple[str, str | None]] = []
    for piece in _SPLIT.split(_AROUND_AT.sub("@", narrow(text).strip())):
        if piece:
            found.extend(_read_piece(_MAILTO.sub("", piece)))
    return found or [(text, None)]


def take_emails(text: str) -> tuple[str, list[str]]:
    """Take the addresses out of a text; the rest of it, and the addresses as they stand."""
    found: list[str] = []

    def taken(match: re.Match[str]) -> str:
        found.append(match.group())
        return " "

    rest = _PLAIN.sub(taken, _AROUND_AT.sub("@", narrow(text)))
    return rest.strip(" \t\n,;|/<>()[]:"), found


def _read_piece(piece: str) -> list[tuple[str, str | None]]:
    if _PLAIN.fullmatch(piece):
        return [(piece, piece.lower())]
    words = [_MAILTO.sub("", word).strip(".'`:") for word in _WORDS.split(piece)]
    addresses = [word for word in words if _PLAIN.fullmatch(word)]
    if len(addresses) == 1 and sum("@" in word for word in words) == 1:
        return [(piece, addresses[0].lower())]
    if not addresses:
        return [(piece, None)]
    return [(w, w.lower() if _PLAIN.fullmatch(w) else None) for w in words if "@" in w]
