"""Tables that tell of customers whom another table of the file lists: policies, parties, fees.

Whatever is sold is called, such a table says when and for how much, and nothing of how anybody is
reached. It is kept like sales.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from crm_desktop.bridge.matching.match import name_key
from crm_desktop.bridge.sheets.classify import is_amount
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.synonyms import header_key
from crm_desktop.bridge.values.text import Value, cell_text, tidy_line
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import ColumnMapping, SheetKind, SheetPreview

_NAMES = ("name", "organisation")
_REACHED = frozenset(("phone", "email", "im", "street", "postcode", "city", "birthday"))
_LISTS = (SheetKind.LIST, SheetKind.CARDS)
_KNOWN = 0.6
_FEWEST = 3
_BEHIND_A_NAME = re.compile(r"\s*(?:[(（/;,+\d]|\s-\s).*")


class Listed(NamedTuple):
    """Who stands in a list that says how its customers are reached.

    Attributes:
        sheet: its index in the file.
        names: as `name_key` folds them, as far as the list's sample holds them.
        headers: of its columns, folded.
        share: of all rows in the sample, 0 to 1.
    """

    sheet: int
    names: frozenset[str]
    headers: frozenset[str]
    share: float


def listed_in(preview: SheetPreview, part: Part) -> Listed | None:
    """The customers of a list; None for a table that does not say how they are reached."""
    columns = preview.plan.columns
    fields = {c.field for c in columns} | {"phone" for c in columns if c.compound}
    if preview.empty or preview.plan.kind not in _LISTS or not fields & _REACHED:
        return None
    names = {key for column in columns if column.field in _NAMES for key in _names(part, column)}
    given = next((c for c in columns if c.field == "given_name"), None)
    family = next((c for c in columns if c.field == "family_name"), None)
    if given is not None and family is not None:
        pairs = zip(_cells(part, given), _cells(part, family), strict=True)
        names |= {name_key(f"{_text(one)} {_text(other)}") for one, other in pairs}
    headers = frozenset(header_key(c.header) for c in columns if c.header)
    share = min(1.0, len(part.scan.sample) / max(1, part.scan.rows))
    return Listed(part.index, frozenset(names), headers, share)


def tells_of_listed(preview: SheetPreview, part: Part, others: Iterable[Listed]) -> bool:
    """Whether a table says when and for how much, of customers whom another sheet lists.

    Jobs beside the list, on the same sheet, are what was noted of its customers.

    Yearly sheets of one list say the same things of them: what a column of days or amounts says,
    the list must not say too.
    """
    plan = preview.plan
    if plan.kind is not SheetKind.LIST or {c.field for c in plan.columns} & _REACHED:
        return False
    if any(c.compound for c in plan.columns):
        return False
    dates = {header_key(c.header) for c in plan.columns if c.kind is FieldKind.DATE}
    money = {
        header_key(c.header)
        for c in plan.columns
        if c.kind is FieldKind.MONEY or (c.kind is FieldKind.NUMBER and is_amount(c.header))
    }
    column = next((c for c in plan.columns if c.field in _NAMES), None)
    if column is None or not dates or not money:
        return False
    names = set(_names(part, column))
    return len(names) >= _FEWEST and any(
        dates - other.headers
        and money - other.headers
        and len(names & other.names) >= _KNOWN * other.share * len(names)
        for other in others
        if other.sheet != part.index
    )


def _names(part: Part, column: ColumnMapping) -> list[str]:
    texts = (_text(value) for value in _cells(part, column))
    if column.compound:
        texts = (_BEHIND_A_NAME.sub("", text) for text in texts)
    return [key for text in texts if text and (key := name_key(text))]


def _cells(part: Part, column: ColumnMapping) -> list[Value]:
    at = column.index - part.scan.left
    return part.scan.column(at) if 0 <= at < part.scan.width else []


def _text(value: Value) -> str:
    return tidy_line(cell_text(value))
