"""From an opened file to its preview and its cleaned rows; runs in the reading process."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from crm_desktop.bridge.files.book import Book, Row
from crm_desktop.bridge.files.books import open_book
from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.bridge.rows.clean import Facts, Mark, SheetCleaner, WireRow
from crm_desktop.bridge.rows.row_pictures import RowPictures, WireBatch
from crm_desktop.bridge.rows.row_traits import RowTraits, seems_cut, warnings
from crm_desktop.bridge.sheets.beside import beside_of, colour_texts, hidden_reasons
from crm_desktop.bridge.sheets.birthday_lists import with_birthdays
from crm_desktop.bridge.sheets.classify import sheet_kind
from crm_desktop.bridge.sheets.column_values import column_values, spellings
from crm_desktop.bridge.sheets.continued import OwnValues
from crm_desktop.bridge.sheets.facts import wants_all
from crm_desktop.bridge.sheets.firm_cells import firm_columns, names_both
from crm_desktop.bridge.sheets.firms import Firms
from crm_desktop.bridge.sheets.flipped import flipped_fields
from crm_desktop.bridge.sheets.further_contacts import further_contacts
from crm_desktop.bridge.sheets.headings import group_mapping, said_by, said_in
from crm_desktop.bridge.sheets.held import with_compounds, with_kinds
from crm_desktop.bridge.sheets.homes import countries_of, country_of_dates, guess_country
from crm_desktop.bridge.sheets.listed import Listed, listed_in, tells_of_listed
from crm_desktop.bridge.sheets.mapping import has_identity, map_columns
from crm_desktop.bridge.sheets.neighbours import Column
from crm_desktop.bridge.sheets.numbered import Numbers, names_by_number, numbers_of
from crm_desktop.bridge.sheets.other_names import OtherNames
from crm_desktop.bridge.sheets.outline import HEAD_ROWS
from crm_desktop.bridge.sheets.parts import Part, find_parts
from crm_desktop.bridge.sheets.pictures import images_of, rows_with_pictures
from crm_desktop.bridge.sheets.profile import Profile, profile
from crm_desktop.bridge.sheets.scan import Report, ScannedSheet, data_rows, fit, picker
from crm_desktop.bridge.sheets.synonyms import (
    find_language,
    header_words,
    is_known,
    stages_beside,
)
from crm_desktop.bridge.sheets.table_titles import titled_lists
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.traits.pictures import PictureParts
from crm_desktop.bridge.traits.reader import count_blank_texts
from crm_desktop.bridge.values.date_columns import DateColumn, Why
from crm_desktop.bridge.values.ditto import names_above
from crm_desktop.bridge.values.text import Value, cell_text, is_blank, tidy_line
from crm_desktop.domain.fields import FieldKind
from crm_desktop.domain.imports import (
    COLOUR_COLUMN,
    GROUP_COLUMN,
    SHEET_COLUMN,
    SKIP,
    BandKind,
    ColumnMapping,
    ColumnValues,
    SheetKind,
    SheetPlan,
    SheetPreview,
    WorkbookPreview,
)
from crm_desktop.i18n import _

_WIDEST_PREVIEW = 256
BATCH = 1000
# Rows without a name continue the one above where most rows have one.
_NAMED = 0.5
_FEW = 3
_LINES = 4
_WITH_FIRM = Mark(with_firm=True)
_NAMES = frozenset(("name", "given_name", "family_name", "organisation"))
_PLAIN_SHEET = re.compile(
    r"(?:sheet|folha|plan(?:ilha)?|tabelle|feuil(?:le)?|hoja|foglio|лист|工作表|シート|시트|dados|"
    r"data|list|lista|customers?|clients?|clientes|contact[os]*|(?:客户|客戶|会员|會員|顾客|顧客)?"
    r"(?:客户|客戶|名单|名單|名册|名冊|资料|資料|通讯录|通訊錄|总表|總表|列表|登记表|登記表|汇总|彙總))\W*\d*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)\s*(?:年度?)?")
# The order in which the customers stand, not what they are.
_ARRANGED = re.compile(r"(?:by|sorted|por|按)\s|按", re.IGNORECASE)


class Workbook:
    """One file on its way through the import."""

    def __init__(self, source: Source, country: str, limits: Limits, *, sparse: bool) -> None:
        self._source = source
        self._limits = limits
        self._country = self._dates_country = country
        self._book: Book = open_book(source, limits, sparse=sparse)
        self._parts: list[Part] = []
        self._numbers: list[Numbers] = []
        self._listed: list[Listed] = []
        self._towns: frozenset[str] = frozenset()

    def inspect(self, report: Report) -> WorkbookPreview:
        """Look through all sheets and propose how to read them."""
        source = self._source
        self._parts = find_parts(source, self._book, report)
        if not self._country:
            self._country, told = guess_country(part.scan for part in self._parts)
            self._dates_country = self._country if told else ""
        previews = [self._preview(index) for index in range(len(self._parts))]
        if towns := self._named_towns(previews):
            self._towns = towns
            for index, part in enumerate(self._parts):
                if not part.scan.header_row:
                    previews[index] = self._preview(index)
        for index, row in list(titled_lists(previews, self._parts)):
            self._parts[index].heading = row
            previews[index] = self._preview(index)
        pairs = list(zip(previews, self._parts, strict=True))
        self._numbers = [found for pair in pairs for found in numbers_of(*pair)]
        self._listed = [found for pair in pairs if (found := listed_in(*pair)) is not None]
        previews = [self._kept_as_sales(preview) for preview in previews]
        return WorkbookPreview(
            file=source.name,
            format=source.format.value,
            sha256=source.sha256,
            size=source.size,
            country=self._country,
            sheets=tuple(self._with_sheet_names(previews)),
        )

    def replan(self, index: int, header_row: int, report: Report) -> SheetPreview:
        """Look at one table anew, with the header where the user says it is (0 for none)."""
        if not self._parts:  # a process that was started again has seen nothing yet
            self.inspect(report)
        self._parts[index].rescan(self._book, report, header_row)
        return self._kept_as_sales(self._preview(index))

    def values(self, plan: SheetPlan, index: int, report: Report) -> ColumnValues:
        """Count the values of one of the sheet's own columns, over all rows of a table."""
        part = self._planned(plan, report)
        column = next((c for c in plan.columns if c.index == index), None)
        if column is None or index >= GROUP_COLUMN:
            return ColumnValues(0, 0, ())
        return column_values(part, self._book, column, plan.header_row, report)

    def dates(self, plan: SheetPlan, index: int, report: Report) -> ColumnMapping | None:
        """Decide how a column's dates are meant, that the user has made one of birthdays."""
        part = self._planned(plan, report)
        column = next((c for c in plan.columns if c.index == index), None)
        return None if column is None else self._with_order(part, column)

    def kinds(self, plan: SheetPlan, report: Report) -> SheetPlan:
        """Say of which kind the own fields are that the user has made of columns."""
        part = self._planned(plan, report)
        scan = part.scan

        def cells(column: ColumnMapping) -> list[Value]:
            return scan.column(column.index - scan.left)

        countries = countries_of(scan, self._country)
        found = with_kinds(plan.columns, cells, countries, part.traits.currencies)
        pairs = zip(plan.columns, found, strict=True)
        columns = tuple(new if old.kind is FieldKind.TEXT else old for old, new in pairs)
        return replace(plan, columns=columns)

    def rows(self, plan: SheetPlan, report: Report) -> Iterator[WireBatch]:
        """Read and clean the rows of one table, in batches."""
        part = self._planned(plan, report)
        # The mapping made it a column of dates: how they are meant nobody has looked at.
        plan = replace(
            plan,
            columns=tuple(c if c.date_order else self._with_order(part, c) for c in plan.columns),
        )
        plan = replace(plan, columns=plan.columns_read(part.traits.hidden_columns))
        scan = part.scan
        virtual = _virtual(plan)
        facts = self._facts(scan, plan.columns, virtual)
        of_firms = firm_columns(part, plan, facts.countries)
        cleaner = SheetCleaner(plan, facts, of_firms, further_contacts(scan, plan, of_firms))
        both = names_both(plan, scan.left)
        pick = picker(scan.used)
        # A row that already is what the cleaner wants needs no picking.
        whole = scan.width if len(scan.used) == scan.width else -1
        others = OtherNames(scan, plan)
        marks, firms = _Marks(part, plan, others), Firms(part, plan, of_firms)
        fixed = frozenset((fix.row, fix.column) for fix in plan.fixes)
        emails = [c.index for c in plan.columns if c.field == "email"]
        beside = RowTraits(
            (part.beside or Traits()) if part.is_cards else part.traits,
            scan.left,
            fixed,
            emails,
            of_firms,
        )
        pictures = self._pictures(part)
        pictured = pictures.rows
        numbers: list[int] = []
        rows: list[Row] = []
        found: dict[int, Mark] = {}
        done = 0
        told = part.cards.empty if part.cards is not None else frozenset()
        for number, row in data_rows(part.sheet(self._book), plan.header_row, part.top, told):
            if (
                plan.only_cards
                and part.cards
                and part.cards.sheet_of(number) not in plan.only_cards
            ):
                continue
            shown = beside.shown(number, row)
            picked = shown if len(shown) == whole else pick(shown)
            mark = marks.of(number, row)
            if mark is None and of_firms and both(row):
                mark = _WITH_FIRM
            if mark:
                found[len(rows)] = mark
            if number in pictured and not (mark and mark.left_out):
                pictures.take(len(rows), number, beside)
            if others.places:
                picked = others.named(shown, picked)
            if firms.any:
                left_out = mark is not None and bool(mark.left_out)
                picked = firms.filled(number, shown, picked, left_out=left_out)
            if virtual:
                if marks.colours:
                    marks.values[COLOUR_COLUMN] = marks.colours.get(number, "")
                picked = [*picked, *(marks.values[position] for position in virtual)]
            numbers.append(number)
            rows.append(picked)
            if len(rows) == BATCH or pictures.heavy:
                yield pictures.batch(_completed(cleaner.clean(numbers, rows, found), beside))
                done += len(rows)
                report(done, scan.rows)
                numbers, rows, found = [], [], {}
        if rows:
            yield pictures.batch(_completed(cleaner.clean(numbers, rows, found), beside))

    def _pictures(self, part: Part) -> RowPictures:
        images = images_of(part, self._parts)
        parts = PictureParts(self._source, self._limits) if images else None
        headers = {part.scan.left + j: text for j, text in enumerate(part.scan.headers) if text}
        return RowPictures(images, parts, self._source.name, headers, self._limits)

    def _planned(self, plan: SheetPlan, report: Report) -> Part:
        """The table of a plan, looked at as the plan says."""
        if not self._parts:  # a process that was started again has seen nothing yet
            self.inspect(report)
        if self._parts[plan.sheet].scan.header_row != plan.header_row:
            self.replan(plan.sheet, plan.header_row, report)
        return self._parts[plan.sheet]

    # --- looking at a table ----------------------------------------------------------------------

    def _preview(self, index: int) -> SheetPreview:
        part = self._parts[index]
        scan, bands = part.scan, part.bands()
        columns, mapped = self._map(part)
        groups = [b.first for b in bands if b.kind is BandKind.GROUP]
        if groups:
            mapped = (*mapped, group_mapping(scan, groups, mapped))
        if (coloured := part.colours.mapping()) is not None:
            mapped = (*mapped, coloured)
        rows = 0 if part.blank else scan.rows
        kind = SheetKind.CARDS if part.is_cards else sheet_kind(mapped, columns, rows, scan.name)
        shown = min(scan.left + scan.width, _WIDEST_PREVIEW)
        across = max(0, shown - scan.left)
        cells = tuple(
            tuple([""] * min(scan.left, shown) + [_shown(v) for v in fit(row, across)])
            for row in scan.head[:HEAD_ROWS]
        )
        rows_of_header = scan.header.last - scan.header.first + 1 if scan.header.last else 1
        return SheetPreview(
            index=index,
            name=scan.name,
            rows=rows,
            plan=SheetPlan(
                index,
                scan.header_row,
                mapped,
                rows_of_header,
                kind,
                colours=tuple((use.colour, use.legend) for use in part.colours.uses),
            ),
            cells=cells,
            first_row=part.top,
            empty=rows == 0 or not has_identity(mapped),
            hidden=part.hidden,
            area=part.area,
            bands=tuple(bands),
            warnings=self._warnings(part),
            spellings=spellings(scan, mapped),
            beside=beside_of(part),
            card_names=part.cards.names if part.cards is not None else (),
            headings=tuple(said_by(scan, groups).items()),
        )

    def _named_towns(self, previews: Sequence[SheetPreview]) -> frozenset[str]:
        """The places below a header of towns, folded."""
        found: set[str] = set()
        for preview, part in zip(previews, self._parts, strict=True):
            for column in preview.plan.columns:
                at = column.index - part.scan.left
                if column.field == "city" and column.header and 0 <= at < part.scan.width:
                    found |= {header_words(cell_text(v)) for v in part.scan.column(at)}
        return frozenset(found - {""})

    def _kept_as_sales(self, preview: SheetPreview) -> SheetPreview:
        """A table of another one's customers, by their numbers or names, is kept like sales."""
        part = self._parts[preview.index]
        countries = countries_of(part.scan, self._country)
        if firm_columns(part, preview.plan, countries):
            return preview  # whoever is listed is but the contact of a firm here
        by_number = names_by_number(preview, part, self._numbers)
        if not by_number and not tells_of_listed(preview, part, self._listed):
            return preview
        plan = replace(preview.plan, kind=SheetKind.LEDGER)
        return replace(preview, plan=plan, empty=False)

    def _warnings(self, part: Part) -> tuple[str, ...]:
        """What the owner should know of a table before it is imported."""
        pictured, astray = rows_with_pictures(part, images_of(part, self._parts))
        traits, read = Traits() if part.is_cards else part.traits, part.read
        if seems_cut(traits, read):  # or its programs wrote texts without a letter
            read += count_blank_texts(self._book, part.index)
        return warnings(traits, read, pictured, astray)

    def _with_sheet_names(self, previews: Sequence[SheetPreview]) -> Iterator[SheetPreview]:
        """Names of sheets that tell their customers apart (2019, VIP) become tags of them."""
        lists = [p for p in previews if p.plan.kind is SheetKind.LIST and not p.empty]
        telling = {p.name for p in lists if sheet_tag(p.name)}
        for preview in previews:
            if preview in lists and preview.name in telling and len({p.name for p in lists}) > 1:
                column = ColumnMapping(SHEET_COLUMN, "sheet", preview.name, "tags", 0.7)
                plan = preview.plan
                plan = replace(plan, columns=(*plan.columns, column))
                yield replace(preview, plan=plan)
            else:
                yield preview

    def _map(self, part: Part) -> tuple[dict[int, Column], tuple[ColumnMapping, ...]]:
        scan = part.scan
        countries = countries_of(scan, self._country)
        columns = []
        sampled: dict[int, list[Value]] = {}
        for j in scan.used:
            # What repeats the cell above says nothing of what a column holds.
            values = sampled[j] = ["" if names_above(v) else v for v in scan.column(j)]
            held = profile(values, countries) if scan.filled[j] else Profile()
            seen = values if wants_all(scan.headers[j]) else values[:200]
            texts = tuple(tidy_line(cell_text(v)) for v in seen)
            columns.append(Column(scan.left + j, scan.headers[j], held, texts))
        mapped = map_columns(columns, sheet=scan.name, country=self._country, towns=self._towns)
        bands = part.bands()
        titles = [scan.name, *said_in(scan.outline, bands, BandKind.TITLE)]
        headings = said_in(scan.outline, bands, BandKind.GROUP)
        mapped = with_birthdays(mapped, columns, titles, headings)
        mapped = tuple(self._with_order(part, m) for m in mapped)

        def cells(column: ColumnMapping) -> list[Value]:
            return sampled[column.index - scan.left]

        mapped = with_compounds(mapped, cells, countries)
        mapped = with_kinds(mapped, cells, countries, part.traits.currencies)
        return {column.position: column for column in columns}, mapped

    def _with_order(self, part: Part, column: ColumnMapping) -> ColumnMapping:
        """Decide the order of day and month from the sample, or else from every value."""
        if column.field != "birthday":
            return column
        scan = part.scan
        j = column.index - scan.left
        language = find_language(scan.headers)
        country = country_of_dates(self._dates_country, language)
        dates = DateColumn(country=country, language=language, birthday=True, header=column.header)
        dates.feed(scan.column(j))
        decision = dates.decide()
        if decision.why is Why.UNDECIDED and scan.rows > len(scan.sample):
            rows = data_rows(part.sheet(self._book), scan.header_row, part.top)
            dates.feed(row[j] for _number, row in rows if j < len(row))
            decision = dates.decide()
        open_question = decision.examples if decision.why is Why.UNDECIDED else ()
        return replace(column, date_order=decision.order, date_examples=open_question)

    # --- how cells are to be read ----------------------------------------------------------------

    def _facts(
        self, scan: ScannedSheet, columns: Sequence[ColumnMapping], virtual: Sequence[int]
    ) -> Facts:
        positions = (*(scan.left + j for j in scan.used), *virtual)
        told = (c.index - scan.left for c in columns if c.field == "stage")
        texts = (cell_text(v) for j in told if 0 <= j < scan.width for v in scan.column(j))
        stages = stages_beside(texts)
        return Facts(
            positions, countries_of(scan, self._country), flipped_fields(scan, columns), stages
        )


