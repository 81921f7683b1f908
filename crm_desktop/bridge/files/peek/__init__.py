"""The first rows of a file, read before anything of it was looked through.

A hundred thousand rows take seconds to be understood; their beginning can be seen at once. Most
formats are cut off behind their first rows and given to the very reader that reads them whole, so
that both show the same. Only what lies before the cut is unpacked, by the rules of `zipguard`, and
never more than a few megabytes.
"""

from __future__ import annotations

from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.peek.ods import peek_ods
from crm_desktop.bridge.files.peek.shown import COLUMNS, ROWS
from crm_desktop.bridge.files.peek.texts import peek_markup, peek_table
from crm_desktop.bridge.files.peek.workbooks import peek_workbook
from crm_desktop.bridge.files.peek.xls import peek_xls
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.domain.imports import SheetPeek

__all__ = ["COLUMNS", "ROWS", "peek"]

# Smaller files are understood as soon as their beginning could be shown.
_SMALL = 16 * 1024


def peek(source: Source, limits: Limits) -> SheetPeek | None:
    """Read the first rows of a file's first sheet, where that is much sooner done than the rest.

    Args:
        source: as it is given early by `formats.load`.
        limits: caps on sizes.

    Returns:
        None for a small file, one whose beginning cannot be had alone, or one that is out of
        order: whoever looks it through says what is wrong.
    """
    if source.size < _SMALL:
        return None
    try:
        return _peek(source, limits)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (foreign content fails in many ways, and later in clear words)
        return None


def _peek(source: Source, limits: Limits) -> SheetPeek | None:
    match source.format:
        case Format.CSV:
            return peek_table(source)
        case Format.XLS:
            return peek_xls(source)
        case Format.ODS:
            return peek_ods(source, limits)
        case Format.XLSX | Format.XLSM | Format.XLSB:
            return peek_workbook(source, limits)
        case _:
            return peek_markup(source)
