"""Columns that feed facts of a customer himself: owner, source, rating and the like."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from crm_desktop.bridge.rows.batch import Batch, Memo
from crm_desktop.bridge.rows.columns import Columns
from crm_desktop.bridge.values.ratings import read_stars
from crm_desktop.bridge.values.tongues import read_language
from crm_desktop.domain.customers import PersonalFacts
from crm_desktop.domain.imports import FACTS
from crm_desktop.i18n import _


class FactCleaner:
    """Cleans the columns of one sheet that feed `imports.FACTS`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._languages = Memo(read_language)
        self._stars = Memo(read_stars)
        self.any = any(field in columns for field in FACTS)

    def clean(self, batch: Batch) -> list[tuple[Any, ...]]:
        """The facts of each row, with the fields of `PersonalFacts`; only where there are any."""
        found = {field: self._read(batch, field) for field in FACTS if field in self._columns}
        parts = (
            found.get(field, repeat(default))
            for field, default in PersonalFacts._field_defaults.items()
        )
        rows = zip(*parts, strict=False)
        return [facts for facts, _place in zip(rows, range(batch.size), strict=False)]

    def _read(self, batch: Batch, field: str) -> Sequence[Any]:
        if field == "rating":
            problem = _("This is no number of stars from 0 to 5.")
            return [s or 0 for s in self._columns.coded(batch, field, self._stars, problem)]
        if field == "language":
            problem = _("This language is not known here.")
            return [s or "" for s in self._columns.coded(batch, field, self._languages, problem)]
        return self._columns.lines(batch, field) or [""] * batch.size
