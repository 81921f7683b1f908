"""Finds the table in a sheet: its header row, in spite of titles above it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from crm_desktop.bridge.files.books import Row
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.emails import is_email
from crm_desktop.bridge.values.phones import looks_like_phone
from crm_desktop.bridge.values.text import Value, is_blank

_SEARCHED = 30
_LONGEST_HEADER = 60
_DIGITS = re.compile(r"\d")


def find_header(head: Sequence[Row]) -> int:
    """Find the header row among a sheet's first rows.

    Args:
        head: the first rows, blank ones included.

    Returns:
        Its 1-based row number; 0 where the table has no header.
    """
    filled = [(i, [v for v in row if not is_blank(v)]) for i, row in enumerate(head)]
    filled = [(i, cells) for i, cells in filled if cells]
    if not filled:
        return 0
    candidates = [
        (_score(cells, [c for _j, c in filled[n + 1 : n + 8]]), -i)
        for n, (i, cells) in enumerate(filled[:_SEARCHED])
    ]
    best, position = max(candidates)
    if best > 0:
        return 1 - position
    return 0


def _score(cells: list[Value], below: list[list[Value]]) -> float:
    """How much a row looks like a header: known words, text only, rows of other kind below."""
    texts = [v.strip() for v in cells if isinstance(v, str)]
    known = sum(1 for t in texts if len(t) <= _LONGEST_HEADER and meanings(t))
    data = sum(1 for v in cells if is_data(v))
    if data > max(1, len(cells) // 3) or len(set(map(str, cells))) * 2 < len(cells):
        return 0.0
    if known >= 2 or (known == 1 and len(cells) <= 2):
        # One known word over a column of text: a title has nothing of its width below it.
        if known == 1 and len(cells) == 1 and not _is_column_head(below):
            return 0.0
        return known * 2 + known / len(cells) - data
    if len(cells) < 2 or data or len(texts) < len(cells) or not below:
        return 0.0
    typed = sum(1 for row in below if any(is_data(v) for v in row)) / len(below)
    wide = sum(1 for row in below if len(row) * 2 >= len(cells)) / len(below)
    if any(len(t) > 30 for t in texts):
        return 0.0
    # One known word among strange ones; a word that comes again below is a value.
    again = {v.strip() for row in below for v in row if isinstance(v, str)}
    named = 0.5 if known and not again & set(texts) else 0.0
    return (named + typed) * wide if typed > 0.5 or named else 0.0


def _is_column_head(below: list[list[Value]]) -> bool:
    return bool(below) and all(len(row) <= 1 for row in below)


def is_data(value: Value) -> bool:
    """Whether a cell can only be a value, not a header."""
    if isinstance(value, str):
        text = value.strip()
        return is_email(text) or looks_like_phone(text) or len(_DIGITS.findall(text)) > 4
    return isinstance(value, (float, int, dt.date, dt.time, dt.timedelta))


def is_contact(text: str) -> bool:
    """Whether a text is a way to reach somebody."""
    return is_email(text) or looks_like_phone(text)


def repeats_header(cells: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether a row below is the header once more, as printed sheets have it on every page."""
    pairs = [(c, h) for c, h in zip(cells, headers, strict=False) if c or h]
    return len(pairs) >= 2 and sum(1 for c, h in pairs if c == h) * 4 >= len(pairs) * 3


_TOTAL = re.compile(
    r"(?:grand\s+|sub[\s-]?)?totals?(?:\s+(?:geral|general|général))?|totais|soma|somatório|sum|"
    r"totale|totaux|totales|suma|somma|合计|总计|小计|总数|合計|總計|小計|共计|итого|всего|합계|총계|소계|"
    r"count|contagem|média|average|summe|gesamt(?:summe)?|insgesamt|somme",
    re.IGNORECASE,
)
TOTAL_HINT = re.compile(
    r"(?:grand|sub|total|totais|som|sum|合|总|小计|共|總|小計|count|contagem|m[ée]dia|average|"
    r"gesamt|insgesamt|итого|всего|합계|총계|소계)",
    re.IGNORECASE,
)
TOTAL_STARTS = frozenset("TtSsGgCcMmAaIiИиВв合总小共總計합총소")
_TOTAL_START = re.compile(
    r"(?:total|subtotal|totais|totale|合计|总计|小计|共计|summe|gesamt|итого|всего)\b[\s:：(（]",
    re.IGNORECASE,
)


# "Nº de clientes:" and the like, above all sums the last line of a list.
_COUNTED = re.compile(
    r"(?:n\.?\s?[º°o]\.?|num(?:ero|\.)|número|quantidade|number|no\.)\s+(?:de|of|total)\b.*[:：]$",
    re.IGNORECASE,
)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a row adds others up: it begins with the word, and otherwise holds figures only."""
    filled = [c for c in cells if c]
    if not filled or len(filled) * 2 > len(cells) + 2:
        return False
    first = filled[0].strip().rstrip(":：").strip()
    counted = len(filled) == 2 and filled[1].isdigit() and _COUNTED.match(filled[0])
    if not (_TOTAL.fullmatch(first) or _TOTAL_START.match(filled[0]) or counted):
        return False
    return all(any(c.isdigit() for c in text) or _TOTAL.fullmatch(text) for text in filled[1:])
