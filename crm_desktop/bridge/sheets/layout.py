"""Where on a sheet its tables are, and which of their rows are no customers.

Works on a sheet's outline and its traits alone: pure functions, nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.cities import is_place
from crm_desktop.bridge.sheets.outline import Outline
from crm_desktop.bridge.sheets.synonyms import find_label, meanings
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line
from crm_desktop.domain.imports import Area, Band, BandKind

_IDENTITY = frozenset(("name", "given_name", "family_name", "organisation", "contact_person"))
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*年)?")
_NOTE = re.compile(
    r"(?:notas?|obs|observ\w*|ps|n\.?b|nb|note|notes|remark|source|fonte|atualizad\w*|actualizad\w*|"
    r"updated?|last update|legend\w*|impresso|printed|注|备注|说明|更新|来源|图例|制表)\b|[*※†]",
    re.IGNORECASE,
)
_LONG = 60
_CENT = 0.006
_TITLE_CELLS = 4


class Header(NamedTuple):
    """A table's header: its rows (0, 0 for none), and a text for each column from `left` on."""

    first: int
    last: int
    texts: tuple[str, ...]


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
    blocks = shape.blocks()
    first = _header_of(shape, blocks[0])
    starts, headers = [shape.top], [first] if first else []
    for block in blocks[1:]:
        header = _header_of(shape, block)
        if header is None or not _names_somebody(header):
            continue
        if not headers:
            headers.append(header)  # what stood above was a title, or a table without a header
            if _is_title(shape, blocks[0]):
                continue
        elif any(_same_header(header, known) for known in headers):
            continue  # printed once more on another page
        else:
            headers.append(header)
        starts.append(block[0])
    return starts


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
        known = sum(1 for _j, text in texts if len(text) <= _LONG and meanings(text))
        if known >= 2 and known * 2 >= len(texts):
            return texts
    return None


def _names_somebody(header: Iterable[tuple[int, str]]) -> bool:
    return any(m.field in _IDENTITY for _j, text in header for m in meanings(text)[:1])


def _same_header(one: Sequence[tuple[int, str]], other: Sequence[tuple[int, str]]) -> bool:
    shared = len(set(one) & set(other))
    return shared * 4 >= 3 * max(len(one), len(other))


def _is_title(shape: Outline, block: tuple[int, int]) -> bool:
    """Whether a block above a table only says what the table is."""
    first, last = block
    return last - first < 5 and not any(
        isinstance(v, str) and detect.is_contact(v.strip())
        for number in range(first, last + 1)
        for _j, v in shape.cells(number)
    )


def _beside(shape: Outline, area: Area) -> list[Area]:
    """Part an area where blank columns stand between two headers that each name a customer."""
    block = next(((f, t) for f, t in shape.blocks() if f >= area.top), None)
    header = _header_of(shape, block) if block else None
    if not header or len(header) < 4:
        return [area]
    groups: list[list[tuple[int, str]]] = [[header[0]]]
    for before, cell in pairwise(header):
        if cell[0] > before[0] + 1:
            groups.append([])
        groups[-1].append(cell)
    if len(groups) < 2 or not all(_names_somebody(group) and len(group) > 1 for group in groups):
        return [area]
    edges = [(group[0][0], group[-1][0]) for group in groups]
    gaps = [j for (_a, end), (start, _b) in pairwise(edges) for j in range(end + 1, start)]
    for number in range(area.top, area.bottom + 1):
        if any(j in gaps for j, _v in shape.cells(number)):
            return [area]
    lefts = [area.left, *(start for start, _end in edges[1:])]
    rights = [*(start - 1 for start, _end in edges[1:]), area.right]
    return [Area(area.top, a, area.bottom, b) for a, b in zip(lefts, rights, strict=True)]


def _cover(shape: Outline, areas: Sequence[Area]) -> bool:
    """Whether areas hold all rows of a sheet that are no titles."""
    inside = {n for area in areas for n in range(area.top, area.bottom + 1)}
    return all(
        number in inside or count <= 2
        for number, count in enumerate(shape.counts, shape.top)
        if count
    )


# --- the header ------------------------------------------------------------------------------


def read_header(shape: Outline, header_row: int, traits: Traits, rows: int | None = None) -> Header:
    """Read a header, also one of several rows under merged cells.

    Args:
        shape: of the table; its first rows are enough.
        header_row: its last row, as found or chosen; 0 for none.
        traits: tells merged cells; where the format has none, gaps tell.
        rows: how many rows the owner says it has; None to find out.
    """
    if header_row == 0:
        return Header(0, 0, ())
    first, last = header_row, header_row
    if rows is not None:
        first = max(shape.top, last - rows + 1)
    else:
        if _parts_below(shape, header_row, traits):
            last = header_row + 1
        while (
            first > shape.top and last - first < 2 and _is_head_of(shape, first - 1, first, traits)
        ):
            first -= 1
    texts = [_spread(shape, number, traits, number < last) for number in range(first, last + 1)]
    width = max(map(len, texts), default=0)
    joined: list[str] = []
    for j in range(width):
        parts = tuple(dict.fromkeys(line[j] for line in texts if j < len(line) and line[j]))
        text = _join(parts)
        # A second "Name", under "Parent", is not the customer's.
        joined.append(" ".join(parts) if text in joined and _is_identity(text) else text)
    return Header(first, last, tuple(joined))


