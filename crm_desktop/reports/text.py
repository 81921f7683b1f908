"""Lines of text in any mixture of scripts: measured, wrapped, written into a page.

Nothing here knows markup, so nothing needs escaping. A text that is too long wraps; none is
ever cut off.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from crm_desktop.reports.bidi import bidi_levels, is_rtl, strip_isolates
from crm_desktop.reports.embed import EmbeddedFont
from crm_desktop.reports.fonts import COMPLEX, HAN, INVISIBLE, Face, Weight, fonts
from crm_desktop.reports.shaping import Glyph, GlyphRun, shape_line


class Style(NamedTuple):
    """How a text looks.

    Attributes:
        size: in points.
        colour: red, green, blue from 0 to 1, as PDF writes them.
        leading: from one base line to the next, in points.
        kern: whether letters are fitted to each other; worth its time in headings only.
    """

    size: float
    colour: str
    leading: float
    weight: Weight = Weight.REGULAR
    kern: bool = False


class Line(NamedTuple):
    """One line, ready to be drawn.

    Attributes:
        runs: stretches of one font from left to right: text, or glyphs where it was shaped.
        width: in points.
        rtl: whether its paragraph reads from right to left.
        order: in which the runs are read, where that is not from left to right.
    """

    runs: Sequence[tuple[Face, str | tuple[Glyph, ...]]]
    width: float
    rtl: bool = False
    order: tuple[int, ...] = ()


# Characters between which a line may break without a space.
_IDEOGRAPHS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff00-\uffef\U00020000-\U0003ffff"
)
# Kinsoku: no line begins with one of these …
_CLOSING = (
    "、。，．・：；？！）］｝〉》」』】〕〗〙々ー゛゜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "％℃”’…—,.:;?!)\\]}%"
)
# … and none ends with one of these.
_OPENING = "（［｛〈《「『【〔〖〘“‘(\\[{￥＄"
_THAI_LEADING = "\u0e40-\u0e44"
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[{_IDEOGRAPHS}]"
    rf"|[^\s{_IDEOGRAPHS}{_OPENING}{_THAI_LEADING}]+"
    # Thai has no spaces between words; before a leading vowel at least a syllable begins
    rf"|[{_THAI_LEADING}][^\s{_IDEOGRAPHS}{_OPENING}{_THAI_LEADING}]*)?[{_CLOSING}]*\s*"
)
_SHARED_SIGNS = str.maketrans(dict.fromkeys("‘’“”—…·", "一"))
_GOOD_BREAK = frozenset("@._-/\\?&=+,;:|")
# Halves of characters, which damaged files bring and no encoding can write.
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACING = str.maketrans(
    {"\t": "    ", **dict.fromkeys("\r\v\f\x85\u2028\u2029", "\n"), "\xa0": " "}
)


def clean(text: str) -> str:
    r"""Text as it can be drawn: composed, without control characters, one `\n` a line end."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    text = strip_isolates(text.translate(_SPACING))
    if COMPLEX.search(text):  # the joiners and marks of direction do their work there
        return "".join(c for c in text if c == "\n" or not _is_noise(c))
    return "\n".join(INVISIBLE.sub("", part) for part in text.split("\n"))


def measure(text: str, style: Style) -> float:
    """Width of one line in points."""
    return line(text, style).width


@lru_cache(maxsize=2048)
def line(text: str, style: Style) -> Line:
    """A text on one line, however long."""
    return _line(clean(text).replace("\n", " "), style)


def wrap(text: str, style: Style, width: float) -> list[Line]:
    """Break a text into lines.

    Lines break at spaces and between ideographs; what is too long for a line, such as an
    e-mail address, breaks where it must. Line ends in the text are kept.

    Args:
        text: plain text.
        style: its look.
        width: of the lines, in points.
    """
    lines: list[Line] = []
    for paragraph in clean(text).split("\n"):
        lines += _wrap_paragraph(paragraph.rstrip(), style, width)
    return lines


def _wrap_paragraph(text: str, style: Style, width: float) -> list[Line]:
    family = fonts(style.weight)
    if COMPLEX.search(text):
        return _wrap_complex(text, style, width)
    whole = _line(text, style)
    if whole.width <= width:
        return [whole]
    room = width / style.size
    measured: Callable[[str], float] = family.latin.width
    if not family.plain.issuperset(text):
        # signs that are wide beside an ideograph are measured as wide
        wide = _SHARED_SIGNS if HAN.search(text) else {}

        def measured(unit: str) -> float:
            return family.width(unit.translate(wide))

    return [_line(text[a:b], style) for a, b in _breaks(text, measured, room)]


