"""Rows whose organisation or address stands in a row above, as contact persons and families."""

from __future__ import annotations

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets.firm_cells import OF_BOTH
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.text import Value, is_blank
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import FACTS, GROUP_COLUMN, ColumnMapping, SheetPlan

_NAMES = frozenset(("name", "given_name", "family_name"))
_ASKED_FOR = frozenset(("contact_person", "contact"))
_ADDRESS = frozenset(("street", "postcode", "city", "region", "country"))
# What a firm or a family has in common besides.
_COMMON = frozenset((*_ADDRESS, *FACTS, "stage", "tags")) - {"title"}
# Own fields that say the same of several: a family's name, a tour, a day; sums are shared out.
_SHARED = frozenset((FieldKind.TEXT, FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.DATE))


class Firms:
    """Fills the blank organisation of a row that has a name, where the sheet says whose he is.

    It says so by merged cells, or by a header that speaks of contact persons: below
    "Company | Contact person" a person without a firm is one of the firm just above him. Below
    "Company | Name" he may as well be a customer for himself, and stays one. Of an address, a
    stage, tags or an own field, only merged cells say so. A merged phone is that of a couple; a
    firm's stays with the first whom its row names.
    """

    def __init__(self, part: Part, plan: SheetPlan, own: frozenset[int]) -> None:
        """Begin.

        Args:
            part: the table.
            plan: how it is read.
            own: places of the columns that stay the firm's own (`firm_cells`).
        """
        left, used = part.scan.left, part.scan.used
        firms = [c.index for c in plan.columns if c.field == "organisation"]
        named = [c for c in plan.columns if c.field in _NAMES and c.index - left in used]
        self._at = firms[0] - left if len(firms) == 1 and named else -1
        self._place = used.index(self._at) if self._at in used else -1
        self._names = [c.index - left for c in named]
        self._follow = any(
            found[0].field in _ASKED_FOR for c in named if (found := meanings(c.header))
        )
        self._tops: dict[int, int] = {}
        if self._place >= 0 and not part.is_cards:
            for area in part.traits.merged:
                if area.left == firms[0] and area.bottom > area.top:
                    rows = range(area.top + 1, area.bottom + 1)
                    self._tops.update(dict.fromkeys(rows, area.top))
        shared = [] if part.is_cards or not named else _shared_columns(part, plan, own)
        self._shared = [one for column, one in shared if column.field != "phone"]
        self._phones = [one for column, one in shared if column.field == "phone"]
        firms_too = self._place >= 0 and not part.is_cards and bool(self._tops or self._follow)
        self.any = firms_too or bool(shared)
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
        has_name = any(j < len(row) and not is_blank(row[j]) for j in self._names)
        for column in self._shared:
            picked = column.filled(number, row, picked, has_name=has_name)
        firm = self._firm_of(number, row, before)
        for column in self._phones:
            picked = column.filled(number, row, picked, has_name=has_name and is_blank(firm))
        at_work = self._place >= 0 and has_name and not is_blank(firm)
        return _with(picked, self._place, firm) if at_work else picked

    def _firm_of(self, number: int, row: Row, before: int) -> Value:
        """The firm of a row: its own, or that of the row which it follows."""
        own = row[self._at] if 0 <= self._at < len(row) else ""
        if not is_blank(own):
            self._firm, self._of = own, number
        elif self._tops.get(number, 0) != self._of and not (self._follow and before == number - 1):
            self._firm = ""
        return self._firm


class _Shared:
    """A column with cells that are merged over several rows."""

    def __init__(self, at: int, place: int, tops: dict[int, int]) -> None:
        self._at = at
        self._place = place
        self._tops = tops
        self._value: Value = ""
        self._of = -1

    def filled(self, number: int, row: Row, picked: Row, *, has_name: bool) -> Row:
        """A row with the value of the cells that its own is merged with."""
        own = row[self._at] if self._at < len(row) else ""
        if not is_blank(own):
            self._value, self._of = own, number
        elif has_name and self._tops.get(number) == self._of:
            return _with(picked, self._place, self._value)
        return picked


def _shared_columns(
    part: Part, plan: SheetPlan, firms: frozenset[int]
) -> list[tuple[ColumnMapping, _Shared]]:
    """The columns of what several have in common that have merged cells."""
    left, used = part.scan.left, part.scan.used
    found = []
    for column in plan.columns:
        at = column.index - left
        own = column.custom and column.index < GROUP_COLUMN and column.kind in _SHARED
        if not (column.field in _COMMON or column.field == "phone" or own) or at not in used:
            continue
        if column.index in firms and column.field not in OF_BOTH:
            continue
        tops = {
            row: area.top
            for area in part.traits.merged
            if area.left == column.index
            for row in range(area.top + 1, area.bottom + 1)
        }
        if tops:
            found.append((column, _Shared(at, used.index(at), tops)))
    return found


def _with(picked: Row, place: int, value: Value) -> Row:
    return [*picked[:place], value, *picked[place + 1 :]]
