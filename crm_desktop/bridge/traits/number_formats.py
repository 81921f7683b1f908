"""Number formats: which of them say more about a cell than its value does.

A telephone number stored as 912345678 and shown as `000 000 000` is no sum; 1234 shown as
`00000` is the code 01234. Source: ECMA-376 part 1, 18.8.30 (numFmt), 18.8.31 (the language of
format codes).
"""

from __future__ import annotations

import re
from functools import lru_cache

# Built-in codes by number, those of the Chinese Excel for the numbers that each language has
# its own for (27–36, 50–58), and the others that `says_more` would keep.
BUILT_IN: dict[int, str] = {
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    46: "[h]:mm:ss",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_PADDING = re.compile(r"[_*].")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_EASTERN_WORD = re.compile(r"[年月日時时分秒년월일시초]|上午|下午|午前|午後|오전|오후")
_EASTERN_CODE = re.compile(
    r"g|e|\[dbnum\d|a{3}|\[\$-[0-9a-f]{0,6}(?:404|411|412|804|c04|1004)\]", re.IGNORECASE
)
_DATE = re.compile(r"[dmyhse]|年|月|日|a{3}", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[0#?]e[+-]?[0#?]", re.IGNORECASE)
_FRACTION = re.compile(r"[0#?]\s*/\s*[0-9#?]")
_THOUSANDS = re.compile(r"[+\-]?#(?:[ \u00a0\u202f'’.]?#{2,3})*[ \u00a0\u202f'’.]?##0")
_GROUPED = re.compile(r"[0#?][ \u00a0\u202f()\-–/.]+[0#?]")
_WORD = re.compile(r"[^\W\d_]+")
_MONEY = re.compile(
    r"[$€£¥￥₩₹₽₺₴₫₪]|\b(?:[A-Z]{3}|R|kr|Kč|zł|Ft|lei|лв|руб|р|Fr|Kz|MT|US|HK|NT|CN|RMB)\b|元|円|원|圆"
)


@lru_cache(maxsize=1024)
def says_more(code: str) -> bool:
    """Whether a format code tells something that the value alone does not.

    True for digits padded with zeros or grouped as in a telephone number, East-Asian dates,
    elapsed times, and text or numbers shown with words around them; False for General, plain
    numbers, money, percents, fractions and ordinary dates.
    """
    if not code or code.lower() in ("general", "@", "standard"):
        return False
    if _ELAPSED.search(code):
        return True
    sections = code.split(";") if '";' not in code and ';"' not in code else _sections(code)
    first = sections[0]
    bare = _QUOTED.sub("", _PADDING.sub("", first))
    pattern = _BRACKETS.sub("", bare)
    if _SCIENTIFIC.search(pattern) or "%" in pattern:
        return False
    if _DATE.search(re.sub(r"general", "", pattern, flags=re.IGNORECASE)):
        return bool(_EASTERN_WORD.search(first) or _EASTERN_CODE.search(bare))
    if any(_has_words(section) for section in sections):
        return True
    return not _FRACTION.search(pattern) and _pads_or_groups(first)


def _sections(code: str) -> list[str]:
    sections, quoted, start = [], False, 0
    for position, char in enumerate(code):
        if char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            sections.append(code[start:position])
            start = position + 1
    return [*sections, code[start:]]


def _has_words(section: str) -> bool:
    """Whether a section shows a word that is no currency beside a number or a text."""
    bare = _QUOTED.sub("", _PADDING.sub("", section))
    if not re.search(r"[0#?@]|general", bare, re.IGNORECASE):
        return False
    literals = " ".join(a or b for a, b in _QUOTED.findall(section))
    return bool(_WORD.search(_MONEY.sub(" ", literals)))


def _pads_or_groups(section: str) -> bool:
    shown = _QUOTED.sub(lambda m: m.group(1) or m.group(2) or "", _PADDING.sub("", section))
    shown = _BRACKETS.sub("", shown).strip()
    if _MONEY.search(shown) or _MONEY.search(section):
        return False
    whole = shown if shown.count(".") > 1 else shown.split(".")[0]
    if len(re.findall("0", whole)) > 1:
        return True
    return bool(_GROUPED.search(whole)) and not _THOUSANDS.fullmatch(whole)
