"""The shipped fonts, given to Qt when they are needed.

Qt maps font files into memory, so that a registered font costs pages only where glyphs are
drawn (measured: the 10.5 MB Noto Sans SC adds 3 MB once Chinese is on the screen). What costs
is the registration, 5 to 15 ms a file: Inter comes before the first paint, the others right
after it, or at once when a text that needs them arrives earlier.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from crm_desktop.assets import resource
from crm_desktop.ui.theme.tokens import FAMILIES, TYPE

_registered: set[str] = set()
# Whether all are: then no text needs to be looked at any more.
_complete = False
_FIRST = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")


def _files() -> list[Path]:
    return sorted(resource("fonts").glob("*.ttf"))


def _register(path: Path) -> None:
    if path.name not in _registered:
        _registered.add(path.name)
        QFontDatabase.addApplicationFont(str(path))


def register_first() -> None:
    """Register what every window needs: Inter."""
    for name in _FIRST:
        _register(resource("fonts", name))


def register_rest() -> None:
    """Register the other scripts' fonts; does nothing the second time."""
    global _complete
    if not _complete:
        _complete = True
        for path in _files():
            _register(path)


def ensure_for(*texts: str) -> None:
    """Make sure that texts about to be shown have their glyphs.

    Args:
        texts: what will be painted next; plain Latin, Greek and Cyrillic cost one scan.
    """
    if not _complete and any(_beyond_inter(text) for text in texts):
        register_rest()


def _beyond_inter(text: str) -> bool:
    """Whether a text leaves Latin, Greek, Cyrillic and the signs that Inter draws.

    No regular expression: compiling one of such ranges costs the start 8 ms.
    """
    if not text or text.isascii() or max(text) < "\u0530":
        return False
    return any(c >= "\u0530" and not "\u1e00" <= c <= "\u2bff" for c in text)


@cache
def font(size: int = TYPE.body, *, semibold: bool = False) -> QFont:
    """A font of the house in pixels, with the fallback order fixed and tabular figures.

    Shared by all who paint, dozens of times a frame: nobody changes what he gets.
    """
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(TYPE.semibold if semibold else TYPE.regular))
    made.setFeature(QFont.Tag.fromString("tnum"), 1)
    return made
