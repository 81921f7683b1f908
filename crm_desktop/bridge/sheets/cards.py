"""Sheets of one customer each, one a column, below or beside each other: labels beside values.

Such sheets are turned into a list: the labels are its header, each card is a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from crm_desktop.bridge.files.books import Row
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.synonyms import header_key, meanings
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line

_MOST_ROWS = 120
MOST_STACKED = 4_000
_MOST_TITLES = 2
_MOST_ABOVE = 20
_MOST_COLUMNS = 60
_LONGEST_LABEL = 40
_COLONS = ":："
_IDENTITY = frozenset(("name", "given_name", "family_name", "organisation", "contact_person"))
# Under this label come the lines of a card that have no label of their own.
REST = "Notes"


@dataclass(frozen=True, slots=True)
class Card:
    """One customer: values by label, in the order of the sheet; labels may come again."""

    pairs: tuple[tuple[str, Value], ...]

    @property
    def labels(self) -> frozenset[str]:
        """The labels, folded."""
        return frozenset(header_key(label) for label, _value in self.pairs)

    def is_like(self, other: Card) -> bool:
        """Whether two cards follow one template; blanks may be missing on either."""
        mine, others = self.labels, other.labels
        return len(mine & others) * 5 >= 3 * min(len(mine), len(others))


def read_cards(rows: Sequence[Row]) -> list[Card]:
    """Read a sheet as cards; [] where it is none.

    Args:
        rows: all of them; a sheet of more than 120 is a list, or has forms below each other.
    """
    if len(rows) > MOST_STACKED or any(len(row) > _MOST_COLUMNS for row in rows):
        return []
    if edges := _edges(rows):
        blocks = [[row[start:end] for row in rows] for start, end in edges]
        found = [_stacked(block) or _single(block) for block in blocks]
        if all(found) and all(cards[0].is_like(found[0][0]) for cards in found):
            return [card for cards in found for card in cards]
    if len(rows) > _MOST_ROWS:
        return _stacked(rows)
    return _transposed(rows) or _stacked(rows) or _single(rows)


def _edges(rows: Sequence[Row]) -> list[tuple[int, int | None]]:
    """First columns, and those behind the last, of forms beside each other; [] for none.

    Beside each label of the leftmost form its like stands in all others; where the last row of
    forms is not full, nothing stands there.
    """
    starts: list[int] = []
    seen: set[str] = set()
    alike = other = 0
    for row in rows:
        labels = [(j, header_key(text)) for j, v in enumerate(row) if (text := _label(v))]
        if not labels:
            continue
        if not starts:
            column, first = labels[0]
            starts = [column, *(j for j, key in labels[1:] if key == first)]
            if len(starts) < 2:
                return []
        width = starts[1] - starts[0]
        for column, key in labels:
            if column >= starts[0] + width:
                continue
            beside = [
                row[j] if j < len(row) else "" for j in (s + column - starts[0] for s in starts[1:])
            ]
            if all(is_blank(v) or header_key(_label(v)) == key for v in beside):
                alike += 1
                seen.add(key)
            else:
                other += 1
    if len(seen) < 3 or other * 4 > alike:
        return []
    return list(zip(starts, [*starts[1:], None], strict=True))


def _label(value: Value) -> str:
    """The label that a cell holds, "" for none."""
    if not isinstance(value, str):
        return ""
    text = tidy_line(value)
    bare = text.rstrip(_COLONS).strip()
    if not bare or len(bare) > _LONGEST_LABEL or detect.is_contact(bare):
        return ""
    return bare if text != bare or meanings(bare) else ""


def _single(rows: Sequence[Row]) -> list[Card]:
    pairs: list[tuple[str, Value]] = []
    rest: list[str] = []
    lines: list[str] = []
    columns: Counter[int] = Counter()
    table = _table_in(rows)
    offsets = _offsets(rows[: table.start] if table else rows)
    known = side_by_side = 0
    for number, row in enumerate(rows):
        cells = [(j, v) for j, v in enumerate(row) if not is_blank(v)]
        if number in table:
            if pairs and cells:
                lines.append(" · ".join(tidy_line(cell_text(v)) for _j, v in cells))
            continue
        labels = [j for j, v in cells if _label(v)]
        side_by_side += sum(1 for a, b in pairwise(labels) if b == a + 1)
        used = 0
        while used < len(cells):
            j, value = cells[used]
            used += 1
            label = _label(value)
            inside = _inline(value)
            if not label and not inside and used < len(cells):
                label = _label_by_place(value, cells[used], offsets.get(j, 0), j)
            if inside:
                pairs.append(inside)
                known += bool(meanings(inside[0]))
            elif label:
                columns[j] += 1
                following = cells[used] if used < len(cells) else None
                if following and following[0] - j <= 3 and not _is_label_too(label, following[1]):
                    pairs.append((label, following[1]))
                    known += bool(meanings(label))
                    used += 1
                else:
                    pairs.append((label, ""))
            elif pairs:
                rest.append(tidy_line(cell_text(value)))
    said = [(label, value) for label, value in pairs if not is_blank(value)]
    fields = {m.field for label, _value in said for m in meanings(label)[:1]}
    if known < 3 or len(fields) < 3 or not fields & _IDENTITY:
        return []
    if side_by_side * 3 > len(pairs) or len(rest) > len(said) * 2:
        return []  # a header over a list, or a text with a few labels in it
    if rest or lines:
        said.append((REST, "\n".join([*rest, *lines])))
    return [Card(tuple(said))]


def _offsets(rows: Sequence[Row]) -> dict[int, int]:
    """How far right of its label a value stands, by the labels' column, where half are known."""
    found: dict[int, Counter[int]] = {}
    filled: Counter[int] = Counter()
    for row in rows:
        cells = [(j, v) for j, v in enumerate(row) if not is_blank(v)]
        for (j, value), (after, said) in pairwise(cells):
            filled[j] += isinstance(value, str)
            label = _label(value)
            if label and after - j <= 3 and not _is_label_too(label, said):
                found.setdefault(j, Counter())[after - j] += 1
    if sum(places.total() for places in found.values()) < 3:
        return {}
    return {
        j: places.most_common(1)[0][0]
        for j, places in found.items()
        if places.total() * 2 >= filled[j]
    }


