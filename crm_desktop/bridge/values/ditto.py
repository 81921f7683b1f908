"""Marks and words for "the same as above": 〃, 同上, idem, ditto, s.o."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from crm_desktop.bridge.values.text import narrow, tidy_line

LONGEST = 24
_EDGE = r"[-–—=_~.…\s]*"
_MARKS = re.compile(
    rf"{_EDGE}(?:(?:〃|″|′′|\"|“|”|„|''|´´|``|’’|‘‘)\s*)+{_EDGE}|[-–—]+\s*//+\s*[-–—]+|々|仝"
)
# They say that it stands above.
_ABOVE = re.compile(
    r"[同仝如][上前]|[同如]上(?:行|一行|面|所述)|上(?:と|に|記と|記に)同じ|"
    r"(?:the )?same as (?:the )?(?:one |line |row )?above|(?:as|see|same) above|ditto above|"
    r"(?-i:s\. ?o\.)|siehe oben|wie oben|come sopra|vedi sopra|comme (?:ci-dessus|au-dessus)|"
    r"(?:o |a )?(?:mesm[oa]|igual|idem)(?: (?:que|ao|à|a|de|do|o))* (?:acima|de cima|anterior)|"
    r"(?:l[oa] )?(?:mism[oa]|igual|[íi]dem)(?: (?:que|al|a|de|el|la|lo))* (?:arriba|anterior)|"
    r"см\. ?выше|как выше|то же,? что выше|상동|위와 ?(?:같음|동일)",
    re.IGNORECASE,
)
# These may speak of the cell to the left as well: a second phone "idem".
_SAME = re.compile(r"[Ii]dem\.?|IDEM|[ÍíÌì]dem\.?|[Dd]itto\.?|DITTO|ibid(?:em|\.)")
# So do these, and somebody may be called Dito; "Do." is Thursday in German, "Dto." right in
# Portuguese.
_PERHAPS = re.compile(r"[Dd]ito\.?|DITO|do\.|id\.|ib\.|detto|desgl\.|то же")
# What they begin with; hardly a cell of most columns does.
_SIGNS = frozenset(" \t([【（〃″′\"“”„'´`’‘-–—=_~.…々仝同如上상위")
_STARTS = frozenset(
    shape
    for start in (
        *("th sa as se di s. si wi co ve me mi ig id íd ìd ib do de см ка то".split()),
        *("o ", "a ", "lo", "la"),
    )
    for shape in (start, start.title(), start.upper())
)


class Ditto(IntEnum):
    """How a cell says that it is the same."""

    NONE = 0
    PERHAPS = 1  # a word that may be a name
    SAME = 2  # as above, or as to the left
    ABOVE = 3


def may_be_ditto(text: str) -> bool:
    """A quick look, for there are millions of cells: whether a text may be such a mark."""
    return (text[:2] in _STARTS or text[:1] in _SIGNS) and len(text) <= LONGEST


def which_may_be_ditto(texts: Sequence[str]) -> set[str]:
    """Those of many texts that may be such marks, each once; of most columns none begins so."""
    starts = {text[:2] for text in texts}
    if starts.isdisjoint(_STARTS) and _SIGNS.isdisjoint([start[:1] for start in starts]):
        return set()
    return {text for text in set(texts) if may_be_ditto(text)}


def ditto(text: str) -> Ditto:
    """Whether a cell says that it holds what the one above does."""
    if not may_be_ditto(text):
        return Ditto.NONE
    bare = narrow(tidy_line(text)).strip()
    if len(bare) > 2 and bare[0] in "([" and bare[-1] in ")]":
        bare = bare[1:-1].strip()
    if not bare:
        return Ditto.NONE
    if _MARKS.fullmatch(bare) or _ABOVE.fullmatch(bare):
        return Ditto.ABOVE
    if _SAME.fullmatch(bare):
        return Ditto.SAME
    return Ditto.PERHAPS if _PERHAPS.fullmatch(bare) else Ditto.NONE


def names_above(value: object) -> bool:
    """Whether a cell where a name may stand says that it is the one above."""
    return type(value) is str and may_be_ditto(value) and ditto(value) >= Ditto.SAME
