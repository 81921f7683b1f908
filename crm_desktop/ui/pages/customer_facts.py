"""The facts card of a customer: rows come and go with what he has, and keep the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from crm_desktop.domain.customers import Address, Customer, CustomerId
from crm_desktop.domain.relations import NOBODY, Related
from crm_desktop.services.customer_views import NOTHING, CustomerView
from crm_desktop.ui.clocks import after
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.pages.contact_rows import ContactRows
from crm_desktop.ui.pages.fact_adders import FactAdders
from crm_desktop.ui.pages.own_field_rows import OwnFieldRows
from crm_desktop.ui.pages.personal_rows import PersonalRows
from crm_desktop.ui.pages.relation_rows import RelationRows
from crm_desktop.ui.pages.row_groups import Maker, Makers
from crm_desktop.ui.pages.usual_rows import UsualRows
from crm_desktop.ui.widgets.basic import Card, row
from crm_desktop.ui.widgets.facts import ChoiceFact, FactRow, TextFact, WidgetFact
from crm_desktop.ui.widgets.reach import AddressFact

if TYPE_CHECKING:
    from crm_desktop.services.customers import CustomerService
    from crm_desktop.ui.pages.customer_panel import CustomerPanel


class Facts(Card):
    """Rows by key.

    A customer's rows are matched with those that stand, so that a field that is being edited
    stays where it is while another one is saved.

    Attributes:
        panel: that it stands in.
        customer: whose facts they are; only once there is one.
        view: what else is told of him.
        related: to whom he is something, and who is something to him.
        rows: those that stand, by key.
        asked: keys of rows that stand although they say nothing.
    """

    def __init__(self, panel: CustomerPanel) -> None:
        super().__init__(panel, margins=(14, 10, 8, 8))
        self.panel = panel
        self._customer: Customer | None = None
        self._fields: Mapping[str, str] = {}
        self.view: CustomerView = NOTHING
        self.related: Related = NOBODY
        self.rows: dict[str, FactRow] = {}
        # Rows of those who were shown before, hidden: to make one takes milliseconds.
        self._spare: dict[str, list[FactRow]] = {}
        self.asked: set[str] = set()
        self._order: list[str] = []
        self.usual = UsualRows(self)
        self.contacts = ContactRows(self)
        self.personal = PersonalRows(self)
        self.relations = RelationRows(self)
        self.own = OwnFieldRows(self)
        self._groups = (self.usual, self.relations, self.contacts, self.personal, self.own)
        self.adders = FactAdders(self)
        self.body.setSpacing(1)
        own = row(self.own.build(), None)
        own.setContentsMargins(0, 2, 0, 0)
        self.body.addLayout(own)
        self.body.addWidget(self.relations.build())
        self.body.addWidget(self.adders)

    @property
    def customer(self) -> Customer:
        """Whose facts they are."""
        assert self._customer is not None
        return self._customer

    def row(self, key: str) -> FactRow:
        """A row by its key, such as `stage`, `phone:3`, `custom:Size`."""
        return self.rows[key]

    def keys(self) -> list[str]:
        """The rows' keys from top to bottom."""
        return list(self._order)

    def show_customer(
        self,
        customer: Customer,
        fields: Mapping[str, str],
        related: Related = NOBODY,
        view: CustomerView = NOTHING,
    ) -> None:
        """Show a customer's facts.

        Args:
            customer: whose.
            fields: how the values of his own fields read, by name.
            related: to whom he is something, and who is something to him.
            view: what else is told of him.
        """
        self._customer, self._fields, self.related, self.view = customer, fields, related, view
        self.arrange()

    def arrange(self) -> None:
        """Bring the rows in line with what the customer has."""
        wanted = self._wanted()
        rows = self.rows
        for key in [k for k in rows if k not in wanted or wanted[k].alike != rows[k].alike]:
            self._put_by(key)
        for key, maker in wanted.items():
            if key not in rows:
                rows[key] = self._row_for(key, maker)
        for one in chain.from_iterable(self._spare.values()):
            one.hide()
            self.body.removeWidget(one)
        order = list(wanted)
        for place, key in enumerate(order):
            if self.body.indexOf(rows[key]) != place:
                self.body.removeWidget(rows[key])
                self.body.insertWidget(place, rows[key])
            rows[key].show()
        if order != self._order:
            self._order = order
            self.panel.tab_order.soon()
        for group in self._groups:
            group.fill()

    def leave(self) -> None:
        """Another customer's facts are to come: what is typed into his rows is saved."""
        self.adders.new_field.keep()
        self.asked.clear()
        for key, fact in list(self.rows.items()):
            fact.keep()
            if fact.alike:
                fact.rest()
            else:
                self._put_by(key)

    # Which rows there are.

    def _wanted(self) -> Makers:
        usual = self.usual.wanted()
        rows: Makers = {key: usual.pop(key) for key in ("stage", "kind")}
        rows |= self.relations.wanted()
        rows |= self.contacts.wanted()
        rows |= self.personal.wanted()
        rows |= usual
        rows |= self.own.wanted()
        return rows

    def shown(self, name: str, value: str) -> str:
        """How a value of an own field of his reads."""
        return self._fields.get(name, value)

    def _put_by(self, key: str) -> None:
        """Take a row away; one like others may stand for something else at once."""
        gone = self.rows.pop(key)
        if not gone.alike:
            self.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            return
        focus = QApplication.focusWidget()
        if focus is not None and gone.isAncestorOf(focus):
            gone.hide()  # what is typed is saved, and the cursor goes on
        gone.rest()
        self._spare.setdefault(gone.alike, []).append(gone)

    def _row_for(self, key: str, maker: Maker) -> FactRow:
        """A row that was put by, or a new one."""
        spare = self._spare.get(maker.alike)
        if spare:
            row = spare.pop(0)
        else:
            row = maker.make()
            row.alike = maker.alike
            if key.partition(":")[0] in PLACES:
                self.panel.past.offer(row, key)
        row.key = key
        return row

    # What the rows save through.

    def service(self) -> tuple[CustomerService, CustomerId]:
        """What changes customers, and whom this card is about."""
        return session_of(self).workspace.customers, self.customer.id

    def write(
        self,
        fn: Callable[[], object],
        failed: Callable[[str], object] | None = None,
        *,
        typed: str = "",
    ) -> None:
        """Run a change, of what was `typed`; without `failed`, a toast tells a refusal."""
        self.panel.write(fn, failed or host_of(self).toast, typed=typed)

    def save_field(
        self, field: str, text: str, failed: Callable[[str], object] | None = None
    ) -> None:
        """Save one field of the customer."""
        customers, wanted = self.service()
        self.write(lambda: customers.update(wanted, field, text), failed, typed=text)

    def save_address(self, address: Address) -> None:
        """Save an address."""
        customers, wanted = self.service()
        self.asked.discard("address:new")
        self.write(lambda: customers.save_address(wanted, address))

    def ask_for(self, key: str) -> None:
        """Show a row that says nothing yet, and go there."""
        if self._customer is None:
            return
        self.asked.add(key)
        self.arrange()
        fact = self.rows[key]
        # Once the layout has given the new row its place.
        if isinstance(fact, AddressFact):
            after(0, fact, fact.start)
        elif isinstance(fact, TextFact):
            after(0, fact, fact.edit.start)
        elif isinstance(fact, WidgetFact):
            after(0, fact.widget, fact.widget.setFocus)
        elif isinstance(fact, ChoiceFact):
            after(0, fact.button, fact.button.setFocus)
        else:
            after(0, fact.value, fact.value.setFocus)


# Rows whose history the archive tells by the row's key; contacts have it in menus of their own.
PLACES = frozenset(("stage", "kind", "birthday", "tags", "custom", *PersonalRows.KEYS))
