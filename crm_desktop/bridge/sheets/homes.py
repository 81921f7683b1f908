"""Which country a file's phone numbers belong to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from crm_desktop.bridge.sheets.neighbours import is_dialling_header
from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.sheets.synonyms import find_language, header_words, meanings
from crm_desktop.bridge.values.countries import country_code
from crm_desktop.bridge.values.phones import dialled, fast_e164, looks_like_phone
from crm_desktop.bridge.values.text import cell_text, narrow

# Where people who write a language in their sheets mostly live; the first one is tried first.
_HOMES = {
    "zh": ("CN", "TW", "HK", "MO", "SG", "MY"),
    "pt": ("PT", "BR", "AO", "MZ", "CV"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE"),
    "fr": ("FR", "BE", "CH", "CA"),
    "de": ("DE", "AT", "CH"),
    "it": ("IT", "CH"),
    "ru": ("RU", "KZ", "BY", "UA"),
    "ja": ("JP",),
    "ko": ("KR",),
    "en": ("GB", "US", "IE", "CA", "AU", "NZ", "IN", "ZA"),
}


def countries_of(scan: ScannedSheet, home: str) -> tuple[str, ...]:
    """Home first; another country where most of the sheet's numbers are valid only there."""
    known = (home,) if home else ()
    texts = _phone_texts(scan)
    others = _HOMES.get(find_language(scan.headers), ())
    if len(texts) < 3 or not others or home in others:
        return known
    at_home = _count_valid(texts, home) if home else 0
    if at_home * 2 >= len(texts):
        return known
    best = max(others, key=lambda c: _count_valid(texts, c))
    return (*known, best) if _count_valid(texts, best) * 5 >= len(texts) * 4 else known


# Headers that only one country's sheets have.
_COUNTRY_HEADERS = (
    ("BR", re.compile(
        r"\b(?:cpf|cnpj|rg|cep|uf|ddd|fones?|inscricao estadual|celular|sobrenome|convenio)\b"
    )),
    ("PT", re.compile(
        r"\b(?:nif|nipc|contribuinte|concelho|freguesia|tele(?:movel|moveis)|tlm|morada|apelido)\b"
    )),
    ("MX", re.compile(r"\b(?:rfc|curp|colonia|delegacion)\b")),
    ("ES", re.compile(r"\b(?:dni|nie|cif|movil|poblacion|tfno)\b")),
)  # fmt: skip
_BETWEEN_NUMBERS = re.compile(r"[/;,|\n]|\s-\s")
_FEWEST_DIGITS = 7

# Ends of addresses that anybody may have, wherever he lives.
_SOLD_TO_ALL = frozenset(("ai", "cc", "co", "fm", "gg", "io", "me", "nu", "to", "tv", "ws"))
_MOST_NAMED = 3
_MANY = 0.3

# There the month is written first, or English is what firms write their sheets in.
_ENGLISH = frozenset((*_HOMES["en"], "PH", "MT", "SG", "HK", "NG", "KE", "GH", "PK"))


def country_of_dates(country: str, language: str) -> str:
    """The country whose order of day and month dates in figures have, "" where nobody knows.

    Args:
        country: the owner's, or that of the file's phone numbers; "" for neither.
        language: of the headers. English ones in another country may come from any program.
    """
    return "" if language == "en" and country not in _ENGLISH else country


def guess_country(scans: Iterable[ScannedSheet]) -> tuple[str, bool]:
    """The country whose numbers a file's phone columns hold, and whether they do say so.

    Where they do not, it is where the headers' language is mostly spoken. Numbers with a prefix
    say it themselves; the others count for every country that they are valid in, of those that
    the headers' language or the file's addresses name. Near draws go to the country that the
    addresses name most often, then to the likelier one.
    """
    votes: Counter[str] = Counter()
    homes: dict[str, None] = {}
    named: Counter[str] = Counter()
    scans = list(scans)
    for scan in scans:
        named.update(_named_countries(scan))
        homes.update(dict.fromkeys(_HOMES.get(find_language(scan.headers), ())))
    likely = [country for country, _times in named.most_common(_MOST_NAMED)]
    headed = _headed(scans)
    likely += [country for country in headed if country not in likely]
    for scan in scans:
        countries = {*likely, *_HOMES.get(find_language(scan.headers), ())}
        for text in _phone_texts(scan, abroad=True):
            if text.startswith(("+", "00")):
                votes[_country_of(text)] += 1
            else:
                votes.update(c for c in countries if fast_e164(text, c))
    del votes[""]
    if not votes:
        return next(iter((*likely, *homes)), ""), False
    most = max(votes.values())
    near = [c for c in (*likely, *homes, *votes) if votes[c] * 10 >= most * 8]
    return near[0], True


