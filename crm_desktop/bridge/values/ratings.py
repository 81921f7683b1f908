"""How many stars a cell gives: 4, "4/5", ★★★☆☆, "4 estrelas", 四星."""

from __future__ import annotations

import re

from crm_desktop.bridge.values.nothing import says_none
from crm_desktop.bridge.values.text import narrow, strip_marks, tidy_line

MOST = 5
_DRAWN = re.compile(r"([★⭐🌟✭✮*]{1,5})([☆✩✰]{0,4})")
_BETWEEN_DRAWN = re.compile(r"[\s\ufe0e\ufe0f]+")
_STARS = (
    r"(?:stars?|estrelas?|estrellas?|etoiles?|sterne?|stell[ae]|zvezd\w*|звезд[аы]?|"
    r"颗?星级?|顆?星級?|つ?星|별|성|[★⭐*])"
)
_FIGURES = re.compile(
    rf"([0-5])(?:[.,]0+)?(?: ?(?:/|of|out of|de|von|sur|su|di|из|中) ?5)?(?: ?{_STARS})?"
)
_NUMERALS = {"零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5}
_HAN = re.compile(r"([零一二两兩三四五]) ?[颗顆]?星[级級]?")


def read_stars(text: str) -> int | None:
    """The number of stars, 0 for none; None for what is no number of stars."""
    line = tidy_line(text)
    drawn = _DRAWN.fullmatch(_BETWEEN_DRAWN.sub("", line))
    if drawn is not None:
        return len(drawn[1]) if len(drawn[1] + drawn[2]) <= MOST else None
    words = strip_marks(narrow(line)).casefold()
    if (figures := _FIGURES.fullmatch(words)) is not None:
        return int(figures[1])
    if (han := _HAN.fullmatch(words)) is not None:
        return _NUMERALS[han[1]]
    return 0 if says_none(line) else None


def shows_stars(text: str) -> bool:
    """Whether a cell says itself that it counts stars."""
    bare = text.strip()
    return not bare.isdecimal() and bool(read_stars(bare)) and "/" not in bare