def _wrap_complex(text: str, style: Style, width: float) -> list[Line]:
    family = fonts(style.weight)
    rtl = is_rtl(text)
    levels = bidi_levels(text, rtl=rtl)

    def measured(unit: str) -> float:
        return _width(shape_line(unit, bidi_levels(unit, rtl=rtl), family, rtl=rtl)[0])

    def fitting(start: int, end: int, room: float) -> list[Line]:
        lines = []
        for a, b in _breaks(text[start:end], measured, room):
            a, b = a + start, b + start
            made = _shaped(text[a:b], levels[a:b], style, rtl=rtl)
            if made.width > width and b - a > 1 and room > 1:
                # Letters that were measured alone join into a wider line now and then.
                lines += fitting(a, b, room * min(0.9, width / made.width))
            else:
                lines.append(made)
        return lines

    return fitting(0, len(text), width / style.size)


def _breaks(text: str, measured: Callable[[str], float], room: float) -> list[tuple[int, int]]:
    """Where the lines of a paragraph start and end, without the spaces between them."""
    spans: list[tuple[int, int]] = []
    start = end = 0  # of the line at hand
    used = 0.0  # its width with the spaces after it
    for match in _UNIT.finditer(text):
        unit = match.group()
        if not unit:
            continue
        at = match.start()
        bare = unit.rstrip()
        length = measured(bare)
        if used + length > room:
            if end > start:
                spans.append((start, end))
            start, used = at, 0.0  # without the blanks that a paragraph may begin with
        if length > room:  # longer than any line
            for cut in _cuts(bare, measured, room):
                spans.append((start, at + cut))
                start = at + cut
            length = measured(text[start : at + len(bare)])
        end = at + len(bare)
        used += length
        if len(unit) > len(bare):
            used += measured(unit[len(bare) :])
    if end > start or not spans:
        spans.append((start, end))
    return spans


