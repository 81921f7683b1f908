"""Columns of relatives' numbers: "Tel. mãe", "Father's mobile", 妈妈电话, "Handy Mutter"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_desktop.bridge.sheets.neighbours import Choice, Column
from crm_desktop.bridge.sheets.synonyms import header_words, names_phones
from crm_desktop.bridge.values.text import tidy_line

_MOTHER = "mae madre mother mum mom mummy mommy mama mamma maman mere mutter"
_FATHER = "pai padre father dad daddy papa pere vater"
_RELATIVES = frozenset(f"{_MOTHER} {_FATHER}".split())
_RELATIVES_CJK = re.compile(r"妈妈|媽媽|母亲|母親|爸爸|父亲|父親")
_GERMAN = frozenset(("mutter", "vater"))
# Others whose numbers are not the customer's own.
_OTHERS = re.compile(
    r"\b(?:pais|parents?|eltern|guardian|carer|tutor|responsavel|responsable|encarregad[oa]|"
    r"erziehungs\w*|emerg\w*|notfall\w*|urgenc\w*|spouse|conjuge)\b|家长|監護|监护|紧急|家属"
)
_CONTACT = re.compile(r"\b(?:contat?c?to|contact|kontakt)\b|联系方式|联系")
_WORD = re.compile(r"[^\W\d_]+")
_PHONES = 0.5
_SCORE = 0.7


def settle_relatives(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """A relative's number is the customer's phone where he has none of his own, labelled so."""
    theirs = {
        index: label
        for index, column in columns.items()
        if column.profile.phones >= _PHONES and (label := relative_of(column.header))
    }
    own = any(
        choice.field == "phone"
        and index not in theirs
        and columns[index].profile.filled
        and not _OTHERS.search(header_words(columns[index].header))
        for index, choice in chosen.items()
    )
    for index, label in theirs.items():
        chosen[index] = Choice(_SCORE, "custom", "") if own else Choice(_SCORE, "phone", label)


def relative_of(header: str) -> str:
    """Whose number a header of phones speaks of, in its own word ("mãe"); "" for no relative's."""
    words = header_words(header)
    if not (names_phones(words) or _CONTACT.search(words)):
        return ""
    text = tidy_line(header)
    found = _RELATIVES_CJK.findall(text)
    for word in _WORD.findall(text):
        folded = header_words(word)
        if folded in _RELATIVES:
            found.append(word.capitalize() if folded in _GERMAN else word.lower())
    return "/".join(dict.fromkeys(found))
