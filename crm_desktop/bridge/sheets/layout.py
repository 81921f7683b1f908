"""Where on a sheet its tables are.

Works on a sheet's outline and its traits alone: pure functions, nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from crm_desktop.bridge.matching.own_ids import id_kind
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.header import OTHERS
from crm_desktop.bridge.sheets.outline import Outline
from crm_desktop.bridge.sheets.profile import is_person_name, looks_like_organisation
from crm_desktop.bridge.sheets.synonyms import (
    header_words,
    meanings,
    names_suppliers,
)
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.text import Value, cell_text, has_cjk, tidy_line
from crm_desktop.domain.imports import Area

_REACHED = frozenset(("phone", "email", "im", "street", "birthday", "contact", "city", "notes"))
_CALLED = frozenset(("phone", "email", "im"))
_LONG = 60
_WEAK = 0.6  # a word that says no more than that it is no field of a customer: "Guia"
_FEW = 2  # titles in a row, beside each other
_LABELLED = re.compile(r"[:：]\s*\w")  # "Stylist: Rosa" says something, and heads nothing


def find_tables(shape: Outline, traits: Traits) -> list[Area]:
    """Find the tables of a sheet that has several; [] where the sheet is one table.

    A table begins where, after a blank row, another header stands; tables beside each other
    are parted by a blank column and have headers that each name a customer.
    """
    last = shape.last
    if not last:
        return []
    right = shape.left + shape.width - 1
    starts = _starts(shape)
    bottoms = [start - 1 for start in starts[1:]] + [last]
    found: list[Area] = []
    for start, bottom in zip(starts, bottoms, strict=True):
        found += _beside(shape, Area(start, shape.left, bottom, right))
    declared = [table.area for table in traits.tables]
    if len(declared) > 1 and _cover(shape, declared):
        return sorted(declared)
    return found if len(found) > 1 else []


def _starts(shape: Outline) -> list[int]:
    """First rows of the tables that stand below each other; titles belong to what follows."""
    blocks = [part for block in shape.blocks() for part in _touching(shape, block)]
    starts = [shape.top]
    header: list[tuple[int, str]] | None = None
    for number, block in enumerate(blocks):
        found = _header_of(shape, block)
        if found is None:
            continue
        named = _names_somebody(found)
        if header is not None:
            if not named or _is_printed_again(found, header):
                continue
            starts.append(block[0])
        elif not all(_is_title(shape, above) for above in blocks[:number]):
            if not named:
                continue
            starts.append(block[0])  # what stands above is a table without a header
        elif not named and not _has_rows(shape, block):
            continue
        header = found
    return starts


def _touching(shape: Outline, block: tuple[int, int]) -> list[tuple[int, int]]:
    """Part a run of rows where the header of another table stands directly below a table."""
    first, last = block
    starts = [first]
    has_data = False
    header: list[tuple[int, str]] = []
    # Other rows are data, and most are: they are not asked for one by one.
    for number in sorted(n for n in shape.rows if first <= n < last):
        cells = shape.cells(number)
        if number > first and has_data and _is_header(cells):
            found = [(j, tidy_line(str(v))) for j, v in cells]
            if not (header and _is_printed_again(found, header)):
                # A title of its own stands above it; so may a total of the table before.
                titled = shape.count(number - 1) == 1 and not _is_figure(shape.cells(number - 1))
                starts.append(number - 1 if titled and number - 1 > starts[-1] else number)
                header, has_data = found, False
                continue
        has_data = has_data or (len(cells) > 1 and any(detect.is_data(v) for _j, v in cells))
        if not header and not has_data and _is_header(cells):
            header = [(j, tidy_line(str(v))) for j, v in cells]
    return [(a, b - 1) for a, b in pairwise([*starts, last + 1])]


def _is_header(cells: Sequence[tuple[int, Value]]) -> bool:
    """Whether a row among others is surely a header: nearly all known words, who and how to reach.

    Words such as "Customer" and "Company" stand in rows of customers too.
    """
    if len(cells) < 2 or any(not isinstance(v, str) or len(v) > 40 for _j, v in cells):
        return False
    found = [m[0].field for _j, v in cells if (m := meanings(tidy_line(str(v))))]
    fields = set(found)
    return (
        len(found) * 3 >= len(cells) * 2
        and len({v for _j, v in cells}) == len(cells)
        and detect.names_somebody(tidy_line(str(v)) for _j, v in cells)
        and bool(fields & _REACHED)
    )


def _is_figure(cells: Sequence[tuple[int, Value]]) -> bool:
    return all(any(c.isdigit() for c in cell_text(v)) for _j, v in cells)


def _header_of(shape: Outline, block: tuple[int, int]) -> list[tuple[int, str]] | None:
    """Texts by column of the header that a block of rows begins with, titles above it skipped."""
    first, last = block
    for number in range(first, min(first + 3, last) + 1):
        cells = shape.cells(number)
        if len(cells) < 2:
            continue
        texts = [(j, tidy_line(v)) for j, v in cells if isinstance(v, str)]
        if len(texts) < len(cells):
            return None
        known = sum(
            1
            for _j, text in texts
            if len(text) <= _LONG and not _LABELLED.search(text) and meanings(text)
        )
        if known >= 2 and (known * 2 >= len(texts) or _is_titled(shape, block, number, texts)):
            return texts
    return None


def _is_titled(
    shape: Outline, block: tuple[int, int], number: int, texts: Sequence[tuple[int, str]]
) -> bool:
    """Whether a row of words stands below a title of its own, and above rows with data."""
    said = [text for _j, text in texts]
    if number == block[0] or shape.count(number - 1) != 1 or len(set(said)) < len(said):
        return False
    below = [v for n in range(number + 1, block[1] + 1) for _j, v in shape.cells(n)]
    return not any(map(detect.is_data, said)) and any(map(detect.is_data, below))


def _names_somebody(header: Iterable[tuple[int, str]]) -> bool:
    return detect.names_somebody(text for _j, text in header)


def _names_by_number(header: Sequence[tuple[int, str]], beside: Sequence[tuple[int, str]]) -> bool:
    """Whether a header speaks of customers' numbers that the table beside it has, too."""
    numbers = {id_kind(text) for _j, text in header} & {id_kind(text) for _j, text in beside}
    return "customer" in numbers


