"""Opening a file with the reader that suits it."""

from __future__ import annotations

from crm_desktop.bridge.files.book import Book
from crm_desktop.bridge.files.calamine import CalamineBook
from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.xls import XlsBook
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.domain.errors import UserError


def open_book(source: Source, limits: Limits, *, sparse: bool = False) -> Book:
    """Open a file with the reader that suits it.

    Args:
        source: the file, already looked over.
        limits: caps; sheets vaster than `dense_cells` and thinly filled are read sparsely.
        sparse: read OOXML with our own streaming reader whatever it looks like.

    Raises:
        UserError: the content cannot be read.
    """
    from crm_desktop.bridge.files.delimited import CsvBook
    from crm_desktop.bridge.files.sparse import SparseBook

    if source.format is Format.CSV:
        return CsvBook(source)
    if source.format is Format.XLS:
        return XlsBook(source)
    if source.format in (Format.HTML, Format.MHTML, Format.XML, Format.VCARD):
        return _open_text(source, limits)
    if source.format is Format.XLSB and (own := _own_reader(source, sparse=sparse)):
        return own
    if source.format in (Format.XLSX, Format.XLSM):
        hollow = any(extent.is_hollow(limits.dense_cells) for extent in source.extents)
        if sparse or hollow:
            return SparseBook(source)
    try:
        book = CalamineBook(source)
    except UserError:
        if source.format not in (Format.XLSX, Format.XLSM):
            raise
        return SparseBook(source)
    return book


def _own_reader(source: Source, *, sparse: bool) -> Book | None:
    """Our reader of binary workbooks, where calamine would give a part or nothing."""
    from crm_desktop.bridge.files.xlsb import XlsbBook

    try:
        book = XlsbBook(source)
    except UserError:
        return None  # calamine may make more of it
    return book if sparse or book.is_needed() else None


def _open_text(source: Source, limits: Limits) -> Book:
    """The formats that are markup or cards, each with a reader of our own."""
    from crm_desktop.bridge.files.mhtml import html_book, mhtml_book
    from crm_desktop.bridge.files.spreadsheetml import spreadsheetml_book
    from crm_desktop.bridge.files.vcard import vcard_book

    if source.format is Format.HTML:
        return html_book(source, limits)
    if source.format is Format.MHTML:
        return mhtml_book(source)
    if source.format is Format.XML:
        return spreadsheetml_book(source)
    return vcard_book(source)
