"""What a part of the window may ask of the window, without knowing it.

Operations and widgets find their host by walking up the chain of Qt parents; nothing is
global, and a test can put any `Host` at the top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from crm_desktop.domain.articles import ArticleId
    from crm_desktop.domain.catalogue import ProductId
    from crm_desktop.domain.changes import StepId
    from crm_desktop.domain.customers import CustomerDraft, CustomerId
    from crm_desktop.domain.opportunities import OpportunityId
    from crm_desktop.domain.orders import OrderId
    from crm_desktop.domain.quotations import QuotationId
    from crm_desktop.ui.ops import Operations
    from crm_desktop.ui.session import Session


class Host:
    """The window, as its parts see it.

    Attributes:
        operations: runs work on other threads and brings its results back.
        session: the open archive, None while there is none.
    """

    operations: Operations
    session: Session | None

    def toast(
        self,
        text: str,
        *,
        undo: StepId | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
        problem: bool = False,
    ) -> None:
        """Say what happened; with the step's number, offer to take it back."""
        raise NotImplementedError

    def show_problem(self, error: BaseException) -> None:
        """Show a failure that no field can show: what is the matter, and the remedy."""
        raise NotImplementedError

    def show_page(self, key: str) -> None:
        """Go to a page of the rail."""
        raise NotImplementedError

    def show_fields(self) -> None:
        """Go to the fields of the owner's own, in Settings."""
        raise NotImplementedError

    def show_customer(self, customer: CustomerId) -> None:
        """Go to the customers' page and open one of them."""
        raise NotImplementedError

    def begin_customer(self, known: CustomerDraft | None = None) -> None:
        """Go to the customers' page, where a new one is typed; with what is known of him."""
        raise NotImplementedError

    def show_article(self, article: ArticleId) -> None:
        """Go to the page of knowledge and open one article."""
        raise NotImplementedError

    def show_product(self, product: ProductId) -> None:
        """Go to the catalogue and open one product."""
        raise NotImplementedError

    def show_order(self, order: OrderId) -> None:
        """Go to the orders and open one of them."""
        raise NotImplementedError

    def show_opportunity(self, opportunity: OpportunityId) -> None:
        """Go to the opportunities and open one of them."""
        raise NotImplementedError

    def show_quotation(self, quotation: QuotationId) -> None:
        """Open one quotation."""
        raise NotImplementedError

    def open_import(self, paths: Sequence[Path]) -> None:
        """Start the import of files; without any, let the user choose."""
        raise NotImplementedError

    def print_customers(self, ids: Sequence[CustomerId]) -> None:
        """Show the customer files of some customers as they will be printed."""
        raise NotImplementedError

    def open_archive(self, path: Path, *, create: bool = False) -> None:
        """Open another archive in this window."""
        raise NotImplementedError


def host_of(part: QObject) -> Host:
    """The window that a part belongs to.

    Raises:
        LookupError: it belongs to none (yet).
    """
    at: QObject | None = part
    while at is not None:
        if isinstance(at, Host):
            return at
        at = at.parent()
    raise LookupError(f"{type(part).__name__} is not part of a window")


def session_of(part: QObject) -> Session:
    """The open archive of the window that a part belongs to.

    Raises:
        LookupError: no archive is open.
    """
    session = host_of(part).session
    if session is None:
        raise LookupError("no archive is open")
    return session
