"""The head of the preview's grid: a chooser over each column."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from crm_desktop.domain.imports import Policy
from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.grid_model import SheetModel
from crm_desktop.ui.pages.import_wizard.policy_words import policy_word
from crm_desktop.ui.pages.import_wizard.words import certainty, feeds
from crm_desktop.ui.theme import RADIUS, TYPE, Tint, colours, icons
from crm_desktop.ui.theme.fonts import font

_HEAD = 66
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def dot_colour(kind: str) -> str:
    """The colour of a certainty's dot."""
    c = colours()
    return {"sure": c.green.text, "unsure": c.amber.text, "own": c.accent}.get(kind, c.faint)


class MappingHead(QHeaderView):
    """A chooser over each column; the keyboard walks it like a row of buttons.

    `wanted` carries a column whose chooser is to open, `values_wanted` one whose spellings.
    """

    wanted = Signal(int)
    values_wanted = Signal(int)

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet_model = model
        self._at = 0
        self._hover = -1
        self._pressed = -1
        self.setFixedHeight(_HEAD)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(80)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("What each column holds"))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def chooser_box(self, section: int) -> QRect:
        """Where a column's chooser is drawn."""
        left = self.sectionViewportPosition(section)
        return QRect(left + 5, 27, self.sectionSize(section) - 11, 32)

    def spellings_box(self, section: int) -> QRect:
        """Where the sign of a column's spellings is drawn, beside its letter."""
        right = self.sectionViewportPosition(section) + self.sectionSize(section)
        return QRect(right - 28, 4, 22, 22)

    def go_to(self, section: int) -> None:
        """Put the keyboard on a column's chooser."""
        first = self._sheet_model.first_column
        self._at = max(first, min(section, self.count() - 1))
        table = self.parent()
        if isinstance(table, QTableView) and self.count():
            model = self._sheet_model
            table.scrollTo(model.index(max(table.rowAt(0), 0), self._at))
        self.viewport().update()

    def _chooser_at(self, event: QMouseEvent) -> int:
        at = event.position().toPoint()
        section = self.logicalIndexAt(at)
        hit = event.button() == Qt.MouseButton.LeftButton and self.chooser_box(section).contains(at)
        return section if hit else -1

    # Qt's own names.

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw the letter, and the chooser with its dot."""
        c = colours()
        sheet = self._sheet_model.sheet
        mapping = self._sheet_model.mapping(logicalIndex)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(c.card))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(c.line_strong))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), QColor(c.line))
        painter.setPen(QColor(c.mute))
        painter.setFont(font(TYPE.caption))
        title = self._sheet_model.title(logicalIndex)
        letter = QRect(rect.x() + 10, rect.y() + 6, rect.width() - 20, 18)
        painter.drawText(letter, Qt.AlignmentFlag.AlignVCenter, title)
        if self._sheet_model.is_hidden_column(logicalIndex):
            after = letter.x() + painter.fontMetrics().horizontalAdvance(title) + 6
            sign = icons.pixmap("eye-off", c.mute, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(after, rect.y() + 8), sign)
        if spelt := self._sheet_model.spellings(logicalIndex):
            colour = {"open": c.amber.text, "joined": c.accent}.get(spelt, c.faint)
            sign = icons.pixmap("merge", colour, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(rect.right() - 24, rect.y() + 8), sign)
        if sheet is not None and not sheet.has_columns:
            # Nobody knows yet what the columns hold: where that will stand is left blank.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.hover))
            blank = QRectF(rect.x() + 5, 27, rect.width() - 11, 32)
            painter.drawRoundedRect(blank, RADIUS.control, RADIUS.control)
        policy = self._sheet_model.policy(logicalIndex)
        if policy is not None:
            painter.setPen(QColor(c.mute if policy is Policy.FILL else c.accent))
            room = letter.adjusted(0, 0, -22 if spelt else 0, 0)
            painter.drawText(room, _RIGHT, policy_word(policy))
        if mapping is not None and sheet is not None and not sheet.maps_columns:
            # Sales: its own head is all there is to say.
            painter.setFont(font(TYPE.body))
            box = rect.adjusted(10, 27, -8, -7)
            head = painter.fontMetrics().elidedText(
                mapping.header, Qt.TextElideMode.ElideRight, box.width()
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, head)
        elif mapping is not None:
            kind = certainty(mapping)
            box = QRect(rect.x() + 5, 27, rect.width() - 11, 32)
            here = self.hasFocus() and logicalIndex == self._at
            tint = {"unsure": c.amber}.get(kind, Tint(c.text, c.card))
            edge = c.accent if here else c.amber.text if kind == "unsure" else c.line
            if logicalIndex == self._hover and not here and kind != "unsure":
                edge = c.line_strong
            painter.setPen(QPen(QColor(edge), 2 if here else 1))
            painter.setBrush(QColor(tint.back))
            painter.drawRoundedRect(
                QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS.control, RADIUS.control
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(dot_colour(kind)))
            middle = box.center().y() + 1
            painter.drawEllipse(QRectF(box.x() + 10, middle - 3.5, 7, 7))
            painter.setPen(QColor(c.mute if kind == "out" else c.text))
            painter.setFont(font(TYPE.body, semibold=kind in ("sure", "unsure")))
            inner = box.adjusted(24, 0, -24, 0)
            text = painter.fontMetrics().elidedText(
                feeds(mapping), Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
            arrow = icons.pixmap("chevron-down", c.mute, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(box.right() - 20, middle - 7), arrow)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(100, _HEAD)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        super().mouseMoveEvent(event)
        hover = self.logicalIndexAt(event.position().toPoint())
        if hover != self._hover:
            self._hover = hover
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        super().mousePressEvent(event)
        self._pressed = self._chooser_at(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a chooser opens it; the end of dragging an edge does not."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        here = self.logicalIndexAt(at)
        if self.spellings_box(here).contains(at) and self._sheet_model.spellings(here):
            self._at = here
            self.values_wanted.emit(here)
            return
        section = self._chooser_at(event)
        if section >= 0 and section == self._pressed:
            self._at = section
            self.wanted.emit(section)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Space, Enter and Down open; Alt+Up shows the column's spellings."""
        key = event.key()
        if key == Qt.Key.Key_Up and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.values_wanted.emit(self._at)
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps:
            self.go_to(self._at + steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(self.count() - 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.wanted.emit(self._at)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()
