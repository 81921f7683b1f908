"""Catalogue: what the firm sells and books at the left, the chosen one at the right."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.catalogue import (
    BETWEEN_CATEGORIES,
    CategoryPath,
    ProductId,
    WholeProduct,
)
from crm_desktop.domain.changes import Changes, StepId
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.services.catalogue import CategoryCount
from crm_desktop.ui import format as say
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.pages.category_bar import CategoryBar, listed_path
from crm_desktop.ui.pages.list_page import ListPage
from crm_desktop.ui.pages.product_panel import ProductPanel
from crm_desktop.ui.product_words import category_text, kind_text, todays_price
from crm_desktop.ui.theme import fonts
from crm_desktop.ui.widgets.basic import EmptyState, button
from crm_desktop.ui.widgets.line_list import Line

_TABLES = frozenset(("product", "product_price", "product_supplier", "category", "customer"))
_LEAST_LIST, _LIST = 240, 380


class _Listing(NamedTuple):
    categories: list[CategoryCount]
    path: CategoryPath
    products: list[WholeProduct]


class CataloguePage(ListPage):
    """All products; typing above them filters by any of their words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, find=_("Find in the catalogue"), listed=_("Products"))
        self._products: list[WholeProduct] = []
        # The product that is shown, or is to be once the list is read; and its row.
        self._shown: ProductId | None = None
        self._row = 0
        # Whether the list is another one: then its first one is shown. What is shown stays while
        # it is worked on, also where it is not in the list any more.
        self._anew = False
        self.category = CategoryBar()
        self.panel = ProductPanel()
        self._build()
        self.search.textChanged.connect(self._ask_anew)
        self.category.chosen.connect(self._ask_anew)
        self.list.selectionModel().currentRowChanged.connect(self._chosen)
        self.panel.created.connect(self._create)
        self.panel.given_up.connect(self._give_up)
        self.panel.delete_wanted.connect(self.delete)
        self.panel.customer_wanted.connect(self._go)
        self.session.bus.changed.connect(self._changed)

    def _build(self) -> None:
        new = button(_("New product"), "plus", kind="primary", clicked=self.new)
        new.setToolTip(_("New product (Ctrl+N)"))
        self._first = button(_("New product"), "plus", clicked=self.new)
        nothing = EmptyState("tag", "", "", self._first)
        self.lay_out(
            _("Catalogue"), new, nothing, self.panel, self.category, widths=(_LEAST_LIST, _LIST)
        )

    # What the window asks of its page.

    def activate(self) -> None:
        """Into the list."""
        self._into_list()
        self._ask()

    def new(self) -> bool:
        """Ctrl+N: a new product, which is kept as soon as it has a name."""
        self._side.setCurrentWidget(self.panel)
        self.panel.begin()
        return True

    def selected(self) -> list[CustomerId]:
        """Those from whom the chosen product comes."""
        return self.panel.suppliers()

    def open_product(self, number: ProductId) -> None:
        """Show one product, whatever is filtered."""
        self.panel.give_up_new()
        self._list_all()
        self._shown = number
        self._anew = False
        self._ask()

    def _list_all(self) -> None:
        """Filter nothing."""
        self.category.choose(None)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def kept(self) -> object:
        """The product that is shown."""
        return self._shown

    def take_up(self, kept: object) -> None:
        """Show it again."""
        if isinstance(kept, int):
            self.open_product(ProductId(kept))

    # Reading.

    def _ask_anew(self) -> None:
        self._anew = True
        self._ask()

    def _ask(self) -> None:
        catalogue, text = self.workspace.catalogue, self.search.text()
        number, path = self.category.number, self.category.path

        def read() -> _Listing:
            categories = catalogue.categories()
            listed = listed_path(categories, number, path)
            return _Listing(categories, listed, catalogue.search(text, category=listed))

        ReadOp(self, read, key="list").success(self._take).run()

    def _take(self, found: _Listing) -> None:
        products = found.products
        names = (f"{p.product.name}{p.product.code}" for p in products)
        fonts.ensure_for(*names, *("".join(one.path[-1:]) for one in found.categories))
        self.category.show_categories(found.categories, found.path)
        self._products = products
        numbers = [one.product.id for one in products]
        anew, self._anew = self._anew, False
        if anew and self._shown not in numbers:
            self._shown = numbers[0] if numbers else None
        model = self.list.selectionModel()
        model.blockSignals(True)
        self.list.lines.show([_line(one) for one in products])
        if self._shown in numbers:
            self._row = numbers.index(self._shown)
            self.list.choose(self._row)
        model.blockSignals(False)
        words = ngettext("{n} product", "{n} products", len(products))
        self.count.setText(words.format(n=say.number(len(products))) if products else "")
        if self.panel.is_new:
            return
        if self._shown is not None:
            self._show_product(self._shown)
        else:
            self._show_row()

    def _show_row(self) -> None:
        """Show what stands where the one before did."""
        if not self._products:
            self._shown = None
            self._show_nothing()
            return
        self._row = min(self._row, len(self._products) - 1)
        self.list.choose(self._row)
        self._show_product(self._products[self._row].product.id)

    def _show_nothing(self) -> None:
        if self.search.text().strip():
            title, text = _("Nothing found"), _("Nothing in the catalogue has these words.")
        elif self.category.path:
            title, text = _("Nothing found"), _("There is nothing in this category.")
        else:
            title = _("Nothing in the catalogue yet")
            text = _(
                "Put in what you sell or book: goods, services, hotels, guides, visas. Each has its"
                " prices with their days, its cost, and those from whom it comes."
            )
        self._first.setVisible(not (self.search.text().strip() or self.category.path))
        self._nothing.set_texts(title, text)
        self._side.setCurrentWidget(self._nothing)

    def _chosen(self) -> None:
        at = self.list.row()
        if 0 <= at < len(self._products):
            self._row = at
            self._show_product(self._products[at].product.id)

    def _show_product(self, number: ProductId | None) -> None:
        if number is None:
            return
        self._shown = number
        catalogue = self.workspace.catalogue
        ReadOp(self, lambda: catalogue.get(number), key="product").success(
            self._take_product
        ).failure(self._gone).run()

    def _take_product(self, whole: WholeProduct) -> None:
        if whole.product.id == self._shown:
            self.panel.show_product(whole)
            self._side.setCurrentWidget(self.panel)

    def _gone(self, _error: UserError) -> None:
        """What was shown is in the trash: its neighbour comes."""
        if not self.panel.is_new:
            self._shown = None
            self._show_row()

    def _changed(self, changes: Changes) -> None:
        if changes.tables & _TABLES or changes.customers is None:
            self._ask()

    # Writing.

    def _create(self, name: str) -> None:
        catalogue, within = self.workspace.catalogue, BETWEEN_CATEGORIES.join(self.category.path)

        def done(number: ProductId) -> None:
            if not self.panel.is_new:  # somebody went on to another one meanwhile
                return
            self._shown = number
            self.panel.created_as(number)
            if self.search.text():
                self.search.blockSignals(True)
                self.search.clear()
                self.search.blockSignals(False)
            self._ask()

        def refused(error: UserError) -> None:
            if self.panel.is_new:
                self.panel.show_error(error)
            else:
                refusals.tell_of_product(self, None, "", [(name, str(error))])

        WriteOp(self, lambda: catalogue.create(name, category=within)).success(done).failure(
            refused
        ).run()

    def _give_up(self) -> None:
        self._into_list()
        self._ask()

    def delete(self) -> None:
        """Del: the chosen product goes to the trash."""
        catalogue, number = self.workspace.catalogue, self.panel.number
        if number is not None:
            op = WriteOp(self, lambda: catalogue.delete([number]))
            op.success(partial(self._told, _("The product is in the trash"))).run()
            self._into_list()

    def _told(self, words: str, step: StepId) -> None:
        self.host.toast(words, undo=step)

    def _go(self, customer: CustomerId) -> None:
        self.host.show_customer(customer)

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del deletes, Enter and F2 edit, Down leads from the field into the list."""
        key, listed = event.key(), self.list.hasFocus()
        if listed and key == Qt.Key.Key_Delete:
            self.delete()
        elif key == Qt.Key.Key_F2 or (listed and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            if self.panel.number is not None:
                self.panel.name.start()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Escape) and not listed:
            self._into_list()
        else:
            super().keyPressEvent(event)


def _line(whole: WholeProduct) -> Line:
    product = whole.product
    said = (product.code, category_text(whole) or kind_text(product.kind))
    price = todays_price(whole, date.today())
    return Line(
        product.name,
        " · ".join(filter(None, (price, *said))),
        "" if product.offered else _("Not offered"),
        "amber",
    )
