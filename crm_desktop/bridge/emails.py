"""E-mail addresses of a cell: lower case, several in one cell, what surrounds them taken off."""

from __future__ import annotations

import re

from crm_desktop.bridge.text import narrow

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]"
_PLAIN = re.compile(rf"{_ATOM}+(?:\.{_ATOM}+)*@(?:[\w-]+\.)+[^\W\d_][\w-]*[^\W_]")
_SPLIT = re.compile(r"[;,、，；\s/|<>()\[\]（）\"“”]+")
_AROUND_AT = re.compile(r"\s*@\s*")
_MAILTO = re.compile(r"^(?:mailto|e-?mail|email|mail|邮箱|電郵|电邮)\s*[:：]\s*", re.IGNORECASE)


def is_email(text: str) -> bool:
    """Whether a text is one plain e-mail address."""
    return _PLAIN.fullmatch(text) is not None


def read_emails(text: str) -> list[tuple[str, str | None]]:
    """Read all the addresses of a cell.

    Returns:
        Pairs of the text as it stands and the address in lower case. A cell without any
        address gives one pair with None; words beside an address are dropped from it, but the
        first pair's raw text then is the whole cell, so that nothing is lost.
    """
    if _PLAIN.fullmatch(text):
        return [(text, text.lower())]
    whole = text
    text = _AROUND_AT.sub("@", _MAILTO.sub("", narrow(text).strip()))
    if _PLAIN.fullmatch(text):
        return [(text, text.lower())]
    found: list[tuple[str, str | None]] = []
    words = False
    for piece in _SPLIT.split(text):
        candidate = _MAILTO.sub("", piece).strip(".'`:")
        if not candidate:
            continue
        if _PLAIN.fullmatch(candidate):
            found.append((candidate, candidate.lower()))
        elif "@" in candidate:
            found.append((candidate, None))
        else:
            words = True
    if not found:
        return [(whole, None)]
    if words:
        found[0] = (whole, found[0][1]) if len(found) == 1 else found[0]
    return found
