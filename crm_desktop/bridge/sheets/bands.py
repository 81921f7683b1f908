"""Which rows of a table are no customers: titles, headings of groups, totals, notes.

Works on a sheet's outline and its traits alone: pure functions, nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.cities import is_place
from crm_desktop.bridge.sheets.detect import IDENTITY
from crm_desktop.bridge.sheets.header import Header
from crm_desktop.bridge.sheets.headings import (
    names_nobody,
    numbered,
    read_ordinal,
    without_ordinals,
)
from crm_desktop.bridge.sheets.outline import Outline
from crm_desktop.bridge.sheets.synonyms import KINDS, STAGES, header_key, meanings
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.daywords import is_month
from crm_desktop.bridge.values.text import Value, cell_text, has_cjk, tidy_line
from crm_desktop.domain.imports import Area, Band, BandKind

_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*年)?")
_GROUP = re.compile(
    r"(?:gold|silver|bronze|platinum|diamond|vips?|premium|standard|basic|retail|wholesale|trade|"
    r"domestic|commercial|local|overseas|ouro|prata|bronze|retalho|grossistas?|revenda|"
    r"[AＡBＢCＣDＤ]\s*[级級类類]|\w{1,6}(?:客户|客戶|会员|會員|顾客|顧客)|"
    r"(?:金|银|銀|钻石|鑽石|铂金|白金|普通|贵宾|貴賓)卡|零售|批发|批發|团购|散客|"
    r"[\u3400-\u9fff]{2,6}[市县縣区區镇鎮省])"
    r"(?:\s+(?:customers|clients|members|accounts|clientes|s[óo]cios))?|"
    r"\w+\s+(?:customers|clients|members|accounts)|(?:clientes|s[óo]cios)\s+\w+",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"([^\W\d_][^:：]{0,18}?)\s*[:：]\s*\S")
_NOTE = re.compile(
    r"(?:notas?|obs|observ\w*|ps|n\.?b|nb|note|notes|remark|source|fonte|atualizad\w*|actualizad\w*|"
    r"updated?|last update|legend\w*|impresso|printed|注|备注|说明|更新|来源|图例|制表|"
    r"(?:page|p[áa]gina|p[áa]g\.?|seite)\s*\d+(?:\s*(?:of|de|von|/)\s*\d+)?$|"
    r"第\s*\d+\s*[页頁].*)\b|[*※†]",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_PLAIN_FIGURE = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_REACHED = frozenset(("phone", "email", "im"))
_LONG = 60
# The title of a table may name a house with its address.
_LONGEST_TITLE = 120
_COUNTED = re.compile(r"(\d{1,6})\s*\D{1,40}")
_CENT = 0.006
_TITLE_CELLS = 4


def find_bands(shape: Outline, area: Area, header: Header, traits: Traits) -> list[Band]:
    """Find the titles, group headings, totals and notes of a table, in the order of rows."""
    bands = []
    start = max(header.first, area.top)
    titles = [n for n in range(area.top, start) if shape.count(n)] if header.last else []
    if header.last:
        bands.append(Band(BandKind.HEADER, header.first, header.last))
    # Blank rows are kept too, where they stand before a thin one far down.
    below = max(header.last, area.top - 1)
    body = [n for n in sorted(shape.rows) if below < n <= area.bottom and shape.count(n)]
    thin = [n for n in body if len(_inside(shape, n, area)) == 1]

    full = set(body)

    def is_sum(number: int) -> bool:
        return number in full and _is_total(shape, number, area, traits, header)

    notes = _notes(shape, area, thin, is_sum) | _titles_again(shape, area, titles, body)
    bands += [Band(BandKind.NOTE, n, n) for n in notes]
    groups = _groups(shape, area, header, traits, body, [n for n in thin if n not in notes])
    if (first := _first_heading(shape, area, header, groups)) and first not in notes:
        titles.remove(first)
        groups.add(first)
    bands += [Band(BandKind.TITLE, n, n) for n in titles]
    bands += [Band(BandKind.GROUP, n, n) for n in groups]
    rest = [n for n in body if n not in groups and n not in notes]
    bands += [
        Band(BandKind.TOTAL, n, n)
        for n in rest
        if _is_total(shape, n, area, traits, header) or _counts_rows(shape, n, area, rest)
    ]
    return sorted(bands, key=lambda band: band.first)


def _inside(shape: Outline, number: int, area: Area) -> list[tuple[int, Value]]:
    return [(j, v) for j, v in shape.cells(number) if area.left <= j <= area.right]


def _notes(
    shape: Outline, area: Area, thin: Sequence[int], is_sum: Callable[[int], bool]
) -> set[int]:
    """Blocks of text below the last full row, and lines that say that they are notes.

    "Seats: 50  Sold: 6" right below the sums is one, too.
    """
    last_full = area.bottom
    while last_full >= area.top and shape.count(last_full) <= 1:
        last_full -= 1
    found = set()
    for number in thin:
        (_j, value), *_rest = _inside(shape, number, area)
        text = tidy_line(cell_text(value))
        # Of a single column nobody knows where the customers end.
        follows = last_full >= area.top and number - 1 in found
        starts = not shape.count(number - 1) or len(text) > _LONG
        if not isinstance(value, str):
            continue
        if _NOTE.match(text):
            found.add(number)
        elif number > last_full:
            counts = any(map(str.isdigit, text)) and not detect.is_contact(text)
            if starts or follows or (counts and is_sum(number - 1)):
                found.add(number)
    return found


def _counts_rows(shape: Outline, number: int, area: Area, body: Sequence[int]) -> bool:
    """Whether a last row says how many stand above it, whatever these are: "7 residential"."""
    cells = _inside(shape, number, area)
    if number != body[-1] or not cells or any(_figure(v) is None for _j, v in cells[1:]):
        return False
    found = _COUNTED.fullmatch(tidy_line(cell_text(cells[0][1])))
    return found is not None and int(found[1]) == len(body) - 1 > 1


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
    shape: Outline,
    area: Area,
    header: Header,
    traits: Traits,
    body: Sequence[int],
    thin: Sequence[int],
) -> set[int]:
    """Rows that head those below them: a city, a letter, a year, a category."""
    candidates = []
    for number in thin:
        (column, value), *_rest = _inside(shape, number, area)
        text = tidy_line(cell_text(value))
        leads = shape.count(number + 1) >= 2 or shape.count(number + 2) >= 2
        if (
            leads
            and len(text)
            <= (_LONGEST_TITLE if _is_header_again(shape, number + 1, header) else _LONG)
            and (not detect.is_contact(text) or is_month(text))
            and not detect.is_total([text])
        ):
            candidates.append((number, column, text))
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
    candidates = _where_headings_stand(shape, header, candidates, wide | filled)
    if not candidates:
        return set()
    # The title of the next table of the same header: its header comes once more.
    titles = {n for n, _j, _t in candidates if _is_header_again(shape, n + 1, header)}
    sure = {n for n, _j, _t in candidates if n in wide or n in filled or n in titles}
    texts = [text for _n, _j, text in candidates]
    if _is_labelled_alike(shape, candidates, header):
        return {n for n, _j, _t in candidates}
    # A single June may be a customer, with nothing but her name.
    bare = list(without_ordinals(texts).values())
    months = {text for text in bare if is_month(text)}
    dated = len(months) > 1 or any(not text.isalpha() for text in months)
    telling = sum(1 for t in bare if _is_group_text(t) or (dated and t in months))
    at = candidates[0][1] - shape.left
    own = meanings(header.texts[at])[:1] if at < len(header.texts) else ()
    names_stand_there = any(m.field in IDENTITY for m in own)
    if telling * 5 >= len(texts) * 3 or (not names_stand_there and header.last and len(texts) > 1):
        return {n for n, _j, _t in candidates}
    if names_stand_there and _stands_apart(shape, candidates, header, body):
        return {n for n, _j, _t in candidates}
    if names_stand_there:
        sure |= _above_the_reached(shape, candidates, header, body)
    return sure


def _where_headings_stand(
    shape: Outline,
    header: Header,
    candidates: Sequence[tuple[int, int, str]],
    marked: Collection[int],
) -> list[tuple[int, int, str]]:
    """Without the lone cells right of the names, such as a second phone below the first.

    A heading stands there only where it looks like one, or where the first of them stands above
    all customers.
    """
    names = min(_columns_of(shape, header, IDENTITY), default=None)
    heads = [one for one in candidates if names is None or one[1] <= names]
    if heads or not candidates:
        return heads
    first = next((n for n in range(header.last + 1, shape.last + 1) if shape.count(n)), 0)
    if not header.last or candidates[0][0] == first:
        return list(candidates)
    return [one for one in candidates if one[0] in marked]


def _is_labelled_alike(
    shape: Outline, candidates: Sequence[tuple[int, int, str]], header: Header
) -> bool:
    """Whether one label tells what the rows are grouped by: "Teacher: Lee", "Teacher: Roy".

    The first stands above all rows: a remark below each customer may have one label too. And
    the label is not that of a customer's name, which heads a form.
    """
    first = next((n for n in range(header.last + 1, shape.last + 1) if shape.count(n)), 0)
    if not header.last or len(candidates) < 2 or candidates[0][0] != first:
        return False
    found = [_LABELLED.match(text) for _n, _j, text in candidates]
    labels = {m[1].casefold() if m else "" for m in found}
    if len(labels) > 1 or "" in labels:
        return False
    return not any(m.field in IDENTITY for m in meanings(labels.pop())[:1])


def _is_header_again(shape: Outline, number: int, header: Header) -> bool:
    texts = [tidy_line(cell_text(v)) for v in shape.rows.get(number, ())]
    return bool(header.last) and detect.repeats_header(texts, header.texts)


def _first_heading(shape: Outline, area: Area, header: Header, groups: Collection[int]) -> int:
    """The row right above the header if it heads the first group; 0 for a mere title.

    The header comes again with headings right above it, which stand in the same column and are
    written alike: in capitals or not. A text of header's words is a title.
    """
    number = header.first - 1
    again = [n for n in groups if _is_header_again(shape, n + 1, header)]
    if not again or number < area.top or shape.count(number) != 1:
        return 0

    def looks(row: int) -> tuple[int, bool]:
        ((column, value),) = _inside(shape, row, area)
        return column, tidy_line(cell_text(value)).isupper()

    (cell,) = _inside(shape, number, area) or [(0, "")]
    text = tidy_line(cell_text(cell[1]))
    if not text or len(text) > _LONGEST_TITLE or meanings(text):
        return 0
    return number if all(looks(n) == looks(number) for n in again) else 0


def _is_group_text(text: str) -> bool:
    return (
        len(text) == 1
        or bool(_YEAR.fullmatch(text) or _GROUP.fullmatch(text))
        or is_place(text)
        or header_key(text) in STAGES
        or header_key(text) in KINDS
    )


def _stands_apart(
    shape: Outline, candidates: Sequence[tuple[int, int, str]], header: Header, body: Sequence[int]
) -> bool:
    """Whether single words head groups of customers, where customers' names stand.

    Each group needs its heading, so that the first row below the header is one; and the names
    below have several words, as those of customers mostly have.
    """
    first = next((n for n in range(header.last + 1, shape.last + 1) if shape.count(n)), 0)
    if not header.last or len(candidates) < 2 or candidates[0][0] != first:
        return False
    if any(
        " " in text or has_cjk(text) or any(map(str.isdigit, text)) for _n, _j, text in candidates
    ):
        return False
    at = candidates[0][1]
    names = [
        tidy_line(cell_text(v))
        for n in body
        if shape.count(n) > 1
        for j, v in shape.cells(n)
        if j == at
    ]
    return len(names) > len(candidates) and sum(" " in n for n in names) * 5 >= len(names) * 4


def _above_the_reached(
    shape: Outline, candidates: Sequence[tuple[int, int, str]], header: Header, body: Sequence[int]
) -> set[int]:
    """Texts alone in their rows where all others have a phone: 一、在售房源, Zona Norte.

    Without ordinals the first row below the header is one, and each heads several rows.
    """
    reached = _columns_of(shape, header, _REACHED)
    at = candidates[0][1]
    names = []
    for number in body:
        cells = dict(shape.cells(number))
        if len(cells) < 2 or detect.may_be_sum(tidy_line(cell_text(next(iter(cells.values()))))):
            continue
        if not reached & cells.keys():
            return set()
        names.append(tidy_line(cell_text(cells.get(at, ""))))
    texts = [text for _n, j, text in candidates if j == at]
    if found := numbered(texts):
        return set() if any(map(read_ordinal, names)) else _rows_of(candidates, found)
    first = next((n for n in range(header.last + 1, shape.last + 1) if shape.count(n)), 0)
    heads = all(min(shape.count(n + 1), shape.count(n + 2)) > 1 for n, _j, _t in candidates)
    if len(texts) < len(candidates) or candidates[0][0] != first or not heads:
        return set()
    return _rows_of(candidates, texts) if names_nobody(texts, names) else set()


def _rows_of(candidates: Sequence[tuple[int, int, str]], texts: Collection[str]) -> set[int]:
    return {number for number, _j, text in candidates if text in texts}


def _is_total(shape: Outline, number: int, area: Area, traits: Traits, header: Header) -> bool:
    cells = _inside(shape, number, area)
    width = area.right - area.left + 1
    texts = [""] * width
    for j, value in cells:
        texts[j - area.left] = tidy_line(cell_text(value))
    phones = {j - area.left for j in _columns_of(shape, header, frozenset(("phone",)))}
    if detect.is_total(texts, phones) or _is_sum_of_some(shape, number, cells, header):
        return True
    figures = [j for j, v in cells if isinstance(v, (int, float)) and not isinstance(v, bool)]
    sums = [j for j in figures if (number, j) in traits.sums]
    # Sums beside a name are what somebody ordered; sums alone add the column up.
    if sums and len(sums) == len(figures) and len(cells) - len(figures) <= 1:
        return True
    return number == area.bottom and _adds_up(shape, number, cells, header)


def _columns_of(shape: Outline, header: Header, fields: Collection[str]) -> set[int]:
    """The columns of the sheet whose headers surely mean one of some fields."""
    return {
        j
        for j, text in enumerate(header.texts, shape.left)
        if any(m.field in fields for m in meanings(text)[:1])
    }


def _is_sum_of_some(
    shape: Outline, number: int, cells: Sequence[tuple[int, Value]], header: Header
) -> bool:
    """Whether a row says "Route total" or A 线小计, and holds figures besides.

    A firm may be called so, and so may a service: then the figures must add up rows above.
    """
    (at, label), *rest = cells
    figures = {j: figure for j, v in rest if (figure := _figure(v)) is not None}
    text = tidy_line(cell_text(label))
    if not figures or len(figures) < len(rest) or not detect.may_be_sum(text):
        return False
    if figures.keys() & _columns_of(shape, header, _REACHED):
        return False
    names = _columns_of(shape, header, IDENTITY)
    surely = detect.is_subtotal(text) and bool(names) and at not in names
    return surely or _adds_up_above(shape, number, figures)


def _adds_up_above(shape: Outline, number: int, figures: Mapping[int, float]) -> bool:
    """Whether figures, by their columns, are the sums of several rows directly above."""
    sums = dict.fromkeys(figures, 0.0)
    for above in range(number - 1, shape.top, -1):
        row = dict(shape.cells(above))
        for j in sums:
            sums[j] += _figure(row.get(j, "")) or 0.0
        if above < number - 1 and all(abs(figures[j] - sums[j]) < _CENT for j in sums):
            return True
    return False


def _figure(value: Value) -> float | None:
    """A cell's figure; None where it is none. Files of text alone have texts."""
    if isinstance(value, (int, float)):
        return None if isinstance(value, bool) else float(value)
    bare = value.strip("$€£¥ ").replace(",", "") if isinstance(value, str) else ""
    return float(bare) if _PLAIN_FIGURE.fullmatch(bare) else None


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
