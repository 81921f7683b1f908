"""Headers that name one and the same number: 护照号 and 护照号码, "Policy no" and "Policy nr"."""

from __future__ import annotations

import re
from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.bridge.sheets.tax_numbers import tax_number

# A line for each thing that has a number, so that its own name may stand for that.
_NUMBERED = """
passport, passaporte, pasaporte, passeport, reisepass, passaporto, 护照, 旅券, パスポート, 여권,
паспорт, паспорта, загранпаспорт
identity card, id card, national id, 身份证, 身分证
cartao de cidadao, cartao cidadao, cartao do cidadao
bilhete de identidade, bilhete identidade
dni
nie
rg
personalausweis
carte d identite, carte identite
carta d identita, carta identita
licence plate, license plate, number plate, car plate, 车牌, 车牌照
matricula
placa
kennzeichen
targa
immatriculation
driving licence, driving license, driver license, drivers license, driver s license, 驾驶证, 驾照
carta de conducao, carta conducao
cnh
"""
_NUMBER = r"n o|no|n|nr|num|numero|number|nummer|номер"
_OF = r"d[aeo]s?|del|di|della?|du|d|des|of|the"
_BEFORE = re.compile(rf"^(?:{_NUMBER}) (?:(?:{_OF}) )*(?=\S)")
_BEHIND = re.compile(
    rf"(?<=\S)(?: (?:{_NUMBER})| ?(?:编号|号码?|番号|번호)|(?<=[a-z]{{4}})(?:nummer|nr))$"
)
_ALONE = re.compile(_NUMBER)
# "No show" is no number.
_NO = re.compile(rf"\s*no\s+(?!(?:{_OF})\b)", re.IGNORECASE)
_LINKING = re.compile(rf"(?:^| )(?:{_OF})(?= |$)")


def _lines(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.strip().replace(",\n", ", ").splitlines()]


@lru_cache(maxsize=1)
def _things() -> dict[str, str]:
    return {_bare(header_words(word)): line[0] for line in _lines(_NUMBERED) for word in line}


def _bare(words: str) -> str:
    return _LINKING.sub("", words).replace(" ", "")


@lru_cache(maxsize=1024)
def number_named(header: str) -> str:
    """Which number a header names, equal for headers that say the same; "" for none.

    Two that differ but in their word for a number ("Policy no", "Policy number") are one.
    """
    if tax := tax_number(header):
        return f"tax {tax}"
    thing, counted = _thing(header)
    return _things().get(thing, thing if counted else "")


def is_numbers_own_name(header: str) -> bool:
    """Whether a header has no word for a number: below "Passport" may stand if there is one."""
    thing, counted = _thing(header)
    return not counted and thing in _things()


def _thing(header: str) -> tuple[str, bool]:
    """What a header names without its words for a number, and whether it had any."""
    words = header_words(header)
    if _ALONE.fullmatch(words):
        return "", True
    thing = words if _NO.match(header) else _BEFORE.sub("", words, count=1)
    thing = _BEHIND.sub("", thing)
    return _bare(thing), thing != words
