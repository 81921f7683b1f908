"""Reading a file as the import does, and what it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.matching.match import MatchIndex, identity
from crm_desktop.bridge.matching.merge import apply_merge, merge_draft
from crm_desktop.bridge.process import wire
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.process.reader import Reader
from crm_desktop.bridge.process.wire import CleanRow
from crm_desktop.bridge.sheets.pipeline import Workbook
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.imports import WorkbookPreview


class Read:
    """A file after reading: its preview and the rows of each sheet."""

    def __init__(self, preview: WorkbookPreview, rows: dict[int, list[CleanRow]]) -> None:
        self.preview = preview
        self.rows = rows

    @property
    def all_rows(self) -> list[CleanRow]:
        return [row for rows in self.rows.values() for row in rows]

    @property
    def drafts(self) -> list[CustomerDraft]:
        return [row.draft for row in self.all_rows if row.draft is not None]

    def fields(self, sheet: int = 0) -> list[str]:
        return [column.field for column in self.preview.sheets[sheet].plan.columns]

    def customers(self) -> list[CustomerDraft]:
        """What an import into an empty archive makes: certain matches merged."""
        index = MatchIndex()
        found: list[CustomerDraft] = []
        number: int | None = None
        for row in self.all_rows:
            if row.draft is None:
                number = None
                continue
            draft = row.draft
            if not (row.continues and number is not None):
                if row.left_out:
                    continue
                number = index.find(identity(draft))
            if number is None:
                number = len(found)
                found.append(draft)
            else:
                found[number] = apply_merge(found[number], merge_draft(found[number], draft))
            index.add(number, identity(found[number]))
        return found


def read(path: Path, country: str = "PT") -> Read:
    """Read every sheet that holds anything, as it is proposed; in this very process."""
    source = load(path, None, DEFAULT_LIMITS)
    book = Workbook(source, country, DEFAULT_LIMITS, sparse=False)
    preview = book.inspect(_quiet)
    rows = {
        sheet.index: [
            row
            for batch in book.rows(sheet.plan, _quiet)
            for row in wire.unpack_rows(wire.pack_rows(batch))
        ]
        for sheet in preview.sheets
        if not sheet.empty
    }
    return Read(preview, rows)


def _quiet(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def read_apart(path: Path, country: str = "PT", **options: Any) -> Read:
    """Read as the program does, in a process of its own."""
    with Reader(path, country, **options) as reader:
        preview = reader.inspect()
        rows = {
            sheet.index: [row for batch in reader.rows(sheet.plan) for row in batch]
            for sheet in preview.sheets
            if not sheet.empty
        }
    return Read(preview, rows)
