"""Forms that nobody has filled in: labels without values, as others of their template have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets.detect import IDENTITY
from crm_desktop.bridge.sheets.form_labels import COLONS, inline, label_of
from crm_desktop.bridge.sheets.form_tables import table_top
from crm_desktop.bridge.sheets.forms import Card
from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line

_FEWEST = 2  # known labels that a blank form has
_ALONE = 3  # those where no other form tells that it is one
_SHARED = 0.6
_TELLING = IDENTITY | {"phone", "email", "im", "birthday"}


def read_blank(rows: Sequence[Row], sisters: Sequence[tuple[Sequence[Row], Card]]) -> Card | None:
    """Read a form as a blank one: its labels; None where somebody has filled it in.

    Args:
        rows: of the form.
        sisters: forms of the template that it may have, with what they say; what stands on it
            must be theirs too, at the same columns, or be a label.
    """
    theirs = {place for form, _card in sisters for place in _places(form)}
    values = {_text(value) for _form, card in sisters for value in _telling(card)}
    labels: list[str] = []
    shared = other = 0
    for j, value in _cells(rows):
        text = _text(value)
        if text in values:
            return None
        label = label_of(value)
        if (j, text) in theirs:
            shared += 1
        elif label:
            other += 1
        elif labels:
            return None  # what stands above the first label is a title
        if label:
            labels.append(label)
    if sum(1 for label in labels if meanings(label)) < _FEWEST:
        return None
    return _blank(labels) if shared >= _SHARED * (shared + other) else None


def is_blank_form(rows: Sequence[Row]) -> bool:
    """Whether a sheet holds a form's labels and nothing else, below each other."""
    labels: list[tuple[int, str]] = []
    others: list[int] = []
    filled = 0
    for row in rows[: table_top(rows)]:
        found = [(j, label_of(v), v) for j, v in enumerate(row) if not is_blank(v)]
        here = [(j, label) for j, label, _value in found if label]
        if any(not isinstance(value, str) for _j, _label, value in found):
            return False
        if labels or here:
            others += [j for j, label, _value in found if not label]
        labels += here
        filled += bool(here)
    # Labels of the firm's own may lack the colon; they stand where others have theirs.
    places = Counter(j for j, _label in labels)
    if len(others) * 3 > len(labels) or any(places[j] < _FEWEST for j in others):
        return False
    fields = {m.field for _j, label in labels for m in meanings(label)[:1]}
    return filled >= _ALONE and len(fields) >= _ALONE and bool(fields & IDENTITY)


def _blank(labels: Iterable[str]) -> Card:
    return Card(tuple((label, "") for label in labels))


def _cells(rows: Sequence[Row]) -> Iterator[tuple[int, Value]]:
    return ((j, v) for row in rows for j, v in enumerate(row) if not is_blank(v))


def _places(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    for j, value in _cells(rows):
        yield j, _text(value)
        if pair := inline(value):
            yield j, _text(pair[0])


def _text(value: Value) -> str:
    return tidy_line(cell_text(value)).rstrip(COLONS).strip()


def _telling(card: Card) -> Iterator[Value]:
    """The values of a card that are one customer's alone."""
    for label, value in card.pairs:
        if not is_blank(value) and {m.field for m in meanings(label)[:1]} & _TELLING:
            yield value
