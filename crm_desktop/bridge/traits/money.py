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

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.values.currencies import currency_in
from crm_desktop.bridge.values.text import Value, cell_text

_SIGN = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_MARKS = re.compile(r"[\"\\]|[_*].")
_MOST, _SOME = 0.8, 0.6


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
        plain = shown.pop("", 0)
        if not shown:
            continue
        currency, times = shown.most_common(1)[0]
        # Cells without any, such as those of totals below, speak less against it than another's.
        least = _MOST if len(shown) > 1 else _SOME
        if times >= least * (shown.total() + plain):
            found[column] = currency
    return found


class Amount(float):
    """A number of a form that is shown with a currency; in all else a number."""

    currency = ""

    @property
    def text(self) -> str:
        """The amount with its currency; three figures behind the point would group thousands."""
        figures = cell_text(float(self))
        return f"{figures}{'0' * (len(figures.partition('.')[2]) == 3)} {self.currency}"


def with_amounts(rows: Iterable[Row], money: Mapping[tuple[int, int], str], left: int) -> list[Row]:
    """Rows whose amounts know their currency.

    Args:
        rows: of a sheet, from its first one on.
        money: currency by cell; rows from 1, columns from 0.
        left: the column of the rows' first value.
    """
    found: list[Row] = [*rows]
    for (row, column), currency in money.items():
        at = column - left
        if row > len(found) or not 0 <= at < len(found[row - 1]):
            continue
        value = found[row - 1][at]
        if type(value) in (int, float):
            amount = Amount(value)  # type: ignore[arg-type]
            amount.currency = currency
            values: list[Value] = [*found[row - 1]]
            values[at] = amount
            found[row - 1] = values
    return found
