"""A field that finds something in the catalogue by what is typed of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.catalogue import ProductId
from crm_desktop.i18n import _
from crm_desktop.ui.host import session_of
from crm_desktop.ui.product_words import todays_price
from crm_desktop.ui.widgets.pick import Pick, Picked

_HITS = 8


class ProductPick(Pick):
    """Typing lists products below; what is none of them stays as it was typed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _("From the catalogue, or in your own words"), parent)

    @property
    def product(self) -> ProductId | None:
        """What is chosen, None for nothing of the catalogue."""
        return None if self.number is None else ProductId(self.number)

    def finder(self, text: str) -> Callable[[], Sequence[Picked]]:
        """What looks for products."""
        catalogue, today = session_of(self).workspace.catalogue, date.today()
        return lambda: [
            Picked(int(one.product.id or 0), one.product.name, todays_price(one, today))
            for one in catalogue.search(text, limit=_HITS)
            if one.product.offered
        ]

    # Qt's own names.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on one of the products that are listed takes it, and does nothing more."""
        popup = self.completer().popup()
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and popup is not None
            and popup.isVisible()
            and popup.currentIndex().isValid()
        ):
            event.ignore()
            return
        super().keyPressEvent(event)
