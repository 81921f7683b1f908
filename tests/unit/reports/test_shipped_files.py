"""What the program ships beside its code."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from crm_desktop.assets import resource


def test_each_font_has_its_licence() -> None:
    fonts = sorted(resource("fonts").glob("*.ttf"))
    assert len(fonts) >= 11
    for font in fonts:
        assert font.read_bytes()[:4] == b"\x00\x01\x00\x00"  # TrueType outlines, no CFF
        licence = resource("fonts", f"LICENSE-{font.stem.split('-')[0]}.txt")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")


def test_icons_take_their_colour_from_the_theme() -> None:
    assert "ISC License" in resource("icons", "LICENSE").read_text(encoding="utf-8")
    icons = [path for path in resource("icons").glob("*.svg") if path.stem != "app"]
    assert len(icons) >= 60
    for icon in icons:
        root = ElementTree.parse(icon).getroot()
        assert root.get("stroke") == "currentColor"
        assert root.get("stroke-width") == "1.75"
        assert root.get("viewBox") == "0 0 24 24"
    assert resource("icons", "app.ico").read_bytes()[:4] == b"\x00\x00\x01\x00"
