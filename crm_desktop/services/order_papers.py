"""Papers of orders: confirmations, receipts, statements and reminders, as PDF."""

from __future__ import annotations

from datetime import date

from crm_desktop.domain.customers import Customer, CustomerId
from crm_desktop.domain.errors import UserError
from crm_desktop.domain.orders import OrderId, VersionStatus
from crm_desktop.domain.payments import PaymentId, Tone, balance
from crm_desktop.i18n import _, language, nearest
from crm_desktop.services.customer_files import PdfFile
from crm_desktop.services.orders import OrderService
from crm_desktop.services.payments import PaymentService
from crm_desktop.services.settings import SettingsService
from crm_desktop.store import customers
from crm_desktop.store import orders as rows
from crm_desktop.store.archive import Archive


class OrderPaperService:
    """Draws the papers of one archive's orders; nothing is written by it."""

    def __init__(
        self,
        archive: Archive,
        settings: SettingsService,
        orders: OrderService,
        payments: PaymentService,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._orders = orders
        self._payments = payments

    def confirmation(
        self, number: OrderId, *, draft: bool = False, version: int | None = None
    ) -> PdfFile:
        """An order as it is agreed, as it was, or as it is being drafted.

        Raises:
            UserError: it is not there any more, or there is no such version.
        """
        from crm_desktop.reports.order import PrintedOrder, missing_in, order_pdf

        if version is not None:
            whole = self._orders.version(number, version)
        else:
            whole = (self._orders.draft(number) if draft else None) or self._orders.get(number)
        stands = whole.version.status is VersionStatus.AGREED
        with self._archive.reading() as c:
            travellers = [name for _one, name in rows.travellers(c, number)]
        printed = PrintedOrder(
            whole,
            self._customer(whole.order.customer_id),
            self._settings.firm(),
            date.today(),
            self._settings.home_country(),
            self._payments.account(number).plan if stands else (),
            travellers,
        )
        return PdfFile(order_pdf(printed), missing_in(printed))

    def receipt(self, number: PaymentId) -> PdfFile:
        """The receipt of a payment that has one.

        Raises:
            UserError: it has none yet, or is not there any more.
        """
        from crm_desktop.reports.receipt import PrintedReceipt, missing_in, receipt_pdf

        payment = self._payments.get(number)
        if not payment.number or payment.order_id is None:
            raise UserError(_("This payment has no receipt yet."))
        whole = self._orders.get(payment.order_id)
        account = self._payments.account(payment.order_id)
        # As it stood when this one was paid: what came in later is on papers of its own.
        until = [
            one
            for one in account.payments
            if (one.paid_on, one.id or 0) <= (payment.paid_on, payment.id or 0)
        ]
        printed = PrintedReceipt(
            payment,
            whole.order,
            balance(account.balance.total, until),
            self._customer(whole.order.customer_id),
            self._settings.firm(),
            self._settings.home_country(),
        )
        return PdfFile(receipt_pdf(printed), missing_in(printed))

    def statement(self, customer: CustomerId, currency: str) -> PdfFile:
        """How a customer stands in a currency.

        Raises:
            UserError: he has nothing in that currency.
        """
        from crm_desktop.reports.statement import PrintedStatement, missing_in, statement_pdf

        whom = self._customer(customer)
        found = [one for one in self._payments.statements(customer) if one.currency == currency]
        if not found:
            words = _("There are no orders or payments in {currency}.")
            raise UserError(words.format(currency=currency))
        printed = PrintedStatement(
            found[0],
            whom,
            self._settings.firm(),
            date.today(),
            nearest(whom.facts.language) if whom.facts.language else language(),
            self._settings.home_country(),
        )
        return PdfFile(statement_pdf(printed), missing_in(printed))

    def reminder(self, order: OrderId, tone: Tone, today: date | None = None) -> PdfFile:
        """A letter about what is late of an order.

        Raises:
            UserError: nothing is late.
        """
        from crm_desktop.reports.reminder import PrintedReminder, missing_in, reminder_pdf

        whole = self._orders.get(order)
        day = today or date.today()
        late = [part for part in self._payments.account(order).plan if part.is_late(day)]
        if not late:
            raise UserError(_("Nothing of this order is late."))
        printed = PrintedReminder(
            whole.order,
            late,
            tone,
            self._customer(whole.order.customer_id),
            self._settings.firm(),
            day,
            self._settings.home_country(),
        )
        return PdfFile(reminder_pdf(printed), missing_in(printed))

    def _customer(self, number: CustomerId) -> Customer:
        with self._archive.reading() as c:
            found = customers.get(c, number)
        if found is None:
            raise UserError(
                _("There is no customer {number}.").format(number=number), field="customer"
            )
        return found
