"""A person's whole name and its parts, in the order that the language wants."""

from __future__ import annotations

import re
from typing import NamedTuple

# Han, Kana, Hangul: written without a space, the family's name first.
_TOGETHER = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+")
# ISO 639 codes of languages that put the family's name first in Latin letters, too.
_FAMILY_FIRST = frozenset({"zh", "ja", "ko", "vi", "hu"})


_LONGEST_QUOTE = 60


def shortened(text: str) -> str:
    """The beginning of a text, where there is room for a name only: in a menu, in a sentence."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


class NameParts(NamedTuple):
    """What a name is made of; "" for what nobody has said."""

    given: str = ""
    family: str = ""


def whole_name(parts: NameParts, language: str = "") -> str:
    """Put a name together: 王秀英, Maria Silva, Nagy Anna.

    Args:
        parts: of the name; one that is missing leaves the other.
        language: ISO 639 code of the bearer's language, "" where nobody has said.
    """
    given, family = parts
    if not given or not family:
        return given or family
    if _TOGETHER.fullmatch(given) and _TOGETHER.fullmatch(family):
        return family + given
    first = language.replace("_", "-").partition("-")[0].lower() in _FAMILY_FIRST
    return f"{family} {given}" if first else f"{given} {family}"


def renamed(name: str, before: NameParts, after: NameParts, language: str = "") -> str:
    """The whole name once its parts were changed; what is neither part (a middle name) stays.

    Args:
        name: as it was.
        before: its parts until now.
        after: its parts from now on.
        language: ISO 639 code of the bearer's language.
    """
    if name == whole_name(before, language) or not _holds(name, before):
        return whole_name(after, language) if all(after) else name
    result = name
    for old, new in zip(before, after, strict=True):
        if old and new and old != new:
            result = _replaced(result, old, new)
    if all(after) and not _holds(result, after):
        return whole_name(after, language)
    return result


def parts_left(name: str, parts: NameParts) -> NameParts:
    """The parts that still stand in a name that was typed anew; the others are gone."""
    return NameParts(*(part if part and _holds(name, NameParts(part)) else "" for part in parts))


def other_part(name: str, part: str) -> str:
    """What is left of a name beside one of its parts; "" where it does not begin or end so."""
    glue = "" if _TOGETHER.fullmatch(name) else " "
    if name != part:
        if name.startswith(part + glue):
            return name[len(part + glue) :].strip()
        if name.endswith(glue + part):
            return name[: -len(glue + part)].strip()
    return ""


def _holds(name: str, parts: NameParts) -> bool:
    if _TOGETHER.fullmatch(name):
        return all(part in name for part in parts)
    return all(f" {part} " in f" {name} " for part in parts if part)


def _replaced(name: str, old: str, new: str) -> str:
    if _TOGETHER.fullmatch(name):
        # The family's name stands first, and may be a sign of the given one as well.
        return name.replace(old, new, 1)
    return f" {name} ".replace(f" {old} ", f" {new} ", 1).strip()
