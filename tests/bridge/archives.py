"""Importing a file unattended, as the command does, and what the archive holds then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.domain.imports import ImportResult, SheetResult
from crm_desktop.services.workspace import Workspace

Rows = Sequence[Sequence[Any]]
PEOPLE = ("Ana Silva", "Rui Costa", "Eva Lima", "Ivo Reis")


class Imported:
    """An archive after one import into it."""

    def __init__(self, workspace: Workspace, result: ImportResult) -> None:
        self.result = result
        numbers = sorted(workspace.customers.ids(CustomerListQuery()))
        self.customers: list[dict[str, Any]] = [workspace.exports.document(n) for n in numbers]
        # The texts of the cells that each was made of, in the same order.
        self.origins = [[o.text for o in workspace.customers.origins(n)] for n in numbers]
        assert all(sheet.balances for sheet in self.sheets)

    @property
    def sheets(self) -> list[SheetResult]:
        return [sheet for file in self.result.files for sheet in file.sheets]

    @property
    def names(self) -> list[str]:
        return [customer["name"] for customer in self.customers]

    @property
    def by_name(self) -> dict[str, dict[str, Any]]:
        assert len(set(self.names)) == len(self.names)
        return {customer["name"]: customer for customer in self.customers}

    def phones(self, name: str) -> list[str | None]:
        return [phone["number"] for phone in self.by_name[name]["phones"]]

    def left_out(self, sheet: int = 0) -> list[int]:
        return [row.row for row in self.sheets[sheet].left_out]

    def fields(self, sheet: int = 0) -> dict[str, str]:
        return {column.column: column.field for column in self.sheets[sheet].columns}


Bring = Callable[..., Imported]


def import_file(workspace: Workspace, path: Path) -> Imported:
    return Imported(workspace, workspace.imports.import_files([path]))


def write_book(path: Path, sheets: Mapping[str, Rows], merge: Sequence[tuple[str, Any]]) -> None:
    """Write sheets of rows by their names; the merged areas are the first one's."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(r, c, value)  # "=" is no formula
                    elif value is not None:
                        sheet.write(r, c, value)
        for area, value in merge:
            book.worksheets()[0].merge_range(area, value)
