"""From an opened file to its preview and its cleaned rows; runs in the reading process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from crm_desktop.bridge.books import Book, Row, Sheet, open_book
from crm_desktop.bridge.clean import Facts, SheetCleaner, WireRow
from crm_desktop.bridge.dates import default_order, find_order
from crm_desktop.bridge.detect import HEAD_ROWS, find_header
from crm_desktop.bridge.formats import Format, Source
from crm_desktop.bridge.jsonfile import read_json
from crm_desktop.bridge.limits import Limits
from crm_desktop.bridge.mapping import Column, has_identity, map_columns
from crm_desktop.bridge.phones import fast_e164
from crm_desktop.bridge.profile import Profile, profile
from crm_desktop.bridge.synonyms import find_language, meanings
from crm_desktop.bridge.text import Value, cell_text, is_blank, narrow, tidy_line
from crm_desktop.domain.imports import ColumnMapping, SheetPlan, SheetPreview, WorkbookPreview

_SAMPLE = 2000
_CHUNK = 1000
_FLIPPED = 0.6
_WIDEST_PREVIEW = 256
BATCH = 1000

Report = Callable[[int, int | None], None]

# Where people who write a language in their sheets mostly live; the first one is tried first.
_HOMES = {
    "zh": ("CN", "TW", "HK", "MO", "SG", "MY"),
    "pt": ("PT", "BR", "AO", "MZ", "CV"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE"),
    "fr": ("FR", "BE", "CH", "CA"),
    "de": ("DE", "AT", "CH"),
    "it": ("IT", "CH"),
    "en": ("GB", "US", "IE", "CA", "AU", "NZ", "IN", "ZA"),
}


@dataclass(slots=True)
class _Scanned:
    """A sheet after one pass over all its rows."""

    name: str
    head: list[Row]
    header_row: int
    left: int
    width: int
    rows: int
    headers: list[str]
    sample: list[Row]
    filled: list[bool]

    @property
    def used(self) -> list[int]:
        """The columns that have a header or a value; a stray far cell makes thousands without."""
        return [j for j in range(self.width) if self.headers[j] or self.filled[j]]

    def column(self, j: int) -> list[Value]:
        """Sampled cells of a column."""
        return [row[j] if j < len(row) else "" for row in self.sample]


class Workbook:
    """One file on its way through the import."""

    def __init__(self, source: Source, country: str, limits: Limits, *, sparse: bool) -> None:
        self._source = source
        self._country = country
        self._book: Book = open_book(source, limits, sparse=sparse)
        self._scans: dict[int, _Scanned] = {}

    def inspect(self, report: Report) -> WorkbookPreview:
        """Look through all sheets and propose how to read them."""
        source = self._source
        for index in range(len(self._book.names)):
            self._scan(index, report)
        if not self._country:
            self._country = self._guess_country()
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
        self._scans[index] = _scan_sheet(
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
        pick = _picker(scan.used)
        # A row that already is what the cleaner wants needs no picking.
        whole = scan.width if len(scan.used) == scan.width else -1
        numbers: list[int] = []
        rows: list[Row] = []
        done = 0
        for number, row in _data_rows(self._book.sheet(plan.sheet), plan.header_row):
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

    def _scan(self, index: int, report: Report) -> _Scanned:
        if index not in self._scans:
            self._scans[index] = _scan_sheet(
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
            tuple([""] * min(scan.left, shown) + [_shown(v) for v in _fit(row, across)])
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

    def _map(self, index: int, scan: _Scanned) -> tuple[ColumnMapping, ...]:
        countries = self._countries(scan)
        columns = []
        for j in scan.used:
            values = scan.column(j)
            held = profile(values, countries) if scan.filled[j] else Profile()
            texts = tuple(tidy_line(cell_text(v)) for v in values[:200])
            columns.append(Column(scan.left + j, scan.headers[j], held, texts))
        mapped = map_columns(columns, sheet=scan.name, country=self._country)
        return tuple(self._with_order(index, scan, m) for m in mapped)

    def _with_order(self, index: int, scan: _Scanned, column: ColumnMapping) -> ColumnMapping:
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
            rows = _data_rows(self._book.sheet(index), scan.header_row)
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

    def _facts(self, scan: _Scanned, columns: Sequence[ColumnMapping]) -> Facts:
        name = next((c.index - scan.left for c in columns if c.field == "name"), None)
        flipped = False
        if name is not None and 0 <= name < scan.width:
            names = [tidy_line(cell_text(v)) for v in scan.column(name) if not is_blank(v)]
            commas = sum(1 for n in names if n.replace("，", ",").count(",") == 1)
            flipped = bool(names) and commas / len(names) >= _FLIPPED
        positions = tuple(scan.left + j for j in scan.used)
        return Facts(positions, self._countries(scan), flipped)

    def _countries(self, scan: _Scanned) -> tuple[str, ...]:
        """Home first; another country where most of the sheet's numbers are valid only there."""
        home = (self._country,) if self._country else ()
        texts = _phone_texts(scan)
        others = _HOMES.get(find_language(scan.headers), ())
        if len(texts) < 3 or not others or self._country in others:
            return home
        at_home = _count_valid(texts, self._country) if home else 0
        if at_home * 2 >= len(texts):
            return home
        best = max(others, key=lambda c: _count_valid(texts, c))
        return (*home, best) if _count_valid(texts, best) * 5 >= len(texts) * 4 else home

    def _guess_country(self) -> str:
        """The country whose numbers the file's phone columns hold.

        Numbers with a prefix say it themselves; the others count for every country of the
        headers' language that they are valid in, and the likelier country wins near draws.
        """
        votes: Counter[str] = Counter()
        homes: dict[str, None] = {}
        for scan in self._scans.values():
            countries = _HOMES.get(find_language(scan.headers), ())
            homes.update(dict.fromkeys(countries))
            for text in _phone_texts(scan, abroad=True):
                if text.startswith(("+", "00")):
                    votes[_country_of(text)] += 1
                else:
                    votes.update(c for c in countries if fast_e164(text, c))
        del votes[""]
        if not votes:
            return next(iter(homes), "")
        most = max(votes.values())
        near = [c for c in (*homes, *votes) if votes[c] * 10 >= most * 8]
        return near[0]


