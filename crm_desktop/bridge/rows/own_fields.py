"""Columns that feed fields of the owner's own to values in the writing of their kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import NamedTuple

from crm_desktop.bridge.rows.batch import Batch, Memo
from crm_desktop.bridge.values.canonical import canonical
from crm_desktop.bridge.values.date_columns import date_problem
from crm_desktop.bridge.values.dates import read_when
from crm_desktop.bridge.values.phones import read_phones
from crm_desktop.bridge.values.text import is_tidy, tidy_line, tidy_text
from crm_desktop.domain.fields import FieldKind, Reading
from crm_desktop.domain.imports import ColumnMapping
from crm_desktop.i18n import _

Pairs = tuple[tuple[str, str], ...]

_NO_PAIRS: Pairs = ()
_AS_WRITTEN = frozenset((FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CUSTOMER))
_DAYS = frozenset((dt.date, dt.datetime))
_FIGURES = frozenset((int, float))
# Cells of these types have the text of their kind already …
_TYPED: dict[FieldKind, frozenset[type]] = {
    FieldKind.DATE: _DAYS,
    FieldKind.NUMBER: _FIGURES,
    FieldKind.MONEY: _FIGURES,
}
# … but for days before this one, which stand for none, and for figures with a letter, such as
# 1e-07 and nan.
_FIRST_DAY = "1905"
_LETTERS = ("e", "n")


class _Own(NamedTuple):
    """A column with its place in the row; `memo` is None where it is text."""

    name: str
    place: int
    column: ColumnMapping
    memo: Memo | None


class OwnFieldCleaner:
    """Cleans the columns of one sheet that feed custom fields."""

    def __init__(self, columns: Sequence[tuple[int, ColumnMapping]]) -> None:
        """Compile the cleaners.

        Args:
            columns: place in the row and mapping.
        """
        self._own = [
            _Own(column.custom, j, column, None if column.kind in _AS_WRITTEN else _memo(column))
            for j, column in columns
        ]
        self._text = Memo(tidy_text)

    def clean(self, batch: Batch) -> list[Pairs]:
        """Names and values of each row; blanks are left out."""
        if not self._own:
            return [_NO_PAIRS] * batch.size
        names = [own.name for own in self._own]
        columns = [self._column(batch, own) for own in self._own]
        return [
            tuple([pair for pair in zip(names, row, strict=True) if pair[1]])
            if "" in row
            else tuple(zip(names, row, strict=True))
            for row in zip(*columns, strict=True)
        ]

    def _column(self, batch: Batch, own: _Own) -> Sequence[str]:
        texts, memo = batch.columns[own.place], own.memo
        if memo is None:
            text = self._text
            return texts if is_tidy(texts) else [text[t] for t in texts]
        typed = _TYPED.get(own.column.kind)
        if typed is None:
            found = [memo[t] for t in texts]
        else:
            values = batch.values[own.place]
            kind, reading = own.column.kind, own.column.reading
            shown = reading.shown if kind is FieldKind.MONEY else ""
            if typed >= set(map(type, values)) and not _odd(kind, texts) and not shown:
                return texts
            found = [
                memo[t]
                if type(v) not in typed
                else canonical(kind, v, reading)
                if _odd(kind, (t,))
                else t
                for t, v in zip(texts, values, strict=True)
            ]
            if shown:  # what stands as text says its currency itself
                found = [
                    f"{f} {shown}" if f and type(v) in typed and f[-1].isdigit() else f
                    for f, v in zip(found, values, strict=True)
                ]
        return self._kept(batch, own.column, texts, found) if None in found else found

    def _kept(
        self, batch: Batch, column: ColumnMapping, texts: Sequence[str], found: list[str | None]
    ) -> list[str]:
        """Keep the texts of what is of another kind than the column, and say so."""
        for i, (text, value) in enumerate(zip(texts, found, strict=True)):
            if value is None and (problem := _problem(column.kind, text, column.reading)):
                batch.report(i, column, text, problem)
        kept = self._text
        return [kept[t] if v is None else v for t, v in zip(texts, found, strict=True)]


def _odd(kind: FieldKind, texts: Sequence[str]) -> bool:
    """Whether some typed cell's text is not what the archive keeps."""
    if kind is FieldKind.DATE:
        return min(texts) < _FIRST_DAY
    together = "".join(texts)
    return any(letter in together for letter in _LETTERS)


def _memo(column: ColumnMapping) -> Memo:
    kind, reading = column.kind, column.reading
    if kind is not FieldKind.DATE:
        return Memo(lambda text: canonical(kind, text, reading))
    return Memo(_date_reader(reading))


def _date_reader(reading: Reading) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        # What files of text mostly have needs no look at what else it may be.
        if len(text) == 10 and text[4] == text[7] == "-" and text > _FIRST_DAY:
            try:
                return dt.date.fromisoformat(text).isoformat()
            except ValueError:
                pass
        return canonical(FieldKind.DATE, text, reading)

    return read


def _problem(kind: FieldKind, text: str, reading: Reading) -> str:
    """What is wrong with a text in a column of a kind; "" for nothing."""
    if kind is FieldKind.DATE:
        when = read_when(tidy_line(text), reading.order, epoch_1904=reading.epoch_1904)
        return date_problem(when) or _("This is not a possible date.")
    if kind is FieldKind.PHONE and all(
        phone.value for phone in read_phones(tidy_text(text), reading.countries)
    ):
        return ""  # a number with words beside it
    return {
        FieldKind.NUMBER: _("This is not a number."),
        FieldKind.MONEY: _("This is not an amount."),
        FieldKind.YES_NO: _("This says neither yes nor no."),
        FieldKind.PHONE: _("This is not a valid phone number."),
        FieldKind.EMAIL: _("This is not a valid e-mail address."),
        FieldKind.LINK: _("This is not a web address."),
    }.get(kind, "")
