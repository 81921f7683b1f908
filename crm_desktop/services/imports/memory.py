"""Mappings that the archive keeps: what was confirmed for a sheet of these headers, and saved ones.

Both are settings, so that they are journalled: the undo of an import forgets what it taught, and
saving, renaming and deleting are steps of their own. The form is that of `import_mapping`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from crm_desktop.domain.errors import UserError
from crm_desktop.domain.imports import ColumnMapping, SheetPlan, SheetPreview
from crm_desktop.i18n import _
from crm_desktop.services.imports.mapping import apply_mapping, describe_plan
from crm_desktop.store import settings
from crm_desktop.store.archive import Archive
from crm_desktop.store.engine import Connection
from crm_desktop.store.search.fold import fold
from crm_desktop.store.times import now

_READ_AS = "import.read_as."
_SAVED = "import.mapping."
# A sheet of thousands of columns is a table of figures; what it taught would weigh more than it.
_MOST_COLUMNS = 1_000
_LONGEST_NAME = 80

Replan = Callable[[int, int], SheetPreview]


def signature(columns: Iterable[ColumnMapping]) -> str:
    """A hash of a sheet's headers in their order; "" for a sheet without any.

    Capitals, accents and columns without a header make no difference. The heading above groups
    and the sheet's own name are no headers.
    """
    heads = [fold(c.header) for c in columns if c.column.isupper() and c.header.strip()]
    if not heads:
        return ""
    return hashlib.sha256("\x1f".join(heads).encode()).hexdigest()[:32]


class Recalled(NamedTuple):
    """A sheet as it is proposed, and as one of the same headers was read before.

    Both are the same where none was.
    """

    proposed: SheetPreview
    shown: SheetPreview


def recall(connection: Connection, sheet: SheetPreview, replan: Replan) -> Recalled:
    """Look whether a sheet of the same headers was read before.

    Args:
        connection: for reading.
        sheet: as it is proposed.
        replan: reads the sheet of an index anew, with another header row.
    """
    own = signature(sheet.plan.columns)
    text = settings.get(connection, _READ_AS + own) if own else ""
    if not text:
        return Recalled(sheet, sheet)
    known = json.loads(text)
    header_row = known.get("header_row")
    if header_row is not None and header_row != sheet.plan.header_row:
        again = replan(sheet.index, header_row)
        if signature(again.plan.columns) != known["headers"]:
            return Recalled(sheet, sheet)
        sheet = again
    said = {key: known[key] for key in ("columns", "kind", "replace", "colours") if key in known}
    said["dates"] = _asked_again(sheet.plan, known.get("dates", {}))
    plan = apply_mapping(sheet, {"sheets": {sheet.name: said}})
    return Recalled(sheet, replace(sheet, plan=replace(plan, remembered=known["at"])))


def remember(
    connection: Connection, plan: SheetPlan, proposal: SheetPlan, first: SheetPlan
) -> None:
    """Keep how a sheet was read; must run inside the import's step.

    Policies are not kept: what an import may replace is said anew each time.

    Args:
        connection: the writer's.
        plan: as the user left it.
        proposal: as the program proposed it, with the header row that it has now.
        first: as it was proposed at the very first, perhaps with another header row.
    """
    if not plan.columns or len(plan.columns) > _MOST_COLUMNS:
        return
    own, proposed = signature(plan.columns), signature(first.columns)
    known: dict[str, Any] = {"at": now(), **describe_plan(plan, proposal)}
    if plan.kind is not proposal.kind:
        known["kind"] = plan.kind.value
    if own:
        settings.put_anew(connection, _READ_AS + own, _text(known))
    if proposed and plan.header_row != first.header_row:
        # The next file will be proposed with the wrong header again: that is what to know it by.
        known |= {"header_row": plan.header_row, "headers": own}
        settings.put_anew(connection, _READ_AS + proposed, _text(known))


def _asked_again(plan: SheetPlan, dates: dict[str, str]) -> dict[str, str]:
    """The orders of dates of columns that this sheet leaves open; else its own dates tell."""
    open_ones = [c for c in plan.columns if c.date_examples or not c.date_order]
    names = {fold(name) for c in open_ones for name in (c.header, c.column)}
    return {name: order for name, order in dates.items() if fold(name) in names}


class SavedMappings:
    """Mappings that have a name."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def all(self) -> dict[str, dict[str, Any]]:
        """The mappings by name, in the names' order."""
        with self._archive.reading() as connection:
            found = settings.beginning(connection, _SAVED)
        return {name: json.loads(found[name]) for name in sorted(found, key=fold)}

    def get(self, name: str) -> dict[str, Any]:
        """One mapping.

        Raises:
            UserError: there is none of that name; the sentence tells which there are.
        """
        known = self.all()
        if name in known:
            return known[name]
        if not known:
            raise UserError(_("“{name}” is neither a file nor a saved mapping.").format(name=name))
        raise UserError(
            _("“{name}” is neither a file nor a saved mapping; saved are: {known}.").format(
                name=name, known=", ".join(known)
            )
        )

    def save(self, name: str, plan: SheetPlan, proposal: SheetPlan) -> None:
        """Save how a sheet is read, its policies included; one of that name is replaced.

        Raises:
            UserError: the name is empty.
        """
        name = _name(name)
        mapping = describe_plan(plan, proposal)
        if plan.kind is not proposal.kind:
            mapping["kind"] = plan.kind.value
        if plan.policies:
            mapping["policies"] = dict(plan.policies)
        self._archive.write(
            _("Save the mapping “{name}”").format(name=name),
            lambda c: settings.put_anew(c, _SAVED + name, _text(mapping)),
        )

    def rename(self, name: str, new: str) -> None:
        """Give one another name.

        Raises:
            UserError: the name is empty, or taken.
        """
        new = _name(new)
        if new != name and new in self.all():
            raise UserError(
                _("There is a mapping “{name}” already.").format(name=new), field="name"
            )
        self._archive.write(
            _("Rename the mapping “{name}”").format(name=name),
            lambda c: settings.rename(c, _SAVED + name, _SAVED + new),
        )

    def delete(self, name: str) -> None:
        """Delete one."""
        self._archive.write(
            _("Delete the mapping “{name}”").format(name=name),
            lambda c: settings.delete(c, _SAVED + name),
        )


def _name(text: str) -> str:
    name = " ".join(text.split())[:_LONGEST_NAME]
    if not name:
        raise UserError(_("Give the mapping a name."), field="name")
    return name


def _text(known: dict[str, Any]) -> str:
    return json.dumps(known, ensure_ascii=False)
