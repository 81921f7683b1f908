"""The list, or why there is none and what to do next; and how many there are, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from crm_desktop.domain.customers import CustomerListQuery
from crm_desktop.i18n import _, ngettext
from crm_desktop.ui import format as say
from crm_desktop.ui.widgets.basic import EmptyState, button

if TYPE_CHECKING:
    from crm_desktop.ui.shell import Shell

_SEARCH_CAP = 1000
_LEAST_HIGH = 140


class ListBody(QStackedWidget):
    """Holds the table, and what stands in its place."""

    def __init__(self, table: QWidget, shell: Shell, clear: Callable[[], object]) -> None:
        super().__init__()
        self._table = table
        self._shell = shell
        self._clear = clear
        self.no_hits: EmptyState | None = None
        self.nobody: EmptyState | None = None
        self.addWidget(table)
        # What is not shown must not keep a low window from giving its room to the filter.
        self.setMinimumHeight(_LEAST_HIGH)

    def show_count(self, number: int, query: CustomerListQuery) -> None:
        """Show the list, or why it is empty."""
        if number:
            self.setCurrentWidget(self._table)
        elif query.is_plain:
            self._say_nobody()
        else:
            self._say_no_hits(query)

    def prepare(self) -> None:
        """Make what a search without a hit shows while nobody waits: it takes a frame."""
        self._empty_search().ensurePolished()

    def _empty_search(self) -> EmptyState:
        if self.no_hits is None:
            clear = button(_("Clear the search"), clicked=self._clear)
            self.no_hits = EmptyState("search-x", "", "", clear)
            self.addWidget(self.no_hits)
        return self.no_hits

    def _say_nobody(self) -> None:
        if self.nobody is None:
            self.nobody = EmptyState(
                "users",
                _("No customers yet"),
                _(
                    "Drop an Excel file on the window and its rows become customers, "
                    "or start by hand."
                ),
                button(_("Import a file"), "file-up", clicked=self._shell.ask_import),
                button(_("New customer"), "plus", clicked=self._shell.new_customer),
            )
            self.addWidget(self.nobody)
        self.setCurrentWidget(self.nobody)

    def _say_no_hits(self, query: CustomerListQuery) -> None:
        if query.text:
            title = _("Nothing found for “{text}”").format(text=query.text[:40])
            text = _("Try fewer letters, part of a phone number, a city or an e-mail address.")
        elif not query.filter.is_empty:
            title = _("Nobody meets this filter")
            text = _("Take a condition away, or choose “any of these” instead of “all”.")
        else:
            title = _("No customer at this stage")
            text = _("A customer's stage is set in his panel at the right.")
        state = self._empty_search()
        state.set_texts(title, text)
        self.setCurrentWidget(state)


def is_capped(number: int, query: CustomerListQuery) -> bool:
    """Whether a search may have more hits than a list shows."""
    return bool(query.text) and number >= _SEARCH_CAP


def count_words(number: int, query: CustomerListQuery) -> str:
    """How many a list has."""
    shown = say.number(number)
    if is_capped(number, query):
        return _("The best {n} of many hits").format(n=shown)
    if query.is_plain:
        return ngettext("{n} in this archive", "{n} in this archive", number).format(n=shown)
    return ngettext("{n} found", "{n} found", number).format(n=shown)
