"""Files as the import opens them: their sheets' values, and the customers they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.bridge.files.books import open_book
from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process import wire
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.process.wire import CleanRow
from crm_desktop.bridge.sheets.pipeline import Workbook
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.imports import BandKind, SheetKind, WorkbookPreview


class Opened:
    """A file's sheets; rows without the blanks at their ends, nor blank rows at the end."""

    def __init__(self, path: Path) -> None:
        source = load(path, None, DEFAULT_LIMITS)
        book = open_book(source, DEFAULT_LIMITS)
        self.format = source.format.value
        self.names = list(book.names)
        self.hidden = list(book.hidden)
        self.sheets = [_trimmed(book.sheet(n)) for n in range(len(self.names))]

    @property
    def rows(self) -> list[list[Any]]:
        """The rows of the only sheet."""
        assert len(self.sheets) == 1
        return self.sheets[0]


def opened(path: Path, content: str | bytes, *, encoding: str = "utf-8") -> Opened:
    """Write a file and open it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return Opened(path)


def _trimmed(sheet: Any) -> list[list[Any]]:
    rows = []
    for row in sheet.rows():
        values: Sequence[Any] = [""] * sheet.left + list(row)
        end = len(values)
        while end and values[end - 1] == "":
            end -= 1
        rows.append(list(values[:end]))
    while rows and not rows[-1]:
        rows.pop()
    return rows


class Read:
    """A file read to the end as the import proposes it, in this very process."""

    def __init__(self, path: Path, country: str = "PT") -> None:
        source = load(path, None, DEFAULT_LIMITS)
        book = Workbook(source, country, DEFAULT_LIMITS, sparse=False)
        self.preview: WorkbookPreview = book.inspect(_quiet)
        self.rows: list[CleanRow] = [
            row
            for sheet in self.preview.sheets
            if not sheet.empty
            for batch in book.rows(sheet.plan, _quiet)
            for row in wire.unpack_rows(wire.pack_rows(batch))
        ]

    @property
    def drafts(self) -> list[CustomerDraft]:
        return [row.draft for row in self.rows if row.draft is not None]

    @property
    def columns(self) -> dict[str, str]:
        """Field and label of each column of the first sheet, by header."""
        plan = self.preview.sheets[0].plan
        return {c.header: f"{c.field}/{c.label}" if c.label else c.field for c in plan.columns}

    @property
    def kinds(self) -> list[SheetKind]:
        """What each table is taken for."""
        return [sheet.plan.kind for sheet in self.preview.sheets]

    @property
    def names(self) -> list[str]:
        """The customers' names, in the order of the rows."""
        return [draft.name for draft in self.drafts]

    def bands(self, kind: BandKind) -> list[int]:
        """First rows of what of a kind stands on the sheets."""
        return [b.first for s in self.preview.sheets for b in s.bands if b.kind is kind]


Look = Callable[..., Read]
# Areas as Excel names them, and what stands in each.
Merge = Sequence[tuple[str, Any]]


def _quiet(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def points(draft: CustomerDraft) -> list[tuple[str, str, str]]:
    """Kind, value and label of each contact point."""
    return [(p.kind, p.value or p.raw, p.label) for p in draft.contact_points]
