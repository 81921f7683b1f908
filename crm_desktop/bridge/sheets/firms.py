"""Rows whose organisation stands in a row above: the further contact persons of a firm."""

from __future__ import annotations

from crm_desktop.bridge.files.books import Row
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.text import Value, is_blank
from crm_desktop.domain.imports import SheetPlan

_NAMES = frozenset(("name", "given_name", "family_name"))


class Firms:
    """Fills the blank organisation of a row that has a name, where the sheet says whose he is.

    It says so by merged cells, or by a header that speaks of contact persons: below
    "Company | Contact person" a person without a firm is one of the firm just above him. Below
    "Company | Name" he may as well be a customer for himself, and stays one.
    """

    def __init__(self, part: Part, plan: SheetPlan) -> None:
        left, used = part.scan.left, part.scan.used
        firms = [c.index for c in plan.columns if c.field == "organisation"]
        named = [c for c in plan.columns if c.field in _NAMES and c.index - left in used]
        self._at = firms[0] - left if len(firms) == 1 and named else -1
        self._place = used.index(self._at) if self._at in used else -1
        self._names = [c.index - left for c in named]
        self._follow = any(
            found[0].field == "contact_person" for c in named if (found := meanings(c.header))
        )
        self._tops: dict[int, int] = {}
        if self._place >= 0 and not part.is_cards:
            for area in part.traits.merged:
                if area.left == firms[0] and area.bottom > area.top:
                    rows = range(area.top + 1, area.bottom + 1)
                    self._tops.update(dict.fromkeys(rows, area.top))
        self.any = self._place >= 0 and not part.is_cards and bool(self._tops or self._follow)
        self._firm: Value = ""
        self._of = self._last = -1

    def filled(self, number: int, row: Row, picked: Row, *, left_out: bool) -> Row:
        """A row with its organisation.

        Args:
            number: its own, 1-based; the rows come in their order.
            row: as it stands in the sheet.
            picked: its used columns.
            left_out: it is no customer: what follows it follows no firm.
        """
        before, self._last = self._last, number
        if left_out:
            self._firm = ""
            return picked
        own = row[self._at] if self._at < len(row) else ""
        if not is_blank(own):
            self._firm, self._of = own, number
            return picked
        merged = self._tops.get(number) == self._of
        if not merged and not (self._follow and before == number - 1):
            self._firm = ""
        if is_blank(self._firm) or all(j >= len(row) or is_blank(row[j]) for j in self._names):
            return picked
        return [*picked[: self._place], self._firm, *picked[self._place + 1 :]]
