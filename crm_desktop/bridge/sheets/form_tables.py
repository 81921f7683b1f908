"""What the forms of one template have in common, and the small tables at their ends."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.form_labels import COLONS, label_of
from crm_desktop.bridge.sheets.synonyms import header_words, meanings
from crm_desktop.bridge.values.dates import read_date
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line

# Columns of visits, sales and the like may be called so.
_OF_TABLES = frozenset(("custom", "notes", "stage", "kind", "tags"))
_DATED = re.compile(r"(?:date|data|fecha|datum|visit)\b.*|.*日期|日期.*")
_EMPTY = 4  # words side by side that head a table without a row
_FEWEST_BELOW = 3

# A table's header as forms have it: columns and texts.
Heads = tuple[tuple[int, str], ...]


class Shared(NamedTuple):
    """What forms of one template tell of each other.

    Attributes:
        columns: where all have the same texts, so that labels stand there.
        heads: the headers of tables that some of them have.
    """

    columns: tuple[int, ...] = ()
    heads: frozenset[Heads] = frozenset()


UNKNOWN = Shared()


def shared_by(forms: Sequence[Sequence[Row]]) -> Shared:
    """What forms have in common."""
    tops = ((form, table_top(form)) for form in forms)
    heads = frozenset(_heads(form[top]) for form, top in tops if top < len(form))
    heads |= _repeated(forms)
    return Shared(tuple(_same_in_all([f[: table_top(f, heads)] for f in forms])), heads)


def _repeated(forms: Sequence[Sequence[Row]]) -> frozenset[Heads]:
    """Rows of words side by side that most forms have, with rows of as many columns below.

    Labels with blanks between them repeat, too: these stand beside values in some form.
    """
    seen: Counter[Heads] = Counter()
    for form in forms:
        found = {
            _heads(row)
            for row, below in pairwise(form)
            if _are_words(row) and sum(1 for v in below if not is_blank(v)) >= _FEWEST_BELOW
        }
        seen.update(found)
    return frozenset(heads for heads, n in seen.items() if n >= 2 and n * 2 > len(forms))


def _are_words(row: Row) -> bool:
    """Whether a row has words side by side, at least as many as a table's header would."""
    at = [j for j, v in enumerate(row) if not is_blank(v)]
    return (
        len(at) >= _EMPTY
        and at[-1] - at[0] == len(at) - 1
        and all(isinstance(row[j], str) and not detect.is_data(row[j]) for j in at)
    )


def table_end(rows: Sequence[Row], top: int) -> int:
    """Where a table within a form ends: at a blank row, or a line that the form's labels begin.

    Args:
        rows: of the form.
        top: of the table's header.
    """
    if top >= len(rows) or len(_heads(rows[top])) < _EMPTY:
        return len(rows)
    first = _heads(rows[top])[0][0]
    for i, row in enumerate(rows[top + 1 :], start=top + 1):
        filled = _heads(row)
        if len(filled) <= 2 and filled and filled[0][0] == first and label_of(row[first]):
            return i
    return len(rows)


def _same_in_all(forms: Sequence[Sequence[Row]]) -> list[int]:
    """The columns where all forms have the same texts, a known label among them."""
    found = []
    width = max((len(row) for form in forms for row in form), default=0)
    for j in range(width):
        texts = [
            {tidy_line(str(row[j])) for row in form if j < len(row) and not is_blank(row[j])}
            for form in forms
        ]
        common, every = set.intersection(*texts), set.union(*texts)
        if len(common) * 5 >= len(every) * 3 and any(label_of(text) for text in common):
            found.append(j)
    return found


def table_top(rows: Sequence[Row], known: frozenset[Heads] = frozenset()) -> int:
    """Where the header of a small table within a form stands, such as its visits; else the end.

    Args:
        rows: of the form.
        known: headers of tables that forms of its template have.
    """
    for i, row in enumerate(rows):
        heads = [j for j, v in enumerate(row) if not is_blank(v)]
        if len(heads) < 2:
            continue
        if known and _heads(row) in known:
            return i
        if any(not isinstance(row[j], str) or detect.is_data(row[j]) for j in heads):
            continue
        if _is_pair(*row[heads[0] :][:2]):
            continue
        below = list(takewhile(lambda r: any(not is_blank(v) for v in r), rows[i + 1 :]))
        if _heads_rows(row, heads, below) if below else _heads_nothing(row, heads, rows[i + 1 :]):
            return i
    return len(rows)


def _heads(row: Row) -> Heads:
    return tuple((j, tidy_line(cell_text(v))) for j, v in enumerate(row) if not is_blank(v))


def _heads_rows(row: Row, heads: Sequence[int], below: Sequence[Row]) -> bool:
    """Whether texts side by side are the header of the rows right below."""
    # Columns that a merged cell of every row covers part none of them.
    between = set(range(heads[0], heads[-1])) - set(heads)
    if any(not is_blank(r[j]) for r in below for j in between if j < len(r)):
        return False
    if len(heads) < 3:
        return len(below) >= 2 and all(_is_day(r, heads[0]) for r in below[:2])
    said = [j for j in heads if j < len(below[0]) and detect.is_data(below[0][j])]
    if said and _is_header(row, below[0], heads):
        return True
    return heads[0] in said and (len(said) >= 2 or _is_row_of(heads, below[0]))


def _heads_nothing(row: Row, heads: Sequence[int], rest: Sequence[Row]) -> bool:
    """Whether the last row of a form heads a table that has no row yet."""
    if any(not is_blank(v) for r in rest for v in r) or len(heads) < _EMPTY:
        return False
    if heads[-1] - heads[0] >= len(heads) or any(str(row[j]).rstrip()[-1] in COLONS for j in heads):
        return False
    labels = sum(1 for j in heads if label_of(row[j]))
    words = header_words(str(row[heads[0]]))
    return labels * 3 >= len(heads) * 2 or bool(_DATED.fullmatch(words))


def _is_day(row: Row, j: int) -> bool:
    value = row[j] if j < len(row) else ""
    return isinstance(value, dt.date) or (isinstance(value, str) and read_date(value) is not None)


def _is_row_of(heads: Sequence[int], row: Row) -> bool:
    """Whether a row fills a table's columns, one of them at most left out, and no others."""
    filled = {j for j, v in enumerate(row) if not is_blank(v)}
    return filled <= set(heads) and len(filled) >= max(3, len(heads) - 1)


def _is_pair(label: Value, value: Value = "") -> bool:
    """Whether a cell is a label of what customers have, and the next one its value."""
    found = meanings(label_of(label))[:1]
    return not label_of(value) and any(m.field not in _OF_TABLES for m in found)


def _is_header(row: Row, below: Row, heads: Sequence[int]) -> bool:
    """Whether a row has labels where a form has values, and the one below it has none."""
    labels = sum(1 for j in heads if label_of(row[j]))
    others = [below[j] for j in heads if j < len(below) and not is_blank(below[j])]
    is_list = len(others) >= 2 and not label_of(others[0])
    return labels * 3 >= len(heads) * 2 and is_list