def _is_identity(text: str) -> bool:
    return any(m.field in _IDENTITY for m in meanings(text)[:1])


def _join(parts: tuple[str, ...]) -> str:
    """One text for a column under several heads: its own where that says enough."""
    if len(parts) <= 1:
        return parts[0] if parts else ""
    own, whole = parts[-1], " ".join(parts)
    alone, together, above = meanings(own), meanings(whole), meanings(parts[0])
    if find_label(own) and together and above and together[0].field == above[0].field:
        return whole  # "Telefone" over "Casa"
    if alone and (not together or alone[0].weight >= together[0].weight):
        labelled = next((m for m in together if m.field == alone[0].field and m.label), None)
        return whole if labelled and not alone[0].label else own
    return whole


def _spread(shape: Outline, number: int, traits: Traits, is_upper: bool) -> list[str]:
    """A header row's texts; merged cells, and gaps after an upper head, take what stands left."""
    row = shape.rows.get(number, ())
    texts = [tidy_line(cell_text(v)) for v in row]
    merged = [a for a in traits.merged if a.top <= number <= a.bottom and a.right > a.left]
    for area in merged:
        at = area.left - shape.left
        if 0 <= at < len(texts) and number == area.top:
            for j in range(at + 1, min(area.right - shape.left + 1, len(texts))):
                texts[j] = texts[j] or texts[at]
    if is_upper and not merged:
        below = shape.rows.get(number + 1, ())
        for j in range(1, min(len(below), max(len(texts), len(below)))):
            if j >= len(texts):
                texts.append("")
            if not texts[j] and not is_blank(below[j]):
                texts[j] = texts[j - 1]
    return texts


def _parts_below(shape: Outline, number: int, traits: Traits) -> bool:
    """Whether the row below names the parts of this header's cells."""
    below = shape.cells(number + 1)
    texts = [tidy_line(v) for _j, v in below if isinstance(v, str)]
    if len(below) < 2 or len(texts) < len(below) or any(len(t) > 40 for t in texts):
        return False
    if any(detect.is_data(v) for _j, v in below):
        return False
    own = {j for j, _v in shape.cells(number)}
    wide = [a for a in traits.merged if a.top == number and a.bottom == number and a.right > a.left]
    tall = [a for a in traits.merged if a.top == number and a.bottom > number]
    if wide:
        under = sum(1 for j, _v in below if any(a.left <= j <= a.right for a in wide))
        return under * 2 > len(below) or bool(tall)
    new = [j for j, _v in below if j not in own]
    known = sum(1 for t in texts if meanings(t))
    return bool(new) and known * 2 >= len(texts) and len(below) <= shape.width


def _is_head_of(shape: Outline, number: int, below: int, traits: Traits) -> bool:
    """Whether a row stands as a second header above another, and is no title."""
    cells, under = shape.cells(number), shape.cells(below)
    if not cells or len(cells) >= len(under) or any(not isinstance(v, str) for _j, v in cells):
        return False
    if any(detect.is_data(v) or len(str(v)) > 40 for _j, v in cells):
        return False
    wide = [a for a in traits.merged if a.top == number and a.right > a.left]
    full = len(under) - 1
    if wide:
        return all(a.right - a.left < full for a in wide)
    known = sum(1 for _j, v in cells if meanings(tidy_line(str(v))))
    over = {j for j, _v in cells} & {j for j, _v in under}
    return len(cells) >= 2 and known * 2 >= len(cells) and len(over) * 2 >= len(cells)


# --- rows that are no customers --------------------------------------------------------------


def find_bands(shape: Outline, area: Area, header: Header, traits: Traits) -> list[Band]:
    """Find the titles, group headings, totals and notes of a table, in the order of rows."""
    bands = []
    start = max(header.first, area.top)
    titles = [n for n in range(area.top, start) if shape.count(n)] if header.last else []
    bands += [Band(BandKind.TITLE, n, n) for n in titles]
    if header.last:
        bands.append(Band(BandKind.HEADER, header.first, header.last))
    body = [n for n in sorted(shape.rows) if max(header.last, area.top - 1) < n <= area.bottom]
    thin = [n for n in body if len(_inside(shape, n, area)) == 1]
    notes = _notes(shape, area, thin) | _titles_again(shape, area, titles, body)
    bands += [Band(BandKind.NOTE, n, n) for n in notes]
    groups = _groups(shape, area, header, traits, [n for n in thin if n not in notes])
    bands += [Band(BandKind.GROUP, n, n) for n in groups]
    bands += [
        Band(BandKind.TOTAL, n, n)
        for n in body
        if n not in groups and n not in notes and _is_total(shape, n, area, traits, header)
    ]
    return sorted(bands, key=lambda band: band.first)


def _inside(shape: Outline, number: int, area: Area) -> list[tuple[int, Value]]:
    return [(j, v) for j, v in shape.cells(number) if area.left <= j <= area.right]


