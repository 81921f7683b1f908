"""What a column holds, told from an evenly spread sample of its cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from crm_desktop.bridge.sheets.synonyms import KINDS, header_key, stages_beside
from crm_desktop.bridge.values.dates import read_date
from crm_desktop.bridge.values.emails import read_emails
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.phones import fast_e164, looks_like_phone
from crm_desktop.bridge.values.text import Value, cell_text, has_cjk, is_blank, narrow, tidy_line

_MOST = 400

_ORGANISATION = re.compile(
    r"\b(?:l\.?da|lda|s\.?\s?a|unip(?:essoal)?|ltda|ltd|limited|inc|llc|llp|plc|corp|"
    r"corporation|gmbh|ag|kg|ohg|ug|"
    r"s\.?r\.?l|s\.?p\.?a|s\.?l|sarl|sas|eurl|b\.?v|n\.?v|oy|ab|pty|co|e\.?v|eireli|"
    r"associa[cç][aã]o|"
    r"hotel|hostel|restaurante|caf[eé]|cl[ií]nica|escola|col[eé]gio|c[aâ]mara|"
    r"junta de freguesia|universidade|"
    r"university|school|clinic|hospital|bank|banco|group|grupo|holdings?|services|solutions|"
    r"travel|tours|agency|"
    r"studio|foundation|funda[cç][aã]o|institut\w*|minist\w*|sociedade|irm[aã]os|filhos|& sons|"
    r"partners|consult\w*)\b\.?"
    r"|公司|集团|有限|企业|工厂|商行|酒店|宾馆|饭店|旅行社|学校|大学|中学|小学|医院|诊所|银行|"
    r"协会|中心|事务所|工作室|商店|店$|厂$|局$|委员会|"
    r"株式会社|주식회사",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\d{4}-\d{3}(?:\s+[^\W\d].*)?|[^\W\d][^\d,;]*[,\s]+\d{4}-\d{3}|\d{4,6}|\d{5}-\d{3,4}|[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|"
    r"[A-Z]\d[A-Z]\s*\d[A-Z]\d|"
    r"[A-Z]\d[\dW]\s?[A-Z\d]{4}|"
    r"\d{4}\s?[A-Z]{2}|\d{3}\s\d{2}|[A-Z]{1,2}-\d{4,5}",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:rua|r\.|av\.?|avenida|travessa|tv\.?|largo|pra[cç]a|estrada|alameda|cal[cç]ada|beco|"
    r"urb\.?|quinta|lote|bairro|"
    r"street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?|court|place|square|boulevard|"
    r"blvd\.?|way|terrace|"
    r"calle|c/|plaza|paseo|carrer|rue|chemin|impasse|quai|via|viale|piazza|corso)\b|stra(?:ss|"
    r"ß)e|str\.|weg\b|platz\b|"
    r"路|街|巷|弄|号|號|大道|小区|花园|楼|室|村|胡同|段|道\b",
    re.IGNORECASE,
)
_PERSON_LATIN = re.compile(r"[^\W\d_][^\W\d_'’.\-]*(?:[ '’.\-]+[^\W\d_][^\W\d_'’.\-]*){0,6}\.?")
_PERSON_CJK = re.compile(r"[\u3400-\u9fff·]{2,4}|[\u3400-\u9fff·]{5,14}|[\uac00-\ud7a3]{2,4}")
_WEEKDAY = re.compile(r"(?:周|週|星期|礼拜|禮拜)(?:[一二三四五六日天末]|几|幾)?")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤張劉陳楊黃趙吳孫馬鄭謝許鄧"
    "韓馮蕭葉蘇呂盧鍾譚陸韋賈鄒龍賀顧龔萬錢嚴湯欧歐阳陽司徒诸諸葛上官黃羅温溫施洪翁柯倪涂骆项祝伍庄齐左文牛樊葛岳温"
)


class Profile(NamedTuple):
    """Shares (0 to 1) of a column's filled cells, by what they look like.

    Attributes:
        filled: sampled cells that hold anything.
        distinct: share of different texts.
        length: mean length of the texts.
        dates: date cells, or texts that read as dates.
        typed_dates: cells that the spreadsheet itself types as dates.
        birthdays: dates, with or without a year.
        phones: cells with the shape of a phone number; `valid_phones` of them are valid in
            the home country or carry their own prefix; `marked_phones` have a plus or spaces.
    """

    filled: int = 0
    distinct: float = 0.0
    length: float = 0.0
    emails: float = 0.0
    phones: float = 0.0
    valid_phones: float = 0.0
    marked_phones: float = 0.0
    dates: float = 0.0
    typed_dates: float = 0.0
    birthdays: float = 0.0
    numbers: float = 0.0
    postcodes: float = 0.0
    streets: float = 0.0
    persons: float = 0.0
    organisations: float = 0.0
    suffixes: float = 0.0
    stages: float = 0.0
    kinds: float = 0.0
    cjk: float = 0.0
    words: float = 0.0
    tax_numbers: float = 0.0


def profile(values: Sequence[Value], countries: Sequence[str]) -> Profile:
    """Profile a column.

    Args:
        values: its cells, a sample where the column is long.
        countries: ISO codes that national phone numbers may belong to.
    """
    cells = [v for v in values if not is_blank(v)]
    if not cells:
        return Profile()
    typed = sum(1 for v in cells if isinstance(v, dt.date)) / len(cells)
    all_texts = [tidy_line(cell_text(v)) for v in cells]
    distinct = len(set(all_texts)) / len(all_texts)
    step = max(1, len(all_texts) // _MOST)
    texts = [t for t in all_texts[::step] if t]
    if not texts:
        return Profile()
    narrowed = [narrow(t) for t in texts]
    count = len(texts)

    def share(test: Callable[[str], object], items: list[str] = texts) -> float:
        return sum(1 for t in items if test(t)) / count

    stages = stages_beside(texts)
    emails = share(lambda t: "@" in t and read_emails(t)[0][1] is not None)
    phones = share(_phone_shaped, narrowed)
    return Profile(
        filled=len(cells),
        distinct=distinct,
        length=sum(map(len, texts)) / count,
        emails=emails,
        phones=phones,
        valid_phones=share(lambda t: _valid(t, countries), narrowed) if phones > 0.1 else 0.0,
        marked_phones=share(_marked, narrowed) if phones > 0.1 else 0.0,
        dates=max(typed, share(_is_date, narrowed)),
        typed_dates=typed,
        birthdays=max(typed, share(_is_birthday, narrowed)),
        numbers=share(_is_number, narrowed),
        postcodes=share(_POSTCODE.fullmatch, narrowed),
        streets=share(lambda t: len(t) > 5 and _STREET.search(t)),
        persons=share(is_person_name),
        organisations=share(looks_like_organisation),
        suffixes=share(is_organisation_name),
        stages=share(lambda t: header_key(t) in stages),
        kinds=share(lambda t: header_key(t) in KINDS),
        cjk=share(has_cjk),
        words=sum(t.count(" ") + 1 for t in texts) / count,
        tax_numbers=share(is_portuguese_tax_number, narrowed),
    )


def _phone_shaped(text: str) -> bool:
    if looks_like_phone(text):
        return True
    digits = sum(c.isdigit() for c in text)
    return 7 <= digits <= 60 and digits * 2 >= len(text) and "@" not in text and not _is_date(text)


def _valid(text: str, countries: Sequence[str]) -> bool:
    return any(fast_e164(text, country) for country in countries)


def _marked(text: str) -> bool:
    """Written as only phone numbers are: with a plus, or in groups."""
    return text.startswith(("+", "00", "(")) or (
        sum(c.isdigit() for c in text) >= 7
        and any(c in " /-." for c in text)
        and not _is_date(text)
    )


def _is_date(text: str) -> bool:
    if not text[:1].isalnum() or len(text) < 4 or (text.isdigit() and len(text) != 8):
        return False
    return read_date(text) is not None or read_date(text, "MDY") is not None


def _is_birthday(text: str) -> bool:
    if read_date(text, birthday=True) is not None:
        return True
    # 74/03/12 begins with its year.
    return text[:2].isdigit() and read_date(text, "YMD", birthday=True) is not None


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).lstrip("-").isdigit()


def is_person_name(text: str) -> bool:
    """Whether a text may be the name of a human being."""
    if _PERSON_CJK.fullmatch(text):
        if _WEEKDAY.fullmatch(text):
            return False  # 周 is a surname, too
        return len(text) <= 4 and (text[0] in _SURNAMES or "\uac00" <= text[0] <= "\ud7a3")
    bare = text.replace(",", " ").replace("  ", " ")
    if len(text) > 60 or not _PERSON_LATIN.fullmatch(bare):
        return False
    # Sentences have long words in lower case; names at most "dos", "van", "della".
    if any(len(word) > 5 and word[0].islower() for word in bare.split()):
        return False
    return text[0].isupper() and not is_organisation_name(text)


def looks_like_organisation(text: str) -> bool:
    """Whether a name has a word that names of firms and institutions have."""
    return _ORGANISATION.search(text) is not None


def is_portuguese_tax_number(text: str) -> bool:
    """Check digit of the NIF: weights 9 to 2, modulo 11."""
    if len(text) != 9 or not text.isdecimal() or not text.isascii():
        return False
    rest = sum(int(d) * w for d, w in zip(text, range(9, 1, -1), strict=False)) % 11
    return int(text[8]) == (0 if rest < 2 else 11 - rest)
