"""Web pages as books: saved as one file (HTML), as one letter (MHTML), or with a folder beside.

Excel saves a workbook of several sheets as a page of frames and a page for each sheet; the
first one lists the sheets. Sources: RFC 2557 (MHTML), RFC 2045 (encodings), "Microsoft Office
HTML and XML Reference" (`x:WorksheetSource`).
"""

from __future__ import annotations

import binascii
import posixpath
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from crm_desktop.bridge.files.formats import Source
from crm_desktop.bridge.files.grid import GridBook
from crm_desktop.bridge.files.markup import Page, read_page
from crm_desktop.bridge.files.zipguard import damaged
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _

_HEADER = 1 << 16
_DEEPEST = 5
_MOST_PARTS = 10_000
_END_OF_HEAD = re.compile(rb"\r?\n[ \t]*\r?\n")


class Part(NamedTuple):
    """A page or a style sheet within a letter."""

    location: str
    kind: str
    charset: str
    data: bytes


def html_book(source: Source, limits: Limits) -> GridBook:
    """Open a web page, and the pages of the folder beside it where it is a mere frame.

    Raises:
        UserError: there is no table, or the folder is missing.
    """
    name = source.name
    page = read_page(source.data, name)
    book = _alone(page)
    if not page.tables and (wanted := _wanted(page)):
        _add_neighbours(book, source, wanted, limits)
    return _checked(book, name)


def page_book(source: Source) -> GridBook:
    """Open a web page by itself.

    Raises:
        UserError: there is no table.
    """
    return _checked(_alone(read_page(source.data, source.name)), source.name)


def _alone(page: Page) -> GridBook:
    book = GridBook()
    _add(book, page, _only_name(page))
    return book


def _only_name(page: Page) -> str:
    """What Excel calls the one table of a page."""
    return page.sheets[0].name if len(page.sheets) == len(page.tables) == 1 else ""


def mhtml_book(source: Source) -> GridBook:
    """Open a web page saved as one file.

    Raises:
        UserError: there is no table in it, or it is no letter that can be read.
    """
    name = source.name
    parts = list(_parts(source.data, name, 0))
    css = "\n".join(p.data.decode("latin-1") for p in parts if p.kind == "text/css")
    pages = [p for p in parts if p.kind in ("text/html", "application/xhtml+xml")]
    book = GridBook()
    taken: set[str] = set()
    for part in pages:
        base = _base(part.location)
        if base in taken or base.startswith("tabstrip."):
            continue
        page = read_page(part.data, name, charset=part.charset, css=css)
        links = [link for link in page.sheets if link.source]
        if not page.tables and links:
            by_base = {_base(p.location): p for p in pages}
            for link in links:
                sheet = by_base.get(_base(link.source))
                if sheet is None or _base(link.source) in taken:
                    continue
                taken.add(_base(link.source))
                inner = read_page(sheet.data, name, charset=sheet.charset, css=css)
                _add(book, inner, link.name, hidden=link.hidden, even_empty=True)
        else:
            _add(book, page, _only_name(page))
    return _checked(book, name)


def _checked(book: GridBook, name: str) -> GridBook:
    if not book.names:
        raise UserError(_("“{name}” is a web page without a table in it.").format(name=name))
    return book


def _add(
    book: GridBook, page: Page, name: str, *, hidden: bool = False, even_empty: bool = False
) -> None:
    """Put a page's tables into a book."""
    from crm_desktop.bridge.files.grid import Grid

    if even_empty and not page.tables:
        book.add(name, Grid(), hidden=hidden or page.hidden)
    for n, table in enumerate(page.tables, start=1):
        title = name or table.name
        if not title and len(page.tables) > 1:
            title = _("Table {n}").format(n=n)
        book.add(title, table.grid, hidden=hidden or page.hidden)


def _wanted(page: Page) -> list[tuple[str, str, bool]]:
    """Name, address and hiddenness of the pages that a frame is made of."""
    sheets = [(s.name, s.source, s.hidden) for s in page.sheets if s.source]
    frames = [("", f, False) for f in page.frames if not _base(f).startswith("tabstrip.")]
    return sheets or frames


def _add_neighbours(
    book: GridBook, source: Source, wanted: list[tuple[str, str, bool]], limits: Limits
) -> None:
    home = source.path.parent.resolve()
    budget = limits.file_size
    for name, address, hidden in wanted:
        path = _within(home, address)
        if path is None or path.stat().st_size > budget:
            raise UserError(
                _(
                    "“{name}” is only the frame of a saved workbook; its sheets are missing from "
                    "the folder beside it. Save the workbook as .xlsx."
                ).format(name=source.name)
            )
        budget -= path.stat().st_size
        sheet = path.with_name("stylesheet.css")
        known = sheet.is_file() and sheet.stat().st_size < 1 << 20
        css = sheet.read_text("latin-1") if known else ""
        page = read_page(path.read_bytes(), source.name, css=css)
        _add(book, page, name, hidden=hidden, even_empty=bool(name))


def _within(home: Path, address: str) -> Path | None:
    """The file at a relative address, if it lies in or below a folder."""
    plain = unquote(address.split("#")[0].split("?")[0]).replace("\\", "/")
    if not plain or ":" in plain or plain.startswith("/"):
        return None
    try:
        path = (home / plain).resolve()
        return path if path.is_relative_to(home) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _base(location: str) -> str:
    return posixpath.basename(unquote(location).replace("\\", "/").split("?")[0]).lower()


# --- letters -------------------------------------------------------------------------------------


def _parts(data: bytes, name: str, depth: int) -> Iterator[Part]:
    """The texts of a letter, in order; letters within letters as well."""
    head, body = _cut_head(data)
    try:
        message = BytesHeaderParser().parsebytes(head)
        kind = message.get_content_type()
        boundary = message.get_boundary() if kind.startswith("multipart/") else None
    except (ValueError, LookupError, IndexError, TypeError) as error:
        raise damaged(name) from error
    if kind.startswith("multipart/") and depth < _DEEPEST:
        if not boundary or len(boundary) > 200:
            raise damaged(name)
        for piece in _pieces(body, boundary):
            yield from _parts(piece, name, depth + 1)
    elif kind in ("text/html", "text/css", "application/xhtml+xml"):
        location = str(message.get("Content-Location") or "")
        yield Part(location, kind, _charset(message), _unpacked(message, body, name))


def _cut_head(data: bytes) -> tuple[bytes, bytes]:
    if data[:1] in (b"\r", b"\n"):  # a part without a head
        return b"", data
    match = _END_OF_HEAD.search(data, 0, _HEADER)
    return (data[: match.start()], data[match.end() :]) if match else (data[:_HEADER], b"")


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    mark = re.compile(
        rb"(?:\A|\r?\n)--"
        + re.escape(boundary.encode("latin-1", "replace"))
        + rb"(--)?[ \t]*\r?\n?"
    )
    start = -1
    for count, match in enumerate(mark.finditer(body)):
        if start >= 0:
            yield body[start : match.start()]
        if match.group(1) or count > _MOST_PARTS:
            return
        start = match.end()
    if start >= 0:
        yield body[start:]  # cut off: what is there is read


def _charset(message: Message) -> str:
    try:
        return message.get_content_charset() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _unpacked(message: Message, body: bytes, name: str) -> bytes:
    encoding = str(message.get("Content-Transfer-Encoding") or "").strip().lower()
    try:
        if encoding == "quoted-printable":
            return binascii.a2b_qp(body)
        if encoding == "base64":
            return binascii.a2b_base64(body)
    except (binascii.Error, ValueError) as error:
        raise damaged(name) from error
    return body
