"""Rows of a firm and its contact persons, parted into one of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from crm_desktop.bridge.sheets.firm_cells import OF_BOTH
from crm_desktop.bridge.sheets.further_contacts import Further
from crm_desktop.domain.imports import GROUP_COLUMN, SheetPlan

T = TypeVar("T")


class Parting(NamedTuple):
    """Which rows tell of several, by their places.

    Attributes:
        further: of each further contact person, those that name him.
        firms: those that tell of a firm and of its contact person.
    """

    further: tuple[tuple[int, ...], ...]
    firms: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.firms) or any(self.further)

    @property
    def added(self) -> list[int]:
        """Of which rows those are that are added."""
        return [*self.firms, *(i for rows in self.further for i in rows)]


class WithFirms:
    """Parts the columns of a batch: the first contacts' rows stay, all others go behind.

    Each has its own cells; the firm's name, and what is said of the whole row by what stands
    above or beside it, all have.
    """

    def __init__(
        self,
        plan: SheetPlan,
        positions: Sequence[int],
        firm_columns: frozenset[int],
        further: Sequence[Further] = (),
    ) -> None:
        """Begin.

        Args:
            plan: how the sheet is read.
            positions: 0-based column of the sheet for each value of a row.
            firm_columns: places in the sheet of what is the firm's, its name among it.
            further: contact persons beside the first.
        """
        shared = {c.index for c in plan.columns if c.field in OF_BOTH}
        self._both = [p >= GROUP_COLUMN or p in shared for p in positions]
        self._firms = [p in firm_columns for p in positions]
        places = {p: j for j, p in enumerate(positions)}
        self._further = [f for f in further if {f.first, f.name, f.firm} <= places.keys()]
        self._places = [(places[f.firm], places[f.first], places[f.name]) for f in self._further]
        self._theirs = [
            {j for p, j in places.items() if p == f.name or p in f.own} for f in self._further
        ]

    def rows(
        self, columns: Sequence[Sequence[str]], ordinary: Mapping[int, bool], firms: Sequence[int]
    ) -> Parting:
        """Which rows name a firm, its first contact and further ones.

        Args:
            columns: texts.
            ordinary: whether each row whose mark says so is a customer of its own.
            firms: the places of rows that tell of a firm and its contact.
        """
        found = tuple(
            tuple(
                i
                for i, texts in enumerate(zip(*(columns[j] for j in places), strict=True))
                if all(any(map(str.isalnum, text)) for text in texts) and ordinary.get(i, True)
            )
            for places in self._places
        )
        return Parting(found, tuple(firms))

    def parted(
        self, columns: Sequence[Sequence[T]], rows: Parting, *, named: bool = True
    ) -> list[Sequence[T]]:
        """The columns with rows of firms and of further persons added at their end.

        Args:
            columns: texts, or what they were made of; "" is a blank.
            rows: the places of the rows that tell of several.
            named: a further person's name goes where the first one's stands.
        """
        blank: T = ""  # type: ignore[assignment]
        found: list[Sequence[T]] = []
        for j, column in enumerate(columns):
            own = list(column)
            own += [column[i] if self._firms[j] or self._both[j] else blank for i in rows.firms]
            for (_firm, first, name), theirs, where in zip(
                self._places, self._theirs, rows.further, strict=True
            ):
                if named and j in (first, name):
                    cells = columns[name] if j == first else ()
                else:
                    cells = column if j in theirs or self._both[j] else ()
                own += [cells[i] if cells else blank for i in where]
            for i in self._not_the_firsts(j, rows):
                own[i] = blank
            found.append(own)
        return found

    def _not_the_firsts(self, j: int, rows: Parting) -> Iterator[int]:
        """The rows whose cell in a column is another's than the first person's."""
        if self._both[j]:
            return
        if self._firms[j]:
            yield from rows.firms
        for theirs, where in zip(self._theirs, rows.further, strict=True):
            if j in theirs:
                yield from where
