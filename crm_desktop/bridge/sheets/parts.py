"""The tables of a file: a whole sheet, an area of one, or many sheets of one template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from crm_desktop.bridge.files.book import Book, Row, Sheet
from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.bands import find_bands
from crm_desktop.bridge.sheets.blank_forms import is_blank_form, read_blank
from crm_desktop.bridge.sheets.card_pictures import comments_on, on_cards, without_logos
from crm_desktop.bridge.sheets.cards import MOST_STACKED, CardSheet, read_cards
from crm_desktop.bridge.sheets.colours import Colours, find_colours
from crm_desktop.bridge.sheets.form_labels import without_lines
from crm_desktop.bridge.sheets.forms import Card
from crm_desktop.bridge.sheets.layout import find_tables
from crm_desktop.bridge.sheets.legend import of_sheet
from crm_desktop.bridge.sheets.scan import Report, ScannedSheet, scan_sheet
from crm_desktop.bridge.sheets.sister_forms import find_form
from crm_desktop.bridge.sheets.small_cards import MOST_ROWS as MOST_SMALL
from crm_desktop.bridge.sheets.small_cards import read_alike, read_small
from crm_desktop.bridge.traits.model import Comment, Image, Traits
from crm_desktop.bridge.traits.money import with_amounts
from crm_desktop.bridge.traits.reader import read_traits
from crm_desktop.bridge.values.text import cell_text, tidy_line
from crm_desktop.domain.imports import Area, Band, BandKind
from crm_desktop.i18n import _

_MOST_CARD_COLUMNS = 60
_TELLING = 8  # forms that tell enough of their template


@dataclass(slots=True)
class Part:
    """A table that is imported as one.

    Attributes:
        index: of its sheet in the book; of the first one for cards.
        area: its place on a sheet that has several.
        cards: names of the sheets, for cards.
        read: filled cells of its whole sheet, other tables' too.
        colours: those that tell its rows apart, and their legend.
        blank: its sheet is a form that nobody has filled in, or a legend of colours.
        heading: row of the title that says what its customers are; 0 for none.
        beside: what stands beside the values of cards, by the rows of their list.
        explained: what another sheet says of colours.
    """

    name: str
    index: int
    scan: ScannedSheet
    traits: Traits = field(default_factory=Traits)
    area: Area | None = None
    cards: CardSheet | None = None
    hidden: bool = False
    read: int = 0
    blank: bool = False
    colours: Colours = field(default_factory=Colours)
    heading: int = 0
    beside: Traits | None = None
    explained: Mapping[str, str] = field(default_factory=dict)
    _found: list[Band] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._look()

    @property
    def top(self) -> int:
        """Number of the first row."""
        return self.scan.top

    @property
    def is_cards(self) -> bool:
        """Whether its rows are cards, not rows of a sheet."""
        return self.cards is not None

    def sheet(self, book: Book) -> Sheet:
        """The rows to read."""
        if self.cards is not None:
            return self.cards
        sheet = book.sheet(self.index)
        return sheet if self.area is None else AreaSheet(sheet, self.area)

    def bands(self) -> list[Band]:
        """Rows that are no customers, as far as they were recognised."""
        if self.cards is not None:
            return []
        found = self._found
        if self.heading:
            found = [
                band._replace(kind=BandKind.GROUP) if band.first == self.heading else band
                for band in found
            ]
        legend = self.colours.legend.rows
        if not legend:
            return found
        found = [band for band in found if band.first not in legend]
        found += [Band(BandKind.NOTE, number, number) for number in legend]
        return sorted(found, key=lambda band: band.first)

    def _look(self) -> None:
        """Find bands and colours; headings and totals tell nothing of what a column holds."""
        if self.is_cards:
            return
        shape = self.scan.outline
        area = Area(shape.top, shape.left, shape.last, shape.left + max(shape.width - 1, 0))
        self._found = find_bands(shape, area, self.scan.header, self.traits)
        # Rows of the sample are the outline's own, so that they are known by identity.
        odd = {
            id(shape.rows[n])
            for band in self._found
            if band.kind not in (BandKind.TITLE, BandKind.HEADER)
            for n in range(band.first, band.last + 1)
            if n in shape.rows
        }
        heads = self.scan.headers
        self.scan.sample = [
            row for row in self.scan.sample if id(row) not in odd and not _is_header(row, heads)
        ]
        if self.traits.fills:
            self.colours = find_colours(self.scan, self.traits, self._found, self.explained)
            left = self.scan.left
            self.scan.aside = frozenset(j - left for j in self.colours.legend.columns)

    def explain(self, said: Mapping[str, str]) -> None:
        """Look at the colours anew, with what another sheet says of them."""
        self.explained = said
        self._look()

    def rescan(self, book: Book, report: Report, header_row: int) -> None:
        """Look at the table anew, with another header row."""
        self.scan = scan_sheet(
            self.sheet(book),
            self.name,
            report,
            self.traits,
            top=self.top,
            header_row=header_row,
        )
        self._look()


def _is_header(row: Row, headers: Sequence[str]) -> bool:
    """Whether a row is the header once more, on another printed page."""
    # Few rows share a text with the header: the others are not looked at in full.
    if not any(value == head != "" for value, head in zip(row, headers, strict=False)):
        return False
    return detect.repeats_header([tidy_line(cell_text(v)) for v in row], headers)


class Template(NamedTuple):
    """Cards of one form: the part that they become, and the name of the sheet of each."""

    part: Part
    cards: list[Card]
    names: list[str]


class AreaSheet:
    """A part of a sheet, from its own first row on."""

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self._sheet = sheet
        self._area = area
        self.left = max(area.left, sheet.left)
        self.height: int | None = area.bottom - area.top + 1

    def rows(self) -> Iterator[Row]:
        """The rows of the area."""
        area = self._area
        start, end = self.left - self._sheet.left, area.right - self._sheet.left + 1
        for number, row in enumerate(self._sheet.rows(), start=1):
            if number > area.bottom:
                return
            if number >= area.top:
                yield row[start:end]


def find_parts(source: Source, book: Book, report: Report) -> list[Part]:
    """Look through a book."""
    parts: list[Part] = []
    templates: list[_Template] = []
    small: list[_Small] = []
    others: list[_Other] = []
    for index, name in enumerate(book.names):
        sheet, traits = _load(source, book, index)
        scan = scan_sheet(sheet, name, report, traits)
        hidden, read = book.hidden[index], sum(scan.outline.counts)
        if cards := _cards(sheet, scan, traits):
            form = _form(sheet, traits) if len(cards) == 1 else []
            template = next((t for t in templates if t.cards[0].is_like(cards[0])), None)
            if template is None:
                template = _Template(Part(name, index, scan, traits, hidden=hidden))
                templates.append(template)
                parts.append(template.part)
            template.add(cards, name, _on_cards(source, name, cards, traits, sheet.left), form)
            continue
        first = len(parts)
        areas = find_tables(scan.outline, traits)
        if not areas:
            part = Part(name, index, scan, traits, hidden=hidden, read=read)
            parts.append(part)
            if scan.outline.last <= MOST_SMALL and (
                card := read_small(rows := _form(sheet, traits))
            ):
                small.append(_Small(part, rows, card, sheet.left))
        for area in areas:
            own = scan_sheet(AreaSheet(sheet, area), name, report, traits, top=area.top)
            parts.append(Part(name, index, own, traits, area, hidden=hidden, read=read))
        if scan.outline.last <= MOST_SMALL:
            others.append(_Other(parts[first:], _form(sheet, traits), sheet.left))
    _explain(parts)
    small = _take_sisters(source, others, templates, parts, small)
    _take_small(source, small, templates, parts)
    _take_blank(others, templates, parts)
    for template in templates:
        part = template.part
        part.cards, part.colours = CardSheet(template.cards, template.sheets), Colours()
        part.scan = scan_sheet(part.cards, part.name, report, Traits(), header_row=1, header_rows=1)
        images = without_logos(template.images, len(template.cards))
        # The form's columns are not the list's: a field of the same letter is no amount.
        part.traits = replace(part.traits, images=images, currencies={})
        comments = {(row, place): said for place, (row, said) in enumerate(template.comments)}
        part.beside = Traits(comments=comments)
    return parts


def _explain(parts: Sequence[Part]) -> None:
    """Tell every table what a sheet that is nothing but a legend says of colours."""
    said: dict[str, str] = {}
    for part in parts:
        if part.traits.fills and not part.is_cards:
            found = of_sheet(part.name, part.scan.outline, part.traits)
            part.blank = bool(found)
            said.update(found)
    for part in parts if said else ():
        part.explain(said)


class _BesideCards(NamedTuple):
    """What stands beside the values of a sheet's cards; rows count from its first card."""

    images: Sequence[Image] = ()
    comments: Sequence[tuple[int, Comment]] = ()


