"""The ledger of one sheet: every row read has one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.domain.imports import (
    Beside,
    LeftOut,
    Outcome,
    Problem,
    SheetPlan,
    SheetResult,
)

# A sheet that is wrong throughout is told by its first thousand cells.
MAX_PROBLEMS = 1_000


@dataclass(slots=True)
class Ledger:
    """Counts one sheet while its rows go by."""

    sheet: str
    plan: SheetPlan
    beside: Beside = Beside()  # noqa: RUF009  (frozen)
    created: int = 0
    updated: int = 0
    merged: int = 0
    continued: int = 0
    firms: int = 0
    replaced: int = 0
    pictures: int = 0
    resembling: int = 0
    _problem_count: int = 0
    _left_out: list[LeftOut] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _late: list[Problem] = field(default_factory=list)
    _late_count: int = 0

    @property
    def rows(self) -> int:
        """Rows accounted for so far."""
        counted = self.created + self.updated + self.merged + self.continued
        return counted + len(self._left_out)

    def count(self, outcome: Outcome) -> None:
        """Enter a row that belongs to a customer."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    def left_out(self, row: int, reason: str) -> None:
        """Enter a row that made no customer."""
        self._left_out.append(LeftOut(row, reason))

    def problems(self, problems: Iterable[Problem]) -> None:
        """Enter cells that could not be taken over as they stood."""
        for problem in problems:
            self._problem_count += 1
            if len(self._problems) < MAX_PROBLEMS:
                self._problems.append(problem)

    def late_problems(self, problems: Iterable[Problem]) -> None:
        """Enter what came up when rows were written, perhaps on another thread than the rest."""
        for problem in problems:
            self._late_count += 1
            if len(self._late) < MAX_PROBLEMS:
                self._late.append(problem)

    def result(self) -> SheetResult:
        """The finished account."""
        tags = dict(self.plan.colours)
        problems = sorted((*self._problems, *self._late), key=lambda problem: problem.row)
        return SheetResult(
            sheet=self.sheet,
            header_row=self.plan.header_row,
            rows=self.rows,
            created=self.created,
            updated=self.updated,
            merged=self.merged,
            continued=self.continued,
            firms=self.firms,
            kind=self.plan.kind,
            replaced=self.replaced,
            pictures=self.pictures,
            policies=self.plan.policies,
            remembered=self.plan.remembered,
            left_out=tuple(self._left_out),
            columns=self.plan.columns_read(self.beside.hidden_columns),
            problems=tuple(problems[:MAX_PROBLEMS]),
            problem_count=self._problem_count + self._late_count,
            late_count=self._late_count,
            colours=tuple((u.colour, u.rows, tags.get(u.colour, "")) for u in self.beside.colours),
            hidden_rows=self.beside.hidden_rows,
            hidden_columns=len(self.beside.hidden_columns),
            without_hidden=self.plan.without_hidden,
        )