def _cuts(word: str, measured: Callable[[str], float], room: float) -> list[int]:
    """Where to cut a word that fits no line; after a sign if there is one in the last third."""
    cuts: list[int] = []
    widths = [measured(char) for char in word]
    start, used, index = 0, 0.0, 0
    while index < len(word):
        used += widths[index]
        # joined letters may be wider than the same ones alone
        at_end = index == len(word) - 1
        if index > start and (used > room or (at_end and measured(word[start:]) > room)):
            cut = index
            while cut > start + 1 and (whole := measured(word[start:cut])) > room:
                cut = max(start + 1, min(cut - 1, start + int((cut - start) * room / whole)))
            while cut > start + 1 and unicodedata.category(word[cut])[0] == "M":
                cut -= 1  # a mark stays with its letter
            for back in range(cut, start + (cut - start) * 2 // 3, -1):
                if word[back - 1] in _GOOD_BREAK:
                    cut = back
                    break
            cuts.append(cut)
            start, used, index = cut, 0.0, cut
            continue
        index += 1
    return cuts


def _line(text: str, style: Style) -> Line:
    family = fonts(style.weight)
    if COMPLEX.search(text):
        rtl = is_rtl(text)
        return _shaped(text, bidi_levels(text, rtl=rtl), style, rtl=rtl)
    if style.kern:
        return _shaped(text, [0] * len(text), style, rtl=False)
    runs = family.runs(text)
    return Line(runs, sum(face.width(part) for face, part in runs) * style.size)


def _shaped(text: str, levels: Sequence[int], style: Style, *, rtl: bool) -> Line:
    runs, order = shape_line(text, levels, fonts(style.weight), rtl=rtl)
    straight = order == tuple(range(len(runs)))
    return Line(runs, _width(runs) * style.size, rtl, () if straight else order)


def _width(runs: Sequence[GlyphRun]) -> float:
    return sum(glyph.advance for _face, glyphs in runs for glyph in glyphs)


def _run_width(run: tuple[Face, str | tuple[Glyph, ...]]) -> float:
    face, part = run
    return face.width(part) if isinstance(part, str) else sum(g.advance for g in part)


def _is_noise(char: str) -> bool:
    return INVISIBLE.match(char) is not None and char not in "\u200c\u200d\u200e\u200f\u061c"


class FontBook:
    """The fonts of one document, embedded as they are first used."""

    def __init__(self, doc: object) -> None:
        """Start with none.

        Args:
            doc: reportlab's document.
        """
        self._doc = doc
        self._fonts: dict[str, EmbeddedFont] = {}

    def __getitem__(self, face: Face) -> EmbeddedFont:
        try:
            return self._fonts[face.key]
        except KeyError:
            font = EmbeddedFont(face, f"T{len(self._fonts) + 1}")
            self._fonts[face.key] = font
            self._doc.delayedFonts.append(font)  # type: ignore[attr-defined]
            return font


class Ink:
    """The text of one page as PDF operators: one text object that writes only what changes."""

    def __init__(self, book: FontBook) -> None:
        self._book = book
        self._ops: list[str] = []
        self._font = ""
        self._colour = ""

    def draw(self, x: float, y: float, text: Line, style: Style) -> None:
        """Write a line; `x`, `y` is where its base line begins, in points."""
        ops = self._ops
        if style.colour != self._colour:
            self._colour = style.colour
            ops.append(f"{style.colour} rg")
        if text.order:
            # The runs stand where they belong but are written in the order of reading, as
            # readers of the text (PDFium among them) follow the order of writing.
            left = x
            places = []
            for run in text.runs:
                places.append((left, run))
                left += _run_width(run) * style.size
            for index in text.order:
                at, run = places[index]
                ops.append(f"1 0 0 1 {at:.2f} {y:.2f} Tm")
                self._run(*run, style)
            return
        ops.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for face, part in text.runs:
            self._run(face, part, style)

    def draw_turned(self, x: float, y: float, text: Line, style: Style, degrees: float) -> None:
        """Write a line that rises (or falls) from `x`, `y`; of scripts read from left to right."""
        turn = math.radians(degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        self._colour = style.colour
        self._ops += [
            f"{style.colour} rg",
            f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm",
        ]
        for face, part in text.runs:
            self._run(face, part, style)

    def _run(self, face: Face, part: str | tuple[Glyph, ...], style: Style) -> None:
        ops = self._ops
        font = self._book[face]
        chosen = f"/{font.name} {style.size:g} Tf"
        if chosen != self._font:
            self._font = chosen
            ops.append(chosen)
        if face.bold:
            ops.append(f"{style.colour} RG {style.size * 0.028:.2f} w 2 Tr")
        if isinstance(part, str):
            ops.append(f"<{font.encode(part)}> Tj")
        else:
            ops.append(_place(part, font, style.size))
        if face.bold:
            ops.append("0 Tr")

    def operators(self) -> str:
        """All that was written, as one text object."""
        return "\n".join(("BT", *self._ops, "ET")) if self._ops else ""


def _place(glyphs: Sequence[Glyph], font: EmbeddedFont, size: float) -> str:
    """Operators for glyphs that stand where HarfBuzz put them.

    Where several glyphs draw one cluster (a letter and its mark, a Thai vowel), the cluster's
    text is said beside them, as no code could say it for all.
    """
    out: list[str] = []
    row: list[str] = []
    rise = 0.0
    move = 0  # still to go back before the next glyph, in thousandths
    advance = font.face.advance

    def flush() -> None:
        if row:
            out.append(f"[{''.join(row)}] TJ")
            row.clear()

    for glyph in glyphs:
        if glyph.opens:
            flush()
            said = glyph.opens.encode("utf-16-be").hex()
            out.append(f"/Span <</ActualText <feff{said}>>> BDC")
        if glyph.dy != rise:
            flush()
            rise = glyph.dy
            out.append(f"{rise * size:.2f} Ts")
        move -= round(glyph.dx * 1000)
        if move:
            row.append(f"{move}")
        row.append(f"<{font.code(glyph.number, glyph.text)}>")
        move = round((advance(glyph.number) + glyph.dx - glyph.advance) * 1000)
        if glyph.closes:
            flush()
            out.append("EMC")
    if move:  # the pen ends where the next font's run begins
        row.append(f"{move}")
    flush()
    if rise:
        out.append("0 Ts")
    return " ".join(out)
