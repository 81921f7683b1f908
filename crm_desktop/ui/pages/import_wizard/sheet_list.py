"""The sheets of the files, as cards: which are imported, which one is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, SheetChoice, each_sheet
from crm_desktop.ui.pages.import_wizard.words import rows
from crm_desktop.ui.theme import RADIUS, SPACE, TYPE, colours, fonts, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import ElidedLabel, plain_tip

_WIDTH = 212


def sheet_name(file: OpenFile, sheet: SheetChoice) -> str:
    """A sheet's name; a text table has none and goes by its file's."""
    return sheet.preview.name or file.path.stem


def sheet_state(sheet: SheetChoice) -> str:
    """What there is to say of a sheet in a few words."""
    if sheet.preview.empty:
        return _("Empty: nothing to import")
    words = rows(sheet.preview.rows)
    if sheet.preview.hidden:
        words = f"{words} · {_('hidden in Excel')}"
    if not sheet.wanted:
        words = f"{words} · {_('left out')}"
    elif not sheet.names_customers:
        words = f"{words} · {_('needs a name')}"
    return words


class SheetCard(QAbstractButton):
    """One sheet: two lines, chosen by a click; its box says whether it is imported."""

    def __init__(self, file: OpenFile, sheet: SheetChoice, owner: SheetList) -> None:
        super().__init__()
        self.file = file
        self.sheet = sheet
        self._owner = owner
        name = sheet_name(file, sheet)
        fonts.ensure_for(name)
        self.setText(name)
        self.setToolTip(plain_tip(name))
        self.setCheckable(True)
        self.setFixedHeight(54)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.box = QCheckBox()
        self.box.setChecked(sheet.wanted)
        self.box.setEnabled(not sheet.preview.empty)
        self.box.setAccessibleName(_("Import sheet {name}").format(name=name))
        self.box.setToolTip(_("Import this sheet"))
        self.box.toggled.connect(self._toggled)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 0, 0)
        line.addWidget(self.box)
        line.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Say the sheet's state anew."""
        self.box.blockSignals(True)
        self.box.setChecked(self.sheet.wanted)
        self.box.blockSignals(False)
        self.setAccessibleName(f"{self.text()}, {sheet_state(self.sheet)}")
        self.update()

    def _toggled(self, wanted: bool) -> None:
        self.sheet.wanted = wanted
        self.refresh()
        self._owner.changed.emit()

    # Qt's own names.

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        return QSize(_WIDTH - 4, 54)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, its two lines and the focus ring."""
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(1, 2, -1, -2)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft if self.isChecked() else c.hover))
            painter.drawRoundedRect(box, RADIUS.control, RADIUS.control)
        faint = self.sheet.preview.empty or not self.sheet.wanted
        name_font = font(TYPE.body, semibold=True)
        inner = QRect(38, 0, self.width() - 46, self.height())
        painter.setFont(name_font)
        painter.setPen(QColor(c.faint if faint else c.accent if self.isChecked() else c.text))
        right = Qt.TextElideMode.ElideRight
        name = QFontMetrics(name_font).elidedText(self.text(), right, inner.width())
        painter.drawText(inner.adjusted(0, 8, 0, -26), Qt.AlignmentFlag.AlignVCenter, name)
        small = font(TYPE.secondary)
        painter.setFont(small)
        warns = self.sheet.wanted and not self.sheet.names_customers
        painter.setPen(QColor(c.amber.text if warns else c.faint if faint else c.mute))
        state = QFontMetrics(small).elidedText(sheet_state(self.sheet), right, inner.width())
        painter.drawText(inner.adjusted(0, 27, 0, -8), Qt.AlignmentFlag.AlignVCenter, state)
        if self.hasFocus():
            paint.paint_ring(painter, box, RADIUS.control)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk the sheets, Space takes one in or out."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._owner.walk(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Space and self.box.isEnabled():
            self.box.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class SheetList(QScrollArea):
    """The cards under their files' names.

    `shown` carries file and sheet that are looked at, `changed` tells that a sheet was taken
    in or out.
    """

    shown = Signal(object, object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: list[SheetCard] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)

    def show_files(self, files: Sequence[OpenFile]) -> None:
        """Show the sheets of files; the first one worth it is looked at."""
        for card in self.cards:
            self._group.removeButton(card)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 4, 0)
        lines.setSpacing(SPACE.xs)
        self.cards = []
        heading: OpenFile | None = None
        for file, sheet in each_sheet(files):
            if file is not heading and len(files) > 1:
                heading = file
                title = ElidedLabel(file.path.name, "caption")
                title.setContentsMargins(12, SPACE.s, 0, 0)
                lines.addWidget(title)
            card = SheetCard(file, sheet, self)
            self._group.addButton(card)
            self.cards.append(card)
            lines.addWidget(card)
        lines.addStretch(1)
        self.setWidget(inner)
        first = next((c for c in self.cards if c.sheet.wanted), None) or next(
            iter(self.cards), None
        )
        if first is not None:
            first.setChecked(True)
            self.shown.emit(first.file, first.sheet)

    def refresh(self) -> None:
        """Say every sheet's state anew."""
        for card in self.cards:
            card.refresh()

    def go_to(self, sheet: SheetChoice) -> None:
        """Look at a sheet."""
        card = next((c for c in self.cards if c.sheet is sheet), None)
        if card is not None:
            card.setChecked(True)
            self.ensureWidgetVisible(card)
            self.shown.emit(card.file, card.sheet)

    def walk(self, card: SheetCard, step: int) -> None:
        """Go to the sheet before or after one."""
        at = self.cards.index(card) + step
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.go_to(self.cards[at].sheet)

    def _clicked(self, card: QAbstractButton) -> None:
        if isinstance(card, SheetCard):
            self.shown.emit(card.file, card.sheet)
