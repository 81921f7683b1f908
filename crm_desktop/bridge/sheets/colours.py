"""Which colours tell some of a table's rows apart, and what its legend calls them.

Colours that only dress the table (every second row, the header, a whole column, nearly all rows)
tell nobody apart. What the legend explains always does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crm_desktop.bridge.sheets.legend import Legend, LegendFinder
from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.values.text import cell_text, is_blank, tidy_line
from crm_desktop.domain.imports import COLOUR_COLUMN, Band, ColourUse, ColumnMapping

_NEARLY_ALL = 0.9
_OWN_COLUMN = 0.9
_LONGEST_PERIOD = 6
_REGULAR = 0.9
_NEARLY = 0.7
_FEWEST_BANDS = 3
_MOST_COLOURS = 24


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a table's rows.

    Attributes:
        by_row: the colours of a row, by its number, as they stand from left to right.
        legend: what was found to explain them.
    """

    by_row: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    legend: Legend = field(default_factory=Legend)

    @property
    def uses(self) -> tuple[ColourUse, ...]:
        """Each colour with the number of its rows, the most frequent first."""
        counts = Counter(colour for found in self.by_row.values() for colour in found)
        names = self.legend.names
        return tuple(ColourUse(c, n, names.get(c, "")) for c, n in counts.most_common())

    def mapping(self) -> ColumnMapping | None:
        """The column that no sheet has, of what the colours mean; None without any."""
        if not self.by_row:
            return None
        told = any(use.legend for use in self.uses)
        return ColumnMapping(COLOUR_COLUMN, "colour", "", "tags", 0.8 if told else 0.5)


_NOTHING: Mapping[str, str] = {}


def find_colours(
    scan: ScannedSheet,
    traits: Traits,
    bands: Sequence[Band],
    known: Mapping[str, str] = _NOTHING,
) -> Colours:
    """Find the colours that tell rows apart.

    Args:
        scan: of the table.
        traits: of its sheet.
        bands: rows that are no customers, as far as they are known without colours.
        known: what another sheet says of colours.
    """
    if not traits.fills:  # as in most sheets; nothing below is for free
        return Colours()
    shape, header = scan.outline, scan.header
    finder = LegendFinder(shape, traits, (header.first, header.last), scan.headers)
    legend = finder.find(lambda column: _sample(scan, column))
    for colour, name in known.items():
        legend.names.setdefault(colour, name)
    passed_over = {n for band in bands for n in range(band.first, band.last + 1)} | legend.rows
    left, right = shape.left, shape.left + shape.width - 1
    dressed = {
        colour
        for (n, j), colour in traits.fills.items()
        if header.first <= n <= header.last and left <= j <= right and j not in legend.columns
    }
    aside, last = legend.columns, shape.last
    cells = [
        (n, j, colour)
        for (n, j), colour in traits.fills.items()
        if header.last < n <= last
        and left <= j <= right
        and j not in aside
        and n not in passed_over
    ]
    cells.sort()
    telling = _telling(scan, cells, passed_over, dressed, legend)
    found: dict[int, dict[str, None]] = {}
    for n, _j, colour in cells:
        if colour in telling:
            found.setdefault(n, {})[colour] = None
    by_row = {n: tuple(colours) for n, colours in found.items()}
    if not by_row and not legend.names.keys() & {colour for _n, _j, colour in cells}:
        return Colours()  # what looked like a legend explains nothing here
    return Colours(by_row, legend)


def _sample(scan: ScannedSheet, column: int) -> list[str]:
    """Texts from all over a column."""
    values = scan.column(column - scan.left)
    return [tidy_line(cell_text(v)) for v in values if not is_blank(v)]


def _telling(
    scan: ScannedSheet,
    cells: Sequence[tuple[int, int, str]],
    passed_over: Collection[int],
    dressed: Collection[str],
    legend: Legend,
) -> set[str]:
    """The colours that tell rows apart."""
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for n, _j, colour in cells:
        rows[colour].add(n)
    columns: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for (j, colour), count in Counter((j, colour) for _n, j, colour in cells).items():
        columns[colour][j] = count
    shape = scan.outline
    first = max(scan.header.last + 1, shape.top)
    data = [n for n in range(first, shape.last + 1) if shape.count(n) and n not in passed_over]
    places_of = {number: place for place, number in enumerate(data)}
    named = legend.names.keys() & rows.keys()
    found = {
        colour
        for colour, which in rows.items()
        if colour not in named
        and colour not in dressed
        and len(which) < len(data) * _NEARLY_ALL
        and not _is_banding(which, places_of)
        and not _is_column_of_its_own(scan, columns[colour], data)
    }
    return named | found if len(found) <= _MOST_COLOURS else set(named)


def _is_banding(rows: set[int], places_of: Mapping[int, int]) -> bool:
    """Whether a colour comes again and again after as many rows."""
    places = sorted(places_of[number] for number in rows if number in places_of)
    starts = [now for before, now in pairwise([-2, *places]) if now != before + 1]
    if len(starts) < _FEWEST_BANDS:
        return False
    steps = Counter(b - a for a, b in pairwise(starts))
    period, often = steps.most_common(1)[0]
    regular = often >= (len(starts) - 1) * _REGULAR
    return (
        regular and period <= _LONGEST_PERIOD and len(starts) * period >= len(places_of) * _NEARLY
    )


def _is_column_of_its_own(
    scan: ScannedSheet, columns: Mapping[int, int], data: Sequence[int]
) -> bool:
    """Whether whole columns have a colour, as far as they are filled; the others do not."""
    if len(columns) >= max(len(scan.used), 2):
        return False
    shape = scan.outline
    kept = [number for number in data if number in shape.rows]
    filled: Counter[int] = Counter(j for n in kept for j, _v in shape.cells(n) if j in columns)
    return all(filled[j] > 2 and count >= filled[j] * _OWN_COLUMN for j, count in columns.items())