def _is_printed_again(header: Sequence[tuple[int, str]], above: Sequence[tuple[int, str]]) -> bool:
    """Whether a header says nothing but what the one above it says of the same columns."""
    return set(header) <= set(above) and len(header) * 4 >= 3 * len(above)


def _is_title(shape: Outline, block: tuple[int, int]) -> bool:
    """Whether a block above a table only says what the table is."""
    first, last = block
    return last - first < 5 and not any(
        isinstance(v, str) and detect.is_contact(v.strip())
        for number in range(first, last + 1)
        for _j, v in shape.cells(number)
    )


def _has_rows(shape: Outline, block: tuple[int, int]) -> bool:
    """Whether a block holds more than a header."""
    return sum(1 for number in range(block[0], block[1] + 1) if shape.count(number) > 1) > 1


def _first_header(shape: Outline, area: Area) -> list[tuple[int, str]] | None:
    """The header of an area, below the lines of titles that a blank row parts from it."""
    for block in shape.blocks():
        if area.top <= block[0] <= area.bottom:
            header = _header_of(shape, block)
            if header or not _is_title(shape, block):
                return header
    return None


def _beside(shape: Outline, area: Area) -> list[Area]:
    """Part an area where blank columns stand between headers that each name a customer.

    Those further right may do so by the number that the first one gives him, or by names below
    a word that nobody knows.
    """
    header = _first_header(shape, area)
    if not header or len(header) < 4:
        return [area]
    groups: list[list[tuple[int, str]]] = [[header[0]]]
    for before, cell in pairwise(header):
        if cell[0] > before[0] + 1:
            groups.append([])
        groups[-1].append(cell)
    first = groups[0]
    if len(groups) < 2 or not _names_somebody(first) or min(map(len, groups)) < 2:
        return [area]
    if not all(
        (_names_somebody(group) and (_reaches(group) or not names_suppliers(group[0][1])))
        or _names_by_number(group, first)
        or _holds_others(shape, area, first, group)
        for group in groups[1:]
    ):
        return [area]
    edges = [(group[0][0], group[-1][0]) for group in groups]
    gaps = [j for (_a, end), (start, _b) in pairwise(edges) for j in range(end + 1, start)]
    for number in range(area.top, area.bottom + 1):
        if any(j in gaps for j, _v in shape.cells(number)):
            return [area]
    lefts = [area.left, *(start for start, _end in edges[1:])]
    rights = [*(start - 1 for start, _end in edges[1:]), area.right]
    return [Area(area.top, a, area.bottom, b) for a, b in zip(lefts, rights, strict=True)]


def _holds_others(
    shape: Outline,
    area: Area,
    first: Sequence[tuple[int, str]],
    beside: Sequence[tuple[int, str]],
) -> bool:
    """Whether columns beside a list hold names and phones of others: "Monitor | Telefone".

    They have a title of their own, or end earlier than the list. Whom to call for a customer in
    an emergency stands beside him.
    """
    column, head = beside[0]
    if any(OTHERS.search(header_words(text)) for _j, text in beside):
        return False
    if any(m.field != "custom" or m.weight > _WEAK for m in meanings(head)[:1]):
        return False
    if not (_reaches(first) and _reaches(beside)):
        return False
    rows = [dict(shape.cells(n)) for n in range(area.top, area.bottom + 1) if shape.count(n)]
    at = next((i for i, cells in enumerate(rows) if cells.get(column) == head), len(rows))
    body = rows[at + 1 :]
    names = [tidy_line(cell_text(cells[column])) for cells in body if column in cells]
    ends = len(names) < len(body) and all(column in cells for cells in body[: len(names)])
    titled = any(column in cells and len(cells) <= _FEW for cells in rows[:at])
    named = sum(1 for name in names if _is_name(name))
    return (ends or titled) and bool(names) and named * 3 >= len(names) * 2


def _reaches(header: Iterable[tuple[int, str]]) -> bool:
    return any(m.field in _CALLED for _j, text in header for m in meanings(text)[:1])


def _is_name(text: str) -> bool:
    if looks_like_organisation(text) or is_organisation_name(text):
        return True
    return is_person_name(text) and (" " in text or has_cjk(text))


def _cover(shape: Outline, areas: Sequence[Area]) -> bool:
    """Whether areas hold all rows of a sheet that are no titles."""
    inside = {n for area in areas for n in range(area.top, area.bottom + 1)}
    return all(
        number in inside or count <= 2
        for number, count in enumerate(shape.counts, shape.top)
        if count
    )
