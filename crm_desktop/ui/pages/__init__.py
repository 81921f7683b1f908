"""The pages of the rail. A page is imported and built when it is first gone to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from crm_desktop.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from crm_desktop.ui.pages.base import Page


class PageSpec(NamedTuple):
    """An entry of the rail.

    Attributes:
        key: its name in the code.
        title: message to translate.
        icon: name of an icon.
        target: `module:Class` of a `Page`.
        at_foot: stands at the rail's foot.
        in_rail: whether the rail leads to it; the menu and Ctrl+K lead to all of them.
    """

    key: str
    title: str
    icon: str
    target: str
    at_foot: bool = False
    in_rail: bool = True

    @property
    def keys(self) -> str:
        """Ctrl with a figure, by its place, as far as they go; at the foot the comma."""
        if self.at_foot:
            return "Ctrl+,"
        place = PAGES.index(self) + 1
        return f"Ctrl+{place % _FIGURES}" if place <= _FIGURES else ""

    def build(self, parent: QWidget) -> Page:
        """Import the page's module and make the page."""
        return self.load()(parent)

    def load(self) -> Callable[[QWidget], Page]:
        """Import the page's module, on any thread, and give its class."""
        module, _, name = self.target.partition(":")
        made: Callable[[QWidget], Page] = getattr(import_module(module), name)
        return made


_HERE = "crm_desktop.ui.pages"
_FIGURES = 10
PAGES = (
    PageSpec("today", N_("Today"), "sun", f"{_HERE}.today:TodayPage"),
    PageSpec("customers", N_("Customers"), "users", f"{_HERE}.customers:CustomersPage"),
    PageSpec("tasks", N_("Tasks"), "list-checks", f"{_HERE}.tasks:TasksPage"),
    PageSpec("leads", N_("Leads"), "inbox", f"{_HERE}.leads:LeadsPage"),
    PageSpec(
        "opportunities",
        N_("Opportunities"),
        "briefcase",
        f"{_HERE}.opportunities:OpportunitiesPage",
    ),
    PageSpec("orders", N_("Orders"), "file-check", f"{_HERE}.orders:OrdersPage"),
    PageSpec("catalogue", N_("Catalogue"), "tag", f"{_HERE}.catalogue:CataloguePage"),
    PageSpec("import", N_("Import"), "file-up", f"{_HERE}.import_page:ImportPage"),
    PageSpec("duplicates", N_("Duplicates"), "merge", f"{_HERE}.duplicates:DuplicatesPage"),
    PageSpec("knowledge", N_("Knowledge"), "book-open", f"{_HERE}.knowledge:KnowledgePage"),
    PageSpec("surveys", N_("Surveys"), "star", f"{_HERE}.surveys:SurveysPage"),
    PageSpec("history", N_("History"), "history", f"{_HERE}.history:HistoryPage"),
    PageSpec("trash", N_("Trash"), "trash-2", f"{_HERE}.trash:TrashPage"),
    PageSpec("settings", N_("Settings"), "settings", f"{_HERE}.settings:SettingsPage", True),
    # A small window has no room for another line of the rail: View, Ctrl+K and Today lead there.
    PageSpec(
        "targets",
        N_("Targets"),
        "chart-column",
        f"{_HERE}.targets:TargetsPage",
        in_rail=False,
    ),
)
# Gone to from other pages, and left by Esc to where one came from; the rail does not list them.
INNER = (PageSpec("quotation", N_("Quotation"), "file-text", f"{_HERE}.quotation:QuotationPage"),)
