"""A customer's tags: tinted words that turn into a line of text when they are edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QIcon,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from crm_desktop.domain.customers import TAG_COLOURS
from crm_desktop.i18n import _, pgettext
from crm_desktop.ui.clocks import after
from crm_desktop.ui.theme import TYPE, Tint, colours, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import TextFact

_LINE, _GAP, _LEFT = 24, 5, 7


def tag_tint(colour: str) -> Tint:
    """The tint of a colour's name; the plain one for none."""
    tint = getattr(colours(), colour) if colour in TAG_COLOURS else colours().neutral
    assert isinstance(tint, Tint)
    return tint


def colour_text(colour: str) -> str:
    """A tint in the user's words."""
    return {
        "green": pgettext("colour", "Green"),
        "amber": pgettext("colour", "Amber"),
        "blue": pgettext("colour", "Blue"),
        "violet": pgettext("colour", "Violet"),
        "red": pgettext("colour", "Red"),
    }.get(colour, pgettext("colour", "No colour"))


class TagStrip(QPushButton):
    """The tags; pressed it asks to be edited, its menu colours each of them.

    `coloured` carries a tag and a colour's name.
    """

    coloured = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._tags: Sequence[str] = ()
        self._colours: Mapping[str, str] = {}
        self.setProperty("kind", "fact")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tags(self, tags: Sequence[str], tints: Mapping[str, str]) -> None:
        """Show them."""
        self._tags, self._colours = tuple(tags), tints
        self.setAccessibleName(_("Tags: {tags}").format(tags=", ".join(tags)))
        self._fit()
        self.update()

    def menu_at(self, at: QPoint) -> QMenu:
        """The menu of the tag at a point, or of all of them, for the keyboard."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hit = [
            tag
            for tag, left, top, wide in self._places()
            if left <= at.x() <= left + wide and top <= at.y() <= top + _LINE
        ]
        for tag in hit or self._tags:
            part = menu.addMenu(tag.replace("&", "&&")) if not hit else menu
            for colour in ("", *TAG_COLOURS):
                action = part.addAction(colour_text(colour), partial(self._colour, tag, colour))
                action.setIcon(_swatch(tag_tint(colour)))
                action.setCheckable(True)
                action.setChecked(self._colours.get(tag, "") == colour)
                action.setData((tag, colour))
        return menu

    def _colour(self, tag: str, colour: str) -> None:
        self.coloured.emit(tag, colour)

    def _places(self) -> list[tuple[str, int, int, int]]:
        """Each tag with its left, the top of its line and its width."""
        metrics = QFontMetrics(font(TYPE.caption, semibold=True))
        most = max(self.width() - 2 * _LEFT, 60)
        left, top, places = _LEFT, 0, []
        for tag in self._tags:
            wide = min(metrics.horizontalAdvance(tag) + 13, most)
            if left > _LEFT and left + wide > _LEFT + most:
                left, top = _LEFT, top + _LINE
            places.append((tag, left, top, wide))
            left += wide + _GAP
        return places

    def _fit(self) -> None:
        places = self._places()
        self.setFixedHeight(max((top for *_some, top, _wide in places), default=0) + _LINE)

    # Qt's own names.

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(120, self.height())

    def resizeEvent(self, event: object) -> None:
        """Break the lines again."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click on a tag, or the Menu key for all."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_at(QPoint(-1, -1) if by_key else event.pos()).popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them over the button's ground."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tag, left, top, wide in self._places():
            tint = tag_tint(self._colours.get(tag, ""))
            paint.paint_tag(painter, left, top + _LINE // 2, tag, tint, most=wide)
        painter.end()


class TagsFact(TextFact):
    """Tags, shown as tinted words, edited as words between commas."""

    def __init__(self, name: str, save: Callable[[str, InlineEdit], object]) -> None:
        super().__init__(name, save, placeholder=_("Add tags, with commas"))
        self.strip = TagStrip()
        self.strip.setToolTip(_("Right click gives a tag a colour"))
        self.strip.clicked.connect(self._edit)
        self._box = self.edit.layout()
        assert self._box is not None
        self._box.addWidget(self.strip)
        self.edit.edit.left.connect(self._later)
        self.edit.start_with(self._edit)
        self._has_tags = False

    def show_tags(self, tags: Sequence[str], tints: Mapping[str, str]) -> None:
        """Show a customer's tags."""
        self._has_tags = bool(tags)
        self.strip.show_tags(tags, tints)
        self.show_value(", ".join(tags))
        self._turn()

    def _edit(self) -> None:
        self.strip.hide()
        self.edit.edit.show()
        self.edit.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.edit.selectAll()

    def _later(self) -> None:
        after(0, self, self._turn)

    def _turn(self) -> None:
        shown = self._has_tags and not self.edit.edit.hasFocus() and not self.edit.has_error()
        self.strip.setVisible(shown)
        self.edit.edit.setVisible(not shown)
        self.edit.setFocusProxy(self.strip if shown else self.edit.edit)


def _swatch(tint: Tint) -> QIcon:
    picture = QPixmap(14, 14)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tint.text))
    painter.setBrush(QColor(tint.back))
    painter.drawEllipse(1, 1, 12, 12)
    painter.end()
    return QIcon(picture)
