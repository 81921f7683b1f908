"""Shapes that delegates and widgets paint alike: avatars, pills, and the words for them.

The customers' classes are imported where they are used: the first paint needs none of them.
"""

from __future__ import annotations

import unicodedata
import zlib

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from crm_desktop.i18n import pgettext
from crm_desktop.ui.theme import colours
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.theme.tokens import RADIUS, SIZE, TYPE, Tint


def initials(name: str) -> str:
    """What an avatar shows: two letters of a Latin-like name, one sign of any other."""
    words = [w for w in name.replace("·", " ").split() if w[:1].isalnum()]
    if not words:
        return name.strip()[:1] or "?"
    first = words[0][0]
    # Scripts without capitals are read as one sign: 王, 김, م.
    if unicodedata.category(first) not in ("Lu", "Ll", "Lt"):
        return first
    last = words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()


def avatar_tint(name: str) -> Tint:
    """The tint of a name: the same one on every machine and every day."""
    tints = colours().avatars
    return tints[zlib.crc32(name.strip().casefold().encode()) % len(tints)]


def stage_tint(stage: str) -> Tint:
    """The colours of a life-cycle stage."""
    from crm_desktop.domain.customers import Stage

    c = colours()
    return {
        Stage.POTENTIAL.value: c.blue,
        Stage.PROSPECT.value: c.amber,
        Stage.CUSTOMER.value: c.green,
    }.get(stage, c.neutral)


def stage_text(stage: str) -> str:
    """A life-cycle stage in the user's words."""
    from crm_desktop.domain.customers import Stage

    return {
        Stage.POTENTIAL.value: pgettext("stage", "Potential"),
        Stage.PROSPECT.value: pgettext("stage", "Prospect"),
        Stage.CUSTOMER.value: pgettext("stage", "Customer"),
        Stage.FORMER.value: pgettext("stage", "Former"),
    }.get(stage, stage)


def paint_avatar(painter: QPainter, box: QRect, name: str) -> None:
    """Draw a round avatar with the name's initials."""
    tint = avatar_tint(name)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint.back))
    painter.drawEllipse(box)
    painter.setPen(QColor(tint.text))
    large = box.height() > SIZE.avatar
    painter.setFont(font(TYPE.record if large else TYPE.body, semibold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))


def pill_font() -> QFont:
    """The font of pills."""
    return font(TYPE.secondary)


def pill_width(text: str) -> int:
    """Width of a pill with its dot."""
    return QFontMetrics(pill_font()).horizontalAdvance(text) + 29


def paint_pill(painter: QPainter, left: int, middle: int, text: str, tint: Tint) -> None:
    """Draw a status pill: a dot and a word.

    Args:
        painter: antialiased.
        left: x of its left edge.
        middle: y of its middle.
        text: one or two words.
        tint: colours.
    """
    width = pill_width(text)
    box = QRectF(left, middle - SIZE.pill / 2, width, SIZE.pill)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint.back))
    painter.drawRoundedRect(box, RADIUS.pill, RADIUS.pill)
    painter.setBrush(QColor(tint.text))
    painter.drawEllipse(QRectF(left + 8, middle - 3, 6, 6))
    painter.setPen(QColor(tint.text))
    painter.setFont(pill_font())
    painter.drawText(
        box.adjusted(18, 0, -8, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        text,
    )


def paint_tag(
    painter: QPainter, left: int, middle: int, text: str, tint: Tint, *, most: int = 1000
) -> int:
    """Draw a small tag, a pill without a dot; nothing where there is no room for a letter.

    Args:
        painter: antialiased.
        left: x of its left edge.
        middle: y of its middle.
        text: one or two words.
        tint: colours.
        most: the room it has.

    Returns:
        Its width.
    """
    face = font(TYPE.caption, semibold=True)
    metrics = QFontMetrics(face)
    width = min(metrics.horizontalAdvance(text) + 13, most)
    if width < 28:
        return 0
    box = QRectF(left, middle - 9, width, 18)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint.back))
    painter.drawRoundedRect(box, RADIUS.small, RADIUS.small)
    painter.setPen(QColor(tint.text))
    painter.setFont(face)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 12)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    return width


def paint_ring(painter: QPainter, box: QRectF, radius: float) -> None:
    """Draw the focus ring just inside a box."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours().accent), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
