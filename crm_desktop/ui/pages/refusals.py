"""What was refused for a customer who is not shown any more: said with his name, and a way back."""

from __future__ import annotations

from collections.abc import Sequence
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
    edits = (edit for edit in panel.findChildren(InlineEdit) if not edit.edit.hasFocus())
    if refused := [said for edit in edits if (said := edit.refused()) is not None]:
        tell(panel, customer, refused)


def tell(panel: QWidget, customer: Customer, refused: Sequence[tuple[str, str]]) -> None:
    """Say what was not taken for somebody, and lead back to him.

    Args:
        panel: that shows another one now.
        customer: whose it was to be.
        refused: each text as it was typed, and the words of its refusal.
    """
    host = host_of(panel)
    said = _("“{text}” is not saved for {name}. {why}")
    name = shortened(customer.name)
    text = "\n".join(said.format(text=shortened(t), name=name, why=why) for t, why in refused)
    back = (_("Back to the customer"), partial(host.show_customer, customer.id))
    host.toast(text, action=back, problem=True)
