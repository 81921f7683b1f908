"""Tells what a file is by its content, never by its name.

Sources: [MS-XLS] for the BIFF record that starts an old workbook, OpenDocument 1.3 part 2 for the
`mimetype` member.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from crm_desktop.bridge.files.charsets import bare_utf16, marked_encoding
from crm_desktop.bridge.files.ole import OLE, open_ole
from crm_desktop.bridge.files.zipguard import Extent, check_zip, damaged, not_ours, open_zip
from crm_desktop.bridge.process.limits import Limits
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import N_, _

_HEAD = 65536

# What else people drop on a window, by its first bytes.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"BM", N_("a picture")),
    (b"II*\x00", N_("a picture")),
    (b"MM\x00*", N_("a picture")),
    (b"RIFF", N_("a sound, film or picture")),
    (b"ID3", N_("a sound, film or picture")),
    (b"\x1f\x8b", N_("a compressed archive")),
    (b"Rar!", N_("a compressed archive")),
    (b"7z\xbc\xaf", N_("a compressed archive")),
    (b"MZ", N_("a program")),
    (b"\x7fELF", N_("a program")),
    (b"SQLite format 3\x00", N_("a database")),
    (b"{\\rtf", N_("a text document")),
)
_XML = re.compile(r"<\?xml\b|<!doctype\s+(?!html)|<(?:\w+:)?workbook[\s>]", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|style|title|script|link|base|div|center|font|"
    r"form|span|br|hr|p|b|h[1-6]|thead|tbody|tr)\b",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"(?:<!--.{0,20000}?-->\s*)+", re.DOTALL)
_PROLOG = re.compile(r"(?:<[?!].{0,5000}?>\s*)+", re.DOTALL)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_MAIL_HEAD = re.compile(r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_VCARD = re.compile(r"(?:\w+\.)?BEGIN\s*:\s*VCARD\b", re.IGNORECASE)


class Format(StrEnum):
    """The kinds of file that can be imported."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"
    MHTML = "mhtml"
    XML = "xml"
    VCARD = "vcard"


@dataclass(slots=True)
class Source:
    """A file whose kind is known and whose bytes may be given to a reader.

    Attributes:
        data: the file's bytes, decrypted; for csv only its first part.
        sha256: hex digest of the file as it lies on the disk.
        extents: how far the cells of each OOXML sheet reach.
    """

    path: Path
    format: Format
    data: bytes
    sha256: str
    size: int
    extents: list[Extent] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without the folder."""
        return self.path.name


def check_path(path: Path, limits: Limits) -> int:
    """See whether there is a file worth opening; cheap enough for any thread.

    Returns:
        Its size in bytes.

    Raises:
        UserError: missing, a directory, empty, too large, or not ours to read.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise UserError(
                _("“{name}” is a folder; choose the spreadsheet inside it.").format(name=name)
            )
        if not path.exists():
            raise UserError(_("There is no file “{name}”.").format(name=path))
        if not path.is_file():
            raise UserError(_("“{name}” is not a file.").format(name=name))
        with path.open("rb"):
            size = path.stat().st_size
    except PermissionError as error:
        raise UserError(
            _(
                "You have no permission to read “{name}”, or another program keeps it locked."
            ).format(name=name)
        ) from error
    except (OSError, ValueError) as error:
        raise UserError(
            _("“{name}” cannot be read: {reason}").format(
                name=name, reason=getattr(error, "strerror", None) or error
            )
        ) from error
    if size == 0:
        raise UserError(_("“{name}” is empty (0 bytes).").format(name=name))
    if size > limits.file_size:
        raise UserError(
            _("“{name}” has {size} MB; files of up to {limit} MB can be imported.").format(
                name=name, size=size // 1_048_576, limit=limits.file_size // 1_048_576
            )
        )
    return size


def load(
    path: Path,
    password: str | None,
    limits: Limits,
    early: Callable[[Source], None] | None = None,
) -> Source:
    """Read a file, tell its kind, decrypt it where needed, and check what would be unpacked.

    Args:
        path: the file.
        password: for protected files.
        limits: caps on sizes.
        early: called with a source whose kind is known, but of which nothing was unpacked,
            counted or checked yet: it has neither hash nor extents.

    Raises:
        UserError: it is none of ours, damaged, hostile, or needs a password (`field` is then
            "password").
    """
    size = check_path(path, limits)
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if _is_binary_workbook(head):
            data = head + file.read(limits.file_size)
            return _load_binary(path, data, size, password, limits, early)
        kind = _text_kind(head, path.name)
        if kind is not Format.CSV:
            data = head + file.read(limits.file_size)
            if early is not None:
                early(Source(path, kind, data, "", size))
            return Source(path, kind, data, hashlib.sha256(data).hexdigest(), size)
        if early is not None:
            early(Source(path, kind, head, "", size))
        digest = hashlib.sha256(head)
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return Source(path, kind, head, digest.hexdigest(), size)


