"""One line of text that cannot be drawn character by character: bidi order and HarfBuzz.

Lines of Arabic, Hebrew, Thai, Devanagari, of mixed direction or with combining marks come here;
everything else never does. The order of the runs is the Unicode bidirectional algorithm's
(`bidi.py`), the glyphs and their places are HarfBuzz's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
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
) -> list[GlyphRun]:
    """Lay out one line.

    Args:
        text: the line in logical order.
        levels: the embedding level of each of its characters.
        fonts: the fonts to choose from.
        rtl: direction of the paragraph it is part of.

    Returns:
        Runs of one font each, from left to right.
    """
    levels = with_trailing_space_reset(text, levels, int(rtl))
    runs: list[GlyphRun] = []
    for start, end, level in visual_runs(levels):
        backwards = bool(level & 1)
        pieces = _font_runs(text[start:end], fonts)
        for face, piece in reversed(pieces) if backwards else pieces:
            runs.append((face, shape(piece, face, rtl=backwards)))
    return runs


def shape(text: str, face: Face, *, rtl: bool = False) -> tuple[Glyph, ...]:
    """Glyphs of a stretch of one font and direction, from left to right."""
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(face.hb_font, buffer)
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
    return tuple(glyphs)


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
