"""Rows that a tax number shows to be organisations, or persons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm_desktop.bridge.rows.batch import Batch, Memo
from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.bridge.values.organisations import (
    holds_tax_numbers,
    is_firm_number,
    is_person_number,
)
from crm_desktop.domain.imports import ColumnMapping


class TaxNumbers:
    """Looks through the columns of tax numbers of one sheet."""

    def __init__(self, columns: Sequence[tuple[int, ColumnMapping]]) -> None:
        """Find them.

        Args:
            columns: place in the row and mapping.
        """
        told = [(j, header_words(column.header)) for j, column in columns]
        told = [(j, words) for j, words in told if holds_tax_numbers(words)]
        self._of_firms = [(j, _memo(is_firm_number, words)) for j, words in told]
        self._of_persons = [(j, _memo(is_person_number, words)) for j, words in told]

    def firms(self, batch: Batch) -> frozenset[int]:
        """The places of the rows that have a number which only organisations have."""
        return _rows(batch, self._of_firms)

    def is_person(self, batch: Batch, place: int) -> bool:
        """Whether a row has a number which only persons have."""
        return any(
            bool(text := batch.columns[j][place]) and memo[text] for j, memo in self._of_persons
        )


def _memo(test: Callable[[str, str], bool], words: str) -> Memo:
    return Memo(lambda text: test(text, words))


def _rows(batch: Batch, columns: Sequence[tuple[int, Memo]]) -> frozenset[int]:
    return frozenset(
        i for j, memo in columns for i, text in enumerate(batch.columns[j]) if text and memo[text]
    )
