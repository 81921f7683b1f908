"""Rows of a mapped sheet to customer drafts.

Works column by column over batches, with one cleaner compiled per column and every repeated
cell text remembered: a sheet of 100,000 rows has 1.5 million cells. Everything made here is
plain tuples in the order of the domain's named tuples, ready for the pipe (`wire`).

The rule for what cannot be taken: the text is kept, as a raw contact point or as a custom
value under the column's header, and a problem is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain, repeat
from typing import Any, NamedTuple

from crm_desktop.bridge.rows.addresses import AddressCleaner
from crm_desktop.bridge.rows.apart import Apart
from crm_desktop.bridge.rows.batch import Batch, Memo
from crm_desktop.bridge.rows.columns import Columns, keep
from crm_desktop.bridge.rows.dittos import Dittos
from crm_desktop.bridge.rows.evidence import as_json
from crm_desktop.bridge.rows.facts import FactCleaner
from crm_desktop.bridge.rows.mending import Mending, read_lines, read_tags
from crm_desktop.bridge.rows.names import NameCleaner
from crm_desktop.bridge.rows.own_fields import OwnFieldCleaner, Pairs
from crm_desktop.bridge.rows.points import PointCleaner
from crm_desktop.bridge.rows.registered import TaxNumbers
from crm_desktop.bridge.rows.with_firms import WithFirms
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.further_contacts import Further
from crm_desktop.bridge.sheets.synonyms import (
    STAGES,
    header_key,
)
from crm_desktop.bridge.values.birthdays import below_month, read_birthday, read_lunar_column
from crm_desktop.bridge.values.daywords import heads_lunar_days
from crm_desktop.bridge.values.text import (
    Plain,
    Value,
    column_letter,
    column_texts,
    tidy_line,
)
from crm_desktop.domain.imports import GROUP_COLUMN, SKIP, ColumnMapping, SheetPlan
from crm_desktop.i18n import _

WireDraft = tuple[Any, ...]
# The fields of `wire.CleanRow`, as far as cleaning knows them.
WireRow = tuple[
    int,
    WireDraft | None,
    str,
    tuple[tuple[int, str, str, str], ...],
    str,
    bool,
    tuple[tuple[str, str], ...],
    bool,
]

_LONGEST_DAY = 4  # characters of a day whose month heads its rows: 31st
_NO_MARKS: Mapping[int, Mark] = {}


class Facts(NamedTuple):
    """What the whole sheet told about how its cells are to be read.

    Attributes:
        positions: 0-based column of the sheet for each value of a row.
        countries: ISO codes that national phone numbers are read in, the likeliest first.
        flipped: fields whose names of persons stand as "Silva, Ana": name, organisation.
        stages: what words of the column of stages mean, by their keys.
    """

    positions: tuple[int, ...]
    countries: tuple[str, ...]
    flipped: frozenset[str] = frozenset()
    stages: Mapping[str, str] = STAGES


class Mark(NamedTuple):
    """What is known of a row before it is cleaned.

    Attributes:
        left_out: why it makes no customer, "" where it makes one.
        continues: whether it goes on with the customer above.
        with_firm: whether it tells of a firm and of its contact person.
    """

    left_out: str = ""
    continues: bool = False
    with_firm: bool = False


class SheetCleaner:
    """Cleans the rows of one sheet by one plan."""

    def __init__(
        self,
        plan: SheetPlan,
        facts: Facts,
        firm_columns: frozenset[int] = frozenset(),
        further: Sequence[Further] = (),
    ) -> None:
        """Begin.

        Args:
            plan: how the sheet is read.
            facts: what the whole sheet told.
            firm_columns: places in the sheet of what is a firm's in rows that name its contact
                person, too.
            further: its contact persons beside the first.
        """
        self._facts = facts
        self._with_firms = WithFirms(plan, facts.positions, firm_columns, further)
        letters = {c.index: c.column for c in plan.columns}
        self._letters = [letters.get(p) or column_letter(p) for p in facts.positions]
        self._headers = [""] * len(facts.positions)
        self._own = sum(1 for position in facts.positions if position < GROUP_COLUMN)
        self._columns = columns = Columns()
        own: list[tuple[int, ColumnMapping]] = []
        self._apart: list[tuple[int, Apart]] = []
        width = len(facts.positions)
        places = {position: j for j, position in enumerate(facts.positions)}
        for column in plan.columns:
            j = places.get(column.index, -1)
            if j < 0:
                continue
            self._headers[j] = tidy_line(column.header)
            if column.custom:
                own.append((j, column))
            elif column.compound is not None:
                apart = Apart(column, facts.countries)
                self._apart.append((j, apart))
                for fed in apart.columns:
                    columns.add(width, fed)
                    width += 1
            elif column.field != SKIP:
                columns.add(j, column)
        self._group = places.get(GROUP_COLUMN)
        self._phones = {j for j, _column in columns.of("phone")}
        # Rows that the user said are customers.
        self._customers = {role.row for role in plan.roles if role.kind is None}
        self._mending = Mending(plan, facts.positions)
        self._dittos = Dittos(plan, facts.positions)
        self._points = PointCleaner(columns.by_field, facts.countries, own)
        self._own_fields = OwnFieldCleaner(own)
        self._names = NameCleaner(columns, TaxNumbers(own), flipped=facts.flipped)
        # Whose customers live in one country says no column of countries.
        home = facts.countries[0] if facts.countries and "country" not in columns else ""
        self._addresses = AddressCleaner(columns, home)
        self._known_facts = FactCleaner(columns)
        self._tag_memo = Memo(read_tags)
        self._line_memo = Memo(read_lines)
        self._birthday_memos = {
            j: Memo(partial(read_birthday, order=column.date_order))
            for j, column in columns.of("birthday")
        }
        self._lunar_memos = {
            j: Memo(partial(read_lunar_column, order=column.date_order))
            for j, column in columns.of("birthday")
            if heads_lunar_days(column.header)
        }
        stages = facts.stages
        self._stage_memo = Memo(lambda text: stages.get(header_key(text)))

    def clean(
        self,
        numbers: Sequence[int],
        rows: Sequence[Sequence[Value]],
        marks: Mapping[int, Mark] = _NO_MARKS,
    ) -> list[WireRow]:
        """Clean rows.

        Args:
            numbers: the sheet's own row numbers, 1-based.
            rows: equally many, each with a value for each of `facts.positions`.
            marks: what is known of some of them, by their place in `rows`.

        Returns:
            The rows; behind them all stand those of the firms, and of further contact persons.
        """
        if not rows:
            return []
        values: list[Sequence[Value]] = list(zip(*rows, strict=True))
        pairs = [column_texts(column) for column in values]
        texts = [texts for texts, _plain in pairs]
        if self._mending:  # what is kept as evidence is plain, and stays as it stood
            texts, values = self._mending.mended(numbers, texts, values)
        texts, values, nothing_above = self._dittos.filled(texts, values, marks)
        plains: list[Sequence[Plain]] = [plain for _texts, plain in pairs]
        ordinary = {i: not (mark.left_out or mark.continues) for i, mark in marks.items()}
        firms = [i for i, mark in marks.items() if mark.with_firm]
        if parting := self._with_firms.rows(texts, ordinary, firms):
            texts = self._with_firms.parted(texts, parting)
            values = self._with_firms.parted(values, parting)
            plains = self._with_firms.parted(plains, parting, named=False)
            numbers = [*numbers, *(numbers[i] for i in parting.added)]
        persons = len(rows)
        batch = Batch(numbers, texts, values)
        batch.firms_from = persons
        for i, column, text in nothing_above:
            keep(batch, i, column, text, _("There is nothing above that it could repeat."))
        for j, apart in self._apart:
            batch.columns.extend(apart.split(batch.columns[j]))
        drafts = self._drafts(batch)
        raws = as_json(self._letters, plains)
        out: list[WireRow] = list(
            zip(
                *(numbers, drafts, repeat(""), repeat(()), raws, repeat(False), repeat(())),
                chain(repeat(False, persons), repeat(True)),
                strict=False,
            )
        )
        left_out = dict(self._left_out(batch, drafts))
        for i, mark in marks.items():
            number, draft, _why, problems, raw, _continues, remarks, firm = out[i]
            if mark.continues and draft is not None:
                out[i] = (number, draft, left_out.pop(i, ""), problems, raw, True, remarks, firm)
            elif mark.left_out:
                left_out[i] = mark.left_out
        for i, found in batch.problems.items():
            if i not in left_out:
                row = out[i]
                out[i] = (*row[:3], tuple(found), *row[4:])
        for i, reason in left_out.items():
            row = out[i]
            out[i] = (row[0], None, reason, (), row[4], False, (), row[7])
        return out

    # --- parts of a draft, each a list as long as the batch ------------------------------------

    def _drafts(self, batch: Batch) -> list[WireDraft]:
        points = self._points.clean(batch)
        names = self._names.clean(batch, points)
        stages = self._columns.coded(batch, "stage", self._stage_memo)
        birthdays = self._birthdays(batch)
        notes = self._columns.paragraphs(batch, "notes")
        addresses = self._addresses.clean(batch)
        tags = self._tags(batch)
        # Sheets without facts send none along: their rows end with the own fields.
        facts = [self._known_facts.clean(batch)] if self._known_facts.any else []
        customs = self._customs(batch)
        return list(
            zip(
                *names,
                stages,
                birthdays,
                notes,
                points,
                addresses,
                tags,
                customs,
                *facts,
                strict=True,
            )
        )

    def _birthdays(self, batch: Batch) -> list[str | None]:
        result: list[str | None] = [None] * batch.size
        headings = None if self._group is None else batch.columns[self._group]
        for j, column in self._columns.of("birthday"):
            solar = self._birthday_memos[j]
            lunar = self._lunar_memos.get(j, solar)
            for i, text in enumerate(batch.columns[j]):
                if not text:
                    continue
                if headings is not None and len(text) <= _LONGEST_DAY:
                    text = below_month(text, headings[i])
                # What the spreadsheet itself knows as a date is the sun's.
                read, problem = (solar if batch.is_date(j, i) else lunar)[text]
                if problem:
                    keep(batch, i, column, text, problem)
                elif result[i] is None:
                    result[i] = read or None
        return result

    def _tags(self, batch: Batch) -> list[tuple[str, ...]]:
        columns = self._columns.of("tags")
        memo = self._tag_memo
        parts = [
            [(self._line_memo if column.index >= GROUP_COLUMN else memo)[t] for t in texts]
            for texts, column in ((batch.columns[j], column) for j, column in columns)
        ]
        if not parts:
            return [()] * batch.size
        if len(parts) == 1:
            return parts[0]
        return [tuple(dict.fromkeys(chain.from_iterable(row))) for row in zip(*parts, strict=True)]

    def _customs(self, batch: Batch) -> list[Pairs]:
        result = self._own_fields.clean(batch)
        for i, extras in batch.extras.items():
            result[i] = _with_extras(result[i], extras)
        return result

    # --- the row as it stood, and rows that make no customer -----------------------------------

    def _left_out(self, batch: Batch, drafts: Sequence[WireDraft]) -> list[tuple[int, str]]:
        """Rows that make no customer, each with its reason."""
        found: dict[int, str] = {}
        for i, draft in enumerate(drafts):
            if not draft[0]:
                blank = all(not t or t.isspace() for t in batch.row(i))
                found[i] = (
                    _("The row holds blanks only.")
                    if blank
                    else _("The row has no name, organisation, phone or e-mail.")
                )
        for i in self._suspects(batch):
            if batch.numbers[i] in self._customers:
                continue
            # What headed the row, or the sheet's name, stands in no column of the sheet.
            cells = [tidy_line(t) for t in batch.row(i)[: self._own]]
            if detect.repeats_header(cells, self._headers):
                found.setdefault(i, _("The row repeats the header."))
            elif detect.is_total(cells, self._phones):
                found.setdefault(i, _("The row adds others up."))
        return list(found.items())

    def _suspects(self, batch: Batch) -> list[int]:
        """Rows whose first filled cell is a header's text or a word for totals."""
        first = self._headers[0] if self._headers else ""
        may_be_total, starts = detect.TOTAL_HINT.match, detect.TOTAL_STARTS
        found = []
        for i, text in enumerate(batch.columns[0]):
            if not text:
                text = next(filter(None, batch.row(i)), "")
                if text in self._headers:
                    found.append(i)
            if text == first or (text[:1] in starts and may_be_total(text)):
                found.append(i)
        return found


def _with_extras(customs: Pairs, extras: list[tuple[str, str]]) -> Pairs:
    merged = dict(customs)
    for name, text in extras:
        merged[name] = f"{merged[name]}; {text}" if name in merged else text
    return tuple(merged.items())
