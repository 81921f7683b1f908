"""Tables that tell of customers whom another table of the file lists: policies, parties, fees.

Whatever is sold is called, such a table says when and for how much, and nothing of how anybody is
reached. It is kept like sales.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from crm_desktop.bridge.matching.match import name_key
from crm_desktop.bridge.sheets.classify import is_amount, is_named_for_sales
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.synonyms import header_key
from crm_desktop.bridge.values.text import Value, cell_text, tidy_line
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import ColumnMapping, SheetKind, SheetPreview

_NAMES = ("name", "organisation")
_REACHED = frozenset(("phone", "email", "im", "street", "postcode", "city", "birthday"))
_LISTS = (SheetKind.LIST, SheetKind.CARDS)
_KNOWN = 0.6
_KNOWN_TO_SALES = 0.3  # of the names on a sheet that is called "Sales"
_FEWEST = 3
_BEHIND_A_NAME = re.compile(r"\s*(?:[(（/;,+\d]|\s-\s).*")


class Listed(NamedTuple):
    """Who stands in a list that says how its customers are reached.

    Attributes:
        sheet: its index in the file.
        names: as `name_key` folds them, as far as the list's sample holds them.
        families: family names that only one of them has, folded in the same way.
        headers: of its columns, folded.
        share: of all rows in the sample, 0 to 1.
    """

    sheet: int
    names: frozenset[str]
    families: frozenset[str]
    headers: frozenset[str]
    share: float


def listed_in(preview: SheetPreview, part: Part) -> Listed | None:
    """The customers of a list; None for a table that does not say how they are reached."""
    columns = preview.plan.columns
    fields = {c.field for c in columns} | {"phone" for c in columns if c.compound}
    if preview.empty or preview.plan.kind not in _LISTS or not fields & _REACHED:
        return None
    texts = [text for c in columns if c.field in _NAMES for text in _texts(part, c)]
    names = {key for text in texts if (key := name_key(text))}
    families = [_family(text) for text in set(texts)]
    given = next((c for c in columns if c.field == "given_name"), None)
    family = next((c for c in columns if c.field == "family_name"), None)
    if given is not None and family is not None:
        pairs = zip(_cells(part, given), _cells(part, family), strict=True)
        persons = {(_text(one), _text(other)) for one, other in pairs}
        names |= {name_key(f"{one} {other}") for one, other in persons}
        families += [name_key(other) for _one, other in persons]
    headers = frozenset(header_key(c.header) for c in columns if c.header)
    share = min(1.0, len(part.scan.sample) / max(1, part.scan.rows))
    single = {key for key, times in Counter(families).items() if key and times == 1}
    return Listed(part.index, frozenset(names), frozenset(single), headers, share)


def tells_of_listed(preview: SheetPreview, part: Part, others: Iterable[Listed]) -> bool:
    """Whether a table says when and for how much, of customers whom another sheet lists.

    Jobs beside the list, on the same sheet, are what was noted of its customers.

    Who sells by surname writes "Bell" for Anna Bell; a sheet called "Sales" may have more
    customers of its own. Yearly sheets of one list say the same things of them: what a column of
    days or amounts says, the list must not say too.
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
    names = {key for text in _texts(part, column) if (key := name_key(text))}
    known = _KNOWN_TO_SALES if is_named_for_sales(preview.name) else _KNOWN
    return len(names) >= _FEWEST and any(
        dates - other.headers
        and money - other.headers
        and _known(names, other) >= known * other.share * len(names)
        for other in others
        if other.sheet != part.index
    )


def _known(names: Collection[str], other: Listed) -> int:
    """How many names are those of listed customers.

    Family names alone count where each of them, as far as the sample goes, is that of one customer.
    """
    whole = [name for name in names if name in other.names]
    alone = [name for name in names if name not in other.names and " " not in name]
    of_one = [name for name in alone if name in other.families]
    return len(whole) + (len(of_one) if len(of_one) >= other.share * len(alone) else 0)


def _family(text: str) -> str:
    """The family name in a whole one: its last word, or what stands before a comma; folded."""
    before, comma, _given = text.partition(",")
    key = name_key(before if comma else text)
    return key if comma else key.rpartition(" ")[2] if " " in key else ""


def _texts(part: Part, column: ColumnMapping) -> list[str]:
    texts = [_text(value) for value in _cells(part, column)]
    return [_BEHIND_A_NAME.sub("", text) for text in texts] if column.compound else texts


def _cells(part: Part, column: ColumnMapping) -> list[Value]:
    at = column.index - part.scan.left
    return part.scan.column(at) if 0 <= at < part.scan.width else []


def _text(value: Value) -> str:
    return tidy_line(cell_text(value))
