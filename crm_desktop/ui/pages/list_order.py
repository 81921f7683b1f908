"""The list's columns and order: clicks on heads, the window to choose them, what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crm_desktop.domain.lists import (
    FROM_THE_TOP,
    NOT_SORTED,
    USUAL_COLUMNS,
    ListColumn,
    columns_from_json,
    columns_to_json,
)
from crm_desktop.ui.cells import USUAL
from crm_desktop.ui.theme import icons

if TYPE_CHECKING:
    from crm_desktop.ui.dialogs.list_columns import ListColumns
    from crm_desktop.ui.pages.customers import CustomersPage

_KEPT = "customers/columns"


class ListOrder(QObject):
    """What the list shows and how it is sorted; a saved view has both of its own."""

    def __init__(self, page: CustomersPage) -> None:
        super().__init__(page)
        self._page = page
        self.sort = ""
        self.descending = False
        self.dialog: ListColumns | None = None
        table = page.table
        table.sort_wanted.connect(self._head_clicked)
        table.columns_changed.connect(self._columns_changed)
        table.choice_wanted.connect(self.choose)
        page.columns_button.clicked.connect(self.choose)
        page.bar.fields_known.connect(self._fields_known)
        icons.set_icon(page.columns_button, "columns-3", "text")
        self.show_own()

    def show_own(self) -> None:
        """The columns of the list without a view."""
        self.show_columns(columns_of(self._page._shell.preferences.text(_KEPT)))

    def show_columns(self, columns: tuple[ListColumn, ...]) -> None:
        """Show these columns."""
        if columns != self._page.table.columns():
            self._page.table.set_columns(columns)
        if not self._page.bar.fields and {c.key for c in columns} - set(USUAL):
            self._page.bar.ask_fields()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column; "" is the usual order."""
        self.sort, self.descending = key, descending and bool(key)
        self._page.table.show_sort(key or None, descending=self.descending)

    def choose(self) -> None:
        """Open the window that chooses columns and order."""
        self._page.bar.ask_fields(self._open)

    def _open(self) -> None:
        from crm_desktop.ui.dialogs.list_columns import ListColumns

        self._page.model.set_fields(self._page.bar.fields)
        made = ListColumns(
            self._page.table.columns(),
            self._page.bar.fields,
            self.sort,
            self.descending,
            self._page._shell,
        )
        made.columns_chosen.connect(self._chosen)
        made.sort_chosen.connect(self._sort_chosen)
        self.dialog = made
        made.show()
        made.activateWindow()

    def _chosen(self, columns: tuple[ListColumn, ...]) -> None:
        self._page.table.set_columns(columns)
        self._columns_changed()

    def _sort_chosen(self, key: str, descending: bool) -> None:
        self.sort_by(key, descending=descending)
        self._page.refresh()

    def _head_clicked(self, key: str) -> None:
        if key in NOT_SORTED:
            return
        top = key in FROM_THE_TOP
        if self.sort != key:
            self.sort_by(key, descending=top)
        elif self.descending == top:
            self.sort_by(key, descending=not top)
        else:
            self.sort_by("")
        self._page.refresh()

    def _columns_changed(self) -> None:
        columns = self._page.table.columns()
        if self._page.views.shown is None:
            self._page._shell.preferences.set_text(_KEPT, columns_to_json(columns))
        self._page.views.look()
        if not self._page.bar.fields:
            self._page.bar.ask_fields()

    def _fields_known(self) -> None:
        self._page.model.set_fields(self._page.bar.fields)


def columns_of(text: str) -> tuple[ListColumn, ...]:
    """Columns as they were kept; the usual ones where that cannot be read."""
    try:
        return columns_from_json(text)
    except ValueError:
        return USUAL_COLUMNS
