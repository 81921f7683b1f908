"""How the dates of a whole column are meant, decided over all of its values.

A part above 12 settles the order of day and month; else the order in which the column is sorted;
else the file's country or language; else the user is asked with two of his own values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.bridge.values.dates import (
    DMY,
    MDY,
    ROC,
    YMD,
    When,
    default_order,
    known_order,
    read_when,
    says_no_date,
    three_figures,
)
from crm_desktop.bridge.values.text import Value, cell_text, narrow, tidy_line
from crm_desktop.i18n import _

_ORDERS = (DMY, MDY, YMD)
_STEPS = 3  # ascents in one direction that make a column sorted
_SORTED = 0.9
_TYPED = 8  # typed dates that tell whether the program took months for days
_KNOWN = 20_000
_REPUBLIC = ("民", "中華民國", "中华民国")
_TAIWAN = frozenset(("TW",))
_NO_DAYS = frozenset(("1899-12-30", "1899-12-31", "1904-01-01", "0001-01-01"))


class Why(StrEnum):
    """What decided the order of a column's dates."""

    WRITTEN = "written"  # no value leaves a choice
    PART = "part"  # a part above 12 (or a year that can be nothing else)
    SORTED = "sorted"
    LOCALE = "locale"
    UNDECIDED = "undecided"


class DateDecision(NamedTuple):
    """How a column's dates are to be read.

    Attributes:
        order: "DMY", "MDY", "YMD" or "ROC", for `read_date`; a guess where undecided.
        why: what decided it.
        examples: at most two of the column's own texts that more than one order can read.
        filled: cells that hold anything but a word for none.
        dates: how many of them are dates, whole or in part; `whole` of them name a day.
        against: values that only another order can read.
        doubtful: dates outside 1900–2100 and lunar ones.
        swapped: the cells that the spreadsheet itself takes for dates look as if it had
            taken their day for the month: the texts beside them all have a day above 12.
    """

    order: str
    why: Why
    examples: tuple[str, ...] = ()
    filled: int = 0
    dates: int = 0
    whole: int = 0
    against: int = 0
    doubtful: int = 0
    swapped: bool = False

    @property
    def share(self) -> float:
        """The share (0 to 1) of filled cells that are dates."""
        return self.dates / self.filled if self.filled else 0.0


class _Trend:
    """Whether days come one after the other."""

    __slots__ = ("down", "last", "up")

    def __init__(self) -> None:
        self.last = ""
        self.up = self.down = 0

    def add(self, day: str) -> None:
        if self.last:
            self.up += day > self.last
            self.down += day < self.last
        self.last = day

    def is_sorted(self) -> bool:
        steps = self.up + self.down
        return steps >= _STEPS and max(self.up, self.down) >= _SORTED * steps


