"""Of which kind a column's values are, for a field of the owner's own.

Cautious on purpose: a code read as a number loses its zeros, a postcode summed up is nonsense.
What is not surely of another kind is text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.bridge.sheets.profile import is_portuguese_tax_number
from crm_desktop.bridge.sheets.synonyms import header_key, header_words
from crm_desktop.bridge.values.canonical import (
    CHOICES_SPLIT,
    canonical,
    read_link,
    yes_or_no,
)
from crm_desktop.bridge.values.currencies import currency_in, home_currency
from crm_desktop.bridge.values.date_columns import DateColumn
from crm_desktop.bridge.values.dates import ROC, YMD, read_when, says_no_date
from crm_desktop.bridge.values.emails import is_email
from crm_desktop.bridge.values.moneywords import names_money
from crm_desktop.bridge.values.numbers import NumberColumn
from crm_desktop.bridge.values.phones import read_phones
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, narrow, tidy_line, tidy_text
from crm_desktop.domain.fields import PLAIN, FieldKind, Reading

_SURE = 0.95
_ODD = 0.12  # words among dates that leave them a column of dates …
_ODD_DATES = 0.3  # … where the header speaks of dates
_MOST_VALUES = 2000
_LONG = 80  # letters that make a text long, on the average
_VERY_LONG = 250
_FEW = 12  # words of a choice
_LONGEST_CHOICE = 40
_FEWEST_CODES = 5
_FIGURE = re.compile(r"\d")
_LONGEST_CODE = 7  # digits that a plain whole number has at most

_CODE_WORDS = re.compile(
    r"\b(?:code|codigo|cod|ref|reference|referencia|id|nif|nipc|cif|cpf|cnpj|vat|iva|tax|fiscal|"
    r"contribuinte|passport|passaporte|doc|document|documento|bi|cc|cartao|card|zip|postal|postcode|"
    r"cep|plz|iban|nib|swift|account|conta|matricula|plate|serial|serie|sku|ean|isbn|processo|inscricao|"
    r"nr|no|numero|number|num|year|ano|phone|room|quarto|voo|flight|apolice|policy)\b|"
    r"编号|編號|号码|號碼|证|證|卡号|代码|代碼|邮编|税号|护照|身份证|工号|学号|序号|账号|帐号|房号|车牌|年份|"
    r"年度|单号|№"
)
_QUANTITY_WORDS = re.compile(
    r"\b(?:numero de|number of|no of|num de|n de|qty|quantity|quantidade|qtd|total|amount|valor|"
    r"price|preco|saldo|balance|points|pontos|age|idade|visits|visitas)\b|数量|次数|人数|金额|价格|积分|年龄"
)
_DATE_WORDS = re.compile(
    r"\b(?:date|data|fecha|datum|since|desde|birthday|aniversario|nascimento|until|ate|expiry|"
    r"validade|day|dia|seit|depuis)\b|日期|时间|時間|生日|日$|有效期|到期"
)
_PHONE_WORDS = re.compile(
    r"phone|telef|telem|\btel\b|\btlm\b|movil|mobile|celular|fax|whats|电话|手机|传真"
)
_FIGURES = re.compile(r"-?\d+(?:[.,]\d+)?")
_STRONG_DATE = re.compile(
    r"\d{4}|\d{1,2}[./\-]\d{1,2}[./\-]'?\d{2}(?!\d)|[^\W\d_]{3}|[年月]", re.IGNORECASE
)
_SHORT_YEAR = re.compile(r"\d{2,3}[./\-]\d{1,2}[./\-]\d{1,2}")
_BARE_DATE = re.compile(r"\d(?:[./\-\s]\d){2}")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d|2100")
_EIGHT = re.compile(r"(?:19|20)\d{6}")
_MARKED = re.compile(r"^\+|^00|\d[\s()\-]+\d")


class Understanding(NamedTuple):
    """What a column's values are.

    Attributes:
        kind: of nearly all of them.
        reading: how they are read, for `canonical`; `reading.currency` is the money's.
        share: of the filled cells (0 to 1) that are of the kind.
        undecided: texts to ask the user with, where the order of the dates or the decimal mark
            is a guess.
    """

    kind: FieldKind
    reading: Reading = PLAIN
    share: float = 1.0
    undecided: tuple[str, ...] = ()


def value_kind(values: Sequence[Value], header: str = "") -> FieldKind:
    """The kind of a column's values; text where it is not sure."""
    return understand(values, header=header).kind


