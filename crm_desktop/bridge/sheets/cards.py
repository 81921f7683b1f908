"""Sheets of one customer each, one a column, below or beside each other: labels beside values.

Such sheets are turned into a list: the labels are its header, each card is a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.blank_forms import read_blank
from crm_desktop.bridge.sheets.detect import IDENTITY
from crm_desktop.bridge.sheets.form_labels import inline, label_of, plain_label
from crm_desktop.bridge.sheets.form_tables import shared_by
from crm_desktop.bridge.sheets.forms import Card, read_form
from crm_desktop.bridge.sheets.synonyms import header_key, meanings
from crm_desktop.bridge.traits.money import Amount
from crm_desktop.bridge.values.text import Value, cell_text, is_blank

_MOST_ROWS = 120
MOST_STACKED = 4_000
_MOST_TITLES = 2
_MOST_ABOVE = 20
_MOST_COLUMNS = 60


def read_cards(rows: Sequence[Row]) -> list[Card]:
    """Read a sheet as cards; [] where it is none.

    Args:
        rows: all of them; a sheet of more than 120 is a list, or has forms below each other.
    """
    if len(rows) > MOST_STACKED or any(len(row) > _MOST_COLUMNS for row in rows):
        return []
    if edges := _edges(rows):
        blocks = [[row[start:end] for row in rows] for start, end in edges]
        found = _beside(blocks)
        if all(found) and all(cards[0].is_like(found[0][0]) for cards in found):
            pairs = zip(edges, found, strict=True)
            return [replace(card, left=start) for (start, _end), cards in pairs for card in cards]
    if len(rows) > _MOST_ROWS:
        return _stacked(rows)
    return _transposed(rows) or _below(rows)


def _below(rows: Sequence[Row]) -> list[Card]:
    """Forms below each other, or a single one."""
    return _stacked(rows) or [card for card in (read_form(rows),) if card]


def _beside(blocks: Sequence[Sequence[Row]]) -> list[list[Card]]:
    """The forms of each block of columns; those of a block that nobody has filled in are blank."""
    found = [_below(block) for block in blocks]
    sisters = [(block, cards[0]) for block, cards in zip(blocks, found, strict=True) if cards]
    return [
        cards or [card for card in (read_blank(block, sisters),) if sisters and card]
        for block, cards in zip(blocks, found, strict=True)
    ]


def _edges(rows: Sequence[Row]) -> list[tuple[int, int | None]]:
    """First columns, and those behind the last, of forms beside each other; [] for none.

    Beside each label of the leftmost form its like stands in all others; where the last row of
    forms is not full, nothing stands there.
    """
    starts: list[int] = []
    seen: set[str] = set()
    alike = other = 0
    for row in rows:
        labels = [(j, header_key(text)) for j, v in enumerate(row) if (text := label_of(v))]
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
            if all(is_blank(v) or header_key(label_of(v)) == key for v in beside):
                alike += 1
                seen.add(key)
            else:
                other += 1
    if len(seen) < 3 or other * 4 > alike:
        return []
    return list(zip(starts, [*starts[1:], None], strict=True))


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
    forms = [rows[start:end] for start, end in zip(starts, ends, strict=True)]
    cards = _alike(forms)
    return [replace(card, top=at - titles) for at, card in zip(starts, cards, strict=False)]


def _alike(forms: Sequence[Sequence[Row]]) -> list[Card]:
    """Read forms of one template, blank ones and thin ones too; [] where they are none."""
    shared = shared_by(forms)
    found = [read_form(form, shared) for form in forms]
    sure = [(form, card) for form, card in zip(forms, found, strict=True) if card]
    if not sure or any(not card.is_like(sure[0][1]) for _form, card in sure):
        return []
    cards: list[Card] = []
    for form, card in zip(forms, found, strict=True):
        read = card or read_blank(form, sure) or read_form(form, shared, fewest=0)
        if read is None or not read.is_like(sure[0][1]):
            return []
        cards.append(read)
    thin = sum(1 for card in cards if not card.is_empty) - len(sure)
    return cards if thin <= len(sure) else []


def _begins(number: int, row: Row) -> tuple[int, int, str] | None:
    """Where a form may begin in a row: its place and folded label; a label has a value."""
    cells = [(j, v) for j, v in enumerate(row) if not is_blank(v)]
    for (j, value), following in zip_longest(cells, cells[1:]):
        if inside := inline(value):
            return number, j, header_key(inside[0])
        label = label_of(value)
        if label and following and following[0] - j <= 3:
            return number, j, header_key(label)
    return None


def _titles_above(rows: Sequence[Row], start: int) -> int:
    """How many filled rows stand directly above a form."""
    count = 0
    while start > count and any(not is_blank(v) for v in rows[start - 1 - count]):
        count += 1
    return count if count <= _MOST_TITLES else 0


def _transposed(rows: Sequence[Row]) -> list[Card]:
    """A list lying on its side: labels in the first column, a customer a column."""
    filled = [row for row in rows if any(not is_blank(v) for v in row)]
    if not 3 <= len(filled) <= _MOST_ROWS:
        return []
    first = min(next(j for j, v in enumerate(row) if not is_blank(v)) for row in filled)
    labelled = [(plain_label(row[first]), row) for row in filled if len(row) > first and row[first]]
    labelled = [(label, row) for label, row in labelled if label]
    known = [label for label, _row in labelled if meanings(label)]
    fields = {meanings(label)[0].field for label in known} - {"custom"}
    if len(fields) < 3 or len(known) * 5 < len(labelled) * 3 or not fields & IDENTITY:
        return []
    width = max(len(row) for row in filled)
    counts = Counter(
        j for _name, row in labelled for j in range(first + 1, len(row)) if not is_blank(row[j])
    )
    people = [j for j in range(first + 1, width) if counts[j] * 2 >= len(labelled)]
    if len(people) < 2 or len(labelled) * 4 < len(filled) * 3:
        return []
    # In a list with a header the cells beside a label are labels too, in a form of two columns
    # every second cell, and forms below each other name somebody again.
    naming_rows = [row for label, row in labelled if _names_somebody(label)]
    if any(_is_header_cell(row, j) for row in (labelled[0][1], *naming_rows) for j in people):
        return []
    if any(_holds_labels(labelled, j) for j in people):
        return []
    naming = Counter(header_key(t) for t in known if meanings(t)[0].field in IDENTITY)
    if max(naming.values()) > 1:
        return []
    return [
        Card(
            tuple(
                (label, row[j]) for label, row in labelled if j < len(row) and not is_blank(row[j])
            ),
            left=j,
        )
        for j in people
    ]


def _names_somebody(label: str) -> bool:
    return any(m.field in IDENTITY for m in meanings(label)[:1])


def _is_header_cell(row: Row, j: int) -> bool:
    return j < len(row) and isinstance(row[j], str) and bool(meanings(str(row[j])))


def _holds_labels(labelled: Sequence[tuple[str, Row]], j: int) -> bool:
    """Whether a column's cells are labels of what stands right of them."""
    cells = [(label, row, row[j]) for label, row in labelled if j < len(row)]
    cells = [(label, row, value) for label, row, value in cells if not is_blank(value)]
    if sum(1 for _label, _row, value in cells if label_of(value)) * 2 > len(cells):
        return True
    for label, row, value in cells:
        wanted = next((m.field for m in meanings(label)[:1]), "")
        if wanted not in ("phone", "email") or _is_reached(value):
            continue
        # Words where a number stands: a label, known or with something else beside it.
        beside = row[j + 1] if j + 1 < len(row) else ""
        if label_of(value) or not (is_blank(beside) or _is_reached(beside)):
            return True
    return False


def _is_reached(value: Value) -> bool:
    return detect.is_data(cell_text(value))


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
        # Numbers of the rows of forms that nobody has filled in; the header is the first.
        self.empty = frozenset(n for n, card in enumerate(cards, start=2) if card.is_empty)
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
        for label, value in () if card.is_empty else card.pairs:
            key = header_key(label)
            seen[key] += 1
            place = (key, seen[key])
            columns.setdefault(place, label if seen[key] == 1 else f"{label} {seen[key]}")
            row[place] = value.text if isinstance(value, Amount) else value
        rows.append(row)
    yield list(columns.values())
    for row in rows:
        yield [row.get(place, "") for place in columns]
