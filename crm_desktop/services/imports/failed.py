"""Rows of an import that somebody should look at, as a workbook to put right and import again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.domain.imports import (
    CUSTOM_PREFIX,
    SKIP,
    ImportResult,
    SheetKind,
    SheetPreview,
    SheetResult,
    WorkbookPreview,
)
from crm_desktop.i18n import _
from crm_desktop.services.imports.matching import newest_first

if TYPE_CHECKING:
    from crm_desktop.store.imports import RawRow, RawSheet

# Begins the head of the column that says why, in any language: an import leaves it out.
_MARK = "CRM Desktop · "
_MOST_CELL = 32_767  # characters that Excel takes in one cell
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_WIDEST = 46


class FailedRow(NamedTuple):
    """A row as it stood, by the letters of its columns, and what is the matter with it."""

    row: int
    cells: Mapping[str, str]
    reason: str


class FailedSheet(NamedTuple):
    """Such rows of one table.

    Attributes:
        columns: letter and head of each, in the order of the sheet.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[FailedRow, ...]


def reasons(sheet: SheetResult) -> dict[int, str]:
    """What there is to put right, by row; headings, totals, sales and the like are as they are."""
    found: dict[int, list[str]] = {}
    passed_over = _passed_over()
    if sheet.kind is not SheetKind.LEDGER:
        for row, reason in sheet.left_out:
            if not reason.startswith(passed_over):
                found.setdefault(row, []).append(reason)
    for row, column, value, problem in sheet.problems:
        found.setdefault(row, []).append(f"{column} “{value}”: {problem}" if column else problem)
    return {row: "\n".join(words) for row, words in sorted(found.items())}


def failed_sheets(
    result: ImportResult,
    sheets: Sequence[RawSheet],
    rows_of: Callable[[RawSheet, Sequence[int]], Iterable[RawRow]],
) -> list[FailedSheet]:
    """Gather the rows to put right.

    Args:
        result: of an import.
        sheets: what the archive keeps of its sheets, in the order they were written.
        rows_of: gives rows of a sheet by their numbers.
    """
    found = []
    # They were written in this order, and told in that of the files.
    accounts = [
        sheet
        for file in newest_first(result.files, lambda file: file.file)
        for sheet in newest_first(file.sheets, lambda sheet: sheet.sheet)
    ]
    for account, kept in zip(accounts, sheets, strict=True):
        if why := reasons(account):
            columns = tuple(
                (c.column, _head(c.column, c.header, c.field))
                for c in kept.columns
                if c.field != SKIP or c.header
            )
            rows = tuple(
                FailedRow(raw.row, raw.cells, why[raw.row]) for raw in rows_of(kept, list(why))
            )
            found.append(FailedSheet(kept.name, columns, rows))
    return found


def workbook(sheets: Sequence[FailedSheet]) -> bytes:
    """The rows as an .xlsx: all as text, heads as they were, the reason in the last column."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        told = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#B45309"})
        taken: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_free_name(sheet.name, taken))
            page.freeze_panes(1, 0)
            last = len(sheet.columns)
            for at, (letter, head) in enumerate(sheet.columns):
                texts = [head, *(r.cells.get(letter, "") for r in sheet.rows[:200])]
                widest = max(len(line) for text in texts for line in text.split("\n"))
                page.set_column(at, at, min(widest + 2, _WIDEST))
                page.write_string(0, at, head, bold)
            page.set_column(last, last, 60)
            page.write_string(0, last, _MARK + _("Reason"), bold)
            for number, row in enumerate(sheet.rows, start=1):
                for at, (letter, _title) in enumerate(sheet.columns):
                    if text := row.cells.get(letter, ""):
                        page.write_string(number, at, text[:_MOST_CELL])
                page.write_string(number, last, row.reason[:_MOST_CELL], told)
    return stream.getvalue()


def without_reasons(preview: WorkbookPreview) -> WorkbookPreview:
    """Propose to leave the column of reasons out, where a workbook of ours comes back."""
    return replace(preview, sheets=tuple(without_reason(sheet) for sheet in preview.sheets))


def without_reason(sheet: SheetPreview) -> SheetPreview:
    """The same for one sheet."""
    if not any(c.header.startswith(_MARK) for c in sheet.plan.columns):
        return sheet
    columns = tuple(
        replace(c, field=SKIP, confidence=1.0) if c.header.startswith(_MARK) else c
        for c in sheet.plan.columns
    )
    return replace(sheet, plan=replace(sheet.plan, columns=columns))


def _passed_over() -> tuple[str, ...]:
    return (
        _("The row holds blanks only."),
        _("The row repeats the header."),
        _("The row adds others up."),
        _("The row is a heading for those below it."),
        _("The row is a note about the list."),
        _("Unchanged since {date}.").partition("{")[0],
    )


def _head(column: str, header: str, field: str) -> str:
    """What stands above a column; one that no sheet has is called what it fed."""
    if column.isupper():
        return header or column
    if field.startswith(CUSTOM_PREFIX):
        return field.removeprefix(CUSTOM_PREFIX)
    return _("City") if field == "city" else _("Tags")


def _free_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet and that no other one has."""
    plain = _NOT_IN_NAMES.sub(" ", name).strip("' ")[:_LONGEST_NAME] or _("Rows")
    free, number = plain, 1
    while free.casefold() in taken:
        number += 1
        end = f" {number}"
        free = plain[: _LONGEST_NAME - len(end)] + end
    taken.add(free.casefold())
    return free
