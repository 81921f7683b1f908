"""What the tests of the import share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from archives import Bring, Imported, Rows, import_file

from crm_desktop.services.workspace import Workspace


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Import sheets of rows into an archive that has no home country."""

    def make(*sheets: Rows, merge: Sequence[tuple[str, Any]] = (), country: str = "") -> Imported:
        path = tmp_path / "clientes.xlsx"
        book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(r, c, value)  # "=" is no formula
                    elif value is not None:
                        sheet.write(r, c, value)
        for area, value in merge:
            book.worksheets()[0].merge_range(area, value)
        book.close()
        data = tmp_path / "data"
        with Workspace.open(tmp_path / "a.crm", create=True, data_dir=data) as workspace:
            if country:
                workspace.settings.set_home_country(country)
            return import_file(workspace, path)

    return make
