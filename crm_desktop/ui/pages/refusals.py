"""What was refused for a customer who is not shown any more: said with his name, and a way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.domain.names import shortened
from crm_desktop.i18n import _
from crm_desktop.ui.host import host_of
from crm_desktop.ui.widgets.edit import InlineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crm_desktop.domain.customers import Customer


def tell_all(panel: QWidget, customer: Customer) -> None:
    """Say what stands refused in the fields of a customer's panel, before it shows another one.

    A field with the cursor says so itself: it is saved once more when it is left.
    """
    for edit in panel.findChildren(InlineEdit):
        refused = None if edit.edit.hasFocus() else edit.refused()
        if refused is not None:
            tell(panel, customer, *refused)


def tell(panel: QWidget, customer: Customer, typed: str, why: str) -> None:
    """Say what was not taken for somebody, and lead back to him.

    Args:
        panel: that shows another one now.
        customer: whose it was to be.
        typed: the text as it was typed.
        why: the words of the refusal.
    """
    host = host_of(panel)
    said = _("“{text}” is not saved for {name}. {why}")
    text = said.format(text=shortened(typed), name=shortened(customer.name), why=why)
    back = (_("Back to the customer"), partial(host.show_customer, customer.id))
    host.toast(text, action=back, problem=True)