def _named_countries(scan: ScannedSheet) -> Counter[str]:
    """The countries that many of a sheet's addresses name, in words or by an e-mail's end."""
    named: Counter[str] = Counter()
    for j, header in enumerate(scan.headers):
        field = _field(scan, j, header)
        if field not in ("country", "email"):
            continue
        texts = [narrow(cell_text(value)).strip() for value in scan.column(j)[:300]]
        if field == "email":  # a blank country is home, a blank address none at all
            texts = [text for text in texts if text]
        country = _country_of_mail if field == "email" else country_code
        times = Counter(code for text in texts if (code := country(text)))
        named.update({c: n for c, n in times.items() if n >= len(texts) * _MANY})
    return named


def _country_of_mail(address: str) -> str | None:
    """The country that an e-mail address ends with."""
    end = address.rpartition(".")[2].lower()
    if "@" not in address or len(end) != 2 or end in _SOLD_TO_ALL:
        return None
    return country_code("GB" if end == "uk" else end)


def _phone_texts(scan: ScannedSheet, *, abroad: bool = False) -> list[str]:
    """Phone numbers of the sheet's sample; those with a country's prefix only if wanted."""
    texts: list[str] = []
    for j, header in enumerate(scan.headers):
        if _field(scan, j, header) not in ("phone", "contact"):
            continue
        codes = scan.column(j - 1)[:300] if j and is_dialling_header(scan.headers[j - 1]) else []
        for value, code in zip_longest(scan.column(j)[:300], codes, fillvalue=""):
            whole = dialled(narrow(cell_text(code)).strip(), narrow(cell_text(value)).strip())
            parts = [p.strip() for p in _BETWEEN_NUMBERS.split(whole)]
            parts = [p for p in parts if sum(c.isdigit() for c in p) >= _FEWEST_DIGITS]
            # A number whose own marks part it, and what is no number, is looked at as it stands.
            texts += [
                text
                for text in (parts if len(parts) > 1 else [whole])
                if text and (abroad or not text.startswith(("+", "00")))
            ]
    return texts


def _field(scan: ScannedSheet, j: int, header: str) -> str:
    """What a column's header says that it holds; without one, what its cells look like."""
    if header:
        found = meanings(header)
        return found[0].field if found else ""
    texts = [t for v in scan.column(j)[:50] if (t := narrow(cell_text(v)).strip())]
    if len(texts) < 3:
        return ""
    for field, test in (("email", _has_at), ("phone", looks_like_phone)):
        if sum(1 for t in texts if test(t)) >= 0.8 * len(texts):
            return field
    return ""


def _has_at(text: str) -> bool:
    return "@" in text


def _headed(scans: Sequence[ScannedSheet]) -> list[str]:
    """The countries whose own words stand in the headers, most words first."""
    words = [header_words(h) for scan in scans for h in scan.headers if h]
    counts = Counter(
        {c: sum(1 for w in words if pattern.search(w)) for c, pattern in _COUNTRY_HEADERS}
    )
    return [country for country, n in counts.most_common() if n]


def _country_of(text: str) -> str:
    """The country of a number with a prefix, "" for a number that is none."""
    number = fast_e164("+" + text.lstrip("+0"), "")
    if number is None:
        return ""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for length in (1, 2, 3):
        if regions := COUNTRY_CODE_TO_REGION_CODE.get(int(number[1 : 1 + length])):
            return regions[0]
    return ""


def _count_valid(texts: Sequence[str], country: str) -> int:
    return sum(1 for text in texts if fast_e164(text, country))
