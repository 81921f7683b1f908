"""What an xlsx or xlsm sheet says beside its values, read from its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.ooxml import Package, UnreadableError
from crm_desktop.bridge.traits.marks import cells_of
from crm_desktop.bridge.traits.model import Cell, Image, Traits
from crm_desktop.bridge.traits.money import currencies
from crm_desktop.bridge.traits.notes import (
    read_cell_pictures,
    read_comments,
    read_images,
    read_tables,
)
from crm_desktop.bridge.traits.sheet import SheetPart, read_sheet_part
from crm_desktop.bridge.traits.styles import Look, read_currencies, read_looks
from crm_desktop.bridge.values.text import column_index
from crm_desktop.i18n import _

_T = TypeVar("_T")
_SHARED_TEXT = re.compile(rb"<si\s*/>|<si>.*?</si>", re.DOTALL)
_NUMBER_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"(?: s="(\d+)")?(?: t="n")?>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>'
)
_LETTER = re.compile(rb"<t(?: [^>]*)?>[^<]*[^<\s]")
_SHARED_CELL = re.compile(rb'<c [^>]*t="s"[^>]*>\s*<v>(\d+)</v>')
_BLANK_INLINE = re.compile(rb"<is>\s*(?:<t(?: [^>]*)?/>|<t(?: [^>]*)?>\s*</t>)\s*</is>")


class OoxmlTraits:
    """The traits of a workbook's sheets; styles and relations are read once."""

    def __init__(self, source: Source, names: Sequence[str]) -> None:
        self._package = Package(source)
        self._names = names
        self._unread: list[str] = []
        self._sheets: list[tuple[str, str]] = []
        self._epoch_1904 = False
        self._looks: dict[int, Look] = {}
        self._currencies: dict[str, str] = {}
        try:
            self._sheets, self._epoch_1904 = self._package.sheets()
        except UnreadableError:
            return  # every sheet says so
        self._looks = _try(
            lambda: read_looks(self._package),
            {},
            self._unread,
            _("Colours, struck text and number formats could not be read."),
        )
        self._currencies = _try(
            lambda: read_currencies(self._package),
            {},
            self._unread,
            _("Colours, struck text and number formats could not be read."),
        )

    def read(self, index: int) -> Traits:
        """The traits of a sheet by its place in the book's names."""
        part = self._part(index)
        sheet = SheetPart()
        unread = list(self._unread)
        failed = _("What is hidden, merged, linked or computed in this sheet could not be read.")
        if part is None:
            traits = sheet.marks.traits
            traits.unread.append(failed)
            return traits
        package = self._package
        sheet = _try(lambda: read_sheet_part(package, part, self._looks), sheet, unread, failed)
        traits = sheet.marks.finish()
        traits.epoch_1904 = self._epoch_1904
        if failed in unread:
            traits.cells = None
        nowhere: tuple[dict[int, str], dict[Cell, str]] = ({}, {})
        traits.currencies, traits.money = _try(
            lambda: self._shown_currencies(part),
            nowhere,
            unread,
            _("Colours, struck text and number formats could not be read."),
        )
        _try(
            lambda: self._add_links(part, sheet, traits),
            None,
            unread,
            _("The links of this sheet could not be read."),
        )
        traits.comments = _try(
            lambda: read_comments(package, part),
            {},
            unread,
            _("The notes on cells could not be read."),
        )
        traits.tables = _try(
            lambda: read_tables(package, part),
            [],
            unread,
            _("The tables that the file declares could not be read."),
        )
        no_images = _("The pictures of this sheet could not be read.")
        traits.images = _try(lambda: read_images(package, part), [], unread, no_images)
        if pictures := sheet.marks.pictures:
            nothing: list[Image] = []
            found = _try(lambda: read_cell_pictures(package, pictures), nothing, unread, no_images)
            traits.images += found
            for image in found:
                del traits.errors[image.cell]
        traits.unread = list(dict.fromkeys(unread))
        return traits

    def _shown_currencies(self, part: str) -> tuple[dict[int, str], dict[Cell, str]]:
        """The columns whose numbers show a currency, as far as the sheet's beginning tells.

        And its cells that do.
        """
        if not self._currencies:
            return {}, {}
        beginning = next(self._package.chunks(part), b"")
        cells = [
            (column_index(letters.decode()), int(row), style.decode())
            for letters, row, style in _NUMBER_CELL.findall(beginning)
        ]
        codes = self._currencies
        money = {(row, column): codes[s] for column, row, s in cells if s in codes}
        return currencies(((column, s) for column, _row, s in cells), codes), money

    def count_blank_texts(self, index: int) -> int:
        """How many cells hold a text without a letter, shared or their own."""
        part, package = self._part(index), self._package
        if part is None:
            return 0
        try:
            cells = package.read(part)
            count = len(_BLANK_INLINE.findall(cells))
            for name in package.related(package.workbook, "sharedStrings"):
                texts = enumerate(_SHARED_TEXT.finditer(package.read(name)))
                blank = {b"%d" % n for n, found in texts if not _LETTER.search(found.group())}
                count += sum(1 for n in _SHARED_CELL.findall(cells) if n in blank) if blank else 0
        except UnreadableError:
            return 0
        return count

    def _part(self, index: int) -> str | None:
        """The part of a sheet: that of its name, the second of two by the same name."""
        name = self._names[index]
        same = [part for sheet, part in self._sheets if sheet == name]
        which = list(self._names[:index]).count(name)
        if which < len(same):
            return same[which]
        # Readers clean names up; where both count the same sheets, the place tells.
        return self._sheets[index][1] if len(self._sheets) == len(self._names) else None

    def _add_links(self, part: str, sheet: SheetPart, traits: Traits) -> None:
        if not sheet.links:
            return
        relations = self._package.relations(part)
        for area, name, place in sheet.links:
            relation = relations.get(name)
            if relation is None or not relation.external or not relation.target:
                continue
            address = relation.target
            if place and "#" not in address:
                address = f"{address}#{place}"
            for cell in cells_of(area):
                traits.links[cell] = address


def _try(read: Callable[[], _T], nothing: _T, unread: list[str], sentence: str) -> _T:
    """What a part says, or nothing and a sentence where it makes no sense."""
    try:
        return read()
    except UnreadableError:
        unread.append(sentence)
        return nothing
