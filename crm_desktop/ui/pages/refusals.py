"""What was refused for a record that is not shown any more: said with its name, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.domain.names import shortened
from crm_desktop.i18n import _
from crm_desktop.ui.host import host_of
from crm_desktop.ui.widgets.edit import InlineEdit

Back = Callable[[], object]

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crm_desktop.domain.catalogue import ProductId
    from crm_desktop.domain.customers import Customer
    from crm_desktop.domain.opportunities import OpportunityId
    from crm_desktop.domain.orders import OrderId
    from crm_desktop.domain.quotations import QuotationId


def tell_all(panel: QWidget, customer: Customer) -> None:
    """Say what stands refused in the fields of a customer's panel, before it shows another one.

    A field with the cursor says so itself: it is saved once more when it is left.
    """
    if refused := standing(panel):
        tell(panel, customer, refused)


def standing(panel: QWidget) -> list[tuple[str, str]]:
    """The texts that stand refused in a panel's fields without the cursor, and why."""
    edits = (edit for edit in panel.findChildren(InlineEdit) if not edit.edit.hasFocus())
    return [said for edit in edits if (said := edit.refused()) is not None]


def tell(panel: QWidget, customer: Customer, refused: Sequence[tuple[str, str]]) -> None:
    """Say what was not taken for somebody, and lead back to him.

    Args:
        panel: that shows another one now.
        customer: whose it was to be.
        refused: each text as it was typed, and the words of its refusal.
    """
    host = host_of(panel)
    back = (_("Back to the customer"), partial(host.show_customer, customer.id))
    host.toast(_words(customer.name, refused), action=back, problem=True)


def tell_of_product(
    panel: QWidget, number: ProductId | None, name: str, refused: Sequence[tuple[str, str]]
) -> None:
    """Say what was not taken for a product, and lead back to it.

    Args:
        panel: that shows another one now.
        number: of the product; None for one that was not kept itself.
        name: what it is called.
        refused: each text as it was typed, and the words of its refusal.
    """
    host = host_of(panel)
    if number is None:
        said = _("“{text}” is not saved. {why}")
        words = "\n".join(said.format(text=shortened(t), why=why) for t, why in refused)
        host.toast(words, problem=True)
        return
    back = (_("Back to the product"), partial(host.show_product, number))
    host.toast(_words(name, refused), action=back, problem=True)


def tell_of_opportunity(
    panel: QWidget, number: OpportunityId, title: str, refused: Sequence[tuple[str, str]]
) -> None:
    """Say what was not taken for an opportunity, and lead back to it.

    Args:
        panel: that shows another one now.
        number: of the opportunity.
        title: what it is about.
        refused: each text as it was typed, and the words of its refusal.
    """
    go = partial(host_of(panel).show_opportunity, number)
    _tell(panel, title, refused, (_("Back to the opportunity"), go))


def tell_of_order(
    panel: QWidget, number: OrderId, title: str, refused: Sequence[tuple[str, str]]
) -> None:
    """Say what was not taken for an order, and lead back to it.

    Args:
        panel: that shows another one now.
        number: of the order.
        title: what it is about.
        refused: each text as it was typed, and the words of its refusal.
    """
    go = partial(host_of(panel).show_order, number)
    _tell(panel, title, refused, (_("Back to the order"), go))


def _tell(
    panel: QWidget, name: str, refused: Sequence[tuple[str, str]], back: tuple[str, Back]
) -> None:
    host_of(panel).toast(_words(name, refused), action=back, problem=True)


def tell_of_quotation(
    part: QWidget, number: QuotationId, title: str, refused: Sequence[tuple[str, str]]
) -> None:
    """Say what was not taken for a quotation, and lead back to it.

    Args:
        part: that shows another one now.
        number: of the quotation.
        title: what it is about.
        refused: each text as it was typed, and the words of its refusal.
    """
    go = partial(host_of(part).show_quotation, number)
    _tell(part, title, refused, (_("Back to the quotation"), go))


def _words(name: str, refused: Sequence[tuple[str, str]]) -> str:
    said = _("“{text}” is not saved for {name}. {why}")
    return "\n".join(
        said.format(text=shortened(text), name=shortened(name), why=why) for text, why in refused
    )
