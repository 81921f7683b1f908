"""What the user has put right before the import: cells, and values of whole columns.

It comes between the file and the cleaners: these see what the user said, while the row that is
kept as evidence stays as it stood in the file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from crm_desktop.bridge.rows.batch import Memo
from crm_desktop.bridge.values.text import Value, tidy_line, tidy_text
from crm_desktop.domain.imports import GROUP_COLUMN, SKIP, ColumnMapping, SheetPlan

TAGS = re.compile(r"\s*[,;、，；/|\n]\s*")

Texts = Sequence[str]


class Mending:
    """The fixes and replacements of one plan."""

    def __init__(self, plan: SheetPlan, positions: Sequence[int]) -> None:
        """Prepare.

        Args:
            plan: how the sheet is read.
            positions: 0-based column of the sheet for each value of a row.
        """
        places = {position: j for j, position in enumerate(positions)}
        self._memos = {
            places[c.index]: Memo(replacer(c))
            for c in plan.columns
            if c.replacements and c.field != SKIP and c.index in places
        }
        self._fixes: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for row, column, text in plan.fixes:
            if column in places:
                self._fixes[row].append((places[column], text))

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._memos or self._fixes)

    def mended(
        self, numbers: Sequence[int], columns: list[Texts], values: list[Sequence[Value]]
    ) -> tuple[list[Texts], list[Sequence[Value]]]:
        """The columns of a batch as the user wants them; those given are left alone.

        Args:
            numbers: of the rows.
            columns: their texts.
            values: the cells that these were made of.

        Returns:
            Texts and cells; a cell that was changed is its text.
        """
        texts, cells = list(columns), list(values)
        own: dict[int, list[str]] = {}
        for i, number in enumerate(numbers) if self._fixes else ():
            for j, text in self._fixes.get(number, ()):
                own.setdefault(j, list(columns[j]))[i] = text
        for j, fixed in own.items():
            texts[j] = fixed
        for j, memo in self._memos.items():
            texts[j] = [memo[text] for text in texts[j]]
        for j in {*own, *self._memos}:
            cells[j] = [
                value if text == before else text
                for value, text, before in zip(values[j], texts[j], columns[j], strict=True)
            ]
        return texts, cells


def read_tags(text: str) -> tuple[str, ...]:
    """The tags of a cell, each once."""
    return tuple(dict.fromkeys(tag for tag in TAGS.split(tidy_text(text)) if tag))


def read_lines(text: str) -> tuple[str, ...]:
    """The tags of a cell of ours, one a line: a heading, or what a colour means, is one tag."""
    return tuple(dict.fromkeys(tag for line in text.split("\n") if (tag := tidy_line(line))))


def replacer(column: ColumnMapping) -> Callable[[str], str]:
    """What becomes of a column's cells by its replacements; tags are put below each other."""
    table = {tidy_line(old): new for old, new in column.replacements}

    def whole(text: str) -> str:
        return table.get(tidy_line(text), text)

    def each_tag(text: str) -> str:
        tags = read_tags(text)
        instead = [table.get(tag, tag) for tag in tags]
        return text if list(tags) == instead else "\n".join(instead)

    several = column.field == "tags" and column.index < GROUP_COLUMN
    return each_tag if several else whole
