"""The table of customers: two-line rows, pills, avatars; columns that yield to a narrow window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.lists import USUAL_COLUMNS, ListColumn
from crm_desktop.i18n import _
from crm_desktop.ui import cells
from crm_desktop.ui.cells import NAME
from crm_desktop.ui.models.customers import CustomerListModel
from crm_desktop.ui.theme import SIZE, TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.customer_rows import RowPainter

_LEAST_NAME = 210
_LEAST = 70
_SCROLL_BAR = 10
# A list as narrow as this stands beside a customer's file: then columns yield, the last first.
_NARROW = 700


class Head(QHeaderView):
    """The columns' heads; the sorted one carries an arrow."""

    def __init__(self, table: CustomerTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(_LEAST)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setFixedHeight(SIZE.header)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sorted_by: tuple[str, bool] | None = None
        self._list = table.model_of_list

    def show_sort(self, column: str | None, *, descending: bool) -> None:
        """Mark the sorted column."""
        self.sorted_by = None if column is None else (column, descending)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw a head, and the arrow after its word."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if self.sorted_by is not None and self._list.section(self.sorted_by[0]) == logicalIndex:
            title = self._list.title(logicalIndex)
            width = QFontMetrics(font(TYPE.secondary, semibold=True)).horizontalAdvance(title)
            arrow = icons.pixmap(
                "arrow-down" if self.sorted_by[1] else "arrow-up", colours().mute, 13
            )
            painter.drawPixmap(rect.x() + 13 + width + 5, rect.center().y() - 6, arrow)


class CustomerTable(QTableView):
    """The list of customers.

    `customer_chosen` carries the current customer's id (or None); `opened` tells that Enter
    or a double click wants its panel; `sort_wanted` carries a column's key; `delete_wanted`,
    `rename_wanted`, `log_wanted` and `menu_wanted` tell what was asked for; `columns_changed`
    that the owner gave the columns another order or width, or took others, and
    `choice_wanted` that he wants to choose them.
    """

    customer_chosen = Signal(object)
    opened = Signal()
    sort_wanted = Signal(str)
    columns_changed = Signal()
    choice_wanted = Signal()
    all_wanted = Signal()
    delete_wanted = Signal()
    rename_wanted = Signal()
    log_wanted = Signal()
    paste_wanted = Signal()
    copy_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: CustomerListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.model_of_list = model
        self.hovered = -1
        self.ring_row = -1
        self._by_keys = False
        self._arriving = False
        self._list = model
        self._widths: dict[str, int] = {}
        self._fitting = False
        self.setAccessibleName(_("Customers"))
        # Its own, because to find out what Qt's is, PySide builds every widget class it knows,
        # which costs the start 20 ms.
        self._canvas = QWidget()
        self.setViewport(self._canvas)
        # Rows paint their ground themselves: what lies below need not be painted for them.
        self._canvas.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._rows = RowPainter(model, self)
        self._head = Head(self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)
        self.doubleClicked.connect(self._double_clicked)
        self._head.sectionClicked.connect(self._head_clicked)
        self._head.sectionMoved.connect(self._moved)
        self._head.customContextMenuRequested.connect(self._head_menu)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(SIZE.row)
        rows.setDefaultSectionSize(SIZE.row)
        self._head.sectionResized.connect(self._user_resized)
        self.fit_columns()

    # Choosing.

    def current_id(self) -> CustomerId | None:
        """The customer that the cursor is on."""
        return self._list.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[CustomerId]:
        """The chosen customers; reads ranges, not rows, so that "all" costs nothing."""
        spans = [range(r.top(), r.bottom() + 1) for r in self.selectionModel().selection().toList()]
        return list(dict.fromkeys(self._list.ids_at(spans)))

    def count_selected(self) -> int:
        """How many customers are chosen; reads no ids."""
        ranges = self.selectionModel().selection().toList()
        rows = sorted((r.top(), r.bottom()) for r in ranges)
        count, last = 0, -1
        for top, bottom in rows:  # ranges are by columns too
            count += max(0, bottom - max(top, last + 1) + 1)
            last = max(last, bottom)
        return count

    def choose_row(self, row: int) -> None:
        """Put the cursor on a row and choose it."""
        index = self._list.index(row, 0)
        # Not by `selectRow`, which takes the row out where all are chosen.
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def choose_none(self) -> None:
        """Choose nothing."""
        self.selectionModel().clear()

    def show_sort(self, column: str | None, *, descending: bool) -> None:
        """Mark the sorted column."""
        self._head.show_sort(column, descending=descending)

    # Columns.

    def shown_columns(self) -> list[tuple[int, str]]:
        """The columns that have room, from the first to the last, with their sections."""
        ordered = sorted(enumerate(self._list.columns), key=lambda c: self._head.visualIndex(c[0]))
        return [(section, key) for section, key in ordered if not self.isColumnHidden(section)]

    def columns(self) -> tuple[ListColumn, ...]:
        """The chosen columns in their order, with the widths that the owner gave them."""
        ordered = sorted(enumerate(self._list.columns), key=lambda c: self._head.visualIndex(c[0]))
        return tuple(ListColumn(key, self._widths.get(key, 0)) for _section, key in ordered)

    def set_columns(self, columns: Sequence[ListColumn]) -> None:
        """Show these columns; the name's stands first."""
        self._widths = {column.key: column.width for column in columns if column.width}
        self._fitting = True
        keys = [column.key for column in columns if column.key != NAME]
        self._list.set_columns([])
        self._list.set_columns([NAME, *keys])
        self._fitting = False
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give the name what is left. Beside a file, hide what has no room, the last first."""
        size = self.maximumViewportSize()
        scrolls = self._list.rowCount() * SIZE.row > size.height()
        room = size.width() - (_SCROLL_BAR if scrolls else 0)
        shown = [key for key in self._list.columns if key != NAME]
        shown.sort(key=lambda key: self._head.visualIndex(self._list.section(key)))

        def rest() -> int:
            return room - sum(map(self._wanted_width, shown))

        while len(shown) > 1 and room < _NARROW and rest() < _LEAST_NAME:
            shown.pop()
        self._fitting = True
        for section, key in enumerate(self._list.columns):
            self.setColumnHidden(section, key != NAME and key not in shown)
            if key in shown:
                self.setColumnWidth(section, self._wanted_width(key))
        least = _LEAST_NAME if room >= _NARROW else 120
        self.setColumnWidth(0, max(rest(), least))
        self._fitting = False

    def _wanted_width(self, key: str) -> int:
        return self._widths.get(key) or cells.WIDTHS.get(key, cells.USUAL_WIDTH)

    def _user_resized(self, section: int, before: int, now: int) -> None:
        if self._fitting or before == 0 or now == 0 or before == now:
            return
        key = self._list.columns[section]
        if key == NAME:  # its right edge moves the column beside it
            following = [other for _section, other in self.shown_columns() if other != NAME]
            if following:
                key = following[0]
                now = self._wanted_width(key) + before - now
        if key != NAME:
            self._widths[key] = max(now, _LEAST)
            self.columns_changed.emit()
        self.fit_columns()

    def _head_clicked(self, section: int) -> None:
        self.sort_wanted.emit(self._list.columns[section])

    def _moved(self) -> None:
        if not self._fitting:
            self.fit_columns()
            self.columns_changed.emit()

    def _head_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        section = self._head.logicalIndexAt(at)
        if section > 0:
            key = self._list.columns[section]
            hide = menu.addAction(_("Hide “{column}”").format(column=self._list.title(section)))
            hide.triggered.connect(partial(self.switch_column, key))
        menu.addAction(_("Choose columns…"), self.choice_wanted.emit)
        menu.addSeparator()
        menu.addAction(_("Usual columns"), self._usual_columns)
        menu.popup(self._head.mapToGlobal(at))

    def switch_column(self, key: str) -> None:
        """Show a hidden column at the end, or hide a shown one."""
        present = self.columns()
        kept = tuple(column for column in present if column.key != key)
        self.set_columns(kept if len(kept) < len(present) else (*present, ListColumn(key)))
        self.columns_changed.emit()

    def _usual_columns(self) -> None:
        self.set_columns(USUAL_COLUMNS)
        self.columns_changed.emit()

    def _double_clicked(self) -> None:
        self.opened.emit()

    def _set_ring(self) -> None:
        wanted = self.currentIndex().row() if self._by_keys and self.hasFocus() else -1
        if wanted != self.ring_row:
            self._repaint_rows(self.ring_row, wanted)
            self.ring_row = wanted

    def _repaint_rows(self, *rows: int) -> None:
        for row in rows:
            if row >= 0:
                top = self.rowViewportPosition(row)
                self._canvas.update(0, top, self._canvas.width(), SIZE.row)

    # Qt's own names.

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell who is chosen now."""
        super().currentChanged(current, previous)
        self._set_ring()
        if self._arriving:
            return
        self.customer_chosen.emit(self._list.id_at(current.row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, all in one go."""
        painter = QPainter(self._canvas)
        self._rows.paint(painter, event.rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their room."""
        super().resizeEvent(event)
        self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a list."""
        self._by_keys = True
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif key == Qt.Key.Key_L and not event.modifiers():
            self.log_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
        self._set_ring()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse needs no ring."""
        self._by_keys = False
        super().mousePressEvent(event)
        self._set_ring()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse with a soft background."""
        super().mouseMoveEvent(event)
        row = self.rowAt(event.position().toPoint().y())
        if row != self.hovered:
            self._repaint_rows(self.hovered, row)
            self.hovered = row

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has gone."""
        super().leaveEvent(event)
        self._repaint_rows(self.hovered)
        self.hovered = -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Those who come by Tab see where they are."""
        # Qt puts the cursor on the first row the first time: that opened a panel nobody wanted.
        self._arriving = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if self._arriving:
            self._arriving = False
            self.selectionModel().clearCurrentIndex()
        reason = event.reason()
        if reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._by_keys = True
            if not self.currentIndex().isValid() and self._list.rowCount():
                self.choose_row(0)
        self._set_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._set_ring()
