"""Reads a form: labels with their values beside them, perhaps several pairs a row.

Pure functions on rows; how forms stand on a sheet is known to `cards`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.cities import is_place
from crm_desktop.bridge.sheets.detect import IDENTITY
from crm_desktop.bridge.sheets.form_labels import (
    COLONS,
    LONGEST_LABEL,
    inline,
    label_of,
    plain_label,
)
from crm_desktop.bridge.sheets.form_tables import UNKNOWN, Shared, table_end, table_top
from crm_desktop.bridge.sheets.synonyms import header_key, meanings
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line

_LONGEST_OWN = 24
_FURTHEST = 3
_FEWEST = 3
_MANY = 8  # pairs of a form that is one by their places
_SEPARATOR = " · "
# Under this label come the lines of a card that have no label of their own.
REST = "Notes"


@dataclass(frozen=True, slots=True)
class Card:
    """One customer: values by label, in the order of the sheet; labels may come again.

    Attributes:
        top: 0-based, the first row that is his, of those of the sheet.
        left: 0-based, his first column.
    """

    pairs: tuple[tuple[str, Value], ...]
    top: int = 0
    left: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nobody has filled it in."""
        return all(is_blank(value) for _label, value in self.pairs)

    @property
    def labels(self) -> frozenset[str]:
        """The labels, folded."""
        return frozenset(header_key(label) for label, _value in self.pairs)

    def is_like(self, other: Card) -> bool:
        """Whether two cards follow one template; blanks may be missing on either."""
        mine, others = self.labels, other.labels
        return len(mine & others) * 5 >= 3 * min(len(mine), len(others))


def read_form(rows: Sequence[Row], shared: Shared = UNKNOWN, fewest: int = _FEWEST) -> Card | None:
    """Read rows as one form; None where they are none.

    Args:
        rows: of the form; a small table at its end becomes lines of notes.
        shared: what other forms of its template tell.
        fewest: labels that must be known ones; 0 where the others tell that it surely is a form.
    """
    top = table_top(rows, shared.heads)
    end = table_end(rows, top)
    form, table = [*rows[:top], *rows[end:]], rows[top:end]
    # Known labels alone say that it is a form; where they stand then says what else is one.
    surely = _read(form, None, table, fewest)
    places = _label_columns(form)
    if surely is None and not shared.columns and not _tell(form, places):
        return None
    return _read(form, dict.fromkeys(shared.columns, 0) | places, table, fewest) or surely


def _tell(rows: Sequence[Row], places: Mapping[int, int]) -> bool:
    """Whether labels stand so much in columns that a form with mostly own ones is one.

    A trade's cards may have three known labels and a dozen of its own: each of these stands
    below a known one and has its value beside it.
    """
    if not places:
        return False
    found = _find(rows, places)
    said = [(label, value) for label, value in found.pairs if not is_blank(value)]
    return not found.side_by_side and found.loose * 4 <= len(said) >= _MANY


class _Found(NamedTuple):
    """What stands on a form: pairs, lines without a label, how much it looks like a form."""

    pairs: list[tuple[str, Value]]
    rest: list[str]
    known: int
    loose: int
    side_by_side: int


def _read(
    rows: Sequence[Row], places: Mapping[int, int] | None, table: Sequence[Row], fewest: int
) -> Card | None:
    """Read labels and values; `places` as `_label_columns` has them, None where nobody knows."""
    found = _find(rows, places)
    said = [(label, value) for label, value in found.pairs if not is_blank(value)]
    if fewest and not _is_form(found, said, fewest):
        return None
    rest = found.rest
    lines = [[tidy_line(cell_text(v)) for v in row if not is_blank(v)] for row in table]
    lines = [texts for texts in lines if texts]
    if len(lines) > 1:
        rest = [*rest, *(_SEPARATOR.join(texts) for texts in lines)]
    if rest:
        said.append((REST, "\n".join(rest)))
    return Card(tuple(said))


def _is_form(found: _Found, said: Sequence[tuple[str, Value]], fewest: int) -> bool:
    fields = {m.field for label, _value in said for m in meanings(label)[:1]}
    if min(found.known, len(fields)) < fewest or not fields & IDENTITY:
        return False
    # A header over a list, or a text with a few labels in it.
    return found.side_by_side * 3 <= len(found.pairs) and found.loose <= len(said) * 2


