"""The table of customers: two-line rows, pills, avatars; columns that yield to a narrow window."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
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
from crm_desktop.i18n import _
from crm_desktop.ui.models.customers import (
    Column,
    CustomerListModel,
    column_title,
)
from crm_desktop.ui.preferences import Preferences
from crm_desktop.ui.theme import SIZE, TYPE, colours, icons
from crm_desktop.ui.theme.fonts import font
from crm_desktop.ui.widgets.customer_rows import RowPainter

_WIDTHS = {Column.STAGE: 124, Column.CITY: 116, Column.PHONE: 156, Column.UPDATED: 132}
_LEAST_NAME = 210
_SCROLL_BAR = 10
# Which columns go first where there is no room.
_YIELD = (Column.PHONE, Column.CITY, Column.UPDATED)


class Head(QHeaderView):
    """The columns' heads; the sorted one carries an arrow."""

    def __init__(self, table: CustomerTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(70)
        self.setFixedHeight(SIZE.header)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sorted_by: tuple[Column, bool] | None = None

    def show_sort(self, column: Column | None, *, descending: bool) -> None:
        """Mark the sorted column."""
        self.sorted_by = None if column is None else (column, descending)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw a head, and the arrow after its word."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if self.sorted_by is not None and self.sorted_by[0] == logicalIndex:
            title = column_title(Column(logicalIndex))
            width = QFontMetrics(font(TYPE.secondary, semibold=True)).horizontalAdvance(title)
            arrow = icons.pixmap(
                "arrow-down" if self.sorted_by[1] else "arrow-up", colours().mute, 13
            )
            painter.drawPixmap(rect.x() + 13 + width + 5, rect.center().y() - 6, arrow)


class CustomerTable(QTableView):
    """The list of customers.

    `customer_chosen` carries the current customer's id (or None); `opened` tells that Enter
    or a double click wants its panel; `sort_wanted` carries a column; `delete_wanted`,
    `rename_wanted`, `log_wanted` and `menu_wanted` tell what was asked for.
    """

    customer_chosen = Signal(object)
    opened = Signal()
    sort_wanted = Signal(int)
    delete_wanted = Signal()
    rename_wanted = Signal()
    log_wanted = Signal()
    paste_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: CustomerListModel, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.ring_row = -1
        self._by_keys = False
        self._arriving = False
        self._preferences = preferences
        self._list = model
        self._hidden_by_user = {
            column
            for column in Column
            if preferences.text("customers/hidden").find(column.name) >= 0
        } - {Column.CUSTOMER}
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
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)
        self.doubleClicked.connect(self._double_clicked)
        self._head.sectionClicked.connect(self.sort_wanted)
        self._head.customContextMenuRequested.connect(self._head_menu)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(SIZE.row)
        rows.setDefaultSectionSize(SIZE.row)
        self._fitting = False
        self._head.sectionResized.connect(self._user_resized)
        for column, width in _WIDTHS.items():
            stored = preferences.text(f"customers/width/{column.name}")
            self.setColumnWidth(column, int(stored) if stored.isdigit() else width)
        self.fit_columns()

    # Choosing.

    def current_id(self) -> CustomerId | None:
        """The customer that the cursor is on."""
        return self._list.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[CustomerId]:
        """The chosen customers; reads ranges, not rows, so that "all" costs nothing."""
        spans = [range(r.top(), r.bottom() + 1) for r in self.selectionModel().selection().toList()]
        return list(dict.fromkeys(self._list.ids_at(spans)))

    def choose_row(self, row: int) -> None:
        """Put the cursor on a row and choose it."""
        index = self._list.index(row, 0)
        self.selectRow(row)
        self.scrollTo(index)

    def choose_none(self) -> None:
        """Choose nothing."""
        self.selectionModel().clear()

    def show_sort(self, column: Column | None, *, descending: bool) -> None:
        """Mark the sorted column."""
        self._head.show_sort(column, descending=descending)

    # Columns.

    def shown_columns(self) -> list[Column]:
        """The columns that have room, from the first to the last."""
        return [c for c in Column if not self.isColumnHidden(c)]

    def fit_columns(self) -> None:
        """Give the name what is left; hide what has no room, the least needed first."""
        size = self.maximumViewportSize()
        scrolls = self._list.rowCount() * SIZE.row > size.height()
        room = size.width() - (_SCROLL_BAR if scrolls else 0)
        hidden = set(self._hidden_by_user)

        def rest() -> int:
            return room - sum(self._wanted_width(c) for c in Column if c not in hidden and c > 0)

        for column in _YIELD:
            if rest() >= _LEAST_NAME:
                break
            hidden.add(column)
        self._fitting = True
        for column in Column:
            self.setColumnHidden(column, column in hidden)
            if column not in hidden and column is not Column.CUSTOMER:
                self.setColumnWidth(column, self._wanted_width(column))
        self.setColumnWidth(Column.CUSTOMER, max(rest(), 120))
        self._fitting = False

    def _wanted_width(self, column: Column) -> int:
        stored = self._preferences.text(f"customers/width/{column.name}")
        return int(stored) if stored.isdigit() else _WIDTHS[column]

    def _user_resized(self, section: int, before: int, now: int) -> None:
        if self._fitting or before == 0 or now == 0 or before == now:
            return
        column = Column(section)
        if column is Column.CUSTOMER:  # its right edge moves the column beside it
            following = [c for c in Column if c > 0 and not self.isColumnHidden(c)]
            if following:
                column = following[0]
                now = self.columnWidth(column) + before - now
        if column is not Column.CUSTOMER:
            self._preferences.set_text(f"customers/width/{column.name}", str(max(now, 70)))
        self.fit_columns()

    def _head_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in Column:
            if column is Column.CUSTOMER:
                continue
            action = menu.addAction(column_title(column))
            action.setCheckable(True)
            action.setChecked(column not in self._hidden_by_user)
            action.setData(int(column))
        menu.addSeparator()
        menu.addAction(_("Usual columns"), self._usual_columns)
        menu.triggered.connect(self._column_switched)
        menu.popup(self._head.mapToGlobal(at))

    def _column_switched(self, action: QAction) -> None:
        data = action.data()
        if data is not None:
            self.switch_column(Column(data))

    def switch_column(self, column: Column) -> None:
        """Show a hidden column, hide a shown one, and remember it."""
        self._hidden_by_user ^= {column}
        self._preferences.set_text(
            "customers/hidden", " ".join(c.name for c in sorted(self._hidden_by_user))
        )
        self.fit_columns()

    def _usual_columns(self) -> None:
        self._hidden_by_user.clear()
        self._preferences.set_text("customers/hidden", "")
        for column in _WIDTHS:
            self._preferences.set_text(f"customers/width/{column.name}", "")
        self.fit_columns()

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
