"""What the caller of an unattended import decides, and what follows for its sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crm_desktop.bridge.sheets.mapping import has_identity
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import SheetPlan, WorkbookPreview
from crm_desktop.i18n import _
from crm_desktop.services.imports.mapping import apply_mapping


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the caller decides for an unattended import.

    Attributes:
        country: ISO code for phone numbers without a prefix; None leaves it to the settings,
            then to the file.
        sheets: names of the sheets to take; () for all.
        mapping: a mapping as `import_mapping` reads it, or None.
        password: for protected files.
        only_changed: leave rows out that an earlier import of the file took in as they stand.
    """

    country: str | None = None
    sheets: tuple[str, ...] = ()
    mapping: object | None = None
    password: str | None = None
    only_changed: bool = False


def chosen_plans(preview: WorkbookPreview, options: ImportOptions) -> tuple[SheetPlan, ...]:
    """The plans of the sheets to take.

    Raises:
        UserError: the mapping is not of its form.
    """
    plans = []
    for sheet in preview.sheets:
        names = sheet.card_names or (sheet.name,)
        wanted = tuple(name for name in names if name in options.sheets)
        if not sheet.rows or (options.sheets and not wanted):
            continue
        plan = sheet.plan
        if options.mapping is not None:
            plan = apply_mapping(sheet, options.mapping)
        # A table of figures is a list as soon as the mapping says who its customers are.
        if sheet.empty and not has_identity(plan.columns):
            continue
        if wanted and wanted != names:
            plan = replace(plan, only_cards=wanted)
        plans.append(plan)
    return tuple(plans)


def refuse_unknown_sheets(previews: Iterable[WorkbookPreview], wanted: tuple[str, ...]) -> None:
    """Make sure that every sheet that was asked for is there.

    Raises:
        UserError: one is not; the sentence tells which there are.
    """
    known = {
        name
        for preview in previews
        for sheet in preview.sheets
        for name in (sheet.card_names or (sheet.name,))
    }
    for name in wanted:
        if name not in known:
            raise UserError(
                _("There is no sheet “{sheet}”; there are: {known}.").format(
                    sheet=name, known=", ".join(sorted(known))
                )
            )