def understand(
    values: Sequence[Value],
    *,
    header: str = "",
    countries: Sequence[str] = (),
    language: str = "",
    epoch_1904: bool = False,
    shown: str = "",
) -> Understanding:
    """Tell the kind of a column's values and how they are to be read.

    Args:
        values: the cells, or an evenly spread sample of them.
        header: the column's; it may name a currency, or say that figures are codes.
        countries: ISO codes of the file's countries, the likeliest first.
        language: of the headers.
        epoch_1904: spreadsheet's day numbers count from 1904.
        shown: the currency that the numbers' format shows; such figures are no codes.
    """
    cells = [v for v in values if not is_blank(v)]
    step = max(1, len(cells) // _MOST_VALUES)
    cells = cells[::step]
    if not cells:
        return Understanding(FieldKind.TEXT)
    column = _Column(cells, header, tuple(countries), language, epoch_1904, shown)
    for look in (_links, _emails, _yes_no, _dates, _phones, _numbers, _long_text, _choices):
        if (found := look(column)) is not None:
            return found
    return Understanding(FieldKind.TEXT)


class _Column:
    """The cells of a column with what several of the looks need."""

    def __init__(
        self,
        cells: Sequence[Value],
        header: str,
        countries: tuple[str, ...],
        language: str,
        epoch_1904: bool,
        shown: str,
    ) -> None:
        self.cells = cells
        self.header = header
        self.words = header_words(header)
        self.countries = countries
        self.country = countries[0] if countries else ""
        self.language = language
        self.epoch_1904 = epoch_1904
        self.shown = shown
        self.raw = [tidy_text(cell_text(v)) for v in cells]
        self.texts = [narrow(t) for t in self.raw]
        self.count = len(cells)
        self.enough = self.count >= 3

    def only(self, places: Sequence[int]) -> _Column:
        """The column with some of its cells alone."""
        cells = [self.cells[i] for i in places]
        return _Column(
            cells, self.header, self.countries, self.language, self.epoch_1904, self.shown
        )

    def share(self, found: int) -> float:
        return found / self.count


def _links(column: _Column) -> Understanding | None:
    if not all("." in t for t in column.texts[:3]):
        return None
    share = column.share(sum(1 for t in column.texts if "." in t and read_link(t)))
    return Understanding(FieldKind.LINK, share=share) if share >= _SURE else None


def _emails(column: _Column) -> Understanding | None:
    share = column.share(sum(1 for t in column.texts if "@" in t and is_email(t)))
    return Understanding(FieldKind.EMAIL, share=share) if share >= _SURE else None


def _yes_no(column: _Column) -> Understanding | None:
    if all(isinstance(v, bool) for v in column.cells):
        return Understanding(FieldKind.YES_NO)
    words = Counter(t.casefold() for t in column.texts)
    if len(words) > 6:
        return None
    said = {word: yes_or_no(word) for word in words}
    if any(answer is None for answer in said.values()):
        return None
    both = len(set(said.values())) == 2
    # "N" alone may be north, "M"/"F" are never here; a cross or a tick alone is an answer.
    sure = both or any(len(w) > 1 or w in "x✓✔√☑✅是否" for w in words)
    if not sure or all(w in "-–—×" for w in words):
        return None
    return Understanding(FieldKind.YES_NO)


def _dates(column: _Column) -> Understanding | None:
    column, aside = _without_odd_ones(column)
    # Any number may be a day's; only the header or eight figures make it one.
    figures = sum(1 for t in column.texts if _FIGURES.fullmatch(t))
    if figures * 20 > column.count and not _are_days(column):
        return None
    if not column.enough and not _are_surely_dates(column):
        return None
    dates = DateColumn(
        country=column.country,
        language=column.language,
        epoch_1904=column.epoch_1904,
        header=column.header,
    )
    dates.feed(column.cells)
    found = dates.decide()
    if found.share < _SURE or found.whole < 0.8 * found.dates or found.against:
        return None
    in_roc_years = found.order == ROC and (
        column.country == "TW" or bool(_DATE_WORDS.search(column.words))
    )
    # 24.3.1 under a Chinese header is a day; elsewhere it may as well be a version.
    year_first = in_roc_years or (found.order == YMD and column.language == "zh")
    strong = sum(
        1
        for v, t in zip(column.cells, column.texts, strict=True)
        if isinstance(v, dt.date)
        or (_STRONG_DATE.search(t) and not _BARE_DATE.fullmatch(t))
        or _FIGURES.fullmatch(t)
        or (year_first and _SHORT_YEAR.fullmatch(t))
    )
    if strong < 0.8 * found.dates:
        return None
    reading = Reading(order=found.order, epoch_1904=column.epoch_1904)
    asked = found.examples if found.why.value == "undecided" else ()
    share = found.share * column.count / (column.count + aside)
    return Understanding(FieldKind.DATE, reading, share, asked)


def _are_surely_dates(column: _Column) -> bool:
    """Whether one or two cells are dates: typed so, or written out under a header of days."""
    named = bool(_DATE_WORDS.search(column.words))
    return all(
        isinstance(v, dt.date) or (named and _STRONG_DATE.search(t) and not _BARE_DATE.fullmatch(t))
        for v, t in zip(column.cells, column.texts, strict=True)
    )


def _without_odd_ones(column: _Column) -> tuple[_Column, int]:
    """The column without bare years and a few words, where the other cells tell what it is.

    "2012" and "expired" among dates neither make texts nor numbers of these.

    Returns:
        The column, and how many words are not in it.
    """
    years = [bool(_BARE_YEAR.fullmatch(t)) for t in column.texts]
    words = [
        not any(map(str.isdigit, t)) and not says_no_date(t) and read_when(t) is None
        for t in column.texts
    ]
    kept = [i for i, odd in enumerate(zip(years, words, strict=True)) if not any(odd)]
    odd = sum(words)
    most = _ODD_DATES if _DATE_WORDS.search(column.words) else _ODD
    if len(kept) == column.count or len(kept) < max(3, 2 * sum(years)) or odd > most * column.count:
        return column, 0
    return column.only(kept), odd


def _are_days(column: _Column) -> bool:
    """Whether numbers are days: 19980305, or day numbers under a header that says so."""
    figures = [t for t in column.texts if _FIGURES.fullmatch(t)]
    if all(_EIGHT.fullmatch(t) for t in figures):
        return True
    return bool(_DATE_WORDS.search(column.words)) and all(
        10_000 <= float(t.replace(",", ".")) <= 60_000 for t in figures
    )


def _phones(column: _Column) -> Understanding | None:
    texts = column.texts
    digits = [sum(c.isdigit() for c in t) for t in texts]
    if column.share(sum(1 for n in digits if 7 <= n <= 40)) < _SURE:
        return None
    named = bool(_PHONE_WORDS.search(column.words))
    taxes = column.share(sum(1 for t in texts if is_portuguese_tax_number(t.replace(" ", ""))))
    if not named and (
        taxes > 0.5 or column.share(sum(1 for t in texts if _MARKED.search(t))) < 0.8
    ):
        return None
    good = 0
    for text in texts[:300]:
        phones = read_phones(text, column.countries)
        good += all(phone.value for phone in phones)
    share = good / min(column.count, 300)
    if share < _SURE:
        return None
    return Understanding(FieldKind.PHONE, Reading(countries=column.countries), share)


def _numbers(column: _Column) -> Understanding | None:
    numbers = NumberColumn(country=column.country, language=column.language)
    numbers.feed(column.cells)
    found = numbers.decide()
    if found.share < _SURE or found.percents or not column.enough or found.against:
        return None
    named = currency_in(column.header, column.country)
    asked = found.examples if found.by.value == "undecided" else ()
    # One sign among bare figures is enough where the header names the same currency, or speaks of
    # money at all and the sign is that of the country's own.
    own = home_currency(column.country) if names_money(column.words) else ""
    mostly = found.money * 2 >= found.numbers or (
        found.money and found.currency in (named, own) and found.currency
    )
    if mostly and (found.currency or found.money == found.numbers):
        reading = Reading(
            decimal=found.decimal, currency=found.currency, countries=column.countries
        )
        return Understanding(FieldKind.MONEY, reading, found.share, asked)
    if found.money or (not column.shown and _may_be_codes(column)):
        return None
    reading = Reading(decimal=found.decimal, currency=named, countries=column.countries)
    if named:
        return Understanding(FieldKind.MONEY, reading, found.share, asked)
    return Understanding(FieldKind.NUMBER, reading, found.share, asked)


def _may_be_codes(column: _Column) -> bool:
    """Whether figures name something instead of counting it."""
    quantity = bool(_QUANTITY_WORDS.search(column.words))
    if _CODE_WORDS.search(column.words) and not quantity:
        return True
    texts = column.texts
    if any(len(t) > 1 and t[0] == "0" and t.isdigit() for t in texts):
        return True
    plain = [t for t in texts if t.isdigit()]
    if any(len(t) > _LONGEST_CODE for t in plain):
        return True
    if not quantity and _have_one_pattern(texts):
        return True
    if not plain or any(not t.isdigit() and any(map(str.isdigit, t)) for t in texts):
        return False
    if all(len(t) == 4 and 1900 <= int(t) <= 2100 for t in plain):
        return not names_money(column.words)
    if quantity:
        return False
    lengths = {len(t) for t in plain}
    different = len(set(plain)) / len(plain)
    # Postcodes and article numbers have one length; row numbers are each there once.
    if len(lengths) == 1 and lengths.pop() >= 4 and not names_money(column.words):
        return True
    if different == 1.0 and len(plain) > 10:
        steps = sum(1 for a, b in pairwise(plain) if int(b) == int(a) + 1)
        return steps > 0.8 * (len(plain) - 1)
    return False


def _have_one_pattern(texts: Sequence[str]) -> bool:
    """Whether all are long and in the same groups (256.455.945.200), as no amounts would be."""
    patterns = {_FIGURE.sub("0", t) for t in texts}
    return len(texts) >= _FEWEST_CODES and len(patterns) == 1 and patterns.pop().count("0") >= 9


def _long_text(column: _Column) -> Understanding | None:
    lengths = [len(t) for t in column.raw]
    broken = sum(1 for t in column.raw if "\n" in t)
    if (
        sum(lengths) / column.count > _LONG
        or max(lengths) > _VERY_LONG
        or broken * 10 > len(lengths)
    ):
        return Understanding(FieldKind.LONG_TEXT)
    return None


def _choices(column: _Column) -> Understanding | None:
    """Few words, often repeated: one a cell, or several."""
    texts = [tidy_line(t) for t in column.raw]
    # Figures name things that a list of words does not.
    if column.count < 8 or sum(1 for t in texts if any(c.isdigit() for c in t)) * 10 > column.count:
        return None
    parts = [[p for p in CHOICES_SPLIT.split(t) if p] for t in texts]
    several = sum(1 for cell in parts if len(cell) > 1)
    every = [p for cell in parts for p in cell]
    words = _usual_words(every) if several * 5 >= column.count else ()
    alone = {header_key(cell[0]) for cell in parts if len(cell) == 1}
    # A comma inside one word ("Lisboa, Portugal") has parts that never stand alone.
    if len(words) * 5 <= len(every) and sum(header_key(w) in alone for w in words) * 2 > len(words):
        return Understanding(FieldKind.CHOICES, Reading(choices=words))
    whole = _usual_words(texts)
    if whole and len(whole) * 4 <= column.count:
        return Understanding(FieldKind.CHOICE, Reading(choices=whole))
    return None


def _usual_words(texts: Sequence[str]) -> tuple[str, ...]:
    """The words of a choice in their usual writing, the most frequent first; () for too many."""
    writings: dict[str, Counter[str]] = {}
    for text in texts:
        if len(text) > _LONGEST_CHOICE or not (key := header_key(text)):
            return ()
        writings.setdefault(key, Counter())[text] += 1
        if len(writings) > 2 * _FEW:
            return ()
    counts = {key: sum(found.values()) for key, found in writings.items()}
    repeated = [key for key, n in counts.items() if n > 1]
    if len(writings) > _FEW or len(writings) < 2 or len(repeated) * 3 < len(writings) * 2:
        return ()
    order = sorted(counts, key=lambda key: -counts[key])
    return tuple(writings[key].most_common(1)[0][0] for key in order)


__all__ = ["FieldKind", "Reading", "Understanding", "canonical", "understand", "value_kind"]
