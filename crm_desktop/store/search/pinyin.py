"""Chinese names in Latin letters, so that `wangwei` and `ww` find 王伟.

The readings come from pypinyin's table of single characters. Its table of phrases costs 45 MB
of memory and is left out; the few characters that names and cities read in another way than
the table's first one are listed here (a reading too many only finds more).
"""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache
from itertools import product

from crm_desktop.store.search.fold import is_han

_ALSO = {
    "曾": ("zeng",),
    "单": ("shan",),
    "單": ("shan",),
    "解": ("xie",),
    "仇": ("qiu",),
    "查": ("zha",),
    "区": ("ou",),
    "區": ("ou",),
    "盖": ("ge",),
    "任": ("ren",),
    "翟": ("zhai",),
    "朴": ("piao",),
    "覃": ("qin", "tan"),
    "乐": ("yue", "le"),
    "樂": ("yue", "le"),
    "重": ("chong", "zhong"),
    "厦": ("xia",),
    "长": ("chang", "zhang"),
    "長": ("chang", "zhang"),
    "行": ("xing", "hang"),
    "冼": ("xian",),
    "尉": ("wei", "yu"),
    "折": ("she",),
    "宓": ("mi",),
    "都": ("du", "dou"),
    "朝": ("chao", "zhao"),
    "晟": ("sheng", "cheng"),
    "茜": ("qian", "xi"),
    "参": ("can", "shen"),
    "沈": ("shen",),
    "蕃": ("fan",),
    "种": ("chong",),
    "召": ("shao",),
    "员": ("yun",),
    "晁": ("chao",),
    "佴": ("nai",),
    "万": ("wan",),
    "俞": ("yu",),
    "吕": ("lv", "lu"),
    "呂": ("lv", "lu"),
    "绿": ("lv", "lu"),
    "女": ("nv", "nu"),
}
_MOST_SPELLINGS = 4


@lru_cache(maxsize=8192)
def _readings(char: str) -> tuple[str, ...]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.pinyin_dict import pinyin_dict  # late: 15 MB that Latin archives never need

    table = pinyin_dict.get(ord(char), "")
    first = table.split(",")[0]
    plain = unicodedata.normalize("NFD", first).replace("u\u0308", "v")
    plain = "".join(c for c in plain if c.isascii())
    found = [plain] if plain else []
    found += [r for r in _ALSO.get(char, ()) if r not in found]
    return tuple(found)


@lru_cache(maxsize=16384)
def spellings(text: str) -> tuple[tuple[str, str], ...]:
    """The Latin spellings of a text's Chinese characters, most usual first.

    Returns:
        Pairs of whole pinyin and initials, such as `("wangwei", "ww")`; at most four, none
        where the text has no Chinese character.
    """
    parts = [r for c in text if is_han(c) and (r := _readings(c))]
    if not parts:
        return ()
    pairs: dict[tuple[str, str], None] = {}
    for choice in product(*parts):
        pairs.setdefault(("".join(choice), "".join(r[0] for r in choice)))
        if len(pairs) == _MOST_SPELLINGS:
            break
    return tuple(pairs)


class _Led(dict[int, str]):
    """Translation table: each Chinese character with its first reading before it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        readings = _readings(char) if is_han(char) else ()
        led = self[code] = f"{readings[0]}{char}" if readings else char
        return led


_LED = _Led()


def sortable(folded: str) -> str:
    """A folded text with each Chinese character led by its reading, so that lists sort by it."""
    return folded if folded.isascii() else folded.translate(_LED)
