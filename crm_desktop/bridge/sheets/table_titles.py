"""Titles of several lists on one sheet: they say what the customers of each are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.synonyms import meanings, names_suppliers
from crm_desktop.bridge.values.text import cell_text, tidy_line
from crm_desktop.domain.imports import BandKind, SheetKind, SheetPreview

# What the table is, not who stands in it: "Cadastro de clientes", 客戶名冊, 工程紀錄.
_OF_TABLES = re.compile(
    r"\b(?:cadastro|lista(?:gem)?|registo|registro|rela[çc][ãa]o|ficheiro|listado|liste|elenco|list|"
    r"register|directory|database|liste)s? (?:d[aeo]s? |of |des? |der |dei )?(?:our |nossos )?"
    r"(?:client\w*|customers?|contact\w*|kunden|s[óo]cios|alunos|h[óo]spedes|guests?)\b|"
    r"\b(?:customer|client|contact|member|guest)s? (?:list|register|database|directory|records?)\b|"
    r"kundenliste|adress(?:liste|buch)|名[册冊单單]|通[讯訊][录錄]|[总總]表|登[记記]表|一[览覽]表|"
    r"[记紀記][录錄]|资料|資料|台[账賬帳]|明[细細]",
    re.IGNORECASE,
)
# A firm's name before what the whole sheet is: "Church Hall - HIRERS".
_HEADLINE = re.compile(r"\S\s+[-–—|·]\s+\S")
_LONGEST = 40
_NEAR = 2  # rows: a blank one may stand between a title and its header


def titled_lists(
    previews: Sequence[SheetPreview], parts: Sequence[Part]
) -> Iterator[tuple[int, int]]:
    """The lists whose titles are tags of their customers, as headings of groups are.

    A sheet has several, each with a title of its own ("COURS DU LUNDI", "LISTE D'ATTENTE"): a
    single title says what the sheet is, and so may the first one: it is no tag if it names a firm
    before that, or a list. Nor is one of header's words ("Clientes").

    Yields:
        Place in `previews`, and number of the title's row.
    """
    numbered = list(enumerate(zip(previews, parts, strict=True)))
    for _sheet, tables in groupby(numbered, key=lambda one: one[1][1].index):
        lists = [
            (at, part)
            for at, (preview, part) in tables
            if preview.plan.kind is SheetKind.LIST and not preview.empty and part.area is not None
        ]
        titles = [_title(part) for _at, part in lists]
        texts = {text.casefold() for _row, text in titles}
        if len(lists) < 2 or "" in texts or len(texts) < len(lists):
            continue
        for (at, _part), (row, text) in zip(lists, titles, strict=True):
            headline = row == lists[0][1].top and _HEADLINE.search(text)
            if names_suppliers(text) or not (meanings(text) or _OF_TABLES.search(text) or headline):
                yield at, row


def _title(part: Part) -> tuple[int, str]:
    """Row and text of the cell that stands alone right above a header; 0 and "" for none."""
    bands = part.bands()
    titles = [band.last for band in bands if band.kind is BandKind.TITLE]
    header = part.scan.header.first
    if not titles or header - titles[-1] > _NEAR:
        return 0, ""
    if any(band.kind is BandKind.GROUP for band in bands):
        return 0, ""
    cells = part.scan.outline.cells(titles[-1])
    text = tidy_line(cell_text(cells[0][1])) if len(cells) == 1 else ""
    named = any(map(str.isalpha, text)) and len(text) <= _LONGEST
    return (titles[-1], text) if named else (0, "")
