"""Names the colours of rows: a swatch and a field each, above the grid."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from crm_desktop.domain.imports import COLOUR_COLUMN, SKIP, ColourUse
from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.words import rows
from crm_desktop.ui.theme import SPACE, colours, fonts
from crm_desktop.ui.widgets.basic import label
from crm_desktop.ui.widgets.edit import LineEdit
from crm_desktop.ui.widgets.notice import Notice

_ACROSS = 3
_PARTS = 4  # swatch, field, number of rows, room
_LINE, _MOST_LINES = 36, 3


def paint_swatch(painter: QPainter, box: QRect, colour: str) -> None:
    """Draw a small field of a colour, with an edge that shows on any ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours().line_strong), 1))
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()


class Swatch(QWidget):
    """A colour of the sheet."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setFixedSize(QSize(20, 20))
        self.setToolTip(colour)

    # Qt's own names.

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_swatch(painter, self.rect().adjusted(1, 1, -1, -1), self._colour)
        painter.end()


class ColourBar(Notice):
    """A line for each three colours; one that has a name becomes a tag of its rows.

    `named` carries a colour and its tag, "" for none.
    """

    named = Signal(str, str)

    def __init__(self) -> None:
        area = QScrollArea()
        super().__init__("tag", below=area)
        self._shown: tuple[ColourUse, ...] = ()
        self.fields: dict[str, LineEdit] = {}
        self._area = area
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)

    def show_sheet(self, sheet: SheetChoice) -> None:
        """Show the colours of a sheet, where they feed anything."""
        found = sheet.preview.beside.colours
        column = sheet.column_at(COLOUR_COLUMN)
        fed = column is not None and column.field != SKIP
        self.setVisible(bool(found) and fed and sheet.wanted and sheet.maps_columns)
        if self.isHidden():
            return
        if found != self._shown:
            self._build(found)
        tags = dict(sheet.plan.colours)
        for colour, field in self.fields.items():
            if not field.hasFocus() or not field.isModified():
                field.setText(tags.get(colour, ""))
                field.setCursorPosition(len(field.text()) if field.hasFocus() else 0)
                fonts.ensure_for(field.text())
        if any(use.legend for use in found):
            text = _("The legend of the sheet names the colours of its rows; they become tags.")
        else:
            text = _("Some rows are coloured. What does it mean? Each name becomes a tag.")
        self.text.setText(text)

    def ask(self) -> bool:
        """Put the keyboard on the first colour without a name; False where nothing is asked."""
        fields = list(self.fields.values()) if self.isVisible() else []
        empty = next((field for field in fields if not field.text()), None) or next(
            iter(fields), None
        )
        if empty is not None:
            empty.setFocus(Qt.FocusReason.OtherFocusReason)
        return empty is not None

    def _build(self, found: tuple[ColourUse, ...]) -> None:
        self._shown = found
        self.fields = {}
        inner = QWidget()
        inner.setAutoFillBackground(False)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.s)
        grid.setVerticalSpacing(SPACE.xs)
        for at, use in enumerate(found):
            field = LineEdit(name=_("Tag of the rows of colour {colour}").format(colour=use.colour))
            field.setPlaceholderText(_("No tag"))
            field.setText(use.legend)
            field.editingFinished.connect(partial(self._finished, use.colour))
            self.fields[use.colour] = field
            line, left = at // _ACROSS, at % _ACROSS * _PARTS
            grid.addWidget(Swatch(use.colour), line, left)
            grid.addWidget(field, line, left + 1)
            grid.addWidget(label(rows(use.rows), "secondary"), line, left + 2)
            grid.setColumnMinimumWidth(left + 3, SPACE.m)
        for column in range(_ACROSS):
            grid.setColumnStretch(column * _PARTS + 1, 1)
        lines = min((len(found) + _ACROSS - 1) // _ACROSS, _MOST_LINES)
        self._area.setWidget(inner)
        self._area.setFixedHeight(lines * _LINE + (lines - 1) * SPACE.xs)

    def _finished(self, colour: str) -> None:
        field = self.fields.get(colour)
        if field is not None:
            field.setModified(False)
            self.named.emit(colour, field.text().strip())
