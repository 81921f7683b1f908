"""The papers of orders as they will be printed, each with its message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.orders import Order, OrderId
from crm_desktop.domain.payments import PaymentId, Tone
from crm_desktop.i18n import _
from crm_desktop.services.order_papers import OrderPaperService
from crm_desktop.ui.host import session_of
from crm_desktop.ui.order_words import tone_text

if TYPE_CHECKING:
    from crm_desktop.services.customer_files import PdfFile


class OrderPapers:
    """Opens their previews over a part of the window."""

    def __init__(self, part: QWidget) -> None:
        self._part = part

    def confirmation(self, number: OrderId, called: str, *, draft: bool) -> None:
        """An order as it is agreed, or as it is being drafted."""
        papers = self._papers()
        self._show(
            _("Order {number}").format(number=called),
            lambda: papers.confirmation(number, draft=draft),
            lambda: papers.mail_confirmation(number, draft=draft),
        )

    def version(self, number: OrderId, called: str, version: int) -> None:
        """An order as it was agreed once."""
        papers = self._papers()
        self._show(
            _("Order {number}").format(number=called),
            lambda: papers.confirmation(number, version=version),
            lambda: papers.mail_confirmation(number, version=version),
        )

    def receipt(self, payment: PaymentId) -> None:
        """The receipt of a payment."""
        papers = self._papers()
        self._show(
            _("Receipt"), lambda: papers.receipt(payment), lambda: papers.mail_receipt(payment)
        )

    def statement(self, order: Order) -> None:
        """The account of an order's customer in its currency."""
        papers, customer, currency = self._papers(), order.customer_id, order.currency
        self._show(
            _("Statement of account"),
            lambda: papers.statement(customer, currency),
            lambda: papers.mail_statement(customer, currency),
        )

    def reminder(self, order: OrderId, tone: Tone) -> None:
        """A letter about what is late."""
        papers = self._papers()
        self._show(
            tone_text(tone),
            lambda: papers.reminder(order, tone),
            lambda: papers.mail_reminder(order, tone),
        )

    def _show(self, name: str, make: Callable[[], PdfFile], mail: Callable[[], Path]) -> None:
        from crm_desktop.ui.dialogs.print_preview import Paper, PrintPreview

        PrintPreview((), self._part, paper=Paper(name, lambda _job: make(), mail)).open()

    def _papers(self) -> OrderPaperService:
        return session_of(self._part).workspace.papers
