"""Sheets of one customer each, one a column, or one below the other: labels beside values.

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
_LONGEST_UNKNOWN = 24
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
    if len(rows) > _MOST_ROWS:
        return _stacked(rows)
    return _transposed(rows) or _stacked(rows) or _single(rows)


def _label(value: Value) -> str:
    """The label that a cell holds, "" for none."""
    if not isinstance(value, str):
        return ""
    text = tidy_line(value)
    bare = text.rstrip(_COLONS).strip()
    if not bare or len(bare) > _LONGEST_LABEL or detect.is_contact(bare):
        return ""
    return bare if text != bare or meanings(bare) else ""


def _single(rows: Sequence[Row], columns: frozenset[int] = frozenset()) -> list[Card]:
    """Rows as one form; [] where they are none.

    Args:
        rows: of the form.
        columns: where labels stand, as far as other forms of the sheet tell.
    """
    # Known labels alone say that it is a form; where they stand then says what else is one.
    surely = _read_form(rows, None)
    if surely is None:
        return []
    return [_read_form(rows, _label_columns(rows) | columns) or surely]


def _read_form(rows: Sequence[Row], places: frozenset[int] | None) -> Card | None:
    """Read labels and values; `places` are the columns of labels, None where nobody knows."""
    pairs: list[tuple[str, Value]] = []
    rest: list[str] = []
    known = side_by_side = 0
    for row in rows:
        cells = [(j, v) for j, v in enumerate(row) if not is_blank(v)]
        labels = [j for j, v in cells if _label(v)]
        side_by_side += sum(1 for a, b in pairwise(labels) if b == a + 1)
        used = 0
        while used < len(cells):
            j, value = cells[used]
            following = cells[used + 1] if used + 1 < len(cells) else None
            used += 1
            label = _label(value)
            if not label and pairs and places and j in places:
                label = _plain_label(value) if _stands_before(value, following, j) else ""
            if inside := _inline(value):
                pairs.append(inside)
                known += bool(meanings(inside[0]))
            elif label and _is_its_value(label, j, following, places):
                assert following is not None
                pairs.append((label, following[1]))
                known += bool(meanings(label))
                used += 1
            elif label:
                pairs.append((label, ""))
            elif pairs:
                rest.append(tidy_line(cell_text(value)))
    said = [(label, value) for label, value in pairs if not is_blank(value)]
    fields = {m.field for label, _value in said for m in meanings(label)[:1]}
    if known < 3 or len(fields) < 3 or not fields & _IDENTITY:
        return None
    if side_by_side * 3 > len(pairs) or len(rest) > len(said) * 2:
        return None  # a header over a list, or a text with a few labels in it
    if rest:
        said.append((REST, "\n".join(rest)))
    return Card(tuple(said))


def _is_its_value(
    label: str, j: int, following: tuple[int, Value] | None, places: frozenset[int] | None
) -> bool:
    """Whether the next cell holds a label's value; "Nome | Cliente" may be one."""
    if following is None or following[0] - j > 3:
        return False
    at, value = following
    if places and at > j + 1 and at in places:
        return False  # the next pair begins there: this one's value is missing
    text = tidy_line(value) if isinstance(value, str) else ""
    if not text or not _label(value):
        return True
    # Words of labels are values too (备注: 朋友介绍), where no other labels stand above or below.
    is_place = places is None or at in places
    return text[-1] not in _COLONS and (not is_place or text == label)


def _label_columns(rows: Sequence[Row]) -> frozenset[int]:
    """The columns that hold labels: at least two, and half of what stands there."""
    filled: Counter[int] = Counter()
    labels: Counter[int] = Counter()
    for row in rows:
        for j, value in enumerate(row):
            if not is_blank(value):
                filled[j] += 1
                labels[j] += bool(_label(value))
    return frozenset(j for j, n in labels.items() if n >= 2 and n * 2 >= filled[j])


def _same_in_all(forms: Sequence[Sequence[Row]]) -> frozenset[int]:
    """The columns where all forms have the same texts, a known label among them."""
    found = []
    for j in range(max(len(row) for form in forms for row in form)):
        texts = [
            {tidy_line(str(row[j])) for row in form if j < len(row) and not is_blank(row[j])}
            for form in forms
        ]
        common, every = set.intersection(*texts), set.union(*texts)
        if len(common) * 5 >= len(every) * 3 and any(_label(text) for text in common):
            found.append(j)
    return frozenset(found)


def _stands_before(value: Value, following: tuple[int, Value] | None, j: int) -> bool:
    """Whether a text among labels is one that we do not know: short, its value beside it."""
    if following is None or following[0] - j > 2 or _label(following[1]):
        return False
    text = tidy_line(value) if isinstance(value, str) else ""
    is_sentence = any(c.isdigit() or c in ".!?。！？" for c in text)
    return 0 < len(text) <= _LONGEST_UNKNOWN and not is_sentence


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
    columns = _same_in_all(forms)
    cards: list[Card] = []
    for form in forms:
        one = _single(form, columns)
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
    # In a list with a header the cells beside a label are labels too, in a form of two columns
    # every second cell, and forms below each other have each label again.
    if any(_is_header_cell(labelled[0][1], j) for j in people):
        return []
    if any(_holds_labels([row for _label, row in labelled], j) for j in people):
        return []
    if max(Counter(known).values()) > 1:
        return []
    return [
        Card(
            tuple(
                (label, row[j]) for label, row in labelled if j < len(row) and not is_blank(row[j])
            )
        )
        for j in people
    ]


def _is_header_cell(row: Row, j: int) -> bool:
    return j < len(row) and isinstance(row[j], str) and bool(meanings(str(row[j])))


def _holds_labels(rows: Sequence[Row], j: int) -> bool:
    """Whether a column's cells are labels of what stands right of them."""
    cells = [row[j] for row in rows if j < len(row) and not is_blank(row[j])]
    return sum(1 for value in cells if _label(value)) * 2 > len(cells)


def _plain_label(value: Value) -> str:
    if not isinstance(value, str):
        return ""
    text = tidy_line(value).rstrip(_COLONS).strip()
    return "" if len(text) > _LONGEST_LABEL or detect.is_contact(text) else text


class CardSheet:
    """Cards as a sheet: the labels as its first row, then a row for each card."""

    left = 0

    def __init__(self, cards: Sequence[Card]) -> None:
        self._rows = list(_as_list(cards))
        self.height: int | None = len(self._rows)

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
