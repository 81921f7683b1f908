"""The list of customers as Qt's views read it.

Ids first: the order of the whole list is an `array('q')`, built off the GUI thread by SQL.
Rows come in windows of 64 into a small cache, off the GUI thread too. `data()` never waits:
a row that is not there yet is painted as a placeholder. The model is never reset; another
list comes as rows added or removed at the end and a change of all data, which cost a view of
100,000 rows next to nothing and leave its scroll bar alone.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from crm_desktop.domain.changes import Changes
from crm_desktop.domain.customers import CustomerId, CustomerListQuery, CustomerRow
from crm_desktop.ui import cells
from crm_desktop.ui.host import host_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.theme import fonts

if TYPE_CHECKING:
    from crm_desktop.services.customers import CustomerService
    from crm_desktop.services.filters import FilterField
    from crm_desktop.services.workspace import Workspace

# More than a screen shows, and few enough to be read within a frame.
PAGE = 64
_CACHED_PAGES = 48
Index = QModelIndex | QPersistentModelIndex


class CustomerListModel(QAbstractTableModel):
    """Customers by ids, rows by windows.

    `counted` carries how many there are once the list is whole; `first_shown` tells that the
    first rows of a new list can be painted.
    """

    counted = Signal(int)
    first_shown = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._customers: CustomerService = workspace.customers
        self._query = CustomerListQuery()
        self._columns: list[str] = list(cells.USUAL)
        self._fields: Mapping[str, FilterField] = {}
        self._ids: array[int] = array("q")
        self._whole = False
        self._pages: OrderedDict[int, list[CustomerRow | None]] = OrderedDict()
        self._wanted: list[int] = []
        self._loading = False
        self._generation = 0
        # Many rows ask for their window while one frame is painted: ask the archive once.
        self._load_soon = QTimer(self)
        self._load_soon.setSingleShot(True)
        self._load_soon.timeout.connect(self._load_next)
        self._again_soon = QTimer(self)
        self._again_soon.setSingleShot(True)
        self._again_soon.setInterval(30)
        self._again_soon.timeout.connect(self._ask_ids)

    # What is shown.

    @property
    def query(self) -> CustomerListQuery:
        """Which customers, in which order."""
        return self._query

    @property
    def whole(self) -> bool:
        """Whether the ids are all here, not the first page only."""
        return self._whole

    @property
    def columns(self) -> list[str]:
        """The keys of the columns, in the order of the model."""
        return list(self._columns)

    def section(self, key: str) -> int:
        """The place of a column, -1 where it is not shown."""
        return self._columns.index(key) if key in self._columns else -1

    def set_columns(self, keys: Sequence[str]) -> None:
        """Show other columns; the first one stays."""
        if list(keys) == self._columns:
            return
        last = len(self._columns) - 1
        if last:
            self.beginRemoveColumns(QModelIndex(), 1, last)
            self._columns = self._columns[:1]
            self.endRemoveColumns()
        if len(keys) > 1:
            self.beginInsertColumns(QModelIndex(), 1, len(keys) - 1)
            self._columns = list(keys)
            self.endInsertColumns()
        self._pages.clear()  # their rows lack what the new columns show
        self._changed(0, len(self._ids))

    def set_fields(self, fields: Mapping[str, FilterField]) -> None:
        """Know the owner's own fields, for their names and kinds."""
        self._fields = fields
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
            self._changed(0, len(self._ids))

    @property
    def fields(self) -> Mapping[str, FilterField]:
        """The owner's own fields and the others, by key."""
        return self._fields

    def title(self, section: int) -> str:
        """A column's head."""
        return cells.title(self._columns[section], self._fields)

    def text(self, row: CustomerRow, key: str) -> str:
        """What a cell says."""
        return cells.text(row, key, self._fields)

    def _more(self) -> list[str]:
        return [key for key in self._columns if key not in cells.GIVEN]

    def show(self, query: CustomerListQuery) -> None:
        """Show another list: its first page as soon as it is read, then all of it."""
        searching = query.text != self._query.text
        self._query = query
        self._whole = False
        if searching:
            # The search before this keystroke is of no use any more.
            self._workspace.interrupt_reads()
        customers, more = self._customers, self._more()
        ReadOp(
            self, lambda: customers.first_page(query, limit=PAGE, columns=more), key="first"
        ).success(self._take_first).run()
        # What an older list has under way must not arrive any more.
        self._again_soon.stop()
        host_of(self).operations.call_off(self, "ids")

    def apply(self, changes: Changes) -> None:
        """Follow a committed step."""
        if not changes.tables & _SHOWN_TABLES:
            return
        self._generation += 1
        if changes.customers is None:
            self._pages.clear()
        else:
            for page, rows in list(self._pages.items()):
                if any(row is None or row.id in changes.customers for row in rows):
                    # Kept on the screen until the new rows are here.
                    self._want(page)
        self._again_soon.start()

    def id_at(self, row: int) -> CustomerId | None:
        """The customer in a row."""
        return CustomerId(self._ids[row]) if 0 <= row < len(self._ids) else None

    def ids_at(self, rows: Sequence[range]) -> list[CustomerId]:
        """The customers in ranges of rows."""
        return [CustomerId(i) for span in rows for i in self._ids[span.start : span.stop]]

    def row_of(self, customer: CustomerId) -> int:
        """The row of a customer, -1 where the list lacks him."""
        try:
            return self._ids.index(customer)
        except ValueError:
            return -1

    def row_data(self, row: int) -> CustomerRow | None:
        """What a row shows; None while it is being read, which this asks for."""
        page, place = divmod(row, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        return rows[place] if place < len(rows) else None

    # Loading.

    def _take_first(self, rows: list[CustomerRow]) -> None:
        if self._whole:  # the ids were faster
            return
        first = array("q", [row.id for row in rows])
        if len(rows) < PAGE:
            self._set_ids(first)
        elif self._ids[: len(first)] != first:
            # The rest of the old list stays below until the new ids are here.
            self._set_ids(first + self._ids[len(first) :])
        self._keep(0, list(rows))
        self._changed(0, len(rows))
        self.first_shown.emit()
        if len(rows) < PAGE:
            self._take_ids(first)
        else:
            # A hundred thousand ids are read row by row, and each row fights the painter for the
            # interpreter: the first page goes onto the screen before.
            self._again_soon.start()

    def _ask_ids(self) -> None:
        if not self._is_open():
            return
        customers, query = self._customers, self._query
        ReadOp(self, lambda: customers.ids(query), key="ids").success(self._take_ids).run()

    def _is_open(self) -> bool:
        """Whether a timer still finds the archive open: a closed one's list goes a moment later."""
        return host_of(self).session is not None

    def _take_ids(self, ids: array[int]) -> None:
        self._whole = True
        self._set_ids(ids)
        self.counted.emit(len(ids))

    def _set_ids(self, ids: array[int]) -> None:
        """Take another list; keep the windows whose ids stayed."""
        if ids == self._ids:
            return
        old, before = self._ids, len(self._ids)
        for page in list(self._pages):
            if old[_span(page)] != ids[_span(page)]:
                del self._pages[page]
        if len(ids) < before:
            self.beginRemoveRows(QModelIndex(), len(ids), before - 1)
            self._ids = ids
            self.endRemoveRows()
        elif len(ids) > before:
            self.beginInsertRows(QModelIndex(), before, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        else:
            self._ids = ids
        self._generation += 1
        self._wanted.clear()
        self._changed(0, min(before, len(ids)))

    def _want(self, page: int) -> None:
        if page in self._wanted:
            return
        self._wanted.append(page)
        # Only what was painted last is still on the screen.
        del self._wanted[:-4]
        if not self._load_soon.isActive() and not self._loading:
            self._load_soon.start(0)

    def _load_next(self) -> None:
        if not self._wanted or self._loading or not self._is_open():
            return
        # The last two at once: what is on the screen lies in one window or at the seam of two.
        pages, self._wanted = self._wanted[-2:], self._wanted[:-2]
        ids = {page: [CustomerId(i) for i in self._ids[_span(page)]] for page in pages}
        ids = {page: found for page, found in ids.items() if found}
        if not ids:
            return
        wanted = [i for found in ids.values() for i in found]
        self._loading = True
        customers, generation, more = self._customers, self._generation, self._more()
        ReadOp(self, lambda: customers.rows(wanted, columns=more), key="rows").success(
            lambda rows: self._take_pages(ids, rows, generation, more)
        ).always(self._loaded).run()

    def _loaded(self) -> None:
        self._loading = False
        if self._wanted:
            self._load_soon.start(0)

    def _take_pages(
        self,
        pages: dict[int, list[CustomerId]],
        rows: list[CustomerRow],
        generation: int,
        more: list[str],
    ) -> None:
        if more != self._more():  # read for other columns
            return
        by_id = {row.id: row for row in rows}
        for page, ids in pages.items():
            if generation != self._generation and list(self._ids[_span(page)]) != ids:
                continue
            self._keep(page, [by_id.get(i) for i in ids])
            self._changed(page * PAGE, page * PAGE + len(ids))

    def _keep(self, page: int, rows: list[CustomerRow | None]) -> None:
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > _CACHED_PAGES:
            self._pages.popitem(last=False)
        fonts.ensure_for(
            "".join(
                f"{r.name}{r.organisation}{r.city}{r.phone}{''.join(t for _k, t in r.more)}"
                for r in rows
                if r
            )
        )

    def _changed(self, start: int, stop: int) -> None:
        if stop > start:
            self.dataChanged.emit(
                self.index(start, 0), self.index(stop - 1, len(self._columns) - 1)
            )

    # Qt's own names.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many customers."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, for screen readers and the clipboard; painting has its own way."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row_data(index.row())
        return "" if row is None else self.text(row, self._columns[index.column()])

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The columns' heads."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.title(section)
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _span(page: int) -> slice:
    return slice(page * PAGE, (page + 1) * PAGE)


# Filters ask for more than a row shows.
_SHOWN_TABLES = frozenset(
    (
        *("customer", "contact_point", "address", "relation", "customer_summary", "tag"),
        *("customer_tag", "custom_value", "custom_field", "interaction", "task", "service_case"),
        *("promise", "document", "import_row"),
    )
)
