"""What a sheet says beside its values, whatever the file's format."""

from __future__ import annotations

from typing import Protocol
from weakref import WeakKeyDictionary

from crm_desktop.bridge.files.book import Book
from crm_desktop.bridge.files.formats import Format, Source
from crm_desktop.bridge.files.xls import XlsBook
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.i18n import _


class _Reader(Protocol):
    def read(self, index: int) -> Traits: ...


class _Counter(Protocol):
    def count_blank_texts(self, index: int) -> int: ...


# What a workbook's sheets share is read once a book.
_readers: WeakKeyDictionary[Book, _Reader] = WeakKeyDictionary()


def read_traits(source: Source, book: Book, index: int) -> Traits:
    """Read what a sheet says beside its values.

    What cannot be read is left out and named in `Traits.unread`; nothing here keeps the values
    from being read.

    Args:
        source: the file.
        book: the same file, opened for its values; says which sheets there are.
        index: which of its sheets.
    """
    if source.format is Format.XLSB:
        sentence = _(
            "Of an .xlsb workbook only the values are read: not what is hidden, its notes, links "
            "and colours."
        )
        return Traits(unread=[sentence])
    reader = _readers.get(book)
    if reader is None:
        reader = _open(source, book)
        if reader is None:
            return Traits()
        _readers[book] = reader
    return reader.read(index)


def count_blank_texts(book: Book, index: int) -> int:
    """How many cells of a sheet hold a text without a letter; 0 where the format has none.

    The file counts them among its cells, and nobody else does. It takes another look at all of
    them: only for a sheet that seems to have lost many.
    """
    reader: object = _readers.get(book)
    if reader is None or not hasattr(reader, "count_blank_texts"):
        return 0
    counter: _Counter = reader
    return counter.count_blank_texts(index)


def _open(source: Source, book: Book) -> _Reader | None:
    """The reader of a format; None for those that are values and nothing else."""
    if isinstance(book, XlsBook):
        from crm_desktop.bridge.traits.xls import XlsTraits

        return XlsTraits(book)
    if source.format is Format.ODS:
        from crm_desktop.bridge.traits.ods import OdsTraits

        return OdsTraits(source, book.names)
    if source.format in (Format.XLSX, Format.XLSM):
        from crm_desktop.bridge.traits.ooxml_sheets import OoxmlTraits

        return OoxmlTraits(source, book.names)
    return None