def _notes(shape: Outline, area: Area, thin: Sequence[int]) -> set[int]:
    """Lines of text below the last full row, and lines that say that they are notes."""
    last_full = area.bottom
    while last_full >= area.top and shape.count(last_full) <= 1:
        last_full -= 1
    found = set()
    for number in thin:
        (_j, value), *_rest = _inside(shape, number, area)
        text = tidy_line(cell_text(value))
        after_gap = number > last_full and not shape.count(number - 1)
        if isinstance(value, str) and (
            _NOTE.match(text) or (number > last_full and (after_gap or len(text) > _LONG))
        ):
            found.add(number)
    return found


_DIGITS = re.compile(r"\d+")


def _titles_again(
    shape: Outline, area: Area, titles: Sequence[int], body: Sequence[int]
) -> set[int]:
    """Rows that say what the titles said, on another printed page: only their figures differ."""

    def said(number: int) -> tuple[tuple[int, str], ...]:
        cells = _inside(shape, number, area)
        return tuple((j, _DIGITS.sub("0", tidy_line(cell_text(v)))) for j, v in cells)

    known = {said(number) for number in titles}
    return {n for n in body if shape.count(n) <= _TITLE_CELLS and said(n) in known}


def _groups(
    shape: Outline, area: Area, header: Header, traits: Traits, thin: Sequence[int]
) -> set[int]:
    """Rows that head those below them: a city, a letter, a year, a category."""
    candidates = []
    for number in thin:
        (column, value), *_rest = _inside(shape, number, area)
        text = tidy_line(cell_text(value))
        leads = shape.count(number + 1) >= 2 or shape.count(number + 2) >= 2
        if leads and len(text) <= _LONG and not detect.is_contact(text):
            candidates.append((number, column, text))
    if not candidates:
        return set()
    wide = {
        a.top
        for a in traits.merged
        if a.top == a.bottom and (a.right - a.left + 1) * 2 >= min(len(header.texts), 8)
    }
    filled = {
        n
        for n, j, _t in candidates
        if (n, j) in traits.fills and traits.fills[n, j] != traits.fills.get((n + 1, j))
    }
    # The title of the next table of the same header: its header comes once more.
    titles = {n for n, _j, _t in candidates if _is_header_again(shape, n + 1, header)}
    sure = {n for n, _j, _t in candidates if n in wide or n in filled or n in titles}
    texts = [text for _n, _j, text in candidates]
    telling = sum(1 for text in texts if _is_group_text(text))
    at = candidates[0][1] - shape.left
    own = meanings(header.texts[at])[:1] if at < len(header.texts) else ()
    names_stand_there = any(m.field in _IDENTITY for m in own)
    if telling * 5 >= len(texts) * 3 or (not names_stand_there and header.last and len(texts) > 1):
        return {n for n, _j, _t in candidates}
    return sure


def _is_header_again(shape: Outline, number: int, header: Header) -> bool:
    texts = [tidy_line(cell_text(v)) for v in shape.rows.get(number, ())]
    return bool(header.last) and detect.repeats_header(texts, header.texts)


def _is_group_text(text: str) -> bool:
    return len(text) == 1 or bool(_YEAR.fullmatch(text)) or is_place(text)


def _is_total(shape: Outline, number: int, area: Area, traits: Traits, header: Header) -> bool:
    cells = _inside(shape, number, area)
    width = area.right - area.left + 1
    texts = [""] * width
    for j, value in cells:
        texts[j - area.left] = tidy_line(cell_text(value))
    if detect.is_total(texts):
        return True
    figures = [j for j, v in cells if isinstance(v, (int, float)) and not isinstance(v, bool)]
    sums = [j for j in figures if (number, j) in traits.sums]
    # Sums beside a name are what somebody ordered; sums alone add the column up.
    if sums and len(sums) == len(figures) and len(cells) - len(figures) <= 1:
        return True
    return number == area.bottom and _adds_up(shape, number, cells, header)


def _adds_up(
    shape: Outline, number: int, cells: Sequence[tuple[int, Value]], header: Header
) -> bool:
    """Whether a last row of bare figures holds the sums of what stands above them."""
    for j, value in cells:
        at = j - shape.left
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        fields = meanings(header.texts[at])[:1] if at < len(header.texts) else ()
        if not header.last or any(m.field not in ("custom", "notes") for m in fields):
            return False  # a lonely phone number is one
    above = range(header.last + 1, number)
    if any(shape.count(n) and n not in shape.rows for n in above):  # a long list is not kept
        return shape.count(number - 1) > 2 * len(cells)
    return all(
        abs(float(v) - _sum_above(shape, j, above)) < _CENT
        for j, v in cells
        if isinstance(v, (int, float))
    )


def _sum_above(shape: Outline, column: int, rows: Iterable[int]) -> float:
    """What the figures of a column add up to."""
    at = column - shape.left
    values = (row[at] for n in rows if at < len(row := shape.rows.get(n, ())))
    return sum(float(v) for v in values if isinstance(v, (int, float)))
