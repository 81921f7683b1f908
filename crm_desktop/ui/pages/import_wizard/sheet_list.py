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

from crm_desktop.domain.imports import SheetKind
from crm_desktop.i18n import _, ngettext, pgettext
from crm_desktop.ui.pages.import_wizard.sources import OpenFile, SheetChoice, each_sheet
from crm_desktop.ui.pages.import_wizard.words import (
    area_text,
    kind_of_sheet,
    kind_tip,
    place_text,
    rows,
)
from crm_desktop.ui.theme import RADIUS, SPACE, TYPE, Tint, colours, fonts, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.basic import ElidedLabel, plain_tip

LIST_WIDTH = 224
CARD_HEIGHT = 76


def sheet_name(file: OpenFile, sheet: SheetChoice) -> str:
    """A sheet's name; a text table has none and goes by its file's."""
    return sheet.preview.name or file.path.stem


def sheet_title(file: OpenFile, sheet: SheetChoice) -> str:
    """A table's name, with its place where the sheet has several."""
    place = place_text(sheet.place)
    name = sheet_name(file, sheet)
    return f"{name} · {place}" if place else name


def sheet_state(sheet: SheetChoice) -> str:
    """What there is to say of a table in a few words."""
    if sheet.preview.empty and not sheet.preview.rows:
        return _("nothing to import")
    words = rows(sheet.preview.rows)
    if place := area_text(sheet.place):
        words = f"{words} · {place}"
    return words


def sheet_tags(sheet: SheetChoice) -> list[tuple[str, Tint]]:
    """The chips of a card: the kind first, then what is to be known or to be done."""
    c = colours()
    tint = {
        SheetKind.LIST: c.blue,
        SheetKind.CARDS: c.violet,
        SheetKind.LEDGER: c.green,
    }.get(sheet.kind, _plain_tint())
    tags = [(kind_of_sheet(sheet.kind), tint)]
    if sheet.preview.hidden:
        tags.append((pgettext("sheet", "hidden"), _plain_tint()))
    if (hidden := sheet.preview.beside.hidden_rows) and sheet.wanted:
        words = ngettext("{n} hidden", "{n} hidden", hidden)
        tags.append((words.format(n=hidden), _plain_tint()))
    if sheet.can_be_wanted and not sheet.wanted:
        tags.append((_("left out"), _plain_tint()))
    elif sheet.wanted and not sheet.names_customers:
        tags.append((_("needs a name"), c.amber))
    elif sheet.wanted and (unsure := len(sheet.unsure())):
        tags.append((ngettext("{n} unsure", "{n} unsure", unsure).format(n=unsure), c.amber))
    if sheet.wanted and (warned := len(sheet.preview.warnings)):
        words = ngettext("{n} warning", "{n} warnings", warned)
        tags.append((words.format(n=warned), c.amber))
    return tags


def _plain_tint() -> Tint:
    c = colours()
    return Tint(c.text, c.press)


class SheetCard(QAbstractButton):
    """One table: name, size and chips, chosen by a click; its box says whether it is imported."""

    def __init__(self, file: OpenFile, sheet: SheetChoice, owner: SheetList) -> None:
        super().__init__()
        self.file = file
        self.sheet = sheet
        self._owner = owner
        name = sheet_name(file, sheet)
        fonts.ensure_for(name)
        self.setText(name)
        self.setCheckable(True)
        self.setFixedHeight(CARD_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.box = QCheckBox()
        self.box.setChecked(sheet.wanted)
        title = sheet_title(file, sheet)
        self.box.setAccessibleName(_("Import sheet {name}").format(name=title))
        self.box.setToolTip(_("Import this sheet"))
        self.box.toggled.connect(self._toggled)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 9, 0, 0)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Say the sheet's state anew."""
        self.box.blockSignals(True)
        self.box.setChecked(self.sheet.wanted)
        self.box.blockSignals(False)
        self.box.setEnabled(self.sheet.can_be_wanted)
        tags = ", ".join(text for text, _tint in sheet_tags(self.sheet))
        said = f"{sheet_name(self.file, self.sheet)}, {sheet_state(self.sheet)}, {tags}"
        self.setAccessibleName(said)
        self.setToolTip(
            plain_tip(
                "\n".join(
                    (
                        sheet_title(self.file, self.sheet),
                        kind_tip(self.sheet.kind),
                        *self.sheet.preview.warnings,
                    )
                )
            )
        )
        self.update()

    def _toggled(self, wanted: bool) -> None:
        self.sheet.wanted = wanted
        self.refresh()
        self._owner.changed.emit()

    # Qt's own names.

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        return QSize(LIST_WIDTH - 4, CARD_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, its lines, its chips and the focus ring."""
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
        painter.setPen(QColor(c.mute if faint else c.accent if self.isChecked() else c.text))
        right = Qt.TextElideMode.ElideRight
        name = QFontMetrics(name_font).elidedText(self.text(), right, inner.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(inner.x(), 8, inner.width(), 20), middle, name)
        small = font(TYPE.secondary)
        painter.setFont(small)
        painter.setPen(QColor(c.mute))
        state = QFontMetrics(small).elidedText(sheet_state(self.sheet), right, inner.width())
        painter.drawText(QRect(inner.x(), 28, inner.width(), 16), middle, state)
        left = inner.x()
        for text, tint in sheet_tags(self.sheet):
            left += paint.paint_tag(painter, left, 57, text, tint, most=inner.right() - left) + 4
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
        self.setFixedWidth(LIST_WIDTH)
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
                title = ElidedLabel(file.name, "caption")
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
