"""A field that finds one customer by what is typed of him."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.customers import CustomerId
from crm_desktop.i18n import _
from crm_desktop.ui.host import session_of
from crm_desktop.ui.widgets.pick import Pick, Picked

_HITS = 8


class CustomerPick(Pick):
    """Typing lists customers below; `picked` tells that one was chosen, or the field emptied."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _("Name or phone number"), parent)

    @property
    def customer(self) -> CustomerId | None:
        """Who is chosen, None for nobody."""
        return None if self.number is None else CustomerId(self.number)

    def show_customer(self, customer: CustomerId | None, name: str) -> None:
        """Show somebody, None for nobody."""
        self.show_record(customer, name)

    def finder(self, text: str) -> Callable[[], Sequence[Picked]]:
        """What looks for customers."""
        customers = session_of(self).workspace.customers
        return lambda: [
            Picked(row.id, row.name, row.organisation)
            for row in customers.search(text, limit=_HITS)
        ]
