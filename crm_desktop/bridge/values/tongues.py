"""Codes of languages by their names and codes in the languages that sheets are written in."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_key
from crm_desktop.bridge.values.nothing import says_none
from crm_desktop.bridge.values.text import tidy_line

_WRITTEN_IN = ("en", "pt", "pt_PT", "zh", "zh_Hant", "es", "fr", "de", "it", "ru", "ja", "ko")
# Whose own names for themselves stand in sheets besides.
_NATIVE = ("nl", "uk", "pl", "ro", "hu", "tr", "ar", "he", "hi", "vi", "th", "id", "sv", "da")
# Codes that stand in sheets as such. "UK" and "BR" are none: they mean a country there.
_CODES = frozenset(
    "zh pt en es fr de it nl ru pl ro hu tr ar he hi ja ko vi th id sv da no nb fi el cs sk bg hr"
    " sr sl et lv lt ca eu gl fa bn ur ms tl yue".split()
)
_LONG_CODES = {
    **{"eng": "en", "por": "pt", "zho": "zh", "chi": "zh", "spa": "es", "esp": "es", "fra": "fr"},
    **{"fre": "fr", "deu": "de", "ger": "de", "ita": "it", "rus": "ru", "jpn": "ja", "kor": "ko"},
    **{"nld": "nl", "dut": "nl", "pol": "pl", "ukr": "uk"},
}
_CALLED = {
    "zh": "mandarin, mandarim, mandarino, chines simplificado, putonghua, 普通话, 普通話, 国语,"
    " 國語, 汉语, 漢語, 华语, 華語, 中国话, 北京語",
    "yue": "cantones, 粤语, 粵語, 广东话, 廣東話, 白话",
    "pt": "brasileiro, portugues brasil, portugues do brasil, 巴西葡语, 葡语, 葡語, 葡文",
    "es": "castelhano, castellano, 西语, 西語, 西文",
    "nl": "flamengo, flamenco, flemish",
    "he": "ivrit",
}
_REGIONAL = re.compile(r"([a-z]{2,3})[-_](?:[a-z]{2}|[a-z]{4}|419)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]")
_HAN_ENDINGS = re.compile(r"[语語文话話]$")
_SHORTEST_HAN = 2


def read_language(text: str) -> str | None:
    """The ISO 639 code of a language; "" for words for none, None for what is no language."""
    line = tidy_line(text)
    regional = _REGIONAL.fullmatch(line)
    for said in (regional[1],) if regional else (line, _BRACKETS.sub("", line)):
        if (code := _names().get(header_key(said))) is not None:
            return code
    return "" if says_none(line) else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale

    found = {code: code for code in _CODES} | _LONG_CODES
    for code, words in _CALLED.items():
        found.update(dict.fromkeys(map(header_key, words.split(",")), code))
    for spoken in (*_WRITTEN_IN, *_NATIVE):
        for code, name in Locale.parse(spoken).languages.items():
            base = code.partition("_")[0]
            if (len(base) != 2 and base not in _CODES) or (spoken in _NATIVE and base != spoken):
                continue
            found.setdefault(header_key(name), base)
            bare = _HAN_ENDINGS.sub("", name)
            if bare != name and len(name) >= _SHORTEST_HAN:
                for ending in "语語文话話":
                    found.setdefault(header_key(bare + ending), base)
    found.pop("", None)
    return found