class DateColumn:
    """Collects a column's values and then says how its dates are meant.

    Memory is bounded, whatever the column's length: nothing is kept but counts.
    """

    def __init__(
        self,
        *,
        country: str = "",
        language: str = "",
        birthday: bool = False,
        epoch_1904: bool = False,
        header: str = "",
    ) -> None:
        """Begin a column.

        Args:
            country: ISO code of the file's country, "" where it is not known.
            language: of the file's headers.
            birthday: years of two figures lie in the past.
            epoch_1904: spreadsheet's day numbers count from 1904.
            header: of the column; 出生(民國) says in which years the days are.
        """
        self._country, self._language = country, language
        self._of_republic = any(word in header for word in ("民国", "民國"))
        self._birthday, self._epoch = birthday, epoch_1904
        self._filled = self._dates = self._whole = self._doubtful = 0
        self._only: dict[str, int] = dict.fromkeys((*_ORDERS, ROC), 0)
        self._fits: dict[str, int] = dict.fromkeys(_ORDERS, 0)
        self._figures = self._short_years = 0
        self._trends = {order: _Trend() for order in _ORDERS}
        self._examples: dict[str, None] = {}
        self._typed = self._typed_low = self._text_days = self._text_low = 0
        self._known: dict[str, tuple[str | None, ...]] = {}

    def feed(self, values: Iterable[Value]) -> None:
        """Take in cells, in the sheet's order."""
        for value in values:
            if value is None or value == "":
                continue
            if isinstance(value, dt.date):
                self._typed_date(value)
            else:
                self._text(value if type(value) is str else cell_text(value))

    def _typed_date(self, value: dt.date) -> None:
        day = value.isoformat()[:10]
        if day in _NO_DAYS:
            return
        self._filled += 1
        self._dates += 1
        self._whole += 1
        self._typed += 1
        self._typed_low += value.day <= 12
        for trend in self._trends.values():
            trend.add(day)

    def _text(self, text: str) -> None:
        text = narrow(tidy_line(text))
        if not text or says_no_date(text):
            return
        self._filled += 1
        figures = three_figures(text)
        if figures is None or len(figures[0]) == 4:
            when = read_when(text, birthday=self._birthday, epoch_1904=self._epoch)
            if when is not None:
                self._dates += 1
                self._whole += when.part == "day"
                self._doubtful += when.doubtful
                self._only[ROC] += text.startswith(_REPUBLIC)
            return
        days = self._days(text, figures)
        possible = [order for order, day in zip(_ORDERS, days, strict=True) if day]
        if not possible:
            if len(figures[0]) == 3 and read_when(text) is not None:
                self._dates += 1
                self._whole += 1
                self._only[ROC] += 1
            return
        self._dates += 1
        self._whole += 1
        self._figures += 1
        self._short_years += len(figures[2]) <= 2
        for order, day in zip(_ORDERS, days, strict=True):
            if day:
                self._fits[order] += 1
                self._trends[order].add(day)
        if len(possible) == 1:
            self._only[possible[0]] += 1
        elif len({day for day in days if day}) > 1 and len(self._examples) < 2:
            self._examples[text] = None
        self._text_days += 1
        self._text_low += int(figures[0]) <= 12

    def _days(self, text: str, figures: tuple[str, str, str]) -> tuple[str | None, ...]:
        """The day that each order makes of the figures, None where it makes none."""
        days = self._known.get(text)
        if days is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            days = self._known[text] = tuple(self._strict(figures, order) for order in _ORDERS)
        return days

    def _strict(self, figures: tuple[str, str, str], order: str) -> str | None:
        """The day in one order and in no other."""
        first, second, third = figures
        if len(first) > 2 or (order == YMD and (len(third) > 2 or int(third) > 31)):
            return None
        month = int(first if order == MDY else second)
        if not 1 <= month <= 12:
            return None
        when = read_when("/".join(figures), order, birthday=self._birthday)
        if when is None or when.part != "day" or int(when.text[5:7]) != month:
            return None
        if order != YMD and int(first if order == DMY else second) != int(when.text[8:]):
            return None
        return when.text

    def decide(self) -> DateDecision:
        """Say how the column's dates are meant; more can be fed afterwards."""
        order, why = self._order()
        against = sum(n for o, n in self._only.items() if o not in (order, ROC))
        return DateDecision(
            order=order,
            why=why,
            examples=tuple(self._examples),
            filled=self._filled,
            dates=self._dates,
            whole=self._whole,
            against=against if order in _ORDERS else 0,
            doubtful=self._doubtful,
            swapped=self._typed >= _TYPED
            and self._typed_low == self._typed
            and self._text_days >= 2
            and self._text_low == 0,
        )

    def _order(self) -> tuple[str, Why]:
        expected = default_order(self._country, self._language)
        locale = known_order(self._country, self._language)
        if self._only[ROC] or (self._of_republic and self._short_years == self._figures):
            return ROC, Why.PART
        if self._country in _TAIWAN and self._figures and self._short_years == self._figures:
            return ROC, Why.LOCALE
        if not self._figures:
            return expected, Why.WRITTEN
        best = max(_ORDERS, key=lambda o: (self._only[o], self._fits[o], o == expected))
        if self._only[best]:
            return best, Why.PART
        # One order may be the only one that reads every value, by several values together.
        fitting = [o for o in _ORDERS if self._fits[o] == self._figures]
        if len(fitting) == 1:
            return fitting[0], Why.PART
        if not self._examples:
            return expected, Why.WRITTEN
        candidates = fitting or list(_ORDERS)
        in_order = [o for o in candidates if self._trends[o].is_sorted()]
        # One or two texts among typed dates stand in order by chance.
        if len(in_order) == 1 and self._figures >= _STEPS:
            return in_order[0], Why.SORTED
        if locale:
            return locale if locale in candidates else candidates[0], Why.LOCALE
        return candidates[0] if expected not in candidates else expected, Why.UNDECIDED


def date_problem(when: When | None) -> str:
    """What is wrong with a date that was read, "" for nothing: a sentence for the user."""
    if when is None:
        return _("This is not a possible date.")
    if when.part == "lunar":
        return _("This is a day of the lunar calendar; it was kept as text.")
    return _("The year lies outside 1900–2100.") if when.doubtful else ""