def _on_cards(
    source: Source, sheet: str, cards: Sequence[Card], traits: Traits, left: int
) -> _BesideCards:
    said = _("Picture from {file}, sheet {sheet}").format(file=source.name, sheet=sheet)
    comments = comments_on(cards, traits.comments, left)
    return _BesideCards(on_cards(cards, traits.images, left, said), comments)


@dataclass(slots=True)
class _Template:
    """Cards that follow one template, of one sheet or several.

    Attributes:
        sheets: for each card, the name of its sheet.
        forms: for each card, the rows of its sheet where that holds no other.
        images, comments: those of the cards, with the cards' rows in their list.
    """

    part: Part
    cards: list[Card] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    comments: list[tuple[int, Comment]] = field(default_factory=list)
    forms: list[Sequence[Row]] = field(default_factory=list)

    def add(
        self,
        cards: Sequence[Card],
        sheet: str,
        beside: _BesideCards,
        form: Sequence[Row] = (),
    ) -> None:
        """Add the cards of a sheet, with what stands beside their values."""
        before = len(self.cards)
        self.images += [
            i._replace(cell=(i.cell[0] and i.cell[0] + before, 0)) for i in beside.images
        ]
        self.comments += [(row + before, comment) for row, comment in beside.comments]
        self.cards += cards
        self.sheets += [sheet] * len(cards)
        self.forms += [form] * len(cards)


