"""One product: what it is, what it costs, from whom it comes, what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crm_desktop.domain.catalogue import (
    BETWEEN_CATEGORIES,
    Product,
    ProductId,
    ProductKind,
    WholeProduct,
)
from crm_desktop.domain.customers import CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.services import amounts
from crm_desktop.services.catalogue import CatalogueService, CategoryCount
from crm_desktop.ui.host import session_of
from crm_desktop.ui.leaving import leave
from crm_desktop.ui.ops import ReadOp, WriteOp
from crm_desktop.ui.pages import refusals
from crm_desktop.ui.pages.product_prices import ProductPrices
from crm_desktop.ui.product_words import category_text, kind_text, todays_price
from crm_desktop.ui.theme import SPACE, colours, fonts, icons
from crm_desktop.ui.widgets.basic import button, hairline, label, row
from crm_desktop.ui.widgets.completion import complete_with
from crm_desktop.ui.widgets.customer_pick import CustomerPick
from crm_desktop.ui.widgets.edit import InlineEdit
from crm_desktop.ui.widgets.facts import ChoiceFact, TextFact
from crm_desktop.ui.widgets.format_bar import FormatBar
from crm_desktop.ui.widgets.rich_notes import RichNotes
from crm_desktop.ui.widgets.tab_order import TabOrder

_OFFERED, _RETIRED = "1", "0"
_WITH_ERRORS = ("facts", "description", "notes")


class ProductPanel(QWidget):
    """Shows and edits a product.

    `created` carries the name of a new one; `customer_wanted` a supplier.
    """

    created = Signal(str)
    given_up = Signal()
    delete_wanted = Signal()
    customer_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.number: ProductId | None = None
        self.is_new = False
        # The name that a new one was handed over with.
        self._named = ""
        self._suppliers: Sequence[tuple[CustomerId, str]] = ()
        self.name = InlineEdit(_("Name"), role="record", placeholder=_("Name of the product"))
        self.name.committed.connect(self._name_typed)
        self.price = label("", "secondary")
        self.remove = button("", "trash-2", kind="quiet", clicked=self.delete_wanted.emit)
        self.remove.setAccessibleName(_("Delete the product"))
        self.remove.setToolTip(_("Delete the product (Del in the list)"))
        kinds = [(kind.value, kind_text(kind), None) for kind in ProductKind]
        self.kind = ChoiceFact(_("Kind"), kinds, partial(self._save, "kind"))
        self.offered = ChoiceFact(
            _("Offered"),
            [(_OFFERED, _("Yes"), None), (_RETIRED, _("Not any more"), None)],
            partial(self._save, "offered"),
        )
        self.code = self._fact("code", _("Code"), _("Add a code"))
        self.category = self._fact(
            "category", _("Category"), _("Such as Visas / Schengen")
        )  # fmt: skip
        self.category.edit.entered.connect(self._offer_categories)
        self.unit = self._fact("unit", _("Unit"), _("night, person, hour …"))
        self.tax = self._fact("tax_rate", _("Tax"), _("Add a rate"))
        self.cost = self._fact("cost", _("Our cost"), _("What it costs us"))
        self.facts = (
            *(self.kind, self.code, self.category, self.unit),
            *(self.tax, self.cost, self.offered),
        )
        self.prices = ProductPrices()
        self.pick = CustomerPick(_("Customer from whom it comes"))
        self.pick.picked.connect(self._picked)
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self.description = RichNotes(_("Description"), _("What quotations say of it"))
        self.notes = RichNotes(_("Notes"), _("What only we read: season, local customs, contacts"))
        for field, text in (("description", self.description), ("notes", self.notes)):
            text.committed.connect(partial(self._save_long, field))
        self._errors = {field: label("", "error", wrap=True) for field in _WITH_ERRORS}
        self._hide_errors()
        self._build()
        self.tab_order = TabOrder(self)

    def _fact(self, field: str, name: str, placeholder: str) -> TextFact:
        return TextFact(name, partial(self._save_text, field), placeholder=placeholder)

    def _build(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        said = row(self.price, None)
        said.setContentsMargins(SPACE.s - 2, 0, 0, 0)
        names.addLayout(said)
        head = row(spacing=SPACE.s)
        head.addLayout(names, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(SPACE.l - 6, SPACE.m, SPACE.m, 0)
        self._lower = QWidget()
        box = QVBoxLayout(self._lower)
        box.setContentsMargins(SPACE.l, SPACE.s, SPACE.l, SPACE.m)
        box.setSpacing(SPACE.s)
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for fact in self.facts:
            facts.addWidget(fact)
        box.addLayout(facts)
        box.addWidget(self._errors["facts"])
        box.addWidget(hairline())
        box.addWidget(self.prices)
        box.addWidget(hairline())
        for title, field, text in (
            (_("Description"), "description", self.description),
            (_("Notes"), "notes", self.notes),
        ):
            box.addLayout(row(label(title, "section"), None, FormatBar(text)))
            box.addWidget(text)
            box.addWidget(self._errors[field])
        box.addWidget(hairline())
        box.addWidget(label(_("Comes from"), "section"))
        box.addLayout(self._people)
        box.addWidget(self.pick)
        box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._lower)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SPACE.s)
        whole.addLayout(head)
        whole.addWidget(self.area, 1)

    # Showing.

    def begin(self) -> None:
        """A product without a name yet, the cursor where it goes."""
        self._leave()
        self.number = None
        self.is_new = True
        self._named = ""
        self._fill(WholeProduct(Product("")))
        self.price.setText(_("Enter keeps it; its prices and all else come then."))
        self._switch()
        self.name.start()

    def created_as(self, number: ProductId) -> None:
        """The new product is kept now; the cursor goes on to its code."""
        self.number = number
        self.is_new = False
        self._switch()
        if self.name.edit.hasFocus():
            typed = self.name.edit.text().strip()
            self.code.edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            typed = self.name.edit.text().strip() or self._named
        if typed and typed != self._named:  # it was called otherwise while it was on its way
            self._save_text("name", typed, self.name)

    def give_up_new(self) -> None:
        """Another one is to be shown: what is named so far is kept."""
        if self.is_new:
            self._leave()
            self.is_new = False

    def show_product(self, whole: WholeProduct) -> None:
        """Show a product; what is being typed into it is left alone."""
        product = whole.product
        if product.id != self.number:
            self._leave()
        self.number = product.id
        self.is_new = False
        fonts.ensure_for(
            *(product.name, product.code, product.unit, product.description, product.notes),
            *whole.category,
            *(name for _number, name in whole.suppliers),
        )
        self._fill(whole)
        asked = todays_price(whole, date.today())
        if asked:
            self.price.setText(_("{price} today").format(price=asked))
        else:
            self.price.setText(_("No price for today"))
        self._switch()
        self.tab_order.soon()

    def _fill(self, whole: WholeProduct) -> None:
        product, c = whole.product, colours()
        self.name.set_value(product.name)
        self.kind.show_value(product.kind.value, kind_text(product.kind), c.neutral)
        offered = product.offered
        self.offered.show_value(
            _OFFERED if offered else _RETIRED,
            _("Yes") if offered else _("Not any more"),
            c.green if offered else c.amber,
        )
        rate, cost = product.tax_rate, product.cost_money
        for fact, text, shown in (
            (self.code, product.code, ""),
            (self.category, category_text(whole), ""),
            (self.unit, product.unit, ""),
            (self.tax, amounts.rate_typed(rate), amounts.rate_shown(rate)),
            (self.cost, amounts.money_typed(cost), amounts.money_shown(cost)),
        ):
            fact.edit.set_value(text, shown)
        self.prices.show_prices(product, whole.prices)
        self.description.set_value(product.description)
        self.notes.set_value(product.notes)
        self._show_suppliers(whole.suppliers)

    def suppliers(self) -> list[CustomerId]:
        """From whom it comes."""
        return [number for number, _name in self._suppliers]

    def show_error(self, error: BaseException) -> None:
        """Say why a name was not taken."""
        self._named = ""
        self.name.show_error(str(error))

    def _leave(self) -> None:
        """Keep what is being typed into the product that goes, and let its fields be filled."""
        refused = refusals.standing(self)
        refused += [
            (text.text(), self._errors[field].text())
            for field, text in (("description", self.description), ("notes", self.notes))
            if not self._errors[field].isHidden()
        ]
        refused += self.prices.take_refused()
        if refused:
            refusals.tell_of_product(self, self.number, self.name.value(), refused)
        leave(self)
        self._hide_errors()
        self.area.verticalScrollBar().setValue(0)
        for edit in (self.name, *(fact.edit for fact in self._typed_facts())):
            edit.forget()
        for text in (self.description, self.notes):
            text.set_value("")

    def _typed_facts(self) -> list[TextFact]:
        return [fact for fact in self.facts if isinstance(fact, TextFact)]

    def _hide_errors(self) -> None:
        for error in self._errors.values():
            error.hide()

    def _show_suppliers(self, suppliers: Sequence[tuple[CustomerId, str]]) -> None:
        if suppliers == self._suppliers:
            return
        self._suppliers = suppliers
        while (item := self._people.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for number, name in suppliers:
            self._people.addWidget(self._person(number, name))

    def _person(self, number: CustomerId, name: str) -> QWidget:
        made = QWidget()
        go = button(name, "user", kind="link", clicked=partial(self._go, number))
        words = _("Unlink {title}").format(title=name)
        part = button("", kind="link", clicked=partial(self._part, number), name=words)
        part.setToolTip(_("Unlink"))
        icons.set_icon(part, "x", "mute", 14)
        part.setFixedWidth(24)
        made.setLayout(row(go, part, None, spacing=0))
        return made

    def _switch(self) -> None:
        """What can be edited only once the product has a name."""
        self._lower.setVisible(not self.is_new)
        bar = Qt.ScrollBarPolicy
        self.area.setVerticalScrollBarPolicy(
            bar.ScrollBarAlwaysOff if self.is_new else bar.ScrollBarAsNeeded
        )
        self.remove.setEnabled(not self.is_new)

    # Writing.

    def _name_typed(self, text: str) -> None:
        if not self.is_new:
            self._save_text("name", text, self.name)
        elif text and not self._named:
            self._named = text
            self.created.emit(text)

    def _save_text(self, field: str, text: str, edit: InlineEdit) -> None:
        self._write(field, text, lambda error: edit.show_error(str(error)))

    def _save_long(self, field: str, text: str) -> None:
        self._errors[field].hide()
        self._write(field, text, partial(self._tell, field))

    def _save(self, field: str, text: str) -> None:
        self._errors["facts"].hide()
        self._write(field, text, partial(self._tell, "facts"))

    def _write(self, field: str, text: str, tell: Callable[[UserError], object]) -> None:
        catalogue, number, name = self._service(), self.number, self.name.value()
        if number is None:
            return

        def refused(error: UserError) -> None:
            if self.number == number:
                tell(error)
            else:
                refusals.tell_of_product(self, number, name, [(text, str(error))])

        WriteOp(self, lambda: catalogue.update(number, field, text)).failure(refused).run()

    def _tell(self, place: str, error: UserError) -> None:
        self._errors[place].setText(str(error))
        self._errors[place].show()

    def _service(self) -> CatalogueService:
        return session_of(self).workspace.catalogue

    def _offer_categories(self) -> None:
        """Complete the categories that there are when the field is entered."""

        def offer(found: list[CategoryCount]) -> None:
            paths = [BETWEEN_CATEGORIES.join(one.path) for one in found]
            complete_with(self.category.edit.edit, paths)

        ReadOp(self, self._service().categories, key="categories").success(offer).run()

    def _picked(self) -> None:
        customer, number = self.pick.customer, self.number
        if customer is not None and number is not None:
            catalogue = self._service()
            WriteOp(self, lambda: catalogue.add_supplier(number, customer)).failure(
                partial(self._tell, "facts")
            ).run()
            self.pick.show_customer(None, "")

    def _go(self, number: CustomerId, *_checked: object) -> None:
        self.customer_wanted.emit(number)

    def _part(self, customer: CustomerId, *_checked: object) -> None:
        catalogue, number = self._service(), self.number
        if number is not None:
            WriteOp(self, lambda: catalogue.remove_supplier(number, customer)).run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives a new product up."""
        if event.key() == Qt.Key.Key_Escape and self.is_new:
            self.is_new = False
            self.given_up.emit()
            return
        super().keyPressEvent(event)
