"""Further contact persons of a firm, beside the first: "Contact | Cell | 2nd contact | Cell 2".

Each works there as the first one does, and is a customer as he is. What says how one reaches
him has his number in its header, or stands right behind his name as the first one's stands
behind the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crm_desktop.bridge.sheets.firm_cells import OF_PERSONS, answers_for_firm
from crm_desktop.bridge.sheets.profile import is_person_name
from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.bridge.values.text import cell_text, has_cjk, is_blank, tidy_line
from crm_desktop.domain.imports import GROUP_COLUMN, SKIP, ColumnMapping, SheetKind, SheetPlan

_CONTACT = r"(?:contact|contacto|contato|interlocutor|ansprechpartner|referente|contatto)"
_BEHIND = r"(?: (?:person|name|pessoa))?"
_LATIN = re.compile(
    rf"(?P<n>[2-5])(?: ?(?:nd|rd|th|o|a|do|da|er))? {_CONTACT}{_BEHIND}|"
    rf"{_CONTACT}{_BEHIND} (?:n |no |nr )?(?P<m>[2-5])|"
    rf"(?:(?P<third>third|terceir[oa]|tercer[oa]?|troisieme|dritter|terzo)|"
    r"second|segund[oa]|deuxieme|zweiter|secondo|other|another|outr[oa]|otr[oa]|autre|altro|"
    r"alternat(?:e|ive)|alternativ[oa]|backup|back up|additional|further|deputy|weiterer) "
    rf"{_CONTACT}{_BEHIND}"
)
_HAN = re.compile(
    r"(?:第?(?P<n>[2-5二三四五])|备用|其他|另一?|次要|后备)(?:个|位)?"
    r"(?:联系人|联络人|负责人|经办人|对接人|窗口)(?:姓名)?|"
    r"(?:联系人|联络人|负责人|经办人|对接人|窗口)(?:姓名)? ?(?P<m>[2-5二三四五])(?:姓名)?"
)
_FIGURES = {"二": "2", "三": "3", "四": "4", "五": "5"}
_REACHING = frozenset(("phone", "email", "im", "title", "birthday"))
_NAMES = frozenset(("name", "given_name", "family_name"))
_LONGEST_HAN = 4  # letters of a person's name
_MOST = 0.6


class Further(NamedTuple):
    """A further contact person's columns, by their places in the sheet.

    Attributes:
        first: of the first contact's name.
        name: of his own.
        own: of what else is his.
        firm: of the firm's name.
    """

    first: int
    name: int
    own: frozenset[int]
    firm: int


def further_contacts(
    scan: ScannedSheet, plan: SheetPlan, firm_columns: frozenset[int]
) -> tuple[Further, ...]:
    """Whose names stand beside that of a firm's first contact person.

    Args:
        scan: the table.
        plan: how it is read.
        firm_columns: places of what is the firm's (`firm_cells`).
    """
    if plan.kind is not SheetKind.LIST:
        return ()
    columns = [c for c in plan.columns if c.field != SKIP and c.index < GROUP_COLUMN]
    firms = [c for c in columns if c.field == "organisation"]
    named = [c for c in columns if c.field in _NAMES]
    if len(firms) != 1 or len(named) != 1 or named[0].field != "name":
        return ()
    first = named[0]
    if not (firm_columns or answers_for_firm(first.header)):
        return ()
    told = [
        (column, nth)
        for column in columns
        if column.custom and (nth := _which(column.header)) and _holds_persons(column, scan)
    ]
    free = [c for c in columns if _is_persons(c) and c.index not in firm_columns]
    names = {first.index, *(column.index for column, _nth in told)}
    taken: set[int] = set()
    found = []
    for column, nth in told:
        own = _own(column, nth, first, [c for c in free if c.index not in taken | names], names)
        taken |= own
        found.append(Further(first.index, column.index, own, firms[0].index))
    return tuple(found)


def _which(header: str) -> str:
    """The figure of a further contact: "2" of "2nd contact", 备用联系人; "" for other headers."""
    words = header_words(header)
    match = _LATIN.fullmatch(words) or _HAN.fullmatch(words)
    if match is None:
        return ""
    told = match.groupdict()
    figure = told["n"] or told["m"] or ("3" if told.get("third") else "2")
    return _FIGURES.get(figure, figure)


def _holds_persons(column: ColumnMapping, scan: ScannedSheet) -> bool:
    at = column.index - scan.left
    if not 0 <= at < scan.width:
        return False
    texts = [tidy_line(cell_text(v)) for v in scan.column(at) if not is_blank(v)]
    persons = sum(
        1
        for text in texts
        if is_person_name(text) or (has_cjk(text) and text.isalpha() and len(text) <= _LONGEST_HAN)
    )
    return bool(texts) and persons >= len(texts) * _MOST


def _is_persons(column: ColumnMapping) -> bool:
    """Whether a column may say of a person how he is reached, or what he is."""
    if column.field in _REACHING:
        return True
    return bool(column.custom and OF_PERSONS.search(header_words(column.header)))


def _own(
    column: ColumnMapping,
    nth: str,
    first: ColumnMapping,
    free: Sequence[ColumnMapping],
    names: Iterable[int],
) -> frozenset[int]:
    """The columns of a further contact: those with his figure, or else those behind his name."""
    words = header_words(column.header)
    behind = [c for c in free if c.index > column.index]
    told = [c for c in behind if _bears(header_words(c.header), nth, words)]
    if told:
        return frozenset(c.index for c in told)
    end = min((i for i in names if i > column.index), default=GROUP_COLUMN)
    # The first one's stand before this name; where they do not, one does not know whose it is.
    before = {c.field for c in free if first.index < c.index < column.index and not c.custom}
    run = set()
    at = column.index + 1
    places = {c.index: c for c in free}
    while at < end and at in places:
        if places[at].custom or places[at].field in before:
            run.add(at)
        at += 1
    return frozenset(run)


def _bears(words: str, nth: str, name: str) -> bool:
    """Whether a header has a contact's figure, or begins with his: 手机2, "2nd contact's cell"."""
    if words.startswith(name):
        return True
    han = {"2": "二", "3": "三", "4": "四", "5": "五"}[nth]
    return bool(re.search(rf"(?<!\d){nth}(?!\d)(?:$| ?(?:nd|rd|th|o|a)\b)|{han}$", words))
