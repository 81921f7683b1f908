"""The telephone numbers of a cell: one or several, with words, extensions, Excel's damage."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.bridge.values.e164 import e164, fast_e164, slow_e164, writing_at_home
from crm_desktop.bridge.values.phone_lists import completed
from crm_desktop.bridge.values.phonewords import label_words, take_extensions
from crm_desktop.bridge.values.text import narrow

__all__ = [
    "Phone",
    "e164",
    "fast_e164",
    "is_damaged_by_excel",
    "looks_like_phone",
    "read_phones",
    "slow_e164",
    "writing_at_home",
]

_SPLIT = re.compile(r"\s*(?:,(?!\d+E\+?\d)|[;、，；｜|\n&]|\s/\s|\s\+\s)\s*", re.IGNORECASE)
_JOINED = re.compile(r"\s+(?:ou|or|oder|y|e|o|et|und|and|和|或)\s+", re.IGNORECASE)
# Not the "c/" of "falar c/ Beto", which means "with".
_SLASH = re.compile(r"\s*(?<!\b[acpsACPS])/\s*")
# "0571/251205 - cell. 335 4660732", "0571/251205 335/4660732": each side a number of its own.
_APART = re.compile(r"\s+[-–—]\s+|(?<=\d)\s+(?=\d{2,6}/\d{5})")
# The code of a town and its number: 0571/251205, (04621)/80339.
_CODED = re.compile(r"\(?0\d{1,5}\)?/\d[\d.\-\s]*\d")
_TAIL = re.compile(r",\s*\d{1,4}$")
_RUN = re.compile(r"(?:\+|\(\+?)?\d(?:[\d().\-\s]{3,}\d)")
_GROUP = re.compile(r"[(+]*\d+\)?")
_SHAPE = re.compile(r"[+(]{0,2}\d[\d\s().\-/+]{4,}\d\)?")
_SCIENTIFIC = re.compile(r"\+?(\d)(?:[.,](\d+))?E\+?(\d{1,2})", re.IGNORECASE)
_LOST = re.compile(r"(?<![\w.,])(?:\d(?:[.,]\d+)?E\+?\d{1,2}|\d{11,})(?!\w)", re.IGNORECASE)
_FLOAT = re.compile(r"(\+?\d{6,15})[.,]0{1,2}")
_DASHED = re.compile(r"(.*\d{6,}|.*\d[\s\-]\d{3,})\s*[-–]\s*(\d{1,5})")
_WORDS = re.compile(r"\b[acpsACPS]/(?=\s*[^\W\d_])|[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
_REMARK = re.compile(r"\s*[(（][^\d()（）]*[)）]")
_LOOSE = " ,;/:-–"
_AROUND = " ,;/()（）:-–"
_QUOTE = re.compile(r"^(?:['=‘’`]+(?=[+\d(])|tel:\s*)", re.IGNORECASE)
_PLUS = re.compile(r"^\+\s+(?=\d)")
_NARROW_BRACKETS = str.maketrans("（）", "()")
_LONGEST = 15
_LONGEST_LABEL = 40
_ROUNDED = 11  # digits that a number has at least which Excel shows as 1.38E+10


class Phone(NamedTuple):
    """One number of a cell.

    Attributes:
        raw: the piece of the cell's text.
        value: E.164 or None.
        label: what the cell itself says of it ("casa", "传真", "Ana"), "" for nothing.
        extension: to dial after the number, "" for none.
        damaged: Excel has lost digits of it, so that it has no value.
    """

    raw: str
    value: str | None
    label: str
    extension: str = ""
    damaged: bool = False


_LONGEST_LOCAL = 9


def looks_like_phone(text: str) -> bool:
    """Whether a text has the shape of a telephone number: mostly digits, 6 to 15 of them."""
    return bool(_SHAPE.fullmatch(text)) and 6 <= sum(c.isdigit() for c in text) <= 15


def dialled(code: str, number: str) -> str:
    """A number with the area code that stands beside it; one that has it already as it stands."""
    digits = code.partition(".")[0].strip("()+ ")
    if not digits or not number or not digits.isdigit() or number.startswith(("+", "00", "(")):
        return number
    if sum(c.isdigit() for c in number) > _LONGEST_LOCAL:
        return number
    return f"({digits}) {number}" if len(digits) < 4 else f"{digits} {number}"


def is_damaged_by_excel(text: str) -> bool:
    """Whether a number lost digits in Excel.

    That is so for `1.38E+10`, for more than 15 digits in a row (Excel keeps 15), and for a bare
    number such as 13800000000, which is what becomes of `1.38E+10` when it is written out.
    """
    bare = text.strip()
    if bare.isdigit():
        return len(bare) > _LONGEST or _is_rounded(bare)
    match = _SCIENTIFIC.fullmatch(bare)
    return match is not None and len(match.group(2) or "") < int(match.group(3))


def _is_rounded(digits: str) -> bool:
    return digits.endswith("000000") and len(digits) >= _ROUNDED and digits[0] != "0"


def read_phones(text: str, countries: tuple[str, ...]) -> list[Phone]:
    """Read all the numbers of a cell.

    Args:
        text: the cell.
        countries: ISO codes to read national numbers in, the likeliest first.

    Returns:
        At least one phone for a text that is not blank; unreadable pieces have no value.
    """
    text = narrow(text).strip()
    if not text:
        return []
    whole = _mended(text)
    if is_damaged_by_excel(whole):
        return [Phone(text, None, "", damaged=True)]
    if value := _any_e164(whole, countries):
        return [Phone(text, value, "")]
    whole = _unquoted(text)
    bare, extensions = take_extensions(whole)
    if len(extensions) == 1 and (value := _any_e164(bare.strip(_AROUND), countries)):
        return [Phone(text, value, "", extensions[0][1])]
    if extensions:
        return _read_extended(whole, countries)
    phones: list[Phone] = []
    for piece in _pieces(whole):
        phones.extend(_read_piece(piece, countries))
    if len(phones) > 1:
        return completed(phones, lambda number: _any_e164(number, countries))
    return phones or [Phone(text, None, "")]


def _pieces(text: str) -> list[str]:
    """A cell cut at its separators, and at words such as "ou" where numbers stand on both sides."""
    found = _SPLIT.split(text)
    for between in (_JOINED, _APART):
        found = [part for piece in found for part in _if_numbers(between.split(piece), piece)]
    return [piece for piece in found if piece.strip(_AROUND)]


def _if_numbers(parts: list[str], whole: str) -> list[str]:
    """The parts where each may be a number, else the whole."""
    return parts if all(sum(map(str.isdigit, part)) > 4 for part in parts) else [whole]


def _mended(text: str) -> str:
    """A text without what programs do to numbers: `'912345678`, `912345678.0`, `=+351…`."""
    text = _unquoted(text)
    if match := _FLOAT.fullmatch(text):
        return match.group(1)
    if (match := _SCIENTIFIC.fullmatch(text)) and not is_damaged_by_excel(text):
        digits = match.group(1) + (match.group(2) or "")
        return digits[: int(match.group(3)) + 1]
    return text


def _unquoted(text: str) -> str:
    return _PLUS.sub("+", _QUOTE.sub("", text))


def _read_extended(text: str, countries: tuple[str, ...]) -> list[Phone]:
    """Numbers of which some have extensions: what stands before each, then the rest."""
    phones: list[Phone] = []
    bare, extensions = take_extensions(text)
    start = 0
    for place, extension in extensions:
        part = _trimmed(_behind_extension(bare[start:place], phones).strip(_LOOSE))
        start = place
        if part:
            read = read_phones(part, countries)
            read[-1] = read[-1]._replace(extension=extension)
            phones.extend(read)
        elif phones:
            both = f"{phones[-1].extension}/{extension}".strip("/")
            phones[-1] = phones[-1]._replace(extension=both)
    if rest := _trimmed(_behind_extension(bare[start:], phones).strip(_LOOSE)):
        phones.extend(read_phones(rest, countries))
    if len(phones) == 1:
        phones[0] = phones[0]._replace(raw=text)
    return phones


def _behind_extension(text: str, phones: list[Phone]) -> str:
    """What is left of a text behind an extension, whose number takes the words: "(w), 0172…"."""
    if not phones:
        return text
    remark = _REMARK.match(text)
    words = text if not any(map(str.isdigit, text)) else remark.group() if remark else ""
    if said := label_words(_WORDS.findall(words)):
        label = f"{phones[-1].label} {said}".strip()[:_LONGEST_LABEL]
        phones[-1] = phones[-1]._replace(label=label)
    return text[len(words) :]


@lru_cache(maxsize=4096)
def _any_e164(text: str, countries: tuple[str, ...]) -> str | None:
    """E.164 of a text that is one number and nothing else.

    Remembered, since what is no number is asked for whole, in pieces and without its words.
    """
    if is_damaged_by_excel(text):
        return None
    countries = countries or ("",)
    for country in countries:
        if value := fast_e164(text, country):
            return value
    if "," in text and _TAIL.search(text):
        return None  # phonenumbers would take the ending of another number for an extension
    if (len(_RUN.findall(text)) > 1 and not _CODED.fullmatch(text)) or _WORDS.search(text):
        return None
    for country in countries[:1] if text.startswith("+") else countries:
        if value := slow_e164(text, country):
            return value
    return _restored(text, countries) if text.isascii() and text.isdigit() else None


def _restored(digits: str, countries: tuple[str, ...]) -> str | None:
    """A number that was stored as a number and lost its zeros, or the plus of another country."""
    for country in countries:
        if value := slow_e164("0" + digits, country):
            return value
    # With eleven digits and less it may as well be a number of Brazil or China at home.
    return slow_e164("+" + digits, "") if len(digits) > _ROUNDED and digits[0] != "0" else None


def _read_piece(piece: str, countries: tuple[str, ...]) -> list[Phone]:
    """A piece between separators: one number, several with a slash, or a number with words."""
    if value := _any_e164(piece, countries):
        return [Phone(piece, value, "")]
    parts = _with_digits(_SLASH.split(piece))
    if len(parts) > 1:
        phones = [phone for part in parts for phone in _read_worded(part, countries)]
        if any(phone.value for phone in phones):
            return phones
    return _read_worded(piece, countries)


def _with_digits(parts: list[str]) -> list[str]:
    """Parts of which each holds a digit: words alone go with the number before or behind them."""
    found: list[str] = []
    waiting = ""
    for part in parts:
        if any(map(str.isdigit, part)):
            found.append(f"{waiting} {part}" if waiting else part)
            waiting = ""
        elif found and part:
            found[-1] += f" {part}"
        elif part:
            waiting = f"{waiting} {part}".strip()
    return found


def _read_worded(piece: str, countries: tuple[str, ...]) -> list[Phone]:
    """A piece like "casa: 213 456 789" or "13800138000（手机）": words become the label."""
    if value := _any_e164(piece, countries):
        return [Phone(piece, value, "")]
    if (lost := _LOST.search(piece)) and is_damaged_by_excel(lost.group()):
        around = piece[: lost.start()] + " " + piece[lost.end() :]
        return [Phone(piece, None, label_words(_WORDS.findall(around)), damaged=True)]
    runs = list(_RUN.finditer(piece))
    if len(runs) == 1:
        return _read_single(piece, runs[0], countries)
    values = [_any_e164(run.group(0), countries) for run in runs]
    if not any(values):
        return [Phone(piece, None, "")]
    after = not _WORDS.search(piece[: runs[0].start()]) and bool(
        _WORDS.search(piece[runs[-1].end() :])
    )
    phones = []
    for index, (run, value) in enumerate(zip(runs, values, strict=True)):
        first, last = index == 0, index == len(runs) - 1
        start = run.start() if after and not first else 0 if first else runs[index - 1].end()
        end = len(piece) if last else runs[index + 1].start() if after else run.end()
        raw = piece[start:end]
        phones.append(Phone(_trimmed(raw), value, label_words(_WORDS.findall(raw))))
    return phones


def _trimmed(raw: str) -> str:
    """A number's piece of a cell without the marks around it; brackets stay in pairs."""
    raw = raw.translate(_NARROW_BRACKETS).strip(" ,;/")
    while raw[:1] == ")" or (raw[:1] == "(" and raw.count("(") > raw.count(")")):
        raw = raw[1:].lstrip(" ,;/")
    while raw[-1:] == "(" or (raw[-1:] == ")" and raw.count(")") > raw.count("(")):
        raw = raw[:-1].rstrip(" ,;/")
    return raw