class _Marks:
    """Says of each row, in their order, whether it is a customer of its own.

    `values` holds what the columns that no sheet has are worth for the present row.
    """

    def __init__(self, part: Part, plan: SheetPlan, others: OtherNames) -> None:
        scan = part.scan
        self._left_out = hidden_reasons(part, plan)
        self._hidden = frozenset(self._left_out)
        if part.cards is not None:
            self._left_out |= dict.fromkeys(part.cards.empty, _("The form is empty."))
        self._groups: set[int] = set()
        self._said = said_by(scan, [b.first for b in part.bands() if b.kind is BandKind.GROUP])
        for band in plan.bands(part.bands()):
            for number in range(band.first, band.last + 1):
                if band.kind is BandKind.GROUP:
                    self._groups.add(number)
                    self._left_out[number] = _("The row is a heading for those below it.")
                elif band.kind is BandKind.TOTAL:
                    self._left_out[number] = _("The row adds others up.")
                elif band.kind is BandKind.NOTE:
                    self._left_out[number] = _("The row is a note about the list.")
        self._names = [
            c.index - scan.left
            for c in plan.columns
            if c.field in _NAMES and 0 <= c.index - scan.left < scan.width
        ]
        self._names += others.places
        self._named = list(self._names)
        if not self._names or part.is_cards or not self._mostly_named(scan):
            self._names = []
        self._own = OwnValues(scan, plan)
        names = {scan.left + j for j in self._names}
        self._alone = {fix.row for fix in plan.fixes if fix.column in names and fix.text.strip()}
        self._alone |= {role.row for role in plan.roles if role.kind is None}
        self._kept = ""
        if plan.kind is SheetKind.LEDGER:
            self._kept = _("The row tells of a sale; it is kept as it stands.")
        self._last = -1
        self.values: dict[int, Value] = {
            GROUP_COLUMN: "",
            SHEET_COLUMN: sheet_tag(part.name) or part.name,
            COLOUR_COLUMN: "",
        }
        # The first group's heading may stand above the header, among rows that are not read.
        for number in sorted(n for n in self._groups if n <= plan.header_row):
            self._head([value for _column, value in scan.outline.cells(number)])
        self.colours = colour_texts(part, plan)

    def _mostly_named(self, scan: ScannedSheet) -> bool:
        named = [i for i, row in enumerate(scan.sample) if not self._is_nameless(row)]
        if len(named) > len(scan.sample) * _NAMED:
            return True
        # Address books of so many lines each: the name stands in every second one, or third.
        steps = Counter(b - a for a, b in pairwise(named))
        step, times = steps.most_common(1)[0] if len(named) > _FEW else (0, 0)
        whole = len(scan.sample) == scan.rows and bool(named) and named[0] == 0
        return whole and step <= _LINES and times * 5 >= (len(named) - 1) * 4

    def _is_nameless(self, row: Row) -> bool:
        for j in self._names:  # noqa: SIM110  (asked of every row)
            if j < len(row) and not is_blank(row[j]):
                return False
        return True

    def _is_named_above(self, row: Row) -> bool:
        """Whether all names of a row say that they are those above."""
        said = False
        for j in self._named:
            if j < len(row) and not is_blank(row[j]):
                if not names_above(row[j]):
                    return False
                said = True
        return said

    def _head(self, row: Row) -> None:
        """The rows that follow are of the group that a row heads."""
        heading = next(filter(None, (tidy_line(cell_text(value)) for value in row)), "")
        self.values[GROUP_COLUMN] = self._said.get(heading, heading)

    def of(self, number: int, row: Row) -> Mark | None:
        """The mark of a row; None for an ordinary one."""
        if self._kept and number not in self._hidden:
            return Mark(left_out=self._kept)
        if self._left_out and (reason := self._left_out.get(number)):
            if number in self._groups:
                self._head(row)
            self._last = -1
            return Mark(left_out=reason)
        before, self._last = self._last, number
        continues = (
            before == number - 1
            and ((self._names and self._is_nameless(row)) or self._is_named_above(row))
            and number not in self._alone
            and not self._own.speak_against(row)
        )
        if continues:
            return Mark(continues=True)
        self._own.begin(row)
        return None


def _completed(rows: list[WireRow], beside: RowTraits) -> list[WireRow]:
    both = {row[0] for row in rows if row[-1]}
    return [
        beside.complete(row, parted=row[0] in both) if beside.has(row[0]) else row for row in rows
    ]


def _virtual(plan: SheetPlan) -> list[int]:
    """Columns of no sheet that rows have; what headed a row stands with it, even if unused."""
    own = [c for c in plan.columns if c.index >= GROUP_COLUMN]
    return [c.index for c in own if c.field != SKIP or c.index == GROUP_COLUMN]


def sheet_tag(name: str) -> str:
    """What a sheet's name says of its customers: "2022" of "Customers 2022"; "" for nothing."""
    if _ARRANGED.match(name) or len(name) > 40:
        return ""
    if (year := _YEAR.search(name)) is not None:
        rest = f"{name[: year.start()]} {name[year.end() :]}".strip(" -_.()（）")
        if not rest or _PLAIN_SHEET.fullmatch(rest) or is_known(rest):
            return year.group().strip()
    return "" if _PLAIN_SHEET.fullmatch(name.strip()) or is_known(name) else name


def _shown(value: Value) -> str:
    return tidy_line(cell_text(value))[:200]
