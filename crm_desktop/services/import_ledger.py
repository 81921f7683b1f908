"""The ledger of one sheet: every row read has one entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.domain.imports import LeftOut, Problem, SheetPlan, SheetResult

# A sheet that is wrong throughout is told by its first thousand cells.
MAX_PROBLEMS = 1_000


@dataclass(slots=True)
class Ledger:
    """Counts one sheet while its rows go by."""

    sheet: str
    plan: SheetPlan
    created: int = 0
    updated: int = 0
    merged: int = 0
    problem_count: int = 0
    _left_out: list[LeftOut] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows accounted for so far."""
        return self.created + self.updated + self.merged + len(self._left_out)

    def left_out(self, row: int, reason: str) -> None:
        """Enter a row that made no customer."""
        self._left_out.append(LeftOut(row, reason))

    def problems(self, problems: Iterable[Problem]) -> None:
        """Enter cells that could not be taken over as they stood."""
        for problem in problems:
            self.problem_count += 1
            if len(self._problems) < MAX_PROBLEMS:
                self._problems.append(problem)

    def result(self) -> SheetResult:
        """The finished account."""
        return SheetResult(
            sheet=self.sheet,
            header_row=self.plan.header_row,
            rows=self.rows,
            created=self.created,
            updated=self.updated,
            merged=self.merged,
            left_out=tuple(self._left_out),
            columns=self.plan.columns,
            problems=tuple(self._problems),
            problem_count=self.problem_count,
        )
