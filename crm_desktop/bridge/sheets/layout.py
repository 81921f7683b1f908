"""Where on a sheet its tables are, and what stands above their columns.

Works on a sheet's outline and its traits alone: pure functions, nothing is read here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.bridge.matching.own_ids import id_kind
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.detect import IDENTITY
from crm_desktop.bridge.sheets.outline import Outline
from crm_desktop.bridge.sheets.synonyms import find_label, header_key, header_words, meanings
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line
from crm_desktop.domain.imports import Area

_OTHERS = re.compile(
    r"emergenc|next of kin|\bspouse\b|\bconjuge\b|\bparents?\b|\bguardians?\b|\bmother\b|"
    r"\bfather\b|\bpai\b|\bmae\b|encarregad|\bagent\b|referr|紧急|家长|监护|配偶|父亲|母亲|介绍人|推荐人"
)
_REACHED = frozenset(("phone", "email", "im", "street", "birthday", "contact", "city", "notes"))
_LONG = 60
_LABELLED = re.compile(r"[:：]\s*\w")  # "Stylist: Rosa" says something, and heads nothing


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
    for number in range(first, last):
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
        if known >= 2 and known * 2 >= len(texts):
            return texts
    return None


def _names_somebody(header: Iterable[tuple[int, str]]) -> bool:
    return detect.names_somebody(text for _j, text in header)


def _names_by_number(header: Sequence[tuple[int, str]], beside: Sequence[tuple[int, str]]) -> bool:
    """Whether a header speaks of customers' numbers that the table beside it has, too."""
    numbers = {id_kind(text) for _j, text in header} & {id_kind(text) for _j, text in beside}
    return "customer" in numbers


def _is_identity(text: str) -> bool:
    return any(m.field in IDENTITY for m in meanings(text)[:1])


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

    Those further right may do so by the number that the first one gives him.
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
    if not all(_names_somebody(group) or _names_by_number(group, first) for group in groups[1:]):
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
    heads = [
        tuple(dict.fromkeys(line[j] for line in texts if j < len(line) and line[j]))
        for j in range(width)
    ]
    times = Counter(header_key(parts[-1]) for parts in heads if parts)
    joined: list[str] = []
    for parts in heads:
        text = _join(parts, again=bool(parts) and times[header_key(parts[-1])] > 1)
        # A second "Name", under "Parent", is not the customer's.
        joined.append(" ".join(parts) if text in joined and _is_identity(text) else text)
    return Header(first, last, tuple(joined))


def _join(parts: tuple[str, ...], *, again: bool) -> str:
    """One text for a column under several heads: its own where that says enough.

    Args:
        parts: the heads, from above.
        again: whether another column's own is the same.
    """
    if len(parts) <= 1:
        return parts[0] if parts else ""
    own, whole = parts[-1], " ".join(parts)
    if _OTHERS.search(header_words(parts[0])):
        return whole  # "Name" under "Emergency contact" is nobody's customer
    alone, together, above = meanings(own), meanings(whole), meanings(parts[0])
    if find_label(own) and together and above and together[0].field == above[0].field:
        return whole  # "Telefone" over "Casa"
    if alone and alone[0].field != "custom":
        if together and together[0].weight > alone[0].weight:
            return whole
        labelled = next((m for m in together if m.field == alone[0].field and m.label), None)
        return whole if labelled and not alone[0].label else own
    told = together and together[0].field != "custom"
    if told and (not alone or together[0].weight > alone[0].weight):
        return whole  # "Data" under "Nascimento"
    # An own field's name: 日期 under 首诊 and under 复诊 needs both, 医生 does not, nor is "2" one.
    return own if not again and any(map(str.isalpha, own)) else whole


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
