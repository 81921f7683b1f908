"""What a table says beside its values, as the wizard shows it."""

from __future__ import annotations

from crm_desktop.bridge.sheets.outline import HEAD_ROWS
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.values.text import Value
from crm_desktop.domain.imports import COLOUR_COLUMN, SKIP, Beside, SheetPlan
from crm_desktop.i18n import _


def beside_of(part: Part) -> Beside:
    """Sum up what is hidden, struck through or coloured in a table."""
    traits, scan = part.traits, part.scan
    if part.is_cards:
        return Beside()
    first, end = part.top, part.top + HEAD_ROWS
    below = max(first, scan.header_row + 1)
    hidden = {n for n in traits.hidden_rows if n > scan.header_row and scan.outline.count(n)}
    used = {scan.left + j for j in scan.used}
    return Beside(
        hidden_rows=len(hidden),
        hidden_columns=tuple(sorted(used & traits.hidden_columns)),
        hidden=frozenset(n for n in hidden if first <= n < end),
        struck=frozenset(n for n, _c in traits.struck if below <= n < end),
        fills=tuple((n, c) for n, c in part.colours.by_row.items() if first <= n < end),
        colours=part.colours.uses,
    )


def hidden_reasons(part: Part, plan: SheetPlan) -> dict[int, str]:
    """Why rows are left out that the spreadsheet hides, by number, where the plan says so."""
    if not plan.without_hidden or part.is_cards:
        return {}
    return dict.fromkeys(part.traits.hidden_rows, _("The row is hidden."))


def colour_texts(part: Part, plan: SheetPlan) -> dict[int, Value]:
    """What the column of colours holds, by row: a line for each tag."""
    if all(c.index != COLOUR_COLUMN or c.field == SKIP for c in plan.columns):
        return {}
    tags = dict(plan.colours)
    texts: dict[int, Value] = {}
    for number, found in part.colours.by_row.items():
        if text := "\n".join(tag for colour in found if (tag := tags.get(colour, ""))):
            texts[number] = text
    return texts
