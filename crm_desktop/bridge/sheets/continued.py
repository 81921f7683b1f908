"""Whether a row without a name goes on with the customer above, or is plainly another's."""

from __future__ import annotations

import re

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.matching.own_ids import DOCUMENT, id_kind
from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.bridge.values.dates import read_date
from crm_desktop.bridge.values.ditto import names_above
from crm_desktop.bridge.values.text import cell_text, is_blank, narrow, tidy_line
from crm_desktop.domain.imports import ColumnMapping, SheetPlan

_NAMES = frozenset(("name", "given_name", "family_name", "organisation"))
_REACHED = frozenset(("phone", "email"))
_ACCOUNT = re.compile(r"\biban\b")
_RUNNING = re.compile(
    r"(?:n|no|nr|num|numero|number|id|cod|codigo|code|ref|ficha|lfd|lfd nr|seq|sn|s n|item|ordem|"
    r"orden|n ordem|序号|编号|号|番号|번호)?"
)
_RUNNING_NUMBER = re.compile(r"[^\W\d_]{0,3}[-/ ]?\d{1,7}")


class OwnValues:
    """Compares what one customer can have only once: birthday, tax number, account, number.

    A running number says so only of a row with a phone or an e-mail: others tell of a second
    order or visit, and would be nobody.
    """

    def __init__(self, scan: ScannedSheet, plan: SheetPlan) -> None:
        left = scan.left
        columns = [c for c in plan.columns if 0 <= c.index - left < scan.width]
        first = min((c.index for c in columns if c.field in _NAMES), default=0)
        self._birthdays = [c.index - left for c in columns if c.field == "birthday"]
        self._reached = [c.index - left for c in columns if c.field in _REACHED]
        own = [c for c in columns if c.custom]
        self._running = [
            c.index - left
            for c in own
            if id_kind(c.custom) == "customer" or (c.index < first and is_running(c, scan))
        ]
        # "Documento" may as well be that of each of his orders.
        issued = [
            c
            for c in own
            if id_kind(c.custom) not in ("", DOCUMENT) or _ACCOUNT.search(header_words(c.custom))
        ]
        self._issued = [j for c in issued if (j := c.index - left) not in self._running]
        self._above: list[Row] = []

    def begin(self, row: Row) -> None:
        """The first row of another customer."""
        self._above = [row]

    def speak_against(self, row: Row) -> bool:
        """Whether a row is another customer's than the one above; one that is not joins him."""
        places = [*self._birthdays, *self._issued]
        if any(not is_blank(row[j]) for j in self._reached if j < len(row)):
            places += self._running
        for j in places:
            own = self._key(row, j)
            if own and any(
                other not in ("", own) for other in (self._key(r, j) for r in self._above)
            ):
                return True
        self._above.append(row)
        return False

    def _key(self, row: Row, j: int) -> str:
        if j >= len(row) or is_blank(row[j]) or names_above(row[j]):
            return ""
        text = narrow(tidy_line(cell_text(row[j])))
        if j in self._birthdays:
            return read_date(text, birthday=True) or text
        return re.sub(r"[\W_]+", "", text).casefold()


def is_running(column: ColumnMapping, scan: ScannedSheet) -> bool:
    """Whether a column before the names numbers the customers."""
    if not _RUNNING.fullmatch(header_words(column.header)):
        return False
    cells = scan.column(column.index - scan.left)
    texts = [tidy_line(cell_text(v)) for v in cells if not is_blank(v)]
    return bool(texts) and all(map(_RUNNING_NUMBER.fullmatch, texts))
