"""Chinese numerals: 一百二十, 三万五千, 壹仟贰佰元, 二〇二四."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    **{"〇": 0, "○": 0, "两": 2, "兩": 2, "貳": 2, "叄": 3, "參": 3, "陸": 6, "弌": 1},
}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCORES = {"廿": 20, "卅": 30}
_BLOCKS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
CHARACTERS = "".join((*_DIGITS, *_STEPS, *_SCORES, *_BLOCKS))
_RUN = re.compile(f"[{CHARACTERS}]+")
_COLLOQUIAL = {100: 10, 1000: 100, 10**4: 1000, 10**8: 10**7}


def chinese_number(text: str) -> Decimal | None:
    """Read a whole number written in Chinese numerals, or None where the text is none.

    Digits alone stand for themselves (二〇二四 is 2024); a last digit without its place has the
    one below the place before it, as people say it (一万二 is 12000).
    """
    if not text or not _RUN.fullmatch(text):
        return None
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = block = digit = 0
    place = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            if c in "零〇○":
                place = 0
        elif c in _STEPS:
            block += (digit or 1) * _STEPS[c]
            place, digit = _STEPS[c], 0
        elif c in _SCORES:
            block += _SCORES[c]
            place = digit = 0
        else:
            scale = _BLOCKS[c]
            total = total + (block + digit or 1) * scale
            place, block, digit = scale, 0, 0
    return Decimal(total + block + digit * _COLLOQUIAL.get(place, 1))


def with_figures(text: str) -> str:
    """Put figures for the Chinese numerals in a text: 二〇二四年三月五日 gives 2024年3月5日."""

    def figures(match: re.Match[str]) -> str:
        number = chinese_number(match.group())
        return match.group() if number is None else str(number)

    return _RUN.sub(figures, text)
