"""Icons: one SVG set (Lucide), tinted by the theme, drawn at the screen's own resolution.

A control that carries an icon remembers its name and role as properties; after a change of
theme `retint` walks a window once and draws them anew. Nothing has to keep a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from crm_desktop.assets import resource
from crm_desktop.ui.theme.tokens import SIZE, Colours

_NAME = "icon_name"
_ROLE = "icon_role"
_SIZE = "icon_size"


@lru_cache(maxsize=128)
def _svg(name: str) -> bytes:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', 'stroke-width="1.75"').encode()


@lru_cache(maxsize=512)
def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_svg(name).replace(b"currentColor", colour.encode())))
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, colour: str, size: int = SIZE.icon, ratio: float | None = None) -> QPixmap:
    """An icon as a pixmap.

    Args:
        name: file in `resources/icons` without its suffix.
        colour: `#RRGGBB`.
        size: edge in device-independent pixels.
        ratio: device pixels in each; the screen's by default.
    """
    if ratio is None:
        app = QGuiApplication.instance()
        ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _draw(name, colour, size, ratio)


def icon(name: str, role: str = "mute", size: int = SIZE.icon) -> QIcon:
    """An icon in a colour of the theme.

    Args:
        name: file in `resources/icons` without its suffix.
        role: an attribute of `Colours` (`mute`, `text`, `accent`, `on_accent` …), `rail` for
            what is mute until it is checked, or `danger` for the red of such words.
        size: edge in device-independent pixels.
    """
    from crm_desktop.ui.theme import colours

    tokens = colours()
    made = QIcon(pixmap(name, _tint(tokens, role), size))
    if role in ("text", "danger"):
        made.addPixmap(pixmap(name, tokens.faint, size), QIcon.Mode.Disabled)
    if role == "rail":
        made.addPixmap(pixmap(name, tokens.accent, size), QIcon.Mode.Normal, QIcon.State.On)
        made.addPixmap(pixmap(name, tokens.line_strong, size), QIcon.Mode.Disabled)
    return made


def _tint(tokens: Colours, role: str) -> str:
    if role == "danger":
        return tokens.red.text
    return str(getattr(tokens, "mute" if role == "rail" else role))


def name_icon(target: QAction, name: str) -> None:
    """Say which icon an action has; `dress` draws it when a menu is about to show it."""
    target.setProperty(_NAME, name)
    target.setProperty(_ROLE, "mute")
    target.setProperty(_SIZE, SIZE.icon)


def dress(actions: Sequence[QAction]) -> None:
    """Draw the icons of actions that are about to be seen."""
    for action in actions:
        if (name := action.property(_NAME)) and action.icon().isNull():
            action.setIcon(icon(name, action.property(_ROLE), action.property(_SIZE)))


def set_icon(
    target: QAbstractButton | QAction, name: str, role: str = "mute", size: int = SIZE.icon
) -> None:
    """Give a button or an action an icon that follows the theme."""
    target.setProperty(_NAME, name)
    target.setProperty(_ROLE, role)
    target.setProperty(_SIZE, size)
    target.setIcon(icon(name, role, size))
    if isinstance(target, QAbstractButton):
        target.setIconSize(QSize(size, size))


def retint(root: QObject) -> None:
    """Draw every icon below a window anew, in the present theme's colours."""
    buttons: list[QAbstractButton | QAction] = [*root.findChildren(QAbstractButton)]
    for target in [*buttons, *root.findChildren(QAction)]:
        name = target.property(_NAME)
        if name and not target.icon().isNull():
            target.setIcon(icon(name, target.property(_ROLE), target.property(_SIZE)))


def mark(size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """The program's mark: a stack of layers in the accent colour."""
    return pixmap("layers", colour, size, ratio)


def mix(over: str, under: str, share: float) -> str:
    """A colour laid over another one; `share` 0 to 1 is how much of it is seen."""
    a, b = QColor(over), QColor(under)
    parts = (
        round(x * share + y * (1 - share))
        for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    )
    return "#{:02X}{:02X}{:02X}".format(*parts)
