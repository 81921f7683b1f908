"""One file on its way in: looked at, read as the user says, checked, imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_desktop.bridge.process.reader import Reader
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import (
    ColumnMapping,
    ColumnValues,
    ImportResult,
    SheetPlan,
    SheetPreview,
    WorkbookPreview,
)
from crm_desktop.domain.jobs import Job
from crm_desktop.services.imports.failed import without_reason
from crm_desktop.services.imports.matching import FileSource
from crm_desktop.services.imports.reading import let_go

if TYPE_CHECKING:
    from crm_desktop.services.imports.service import ImportService


class ImportSession:
    """One file on its way in; close it in the end.

    Attributes:
        proposed: the file as the program alone understands it.
        preview: the same, but for sheets that are read as others of their headers were before.
    """

    def __init__(
        self, service: ImportService, source: FileSource, proposed: WorkbookPreview
    ) -> None:
        self._service = service
        self.source = source
        self.proposed = proposed
        recalled = service.recall(source, proposed.sheets)
        self._proposals = {r.shown.index: r.proposed.plan for r in recalled}
        self.preview = replace(proposed, sheets=tuple(r.shown for r in recalled))

    def plans(self) -> tuple[SheetPlan, ...]:
        """The proposal for every sheet that holds anything."""
        return tuple(s.plan for s in self.preview.sheets if not s.empty)

    def replan(self, sheet: int, header_row: int) -> SheetPreview:
        """Read a sheet anew with another header row; the preview follows.

        Args:
            sheet: its index.
            header_row: 1-based, 0 for a sheet without one.
        """
        if not isinstance(self.source, Reader):
            return self.preview.sheets[sheet]
        again = without_reason(self.source.replan(sheet, header_row))
        [(proposed, fresh)] = self._service.recall(self.source, [again])
        self._proposals[sheet] = proposed.plan
        sheets = tuple(fresh if s.index == sheet else s for s in self.preview.sheets)
        self.preview = replace(self.preview, sheets=sheets)
        return fresh

    def proposal(self, plan: SheetPlan) -> SheetPlan:
        """What was proposed for a sheet with the header row that it has now."""
        first = self.proposed.sheets[plan.sheet].plan
        return first if plan.header_row == first.header_row else self._proposals[plan.sheet]

    def values(self, plan: SheetPlan, index: int, *, job: Job | None = None) -> ColumnValues:
        """Count the values of a column over all rows, and find those that are one.

        Args:
            plan: how its sheet is read.
            index: the column's 0-based position.
            job: progress and cancel.
        """
        if not isinstance(self.source, Reader):
            return ColumnValues(0, 0, ())
        return self.source.values(plan, index, job)

    def dates(self, plan: SheetPlan, index: int, *, job: Job | None = None) -> ColumnMapping | None:
        """Decide how the dates of a column are meant that became one of birthdays."""
        return self.source.dates(plan, index, job) if isinstance(self.source, Reader) else None

    def with_kinds(self, plan: SheetPlan, job: Job | None = None) -> SheetPlan:
        """A plan whose own fields are of the kinds that their columns' values show.

        The proposal has them already; a column that the user makes an own field is looked at now.
        """
        before = {c.index: c.custom for c in self.proposal(plan).columns}
        if not isinstance(self.source, Reader) or not any(
            c.custom and c.kind is FieldKind.TEXT and not before.get(c.index) for c in plan.columns
        ):
            return plan
        return self.source.kinds(plan, job)

    def check(self, plans: Sequence[SheetPlan], *, job: Job | None = None) -> ImportResult:
        """Say what an import would do, without doing it.

        Raises:
            Cancelled: the user stopped it.
        """
        return self._service.run([(self, tuple(plans))], dry_run=True, job=job)

    def run(self, plans: Sequence[SheetPlan], *, job: Job | None = None) -> ImportResult:
        """Import, as one step.

        Raises:
            Cancelled: the user stopped it; nothing was changed.
            EnvironmentProblem: disk full and the like; nothing was changed.
        """
        return self._service.run([(self, tuple(plans))], dry_run=False, job=job)

    def rest(self) -> None:
        """End the process that reads the file until it is needed again; from one thread only."""
        let_go(self.source)

    def close(self) -> None:
        """End the process that reads the file."""
        self.source.close()

    def __enter__(self) -> ImportSession:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
