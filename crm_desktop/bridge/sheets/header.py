"""What stands above the columns of a table: a header of one row or several.

Works on a sheet's outline and its traits alone: pure functions, nothing is read here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.detect import IDENTITY
from crm_desktop.bridge.sheets.outline import Outline
from crm_desktop.bridge.sheets.synonyms import find_label, header_key, header_words, meanings
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line

# Whom a customer has beside him: "Name" under such a head is nobody's customer.
OTHERS = re.compile(
    r"emergenc|next of kin|\bspouse\b|\bconjuge\b|\bparents?\b|\bguardians?\b|\bmother\b|"
    r"\bfather\b|\bpai\b|\bmae\b|encarregad|\bagent\b|referr|紧急|家长|监护|配偶|父亲|母亲|介绍人|推荐人"
)


class Header(NamedTuple):
    """A table's header: its rows (0, 0 for none), and a text for each column from `left` on."""

    first: int
    last: int
    texts: tuple[str, ...]


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
    if OTHERS.search(header_words(parts[0])):
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
    below = _heads(shape.cells(number + 1))
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


def _heads(cells: Sequence[tuple[int, Value]]) -> list[tuple[int, Value]]:
    """A row's cells, those that head columns by a series (2019, 2020) as their texts."""
    series = detect.series_in([v for _j, v in cells])
    return [(j, cell_text(v) if at in series else v) for at, (j, v) in enumerate(cells)]


def _is_head_of(shape: Outline, number: int, below: int, traits: Traits) -> bool:
    """Whether a row stands as a second header above another, and is no title."""
    cells, under = _heads(shape.cells(number)), _heads(shape.cells(below))
    if not cells or any(not isinstance(v, str) for _j, v in cells):
        return False
    if any(detect.is_data(v) or len(str(v)) > 40 for _j, v in cells):
        return False
    if _is_legend(cells, number, below, traits):
        return False
    wide = [a for a in traits.merged if a.top == number and a.right > a.left]
    parts = [j for j, _v in under if any(a.left <= j <= a.right for a in wide)]
    # Each row heads columns that the other leaves out, but where the lower one names the parts
    # of the upper one's wide cells: together they are the header, whichever has more cells.
    apart = {j for j, _v in cells} - {a.left for a in wide}
    if len(wide) < len(cells) and len(parts) > len(wide) and not apart & {j for j, _v in under}:
        return True
    if len(cells) >= len(under):
        return False
    full = len(under) - 1
    if wide:
        return all(a.right - a.left < full for a in wide)
    known = sum(1 for _j, v in cells if meanings(tidy_line(str(v))))
    over = {j for j, _v in cells} & {j for j, _v in under}
    return len(cells) >= 2 and known * 2 >= len(cells) and len(over) * 2 >= len(cells)


def _is_legend(cells: Sequence[tuple[int, Value]], number: int, below: int, traits: Traits) -> bool:
    """Whether each cell has a colour of its own, in which whole rows stand further down.

    Heads have colours too, and so may all that stands below them.
    """
    colours = {traits.fills.get((number, j), ""): j for j, _v in cells}
    if len(colours) < len(cells) or len(cells) < 2 or "" in colours:
        return False
    starts = sorted(colours.values())
    ends = dict(zip(starts, [*starts[1:], starts[-1] + 1], strict=True))
    elsewhere = {
        colour
        for (row, j), colour in traits.fills.items()
        if row > below and colour in colours and not colours[colour] <= j < ends[colours[colour]]
    }
    return elsewhere == colours.keys()


def _is_identity(text: str) -> bool:
    return any(m.field in IDENTITY for m in meanings(text)[:1])