class OwnExport:
    """Our own JSON, in the shape of a workbook with one sheet: a customer a row."""

    def __init__(self, source: Source, country: str) -> None:
        self._source = source
        self._country = country

    def inspect(self, report: Report) -> WorkbookPreview:
        """Count the customers; there is nothing to map."""
        count = 0
        for count, _customer in enumerate(read_json(self._source.path), start=1):
            report(count, None)
        plan = SheetPlan(0, 0, ())
        sheet = SheetPreview(0, "", count, plan, (), empty=count == 0)
        source = self._source
        return WorkbookPreview(
            source.name, source.format.value, source.sha256, source.size, self._country, (sheet,)
        )

    def replan(self, index: int, header_row: int, report: Report) -> SheetPreview:
        """There is but one way to read it."""
        del index, header_row
        return self.inspect(report).sheets[0]

    def rows(self, plan: SheetPlan, report: Report) -> Iterator[list[WireRow]]:
        """The customers as rows."""
        del plan
        batch: list[WireRow] = []
        for number, customer in enumerate(read_json(self._source.path), start=1):
            draft = customer.draft
            points = tuple(tuple(point) for point in draft.contact_points)
            addresses = tuple(tuple(address) for address in draft.addresses)
            wire = (*draft[:8], points, addresses, *draft[10:])
            batch.append((number, wire, "", (), "{}"))
            if len(batch) == BATCH:
                yield batch
                report(number, None)
                batch = []
        if batch:
            yield batch


def open_workbook(
    source: Source, country: str, limits: Limits, *, sparse: bool
) -> Workbook | OwnExport:
    """Open a file for looking through and reading.

    Raises:
        UserError: its content cannot be read.
    """
    if source.format is Format.JSON:
        return OwnExport(source, country)
    return Workbook(source, country, limits, sparse=sparse)


