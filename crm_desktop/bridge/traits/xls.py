"""What an xls sheet says beside its values, from what xlrd reads along with them.

xlrd reads no formatting of Excel 2, and no formulas at all: which cells add others up is told
by the formula's last token, [MS-XLS] 2.5.198 (Ptg).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from struct import unpack_from
from typing import Any

from crm_desktop.bridge.files.xls import XlsBook
from crm_desktop.bridge.traits.marks import cells_of, drop_wide_fills
from crm_desktop.bridge.traits.model import Area, Cell, Comment, Traits
from crm_desktop.bridge.traits.number_formats import BUILT_IN, says_more
from crm_desktop.bridge.traits.styles import WHITE, Look
from crm_desktop.i18n import _

_SOLID = 1
_FIRST_FORMATTED = 30
_EMPTY = {0, 6}
_ERROR = 5
_FORMULA = re.compile(rb"\x06\x00[\x16-\xff][\x00-\x0f](?=.{22})", re.DOTALL)
_ADDING = {4, 344}  # SUM, SUBTOTAL


class XlsTraits:
    """The traits of an old workbook's sheets."""

    def __init__(self, book: XlsBook) -> None:
        self._book = book
        self._looks: dict[int, Look] | None = None

    def read(self, index: int) -> Traits:
        """The traits of a sheet by its place in the book's names."""
        sheet = self._book.raw_sheet(index)
        book = self._book.raw
        traits = Traits(epoch_1904=bool(book.datemode))
        if not self._book.with_formatting or book.biff_version < _FIRST_FORMATTED:
            traits.unread.append(
                _("What is hidden or merged, colours, links and notes could not be read.")
            )
        else:
            if self._looks is None:
                self._looks = dict(_read_looks(book))
            _read_frame(sheet, traits)
        _read_cells(sheet, self._looks or {}, traits)
        traits.sums = set(_adding_cells(book, index))
        return traits


def _read_looks(book: Any) -> Iterator[tuple[int, Look]]:
    for number, xf in enumerate(book.xf_list):
        look = Look(_is_struck(book, xf), _fill(book, xf), _code(book, xf))
        if not xf.is_style and any(look):
            yield number, look


def _is_struck(book: Any, xf: Any) -> bool:
    # Font 4 is left out of the file's own count, which xlrd makes up for.
    return xf.font_index < len(book.font_list) and bool(book.font_list[xf.font_index].struck_out)


def _fill(book: Any, xf: Any) -> str:
    if xf.background.fill_pattern != _SOLID:
        return ""
    rgb = book.colour_map.get(xf.background.pattern_colour_index)
    colour = "#{:02X}{:02X}{:02X}".format(*rgb) if rgb else ""
    return "" if colour == WHITE else colour


def _code(book: Any, xf: Any) -> str:
    known = book.format_map.get(xf.format_key)
    code = known.format_str if known is not None else ""
    if xf.format_key in BUILT_IN and code in ("", "General"):
        code = BUILT_IN[xf.format_key]
    return code if says_more(code) else ""


def _read_frame(sheet: Any, traits: Traits) -> None:
    traits.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    traits.hidden_columns = {
        column for column, info in sheet.colinfo_map.items() if info.hidden and column < 256
    }
    traits.merged = [
        Area(top + 1, left, bottom, right - 1)
        for top, bottom, left, right in sheet.merged_cells
        if bottom - top > 1 or right - left > 1
    ]
    for link in sheet.hyperlink_list:
        target = link.url_or_path
        if link.type == "workbook" or not target:
            continue
        if isinstance(target, bytes):
            target = target.decode("utf-8", "replace")
        if link.textmark and "#" not in target:
            target = f"{target}#{link.textmark}"
        area = Area(link.frowx + 1, link.fcolx, link.lrowx + 1, link.lcolx)
        for cell in cells_of(area):
            traits.links[cell] = target
    for (row, column), note in sheet.cell_note_map.items():
        text, author = (note.text or "").strip(), (note.author or "").strip()
        head, colon, rest = text.partition(":")
        if colon and author and head.strip() == author and rest[:1] in ("\n", "\r", ""):
            text = rest.strip()
        if text:
            traits.comments[row + 1, column] = Comment(text.replace("\r\n", "\n"), author)


def _read_cells(sheet: Any, looks: dict[int, Look], traits: Traits) -> None:
    from xlrd import error_text_from_code

    wanted = frozenset(looks)
    styled = sheet._cell_xf_indexes if wanted else None
    rows = 0
    for index in range(sheet.nrows):
        types = sheet.row_types(index)
        row = index + 1
        if _ERROR in types:
            values = sheet.row_values(index)
            for column, kind in enumerate(types):
                if kind == _ERROR:
                    code = values[column]
                    traits.errors[row, column] = error_text_from_code.get(code, f"#{code}")
        if styled is None:
            continue
        rows += bool(types)
        if wanted.isdisjoint(styled[index]):
            continue
        row_holds = not _EMPTY.issuperset(types)
        first = next((c for c, kind in enumerate(types) if kind), -1)
        for column, number in enumerate(styled[index]):
            if number in wanted:
                holds = types[column] not in _EMPTY
                after = column + 1
                leads = after < len(types) and types[after] not in _EMPTY
                begins = leads or (row_holds and column == first)
                _note(traits, (row, column), looks[number], holds=holds, begins=begins)
    drop_wide_fills(traits.fills, rows)


def _note(traits: Traits, cell: Cell, look: Look, *, holds: bool, begins: bool) -> None:
    if holds and look.struck:
        traits.struck.add(cell)
    if holds and look.code:
        traits.number_formats[cell] = look.code
    if look.fill and (holds or begins):
        traits.fills[cell] = look.fill


def _adding_cells(book: Any, index: int) -> Iterator[Cell]:
    """Cells whose formula ends in SUM or SUBTOTAL: what comes last is done last."""
    if book.biff_version < 50:
        return
    # Walking from record to record takes 0.6 s for a million of them; a search takes a tenth. What
    # only looks like a formula has to have its length and its last token right as well.
    starts = sorted(book._sh_abs_posn)
    start = book._sh_abs_posn[index]
    end = next((other for other in starts if other > start), book.base + book.stream_len)
    for match in _FORMULA.finditer(book.mem, start, end):
        position = match.start()
        length, row, column = unpack_from("<HHH", book.mem, position + 2)
        (size,) = unpack_from("<H", book.mem, position + 24)
        tokens = bytes(book.mem[position + 26 : position + 26 + size])
        if size <= length - 22 and column < 256 and _adds(tokens):
            yield row + 1, column


def _adds(tokens: bytes) -> bool:
    if len(tokens) >= 4 and tokens[-4] == 0x19:  # PtgAttrSum: SUM of one argument
        return bool(tokens[-3] & 0x10)
    if len(tokens) >= 4 and tokens[-4] in (0x22, 0x42, 0x62):  # PtgFuncVar
        return int.from_bytes(tokens[-2:], "little") & 0x7FFF in _ADDING
    return False
