"""One line of text that cannot be drawn character by character: bidi order and HarfBuzz.

Lines of Arabic, Hebrew, Thai, Devanagari, of mixed direction or with combining marks come here;
everything else never does. The order of the runs is the Unicode bidirectional algorithm's
(`bidi.py`), the glyphs and their places are HarfBuzz's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import uharfbuzz as hb

from crm_desktop.reports.bidi import visual_runs, with_trailing_space_reset
from crm_desktop.reports.fonts import Face, Fonts


class Glyph(NamedTuple):
    """One placed glyph; lengths in em.

    Attributes:
        number: of the glyph in its font.
        text: the characters it draws, "" where several glyphs draw them together.
        advance: how far the pen moves.
        dx: where the glyph stands beside the pen.
        dy: where it stands above it.
        opens: what it and the glyphs after it draw together, on the first of such glyphs.
        closes: whether it is the last of them.
    """

    number: int
    text: str
    advance: float
    dx: float
    dy: float
    opens: str = ""
    closes: bool = False


GlyphRun = tuple[Face, tuple[Glyph, ...]]


def shape_line(
    text: str, levels: Sequence[int], fonts: Fonts, *, rtl: bool = False
) -> tuple[list[GlyphRun], tuple[int, ...]]:
    """Lay out one line.

    Args:
        text: the line in logical order.
        levels: the embedding level of each of its characters.
        fonts: the fonts to choose from.
        rtl: direction of the paragraph it is part of.

    Returns:
        Runs of one font each, from left to right, and their order in reading.
    """
    levels = with_trailing_space_reset(text, levels, int(rtl))
    runs: list[GlyphRun] = []
    places: list[int] = []
    for start, end, level in visual_runs(levels):
        backwards = bool(level & 1)
        pieces = list(enumerate(_font_runs(text[start:end], fonts), start))
        for place, (face, piece) in reversed(pieces) if backwards else pieces:
            runs.append((face, shape(piece, face, rtl=backwards)))
            places.append(place)
    return runs, tuple(sorted(range(len(runs)), key=places.__getitem__))


def shape(text: str, face: Face, *, rtl: bool = False) -> tuple[Glyph, ...]:
    """Glyphs of a stretch of one font and direction, from left to right."""
    buffer = _shaped_buffer(text, face, rtl=rtl)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    clusters = [info.cluster for info in infos]
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    em = 1 / face.units
    glyphs = []
    last = len(infos) - 1
    for index, (info, place) in enumerate(zip(infos, positions, strict=True)):
        number, advance = info.codepoint, place.x_advance * em
        if number == 0:  # no font has it: the visible square instead
            number = face.tofu
            advance = face.advance(number)
        cluster = clusters[index]
        drawn = text[cluster : ends[cluster]]
        after = index < last and clusters[index + 1] == cluster
        before = index > 0 and clusters[index - 1] == cluster
        glyphs.append(
            Glyph(
                number,
                "" if before or after else drawn,
                advance,
                place.x_offset * em,
                place.y_offset * em,
                drawn if after and not before else "",
                before and not after,
            )
        )
    return tuple(_composed(glyphs, face) if rtl else glyphs)


def _composed(glyphs: list[Glyph], face: Face) -> list[Glyph]:
    """Put one glyph for an Arabic letter that HarfBuzz built of a body and its dots.

    The picture is the same, but readers of the text (PDFium above all) put the letters of a
    word in order only where each is one glyph.
    """
    if not any(glyph.opens for glyph in glyphs):
        return glyphs
    whole = _whole_letters(face)
    result: list[Glyph] = []
    group: list[Glyph] = []
    for glyph in glyphs:
        if glyph.opens:
            group = [glyph]
        elif group:
            group.append(glyph)
        else:
            result.append(glyph)
        if glyph.closes:
            letter = whole.get(tuple(g.number for g in group))
            if letter is None:
                result += group
            else:
                # its own width, as that is where the stroke to its neighbour ends
                result.append(Glyph(letter, group[0].opens, face.advance(letter), 0.0, 0.0))
            group = []
    return result


@cache
def _whole_letters(face: Face) -> dict[tuple[int, ...], int]:
    """The glyphs that some Arabic letters are built of, and the one that shows them whole.

    The whole ones are those of Unicode's presentation forms, which stand in the font for old
    texts; the pieces are found by shaping each letter between joining neighbours.
    """
    joiner = "\u200d"
    context = {
        "<isolated>": ("", ""),
        "<final>": (joiner, ""),
        "<initial>": ("", joiner),
        "<medial>": (joiner, joiner),
    }
    table: dict[tuple[int, ...], int] = {}
    for form in map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))):
        form_name, _space, letter = unicodedata.decomposition(form).partition(" ")
        if form_name not in context or " " in letter or not face.has(form):
            continue
        before, after = context[form_name]
        text = before + chr(int(letter, 16)) + after
        buffer = _shaped_buffer(text, face, rtl=True)
        own = [
            (info.codepoint, place.x_advance)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
            if info.cluster == len(before)
        ]
        number = face.glyph(form)
        advance = sum(width for _number, width in own) / face.units
        if len(own) > 1 and abs(advance - face.advance(number)) < 0.05:
            table[tuple(piece for piece, _width in own)] = number
    return table


def _shaped_buffer(text: str, face: Face, *, rtl: bool) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(face.hb_font, buffer)
    return buffer


def _font_runs(text: str, fonts: Fonts) -> list[tuple[Face, str]]:
    """Stretches of one font each; spaces, signs and marks stay with the letters before them."""
    runs: list[tuple[Face, str]] = []
    start = 0
    current: Face | None = None
    for index, char in enumerate(text):
        if current is not None and not char.isalnum() and current.has(char):
            continue
        joins = current is not None and unicodedata.category(char) in ("Mn", "Mc", "Cf")
        face = current if joins and current is not None else fonts.face(char) or fonts.latin
        if face is not current:
            if current is not None:
                runs.append((current, text[start:index]))
            start, current = index, face
    if current is not None:
        runs.append((current, text[start:]))
    return runs
