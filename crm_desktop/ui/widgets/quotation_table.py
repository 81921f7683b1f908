"""The table of a quotation's lines: cells to walk and to type into, as in a sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QWidget,
)

from crm_desktop.domain.lines import LineKind
from crm_desktop.domain.quotations import (
    QuotationLine,
)
from crm_desktop.i18n import _
from crm_desktop.ui.models.quotation_lines import (
    AMOUNT,
    DESCRIPTION,
    FIELDS,
    FIGURES,
    QuotationLines,
    option_text,
)
from crm_desktop.ui.quotation_words import field_text
from crm_desktop.ui.theme import SIZE, TYPE, colours, paint
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.quotation_cells import CellTable, QuotationCells

_Index = QModelIndex | QPersistentModelIndex
_LOW, _HIGH = 38, 54
_AROUND = 13
# As wide as most of what stands in them; the description has the rest.
_SAMPLES = {
    "": "88", "quantity": "8,888.5", "unit": "pessoas", "price": "88,888.00",
    "discount": "\N{MINUS SIGN}88.5 %", "tax_rate": "88.5 %", "amount": "888,888.00",
}  # fmt: skip
# In less room than this the figures stand closer, so that something of the words is seen.
_NARROW = 780
_CLOSER = {"quantity": "888", "unit": "person", "price": "8,888.00", "amount": "88,888.00"}
# What Del empties; elsewhere it takes the line away.
_EMPTIED = frozenset(("unit", "discount", "tax_rate"))
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuotationTable(CellTable):
    """Its lines; as high as they are.

    `remove_wanted` and `option_wanted` carry a line; `move_wanted` a line and the place where it
    shall stand; `chosen_wanted` an option and whether it shall count.
    """

    remove_wanted = Signal(object)
    move_wanted = Signal(object, int)
    option_wanted = Signal(object)
    chosen_wanted = Signal(object)
    line_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = QuotationLines(self)
        self.setModel(self.lines)
        self.setItemDelegate(QuotationCells(self))
        self.setAccessibleName(_("Lines"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(_LOW)
        header = self.horizontalHeader()
        header.setFixedHeight(SIZE.header - 6)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        self._is_narrow = False
        self._size_columns()
        self.lines.modelReset.connect(self._size_rows)
        self.lines.dataChanged.connect(self._size_rows)
        self.lines.rowsInserted.connect(self._size_rows)
        self.lines.rowsRemoved.connect(self._size_rows)
        self.selectionModel().currentChanged.connect(self._went)
        self._size_rows()

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        text, head = (
            QFontMetrics(font(TYPE.body)),
            QFontMetrics(font(TYPE.secondary, semibold=True)),
        )
        for column, field in enumerate(FIELDS):
            if column == DESCRIPTION:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
                continue
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            sample = _CLOSER.get(field, _SAMPLES[field]) if self._is_narrow else _SAMPLES[field]
            wide = text.horizontalAdvance(sample) + 2 * _AROUND
            if field:
                wide = max(wide, head.horizontalAdvance(field_text(field)) + 28)
            header.resizeSection(column, wide)

    def _size_rows(self) -> None:
        high = self.horizontalHeader().height()
        self.clearSpans()
        for row, line in enumerate(self.lines.lines):
            wanted = _HIGH if _is_high(line) else _LOW
            if self.rowHeight(row) != wanted:
                self.setRowHeight(row, wanted)
            if line.kind is LineKind.TEXT:
                self.setSpan(row, DESCRIPTION, 1, AMOUNT - DESCRIPTION + 1)
            high += wanted
        self.setFixedHeight(high + 2)

    # Where the cursor is.

    def current_line(self) -> QuotationLine | None:
        """The line with the cursor."""
        row = self.currentIndex().row()
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def go_to(self, row: int, column: int = DESCRIPTION) -> None:
        """Put the cursor on a cell."""
        self.setCurrentIndex(self.lines.index(row, column))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _went(self, now: QModelIndex, before: QModelIndex) -> None:
        self.viewport().update()
        if now.row() != before.row():
            self.line_changed.emit()

    # Painting.

    def paint_cell(self, painter: QPainter, box: QRect, row: int, column: int) -> None:
        """Paint a cell: the line's ground, its words, a ring where the cursor is."""
        c, line, field = colours(), self.lines.lines[row], FIELDS[column]
        here = self.currentIndex()
        painter.fillRect(box, QColor(c.hover if row == here.row() else c.card))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(c.line))
        refusal = self.lines.refusal(row, column)
        beside = line.kind is LineKind.OPTION and not line.chosen
        text = str(self.lines.index(row, column).data() or "")
        inner = box.adjusted(_AROUND, 0, -_AROUND, -1)
        if column == DESCRIPTION:
            self._paint_words(painter, inner, line, text)
        else:
            painter.setFont(font(TYPE.body))
            mute = column == 0 or beside
            painter.setPen(QColor(c.red.text if refusal else c.mute if mute else c.text))
            side = Qt.AlignmentFlag.AlignRight if field in FIGURES else Qt.AlignmentFlag.AlignLeft
            fitted = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, side | _MIDDLE, fitted)
        frame = QRectF(box).adjusted(1.5, 1.5, -1.5, -2.5)
        if refusal is not None:
            painter.setPen(QPen(QColor(c.red.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 4, 4)
        elif self.hasFocus() and row == here.row() and column == here.column():
            paint.paint_ring(painter, frame, 4)

    def _paint_words(self, painter: QPainter, box: QRect, line: QuotationLine, text: str) -> None:
        c, tag = colours(), option_text(line)
        upper = QRect(box.left(), box.top() + 7, box.width(), 22) if _is_high(line) else box
        painter.setFont(font(TYPE.body, semibold=line.kind is LineKind.TEXT))
        painter.setPen(QColor(c.text))
        self._paint_fitted(painter, upper, text)
        below = QRect(box.left(), box.top() + 28, box.width(), 18)
        if tag:
            tint = c.violet if line.chosen else c.neutral
            wide = paint.paint_tag(
                painter, below.left(), below.center().y(), tag, tint, most=below.width()
            )
            below.setLeft(below.left() + wide + 8)
        if line.details:
            painter.setFont(font(TYPE.secondary))
            painter.setPen(QColor(c.mute))
            parts = (part.strip() for part in line.details.splitlines())
            self._paint_fitted(painter, below, " · ".join(filter(None, parts)))

    def _paint_fitted(self, painter: QPainter, box: QRect, text: str) -> None:
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE, fitted)

    # Qt's own names.

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Tab goes to the next cell that takes something, in the next line if need be."""
        kind = QAbstractItemView.CursorAction
        step = {kind.MoveNext: 1, kind.MovePrevious: -1}.get(action)
        if step is None:
            return super().moveCursor(action, modifiers)
        here, wide = self.currentIndex(), len(FIELDS)
        at = here.row() * wide + here.column() + step
        while 0 <= at < len(self.lines.lines) * wide:
            row, column = divmod(at, wide)
            if self.lines.may_edit(row, column):
                return self.lines.index(row, column)
            at += step
        return here

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Esc on a refused text takes it back; Tab at the end leaves the cell alone."""
        here, ends = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        if hint == ends.RevertModelCache:
            self.lines.give_up(here.row(), here.column())
        if hint in (ends.EditNextItem, ends.EditPreviousItem):
            kind = QAbstractItemView.CursorAction
            way = kind.MoveNext if hint == ends.EditNextItem else kind.MovePrevious
            if self.moveCursor(way, Qt.KeyboardModifier.NoModifier) == here:
                hint = ends.NoHint
        super().closeEditor(editor, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 edit, Alt with the arrows moves, Del removes; typing writes."""
        here, line = self.currentIndex(), self.current_line()
        run = self._act(event, line) if line is not None and self.lines.is_open else None
        if run is not None:
            run()
        elif event.key() in _ENTER:
            if here.isValid() and self.lines.may_edit(here.row(), here.column()):
                self.edit(here)
        else:
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent, line: QuotationLine) -> Callable[[], object] | None:
        key, here = event.key(), self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            place = here.row() + (1 if key == Qt.Key.Key_Down else -1)
            return lambda: self._move(line, place)
        if alt and key == Qt.Key.Key_O:
            return lambda: self.option_wanted.emit(line)
        if alt and key == Qt.Key.Key_K and line.kind is LineKind.OPTION:
            return lambda: self.chosen_wanted.emit(line)
        if key == Qt.Key.Key_Delete:
            field = FIELDS[here.column()]
            if field in _EMPTIED and not control and line.kind is not LineKind.TEXT:
                return lambda: self.lines.setData(here, "")
            return lambda: self.remove_wanted.emit(line)
        return None

    def _move(self, line: QuotationLine, place: int) -> None:
        if 0 <= place < len(self.lines.lines):
            self.move_wanted.emit(line, place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a line."""
        index = self.indexAt(event.pos())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if not by_mouse or not index.isValid():
            index = self.currentIndex()
        if not index.isValid() or not self.lines.is_open:
            return
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        menu.popup(event.globalPos() if by_mouse else below)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the line that has the cursor."""
        line, row = self.current_line(), self.currentIndex().row()
        if line is None or not self.lines.is_open:
            return
        up = menu.addAction(_("Move up\tAlt+↑"), lambda: self._move(line, row - 1))
        up.setEnabled(row > 0)
        down = menu.addAction(_("Move down\tAlt+↓"), lambda: self._move(line, row + 1))
        down.setEnabled(row < len(self.lines.lines) - 1)
        if line.kind is not LineKind.TEXT:
            menu.addSeparator()
            option = menu.addAction(_("An option, offered beside\tAlt+O"))
            option.setCheckable(True)
            option.setChecked(line.kind is LineKind.OPTION)
            option.triggered.connect(lambda: self.option_wanted.emit(line))
            taken = menu.addAction(_("The option is chosen and counts\tAlt+K"))
            taken.setCheckable(True)
            taken.setChecked(line.chosen)
            taken.setEnabled(line.kind is LineKind.OPTION)
            taken.triggered.connect(lambda: self.chosen_wanted.emit(line))
        menu.addSeparator()
        menu.addAction(_("Remove the line\tCtrl+Del"), lambda: self.remove_wanted.emit(line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand closer, or not."""
        super().resizeEvent(event)
        if (event.size().width() < _NARROW) is not self._is_narrow:
            self._is_narrow = not self._is_narrow
            self._size_columns()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Those who come by Tab find a cursor."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.lines:
            self.setCurrentIndex(self.lines.index(0, DESCRIPTION))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()


def _is_high(line: QuotationLine) -> bool:
    """Whether something stands below its words."""
    return bool(line.details.strip() or option_text(line))