def _is_binary_workbook(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", OLE)) or _is_raw_biff(head)


def _is_raw_biff(head: bytes) -> bool:
    """A BIFF2–BIFF5 stream without a container: record BOF, length 4–16, version 0–5."""
    return (
        len(head) > 8
        and head[0] == 0x09
        and head[1] in (0x00, 0x02, 0x04, 0x08)
        and head[2] in (4, 6, 8, 16)
        and head[3] == 0
        and head[6] in (0x10, 0x20, 0x40, 0x05)
    )


def _load_binary(
    path: Path,
    data: bytes,
    size: int,
    password: str | None,
    limits: Limits,
    early: Callable[[Source], None] | None,
) -> Source:
    file, is_package = data, data.startswith(b"PK")
    if data.startswith(OLE):
        data, is_package = open_ole(data, path.name, password)
    if not is_package:
        if early is not None:
            early(Source(path, Format.XLS, data, "", size))
        return Source(path, Format.XLS, data, hashlib.sha256(file).hexdigest(), size)
    with open_zip(data, path.name) as archive:
        kind = _zip_kind(archive, path.name)
        if early is not None:
            early(Source(path, kind, data, "", size))
        extents = check_zip(archive, data, path.name, limits)
    return Source(path, kind, data, hashlib.sha256(file).hexdigest(), size, extents)


def _zip_kind(archive: zipfile.ZipFile, name: str) -> Format:
    members = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
    if "xl/workbook.bin" in members:
        return Format.XLSB
    if any(m == "xl/workbook.xml" or m.startswith("xl/worksheets/") for m in members):
        return Format.XLSM if "xl/vbaproject.bin" in members else Format.XLSX
    if "mimetype" in members or "content.xml" in members:
        return _open_document_kind(archive, name)
    if "word/document.xml" in members:
        raise not_ours(name, _("a Word document"))
    if "ppt/presentation.xml" in members:
        raise not_ours(name, _("a presentation"))
    if any(m.endswith(".iwa") for m in members):
        raise UserError(
            _("“{name}” is an Apple Numbers file; export it from Numbers as Excel first.").format(
                name=name
            )
        )
    raise UserError(
        _("“{name}” is a zip archive without a spreadsheet in it; unpack it first.").format(
            name=name
        )
    )


def _open_document_kind(archive: zipfile.ZipFile, name: str) -> Format:
    try:
        with archive.open("mimetype") as member:
            mimetype = member.read(200).decode("ascii", "replace")
    except KeyError:
        mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError) as error:
        raise damaged(name) from error
    if "opendocument.spreadsheet" not in mimetype:
        raise not_ours(name, _("another kind of document"))
    try:
        with archive.open("META-INF/manifest.xml") as member:
            locked = b"encryption-data" in member.read(1 << 20)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError):
        locked = False
    if locked:
        raise UserError(
            _(
                "“{name}” is an OpenDocument file with a password, which cannot be opened here; "
                "save it in LibreOffice without the password."
            ).format(name=name),
            field="password",
        )
    return Format.ODS


def _text_kind(head: bytes, name: str) -> Format:
    """Whether the beginning of a file is a table in text, our own export, or neither."""
    for magic, what in _FOREIGN:
        if head.startswith(magic) and not (magic in (b"BM", b"MZ", b"ID3") and _is_texty(head)):
            raise not_ours(name, _(what))
    if head[4:8] == b"ftyp":
        raise not_ours(name, _("a sound, film or picture"))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[{")):
        raise UserError(
            _("“{name}” is a JSON file, but not one that CRM Desktop wrote.").format(name=name)
        )
    text = _beginning(head)
    if text.startswith("<") and (kind := _markup_kind(text, name)):
        return kind
    if _is_letter(text):
        return Format.MHTML
    if _VCARD.match(text):
        return Format.VCARD
    if not _is_texty(head):
        raise UserError(
            _("“{name}” is not a spreadsheet: its content makes no sense as one.").format(name=name)
        )
    return Format.CSV


def _beginning(head: bytes) -> str:
    """The first characters of a file, good enough to tell what it is; ASCII comes out right."""
    encoding = marked_encoding(head) or "latin-1"
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def _markup_kind(text: str, name: str) -> Format | None:
    """What begins with a `<`; None for a text table that happens to."""
    if not _XML.match(text):
        bare = _behind(_COMMENTS, text)
        is_page = _HTML.match(bare) or (text.startswith("<!--") and _TABLE.search(text))
        return Format.HTML if is_page else None
    body = _behind(_PROLOG, text)
    if 'progid="Excel.Sheet"' in text or "urn:schemas-microsoft-com:office:spreadsheet" in text:
        if body[:5].lower() != "<html":
            return Format.XML
        return Format.HTML
    if _HTML.match(body):
        return Format.HTML
    if 'progid="Word.Document"' in text or "wordprocessingml" in text:
        raise not_ours(name, _("a Word document"))
    if "opendocument:xmlns:office" in text:
        raise UserError(
            _("“{name}” is a flat OpenDocument file; save it in LibreOffice as .ods first.").format(
                name=name
            )
        )
    raise UserError(
        _(
            "“{name}” is an XML file, but not one that Excel wrote; open it in Excel and save it "
            "as .xlsx."
        ).format(name=name)
    )


def _behind(start: re.Pattern[str], text: str) -> str:
    match = start.match(text)
    return text[match.end() :] if match else text


def _is_letter(text: str) -> bool:
    """Whether a text begins as web pages saved as one file do: with the head of a letter."""
    match = _MAIL_HEAD.match(text[:_HEAD])
    head = match.group(0).lower() if match else ""
    return "content-type:" in head and (
        "multipart/" in head or ("mime-version:" in head and "text/html" in head)
    )


def _is_texty(head: bytes) -> bool:
    """Whether bytes can be a text in any of the usual encodings."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if nuls := head.count(0):
        # UTF-16 without a mark; or a few stray zeros, which the reader drops.
        if bare_utf16(head):
            return True
        if nuls * 20 > len(head):
            return False
    controls = sum(head.count(c) for c in (*range(1, 9), *range(14, 27), 28, 29, 30, 31, 127))
    return controls * 200 <= len(head)
