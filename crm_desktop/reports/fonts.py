"""The shipped fonts, and which of them draws a character.

Fonts are opened through HarfBuzz, which maps the file into memory: opening one takes a tenth
of a millisecond, even the 10 MB of Chinese, where reportlab's own parser needs a second and
some 100 MB. Nothing is therefore loaded ahead or kept from one language to the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, cached_property

import uharfbuzz as hb

from crm_desktop.assets import resource

# What stands on the paper where no font has the character.
_TOFU = "\N{WHITE SQUARE}"


class Weight(StrEnum):
    """How heavy the text is; the value is the fonts' own word for it."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"


# The order in which fonts are asked. Inter has Latin, Greek, Cyrillic and Vietnamese. Chinese
# stands before Korean, so that Han characters and kana come from one font.
_FAMILIES = (
    "Inter",
    "NotoSansArabic",
    "NotoSansHebrew",
    "NotoSansThai",
    "NotoSansDevanagari",
    "NotoSansSC",
    "NotoSansKR",
)
# Families of which only the regular weight is shipped; their heavy text is thickened.
_ONE_WEIGHT = frozenset({"NotoSansThai", "NotoSansDevanagari", "NotoSansKR"})

# Characters that have no picture of their own: they steer, join or merely exist.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
# Text that cannot be drawn one character after the other: right-to-left scripts, scripts whose
# glyphs depend on their neighbours, combining marks.
COMPLEX = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u109f\u1200-\u139f\u1700-\u1fef\u200d\u200e\u200f"
    "\u202a-\u202e\u2066-\u2069\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ua800-\uabff\u1ab0-\u1aff"
    "\u1100-\u11ff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
HAN = re.compile(
    "[\u2e80-\u2fff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
# Punctuation that Chinese and Latin share in Unicode, but not in shape: between Han characters
# it takes the width of one.
_SHARED_PUNCTUATION = re.compile(
    f"(?<={HAN.pattern})[\u2018\u2019\u201c\u201d\u2014\u2026\u00b7]+"
    f"|[\u2018\u2019\u201c\u201d\u2014\u2026\u00b7]+(?={HAN.pattern})"
)


class _Widths(dict[str, float]):
    """Advance widths by character, in em, filled as they are asked for."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        width = self[char] = self._face.advance(self._face.glyph(char))
        return width


class Face:
    """One font file.

    Attributes:
        key: the file's name without suffix, plus "+" where it is thickened.
        bold: whether strokes are to be thickened, as the family has no heavy weight here.
        units: font units to the em.
        widths: advance width by character, in em.
    """

    def __init__(self, family: str, weight: Weight) -> None:
        """Open a font.

        Args:
            family: name as `resources/fonts` spells it.
            weight: which weight; regular is taken where there is no other.
        """
        self.bold = weight is not Weight.REGULAR and family in _ONE_WEIGHT
        name = f"{family}-{Weight.REGULAR if self.bold else weight}"
        self.key = name + "+" * self.bold
        self.name = name
        blob = hb.Blob.from_file_path(str(resource("fonts", f"{name}.ttf")))
        self.hb_face = hb.Face(blob)
        self.hb_font = hb.Font(self.hb_face)
        self.units: int = self.hb_face.upem
        self.widths = _Widths(self)

    @cached_property
    def characters(self) -> frozenset[str]:
        """All characters that the font draws."""
        return frozenset(map(chr, self.hb_face.unicodes))

    def has(self, char: str) -> bool:
        """Whether the font draws a character."""
        return self.hb_font.get_nominal_glyph(ord(char)) is not None

    @cached_property
    def tofu(self) -> int:
        """Number of the glyph that stands where a character is missing."""
        return self.hb_font.get_nominal_glyph(ord(_TOFU)) or 0

    def glyph(self, char: str) -> int:
        """Number of the glyph that draws a character: the square where there is none."""
        return self.hb_font.get_nominal_glyph(ord(char)) or self.tofu

    def advance(self, glyph: int) -> float:
        """Width of a glyph, in em."""
        return float(self.hb_font.get_glyph_h_advance(glyph) / self.units)

    def width(self, text: str) -> float:
        """Width of text that needs no shaping, in em."""
        return sum(map(self.widths.__getitem__, text))


class Fonts:
    """The fonts of one weight, as one."""

    def __init__(self, weight: Weight) -> None:
        self.faces = tuple(Face(family, weight) for family in _FAMILIES)
        self.latin = self.faces[0]
        self.han = self.faces[_FAMILIES.index("NotoSansSC")]
        # What the first font draws one character after the other: nearly every text.
        self.plain = frozenset(
            c for c in self.latin.characters if not COMPLEX.match(c) and not INVISIBLE.match(c)
        )
        self._by_char: dict[str, Face | None] = {}

    def face(self, char: str) -> Face | None:
        """The font that draws a character, None where none does."""
        try:
            return self._by_char[char]
        except KeyError:
            found = next((face for face in self.faces if face.has(char)), None)
            self._by_char[char] = found
            return found

    def runs(self, text: str) -> list[tuple[Face, str]]:
        """Cut text that needs no shaping into stretches of one font each.

        A character that no font has goes to the first one, which draws a visible square for
        it; nothing is dropped, and the PDF still carries the character to be found.
        """
        if self.plain.issuperset(text):
            return [(self.latin, text)]
        wide = {i for match in _SHARED_PUNCTUATION.finditer(text) for i in range(*match.span())}
        runs: list[tuple[Face, str]] = []
        start = 0
        current: Face | None = None
        for index, char in enumerate(text):
            face = self.han if index in wide else self.face(char) or self.latin
            if face is not current:
                if current is not None:
                    runs.append((current, text[start:index]))
                start, current = index, face
        if current is not None:
            runs.append((current, text[start:]))
        return runs

    def width(self, text: str) -> float:
        """Width of text that needs no shaping, in em."""
        return sum(face.width(part) for face, part in self.runs(text))


@cache
def fonts(weight: Weight) -> Fonts:
    """The fonts of one weight, opened once."""
    return Fonts(weight)


def missing_characters(texts: Iterable[str]) -> str:
    """The characters that no shipped font can draw, such as emoji.

    Args:
        texts: everything that is to be printed.

    Returns:
        The distinct characters in the order of Unicode; "" where all is well.
    """
    chars: set[str] = set()
    for text in texts:
        chars.update(text)
    regular = fonts(Weight.REGULAR)
    return "".join(
        char
        for char in sorted(chars - regular.plain)
        if not INVISIBLE.match(char) and _lacks(regular, char)
    )


def _lacks(regular: Fonts, char: str) -> bool:
    # Text is composed (NFC) before it is drawn, which replaces some characters by others.
    if "\ud800" <= char <= "\udfff":
        return True
    return any(regular.face(c) is None for c in unicodedata.normalize("NFC", char))
