"""What was before of the customer in the panel: of each value, and of him as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from crm_desktop.domain.customers import ContactKind, Customer, CustomerId, Origin
from crm_desktop.i18n import _
from crm_desktop.services.captions import caption as caption_of
from crm_desktop.services.past import ValueHistory, Version
from crm_desktop.ui.host import host_of, session_of
from crm_desktop.ui.ops import ReadOp
from crm_desktop.ui.widgets.edit import InlineNotes, Offer
from crm_desktop.ui.widgets.facts import FactRow, TextFact, WidgetFact

if TYPE_CHECKING:
    from crm_desktop.ui.pages.customer_panel import CustomerPanel

_POINTS = tuple(kind.value for kind in ContactKind)
# An address is several fields: an earlier one comes back with the customer's earlier state.
_NOT_PUT_BACK = ("address",)


class CustomerPast(QObject):
    """Offers the history of each value in its menu, and opens what was before."""

    def __init__(self, panel: CustomerPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        for edit, place in ((panel.name, "name"), (panel.organisation, "organisation")):
            edit.offer(partial(self.actions, place))
        panel.notes.offer(partial(self.actions, "notes"))

    def actions(self, place: str, menu: QMenu) -> list[QAction]:
        """What opens the history of a field, for its menu."""
        return [self.action(menu, place)]

    def action(self, owner: QObject, place: str, caption: str = "") -> QAction:
        """What opens the history of a field; `place` as `PastService.value_history` takes it."""
        made = QAction(_("History of this value…"), owner)
        made.setData("history")
        made.triggered.connect(partial(self._triggered, place, caption))
        return made

    def offer(self, fact: FactRow, place: str) -> None:
        """Put it into the menu of a row of the facts that has no menu of its own."""
        offer = partial(self.actions, place)
        if isinstance(fact, TextFact):
            fact.edit.offer(offer)
        elif isinstance(fact, WidgetFact) and isinstance(fact.widget, InlineNotes):
            fact.widget.offer(offer)
        # Beside the field, and on what is no field: a menu of the row's own.
        fact.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        fact.customContextMenuRequested.connect(partial(_pop, fact, offer))

    def show_value(self, place: str, caption: str = "") -> None:
        """Open the history of a value."""
        customer = self._panel.customer
        if customer is None:
            return
        past = session_of(self).workspace.past
        ReadOp(self, partial(past.value_history, customer.id, place), key="past").success(
            partial(self._open_value, customer.id, place, caption or caption_of(place))
        ).run()

    def show_states(self) -> None:
        """Open the earlier states of the customer."""
        customer = self._panel.customer
        if customer is None:
            return
        past, customers = (workspace := session_of(self).workspace).past, workspace.customers

        def read() -> tuple[Customer, Sequence[Version]]:
            return customers.get(customer.id), past.versions(customer.id)

        def show(found: tuple[Customer, Sequence[Version]]) -> None:
            from crm_desktop.ui.dialogs.earlier_states import EarlierStates

            EarlierStates(past, *found, self._panel).open()

        ReadOp(self, read, key="past").success(show).run()

    def show_origins(self) -> None:
        """Open where the values of the customer came from."""
        customer = self._panel.customer
        if customer is None:
            return
        customers = session_of(self).workspace.customers

        def show(origins: list[Origin]) -> None:
            from crm_desktop.ui.dialogs.origins import Origins

            Origins(customer.name, origins, self._panel).open()

        ReadOp(self, lambda: customers.origins(customer.id)).success(show).run()

    def _triggered(self, place: str, caption: str, *_checked: bool) -> None:
        self.show_value(place, caption)

    def _open_value(
        self, customer: CustomerId, place: str, caption: str, history: ValueHistory
    ) -> None:
        from crm_desktop.ui.dialogs.value_history import ValueHistorySheet

        can = place.partition(":")[0] not in _NOT_PUT_BACK
        sheet = ValueHistorySheet(caption, place, history, self._panel, can_put_back=can)
        sheet.wanted.connect(partial(self._put_back, customer, place))
        sheet.open()

    def _put_back(self, customer: CustomerId, place: str, text: str) -> None:
        customers = session_of(self).workspace.customers
        kind, _colon, rest = place.partition(":")
        if kind == "custom":
            act = partial(customers.set_custom, customer, rest, text, strict=False)
        elif kind == "tags":
            tags = [tag for tag in text.split(", ") if tag]
            act = partial(customers.set_tags, customer, tags)
        elif kind in _POINTS:
            act = partial(self._put_back_point, customer, kind, int(rest), text)
        else:
            act = partial(customers.update, customer, place, text)
        self._panel.write(act, self._refused)

    def _put_back_point(self, customer: CustomerId, kind: str, number: int, text: str) -> None:
        customers = session_of(self).workspace.customers
        known = customers.get(customer).contact_points
        now = next(point for point in known if point.id == number)
        customers.save_contact_point(
            customer,
            ContactKind(kind),
            text,
            label=now.label,
            do_not_use=now.do_not_use,
            contact_point_id=now.id,
            strict=False,
        )

    def _refused(self, words: str) -> None:
        host_of(self).toast(words)


def _pop(fact: FactRow, offer: Offer, at: QPoint) -> None:
    menu = QMenu(fact)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addActions(offer(menu))
    menu.popup(fact.mapToGlobal(at))
