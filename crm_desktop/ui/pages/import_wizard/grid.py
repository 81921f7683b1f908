"""The grid of the preview: looks like the sheet, with the mapping over its columns."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.ui.pages.import_wizard.field_popup import FieldPopup
from crm_desktop.ui.pages.import_wizard.grid_model import SheetModel, letter_of
from crm_desktop.ui.pages.import_wizard.sources import SheetChoice
from crm_desktop.ui.pages.import_wizard.words import FieldChoice, certainty, feeds
from crm_desktop.ui.theme import RADIUS, TYPE, Tint, colours, icons
from crm_desktop.ui.theme.fonts import font

Index = QModelIndex | QPersistentModelIndex
_ROW = 30
_HEAD = 66
_LEAST, _MOST = 138, 250
_MEASURED_ROWS = 25


def dot_colour(kind: str) -> str:
    """The colour of a certainty's dot."""
    c = colours()
    return {"sure": c.green.text, "unsure": c.amber.text, "own": c.accent}.get(kind, c.faint)


class CellDelegate(QStyledItemDelegate):
    """Paints one cell by what its row and column mean."""

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._plain = font(TYPE.body)
        self._strong = font(TYPE.body, semibold=True)
        self._metrics = (QFontMetrics(self._plain), QFontMetrics(self._strong))

    # Qt's own names.

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw text, tint, hairlines, and the ring of the current cell."""
        c = colours()
        box: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row, column = index.row(), index.column()
        role = self._model.role_of(row, column)
        wrong = self._model.problem(row, column)
        painter.save()
        if role == "header":
            painter.fillRect(box, QColor(c.hover))
        elif wrong:
            painter.fillRect(box, QColor(c.amber.back))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, QColor(c.line))
        painter.fillRect(box.right(), box.y(), 1, box.height(), QColor(c.line))
        ink = c.text
        if role in ("above", "out"):
            ink = c.faint
        elif wrong:
            ink = c.amber.text
        strong = role == "header"
        painter.setPen(QColor(ink))
        painter.setFont(self._strong if strong else self._plain)
        inner = box.adjusted(10, 0, -8, 0)
        text = " ".join(self._model.text(row, column).split())
        shown = self._metrics[strong].elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag.AlignLeft
            | Qt.AlignmentFlag.AlignAbsolute,
            shown,
        )
        if state & QStyle.StateFlag.State_Selected:
            focus = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(c.accent if focus else c.line_strong), 2))
            painter.drawRect(QRectF(box).adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Fixed: nothing is measured."""
        return QSize(_LEAST, _ROW)


class MappingHead(QHeaderView):
    """A chooser over each column; the keyboard walks it like a row of buttons."""

    wanted = Signal(int)

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet_model = model
        self._at = 0
        self._hover = -1
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

    def go_to(self, section: int) -> None:
        """Put the keyboard on a column's chooser."""
        self._at = max(0, min(section, self.count() - 1))
        table = self.parent()
        if isinstance(table, QTableView) and self.count():
            model = self._sheet_model
            first = model.index(max(table.rowAt(0), 0), self._at)
            table.scrollTo(first)
        self.viewport().update()

    # Qt's own names.

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw the letter, and the chooser with its dot."""
        c = colours()
        sheet = self._sheet_model.sheet
        mapping = sheet.column_at(logicalIndex) if sheet else None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(c.card))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(c.line_strong))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), QColor(c.line))
        painter.setPen(QColor(c.mute))
        painter.setFont(font(TYPE.caption))
        letter = QRect(rect.x() + 10, rect.y() + 6, rect.width() - 20, 18)
        painter.drawText(letter, Qt.AlignmentFlag.AlignVCenter, letter_of(logicalIndex))
        if mapping is not None:
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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a chooser opens it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        section = self.logicalIndexAt(at)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and section >= 0 and self.chooser_box(section).contains(at):
            self._at = section
            self.wanted.emit(section)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Space, Enter and Down open."""
        key = event.key()
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