def _scan_sheet(sheet: Sheet, name: str, report: Report, header_row: int | None = None) -> _Scanned:
    """Read a sheet once: head, header, an evenly spread sample, which columns hold anything."""
    iterator = iter(sheet.rows())
    head = list(islice(iterator, max(HEAD_ROWS, header_row or 0)))
    if header_row is None:
        header_row = find_header(head)
    header = list(head[header_row - 1]) if 0 < header_row <= len(head) else []
    sample: list[Row] = []
    filled: list[bool] = []
    every = count = done = 0
    step = 1
    if sheet.height:
        step = max(1, sheet.height // _SAMPLE)
    rest: Iterator[Row] = iter(head[header_row:])
    width = len(header)
    for part in (rest, iterator):
        while chunk := list(islice(part, _CHUNK)):
            rows = [row for row in chunk if not _is_blank_row(row)]
            done += len(chunk)
            if not rows:
                report(done, sheet.height)
                continue
            width = max(width, max(map(len, rows)))
            filled.extend([False] * (width - len(filled)))
            _mark_filled(rows, filled)
            for row in rows:
                if every % step == 0:
                    sample.append(row)
                every += 1
            if len(sample) > 2 * _SAMPLE:
                sample, step = sample[::2], step * 2
            count += len(rows)
            report(done, sheet.height)
    filled.extend([False] * (width - len(filled)))
    headers = [tidy_line(cell_text(v)) for v in header] + [""] * (width - len(header))
    last = max((j for j in range(width) if filled[j] or headers[j]), default=-1) + 1
    while head and _is_blank_row(head[-1]):
        head.pop()
    return _Scanned(
        name, head, header_row, sheet.left, last, count, headers[:last], sample, filled[:last]
    )


def _mark_filled(rows: list[Row], filled: list[bool]) -> None:
    common = min(map(len, rows))
    for j, done in enumerate(filled[:common]):
        if not done:
            filled[j] = any(not is_blank(row[j]) for row in rows)
    for row in rows:
        for j in range(common, len(row)):
            if not filled[j] and not is_blank(row[j]):
                filled[j] = True


def _data_rows(sheet: Sheet, header_row: int) -> Iterator[tuple[int, Row]]:
    """The rows below the header that hold anything, with their numbers."""
    for number, row in enumerate(islice(sheet.rows(), header_row, None), start=header_row + 1):
        if not _is_blank_row(row):
            yield number, row


def _is_blank_row(row: Row) -> bool:
    if row and (first := row[0]) and (type(first) is not str or not first.isspace()):
        return False
    for value in row:
        if value != "" and value is not None and not (type(value) is str and value.isspace()):
            return False
    return True


def _picker(used: list[int]) -> Callable[[Row], Row]:
    """Makes a row of the used columns alone, whatever its own length."""
    width = used[-1] + 1 if used else 0
    if len(used) == width:
        return lambda row: _fit(row, width)
    return lambda row: [row[j] if j < len(row) else "" for j in used]


def _fit(row: Row, width: int) -> Row:
    size = len(row)
    if size == width:
        return row
    if size > width:
        return row[:width]
    return [*row, *[""] * (width - size)]


def _shown(value: Value) -> str:
    return tidy_line(cell_text(value))[:200]


def _phone_texts(scan: _Scanned, *, abroad: bool = False) -> list[str]:
    """Phone numbers of the sheet's sample; those with a country's prefix only if wanted."""
    texts: list[str] = []
    for j, header in enumerate(scan.headers):
        found = meanings(header)
        if found and found[0].field in ("phone", "contact"):
            for value in scan.column(j)[:300]:
                text = narrow(cell_text(value)).strip()
                if text and (abroad or not text.startswith(("+", "00"))):
                    texts.append(text)
    return texts


def _country_of(text: str) -> str:
    """The country of a number with a prefix, "" for a number that is none."""
    number = fast_e164("+" + text.lstrip("+0"), "")
    if number is None:
        return ""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    for length in (1, 2, 3):
        if regions := COUNTRY_CODE_TO_REGION_CODE.get(int(number[1 : 1 + length])):
            return regions[0]
    return ""


def _count_valid(texts: Sequence[str], country: str) -> int:
    return sum(1 for text in texts if fast_e164(text, country))
