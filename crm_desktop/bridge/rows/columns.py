"""The columns of a sheet by the fields that they feed, tidied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.bridge.rows.batch import Batch, Memo
from crm_desktop.bridge.sheets.mapping import custom_name
from crm_desktop.bridge.values.text import is_tidy, tidy_line, tidy_text
from crm_desktop.domain.imports import ColumnMapping
from crm_desktop.i18n import _

Placed = tuple[int, ColumnMapping]


class Columns:
    """Where the texts of each field stand in a batch: places of its columns, in their order."""

    def __init__(self) -> None:
        self._by_field: dict[str, list[Placed]] = {}
        self.line = Memo(tidy_line)
        self._text = Memo(tidy_text)

    def add(self, place: int, column: ColumnMapping) -> None:
        """A column feeds its field."""
        self._by_field.setdefault(column.field, []).append((place, column))

    @property
    def by_field(self) -> Mapping[str, Sequence[Placed]]:
        """All columns that feed a field."""
        return self._by_field

    def __contains__(self, field: str) -> bool:
        return field in self._by_field

    def of(self, field: str) -> Sequence[Placed]:
        """The columns of a field, each with its place in a batch."""
        return self._by_field.get(field, ())

    def tidied(self, batch: Batch, place: int, memo: Memo | None = None) -> Sequence[str]:
        """A column with each text on one line; most columns need no tidying at all."""
        column = batch.columns[place]
        if is_tidy(column):
            return column
        memo = self.line if memo is None else memo  # an empty one is false
        return [memo[t] for t in column]

    def lines(self, batch: Batch, field: str) -> list[str] | None:
        """The one column of a field, tidied; later ones fill its blanks."""
        columns = self.of(field)
        if not columns:
            return None
        result = self.tidied(batch, columns[0][0])
        for place, _column in columns[1:]:
            more = self.tidied(batch, place)
            result = [a or b for a, b in zip(result, more, strict=True)]
        return list(result)

    def paragraphs(self, batch: Batch, field: str) -> Sequence[str]:
        """The texts of all columns of a field, one below the other."""
        parts = [self.tidied(batch, place, self._text) for place, _column in self.of(field)]
        if not parts:
            return [""] * batch.size
        if len(parts) == 1:
            return parts[0]
        return ["\n".join(dict.fromkeys(filter(None, row))) for row in zip(*parts, strict=True)]

    def coded(self, batch: Batch, field: str, memo: Memo, problem: str = "") -> list[Any]:
        """A field of few known values; words that are none of them go to a custom field.

        Args:
            batch: the rows.
            field: whose columns are read.
            memo: the value by the text; None for what is none, one that is false for nothing.
            problem: what is said of such a word.

        Returns:
            The value of each row, None without one; later columns fill the blanks of the first.
        """
        problem = problem or _("This word is not known here.")
        result: list[Any] = [None] * batch.size
        for place, column in self.of(field):
            for i, text in enumerate(batch.columns[place]):
                if not text or text.isspace():
                    continue
                code = memo[text]
                if code is None:
                    keep(batch, i, column, text, problem)
                elif not result[i]:
                    result[i] = code
        return result

    def any_header(self, field: str, label: str, says: Callable[[str], bool]) -> bool:
        """Whether the header of one of a field's columns with a label says something."""
        return any(says(column.header) for _j, column in self.of(field) if column.label == label)


def keep(batch: Batch, i: int, column: ColumnMapping, text: str, problem: str) -> None:
    """Keep a text that its field cannot take under the column's header."""
    if kept := tidy_text(text):
        name = custom_name(column.header, column.index)
        batch.extras.setdefault(i, []).append((name, kept))
        batch.report(i, column, text, problem)