def _table_in(rows: Sequence[Row]) -> range:
    """The rows of a small table within a form, such as its visits, from its header on."""
    for i, (row, below) in enumerate(pairwise(rows)):
        heads = [j for j, v in enumerate(row) if not is_blank(v)]
        if len(heads) < 3 or heads[-1] - heads[0] >= len(heads):
            continue
        texts = all(isinstance(row[j], str) and not detect.is_data(row[j]) for j in heads)
        said = [j for j in heads if j < len(below) and detect.is_data(below[j])]
        if texts and heads[0] in said and len(said) >= 2:
            return range(i, len(rows))
    return range(0)


def _label_by_place(value: Value, following: tuple[int, Value], offset: int, column: int) -> str:
    """A label of the form's own: it stands where labels stand, and its value where values do."""
    if not offset or following[0] - column != offset or not isinstance(value, str):
        return ""
    text = tidy_line(value)
    if len(text) > _LONGEST_LABEL or detect.is_data(text) or _label(following[1]):
        return ""
    return text


def _stacked(rows: Sequence[Row]) -> list[Card]:
    """Forms of one template below each other: each begins with the first one's first label."""
    first = next(
        (place for i, row in enumerate(rows[:_MOST_ABOVE]) if (place := _begins(i, row))), None
    )
    if first is None:
        return []
    top, column, wanted = first
    starts = [top]
    for i, row in enumerate(rows[top + 1 :], start=top + 1):
        value = row[column] if column < len(row) else ""
        if (
            isinstance(value, str)
            and header_key(value.partition(":")[0].partition("：")[0]) == wanted
        ):
            starts.append(i)
    if len(starts) < 2:
        return []
    titles = _titles_above(rows, top)
    if titles and any(_titles_above(rows, start) != titles for start in starts):
        titles = 0  # the title of the sheet, not of each form
    ends = [start - titles for start in starts[1:]] + [len(rows)]
    cards: list[Card] = []
    for start, end in zip(starts, ends, strict=True):
        one = _single(rows[start:end])
        if not one or not one[0].is_like(cards[0] if cards else one[0]):
            return []
        cards += one
    return cards


def _begins(number: int, row: Row) -> tuple[int, int, str] | None:
    """Where a form may begin in a row: its place and folded label; a label has a value."""
    cells = [(j, v) for j, v in enumerate(row) if not is_blank(v)]
    for (j, value), following in zip_longest(cells, cells[1:]):
        if inside := _inline(value):
            return number, j, header_key(inside[0])
        label = _label(value)
        if label and following and following[0] - j <= 3:
            return number, j, header_key(label)
    return None


def _titles_above(rows: Sequence[Row], start: int) -> int:
    """How many filled rows stand directly above a form."""
    count = 0
    while start > count and any(not is_blank(v) for v in rows[start - 1 - count]):
        count += 1
    return count if count <= _MOST_TITLES else 0


