"""The addresses of rows, each put together from the columns of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from crm_desktop.bridge.rows import places
from crm_desktop.bridge.rows.batch import Batch, Memo
from crm_desktop.bridge.rows.columns import Columns
from crm_desktop.bridge.sheets.synonyms import holds_city_and_region, holds_region_and_postcode
from crm_desktop.bridge.values.postal import with_zeros
from crm_desktop.bridge.values.text import narrow
from crm_desktop.domain.imports import GROUP_COLUMN
from crm_desktop.store.search.fold import fold_cached

_PARTS = ("street", "postcode", "city", "region", "country")
# How the cells of several columns become one; the others name one place.
_JOINED = {"street": places.joined_lines, "postcode": places.joined_postcode}


class AddressCleaner:
    """Makes addresses of a batch's columns, one for each label."""

    def __init__(self, columns: Columns, home: str) -> None:
        """Begin; `home` is the country whose postcodes have lost their zeros, "" for none."""
        self._columns = columns
        self._lines = Memo(places.on_one_line)
        self._postcode = Memo(lambda text: with_zeros(narrow(text), home))

    def clean(self, batch: Batch) -> list[tuple[tuple[Any, ...], ...]]:
        """The addresses of each row, with the fields of `Address` in their order."""
        groups: dict[str, dict[str, list[int]]] = {}
        headings: dict[str, int] = {}
        for part in _PARTS:
            for j, column in self._columns.of(part):
                own = groups.setdefault(column.label, {})
                if part == "city" and column.index >= GROUP_COLUMN:
                    headings[column.label] = j
                else:
                    own.setdefault(part, []).append(j)
        if not groups:
            return [()] * batch.size
        header = self._columns.any_header
        made: list[list[tuple[tuple[Any, ...], ...]]] = []
        for label, parts in groups.items():
            columns = places.settled(
                places.Parts(*(self._part(batch, p, parts.get(p, [])) for p in _PARTS)),
                regions_too=header("city", label, holds_city_and_region),
                regions_of_codes=header("postcode", label, holds_region_and_postcode),
            )
            if label in headings:
                columns = _below(columns, self._columns.tidied(batch, headings[label]))
            made.append(
                [
                    ((s, p, c, r, k, label, None),) if s or p or c or r or k else ()
                    for s, p, c, r, k in zip(*columns, strict=True)
                ]
            )
        if len(made) == 1:
            return made[0]
        return [tuple(chain.from_iterable(row)) for row in zip(*made, strict=True)]

    def _part(self, batch: Batch, part: str, columns: list[int]) -> Sequence[str]:
        if not columns:
            return [""] * batch.size
        memo = self._lines if part == "street" else None
        parts = [self._columns.tidied(batch, j, memo) for j in columns]
        joined = _JOINED.get(part, places.joined_once)
        texts = parts[0] if len(parts) == 1 else list(map(joined, zip(*parts, strict=True)))
        return [self._postcode[t] for t in texts] if part == "postcode" else texts


def _below(parts: places.Parts, headings: Sequence[str]) -> places.Parts:
    """Addresses below headings of places: their city, or the region of one that has its own."""
    city = [own or heading for own, heading in zip(parts.city, headings, strict=True)]
    region = [
        own or (heading if town and fold_cached(town) != fold_cached(heading) else "")
        for own, town, heading in zip(parts.region, parts.city, headings, strict=True)
    ]
    return parts._replace(city=city, region=region)
