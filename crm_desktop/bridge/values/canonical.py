"""The one writing of a custom field's value, by the field's kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_key
from crm_desktop.bridge.values.dates import read_when, says_no_date
from crm_desktop.bridge.values.emails import read_emails
from crm_desktop.bridge.values.numbers import read_number
from crm_desktop.bridge.values.phones import read_phones
from crm_desktop.bridge.values.text import Value, cell_text, narrow, tidy_line, tidy_text
from crm_desktop.domain.fields import BETWEEN, PLAIN, FieldKind, Reading, is_of_kind

YES = frozenset(
    "yes y sim s si oui ja да true t verdadeiro verdade vrai wahr vero x ✓ ✔ √ ☑ ✅ v ok 是 是的 "
    "有 对 對 真 已 はい 예 네".split()
)
NO = frozenset(
    "no n nao non nein нет false f falso faux falsch ✗ ✘ × ☐ ❌ - – — 否 不是 无 無 没有 没 假 未 "
    "いいえ 아니오 아니요".split()
)
CHOICES_SPLIT = re.compile(r"\s*[,;、，；/|\n]\s*")
_LINK = re.compile(
    r"(?:(?P<scheme>https?|ftp)://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,24}|(?:\d{1,3}\.){3}\d{1,3})"
    r"(?P<rest>(?::\d+)?(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
# Ends of names of hosts, so that "file.pdf" and "Lda.Porto" are none.
_TOP = frozenset(
    "com org net info biz edu gov int eu io co app dev me tv online shop store site xyz travel pt "
    "br ao mz cv cn tw hk mo jp kr sg us uk ie ca au nz in za es fr de it nl be ch at lu se no dk "
    "fi is pl cz ru ua gr tr mx ar cl".split()
)


def canonical(kind: FieldKind, value: Value, reading: Reading = PLAIN) -> str | None:
    """A value in the one writing of its kind.

    What comes out is read with the default `Reading` and stays as it is.

    Args:
        kind: the field's.
        value: a cell, typed as the spreadsheet types it, or its text.
        reading: what the whole column told.

    Returns:
        "" for a blank and for a word for none; None where the value is none of that kind: its
        text is to be kept, and told as a problem.
    """
    if isinstance(value, dt.date):
        if kind is FieldKind.DATE:
            return _typed_date(value)
    elif kind in (FieldKind.NUMBER, FieldKind.MONEY) and type(value) in (int, float):
        number = Decimal(cell_text(value))
        if not number.is_finite():
            return None
        behind = reading.shown if kind is FieldKind.MONEY else ""
        return f"{_written(number)} {behind}".rstrip()
    text = cell_text(value)
    if not text or text.isspace():
        return ""
    return _WRITERS[kind](text, reading)


def _typed_date(value: dt.date) -> str:
    text = cell_text(value)
    return "" if says_no_date(text) else text


def _text(text: str, _reading: Reading) -> str | None:
    return tidy_line(text)


def _long_text(text: str, _reading: Reading) -> str | None:
    return tidy_text(text)


def _number(text: str, reading: Reading) -> str | None:
    found = read_number(tidy_line(text), reading.decimal)
    return None if found is None or found.percent or found.currency else _written(found.value)


def _money(text: str, reading: Reading) -> str | None:
    country = reading.countries[0] if reading.countries else ""
    found = read_number(tidy_line(text), reading.decimal, country=country)
    if found is None or found.percent:
        return None
    written = _written(found.value)
    if not found.currency or found.currency == reading.currency:
        return written
    return f"{written} {found.currency}"


def _written(value: Decimal) -> str:
    return format(value, "f") if value else format(abs(value), "f")


def _date(text: str, reading: Reading) -> str | None:
    tidy = tidy_line(text)
    if says_no_date(narrow(tidy)):
        return ""
    when = read_when(tidy, reading.order, epoch_1904=reading.epoch_1904)
    if when is None or when.doubtful:
        return None
    return f"{when.text} {when.time}" if when.time else when.text


def _is_doubted(text: str) -> bool:
    """Whether a question mark says that it is not sure."""
    return "?" in text or "？" in text


def yes_or_no(text: str) -> bool | None:
    """Whether a word says yes; None for a word that says neither."""
    word = tidy_line(text).casefold()
    if _is_doubted(word):
        return None
    key = word if word in YES or word in NO else header_key(word)
    if key in YES:
        return True
    return False if key in NO else None


def _yes_no(text: str, _reading: Reading) -> str | None:
    said = yes_or_no(text)
    return None if said is None else "yes" if said else "no"


def _choice(text: str, reading: Reading) -> str | None:
    tidy = tidy_line(text)
    return tidy if _is_doubted(tidy) else _usual(reading.choices).get(header_key(tidy), tidy)


def _choices(text: str, reading: Reading) -> str | None:
    usual = _usual(reading.choices)
    stored = text.split(BETWEEN)
    if usual and all(part in reading.choices for part in stored):
        return BETWEEN.join(dict.fromkeys(stored))  # a word may have a comma of its own
    parts = (part for part in CHOICES_SPLIT.split(tidy_text(text)) if part)
    said = (part if _is_doubted(part) else usual.get(header_key(part), part) for part in parts)
    return "; ".join(dict.fromkeys(said))


@lru_cache(maxsize=64)
def _usual(choices: tuple[str, ...]) -> dict[str, str]:
    return {key: choice for choice in choices if (key := header_key(choice))}


def _phone(text: str, reading: Reading) -> str | None:
    if "\t" in text and is_of_kind(FieldKind.PHONE, text):
        return text  # a number that the archive keeps with what was typed
    phones = read_phones(tidy_text(text), reading.countries)
    values = [phone.value for phone in phones if phone.value]
    told = any(phone.label or phone.extension for phone in phones)
    return None if told or len(values) < len(phones) else "; ".join(dict.fromkeys(values))


def _email(text: str, _reading: Reading) -> str | None:
    found = read_emails(tidy_line(text))
    values = [address for raw, address in found if address and raw.lower() == address]
    return None if len(values) < len(found) else "; ".join(dict.fromkeys(values))


def read_link(text: str) -> str | None:
    """A web address with its scheme, or None where the text is none."""
    tidy = tidy_line(text)
    match = _LINK.fullmatch(tidy)
    if match is None:
        return None
    scheme, host, rest = match.group("scheme"), match.group("host").lower(), match.group("rest")
    if scheme:
        return f"{scheme.lower()}://{host}{rest}"
    if host.startswith("www.") or (not host[0].isdigit() and host.rpartition(".")[2] in _TOP):
        return f"https://{host}{rest}"
    return None


def _link(text: str, _reading: Reading) -> str | None:
    return read_link(text)


_WRITERS: dict[FieldKind, Callable[[str, Reading], str | None]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _long_text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.PHONE: _phone,
    FieldKind.EMAIL: _email,
    FieldKind.LINK: _link,
    FieldKind.CUSTOMER: _text,  # who is meant only the archive knows
}
