"""In which encoding a text is written that says so wrongly, or not at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from itertools import pairwise

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What chardet or a file may say, and the superset that decodes more of such files.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gb231280": "gb18030",
    "hzgb2312": "hz",
    "gbk": "gb18030",
    "xgbk": "gb18030",
    "cp936": "gb18030",
    "windows936": "gb18030",
    "big5": "cp950",
    "xxbig5": "cp950",
    "big5hkscs": "big5hkscs",
    "shiftjis": "cp932",
    "xsjis": "cp932",
    "sjis": "cp932",
    "windows31j": "cp932",
    "shiftjis2004": "cp932",
    "euckr": "cp949",
    "ksc56011987": "cp949",
    "iso88591": "cp1252",
    "latin1": "cp1252",
    "iso885915": "iso8859-15",
    "ascii": "cp1252",
    "usascii": "cp1252",
    "unicode": "utf-16",
}
_MULTIBYTE = ("gb18030", "cp950", "cp932", "cp949")
_HEAD = 1 << 16


def known_encoding(label: str) -> str:
    """The codec for what a file calls its encoding; "" where there is none for text."""
    key = "".join(c for c in label.lower() if c.isalnum())
    wanted = _SUPERSETS.get(key, label.strip().lower())
    try:
        info = codecs.lookup(wanted)
    except (LookupError, ValueError):
        return ""
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def marked_encoding(head: bytes) -> str:
    """What a mark at the beginning, or the zeros of UTF-16 without one, say; "" for nothing."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding
    return bare_utf16(head)


def bare_utf16(head: bytes) -> str:
    """Tell UTF-16 without a mark by its separators and breaks, each a byte and a zero.

    Text in Chinese has few zeros; those that it has stand all on the same side.
    """
    head = head[: len(head) // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) == 0 or min(even, odd) * 20 >= max(even, odd):
        return ""
    if even + odd > len(head) // 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head.decode(encoding, "replace")
    if "\n" not in text and "\r" not in text:
        return ""
    strange = sum(1 for c in text if c == "\ufffd" or (c < " " and c not in "\t\r\n"))
    # No text in a single-byte encoding has zeros, so a few words of sense are proof enough.
    sensible = sum(1 for c in text if c in "\t\r\n" or c.isprintable())
    return encoding if strange * 50 <= len(text) and sensible * 20 >= len(text) * 19 else ""


def decodes(data: bytes, encoding: str) -> bool:
    """Whether all of a text can be read so."""
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return False
    return True


def find_charset(data: bytes, declared: str = "") -> str:
    """Find the encoding of a text that may declare one.

    Text that reads as UTF-8 and has any foreign letter is UTF-8, whatever it says of itself.

    Args:
        data: the whole text.
        declared: what a header, a meta element or an XML declaration says.
    """
    if marked := marked_encoding(data[:_HEAD]):
        return marked
    said = known_encoding(declared) if declared else ""
    if said.startswith(("utf-16", "utf-32", "utf_16", "utf_32", "utf-7")):
        said = ""  # the declaration itself could not be read then
    if said.startswith(("iso2022", "hz")) and decodes(data, said):
        return said
    if decodes(data, "utf-8"):
        return "utf-8"
    if said and said != "utf-8" and decodes(data, said):
        return said
    return guess_charset(data[:_HEAD], lambda encoding: decodes(data, encoding))


def guess_charset(head: bytes, fits: Callable[[str], bool]) -> str:
    """Of the legacy encodings that decode a whole text, the one whose words look likeliest.

    Args:
        head: the text's beginning.
        fits: whether an encoding decodes all of it.
    """
    import chardet

    guessed = known_encoding(chardet.detect(head).get("encoding") or "cp1252") or "cp1252"
    candidates = dict.fromkeys([guessed, *_MULTIBYTE, "cp1252", "cp1251"])
    usable = [c for c in candidates if fits(c)]
    if not usable or ("cp1252" in usable and _has_signs_only(head)):
        return "cp1252"
    return max(usable, key=lambda c: (_likely(head, c), c == guessed))


# What Western sheets have besides ASCII, and other code pages of Europe have as well or not at all.
_SIGNS = frozenset("£€°½¼¾²³§©®™–—’‘“”…·«»\xa0éáíóúüöäßçâôÉÁÍÓÚÜÖÄÇ")


def _has_signs_only(head: bytes) -> bool:
    """Whether all foreign letters are signs and common accents, each of them among ASCII ones."""
    text = head.decode("cp1252", "replace")
    foreign = [c for c in text if not c.isascii()]
    alone = all(a.isascii() or b.isascii() for a, b in pairwise(text))
    return bool(foreign) and alone and _SIGNS.issuperset(foreign)


def _likely(data: bytes, encoding: str) -> float:
    """Share of a text's foreign letters that are common ones in the encoding's languages."""
    text = data.decode(encoding, "ignore")
    foreign = [c for c in text if ord(c) > 127]
    if not foreign:
        return 1.0
    if encoding in _MULTIBYTE:
        good = sum(1 for c in foreign if _is_common(c, encoding))
    elif encoding == "cp1252":
        good = sum(1 for c in foreign if c in _WESTERN)
    else:
        good = sum(1 for c in foreign if c.isalpha())
    if encoding not in _MULTIBYTE:
        # "CafÚ ú500" is no writing: "Café £500" is.
        good -= sum(1 for match in _MISPLACED.finditer(text) if not match.group().isascii())
    return good / len(foreign)


# A capital behind a small letter, a letter before a figure.
_MISPLACED = re.compile(r"(?<=[a-zà-ÿ])[À-ÖØ-Þ]|[À-ÖØ-öø-ÿ](?=\d)")


_WESTERN = frozenset(
    "áàâãäåæçéèêëíìîïñóòôõöøœúùûüýÿßÁÀÂÃÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÕÖØŒÚÙÛÜÝº°ª€£«»–—’‘“”…·¿¡\xa0"
)


def _is_common(char: str, encoding: str) -> bool:
    # Level-1 hanzi of GB2312 and Big5 are the common ones: a wrong guess hits rare characters.
    legacy = {"gb18030": "gb2312", "cp950": "big5"}.get(encoding, encoding)
    try:
        code = char.encode(legacy)
    except UnicodeEncodeError:
        return False
    if len(code) != 2:
        return False
    lead = code[0]
    if legacy == "gb2312":
        return 0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3)
    if legacy == "big5":
        return 0xA4 <= lead <= 0xC6 or lead in (0xA1,)
    if legacy == "cp932":
        return lead in (0x82, 0x83) or 0x88 <= lead <= 0x97
    return 0xB0 <= lead <= 0xC8
