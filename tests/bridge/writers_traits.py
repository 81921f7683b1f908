"""Files that say something beside their values, and what is read of them."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from crm_desktop.bridge.files.books import open_book
from crm_desktop.bridge.files.formats import load
from crm_desktop.bridge.process.limits import DEFAULT_LIMITS
from crm_desktop.bridge.traits.model import Traits
from crm_desktop.bridge.traits.reader import read_traits

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": (
        "http://purl.oclc.org/ooxml/drawingml/main"
    ),
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": (
        "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"
    ),
}
_PREFIXED = re.compile(r"<(/?)(?![\w.\-]+:|[?!])")


def traits_of(path: Path, sheet: int = 0, *, sparse: bool = False) -> Traits:
    source = load(path, None, DEFAULT_LIMITS)
    return read_traits(source, open_book(source, DEFAULT_LIMITS, sparse=sparse), sheet)


def rewrite(path: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Copy a zip, each part through a function of its name and bytes."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return target


def without(path: Path, target: Path, part: str, content: bytes) -> Path:
    """Copy a zip with one part's content replaced."""
    return rewrite(path, target, lambda name, data: content if name == part else data)


def strict(path: Path, target: Path) -> Path:
    """The same workbook in the namespaces of Strict OOXML."""

    def change(name: str, data: bytes) -> bytes:
        if name.endswith((".xml", ".rels")) and not name.startswith("docProps"):
            for old, new in STRICT.items():
                data = data.replace(old.encode(), new.encode())
        return data

    return rewrite(path, target, change)


def prefixed(path: Path, target: Path) -> Path:
    """The same workbook with `x:` before the names of its sheets' and styles' elements."""

    def change(name: str, data: bytes) -> bytes:
        if not re.match(r"xl/(?:worksheets/[^/]+|workbook|styles|comments\d*)\.xml$", name):
            return data
        text = data.decode().replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        return _PREFIXED.sub(r"<\1x:", text).encode()

    return rewrite(path, target, change)


def raw_xlsx(
    path: Path, sheet: str, *, styles: str = "", parts: Mapping[str, str | bytes] | None = None
) -> Path:
    """A workbook of one sheet from its bare XML."""
    names = dict(parts or {})
    names.setdefault("xl/worksheets/sheet1.xml", sheet)
    if styles:
        names["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    names.setdefault(
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    )
    names.setdefault(
        "xl/_rels/workbook.xml.rels",
        relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")),
    )
    names["_rels/.rels"] = relations(("rId1", "officeDocument", "xl/workbook.xml"))
    names["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/></Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return path


def relations(*entries: tuple[str, str, str]) -> str:
    """A part of relations: id, last word of the type, target (external where it has a scheme)."""
    lines = ""
    for name, kind, target in entries:
        mode = ' TargetMode="External"' if ":" in target else ""
        lines += f'<Relationship Id="{name}" Type="{RELS}/{kind}" Target="{target}"{mode}/>'
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{lines}</Relationships>"
    )


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet part around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}" xmlns:r="{RELS}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


# --- OpenDocument --------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": "office",
    "table": "table",
    "text": "text",
    "style": "style",
    "number": "datastyle",
    "fo": "xsl-fo-compatible",
    "draw": "drawing",
}


def write_ods(path: Path, tables: str, *, styles: str = "", named: str | None = "") -> Path:
    """A document from the XML of its tables and automatic styles; `named`: styles.xml."""
    spaces = " ".join(f'xmlns:{p}="{_ODF}{n}:1.0"' for p, n in _SPACES.items())
    spaces += (
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        if named is not None:
            archive.writestr(
                "styles.xml",
                f"<office:document-styles {spaces}><office:styles>{named}</office:styles>"
                "</office:document-styles>",
            )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


# --- BIFF8 ---------------------------------------------------------------------------------------


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text16(text: str) -> bytes:
    """A string of BIFF8 with a length of 16 bits."""
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def text8(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def font(*, struck: bool = False) -> bytes:
    options = 0x08 if struck else 0
    head = struct.pack("<HHHHHBBBB", 200, options, 0x7FFF, 400, 0, 0, 0, 0, 0)
    return record(0x31, head + text8("Arial"))


def cell_style(*, font_index: int = 0, number: int = 0, fill: int | None = None) -> bytes:
    """An XF record: the fill is an index of the palette, solid."""
    pattern = (1 << 26) if fill is not None else 0
    colours = (fill if fill is not None else 64) | (65 << 7)
    data = struct.pack("<HHHBBBBIIH", font_index, number, 1, 0x20, 0, 0, 0xFC, 0, pattern, colours)
    return record(0xE0, data)


def write_biff8(
    path: Path, sheet: bytes, *, styles: bytes, formats: bytes = b"", flag: int = 0
) -> Path:
    """An old workbook of one sheet; fonts 0–4 are plain, 5 is struck."""
    bof = struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)
    fonts = font() * 4 + font(struck=True)  # font 4 does not exist, so this is number 5
    default = record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    head = record(0x809, bof) + record(0x42, struct.pack("<H", 1200))
    head += record(0x22, struct.pack("<H", flag)) + fonts + formats + default + styles
    bound = struct.pack("<IBB", 0, 0, 0) + text8("S")
    start = len(head) + len(record(0x85, bound)) + 4
    head += record(0x85, struct.pack("<IBB", start, 0, 0) + text8("S")) + record(0x0A)
    body = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    path.write_bytes(head + body + sheet + record(0x0A))
    return path