def _find(rows: Sequence[Row], places: Mapping[int, int] | None) -> _Found:
    pairs: list[tuple[str, Value]] = []
    rest: list[str] = []
    beside = {j + (offset or 1) for j, offset in (places or {}).items()} - set(places or ())
    known = side_by_side = loose = 0
    # The street of the row above: its pair, and the column of its value.
    above: tuple[int, int] | None = None
    for row in rows:
        street = None
        cells = [(j, v) for j, v in enumerate(row) if not is_blank(v)]
        labels = [j for j, v in cells if label_of(v)]
        in_pairs = bool(places) and _alternates(cells)
        side_by_side += sum(1 for a, b in pairwise(labels) if b == a + 1)
        lone: list[str] = []
        used = 0
        while used < len(cells):
            j, value = cells[used]
            following = cells[used + 1] if used + 1 < len(cells) else None
            used += 1
            label = label_of(value)
            if not label and in_pairs and used % 2:
                label = plain_label(value)
            ends = following is None or following[0] in (places or ())
            if j in beside and ends and tidy_line(str(value))[-1] not in COLONS:
                label = ""  # a word of labels where values stand, whose own label is missing
            if not label and places and j in places and _is_own(value, j, following, places):
                label = plain_label(value)
            if inside := inline(value):
                pairs.append(inside)
                known += bool(meanings(inside[0]))
            elif label and following and _is_its_value(label, j, following, places):
                pairs.append((label, following[1]))
                known += bool(meanings(label))
                used += 1
                if isinstance(following[1], str) and _is_street(label):
                    street = (len(pairs) - 1, following[0])
            elif label:
                pairs.append((label, ""))
            elif above and j == above[1] and _goes_on(value):
                # "14 Church Lane", and below it "Wrangle PE22 9AB".
                place, _column = street = above
                said, first = pairs[place]
                pairs[place] = (said, f"{first}, {tidy_line(cell_text(value))}")
            elif pairs:
                lone.append(tidy_line(cell_text(value)))
        above = street
        loose += len(lone)
        if lone:
            rest.append(_SEPARATOR.join(lone))
    return _Found(pairs, rest, known, loose, side_by_side)


def _goes_on(value: Value) -> bool:
    """Whether a cell may be the second line of an address: a place, or its postcode."""
    text = tidy_line(value) if isinstance(value, str) else ""
    return bool(text) and (any(map(str.isdigit, text)) or is_place(text))


def _is_street(label: str) -> bool:
    return any(m.field == "street" for m in meanings(label)[:1])


def _alternates(cells: Sequence[tuple[int, Value]]) -> bool:
    """Whether a row is words with figures behind each: "Chest | 88 | Waist | 70 | Hips | 92"."""
    words, values = cells[::2], cells[1::2]
    return (
        len(values) == len(words) >= 2
        and all(_is_word(v) for _j, v in words)
        and all(detect.is_data(v) for _j, v in values)
    )


def _is_its_value(
    label: str, j: int, following: tuple[int, Value], places: Mapping[int, int] | None
) -> bool:
    """Whether the next cell holds a label's value; "Nome | Cliente" may be one."""
    at, value = following
    if at - j > _FURTHEST:
        return False
    if places and at > j + 1 and at in places:
        return False  # the next pair begins there: this one's value is missing
    if not label_of(value):
        return True
    text = tidy_line(str(value))
    # Words of labels are values too (备注: 朋友介绍), where no other labels stand above or below.
    is_place = places is None or at in places
    return text[-1] not in COLONS and (not is_place or text == label)


def _is_own(
    value: Value, j: int, following: tuple[int, Value] | None, places: Mapping[int, int]
) -> bool:
    """Whether a text where labels stand is one of the form's own: short, a value at its place.

    Words of labels are values too ("How heard | Website"), where no labels stand.
    """
    if following is None or not isinstance(value, str):
        return False
    at, said = following
    if label_of(said) and (at in places or tidy_line(str(said))[-1] in COLONS):
        return False
    if at - j != places[j] if places[j] else at - j > _FURTHEST - 1:
        return False
    text = tidy_line(value)
    is_sentence = any(c in "!。！" for c in text) or (
        len(text) > _LONGEST_OWN and any(c.isdigit() or c == "." for c in text)
    )
    is_word = any(map(str.isalpha, text)) and not detect.is_data(text)
    return len(text) <= LONGEST_LABEL and is_word and not is_sentence


def _label_columns(rows: Sequence[Row]) -> dict[int, int]:
    """The columns that hold labels: half of what has something beside it.

    One label is enough where the form has others with values, and so are a few in a column
    beside a surely known one that has nothing but words with values. With each column goes how
    many columns further right its values stand; 0 where nobody knows.
    """
    filled: Counter[int] = Counter()
    labels: Counter[int] = Counter()
    worded: Counter[int] = Counter()
    gaps: dict[int, Counter[int]] = {}
    for row in rows:
        cells = [(j, v) for j, v in enumerate(row) if not is_blank(v)]
        for (j, value), (after, said) in pairwise(cells):
            filled[j] += 1
            worded[j] += _is_word(value)
            if not label_of(value):
                continue
            labels[j] += 1
            if after - j <= _FURTHEST and not label_of(said):
                gaps.setdefault(j, Counter())[after - j] += 1
    telling = sum(places.total() for places in gaps.values()) >= _FEWEST
    enough = {j: n for j, n in labels.items() if n >= 2 or (telling and j in gaps)}
    sure = {j for j, n in enough.items() if n * 2 >= filled[j]}
    beside = {
        j
        for j, n in labels.items()
        if sure and n >= 2 and j in gaps and worded[j] == filled[j] and j > min(sure)
    }
    return {j: gaps[j].most_common(1)[0][0] if j in gaps else 0 for j in sorted(sure | beside)}


def _is_word(value: Value) -> bool:
    """Whether a text may be a label: short, and no value by its looks."""
    if not isinstance(value, str):
        return False
    text = tidy_line(value)
    return len(text) <= _LONGEST_OWN and any(map(str.isalpha, text)) and not detect.is_data(text)
