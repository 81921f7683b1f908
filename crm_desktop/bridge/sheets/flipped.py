"""Whether names stand as "Silva, Ana"."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.values.names import split_flipped
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.text import cell_text, is_blank, tidy_line
from crm_desktop.domain.imports import ColumnMapping

_MOST = 0.6
_FEW = 3


def flipped_fields(scan: ScannedSheet, columns: Sequence[ColumnMapping]) -> frozenset[str]:
    """Which of name and organisation hold names of persons with the family's before a comma."""
    if any(c.field in ("given_name", "family_name") for c in columns):
        return frozenset()  # a sheet that has the parts in columns means nothing by a comma
    named = (c for c in columns if c.field in ("name", "organisation"))
    return frozenset(c.field for c in named if _is_flipped(scan, c))


def _is_flipped(scan: ScannedSheet, column: ColumnMapping) -> bool:
    at = column.index - scan.left
    if not 0 <= at < scan.width:
        return False
    names = [tidy_line(cell_text(v)) for v in scan.column(at) if not is_blank(v)]
    if column.field == "organisation":
        # Firms stand among persons there; a few "Partners, Ltd" mean nothing.
        names = [n for n in names if not is_organisation_name(n)]
        commas = sum(1 for n in names if split_flipped(n))
        return commas >= _FEW and commas >= len(names) * _MOST
    commas = sum(1 for n in names if n.replace("，", ",").count(",") == 1)
    return bool(names) and commas / len(names) >= _MOST
