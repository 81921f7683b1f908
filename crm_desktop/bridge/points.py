"""Columns of phone numbers, e-mail addresses and messenger accounts to contact points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from crm_desktop.bridge.batch import MEMORY, Batch, Memo
from crm_desktop.bridge.countries import country_code
from crm_desktop.bridge.emails import is_email, read_emails
from crm_desktop.bridge.phones import Phone, fast_e164, is_damaged_by_excel, read_phones
from crm_desktop.bridge.synonyms import find_label
from crm_desktop.bridge.text import tidy_line, tidy_text
from crm_desktop.domain.customers import ContactKind
from crm_desktop.domain.imports import ColumnMapping
from crm_desktop.i18n import _

# A contact point as plain tuple: kind, raw, value, label, no id.
Point = tuple[str, str, str | None, str, None]
Columns = Mapping[str, Sequence[tuple[int, ColumnMapping]]]


class PointCleaner:
    """Cleans the contact columns of one sheet."""

    def __init__(self, columns: Columns, countries: tuple[str, ...]) -> None:
        """Compile the cleaners.

        Args:
            columns: place in the row and mapping, by field.
            countries: ISO codes that national numbers are read in, the likeliest first.
        """
        self._columns = columns
        self._countries = countries
        self._line = Memo(tidy_line)
        self._bad: dict[int, dict[str, str]] = {}
        self._phone_memos = {
            j: Memo(self._phone_reader(column, self._bad.setdefault(j, {})))
            for j, column in self._columns.get("phone", ())
        }
        self._email_memos = {
            j: Memo(self._email_reader(column, self._bad.setdefault(j, {})))
            for j, column in self._columns.get("email", ())
        }

    def clean(self, batch: Batch) -> list[tuple[Point, ...]]:
        """The contact points of each row, each value once."""
        columns = [*self._phones(batch), *self._emails(batch), *self._ims(batch)]
        return _join_points(columns, batch.size)

    def _phones(self, batch: Batch) -> list[list[tuple[Point, ...]]]:
        result = []
        home = self._countries[0] if self._countries else ""
        for j, column in self._columns.get("phone", ()):
            memo, bad = self._phone_memos[j], self._bad[j]
            label, kind = column.label, ContactKind.PHONE.value
            points: list[tuple[Point, ...]] = [
                ((kind, t, e, label, None),)
                if t and t[-1] != " " and (e := fast_e164(t, home))
                else memo[t]
                for t in batch.columns[j]
            ]
            if bad:
                self._retry_abroad(batch, j, column, points)
            result.append(points)
        return result

    def _retry_abroad(
        self, batch: Batch, j: int, column: ColumnMapping, points: list[tuple[Point, ...]]
    ) -> None:
        """What is no number at home may be one in the row's own country."""
        bad = self._bad[j]
        countries = self._columns.get("country")
        for i, text in enumerate(batch.columns[j]):
            if text not in bad:
                continue
            if countries and (abroad := country_code(batch.columns[countries[0][0]][i])):
                again = read_phones(tidy_line(text), (abroad,))
                if all(phone.value for phone in again):
                    points[i] = _phone_points(again, column.label)
                    continue
            batch.report(i, column, text, bad[text])

    def _phone_reader(
        self, column: ColumnMapping, bad: dict[str, str]
    ) -> Callable[[str], tuple[Point, ...]]:
        countries, label = self._countries, column.label

        def read(text: str) -> tuple[Point, ...]:
            phones = read_phones(tidy_text(text), countries)
            if any(phone.value is None for phone in phones):
                if len(bad) >= MEMORY:
                    bad.clear()
                damaged = any(is_damaged_by_excel(phone.raw) for phone in phones)
                bad[text] = (
                    _("This number was damaged by Excel; its last digits are lost.")
                    if damaged
                    else _("This is not a valid phone number.")
                )
            return _phone_points(phones, label)

        return read

    def _emails(self, batch: Batch) -> list[list[tuple[Point, ...]]]:
        result: list[list[tuple[Point, ...]]] = []
        for j, column in self._columns.get("email", ()):
            memo, bad = self._email_memos[j], self._bad[j]
            label, kind = column.label, ContactKind.EMAIL.value
            result.append(
                [
                    ((kind, t, t.lower(), label, None),) if is_email(t) else memo[t]
                    for t in batch.columns[j]
                ]
            )
            if bad:
                for i, text in enumerate(batch.columns[j]):
                    if text in bad:
                        batch.report(i, column, text, bad[text])
        return result

    def _email_reader(
        self, column: ColumnMapping, bad: dict[str, str]
    ) -> Callable[[str], tuple[Point, ...]]:
        label, kind = column.label, ContactKind.EMAIL.value

        def read(text: str) -> tuple[Point, ...]:
            tidy = tidy_line(text)
            if not tidy:
                return ()
            found = read_emails(tidy)
            if any(address is None for _raw, address in found):
                if len(bad) >= MEMORY:
                    bad.clear()
                bad[text] = _("This is not a valid e-mail address.")
            return tuple((kind, raw, address, label, None) for raw, address in found)

        return read

    def _ims(self, batch: Batch) -> list[list[tuple[Point, ...]]]:
        kind, line = ContactKind.IM.value, self._line
        return [
            [
                ((kind, s, s, column.label, None),) if (s := line[t]) else ()
                for t in batch.columns[j]
            ]
            for j, column in self._columns.get("im", ())
        ]


def _phone_points(phones: Sequence[Phone], label: str) -> tuple[Point, ...]:
    kind = ContactKind.PHONE.value
    return tuple(
        (kind, raw, value, (find_label(own) or own) if own else label, None)
        for raw, value, own in phones
    )


def _join_points(columns: list[list[tuple[Point, ...]]], size: int) -> list[tuple[Point, ...]]:
    """Put the contact points of a row's columns together, each value once."""
    if not columns:
        return [()] * size
    if len(columns) == 1:
        rows = columns[0]
    else:
        rows = [tuple(chain.from_iterable(row)) for row in zip(*columns, strict=True)]
    return [_once(points) if len(points) > 1 else points for points in rows]


def _once(points: tuple[Point, ...]) -> tuple[Point, ...]:
    keys = {(p[0], p[2] or p[1]) for p in points}
    if len(keys) == len(points):
        return points
    first: dict[tuple[str, str], Point] = {}
    for point in points:
        first.setdefault((point[0], point[2] or point[1]), point)
    return tuple(first.values())
