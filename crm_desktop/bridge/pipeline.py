"""From an opened file to its preview and its cleaned rows; runs in the reading process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm_desktop.bridge.books import Book, Row, open_book
from crm_desktop.bridge.clean import Facts, SheetCleaner, WireRow
from crm_desktop.bridge.dates import default_order, find_order
from crm_desktop.bridge.detect import HEAD_ROWS
from crm_desktop.bridge.formats import Source
from crm_desktop.bridge.homes import countries_of, guess_country
from crm_desktop.bridge.limits import Limits
from crm_desktop.bridge.mapping import Column, has_identity, map_columns
from crm_desktop.bridge.profile import Profile, profile
from crm_desktop.bridge.scan import Report, ScannedSheet, data_rows, fit, picker, scan_sheet
from crm_desktop.bridge.synonyms import find_language
from crm_desktop.bridge.text import Value, cell_text, is_blank, narrow, tidy_line
from crm_desktop.domain.imports import ColumnMapping, SheetPlan, SheetPreview, WorkbookPreview

_FLIPPED = 0.6
_WIDEST_PREVIEW = 256
BATCH = 1000


class Workbook:
    """One file on its way through the import."""

    def __init__(self, source: Source, country: str, limits: Limits, *, sparse: bool) -> None:
        self._source = source
        self._country = country
        self._book: Book = open_book(source, limits, sparse=sparse)
        self._scans: dict[int, ScannedSheet] = {}

    def inspect(self, report: Report) -> WorkbookPreview:
        """Look through all sheets and propose how to read them."""
        source = self._source
        for index in range(len(self._book.names)):
            self._scan(index, report)
        if not self._country:
            self._country = guess_country(self._scans.values())
        return WorkbookPreview(
            file=source.name,
            format=source.format.value,
            sha256=source.sha256,
            size=source.size,
            country=self._country,
            sheets=tuple(self._preview(index) for index in range(len(self._book.names))),
        )

    def replan(self, index: int, header_row: int, report: Report) -> SheetPreview:
        """Look at one sheet anew, with the header where the user says it is (0 for none)."""
        self._scans[index] = scan_sheet(
            self._book.sheet(index), self._book.names[index], report, header_row
        )
        return self._preview(index)

    def rows(self, plan: SheetPlan, report: Report) -> Iterator[list[WireRow]]:
        """Read and clean the rows of one sheet, in batches."""
        scan = self._scans.get(plan.sheet)
        if scan is None or scan.header_row != plan.header_row:
            self.replan(plan.sheet, plan.header_row, report)
            scan = self._scans[plan.sheet]
        facts = self._facts(scan, plan.columns)
        cleaner = SheetCleaner(plan, facts)
        pick = picker(scan.used)
        # A row that already is what the cleaner wants needs no picking.
        whole = scan.width if len(scan.used) == scan.width else -1
        numbers: list[int] = []
        rows: list[Row] = []
        done = 0
        for number, row in data_rows(self._book.sheet(plan.sheet), plan.header_row):
            numbers.append(number)
            rows.append(row if len(row) == whole else pick(row))
            if len(rows) == BATCH:
                yield cleaner.clean(numbers, rows)
                done += len(rows)
                report(done, scan.rows)
                numbers, rows = [], []
        if rows:
            yield cleaner.clean(numbers, rows)

    # --- looking at a sheet ----------------------------------------------------------------------

    def _scan(self, index: int, report: Report) -> ScannedSheet:
        if index not in self._scans:
            self._scans[index] = scan_sheet(
                self._book.sheet(index), self._book.names[index], report
            )
        return self._scans[index]

    def _preview(self, index: int) -> SheetPreview:
        scan = self._scans[index]
        columns = self._map(index, scan)
        empty = scan.rows == 0 or not has_identity(columns)
        shown = min(scan.left + scan.width, _WIDEST_PREVIEW)
        across = max(0, shown - scan.left)
        cells = tuple(
            tuple([""] * min(scan.left, shown) + [_shown(v) for v in fit(row, across)])
            for row in scan.head[:HEAD_ROWS]
        )
        return SheetPreview(
            index=index,
            name=scan.name,
            rows=scan.rows,
            plan=SheetPlan(index, scan.header_row, columns),
            cells=cells,
            first_row=1,
            empty=empty,
            hidden=self._book.hidden[index],
        )

    def _map(self, index: int, scan: ScannedSheet) -> tuple[ColumnMapping, ...]:
        countries = countries_of(scan, self._country)
        columns = []
        for j in scan.used:
            values = scan.column(j)
            held = profile(values, countries) if scan.filled[j] else Profile()
            texts = tuple(tidy_line(cell_text(v)) for v in values[:200])
            columns.append(Column(scan.left + j, scan.headers[j], held, texts))
        mapped = map_columns(columns, sheet=scan.name, country=self._country)
        return tuple(self._with_order(index, scan, m) for m in mapped)

    def _with_order(self, index: int, scan: ScannedSheet, column: ColumnMapping) -> ColumnMapping:
        """Decide the order of day and month from the sample, or else from every value."""
        if column.field != "birthday":
            return column
        j = column.index - scan.left
        language = find_language(scan.headers)
        expected = default_order(self._country, language)
        order = find_order(
            [narrow(t.strip()) for t in scan.column(j) if isinstance(t, str) and t], expected
        )
        if not order and scan.rows > len(scan.sample):
            rows = data_rows(self._book.sheet(index), scan.header_row)
            every = (row[j] for _number, row in rows if j < len(row))
            order = find_order((narrow(v.strip()) for v in every if isinstance(v, str)), expected)
        return ColumnMapping(
            column.index,
            column.column,
            column.header,
            column.field,
            column.confidence,
            column.label,
            order or expected,
        )

    # --- how cells are to be read ----------------------------------------------------------------

    def _facts(self, scan: ScannedSheet, columns: Sequence[ColumnMapping]) -> Facts:
        name = next((c.index - scan.left for c in columns if c.field == "name"), None)
        flipped = False
        if name is not None and 0 <= name < scan.width:
            names = [tidy_line(cell_text(v)) for v in scan.column(name) if not is_blank(v)]
            commas = sum(1 for n in names if n.replace("，", ",").count(",") == 1)
            flipped = bool(names) and commas / len(names) >= _FLIPPED
        positions = tuple(scan.left + j for j in scan.used)
        return Facts(positions, countries_of(scan, self._country), flipped)


def _shown(value: Value) -> str:
    return tidy_line(cell_text(value))[:200]
