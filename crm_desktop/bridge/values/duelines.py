"""Lines with words of time in them: "call Ana tomorrow 15h", 明天下午3点给王总打电话."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from crm_desktop.bridge.values.duewords import CLEAR, SHORT, folded, read
from crm_desktop.domain.tasks import Due


def split(line: str, now: datetime, order: str) -> tuple[str, Due | None]:
    """Take the words of time out of a line such as "call Ana tomorrow 15h".

    The longest such words count, at the end rather than at the beginning, and in the middle only
    where they can mean nothing else. A line that is nothing but a time stays whole.

    Args:
        line: as typed.
        now: by the owner's clock.
        order: how dates in figures are meant.

    Returns:
        What is left, and when it is due.
    """
    words = line.split()
    if read(line, now, order) is not None:
        return " ".join(words), None
    pieces = _pieces(words)
    for first, last in _windows(len(pieces)):
        said = "".join(pieces[first:last]).strip()
        at_edge = first == 0 or last == len(pieces)
        if not _may_stand(said, at_end=last == len(pieces), at_edge=at_edge):
            continue
        found = read(said, now, order)
        if found is None:
            continue
        left = "".join((*pieces[:first], " ", *pieces[last:]))
        title = _LOOSE.sub("", _CJK_GAP.sub("", " ".join(left.split()))).strip(" ,，;；:：-–")
        if title:
            return title, found
    return " ".join(words), None


_MOST_PIECES, _WIDEST = 200, 14
_CJK_CHARACTER = r"[\u3400-\u9fff]"
_PIECE = re.compile(rf"{_CJK_CHARACTER}|[^\u3400-\u9fff]+")
_CJK_GAP = re.compile(rf"(?<={_CJK_CHARACTER}) (?={_CJK_CHARACTER})")
# What stood before the words of time and leads nowhere without them.
_LOOSE = re.compile(r"\s(?:on|by|at|due|until|before|até|às|em|na|no|para)$", re.IGNORECASE)


def _pieces(words: list[str]) -> list[str]:
    """Words, and Chinese characters one by one, each with the blank that stands after it."""
    pieces: list[str] = []
    for word in words[:_MOST_PIECES]:
        pieces += _PIECE.findall(word)
        pieces[-1] += " "
    pieces += [f"{word} " for word in words[_MOST_PIECES:]]
    return pieces


def _windows(count: int) -> Iterator[tuple[int, int]]:
    """Parts of a row of pieces: those at its end, at its beginning, in between; longest first."""
    longest = range(min(_WIDEST, count), 0, -1)
    yield from ((count - width, count) for width in longest)
    yield from ((0, width) for width in longest)
    inside = min(count, _MOST_PIECES)
    for width in longest:
        yield from ((first, first + width) for first in range(1, inside - width))


def _may_stand(said: str, *, at_end: bool, at_edge: bool) -> bool:
    """Whether words may be meant as a time there; "segunda via" is no Monday."""
    bare = folded(said)
    if " " not in bare and bare.isascii():
        if bare in SHORT:
            return False
        if not at_end:
            return bare in CLEAR or "-feira" in bare or (at_edge and bare.endswith("day"))
    if not bare.isascii() and len(bare) < 2:
        return False
    if not at_end and bare.startswith("the "):
        return False
    if not at_edge and bare.isascii():
        return bool(_SURE.match(bare))
    return True


_SURE = re.compile(r"(?:in|next|by|on|today|tomorrow|amanha|hoje|daqui|dentro|proxim|depois de am)")
