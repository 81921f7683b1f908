"""xlsx, xlsm, xlsb and ods through python-calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_KEEP_CELLS = 3_000_000


class CalamineBook:
    """xlsx, xlsm, xlsb and ods through python-calamine, given bytes: it trusts names otherwise."""

    def __init__(self, source: Source) -> None:
        import python_calamine as calamine

        self._source = source
        try:
            self._book = calamine.load_workbook(io.BytesIO(source.data))
        except calamine.PasswordError as error:
            raise UserError(
                _("“{name}” is protected by a password; enter it to go on.").format(
                    name=source.name
                ),
                field="password",
            ) from error
        except (calamine.CalamineError, ValueError, OSError) as error:
            raise damaged(source.name) from error
        tables = [
            sheet
            for sheet in self._book.sheets_metadata
            if sheet.typ is calamine.SheetTypeEnum.WorkSheet
        ]
        self.names = [sheet.name for sheet in tables]
        self.hidden = [s.visible is not calamine.SheetVisibleEnum.Visible for s in tables]
        self._cache: dict[int, _CalamineSheet] = {}

    def sheet(self, index: int) -> _CalamineSheet:
        """Load a sheet; sheets stay loaded while they are small enough together."""
        import python_calamine as calamine

        if index in self._cache:
            return self._cache[index]
        if sum(sheet.cells for sheet in self._cache.values()) > _KEEP_CELLS:
            self._cache.clear()
        try:
            sheet = _CalamineSheet(self._book.get_sheet_by_name(self.names[index]))
        except (calamine.CalamineError, ValueError, OSError) as error:
            raise damaged(self._source.name) from error
        self._cache[index] = sheet
        return sheet


class _CalamineSheet:
    """A loaded sheet; python-calamine gives values lazily, row by row."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self.left: int = sheet.start[1] if sheet.start else 0
        self.height: int | None = sheet.total_height
        self.cells: int = sheet.height * sheet.width

    def rows(self) -> Iterator[Row]:
        rows: Iterator[Row] = self._sheet.iter_rows()
        return rows
