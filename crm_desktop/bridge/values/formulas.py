"""Text that spreadsheet programs would compute, made harmless in csv files and back."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_FIGURES = re.compile(r"[+\-]?[\d .,()/\-]+")


def guard_formula(text: str) -> str:
    """Make a csv cell harmless to spreadsheet programs: an apostrophe before what would compute.

    Plain figures such as `+351912345678` or `-5` stay as they are: they compute nothing.
    """
    if _FORMULA.match(text) and not _FIGURES.fullmatch(text):
        return "'" + text
    return text


def unguard_formula(text: str) -> str:
    """Take the apostrophe of `guard_formula` off again."""
    if text[:1] == "'" and _FORMULA.match(text, 1):
        return text[1:]
    return text