class _Small(NamedTuple):
    """A sheet that may be a card, if another one has its form."""

    part: Part
    rows: list[Row]
    card: Card
    left: int


class _Other(NamedTuple):
    """A sheet that holds no form as far as its own words tell, and the tables that it has."""

    parts: list[Part]
    rows: list[Row]
    left: int


def _take_sisters(
    source: Source,
    others: Sequence[_Other],
    templates: Sequence[_Template],
    parts: list[Part],
    small: Sequence[_Small],
) -> list[_Small]:
    """Read forms anew by what their like on other sheets tells of them.

    Returns:
        The small forms that are left.
    """
    taken: set[int] = set()
    for template in templates:
        form = find_form(template.forms) if all(template.forms) else None
        if form is None:
            continue
        for at, (rows, card) in enumerate(zip(template.forms, template.cards, strict=True)):
            if form.is_blank(rows):
                template.cards[at] = replace(card, pairs=())
            elif again := form.read(rows):
                template.cards[at] = replace(again, top=card.top, left=card.left)
        for other in others:
            part = other.parts[0]
            if id(part) in taken or not form.is_on(other.rows):
                continue
            if found := form.read(other.rows) or form.read_thin(other.rows):
                beside = _on_cards(source, part.name, [found], part.traits, other.left)
                template.add([found], part.name, beside, other.rows)
                taken |= set(map(id, other.parts))
    parts[:] = [part for part in parts if id(part) not in taken]
    return [one for one in small if id(one.part) not in taken]


def _take_small(
    source: Source, small: Sequence[_Small], templates: list[_Template], parts: list[Part]
) -> None:
    """Make cards of sheets with few labels, where another sheet has the same form."""
    groups: list[list[_Small]] = []
    joined: set[int] = set()

    def add(template: _Template, found: _Small, card: Card) -> None:
        part = found.part
        beside = _on_cards(source, part.name, [card], part.traits, found.left)
        template.add([card], part.name, beside, found.rows)
        if part is not template.part:
            joined.add(id(part))

    for found in small:
        if alike := next((t for t in templates if t.cards[0].is_like(found.card)), None):
            add(alike, found, found.card)
        elif group := next((g for g in groups if g[0].card.is_like(found.card)), None):
            group.append(found)
        else:
            groups.append([found])
    for group in groups:
        if not (cards := read_alike([found.rows for found in group])):
            continue
        template = _Template(group[0].part)
        templates.append(template)
        for found, card in zip(group, cards, strict=True):
            add(template, found, card)
    parts[:] = [part for part in parts if id(part) not in joined]


def _take_blank(
    others: Sequence[_Other], templates: Sequence[_Template], parts: list[Part]
) -> None:
    """Forms that nobody has filled in go with those of their template, or are empty sheets."""
    left = set(map(id, parts)) - {id(template.part) for template in templates}
    taken: set[int] = set()
    for other in others:
        if not left.issuperset(map(id, other.parts)):
            continue
        for template in templates:
            sisters = [pair for pair in zip(template.forms, template.cards, strict=True) if pair[0]]
            if sisters and (card := read_blank(other.rows, sisters[:_TELLING])):
                template.add([card], other.parts[0].name, _BesideCards())
                taken |= set(map(id, other.parts))
                break
        else:
            if is_blank_form(other.rows):
                for part in other.parts:
                    part.blank = True
    parts[:] = [part for part in parts if id(part) not in taken]


def _load(source: Source, book: Book, index: int) -> tuple[Sheet, Traits]:
    """A sheet, and what it says beside its values."""
    if source.format not in (Format.XLSX, Format.XLSM):
        return book.sheet(index), read_traits(source, book, index)
    # calamine lets go of Python's lock while it reads, and the two share nothing.
    with ThreadPoolExecutor(1) as aside:
        traits = aside.submit(read_traits, source, book, index)
        return book.sheet(index), traits.result()


def _cards(sheet: Sheet, scan: ScannedSheet, traits: Traits) -> list[Card]:
    if scan.outline.last > MOST_STACKED or scan.width > _MOST_CARD_COLUMNS:
        return []
    return read_cards(_form(sheet, traits))


def _form(sheet: Sheet, traits: Traits) -> list[Row]:
    """A sheet's rows as a form's: the lines to write on are blank, amounts have a currency."""
    return with_amounts(without_lines(sheet.rows()), traits.money, sheet.left)
