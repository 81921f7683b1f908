"""Fonts inside a PDF: composite fonts whose codes are ours, subset by HarfBuzz.

reportlab's own TTFont knows glyphs by character only. It can neither place the joining forms
of Arabic without inventing private characters (which is what a reader then finds and copies)
nor name a character beyond U+FFFF. Here each code of the PDF's font stands for a glyph *and*
the text it draws, so whatever shaping makes of a name, searching finds the name.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from crm_desktop.reports.fonts import Face

# What a viewer needs to paint glyphs by number; layout tables have done their work before.
_KEPT_TABLES = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"})
_ITALIC_ANGLE = 0
_SYMBOLIC = 4


class EmbeddedFont(dict[str, str]):
    """One font of one document: what it has drawn so far.

    As a mapping it gives the code of a character, as four hexadecimal digits.

    Attributes:
        face: the font file.
        name: what the pages' streams call it.
    """

    def __init__(self, face: Face, name: str) -> None:
        super().__init__()
        self.face = face
        self.name = name
        self._codes: dict[tuple[int, str], int] = {(0, ""): 0}

    def __missing__(self, char: str) -> str:
        code = self[char] = self.code(self.face.glyph(char), char)
        return code

    def code(self, glyph: int, text: str) -> str:
        """The code for a glyph that draws `text`, as four hexadecimal digits."""
        codes = self._codes
        return f"{codes.setdefault((glyph, text), len(codes)):04x}"

    def encode(self, text: str) -> str:
        """Codes of text that needs no shaping."""
        return "".join(map(self.__getitem__, text))

    def addObjects(self, doc: Any) -> None:
        """Write the font into the document; reportlab calls this when it saves."""
        glyphs = [glyph for glyph, _text in self._codes]
        program, new_ids = _subset(self.face, set(glyphs))
        tag = "".join(chr(65 + (zlib.crc32(program) >> (4 * i)) % 16) for i in range(6))
        base = pdfdoc.PDFName(f"{tag}+{self.face.name}")

        def add(obj: Any, part: str) -> Any:
            return doc.Reference(obj, f"crm:{self.name}:{part}")

        descriptor = _descriptor(self.face, base, add(_stream(program, length1=True), "file"))
        to_glyph = b"".join(new_ids[glyph].to_bytes(2, "big") for glyph in glyphs)
        widths = [round(self.face.advance(glyph) * 1000, 1) for glyph in glyphs]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": base,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": add(descriptor, "descriptor"),
                "CIDToGIDMap": add(_stream(to_glyph), "glyphs"),
                "DW": 1000,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            }
        )
        unicode_map = _unicode_map(text for _glyph, text in self._codes)
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": base,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([add(descendant, "descendant")]),
                "ToUnicode": add(_stream(unicode_map), "unicode"),
            }
        )
        doc.idToObject["BasicFonts"].dict[self.name] = add(font, "font")


def packed_stream(data: bytes) -> Any:
    """A stream object that is compressed now, so that a big document stays small in memory."""
    return _stream(data)


def _stream(data: bytes, *, length1: bool = False) -> Any:
    entries: dict[str, Any] = {"Filter": pdfdoc.PDFName("FlateDecode")}
    if length1:
        entries["Length1"] = len(data)
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), zlib.compress(data) + b"\n")


def _subset(face: Face, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """The font program with these glyphs only, and their numbers in it."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    # without this, every glyph that the layout could ever substitute comes along
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.drop_table_tag_set.update(
        int.from_bytes(tag.encode(), "big")
        for tag in face.hb_face.table_tags
        if tag not in _KEPT_TABLES
    )
    plan = hb.SubsetPlan(face.hb_face, wanted)
    ids = plan.old_to_new_glyph_mapping
    return bytes(plan.execute().blob.data), {glyph: ids[glyph] for glyph in glyphs}


def _descriptor(face: Face, base: Any, program: Any) -> Any:
    extents = face.hb_font.get_font_extents("ltr")
    scale = 1000 / face.units
    ascent, descent = round(extents.ascender * scale), round(extents.descender * scale)
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": base,
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray([-200, descent, 2000, ascent]),
            "ItalicAngle": _ITALIC_ANGLE,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": 700,
            "StemV": 80,
            "FontFile2": program,
        }
    )


def _unicode_map(texts: Iterable[str]) -> bytes:
    """A ToUnicode CMap: the text of each code."""
    pairs = [
        f"<{code:04x}> <{text.encode('utf-16-be').hex()}>"
        for code, text in enumerate(texts)
        if text
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):  # a block holds a hundred at most
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
