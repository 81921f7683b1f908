"""Rows that a tax number shows to be organisations."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.bridge.rows.batch import Batch, Memo
from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.bridge.values.organisations import holds_tax_numbers, is_firm_number
from crm_desktop.domain.imports import ColumnMapping


class FirmNumbers:
    """Looks through the columns of tax numbers of one sheet."""

    def __init__(self, columns: Sequence[tuple[int, ColumnMapping]]) -> None:
        """Find them.

        Args:
            columns: place in the row and mapping.
        """
        told = ((j, header_words(column.header)) for j, column in columns)
        self._columns = [
            (j, Memo(lambda text, words=words: is_firm_number(text, words)))  # type: ignore[misc]
            for j, words in told
            if holds_tax_numbers(words)
        ]

    def rows(self, batch: Batch) -> frozenset[int]:
        """The places of the rows that have a number which only organisations have."""
        return frozenset(
            i
            for j, memo in self._columns
            for i, text in enumerate(batch.columns[j])
            if text and memo[text]
        )