class RowHead(QHeaderView):
    """Row numbers; a click makes a row the header."""

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._sheet_model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(_ROW)
        self.setFixedWidth(52)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # Qt's own names.

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw the number; the header row's in the accent."""
        c = colours()
        sheet = self._sheet_model.sheet
        number = self._sheet_model.row_number(logicalIndex)
        header = sheet is not None and number == sheet.plan.header_row
        painter.save()
        painter.fillRect(rect, QColor(c.accent_soft if header else c.card))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(c.line))
        painter.fillRect(rect.right(), rect.y(), 1, rect.height(), QColor(c.line_strong))
        painter.setPen(QColor(c.accent if header else c.faint))
        painter.setFont(font(TYPE.caption, semibold=header))
        painter.drawText(rect.adjusted(0, 0, -10, 0), _RIGHT, str(number))
        painter.restore()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SheetGrid(QTableView):
    """The sheet's first rows.

    `mapped` tells that a column feeds something else now; `header_wanted` carries the number
    of the row that shall be the header, 0 for none.
    """

    mapped = Signal()
    header_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet_model = SheetModel(self)
        self.setModel(self._sheet_model)
        self.setItemDelegate(CellDelegate(self._sheet_model, self))
        self.head = MappingHead(self._sheet_model, self)
        self.setHorizontalHeader(self.head)
        self.rows = RowHead(self._sheet_model, self)
        self.setVerticalHeader(self.rows)
        self.popup = FieldPopup(self)
        self.popup.chosen.connect(self._chosen)
        self.head.wanted.connect(self.open_chooser)
        self.rows.sectionClicked.connect(self._row_clicked)
        self.setShowGrid(False)
        self.setCornerWidget(QWidget())
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("First rows of the sheet"))

    @property
    def sheet_model(self) -> SheetModel:
        """What it shows."""
        return self._sheet_model

    def show_sheet(self, sheet: SheetChoice | None) -> None:
        """Show a sheet, its columns as wide as their first rows need."""
        model = self._sheet_model
        model.show(sheet)
        metrics = QFontMetrics(font(TYPE.body, semibold=True))
        rows = min(model.rowCount(), _MEASURED_ROWS)
        for column in range(model.columnCount()):
            mapping = sheet.column_at(column) if sheet else None
            texts = [model.text(r, column)[:60] for r in range(rows)]
            head = metrics.horizontalAdvance(feeds(mapping)) + 62 if mapping else 0
            # A title above the header may be long: it may run out of its cell.
            above = [model.role_of(r, column) == "above" for r in range(rows)]
            widths = [
                metrics.horizontalAdvance(t) + 24
                for t, is_above in zip(texts, above, strict=True)
                if not is_above
            ]
            width = max(head, *widths) if widths else head
            self.setColumnWidth(column, max(_LEAST, min(width, _MOST)))

    def go_to(self, number: int, column: int) -> bool:
        """Go to a cell by the sheet's row number; False where that row is not shown."""
        row = self._sheet_model.row_of(number)
        if row < 0 or not 0 <= column < self._sheet_model.columnCount():
            return False
        index = self._sheet_model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def open_chooser(self, column: int) -> None:
        """Open the chooser of a column."""
        sheet = self._sheet_model.sheet
        mapping = sheet.column_at(column) if sheet else None
        if mapping is None:
            return
        self.head.go_to(column)
        box = self.head.chooser_box(column)
        self.popup.open_for(
            mapping, self.head.viewport().mapToGlobal(QPoint(box.x(), box.bottom() + 4))
        )

    def _chosen(self, column: int, choice: FieldChoice) -> None:
        sheet = self._sheet_model.sheet
        if sheet is not None:
            sheet.choose(column, choice)
            self._sheet_model.refresh()
            self.head.viewport().update()
            self.mapped.emit()

    def _row_clicked(self, row: int) -> None:
        self._want_header(self._sheet_model.row_number(row))

    def _want_header(self, number: int) -> None:
        sheet = self._sheet_model.sheet
        if sheet is not None and sheet.has_columns and number != sheet.plan.header_row:
            self.header_wanted.emit(number)

    def _menu(self, at: QPoint, row: int, column: int) -> None:
        sheet = self._sheet_model.sheet
        if sheet is None or not sheet.has_columns:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        number = self._sheet_model.row_number(row)
        this = menu.addAction(_("This is the header row"))
        this.setEnabled(number != sheet.plan.header_row)
        this.setData(number)
        none = menu.addAction(_("There is no header row"))
        none.setEnabled(sheet.plan.header_row != 0)
        none.setData(0)
        menu.addSeparator()
        choose = menu.addAction(_("What does this column hold?"))
        choose.setEnabled(sheet.column_at(column) is not None)
        for action in (this, none):
            action.triggered.connect(self._header_chosen)
        choose.setData(column)
        choose.triggered.connect(self._chooser_chosen)
        menu.popup(at)

    def _header_chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._want_header(int(sender.data()))  # type: ignore[attr-defined]

    def _chooser_chosen(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.open_chooser(int(sender.data()))  # type: ignore[attr-defined]

    # Qt's own names.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the mouse where it is, by the keyboard at the current cell."""
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard or not index.isValid():
            index = self.currentIndex()
        if index.isValid():
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
            mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self._menu(event.globalPos() if mouse else at, index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, F2 and Alt+Down open the chooser of the current column."""
        key, column = event.key(), self.currentIndex().column()
        alt_down = key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        opens = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) or alt_down
        if opens and column >= 0:
            self.open_chooser(column)
            return
        super().keyPressEvent(event)