def _read_single(piece: str, run: re.Match[str], countries: tuple[str, ...]) -> list[Phone]:
    """One run of digits and the words around it; it may be several numbers side by side."""
    around = piece[: run.start()] + " " + piece[run.end() :]
    label = _remark(around)
    digits = run.group(0)
    if value := _any_e164(digits, countries):
        return [Phone(piece, value, label)]
    if (match := _DASHED.fullmatch(digits)) and (
        value := _any_e164(match.group(1).strip(" -"), countries)
    ):
        return [Phone(piece, value, label, match.group(2))]
    several = _side_by_side(_GROUP.findall(digits), countries)
    if len(several) > 1:
        return [Phone(_trimmed(raw), value, label) for raw, value in several]
    return [Phone(piece, None, "")]


def _remark(around: str) -> str:
    """What stands around a number as its label: words, or the whole where it has figures, too."""
    label = label_words(_WORDS.findall(around))
    if not label or not any(map(str.isdigit, around)):
        return label
    return " ".join(around.split()).strip(_AROUND)[:_LONGEST_LABEL].strip()


def _side_by_side(groups: list[str], countries: tuple[str, ...]) -> list[tuple[str, str]]:
    """Groups of digits as numbers one after the other, each of them valid; [] where they fail."""
    if not groups:
        return []
    if len(groups) > 16:
        return []
    for size in range(len(groups), 0, -1):
        raw = " ".join(groups[:size])
        if not 7 <= sum(c.isdigit() for c in raw) <= _LONGEST:
            continue
        value = _any_e164(raw, countries)
        if value is None:
            continue
        rest = _side_by_side(groups[size:], countries)
        if rest or size == len(groups):
            return [(raw, value), *rest]
    return []