def _is_label_too(label: str, value: Value) -> bool:
    """Whether what stands right of a label is the next label; "Nome | Cliente" may be a value."""
    text = tidy_line(value) if isinstance(value, str) else ""
    return bool(_label(value)) and (text[-1:] in _COLONS or text != label) and bool(text)


def _inline(value: Value) -> tuple[str, Value] | None:
    """`Label: value` in one cell."""
    if not isinstance(value, str):
        return None
    text = tidy_line(value)
    for colon in _COLONS:
        label, found, said = text.partition(colon)
        if found and said.strip() and not said.startswith("//") and meanings(label.strip()):
            return label.strip(), said.strip()
    return None


def _transposed(rows: Sequence[Row]) -> list[Card]:
    """A list lying on its side: labels in the first column, a customer a column."""
    filled = [row for row in rows if any(not is_blank(v) for v in row)]
    if not 3 <= len(filled) <= _MOST_ROWS:
        return []
    first = min(next(j for j, v in enumerate(row) if not is_blank(v)) for row in filled)
    labelled = [
        (_plain_label(row[first]), row) for row in filled if len(row) > first and row[first]
    ]
    labelled = [(label, row) for label, row in labelled if label]
    known = [label for label, _row in labelled if meanings(label)]
    fields = {meanings(label)[0].field for label in known} - {"custom"}
    if len(fields) < 3 or len(known) * 5 < len(labelled) * 3 or not fields & _IDENTITY:
        return []
    width = max(len(row) for row in filled)
    counts = Counter(
        j for _name, row in labelled for j in range(first + 1, len(row)) if not is_blank(row[j])
    )
    people = [j for j in range(first + 1, width) if counts[j] * 2 >= len(labelled)]
    if len(people) < 2 or len(labelled) * 4 < len(filled) * 3:
        return []
    # In forms below each other labels come again, and stand in the other columns, too.
    if len({header_key(label) for label, _row in labelled}) * 2 <= len(labelled):
        return []
    # In a list with a header the cells beside a label are labels too.
    first_row = labelled[0][1]
    if any(isinstance(first_row[j], str) and meanings(str(first_row[j])) for j in people):
        return []
    if any(_is_label_column(labelled, j) for j in people):
        return []
    return [
        Card(
            tuple(
                (label, row[j]) for label, row in labelled if j < len(row) and not is_blank(row[j])
            )
        )
        for j in people
    ]


def _is_label_column(labelled: Sequence[tuple[str, Row]], column: int) -> bool:
    """Whether words stand in a column where the first one's labels want numbers or addresses."""
    for label, row in labelled:
        field = next((m.field for m in meanings(label)[:1]), "")
        text = cell_text(row[column]) if column < len(row) else ""
        if field in ("phone", "email") and text and not any(c.isdigit() or c == "@" for c in text):
            return True
    return False


def _plain_label(value: Value) -> str:
    if not isinstance(value, str):
        return ""
    text = tidy_line(value).rstrip(_COLONS).strip()
    return "" if len(text) > _LONGEST_LABEL or detect.is_contact(text) else text


class CardSheet:
    """Cards as a sheet: the labels as its first row, then a row for each card."""

    left = 0

    def __init__(self, cards: Sequence[Card], sheets: Sequence[str]) -> None:
        """Make a list of cards.

        Args:
            cards: of one template.
            sheets: for each, the name of the sheet that it stands on.
        """
        self._sheets = sheets
        self._rows = list(_as_list(cards))
        self.height: int | None = len(self._rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets that it is made of."""
        return tuple(dict.fromkeys(self._sheets))

    def sheet_of(self, number: int) -> str:
        """The name of the sheet of a row, 1-based; the header is the first."""
        return self._sheets[number - 2]

    def rows(self) -> Iterator[Row]:
        """The header, then the cards."""
        return iter(self._rows)


def _as_list(cards: Sequence[Card]) -> Iterator[list[Value]]:
    columns: dict[tuple[str, int], str] = {}
    rows: list[dict[tuple[str, int], Value]] = []
    for card in cards:
        seen: Counter[str] = Counter()
        row: dict[tuple[str, int], Value] = {}
        for label, value in card.pairs:
            key = header_key(label)
            seen[key] += 1
            place = (key, seen[key])
            columns.setdefault(place, label if seen[key] == 1 else f"{label} {seen[key]}")
            row[place] = value
        rows.append(row)
    yield list(columns.values())
    for row in rows:
        yield [row.get(place, "") for place in columns]
