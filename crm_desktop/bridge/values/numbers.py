"""Numbers as people write them: decimal commas, thousands marks, currencies, Chinese numerals.

Whether 1.234 is a thousand or one and a bit is decided per column (`NumberColumn`), never per
cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.bridge.values.currencies import AFTER, BEFORE, currency_code
from crm_desktop.bridge.values.numerals import CHARACTERS, chinese_number
from crm_desktop.bridge.values.text import Value, narrow, tidy_line

POINT, COMMA = ".", ","
_COMMA_COUNTRIES = frozenset(
    "PT BR AO MZ CV ES AR CL CO UY PY VE FR BE DE AT IT NL LU SE NO DK FI IS PL CZ SK HU RO BG GR "
    "RU UA BY TR SI HR RS EE LV LT ID VN".split()
)
_COMMA_LANGUAGES = frozenset("pt es fr de it nl ru pl sv da nb fi tr cs el ro hu".split())
_POINT_LANGUAGES = frozenset("en zh ja ko th he".split())
_ENOUGH = 3  # different numbers in groups of three that make the mark one of thousands

_FIGURES = re.compile(r"\d[\d.,'’\s]*|[.,]\d+")
_PLAIN = re.compile(r"-?\d+")
_MINUS = str.maketrans("−–‒﹣", "----")
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?:\D|$))")
_GROUPED = {
    POINT: re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d?(?:\.\d{2})+\.\d{3}"),
    COMMA: re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3}"),
}
_UNCLEAR = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_ESCUDOS = re.compile(r"(\d{1,3}(?:[.\s]?\d{3})*)\$(\d{2})")
_DASH_CENTS = re.compile(r"[.,][-–—]+$")
_SCALES = {
    **{"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8},
    **{"百万": 10**6, "百萬": 10**6, "千万": 10**7, "千萬": 10**7, "十万": 10**5, "十萬": 10**5},
}
_SCALE = re.compile(r"\s*(百万|百萬|千万|千萬|十万|十萬|十|百|千|万|萬|亿|億)")
_WORD_SCALE = re.compile(r"\s*(mil|k|mio|mln|milh(?:ão|ões)|million)\b\.?", re.IGNORECASE)
_WORD_SCALES = {"mil": 1000, "k": 1000}
_LONGEST = 60


class Number(NamedTuple):
    """A number as somebody wrote it.

    Attributes:
        value: of a percentage, what stands before the sign: 12.5 of "12,5 %".
        currency: ISO 4217, "" for none.
        percent: whether a percent sign stands behind it.
    """

    value: Decimal
    currency: str = ""
    percent: bool = False


class DecidedBy(StrEnum):
    """What decided between decimal comma and decimal point."""

    WRITTEN = "written"  # no value leaves a choice
    PLACES = "places"  # both marks in one number, or other than three figures behind one
    GROUPS = "groups"  # groups of three everywhere
    LOCALE = "locale"
    UNDECIDED = "undecided"


class NumberDecision(NamedTuple):
    """How a column's numbers are to be read.

    Attributes:
        decimal: "." or ",", for `read_number`; a guess where undecided.
        by: what decided it.
        examples: at most two of the column's texts that both can read.
        filled: cells that hold anything.
        numbers: how many of them are numbers.
        against: how many only the other mark could read.
        currency: that of the cells that name one, "" where they name none or several.
        money: cells that name a currency; `percents` have a percent sign.
    """

    decimal: str
    by: DecidedBy
    examples: tuple[str, ...] = ()
    filled: int = 0
    numbers: int = 0
    against: int = 0
    currency: str = ""
    money: int = 0
    percents: int = 0

    @property
    def share(self) -> float:
        """The share (0 to 1) of filled cells that are numbers."""
        return self.numbers / self.filled if self.filled else 0.0


def known_decimal(country: str, language: str = "") -> str:
    """The decimal mark of a country, or else of a language; "" where neither is known."""
    if country:
        return COMMA if country in _COMMA_COUNTRIES else POINT
    if language[:2] in _COMMA_LANGUAGES:
        return COMMA
    return POINT if language[:2] in _POINT_LANGUAGES else ""


def read_number(text: str, decimal: str = POINT, *, country: str = "") -> Number | None:
    """Read a number with all that may stand beside it.

    Args:
        text: the cell's text.
        decimal: the decimal mark, "." or ",".
        country: ISO code, for the signs of several currencies.

    Returns:
        None where the text is no number, or has a unit or other words.
    """
    if _PLAIN.fullmatch(text) and text.isascii() and len(text) <= _LONGEST:
        return Number(Decimal(text))
    pieces = _take_apart(text, country)
    if pieces is None:
        return None
    body, currency, percent, negative, scale = pieces
    value = _value(body, decimal)
    if value is None:
        return None
    if scale != 1:
        value = _whole(value * scale)
    return Number(-value if negative else value, currency, percent)


def _whole(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == int(value) else value


def _take_apart(text: str, country: str) -> tuple[str, str, bool, bool, int] | None:
    """The figures of a number, its currency, percent sign, minus and scale."""
    if len(text) > _LONGEST:
        return None
    text = narrow(text.translate(_MINUS)).translate(_MINUS).strip()
    if not text:
        return None
    if match := _ESCUDOS.fullmatch(text):
        cents = "" if match.group(2) == "00" else POINT + match.group(2)
        return re.sub(r"[.\s]", "", match.group(1)) + cents, "PTE", False, False, 1
    negative = False
    if text[0] == "(" and text[-1] == ")":
        negative, text = True, text[1:-1].strip()
    if text and text[0] in "+-":
        if negative:
            return None
        negative, text = text[:1] == "-", text[1:].strip()
    currency = ""
    if match := BEFORE.match(text):
        currency, text = match.group("word"), text[match.end() :].strip()
        if text and text[0] in "+-":
            if negative:
                return None
            negative, text = text[0] == "-", text[1:].strip()
    figures = _FIGURES.match(text)
    body = figures.group().rstrip(" ") if figures else ""
    if figures is None:
        size = next((i for i, c in enumerate(text) if c not in CHARACTERS), len(text))
        number = chinese_number(text[:size])
        if number is None:
            return None
        body, text = str(number), text[size:]
    else:
        text = text[len(body) :]
        if body[-1] in ".,":
            # "1.234,-" and "1.234,--" have no cents.
            if not _DASH_CENTS.fullmatch((body[-1] + text.lstrip())[:3].rstrip()):
                return None
            body, text = body[:-1], text.lstrip(" -–—")
    scale = 1
    if match := _SCALE.match(text):
        scale, text = _SCALES[match.group(1)], text[match.end() :]
    elif match := _WORD_SCALE.match(text):
        scale = _WORD_SCALES.get(match.group(1).lower(), 10**6)
        text = text[match.end() :]
        if not currency and not AFTER.match(text.removeprefix(" de")):
            return None
        text = text.removeprefix(" de")
    if match := AFTER.match(text):
        behind = match.group("word")
        if currency and currency_code(behind, country) != currency_code(currency, country):
            return None
        currency, text = currency or behind, text[match.end() :]
    text = text.strip()
    percent = text in ("%", "pct", "p.c.")
    if percent:
        text = ""
    if text == "-" and not negative:
        negative, text = True, ""
    elif text in ("整", "正") and currency:
        text = ""
    if text or (percent and currency):
        return None
    return body, currency_code(currency, country) if currency else "", percent, negative, scale


def _value(body: str, decimal: str) -> Decimal | None:
    """The value of figures with their marks; None where they make no sense."""
    if body.isdigit():
        return Decimal(body)
    body = _SPACES.sub("", body)
    other = COMMA if decimal == POINT else POINT
    whole, mark, part = body.partition(decimal)
    if mark and (decimal in part or other in part):
        # A mark that occurs twice can only be one of thousands, whatever the column says.
        if other not in body and _GROUPED[decimal].fullmatch(body):
            return Decimal(body.replace(decimal, ""))
        whole, mark, part = body.rpartition(other)
        if not mark or other in whole or not part.isdigit():
            return None
        return _joined(whole, part, decimal)
    if mark and not part.isdigit():
        return None
    if not mark and other in body and not _GROUPED[other].fullmatch(body):
        whole, _mark, part = body.partition(other)
        # Two figures behind the other mark are cents all the same; three would be a group.
        group = len(part) == 3 and whole not in ("", "0")
        if other in part or not part.isdigit() or group:
            return None
        return _joined(whole, part, decimal)
    return _joined(whole, part, other)


def _joined(whole: str, part: str, thousands: str) -> Decimal | None:
    if whole and not whole.isdigit():
        if not _GROUPED[thousands].fullmatch(whole):
            return None
        whole = whole.replace(thousands, "")
    return Decimal(f"{whole or '0'}.{part}" if part else whole)


class NumberColumn:
    """Collects a column's values and then says how its numbers are meant."""

    def __init__(self, *, country: str = "", language: str = "") -> None:
        """Begin a column of a file of a country and a language, "" where they are not known."""
        self._country = country
        self._locale = known_decimal(country, language)
        self._filled = self._numbers = self._money = self._percents = 0
        self._clear = {POINT: 0, COMMA: 0}
        self._unclear: dict[str, set[str]] = {POINT: set(), COMMA: set()}
        self._examples: dict[str, None] = {}
        self._currencies: set[str] = set()

    def feed(self, values: Iterable[Value]) -> None:
        """Take in cells; numbers that the spreadsheet itself types decide nothing."""
        for value in values:
            if value is None or value == "":
                continue
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                self._filled += 1
                self._numbers += 1
            elif isinstance(value, str):
                self._text(value)
            else:
                self._filled += 1

    def _text(self, text: str) -> None:
        text = tidy_line(text)
        if not text:
            return
        self._filled += 1
        if _PLAIN.fullmatch(text):
            self._numbers += 1
            return
        pieces = _take_apart(text, self._country)
        if pieces is None:
            return
        body, currency, percent, _negative, _scale = pieces
        if _value(body, POINT) is None and _value(body, COMMA) is None:
            return
        self._numbers += 1
        self._percents += percent
        if currency:
            self._money += 1
            self._currencies.add(currency)
        mark = _decimal_of(_SPACES.sub("", body))
        if mark in self._clear:
            self._clear[mark] += 1
        elif mark:
            kind = COMMA if COMMA in body else POINT
            if len(self._unclear[kind]) < _ENOUGH:
                self._unclear[kind].add(body)
            if len(self._examples) < 2:
                self._examples[text] = None

    def decide(self) -> NumberDecision:
        """Say how the column's numbers are meant; more can be fed afterwards."""
        decimal, by = self._decimal()
        other = COMMA if decimal == POINT else POINT
        return NumberDecision(
            decimal=decimal,
            by=by,
            examples=tuple(self._examples),
            filled=self._filled,
            numbers=self._numbers,
            against=self._clear[other],
            currency=next(iter(self._currencies)) if len(self._currencies) == 1 else "",
            money=self._money,
            percents=self._percents,
        )

    def _decimal(self) -> tuple[str, DecidedBy]:
        points, commas = self._clear[POINT], self._clear[COMMA]
        if points or commas:
            if points == commas:
                return self._locale or POINT, DecidedBy.PLACES
            return POINT if points > commas else COMMA, DecidedBy.PLACES
        with_point, with_comma = self._unclear[POINT], self._unclear[COMMA]
        if not with_point and not with_comma:
            return self._locale or POINT, DecidedBy.WRITTEN
        if not with_comma and len(with_point) >= _ENOUGH:
            return COMMA, DecidedBy.GROUPS
        if not with_point and len(with_comma) >= _ENOUGH:
            return POINT, DecidedBy.GROUPS
        if self._locale:
            return self._locale, DecidedBy.LOCALE
        return (POINT if with_comma else COMMA), DecidedBy.UNDECIDED


def _decimal_of(body: str) -> str:
    """The decimal mark that figures show: "." or ",", "?" where both fit, "" without marks."""
    points, commas = body.count(POINT), body.count(COMMA)
    if not points and not commas:
        return ""
    if points and commas:
        return POINT if body.rfind(POINT) > body.rfind(COMMA) else COMMA
    if points + commas > 1:
        return COMMA if points else POINT
    if _UNCLEAR.fullmatch(body):
        return "?"
    return POINT if points else COMMA
