"""Endings that make a word fit women and men alike: Alumno/a, Schüler:in, Adhérent·e."""

from __future__ import annotations

import re

# Accents are off already. Longer ones first; "/E-mail" and "/E mail" are no endings.
_ENDINGS = r"innen|euse|trice|rice|esse|ere|nes?|ras?|in|as|os|es|[aeor]"
_GENDERED = re.compile(
    rf"(?<=[^\W\d_]{{3}})(?:/-?(?!es\b)(?:{_ENDINGS})(?!\w|[ .-]?mail)"
    rf"|\(-?(?:{_ENDINGS})\)"
    rf"|[:*_·•](?:{_ENDINGS})(?:[·•]s)?(?!\w)"
    rf"|[.-](?:e|ne)(?:[.-]s)?(?![\w-]|[ .]?mail))",
    re.IGNORECASE,
)
_INNER_CAPITAL = re.compile(r"(?<=[^\W\d_]{3}[rt])In(?:nen)?(?!\w)")
_EITHER_VOWEL = re.compile(r"(?<=[^\W\d_]{3})@(?=s?(?!\w))")


def without_gender(text: str) -> str:
    """Take off the second gender's ending.

    Args:
        text: narrow and without accents; its capitals still tell SchülerIn from a longer word.

    Returns:
        "Alumno" for Alumno/a, Alumno(a) and Alumn@, "Schuler" for Schuler/in, Schuler*in and
        SchulerIn, "Adherent" for Adherent·e·s; other texts as they are.
    """
    text = _GENDERED.sub("", text)
    if "@" in text:
        text = _EITHER_VOWEL.sub("o", text)
    return _INNER_CAPITAL.sub("", text) if "In" in text else text
