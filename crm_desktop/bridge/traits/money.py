"""Columns whose number format shows a currency: 12.5 that is seen as 12,50 €.

Told from the beginning of a sheet alone, and from whole columns: a look at every cell would cost
more than it says. Source: ECMA-376 part 1, 18.8.30 (numFmt): `[$€-816]` holds a sign and a
language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from crm_desktop.bridge.values.currencies import currency_in

_SIGN = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_MARKS = re.compile(r"[\"\\]|[_*].")
_MOST = 0.8


@lru_cache(maxsize=256)
def currency_of(code: str) -> str:
    """The currency that a format code shows beside numbers, as ISO code; "" for none."""
    first = code.partition(";")[0]
    signs = " ".join(_SIGN.findall(first))
    shown = _MARKS.sub(" ", _BRACKETS.sub(" ", first))
    if not re.search(r"[0#?]", shown):
        return ""
    return currency_in(f"{signs} {re.sub('[0#?.,]+', ' ', shown)}")


def currencies(cells: Iterable[tuple[int, str]], codes: Mapping[str, str]) -> dict[int, str]:
    """The columns whose numbers nearly all show one currency.

    Args:
        cells: 0-based column and style of cells that hold numbers.
        codes: currency by style, of those that show one.
    """
    counts: dict[int, Counter[str]] = {}
    for (column, style), times in Counter(cells).items():
        counts.setdefault(column, Counter())[codes.get(style, "")] += times
    found = {}
    for column, shown in counts.items():
        currency, times = shown.most_common(1)[0]
        if currency and times >= _MOST * shown.total():
            found[column] = currency
    return found
