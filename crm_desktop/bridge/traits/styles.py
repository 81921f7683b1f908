"""Which cell styles of an OOXML workbook say something: struck fonts, fills, number formats.

Source: ECMA-376 part 1, 18.8 (styles), 18.8.3 and 18.8.19 (colours and their tint), 20.1.6.2
(colour schemes of a theme).
"""

from __future__ import annotations

import colorsys
from typing import NamedTuple, TypeVar

from crm_desktop.bridge.files.ooxml import Element, Package
from crm_desktop.bridge.traits.money import currency_of
from crm_desktop.bridge.traits.number_formats import BUILT_IN, says_more

WHITE = "#FFFFFF"
_T = TypeVar("_T")

# The 56 colours of old workbooks, numbers 8 to 63; 0 to 7 repeat the first eight (18.8.27).
_CLASSIC = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 "
    "008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF "
    "FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF "
    "FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 "
    "993300 993366 333399 333333"
).split()
INDEXED = _CLASSIC[:8] + _CLASSIC

# The order of theme colours in a style differs from that in the theme: light before dark.
_SCHEME = "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()
_OFFICE = (
    "FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72"
).split()


class Look(NamedTuple):
    """What a cell's style says: whole text struck, colour of its ground, telling format code."""

    struck: bool
    fill: str
    code: str


def read_looks(package: Package) -> dict[int, Look]:
    """The styles that say something, by their number in a cell's `s` attribute.

    Raises:
        UnreadableError: the part makes no sense.
    """
    if (styles := _styles(package)) is None:
        return {}
    root, codes = styles
    struck = [_is_on(font.find("strike")) for font in root.findall("fonts/font")]
    palette = _Palette(package, root)
    fills = [_solid(fill, palette) for fill in root.findall("fills/fill")]
    looks = {}
    for number, xf in enumerate(root.findall("cellXfs/xf")):
        look = Look(
            struck=_at(struck, xf.get("fontId"), default=False),
            fill=_at(fills, xf.get("fillId"), default=""),
            code=_code(xf.get("numFmtId", "0"), codes),
        )
        if any(look):
            looks[number] = look
    return looks


def _styles(package: Package) -> tuple[Element, dict[str, str]] | None:
    """The part of the styles, and its number formats by their number; None without one."""
    parts = package.related(package.workbook, "styles") or ["xl/styles.xml"]
    if not package.has(parts[0]):
        return None
    root = package.tree(parts[0])
    formats = root.findall("numFmts/numFmt")
    return root, {e.get("numFmtId", ""): e.get("formatCode", "") for e in formats}


def read_currencies(package: Package) -> dict[str, str]:
    """The currency that a style's number format shows, by the style's number.

    Raises:
        UnreadableError: the part makes no sense.
    """
    if (styles := _styles(package)) is None:
        return {}
    root, codes = styles
    shown = (
        currency_of(codes.get(xf.get("numFmtId", ""), "")) for xf in root.findall("cellXfs/xf")
    )
    return {str(number): currency for number, currency in enumerate(shown) if currency}


def tinted(rgb: str, tint: float) -> str:
    """Make a colour (`RRGGBB`) lighter for a tint above 0, darker below."""
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    channels = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return "".join(f"{round(c * 255):02X}" for c in channels)


class _Palette:
    """The workbook's colours by theme number and by index."""

    def __init__(self, package: Package, styles: Element) -> None:
        self._package = package
        own = [e.get("rgb", "")[-6:].upper() for e in styles.findall("colors/indexedColors/*")]
        self._indexed = own + INDEXED[len(own) :]
        self._theme: list[str] | None = None

    def colour(self, element: Element) -> str:
        """A colour element as `#RRGGBB`, "" where it names none."""
        theme, indexed = _number(element.get("theme")), _number(element.get("indexed"))
        if rgb := element.get("rgb", ""):
            base = rgb[-6:].upper()
        elif theme is not None:
            base = self._themes()[theme] if theme < len(_SCHEME) else ""
        elif indexed is not None:
            base = self._indexed[indexed] if indexed < len(self._indexed) else ""
        else:
            base = ""
        if len(base) != 6 or not set(base) <= set("0123456789ABCDEF"):
            return ""
        try:
            tint = float(element.get("tint", "0"))
        except ValueError:
            tint = 0.0
        return "#" + (tinted(base, tint) if tint else base)

    def _themes(self) -> list[str]:
        if self._theme is None:
            self._theme = self._read_theme()
        return self._theme

    def _read_theme(self) -> list[str]:
        parts = self._package.related(self._package.workbook, "theme")
        if not parts or not self._package.has(parts[0]):
            return _OFFICE
        scheme = next(self._package.tree(parts[0]).iter("clrScheme"), None)
        if scheme is None:
            return _OFFICE
        colours = []
        for name, usual in zip(_SCHEME, _OFFICE, strict=True):
            entry = next(iter(scheme.find(name) or ()), None)
            value = entry.get("lastClr") or entry.get("val") if entry is not None else None
            colours.append((value or usual).upper())
        return colours


def _solid(fill: Element, palette: _Palette) -> str:
    pattern = fill.find("patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    front = pattern.find("fgColor")
    colour = palette.colour(front) if front is not None else ""
    return "" if colour == WHITE else colour


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in ("0", "false", "off")


def _code(number: str, codes: dict[str, str]) -> str:
    code = codes.get(number)
    if code is None:
        code = BUILT_IN.get(_number(number) or 0, "")
    return code if says_more(code) else ""


def _at(items: list[_T], index: str | None, *, default: _T) -> _T:
    number = _number(index)
    return items[number] if number is not None and number < len(items) else default


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
