"""Cells that say that they hold what the one above does get its value; evidence keeps the mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from crm_desktop.bridge.matching.own_ids import id_kind
from crm_desktop.bridge.rows.batch import Memo
from crm_desktop.bridge.values.ditto import Ditto, ditto, which_may_be_ditto
from crm_desktop.bridge.values.phonewords import is_same_as_phone
from crm_desktop.bridge.values.text import Value
from crm_desktop.domain.imports import GROUP_COLUMN, SKIP, ColumnMapping, SheetKind, SheetPlan

Texts = Sequence[str]
_NAMES = frozenset(("name", "given_name", "family_name", "organisation"))
_REACHED = frozenset(("phone", "email", "im"))
_PLACE = frozenset(("postcode", "city", "region", "country"))


class _Marked(Protocol):
    @property
    def left_out(self) -> str: ...
    @property
    def continues(self) -> bool: ...


class Dittos:
    """Fills the columns of one table, batch by batch, in the order of its rows.

    The value is the row's above that is a customer's, not a heading's or a sum's. Where that has
    none, nothing is taken. Numbers of passports and taxes are nobody else's: these stay as said.
    """

    def __init__(self, plan: SheetPlan, positions: Sequence[int]) -> None:
        """Begin.

        Args:
            plan: how the sheet is read; on cards nothing stands below the same of another.
            positions: 0-based column of the sheet for each value of a row.
        """
        by_index = {} if plan.kind is SheetKind.CARDS else {c.index: c for c in plan.columns}
        self._columns = {
            j: column
            for j, position in enumerate(positions)
            if position < GROUP_COLUMN
            and (column := by_index.get(position)) is not None
            and column.field != SKIP
            and not (column.custom and id_kind(column.custom))
        }
        self._least = {j: self._least_said(j, column) for j, column in self._columns.items()}
        self._accounts = {
            j for j, c in self._columns.items() if c.field == "im" or c.label == "whatsapp"
        }
        self._phone = next(
            (j for j, c in self._columns.items() if c.field == "phone" and j not in self._accounts),
            None,
        )
        self._memo = Memo(ditto)
        # Text and cell of the last customer's row.
        self._last: dict[int, tuple[str, Value]] = {}

    def _least_said(self, j: int, column: ColumnMapping) -> Ditto:
        """What a cell of a column must say at least to mean the one above."""
        before = (c for place, c in self._columns.items() if place < j)
        if any(c.field == column.field and not column.custom for c in before):
            return Ditto.ABOVE  # "idem" means the phone to the left
        return Ditto.SAME if column.field in _NAMES else Ditto.PERHAPS

    def filled(
        self,
        columns: list[Texts],
        values: list[Sequence[Value]],
        marks: Mapping[int, _Marked],
    ) -> tuple[list[Texts], list[Sequence[Value]], list[tuple[int, ColumnMapping, str]]]:
        """The columns of a batch with what the marks stand for; those given are left alone.

        Args:
            columns: texts of each column.
            values: the cells that these were made of.
            marks: what is known of some rows, by their place.

        Returns:
            Texts, cells, and what could not be taken where nobody is reached by it: the row's
            place, column and text. Its cell is blank now.
        """
        texts, cells = list(columns), list(values)
        open_: list[tuple[int, ColumnMapping, str]] = []
        for j, column in self._columns.items():
            found = self._found(j, column, columns[j])
            if found:
                own, plain = list(columns[j]), list(values[j])
                for i, text in enumerate(columns[j]):
                    if text not in found:
                        continue
                    means_above = found[text] and self._may_share(j, columns, i)
                    said = self._above(j, own, plain, marks, i) if means_above else None
                    if said is not None:
                        own[i], plain[i] = said
                    elif column.field in _REACHED:
                        open_.append((i, column, text))
                        own[i] = ""
                texts[j], cells[j] = own, plain
                if column.field == "street":
                    self._fill_places(column, (columns[j], own), texts, cells, marks)
        for j in self._columns:
            self._remember(j, texts[j], cells[j], marks)
        return texts, cells, open_

    def _may_share(self, j: int, columns: Sequence[Texts], i: int) -> bool:
        """Whether a row may have the account above: beside a phone of its own it means that."""
        if j not in self._accounts or self._phone is None:
            return True
        phone = columns[self._phone][i]
        return not phone or bool(self._memo[phone])

    def _found(self, j: int, column: ColumnMapping, texts: Texts) -> dict[str, bool]:
        """The different texts of a column that are marks, and whether they mean the cell above."""
        memo, least = self._memo, self._least[j]
        found = {t: said for t in which_may_be_ditto(texts) if (said := memo[t])}
        if found and j in self._accounts:
            found = {t: said for t, said in found.items() if not is_same_as_phone(t)}
        if column.field in _REACHED:
            return {t: said >= least for t, said in found.items()}
        return {t: True for t, said in found.items() if said >= least}

    def _above(
        self,
        j: int,
        texts: Texts,
        values: Sequence[Value],
        marks: Mapping[int, _Marked],
        i: int,
    ) -> tuple[str, Value] | None:
        """Text and cell above a row's; None where there is nothing."""
        for k in range(i - 1, -1, -1):
            mark = marks.get(k)
            if mark is not None and mark.left_out:
                continue
            if texts[k] and not texts[k].isspace():
                return texts[k], values[k]
            if mark is None or not mark.continues:
                return None
        return self._last.get(j)

    def _fill_places(
        self,
        street: ColumnMapping,
        said: tuple[Texts, Texts],
        texts: list[Texts],
        cells: list[Sequence[Value]],
        marks: Mapping[int, _Marked],
    ) -> None:
        """The same street is in the same town, where a row says none of its own."""
        before, after = said
        same = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        places = [
            j for j, c in self._columns.items() if c.field in _PLACE and c.label == street.label
        ]
        same = [i for i in same if not any(texts[j][i] for j in places)]
        for j in places if same else ():
            own, plain = list(texts[j]), list(cells[j])
            for i in same:
                if above := self._above(j, own, plain, marks, i):
                    own[i], plain[i] = above
            texts[j], cells[j] = own, plain

    def _remember(
        self, j: int, texts: Texts, values: Sequence[Value], marks: Mapping[int, _Marked]
    ) -> None:
        last = self._above(j, texts, values, marks, len(texts))
        if last is None:
            self._last.pop(j, None)
        else:
            self._last[j] = last
