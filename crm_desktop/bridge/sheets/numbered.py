"""Tables that name their customers by the numbers that another table of the file gives them.

Repairs, visits and payments are mostly kept so: a sheet with the customer's number, a date and what
was done. Such a table names nobody, and is no summary all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crm_desktop.bridge.matching.own_ids import id_key, id_kind
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.synonyms import header_key, header_words, meanings
from crm_desktop.bridge.values.text import cell_text, tidy_line
from crm_desktop.domain.imports import ColumnMapping, SheetKind, SheetPreview

_CUSTOMER = "customer"
# Words for numbers and codes; alone they may count rows, and two tables have nothing in common.
_CODES = re.compile(
    r"\b(?:no|nr|n|num|numero|number|code|cod|codigo|codice|id|ref|reference|referencia|account|"
    r"acct|conta|cuenta|card|cartao|processo|ficha)\b|编号|代码|卡号|学号|档案号|案号"
)
_COUNTS = frozenset(
    "n no nr num numero number ordem ord id item 序号 编号 号 行号 code cod".split()
)
_LISTS = (SheetKind.LIST, SheetKind.CARDS)
_DISTINCT = 0.9
_KNOWN = 0.6
_FEWEST = 2


class Numbers(NamedTuple):
    """The customers' own numbers in a list.

    Attributes:
        header: of their column, folded.
        kind: as `own_ids.id_kind` has it.
        keys: the numbers, as far as the list's sample holds them.
        share: of all rows in the sample, 0 to 1.
    """

    header: str
    kind: str
    keys: frozenset[str]
    share: float


def numbers_of(preview: SheetPreview, part: Part) -> list[Numbers]:
    """The columns of a list that give each customer a number of his own."""
    if preview.empty or preview.plan.kind not in _LISTS:
        return []
    found = []
    for column in preview.plan.columns:
        kind = id_kind(column.header)
        if not _may_number(column) or not (kind == _CUSTOMER or _is_code(column.header)):
            continue
        keys = _keys(part, column)
        if len(keys) >= _FEWEST and len(set(keys)) >= _DISTINCT * len(keys):
            share = min(1.0, len(part.scan.sample) / max(1, part.scan.rows))
            found.append(Numbers(header_key(column.header), kind, frozenset(keys), share))
    return found


def names_by_number(preview: SheetPreview, part: Part, numbers: Iterable[Numbers]) -> bool:
    """Whether a table that names nobody has a column of another table's customers' numbers."""
    if preview.plan.kind is not SheetKind.SUMMARY or not preview.rows:
        return False
    numbers = list(numbers)
    return any(
        _is_of(column, known) and _are_known(_keys(part, column), known)
        for column in preview.plan.columns
        if _may_number(column)
        for known in numbers
    )


def _is_of(column: ColumnMapping, known: Numbers) -> bool:
    """Whether a header speaks of these numbers: by the same words, or of customers."""
    if header_key(column.header) == known.header:
        return True
    if known.kind != _CUSTOMER and not _is_code(known.header):
        return False
    # "Cliente" with 1001 below it is a number, too.
    named = any(m.field in ("name", "organisation") for m in meanings(column.header)[:1])
    return named or (id_kind(column.header) == _CUSTOMER == known.kind)


def _are_known(keys: Sequence[str], known: Numbers) -> bool:
    hits = sum(1 for key in keys if key in known.keys)
    return hits >= _FEWEST - 1 and hits >= _KNOWN * known.share * len(keys)


def _may_number(column: ColumnMapping) -> bool:
    return bool(column.custom) and bool(column.header)


def _is_code(header: str) -> bool:
    words = header_words(header)
    return words not in _COUNTS and _CODES.search(words) is not None


def _keys(part: Part, column: ColumnMapping) -> list[str]:
    scan = part.scan
    if not 0 <= column.index - scan.left < scan.width:
        return []
    texts = (tidy_line(cell_text(v)) for v in scan.column(column.index - scan.left))
    return [key for text in texts if text and (key := id_key(_CUSTOMER, text))]
