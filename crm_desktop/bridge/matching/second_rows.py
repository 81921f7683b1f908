"""What a further row of a customer says of something else: a second pet, an earlier stay.

Its phones, e-mails and notes are added to him; own fields that are taken already hold another
thing's values. They are kept together, for they belong together: an event, which begins with its
day, as an entry of the timeline; a thing as a line of the notes, where the search finds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from crm_desktop.bridge.matching.merge import Merge
from crm_desktop.bridge.matching.own_ids import id_kind
from crm_desktop.bridge.sheets.synonyms import header_key, header_words
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.imports import CUSTOM_PREFIX

BETWEEN = " · "
# What counts a sheet's rows says nothing of anybody.
_COUNTING = frozenset(
    (
        *("", "no", "nr", "n", "num", "numero", "number", "seq", "sn", "row", "index", "item"),
        *("ordem", "nordem", "noordem", "lfdnr", "序号", "序號", "行号", "号"),
    )
)
# The day on which something ends or is due is none on which anything happened.
_IS_AHEAD = re.compile(
    r"到期|有效|截止|续保|续费|下次|期限|预约|"
    r"\b(?:expir\w*|valid\w*|due|deadline|renew\w*|until|next|ends?|termo|prazo|fim|"
    r"vencimento|vence|renova\w*|ate|proxim\w*|caduc\w*|expira\w*|mot|ipo|seguro|insurance)\b"
)
_BETWEEN_FIGURES = re.compile(r"[\s./-]+")
_LONG = 6
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")


class Apart(NamedTuple):
    """What a row says of something else.

    Attributes:
        at: the day of an event, None for a thing, which is in the notes already.
        values: the row's own fields, each with its name, and the facts that say otherwise.
    """

    at: datetime | None
    values: tuple[str, ...]


def set_apart(
    merge: Merge,
    existing: CustomerDraft,
    draft: CustomerDraft,
    *,
    sheet: str,
    words: Mapping[str, str],
) -> Apart | None:
    """Take what is of something else out of a merge.

    Args:
        merge: what the row does to its customer; changed here.
        existing: the customer.
        draft: the row.
        sheet: the row's, where the customer was made by a row of another one; the line of the
            notes begins with it, as it may be a year, and goes on with those fields alone that
            say otherwise: the others have filled blanks. An event is kept whole. "" where it
            is one sheet: then none of the row's own fields but his numbers fills a blank, for the
            second pet's breed is not the first's, and all of them are kept together.
        words: what the facts of a customer are called, by their fields: who sold the second trip
            stands with it.

    Returns:
        What it says, None where the own fields agree.
    """
    merge.differing = [
        (field, kept, offered)
        for field, kept, offered in merge.differing
        if not _counts(field) and not _same_number(kept, offered)
    ]
    other = [one for one in merge.differing if one[0].startswith(CUSTOM_PREFIX)]
    if not other:
        return None
    noted = [one for one in merge.differing if one[0] in words]
    merge.differing = [one for one in merge.differing if one not in (*other, *noted)]
    if not sheet:
        # His tax number is his own in every row; all else is of the other thing.
        merge.custom = {name: new for name, new in merge.custom.items() if id_kind(name)}
    began, _kept, first = other[0]
    at = None if _IS_AHEAD.search(header_words(began)) else _moment(first)
    clashing = {field for field, _kept, _offered in other}
    whole = at is not None or not sheet
    values = tuple(
        f"{name}: {value}"
        for name, value in draft.custom
        if not _counts(CUSTOM_PREFIX + name) and (whole or CUSTOM_PREFIX + name in clashing)
    ) + tuple(f"{words[field]}: {offered}" for field, _kept, offered in noted)
    if at is None:
        notes = merge.fields.get("notes", existing.notes)
        line = BETWEEN.join(filter(None, (sheet, *values)))
        if line not in notes:
            merge.fields["notes"] = f"{notes}\n{line}".lstrip("\n")
    return Apart(at, values)


def _counts(field: str) -> bool:
    name = field.removeprefix(CUSTOM_PREFIX)
    return name != field and header_key(name) in _COUNTING


def _same_number(one: str, other: str) -> bool:
    """Whether two texts are one long number, such as 215432189 and 215 432 189."""
    bare = _BETWEEN_FIGURES.sub("", one)
    return len(bare) >= _LONG and bare.isalnum() and bare == _BETWEEN_FIGURES.sub("", other)


def _moment(day: str) -> datetime | None:
    if not _DAY.fullmatch(day):
        return None
    try:
        return datetime.fromisoformat(day).astimezone()
    except (ValueError, OverflowError):  # 2024-02-31 was kept as it stood
        return None
