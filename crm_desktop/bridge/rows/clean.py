"""Rows of a mapped sheet to customer drafts.

Works column by column over batches, with one cleaner compiled per column and every repeated
cell text remembered: a sheet of 100,000 rows has 1.5 million cells. Everything made here is
plain tuples in the order of the domain's named tuples, ready for the pipe (`wire`).

The rule for what cannot be taken: the text is kept, as a raw contact point or as a custom
value under the column's header, and a problem is reported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

from crm_desktop.bridge.rows import places
from crm_desktop.bridge.rows.apart import Apart
from crm_desktop.bridge.rows.batch import MEMORY, Batch, Memo
from crm_desktop.bridge.rows.mending import Mending, read_lines, read_tags
from crm_desktop.bridge.rows.own_fields import OwnFieldCleaner, Pairs
from crm_desktop.bridge.rows.points import Point, PointCleaner
from crm_desktop.bridge.rows.registered import FirmNumbers
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.mapping import custom_name
from crm_desktop.bridge.sheets.name_parts import is_further
from crm_desktop.bridge.sheets.profile import is_person_name
from crm_desktop.bridge.sheets.synonyms import (
    KINDS,
    STAGES,
    header_key,
    holds_city_and_region,
    holds_region_and_postcode,
)
from crm_desktop.bridge.values.date_columns import date_problem
from crm_desktop.bridge.values.dates import is_no_date, read_date, read_when
from crm_desktop.bridge.values.lunar import read_lunar_birthday
from crm_desktop.bridge.values.names import join_name, split_flipped
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.postal import with_zeros
from crm_desktop.bridge.values.text import (
    Value,
    column_letter,
    column_texts,
    has_cjk,
    is_tidy,
    narrow,
    tidy_line,
    tidy_text,
)
from crm_desktop.domain.customers import CustomerKind
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
]

_PERSON = CustomerKind.PERSON.value
_ORGANISATION = CustomerKind.ORGANISATION.value
_ADDRESS_PARTS = ("street", "postcode", "city", "region", "country")
# How the cells of several columns become one; the others name one place.
_JOINED = {"street": places.joined_lines, "postcode": places.joined_postcode}
_NO_MARKS: Mapping[int, Mark] = {}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Facts(NamedTuple):
    """What the whole sheet told about how its cells are to be read.

    Attributes:
        positions: 0-based column of the sheet for each value of a row.
        countries: ISO codes that national phone numbers are read in, the likeliest first.
        flipped: whether names stand as "Silva, Ana".
    """

    positions: tuple[int, ...]
    countries: tuple[str, ...]
    flipped: bool = False


class Mark(NamedTuple):
    """What is known of a row before it is cleaned: why it is left out, or whom it continues."""

    left_out: str = ""
    continues: bool = False


class SheetCleaner:
    """Cleans the rows of one sheet by one plan."""

    def __init__(self, plan: SheetPlan, facts: Facts) -> None:
        self._facts = facts
        letters = {c.index: c.column for c in plan.columns}
        self._letters = [letters.get(p) or column_letter(p) for p in facts.positions]
        self._headers = [""] * len(facts.positions)
        self._own = sum(1 for position in facts.positions if position < GROUP_COLUMN)
        self._columns: dict[str, list[tuple[int, ColumnMapping]]] = {}
        own: list[tuple[int, ColumnMapping]] = []
        self._apart: list[tuple[int, Apart]] = []
        width = len(facts.positions)
        columns = {position: j for j, position in enumerate(facts.positions)}
        for column in plan.columns:
            j = columns.get(column.index, -1)
            if j < 0:
                continue
            self._headers[j] = tidy_line(column.header)
            if column.custom:
                own.append((j, column))
            elif column.compound is not None:
                apart = Apart(column, facts.countries)
                self._apart.append((j, apart))
                for fed in apart.columns:
                    self._columns.setdefault(fed.field, []).append((width, fed))
                    width += 1
            elif column.field != SKIP:
                self._columns.setdefault(column.field, []).append((j, column))
        self._phones = {j for j, _column in self._columns.get("phone", ())}
        # Rows that the user said are customers.
        self._customers = {role.row for role in plan.roles if role.kind is None}
        self._mending = Mending(plan, facts.positions)
        self._points = PointCleaner(self._columns, facts.countries, own)
        self._own_fields = OwnFieldCleaner(own)
        self._firm_numbers = FirmNumbers(own)
        self._line = Memo(tidy_line)
        self._text = Memo(tidy_text)
        # Whose customers live in one country says no column of countries.
        home = facts.countries[0] if facts.countries and "country" not in self._columns else ""
        self._postcode = Memo(lambda text: with_zeros(narrow(text), home))
        self._tag_memo = Memo(read_tags)
        self._line_memo = Memo(read_lines)
        self._is_firm = Memo(is_organisation_name)
        self._join_memo: dict[tuple[str, str], str] = {}
        self._birthday_memos = {
            j: Memo(lambda text, c=column: _read_birthday(text, c.date_order))  # type: ignore[misc]
            for j, column in self._columns.get("birthday", ())
        }
        self._stage_memo = Memo(lambda text: STAGES.get(header_key(text)))
        self._kind_memo = Memo(lambda text: KINDS.get(header_key(text)))

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
        """
        if not rows:
            return []
        values: list[Sequence[Value]] = list(zip(*rows, strict=True))
        pairs = [column_texts(column) for column in values]
        texts = [texts for texts, _plain in pairs]
        if self._mending:  # what is kept as evidence is plain, and stays as it stood
            texts, values = self._mending.mended(numbers, texts, values)
        batch = Batch(numbers, texts, values)
        for j, apart in self._apart:
            batch.columns.extend(apart.split(batch.columns[j]))
        drafts = self._drafts(batch)
        raws = self._raws([plain for _texts, plain in pairs])
        out: list[WireRow] = list(
            zip(
                *(numbers, drafts, repeat(""), repeat(()), raws, repeat(False), repeat(())),
                strict=False,
            )
        )
        left_out = dict(self._left_out(batch, drafts))
        for i, mark in marks.items():
            number, draft, _why, problems, raw, _continues, remarks = out[i]
            if mark.continues and draft is not None:
                out[i] = (number, draft, left_out.pop(i, ""), problems, raw, True, remarks)
            elif mark.left_out:
                left_out[i] = mark.left_out
        for i, found in batch.problems.items():
            if i not in left_out:
                row = out[i]
                out[i] = (*row[:3], tuple(found), *row[4:])
        for i, reason in left_out.items():
            row = out[i]
            out[i] = (row[0], None, reason, (), row[4], False, ())
        return out

    # --- parts of a draft, each a list as long as the batch ------------------------------------

    def _drafts(self, batch: Batch) -> list[WireDraft]:
        points = self._points.clean(batch)
        names, kinds, given, family, organisations = self._names(batch, points)
        stages = self._coded(batch, "stage", self._stage_memo)
        birthdays = self._birthdays(batch)
        notes = self._joined(batch, "notes", self._text, "\n")
        addresses = self._addresses(batch)
        tags = self._tags(batch)
        customs = self._customs(batch)
        return list(
            zip(
                names,
                kinds,
                given,
                family,
                organisations,
                stages,
                birthdays,
                notes,
                points,
                addresses,
                tags,
                customs,
                strict=True,
            )
        )

    def _lines(self, batch: Batch, field: str) -> list[str] | None:
        """The one column of a field, tidied; later ones fill its blanks."""
        columns = self._columns.get(field)
        if not columns:
            return None
        result = self._tidied(batch, columns[0][0], self._line)
        for j, _column in columns[1:]:
            more = self._tidied(batch, j, self._line)
            result = [a or b for a, b in zip(result, more, strict=True)]
        return list(result)

    def _name_parts(self, batch: Batch, field: str) -> list[str]:
        """Given or family names; a middle name or a second surname stands behind the first."""
        columns = self._columns.get(field)
        if not columns:
            return [""] * batch.size
        first = [column for column in columns if not is_further(column[1].header)]
        columns = [*first, *(column for column in columns if column not in first)]
        parts = [self._tidied(batch, j, self._line) for j, _column in columns]
        if len(parts) == 1:
            return list(parts[0])
        return [" ".join(dict.fromkeys(filter(None, row))) for row in zip(*parts, strict=True)]

    @staticmethod
    def _tidied(batch: Batch, j: int, memo: Memo) -> Sequence[str]:
        """A column cleaned; most columns need no cleaning at all."""
        column = batch.columns[j]
        return column if is_tidy(column) else [memo[t] for t in column]

    def _joined(self, batch: Batch, field: str, memo: Memo, glue: str) -> Sequence[str]:
        columns = self._columns.get(field)
        if not columns:
            return [""] * batch.size
        parts = [self._tidied(batch, j, memo) for j, _column in columns]
        if len(parts) == 1:
            return parts[0]
        return [glue.join(dict.fromkeys(filter(None, row))) for row in zip(*parts, strict=True)]

    def _names(
        self, batch: Batch, points: list[tuple[Point, ...]]
    ) -> tuple[list[str], list[str], list[str], list[str], list[str]]:
        blank = [""] * batch.size
        whole = self._lines(batch, "name")
        given = self._name_parts(batch, "given_name")
        family = self._name_parts(batch, "family_name")
        firms = self._lines(batch, "organisation") or blank
        said = self._coded(batch, "kind", self._kind_memo)
        if whole is not None and self._facts.flipped:
            for i, name in enumerate(whole):
                if parts := split_flipped(name):
                    whole[i], given[i], family[i] = self._full(*parts), *parts
        if whole is None:
            names = list(map(self._full, given, family))
        elif "given_name" not in self._columns and "family_name" not in self._columns:
            names = whole
        else:
            names = [w or self._full(g, f) for w, g, f in zip(whole, given, family, strict=True)]
        is_firm, registered = self._is_firm, self._firm_numbers.rows(batch)
        organisations = [firm if _says_something(firm) else "" for firm in firms]
        kinds = [_PERSON] * batch.size
        for i, name in enumerate(names):
            firm = organisations[i]
            if _says_something(name):
                if said[i] == _ORGANISATION and (not firm or firm == name):
                    kinds[i] = _ORGANISATION
                elif said[i] != _PERSON and not (given[i] and family[i]):
                    # A person may give his firm's number for the bill: 王小明 is no firm's name.
                    numbered = i in registered and not firm and not _is_chinese(name)
                    if is_firm[name] or numbered:
                        kinds[i] = _ORGANISATION
                        given[i] = family[i] = ""
                if firm == name and kinds[i] is _ORGANISATION:
                    organisations[i] = ""
            elif firm:
                names[i], organisations[i] = firm, ""
                kinds[i] = _ORGANISATION if said[i] != _PERSON else _PERSON
            elif points[i]:  # "-" and "???" are no names, yet somebody answers there
                names[i] = next((p[2] for p in points[i] if p[2]), points[i][0][1]) or ""
            else:
                names[i] = ""
        return names, kinds, given, family, organisations

    def _full(self, given: str, family: str) -> str:
        """Put a name together in the order of its language."""
        key = (given, family)
        full = self._join_memo.get(key)
        if full is None:
            if len(self._join_memo) > MEMORY:
                self._join_memo.clear()
            full = self._join_memo[key] = join_name(given, family)
        return full

    def _birthdays(self, batch: Batch) -> list[str | None]:
        result: list[str | None] = [None] * batch.size
        for j, column in self._columns.get("birthday", ()):
            memo = self._birthday_memos[j]
            for i, text in enumerate(batch.columns[j]):
                if not text:
                    continue
                read, problem = memo[text]
                if problem:
                    self._keep(batch, i, column, text, problem)
                elif result[i] is None:
                    result[i] = read or None
        return result

    def _coded(self, batch: Batch, field: str, memo: Memo) -> list[str | None]:
        """A field of few known values; words that are none of them go to a custom field."""
        result: list[str | None] = [None] * batch.size
        for j, column in self._columns.get(field, ()):
            for i, text in enumerate(batch.columns[j]):
                if not text or text.isspace():
                    continue
                code = memo[text]
                if code is None:
                    self._keep(batch, i, column, text, _("This word is not known here."))
                elif result[i] is None:
                    result[i] = code
        return result

    def _keep(self, batch: Batch, i: int, column: ColumnMapping, text: str, problem: str) -> None:
        """Keep a text that its field cannot take under the column's header."""
        if kept := tidy_text(text):
            name = custom_name(column.header, column.index)
            batch.extras.setdefault(i, []).append((name, kept))
            batch.report(i, column, text, problem)

    def _addresses(self, batch: Batch) -> list[tuple[tuple[Any, ...], ...]]:
        groups: dict[str, dict[str, list[int]]] = {}
        for part in _ADDRESS_PARTS:
            for j, column in self._columns.get(part, ()):
                groups.setdefault(column.label, {}).setdefault(part, []).append(j)
        if not groups:
            return [()] * batch.size
        made: list[list[tuple[tuple[Any, ...], ...]]] = []
        for label, parts in groups.items():
            columns = places.settled(
                places.Parts(
                    *(self._address_part(batch, p, parts.get(p, [])) for p in _ADDRESS_PARTS)
                ),
                regions_too=self._any_header("city", label, holds_city_and_region),
                regions_of_codes=self._any_header("postcode", label, holds_region_and_postcode),
            )
            made.append(
                [
                    ((s, p, c, r, k, label, None),) if s or p or c or r or k else ()
                    for s, p, c, r, k in zip(*columns, strict=True)
                ]
            )
        if len(made) == 1:
            return made[0]
        return [tuple(chain.from_iterable(row)) for row in zip(*made, strict=True)]

    def _any_header(self, field: str, label: str, says: Callable[[str], bool]) -> bool:
        columns = self._columns.get(field, ())
        return any(says(column.header) for _j, column in columns if column.label == label)

    def _address_part(self, batch: Batch, part: str, columns: list[int]) -> Sequence[str]:
        if not columns:
            return [""] * batch.size
        parts = [self._tidied(batch, j, self._line) for j in columns]
        joined = _JOINED.get(part, places.joined_once)
        texts = parts[0] if len(parts) == 1 else list(map(joined, zip(*parts, strict=True)))
        return [self._postcode[t] for t in texts] if part == "postcode" else texts

    def _tags(self, batch: Batch) -> list[tuple[str, ...]]:
        columns = self._columns.get("tags", ())
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

    def _raws(self, plain: Sequence[Sequence[Any]]) -> list[str]:
        """JSON of each row: encoded in one call, and cut apart after it.

        `},{"` cannot occur inside a JSON string, where every quote has a backslash before it.
        """
        letters = self._letters
        rows = [
            {k: v for k, v in zip(letters, row, strict=True) if v != ""}
            if "" in row
            else dict(zip(letters, row, strict=True))
            for row in zip(*plain, strict=True)
        ]
        if not all(rows):
            return [_encode(row) for row in rows]
        parts = _encode(rows)[3:-2].split('},{"')
        return ['{"' + part + "}" for part in parts]

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


def _says_something(text: str) -> bool:
    """Whether a text holds a letter or a digit: "-" and "???" stand where nothing is known."""
    return bool(text) and (text[0].isalnum() or any(map(str.isalnum, text)))


def _is_chinese(name: str) -> bool:
    return has_cjk(name) and is_person_name(name)


def _read_birthday(text: str, order: str) -> tuple[str, str]:
    """ISO text, "" for what means "none"; and what is wrong with it, "" for nothing."""
    tidy = tidy_line(text)
    if not tidy or is_no_date(narrow(tidy)):
        return "", ""
    read = read_date(tidy, order or "DMY", birthday=True)
    if read is None:
        when = read_when(tidy, order or "DMY", birthday=True)
        says_lunar = when is not None and when.part == "lunar"
        if (says_lunar or tidy[:1] == "L") and (lunar := read_lunar_birthday(tidy)):
            return lunar.text, ""
        return "", date_problem(when) or _("This is not a possible date.")
    return read, ""


def _with_extras(customs: Pairs, extras: list[tuple[str, str]]) -> Pairs:
    merged = dict(customs)
    for name, text in extras:
        merged[name] = f"{merged[name]}; {text}" if name in merged else text
    return tuple(merged.items())
